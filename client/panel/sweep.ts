/**
 * The two sweeps over a trace, one row at a time: the forward sweep gives every row its value and its tangent, the
 * reverse sweep gives each its adjoint, from the result back. Each step's equations are written out with their numbers.
 */
import { formatNumber, MINUS } from '../../core/print/numbers.ts';
import type { PanelModel } from '../../server/protocol/messages.ts';
import { type Choice, seedText } from './choice.ts';
import { type NameKind, piecesOf } from './names.ts';
import type { Numbers } from './numbers.ts';
import { partialLabel } from './view.ts';

export interface Step {
  readonly phase: 'forward' | 'reverse';
  /** Index into the model's trace. */
  readonly row: number;
}

export interface StepEquation {
  readonly tone: NameKind;
  /** `w̄1 = w̄3·w2 + w̄4·cos(w1) = 1·3 + 1·cos(2) ≈ 2.584`, in its parts. */
  readonly name: string;
  readonly formula: string;
  /** null where the formula has no names, or one that is not shown. */
  readonly written: { readonly relation: '=' | '≈'; readonly text: string } | null;
  readonly value: { readonly relation: '=' | '≈'; readonly text: string };
  /** `= ∂f/∂x1`, `seed`; '' for nothing. */
  readonly note: string;
}

/** All steps in order; at a special point there are values alone. */
export function stepsOf(model: PanelModel): readonly Step[] {
  const forward = model.trace.map<Step>((_, row) => ({ phase: 'forward', row }));
  if (model.special) return forward;
  const result = model.trace.findIndex((row) => row.output);
  const reverse: Step[] = [];
  for (let row = result; row >= 0; row--) reverse.push({ phase: 'reverse', row });
  return [...forward, ...reverse];
}

/** Which numbers a sweep has come to; a step is counted from 1, and 0 is before the first. */
export interface Reached {
  value(row: number): boolean;
  tangent(row: number): boolean;
  adjoint(row: number): boolean;
}

export function reachedAt(model: PanelModel, steps: readonly Step[], step: number): Reached {
  const at = steps[step - 1];
  const result = model.trace.findIndex((row) => row.output);
  const forward = (row: number): boolean => at !== undefined && (at.phase === 'reverse' || row <= at.row);
  return {
    value: forward,
    tangent: forward,
    adjoint: (row) => at?.phase === 'reverse' && row >= at.row && row <= result,
  };
}

export function stepEquations(
  model: PanelModel,
  numbers: Numbers,
  choice: Choice,
  { phase, row: index }: Step,
  digits: number,
): readonly StepEquation[] {
  const row = model.trace[index];
  if (row === undefined) return [];
  const written = writer(model, numbers, digits);
  const shown = (value: number): StepEquation['value'] => {
    const { text, exact } = formatNumber(value, digits);
    return { text, relation: exact ? '=' : '≈' };
  };
  if (phase === 'reverse') {
    if (row.adjoint === null || numbers.adjoints === null) return [];
    const input = model.inputs.find((one) => one.row === index);
    return [
      {
        tone: 'adjoint',
        name: row.adjoint.left,
        formula: row.adjoint.right,
        written: written(row.adjoint.right),
        value: shown(numbers.adjoints[index]!),
        note: input === undefined ? '' : `= ${partialLabel(model, input.label)}`,
      },
    ];
  }
  const primal: StepEquation = {
    tone: 'primal',
    name: row.primal.left,
    formula: row.primal.right,
    written: row.kind === 'input' ? null : written(row.primal.right),
    value: shown(numbers.values[index]!),
    note: row.output ? `= ${model.name}${model.outputs[model.output]?.label ?? ''}` : '',
  };
  if (row.tangent === null || numbers.tangents === null) return [primal];
  const along = seedText(model, choice);
  return [
    primal,
    {
      tone: 'tangent',
      name: row.tangent.left,
      formula: row.tangent.right ?? '',
      written: row.tangent.right === null ? null : written(row.tangent.right),
      value: shown(numbers.tangents[index]!),
      note:
        row.tangent.right === null
          ? 'seed'
          : row.output && choice.direction === null
            ? `= ${partialLabel(model, along)}`
            : '',
    },
  ];
}

/** A step in one line of text. */
export function equationText({ name, formula, written, value, note }: StepEquation): string {
  const parts = [name];
  if (formula !== '') parts.push(`= ${formula}`);
  if (written !== null && written.text !== value.text) parts.push(`${written.relation} ${written.text}`);
  if (formula !== value.text) parts.push(`${value.relation} ${value.text}`);
  if (note !== '') parts.push(note === 'seed' ? '(seed)' : note);
  return parts.join(' ');
}

/** `Forward sweep, step 3 of 5` */
export function stepTitle(steps: readonly Step[], step: number): string {
  const at = steps[step - 1];
  if (at === undefined) return 'Before the first step';
  const forward = steps.filter(({ phase }) => phase === 'forward').length;
  return at.phase === 'forward'
    ? `Forward sweep, step ${step} of ${forward}`
    : `Reverse sweep, step ${step - forward} of ${steps.length - forward}`;
}

// ───────────────────────────── numbers for names ─────────────────────────────

const NEGATIVE_STANDS_ALONE = /(?:^|[([,|=<>?:]\s*)$/u;
const POWER_FOLLOWS = /^[\^⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ]/u;

/** Puts the numbers of a model where an equation names its rows. */
function writer(
  model: PanelModel,
  numbers: Numbers,
  digits: number,
): (equation: string) => StepEquation['written'] {
  const rowOf = new Map(model.trace.map((row, index) => [row.index, index]));
  const columns: Readonly<Record<NameKind, ArrayLike<number> | null>> = {
    primal: numbers.values,
    tangent: numbers.tangents,
    adjoint: numbers.adjoints,
  };
  return (equation) => {
    const pieces = piecesOf(equation);
    let text = '';
    let exact = true;
    let named = false;
    for (const [index, piece] of pieces.entries()) {
      if (typeof piece === 'string') {
        text += piece;
        continue;
      }
      const row = rowOf.get(piece.index);
      const value = row === undefined ? undefined : columns[piece.kind]?.[row];
      if (value === undefined) return null;
      named = true;
      const shown = formatNumber(value, digits);
      exact &&= shown.exact;
      const next = pieces[index + 1];
      const power = typeof next === 'string' && POWER_FOLLOWS.test(next);
      const bare = power
        ? /^[\d.]+$/.test(shown.text)
        : !shown.text.startsWith(MINUS) || NEGATIVE_STANDS_ALONE.test(text);
      text += bare ? shown.text : `(${shown.text})`;
    }
    return named ? { text, relation: exact ? '=' : '≈' } : null;
  };
}
