/** Derivatives of formulas: forward accumulation over the shared formula, with the table's partials. */
import { TABLE } from '../operations/table.ts';
import { EXPRESSIONS as k } from './algebra.ts';
import {
  cases,
  element,
  isNumber,
  number,
  ONE,
  op,
  product,
  type RangeExpr,
  sum,
  variable as variableNode,
  ZERO,
} from './build.ts';
import type { Expr } from './expression.ts';
import { children, equal, freeVariables, substitute } from './walk.ts';

/** What one differentiates with respect to: a variable's name, or an element of an array. */
export type Wrt = string | Extract<Expr, { kind: 'element' }>;

/**
 * ∂expr/∂wrt. With `textbook` (the default) partials take the forms that textbooks give; without, the accurate ones.
 * Not simplified, but terms that are zero because nothing depends on wrt are left out.
 */
export function differentiate(expr: Expr, wrt: Wrt, options: { textbook?: boolean } = {}): Expr {
  const { textbook = true } = options;
  const done = new Map<Expr, Expr | undefined>();
  /** undefined: does not depend on wrt. */
  const visit = (node: Expr): Expr | undefined => {
    if (done.has(node)) return done.get(node);
    const result = tangent(node);
    const absent = result === undefined || isNumber(result, 0);
    done.set(node, absent ? undefined : result);
    return absent ? undefined : result;
  };
  const tangent = (node: Expr): Expr | undefined => {
    switch (node.kind) {
      case 'variable':
        return node.name === wrt ? ONE : undefined;
      case 'element':
        return typeof wrt === 'string' || wrt.array !== node.array
          ? undefined
          : kronecker(node.index, wrt.index);
      case 'op':
        return ofOperation(node);
      case 'cases': {
        const arms = node.arms.map((arm) => ({ when: arm.when, value: visit(arm.value) }));
        const otherwise = visit(node.otherwise);
        if (otherwise === undefined && arms.every((arm) => arm.value === undefined)) return undefined;
        return cases(
          arms.map((arm) => ({ when: arm.when, value: arm.value ?? ZERO })),
          otherwise ?? ZERO,
        );
      }
      case 'sum':
      case 'product':
        return ofRange(node, wrt, textbook);
      default:
        return undefined;
    }
  };
  const ofOperation = (node: Extract<Expr, { kind: 'op' }>): Expr | undefined => {
    const row = TABLE[node.op];
    if (row.flat) return undefined;
    const tangents = node.args.map(visit);
    if (tangents.every((t) => t === undefined)) return undefined;
    if (node.op === 'select') return k.select(node.args[0]!, tangents[1] ?? ZERO, tangents[2] ?? ZERO);
    let total: Expr | undefined;
    node.args.forEach((_, i) => {
      const t = tangents[i];
      if (t === undefined) return;
      const shown = textbook ? row.textbook(k, i, node.args) : undefined;
      const partial = shown ?? row.partial(k, i, node.args);
      if (partial === undefined) return;
      const term = productOf(partial, t);
      if (term) total = total === undefined ? term : k.add(total, term);
    });
    return total;
  };
  return visit(expr) ?? ZERO;
}

/** All partials, sharing nothing but the formula itself. */
export function gradient(expr: Expr, variables: readonly Wrt[]): Expr[] {
  return variables.map((v) => differentiate(expr, v));
}

/** partial · tangent; a select of 0 and 1 (max, min, hypot's origin) turns into one of the tangents. */
function productOf(partial: Expr, tangent: Expr): Expr | undefined {
  if (isNumber(partial, 0)) return undefined;
  if (partial.kind === 'op' && partial.op === 'neg') return k.neg(k.mul(partial.args[0]!, tangent));
  if (partial.kind === 'op' && partial.op === 'select') {
    const [when, a, b] = partial.args as [Expr, Expr, Expr];
    return k.select(when, productOf(a, tangent) ?? ZERO, productOf(b, tangent) ?? ZERO);
  }
  return k.mul(partial, tangent);
}

/** 1 where the indices are equal, else 0. */
function kronecker(a: Expr, b: Expr): Expr | undefined {
  if (equal(a, b)) return ONE;
  const difference = constantDifference(a, b);
  if (difference !== undefined && difference !== 0) return undefined;
  return cases([{ when: op('eq', a, b), value: ONE }], ZERO);
}

/** a − b where it is known to be a constant: i + 1 against i, 3 against 2. */
function constantDifference(a: Expr, b: Expr): number | undefined {
  const [left, c] = offset(a);
  const [right, d] = offset(b);
  if (left === undefined || right === undefined) return left === right ? c - d : undefined;
  return equal(left, right) ? c - d : undefined;
}

