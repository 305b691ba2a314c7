/**
 * Sweeps in which every operation is rounded at random by a unit or two in the last place (stochastic arithmetic: Vignes,
 * Math. Comput. Simulation 35, 1993): what they do to a derivative, rounding has done as well. The same random numbers
 * every time.
 */
import {
  ADD,
  DIV,
  MUL,
  OPCODE,
  partialA,
  partialB,
  partialsOf,
  ROWS,
  SUB,
  valueOf,
} from '../operations/index.ts';
import { FLAT } from './sweep.ts';
import { chosenOperand, INPUT, isVariadic, NONE, type Tape } from './tape.ts';
import { isLostProduct, isVanished, type Underflow } from './underflow.ts';

const { neg: NEG, abs: ABS, rem: REM } = OPCODE;

/** Operations whose partials are constants, or operands as they are. */
export const HAS_EXACT_PARTIALS = Uint8Array.from(ROWS, (row) => (row.linear || row.pieces ? 1 : 0));
HAS_EXACT_PARTIALS[MUL] = 1;

/** Half a unit in the last place of 1. */
export const UNIT = 2 ** -53;

/** Factors that an operation may be rounded by. */
const FACTORS = [1 - 4 * UNIT, 1 - 2 * UNIT, 1 + 2 * UNIT, 1 + 4 * UNIT] as const;
/** Operations of which no two have the same factors in three runs: errors that are always equal cancel unseen. */
const BLOCK = 64;

/** A factor an operation, at random (mixing: Appleby, MurmurHash3, 2008). */
function rounding(seed: number): () => number {
  const run = seed >>> 1;
  let count = 0;
  let block = 0;
  return () => {
    if (count % BLOCK === 0) {
      block = (count + 1) ^ ((seed & 1) << 30);
      block = Math.imul(block ^ (block >>> 16), 0x85ebca6b);
      block = Math.imul(block ^ (block >>> 13), 0xc2b2ae35);
      block ^= block >>> 16;
    }
    // Each step maps the numbers below 64 one to one.
    let place = (37 * count++ + block) & (BLOCK - 1);
    place ^= place >>> 3;
    place = ((29 * place) & (BLOCK - 1)) ^ ((block >>> 8) & (BLOCK - 1));
    place ^= place >>> 2;
    return FACTORS[(place >>> (2 * (run % 3))) & 3]!;
  };
}

/** Rounds numbers of a sweep otherwise, each by itself; whole ones below this are taken for exact. */
const WHOLE = 2 ** 20;

export function roundedOtherwise(run: number): (x: number) => number {
  const random = rounding(2 * run + 1);
  return (x) => (Number.isInteger(x) && Math.abs(x) < WHOLE ? x : x * random());
}

/** Which piece a function takes is the path's, not the noise's. */
const isChoice = (code: number): boolean => ROWS[code]!.pieces;

/** Whether an operation of the path was not rounded: x − x, halves, sums of small whole numbers. */
function isExact(code: number, x: number, y: number): boolean {
  if (code === ADD) return isExactSum(x, y);
  if (code === SUB) return isExactSum(x, -y);
  if (code === MUL) return isExactProduct(x, y, x * y);
  if (code === DIV) return (x / y) * y === x && isExactProduct(x / y, y, x);
  return code === NEG || code === ABS || code === REM;
}

/** No rest of a sum (Knuth, The Art of Computer Programming, vol. 2, §4.2.2). */
function isExactSum(x: number, y: number): boolean {
  const sum = x + y;
  const back = sum - x;
  return x - (sum - back) + (y - back) === 0;
}

/** No rest of a product (Dekker, Numer. Math. 18, 1971); where halves would overflow or vanish it counts as rounded. */
function isExactProduct(x: number, y: number, product: number): boolean {
  if (product === 0) return x === 0 || y === 0;
  const size = Math.abs(product);
  if (!(size < 1e290 && size > 1e-250 && Math.abs(x) < 1e290 && Math.abs(y) < 1e290)) return false;
  const a = 134217729 * x;
  const high = a - (a - x);
  const low = x - high;
  const b = 134217729 * y;
  const top = b - (b - y);
  const rest = y - top;
  return low * rest - (product - high * top - low * top - high * rest) === 0;
}

/**
 * Values of the rows; what steers (roundings, comparisons, bits) stays as it was. `stairs`: what goes in steps, and is
 * recorded as if it did not, is moved by a step at most.
 */
export function noisyValues(tape: Tape, run: number, stairs: readonly number[] = []): Float64Array {
  const { length, op, a, b, constants } = tape;
  const random = rounding(2 * run);
  const values = tape.value.slice(0, length);
  const read = (o: number): number => (o >= 0 ? values[o]! : constants[~o]!);
  let stair = 0;
  for (let row = tape.inputs; row < length; row++) {
    const code = op[row]!;
    if (code === INPUT || FLAT[code] === 1) continue;
    const chosen = chosenOperand(tape, row);
    if (chosen !== undefined) {
      values[row] = chosen < 0 ? NaN : read(tape.operands(row)[chosen]!);
      continue;
    }
    if (isVariadic(code)) {
      values[row] = ROWS[code]!.value(...tape.operands(row).map(read)) * random();
      continue;
    }
    const i = a[row]!;
    const j = b[row]!;
    const value = valueOf(code, read(i), j === NONE ? NaN : read(j));
    const noise = random();
    if (stairs[stair] === row) {
      values[row] = value + (noise - 1) / (4 * UNIT);
      stair++;
      continue;
    }
    values[row] = isExact(code, tape.read(i), j === NONE ? NaN : tape.read(j)) ? value : value * noise;
  }
  return values;
}

/** jacobian[output][input] over such values, of the given rows; notes what leaves the range of doubles. */
export function noisyJacobian(
  tape: Tape,
  values: Float64Array,
  outputs: readonly number[],
  inputs: readonly number[],
  run: number,
  underflow: Underflow,
): number[][] {
  const random = rounding(2 * run + 1);
  const contribution = (row: number, code: number, p: number, w: number): number => {
    const term = p * w;
    if (isLostProduct(p, w)) underflow.meet(row);
    if (p === 0) return 0;
    return HAS_EXACT_PARTIALS[code] === 1 && isExactProduct(p, w, term) ? term : term * random();
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
        const args = operands.map(isChoice(code) ? taped : read);
        const partials = partialsOf(code, args);
        if (operands.length <= 2 && partials.some((p) => isVanished(code, p, args[0]!, args[1] ?? 1)))
          underflow.meet(row);
        operands.forEach((o, k) => {
          if (o >= 0 && tangent[o] !== 0) tangent[row]! += contribution(row, code, partials[k]!, tangent[o]!);
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
        const args = operands.map(isChoice(code) ? taped : read);
        const partials = partialsOf(code, args);
        operands.forEach((o, k) => {
          if (o >= 0) adjoint[o]! += contribution(row, code, partials[k]!, w);
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
      const at = isChoice(code) ? taped : read;
      const x = at(i);
      const y = j === NONE ? NaN : at(j);
      const pa = i >= 0 ? partialA[code]!(x, y) : 0;
      const pb = j >= 0 ? partialB[code]!(x, y) : 0;
      if ((i >= 0 && isVanished(code, pa, x, y)) || (j >= 0 && isVanished(code, pb, x, y)))
        underflow.meet(row);
      if (pa !== 0) adjoint[i]! += contribution(row, code, pa, w);
      if (pb !== 0) adjoint[j]! += contribution(row, code, pb, w);
    }
    return inputs.map((input) => adjoint[input]!);
  });
}
