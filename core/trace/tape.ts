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

/**
 * Where loops and calls begin and end on a tape: there may be more of these than rows. Most take one word of 16 bits,
 * with how far the tape has come since the one before; two words say more of that, of guards and of sites, and what
 * does not fit takes seven. They are kept in pieces, which are never copied.
 */
export class Marks {
  private readonly full: Uint16Array<ArrayBuffer>[] = [];
  private words = new Uint16Array(32);
  private used = 0;
  /** What the last one said; after a cut that is not known. */
  private position = -1;
  private guards = 0;

  push(kind: number, { length, guards: { length: guards } }: Tape, site: number): void {
    if (this.used + WHOLE > this.words.length) this.grow();
    const { words, used } = this;
    const further = length - this.position;
    const decided = guards - this.guards;
    if (this.position < 0) this.whole(kind, site, length, guards);
    else if (decided === 0 && further < MIDDLE && site < SHORT_SITES) {
      words[used] = kind | (further << 3) | (site << 6);
      this.used = used + 1;
    } else if (decided < MOST_DECIDED && further < FURTHEST && site < MOST_SITES) {
      words[used] = kind | (MIDDLE << 3) | (decided << 6) | (further << 9);
      words[used + 1] = (further >> 7) | (site << 3);
      this.used = used + 2;
    } else this.whole(kind, site, length, guards);
    this.position = length;
    this.guards = guards;
  }

  /** The end, for `cut`. */
  get end(): number {
    return this.full.length * PIECE + this.used;
  }

  /** Forgets what came after an end that was. */
  cut(end: number): void {
    if (end === this.end) return;
    while (this.full.length * PIECE > end) {
      this.words = this.full.pop()!;
    }
    this.used = end - this.full.length * PIECE;
    this.position = -1;
  }

  *[Symbol.iterator](): Generator<Mark> {
    let position = 0;
    let guards = 0;
    for (let piece = 0; piece <= this.full.length; piece++) {
      const last = piece === this.full.length;
      const words = last ? this.words : this.full[piece]!;
      const end = last ? this.used : PIECE;
      for (let at = 0; at < end; at++) {
        const word = words[at]!;
        if (word === FILLER) continue;
        const how = (word >> 3) & 7;
        let site = word >> 6;
        if (how < MIDDLE) position += how;
        else if (how === MIDDLE) {
          const more = words[++at]!;
          position += (word >> 9) | ((more & 7) << 7);
          guards += (word >> 6) & 7;
          site = more >> 3;
        } else {
          site = twoWords(words, at + 1);
          position = twoWords(words, at + 3);
          guards = twoWords(words, at + 5);
          at += WHOLE - 1;
        }
        yield { kind: KINDS[word & 7]!, position, site, guards };
      }
    }
  }

  /** Bytes that are held. */
  get size(): number {
    return 2 * (this.full.length * PIECE + this.words.length);
  }

  private whole(kind: number, site: number, length: number, guards: number): void {
    const { words, used } = this;
    words[used] = kind | (ALONE << 3);
    putTwo(words, used + 1, site);
    putTwo(words, used + 3, length);
    putTwo(words, used + 5, guards);
    this.used = used + WHOLE;
  }

  private grow(): void {
    if (this.words.length < PIECE) {
      this.words = copied(this.words, new Uint16Array(2 * this.words.length));
      return;
    }
    this.words.fill(FILLER, this.used);
    this.full.push(this.words);
    this.words = new Uint16Array(PIECE);
    this.used = 0;
  }
}
/** Words of a mark that stands by itself, and of a piece. */
const WHOLE = 7;
const PIECE = 1 << 18;
/** What stands where the others have how far the tape has come: of two words, and of a whole one. */
const MIDDLE = 6;
const ALONE = 7;
/** What does not fit into one word any longer, and into two. */
const SHORT_SITES = 1 << 10;
const FURTHEST = 1 << 10;
const MOST_DECIDED = 8;
const MOST_SITES = 1 << 13;
/** At the end of a piece, where no whole mark has room. */
const FILLER = 7;

function putTwo(words: Uint16Array, at: number, value: number): void {
  words[at] = value;
  words[at + 1] = value >>> 16;
}
function twoWords(words: Uint16Array, at: number): number {
  return words[at]! | (words[at + 1]! << 16);
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
  constants = new Float64Array(64);
  /** How many constants there are. */
  known = 0;
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
    const index = this.known++;
    if (index === this.constants.length)
      this.constants = copied(this.constants, new Float64Array(enlarged(index)));
    this.constants[index] = value;
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
    // One buffer for all: each large one can make the host collect garbage at once.
    const buffer = new ArrayBuffer(BYTES * size);
    this.value = copied(this.value, new Float64Array(buffer, 0, size));
    this.a = copied(this.a, new Int32Array(buffer, 8 * size, size));
    this.b = copied(this.b, new Int32Array(buffer, 12 * size, size));
    this.at = copied(this.at, new Int32Array(buffer, 16 * size, size));
    this.op = copied(this.op, new Uint8Array(buffer, 20 * size, size));
  }
}

let tapes = 0;
/** Of a row. */
const BYTES = 21;

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

/** Rows a tape may have, besides constants. */
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
