import * as vscode from 'vscode';
import { DIFFERENTIATE_SELECTION, type PlainRange } from '../server/protocol/messages.ts';
import { isOurs } from './configuration.ts';
import type { Panels } from './panels/panels.ts';
import { fromRange, toRange } from './positions.ts';
import type { RefusalHover } from './refusal.ts';
import type { Server } from './server.ts';

/**
 * Differentiates what is selected in the active editor (or the given range of a document): asks with respect to
 * which variables where there is more than one, and shows the result in the panel. Nothing takes the focus.
 */
export async function differentiateSelection(
  server: Server,
  panel: Panels,
  refusal: RefusalHover,
  givenUri: string | undefined,
  givenRange: PlainRange | undefined,
): Promise<void> {
  const editor = editorOf(givenUri);
  if (editor === undefined) {
    void vscode.window.showInformationMessage(
      'Gradlens: select a numeric expression in a TypeScript or JavaScript file first.',
    );
    return;
  }
  const uri = editor.document.uri;
  const range = givenRange ?? fromRange(editor.selection);
  const params = { uri: uri.toString(), range };
  let answer = await server.request(DIFFERENTIATE_SELECTION, params);
  if (answer.kind === 'choose') {
    const wrt = await chooseVariables(answer.expression, answer.variables);
    if (wrt === undefined) return;
    answer = await server.request(DIFFERENTIATE_SELECTION, { ...params, wrt });
  }
  if (answer.kind === 'refused') await refusal.show(editor, toRange(answer.range), answer.message);
  else if (answer.kind === 'result') panel.showSelection(uri, toRange(range), answer);
}

function editorOf(uri: string | undefined): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  if (uri === undefined) {
    return activeTextEditor !== undefined && isOurs(activeTextEditor.document) ? activeTextEditor : undefined;
  }
  const given = vscode.Uri.parse(uri).toString();
  const fits = (editor: vscode.TextEditor): boolean => editor.document.uri.toString() === given;
  return activeTextEditor !== undefined && fits(activeTextEditor)
    ? activeTextEditor
    : visibleTextEditors.find(fits);
}

/** undefined where the user leaves without an answer or chooses none. */
async function chooseVariables(
  expression: string,
  variables: readonly string[],
): Promise<readonly string[] | undefined> {
  const flat = expression.replace(/\s+/g, ' ');
  const items = variables.map((label) => ({ label, picked: true }));
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: `Differentiate ${flat.length > 60 ? flat.slice(0, 59) + '…' : flat}`,
    placeHolder: 'With respect to which variables? The others are held fixed.',
  });
  return chosen === undefined || chosen.length === 0 ? undefined : chosen.map((item) => item.label);
}
