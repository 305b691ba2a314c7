/** Cases inside a formula moved to its top, where they are read: y·{1 if c; 0 otherwise} is {y if c; 0 otherwise}. */
import { asCases, type CasesExpr } from '../expression/build.ts';
import type { Expr } from '../expression/expression.ts';
import { children, equal, withChildren } from '../expression/walk.ts';

/** undefined where there are none, or several that do not share their conditions, or one under Σ or Π. */
export function hoistCases(expr: Expr): CasesExpr | undefined {
  if (!holdsCases(expr)) return undefined;
  let shared: CasesExpr | undefined;
  const seen = new Set<Expr>();
  const find = (node: Expr): boolean => {
    if (seen.has(node)) return true;
    seen.add(node);
    const found = asCases(node);
    if (found) {
      const same = !shared || sameConditions(shared, found);
      shared ??= found;
      return (
        same && [...found.arms.map((arm) => arm.value), found.otherwise].every((part) => !holdsCases(part))
      );
    }
    if (node.kind === 'sum' || node.kind === 'product') return !holdsCases(node);
    return children(node).every(find);
  };
  if (!find(expr) || !shared) return undefined;
  const choose = (index: number) => {
    const done = new Map<Expr, Expr>();
    const visit = (node: Expr): Expr => {
      const before = done.get(node);
      if (before) return before;
      const found = asCases(node);
      const result = found
        ? (found.arms[index]?.value ?? found.otherwise)
        : withChildren(node, children(node).map(visit));
      done.set(node, result);
      return result;
    };
    return visit(expr);
  };
  const { arms } = shared;
  return {
    kind: 'cases',
    arms: arms.map(({ when }, i) => ({ when, value: choose(i) })),
    otherwise: choose(arms.length),
  };
}

function sameConditions(a: CasesExpr, b: CasesExpr): boolean {
  return a.arms.length === b.arms.length && a.arms.every((arm, i) => equal(arm.when, b.arms[i]!.when));
}

function holdsCases(expr: Expr): boolean {
  return asCases(expr) !== undefined || children(expr).some(holdsCases);
}
