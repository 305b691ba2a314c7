/**
 * Light tidying that keeps the user's structure: what a function's own formula gets. Only rules that are equal for
 * every double up to the sign of zero: 1·x, x/1, x + 0, −(−x), x + (−y), x − (−y), (−1)·x.
 */
import { EXPRESSIONS } from '../expression/algebra.ts';
import type { Expr } from '../expression/expression.ts';
import { children, withChildren } from '../expression/walk.ts';

export function tidy(expr: Expr): Expr {
  const done = new Map<Expr, Expr>();
  const visit = (node: Expr): Expr => {
    const before = done.get(node);
    if (before) return before;
    const rebuilt = withChildren(node, children(node).map(visit));
    const result = rebuilt.kind === 'op' ? again(rebuilt) : rebuilt;
    done.set(node, result);
    return result;
  };
  return visit(expr);
}

/** Through the algebra, which folds; numbers that the user combined (2·3) stay as written. */
function again(node: Extract<Expr, { kind: 'op' }>): Expr {
  if (node.op !== 'neg' && node.args.every((a) => a.kind === 'number')) return node;
  return EXPRESSIONS[node.op](...node.args);
}
