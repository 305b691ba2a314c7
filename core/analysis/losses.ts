/**
 * Partials that have lost digits to cancellation, or to what left the range of doubles on the way: the sweeps are
 * repeated with every operation rounded a little differently, and what moves by more than rounding should is told.
 */
import { noisyJacobian, noisyValues } from '../trace/noise.ts';
import { Underflow, vanishedGradient } from '../trace/underflow.ts';
import type { Traced } from './traced.ts';

/** Relative to the larger of a partial and a thousandth of its row's largest. */
export const SUSPICIOUS = 3e-8;
const SMALL_PART = 1e-3;
/** Longer tapes are not held against their own rounding, long ones once only. */
const LONGEST = 3_000_000;
export const LONG = 100_000;
/** Outputs that are looked at where inputs are many as well. */
const MOST_OUTPUTS = 16;

export interface Loss {
  readonly output: number;
  /** By how much each partial moves with the rounding. */
  readonly noise: readonly number[];
  /** By how much at most it may be off because something on the way left the range of doubles, and where. */
  readonly vanished: readonly number[];
  readonly place: number;
}

/** How large each partial of a row counts as. */
export function sizesOf(row: readonly number[]): (i: number) => number {
  const least = SMALL_PART * row.reduce((most, d) => Math.max(most, Math.abs(d) || 0), 0);
  return (i) => Math.max(Math.abs(row[i]!), least);
}

export function losses(run: Traced, jacobian: readonly (readonly number[])[]): Loss[] {
  const { tape } = run.trace;
  const finite = run.outputs.flatMap(({ row, value }, o) =>
    row >= 0 && Number.isFinite(value) && jacobian[o]!.every(Number.isFinite) ? [o] : [],
  );
  if (tape.length > LONGEST || finite.length === 0) return [];
  const inputs = run.inputs.map(({ row }) => row);
  const chosen = inputs.length > MOST_OUTPUTS ? spread(finite, MOST_OUTPUTS) : finite;
  const rows = chosen.map((o) => run.outputs[o]!.row);
  const noise = chosen.map(() => new Array<number>(inputs.length).fill(0));
  const underflow = new Underflow();
  for (let k = 0; k < (tape.length > LONG ? 1 : 3); k++) {
    const moved = noisyJacobian(tape, noisyValues(tape, k), rows, inputs, k, underflow);
    chosen.forEach((o, n) => {
      for (let i = 0; i < inputs.length; i++) {
        const by = Math.abs(moved[n]![i]! - jacobian[o]![i]!);
        noise[n]![i] = Math.max(noise[n]![i]!, Number.isNaN(by) ? Infinity : by);
      }
    });
  }
  return chosen.flatMap((output, n) => {
    const size = sizesOf(jacobian[output]!);
    const place = underflow.row;
    const bounds = place < 0 ? [] : vanishedGradient(tape, rows[n]!);
    const vanished = inputs.map((row) => bounds[row] ?? 0);
    const bad = noise[n]!.some((by, i) => Math.max(by, vanished[i]!) > SUSPICIOUS * size(i));
    return bad ? [{ output, noise: noise[n]!, vanished, place }] : [];
  });
}

function spread(of: readonly number[], most: number): readonly number[] {
  if (of.length <= most) return of;
  return Array.from({ length: most }, (_, k) => of[Math.floor((k * (of.length - 1)) / (most - 1))]!);
}
