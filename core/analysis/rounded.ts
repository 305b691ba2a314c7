/** Roundings on the way to a result. */
import { ROWS } from '../operations/index.ts';
import { reaching } from './activity.ts';
import type { Traced } from './traced.ts';

/** A rounded number this large keeps three digits. */
export const FINE = 1000;

/** The first rounding that reaches a result, of those that give such a value; −1 without. */
export function roundedRow(run: Traced, such: (value: number) => boolean): number {
  const { tape } = run.trace;
  const reached = reaching(
    tape,
    run.outputs.map((o) => o.row),
    () => true,
  );
  for (let row = tape.inputs; row < tape.length; row++)
    if (reached[row] === 1 && ROWS[tape.op[row]!]!.rounds && such(tape.value[row]!)) return row;
  return -1;
}

/** Index of the place where a number of the result was rounded that keeps three digits or more; −1 without. */
export function roundedToDigits(run: Traced): number {
  const row = roundedRow(run, (value) => Math.abs(value) >= FINE);
  return row < 0 ? -1 : run.trace.tape.at[row]!;
}
