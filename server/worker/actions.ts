/** Light bulbs and annotations at a position. */
import type { PlainRange } from '../../core/graph/panelModel.types.ts';
import {
  type Annotatable,
  type AnnotationEdit,
  addSamplePoint,
  differentiateFunction,
} from '../features/annotate.ts';
import { type ActionRequest, codeActions, type InsertionData } from '../features/codeAction.ts';
import type { AnnotateParams, AnnotateResult } from '../protocol/messages.ts';
import type { Position, Range } from './channel.ts';
import type { OpenDocument } from './document.ts';
import { type At, functionAt } from './functionAt.ts';
import { insertDerivative } from './insert.ts';
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
  return actions.map(({ title, kind, diagnostics, edits, command, data }) => ({
    title,
    kind,
    ...(data === undefined ? {} : { data }),
    ...(diagnostics === undefined ? {} : { diagnostics }),
    ...(edits === undefined ? {} : { edit: { changes: { [uri]: edits } } }),
    ...(command === undefined ? {} : { command: { title, ...command } }),
  }));
}

/** The edit of an action that was chosen, for clients without our commands. */
export function resolveAction(session: Session, action: { readonly data?: InsertionData }): unknown {
  const { data } = action;
  if (data === undefined) return action;
  const answer = insertDerivative(session, data);
  if (answer.kind === 'edit') return { ...action, edit: { changes: { [data.uri]: answer.edits } } };
  const reason =
    answer.kind === 'refused'
      ? answer.message
      : `${answer.name} has been edited since it was generated. Delete it first.`;
  return { ...action, disabled: { reason } };
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
    name: at(nameSpan.start),
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
