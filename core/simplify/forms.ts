/** The pool of normal forms and its automatic simplification: like terms and like powers are always collected. */
import { E } from '../expression/build.ts';
import type { Expr } from '../expression/expression.ts';
import { equal } from '../expression/walk.ts';
import type { Operation } from '../operations/names.ts';
import { call } from './calls.ts';
import type { Bar } from './decimals.ts';
import { Facts, isNonnegative, isNonzero, isPositive } from './facts.ts';
import type { Node, ProductNode, SumNode } from './node.ts';
import { baseOf, factorsOf } from './node.ts';
import type { Rational } from './rational.ts';
import * as Q from './rational.ts';

/** Hash of an id; sums of these do not depend on the order. */
function mix(id: number): number {
  const a = Math.imul(id + 1, 0x9e3779b1);
  return Math.imul(a ^ (a >>> 15), 0x85ebca6b);
}

function sameMembers(a: readonly Node[], b: readonly Node[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && !b.includes(a[i]!)) return false;
  return true;
}

export class Forms {
  private readonly pool = new Map<string, Node>();
  /** Sums and products by a hash that does not depend on the order of their members. */
  private readonly collections = new Map<number, (SumNode | ProductNode)[]>();
  private readonly primitives = new Map<Node, readonly [Rational, SumNode]>();
  /** Met 1/0: the formula is defined nowhere. */
  impossible = false;
  /** Memo of powersOf in rewrite.ts. */
  readonly powers = new Map<Node, ReadonlyMap<Node, Rational>>();
  /** Members handled by `add` and `mul`: what a budget counts. */
  work = 0;
  private readonly leaves = new Map<string, Node[]>();
  private count = 0;
  readonly zero: Node;
  readonly one: Node;
  readonly minusOne: Node;
  readonly half: Node;
  readonly e: Node;
  /** What may be taken for granted when powers cancel. */
  facts = new Facts();
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
  /** Pairs of bases in the order of the user's products. */
  private readonly pairs = new Map<number, Set<number>>();

  constructor() {
    this.zero = this.number(Q.ZERO);
    this.one = this.number(Q.ONE);
    this.minusOne = this.number(Q.MINUS_ONE);
    this.half = this.number(Q.HALF);
    this.e = this.leaf(E);
  }

  /** What has been built so far is the user's own. */
  endOfUsers(): void {
    this.firstDerived = this.count;
    for (const bucket of this.collections.values())
      for (const node of bucket) if (node.kind === 'product') this.notePairs(node.factors.map(baseOf));
  }

  private notePairs(bases: readonly Node[]): void {
    for (let i = 0; i < bases.length; i++) {
      const after = this.pairs.get(bases[i]!.id) ?? new Set();
      for (let j = i + 1; j < bases.length; j++) after.add(bases[j]!.id);
      this.pairs.set(bases[i]!.id, after);
    }
  }

  /** Negative where the user writes a before b in a product. */
  usersOrder(a: Node, b: Node): number {
    const [ab, ba] = [this.pairs.get(a.id)?.has(b.id) ?? false, this.pairs.get(b.id)?.has(a.id) ?? false];
    return Number(ba) - Number(ab);
  }

  private intern(key: string, make: (id: number) => Node): Node {
    let node = this.pool.get(key);
    if (!node) {
      node = make(this.count++);
      this.pool.set(key, node);
    }
    return node;
  }

  number(value: Rational): Node {
    return this.intern(`#${value.n}/${value.d}`, (id) => ({ kind: 'number', id, length: -1, value }));
  }

  integer(value: number): Node {
    return this.number({ n: value, d: 1 });
  }

  leaf(expr: Expr): Node {
    if (expr.kind === 'variable' || expr.kind === 'named')
      return this.intern(`$${expr.kind}${expr.name}`, (id) => ({ kind: 'leaf', id, length: -1, expr }));
    const bucket = expr.kind === 'element' ? expr.array : expr.kind;
    const known = this.leaves.get(bucket);
    const found = known?.find((node) => node.kind === 'leaf' && equal(node.expr, expr));
    if (found) return found;
    const node: Node = { kind: 'leaf', id: this.count++, length: -1, expr };
    if (known) known.push(node);
    else this.leaves.set(bucket, [node]);
    return node;
  }

  /** An application as it stands; `call` in calls.ts simplifies. */
  rawCall(op: Operation, args: readonly Node[]): Node {
    const key = `${op}(${args.map((a) => a.id).join(',')})`;
    return this.intern(key, (id) => ({ kind: 'call', id, length: -1, op, args }));
  }

  call(op: Operation, args: readonly Node[]): Node {
    return call(this, op, args);
  }

  // ───────────────────────────── sums ─────────────────────────────

