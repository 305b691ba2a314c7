/** The analysis worker's state: open documents, settings, active samples. Requests are answered by handlers.ts. */

import { Sources } from '../cli/evaluate.ts';
import { lowerFile } from '../languages/typescript/file.ts';
import * as typescript from '../languages/typescript/index.ts';
import type { Files } from '../modules/files.ts';
import { KnownFiles } from '../modules/knownFiles.ts';
import { idOfUri } from '../modules/paths.ts';
import { Workspace } from '../modules/workspace.ts';
import type { NextSampleParams, NextSampleResult } from '../protocol/messages.ts';
import { DEFAULT_SETTINGS, type Settings } from '../protocol/settings.ts';
import { SourceDocument } from '../workspace/document.ts';
import { Analyses, Interrupted } from './analyses.ts';
import type { Receiver } from './boot.ts';
import type { ActiveSample, Capabilities, FromWorker, ToWorker } from './channel.ts';
import { OpenDocument, samplesOf } from './document.ts';
import { HANDLERS, INTERRUPTIBLE, LATER } from './handlers.ts';
import { languageOf } from './language.ts';

export class Session implements Receiver {
  readonly analyses: Analyses;
  capabilities: Capabilities = { commands: false, markdown: true };
  /** Files that the command line has asked about. */
  readonly sources: Sources;
  readonly workspace: Workspace;
  private readonly post: (message: FromWorker) => void;
  private readonly files: KnownFiles;
  private readonly documents = new Map<string, OpenDocument>();
  private readonly settings = new Map<string | null, Settings>();
  private samples = new Map<string, ActiveSample>();
  private unwanted: Int32Array | undefined;
  /** The request that may be left where it is not wanted any more. */
  private interruptible = -1;

  constructor(post: (message: FromWorker) => void, disk?: Files) {
    this.post = post;
    this.files = new KnownFiles(disk);
    this.workspace = new Workspace(this.files, lowerFile);
    this.sources = new Sources(this.workspace, disk, () => post({ kind: 'progress' }));
    this.analyses = new Analyses(post, this.interrupted);
  }

  receive(message: ToWorker): void {
    switch (message.kind) {
      case 'start':
        this.capabilities = message.capabilities;
        this.files.asks = message.capabilities.files === true;
        this.analyses.refuse(message.quarantine);
        if (message.unwanted !== undefined) this.unwanted = new Int32Array(message.unwanted);
        return;
      case 'settings':
        this.settings.set(message.uri, message.settings);
        return;
      case 'samples':
        for (const active of message.active) this.activate(active);
        return;
      case 'open': {
        const { uri, language, version, text } = message;
        // Keys of statements begin anew with a new document.
        this.analyses.forget(uri);
        const file = new SourceDocument(uri, languageOf(language, uri), version, text, () => typescript);
        file.linking = { host: this.workspace, id: idOfUri(uri) };
        file.imports = this.workspace.typesFor(idOfUri(uri));
        const document = new OpenDocument(file, this.analyses);
        this.workspace.opened(file);
        this.documents.set(uri, document);
        for (const active of this.samples.values())
          if (active[0] === uri) document.samples.set(active[1], active[2]);
        return;
      }
      case 'change':
        this.documents.get(message.uri)?.change(message.version, message.changes);
        if (this.workspace.edited(message.uri)) this.post({ kind: 'affected' });
        return;
      case 'files': {
        const ids = message.uris?.map(idOfUri);
        this.files.untell(ids);
        if (this.workspace.changed(ids)) this.post({ kind: 'affected' });
        return;
      }
      case 'told':
        this.files.tell(message.told);
        this.workspace.changed(undefined);
        return;
      case 'close':
        this.documents.delete(message.uri);
        this.workspace.closed(message.uri);
        this.settings.delete(message.uri);
        this.analyses.forget(message.uri);
        return;
      case 'request':
        this.answer(message.id, message.method, message.params);
    }
  }

  document(uri: string): OpenDocument | undefined {
    return this.documents.get(uri);
  }

  settingsOf(uri: string): Settings {
    return this.settings.get(uri) ?? this.settings.get(null) ?? DEFAULT_SETTINGS;
  }

  /** Nobody waits for the answer to the present request any more. */
  readonly interrupted = (): boolean =>
    this.unwanted !== undefined && Atomics.load(this.unwanted, 0) === this.interruptible;

  private answer(id: number, method: string, params: unknown): void {
    this.post({ kind: 'started', id });
    this.interruptible = INTERRUPTIBLE.has(method) ? id : -1;
    try {
      const result = HANDLERS[method]?.(this, params);
      const wanted = this.files.takeWanted();
      if (wanted !== undefined) this.post({ kind: 'wanted', id, wanted });
      else if (result === LATER) this.post({ kind: 'later', id });
      else this.post({ kind: 'answer', id, result });
    } catch (error) {
      if (error instanceof Interrupted) {
        this.post({ kind: 'answer', id, result: null });
        return;
      }
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.post({ kind: 'failed', id, message: text });
    } finally {
      this.interruptible = -1;
    }
  }

  private activate(active: ActiveSample): void {
    const [uri, target, sample] = active;
    this.samples.set(`${uri}\0${target}`, active);
    this.documents.get(uri)?.samples.set(target, sample);
  }

  nextSample({ function: reference }: NextSampleParams): NextSampleResult {
    const document = this.documents.get(reference.uri);
    const shown = document?.find(reference);
    if (document === undefined || shown === undefined) return null;
    const count = samplesOf(shown);
    if (count === 0) return null;
    const sample = ((document.samples.get(shown.id) ?? 0) + 1) % count;
    this.activate([reference.uri, shown.id, sample]);
    this.post({ kind: 'samples', active: [...this.samples.values()] });
    return { sample, count };
  }
}
