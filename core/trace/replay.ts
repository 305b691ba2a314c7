/** A tape run again in as many bits as are asked for, along the path that it has: what steers stays as it was. */
import {
  type Big,
  fromNumber,
  isNumber,
  NOT_A_NUMBER,
  negated,
  ONE,
  signOf,
  ZERO,
} from '../operations/algebras/bigFloat.ts';
import { bigNumbers } from '../operations/algebras/bigNumbers.ts';
import type { Algebra } from '../operations/index.ts';
import { OPCODE, OPERATIONS, ROWS } from '../operations/index.ts';
import { FLAT } from './sweep.ts';
import { chosenOperand, type Tape } from './tape.ts';

export class Replay {
  private readonly tape: Tape;
  private readonly k: Algebra<Big>;
  private readonly constants: (Big | undefined)[] = [];

  constructor(tape: Tape, bits: number) {
    this.tape = tape;
    this.k = bigNumbers(bits);
  }

  /** The derivatives of a row with respect to the inputs, at the given values of them; no number where there is none. */
  gradient(at: readonly Big[], output: number): Big[] {
    const w = this.adjoints(this.values(at, output), output);
    // An output may be an input itself, with others behind it.
    return Array.from({ length: this.tape.inputs }, (_, i) => w[i] ?? ZERO);
  }

  private read(values: readonly Big[], operand: number): Big {
    if (operand >= 0) return values[operand]!;
    this.constants[~operand] ??= fromNumber(this.tape.constants[~operand]!);
    return this.constants[~operand]!;
  }

  private values(at: readonly Big[], output: number): Big[] {
    const { tape } = this;
    const needed = new Uint8Array(output + 1);
    needed[output] = 1;
    for (let row = output; row >= tape.inputs; row--) {
      if (needed[row] === 1 && FLAT[tape.op[row]!] === 0)
        for (const o of tape.operands(row)) if (o >= 0) needed[o] = 1;
    }
    const values: Big[] = [...at];
    for (let row = tape.inputs; row <= output; row++) {
      if (needed[row] === 0) continue;
      const code = tape.op[row]!;
      values[row] = FLAT[code] === 1 ? fromNumber(tape.value[row]!) : this.value(row, code, values);
    }
    return values;
  }

  private value(row: number, code: number, values: readonly Big[]): Big {
    const operands = this.tape.operands(row);
    const chosen = chosenOperand(this.tape, row);
    if (chosen !== undefined) return chosen < 0 ? NOT_A_NUMBER : this.read(values, operands[chosen]!);
    const args = operands.map((o) => this.read(values, o));
    if (code === OPCODE.abs) return this.isNegative(row) ? negated(args[0]!) : args[0]!;
    if (code === OPCODE.atan2) return this.angle(row, args);
    if (code !== OPCODE.rem) return this.k[OPERATIONS[code]!](...args);
    return this.k.sub(args[0]!, this.k.mul(fromNumber(this.quotient(row)), args[1]!));
  }

  /** Which piece of |x| the path is on. */
  private isNegative(row: number): boolean {
    return this.tape.read(this.tape.a[row]!) < 0;
  }

  /** Along the cut the angle is π or −π, by the sign of a zero: the path knows. */
  private angle(row: number, args: readonly Big[]): Big {
    const angle = this.k.atan2(...args);
    return signOf(angle) * this.tape.value[row]! < 0 ? negated(angle) : angle;
  }

  /** n in x % y = x − n·y, on the path. */
  private quotient(row: number): number {
    const [x, y] = this.tape.operands(row).map((o) => this.tape.read(o));
    return Math.round((x! - this.tape.value[row]!) / y!);
  }

  private adjoints(values: readonly Big[], output: number): (Big | undefined)[] {
    const { tape, k } = this;
    const adjoint = new Array<Big | undefined>(Math.max(output + 1, tape.inputs)).fill(undefined);
    adjoint[output] = fromNumber(1);
    for (let row = output; row >= tape.inputs; row--) {
      const w = adjoint[row];
      const code = tape.op[row]!;
      if (w === undefined || FLAT[code] === 1 || (isNumber(w) && w.m === 0n)) continue;
      const operands = tape.operands(row);
      const chosen = chosenOperand(tape, row);
      const args = operands.map((o) => this.read(values, o));
      operands.forEach((o, i) => {
        if (o < 0) return;
        const p = chosen === undefined ? this.partial(row, i, args) : chosen === i ? ONE : ZERO;
        if (p === undefined || (isNumber(p) && p.m === 0n)) return;
        const term = k.mul(p, w);
        adjoint[o] = adjoint[o] === undefined ? term : k.add(adjoint[o], term);
      });
    }
    return adjoint.slice(0, tape.inputs);
  }

  private partial(row: number, i: number, args: readonly Big[]): Big | undefined {
    const code = this.tape.op[row]!;
    if (code === OPCODE.abs) return fromNumber(this.isNegative(row) ? -1 : 1);
    if (code === OPCODE.rem && i === 1) return fromNumber(-this.quotient(row));
    return ROWS[code]!.partial(this.k, i, args);
  }
}