  add(nodes: readonly Node[]): Node {
    if (nodes.length === 1) return nodes[0]!;
    this.work += nodes.length;
    const monomials = new Map<Node, Rational>();
    const collect = (node: Node, scale: Rational) => {
      if (node.kind === 'sum') {
        for (const term of node.terms) collect(term, scale);
        return;
      }
      let monomial: Node = node;
      let coefficient = scale;
      if (node.kind === 'number') {
        monomial = this.one;
        coefficient = Q.times(scale, node.value);
      } else if (node.kind === 'product') {
        const only = node.factors.length === 1 ? node.factors[0]! : undefined;
        const unit = node.coefficient.d === 1 && Math.abs(node.coefficient.n) === 1;
        if (only?.kind === 'sum' && unit) {
          collect(only, Q.times(scale, node.coefficient));
          return;
        }
        monomial = this.monomial(node);
        coefficient = Q.times(scale, node.coefficient);
      }
      const before = monomials.get(monomial);
      monomials.set(monomial, before ? Q.plus(before, coefficient) : coefficient);
    };
    for (const node of nodes) collect(node, Q.ONE);
    const terms: Node[] = [];
    for (const [monomial, coefficient] of monomials) {
      if (Q.isZero(coefficient) && (this.optimistic || !this.conditional(monomial))) continue;
      terms.push(this.scale(monomial, coefficient));
    }
    return this.sum(terms);
  }

  /** A product without its coefficient. */
  monomial(node: ProductNode): Node {
    return node.factors.length === 1 ? node.factors[0]! : this.product(Q.ONE, node.factors);
  }

  /** Terms with distinct monomials, as they stand. */
  private sum(terms: readonly Node[]): Node {
    if (terms.length === 0) return this.zero;
    if (terms.length === 1) return terms[0]!;
    const found = this.findSum(terms);
    if (found) return found;
    const node: SumNode = { kind: 'sum', id: this.count++, length: -1, terms };
    this.keep(sumHash(terms), node);
    return node;
  }

  private findSum(terms: readonly Node[]): SumNode | undefined {
    for (const node of this.collections.get(sumHash(terms)) ?? [])
      if (node.kind === 'sum' && sameMembers(node.terms, terms)) return node;
    return undefined;
  }

  private keep(hash: number, node: SumNode | ProductNode): void {
    const bucket = this.collections.get(hash);
    if (bucket) bucket.push(node);
    else this.collections.set(hash, [node]);
  }

  subtract(a: Node, b: Node): Node {
    return this.add([a, this.negate(b)]);
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
    if (node.kind === 'sum') return this.mul([this.number(coefficient), node]);
    return this.product(coefficient, [node]);
  }

  /** Every term times the coefficient. */
  distribute(node: Node, coefficient: Rational): Node {
    if (node.kind !== 'sum') return this.scale(node, coefficient);
    return this.sum(node.terms.map((term) => this.scale(term, coefficient)));
  }

