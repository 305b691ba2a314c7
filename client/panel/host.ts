import * as vscode from 'vscode';
import {
  type DifferentiateSelectionResult,
  type FunctionReference,
  NEXT_SAMPLE,
  PANEL_CHANGED,
  PANEL_MODEL,
  type PanelModelResult,
  type PlainLocation,
} from '../../server/protocol/messages.ts';
import { isEnabled, isOurs, significantDigits } from '../configuration.ts';
import { insertDerivatives } from '../insert.ts';
import { referenceAtCursor, toRange } from '../positions.ts';
import type { Server } from '../server.ts';
import { type FromPage, type PanelContent, readState, type ToPage } from './messages.ts';

export const PANEL_TYPE = 'gradlens.panel';

/** Time for the cursor to come to rest before the panel asks for its function. */
const REST_MS = 120;

type SelectionResult = Extract<DifferentiateSelectionResult, { kind: 'result' }>;

/** Where a selection that the panel shows the derivatives of stands. */
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

/** The one panel of a window: what it shows, and whom it follows. */
export class PanelHost implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly context: vscode.ExtensionContext;
  private readonly server: Server;
  private panel: vscode.WebviewPanel | undefined;
  private content: PanelContent | undefined;
  private selection: SelectionPlace | undefined;
  private follow = true;
  /** Which output of the function the trace is shown of. */
  private output = 0;
  private ready = false;
  private message = 'Put the cursor into a function annotated with // @differentiable.';
  private request = new vscode.CancellationTokenSource();
  private rest: ReturnType<typeof setTimeout> | undefined;
  private readonly mark: vscode.TextEditorDecorationType;
  private readonly subscriptions: vscode.Disposable[];

  constructor(context: vscode.ExtensionContext, server: Server) {
    this.context = context;
    this.server = server;
    this.mark = vscode.window.createTextEditorDecorationType({
      backgroundColor: new vscode.ThemeColor('editor.wordHighlightStrongBackground'),
      border: '1px solid',
      borderColor: new vscode.ThemeColor('gradlens.sourceBorder'),
      overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.wordHighlightStrongForeground'),
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    });
    this.subscriptions = [
      this.mark,
      vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, this),
      server.onNotification(PANEL_CHANGED, () => this.refresh()),
      vscode.window.onDidChangeTextEditorSelection((change) => {
        if (change.kind !== undefined) this.clearMark();
        this.cursorMoved();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => this.cursorMoved()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('gradlens')) this.refresh();
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.rest);
    this.request.cancel();
    this.panel?.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** Opens or reveals the panel on a function; follows the cursor from there on. */
  async showFunction(reference: FunctionReference): Promise<void> {
    this.selection = undefined;
    this.open();
    await this.load(reference, true);
  }

  /** Shows the derivatives of a selection, without taking the focus. */
  showSelection(uri: vscode.Uri, range: vscode.Range, result: SelectionResult): void {
    this.selection = { uri, range, result };
    this.content = {
      source: { kind: 'selection', expression: result.expression },
      model: result.model,
    };
    this.open();
    this.post();
    this.cursorMoved();
  }

  /** What the panel shows a selection of, for the copy command. */
  get selectionResult(): SelectionResult | undefined {
    return this.panel?.visible ? this.selection?.result : undefined;
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, stored: unknown): Promise<void> {
    const state = readState(stored);
    this.follow = state?.follow ?? true;
    if (state?.content) {
      this.content = state.content;
      this.output = state.content.model.output;
    }
    this.adopt(panel);
    this.refresh();
  }

  private open(): void {
    if (this.panel !== undefined) {
      if (!this.panel.visible) this.panel.reveal(undefined, true);
      return;
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.adopt(vscode.window.createWebviewPanel(PANEL_TYPE, 'Gradlens', place, { enableFindWidget: true }));
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    this.ready = false;
    const roots = [vscode.Uri.joinPath(this.context.extensionUri, 'dist')];
    panel.webview.options = { enableScripts: true, localResourceRoots: roots };
    panel.iconPath = vscode.Uri.joinPath(this.context.extensionUri, 'media', 'icon.png');
    panel.onDidDispose(() => {
      if (this.panel === panel) {
        this.panel = undefined;
        this.selection = undefined;
        this.clearMark();
      }
    });
    panel.onDidChangeViewState(() => {
      if (panel.visible) this.cursorMoved();
      else this.clearMark();
    });
    panel.webview.onDidReceiveMessage((message: FromPage) => this.receive(message));
    panel.webview.html = this.html(panel.webview);
  }

  private html(webview: vscode.Webview): string {
    const file = (name: string): vscode.Uri =>
      webview.asWebviewUri(vscode.Uri.joinPath(this.context.extensionUri, 'dist', name));
    const nonce = crypto.randomUUID();
    const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
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

  private receive(message: FromPage): void {
    switch (message.kind) {
      case 'ready':
        this.ready = true;
        this.post();
        break;
      case 'reveal':
        void this.reveal(message.location, message.open);
        break;
      case 'copy':
        void vscode.env.clipboard.writeText(message.text);
        vscode.window.setStatusBarMessage(`$(clippy) Copied ${message.what}`, 3000);
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
        this.follow = message.on;
        if (this.follow) {
          this.selection = undefined;
          this.cursorMoved();
        }
        break;
    }
  }

  private async nextSample(): Promise<void> {
    const source = this.content?.source;
    if (source?.kind !== 'function') return;
    await this.server.request(NEXT_SAMPLE, { function: source.function });
    this.refresh();
  }

  private cursorMoved(): void {
    clearTimeout(this.rest);
    if (this.panel?.visible !== true) return;
    this.rest = setTimeout(() => void this.followCursor(), REST_MS);
  }

  private async followCursor(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || !isOurs(editor.document) || !isEnabled(editor.document.uri)) return;
    const { active } = editor.selection;
    if (this.follow) await this.load(referenceAtCursor(editor), false);
    this.send({
      kind: 'cursor',
      uri: editor.document.uri.toString(),
      position: { line: active.line, character: active.character },
    });
  }

  /** Asks again for what is shown. */
  private refresh(): void {
    const source = this.content?.source;
    if (this.panel === undefined || source === undefined) return;
    if (source.kind === 'function') void this.load(source.function, false);
    else this.post();
  }

  /** Asks for a function's model. Where there is none, what is shown stays unless the user asked for it. */
  private async load(reference: FunctionReference, asked: boolean): Promise<void> {
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
        if (asked || this.content === undefined) {
          this.content = undefined;
          this.message = 'There is no function annotated with // @differentiable here.';
          this.post();
        }
        return;
      }
      this.selection = undefined;
      if (this.output !== 0 && !isSame(this.content, answer.function)) {
        this.output = 0;
        await this.load(answer.function, asked);
        return;
      }
      this.content = { source: { kind: 'function', function: answer.function }, model: answer.model };
      this.post();
    } catch (error) {
      if (!token.isCancellationRequested) this.server.output.warn(`Panel: ${String(error)}`);
    }
  }

  /** Whether the cursor is still where the selection that is shown was differentiated. */
  private staysOnSelection(answer: PanelModelResult | null): boolean {
    if (this.selection === undefined) return false;
    const target = answer?.function.target ?? null;
    if (this.selection.within === undefined) this.selection.within = target;
    return target === null || target === this.selection.within;
  }

  private post(): void {
    if (this.panel === undefined) return;
    const content = this.content;
    this.panel.title = content === undefined ? 'Gradlens' : `∇ ${nameOf(content)}`;
    if (content === undefined) {
      this.send({ kind: 'empty', message: this.message, follow: this.follow });
      return;
    }
    const uri =
      this.selection?.uri ??
      (content.source.kind === 'function' ? vscode.Uri.parse(content.source.function.uri) : undefined);
    this.send({ kind: 'show', content, digits: significantDigits(uri), follow: this.follow });
  }

  private send(message: ToPage): void {
    if (this.ready) void this.panel?.webview.postMessage(message);
  }

  private async reveal(location: PlainLocation, open: boolean): Promise<void> {
    const uri = vscode.Uri.parse(location.uri);
    const range = toRange(location.range);
    if (open) {
      await vscode.window.showTextDocument(uri, {
        selection: range,
        viewColumn: this.columnOf(uri) ?? vscode.ViewColumn.One,
      });
      return;
    }
    this.clearMark();
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document.uri.toString() !== uri.toString()) continue;
      editor.setDecorations(this.mark, [range]);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  private columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
    const shown = vscode.window.visibleTextEditors.find(
      (editor) => editor.document.uri.toString() === uri.toString(),
    );
    return shown?.viewColumn;
  }

  private clearMark(): void {
    for (const editor of vscode.window.visibleTextEditors) editor.setDecorations(this.mark, []);
  }
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
