/** Constants that programs carry as doubles, under their names: only where the double is exactly theirs. */
import { E, number, op, PI } from './build.ts';
import type { Expr } from './expression.ts';

const SMALL_DENOMINATORS = [1, 2, 3, 4, 5, 6, 8, 12, 180];
const TURN = Math.sqrt(2 * Math.PI);

/** π, 2·π, π/180, e, √(2·π) …; a plain number otherwise. */
export function constantExpr(value: number): Expr {
  if (Number.isInteger(value) || !Number.isFinite(value)) return number(value);
  if (value < 0) {
    const size = constantExpr(-value);
    return size.kind === 'number' ? number(value) : op('neg', size);
  }
  return value === Math.E ? E : (ofPi(value) ?? number(value));
}

function ofPi(value: number): Expr | undefined {
  if (value === TURN) return op('sqrt', op('mul', number(2), PI));
  if (value === 1 / TURN) return op('div', number(1), op('sqrt', op('mul', number(2), PI)));
  if (value === 1 / Math.PI) return op('div', number(1), PI);
  const ratio = value / Math.PI;
  for (const d of SMALL_DENOMINATORS) {
    const n = Math.round(ratio * d);
    if (n < 1 || n > 16 || (n * Math.PI) / d !== value) continue;
    const top = n === 1 ? PI : op('mul', number(n), PI);
    return d === 1 ? top : op('div', top, number(d));
  }
  return undefined;
}
