/**
 * The Hessian of one output with respect to all inputs: second-order adjoints (Griewank & Walther, Evaluating
 * Derivatives, 2nd ed., §5.2), forward over reverse, one direction an input. The partials of every row do not depend
 * on the direction and are worked out once.
 */
import { partialA, partialB, partialOf, ROWS, secondPartialOf } from '../operations/index.ts';
import { HAS_EXACT_PARTIALS } from './noise.ts';
import { adjoints, FLAT, tangents } from './sweep.ts';
import { isVariadic, NONE, type Tape } from './tape.ts';
import { isLostProduct, isVanished, Underflow } from './underflow.ts';

/** Rounds a number otherwise. */
export type Blur = (x: number) => number;

/** n × n, symmetric up to rounding; notes what leaves the range of doubles. `blur`: see roundedOtherwise in noise.ts. */
export function hessian(tape: Tape, output: number, underflow = new Underflow(), blur?: Blur): number[][] {
  const n = tape.inputs;
  const first = adjoints(tape, output);
  const partials = new Partials(tape, first, output, underflow);
  if (blur !== undefined) {
    partials.blur(tape, blur);
    blurAll(first, blur);
  }
  const { op, a, b } = tape;
  const { active, pa, pb, paa, pab, pba, pbb } = partials;
  const rows: number[][] = [];
  for (let direction = 0; direction < n; direction++) {
    const seed = new Float64Array(n);
    seed[direction] = 1;
    const tangent = tangents(tape, seed);
    if (blur !== undefined) blurAll(tangent, blur);
    const second = new Float64Array(tape.length);
    for (let k = active.length - 1; k >= 0; k--) {
      const row = active[k]!;
      const w = first[row]!;
      const dw = blur === undefined ? second[row]! : blur(second[row]!);
      if (w === 0 && dw === 0) continue;
      const code = op[row]!;
      if (isVariadic(code)) {
        variadic(tape, row, code, w, dw, tangent, second);
        continue;
      }
      const i = a[row]!;
      const j = b[row]!;
      if (dw !== 0) {
        if (i >= 0 && pa[k] !== 0) second[i]! += pa[k]! * dw;
        if (j >= 0 && pb[k] !== 0) second[j]! += pb[k]! * dw;
        if (isLostProduct(pa[k]!, dw) || isLostProduct(pb[k]!, dw)) underflow.meet(row);
      }
      const ti = i >= 0 ? tangent[i]! : 0;
      const tj = j >= 0 ? tangent[j]! : 0;
      if (isLostProduct(pa[k]!, ti) || isLostProduct(pb[k]!, tj)) underflow.meet(row);
      if (w === 0) continue;
      if (isLost(paa[k]!, ti, w) || isLost(pab[k]!, tj, w)) underflow.meet(row);
      if (isLost(pba[k]!, ti, w) || isLost(pbb[k]!, tj, w)) underflow.meet(row);
      if (i >= 0) {
        if (ti !== 0 && paa[k] !== 0) second[i]! += paa[k]! * ti * w;
        if (tj !== 0 && pab[k] !== 0) second[i]! += pab[k]! * tj * w;
      }
      if (j >= 0) {
        if (ti !== 0 && pba[k] !== 0) second[j]! += pba[k]! * ti * w;
        if (tj !== 0 && pbb[k] !== 0) second[j]! += pbb[k]! * tj * w;
      }
    }
    rows.push(Array.from(second.subarray(0, n)));
  }
  return rows;
}

function blurAll(values: Float64Array, blur: Blur): void {
  for (let i = 0; i < values.length; i++) values[i] = blur(values[i]!);
}

const isLost = (pp: number, t: number, w: number): boolean =>
  isLostProduct(pp, t) || (pp !== 0 && isLostProduct(pp * t, w));

/** First and second partials of the rows that reach the output, in tape order. */
class Partials {
  readonly active: Int32Array;
  readonly pa: Float64Array;
  readonly pb: Float64Array;
  readonly paa: Float64Array;
  readonly pab: Float64Array;
  readonly pba: Float64Array;
  readonly pbb: Float64Array;

