/**
 * Normal forms: a sum is a set of terms with distinct monomials, a product a coefficient and powers of distinct
 * bases. Nodes are interned in a pool (forms.ts), so equality is identity and everything is memoised by id.
 */
import type { Expr } from '../expression/expression.ts';
import type { Operation } from '../operations/names.ts';
import type { Rational } from './rational.ts';

interface Interned {
  /** In order of creation: what the user wrote first has the smallest. */
  readonly id: number;
  /** Characters of the Unicode form without blanks; -1 until length.ts has counted. */
  length: number;
}
export interface NumberNode extends Interned {
  readonly kind: 'number';
  readonly value: Rational;
}
/** Variables, named constants, elements; cases, sums and products as wholes (simplified inside already). */
export interface LeafNode extends Interned {
  readonly kind: 'leaf';
  readonly expr: Expr;
}
export interface CallNode extends Interned {
  readonly kind: 'call';
  readonly op: Operation;
  readonly args: readonly Node[];
}
/** base^exponent, the exponent never 0 or 1; √u is u^½, exp(u) is e^u. */
export interface PowerNode extends Interned {
  readonly kind: 'power';
  readonly base: Node;
  readonly exponent: Node;
}
/** coefficient · Π factors; factors are neither numbers, products nor (unless alone with ±1) sums with content. */
export interface ProductNode extends Interned {
  readonly kind: 'product';
  readonly coefficient: Rational;
  readonly factors: readonly Node[];
}
export interface SumNode extends Interned {
  readonly kind: 'sum';
  readonly terms: readonly Node[];
}
export type Node = NumberNode | LeafNode | CallNode | PowerNode | ProductNode | SumNode;

export function baseOf(node: Node): Node {
  return node.kind === 'power' ? node.base : node;
}

/** The factors of a node seen as a product. */
export function factorsOf(node: Node): readonly Node[] {
  if (node.kind === 'product') return node.factors;
  return node.kind === 'number' ? [] : [node];
}

export function termsOf(node: Node): readonly Node[] {
  return node.kind === 'sum' ? node.terms : [node];
}

/** The exponent of a factor where it is a number. */
export function exponentOf(node: Node): Rational | undefined {
  if (node.kind !== 'power') return { n: 1, d: 1 };
  return node.exponent.kind === 'number' ? node.exponent.value : undefined;
}
