/**
 * A program right beside the sample: each row of a tape as a one-sided series in the step ε by which the inputs leave
 * the sample in the given direction. At a kink, a jump or a tie the side is the one to which the arguments move, so
 * that all of them are resolved by the same small step (Griewank & Walther, Evaluating Derivatives, 2nd ed., §14:
 * directional derivatives of piecewise smooth programs); what first-order tangents leave open is decided by the
 * leading terms.
 */

import {
  approaching,
  constantOf,
  constantSeries,
  curvatureOf,
  difference,
  limitOf,
  type Series,
  signOf,
  slopeOf,
} from '../operations/algebras/series.ts';
import { ONE_SIDED } from '../operations/index.ts';
import { OPCODE, OPERATIONS } from '../operations/names.ts';
import { INPUT, type Tape } from './tape.ts';

/** Where two sides agree below this power, slopes included, they count as converged. */
const AGREED = 2;

export type SideStatus =
  | 'regular'
  /** The known terms do not decide which way a comparison goes, or a key. */
  | 'undecided'
  /** A key or a position moves away. */
  | 'key';

export class OneSided {
  status: SideStatus = 'regular';
  /** Tape row of the first undecided operation. */
  blame = -1;
  /** Of the rows that move; the others are what they are at the sample. */
  private readonly series: (Series | undefined)[] = [];
  private readonly direction: readonly number[];

  /** One entry an input. */
  constructor(direction: readonly number[]) {
    this.direction = direction;
  }

  fail(status: Exclude<SideStatus, 'regular'>, row: number): void {
    if (this.status !== 'regular') return;
    this.status = status;
    this.blame = row;
  }

  moving(operand: number): boolean {
    return operand >= 0 && this.series[operand] !== undefined;
  }

  /** An operand's value as ε → 0: not always the one at the sample. NaN where it is infinite or not known. */
  limit(tape: Tape, operand: number): number {
    const own = operand >= 0 ? this.series[operand] : undefined;
    return own === undefined ? tape.read(operand) : limitOf(own);
  }

  /** The value beside the sample of what is the same for all small ε; undefined for what moves. */
  constant(tape: Tape, operand: number): number | undefined {
    const own = operand >= 0 ? this.series[operand] : undefined;
    return own === undefined ? tape.read(operand) : constantOf(own);
  }

  /** The derivative with respect to ε from above; ±∞ and NaN (not known) are possible. */
  slope(operand: number): number {
    const own = operand >= 0 ? this.series[operand] : undefined;
    return own === undefined ? 0 : slopeOf(own);
  }

  /** The second derivative with respect to ε from above; NaN where it is infinite or not known. */
  curvature(operand: number): number {
    const own = operand >= 0 ? this.series[operand] : undefined;
    return own === undefined ? 0 : curvatureOf(own);
  }

  /**
   * −1, 0 or 1: how two operands compare beside the sample; undefined where that is not known. `converging`: those
   * equal as far as they are known are equal.
   */
  compare(tape: Tape, a: number, b: number | undefined, converging = false): number | undefined {
    const x = this.of(tape, a);
    const y = b === undefined ? constantSeries(0) : this.of(tape, b);
    const apart = difference(x, y);
    const sign = signOf(apart);
    if (sign !== undefined) return sign;
    if (converging && apart.order >= AGREED) return 0;
    // An infinity is no series, but what it compares like is plain.
    const [v, w] = [this.limit(tape, a), b === undefined ? 0 : this.limit(tape, b)];
    const infinite = !Number.isFinite(v) !== !Number.isFinite(w);
    return infinite && !Number.isNaN(v) && !Number.isNaN(w) ? Math.sign(v - w) : undefined;
  }

  /** To be called once for each row, in order. */
  advance(tape: Tape, row: number): void {
    const code = tape.op[row]!;
    if (code === INPUT) {
      const step = this.direction[row] ?? 0;
      this.series[row] = step === 0 ? undefined : approaching(tape.value[row]!, step);
      return;
    }
    const operands = tape.operands(row);
    if (!operands.some((o) => this.moving(o))) {
      this.series[row] = undefined;
      return;
    }
    if (code === OPCODE.atan2 && this.alongCut(tape, operands)) {
      this.series[row] = undefined;
      return;
    }
    // −∞ in max and +∞ in min, where such loops start from, never win.
    const neutral =
      code === OPCODE.max ? Number.NEGATIVE_INFINITY : code === OPCODE.min ? Number.POSITIVE_INFINITY : NaN;
    const relevant = operands.filter((o) => this.moving(o) || tape.read(o) !== neutral);
    const found = ONE_SIDED[OPERATIONS[code]!](...relevant.map((o) => this.of(tape, o)));
    // What does not move and is the sample's value needs no series.
    this.series[row] = constantOf(found) === tape.value[row] ? undefined : found;
  }

  /** Along the negative x axis atan2(±0, x) stays π or −π, by a zero's sign that series do not have. */
  private alongCut(tape: Tape, [y, x]: readonly number[]): boolean {
    return !this.moving(y!) && tape.read(y!) === 0 && this.limit(tape, x!) < 0;
  }

  private of(tape: Tape, operand: number): Series {
    return (operand >= 0 ? this.series[operand] : undefined) ?? constantSeries(tape.read(operand));
  }
}
