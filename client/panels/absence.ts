import * as vscode from 'vscode';
import type { FunctionReference } from '../../server/protocol/messages.ts';

/** Why a function that was there is not found any more, in words; and whether opening its file may bring it back. */
export async function absenceOf({
  uri,
  target,
}: FunctionReference): Promise<{ readonly text: string; readonly canOpen: boolean }> {
  const file = vscode.Uri.parse(uri);
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const open = vscode.workspace.textDocuments.some(
    (document) => document.uri.toString() === uri && !document.isClosed,
  );
  if (open) return { text: `${name} has no annotated function ${target ?? 'here'} any more.`, canOpen: true };
  try {
    await vscode.workspace.fs.stat(file);
    return { text: `${name} is closed: what is shown may be out of date.`, canOpen: true };
  } catch {
    return { text: `${name} is not there any more: it was deleted, renamed or moved.`, canOpen: false };
  }
}
