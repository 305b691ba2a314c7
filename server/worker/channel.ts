/**
 * What the main thread and the analysis worker say to each other: small plain data. Messages are handled in the
 * order they are sent; at most one request is under way at a time.
 */
import type { Told, Wanted } from '../modules/knownFiles.ts';
import type { Settings } from '../protocol/settings.ts';

export interface Position {
  readonly line: number;
  readonly character: number;
}
export interface Range {
  readonly start: Position;
  readonly end: Position;
}
/** One LSP content change; no range: the whole text. */
export interface ContentChange {
  readonly range?: Range;
  readonly text: string;
}

/** What a request needs besides its own parameters, fixed at the start of the session. */
export interface Capabilities {
  /** The client has our commands: links, lenses and actions may name them. */
  readonly commands: boolean;
  /** The client can be asked for files. */
  readonly files?: boolean;
  /** Hovers may be Markdown. */
  readonly markdown: boolean;
  /** Folder of the diagnostics' pages, ending in a slash; undefined: no links. */
  readonly docs?: string | undefined;
}

export type ToWorker =
  | {
      readonly kind: 'start';
      readonly capabilities: Capabilities;
      readonly quarantine: readonly Quarantined[];
      /** Where the request stands that is not wanted any more (an Int32Array of one number); absent where threads share none. */
      readonly unwanted?: SharedArrayBuffer | undefined;
    }
  /** uri null: for every file without settings of its own. */
  | { readonly kind: 'settings'; readonly uri: string | null; readonly settings: Settings }
  | {
      readonly kind: 'open';
      readonly uri: string;
      readonly language: string;
      readonly version: number;
      readonly text: string;
    }
  | {
      readonly kind: 'change';
      readonly uri: string;
      readonly version: number;
      readonly changes: readonly ContentChange[];
    }
  | { readonly kind: 'close'; readonly uri: string }
  /** Files of the disk have changed, come or gone; null: any of them may have. */
  | { readonly kind: 'files'; readonly uris: readonly string[] | null }
  /** What a `wanted` asked for. */
  | { readonly kind: 'told'; readonly told: Told }
  /** Active samples chosen before a restart: [uri, function, sample]. */
  | { readonly kind: 'samples'; readonly active: readonly ActiveSample[] }
  | { readonly kind: 'request'; readonly id: number; readonly method: string; readonly params: unknown };

export type FromWorker =
  /** Code is loaded; messages sent before were kept. */
  | { readonly kind: 'loaded' }
  /** The request's work begins now: its deadline counts from here. */
  | { readonly kind: 'started'; readonly id: number }
  /** An evaluation begins, until the next one or the answer: its deadline counts from here. */
  | { readonly kind: 'evaluating'; readonly what: Quarantined }
  /** A part of what the command line asked for is done: it gets its deadline anew. */
  | { readonly kind: 'progress' }
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  /** Not done: ask again when nothing more urgent waits. What was computed is kept. */
  | { readonly kind: 'later'; readonly id: number }
  /** Not done for want of these: ask again after they have been told. */
  | { readonly kind: 'wanted'; readonly id: number; readonly wanted: Wanted }
  /** A defect of ours, never the user's. */
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  | { readonly kind: 'samples'; readonly active: readonly ActiveSample[] }
  /** What is shown of open documents may have changed with the files that they import. */
  | { readonly kind: 'affected' }
  | { readonly kind: 'log'; readonly message: string };

/** A method of the worker's own: everything there is to say of a document. */
export const DIAGNOSE = 'gradlens/diagnose';

export type ActiveSample = readonly [uri: string, target: string, sample: number];

/** An evaluation that had to be killed: it is refused with GL012 as long as the text it depends on is the same. */
export interface Quarantined {
  /** Hash of the text that the evaluation depends on, and of the sample. */
  readonly content: string;
  /** The function's name, for messages. */
  readonly name: string;
}

/** Either end of the channel, over node's worker_threads, a Web Worker, or in process. */
export interface WorkerHandle {
  post(message: ToWorker): void;
  onMessage(handler: (message: FromWorker) => void): void;
  /** Milliseconds of processor time used so far, where that can be told: a busy machine makes nothing a runaway. */
  busy?(): number;
  /** Ended without having been asked to; `reason` for the log. */
  onExit(handler: (reason: string) => void): void;
  terminate(): void;
}
