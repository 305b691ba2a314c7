/**
 * Partials, tangents and adjoints that leave the range of doubles on the way to a derivative that does not: 1/v² at
 * v = e⁴⁰⁰ is no 0. What such a number may have been at most takes its place; where the derivative moves, it is lost.
 */
import { OPCODE, partialOf, ROWS, secondPartialOf } from '../operations/index.ts';
import { FLAT } from './sweep.ts';
import type { Tape } from './tape.ts';

/** The least number with all its digits. */
const LEAST = 2 ** -1022;

/** Operations whose partials are what they are: constants, choices. */
const NEVER = Uint8Array.from(ROWS, (row) => (row.linear || row.flat || row.pieces ? 1 : 0));

/** Whether a partial that is 0 or nearly so is not what it would be over the reals; its operands are. */
export function isVanished(code: number, p: number, x: number, y: number): boolean {
  if (!(Math.abs(p) < LEAST) || NEVER[code] === 1) return false;
  if (p !== 0) return true;
  if (code === OPCODE.pow && (x === 1 || y === 1)) return false;
  // A unary operation's y is no number.
  return x !== 0 && y !== 0 && Number.isFinite(x) && Math.abs(y) !== Infinity;
}

/** Whether a product of two numbers that are not 0 is none that a double holds with all its digits. */
export const isLostProduct = (p: number, w: number): boolean => Math.abs(p * w) < LEAST && p !== 0 && w !== 0;

/** Notes what left the range, and where. */
export class Underflow {
  /** The first row met, −1 before. */
  row = -1;

  meet(row: number): void {
    if (this.row < 0) this.row = row;
  }
}

type Bounds = (p: number) => number;

const asIs: Bounds = (p) => p;
const most: Bounds = (p) => (p < 0 ? -LEAST : LEAST);

/** What an adjoint or a tangent gets from a partial. */
function flow(p: number, w: number, bounds: Bounds): number {
  if (p === 0 || w === 0) return 0;
  return isLostProduct(p, w) ? bounds(p * w) : p * w;
}

/** The rows up to an output as they are, or with bounds for what has left the range of doubles. */
class Sweeps {
  private readonly tape: Tape;
  private readonly output: number;
  private readonly bounds: Bounds;

  constructor(tape: Tape, output: number, bounds: Bounds) {
    this.tape = tape;
    this.output = output;
    this.bounds = bounds;
  }

  private bounded(code: number, p: number, args: readonly number[]): number {
    const lost =
      args.length <= 2
        ? isVanished(code, p, args[0]!, args[1] ?? 1)
        : Math.abs(p) < LEAST && p !== 0 && NEVER[code] === 0;
    return lost ? this.bounds(p) : p;
  }

  private partial(code: number, i: number, args: readonly number[]): number {
    return this.bounded(code, partialOf(code, i, args), args);
  }

  private second(code: number, i: number, j: number, args: readonly number[]): number {
    const p = secondPartialOf(code, i, j, args);
    return ROWS[code]!.straight(i, j, args) ? p : this.bounded(code, p, args);
  }

  private args(operands: readonly number[]): number[] {
    return operands.map((o) => this.tape.read(o));
  }

  adjoints(): Float64Array {
    const { tape, output, bounds } = this;
    const adjoint = new Float64Array(Math.max(output + 1, tape.inputs));
    adjoint[output] = 1;
    for (let row = output; row >= tape.inputs; row--) {
      const w = adjoint[row]!;
      const code = tape.op[row]!;
      if (w === 0 || FLAT[code] === 1) continue;
      const operands = tape.operands(row);
      const args = this.args(operands);
      operands.forEach((o, i) => {
        if (o >= 0) adjoint[o]! += flow(this.partial(code, i, args), w, bounds);
      });
    }
    return adjoint;
  }

  private tangents(input: number): Float64Array {
    const { tape, output, bounds } = this;
    const tangent = new Float64Array(Math.max(output + 1, tape.inputs));
    tangent[input] = 1;
    for (let row = tape.inputs; row <= output; row++) {
      const code = tape.op[row]!;
      if (FLAT[code] === 1) continue;
      const operands = tape.operands(row);
      if (!operands.some((o) => o >= 0 && tangent[o] !== 0)) continue;
      const args = this.args(operands);
      operands.forEach((o, i) => {
        if (o >= 0 && tangent[o] !== 0)
          tangent[row]! += flow(this.partial(code, i, args), tangent[o]!, bounds);
      });
    }
    return tangent;
  }

  hessian(): number[][] {
    const { tape, output, bounds } = this;
    const first = this.adjoints();
    return Array.from({ length: tape.inputs }, (_, input) => {
      const tangent = this.tangents(input);
      const second = new Float64Array(Math.max(output + 1, tape.inputs));
      for (let row = output; row >= tape.inputs; row--) {
        const [w, dw] = [first[row]!, second[row]!];
        const code = tape.op[row]!;
        if ((w === 0 && dw === 0) || FLAT[code] === 1) continue;
        const operands = tape.operands(row);
        const args = this.args(operands);
        operands.forEach((o, i) => {
          if (o < 0) return;
          if (dw !== 0) second[o]! += flow(this.partial(code, i, args), dw, bounds);
          if (w === 0) return;
          operands.forEach((other, j) => {
            const t = other >= 0 ? tangent[other]! : 0;
            if (t !== 0) second[o]! += flow(flow(this.second(code, i, j, args), t, bounds), w, bounds);
          });
        });
      }
      return Array.from(second.subarray(0, tape.inputs));
    });
  }
}

/** By how much a gradient's entries may be off. */
export function vanishedGradient(tape: Tape, output: number): number[] {
  const is = new Sweeps(tape, output, asIs).adjoints();
  const may = new Sweeps(tape, output, most).adjoints();
  return Array.from({ length: tape.inputs }, (_, i) => apart(may[i]!, is[i]!));
}

/** By how much a Hessian's entries may be off. */
export function vanishedHessian(tape: Tape, output: number): number[][] {
  const is = new Sweeps(tape, output, asIs).hessian();
  const may = new Sweeps(tape, output, most).hessian();
  return may.map((row, i) => row.map((h, j) => apart(h, is[i]![j]!)));
}

/** What is less is nothing to whoever reads the numbers. */
const NOTHING = 1e-300;

function apart(a: number, b: number): number {
  const by = Math.abs(a - b);
  return by > NOTHING ? by : Number.isNaN(by) ? Infinity : 0;
}
