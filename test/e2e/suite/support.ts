// Documents of the suites' own and what the product says about them, asked through VS Code's own commands.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

export const EXTENSION = 'gradlens.gradlens';

/** The textbook's function; its numbers are closed forms: sin 2 and cos 2. */
export const TUTORIAL = `// @differentiable at x1 = 2, x2 = 3
function f(x1: number, x2: number): number {
  const product = x1 * x2;
  return product + Math.sin(x1);
}
const y = f(1, 2);
`;

/** An untitled document shown in the active editor. */
export async function open(content: string, language = 'typescript'): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ content, language });
  const editor = await vscode.window.showTextDocument(document);
  if (document.getText() !== content) {
    // VS Code has restored the backup of an earlier document of this name, which it discards a moment too late.
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    await editor.edit((edit) => edit.replace(all, content));
  }
  return editor;
}

/** Asks until the answer passes; the last failure where it never does. */
export async function eventually<T>(
  ask: () => T | Thenable<T>,
  check: (answer: T) => void,
  seconds = 20,
): Promise<T> {
  for (const end = Date.now() + seconds * 1000; ; ) {
    const answer = await ask();
    try {
      check(answer);
      return answer;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Where a text begins; the `occurrence`th, from 0. */
export function positionOf(document: vscode.TextDocument, text: string, occurrence = 0): vscode.Position {
  let at = -1;
  for (let n = 0; n <= occurrence; n++) at = document.getText().indexOf(text, at + 1);
  assert.notEqual(at, -1, `no ${JSON.stringify(text)} in the document`);
  return document.positionAt(at);
}

export function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const start = positionOf(document, text);
  return new vscode.Range(start, document.positionAt(document.offsetAt(start) + text.length));
}

/** The text of Gradlens's hovers at a place, '' where there is none. */
export async function hoverAt(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    position,
  );
  const texts = hovers.flatMap((hover) =>
    hover.contents.map((content) => (typeof content === 'string' ? content : content.value)),
  );
  return texts.filter((text) => text.includes('```text')).join('\n');
}

/** Resolved titles of the lenses of a document, in order. */
export async function lensTitles(uri: vscode.Uri): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
    1000,
  );
  return lenses
    .filter((lens) => lens.command?.command.startsWith('gradlens.') ?? false)
    .map((lens) => lens.command!.title);
}

/** Labels of the inlay hints of a document by 0-based line. */
export async function hintLabels(document: vscode.TextDocument): Promise<Record<number, string>> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    all,
  );
  const labels: Record<number, string> = {};
  for (const hint of hints) {
    const label = typeof hint.label === 'string' ? hint.label : hint.label.map((part) => part.value).join('');
    labels[hint.position.line] = label;
  }
  return labels;
}

/** Gradlens's diagnostics of a document. */
export function diagnosticsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === 'gradlens');
}

export function idOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : code);
}

/** Sets a user setting for the time of `act`. */
export async function withSetting(key: string, value: unknown, act: () => Promise<void>): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('gradlens');
  await configuration.update(key, value, vscode.ConfigurationTarget.Global);
  try {
    await act();
  } finally {
    await configuration.update(key, undefined, vscode.ConfigurationTarget.Global);
  }
}

/** Tabs of the panel. */
export function panelTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(
      (tab) => tab.input instanceof vscode.TabInputWebview && tab.input.viewType.endsWith('gradlens.panel'),
    );
}

/** Leaves the next suite an empty window. */
export async function closeAll(): Promise<void> {
  for (const editor of vscode.window.visibleTextEditors) {
    await vscode.window.showTextDocument(editor.document, editor.viewColumn);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