/** e as base + constant. */
function offset(e: Expr): readonly [Expr | undefined, number] {
  if (e.kind === 'number') return [undefined, e.value];
  if (e.kind === 'op' && (e.op === 'add' || e.op === 'sub')) {
    const [a, b] = e.args as [Expr, Expr];
    if (b.kind === 'number') {
      const [base, c] = offset(a);
      return [base, e.op === 'add' ? c + b.value : c - b.value];
    }
    if (a.kind === 'number' && e.op === 'add') {
      const [base, c] = offset(b);
      return [base, c + a.value];
    }
  }
  return [e, 0];
}

function ofRange(node: RangeExpr, wrt: Wrt, textbook: boolean): Expr | undefined {
  const safe = typeof wrt === 'string' ? [wrt] : freeVariables(wrt);
  if (safe.includes(node.variable)) return ofRange(renamed(node, safe), wrt, textbook);
  if (node.kind === 'sum') {
    if (typeof wrt !== 'string') return sumByElement(node, wrt, textbook);
    const body = differentiate(node.body, wrt, { textbook });
    return isNumber(body, 0) ? undefined : sum(node.variable, node.from, node.to, body);
  }
  const body = differentiate(node.body, wrt, { textbook });
  if (isNumber(body, 0)) return undefined;
  // (Π b)′ = Σⱼ (Π before j) · bⱼ′ · (Π after j): no division, so zeros among the factors do no harm.
  const j = fresh(node, 'j');
  const at = variableNode(j);
  const before = product(node.variable, node.from, k.sub(at, ONE), node.body);
  const after = product(node.variable, k.add(at, ONE), node.to, node.body);
  const here = substitute(body, new Map([[node.variable, at]]));
  return sum(j, node.from, node.to, k.mul(k.mul(before, here), after));
}

/**
 * ∂/∂x[m] of Σᵢ body(x[i + c₁], x[i + c₂], …): one term for each offset, body's partial at i = m − c where that is
 * within the range. Other indices: Σᵢ of the body's own derivative, with its "if index = m".
 */
function sumByElement(
  node: RangeExpr,
  wrt: Extract<Expr, { kind: 'element' }>,
  textbook: boolean,
): Expr | undefined {
  const offsets = offsetsOf(node, wrt.array);
  if (offsets === undefined) {
    const body = differentiate(node.body, wrt, { textbook });
    return isNumber(body, 0) ? undefined : sum(node.variable, node.from, node.to, body);
  }
  const terms: Expr[] = [];
  for (const [index, c] of offsets) {
    const partial = differentiate(node.body, element(wrt.array, index) as typeof wrt, { textbook });
    if (isNumber(partial, 0)) continue;
    const i = c >= 0 ? k.sub(wrt.index, number(c)) : k.add(wrt.index, number(-c));
    const value = substitute(partial, new Map([[node.variable, i]]));
    terms.push(within(i, node.from, node.to, value));
  }
  return terms.length === 0 ? undefined : terms.reduce((a, b) => k.add(a, b));
}

/** The distinct indices of an array in a sum's body with their offsets, where all are the sum's variable + constant. */
function offsetsOf(node: RangeExpr, array: string): (readonly [Expr, number])[] | undefined {
  const found: (readonly [Expr, number])[] = [];
  const seen = new Set<Expr>();
  const visit = (part: Expr): boolean => {
    if (seen.has(part)) return true;
    seen.add(part);
    if (part.kind === 'sum' || part.kind === 'product') return !freeVariables(part).includes(array);
    if (part.kind === 'element' && part.array === array) {
      const [base, c] = offset(part.index);
      if (base?.kind !== 'variable' || base.name !== node.variable) return false;
      if (!found.some(([, d]) => d === c)) found.push([part.index, c]);
      return true;
    }
    return children(part).every(visit);
  };
  return visit(node.body) ? found : undefined;
}

function within(i: Expr, from: Expr, to: Expr, value: Expr): Expr {
  const low = k.le(from, i);
  const high = k.le(i, to);
  const conditions = [low, high].filter((c) => !(c.kind === 'boolean' && c.value));
  if (conditions.some((c) => c.kind === 'boolean')) return ZERO;
  if (conditions.length === 0) return value;
  return cases([{ when: conditions.reduce((a, b) => k.and(a, b)), value }], ZERO);
}

function fresh(node: RangeExpr, wanted: string): string {
  const taken = new Set([...freeVariables(node), ...freeVariables(node.body), node.variable]);
  let name = wanted;
  while (taken.has(name)) name += '′';
  return name;
}

function renamed(node: RangeExpr, taken: readonly string[]): RangeExpr {
  let name = node.variable;
  const used = freeVariables(node.body);
  while (taken.includes(name) || used.includes(name)) name += '′';
  return {
    ...node,
    variable: name,
    body: substitute(node.body, new Map([[node.variable, variableNode(name)]])),
  };
}
