/**
 * The language server's main thread, the same on every platform: speaks LSP, and hands all else to the analysis
 * worker through the supervisor. It loads neither a parser nor core.
 */
import {
  type CancellationToken,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import { version as serverVersion } from '../package.json';
import { isExcluded } from './exclude.ts';
import { readFiles } from './modules/readFiles.ts';
import {
  ANNOTATE,
  COPY_GRADIENT,
  DIFFERENTIATE_SELECTION,
  INSERT_DERIVATIVE,
  type InitializationOptions,
  NEXT_SAMPLE,
  type NextSampleParams,
  PANEL_CHANGED,
  PANEL_DIFFERENCES,
  PANEL_MODEL,
  PANEL_PLOT,
  type PanelChangedParams,
  type PanelModelParams,
  SERVER_STATUS,
  type ServerStatusParams,
} from './protocol/messages.ts';
import { DEFAULT_SETTINGS, readSettings, type Settings } from './protocol/settings.ts';
import { type RequestOptions, Supervisor, type Urgency } from './supervisor.ts';
import { type ContentChange, DIAGNOSE, type WorkerHandle } from './worker/channel.ts';

/** Milliseconds an evaluation may take before the worker is ended. */
const EDITOR_DEADLINE = 1000;
const EXPLICIT_DEADLINE = 5000;
/** Diagnostics wait for so long a pause in typing; the panel for less. */
const DIAGNOSTICS_PAUSE = 300;
const PANEL_PAUSE = 60;
/** What other files change is shown after so long a pause. */
const REFRESH_PAUSE = 200;
/** Files whose changes on the disk matter. */
const WATCHED = '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,json}';
/** A request that takes longer shows as being at work. */
const SLOW = 500;
/** How long requests wait for the client's answer about settings before the defaults are taken. */
const SETTINGS_PATIENCE = 500;

interface Route {
  readonly urgency: Urgency;
  readonly deadline: number;
  readonly positional: boolean;
  /** Answered without asking the worker where Gradlens is off for the file. */
  readonly whenOff: unknown;
}
const asked = (urgency: Urgency, positional: boolean, whenOff: unknown): Route => ({
  urgency,
  deadline: EDITOR_DEADLINE,
  positional,
  whenOff,
});
const explicit: Route = { urgency: 0, deadline: EXPLICIT_DEADLINE, positional: false, whenOff: undefined };

const ROUTES: Readonly<Record<string, Route>> = {
  'textDocument/hover': asked(0, true, null),
  'textDocument/codeAction': asked(1, true, []),
  'codeAction/resolve': explicit,
  'textDocument/codeLens': asked(1, false, []),
  'codeLens/resolve': asked(2, false, undefined),
  'textDocument/inlayHint': asked(2, false, []),
  [PANEL_MODEL]: explicit,
  [PANEL_DIFFERENCES]: explicit,
  [PANEL_PLOT]: explicit,
  [DIFFERENTIATE_SELECTION]: explicit,
  [NEXT_SAMPLE]: explicit,
  [ANNOTATE]: explicit,
  [COPY_GRADIENT]: explicit,
  [INSERT_DERIVATIVE]: explicit,
};

/** Starts the analysis worker. Called with `initializationOptions` where `early` is false. */
export interface WorkerSource {
  /** Start it at once, while the client still prepares its `initialize`. */
  readonly early: boolean;
  start(options: InitializationOptions): WorkerHandle;
}

export function serve(connection: Connection, source: WorkerSource): Supervisor {
  let initialization: InitializationOptions = {};
  let canConfigure = false;
  let canRefreshLenses = false;
  let canRefreshHints = false;
  let ours = false;
  let roots: string[] = [];
  let base: Settings = DEFAULT_SETTINGS;
  /** Settings asked for and not yet answered, by document. */
  const awaited = new Map<string, Promise<void>>();
  const dirty = new Set<string>();
  const published = new Set<string>();
  let diagnosticsTimer: ReturnType<typeof setTimeout> | undefined;
  let panelTimer: ReturnType<typeof setTimeout> | undefined;
  /** Documents that panels show something of, since they last asked. */
  const watched = new Set<string>();
  let refreshTimer: ReturnType<typeof setTimeout> | undefined;
  let canWatch = false;
  const reported = new Set<string>();

  let state: ServerStatusParams['state'] = 'ready';
  const status = (next: ServerStatusParams['state'], message: string): void => {
    state = next;
    if (ours)
      void connection.sendNotification(SERVER_STATUS, { state: next, message } satisfies ServerStatusParams);
  };
  const log = (message: string): void => connection.console.log(message);

  const supervisor = new Supervisor(() => source.start(initialization), {
    log,
    restarted(reason) {
      log(`The analysis was restarted: ${reason}.`);
      status('restarted', reason);
      for (const uri of supervisor.openDocuments()) dirty.add(uri);
      scheduleDiagnostics();
    },
    affected: () => scheduleRefresh(),
    readFiles: (wanted) => readFiles(connection, ours, wanted),
    gaveUp(reason) {
      connection.console.error(`The analysis cannot be kept running: ${reason}.`);
      status('failed', reason);
    },
  });

  if (source.early) supervisor.launch();

  // ───────────────────────────── life cycle ─────────────────────────────

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    const client = params.capabilities;
    const options = (params.initializationOptions ?? {}) as InitializationOptions;
    initialization = options;
    ours = options.commands === true;
    canConfigure = client.workspace?.configuration === true;
    canWatch = client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    canRefreshLenses = client.workspace?.codeLens?.refreshSupport === true;
    canRefreshHints = client.workspace?.inlayHint?.refreshSupport === true;
    roots = (params.workspaceFolders ?? []).map((folder) => folder.uri);
    if (roots.length === 0 && typeof params.rootUri === 'string') roots = [params.rootUri];
    const formats = client.textDocument?.hover?.contentFormat;
    supervisor.configure({
      commands: ours,
      files: ours,
      markdown: formats === undefined || formats.includes('markdown'),
      docs: options.docs?.replace(/\/?$/, '/'),
    });
    supervisor.launch();
    return {
      serverInfo: { name: 'gradlens', version: serverVersion },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: 2, save: true },
        hoverProvider: true,
        codeLensProvider: { resolveProvider: true },
        inlayHintProvider: true,
        codeActionProvider: {
          codeActionKinds: ['quickfix', 'refactor', 'refactor.rewrite'],
          resolveProvider: true,
        },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(() => {
    if (canConfigure)
      void connection.client
        .register(DidChangeConfigurationNotification.type, { section: 'gradlens' })
        .catch(() => {});
    if (canWatch)
      void connection.client
        .register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: WATCHED }] })
        .catch(() => {});
    status('ready', '');
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    supervisor.filesChanged(changes.map(({ uri }) => uri));
  });
  // Without a watcher, what is saved here is looked at again.
  connection.onDidSaveTextDocument(() => {
    if (!canWatch) supervisor.filesChanged(null);
  });

  connection.onNotification('workspace/didChangeWorkspaceFolders', (params: unknown) => {
    const { added, removed } = (params as { event: { added: { uri: string }[]; removed: { uri: string }[] } })
      .event;
    const gone = new Set(removed.map((folder) => folder.uri));
    roots = [...roots.filter((root) => !gone.has(root)), ...added.map((folder) => folder.uri)];
  });

  connection.onShutdown(() => supervisor.dispose());

  // ───────────────────────────── settings ─────────────────────────────

  function accept(uri: string | null, section: unknown): void {
    const { settings, messages } = readSettings(section);
    for (const message of messages) {
      if (reported.has(message)) continue;
      reported.add(message);
      connection.console.warn(message);
    }
    if (uri === null) base = settings;
    supervisor.setSettings(uri, settings);
  }

  function pullSettings(uri: string): void {
    if (!canConfigure) return;
    const answer = connection.workspace
      .getConfiguration({ scopeUri: uri, section: 'gradlens' })
      .then((section: unknown) => {
        if (supervisor.isOpen(uri)) accept(uri, section);
      })
      .catch((error: unknown) => log(`The settings could not be read: ${String(error)}`));
    const settled = Promise.race([answer, pause(SETTINGS_PATIENCE)]).then(() => {
      if (awaited.get(uri) === settled) awaited.delete(uri);
    });
    awaited.set(uri, settled);
  }

  connection.onDidChangeConfiguration((change) => {
    const pushed = (change.settings as { gradlens?: unknown } | null | undefined)?.gradlens;
    if (!canConfigure) accept(null, pushed);
    for (const uri of supervisor.openDocuments()) {
      pullSettings(uri);
      dirty.add(uri);
    }
    void Promise.all(awaited.values()).then(() => {
      refresh();
      scheduleDiagnostics();
    });
  });

  function isOff(uri: string): boolean {
    const settings = supervisor.isOpen(uri) ? supervisor.settingsOf(uri) : base;
    return !settings.enable || isExcluded(uri, roots, settings.exclude);
  }

  /** Lenses, hints and the panel may look different without an edit. */
  function refresh(): void {
    if (canRefreshLenses) void connection.sendRequest('workspace/codeLens/refresh').catch(() => {});
    if (canRefreshHints) void connection.languages.inlayHint.refresh().catch(() => {});
    schedulePanel(0);
  }

  /** What is shown may have changed with other files than those shown. */
  function scheduleRefresh(): void {
    if (refreshTimer !== undefined) clearTimeout(refreshTimer);
    refreshTimer = setTimeout(() => {
      refreshTimer = undefined;
      for (const uri of supervisor.openDocuments()) dirty.add(uri);
      refresh();
      scheduleDiagnostics();
    }, REFRESH_PAUSE);
  }

  // ───────────────────────────── documents ─────────────────────────────

  connection.onDidOpenTextDocument(({ textDocument: document }) => {
    supervisor.open(document.uri, document.languageId, document.version, document.text);
    pullSettings(document.uri);
    dirty.add(document.uri);
    scheduleDiagnostics();
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    supervisor.change(uri, version, contentChanges as ContentChange[]);
    dirty.add(uri);
    scheduleDiagnostics();
    if (watched.has(uri)) schedulePanel(PANEL_PAUSE);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    supervisor.close(uri);
    dirty.delete(uri);
    awaited.delete(uri);
    if (published.delete(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  // ───────────────────────────── requests ─────────────────────────────

  async function ask(
    method: string,
    params: unknown,
    route: Route,
    token: CancellationToken,
  ): Promise<unknown> {
    const uri = documentOf(method, params);
    if (uri !== undefined) {
      const settings = awaited.get(uri);
      if (settings !== undefined) await settings;
      if (route.whenOff !== undefined && isOff(uri)) return route.whenOff;
    }
    if (token.isCancellationRequested) return cancelled();
    const options: RequestOptions = {
      urgency: route.urgency,
      deadline: route.deadline,
      positional: route.positional,
      uri,
    };
    const { outcome, cancel } = supervisor.request(method, params, options);
    const listening = token.onCancellationRequested(cancel);
    const slow = setTimeout(() => {
      if (state === 'ready') status('busy', '');
    }, SLOW);
    const end = await outcome;
    clearTimeout(slow);
    listening.dispose();
    if (state !== 'ready' && state !== 'failed' && supervisor.idle) status('ready', '');
    switch (end.kind) {
      case 'result':
        return end.result;
      case 'cancelled':
        return cancelled();
      case 'stale':
        return new ResponseError(LSPErrorCodes.ContentModified, 'the text has changed');
      case 'failed':
        return new ResponseError(ErrorCodes.InternalError, end.message);
    }
  }

  for (const [method, route] of Object.entries(ROUTES)) {
    connection.onRequest(method, async (params: unknown, token: CancellationToken) => {
      if (method === PANEL_MODEL) watched.add((params as PanelModelParams).function.uri);
      const result = await ask(method, params, route, token);
      if (method === NEXT_SAMPLE) {
        refresh();
        // What is diagnosed is the active sample.
        dirty.add((params as NextSampleParams).function.uri);
        scheduleDiagnostics();
      }
      return result;
    });
  }

  // ───────────────────────────── unasked ─────────────────────────────

  function scheduleDiagnostics(): void {
    if (diagnosticsTimer !== undefined) clearTimeout(diagnosticsTimer);
    diagnosticsTimer = setTimeout(diagnose, DIAGNOSTICS_PAUSE);
  }

  async function diagnose(): Promise<void> {
    diagnosticsTimer = undefined;
    for (const uri of [...dirty]) {
      dirty.delete(uri);
      await awaited.get(uri);
      const version = supervisor.version(uri);
      if (version === undefined) continue;
      let diagnostics: unknown[] = [];
      if (!isOff(uri)) {
        const options: RequestOptions = { urgency: 3, deadline: EDITOR_DEADLINE, positional: true, uri };
        const end = await supervisor.request(DIAGNOSE, { uri }, options).outcome;
        // Stale: the edit has put it back on the list.
        if (end.kind !== 'result' || supervisor.version(uri) !== version) continue;
        diagnostics = end.result as unknown[];
      }
      if (diagnostics.length === 0 && !published.has(uri)) continue;
      published.add(uri);
      void connection.sendDiagnostics({ uri, version, diagnostics: diagnostics as never[] });
    }
  }

  function schedulePanel(delay: number): void {
    if (!ours || watched.size === 0) return;
    if (panelTimer !== undefined) clearTimeout(panelTimer);
    panelTimer = setTimeout(() => {
      panelTimer = undefined;
      for (const uri of watched)
        void connection.sendNotification(PANEL_CHANGED, { uri } satisfies PanelChangedParams);
      watched.clear();
    }, delay);
  }

  connection.listen();
  return supervisor;
}

function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    // Does not keep Node alive.
    (timer as { unref?: () => void }).unref?.();
  });
}

/** The document that a request is about. */
function documentOf(method: string, params: unknown): string | undefined {
  const p = params as {
    textDocument?: { uri: string };
    uri?: string;
    function?: { uri: string };
    data?: { uri: string };
  } | null;
  if (method.endsWith('/resolve')) return p?.data?.uri;
  return p?.textDocument?.uri ?? p?.function?.uri ?? p?.uri;
}
