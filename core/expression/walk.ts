/** Structure of formulas: children, size, equality, free variables, substitution, sharing. All linear in the shared size. */
import { variable } from './build.ts';
import type { Expr } from './expression.ts';

export function children(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'op':
      return expr.args;
    case 'element':
      return [expr.index];
    case 'cases':
      return [...expr.arms.flatMap((arm) => [arm.when, arm.value]), expr.otherwise];
    case 'sum':
    case 'product':
      return [expr.from, expr.to, expr.body];
    default:
      return [];
  }
}

/** The same node over new children (in the order of `children`); the node itself where none changed. */
export function withChildren(expr: Expr, parts: readonly Expr[]): Expr {
  const before = children(expr);
  if (before.every((child, i) => child === parts[i])) return expr;
  switch (expr.kind) {
    case 'op':
      return { ...expr, args: parts };
    case 'element':
      return { ...expr, index: parts[0]! };
    case 'cases':
      return {
        ...expr,
        arms: expr.arms.map((_, i) => ({ when: parts[2 * i]!, value: parts[2 * i + 1]! })),
        otherwise: parts[parts.length - 1]!,
      };
    case 'sum':
    case 'product':
      return { ...expr, from: parts[0]!, to: parts[1]!, body: parts[2]! };
    default:
      return expr;
  }
}

/** Up to this many nodes it is quicker to walk a tree than to remember what is shared. */
const WALKED = 1000;

/** What is left of `budget` once every node of the tree has taken one; 0 where that is not enough. */
function unseen(expr: Expr, budget: number): number {
  let left = budget - 1;
  const parts = children(expr);
  for (let i = 0; i < parts.length && left > 0; i++) left = unseen(parts[i]!, left);
  return left;
}

/** Nodes of the formula written out as a tree; stops counting above `limit`, so sharing cannot make it explode. */
export function size(expr: Expr, limit = 1e6): number {
  if (limit <= WALKED) return limit + 1 - unseen(expr, limit + 1);
  const known = new Map<Expr, number>();
  const visit = (node: Expr): number => {
    const before = known.get(node);
    if (before !== undefined) return before;
    let total = 1;
    for (const child of children(node)) {
      total += visit(child);
      if (total > limit) break;
    }
    known.set(node, total);
    return total;
  };
  return Math.min(visit(expr), limit + 1);
}

/** A formula that prints above this many nodes fills more than a screen (about 12 lines of 80 columns). */
export const SCREEN_NODES = 240;

export function longerThanScreen(expr: Expr): boolean {
  return size(expr, SCREEN_NODES) > SCREEN_NODES;
}

export function equal(a: Expr, b: Expr): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'number':
      return Object.is(a.value, (b as typeof a).value);
    case 'boolean':
      return a.value === (b as typeof a).value;
    case 'named':
      return a.name === (b as typeof a).name && Object.is(a.value, (b as typeof a).value);
    case 'variable':
      return a.name === (b as typeof a).name;
    case 'element':
      return a.array === (b as typeof a).array && equal(a.index, (b as typeof a).index);
    case 'op':
      if (a.op !== (b as typeof a).op) return false;
      break;
    case 'sum':
    case 'product':
      if (a.variable !== (b as typeof a).variable) return false;
      break;
    default:
      break;
  }
  const left = children(a);
  const right = children(b);
  return left.length === right.length && left.every((child, i) => equal(child, right[i]!));
}

/** Names of free variables, in order of first appearance; an element counts under its array's name. */
export function freeVariables(expr: Expr): string[] {
  const found = new Set<string>();
  const seen = new Set<Expr>();
  const visit = (node: Expr, bound: readonly string[]) => {
    if (bound.length === 0) {
      if (seen.has(node)) return;
      seen.add(node);
    }
    if (node.kind === 'variable') {
      if (!bound.includes(node.name)) found.add(node.name);
    } else if (node.kind === 'element') found.add(node.array);
    if (node.kind === 'sum' || node.kind === 'product') {
      visit(node.from, bound);
      visit(node.to, bound);
      visit(node.body, [...bound, node.variable]);
    } else for (const child of children(node)) visit(child, bound);
  };
  visit(expr, []);
  return [...found];
}

export function dependsOn(expr: Expr, name: string): boolean {
  return freeVariables(expr).includes(name);
}

/** Replaces free variables by formulas; bound variables that would capture are renamed with primes. */
export function substitute(expr: Expr, by: ReadonlyMap<string, Expr>): Expr {
  if (by.size === 0) return expr;
  const done = new Map<Expr, Expr>();
  const visit = (node: Expr): Expr => {
    const before = done.get(node);
    if (before) return before;
    let result: Expr;
    if (node.kind === 'variable') result = by.get(node.name) ?? node;
    else if (node.kind === 'sum' || node.kind === 'product') result = underBinder(node, by, visit);
    else result = withChildren(node, children(node).map(visit));
    done.set(node, result);
    return result;
  };
  return visit(expr);
}

function underBinder(
  node: Extract<Expr, { kind: 'sum' | 'product' }>,
  by: ReadonlyMap<string, Expr>,
  visit: (node: Expr) => Expr,
): Expr {
  const inner = new Map([...by].filter(([name]) => name !== node.variable));
  let name = node.variable;
  const body = freeVariables(node.body);
  const taken = new Set(
    [...inner].filter(([key]) => body.includes(key)).flatMap(([, e]) => freeVariables(e)),
  );
  while (taken.has(name) || (name !== node.variable && body.includes(name))) name += '′';
  if (name !== node.variable) inner.set(node.variable, variable(name));
  return {
    ...node,
    variable: name,
    from: visit(node.from),
    to: visit(node.to),
    body: substitute(node.body, inner),
  };
}
