/** The straight-line formula of a tape's row: what was computed along the path taken, in terms of its inputs. */
import { OPERATIONS } from '../operations/names.ts';
import { INPUT, type Tape } from '../trace/tape.ts';
import { op, variable } from './build.ts';
import { constantExpr } from './constants.ts';
import type { Expr } from './expression.ts';
import { SCREEN_NODES } from './walk.ts';

export interface TapeFormulaOptions {
  /** Names of rows: of every input, and of any other row that shall stand under its name instead of its formula. */
  readonly labels: ReadonlyMap<number, string>;
  /** Formulas with more nodes than this, written out as trees, are refused. */
  readonly limit?: number;
}

/** undefined: longer than the limit, or an input without a label. Rows shared on the tape are shared in the formula. */
export function fromTape(tape: Tape, result: number, options: TapeFormulaOptions): Expr | undefined {
  const { labels, limit = SCREEN_NODES } = options;
  if (result < 0 || result >= tape.length) return undefined;
  const needed = reachable(tape, result, labels, limit);
  if (needed === undefined) return undefined;
  const formulas = new Map<number, Expr>();
  const sizes = new Map<number, number>();
  for (const row of needed) {
    const label = labels.get(row);
    if (label !== undefined) {
      formulas.set(row, variable(label));
      sizes.set(row, 1);
      continue;
    }
    if (tape.op[row] === INPUT) return undefined;
    let size = 1;
    const args = tape.operands(row).map((operand) => {
      size += operand >= 0 ? sizes.get(operand)! : 1;
      return operand >= 0 ? formulas.get(operand)! : constantExpr(tape.read(operand));
    });
    if (size > limit) return undefined;
    formulas.set(row, op(OPERATIONS[tape.op[row]!]!, ...args));
    sizes.set(row, size);
  }
  return formulas.get(result);
}

/** The rows that a result is computed from, in order; undefined where they are more than `limit`. */
function reachable(
  tape: Tape,
  result: number,
  labels: ReadonlyMap<number, string>,
  limit: number,
): number[] | undefined {
  const found = new Set<number>();
  const pending = [result];
  for (let row = pending.pop(); row !== undefined; row = pending.pop()) {
    if (found.has(row)) continue;
    found.add(row);
    if (found.size > limit) return undefined;
    if (labels.has(row)) continue;
    for (const operand of tape.operands(row)) if (operand >= 0) pending.push(operand);
  }
  return [...found].sort((a, b) => a - b);
}
