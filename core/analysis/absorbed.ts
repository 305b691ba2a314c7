/**
 * Rounding by a large number: in (x + 2^52) − 2^52 the sum keeps the whole part of x alone. Over the reals that is x, on
 * a computer a staircase; the derivative of the path is that of neither.
 */
import { ADD, OPCODE, ROWS, SUB } from '../operations/index.ts';
import type { Problem } from '../problem.ts';
import { isVariadic, NONE, type Tape } from '../trace/tape.ts';
import { reaching } from './activity.ts';
import type { Traced } from './traced.ts';

/** Half a unit in the last place of 1, as doubles and in 32 bits. */
const DOUBLE = 2 ** -53;
const SINGLE = 2 ** -24;
/** A number known to no more than this part of it has fewer than four digits; of seven in all, fewer than three. */
const COARSE = 2 ** -13;
const COARSE_SINGLE = 2 ** -10;

interface Step {
  readonly height: number;
  /** What part of a number they may not be. */
  readonly coarse: number;
  readonly constant: number;
}

/** The first sum in which little more is left than the steps in which a constant has rounded one of its terms. */
export function absorbed({ trace: { tape }, outputs }: Traced): Problem | undefined {
  const reached = reaching(
    tape,
    outputs.map((o) => o.row),
    () => true,
  );
  const steps = new Steps(tape);
  for (let row = tape.inputs; row < tape.length; row++) {
    const constant = reached[row] === 1 ? steps.visit(row) : undefined;
    if (constant === undefined) continue;
    return {
      id: 'GL102',
      severity: 'error',
      message: `The dependence is lost here: next to ${constant} the other number is rounded away, and its derivative is that of no function.`,
      location: tape.sites[tape.at[row]!],
    };
  }
  return undefined;
}

/** The steps in which rows go because a constant has rounded a number away; none without. */
class Steps {
  private readonly tape: Tape;
  /** Height of a row's steps, and the constant that made them; absent where there are none. */
  private readonly of = new Map<number, Step>();

  constructor(tape: Tape) {
    this.tape = tape;
  }

  /** The constant to blame where a row is a sum that is hardly more than its steps. */
  visit(row: number): number | undefined {
    const { tape, of } = this;
    const code = tape.op[row]!;
    const sum = code === ADD || code === SUB;
    const size = Math.abs(tape.value[row]!);
    if (of.size > 0 && !isVariadic(code)) {
      const from = [tape.a[row]!, tape.b[row]!].flatMap((o) => {
        const found = o >= 0 ? of.get(o) : undefined;
        return found === undefined ? [] : [{ ...found, size: Math.abs(tape.read(o)) }];
      });
      const carried = from[0];
      if (carried !== undefined && sum) {
        const most = from.reduce((a, b) => (b.height > a.height ? b : a));
        // What is not taken away by a constant, as the rest of an equation that is solved, has lost its digits only.
        if (most.height > most.coarse * size && beside(tape, row) !== undefined) return most.constant;
        of.set(row, most);
      } else if (carried !== undefined && ROWS[code]!.relative && this.isScaling(row) && carried.size > 0) {
        const part = Math.max(...from.map((f) => f.height / f.size));
        of.set(row, { ...carried, height: part * size });
      }
    }
    if (!of.has(row)) this.make(row, code, size);
    return undefined;
  }

  /** Times a constant, or of one operand: products of numbers that move are no staircases to be levelled. */
  private isScaling(row: number): boolean {
    return this.tape.a[row]! < 0 || this.tape.b[row]! < 0;
  }

  private make(row: number, code: number, size: number): void {
    const inner = code === OPCODE.fround ? this.tape.a[row]! : row;
    const sum = inner < this.tape.inputs ? undefined : beside(this.tape, inner);
    if (sum === undefined) return;
    const [unit, coarse] = inner === row ? [DOUBLE, COARSE] : [SINGLE, COARSE_SINGLE];
    const height = size * unit;
    const term = Math.abs(this.tape.value[sum.row]!);
    // Nothing is lost of a term that is 0, but that steps of everyday size stand around it.
    const lost = term > 0 ? term * coarse < height : height >= coarse;
    if (lost && term < Math.abs(sum.constant)) this.of.set(row, { height, coarse, constant: sum.constant });
  }
}

/** A sum or a difference of a row and a constant. */
function beside(tape: Tape, row: number): { readonly row: number; readonly constant: number } | undefined {
  const code = tape.op[row]!;
  if (code !== ADD && code !== SUB) return undefined;
  const a = tape.a[row]!;
  const b = tape.b[row]!;
  if (b === NONE || a >= 0 === b >= 0) return undefined;
  return a >= 0 ? { row: a, constant: tape.read(b) } : { row: b, constant: tape.read(a) };
}
