/** Tangents and formulas of single tape rows, for hovers and hints. */
import type { SampleResult } from '../../core/analysis/model.ts';
import type { Expr } from '../../core/expression/expression.ts';
import { fromTape } from '../../core/expression/fromTape.ts';
import { printUnicode } from '../../core/print/unicode.ts';
import { partial } from '../../core/simplify/simplify.ts';
import { adjoints, tangents } from '../../core/trace/sweep.ts';
import type { HintSources } from '../features/inlayHints.ts';
import { adjointOf, isSpecial, type View } from '../features/view.ts';

/** On longer tapes hints do without tangents: each costs a sweep. */
const LONGEST_TAPE = 200_000;
const MOST_INPUTS = 6;
const LONGEST_FORMULA_TAPE = 400;
const MOST_NODES = 100;

/** Derivatives of one row with respect to each input; empty where they are not known. */
export function tangentsOf(sample: SampleResult, row: number): readonly number[] {
  if (row < 0 || isSpecial(sample)) return [];
  const result = adjoints(sample.tape, row);
  return sample.inputs.map((input) => result[input.row] ?? 0);
}

/** One forward sweep for each of the first inputs, when first asked for. */
export function hintSources(view: View): HintSources {
  const { sample } = view.analysis;
  let columns: readonly Float64Array[] | undefined;
  return {
    tangents(row) {
      if (sample === undefined || sample.tape.length > LONGEST_TAPE || isSpecial(sample)) return [];
      columns ??= sample.inputs.slice(0, MOST_INPUTS).map((input) => seeded(sample, input.row));
      return columns.map((column) => column[row] ?? 0);
    },
    adjointFormula(row, name) {
      if (sample === undefined || adjointOf(sample, row) === undefined) return undefined;
      const formula = adjointFormula(sample, row, name);
      return formula && printUnicode(formula);
    },
  };
}

/** ∂(result)/∂(row) along the path taken, in terms of the inputs and of the row itself, which is called `name`. */
function adjointFormula(
  { tape, inputs, outputs }: SampleResult,
  row: number,
  name: string,
): Expr | undefined {
  const output = outputs[0]?.row ?? -1;
  if (output < 0 || tape.length > LONGEST_FORMULA_TAPE) return undefined;
  const labels = new Map(inputs.map((input) => [input.row, input.label]));
  labels.set(row, name);
  const value = fromTape(tape, output, { labels, limit: MOST_NODES });
  return value && partial(value, name);
}

export function seeded(sample: SampleResult, inputRow: number): Float64Array {
  const seed = new Float64Array(sample.tape.inputs);
  seed[inputRow] = 1;
  return tangents(sample.tape, seed);
}
