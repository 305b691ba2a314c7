/** What derivatives of a path are to be held against: how much flows along it, and how much of that its rounding moves. */
import { contributions, secondContributions } from '../trace/contributions.ts';
import { noisyJacobian, noisyValues } from '../trace/noise.ts';
import { Underflow } from '../trace/underflow.ts';
import type { Contributions } from './evaluateAt.types.ts';
import type { Run } from './run.ts';

/** Beyond so many rows of the tape times outputs or inputs, rounding is not looked at. */
const MOST_ROUNDED = 20_000_000;

/** Of the inputs in the columns of an answer; −1 is none. */
export function flows(
  { trace: { tape }, inputs, outputs }: Run,
  columns: readonly number[],
  second: boolean,
): Omit<Contributions, 'steps'> {
  const from = inputs.map(({ row }) => row);
  const to = outputs.map(({ row }) => row);
  const placed = (rows: readonly (readonly number[])[]) =>
    rows.map((row) => columns.map((i) => (i < 0 ? 0 : row[i]!)));
  const sums = contributions(tape, to, from);
  const [only] = to;
  const curvature =
    second && to.length === 1 && tape.length * from.length <= MOST_ROUNDED
      ? { second: placed([secondContributions(tape, only!, from)])[0]! }
      : {};
  if (tape.length * Math.min(from.length, to.length) > MOST_ROUNDED)
    return { sums: placed(sums), rounding: sums.map(() => columns.map(() => 0)), ...curvature };
  const active = to.filter((row) => row >= 0);
  const noisy = [0, 1].map((seed) =>
    noisyJacobian(tape, noisyValues(tape, seed), active, from, seed, new Underflow()),
  );
  const at = new Map(active.map((row, k) => [row, k]));
  const rounding = to.map((row) => {
    const k = at.get(row);
    return from.map((_, i) => (k === undefined ? 0 : Math.abs(noisy[0]![k]![i]! - noisy[1]![k]![i]!)));
  });
  return { sums: placed(sums), rounding: placed(rounding), ...curvature };
}