  /** node = content · part, the part with coprime coefficients and of the orientation that was met first. */
  primitive(node: SumNode): readonly [Rational, SumNode] {
    let result = this.primitives.get(node);
    if (!result) {
      result = this.findPrimitive(node);
      this.primitives.set(node, result);
    }
    return result;
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

  private product(coefficient: Rational, factors: readonly Node[]): Node {
    if (factors.length === 0) return this.number(coefficient);
    if (Q.isOne(coefficient) && factors.length === 1) return factors[0]!;
    let hash = Math.imul(coefficient.n | 0, 0x27d4eb2f) ^ Math.imul(coefficient.d | 0, 0x165667b1);
    for (const factor of factors) hash = (hash + mix(factor.id)) | 0;
    for (const node of this.collections.get(hash) ?? [])
      if (
        node.kind === 'product' &&
        Q.same(node.coefficient, coefficient) &&
        sameMembers(node.factors, factors)
      )
        return node;
    const node: ProductNode = { kind: 'product', id: this.count++, length: -1, coefficient, factors };
    this.keep(hash, node);
    return node;
  }

  mul(nodes: readonly Node[]): Node {
    this.work += nodes.length;
    let coefficient = Q.ONE;
    const bases = new Map<Node, Node[]>();
    const put = (factor: Node) => {
      let base = factor;
      let exponent = this.one;
      if (factor.kind === 'power') {
        base = factor.base;
        exponent = factor.exponent;
      } else if (factor.kind === 'sum') {
        const [content, part] = this.primitive(factor);
        coefficient = Q.times(coefficient, content);
        base = part;
      }
      const list = bases.get(base);
      if (list) list.push(exponent);
      else bases.set(base, [exponent]);
    };
    for (const node of nodes) {
      if (node.kind === 'number') coefficient = Q.times(coefficient, node.value);
      else if (node.kind === 'product') {
        coefficient = Q.times(coefficient, node.coefficient);
        for (const factor of node.factors) put(factor);
      } else put(node);
    }
    if (Q.isZero(coefficient) && this.optimistic) return this.zero;
    const factors: Node[] = [];
    let again = false;
    for (const [base, exponents] of bases) {
      for (const exponent of this.mergeExponents(base, exponents)) {
        const factor = this.pow(base, exponent);
        if (factor.kind === 'number') coefficient = Q.times(coefficient, factor.value);
        else {
          if (baseOf(factor) !== base || factor.kind === 'product') again = true;
          factors.push(factor);
        }
      }
    }
    if (again) return this.mul([this.number(coefficient), ...factors]);
    return this.product(coefficient, factors);
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
    return this.mul([a, this.pow(b, this.minusOne)]);
  }

  private rawPower(base: Node, exponent: Node): Node {
    if (exponent === this.one) return base;
    const key = `^${base.id},${exponent.id}`;
    return this.intern(key, (id) => ({ kind: 'power', id, length: -1, base, exponent }));
  }

  /** sum^k of a sum in the orientation given. */
  turned(sum: Node, k: number): Node {
    return this.rawPower(sum, this.integer(k));
  }

  private integerPower(base: Node, exponent: Node, k: number): Node {
    switch (base.kind) {
      case 'number': {
        const value = Q.power(base.value, k);
        if (base === this.zero && k < 0) this.impossible = true;
        return value ? this.number(value) : this.rawPower(base, exponent);
      }
      case 'product': {
        const c = Q.power(base.coefficient, k);
        const parts = base.factors.map((factor) => this.pow(factor, exponent));
        return this.mul([
          c ? this.number(c) : this.rawPower(this.number(base.coefficient), exponent),
          ...parts,
        ]);
      }
      case 'power':
        return this.pow(base.base, this.mul([base.exponent, exponent]));
      case 'sum': {
        const [content, part] = this.primitive(base);
        const c = Q.power(content, k);
        if (Q.isOne(content) || !c) return this.rawPower(base, exponent);
        return this.mul([this.number(c), this.rawPower(part, exponent)]);
      }
      case 'call':
        if (base.op === 'abs' && k % 2 === 0) return this.pow(base.args[0]!, exponent);
        if (base.op === 'cbrt' && k % 3 === 0) return this.pow(base.args[0]!, this.integer(k / 3));
        if (base.op === 'hypot' && k % 2 === 0) {
          const two = this.integer(2);
          return this.pow(this.add(base.args.map((a) => this.pow(a, two))), this.integer(k / 2));
        }
        return this.rawPower(base, exponent);
      default:
        return this.rawPower(base, exponent);
    }
  }

  /** u^p for a p that is no integer: defined for u ≥ 0. */
  private realPower(base: Node, exponent: Node, p: Rational): Node {
    const half = p.d === 2;
    if (base === this.zero && p.n > 0) return base;
    if (base.kind === 'number') {
      if (base.value.n === 1 && base.value.d === 1) return base;
      if (half && base.value.n > 0 && Q.isExact(base.value)) return this.numericRoot(base.value, p.n);
      return this.rawPower(base, exponent);
    }
    if (base.kind === 'power') {
      if (base.base === this.e) return this.pow(base.base, this.mul([base.exponent, exponent]));
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
    return this.rawPower(base, exponent);
  }

  /** value^(k/2) for odd k as rational · root of a square-free integer. */
  private numericRoot(value: Rational, k: number): Node {
    const whole = Q.power(value, (k - 1) / 2) ?? Q.ONE;
    if (Q.isOne(whole) && k !== 1) return this.rawPower(this.number(value), this.number({ n: k, d: 2 }));
    const product = value.n * value.d;
    if (!Number.isSafeInteger(product)) return this.rawPower(this.number(value), this.number({ n: k, d: 2 }));
    const [root, rest] = Q.squareRoot(product);
    const outside = Q.times(whole, Q.rational(root, value.d));
    if (rest === 1) return this.number(outside);
    return this.product(outside, [this.rawPower(this.integer(rest), this.half)]);
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
      return this.pow(this.e, this.mul([base.exponent, exponent]));
    return this.rawPower(base, exponent);
  }

  /** Whether the node is undefined somewhere that `facts` do not exclude (on the safe side). */
  private conditional(node: Node): boolean {
    switch (node.kind) {
      case 'number':
        return false;
      case 'leaf':
        return node.expr.kind !== 'variable' && node.expr.kind !== 'named';
      case 'sum':
        return node.terms.some((t) => this.conditional(t));
      case 'product':
        return node.factors.some((t) => this.conditional(t));
      default:
        return !(node.kind === 'call' && TOTAL.has(node.op) && !node.args.some((a) => this.conditional(a)));
    }
  }
}

const TOTAL = new Set<Operation>(['sin', 'cos', 'sinh', 'cosh', 'tanh', 'atan', 'asinh', 'abs', 'cbrt']);

function sumHash(terms: readonly Node[]): number {
  let hash = 0x2545f491;
  for (const term of terms) hash = (hash + mix(term.id)) | 0;
  return hash;
}

export function coefficientOf(node: Node): Rational {
  if (node.kind === 'number') return node.value;
  return node.kind === 'product' ? node.coefficient : Q.ONE;
}
