/**
 * Keeps one analysis worker at work: forwards documents at once, requests one at a time and the urgent ones first,
 * ends a worker that runs away, and starts the next with everything the old one knew. Nothing is lost: what the
 * worker holds can always be rebuilt from what stands here.
 */
import { Mirror } from './mirror.ts';
import type { Told, Wanted } from './modules/knownFiles.ts';
import { DEFAULT_SETTINGS, type Settings } from './protocol/settings.ts';
import type {
  ActiveSample,
  Capabilities,
  ContentChange,
  FromWorker,
  Quarantined,
  WorkerHandle,
} from './worker/channel.ts';
import { deadline } from './worker/deadline.ts';

/** Lower is more urgent; requests of one urgency keep their order. */
export type Urgency = 0 | 1 | 2 | 3;

export interface RequestOptions {
  readonly urgency: Urgency;
  /** Milliseconds for each evaluation and for what lies between two. */
  readonly deadline: number;
  /** The document it is about, and whether an edit makes it pointless (it names a position). */
  readonly uri?: string | undefined;
  readonly positional: boolean;
}

export type Outcome =
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'cancelled' }
  /** The document changed under it. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'failed'; readonly message: string };

interface Pending {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
  readonly options: RequestOptions;
  readonly version: number | undefined;
  /** How often a worker died under it. */
  deaths: number;
  settle(outcome: Outcome): void;
  settled: boolean;
}

export interface SupervisorEvents {
  log(message: string): void;
  /** The worker was ended and started again. */
  restarted(reason: string): void;
  /** Starting again does no longer help. */
  gaveUp(reason: string): void;
  /** What is shown may have changed without an edit of it. */
  affected?(): void;
  /** Asks the client for files; never rejects. Absent where it cannot be asked. */
  readFiles?(wanted: Wanted): Promise<Told>;
}

/** A worker that has not said anything of a message for so long is taken to hang outside any request. */
const LOADING_LIMIT = 30_000;
const MAX_DEATHS_OF_A_REQUEST = 2;
/** More unexplained exits than this within a minute: give up. */
const MAX_EXITS_A_MINUTE = 6;

export class Supervisor {
  private readonly start: () => WorkerHandle;
  private readonly events: SupervisorEvents;
  private worker: WorkerHandle | undefined;
  private capabilities: Capabilities = { commands: false, markdown: true };
  private readonly documents = new Map<string, Mirror>();
  private readonly settings = new Map<string | null, Settings>();
  private samples: readonly ActiveSample[] = [];
  private readonly quarantine = new Map<string, Quarantined>();
  private readonly queue: Pending[] = [];
  private current: Pending | undefined;
  private evaluating: Quarantined | undefined;
  private disarmed: (() => void) | undefined;
  private exits: number[] = [];
  private nextId = 1;
  /** The worker sees it while it is at work; see channel.ts. */
  private readonly unwanted = sharesMemory() ? new Int32Array(new SharedArrayBuffer(4)) : undefined;
  private over = false;

  constructor(start: () => WorkerHandle, events: SupervisorEvents) {
    this.start = start;
    this.events = events;
  }

  configure(capabilities: Capabilities): void {
    this.capabilities = capabilities;
    this.worker?.post({ kind: 'start', capabilities, quarantine: [], unwanted: this.unwanted?.buffer });
  }

  setSettings(uri: string | null, settings: Settings): void {
    this.settings.set(uri, settings);
    this.worker?.post({ kind: 'settings', uri, settings });
  }

  settingsOf(uri: string): Settings {
    return this.settings.get(uri) ?? this.settings.get(null) ?? DEFAULT_SETTINGS;
  }

  open(uri: string, language: string, version: number, text: string): void {
    this.documents.set(uri, new Mirror(language, version, text));
    this.worker?.post({ kind: 'open', uri, language, version, text });
  }

