import { OPCODE } from '../operations/names.ts';
import { ROWS } from '../operations/table.ts';
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

export type MarkKind = 'enterLoop' | 'iteration' | 'exitLoop' | 'enterCall' | 'exitCall';
export interface Mark {
  readonly kind: MarkKind;
  /** The tape's length when it was made. */
  readonly position: number;
  readonly site: number;
  /** How many guards there were. */
  readonly guards: number;
}
const KINDS: readonly MarkKind[] = ['enterLoop', 'iteration', 'exitLoop', 'enterCall', 'exitCall'];
export const ENTER_LOOP = 0;
export const ITERATION = 1;
export const EXIT_LOOP = 2;
export const ENTER_CALL = 3;
export const EXIT_CALL = 4;

/** Where loops and calls begin and end on a tape. */
export class Marks {
  length = 0;
  kind = new Uint8Array(16);
  position = new Int32Array(16);
  site = new Int32Array(16);
  guards = new Int32Array(16);

  push(kind: number, { length, guards }: Tape, site: number): void {
    const at = this.length;
    if (at === this.kind.length) {
      const size = enlarged(at);
      this.kind = copied(this.kind, new Uint8Array(size));
      this.position = copied(this.position, new Int32Array(size));
      this.site = copied(this.site, new Int32Array(size));
      this.guards = copied(this.guards, new Int32Array(size));
    }
    this.kind[at] = kind;
    this.position[at] = length;
    this.site[at] = site;
    this.guards[at] = guards.length;
    this.length = at + 1;
  }

  *[Symbol.iterator](): Generator<Mark> {
    for (let i = 0; i < this.length; i++) {
      const kind = KINDS[this.kind[i]!]!;
      yield { kind, position: this.position[i]!, site: this.site[i]!, guards: this.guards[i]! };
    }
  }
}

/**
 * A straight-line Program with guards and provenance. Rows 0 … inputs−1 are the inputs.
 * Operands: ≥ 0 a row, < 0 the constant constants[~operand]. Unary ops use `a`; binary `a`, `b`; ops of other arity
 * have their operands in `more`, from index a, b of them.
 */
export class Tape {
  /** One of its own. */
  readonly serial = ++tapes;
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
  readonly marks = new Marks();
  /** A value was looked at, and no guard says so. */
  peeked = false;
  /** Places where a number that goes in fine steps was taken for a constant. */
  readonly doubts: number[] = [];
  /** Rows of numbers that go in steps of 1 and are recorded as if they did not, in order. */
  readonly stairs: number[] = [];
  /** Where constants were put last, by a hash of their bits: loops bring the same ones again and again. */
  private readonly recent = new Int32Array(RECENT).fill(-1);

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
    FLOAT[0] = value;
    const low = BITS[0]!;
    const high = BITS[1]!;
    const hash = Math.imul(high ^ Math.imul(low, 0x9e3779b1), 0x85ebca6b) >>> 24;
    const known = this.recent[hash]!;
    if (known >= 0) {
      FLOAT[0] = this.constants[known]!;
      if (BITS[0] === low && BITS[1] === high) return ~known;
    }
    const index = this.constants.push(value) - 1;
    this.recent[hash] = index;
    return ~index;
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
    const size = enlarged(this.op.length);
    this.op = copied(this.op, new Uint8Array(size));
    this.a = copied(this.a, new Int32Array(size));
    this.b = copied(this.b, new Int32Array(size));
    this.value = copied(this.value, new Float64Array(size));
    this.at = copied(this.at, new Int32Array(size));
  }
}

let tapes = 0;

/** As many as eight bits of a hash tell apart. */
const RECENT = 256;
const FLOAT = new Float64Array(1);
const BITS = new Int32Array(FLOAT.buffer);

/** No second operand. */
export const NONE = -0x80000000;

const VARIADIC = new Uint8Array(256);
ROWS.forEach(({ arity }, op) => {
  VARIADIC[op] = arity === 1 || arity === 2 ? 0 : 1;
});
export function isVariadic(op: number): boolean {
  return VARIADIC[op] === 1;
}

/** Rows a tape may have: 21 bytes each, and constants. */
export const MAX_ROWS = 12_000_000;

/**
 * A large one grows in great strides, and takes all the room there may be in the end: pages that are never touched cost
 * nothing, while growing means to copy, and to leave what is copied to the collector of garbage.
 */
function enlarged(size: number): number {
  if (size < STRIDES[0]!) return size * 2;
  return STRIDES.find((stride) => stride > size) ?? Math.max(size * 2, MAX_ROWS + 1);
}
const STRIDES: readonly number[] = [1 << 16, 1 << 18, 3 << 19];

function copied<A extends { set(from: A): void }>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** Which operand a max or min took: the first of equals, as its row in the table says; undefined for other rows. */
export function chosenOperand(tape: Tape, row: number): number | undefined {
  const op = tape.op[row]!;
  if (op !== OPCODE.max && op !== OPCODE.min) return undefined;
  const value = tape.value[row]!;
  return tape.operands(row).findIndex((o) => tape.read(o) === value);
}

/** The row that a condition is, or denies. */
export function deniedOf(tape: Tape, row: number): number {
  let at = row;
  while (tape.op[at] === OPCODE.not) at = tape.a[at]!;
  return at;
}
