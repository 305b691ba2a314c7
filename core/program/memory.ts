/** What a rebuilt function knows of the elements of its buffers: values loaded or stored, until something may write. */
import type { Block, ValueId } from './program.ts';
import { instructionsIn } from './walk.ts';

interface Element {
  readonly buffer: ValueId;
  readonly index: ValueId;
  readonly value: ValueId;
}

/** Knowledge at one place. */
export interface Known {
  readonly elements: readonly Element[];
  /** New buffers whose elements are 0 but for those at constant indices in `written`. */
  readonly zeroed: ReadonlyMap<ValueId, ReadonlySet<number>>;
}

const NOTHING: Known = { elements: [], zeroed: new Map() };

interface Values {
  constantOf(id: ValueId): number | boolean | undefined;
  constant(value: number): ValueId;
}

export class Memory {
  private elements: readonly Element[] = [];
  private zeroed: ReadonlyMap<ValueId, ReadonlySet<number>> = new Map();
  /** Parameters and allocations: two of them are never the same buffer. */
  private readonly distinct: Map<ValueId, { readonly rounds: boolean }>;
  private readonly values: Values;

  constructor(values: Values) {
    this.distinct = new Map();
    this.values = values;
  }

  /** `typed`: where the buffer changes what is stored in it. */
  declare(buffer: ValueId, typed: string | undefined): void {
    this.distinct.set(buffer, { rounds: typed !== undefined && typed !== 'Float64Array' });
  }

  /** A new buffer of zeros. */
  allocated(buffer: ValueId, typed: string | undefined): void {
    this.declare(buffer, typed);
    this.zeroed = new Map([...this.zeroed, [buffer, new Set()]]);
  }

  find(buffer: ValueId, index: ValueId): ValueId | undefined {
    const known = this.elements.find((e) => e.buffer === buffer && e.index === index);
    if (known) return known.value;
    const at = this.values.constantOf(index);
    const written = this.zeroed.get(buffer);
    if (written === undefined || typeof at !== 'number' || !Number.isSafeInteger(at) || at < 0)
      return undefined;
    return written.has(at) ? undefined : this.values.constant(0);
  }

  loaded(buffer: ValueId, index: ValueId, value: ValueId): void {
    this.elements = [...this.elements, { buffer, index, value }];
  }

  stored(buffer: ValueId, index: ValueId, value: ValueId): void {
    const at = this.values.constantOf(index);
    this.elements = this.elements.filter((e) => {
      if (!this.mayBeSame(e.buffer, buffer)) return true;
      const other = this.values.constantOf(e.index);
      return at !== undefined && other !== undefined && at !== other;
    });
    if (typeof at === 'number' && this.distinct.has(buffer)) {
      const written = this.zeroed.get(buffer);
      if (written) this.zeroed = new Map([...this.zeroed, [buffer, new Set([...written, at])]]);
      this.dropZeroed((each) => each !== buffer && this.mayBeSame(each, buffer));
    } else this.dropZeroed((each) => this.mayBeSame(each, buffer));
    if (this.distinct.get(buffer)?.rounds === false) this.loaded(buffer, index, value);
  }

  written(buffer: ValueId): void {
    this.elements = this.elements.filter((e) => !this.mayBeSame(e.buffer, buffer));
    this.dropZeroed((each) => this.mayBeSame(each, buffer));
  }

  forgetAll(): void {
    this.restore(NOTHING);
  }

  save(): Known {
    return { elements: this.elements, zeroed: this.zeroed };
  }

  restore({ elements, zeroed }: Known = NOTHING): void {
    this.elements = elements;
    this.zeroed = zeroed;
  }

  /** After a branch: what both arms agree on. */
  meet(a: Known, b: Known): void {
    this.elements = a.elements.filter((e) => b.elements.includes(e));
    this.zeroed = new Map(
      [...a.zeroed].flatMap(([buffer, written]) => {
        const other = b.zeroed.get(buffer);
        return other ? [[buffer, new Set([...written, ...other])] as const] : [];
      }),
    );
  }

  /** Whether they are two buffers, for certain. */
  areDistinct(a: ValueId, b: ValueId): boolean {
    return !this.mayBeSame(a, b);
  }

  private dropZeroed(isDropped: (buffer: ValueId) => boolean): void {
    if (![...this.zeroed.keys()].some(isDropped)) return;
    this.zeroed = new Map([...this.zeroed].filter(([buffer]) => !isDropped(buffer)));
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
