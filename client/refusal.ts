import * as vscode from 'vscode';
import { SELECTOR } from './configuration.ts';

/** How long a refusal stays for a hover at its place. */
const SHOWN_MS = 15_000;

/**
 * Says at the cursor why something was refused: as a hover there, which the keyboard and screen readers reach. A
 * notification would stand far from the code it is about.
 */
export class RefusalHover implements vscode.HoverProvider, vscode.Disposable {
  private pending: { uri: string; range: vscode.Range; message: string } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly registration: vscode.Disposable;

  constructor() {
    this.registration = vscode.languages.registerHoverProvider(SELECTOR, this);
  }

  async show(editor: vscode.TextEditor, range: vscode.Range, message: string): Promise<void> {
    clearTimeout(this.timer);
    const cursor = editor.selection.active;
    const shown = range.contains(cursor) ? range : new vscode.Range(cursor, cursor);
    this.pending = { uri: editor.document.uri.toString(), range: shown, message };
    this.timer = setTimeout(() => {
      this.pending = undefined;
    }, SHOWN_MS);
    vscode.window.setStatusBarMessage(`$(info) Gradlens: ${message}`, SHOWN_MS);
    await vscode.commands.executeCommand('editor.action.showHover');
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const pending = this.pending;
    if (pending === undefined || pending.uri !== document.uri.toString()) return undefined;
    if (!pending.range.contains(position)) return undefined;
    const text = new vscode.MarkdownString('$(info) **Gradlens:** ', true);
    text.appendText(pending.message);
    return new vscode.Hover(text, pending.range);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.registration.dispose();
  }
}
