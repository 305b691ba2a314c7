import * as vscode from 'vscode';
import type { DifferentiateSelectionResult } from '../server/protocol/messages.ts';
import { derivativeStatements, type StatementPlace } from './derivativeStatements.ts';

type SelectionResult = Extract<DifferentiateSelectionResult, { kind: 'result' }>;

/** Writes the derivatives of a selection into its file as constants, beside the statement that holds it. */
export async function insertDerivatives(
  uri: vscode.Uri,
  range: vscode.Range,
  result: SelectionResult,
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const place: StatementPlace =
    result.insertAt === undefined
      ? { line: range.end.line + 1, indentation: indentationOf(document, range.start.line) }
      : { line: result.insertAt.line, indentation: result.insertAt.indentation };
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const text = derivativeStatements(result.expression, result.model, place.indentation)
    .map((line) => line + eol)
    .join('');
  if (text === '') return;
  const edit = new vscode.WorkspaceEdit();
  if (place.line < document.lineCount) edit.insert(uri, new vscode.Position(place.line, 0), text);
  else edit.insert(uri, document.lineAt(document.lineCount - 1).range.end, eol + text.trimEnd());
  await vscode.workspace.applyEdit(edit);
}

function indentationOf(document: vscode.TextDocument, line: number): string {
  const text = document.lineAt(line).text;
  return text.slice(0, document.lineAt(line).firstNonWhitespaceCharacterIndex);
}
