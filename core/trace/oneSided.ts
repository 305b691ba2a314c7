/**
 * One-sided directional derivatives along a tape: what the tangent of a row is when the inputs leave the sample in
 * the given direction. At a kink the side is the one that the argument moves to, so that all kinks of a program are
 * resolved by the same small step (Griewank & Walther, Evaluating Derivatives, 2nd ed., §14: directional
 * derivatives of piecewise smooth programs).
 */
import { partialOf, ROWS } from '../operations/index.ts';
import { OPCODE } from '../operations/names.ts';
import { INPUT, type Tape } from './tape.ts';

export type SideStatus =
  /** The tangents so far are one-sided derivatives. */
  | 'regular'
  /** A value jumps away on this side. */
  | 'jump'
  /** First-order tangents do not decide which side an argument moves to, or the operation is not defined there. */
  | 'undecided';

export class OneSided {
  readonly tangent: number[] = [];
  /** Whether the row depends on an input that moves at all. */
  readonly moves: boolean[] = [];
  status: SideStatus = 'regular';
  /** Tape row of the first jump or undecided operation. */
  blame = -1;
  private readonly direction: readonly number[];

  constructor(direction: readonly number[]) {
    this.direction = direction;
  }

  fail(status: Exclude<SideStatus, 'regular'>, row: number): void {
    if (this.status === 'undecided' || (this.status === 'jump' && status === 'jump')) return;
    this.status = status;
    this.blame = row;
  }

  of(operand: number): number {
    return operand < 0 ? 0 : this.tangent[operand]!;
  }

  moving(operand: number): boolean {
    return operand >= 0 && this.moves[operand]!;
  }

  /** To be called once for each row, in order. */
  advance(tape: Tape, row: number): void {
    const code = tape.op[row]!;
    if (code === INPUT) {
      const t = this.direction[row] ?? 0;
      this.tangent[row] = t;
      this.moves[row] = t !== 0;
      return;
    }
    const operands = tape.operands(row);
    const moves = operands.some((o) => this.moving(o));
    this.moves[row] = moves;
    this.tangent[row] = moves ? this.tangentOf(tape, row, code, operands) : 0;
  }

  private tangentOf(tape: Tape, row: number, code: number, operands: number[]): number {
    const args = operands.map((o) => tape.read(o));
    const info = ROWS[code]!;
    if (info.type === 'boolean') return 0;
    const kinks = info.kinks(...args);
    if (code === OPCODE.max || code === OPCODE.min) {
      const extreme = tape.value[row]!;
      const tied = operands.filter((_o, i) => args[i] === extreme).map((o) => this.of(o));
      if (tied.length === 0) return Number.NaN;
      return code === OPCODE.max ? Math.max(...tied) : Math.min(...tied);
    }
    if (kinks.length === 0) {
      let sum = 0;
      operands.forEach((o, i) => {
        const t = this.of(o);
        if (t !== 0) sum += partialOf(code, i, args) * t;
      });
      return sum;
    }
    if (code === OPCODE.hypot) return Math.hypot(...operands.map((o) => this.of(o)));
    let sum = 0;
    for (let i = 0; i < operands.length; i++) {
      const operand = operands[i]!;
      if (!this.moving(operand)) continue;
      const t = this.of(operand);
      const own = kinks.filter((k) => k.argument === i);
      if (own.length === 0) {
        if (t !== 0) sum += partialOf(code, i, args) * t;
        continue;
      }
      if (t === 0) {
        this.fail('undecided', row);
        continue;
      }
      for (const k of own) {
        if (k.kind === 'outside') this.fail('undecided', row);
        if (k.kind === 'jump' && jumps(info.value, args, i, t)) this.fail('jump', row);
      }
      const first = own[0]!;
      if (first.kind === 'jump' && first.left === 0 && first.right === 0 && info.flat) continue;
      sum += (t > 0 ? first.right : first.left) * t;
    }
    return sum;
  }
}

/** Whether the value changes by more than its slope explains when argument i makes its smallest step. */
function jumps(value: (...args: number[]) => number, args: number[], i: number, t: number): boolean {
  const moved = args.slice();
  moved[i] = neighbour(args[i]!, t);
  const here = value(...args);
  const there = value(...moved);
  return Math.abs(there - here) > 1e-9 * Math.max(1, Math.abs(here));
}

function neighbour(x: number, t: number): number {
  const step = x === 0 ? Number.MIN_VALUE : Math.abs(x) * Number.EPSILON;
  return t > 0 ? x + step : x - step;
}
