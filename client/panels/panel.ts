import * as vscode from 'vscode';
import {
  type DifferentiateSelectionResult,
  type FunctionReference,
  NEXT_SAMPLE,
  PANEL_MODEL,
  type PanelModelResult,
  type PlainLocation,
  type ProblemReference,
} from '../../server/protocol/messages.ts';
import { significantDigits } from '../configuration.ts';
import { insertDerivatives } from '../insert.ts';
import {
  type FromPage,
  isFromPage,
  type PanelContent,
  type PanelQuery,
  type PanelState,
  type ToPage,
} from '../panel/messages.ts';
import type { Server } from '../server.ts';
import { absenceOf } from './absence.ts';

export const PANEL_TYPE = 'gradlens.panel';

const NO_FUNCTION = 'There is no function annotated with // @differentiable here.';

export type SelectionResult = Extract<DifferentiateSelectionResult, { kind: 'result' }>;

/** Where a selection that a panel shows the derivatives of stands. */
interface SelectionPlace {
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
  readonly result: SelectionResult;
  /**
   * The annotated function around it, null for none, undefined until it is known: following goes on when the cursor
   * enters another.
   */
  within?: string | null;
}

/** What a panel needs of those that it stands among. */
export interface PanelEvents {
  /** It is gone. */
  closed(panel: Panel): void;
  /** It came to light (true) or was covered. */
  shown(panel: Panel, visible: boolean): void;
  /** It follows the cursor again. */
  follows(panel: Panel): void;
  /** Mark a place in its editors, or go there. */
  reveal(location: PlainLocation, open: boolean): void;
}

/** Why a model is asked for: what is shown stays where there is none, except when the user asked for this one. */
type Reason = 'asked' | 'followed' | 'again';

/** One webview: what it shows, and of which function. */
export class Panel implements vscode.Disposable {
  private readonly server: Server;
  private readonly events: PanelEvents;
  private readonly webviewPanel: vscode.WebviewPanel;
  private content: PanelContent | undefined;
  private selection: SelectionPlace | undefined;
  private followed = true;
  /** Which output of the function the trace is shown of. */
  private output = 0;
  private ready = false;
  private message = 'Put the cursor into a function annotated with // @differentiable.';
  private request = new vscode.CancellationTokenSource();
  /** Of its files, in order: what a page that is loaded again has stored may be of an old name. */
  private readonly renames: Extract<ToPage, { kind: 'renamed' }>[] = [];
  private readonly queries = new Map<number, vscode.CancellationTokenSource>();
  /** Marked as soon as the page listens. */
  private why: ProblemReference | undefined;
  private notice: Extract<ToPage, { kind: 'notice' }> = { kind: 'notice', text: null, canOpen: false };

