/**
 * Simplification for display. Rules are equal over the reals; that nothing becomes defined or undefined by them is
 * checked at the end: the conditions under which the result is defined and those of the original must imply each
 * other, given what may be assumed. Numbers that are shown never come from here.
 */

import type { RangeExpr } from '../expression/build.ts';
import { differentiate, type Wrt } from '../expression/differentiate.ts';
import type { Expr } from '../expression/expression.ts';
import { children, size, withChildren } from '../expression/walk.ts';
import type { Operation } from '../operations/names.ts';
import { TABLE } from '../operations/table.ts';
import { printUnicode } from '../print/unicode.ts';
import { Conditions, implies } from './conditions.ts';
import { Converter } from './convert.ts';
import { Facts } from './facts.ts';
import { Forms } from './forms.ts';
import { hoistCases } from './hoist.ts';
import { toExpr } from './layout.ts';
import type { Node } from './node.ts';
import { Search } from './search.ts';
import { tidy } from './tidy.ts';

export interface SimplifyOptions {
  /**
   * A formula that is defined wherever the simplified one matters: for a partial derivative the function. With log(x)
   * in it x > 0 is known.
   */
  readonly within?: Expr | undefined;
  /** Conditions that hold: the comparison of the arm that the formula stands in. */
  readonly where?: readonly Expr[];
}

/** Formulas with more nodes are only tidied. */
const LARGEST = 600;
/** Members of sums and products that a search may handle: a few milliseconds. */
const BUDGET = 1500;
/** Formulas with more nodes than this get less of it, as even a rewriting that comes to nothing costs more. */
const SHORT = 120;
/** Where the whole has no safe rewriting, parts of at most this many nodes are tried on their own. */
const LARGEST_PART = 60;

export function simplify(expr: Expr, options: SimplifyOptions = {}): Expr {
  const nodes = size(expr, LARGEST);
  if (nodes > LARGEST) return tidy(expr);
  const cases = expr.kind === 'cases' ? expr : hoistCases(expr);
  if (cases) return arms(cases, options);
  const budget = nodes > SHORT ? (BUDGET * SHORT) / nodes / 2 : BUDGET;
  const whole = attempt(expr, options, true, budget) ?? attempt(expr, options, false, budget / 2);
  if (whole) return whole;
  const parts = children(expr);
  if (nodes > LARGEST_PART) return tidy(expr);
  return tidy(
    withChildren(
      expr,
      parts.map((part) => simplify(part, { within: options.within })),
    ),
  );
}

/** ∂f/∂wrt as a person would write it, wherever f is defined. */
export function partial(f: Expr, wrt: Wrt): Expr {
  return simplify(differentiate(f, wrt), { within: f });
}

function attempt(
  expr: Expr,
  options: SimplifyOptions,
  optimistic: boolean,
  budget: number,
): Expr | undefined {
  const forms = new Forms();
  const known = new Conditions(forms);
  const bodies = bodiesOf(options.within);
  const inside = (part: Expr, range?: RangeExpr) =>
    simplify(part, range?.body === part ? { within: bodies.get(rangeKey(range)) } : {});
  if (options.within) new Converter(forms, known, inside).convert(options.within);
  else new Converter(forms, new Conditions(forms), inside).convert(expr);
  forms.endOfUsers();
  for (const condition of options.where ?? []) assume(condition, known, new Converter(forms, known, inside));
  const original = new Conditions(forms);
  forms.facts = known.facts;
  forms.optimistic = optimistic;
  const start = new Converter(forms, original, inside).convert(expr);
  if (forms.impossible) return undefined;
  const search = new Search(forms, budget);
  const first = search.best(start);
  let best = first;
  for (let next = search.again(best); next !== best; next = search.again(best)) best = next;
  const checked = (node: Node) => safely(forms, node, original.facts, options.within, search.same);
  return checked(best) ?? (best === first ? undefined : checked(first));
}

