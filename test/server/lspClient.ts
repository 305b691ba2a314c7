/**
 * A small language client of the tests' own: JSON-RPC over a server's stdin and stdout (or Node's IPC), nothing
 * hidden. What an editor does by itself (answering the server's requests) is done here too.
 */
import { type ChildProcess, spawn } from 'node:child_process';

export interface Message {
  readonly jsonrpc?: '2.0';
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export class ResponseFailure extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export interface ClientOptions {
  readonly transport?: 'stdio' | 'ipc';
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Answers to workspace/configuration, by section. */
  readonly settings?: Record<string, unknown>;
}

export class LspClient {
  readonly process: ChildProcess;
  readonly notifications: Message[] = [];
  stderr = '';
  settings: Record<string, unknown>;
  private readonly transport: 'stdio' | 'ipc';
  private nextId = 1;
  private buffer: Buffer = Buffer.alloc(0);
  private readonly pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  private readonly watchers: (() => void)[] = [];
  readonly exited: Promise<number | null>;

  constructor(command: string, args: readonly string[], options: ClientOptions = {}) {
    this.transport = options.transport ?? 'stdio';
    this.settings = options.settings ?? {};
    this.process = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: this.transport === 'ipc' ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['pipe', 'pipe', 'pipe'],
    });
    this.process.stderr!.on('data', (data) => {
      this.stderr += String(data);
    });
    if (this.transport === 'ipc') this.process.on('message', (message) => this.receive(message as Message));
    else this.process.stdout!.on('data', (data: Buffer) => this.read(data));
    this.exited = new Promise((resolve) => {
      this.process.on('exit', (code) => {
        for (const { reject } of this.pending.values()) reject(new Error(`the server ended: ${this.stderr}`));
        this.pending.clear();
        resolve(code);
      });
    });
  }

  /** Sends a request; `id` can be cancelled. */
  send(method: string, params: unknown): { readonly id: number; readonly answer: Promise<unknown> } {
    const id = this.nextId++;
    const answer = new Promise<unknown>((resolve, reject) => this.pending.set(id, { resolve, reject }));
    this.write({ jsonrpc: '2.0', id, method, params });
    return { id, answer };
  }
  async request<R>(method: string, params: unknown): Promise<R> {
    return (await this.send(method, params).answer) as R;
  }
  notify(method: string, params: unknown): void {
    this.write({ jsonrpc: '2.0', method, params });
  }
  cancel(id: number): void {
    this.notify('$/cancelRequest', { id });
  }

  /** What VS Code sends at the start, with our client's options unless others are given. */
  async initialize(
    initializationOptions: unknown = { commands: true },
    capabilities?: object,
  ): Promise<unknown> {
    const result = await this.request('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: null,
      initializationOptions,
      capabilities: capabilities ?? {
        workspace: {
          configuration: true,
          didChangeConfiguration: { dynamicRegistration: true },
          codeLens: { refreshSupport: true },
          inlayHint: { refreshSupport: true },
        },
        textDocument: {
          hover: { contentFormat: ['markdown', 'plaintext'] },
          publishDiagnostics: { relatedInformation: true, versionSupport: true },
        },
      },
    });
    this.notify('initialized', {});
    return result;
  }

  open(uri: string, text: string, languageId = 'typescript', version = 1): void {
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
  }
  change(uri: string, version: number, contentChanges: readonly object[]): void {
    this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  }

  /** The first notification, from index `from` on, that satisfies the condition; waits for it. */
  async waitFor(condition: (message: Message) => boolean, from = 0): Promise<Message> {
    for (;;) {
      const found = this.notifications.slice(from).find(condition);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.watchers.push(resolve));
    }
  }

  /** As an editor ends: shutdown, exit. */
  async stop(): Promise<number | null> {
    await this.request('shutdown', null);
    this.notify('exit', null);
    return this.exited;
  }
  kill(): void {
    this.process.kill('SIGKILL');
  }

  private write(message: Message): void {
    if (this.transport === 'ipc') {
      this.process.send(message);
      return;
    }
    const body = Buffer.from(JSON.stringify(message), 'utf8');
    this.process.stdin!.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  private read(data: Buffer): void {
    this.buffer = this.buffer.length === 0 ? data : Buffer.concat([this.buffer, data]);
    for (;;) {
      const end = this.buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.buffer.toString('ascii', 0, end))?.[1]);
      const start = end + 4;
      if (this.buffer.length < start + length) return;
      const body = this.buffer.toString('utf8', start, start + length);
      this.buffer = this.buffer.subarray(start + length);
      this.receive(JSON.parse(body) as Message);
    }
  }

  private receive(message: Message): void {
    if (message.method === undefined) {
      const waiting = this.pending.get(message.id as number);
      this.pending.delete(message.id as number);
      if (message.error !== undefined)
        waiting?.reject(new ResponseFailure(message.error.code, message.error.message));
      else waiting?.resolve(message.result);
    } else if (message.id !== undefined) {
      this.write({ jsonrpc: '2.0', id: message.id, result: this.answerTo(message) });
    } else {
      this.notifications.push(message);
      for (const wake of this.watchers.splice(0)) wake();
    }
  }

  private answerTo(message: Message): unknown {
    if (message.method !== 'workspace/configuration') return null;
    const { items } = message.params as { items: { section?: string }[] };
    return items.map(({ section }) => this.settings[section ?? ''] ?? null);
  }
}
