/**
 * Derivatives worked out with more digits than doubles have, held against what the function's own values do. Where
 * the digits that an operation loses do not depend on an input, the values follow what is left of them, smoothly and
 * sharply: the function as it is computed then has another derivative than its formula.
 */
import type { Problem } from '../problem.ts';
import type { Sharpened } from './digits.ts';
import type { Run, Way } from './run.ts';
import { valuesAlong } from './search.ts';

/** Relative to the larger of a partial and a thousandth of its row's largest. */
const APART = 5e-7;
const SHARP = 1e-7;
const SMALL_PART = 1e-3;
/** Steps of the differences, relative to the input, each with its half and its quarter. */
const STEPS = [2e-2, 2e-3, 2e-4];
/** Runs that they take. */
const RUNS = 6 * STEPS.length;
/** Partials that are looked at. */
const MOST = 24;

/** The problem of the first partial of which differences say sharply what doubles have left, and not what is right. */
export function contested(
  run: Run,
  again: (way: Way) => Run,
  plain: readonly (readonly number[])[],
  { jacobian, problem: lost }: Sharpened,
  steps: number,
): Problem | undefined {
  let left = Math.min(MOST, Math.floor(steps / (RUNS * Math.max(run.steps, 1))));
  for (const [o, row] of jacobian.entries()) {
    const own = plain[o]!;
    if (own === row || !own.every(Number.isFinite)) continue;
    const largest = SMALL_PART * Math.max(...row.map(Math.abs));
    for (const [i, d] of row.entries()) {
      const size = Math.max(Math.abs(d), largest);
      if (!(Math.abs(own[i]! - d) > APART * size) || left-- <= 0) continue;
      if (!follows(run, again, i, o, own[i]!, SHARP * size)) continue;
      const { label } = run.inputs[i]!;
      return {
        id: 'GL109',
        severity: 'error',
        message: `Too many digits are lost here to cancellation: with ${label} the values change at the rate ${digits(own[i]!)}, the formula at ${digits(d)}.`,
        location: lost?.location ?? run.at,
      };
    }
  }
  return undefined;
}

/** Whether differences of the values settle on a slope. */
function follows(
  run: Run,
  again: (way: Way) => Run,
  input: number,
  output: number,
  slope: number,
  within: number,
): boolean {
  const size = Math.abs(run.inputs[input]!.value) || 1;
  const at = valuesAlong(
    run,
    again,
    run.inputs.map((_, i) => (i === input ? size : 0)),
  );
  return STEPS.some((step) => {
    let rounding = 0;
    const [a, b, c] = [step, step / 2, step / 4].map((h) => {
      const [above, below] = [at(h, output), at(-h, output)];
      rounding = (Number.EPSILON * Math.max(Math.abs(above), Math.abs(below))) / (h * size);
      return (above - below) / (2 * h * size);
    }) as [number, number, number];
    // Values too large to show such a slope say nothing of it, though they stand still.
    if (!(rounding <= within)) return false;
    // Richardson's extrapolation, twice.
    const wide = (4 * b - a) / 3;
    const narrow = (4 * c - b) / 3;
    const found = (16 * narrow - wide) / 15;
    return Math.abs(found - narrow) <= within && Math.abs(found - slope) <= within;
  });
}

const digits = (x: number): string => String(Number(x.toPrecision(9)));
