/**
 * Derivatives worked out with more digits than doubles have, held against what the function's own values do. Where
 * the digits that an operation loses do not depend on an input, the values follow what is left of them, smoothly and
 * sharply: the function as it is computed then has another derivative than its formula. And a number that depends on no
 * input has been rounded before the path begins: next to it more digits lose what the values around still show.
 */
import type { Problem } from '../problem.ts';
import { noisyValues } from '../trace/noise.ts';
import type { Sharpened } from './digits.ts';
import type { Run, Way } from './run.ts';
import { extrapolatedSlope, valuesAlong } from './search.ts';

/** Relative to the larger of a partial and a thousandth of its row's largest. */
const APART = 5e-7;
const SHARP = 1e-7;
const SMALL_PART = 1e-3;
/** By how much a slope that differences settle on is another one. */
const OTHER = 1e-6;
/** How much larger that is than what the rounding of the values makes of a slope. */
const CLEAR = 100;
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
  const { tape } = run.trace;
  let moved: Float64Array[] | undefined;
  for (const [o, row] of jacobian.entries()) {
    const own = plain[o]!;
    if (own === row || !own.every(Number.isFinite)) continue;
    const at = run.outputs[o]!;
    moved ??= [0, 1, 2].map((k) => noisyValues(tape, k));
    const noise = Math.max(...moved.map((values) => Math.abs(values[at.row]! - at.value)));
    const largest = SMALL_PART * Math.max(...row.map(Math.abs));
    for (const [i, d] of row.entries()) {
      const size = Math.max(Math.abs(d), largest);
      const isApart = Math.abs(own[i]! - d) > APART * size;
      // Half of the runs are for those of which doubles say something else.
      if (left <= 0 || (!isApart && (lost === undefined || left <= MOST / 2))) continue;
      left--;
      const slopes = settled(run, again, i, o, SHARP * size);
      const followed = slopes.some(({ slope }) => isApart && Math.abs(slope - own[i]!) <= SHARP * size);
      const apartBy = ({ slope, step }: Slope, clear: number) =>
        Math.abs(slope - d) > Math.max(OTHER * size, (clear * noise) / step);
      const isTold = lost !== undefined && slopes.every((slope) => apartBy(slope, 1));
      const other = isTold ? slopes.find((slope) => apartBy(slope, CLEAR)) : undefined;
      const rate = followed ? own[i]! : other?.slope;
      if (rate === undefined) continue;
      const { label } = run.inputs[i]!;
      return {
        id: 'GL109',
        severity: 'error',
        message: `Too many digits are lost here to cancellation: with ${label} the values change at the rate ${digits(rate)}, the formula at ${digits(d)}.`,
        location: lost?.location ?? run.at,
      };
    }
  }
  return undefined;
}

/** One that differences settle on, and the narrowest of their steps. */
interface Slope {
  readonly slope: number;
  readonly step: number;
}

/** The slopes that differences of the values settle on, those over wide steps first. */
function settled(run: Run, again: (way: Way) => Run, input: number, output: number, within: number): Slope[] {
  const size = Math.abs(run.inputs[input]!.value) || 1;
  const at = valuesAlong(
    run,
    again,
    run.inputs.map((_, i) => (i === input ? size : 0)),
  );
  return STEPS.flatMap((step) => {
    const narrowest = step / 4;
    const largest = Math.max(Math.abs(at(narrowest, output)), Math.abs(at(-narrowest, output)));
    // Values too large to show such a slope say nothing of it, though they stand still.
    if (!((Number.EPSILON * largest) / (narrowest * size) <= within)) return [];
    const { slope, change } = extrapolatedSlope(at, output, step, size);
    return change <= within ? [{ slope, step: narrowest * size }] : [];
  });
}

const digits = (x: number): string => String(Number(x.toPrecision(9)));