  constructor(
    webviewPanel: vscode.WebviewPanel,
    extension: vscode.Uri,
    server: Server,
    events: PanelEvents,
    stored: PanelState | null,
  ) {
    this.webviewPanel = webviewPanel;
    this.server = server;
    this.events = events;
    this.followed = stored?.follow ?? true;
    if (stored?.content) {
      this.content = stored.content;
      this.output = stored.content.model.output;
    }
    const { webview } = webviewPanel;
    webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(extension, 'dist')],
    };
    webviewPanel.iconPath = vscode.Uri.joinPath(extension, 'media', 'icon.png');
    webviewPanel.onDidDispose(() => {
      this.request.cancel();
      this.forgetQueries();
      this.events.closed(this);
    });
    webviewPanel.onDidChangeViewState(() => this.events.shown(this, webviewPanel.visible));
    webview.onDidReceiveMessage((message: unknown) => {
      if (isFromPage(message)) this.receive(message);
    });
    webview.html = page(webview, extension);
  }

  dispose(): void {
    this.webviewPanel.dispose();
  }

  /** Not pinned: it goes with the cursor. */
  get follows(): boolean {
    return this.followed;
  }
  get visible(): boolean {
    return this.webviewPanel.visible;
  }
  get column(): vscode.ViewColumn | undefined {
    return this.webviewPanel.viewColumn;
  }
  /** The selection that it shows. */
  get selectionResult(): SelectionResult | undefined {
    return this.selection?.result;
  }
  /** The file that it is about. */
  get uri(): vscode.Uri | undefined {
    if (this.selection !== undefined) return this.selection.uri;
    const reference = this.content?.source.function;
    return reference === undefined ? undefined : vscode.Uri.parse(reference.uri);
  }

  bringToLight(): void {
    if (!this.visible) this.webviewPanel.reveal(undefined, true);
  }

  isAbout(reference: FunctionReference): boolean {
    return isSame(this.content, reference);
  }

  /** The user asked for this function, or what is to blame for a problem of it. */
  async showFunction(reference: FunctionReference, why?: ProblemReference): Promise<void> {
    this.selection = undefined;
    await this.load(reference, 'asked');
    if (why === undefined) return;
    this.why = why;
    this.explain();
  }

  showSelection(uri: vscode.Uri, range: vscode.Range, result: SelectionResult): void {
    this.request.cancel();
    this.selection = { uri, range, result };
    this.content = {
      source: { kind: 'selection', expression: result.expression, function: result.function },
      version: null,
      model: result.model,
    };
    this.tell(null, false);
    this.post();
  }

  /** The cursor came to rest here. */
  async followTo(reference: FunctionReference): Promise<void> {
    if (this.followed) await this.load(reference, 'followed');
  }

  cursorAt(uri: string, position: vscode.Position): void {
    this.send({ kind: 'cursor', uri, position: { line: position.line, character: position.character } });
  }

  /** Asks again for what is shown. */
  refresh(): void {
    const source = this.content?.source;
    if (source === undefined) return;
    if (source.kind === 'function') void this.load(source.function, 'again');
    else this.post();
  }

  /** Its file may have gone or come back. */
  fileChanged(): void {
    if (this.content?.source.kind === 'function') this.refresh();
  }

  /** Its file has a new name. */
  fileRenamed(uri: vscode.Uri): void {
    const source = this.content?.source;
    if (this.content === undefined || source?.kind !== 'function') return;
    const renamed = { ...source.function, uri: uri.toString() };
    const message = { kind: 'renamed', from: source.function.uri, to: renamed.uri } as const;
    this.renames.push(message);
    this.send(message);
    this.content = { ...this.content, source: { kind: 'function', function: renamed } };
    this.refresh();
  }

  private receive(message: FromPage): void {
    switch (message.kind) {
      case 'ready':
        this.ready = true;
        for (const renamed of this.renames) this.send(renamed);
        this.post();
        this.explain();
        break;
      case 'reveal':
        this.events.reveal(message.location, message.open);
        break;
      case 'copy':
        void vscode.env.clipboard.writeText(message.text);
        vscode.window.setStatusBarMessage(`$(clippy) Copied ${message.what}`, 3000);
        break;
      case 'save':
        void this.save(message.name, message.base64);
        break;
      case 'insert':
        if (this.selection !== undefined) {
          void insertDerivatives(this.selection.uri, this.selection.range, this.selection.result);
        }
        break;
      case 'nextSample':
        void this.nextSample();
        break;
      case 'output':
        this.output = message.output;
        this.refresh();
        break;
      case 'follow':
        this.followed = message.on;
        if (message.on) {
          this.selection = undefined;
          this.events.follows(this);
        }
        break;
      case 'openFile': {
        const uri = this.uri;
        if (uri !== undefined)
          void vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
        break;
      }
      case 'query':
        void this.query(message.id, message.query);
        break;
      case 'forget':
        this.queries.get(message.id)?.cancel();
        break;
    }
  }

  private async nextSample(): Promise<void> {
    const source = this.content?.source;
    if (source?.kind !== 'function') return;
    await this.server.request(NEXT_SAMPLE, { function: source.function });
    this.refresh();
  }

  private async save(name: string, base64: string): Promise<void> {
    const file = this.uri;
    const folder =
      (file && vscode.workspace.getWorkspaceFolder(file)?.uri) ?? vscode.workspace.workspaceFolders?.[0]?.uri;
    const target = await vscode.window.showSaveDialog(
      folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) },
    );
    if (target === undefined) return;
    try {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      await vscode.workspace.fs.writeFile(target, bytes);
    } catch (error) {
      void vscode.window.showErrorMessage(`Gradlens: ${name} could not be written: ${String(error)}`);
    }
  }

  /** What the page wants to know of its function. Answered in any case, by null where there is no answer. */
  private async query(id: number, { method, params }: PanelQuery): Promise<void> {
    const reference = this.content?.source.function;
    const cancellation = new vscode.CancellationTokenSource();
    this.queries.set(id, cancellation);
    let result: unknown = null;
    try {
      if (reference !== undefined)
        result = await this.server.request(
          method,
          { ...params, function: reference, output: this.output },
          cancellation.token,
        );
    } catch (error) {
      if (!cancellation.token.isCancellationRequested) this.server.output.warn(`Panel: ${String(error)}`);
    }
    this.queries.delete(id);
    cancellation.dispose();
    this.send({ kind: 'answer', id, result });
  }

  private forgetQueries(): void {
    for (const cancellation of this.queries.values()) cancellation.cancel();
  }

  private async load(reference: FunctionReference, reason: Reason): Promise<void> {
    this.request.cancel();
    this.request.dispose();
    this.request = new vscode.CancellationTokenSource();
    const token = this.request.token;
    try {
      const answer = await this.server.request(
        PANEL_MODEL,
        { function: reference, output: this.output },
        token,
      );
      if (token.isCancellationRequested || this.staysOnSelection(answer)) return;
      if (answer === null) {
        await this.nothing(reference, reason, token);
        return;
      }
      this.selection = undefined;
      if (this.output !== 0 && !isSame(this.content, answer.function)) {
        this.output = 0;
        await this.load(answer.function, reason);
        return;
      }
      const { function: of, version, model } = answer;
      this.content = { source: { kind: 'function', function: of }, version, model };
      this.tell(null, false);
      this.post();
    } catch (error) {
      if (!token.isCancellationRequested) this.server.output.warn(`Panel: ${String(error)}`);
    }
  }

  /** There is no annotated function where one was looked for. */
  private async nothing(
    reference: FunctionReference,
    reason: Reason,
    token: vscode.CancellationToken,
  ): Promise<void> {
    if (reason === 'again') {
      const absence = await absenceOf(reference);
      if (!token.isCancellationRequested) this.tell(absence.text, absence.canOpen);
    } else if (reason === 'asked' || this.content === undefined) {
      this.content = undefined;
      this.message = NO_FUNCTION;
      this.tell(null, false);
      this.post();
    }
  }

  /** Whether the cursor is still where the selection that is shown was differentiated. */
  private staysOnSelection(answer: PanelModelResult | null): boolean {
    if (this.selection === undefined) return false;
    const target = answer?.function.target ?? null;
    if (this.selection.within === undefined) this.selection.within = target;
    return target === null || target === this.selection.within;
  }

  /** Says something above what is shown; null takes it away. */
  private tell(text: string | null, canOpen: boolean): void {
    if (this.notice.text === text && this.notice.canOpen === canOpen) return;
    this.notice = { kind: 'notice', text, canOpen };
    this.send(this.notice);
  }

  private post(): void {
    const content = this.content;
    this.webviewPanel.title = content === undefined ? 'Gradlens' : `∇ ${nameOf(content)}`;
    if (content === undefined) this.send({ kind: 'empty', message: this.message, follow: this.followed });
    else this.send({ kind: 'show', content, digits: significantDigits(this.uri), follow: this.followed });
    if (this.notice.text !== null) this.send(this.notice);
  }

  /** Marks the way from what is to blame to the result. */
  private explain(): void {
    if (!this.ready || this.why === undefined) return;
    const { id, message } = this.why;
    this.why = undefined;
    const problem = this.content?.model.problems.findIndex((one) => one.id === id && one.message === message);
    if (problem !== undefined && problem >= 0) this.send({ kind: 'why', problem });
  }

  private send(message: ToPage): void {
    if (this.ready) void this.webviewPanel.webview.postMessage(message);
  }
}

function page(webview: vscode.Webview, extension: vscode.Uri): string {
  const file = (name: string): vscode.Uri =>
    webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', name));
  const nonce = crypto.randomUUID();
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    'img-src data: blob:',
    'worker-src blob:',
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file('panel.css')}">
<title>Gradlens</title>
</head>
<body>
<main id="root"></main>
<script nonce="${nonce}" src="${file('panel.js')}"></script>
</body>
</html>`;
}

function isSame(content: PanelContent | undefined, reference: FunctionReference): boolean {
  const source = content?.source;
  return (
    source?.kind === 'function' &&
    source.function.uri === reference.uri &&
    source.function.target === reference.target
  );
}

function nameOf({ source, model }: PanelContent): string {
  return source.kind === 'selection' ? 'selection' : model.name;
}
