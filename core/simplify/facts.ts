/**
 * What is known of signs: from structure (eᵘ > 0, u² ≥ 0) and from conditions under which a formula is defined
 * (log(u) gives u > 0, 1/u gives u ≠ 0, √u gives u ≥ 0).
 */
import type { Operation } from '../operations/names.ts';
import type { Node } from './node.ts';
import * as Q from './rational.ts';

export class Facts {
  readonly nonzero = new Set<Node>();
  readonly nonnegative = new Set<Node>();
  /** Conditions of other kinds (|u| ≤ 1, uᵛ defined), as opaque keys. */
  readonly other = new Set<string>();

  /** The same without what is only said not to be zero (0 itself excepted: what divides by that is defined nowhere). */
  withoutNonzero(): Facts {
    const result = Facts.union(this);
    result.nonzero.clear();
    for (const node of this.nonzero) if (node.kind === 'number') result.nonzero.add(node);
    return result;
  }

  static union(...all: readonly Facts[]): Facts {
    const result = new Facts();
    for (const facts of all) {
      for (const node of facts.nonzero) result.nonzero.add(node);
      for (const node of facts.nonnegative) result.nonnegative.add(node);
      for (const key of facts.other) result.other.add(key);
    }
    return result;
  }
}

const NEGATIVE = 1;
const ZERO = 2;
const POSITIVE = 4;
const ANY = 7;
/** Deeper than this nothing is known. */
const DEPTH = 10;

/** Functions with the sign of their argument. */
const ODD_INCREASING = new Set<Operation>([
  'sinh',
  'tanh',
  'asinh',
  'atan',
  'cbrt',
  'asin',
  'atanh',
  'expm1',
  'log1p',
  'sign',
]);

/** The signs a node can have, as a set of bits. */
function signs(facts: Facts, node: Node, depth = 0): number {
  let result = depth > DEPTH ? ANY : structural(facts, node, depth);
  if (facts.nonzero.has(node)) result &= ~ZERO;
  if (facts.nonnegative.has(node)) result &= ~NEGATIVE;
  return result;
}

function structural(facts: Facts, node: Node, depth: number): number {
  switch (node.kind) {
    case 'number':
      return node.value.n > 0 ? POSITIVE : node.value.n < 0 ? NEGATIVE : ZERO;
    case 'leaf':
      if (node.expr.kind !== 'named') return ANY;
      return node.expr.value > 0 ? POSITIVE : node.expr.value < 0 ? NEGATIVE : ANY;
    case 'call':
      return ofCall(facts, node.op, node.args, depth);
    case 'power':
      return ofPower(facts, node.base, node.exponent, depth);
    case 'product': {
      const start = node.coefficient.n > 0 ? POSITIVE : node.coefficient.n < 0 ? NEGATIVE : ZERO;
      return node.factors.reduce((sign, factor) => multiply(sign, signs(facts, factor, depth + 1)), start);
    }
    case 'sum':
      return ofSum(facts, node.terms, depth);
  }
}

function ofSum(facts: Facts, terms: readonly Node[], depth: number): number {
  let all = 0;
  let strict = false;
  for (const term of terms) {
    const sign = signs(facts, term, depth + 1);
    if (sign === POSITIVE || sign === NEGATIVE) strict = true;
    all |= sign;
  }
  if ((all & NEGATIVE) !== 0 && (all & POSITIVE) !== 0) return ANY;
  return strict ? all & ~ZERO : all;
}

function ofCall(facts: Facts, op: Operation, args: readonly Node[], depth: number): number {
  const first = args[0]!;
  switch (op) {
    case 'cosh':
      return POSITIVE;
    case 'abs':
    case 'hypot':
      return args.some((a) => (signs(facts, a, depth + 1) & ZERO) === 0) ? POSITIVE : ZERO | POSITIVE;
    case 'acos':
    case 'acosh':
      return ZERO | POSITIVE;
    case 'max':
      return args.some((a) => signs(facts, a, depth + 1) === POSITIVE) ? POSITIVE : ANY;
    case 'min':
      return args.every((a) => signs(facts, a, depth + 1) === POSITIVE) ? POSITIVE : ANY;
    default:
      return ODD_INCREASING.has(op) ? signs(facts, first, depth + 1) : ANY;
  }
}

function ofPower(facts: Facts, base: Node, exponent: Node, depth: number): number {
  const sign = signs(facts, base, depth + 1);
  if (sign === POSITIVE) return POSITIVE;
  const definite = (sign & ZERO) === 0;
  if (exponent.kind !== 'number') return (sign & NEGATIVE) === 0 ? ZERO | POSITIVE : ANY;
  const p = exponent.value;
  const pole = p.n < 0;
  if (!Q.isInteger(p) || p.n % 2 === 0) return definite || pole ? POSITIVE : ZERO | POSITIVE;
  return pole ? sign & ~ZERO : sign;
}

function multiply(a: number, b: number): number {
  let result = (a & ZERO) | (b & ZERO);
  if ((a & POSITIVE && b & POSITIVE) || (a & NEGATIVE && b & NEGATIVE)) result |= POSITIVE;
  if ((a & POSITIVE && b & NEGATIVE) || (a & NEGATIVE && b & POSITIVE)) result |= NEGATIVE;
  return result;
}

export function isPositive(facts: Facts, node: Node): boolean {
  return signs(facts, node) === POSITIVE;
}
export function isNonnegative(facts: Facts, node: Node): boolean {
  return (signs(facts, node) & NEGATIVE) === 0;
}
export function isNonzero(facts: Facts, node: Node): boolean {
  return (signs(facts, node) & ZERO) === 0;
}

const TOTAL = new Set<Operation>(['sin', 'cos', 'sinh', 'cosh', 'tanh', 'atan', 'asinh', 'abs', 'cbrt']);

/** Whether a node may be undefined somewhere (on the safe side). */
export function isConditional(node: Node): boolean {
  switch (node.kind) {
    case 'number':
      return false;
    case 'leaf':
      return node.expr.kind !== 'variable' && node.expr.kind !== 'named';
    case 'sum':
      return node.terms.some(isConditional);
    case 'product':
      return node.factors.some(isConditional);
    default:
      return !(node.kind === 'call' && TOTAL.has(node.op) && !node.args.some(isConditional));
  }
}
