/**
 * The shortest of several forms, from the inside out: each sum and product is tried multiplied out, factored, over a
 * common denominator and grouped, and the form with the fewest characters stays. Bounded by a budget of rewritings,
 * so that a long formula costs no more than a multiple of its size.
 */
import type { Forms } from './forms.ts';
import { lengthOf } from './layout.ts';
import type { Node, SumNode } from './node.ts';
import { baseOf, coefficientOf, exponentOf, factorsOf, NONE } from './node.ts';
import * as Q from './rational.ts';
import {
  balanceExponentials,
  circularProducts,
  commonFactor,
  divideTerms,
  expand,
  powersOf,
  pythagoras,
  timesEach,
  together,
} from './rewrite.ts';

/** Sums longer than this are neither grouped nor brought over a common denominator. */
const LONGEST_SUM = 24;
const DEEPEST = 5;

export class Search {
  private readonly forms: Forms;
  /** By id: the best form of a node. */
  private done: Node[] = [];
  private readonly products: Node[] = [];
  private readonly sums = new Map<Node, readonly [Node | undefined, Node | undefined]>();
  /** By id: names and numbers in a node, and how deep its sums are nested. */
  private readonly leaves: number[] = [];
  private readonly depths: number[] = [];
  /** Work of the pool at which candidates are no longer looked for. */
  private limit: number;
  private budget: number;
  /** Nodes rewritten into one another: [new, old]. */
  readonly same: (readonly [Node, Node])[] = [];

  constructor(forms: Forms, budget: number) {
    this.forms = forms;
    this.budget = budget;
    this.limit = forms.work + budget;
  }

  private get spent(): boolean {
    return this.forms.work >= this.limit;
  }

  best(node: Node): Node {
    const before = this.done[node.id];
    if (before) return before;
    const result = this.rebuild(node);
    this.done[node.id] = result;
    if (result !== node) {
      this.done[result.id] = result;
      this.same.push([result, node]);
    }
    return result;
  }

  /** A shorter form that starting from this one gives, or itself. */
  again(node: Node): Node {
    this.done = [];
    this.limit = Math.min(this.limit, this.forms.work) + this.budget / 2;
    this.budget /= 2;
    const next = this.best(node);
    return lengthOf(this.forms, next) < lengthOf(this.forms, node) ? next : node;
  }

  private rebuild(node: Node): Node {
    const { forms } = this;
    switch (node.kind) {
      case 'number':
      case 'leaf':
        return node;
      case 'call':
        return this.shorter(node, forms.call(node.op, this.bestOf(node.args)));
      case 'power': {
        const power = forms.pow(this.best(node.base), this.best(node.exponent));
        return power === node ? this.product(power) : this.shorter(node, this.product(power));
      }
      case 'product': {
        const start = forms.begin();
        forms.put(forms.number(node.coefficient));
        for (const factor of node.factors) forms.put(this.best(factor));
        return this.shorter(node, this.product(forms.productFrom(start)));
      }
      case 'sum': {
        const start = forms.begin();
        for (const term of node.terms) forms.put(this.best(term));
        const sum = forms.sumFrom(start);
        return this.shorter(node, sum.kind === 'sum' ? this.sum(sum, 0) : this.product(sum));
      }
    }
  }

  private bestOf(nodes: readonly Node[]): readonly Node[] {
    const start = this.forms.begin();
    for (const node of nodes) this.forms.put(this.best(node));
    return this.forms.listFrom(start);
  }

  /** b unless it is longer; what the user wrote stays unless b is shorter, so that the eye finds it again. */
  private shorter(a: Node, b: Node): Node {
    const gain = lengthOf(this.forms, a) - lengthOf(this.forms, b);
    return gain > 0 || (gain === 0 && !this.isUsers(a)) ? b : a;
  }

  private isUsers(node: Node): boolean {
    const limit = this.forms.firstDerived;
    if (node.kind !== 'power') return node.id < limit;
    return node.base === this.forms.e ? node.exponent.id < limit : node.base.id < limit;
  }

  // ───────────────────────────── products ─────────────────────────────

