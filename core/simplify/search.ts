/**
 * The shortest of several forms, from the inside out: each sum and product is tried multiplied out, factored, over a
 * common denominator and grouped, and the form with the fewest characters stays. Bounded by a budget of rewritings,
 * so that a long formula costs no more than a multiple of its size.
 */
import type { Forms } from './forms.ts';
import { lengthOf } from './layout.ts';
import type { Node, SumNode } from './node.ts';
import { baseOf, coefficientOf, exponentOf, factorsOf } from './node.ts';
import * as Q from './rational.ts';
import {
  balanceExponentials,
  circularProducts,
  commonFactor,
  divideTerms,
  expand,
  powersOf,
  pythagoras,
  together,
} from './rewrite.ts';

/** Sums longer than this are neither grouped nor brought over a common denominator. */
const LONGEST_SUM = 24;
const DEEPEST = 5;

export class Search {
  private readonly forms: Forms;
  private readonly done = new Map<Node, Node>();
  private readonly sums = new Map<Node, readonly [Node | undefined, Node | undefined]>();
  private readonly shapes = new Map<Node, { readonly leaves: number; readonly depth: number }>();
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
    const before = this.done.get(node);
    if (before) return before;
    const result = this.rebuild(node);
    this.done.set(node, result);
    if (result !== node) {
      this.done.set(result, result);
      this.same.push([result, node]);
    }
    return result;
  }

  /** A shorter form that starting from this one gives, or itself. */
  again(node: Node): Node {
    this.done.clear();
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
        return this.shorter(
          node,
          forms.call(
            node.op,
            node.args.map((a) => this.best(a)),
          ),
        );
      case 'power': {
        const power = forms.pow(this.best(node.base), this.best(node.exponent));
        return power === node ? this.product(power) : this.shorter(node, this.product(power));
      }
      case 'product': {
        const parts = node.factors.map((f) => this.best(f));
        const product = forms.mul([forms.number(node.coefficient), ...parts]);
        return this.shorter(node, this.product(product));
      }
      case 'sum': {
        const sum = forms.add(node.terms.map((t) => this.best(t)));
        return this.shorter(node, sum.kind === 'sum' ? this.sum(sum, 0) : this.product(sum));
      }
    }
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
    if (node.kind === 'sum') return this.sum(node, 0);
    if (node.kind !== 'product' && node.kind !== 'power') return node;
    let best = node;
    for (let round = 0; round < 4 && !this.spent; round++) {
      let next: Node = best;
      for (const candidate of this.productCandidates(best)) next = this.shortest(next, candidate);
      if (next === best) break;
      best = next as typeof best;
      if (next.kind !== 'product' && next.kind !== 'power') return next;
    }
    return best;
  }

  private productCandidates(node: Node): Node[] {
    const { forms } = this;
    const found = [...circularProducts(forms, node), ...balanceExponentials(forms, node)];
    const factors = factorsOf(node);
    const coefficient = forms.number(coefficientOf(node));
    for (const factor of factors) {
      const base = baseOf(factor);
      if (base.kind !== 'sum' || base.terms.length > LONGEST_SUM) continue;
      const p = exponentOf(factor);
      if (!p || !Q.isInteger(p)) continue;
      const rest = factors.filter((f) => f !== factor);
      const joined = together(forms, base);
      if (joined) {
        const quotient = forms.divide(this.improved(joined[0], 1, true), joined[1]);
        found.push(forms.mul([coefficient, ...rest, forms.pow(quotient, forms.number(p))]));
      }
      if (p.n === 1 && base.terms.length <= 3) {
        for (const one of [coefficient, ...rest]) {
          const others = [coefficient, ...rest].filter((f) => f !== one);
          if (others.length === 0 || one === forms.one) continue;
          found.push(forms.mul([...others, forms.add(base.terms.map((t) => forms.mul([t, one])))]));
        }
      }
      if (p.n === 1 && base.terms.length <= 6) {
        const all = [coefficient, ...rest];
        const spread = forms.add(base.terms.map((t) => forms.mul([t, ...all])));
        found.push(spread);
      }
    }
    return found;
  }

  private shortest(a: Node, b: Node): Node {
    const gain = lengthOf(this.forms, a) - lengthOf(this.forms, b);
    if (gain !== 0) return gain > 0 ? b : a;
    if (a.kind === 'sum' && b.kind !== 'sum') return b;
    return this.weight(b) < this.weight(a) ? b : a;
  }

  /** Of two forms of the same length the one with fewer names and numbers and less deeply nested sums. */
  private weight(node: Node): number {
    const { leaves, depth } = this.shape(node);
    return leaves + 3 * depth;
  }

  private shape(node: Node): { readonly leaves: number; readonly depth: number } {
    const before = this.shapes.get(node);
    if (before) return before;
    let leaves = 0;
    let depth = 0;
    const include = (part: Node) => {
      const inside = this.shape(part);
      leaves += inside.leaves;
      depth = Math.max(depth, inside.depth);
    };
    if (node.kind === 'number' || node.kind === 'leaf') leaves = 1;
    else if (node.kind === 'call') node.args.forEach(include);
    else if (node.kind === 'power') [node.base, node.exponent].forEach(include);
    else if (node.kind === 'sum') {
      node.terms.forEach(include);
      depth++;
    } else {
      if (!Q.isOne(Q.absolute(node.coefficient))) leaves = 1;
      node.factors.forEach(include);
    }
    const result = { leaves, depth };
    this.shapes.set(node, result);
    return result;
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
    let sum: Node | undefined;
    let other: Node | undefined;
    const consider = (candidate: Node | undefined) => {
      if (candidate?.kind === 'sum') sum = sum ? this.shortest(sum, candidate) : candidate;
      else if (candidate) other = other ? this.shortest(other, candidate) : candidate;
    };
    const bases = new Set([pythagoras(forms, node)]);
    for (const all of [false, true]) {
      const expanded = expand(forms, node, all);
      if (expanded) bases.add(pythagoras(forms, expanded));
    }
    for (const base of bases) {
      consider(base);
      if (base.kind !== 'sum' || base.terms.length > LONGEST_SUM) continue;
      consider(this.factored(base, depth));
      consider(this.joined(base, depth));
      consider(this.grouped(base, depth));
    }
    this.sums.set(node, [sum, other]);
    return [sum, other];
  }

  private factored(node: SumNode, depth: number): Node | undefined {
    const { forms } = this;
    const common = commonFactor(forms, node.terms);
    if (common === forms.one) return undefined;
    const inner = divideTerms(forms, node.terms, common);
    return forms.mul([common, this.improved(inner, depth + 1, true)]);
  }

  private joined(node: SumNode, depth: number): Node | undefined {
    const { forms } = this;
    const parts = together(forms, node);
    if (!parts) return undefined;
    return forms.divide(this.improved(parts[0], depth + 1, true), parts[1]);
  }

  /** Factors out of some of the terms what they share, as long as that makes it shorter. */
  private grouped(node: SumNode, depth: number): Node | undefined {
    const { forms } = this;
    const bases: Node[] = [];
    const counts: number[] = [];
    for (const term of node.terms)
      for (const base of powersOf(forms, term).bases) {
        const at = bases.indexOf(base);
        if (at >= 0) counts[at]!++;
        else counts[bases.push(base) - 1] = 1;
      }
    let best: Node = node;
    for (let i = 0; i < bases.length; i++) {
      const base = bases[i]!;
      const count = counts[i]!;
      if (count < 2 || count === node.terms.length || this.spent) continue;
      const inside = node.terms.filter((t) => powersOf(forms, t).bases.includes(base));
      const outside = node.terms.filter((t) => !inside.includes(t));
      const common = commonFactor(forms, inside);
      if (common === forms.one) continue;
      const inner = this.improved(divideTerms(forms, inside, common), depth + 1, true);
      const rest = this.improved(forms.add(outside), depth + 1);
      best = this.shortest(best, forms.add([forms.mul([common, inner]), rest]));
    }
    if (best === node) return undefined;
    return best.kind === 'sum' ? this.improved(best, depth + 1) : best;
  }
}
