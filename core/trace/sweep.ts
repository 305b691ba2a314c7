/**
 * The sweeps over a tape (Griewank & Walther, Evaluating Derivatives, 2nd ed., §3.1 forward, §3.2 reverse). All read
 * the same rows of the operation table, so they cannot disagree; sums, differences, products and quotients are
 * written out in the loops (a test holds them against their rows).
 *
 * A row whose tangent or adjoint is exactly 0 contributes nothing, so that 0·∞ does not become NaN on a path that
 * does not matter.
 */
import { ADD, DIV, MUL, partialA, partialB, partialsOf, ROWS, SUB } from '../operations/index.ts';
import { INPUT, isVariadic, NONE, type Tape } from './tape.ts';

/** Operations through which no derivative flows. */
export const FLAT = Uint8Array.from(ROWS, (row) => (row.flat ? 1 : 0));

/** ẇ of every row, for the given ẋ of the inputs (one entry an input); `result` is written over. */
export function tangents(
  tape: Tape,
  seed: ArrayLike<number>,
  result: Float64Array = new Float64Array(tape.length),
): Float64Array {
  const { length, op, a, b, value, constants } = tape;
  for (let row = 0; row < length; row++) {
    const code = op[row]!;
    if (code === INPUT) {
      result[row] = seed[row] ?? 0;
      continue;
    }
    result[row] = 0;
    if (FLAT[code] === 1) continue;
    if (isVariadic(code)) {
      result[row] = variadicTangent(tape, row, code, result);
      continue;
    }
    const i = a[row]!;
    const j = b[row]!;
    const ti = i >= 0 ? result[i]! : 0;
    const tj = j >= 0 ? result[j]! : 0;
    if (ti === 0 && tj === 0) continue;
    let sum = 0;
    if (code === ADD) {
      if (ti !== 0) sum = ti;
      if (tj !== 0) sum += tj;
    } else if (code === SUB) {
      if (ti !== 0) sum = ti;
      if (tj !== 0) sum += -1 * tj;
    } else {
      const x = i >= 0 ? value[i]! : constants[~i]!;
      const y = j >= 0 ? value[j]! : j === NONE ? 0 : constants[~j]!;
      if (code === MUL) {
        if (ti !== 0) sum = y * ti;
        if (tj !== 0) sum += x * tj;
      } else {
        if (ti !== 0) sum = partialA[code]!(x, y) * ti;
        if (tj !== 0) sum += partialB[code]!(x, y) * tj;
      }
    }
    result[row] = sum;
  }
  return result;
}

function variadicTangent(tape: Tape, row: number, code: number, tangent: Float64Array): number {
  const operands = tape.operands(row);
  const args = operands.map((o) => tape.read(o));
  const partials = partialsOf(code, args);
  let sum = 0;
  operands.forEach((o, i) => {
    const t = o >= 0 ? tangent[o]! : 0;
    const p = partials[i]!;
    if (t !== 0 && p !== 0) sum += p * t;
  });
  return sum;
}

/** w̄ of every row, for w̄ = 1 at `output` (or the given weights of several outputs), into `result`, which is all 0. */
export function adjoints(
  tape: Tape,
  output: number | readonly { readonly row: number; readonly weight: number }[],
  result: Float64Array = new Float64Array(tape.length),
): Float64Array {
  let last = -1;
  for (const { row, weight } of typeof output === 'number' ? [{ row: output, weight: 1 }] : output) {
    if (row < 0) continue;
    result[row]! += weight;
    last = Math.max(last, row);
  }
  const { op, a, b, value, constants, inputs } = tape;
  for (let row = last; row >= inputs; row--) {
    const w = result[row]!;
    if (w === 0) continue;
    const code = op[row]!;
    const i = a[row]!;
    const j = b[row]!;
    if (code === ADD) {
      if (i >= 0) result[i]! += w;
      if (j >= 0) result[j]! += w;
    } else if (code === MUL) {
      if (i >= 0) result[i]! += (j >= 0 ? value[j]! : constants[~j]!) * w;
      if (j >= 0) result[j]! += (i >= 0 ? value[i]! : constants[~i]!) * w;
    } else if (code === SUB) {
      if (i >= 0) result[i]! += w;
      if (j >= 0) result[j]! += -1 * w;
    } else if (code === DIV) {
      const x = i >= 0 ? value[i]! : constants[~i]!;
      const y = j >= 0 ? value[j]! : constants[~j]!;
      if (i >= 0) result[i]! += (1 / y) * w;
      if (j >= 0) result[j]! += -(x / y / y) * w;
    } else if (FLAT[code] === 1) {
    } else if (isVariadic(code)) {
      const operands = tape.operands(row);
      const args = operands.map((o) => tape.read(o));
      const partials = partialsOf(code, args);
      operands.forEach((o, k) => {
        const p = partials[k]!;
        if (o >= 0 && p !== 0) result[o]! += p * w;
      });
    } else {
      const x = i >= 0 ? value[i]! : constants[~i]!;
      const y = j >= 0 ? value[j]! : j === NONE ? 0 : constants[~j]!;
      if (i >= 0) result[i]! += partialA[code]!(x, y) * w;
      if (j >= 0) result[j]! += partialB[code]!(x, y) * w;
    }
  }
  return result;
}
