/**
 * Partial derivatives as differences of a function's values tend to them, with how far off they may be: central
 * differences over steps that halve, extrapolated twice (Richardson); of a function that ends at the point, differences
 * to one side, extrapolated three times.
 */
import type { Exploration } from './explore.ts';
import { extrapolatedSlope, valuesAlong } from './search.ts';

export type DifferenceSide = 'both' | 'above' | 'below';

export interface Difference {
  readonly slope: number;
  /** What the last extrapolation moved it by, and what rounding of the values makes of it. */
  readonly error: number;
  readonly side: DifferenceSide;
}

/** Steps 2^−k, relative to the input. */
const WIDEST = 1;
const NARROWEST = 26;
/** Weights of the extrapolations add up to no more, times what is rounded. */
const ROUNDING = 8 * Number.EPSILON;

/** Runs that one difference takes at most. */
export const DIFFERENCE_RUNS = 2 * (NARROWEST + 3 - WIDEST);

/** The slope of an output in an input at an exploration's point, to one of the sides; undefined where no values tell. */
export function differenceAt(
  { run, again }: Exploration,
  input: number,
  output: number,
  sides: readonly DifferenceSide[] = ['both', 'above', 'below'],
): Difference | undefined {
  const size = Math.abs(run.inputs[input]!.value) || 1;
  const shift = run.inputs.map((_, i) => (i === input ? size : 0));
  const at = valuesAlong(run, again, shift);
  return difference({ at: (t) => at(t, output), here: run.outputs[output]!.value, size }, sides, NARROWEST);
}

/** A function of t along one line, on which t = 1 is as far as `size`. */
export interface Line {
  readonly at: (t: number) => number;
  /** The value at 0. */
  readonly here: number;
  readonly size: number;
}

/** The slope at 0, over steps down to 2^−narrowest. */
export function difference(
  line: Line,
  sides: readonly DifferenceSide[],
  narrowest: number,
): Difference | undefined {
  let best: Difference | undefined;
  for (const side of sides) {
    for (let k = WIDEST; k <= narrowest; k++) {
      const found = side === 'both' ? central(line, 2 ** -k) : sided(line, 2 ** -k, side);
      if (found === undefined || (best !== undefined && !(found.error < best.error))) continue;
      best = { ...found, side };
    }
    // Where there are values on both sides those to one side are not looked at.
    if (best?.side === 'both') break;
  }
  return best;
}

function central({ at, size }: Line, step: number): Omit<Difference, 'side'> | undefined {
  const { slope, change } = extrapolatedSlope(at, 0, step, size);
  const narrow = step / 4;
  const largest = Math.max(Math.abs(at(narrow)), Math.abs(at(-narrow)));
  const error = change + (ROUNDING * largest) / (narrow * size);
  return Number.isFinite(slope) && Number.isFinite(error) ? { slope, error } : undefined;
}

function sided(
  { at, here, size }: Line,
  step: number,
  side: 'above' | 'below',
): Omit<Difference, 'side'> | undefined {
  const sign = side === 'above' ? 1 : -1;
  let row = [step, step / 2, step / 4, step / 8].map((h) => (at(sign * h) - here) / (sign * h * size));
  let change = 0;
  for (let order = 1; order <= 3; order++) {
    const factor = 2 ** order;
    const next = row.slice(1).map((narrow, i) => (factor * narrow - row[i]!) / (factor - 1));
    change = Math.abs(next.at(-1)! - row.at(-1)!);
    row = next;
  }
  const narrow = step / 8;
  const largest = Math.max(Math.abs(at(sign * narrow)), Math.abs(here));
  const error = change + (2 * ROUNDING * largest) / (narrow * size);
  return Number.isFinite(row[0]) && Number.isFinite(error) ? { slope: row[0]!, error } : undefined;
}

const MOST_DIGITS = 16;

/** Decimal digits that differences can tell of a slope, and to how many of them a derivative agrees. */
export function agreedDigits(
  derivative: number,
  { slope, error }: Difference,
  scale: number,
): { readonly told: number; readonly digits: number } {
  // A slope of 0 is known to so many digits of what the function changes by as a whole.
  const size = Math.max(Math.abs(slope), Math.abs(derivative)) || scale || 1;
  const told = digitsOf(error / size);
  return { told, digits: Math.min(told, digitsOf(Math.abs(slope - derivative) / size)) };
}

function digitsOf(relative: number): number {
  return relative === 0 ? MOST_DIGITS : Math.max(0, Math.min(MOST_DIGITS, Math.floor(-Math.log10(relative))));
}
