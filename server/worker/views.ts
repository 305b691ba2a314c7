/** Views of functions of an open file: of what their text says now, and of what was last known while it is broken. */
import type { FunctionAnalysis } from '../../core/analysis/model.ts';
import type { PlainLocation, PlainPosition } from '../../core/graph/panelModel.types.ts';
import type { Location, Span } from '../../core/source/span.ts';
import type { View } from '../features/view.ts';
import type { DocumentStatement, SourceDocument } from '../workspace/document.ts';
import { carryOver, type Tracked } from './tracked.ts';

export function currentView(
  file: SourceDocument,
  id: string,
  statement: DocumentStatement,
  analysis: FunctionAnalysis,
): View {
  const { target } = analysis;
  return {
    uri: file.uri,
    analysis,
    outdated: false,
    reference: {
      uri: file.uri,
      target: id,
      position: file.positionAt(statement.start + target.nameSpan.start),
    },
    locate: (location) => locate(file, location),
    text: (span) => statement.text.slice(span.start, span.end),
    position: (offset) => file.positionAt(statement.start + offset),
    line: (line) => file.line(line),
  };
}

export function locate(file: SourceDocument, location: Location): PlainLocation | null {
  if (location.file !== file.uri) return null;
  const statement = file.statementOf(location.statement);
  if (statement === undefined) return null;
  const at = (offset: number): PlainPosition => file.positionAt(statement.start + offset);
  return { uri: file.uri, range: { start: at(location.span.start), end: at(location.span.end) } };
}

/** The last text of a function's statement that was whole, and what was known of it. */
export interface LastGood {
  readonly analysis: FunctionAnalysis;
  /** Text of its statement. */
  readonly text: string;
  /** Where the statement is now. */
  readonly place: Tracked;
  /** Where the name is now. */
  readonly name: Tracked;
}

export function outdatedView(file: SourceDocument, id: string, last: LastGood): View {
  const { analysis, text, place } = last;
  const carry = carryOver(text, file.slice(place.start, place.end));
  const position = (offset: number): PlainPosition | null => {
    const carried = carry(offset);
    return carried === null ? null : file.positionAt(place.start + carried);
  };
  const rangeOf = (span: Span): PlainLocation | null => {
    const start = position(span.start);
    const end = position(span.end);
    return start === null || end === null ? null : { uri: file.uri, range: { start, end } };
  };
  return {
    uri: file.uri,
    analysis,
    outdated: true,
    reference: {
      uri: file.uri,
      target: id,
      position: file.positionAt(last.name.start),
    },
    locate: (location) =>
      location.file === file.uri && location.statement === analysis.target.statement
        ? rangeOf(location.span)
        : locate(file, location),
    text: (span) => text.slice(span.start, span.end),
    position,
    line: (line) => file.line(line),
  };
}
