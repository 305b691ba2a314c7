/**
 * Which values of a function under construction are integers of moderate size (indices, counts), whose sums are exact
 * in any order.
 */
import type { FunctionBuilder } from './functionBuilder.ts';
import type { ValueId } from './program.ts';

/** Constants up to this are taken part in; with lengths and counts below 2³² everything stays below 2⁵³. */
const LARGEST = 2 ** 20;

export class Integers {
  private readonly f: FunctionBuilder;
  private readonly known = new Map<ValueId, boolean>();

  constructor(f: FunctionBuilder) {
    this.f = f;
  }

  /** Lengths, and counters of loops. */
  note(id: ValueId): void {
    this.known.set(id, true);
  }

  has(id: ValueId): boolean {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const found = this.find(id);
    this.known.set(id, found);
    return found;
  }

  constantOf(id: ValueId): number | undefined {
    const value = this.f.constantOf(id);
    return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= LARGEST
      ? value + 0
      : undefined;
  }

  private find(id: ValueId): boolean {
    if (this.f.constantOf(id) !== undefined) return this.constantOf(id) !== undefined;
    const definition = this.f.definition(id);
    if (!definition) return false;
    const [a, b] = definition.args as [ValueId, ValueId];
    switch (definition.op) {
      case 'add':
      case 'sub':
        return this.has(a) && this.has(b);
      case 'mul':
        // Not by a negative number, which makes a −0 of 0.
        return (
          ((this.constantOf(a) ?? -1) >= 0 && this.has(b)) || ((this.constantOf(b) ?? -1) >= 0 && this.has(a))
        );
      default:
        return false;
    }
  }

  /** An integer as base + constant; the base is absent where there is only the constant. */
  split(id: ValueId): { readonly base: ValueId; readonly offset: number } | undefined {
    const definition = this.f.definition(id);
    if ((definition?.op !== 'add' && definition?.op !== 'sub') || !this.has(id)) return undefined;
    const [a, b] = definition.args as [ValueId, ValueId];
    const right = this.constantOf(b);
    if (right !== undefined) return { base: a, offset: definition.op === 'sub' ? -right : right };
    const left = this.constantOf(a);
    return left !== undefined && definition.op === 'add' ? { base: b, offset: left } : undefined;
  }

  /** base + constant in one operation, or none, for an addition or subtraction with a constant. */
  sum(a: ValueId, b: ValueId, negative: boolean): ValueId | undefined {
    if (!this.has(a) || !this.has(b)) return undefined;
    const right = this.constantOf(b);
    const left = negative ? undefined : this.constantOf(a);
    const [part, constant] = right !== undefined ? [a, right] : left !== undefined ? [b, left] : [];
    if (part !== undefined && constant !== undefined) {
      const parts = this.split(part);
      const { base, offset } = parts ?? { base: part, offset: 0 };
      if (!this.f.isVisible(base)) return undefined;
      return this.plus(base, offset + (negative ? -constant : constant));
    }
    return undefined;
  }

  private plus(base: ValueId, constant: number): ValueId | undefined {
    const { f } = this;
    if (constant === 0) return base;
    if (Math.abs(constant) > LARGEST) return undefined;
    return constant > 0
      ? f.op('add', [base, f.constant(constant)])
      : f.op('sub', [base, f.constant(-constant)]);
  }
}
