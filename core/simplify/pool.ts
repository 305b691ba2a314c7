/** The pool that normal forms are interned in: one table by hash, its buckets chained through the nodes themselves. */
import type { Expr } from '../expression/expression.ts';
import { equal } from '../expression/walk.ts';
import type { Operation } from '../operations/names.ts';
import { CallNode, LeafNode, type Node, NumberNode, PowerNode, ProductNode, SumNode } from './node.ts';
import type { Rational } from './rational.ts';
import * as Q from './rational.ts';

const SMALLEST = 128;
const MOST_INTEGERS = 16;

/** Hash of an id; sums of these do not depend on the order. */
function mix(id: number): number {
  const a = Math.imul(id + 1, 0x9e3779b1);
  return Math.imul(a ^ (a >>> 15), 0x85ebca6b);
}

function hashOfNumber(value: Rational): number {
  return Math.imul(value.n | 0, 0x27d4eb2f) ^ Math.imul(value.d | 0, 0x165667b1);
}

function hashOfText(text: string): number {
  let hash = text.length;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

const SUM = 0x2545f491;

/** Of nodes[from] … nodes[to − 1] in any order. */
function hashOf(seed: number, nodes: readonly Node[], from: number, to: number): number {
  let hash = seed;
  for (let i = from; i < to; i++) hash = (hash + mix(nodes[i]!.id)) | 0;
  return hash;
}

/** Whether nodes[from] … nodes[to − 1] are the members, in any order and each as often. */
function sameMembers(members: readonly Node[], nodes: readonly Node[], from: number, to: number): boolean {
  if (members.length !== to - from) return false;
  for (let i = from; i < to; i++) {
    const node = nodes[i]!;
    if (
      members[i - from] !== node &&
      times(members, node, 0, members.length) !== times(nodes, node, from, to)
    )
      return false;
  }
  return true;
}

function times(nodes: readonly Node[], node: Node, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) if (nodes[i] === node) count++;
  return count;
}

export class Pool {
  private table: (Node | undefined)[] = new Array<Node | undefined>(SMALLEST).fill(undefined);
  /** By value, where they are small. */
  private readonly integers: Node[] = [];
  /** Nodes so far. */
  protected count = 0;

  private first(hash: number): Node | undefined {
    return this.table[hash & (this.table.length - 1)];
  }

  private keep<N extends Node>(node: N): N {
    this.count++;
    if (this.count > this.table.length) this.grow();
    const at = node.hash & (this.table.length - 1);
    node.next = this.table[at];
    this.table[at] = node;
    return node;
  }

  private grow(): void {
    const before = this.table;
    this.table = new Array<Node | undefined>(before.length * 4).fill(undefined);
    for (const bucket of before) {
      for (let node = bucket; node; ) {
        const { next } = node;
        const at = node.hash & (this.table.length - 1);
        node.next = this.table[at];
        this.table[at] = node;
        node = next;
      }
    }
  }

  /** Every node, in no particular order. */
  protected each(visit: (node: Node) => void): void {
    for (const bucket of this.table) for (let node = bucket; node; node = node.next) visit(node);
  }

  number(value: Rational): Node {
    const hash = hashOfNumber(value);
    for (let node = this.first(hash); node; node = node.next)
      if (node.kind === 'number' && sameNumber(node.value, value)) return node;
    return this.keep(new NumberNode(this.count, hash, value));
  }

  integer(value: number): Node {
    const known = this.integers[value];
    if (known) return known;
    const node = this.number({ n: value, d: 1 });
    if (value >= 0 && value < MOST_INTEGERS) this.integers[value] = node;
    return node;
  }

  leaf(expr: Expr): Node {
    const named = expr.kind === 'variable' || expr.kind === 'named';
    const hash = hashOfText(named ? expr.name : expr.kind === 'element' ? expr.array : expr.kind);
    for (let node = this.first(hash); node; node = node.next) {
      if (node.kind !== 'leaf' || node.expr.kind !== expr.kind) continue;
      if (named ? (node.expr as typeof expr).name === expr.name : equal(node.expr, expr)) return node;
    }
    return this.keep(new LeafNode(this.count, hash, expr));
  }

  /** An application as it stands; `call` in calls.ts simplifies. */
  rawCall(op: Operation, args: readonly Node[]): Node {
    let hash = hashOfText(op);
    for (let i = 0; i < args.length; i++) hash = (Math.imul(hash, 31) + mix(args[i]!.id)) | 0;
    for (let node = this.first(hash); node; node = node.next)
      if (node.kind === 'call' && node.op === op && sameOrder(node.args, args)) return node;
    return this.keep(new CallNode(this.count, hash, op, args));
  }

  protected rawPower(base: Node, exponent: Node): Node {
    const hash = (Math.imul(mix(base.id), 31) + mix(exponent.id)) | 0;
    for (let node = this.first(hash); node; node = node.next)
      if (node.kind === 'power' && node.base === base && node.exponent === exponent) return node;
    return this.keep(new PowerNode(this.count, hash, base, exponent));
  }

  /** The sum of these terms, if it is there. */
  protected findSum(terms: readonly Node[]): SumNode | undefined {
    return this.sumOf(hashOf(SUM, terms, 0, terms.length), terms, 0, terms.length);
  }

  private sumOf(hash: number, terms: readonly Node[], from: number, to: number): SumNode | undefined {
    for (let node = this.first(hash); node; node = node.next)
      if (node.hash === hash && node.kind === 'sum' && sameMembers(node.terms, terms, from, to)) return node;
    return undefined;
  }

  /** terms[from] + … + terms[to − 1], two or more with distinct monomials, as they stand. */
  protected rawSum(terms: readonly Node[], from: number, to: number): SumNode {
    const hash = hashOf(SUM, terms, from, to);
    return (
      this.sumOf(hash, terms, from, to) ?? this.keep(new SumNode(this.count, hash, terms.slice(from, to)))
    );
  }

  /** coefficient · factors[from] ⋯ factors[to − 1], as they stand. */
  protected rawProduct(
    coefficient: Rational,
    factors: readonly Node[],
    from: number,
    to: number,
  ): ProductNode {
    const hash = hashOf(hashOfNumber(coefficient), factors, from, to);
    for (let node = this.first(hash); node; node = node.next)
      if (
        node.hash === hash &&
        node.kind === 'product' &&
        Q.same(node.coefficient, coefficient) &&
        sameMembers(node.factors, factors, from, to)
      )
        return node;
    return this.keep(new ProductNode(this.count, hash, coefficient, factors.slice(from, to)));
  }
}

/** NaN is itself here. */
function sameNumber(a: Rational, b: Rational): boolean {
  return a.d === b.d && (a.n === b.n || (Number.isNaN(a.n) && Number.isNaN(b.n)));
}

function sameOrder(a: readonly Node[], b: readonly Node[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