/** The formula of a node, where it is defined exactly where `wanted` holds, given what may be assumed; or undefined. */
function safely(
  forms: Forms,
  node: Node,
  wanted: Facts,
  within: Expr | undefined,
  same: Search['same'],
): Expr | undefined {
  const given = forms.facts;
  const final = new Conditions(forms);
  final.node(node);
  if (forms.impossible) return undefined;
  const result = toExpr(forms, node);
  const smooth = isSmall(within) && isContinuous(within) && isContinuous(result);
  const needed = smooth ? wanted.withoutNonzero() : wanted;
  const sound =
    implies(forms, Facts.union(final.facts, given), needed, same) &&
    implies(forms, Facts.union(wanted, given), final.facts, same);
  return sound ? result : undefined;
}

/** Small enough to be walked as a tree. */
function isSmall(expr: Expr | undefined): expr is Expr {
  return expr !== undefined && size(expr, LARGEST) <= LARGEST;
}

/** A range is what its variable runs over; two Σ of one function over the same range run over the same values. */
function rangeKey({ variable, from, to }: RangeExpr): string {
  return `${variable} = ${printUnicode(from)} … ${printUnicode(to)}`;
}

/**
 * The bodies of a function's Σ by range: where the function is defined, so are they. undefined where two have the same
 * range: whose derivative a Σ of the partial's is would be a guess.
 */
function bodiesOf(within: Expr | undefined): ReadonlyMap<string, Expr | undefined> {
  const bodies = new Map<string, Expr | undefined>();
  const visit = (node: Expr): void => {
    if (node.kind === 'sum') {
      const key = rangeKey(node);
      const unique = !bodies.has(key) || bodies.get(key) === node.body;
      bodies.set(key, unique ? node.body : undefined);
    }
    if (node.kind === 'op' && ARITHMETIC.has(node.op)) for (const arg of node.args) visit(arg);
  };
  if (within) visit(within);
  return bodies;
}
const ARITHMETIC = new Set<Operation>(['add', 'sub', 'mul', 'div', 'neg']);

const JUMPS = new Set<Operation>([
  'floor',
  'ceil',
  'round',
  'trunc',
  'sign',
  'rem',
  'atan2',
  'select',
  'fround',
]);

/**
 * No jumps where it is defined. Where a continuous f is defined and a continuous g equals ∂f/∂x all around, g is ∂f/∂x
 * there as well, though the chain rule's own formula be 0/0: hypot(x, y)² has the derivative 2·x at the origin too.
 * (Uniform limits of derivatives are derivatives; a zero set of what was cancelled has no interior.)
 */
function isContinuous(expr: Expr): boolean {
  if (expr.kind === 'cases' || expr.kind === 'boolean') return false;
  if (expr.kind === 'op' && (JUMPS.has(expr.op) || TABLE[expr.op].flat)) return false;
  return children(expr).every(isContinuous);
}

/** Every arm on its own, with the function's arm and the arm's condition for its domain. */
function arms(expr: Extract<Expr, { kind: 'cases' }>, options: SimplifyOptions): Expr {
  const { within } = options;
  const same =
    within?.kind === 'cases' &&
    within.arms.length === expr.arms.length &&
    within.arms.every((arm, i) => arm.when === expr.arms[i]!.when);
  const above = options.where ?? [];
  const whole = within?.kind === 'cases' ? undefined : within;
  return {
    kind: 'cases',
    arms: expr.arms.map((arm, i) => ({
      when: simplify(arm.when),
      value: simplify(arm.value, {
        within: same ? within.arms[i]!.value : whole,
        where: [...above, arm.when],
      }),
    })),
    otherwise: simplify(expr.otherwise, { within: same ? within.otherwise : whole, where: above }),
  };
}

function assume(condition: Expr, known: Conditions, converter: Converter): void {
  if (condition.kind !== 'op') return;
  const [a, b] = condition.args as [Expr, Expr];
  const difference = (x: Expr, y: Expr) => converter.convert({ kind: 'op', op: 'sub', args: [x, y] });
  switch (condition.op) {
    case 'and':
      assume(a, known, converter);
      assume(b, known, converter);
      break;
    case 'gt':
      known.positive(difference(a, b));
      break;
    case 'lt':
      known.positive(difference(b, a));
      break;
    case 'ge':
      known.nonnegative(difference(a, b));
      break;
    case 'le':
      known.nonnegative(difference(b, a));
      break;
    case 'ne':
      known.nonzero(difference(a, b));
      break;
    default:
      break;
  }
}
