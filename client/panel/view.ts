/**
 * What the page shows of a model, as plain data: numbers formatted, rows and columns chosen, equations completed.
 * No DOM here, so that it can be tested without one.
 */

import { kinkText } from '../../core/graph/kinks.ts';
import { numberOf } from '../../core/graph/panelModel.types.ts';
import { formatNumber, fullNumber, MINUS } from '../../core/print/numbers.ts';
import type { CopyFormat, PanelModel, PlainNumber, PlainPosition } from '../../server/protocol/messages.ts';
import { derivativeStatements } from '../derivativeStatements.ts';
import type { Numbers } from './numbers.ts';

export type PanelRow = PanelModel['trace'][number];

export interface NumberView {
  readonly text: string;
  /** '=' only where `text` is the exact double. */
  readonly relation: '=' | '≈';
  /** All digits, for the tooltip. */
  readonly full: string;
}

/** Stands for a number that is not known, or not yet. */
export const UNKNOWN = '…';

export function numberView(value: PlainNumber, digits: number): NumberView {
  return viewOf(numberOf(value), digits);
}

export function viewOf(number: number, digits: number): NumberView {
  const { text, exact } = formatNumber(number, digits);
  return { text, relation: exact ? '=' : '≈', full: fullNumber(number).replace(/^-/, MINUS) };
}

/** What is to be said above the graph and the trace; null: nothing. */
export function sweepNote(model: PanelModel): string | null {
  if (!model.special) return null;
  const reason =
    model.specialReason ??
    'This is a special point (the problems above say which), where one trace does not give the derivatives; those above come from the function right beside it.';
  return `Values only. ${reason}`;
}

// ───────────────────────────── formulas ─────────────────────────────

/** `∂f/∂x1`, as the formulas name it where there are formulas. */
export function partialLabel(model: PanelModel, input: string): string {
  const at = model.inputs.findIndex((candidate) => candidate.label === input);
  const formula =
    at >= 0 && model.formulas.length === model.inputs.length + 1 ? model.formulas[at + 1] : undefined;
  if (formula !== undefined) return formula.label;
  const output = model.outputs[model.output]?.label ?? '';
  return `∂${model.name}${output}/∂${input}`;
}

export function scopeNote(model: PanelModel): string | null {
  if (model.scope !== 'path') return null;
  return 'These formulas hold along the path that the function takes at this sample.';
}

/** All formulas of a model as text to copy. */
export function formulaText(model: PanelModel, format: CopyFormat): string {
  switch (format) {
    case 'unicode':
      return model.formulas.map((formula) => `${formula.label} = ${formula.unicode}`).join('\n');
    case 'latex':
      return model.formulas.map((formula) => formula.latexEquation).join(' \\\\\n');
    case 'mathml':
      return model.formulas.map((formula) => formula.mathml).join('\n');
    case 'typescript':
      return derivativeStatements(model.formulas[0]?.typescript ?? model.name, model, '').join('\n');
    case 'numbers':
      return JSON.stringify(numbersOf(model), null, 2);
  }
}

function numbersOf(model: PanelModel): Record<string, unknown> {
  const row = model.jacobian[model.output] ?? [];
  return {
    at: Object.fromEntries(model.inputs.map((input) => [input.label, input.value])),
    value: model.outputs[model.output]?.value ?? null,
    gradient: Object.fromEntries(model.inputs.map((input, index) => [input.label, row[index] ?? null])),
  };
}

// ───────────────────────────── gradient ─────────────────────────────

export interface GradientRow {
  readonly input: string;
  readonly at: NumberView;
  readonly label: string;
  readonly partial: NumberView | null;
  /** `kink: slopes −1 and +1`. */
  readonly kink: string | null;
  /** Index of the input's row in the trace. */
  readonly row: number | null;
}

export function gradientRows(model: PanelModel, numbers: Numbers, digits: number): readonly GradientRow[] {
  const partials = numbers.jacobian[model.output];
  return model.inputs.map((input, index) => {
    const partial = partials?.[index];
    return {
      input: input.label,
      at: viewOf(numbers.point[index] ?? Number.NaN, digits),
      label: partialLabel(model, input.label),
      partial: partial === undefined ? null : viewOf(partial, digits),
      kink: kinkOf(model, numbers, model.output, index, digits),
      row: input.row,
    };
  });
}

function kinkOf(
  model: PanelModel,
  { settled }: Numbers,
  output: number,
  input: number,
  digits: number,
): string | null {
  if (!settled) return null;
  const kink = model.kinks.find((one) => one.output === output && one.input === input);
  return kink === undefined ? null : kinkText(numberOf(kink.left), numberOf(kink.right), digits);
}

/** More inputs or outputs than these are left out of the Jacobian. */
const JACOBIAN_COLUMNS = 12;
const JACOBIAN_ROWS = 50;

export interface JacobianTable {
  readonly inputs: readonly string[];
  readonly rows: readonly {
    readonly label: string;
    readonly value: NumberView;
    /** null: not known here. */
    readonly partials: readonly ((NumberView & { readonly kink: string | null }) | null)[];
    readonly chosen: boolean;
  }[];
  readonly leftOut: { readonly inputs: number; readonly outputs: number };
}

/** ∂output/∂input, a row for each output. */
export function jacobianTable(model: PanelModel, numbers: Numbers, digits: number): JacobianTable {
  const inputs = model.inputs.slice(0, JACOBIAN_COLUMNS).map((input) => input.label);
  const rows = model.outputs.slice(0, JACOBIAN_ROWS).map((output, index) => ({
    label: `${model.name}${output.label}`,
    value: viewOf(numbers.outputs[index] ?? Number.NaN, digits),
    partials: inputs.map((_, i) => {
      const partial = numbers.jacobian[index]?.[i];
      return partial === undefined
        ? null
        : { ...viewOf(partial, digits), kink: kinkOf(model, numbers, index, i, digits) };
    }),
    chosen: index === model.output,
  }));
  const leftOut = {
    inputs: model.inputs.length - inputs.length + model.leftOut.inputs,
    outputs: model.outputs.length - rows.length + model.leftOut.outputs,
  };
  return { inputs, rows, leftOut };
}

// ───────────────────────────── cursor ─────────────────────────────

/** The row whose source is the smallest that holds the position; the last such row. null: none. */
export function rowAt(model: PanelModel, uri: string, position: PlainPosition): number | null {
  let best: number | null = null;
  let size = Number.POSITIVE_INFINITY;
  model.trace.forEach((row, index) => {
    if (row.location === null || row.location.uri !== uri) return;
    const { start, end } = row.location.range;
    if (isBefore(position, start) || isBefore(end, position)) return;
    const extent = (end.line - start.line) * 1e6 + end.character - start.character;
    if (extent <= size) {
      size = extent;
      best = index;
    }
  });
  return best;
}

function isBefore(a: PlainPosition, b: PlainPosition): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
