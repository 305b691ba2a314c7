/** The value of a formula in doubles by the table's own values, for tests and for choosing between forms. */
import type { Operation } from '../operations/names.ts';
import { TABLE } from '../operations/table.ts';
import type { Expr } from './expression.ts';

export interface Environment {
  readonly variables: ReadonlyMap<string, number>;
  readonly arrays?: ReadonlyMap<string, ArrayLike<number>>;
}

/** Sums and products longer than this are not run: NaN. */
const LONGEST = 1e6;

/** NaN for an unknown name or an element outside its array; booleans are 0 and 1. */
export function evaluateExpr(expr: Expr, environment: Environment): number {
  const shared = new Map<Expr, number>();
  const run = (node: Expr, known: Map<Expr, number>, bound: ReadonlyMap<string, number>): number => {
    if (node.kind === 'number' || node.kind === 'named') return node.value;
    const before = known.get(node);
    if (before !== undefined) return before;
    const value = compute(node, known, bound);
    known.set(node, value);
    return value;
  };
  const apply = (
    name: Operation,
    args: readonly Expr[],
    known: Map<Expr, number>,
    bound: ReadonlyMap<string, number>,
  ): number => {
    const { value } = TABLE[name];
    if (args.length === 1) return value(run(args[0]!, known, bound));
    if (args.length === 2) return value(run(args[0]!, known, bound), run(args[1]!, known, bound));
    return value(...args.map((a) => run(a, known, bound)));
  };
  const compute = (node: Expr, known: Map<Expr, number>, bound: ReadonlyMap<string, number>): number => {
    switch (node.kind) {
      case 'number':
      case 'named':
        return node.value;
      case 'boolean':
        return node.value ? 1 : 0;
      case 'variable':
        return bound.get(node.name) ?? environment.variables.get(node.name) ?? NaN;
      case 'element': {
        const array = environment.arrays?.get(node.array);
        return array?.[run(node.index, known, bound)] ?? NaN;
      }
      case 'op':
        if (node.op === 'select') {
          const [when, then, otherwise] = node.args as [Expr, Expr, Expr];
          return run(run(when, known, bound) !== 0 ? then : otherwise, known, bound);
        }
        return apply(node.op, node.args, known, bound);
      case 'cases': {
        const arm = node.arms.find((a) => run(a.when, known, bound) !== 0);
        return run(arm ? arm.value : node.otherwise, known, bound);
      }
      default: {
        const from = run(node.from, known, bound);
        const to = run(node.to, known, bound);
        if (!(to - from < LONGEST)) return NaN;
        let total = node.kind === 'sum' ? 0 : 1;
        for (let i = from; i <= to; i++) {
          const value = run(node.body, new Map(), new Map(bound).set(node.variable, i));
          total = node.kind === 'sum' ? total + value : total * value;
        }
        return total;
      }
    }
  };
  return run(expr, shared, new Map());
}
