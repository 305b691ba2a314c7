/**
 * The sweeps over a tape (Griewank & Walther, Evaluating Derivatives, 2nd ed., §3.1 forward, §3.2 reverse, §5.2
 * second-order adjoints). All read the same rows of the operation table, so they cannot disagree.
 *
 * A row whose tangent or adjoint is exactly 0 contributes nothing, so that 0·∞ does not become NaN on a path that
 * does not matter.
 */
import { partialA, partialB, partialOf, ROWS, secondPartialOf } from '../operations/index.ts';
import { INPUT, isVariadic, NONE, type Tape } from './tape.ts';

/** ẇ of every row, for the given ẋ of the inputs (one entry an input). */
export function tangents(tape: Tape, seed: ArrayLike<number>): Float64Array {
  const result = new Float64Array(tape.length);
  const { op, a, b } = tape;
  for (let row = 0; row < tape.length; row++) {
    const code = op[row]!;
    if (code === INPUT) {
      result[row] = seed[row] ?? 0;
      continue;
    }
    const info = ROWS[code]!;
    if (info.flat) continue;
    if (isVariadic(code)) {
      result[row] = variadicTangent(tape, row, code, result);
      continue;
    }
    const i = a[row]!;
    const j = b[row]!;
    const ti = i >= 0 ? result[i]! : 0;
    const tj = j >= 0 ? result[j]! : 0;
    if (ti === 0 && tj === 0) continue;
    const x = tape.read(i);
    const y = j === NONE ? 0 : tape.read(j);
    let sum = 0;
    if (ti !== 0) sum = partialA[code]!(x, y) * ti;
    if (tj !== 0) sum += partialB[code]!(x, y) * tj;
    result[row] = sum;
  }
  return result;
}

function variadicTangent(tape: Tape, row: number, code: number, tangent: Float64Array): number {
  const operands = tape.operands(row);
  const args = operands.map((o) => tape.read(o));
  let sum = 0;
  operands.forEach((o, i) => {
    const t = o >= 0 ? tangent[o]! : 0;
    if (t === 0) return;
    const p = partialOf(code, i, args);
    if (p !== 0) sum += p * t;
  });
  return sum;
}

/** w̄ of every row, for w̄ = 1 at `output` (or the given weights of several outputs). */
export function adjoints(
  tape: Tape,
  output: number | readonly { readonly row: number; readonly weight: number }[],
): Float64Array {
  const result = new Float64Array(tape.length);
  let last = -1;
  for (const { row, weight } of typeof output === 'number' ? [{ row: output, weight: 1 }] : output) {
    if (row < 0) continue;
    result[row]! += weight;
    last = Math.max(last, row);
  }
  const { op, a, b } = tape;
  for (let row = last; row >= tape.inputs; row--) {
    const w = result[row]!;
    if (w === 0) continue;
    const code = op[row]!;
    if (ROWS[code]!.flat) continue;
    if (isVariadic(code)) {
      const operands = tape.operands(row);
      const args = operands.map((o) => tape.read(o));
      operands.forEach((o, i) => {
        if (o < 0) return;
        const p = partialOf(code, i, args);
        if (p !== 0) result[o]! += p * w;
      });
      continue;
    }
    const i = a[row]!;
    const j = b[row]!;
    const x = tape.read(i);
    const y = j === NONE ? 0 : tape.read(j);
    if (i >= 0) result[i]! += partialA[code]!(x, y) * w;
    if (j >= 0) result[j]! += partialB[code]!(x, y) * w;
  }
  return result;
}

/**
 * The Hessian of one output with respect to all inputs, forward over reverse: for each input the tangents of all
 * rows, then the tangents of all adjoints. n × n, symmetric up to rounding.
 */
export function hessian(tape: Tape, output: number): number[][] {
  const n = tape.inputs;
  const first = adjoints(tape, output);
  const rows: number[][] = [];
  for (let direction = 0; direction < n; direction++) {
    const seed = new Float64Array(n);
    seed[direction] = 1;
    const tangent = tangents(tape, seed);
    const second = new Float64Array(tape.length);
    for (let row = output; row >= n; row--) {
      const w = first[row]!;
      const dw = second[row]!;
      if (w === 0 && dw === 0) continue;
      const code = tape.op[row]!;
      const info = ROWS[code]!;
      if (info.flat) continue;
      const operands = tape.operands(row);
      const args = operands.map((o) => tape.read(o));
      for (let i = 0; i < operands.length; i++) {
        const o = operands[i]!;
        if (o < 0) continue;
        if (dw !== 0) {
          const p = partialOf(code, i, args);
          if (p !== 0) second[o]! += p * dw;
        }
        if (w === 0 || info.linear) continue;
        for (let j = 0; j < operands.length; j++) {
          const t = operands[j]! >= 0 ? tangent[operands[j]!]! : 0;
          if (t === 0) continue;
          const pp = secondPartialOf(code, i, j, args);
          if (pp !== 0) second[o]! += pp * t * w;
        }
      }
    }
    rows.push(Array.from(second.subarray(0, n)));
  }
  return rows;
}
