import * as vscode from 'vscode';
import type { FunctionReference, PlainPosition, PlainRange } from '../server/protocol/messages.ts';

export function fromPosition(position: vscode.Position): PlainPosition {
  return { line: position.line, character: position.character };
}

export function fromRange(range: vscode.Range): PlainRange {
  return { start: fromPosition(range.start), end: fromPosition(range.end) };
}

export function toRange(range: PlainRange): vscode.Range {
  return new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
}

/** The function that an editor's cursor stands in, or on the call of which it stands. */
export function referenceAtCursor(editor: vscode.TextEditor): FunctionReference {
  return { uri: editor.document.uri.toString(), position: fromPosition(editor.selection.active) };
}
