/** The pool of normal forms and its automatic simplification: like terms and like powers are always collected. */
import { E } from '../expression/build.ts';
import type { Operation } from '../operations/names.ts';
import { call } from './calls.ts';
import type { Bar } from './decimals.ts';
import { Facts, isConditional, isNonnegative, isNonzero, isPositive } from './facts.ts';
import type { Node, ProductNode, SumNode } from './node.ts';
import { baseOf, coefficientOf, factorsOf, NONE } from './node.ts';
import { Pool } from './pool.ts';
import type { Rational } from './rational.ts';
import * as Q from './rational.ts';

const NOTHING = new Facts();

export class Forms extends Pool {
  /** Met 1/0: the formula is defined nowhere. */
  impossible = false;
  /** Members handled by `add` and `mul`: what a budget counts. */
  work = 0;
  readonly zero: Node;
  readonly one: Node;
  readonly minusOne: Node;
  readonly half: Node;
  readonly e: Node;
  /** What may be taken for granted when powers cancel. */
  facts = NOTHING;
  /** False: powers cancel only where `facts` prove that nothing becomes defined by it. */
  optimistic = true;
  /** The user's own literals have a decimal point: coefficients keep it. */
  decimals = false;
  /** The sizes of the user's literals. */
  readonly literals = new Set<number>();
  /** Memo of withDecimals in decimals.ts. */
  readonly bars = new Map<string, Bar>();
  /** Nodes from this id on are not the user's own: their order is ours to choose. */
  firstDerived = 0;
  /** Pairs of bases in the order of the user's products: the ids of both. */
  private readonly pairs = new Set<number>();
  /** The monomials and coefficients that `add` has collected; a sum within a sum stands above it. */
  private readonly monomials: Node[] = [];
  private readonly scales: Rational[] = [];
  private collected = 0;
  /** The bases and exponents of `mul`; undefined for a base that stands further below, whose link leads here. */
  private readonly bases: (Node | undefined)[] = [];
  private readonly exponents: Node[] = [];
  private readonly links: number[] = [];
  private gathered = 0;
  /** Terms and factors of what is being built, operands of `sumFrom` and `productFrom`: no arrays come and go. */
  private readonly operands: Node[] = [];
  private top = 0;
  private stamps = 0;

  constructor() {
    super();
    this.zero = this.number(Q.ZERO);
    this.one = this.number(Q.ONE);
    this.minusOne = this.number(Q.MINUS_ONE);
    this.half = this.number(Q.HALF);
    this.e = this.leaf(E);
  }

  /** What has been built so far is the user's own. */
  endOfUsers(): void {
    this.firstDerived = this.count;
    this.each((node) => {
      if (node.kind === 'product') this.notePairs(node.factors);
    });
  }

  private notePairs(factors: readonly Node[]): void {
    for (let i = 0; i < factors.length; i++)
      for (let j = i + 1; j < factors.length; j++)
        this.pairs.add(pairOf(baseOf(factors[i]!), baseOf(factors[j]!)));
  }

  /** Negative where the user writes a before b in a product. */
  usersOrder(a: Node, b: Node): number {
    return Number(this.pairs.has(pairOf(b, a))) - Number(this.pairs.has(pairOf(a, b)));
  }

  call(op: Operation, args: readonly Node[]): Node {
    return call(this, op, args);
  }

  // ───────────────────────────── operands ─────────────────────────────

  /** Where the operands of a sum, product or list begin that are put next; each ends before those around it. */
  begin(): number {
    return this.top;
  }

  put(node: Node): void {
    this.operands[this.top++] = node;
  }

  operand(at: number): Node {
    return this.operands[at]!;
  }

  /** Whether a node has been put since `begin` gave `start`. */
  isPut(node: Node, start: number): boolean {
    for (let i = start; i < this.top; i++) if (this.operands[i] === node) return true;
    return false;
  }

  /** Drops what has been put since `begin` gave `start`. */
  drop(start: number): void {
    this.top = start;
  }

