import * as vscode from 'vscode';
import {
  type FunctionReference,
  PANEL_CHANGED,
  type PlainLocation,
  type ProblemReference,
} from '../../server/protocol/messages.ts';
import { isEnabled, isOurs } from '../configuration.ts';
import { type PanelState, readState } from '../panel/messages.ts';
import { referenceAtCursor, toRange } from '../positions.ts';
import type { Server } from '../server.ts';
import { PANEL_TYPE, Panel, type PanelEvents, type SelectionResult } from './panel.ts';

/** Time for the cursor to come to rest before a panel asks for its function. */
const REST_MS = 120;

/** All panels of a window: which of them follows the cursor, and what is marked in the editors for them. */
export class Panels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly context: vscode.ExtensionContext;
  private readonly server: Server;
  private readonly panels = new Set<Panel>();
  private last = vscode.window.activeTextEditor;
  /** Where the cursor was when a function was asked for by name: until it moves there is nothing to follow. */
  private asked: string | undefined;
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
    const files = vscode.workspace.createFileSystemWatcher(
      '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}',
      false,
      true,
      false,
    );
    this.subscriptions = [
      this.mark,
      vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, this),
      server.onNotification(PANEL_CHANGED, ({ uri }) => {
        for (const panel of this.panels) if (panel.uri?.toString() === uri) panel.refresh();
      }),
      vscode.window.onDidChangeTextEditorSelection((change) => {
        if (change.kind !== undefined) this.clearMark();
        this.cursorMoved();
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        this.last = editor ?? this.last;
        this.cursorMoved();
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('gradlens')) for (const panel of this.panels) panel.refresh();
      }),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => this.fileChanged(uri)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.fileChanged(uri)),
      files,
      files.onDidCreate((uri) => this.fileChanged(uri)),
      files.onDidDelete((uri) => this.fileChanged(uri)),
      vscode.workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) this.fileRenamed(oldUri, newUri);
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.rest);
    for (const panel of [...this.panels]) panel.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** Shows a function in the panel that is about it, else in the one that follows the cursor, else in a new one. */
  async showFunction(reference: FunctionReference, why?: ProblemReference): Promise<void> {
    const about = [...this.panels].find((panel) => panel.isAbout(reference));
    const panel = about ?? this.following() ?? this.create();
    panel.bringToLight();
    this.asked = cursorOf(this.editor());
    await panel.showFunction(reference, why);
  }

  /** Shows the derivatives of a selection, without taking the focus. */
  showSelection(uri: vscode.Uri, range: vscode.Range, result: SelectionResult): void {
    const panel = this.following() ?? this.create();
    panel.bringToLight();
    panel.showSelection(uri, range, result);
    this.cursorMoved();
  }

  /** What a panel in sight shows a selection of, for the copy command. */
  get selectionResult(): SelectionResult | undefined {
    for (const panel of this.panels)
      if (panel.visible && panel.selectionResult !== undefined) return panel.selectionResult;
    return undefined;
  }

  async deserializeWebviewPanel(webviewPanel: vscode.WebviewPanel, stored: unknown): Promise<void> {
    this.adopt(webviewPanel, readState(stored)).refresh();
  }

  /** The panel that is not pinned; the newest, should there be several. */
  private following(): Panel | undefined {
    return [...this.panels].reverse().find((panel) => panel.follows);
  }

  private create(): Panel {
    const beside = [...this.panels].find((panel) => panel.visible)?.column ?? vscode.ViewColumn.Beside;
    const place = { viewColumn: beside, preserveFocus: true };
    const options = { enableFindWidget: true };
    return this.adopt(vscode.window.createWebviewPanel(PANEL_TYPE, 'Gradlens', place, options), null);
  }

  private adopt(webviewPanel: vscode.WebviewPanel, stored: PanelState | null): Panel {
    const events: PanelEvents = {
      closed: (panel) => {
        this.panels.delete(panel);
        this.clearMark();
      },
      shown: (_, visible) => {
        if (visible) this.cursorMoved();
        else this.clearMark();
      },
      follows: () => {
        this.asked = undefined;
        this.cursorMoved();
      },
      reveal: (location, open) => void this.reveal(location, open),
    };
    const panel = new Panel(webviewPanel, this.context.extensionUri, this.server, events, stored);
    this.panels.add(panel);
    return panel;
  }

  private cursorMoved(): void {
    clearTimeout(this.rest);
    if (![...this.panels].some((panel) => panel.visible)) return;
    this.rest = setTimeout(() => void this.followCursor(), REST_MS);
  }

  private async followCursor(): Promise<void> {
    const editor = this.editor();
    if (editor === undefined || !isOurs(editor.document) || !isEnabled(editor.document.uri)) return;
    const moved = cursorOf(editor) !== this.asked;
    if (moved) this.asked = undefined;
    const { active } = editor.selection;
    for (const panel of [...this.panels].filter(({ visible }) => visible)) {
      if (moved) await panel.followTo(referenceAtCursor(editor));
      panel.cursorAt(editor.document.uri.toString(), active);
    }
  }

  /** The editor whose cursor is followed: while a panel has the focus none is active, then it is the one that was. */
  private editor(): vscode.TextEditor | undefined {
    const editor = vscode.window.activeTextEditor ?? this.last;
    return editor !== undefined && vscode.window.visibleTextEditors.includes(editor) ? editor : undefined;
  }

  private fileChanged(file: vscode.Uri): void {
    for (const panel of this.panels) if (isWithin(panel.uri, file)) panel.fileChanged();
  }

  private fileRenamed(from: vscode.Uri, to: vscode.Uri): void {
    for (const panel of this.panels) {
      const uri = panel.uri;
      if (uri !== undefined && isWithin(uri, from))
        panel.fileRenamed(to.with({ path: to.path + uri.path.slice(from.path.length) }));
    }
  }

  private async reveal(location: PlainLocation, open: boolean): Promise<void> {
    const uri = vscode.Uri.parse(location.uri);
    const range = toRange(location.range);
    const editors = vscode.window.visibleTextEditors.filter(
      (editor) => editor.document.uri.toString() === uri.toString(),
    );
    if (open) {
      const viewColumn = editors[0]?.viewColumn ?? vscode.ViewColumn.One;
      await vscode.window.showTextDocument(uri, { selection: range, viewColumn });
      return;
    }
    this.clearMark();
    for (const editor of editors) {
      editor.setDecorations(this.mark, [range]);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  private clearMark(): void {
    for (const editor of vscode.window.visibleTextEditors) editor.setDecorations(this.mark, []);
  }
}

function cursorOf(editor: vscode.TextEditor | undefined): string | undefined {
  if (editor === undefined) return undefined;
  const { line, character } = editor.selection.active;
  return `${editor.document.uri.toString()} ${line} ${character}`;
}

/** A file, or one in a folder. */
function isWithin(uri: vscode.Uri | undefined, place: vscode.Uri): boolean {
  return (
    uri !== undefined &&
    uri.scheme === place.scheme &&
    uri.authority === place.authority &&
    (uri.path === place.path || uri.path.startsWith(`${place.path}/`))
  );
}
