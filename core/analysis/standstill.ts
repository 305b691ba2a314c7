/**
 * Inputs that have no derivative to speak of: infinite ones, which cannot be moved, and whole numbers that count or
 * select besides being computed with, so that the function is not there, or another, right beside them.
 */
import { reaching } from './activity.ts';
import type { Run } from './run.ts';

/** Relative steps at which a jump is told from a slope. */
const FAR = 1e-3;
const NEAR = 1e-6;

/**
 * The derivatives with respect to input `i`, one an output, where the function's own values beside it say that there
 * is none on either side (NaN) or that nothing moves (0); undefined where they do not say so. `moved` gives the
 * outputs' values with the inputs shifted.
 */
export function withoutSlope(
  run: Run,
  i: number,
  moved: (shift: readonly number[]) => readonly number[] | undefined,
): number[] | undefined {
  const { value } = run.inputs[i]!;
  const at = (step: number) =>
    moved(run.inputs.map((_, j) => (j === i ? step * Math.max(1, Math.abs(value)) : 0)));
  const sides = [1, -1].map((sign) => ({ near: at(sign * NEAR), far: at(sign * FAR) }));
  const column: number[] = [];
  for (const [o, { value: here }] of run.outputs.entries()) {
    const kinds = sides.map(({ near, far }) => behaviour(here, near?.[o], far?.[o]));
    const [above, below] = sides.map(({ near }) => near?.[o] ?? Number.NaN) as [number, number];
    // One value by itself: both sides have a slope, and it may be the one that is meant.
    const isHole = Math.abs(above - below) < 0.5 * Math.abs(above - here);
    if (isHole && kinds.every((kind) => kind === 'leaves')) return undefined;
    if (kinds.every((kind) => kind === 'leaves')) column.push(Number.NaN);
    else if (kinds.every((kind) => kind === 'same')) column.push(0);
    else return undefined;
  }
  return column;
}

/** Whether a value leaves `here` at once, stays as it is, or moves. */
function behaviour(
  here: number,
  near: number | undefined,
  far: number | undefined,
): 'leaves' | 'same' | 'moves' {
  if (near === undefined || Number.isNaN(near)) return Number.isNaN(here) ? 'moves' : 'leaves';
  if (near === here && far === here) return 'same';
  const step = Math.abs(near - here);
  const jumps = step > 1e-9 * Math.abs(here) && (far === undefined || step > 0.5 * Math.abs(far - here));
  return jumps ? 'leaves' : 'moves';
}

/** The derivatives with respect to an infinite input, one an output: 0 where what depends on it is finite all the same. */
export function atInfinity(run: Run, i: number): number[] {
  const { tape } = run.trace;
  const { row } = run.inputs[i]!;
  return run.outputs.map((output) => {
    if (Number.isFinite(output.value) || output.row < 0) return 0;
    return reaching(tape, [output.row], () => true)[row] === 1 ? Number.NaN : 0;
  });
}
