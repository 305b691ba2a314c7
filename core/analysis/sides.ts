/** What runs right beside the sample, on both sides of one input, say of each output's partial derivative. */

import { roundedRow } from './rounded.ts';
import type { Run, Way } from './run.ts';
import type { Claim } from './search.ts';
import { placesOfWindows } from './thresholds.ts';

/** Relative difference of slopes that are the same but for rounding. */
const SAME = 1e-9;
/** Of rounded numbers a step is within that. */
const LARGE = 0.25 / SAME;
/** Of values that are the same but for their last digits. */
const ROUGH = 1e-14;
/** Of slopes whose mean is either of them to six digits. */
const NEARLY = 1e-6;
/** How far a value that stands by itself may be from what is on both its sides, relatively, to be one of them in intent. */
const ALONE = 2e-3;
/** Of the slopes of two approximations that meet: neither is that of the function for which they stand. */
const SEAM = 1e-3;

interface Side {
  /** One slope an output; 'jump' where the value jumps away, 'none' where there is no slope on this side. */
  readonly slopes: readonly (number | 'jump' | 'none')[];
  /** Where the value jumps away: to what, and the slope there. */
  readonly beyond: readonly ({ readonly limit: number; readonly slope: number } | undefined)[];
}

/** What a run beside the sample says of each output's derivative, as a slope in the input that moves by `sign`. */
function sideOf(base: Run, beside: Run, sign: 1 | -1, scale: number, level: number): Side {
  const side = beside.trace.side!;
  const { tape } = beside.trace;
  if (
    beside.problem !== undefined ||
    side.status !== 'regular' ||
    beside.outputs.length !== base.outputs.length
  )
    return { slopes: base.outputs.map(() => 'none' as const), beyond: [] };
  const beyond: ({ limit: number; slope: number } | undefined)[] = [];
  const slopes = beside.outputs.map((output, o) => {
    const here = base.outputs[o]!.value;
    const there = output.row < 0 ? output.value : side.limit(tape, output.row);
    const slope = side.slope(output.row) * sign;
    // A stand-in for 0, as in `x || Number.EPSILON`, is no jump.
    const least = Number.isFinite(slope) ? 1e-15 * Math.abs(slope) * scale : 0;
    const same =
      Object.is(there, here) ||
      Math.abs(there - here) <= Math.max(level * Math.max(Math.abs(here), Math.abs(there)), 1e-309, least);
    // Where the function is not defined on that side there is no slope, and no jump either.
    if (!same && Number.isFinite(here) && !Number.isNaN(there)) {
      beyond[o] = { limit: there, slope };
      return 'jump' as const;
    }
    if (!same) return 'none' as const;
    return Number.isNaN(slope) ? ('none' as const) : slope === 0 ? 0 : slope;
  });
  return { slopes, beyond };
}

export type Outcome =
  | { readonly kind: 'smooth'; readonly value: number }
  | { readonly kind: 'kink'; readonly value: number; readonly left: number; readonly right: number }
  | { readonly kind: 'jump' | 'half'; readonly value: number; readonly side: 'left' | 'right' }
  /** The value at the point is not quite that on both sides of it, which is one, with one slope. */
  | { readonly kind: 'alone'; readonly value: number }
  | { readonly kind: 'refused'; readonly seam?: readonly [number, number] };

/** `taken` is the slope of the path taken: at a kink it is the number, where it is one of the two slopes. */
function settle(left: number | 'jump' | 'none', right: number | 'jump' | 'none', taken: number): Outcome {
  if (typeof left === 'number' && typeof right === 'number') {
    if (left === right) {
      return Number.isFinite(right)
        ? { kind: 'smooth', value: right }
        : { kind: 'half', value: right, side: 'right' };
    }
    const apart = Math.abs(left - right) / Math.max(Math.abs(left), Math.abs(right));
    if (apart <= SAME) return { kind: 'smooth', value: right };
    if (apart <= NEARLY) return { kind: 'smooth', value: (left + right) / 2 };
    if (apart <= SEAM) return { kind: 'refused', seam: [left, right] };
    return { kind: 'kink', value: taken === left ? left : right, left, right };
  }
  if (typeof right === 'number')
    return { kind: left === 'jump' ? 'jump' : 'half', value: right, side: 'right' };
  if (typeof left === 'number')
    return { kind: right === 'jump' ? 'jump' : 'half', value: left, side: 'left' };
  return { kind: 'refused' };
}

export function claimOf(outcome: Exclude<Outcome, { kind: 'refused' }>): Claim {
  if (outcome.kind === 'smooth') return { below: outcome.value, above: outcome.value };
  if (outcome.kind === 'kink') return { below: outcome.left, above: outcome.right };
  // Differences to the value at the point say nothing.
  if (outcome.kind === 'alone') return { below: undefined, above: undefined };
  return outcome.side === 'left'
    ? { below: outcome.value, above: undefined }
    : { below: undefined, above: outcome.value };
}

/** One outcome an output; `taken` has the slopes of the path taken. */
export function besideInput(
  run: Run,
  again: (way: Way) => Run,
  input: number,
  taken: readonly number[],
): Outcome[] {
  const scale = Math.abs(run.inputs[input]!.value) || 1;
  const direction = run.inputs.map((_, j) => (input === j ? 1 : 0));
  const beyond = placesOfWindows(run.trace.tape);
  const above = again({ direction, beyond });
  const below = again({ direction: direction.map((d) => -d || 0), beyond });
  // A step of a large number that is rounded is small beside it, and a jump.
  const large = roundedRow(run, (value) => Math.abs(value) >= LARGE);
  const level = large < 0 ? SAME : Math.max(0.25 / Math.abs(run.trace.tape.value[large]!), ROUGH);
  const right = sideOf(run, above, 1, scale, level);
  const left = sideOf(run, below, -1, scale, level);
  return run.outputs.map(
    ({ value }, o) =>
      standsAlone(value, left.beyond[o], right.beyond[o]) ??
      settle(left.slopes[o]!, right.slopes[o]!, taken[o]!),
  );
}

/** A table's or a factorial's value among those of an approximation; the end of an easing that never quite gets there. */
function standsAlone(
  value: number,
  left: Side['beyond'][number],
  right: Side['beyond'][number],
): Outcome | undefined {
  if (left === undefined || right === undefined) return undefined;
  const near = (a: number, b: number, relative: number) =>
    Math.abs(a - b) <= relative * Math.max(Math.abs(a), Math.abs(b));
  const isOne = near(left.limit, right.limit, SAME) && near(left.slope, right.slope, NEARLY);
  if (!isOne || !Number.isFinite(right.slope) || !near(value, right.limit, ALONE)) return undefined;
  return { kind: 'alone', value: (left.slope + right.slope) / 2 };
}
