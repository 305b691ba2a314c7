/** What a rebuilt function knows of the elements of its buffers: values loaded or stored, until something may write. */
import type { Block, ValueId } from './program.ts';
import { instructionsIn } from './walk.ts';

interface Element {
  readonly buffer: ValueId;
  readonly index: ValueId;
  readonly value: ValueId;
}

export class Memory {
  private elements: readonly Element[] = [];
  /** Parameters and allocations: two of them are never the same buffer. */
  private readonly distinct: Map<ValueId, { readonly rounds: boolean }>;
  private readonly constantOf: (id: ValueId) => number | boolean | undefined;

  constructor(constantOf: (id: ValueId) => number | boolean | undefined) {
    this.distinct = new Map();
    this.constantOf = constantOf;
  }

  /** `typed`: where the buffer changes what is stored in it. */
  declare(buffer: ValueId, typed: string | undefined): void {
    this.distinct.set(buffer, { rounds: typed !== undefined && typed !== 'Float64Array' });
  }

  find(buffer: ValueId, index: ValueId): ValueId | undefined {
    return this.elements.find((e) => e.buffer === buffer && e.index === index)?.value;
  }

  loaded(buffer: ValueId, index: ValueId, value: ValueId): void {
    this.elements = [...this.elements, { buffer, index, value }];
  }

  stored(buffer: ValueId, index: ValueId, value: ValueId): void {
    const at = this.constantOf(index);
    this.elements = this.elements.filter((e) => {
      if (!this.mayBeSame(e.buffer, buffer)) return true;
      const other = this.constantOf(e.index);
      return at !== undefined && other !== undefined && at !== other;
    });
    if (this.distinct.get(buffer)?.rounds === false) this.loaded(buffer, index, value);
  }

  written(buffer: ValueId): void {
    this.elements = this.elements.filter((e) => !this.mayBeSame(e.buffer, buffer));
  }

  forgetAll(): void {
    this.elements = [];
  }

  save(): readonly Element[] {
    return this.elements;
  }

  restore(elements: readonly Element[]): void {
    this.elements = elements;
  }

  /** After a branch: what both arms agree on. */
  meet(a: readonly Element[], b: readonly Element[]): void {
    this.elements = a.filter((e) => b.includes(e));
  }

  private mayBeSame(a: ValueId, b: ValueId): boolean {
    return a === b || !this.distinct.has(a) || !this.distinct.has(b);
  }
}

/** The buffers that a block stores into, by their ids; undefined where calls may write to any. */
export function writtenIn(blocks: readonly Block[], effects: ReadonlySet<number>): ValueId[] | undefined {
  const written: ValueId[] = [];
  for (const block of blocks) {
    for (const i of instructionsIn(block)) {
      if (i.kind === 'store') written.push(i.buffer);
      if (i.kind === 'call' && effects.has(i.function)) return undefined;
    }
  }
  return written;
}