  /** What has been put since `begin` gave `start`, as a list. */
  listFrom(start: number): readonly Node[] {
    const end = this.top;
    this.top = start;
    return end === start ? NONE : this.operands.slice(start, end);
  }

  // ───────────────────────────── sums ─────────────────────────────

  add(nodes: readonly Node[]): Node {
    if (nodes.length === 1) return nodes[0]!;
    const start = this.top;
    for (let i = 0; i < nodes.length; i++) this.put(nodes[i]!);
    return this.sumFrom(start);
  }

  plus(a: Node, b: Node): Node {
    const start = this.top;
    this.put(a);
    this.put(b);
    return this.sumFrom(start);
  }

  /** The sum of what has been put since `begin` gave `start`. */
  sumFrom(start: number): Node {
    const { monomials, scales, operands } = this;
    const last = this.top;
    this.top = start;
    if (last === start + 1) return operands[start]!;
    this.work += last - start;
    const from = this.collected;
    const stamp = ++this.stamps;
    for (let i = start; i < last; i++) this.collect(operands[i]!, Q.ONE, stamp);
    for (let i = from, end = this.collected; i < end; i++) {
      const monomial = monomials[i]!;
      const coefficient = scales[i]!;
      if (Q.isZero(coefficient) && (this.optimistic || !isConditional(monomial))) continue;
      this.put(this.scale(monomial, coefficient));
    }
    this.collected = from;
    const end = this.top;
    this.top = start;
    return this.sum(operands, start, end);
  }

  /** Adds scale · node to the monomials collected under this stamp. */
  private collect(node: Node, scale: Rational, stamp: number): void {
    let monomial: Node = node;
    let coefficient = scale;
    if (node.kind === 'sum') {
      for (let i = 0; i < node.terms.length; i++) this.collect(node.terms[i]!, scale, stamp);
      return;
    }
    if (node.kind === 'number') {
      monomial = this.one;
      coefficient = Q.times(scale, node.value);
    } else if (node.kind === 'product') {
      const only = node.factors.length === 1 ? node.factors[0]! : undefined;
      coefficient = Q.times(scale, node.coefficient);
      if (only?.kind === 'sum' && node.coefficient.d === 1 && Math.abs(node.coefficient.n) === 1) {
        this.collect(only, coefficient, stamp);
        return;
      }
      monomial = this.monomial(node);
    }
    const { scales } = this;
    if (monomial.stamp === stamp) scales[monomial.slot] = Q.plus(scales[monomial.slot]!, coefficient);
    else {
      monomial.stamp = stamp;
      monomial.slot = this.collected++;
      this.monomials[monomial.slot] = monomial;
      scales[monomial.slot] = coefficient;
    }
  }

  /** A product without its coefficient. */
  monomial(node: ProductNode): Node {
    return this.product(Q.ONE, node.factors);
  }

  /** terms[from] … terms[to − 1], with distinct monomials, as they stand. */
  private sum(terms: readonly Node[], from = 0, to = terms.length): Node {
    return to < from + 2 ? (to > from ? terms[from]! : this.zero) : this.rawSum(terms, from, to);
  }

  subtract(a: Node, b: Node): Node {
    return this.plus(a, this.negate(b));
  }

  negate(node: Node): Node {
    return this.scale(node, Q.MINUS_ONE);
  }

  /** coefficient · node; a sum keeps its shape as a factor unless the coefficient is ±1. */
  scale(node: Node, coefficient: Rational): Node {
    if (Q.isOne(coefficient)) return node;
    if (Q.isZero(coefficient) && this.optimistic) return this.zero;
    if (node.kind === 'number') return this.number(Q.times(node.value, coefficient));
    if (node.kind === 'product') return this.product(Q.times(node.coefficient, coefficient), node.factors);
    if (node.kind === 'sum') return this.times(this.number(coefficient), node);
    return this.rawProduct(coefficient, [node], 0, 1);
  }