  private product(node: Node): Node {
    const { forms } = this;
    if (node.kind === 'sum') return this.sum(node, 0);
    const before = this.products[node.id];
    if (before) return before;
    let best: Node = node;
    for (let round = 0; round < 4 && !this.spent; round++) {
      if (best.kind !== 'product' && best.kind !== 'power') break;
      let next: Node = best;
      const start = forms.begin();
      this.productCandidates(best);
      for (let i = start, end = forms.begin(); i < end; i++) next = this.shortest(next, forms.operand(i));
      forms.drop(start);
      if (next === best) break;
      best = next;
    }
    if (!this.spent) this.products[node.id] = best;
    return best;
  }

  /** Puts other forms of a product. */
  private productCandidates(node: Node): void {
    const { forms } = this;
    circularProducts(forms, node);
    balanceExponentials(forms, node);
    const factors = factorsOf(node);
    for (const factor of factors) {
      const base = baseOf(factor);
      if (base.kind !== 'sum' || base.terms.length > LONGEST_SUM) continue;
      const p = exponentOf(factor);
      if (!p || !Q.isInteger(p)) continue;
      const joined = together(forms, base);
      if (joined) {
        const quotient = forms.divide(this.improved(joined[0], 1, true), joined[1]);
        const start = this.putOthers(node, factor);
        forms.put(forms.pow(quotient, forms.number(p)));
        forms.put(forms.productFrom(start));
      }
      if (p.n !== 1 || base.terms.length > 6) continue;
      if (base.terms.length <= 3) {
        const coefficient = forms.number(coefficientOf(node));
        this.putInside(node, base, factor, coefficient);
        for (const one of factors) if (one !== factor) this.putInside(node, base, factor, one);
      }
      const start = forms.begin();
      for (const term of base.terms) {
        const at = forms.begin();
        forms.put(term);
        this.putOthers(node, factor);
        forms.put(forms.productFrom(at));
      }
      forms.put(forms.sumFrom(start));
    }
  }

  /** Puts a product's coefficient and factors but for one of them. */
  private putOthers(node: Node, factor: Node, another?: Node): number {
    const { forms } = this;
    const start = forms.begin();
    const coefficient = forms.number(coefficientOf(node));
    if (coefficient !== another) forms.put(coefficient);
    for (const other of factorsOf(node)) if (other !== factor && other !== another) forms.put(other);
    return start;
  }

  /** Puts the product with the factor `one` multiplied into the sum that is its factor `sum`. */
  private putInside(node: Node, base: SumNode, sum: Node, one: Node): void {
    const { forms } = this;
    if (one === forms.one || factorsOf(node).length < 2) return;
    const start = this.putOthers(node, sum, one);
    forms.put(timesEach(forms, base.terms, one));
    forms.put(forms.productFrom(start));
  }

  private shortest(a: Node, b: Node): Node {
    const gain = lengthOf(this.forms, a) - lengthOf(this.forms, b);
    if (gain !== 0) return gain > 0 ? b : a;
    if (a.kind === 'sum' && b.kind !== 'sum') return b;
    return this.weight(b) < this.weight(a) ? b : a;
  }

  /** Of two forms of the same length the one with fewer names and numbers and less deeply nested sums. */
  private weight(node: Node): number {
    this.measure(node);
    return this.leaves[node.id]! + 3 * this.depths[node.id]!;
  }

  private measure(node: Node): void {
    if (this.leaves[node.id] !== undefined) return;
    let leaves = 0;
    let depth = 0;
    if (node.kind === 'product' && !Q.isOne(Q.absolute(node.coefficient))) leaves = 1;
    const parts = partsOf(node);
    for (const part of parts) {
      this.measure(part);
      leaves += this.leaves[part.id]!;
      depth = Math.max(depth, this.depths[part.id]!);
    }
    this.leaves[node.id] = parts.length === 0 ? 1 : leaves;
    this.depths[node.id] = node.kind === 'sum' ? depth + 1 : depth;
  }

  // ───────────────────────────── sums ─────────────────────────────

  /** `factor`: it will stand as a factor, where a sum costs its parentheses. */
  private improved(node: Node, depth: number, factor = false): Node {
    return node.kind === 'sum' ? this.sum(node, depth, factor) : node;
  }

