/** Loops over formulas: which of them are sums and products. */
import { EXPRESSIONS as k } from './algebra.ts';
import { cases, isNumber, number, ONE, product, sum, ZERO } from './build.ts';
import type { Expr } from './expression.ts';
import { equal, freeVariables } from './walk.ts';

export interface SymbolicLoop {
  /** Names of the carried values inside. */
  readonly names: readonly string[];
  readonly initial: readonly Expr[];
  readonly test: Expr;
  /** The carried values after one iteration, in terms of `names`. */
  readonly next: readonly Expr[];
}
export interface LoopForm {
  /** Values after the loop; undefined where one has no closed form. */
  readonly results: readonly (Expr | undefined)[];
  /** Number of iterations where it is known. */
  readonly trips: number | undefined;
}

/** undefined: no counter that steps by one, or a value that no sum or product gives. */
export function closedForm(loop: SymbolicLoop): LoopForm | undefined {
  const { names, initial, next } = loop;
  const counter = counterOf(loop);
  if (!counter) return undefined;
  const { at, from, to } = counter;
  const variable = names[at]!;
  const results = names.map((name, n): Expr | undefined | null => {
    if (n === at) return undefined;
    const after = next[n]!;
    if (after.kind === 'variable' && after.name === name) return initial[n]!;
    const others = names.filter((_, m) => m !== at);
    const term = increment(after, name);
    if (term && !mentions(term, others)) return k.add(initial[n]!, sum(variable, from, to, term));
    const factor = multiplier(after, name);
    if (factor && !mentions(factor, others)) return k.mul(initial[n]!, product(variable, from, to, factor));
    return null;
  });
  if (results.some((r) => r === null)) return undefined;
  const trips = from.kind === 'number' && to.kind === 'number' ? to.value - from.value + 1 : undefined;
  return { results: results as (Expr | undefined)[], trips };
}

interface Counter {
  readonly at: number;
  readonly from: Expr;
  readonly to: Expr;
}

function counterOf({ names, initial, test, next }: SymbolicLoop): Counter | undefined {
  if (test.kind !== 'op') return undefined;
  const [a, b] = test.args;
  // A flag counts nothing.
  if (a === undefined || b === undefined) return undefined;
  const left = a.kind === 'variable' ? names.indexOf(a.name) : -1;
  const right = b.kind === 'variable' ? names.indexOf(b.name) : -1;
  const at = left >= 0 ? left : right;
  if (at < 0) return undefined;
  const bound = left >= 0 ? b : a;
  if (mentions(bound, names)) return undefined;
  const step = increment(next[at]!, names[at]!);
  const relation = left >= 0 ? test.op : MIRRORED[test.op];
  const start = initial[at]!;
  if (step && isNumber(step, 1)) {
    if (relation === 'lt') return { at, from: start, to: shifted(bound, -1) };
    if (relation === 'le') return { at, from: start, to: bound };
  }
  if (step && isNumber(step, -1)) {
    if (relation === 'gt') return { at, from: shifted(bound, 1), to: start };
    if (relation === 'ge') return { at, from: bound, to: start };
  }
  return undefined;
}

const MIRRORED: { readonly [op: string]: string } = { lt: 'gt', gt: 'lt', le: 'ge', ge: 'le' };

/** e + c, folded into the constant that e ends with: (n − 1) − 1 is n − 2. */
export function shifted(e: Expr, c: number): Expr {
  if (e.kind === 'number') return number(e.value + c);
  let base: Expr = e;
  let total = c;
  while (base.kind === 'op' && (base.op === 'add' || base.op === 'sub') && base.args[1]?.kind === 'number') {
    total += base.op === 'add' ? base.args[1].value : -base.args[1].value;
    base = base.args[0]!;
  }
  if (total === 0) return base;
  return total > 0 ? k.add(base, number(total)) : k.sub(base, number(-total));
}

/** t with e = name + t, t free of name; undefined where e is no such sum. */
function increment(e: Expr, name: string): Expr | undefined {
  if (e.kind === 'variable') return e.name === name ? ZERO : undefined;
  if (e.kind === 'cases') return throughCases(e, name, increment);
  if (e.kind !== 'op') return undefined;
  const [a, b] = e.args as [Expr, Expr];
  if (e.op === 'add') {
    const [first, second] = mentions(a, [name]) ? [a, b] : [b, a];
    if (mentions(second, [name])) return undefined;
    const t = increment(first, name);
    return t && k.add(t, second);
  }
  if (e.op === 'sub' && !mentions(b, [name])) {
    const t = increment(a, name);
    return t && k.sub(t, b);
  }
  return undefined;
}

/** t with e = name · t, t free of name. */
function multiplier(e: Expr, name: string): Expr | undefined {
  if (e.kind === 'variable') return e.name === name ? ONE : undefined;
  if (e.kind === 'cases') return throughCases(e, name, multiplier);
  if (e.kind !== 'op') return undefined;
  const [a, b] = e.args as [Expr, Expr];
  if (e.op === 'mul') {
    const [first, second] = mentions(a, [name]) ? [a, b] : [b, a];
    if (mentions(second, [name])) return undefined;
    const t = multiplier(first, name);
    return t && k.mul(t, second);
  }
  if (e.op === 'div' && !mentions(b, [name])) {
    const t = multiplier(a, name);
    return t && k.div(t, b);
  }
  return undefined;
}

function throughCases(
  e: Extract<Expr, { kind: 'cases' }>,
  name: string,
  part: (e: Expr, name: string) => Expr | undefined,
): Expr | undefined {
  if (e.arms.some((arm) => mentions(arm.when, [name]))) return undefined;
  const values = e.arms.map((arm) => part(arm.value, name));
  const otherwise = part(e.otherwise, name);
  if (!otherwise || values.some((v) => v === undefined)) return undefined;
  if (values.every((v) => equal(v!, otherwise))) return otherwise;
  return cases(
    e.arms.map((arm, i) => ({ when: arm.when, value: values[i]! })),
    otherwise,
  );
}

function mentions(e: Expr, names: readonly string[]): boolean {
  const free = freeVariables(e);
  return names.some((name) => free.includes(name));
}