  change(uri: string, version: number, changes: readonly ContentChange[]): void {
    const document = this.documents.get(uri);
    if (document === undefined) return;
    this.worker?.post({ kind: 'change', uri, version, changes });
    document.change(version, changes);
    this.dropStale(uri);
  }

  close(uri: string): void {
    this.documents.delete(uri);
    this.settings.delete(uri);
    this.worker?.post({ kind: 'close', uri });
  }

  /** Files of the disk have changed, come or gone; null: any of them may have. */
  filesChanged(uris: readonly string[] | null): void {
    this.worker?.post({ kind: 'files', uris });
  }

  isOpen(uri: string): boolean {
    return this.documents.has(uri);
  }
  openDocuments(): string[] {
    return [...this.documents.keys()];
  }
  version(uri: string): number | undefined {
    return this.documents.get(uri)?.version;
  }
  get idle(): boolean {
    return this.current === undefined && this.queue.length === 0;
  }

  /** Asks the worker. `cancel` may be called at any time. */
  request(
    method: string,
    params: unknown,
    options: RequestOptions,
  ): { outcome: Promise<Outcome>; cancel: () => void } {
    let settle!: (outcome: Outcome) => void;
    const outcome = new Promise<Outcome>((resolve) => {
      settle = resolve;
    });
    const pending: Pending = {
      id: this.nextId++,
      method,
      params,
      options,
      version: options.uri === undefined ? undefined : this.version(options.uri),
      deaths: 0,
      settled: false,
      settle(value) {
        if (pending.settled) return;
        pending.settled = true;
        settle(value);
      },
    };
    if (this.over) pending.settle({ kind: 'failed', message: 'the analysis worker cannot be started' });
    else {
      this.enqueue(pending);
      this.pump();
    }
    const cancel = (): void => {
      pending.settle({ kind: 'cancelled' });
      const at = this.queue.indexOf(pending);
      if (at >= 0) this.queue.splice(at, 1);
      if (this.current === pending && this.unwanted !== undefined)
        Atomics.store(this.unwanted, 0, pending.id);
    };
    return { outcome, cancel };
  }

  dispose(): void {
    this.over = true;
    this.disarm();
    this.worker?.terminate();
    this.worker = undefined;
    for (const pending of this.queue.splice(0)) pending.settle({ kind: 'cancelled' });
    this.current?.settle({ kind: 'cancelled' });
  }

  /** Ends the worker as if it had died (for "Restart" and for tests). */
  restart(reason: string): void {
    this.worker?.terminate();
    this.died(reason, false);
  }

  // ───────────────────────────── worker ─────────────────────────────

  /** Starts the first worker; does nothing where one is at work. Requests made before wait. */
  launch(): void {
    if (this.worker !== undefined || this.over) return;
    const worker = this.start();
    this.worker = worker;
    worker.onMessage((message) => {
      if (this.worker === worker) this.receive(message);
    });
    worker.onExit((reason) => {
      if (this.worker !== worker) return;
      const now = Date.now();
      this.exits = [...this.exits.filter((time) => now - time < 60_000), now];
      this.died(reason, true);
    });
    worker.post({
      kind: 'start',
      capabilities: this.capabilities,
      quarantine: [...this.quarantine.values()],
      unwanted: this.unwanted?.buffer,
    });
    for (const [uri, settings] of this.settings) worker.post({ kind: 'settings', uri, settings });
    if (this.samples.length > 0) worker.post({ kind: 'samples', active: this.samples });
    for (const [uri, document] of this.documents) {
      const { language, version, text } = document;
      worker.post({ kind: 'open', uri, language, version, text });
    }
    this.pump();
  }

