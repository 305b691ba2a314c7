/**
 * Rounding by a large number: in (x + 2^52) − 2^52 the sum keeps the whole part of x alone. Over the reals that is x, on
 * a computer a staircase; the derivative of the path is that of neither.
 */
import { ADD, SUB } from '../operations/index.ts';
import type { Problem } from '../problem.ts';
import { NONE, type Tape } from '../trace/tape.ts';
import { reaching } from './activity.ts';
import type { Run } from './run.ts';

/** So much larger, fewer than four digits of the smaller one are left. */
const MUCH = 2 ** 40;

/** The first sum whose active operand all but vanishes next to a constant that is then taken away again. */
export function absorbed({ trace: { tape }, outputs }: Run): Problem | undefined {
  const reached = reaching(
    tape,
    outputs.map((o) => o.row),
    () => true,
  );
  for (let row = tape.inputs; row < tape.length; row++) {
    const outer = reached[row] === 1 ? beside(tape, row) : undefined;
    if (outer === undefined || !(Math.abs(tape.value[row]!) * MUCH < Math.abs(outer.constant))) continue;
    const inner = outer.row < tape.inputs ? undefined : beside(tape, outer.row);
    if (inner === undefined || !(Math.abs(tape.value[inner.row]!) * MUCH < Math.abs(inner.constant)))
      continue;
    return {
      id: 'GL102',
      severity: 'error',
      message: `The dependence is lost here: next to ${inner.constant} the other number is rounded away, and its derivative is that of no function.`,
      location: tape.sites[tape.at[outer.row]!],
    };
  }
  return undefined;
}

/** A sum or a difference of a row and a constant. */
function beside(tape: Tape, row: number): { readonly row: number; readonly constant: number } | undefined {
  const code = tape.op[row]!;
  if (code !== ADD && code !== SUB) return undefined;
  const a = tape.a[row]!;
  const b = tape.b[row]!;
  if (b === NONE || a >= 0 === b >= 0) return undefined;
  return a >= 0 ? { row: a, constant: tape.read(b) } : { row: b, constant: tape.read(a) };
}