  private sum(node: SumNode, depth: number, factor = false): Node {
    const [sum, other] = this.sumForms(node, depth);
    if (!other || !sum) return sum ?? other ?? node;
    if (!factor) return this.shortest(sum, other);
    return lengthOf(this.forms, sum) + 2 < lengthOf(this.forms, other) ? sum : other;
  }

  /** The best form that is a sum and the best that is not. */
  private sumForms(node: SumNode, depth: number): readonly [Node | undefined, Node | undefined] {
    const before = this.sums.get(node);
    if (before) return before;
    if (depth > DEEPEST || this.spent) return [node, undefined];
    const { forms } = this;
    this.sums.set(node, [node, undefined]);
    const start = forms.begin();
    forms.put(pythagoras(forms, node));
    for (let all = 0; all < 2; all++) {
      const expanded = expand(forms, node, all === 1);
      if (expanded) forms.put(pythagoras(forms, expanded));
    }
    const bases = forms.begin();
    for (let i = start; i < bases; i++) {
      const base = forms.operand(i);
      if (i > start && (base === forms.operand(start) || base === forms.operand(i - 1))) continue;
      forms.put(base);
      if (base.kind !== 'sum' || base.terms.length > LONGEST_SUM) continue;
      this.putIfAny(this.factored(base, depth));
      this.putIfAny(this.joined(base, depth));
      this.putIfAny(this.grouped(base, depth));
    }
    let sum: Node | undefined;
    let other: Node | undefined;
    for (let i = bases, end = forms.begin(); i < end; i++) {
      const candidate = forms.operand(i);
      if (candidate.kind === 'sum') sum = sum ? this.shortest(sum, candidate) : candidate;
      else other = other ? this.shortest(other, candidate) : candidate;
    }
    forms.drop(start);
    const found = [sum, other] as const;
    this.sums.set(node, found);
    return found;
  }

  private putIfAny(node: Node | undefined): void {
    if (node) this.forms.put(node);
  }

  private factored(node: SumNode, depth: number): Node | undefined {
    const { forms } = this;
    const common = commonFactor(forms, node.terms);
    if (common === forms.one) return undefined;
    const inner = divideTerms(forms, node.terms, common);
    return forms.times(common, this.improved(inner, depth + 1, true));
  }

  private joined(node: SumNode, depth: number): Node | undefined {
    const { forms } = this;
    const parts = together(forms, node);
    if (!parts) return undefined;
    return forms.divide(this.improved(parts[0], depth + 1, true), parts[1]);
  }

  /** The terms that have a power of a base, or those that have none. */
  private termsWith(node: SumNode, base: Node, having: boolean): readonly Node[] {
    const { forms } = this;
    const start = forms.begin();
    for (const term of node.terms) if (powersOf(forms, term).bases.includes(base) === having) forms.put(term);
    return forms.listFrom(start);
  }

  /** Factors out of some of the terms what they share, as long as that makes it shorter. */
  private grouped(node: SumNode, depth: number): Node | undefined {
    const { forms } = this;
    const start = forms.begin();
    for (const term of node.terms)
      for (const base of powersOf(forms, term).bases) if (!forms.isPut(base, start)) forms.put(base);
    let best: Node = node;
    for (let i = start, end = forms.begin(); i < end; i++) {
      const base = forms.operand(i);
      let count = 0;
      for (const term of node.terms) if (powersOf(forms, term).bases.includes(base)) count++;
      if (count < 2 || count === node.terms.length || this.spent) continue;
      const inside = this.termsWith(node, base, true);
      const outside = this.termsWith(node, base, false);
      const common = commonFactor(forms, inside);
      if (common === forms.one) continue;
      const inner = this.improved(divideTerms(forms, inside, common), depth + 1, true);
      const rest = this.improved(forms.add(outside), depth + 1);
      best = this.shortest(best, forms.plus(forms.times(common, inner), rest));
    }
    forms.drop(start);
    if (best === node) return undefined;
    return best.kind === 'sum' ? this.improved(best, depth + 1) : best;
  }
}

function partsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'call':
      return node.args;
    case 'power':
      return [node.base, node.exponent];
    case 'product':
      return node.factors;
    case 'sum':
      return node.terms;
    default:
      return NONE;
  }
}
