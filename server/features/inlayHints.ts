/** Values and derivatives at the ends of the lines of an annotated function that has a sample. */
import type { Observation, SampleResult } from '../../core/analysis/model.ts';
import type { PlainPosition, PlainRange } from '../../core/graph/panelModel.types.ts';
import { formatEquation, fullNumber } from '../../core/print/numbers.ts';
import type { Span } from '../../core/source/span.ts';
import type { Expression, Statement } from '../../core/source/syntax.ts';
import { type CoreNode, walk } from '../../core/source/traverse.ts';
import type { InlayHintsMode } from '../protocol/settings.ts';
import { adjointOf, symbolOf, type View } from './view.ts';

export interface HintAnswer {
  /** The end of a line. */
  readonly position: PlainPosition;
  readonly label: string;
  readonly tooltip: string;
}

const LONGEST = 24;
/** A hint has room for fewer digits than a hover. */
const DIGITS = 3;
/** After what was last known of a text that does not parse: never left out, lest an old number look current. */
const OUTDATED = ' ⟳';
const INPUTS_IN_TOOLTIP = 6;
export const MOST_HINTS = 200;

export interface HintSources {
  /** Derivatives of a tape row with respect to each input. */
  tangents(row: number): readonly number[];
  /** Formula of ∂f/∂(row) in the user's names, the row's own being `name`; undefined where there is none. */
  adjointFormula(row: number, name: string): string | undefined;
}

export function inlayHints(
  view: View,
  mode: InlayHintsMode,
  range: PlainRange,
  digits: number,
  sources: HintSources,
): HintAnswer[] {
  const { sample, target } = view.analysis;
  if (sample === undefined || mode === 'off') return [];
  const bySpan = new Map(sample.observations.map((observation) => [keyOf(observation.span), observation]));
  const byLine = new Map<number, HintAnswer>();
  walk(target.node.body, (node) => {
    if (!('kind' in node)) return undefined;
    const shown = shownOf(node);
    if (shown === undefined) return undefined;
    const observation = shown.spans
      .map((span) => bySpan.get(keyOf(span)))
      .find((found) => found !== undefined);
    if (observation === undefined) return undefined;
    const line = view.position(endOf(view, node.span))?.line;
    if (line === undefined || line < range.start.line || line > range.end.line) return undefined;
    const label = labelOf(view, sample, observation, node.span, mode, Math.min(DIGITS, digits), sources);
    byLine.set(line, {
      position: { line, character: view.line(line).length },
      label,
      tooltip: tooltipOf(view, sample, observation, sources),
    });
    return undefined;
  });
  return [...byLine.values()].sort((a, b) => a.position.line - b.position.line).slice(0, MOST_HINTS);
}

/** The spans under which the value of a statement's variable may have been observed, best first. */
function shownOf(node: CoreNode): { spans: readonly Span[] } | undefined {
  switch ((node as Statement).kind) {
    case 'declare': {
      const { target, value } = node as Extract<Statement, { kind: 'declare' }>;
      if (target.kind !== 'name' || isConstant(value)) return undefined;
      return { spans: [target.span, value.span] };
    }
    case 'return': {
      const { value } = node as Extract<Statement, { kind: 'return' }>;
      if (value === undefined || isConstant(value)) return undefined;
      return { spans: [value.span] };
    }
    case 'expression': {
      const { expression } = node as Extract<Statement, { kind: 'expression' }>;
      if (expression.kind === 'assign' && expression.target.kind !== 'arrayPattern')
        return { spans: [expression.target.span, expression.span, expression.value.span] };
      if (expression.kind === 'update') return { spans: [expression.target.span, expression.span] };
      return undefined;
    }
    default:
      return undefined;
  }
}

/** `const h = 0.01` says it all itself. */
function isConstant(expression: Expression): boolean {
  return (
    expression.kind === 'literal' || (expression.kind === 'unary' && expression.argument.kind === 'literal')
  );
}

/** Where space is short the value stands alone. */
function labelOf(
  view: View,
  sample: SampleResult,
  observation: Observation,
  statement: Span,
  mode: InlayHintsMode,
  digits: number,
  sources: HintSources,
): string {
  const mark = view.outdated ? OUTDATED : '';
  const value = formatEquation(observation.value, digits);
  const derivative = derivativeOf(view, sample, observation, statement, mode, digits, sources);
  const whole = derivative === undefined || mode === 'formula' ? derivative : `${value}, ${derivative}`;
  const fits = whole !== undefined && whole.length + mark.length <= LONGEST;
  return `${fits ? whole : value}${mark}`;
}

function derivativeOf(
  view: View,
  sample: SampleResult,
  { row, span }: Observation,
  statement: Span,
  mode: InlayHintsMode,
  digits: number,
  sources: HintSources,
): string | undefined {
  if (row < 0) return undefined;
  if (mode === 'tangent') {
    const first = sample.inputs[0];
    const tangent = sources.tangents(row)[0];
    if (first === undefined || tangent === undefined) return undefined;
    return `∂/∂${first.label} ${formatEquation(tangent, digits)}`;
  }
  // The result's derivative with respect to itself says nothing.
  if (row === sample.outputs[0]?.row) return undefined;
  // A copy of an input or of another line's variable has no row of its own to be differentiated by.
  const adjoint = adjointOf(sample, row);
  if (adjoint === undefined || isCopy(view, sample, row, statement)) return undefined;
  if (mode === 'formula') {
    const formula = sources.adjointFormula(row, view.text(span));
    return formula === undefined ? undefined : `∂f = ${formula}`;
  }
  // The function's own name would leave no room for the numbers.
  return `∂f ${formatEquation(adjoint, digits)}`;
}

function isCopy(view: View, sample: SampleResult, row: number, statement: Span): boolean {
  if (sample.inputs.some((input) => input.row === row)) return true;
  return sample.observations.some(
    (other) =>
      other.row === row &&
      other.span.end <= statement.start &&
      /^[\p{ID_Continue}$]+$/u.test(view.text(other.span)),
  );
}

function tooltipOf(view: View, sample: SampleResult, observation: Observation, sources: HintSources): string {
  const symbol = symbolOf(view);
  const lines = [`value ${fullNumber(observation.value)}`];
  const { row } = observation;
  if (row >= 0) {
    const adjoint = adjointOf(sample, row);
    if (adjoint !== undefined)
      lines.push(`derivative of ${symbol} with respect to it ${fullNumber(adjoint)}`);
    const tangents = sources.tangents(row);
    sample.inputs.slice(0, INPUTS_IN_TOOLTIP).forEach((input, i) => {
      const tangent = tangents[i];
      if (tangent !== undefined)
        lines.push(`its derivative with respect to ${input.label} ${fullNumber(tangent)}`);
    });
  }
  if (observation.count > 1) lines.push(`the last of ${observation.count} times`);
  return lines.join('\n');
}

/** Where a statement's text ends: lowering may count white space and what follows to it. */
function endOf(view: View, span: Span): number {
  return span.end - (view.text(span).length - view.text(span).trimEnd().length);
}

function keyOf(span: Span): string {
  return `${span.start}:${span.end}`;
}
