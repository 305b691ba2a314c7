import * as vscode from 'vscode';
import {
  DERIVATIVE_TITLES,
  type DerivativeKind,
  INSERT_DERIVATIVE,
  type InsertDerivativeParams,
  type InsertDerivativeResult,
  type PlainPosition,
} from '../server/protocol/messages.ts';
import { isOurs, SECTION } from './configuration.ts';
import { fromPosition, toRange } from './positions.ts';
import type { RefusalHover } from './refusal.ts';
import type { Server } from './server.ts';

type Edit = Extract<InsertDerivativeResult, { kind: 'edit' }>;

/**
 * Writes a derivative of the function at a position (the cursor's where none is given) as source code, below it or
 * into a file of its own, as the setting says. One undo takes it back.
 */
export async function insertDerivative(
  server: Server,
  refusal: RefusalHover,
  givenUri: string | undefined,
  givenPosition: PlainPosition | undefined,
  givenKind: DerivativeKind | undefined,
): Promise<void> {
  const document = await documentOf(givenUri);
  const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
  const position = givenPosition ?? (editor && fromPosition(editor.selection.active));
  if (document === undefined || position === undefined) {
    void vscode.window.showInformationMessage(
      'Gradlens: Open a TypeScript or JavaScript file and put the cursor into a function.',
    );
    return;
  }
  const kind = givenKind ?? (await chooseKind());
  if (kind === undefined) return;
  const target = goesIntoOwnFile(document.uri) ? ownFileOf(document.uri) : undefined;
  const own = target && (await textOf(target));
  const params: InsertDerivativeParams = {
    uri: document.uri.toString(),
    position,
    kind,
    ...(own === undefined ? {} : { own }),
  };
  let answer = await server.request(INSERT_DERIVATIVE, params);
  if (answer.kind === 'edited') {
    if (!(await mayReplace(answer.name))) return;
    answer = await server.request(INSERT_DERIVATIVE, { ...params, overwrite: true });
  }
  if (answer.kind === 'refused') {
    const at = toRange({ start: position, end: position });
    if (editor !== undefined) await refusal.show(editor, at, answer.message);
    else void vscode.window.showInformationMessage(`Gradlens: ${answer.message}`);
  } else if (answer.kind === 'edit') {
    if (document.version !== answer.version)
      throw new Error('The text has changed in the meantime; please try again.');
    await apply(target ?? document.uri, own === null, answer, editor);
  }
}

async function documentOf(uri: string | undefined): Promise<vscode.TextDocument | undefined> {
  if (uri !== undefined) return vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const active = vscode.window.activeTextEditor?.document;
  return active !== undefined && isOurs(active) ? active : undefined;
}

async function chooseKind(): Promise<DerivativeKind | undefined> {
  const items = (Object.keys(DERIVATIVE_TITLES) as DerivativeKind[]).map((kind) => {
    const title = DERIVATIVE_TITLES[kind];
    return { derivative: kind, label: title[0]!.toUpperCase() + title.slice(1) };
  });
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Insert Derivative',
    placeHolder: 'Which derivative of the function at the cursor?',
  });
  return chosen?.derivative;
}

async function mayReplace(name: string): Promise<boolean> {
  const replace = 'Replace';
  const answer = await vscode.window.showWarningMessage(
    `${name} has been edited since it was generated.`,
    { modal: true, detail: 'Replacing it discards those edits. Undo brings them back.' },
    replace,
  );
  return answer === replace;
}

/** An untitled text has no folder for another file. */
function goesIntoOwnFile(uri: vscode.Uri): boolean {
  const into = vscode.workspace.getConfiguration(SECTION, uri).get<string>('generate.into', 'sameFile');
  return into === 'ownFile' && uri.scheme !== 'untitled';
}

/** `arm.ts` → `arm.derivatives.ts`. */
function ownFileOf(uri: vscode.Uri): vscode.Uri {
  return uri.with({ path: uri.path.replace(/(\.[^./]*)?$/, '.derivatives$1') });
}

/** null: there is no such file. */
async function textOf(uri: vscode.Uri): Promise<string | null> {
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    return null;
  }
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

async function apply(
  uri: vscode.Uri,
  isNew: boolean,
  { edits, selection }: Edit,
  from: vscode.TextEditor | undefined,
): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  if (isNew) edit.createFile(uri, { ignoreIfExists: true });
  for (const { range, newText } of edits) edit.replace(uri, toRange(range), newText);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error('The editor did not accept the edit.');
  const document = await vscode.workspace.openTextDocument(uri);
  const own = from === undefined || from.document !== document;
  const shown = own
    ? await vscode.window.showTextDocument(document, {
        viewColumn: vscode.ViewColumn.Beside,
        preserveFocus: true,
      })
    : from;
  const range = toRange(selection);
  if (!own) shown.selection = new vscode.Selection(range.start, range.start);
  shown.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
