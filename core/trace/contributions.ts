/**
 * How much flows through a tape in all: the sums over paths of the absolute products of their partials. A derivative
 * is at most that large, and rounding is to be measured by it (Higham, Accuracy and Stability, 2nd ed., §1.6).
 */
import { partialA, partialB, partialsOf, ROWS, secondPartialOf } from '../operations/index.ts';
import { FLAT } from './sweep.ts';
import { INPUT, isVariadic, NONE, type Tape } from './tape.ts';

/** contributions[output][input], of the given rows; those of constants are 0. */
export function contributions(tape: Tape, outputs: readonly number[], inputs: readonly number[]): number[][] {
  if (outputs.length <= inputs.length)
    return outputs.map((output) => {
      const flow = backwards(tape, output);
      return inputs.map((row) => flow[row] ?? 0);
    });
  const columns = inputs.map((row) => forwards(tape, row));
  return outputs.map((output) => columns.map((flow) => (output < 0 ? 0 : flow[output]!)));
}

function backwards(tape: Tape, output: number): Float64Array {
  const flow = new Float64Array(Math.max(0, output + 1));
  if (output >= 0) flow[output] = 1;
  for (let row = output; row >= tape.inputs; row--) {
    const w = flow[row]!;
    if (w !== 0) edges(tape, row, (operand, p) => (flow[operand]! += p * w));
  }
  return flow;
}

function forwards(tape: Tape, input: number): Float64Array {
  const flow = new Float64Array(tape.length);
  flow[input] = 1;
  for (let row = tape.inputs; row < tape.length; row++)
    edges(tape, row, (operand, p) => {
      if (flow[operand] !== 0) flow[row]! += p * flow[operand]!;
    });
  return flow;
}

/** The operands of a row that are rows, each with the absolute partial, where that is not 0. */
function edges(tape: Tape, row: number, visit: (operand: number, partial: number) => void): void {
  const code = tape.op[row]!;
  if (code === INPUT || FLAT[code] === 1) return;
  if (isVariadic(code)) {
    const operands = tape.operands(row);
    const partials = partialsOf(
      code,
      operands.map((o) => tape.read(o)),
    );
    operands.forEach((o, k) => {
      if (o >= 0 && partials[k] !== 0) visit(o, Math.abs(partials[k]!));
    });
    return;
  }
  const i = tape.a[row]!;
  const j = tape.b[row]!;
  const x = tape.read(i);
  const y = j === NONE ? 0 : tape.read(j);
  const pa = i >= 0 ? partialA[code]!(x, y) : 0;
  const pb = j >= 0 ? partialB[code]!(x, y) : 0;
  if (pa !== 0) visit(i, Math.abs(pa));
  if (pb !== 0) visit(j, Math.abs(pb));
}

/**
 * By input i: the sums over rows of the absolute contributions to the second derivatives along e_i and any direction
 * whose entries are at most 1 (Griewank & Walther, Evaluating Derivatives, 2nd ed., §5.2, in absolute values).
 */
export function secondContributions(tape: Tape, output: number, inputs: readonly number[]): number[] {
  const flow = backwards(tape, output);
  const along = inputs.map((row) => forwards(tape, row));
  const all = new Float64Array(tape.length);
  for (const tangent of along) for (let row = 0; row < all.length; row++) all[row]! += tangent[row]!;
  const sums = inputs.map(() => 0);
  for (let row = tape.inputs; row <= output; row++) {
    const code = tape.op[row]!;
    const w = flow[row]!;
    const { linear, pieces, flat } = ROWS[code]!;
    if (w === 0 || linear || pieces || flat) continue;
    const operands = tape.operands(row);
    const args = operands.map((o) => tape.read(o));
    operands.forEach((a, i) => {
      if (a < 0) return;
      operands.forEach((b, j) => {
        if (b < 0 || all[b] === 0) return;
        const p = Math.abs(secondPartialOf(code, i, j, args));
        if (p === 0) return;
        along.forEach((tangent, k) => {
          if (tangent[a] !== 0) sums[k]! += w * p * tangent[a]! * all[b]!;
        });
      });
    });
  }
  return sums;
}
