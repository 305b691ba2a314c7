/**
 * Sweeps in which every operation is rounded at random by about a unit in the last place (stochastic arithmetic: Vignes,
 * Math. Comput. Simulation 35, 1993): what they do to a derivative, rounding has done as well. The same random numbers
 * every time.
 */
import { ADD, partialA, partialB, partialsOf, ROWS, SUB, valueOf } from '../operations/index.ts';
import { FLAT } from './sweep.ts';
import { chosenOperand, INPUT, isVariadic, NONE, type Tape } from './tape.ts';

/** Half a unit in the last place of 1. */
export const UNIT = 2 ** -53;

/** 1 ± two units, at random (xorshift: Marsaglia, J. Stat. Softw. 8, 2003). */
function rounding(seed: number): () => number {
  let state = 0x9e3779b9 ^ (seed * 0x85ebca6b);
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state > 0 ? 1 + 2 * UNIT : 1 - 2 * UNIT;
  };
}

/** Values of the rows; what steers (roundings, comparisons, bits) stays as it was. */
export function noisyValues(tape: Tape, seed: number): Float64Array {
  const { length, op, a, b, constants } = tape;
  const random = rounding(2 * seed + 1);
  const values = Float64Array.from(tape.value.subarray(0, length));
  const read = (o: number): number => (o >= 0 ? values[o]! : constants[~o]!);
  for (let row = tape.inputs; row < length; row++) {
    const code = op[row]!;
    if (code === INPUT || FLAT[code] === 1) continue;
    const chosen = chosenOperand(tape, row);
    if (chosen !== undefined) {
      values[row] = chosen < 0 ? NaN : read(tape.operands(row)[chosen]!);
      continue;
    }
    const exact = isVariadic(code)
      ? ROWS[code]!.value(...tape.operands(row).map(read))
      : valueOf(code, read(a[row]!), b[row]! === NONE ? NaN : read(b[row]!));
    values[row] = exact * random();
  }
  return values;
}

/** jacobian[output][input] over such values, of the given rows. */
export function noisyJacobian(
  tape: Tape,
  values: Float64Array,
  outputs: readonly number[],
  inputs: readonly number[],
  seed: number,
): number[][] {
  const random = rounding(2 * seed + 2);
  const contribution = (code: number, p: number, w: number): number => {
    return p === 0 ? 0 : code === ADD || code === SUB ? p * w : p * w * random();
  };
  const read = (o: number): number => (o >= 0 ? values[o]! : tape.constants[~o]!);
  // What was chosen on the path stays chosen.
  const taped = (o: number): number => tape.read(o);
  if (outputs.length > inputs.length) {
    const columns = inputs.map((input) => {
      const tangent = new Float64Array(tape.length);
      tangent[input] = 1;
      for (let row = tape.inputs; row < tape.length; row++) {
        const code = tape.op[row]!;
        if (FLAT[code] === 1) continue;
        const operands = tape.operands(row);
        if (!operands.some((o) => o >= 0 && tangent[o] !== 0)) continue;
        const args = operands.map(chosenOperand(tape, row) === undefined ? read : taped);
        const partials = partialsOf(code, args);
        operands.forEach((o, k) => {
          if (o >= 0 && tangent[o] !== 0) tangent[row]! += contribution(code, partials[k]!, tangent[o]!);
        });
      }
      return tangent;
    });
    return outputs.map((output) => columns.map((tangent) => tangent[output]!));
  }
  return outputs.map((output) => {
    const adjoint = new Float64Array(output + 1);
    adjoint[output] = 1;
    for (let row = output; row >= tape.inputs; row--) {
      const w = adjoint[row]!;
      const code = tape.op[row]!;
      if (w === 0 || FLAT[code] === 1) continue;
      if (isVariadic(code)) {
        const operands = tape.operands(row);
        const args = operands.map(chosenOperand(tape, row) === undefined ? read : taped);
        const partials = partialsOf(code, args);
        operands.forEach((o, k) => {
          if (o >= 0) adjoint[o]! += contribution(code, partials[k]!, w);
        });
        continue;
      }
      const i = tape.a[row]!;
      const j = tape.b[row]!;
      if (code === ADD || code === SUB) {
        if (i >= 0) adjoint[i]! += w;
        if (j >= 0) adjoint[j]! += code === ADD ? w : -w;
        continue;
      }
      const x = read(i);
      const y = j === NONE ? NaN : read(j);
      const pa = i >= 0 ? partialA[code]!(x, y) : 0;
      const pb = j >= 0 ? partialB[code]!(x, y) : 0;
      if (pa !== 0) adjoint[i]! += pa * w * random();
      if (pb !== 0) adjoint[j]! += pb * w * random();
    }
    return inputs.map((input) => adjoint[input]!);
  });
}