  /** Every term times the coefficient. */
  distribute(node: Node, coefficient: Rational): Node {
    if (node.kind !== 'sum') return this.scale(node, coefficient);
    const start = this.begin();
    for (const term of node.terms) this.put(this.scale(term, coefficient));
    return this.sum(this.listFrom(start));
  }

  /** node = content · part, the part with coprime coefficients and of the orientation that was met first. */
  primitive(node: SumNode): readonly [Rational, SumNode] {
    node.primitive ??= this.findPrimitive(node);
    return node.primitive;
  }

  private findPrimitive(node: SumNode): readonly [Rational, SumNode] {
    let n = 0;
    let d = 0;
    let negative = true;
    let positive = true;
    for (const term of node.terms) {
      const c = coefficientOf(term);
      if (!Q.isExact(c)) return [Q.ONE, node];
      n = n === 0 ? Math.abs(c.n) : Q.gcd(n, c.n);
      d = d === 0 ? c.d : Q.gcd(d, c.d);
      if (c.n > 0) negative = false;
      else if (c.n < 0) positive = false;
    }
    if (n === 0) return [Q.ONE, node];
    const content = Q.rational(n, d);
    const part = Q.isOne(content) ? node : (this.distribute(node, Q.inverse(content)) as SumNode);
    if (positive) return [content, part];
    const opposite = part.terms.map((term) => this.scale(term, Q.MINUS_ONE));
    const met = this.findSum(opposite);
    if (negative || (met && met.id < part.id)) return [Q.negate(content), this.sum(opposite) as SumNode];
    return [content, part];
  }

  // ───────────────────────────── products ─────────────────────────────

  /** coefficient · factors[from] ⋯ factors[to − 1], as they stand. */
  private product(coefficient: Rational, factors: readonly Node[], from = 0, to = factors.length): Node {
    if (to === from) return this.number(coefficient);
    if (Q.isOne(coefficient) && to === from + 1) return factors[from]!;
    return this.rawProduct(coefficient, factors, from, to);
  }

  mul(nodes: readonly Node[]): Node {
    const start = this.top;
    for (let i = 0; i < nodes.length; i++) this.put(nodes[i]!);
    return this.productFrom(start);
  }

  times(a: Node, b: Node): Node {
    const start = this.top;
    this.put(a);
    this.put(b);
    return this.productFrom(start);
  }

  /** The product of what has been put since `begin` gave `start`. */
  productFrom(start: number): Node {
    const { operands, bases, exponents, links } = this;
    const last = this.top;
    this.work += last - start;
    const from = this.gathered;
    let coefficient = Q.ONE;
    for (let i = start; i < last; i++) {
      const node = operands[i]!;
      if (node.kind === 'number') coefficient = Q.times(coefficient, node.value);
      else if (node.kind === 'product') {
        coefficient = Q.times(coefficient, node.coefficient);
        const { factors } = node;
        for (let j = 0; j < factors.length; j++) coefficient = this.gather(factors[j]!, coefficient);
      } else coefficient = this.gather(node, coefficient);
    }
    this.top = start;
    if (Q.isZero(coefficient) && this.optimistic) {
      this.gathered = from;
      return this.zero;
    }
    this.link(from);
    let again = false;
    for (let i = from, end = this.gathered; i < end; i++) {
      const base = bases[i];
      if (base === undefined) continue;
      const merged = links[i] === 0 ? undefined : this.mergeExponents(base, this.linked(i));
      for (let j = 0, count = merged ? merged.length : 1; j < count; j++) {
        const factor = this.pow(base, merged ? merged[j]! : exponents[i]!);
        if (factor.kind === 'number') coefficient = Q.times(coefficient, factor.value);
        else {
          if (baseOf(factor) !== base || factor.kind === 'product') again = true;
          this.put(factor);
        }
      }
    }
    this.gathered = from;
    const end = this.top;
    this.top = start;
    if (again) return this.mul([this.number(coefficient), ...operands.slice(start, end)]);
    return this.product(coefficient, operands, start, end);
  }

