import * as vscode from 'vscode';
import {
  type BaseLanguageClient,
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  type LanguageClientOptions,
  State,
} from 'vscode-languageclient';
import {
  COMMANDS,
  type GradlensNotifications,
  type GradlensRequests,
  type InitializationOptions,
  READ_FILES,
  SERVER_STATUS,
  type ServerStatusParams,
} from '../server/protocol/messages.ts';
import { isEnabled, isOurs, SELECTOR } from './configuration.ts';
import { readFiles } from './readFiles.ts';
import { traceChannel } from './traceChannel.ts';

/** Makes a client that is not yet started; the platform's entry point knows how its server is run. */
export type CreateClient = (options: LanguageClientOptions) => BaseLanguageClient;

export interface Status extends Omit<ServerStatusParams, 'state'> {
  readonly state: ServerStatusParams['state'] | 'starting' | 'stopped';
}

/** More ends than this within the window, and the server is not started again by itself. */
const ENDS_ALLOWED = 4;
const ENDS_WINDOW_MS = 3 * 60_000;

/**
 * The language server's life: started when the first document of ours is open and Gradlens is on, started again when
 * it ends unexpectedly, stopped when Gradlens is switched off.
 */
export class Server implements vscode.Disposable {
  private readonly create: CreateClient;
  private readonly docs: string;
  readonly output: vscode.LogOutputChannel;
  private readonly trace: ReturnType<typeof traceChannel>;
  private client: BaseLanguageClient | undefined;
  private starting: Promise<void> | undefined;
  private ends: number[] = [];
  private readonly statusEmitter = new vscode.EventEmitter<Status>();
  private readonly notificationEmitter = new vscode.EventEmitter<{
    readonly method: keyof GradlensNotifications;
    readonly params: unknown;
  }>();
  private readonly methods: (keyof GradlensNotifications)[] = [];
  readonly onDidChangeStatus = this.statusEmitter.event;
  status: Status = { state: 'stopped', message: '' };

  /** `docs`: address of the folder with a page for each diagnostic. */
  constructor(create: CreateClient, docs: string) {
    this.create = create;
    this.docs = docs;
    this.output = vscode.window.createOutputChannel('Gradlens', { log: true });
    this.trace = traceChannel(this.output);
    this.onNotification(SERVER_STATUS, (status) => this.setStatus(status));
  }

  /** Starts or stops the server so that it runs exactly where it is of use. */
  async settle(): Promise<void> {
    // What has failed is tried again when the user says so, not at every document.
    if (this.status.state === 'failed' && isEnabled()) return;
    const wanted = vscode.workspace.textDocuments.some(
      (document) => isOurs(document) && isEnabled(document.uri),
    );
    if (wanted) await this.start();
    else if (this.client !== undefined && !isEnabled()) await this.stop('off', 'Switched off.');
    else if (!isEnabled()) this.setStatus({ state: 'off', message: 'Switched off.' });
  }

  start(): Promise<void> {
    if (this.starting !== undefined) return this.starting;
    this.starting = this.startClient().catch((error: unknown) => {
      this.starting = undefined;
      this.client = undefined;
      this.output.error(error instanceof Error ? error : String(error));
      this.setStatus({ state: 'failed', message: 'The language server could not be started.' });
      void this.offerRestart('Gradlens: the language server could not be started.');
    });
    return this.starting;
  }

  async restart(): Promise<void> {
    this.ends = [];
    await this.stop('stopped', '');
    await this.start();
  }

  async stop(state: 'off' | 'stopped', message: string): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.starting = undefined;
    if (client !== undefined) {
      try {
        await client.dispose(2000);
      } catch (error) {
        // A server that has ended already cannot be asked to shut down.
        this.output.debug(String(error));
      }
    }
    this.setStatus({ state, message });
  }

  /** Sends a request of ours; starts the server where it does not run. Rejects where it cannot answer. */
  async request<M extends keyof GradlensRequests>(
    method: M,
    params: GradlensRequests[M]['params'],
    token?: vscode.CancellationToken,
  ): Promise<GradlensRequests[M]['result']> {
    await this.start();
    if (this.client === undefined) throw new Error('The Gradlens language server does not run.');
    // An undefined token would count as a second parameter, and the request's parameters as a list.
    return token === undefined
      ? this.client.sendRequest<GradlensRequests[M]['result']>(method, params)
      : this.client.sendRequest<GradlensRequests[M]['result']>(method, params, token);
  }

  /** Registered once, for this client and every later one. */
  onNotification<M extends keyof GradlensNotifications>(
    method: M,
    handler: (params: GradlensNotifications[M]) => void,
  ): vscode.Disposable {
    if (!this.methods.includes(method)) {
      this.methods.push(method);
      if (this.client !== undefined) this.listen(this.client, method);
    }
    return this.notificationEmitter.event((notification) => {
      if (notification.method === method) handler(notification.params as GradlensNotifications[M]);
    });
  }

  dispose(): void {
    void this.client?.dispose(2000).catch(() => {});
    this.trace.dispose();
    this.statusEmitter.dispose();
    this.notificationEmitter.dispose();
    this.output.dispose();
  }

  private async startClient(): Promise<void> {
    this.setStatus({ state: 'starting', message: '' });
    const initializationOptions: InitializationOptions = { commands: true, docs: this.docs };
    const client = this.create({
      documentSelector: SELECTOR,
      outputChannel: this.output,
      traceOutputChannel: this.trace.channel,
      initializationOptions,
      markdown: {
        isTrusted: { enabledCommands: Object.values(COMMANDS) },
        supportHtml: false,
      },
      errorHandler: this.errorHandler(),
    });
    this.client = client;
    client.onRequest(READ_FILES, readFiles);
    for (const method of this.methods) this.listen(client, method);
    client.onDidChangeState((change) => {
      if (this.client !== client) return;
      if (change.newState === State.Running) this.setStatus({ state: 'ready', message: '' });
      else if (change.newState === State.Starting) this.setStatus({ state: 'starting', message: '' });
    });
    await client.start();
  }

  private listen(client: BaseLanguageClient, method: keyof GradlensNotifications): void {
    client.onNotification(method, (params: unknown) => this.notificationEmitter.fire({ method, params }));
  }

  private errorHandler(): ErrorHandler {
    return {
      error: (error, _message, count) => {
        this.output.error(error);
        return { action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown, handled: true };
      },
      closed: () => {
        const now = Date.now();
        this.ends = this.ends.filter((end) => now - end < ENDS_WINDOW_MS);
        this.ends.push(now);
        if (this.ends.length <= ENDS_ALLOWED) {
          const message = 'The language server ended unexpectedly and is started again.';
          return { action: CloseAction.Restart, message, handled: true };
        }
        const message = `Gradlens: the language server ended ${this.ends.length} times within three minutes and was not started again.`;
        this.client = undefined;
        this.starting = undefined;
        this.setStatus({ state: 'failed', message });
        void this.offerRestart(message);
        return { action: CloseAction.DoNotRestart, message, handled: true };
      },
    };
  }

  private async offerRestart(message: string): Promise<void> {
    const choice = await vscode.window.showErrorMessage(message, 'Restart', 'Show Output');
    if (choice === 'Restart') await this.restart();
    else if (choice === 'Show Output') this.output.show(true);
  }

  private setStatus(status: Status): void {
    this.status = status;
    this.statusEmitter.fire(status);
  }
}
