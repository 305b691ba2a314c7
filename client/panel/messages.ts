/** What the extension and the page inside the webview say to each other, and what the page keeps over a reload. */
import {
  type FunctionReference,
  type GradlensRequests,
  PANEL_DIFFERENCES,
  PANEL_MODEL,
  PANEL_PLOT,
  type PanelModel,
  type PlainLocation,
  type PlainPosition,
} from '../../server/protocol/messages.ts';
import type { Choice } from './choice.ts';

const MODEL_VERSION: PanelModel['version'] = 2;

/** What the panel is about: a function of a file, or the result of Differentiate Selection. */
export type PanelSource =
  | { readonly kind: 'function'; readonly function: FunctionReference }
  | { readonly kind: 'selection'; readonly expression: string; readonly function: FunctionReference };

export interface PanelContent {
  readonly source: PanelSource;
  readonly model: PanelModel;
}

/** Extension → page. */
export type ToPage =
  /** Show this; `digits` significant digits (the user's setting). Answers `ready` and every later change. */
  | {
      readonly kind: 'show';
      readonly content: PanelContent;
      readonly digits: number;
      readonly follow: boolean;
    }
  /** Nothing to show, and why. */
  | { readonly kind: 'empty'; readonly message: string; readonly follow: boolean }
  /** The editor's cursor: selects the innermost row there, if any. */
  | { readonly kind: 'cursor'; readonly uri: string; readonly position: PlainPosition }
  /** Said above what is shown, which may be out of date; null: nothing is amiss. `canOpen`: offers 'openFile'. */
  | { readonly kind: 'notice'; readonly text: string | null; readonly canOpen: boolean }
  /** The user asks why: mark the way of this problem (index into the shown model's problems). After its 'show'. */
  | { readonly kind: 'why'; readonly problem: number }
  /** Exactly one for each 'query'; null: no answer (forgotten, failed, or nothing to answer of). */
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown };

/** A request that the extension passes on to the server, about the function and the output that are shown. */
export type PanelQuery = {
  readonly [M in PanelRequest]: {
    readonly method: M;
    readonly params: Omit<GradlensRequests[M]['params'], 'function' | 'output'>;
  };
}[PanelRequest];

/** What a page may ask the server. */
const PANEL_REQUESTS = [PANEL_MODEL, PANEL_DIFFERENCES, PANEL_PLOT] as const;
type PanelRequest = (typeof PANEL_REQUESTS)[number];

/** Page → extension. */
export type FromPage =
  /** Sent once after the page has loaded and listens. */
  | { readonly kind: 'ready' }
  /** Mark this place in its editor; `open` also moves the cursor and the focus there. */
  | { readonly kind: 'reveal'; readonly location: PlainLocation; readonly open: boolean }
  /** Put this on the clipboard; `what` names it for the confirmation. */
  | { readonly kind: 'copy'; readonly text: string; readonly what: string }
  /** Write the selection's derivatives below it, as code. */
  | { readonly kind: 'insert' }
  | { readonly kind: 'nextSample' }
  /** Show the trace of this output of the function. */
  | { readonly kind: 'output'; readonly output: number }
  | { readonly kind: 'follow'; readonly on: boolean }
  /** Show the file that the panel is about in an editor. */
  | { readonly kind: 'openFile' }
  /** Ask the user where, and write this file there. */
  | { readonly kind: 'save'; readonly name: string; readonly base64: string }
  /** `id` is the page's own and unused. */
  | { readonly kind: 'query'; readonly id: number; readonly query: PanelQuery }
  /** The answer of this query is not wanted any more. */
  | { readonly kind: 'forget'; readonly id: number };

const KINDS: Readonly<Record<FromPage['kind'], (message: Readonly<Record<string, unknown>>) => boolean>> = {
  ready: () => true,
  reveal: ({ location, open }) => isRecord(location) && typeof open === 'boolean',
  copy: ({ text, what }) => typeof text === 'string' && typeof what === 'string',
  insert: () => true,
  nextSample: () => true,
  output: ({ output }) => Number.isInteger(output) && Number(output) >= 0,
  follow: ({ on }) => typeof on === 'boolean',
  openFile: () => true,
  save: ({ name, base64 }) =>
    typeof name === 'string' && /^[^/\\]+$/.test(name) && typeof base64 === 'string',
  query: ({ id, query }) =>
    Number.isInteger(id) &&
    isRecord(query) &&
    (PANEL_REQUESTS as readonly unknown[]).includes(query['method']) &&
    isRecord(query['params']),
  forget: ({ id }) => Number.isInteger(id),
};

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** What else arrives in a webview's channel is ignored. */
export function isFromPage(message: unknown): message is FromPage {
  if (!isRecord(message)) return false;
  const { kind } = message;
  return typeof kind === 'string' && Object.hasOwn(KINDS, kind) && KINDS[kind as FromPage['kind']](message);
}

const TO_PAGE: Readonly<Record<ToPage['kind'], (message: Readonly<Record<string, unknown>>) => boolean>> = {
  show: ({ content, digits }) => isContent(content) && typeof digits === 'number',
  empty: ({ message }) => typeof message === 'string',
  cursor: ({ uri, position }) => typeof uri === 'string' && isRecord(position),
  notice: ({ text }) => text === null || typeof text === 'string',
  why: ({ problem }) => Number.isInteger(problem),
  answer: ({ id }) => Number.isInteger(id),
};

function isContent(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value['source']) || !isRecord(value['model'])) return false;
  const { version, trace, inputs } = value['model'];
  return version === MODEL_VERSION && Array.isArray(trace) && Array.isArray(inputs);
}

/** What else arrives in the page's channel is ignored, as are models of another version. */
export function isToPage(message: unknown): message is ToPage {
  if (!isRecord(message)) return false;
  const { kind } = message;
  return typeof kind === 'string' && Object.hasOwn(TO_PAGE, kind) && TO_PAGE[kind as ToPage['kind']](message);
}

// ───────────────────────────── over a reload ─────────────────────────────

/** Kept by the webview's setState; handed back to the extension when a window is restored. */
export interface PanelState {
  readonly version: 2;
  readonly content: PanelContent | null;
  readonly follow: boolean;
  readonly digits: number;
  readonly choice: Choice;
  /** Where the sliders stand, by the labels of the inputs; those left out stand at the sample. */
  readonly moved: Readonly<Record<string, number>>;
  /** Which inputs the plots are along. */
  readonly plot: PlotChoice;
  /** How the graph is looked at: the part that draws it knows. */
  readonly graph: unknown;
}

/** Labels of inputs; null: the first that there is. */
export interface PlotChoice {
  readonly x: string | null;
  /** null: a line plot. */
  readonly y: string | null;
}

/** null where what was stored is not a state of this version. */
export function readState(stored: unknown): PanelState | null {
  if (!isRecord(stored) || stored['version'] !== 2 || !isRecord(stored['choice'])) return null;
  if (stored['content'] !== null && !isContent(stored['content'])) return null;
  return stored as unknown as PanelState;
}