  /** Collects a factor; the coefficient times what the factor has of its own. */
  private gather(factor: Node, coefficient: Rational): Rational {
    let base = factor;
    let exponent = this.one;
    let result = coefficient;
    if (factor.kind === 'power') {
      base = factor.base;
      exponent = factor.exponent;
    } else if (factor.kind === 'sum') {
      const [content, part] = this.primitive(factor);
      result = Q.times(coefficient, content);
      base = part;
    }
    const at = this.gathered++;
    this.bases[at] = base;
    this.exponents[at] = exponent;
    this.links[at] = 0;
    return result;
  }

  /** Links the exponents of equal bases from `from` on; only the first keeps its base. */
  private link(from: number): void {
    const { bases, links } = this;
    const stamp = ++this.stamps;
    for (let i = from, end = this.gathered; i < end; i++) {
      const base = bases[i]!;
      if (base.stamp === stamp) {
        links[base.slot] = i;
        bases[i] = undefined;
      }
      base.stamp = stamp;
      base.slot = i;
    }
  }

  private linked(first: number): readonly Node[] {
    const start = this.begin();
    let at = first;
    do {
      this.put(this.exponents[at]!);
      at = this.links[at]!;
    } while (at !== 0);
    return this.listFrom(start);
  }

  /** One exponent where adding them up is allowed, else several of which none cancels another. */
  private mergeExponents(base: Node, exponents: readonly Node[]): readonly Node[] {
    if (exponents.length === 1) return exponents;
    const total = this.add(exponents);
    if (this.optimistic) return [total];
    if (base === this.e || isPositive(this.facts, base)) return [total];
    const values = exponents.map((x) => (x.kind === 'number' ? x.value : undefined));
    if (values.some((v) => v === undefined)) return exponents;
    const exact = values as Rational[];
    const result = Q.toDouble(exact.reduce(Q.plus, Q.ZERO));
    const integral = exact.every(Q.isInteger);
    const clears = exact.some((v) => v.n < 0) && result >= 0;
    if (clears && !isNonzero(this.facts, base)) return exponents;
    if (!integral && Number.isInteger(result) && !isNonnegative(this.facts, base)) return exponents;
    return [total];
  }

  pow(base: Node, exponent: Node): Node {
    if (exponent.kind !== 'number') return this.symbolicPower(base, exponent);
    const p = exponent.value;
    if (Q.isZero(p)) return this.one;
    if (Q.isOne(p)) return base;
    if (Q.isInteger(p)) return this.integerPower(base, exponent, p.n);
    return this.realPower(base, exponent, p);
  }

  divide(a: Node, b: Node): Node {
    return this.times(a, this.pow(b, this.minusOne));
  }

  /** base^exponent as it stands. */
  private powerOf(base: Node, exponent: Node): Node {
    return exponent === this.one ? base : this.rawPower(base, exponent);
  }

  /** sum^k of a sum in the orientation given. */
  turned(sum: Node, k: number): Node {
    return this.powerOf(sum, this.integer(k));
  }

  private integerPower(base: Node, exponent: Node, k: number): Node {
    switch (base.kind) {
      case 'number': {
        const value = Q.power(base.value, k);
        if (base === this.zero && k < 0) this.impossible = true;
        return value ? this.number(value) : this.powerOf(base, exponent);
      }
      case 'product': {
        const c = Q.power(base.coefficient, k);
        const start = this.begin();
        this.put(c ? this.number(c) : this.powerOf(this.number(base.coefficient), exponent));
        for (const factor of base.factors) this.put(this.pow(factor, exponent));
        return this.productFrom(start);
      }
      case 'power':
        return this.pow(base.base, this.times(base.exponent, exponent));
      case 'sum': {
        const [content, part] = this.primitive(base);
        const c = Q.power(content, k);
        if (Q.isOne(content) || !c) return this.powerOf(base, exponent);
        return this.times(this.number(c), this.powerOf(part, exponent));
      }
      case 'call':
        if (base.op === 'abs' && k % 2 === 0) return this.pow(base.args[0]!, exponent);
        if (base.op === 'cbrt' && k % 3 === 0) return this.pow(base.args[0]!, this.integer(k / 3));
        if (base.op === 'hypot' && k % 2 === 0) {
          const two = this.integer(2);
          return this.pow(this.add(base.args.map((a) => this.pow(a, two))), this.integer(k / 2));
        }
        return this.powerOf(base, exponent);
      default:
        return this.powerOf(base, exponent);
    }
  }

