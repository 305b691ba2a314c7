/** The function that a position is about. */
import { sampleText } from '../features/annotate.ts';
import type { DocumentStatement, FoundFunction } from '../workspace/document.ts';
import type { Position } from './channel.ts';
import type { OpenDocument } from './document.ts';

export interface At {
  readonly statement: DocumentStatement;
  readonly found: FoundFunction;
  /** On its comments or its head, not in its body. */
  readonly onHead: boolean;
}

/** The innermost function around the position that can be annotated; `numeric`: and that has something to differentiate. */
export function functionAt(document: OpenDocument, position: Position, numeric: boolean): At | undefined {
  const { file } = document;
  const offset = file.offsetAt(position);
  const statement = file.statementAt(offset);
  if (statement === undefined || statement.syntaxErrors.length > 0) return undefined;
  const inside = offset - statement.start;
  let best: At | undefined;
  let width = Number.POSITIVE_INFINITY;
  for (const found of statement.functions) {
    const { node, nameSpan, name } = found.target;
    if (name === '(anonymous)') continue;
    const start = Math.min(found.commentSpan?.start ?? nameSpan.start, nameSpan.start, node.span.start);
    const firstLine = file.positionAt(statement.start + start).line;
    if (position.line < firstLine || inside > node.span.end || node.span.end - start >= width) continue;
    if (numeric && found.annotation === undefined && sampleText(node) === '') continue;
    best = { statement, found, onHead: inside <= node.body.span.start };
    width = node.span.end - start;
  }
  return best;
}