  constructor(tape: Tape, first: Float64Array, output: number, underflow: Underflow) {
    const reaches = new Uint8Array(output + 1);
    reaches[output] = 1;
    let count = 0;
    const { op, a, b } = tape;
    for (let row = output; row >= tape.inputs; row--) {
      if (reaches[row] === 0) continue;
      const code = op[row]!;
      if (FLAT[code] === 1) {
        reaches[row] = 0;
        continue;
      }
      count++;
      if (isVariadic(code)) {
        for (const operand of tape.operands(row)) if (operand >= 0) reaches[operand] = 1;
        continue;
      }
      if (a[row]! >= 0) reaches[a[row]!] = 1;
      if (b[row]! >= 0) reaches[b[row]!] = 1;
    }
    this.active = new Int32Array(count);
    const made = () => new Float64Array(count);
    this.pa = made();
    this.pb = made();
    this.paa = made();
    this.pab = made();
    this.pba = made();
    this.pbb = made();
    let k = 0;
    for (let row = tape.inputs; row <= output; row++) {
      if (reaches[row] === 1) this.fill(tape, k++, row, first[row]!, underflow);
    }
  }

  /** As they would be with other roundings; partials of linear operations and of products are not rounded. */
  blur(tape: Tape, blur: Blur): void {
    const { active, pa, pb, paa, pab, pba, pbb } = this;
    active.forEach((row, k) => {
      if (HAS_EXACT_PARTIALS[tape.op[row]!] === 1) return;
      for (const of of [pa, pb, paa, pab, pba, pbb]) of[k] = blur(of[k]!);
    });
  }

  private fill(tape: Tape, k: number, row: number, w: number, underflow: Underflow): void {
    this.active[k] = row;
    const code = tape.op[row]!;
    if (isVariadic(code)) return;
    const i = tape.a[row]!;
    const j = tape.b[row]!;
    const x = tape.read(i);
    const y = j === NONE ? 0 : tape.read(j);
    if (i >= 0) this.pa[k] = partialA[code]!(x, y);
    if (j >= 0) this.pb[k] = partialB[code]!(x, y);
    const [p, q] = [this.pa[k]!, this.pb[k]!];
    const other = j === NONE ? 1 : y;
    if ((i >= 0 && isVanished(code, p, x, other)) || (j >= 0 && isVanished(code, q, x, other)))
      underflow.meet(row);
    if (isLostProduct(p, w) || isLostProduct(q, w)) underflow.meet(row);
    if (w === 0 || ROWS[code]!.linear) return;
    const args = j === NONE ? [x] : [x, y];
    if (i >= 0) this.paa[k] = secondPartialOf(code, 0, 0, args);
    if (i >= 0 && j >= 0) {
      this.pab[k] = secondPartialOf(code, 0, 1, args);
      this.pba[k] = secondPartialOf(code, 1, 0, args);
    }
    if (j >= 0) this.pbb[k] = secondPartialOf(code, 1, 1, args);
    const vanished = (s: number, t: number, pp: number) =>
      !ROWS[code]!.straight(s, t, args) && isVanished(code, pp, x, other);
    if (i >= 0 && (vanished(0, 0, this.paa[k]!) || (j >= 0 && vanished(0, 1, this.pab[k]!))))
      underflow.meet(row);
    if (j >= 0 && vanished(1, 1, this.pbb[k]!)) underflow.meet(row);
  }
}

function variadic(
  tape: Tape,
  row: number,
  code: number,
  w: number,
  dw: number,
  tangent: Float64Array,
  second: Float64Array,
): void {
  const operands = tape.operands(row);
  const args = operands.map((o) => tape.read(o));
  operands.forEach((o, i) => {
    if (o < 0) return;
    if (dw !== 0) {
      const p = partialOf(code, i, args);
      if (p !== 0) second[o]! += p * dw;
    }
    if (w === 0 || ROWS[code]!.linear) return;
    operands.forEach((other, j) => {
      const t = other >= 0 ? tangent[other]! : 0;
      if (t === 0) return;
      const pp = secondPartialOf(code, i, j, args);
      if (pp !== 0) second[o]! += pp * t * w;
    });
  });
}
