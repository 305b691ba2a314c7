/**
 * Normal forms: a sum is a set of terms with distinct monomials, a product a coefficient and powers of distinct
 * bases. Nodes are interned in a pool (pool.ts), so equality is identity and what is known of one stays with it.
 */
import type { Expr } from '../expression/expression.ts';
import type { Operation } from '../operations/names.ts';
import { ONE, type Rational } from './rational.ts';

abstract class Interned {
  /** In order of creation: what the user wrote first has the smallest. */
  readonly id: number;
  readonly hash: number;
  /** The next node of the same bucket in the pool. */
  next: Node | undefined = undefined;
  /** Characters of the Unicode form without blanks; -1 until layout.ts has counted. */
  length = -1;
  /** The collection (of a sum's terms or a product's factors) that met this node last, and the place it has there. */
  stamp = 0;
  slot = 0;
  /** Memo of powersOf in rewrite.ts. */
  powers: Powers | undefined = undefined;

  constructor(id: number, hash: number) {
    this.id = id;
    this.hash = hash;
  }
}
/** Distinct bases and their exponents. */
export interface Powers {
  readonly bases: readonly Node[];
  readonly exponents: readonly Rational[];
}
/** A product as it is written: ±(numbers and factors above)/(below). */
export interface Quotient {
  readonly negative: boolean;
  readonly top: Rational;
  readonly bottom: Rational;
  readonly above: readonly Node[];
  readonly below: readonly Node[];
}
export class NumberNode extends Interned {
  readonly kind = 'number';
  readonly value: Rational;

  constructor(id: number, hash: number, value: Rational) {
    super(id, hash);
    this.value = value;
  }
}
/** Variables, named constants, elements; cases, sums and products as wholes (simplified inside already). */
export class LeafNode extends Interned {
  readonly kind = 'leaf';
  readonly expr: Expr;

  constructor(id: number, hash: number, expr: Expr) {
    super(id, hash);
    this.expr = expr;
  }
}
export class CallNode extends Interned {
  readonly kind = 'call';
  readonly op: Operation;
  readonly args: readonly Node[];

  constructor(id: number, hash: number, op: Operation, args: readonly Node[]) {
    super(id, hash);
    this.op = op;
    this.args = args;
  }
}
/** base^exponent, the exponent never 0 or 1; √u is u^½, exp(u) is e^u. */
export class PowerNode extends Interned {
  readonly kind = 'power';
  readonly base: Node;
  readonly exponent: Node;
  /** Memos of quotientOf in layout.ts: within a formula, and at its head. */
  quotient: Quotient | undefined = undefined;
  leading: Quotient | undefined = undefined;

  constructor(id: number, hash: number, base: Node, exponent: Node) {
    super(id, hash);
    this.base = base;
    this.exponent = exponent;
  }
}
/** coefficient · Π factors; factors are neither numbers, products nor (unless alone with ±1) sums with content. */
export class ProductNode extends Interned {
  readonly kind = 'product';
  readonly coefficient: Rational;
  readonly factors: readonly Node[];
  /** Memos of quotientOf in layout.ts: within a formula, and at its head. */
  quotient: Quotient | undefined = undefined;
  leading: Quotient | undefined = undefined;

  constructor(id: number, hash: number, coefficient: Rational, factors: readonly Node[]) {
    super(id, hash);
    this.coefficient = coefficient;
    this.factors = factors;
  }
}
export class SumNode extends Interned {
  readonly kind = 'sum';
  readonly terms: readonly Node[];
  /** Memo of `primitive` in forms.ts. */
  primitive: readonly [content: Rational, part: SumNode] | undefined = undefined;

  constructor(id: number, hash: number, terms: readonly Node[]) {
    super(id, hash);
    this.terms = terms;
  }
}
export type Node = NumberNode | LeafNode | CallNode | PowerNode | ProductNode | SumNode;

export const NONE: readonly Node[] = [];

export function baseOf(node: Node): Node {
  return node.kind === 'power' ? node.base : node;
}

/** The factors of a node seen as a product. */
export function factorsOf(node: Node): readonly Node[] {
  if (node.kind === 'product') return node.factors;
  return node.kind === 'number' ? NONE : [node];
}

export function termsOf(node: Node): readonly Node[] {
  return node.kind === 'sum' ? node.terms : [node];
}

/** The exponent of a factor where it is a number. */
export function exponentOf(node: Node): Rational | undefined {
  if (node.kind !== 'power') return ONE;
  return node.exponent.kind === 'number' ? node.exponent.value : undefined;
}

export function coefficientOf(node: Node): Rational {
  if (node.kind === 'number') return node.value;
  return node.kind === 'product' ? node.coefficient : ONE;
}
