/** Where a formula is defined, as a set of conditions on its parts, and whether one such set implies another. */
import type { Operation } from '../operations/names.ts';
import { Facts, isNonnegative, isNonzero, isPositive } from './facts.ts';
import type { Forms } from './forms.ts';
import { baseOf, coefficientOf, exponentOf, factorsOf, type Node } from './node.ts';
import * as Q from './rational.ts';
import { commonFactor, divideTerms, together } from './rewrite.ts';

/** Functions that are zero exactly where their argument is. */
const ZERO_WITH_ARGUMENT = new Set<Operation>([
  'abs',
  'cbrt',
  'sinh',
  'tanh',
  'atan',
  'asinh',
  'sign',
  'expm1',
  'log1p',
]);

/** node ≠ 0, as conditions on the parts that it is a product of. */
function nonzeroParts(forms: Forms, node: Node, depth = 0): readonly Node[] {
  switch (node.kind) {
    case 'number':
      return node.value.n === 0 ? [node] : [];
    case 'leaf':
      return [node];
    case 'call':
      return ZERO_WITH_ARGUMENT.has(node.op) ? nonzeroParts(forms, node.args[0]!, depth) : [node];
    case 'power':
      return node.base === forms.e ? [] : nonzeroParts(forms, node.base, depth);
    case 'product':
      return node.coefficient.n === 0
        ? [forms.zero]
        : node.factors.flatMap((f) => nonzeroParts(forms, f, depth));
    case 'sum': {
      if (depth > 3) return [forms.primitive(node)[1]];
      const joined = together(forms, node);
      if (joined)
        return [...nonzeroParts(forms, joined[0], depth + 1), ...nonzeroParts(forms, joined[1], depth + 1)];
      const common = commonFactor(forms, node.terms);
      if (common === forms.one) return [forms.primitive(node)[1]];
      const inner = divideTerms(forms, node.terms, common);
      return [...nonzeroParts(forms, common, depth), ...nonzeroParts(forms, inner, depth + 1)];
    }
  }
}

/**
 * u ≥ 0 by the part of u that decides: without factors known to be positive, 1/v as v, odd powers as first ones, even
 * powers of what is not zero dropped.
 */
function nonnegativePart(forms: Forms, facts: Facts, node: Node): Node {
  if (node.kind === 'sum') {
    const [content, part] = forms.primitive(node);
    return content.n < 0 ? forms.negate(part) : part;
  }
  if (node.kind !== 'product' && node.kind !== 'power') return node;
  const kept: Node[] = [coefficientOf(node).n < 0 ? forms.minusOne : forms.one];
  for (const factor of factorsOf(node)) {
    if (isPositive(facts, factor)) continue;
    const p = exponentOf(factor);
    const base = baseOf(factor);
    if (!p || !Q.isInteger(p)) kept.push(factor);
    else if (p.n % 2 !== 0) kept.push(base);
    else if (!isNonzero(facts, base)) kept.push(forms.pow(base, forms.integer(2)));
  }
  return forms.mul(kept);
}

export class Conditions {
  readonly facts = new Facts();
  private readonly forms: Forms;
  private readonly seen = new Set<Node>();

  constructor(forms: Forms) {
    this.forms = forms;
  }

  nonzero(node: Node): void {
    for (const part of nonzeroParts(this.forms, node)) this.facts.nonzero.add(part);
  }
  nonnegative(node: Node): void {
    if (node.kind !== 'number' || node.value.n < 0) this.facts.nonnegative.add(node);
  }
  positive(node: Node): void {
    this.nonzero(node);
    this.nonnegative(node);
  }

  /** What base^exponent asks of its base. */
  power(base: Node, exponent: Node): void {
    if (base === this.forms.e) return;
    if (exponent.kind !== 'number') {
      this.facts.other.add(`power ${base.id}`);
      return;
    }
    if (exponent.value.n < 0) this.nonzero(base);
    if (!Q.isInteger(exponent.value)) this.nonnegative(base);
  }

  /** What an operation asks of its arguments. */
  operation(op: Operation, args: readonly Node[]): void {
    const { forms } = this;
    const u = args[0]!;
    switch (op) {
      case 'sqrt':
        this.nonnegative(u);
        break;
      case 'log':
      case 'log2':
      case 'log10':
        this.positive(u);
        break;
      case 'log1p':
        this.positive(forms.add([forms.one, u]));
        break;
      case 'div':
      case 'rem':
        this.nonzero(args[1]!);
        break;
      case 'pow':
        this.power(u, args[1]!);
        break;
      case 'tan':
        this.nonzero(forms.call('cos', [u]));
        break;
      case 'asin':
      case 'acos':
      case 'acosh':
      case 'atanh': {
        const key = op === 'acos' ? 'asin' : op;
        const even = op === 'acosh' ? u : forms.call('abs', [u]);
        this.facts.other.add(`${key} ${even.id}`);
        break;
      }
      case 'atan2': {
        const two = forms.integer(2);
        const [y, x] = args as [Node, Node];
        this.nonzero(forms.add([forms.pow(x, two), forms.pow(y, two)]));
        break;
      }
      default:
        break;
    }
  }

  /** All that a node asks of its parts. */
  node(node: Node): void {
    if (this.seen.has(node)) return;
    this.seen.add(node);
    switch (node.kind) {
      case 'leaf':
        this.leaf(node);
        break;
      case 'call':
        this.operation(node.op, node.args);
        for (const a of node.args) this.node(a);
        break;
      case 'power':
        this.power(node.base, node.exponent);
        this.node(node.base);
        this.node(node.exponent);
        break;
      case 'product':
        for (const f of node.factors) this.node(f);
        break;
      case 'sum':
        for (const t of node.terms) this.node(t);
        break;
      default:
        break;
    }
  }

  leaf(node: Node): void {
    if (node.kind !== 'leaf') return;
    const { kind } = node.expr;
    if (kind !== 'variable' && kind !== 'named' && kind !== 'element')
      this.facts.other.add(`leaf ${node.id}`);
  }
}

/** Whether whatever satisfies `given` satisfies `wanted`, nodes in `same` being equal. */
export function implies(
  forms: Forms,
  given: Facts,
  wanted: Facts,
  same: readonly (readonly [Node, Node])[],
): boolean {
  const representative = new Map<Node, Node>();
  const find = (node: Node): Node => {
    let at = node;
    for (let next = representative.get(at); next; next = representative.get(at)) at = next;
    return at;
  };
  for (const [a, b] of same) {
    const [x, y] = [find(a), find(b)];
    if (x !== y) representative.set(x, y);
  }
  const nonzero = new Set([...given.nonzero].map(find));
  const nonnegative = new Set<Node>();
  for (const node of given.nonnegative)
    nonnegative.add(find(node)).add(find(nonnegativePart(forms, given, node)));
  for (const node of wanted.nonzero) if (!nonzero.has(find(node)) && !isNonzero(given, node)) return false;
  for (const node of wanted.nonnegative)
    if (
      !nonnegative.has(find(node)) &&
      !nonnegative.has(find(nonnegativePart(forms, given, node))) &&
      !isNonnegative(given, node)
    )
      return false;
  for (const key of wanted.other) if (!given.other.has(key)) return false;
  return true;
}
