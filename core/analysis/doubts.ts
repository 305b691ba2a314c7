/** What a path's derivative is held against before it is shown, and what it gives way to. */
import type { Problem } from '../problem.ts';
import { unconverged } from './converged.ts';
import { plainJacobian } from './jacobian.ts';
import { choosesOnly, repeatedDecision } from './repeated.ts';
import { roundedToDigits } from './rounded.ts';
import type { Run, Way } from './run.ts';
import { type Claim, confirmed, contradicted } from './search.ts';
import { findSpecials, placesOfEqualities, type Special } from './specials.ts';
import { narrowDecision, roundingDecides } from './thresholds.ts';
import { unfinished } from './unfinished.ts';

/** More one-sided runs than this are not made: each input needs two. */
export const MOST_INPUTS = 64;

/**
 * A run along the path beside equalities that hold exactly: where it gives the sample's value, and its derivative is
 * that of the sample's own path or is confirmed by differences, it is the function's.
 */
export function besideEqualities(
  run: Run,
  again: (way: Way) => Run,
  specials: readonly Special[],
  jacobian: readonly (readonly number[])[],
  steps: number,
): Run | undefined {
  const denied = placesOfEqualities(run.trace.tape, specials);
  if (denied === undefined) return undefined;
  const other = again({ denied });
  if (other.problem !== undefined || other.outputs.length !== run.outputs.length) return undefined;
  const near = (a: number, b: number, largest: number) =>
    Object.is(a, b) || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b), largest);
  if (!run.outputs.every(({ value }, o) => near(value, other.outputs[o]!.value, 0))) return undefined;
  const left = placesOfEqualities(other.trace.tape, findSpecials(other));
  if (left === undefined || [...left].some((place) => !denied.has(place))) return undefined;
  const found = plainJacobian(other);
  if (!found.flat().every(Number.isFinite)) return undefined;
  const same = found.every((row, o) => {
    const largest = 1e-3 * Math.max(...row.map(Math.abs));
    return row.every((d, i) => near(d, jacobian[o]![i]!, largest));
  });
  const place = Math.max(repeatedDecision(run.trace.tape), 0);
  const doubt = { claims: claimed(found), place, steps };
  const holds = same ? contradicted(run, again, doubt) === undefined : confirmed(run, again, doubt);
  return holds ? other : undefined;
}

/** Whether differences confirm the Jacobian of the sample's own path, every entry of it. */
export function holdsAllAround(
  run: Run,
  again: (way: Way) => Run,
  jacobian: readonly (readonly number[])[],
  steps: number,
): boolean {
  if (!jacobian.flat().every(Number.isFinite)) return false;
  const doubt = { claims: claimed(jacobian), place: 0, steps, stepwise: false };
  return confirmed(run, again, doubt) && unconverged(run, again) === undefined;
}

/** Every slope of a Jacobian, on both sides. */
export function claimed(jacobian: readonly (readonly number[])[]): Claim[][] {
  return jacobian.map((row) => row.map((d) => ({ below: d, above: d })));
}

/**
 * Why the path's derivative is not that of the result: where decisions are repeated, thresholds met closely, numbers
 * rounded to many digits or made of bits it need not be, and what is claimed is held against differences.
 */
export function meaningless(
  run: Run,
  again: (way: Way) => Run,
  claims: readonly (readonly Claim[])[],
  steps: number,
  beside = -1,
): Problem | undefined {
  const { tape } = run.trace;
  const place = repeatedDecision(tape);
  if (place >= 0) {
    const jumps = choosesOnly(run) ? ({ jumps: 'too' } as const) : {};
    const found =
      contradicted(run, again, { claims, place, steps, ...jumps }) ??
      unconverged(run, again) ??
      unfinished(run, again);
    if (found !== undefined) return found;
  }
  const met = narrowDecision(tape);
  const rounding = roundingDecides(run);
  const digits = roundedToDigits(run);
  const keys = tape.guards.find((g) => g.kind === 'key')?.site ?? -1;
  for (const [at, id, message, more] of [
    [place < 0 ? beside : -1, 'GL103', BESIDE, {}],
    [place < 0 ? met : -1, 'GL103', NARROW, { patch: true }],
    [rounding, 'GL103', TIED, { tied: true }],
    [digits, 'GL102', DIGITS, { stepwise: false }],
    [keys, 'GL102', KEYS, { stepwise: false, jumps: 'alone' }],
  ] as const) {
    if (at < 0) continue;
    const doubt = { claims, place: at, steps, ...more };
    const found = contradicted(run, again, doubt);
    if (found !== undefined) return { ...found, id, message };
  }
  return madeOfBits(run, again, claims, steps);
}

const BESIDE = 'Differences of the values around this point say other slopes than the formulas beside it.';
const NARROW =
  'This threshold is met closely: the derivative of the path that it chooses is not that of the values around.';
const TIED =
  'The two sides of this comparison are equal but for rounding: the derivative of the path that it chooses is that of one side alone.';
const KEYS =
  'A rounded number that depends on an input chooses an element here: the derivative of the path leaves out how what is chosen changes.';
const DIGITS =
  'The result is made of a number that is rounded to some digits here: the derivative of the path leaves that number out.';

/** A number made of bits goes in steps: where nothing makes up for them, the path's derivative is not the function's. */
function madeOfBits(
  run: Run,
  again: (way: Way) => Run,
  claims: readonly (readonly Claim[])[],
  steps: number,
): Problem | undefined {
  const place = run.trace.tape.doubts[0];
  if (place === undefined || confirmed(run, again, { claims, place, steps, stepwise: false, jumps: 'too' }))
    return undefined;
  const message =
    'The bits or digits of a number that depends on an input decide something here, and the derivative of the path is not that of the values around.';
  return { id: 'GL111', severity: 'error', message, location: run.trace.tape.sites[place] };
}
