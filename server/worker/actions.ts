/** Light bulbs and annotations at a position. */
import type { PlainRange } from '../../core/graph/panelModel.types.ts';
import {
  type Annotatable,
  type AnnotationEdit,
  addSamplePoint,
  differentiateFunction,
  sampleText,
} from '../features/annotate.ts';
import { type ActionRequest, codeActions } from '../features/codeAction.ts';
import type { AnnotateParams, AnnotateResult } from '../protocol/messages.ts';
import type { DocumentStatement, FoundFunction } from '../workspace/document.ts';
import type { Position, Range } from './channel.ts';
import type { OpenDocument } from './document.ts';
import type { Session } from './session.ts';

export interface CodeActionParams {
  readonly textDocument: { readonly uri: string };
  readonly range: Range;
  readonly context: { readonly diagnostics: ActionRequest['diagnostics'] };
}

export function codeActionsAt(session: Session, params: CodeActionParams): unknown {
  const { uri } = params.textDocument;
  const document = session.document(uri);
  if (document === undefined) return [];
  const { file } = document;
  const { start, end } = params.range;
  const at = functionAt(document, start, true);
  const selected = start.line !== end.line || start.character !== end.character;
  const actions = codeActions({
    uri,
    range: params.range,
    diagnostics: params.context.diagnostics,
    target: at && annotatable(document, at),
    onHead: at?.onHead === true,
    selected,
    commands: session.capabilities.commands,
    eol: eolOf(document),
    line: (line) => file.line(line),
  });
  return actions.map(({ title, kind, diagnostics, edits, command }) => ({
    title,
    kind,
    ...(diagnostics === undefined ? {} : { diagnostics }),
    ...(edits === undefined ? {} : { edit: { changes: { [uri]: edits } } }),
    ...(command === undefined ? {} : { command: { title, ...command } }),
  }));
}

export function annotateAt(session: Session, { uri, position, kind }: AnnotateParams): AnnotateResult {
  const document = session.document(uri);
  if (document === undefined) return { kind: 'refused', message: 'The file is not open.' };
  const at = functionAt(document, position, false);
  if (at === undefined) return { kind: 'refused', message: 'Put the cursor into a named function first.' };
  const target = annotatable(document, at);
  const edit: AnnotationEdit | string =
    kind === 'differentiable' ? differentiateFunction(target) : addSamplePoint(target);
  if (typeof edit === 'string') return { kind: 'refused', message: edit };
  return { kind: 'edit', version: document.file.version, edits: edit.edits, selection: edit.selection };
}

interface At {
  readonly statement: DocumentStatement;
  readonly found: FoundFunction;
  /** On its comments or its head, not in its body. */
  readonly onHead: boolean;
}

/** The innermost function around the position that can be annotated; `numeric`: and that has something to differentiate. */
function functionAt(document: OpenDocument, position: Position, numeric: boolean): At | undefined {
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

function annotatable(document: OpenDocument, { statement, found }: At): Annotatable {
  const { file } = document;
  const { node, nameSpan } = found.target;
  const at = (offset: number): Position => file.positionAt(statement.start + offset);
  const rangeOf = (span: { start: number; end: number }): PlainRange => ({
    start: at(span.start),
    end: at(span.end),
  });
  return {
    node,
    start: at(Math.min(nameSpan.start, node.span.start)),
    annotation: found.annotation,
    annotationRange: found.annotation && rangeOf(found.annotation.span),
    line: (line) => file.line(line),
    text: (span) => statement.text.slice(span.start, span.end),
    eol: eolOf(document),
  };
}

function eolOf({ file }: OpenDocument): string {
  const first = file.offsetAt({ line: 1, character: 0 });
  return first >= 2 && file.slice(first - 2, first) === '\r\n' ? '\r\n' : '\n';
}
