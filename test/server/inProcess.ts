/** The analysis worker's session without a thread around it. */
import type { Files } from '../../server/modules/files.ts';
import type { Told, Wanted } from '../../server/modules/knownFiles.ts';
import type { ContentChange, FromWorker, Range } from '../../server/worker/channel.ts';
import { DIAGNOSE } from '../../server/worker/channel.ts';
import { Session } from '../../server/worker/session.ts';

interface Lens {
  readonly range: Range;
  readonly data: { readonly id: string };
  readonly command?: { readonly title: string; readonly command: string };
}

export class InProcess {
  readonly said: FromWorker[] = [];
  readonly session: Session;
  private id = 1;
  private version = 1;

  private readonly tell: ((wanted: Wanted) => Told) | undefined;
  /** How often the client was asked for files. */
  rounds = 0;

  /** `tell`: what the client tells of files that no disk has. */
  constructor(options: { readonly disk?: Files; readonly tell?: (wanted: Wanted) => Told } = {}) {
    this.tell = options.tell;
    this.session = new Session((message) => this.said.push(message), options.disk);
    this.session.receive({
      kind: 'start',
      capabilities: { commands: true, markdown: true, docs: undefined, files: options.tell !== undefined },
      quarantine: [],
    });
  }

  open(uri: string, text: string, language = 'typescript'): void {
    this.session.receive({ kind: 'open', uri, language, version: this.version, text });
  }
  change(uri: string, changes: readonly ContentChange[]): void {
    this.session.receive({ kind: 'change', uri, version: ++this.version, changes });
  }

  /** Asks again where the session puts the request off; throws where the session failed. */
  request<R>(method: string, params: unknown): R {
    for (;;) {
      const id = this.id++;
      this.said.length = 0;
      this.session.receive({ kind: 'request', id, method, params });
      const last = this.said.find(
        (message) =>
          (message.kind === 'answer' ||
            message.kind === 'failed' ||
            message.kind === 'later' ||
            message.kind === 'wanted') &&
          message.id === id,
      );
      if (last?.kind === 'wanted') {
        this.rounds++;
        this.session.receive({ kind: 'told', told: this.tell!(last.wanted) });
      }
      if (last?.kind === 'failed') throw new Error(last.message);
      if (last?.kind === 'answer') return last.result as R;
    }
  }

  hover(uri: string, position: Range['start']): string | null {
    const answer = this.request<{ contents: { value: string } } | null>('textDocument/hover', {
      textDocument: { uri },
      position,
    });
    return answer === null ? null : answer.contents.value;
  }
  /** Titles of all lenses, by function. */
  lenses(uri: string): string[] {
    const lenses = this.request<Lens[]>('textDocument/codeLens', { textDocument: { uri } });
    return lenses.map((lens) => {
      const { command } = this.request<Lens>('codeLens/resolve', lens);
      return `${lens.data.id}: ${command?.title}`;
    });
  }
  hints(uri: string): { position: Range['start']; label: string; tooltip: string }[] {
    const range = { start: { line: 0, character: 0 }, end: { line: 1e6, character: 0 } };
    return this.request('textDocument/inlayHint', { textDocument: { uri }, range });
  }
  diagnostics(uri: string): { code: string; message: string; range: Range; severity: number }[] {
    return this.request(DIAGNOSE, { uri });
  }
}