  private receive(message: FromWorker): void {
    switch (message.kind) {
      case 'loaded':
        return;
      case 'started':
        if (this.current?.id === message.id) this.arm(this.current.options.deadline);
        return;
      case 'evaluating':
        this.evaluating = message.what;
        if (this.current !== undefined) this.arm(this.current.options.deadline);
        return;
      case 'samples':
        this.samples = message.active;
        return;
      case 'log':
        this.events.log(message.message);
        return;
      case 'affected':
        this.events.affected?.();
        return;
      case 'wanted': {
        const pending = this.current;
        if (pending === undefined || pending.id !== message.id) return;
        this.finish();
        void this.events.readFiles?.(message.wanted).then((told) => {
          this.worker?.post({ kind: 'told', told });
          if (!pending.settled) this.enqueue(pending);
          this.pump();
        });
        this.pump();
        return;
      }
      case 'answer':
      case 'failed':
      case 'later': {
        const pending = this.current;
        if (pending === undefined || pending.id !== message.id) return;
        this.finish();
        if (message.kind === 'later') {
          if (!pending.settled) this.enqueue(pending);
        } else if (message.kind === 'failed') {
          this.events.log(`${pending.method}: ${message.message}`);
          pending.settle({ kind: 'failed', message: message.message });
        } else pending.settle({ kind: 'result', result: message.result });
        this.pump();
      }
    }
  }

  private enqueue(pending: Pending): void {
    let at = this.queue.length;
    while (at > 0 && this.queue[at - 1]!.options.urgency > pending.options.urgency) at--;
    this.queue.splice(at, 0, pending);
  }

  private pump(): void {
    while (this.current === undefined && this.worker !== undefined) {
      const pending = this.queue.shift();
      if (pending === undefined) return;
      if (pending.settled) continue;
      this.current = pending;
      this.evaluating = undefined;
      this.arm(LOADING_LIMIT);
      this.worker.post({ kind: 'request', id: pending.id, method: pending.method, params: pending.params });
    }
  }

  private finish(): void {
    this.disarm();
    this.current = undefined;
    this.evaluating = undefined;
  }

  /** Requests at a position of a text that is gone are answered now; one under way ends by itself. */
  private dropStale(uri: string): void {
    for (const pending of [...this.queue]) {
      if (pending.options.uri !== uri || !pending.options.positional) continue;
      this.queue.splice(this.queue.indexOf(pending), 1);
      pending.settle({ kind: 'stale' });
    }
    const current = this.current;
    if (current?.options.uri === uri && current.options.positional) current.settle({ kind: 'stale' });
  }

  // ───────────────────────────── runaways ─────────────────────────────

  private arm(milliseconds: number): void {
    this.disarm();
    this.disarmed = deadline(this.worker?.busy, milliseconds, () => this.overrun());
  }

  private disarm(): void {
    this.disarmed?.();
    this.disarmed = undefined;
  }

  private overrun(): void {
    this.worker?.terminate();
    const what = this.evaluating?.name ?? this.current?.method ?? 'the worker';
    this.died(`${what} took too long`, false);
  }

  private died(reason: string, unasked: boolean): void {
    this.disarm();
    this.worker = undefined;
    const culprit = this.evaluating;
    if (culprit !== undefined) this.quarantine.set(culprit.content, culprit);
    const pending = this.current;
    this.current = undefined;
    this.evaluating = undefined;
    if (this.over) return;
    if (unasked && this.exits.length > MAX_EXITS_A_MINUTE) {
      this.over = true;
      this.events.gaveUp(reason);
      for (const left of [pending, ...this.queue.splice(0)])
        left?.settle({ kind: 'failed', message: reason });
      return;
    }
    this.launch();
    this.events.restarted(reason);
    if (pending !== undefined && !pending.settled) {
      pending.deaths++;
      // With the culprit in quarantine the request is answered by its GL012.
      if (culprit !== undefined || pending.deaths < MAX_DEATHS_OF_A_REQUEST) this.enqueue(pending);
      else pending.settle({ kind: 'failed', message: reason });
    }
    this.pump();
  }
}

/** Whether threads can: in browsers not where the page is not isolated. */
function sharesMemory(): boolean {
  const { crossOriginIsolated = true } = globalThis as { crossOriginIsolated?: boolean };
  return crossOriginIsolated && typeof SharedArrayBuffer !== 'undefined';
}
