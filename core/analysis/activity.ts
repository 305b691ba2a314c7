/** What an input is used for along a tape: for its value to reach the result, or only to steer. */
import { ROWS } from '../operations/index.ts';
import { INPUT, isVariadic, type Tape } from '../trace/tape.ts';

/** Rows from which one of the given rows can be reached; `through` says through which operations. */
export function reaching(tape: Tape, from: Iterable<number>, through: (op: number) => boolean): Uint8Array {
  const marked = new Uint8Array(tape.length);
  let last = -1;
  for (const row of from) {
    if (row < 0) continue;
    marked[row] = 1;
    if (row > last) last = row;
  }
  for (let row = last; row >= tape.inputs; row--) {
    if (marked[row] === 0) continue;
    const op = tape.op[row]!;
    if (op === INPUT || !through(op)) continue;
    if (isVariadic(op)) {
      for (const operand of tape.operands(row)) if (operand >= 0) marked[operand] = 1;
      continue;
    }
    const a = tape.a[row]!;
    const b = tape.b[row]!;
    if (a >= 0) marked[a] = 1;
    if (b >= 0) marked[b] = 1;
  }
  return marked;
}

export const isFlat = (op: number): boolean => ROWS[op]!.flat;
