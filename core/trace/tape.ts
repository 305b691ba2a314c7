import { OPCODE } from '../operations/names.ts';
import type { Location } from '../source/span.ts';

/** The opcode of an input row. */
export const INPUT = 255;

/** Why a path holds only near the sample: an active value was compared, rounded to a key, counted with. */
export interface Guard {
  readonly kind: 'branch' | 'key' | 'count';
  /** Tape row whose (boolean or numeric) value was made concrete. */
  readonly row: number;
  readonly value: number;
  readonly site: number;
  /** Position on the tape: rows before it were recorded earlier. */
  readonly position: number;
}
export interface Mark {
  readonly kind: 'enterLoop' | 'iteration' | 'exitLoop' | 'enterCall' | 'exitCall';
  /** The tape's length when it was made. */
  readonly position: number;
  readonly site: number;
  /** Iteration number (0-based), or the callee's name. */
  readonly detail: number | string;
}

/**
 * A straight-line Program with guards and provenance. Rows 0 … inputs−1 are the inputs.
 * Operands: ≥ 0 a row, < 0 the constant constants[~operand]. Unary ops use `a`; binary `a`, `b`; ops of other arity
 * have their operands in `more`, from index a, b of them.
 */
export class Tape {
  length = 0;
  op = new Uint8Array(64);
  a = new Int32Array(64);
  b = new Int32Array(64);
  value = new Float64Array(64);
  /** Index into `sites`: the expression that made the row. */
  at = new Int32Array(64);
  constants: number[] = [];
  more: number[] = [];
  inputs = 0;
  readonly sites: Location[] = [];
  readonly guards: Guard[] = [];
  readonly marks: Mark[] = [];

  input(value: number, site: number): number {
    this.inputs++;
    return this.push(INPUT, -1, -1, value, site);
  }

  push(op: number, a: number, b: number, value: number, site: number): number {
    const row = this.length;
    if (row === this.op.length) this.grow();
    this.op[row] = op;
    this.a[row] = a;
    this.b[row] = b;
    this.value[row] = value;
    this.at[row] = site;
    this.length = row + 1;
    return row;
  }

  constant(value: number): number {
    return ~(this.constants.push(value) - 1);
  }

  /** An operand's value. */
  read(operand: number): number {
    return operand >= 0 ? this.value[operand]! : this.constants[~operand]!;
  }

  /** The operands of a row. */
  operands(row: number): number[] {
    const op = this.op[row]!;
    if (op === INPUT) return [];
    const a = this.a[row]!;
    const b = this.b[row]!;
    if (isVariadic(op)) return this.more.slice(a, a + b);
    return b === NONE ? [a] : [a, b];
  }

  private grow(): void {
    const size = this.op.length * 2;
    this.op = enlarge(this.op, new Uint8Array(size));
    this.a = enlarge(this.a, new Int32Array(size));
    this.b = enlarge(this.b, new Int32Array(size));
    this.value = enlarge(this.value, new Float64Array(size));
    this.at = enlarge(this.at, new Int32Array(size));
  }
}

/** No second operand. */
export const NONE = -0x80000000;

const VARIADIC = new Uint8Array(256);
for (const op of ['hypot', 'max', 'min', 'select'] as const) VARIADIC[OPCODE[op]] = 1;
export function isVariadic(op: number): boolean {
  return VARIADIC[op] === 1;
}

function enlarge<A extends { set(from: A): void }>(from: A, to: A): A {
  to.set(from);
  return to;
}
