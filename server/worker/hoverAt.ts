/** What is under the pointer, and its hover. */
import type { FunctionTarget } from '../../core/analysis/model.ts';
import type { Span } from '../../core/source/span.ts';
import {
  expressionHover,
  functionHover,
  type HoverAnswer,
  hoverMarkdown,
  hoverPlainText,
  parameterHover,
} from '../features/hover.ts';
import { placeAt } from '../features/place.ts';
import type { View } from '../features/view.ts';
import type { Position, Range } from './channel.ts';
import type { OpenDocument, Shown } from './document.ts';
import { optionsOf } from './handlers.ts';
import type { Session } from './session.ts';
import { tangentsOf } from './sweeps.ts';

export interface HoverParams {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}
interface Found {
  readonly answer: HoverAnswer;
  readonly range: Range;
}

export function hoverAt(session: Session, { textDocument: { uri }, position }: HoverParams): unknown {
  const document = session.document(uri);
  if (document === undefined || !session.settingsOf(uri).hover) return null;
  const found = findHover(session, document, position);
  if (found === null) return null;
  const contents = session.capabilities.markdown
    ? { kind: 'markdown', value: hoverMarkdown(found.answer) }
    : { kind: 'plaintext', value: hoverPlainText(found.answer) };
  return { contents, range: found.range };
}

function findHover(session: Session, document: OpenDocument, position: Position): Found | null {
  const { file } = document;
  const offset = file.offsetAt(position);
  const shown = document.shown();
  const statement = file.statementAt(offset);
  if (statement === undefined) return null;
  const options = optionsOf(session, file.uri);
  const { budgetSteps } = session.settingsOf(file.uri);
  const rangeOf = (span: Span): Range => ({
    start: file.positionAt(statement.start + span.start),
    end: file.positionAt(statement.start + span.end),
  });
  const ofFunction = (one: Shown, range: Range): Found | null => {
    const answer = functionHover(document.view(one, budgetSteps), options);
    return answer && { answer, range };
  };

  const targets = statement.functions.map((found) => found.target);
  const place = placeAt<FunctionTarget>(statement.lowered, targets, offset - statement.start);
  const own = shown.find((one) => isShownAs(one, place?.site));
  if (place?.kind === 'declaration' && own !== undefined) return ofFunction(own, rangeOf(place.span));
  const broken = shown.find(
    (one) => one.kind === 'outdated' && one.last.name.start <= offset && offset <= one.last.name.end,
  );
  if (broken !== undefined) return ofFunction(broken, document.nameRange(broken));
  if (place === undefined || place.kind === 'declaration') return null;
  if (place.kind === 'reference') {
    const named = shown.find((one) => samePath(targetOf(one).path, place.path));
    if (named !== undefined) return ofFunction(named, rangeOf(place.span));
  }
  if (own === undefined) return null;
  const view = document.view(own, budgetSteps);
  if (place.kind === 'parameter') {
    const answer = parameterHover(view, place.parameter, options);
    return answer && { answer, range: rangeOf(place.span) };
  }
  const inner = expressionAt(view, place.spans);
  if (inner === null) return null;
  const { observation, tangents } = inner;
  if (NUMBER_LITERAL.test(view.text(observation.span))) return null;
  const input = view.analysis.sample?.inputs.find(({ row }) => row === observation.row);
  const isParameter = input !== undefined && view.text(observation.span) === input.label;
  const answer = isParameter
    ? parameterHover(view, input.parameter, options)
    : expressionHover(view, observation, tangents, options);
  return answer && { answer, range: rangeOf(observation.span) };
}

/** It says its value itself. */
const NUMBER_LITERAL = /^-?\s*(?:0[xob][\da-f_]+|[\d._]+(?:e[+-]?\d+)?)$/i;

function expressionAt(view: View, spans: readonly Span[]) {
  const { sample } = view.analysis;
  if (sample === undefined) return null;
  for (const { start, end } of spans) {
    const observation = sample.observations.find(({ span }) => span.start === start && span.end === end);
    if (observation !== undefined) return { observation, tangents: tangentsOf(sample, observation.row) };
  }
  return null;
}

function isShownAs(shown: Shown, site: FunctionTarget | undefined): boolean {
  if (shown.kind !== 'current' || site === undefined) return false;
  const { target } = shown.found;
  return (
    target.statement === site.statement &&
    target.nameSpan.start === site.nameSpan.start &&
    target.name === site.name
  );
}

function targetOf(shown: Shown): FunctionTarget {
  return shown.kind === 'current' ? shown.found.target : shown.last.analysis.target;
}

function samePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length > 0 && a.length === b.length && a.every((name, i) => name === b[i]);
}