  /** u^p for a p that is no integer: defined for u ≥ 0. */
  private realPower(base: Node, exponent: Node, p: Rational): Node {
    const half = p.d === 2;
    if (base === this.zero && p.n > 0) return base;
    if (base.kind === 'number') {
      if (base.value.n === 1 && base.value.d === 1) return base;
      if (half && base.value.n > 0 && Q.isExact(base.value)) return this.numericRoot(base.value, p.n);
      return this.powerOf(base, exponent);
    }
    if (base.kind === 'power') {
      if (base.base === this.e) return this.pow(base.base, this.times(base.exponent, exponent));
      const e = base.exponent.kind === 'number' ? base.exponent.value : undefined;
      if (e && (isNonnegative(this.facts, base.base) || !Q.isInteger(e)))
        return this.pow(base.base, this.number(Q.times(e, p)));
      if (e && Q.isInteger(e) && e.n % 2 === 0 && half)
        return this.pow(this.call('abs', [base.base]), this.number(Q.times(e, p)));
    }
    if (base.kind === 'product' && !Q.isZero(base.coefficient)) {
      const out: Node[] = [];
      const inside: Node[] = [];
      // Only what gets simpler outside: the root of a power.
      for (const factor of base.factors)
        (factor.kind === 'power' && isPositive(this.facts, factor) ? out : inside).push(factor);
      const c = base.coefficient;
      const positive = Q.absolute(c);
      const root = half && Q.isExact(c) ? this.numericRoot(positive, p.n) : undefined;
      if (root?.kind === 'number' && !Q.isOne(positive)) {
        const rest = this.mul([...inside, ...(c.n < 0 ? [this.minusOne] : [])]);
        return this.mul([root, ...out.map((f) => this.pow(f, exponent)), this.pow(rest, exponent)]);
      }
      if (out.length > 0 && (inside.length > 0 || out.length > 1 || !Q.isOne(c))) {
        const rest = this.mul([this.number(c), ...inside]);
        return this.mul([...out.map((f) => this.pow(f, exponent)), this.pow(rest, exponent)]);
      }
    }
    return this.powerOf(base, exponent);
  }

  /** value^(k/2) for odd k as rational · root of a square-free integer. */
  private numericRoot(value: Rational, k: number): Node {
    const whole = Q.power(value, (k - 1) / 2) ?? Q.ONE;
    if (Q.isOne(whole) && k !== 1) return this.powerOf(this.number(value), this.number({ n: k, d: 2 }));
    const product = value.n * value.d;
    if (!Number.isSafeInteger(product)) return this.powerOf(this.number(value), this.number({ n: k, d: 2 }));
    const [root, rest] = Q.squareRoot(product);
    const outside = Q.times(whole, Q.rational(root, value.d));
    if (rest === 1) return this.number(outside);
    return this.product(outside, [this.powerOf(this.integer(rest), this.half)]);
  }

  private symbolicPower(base: Node, exponent: Node): Node {
    if (base === this.one) return base;
    if (base === this.e) {
      const c = exponent.kind === 'product' && exponent.factors.length === 1 ? exponent.coefficient : Q.ONE;
      const inner = exponent.kind === 'product' ? exponent.factors[0]! : exponent;
      if (
        inner.kind === 'call' &&
        inner.op === 'log' &&
        (exponent === inner || factorsOf(exponent).length === 1)
      )
        return this.pow(inner.args[0]!, this.number(c));
    }
    if (base.kind === 'power' && base.base === this.e)
      return this.pow(this.e, this.times(base.exponent, exponent));
    return this.powerOf(base, exponent);
  }
}

function pairOf(a: Node, b: Node): number {
  return a.id * 0x1000000 + b.id;
}
