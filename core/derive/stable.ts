/**
 * Elements that hold at the reverse sweep what they held when they were read or written: nothing is stored into their
 * array any more. They are read again instead of recorded.
 */
import type { Block, Instruction, ValueId } from '../program/program.ts';
import { countersOf } from '../program/trips.ts';
import { blocksOf, usedBy } from '../program/walk.ts';
import type { Activity } from './activity.ts';
import type { Primal } from './primal.ts';

type Load = Extract<Instruction, { kind: 'load' }>;
type Store = Extract<Instruction, { kind: 'store' }>;
type Loop = Extract<Instruction, { kind: 'loop' }>;

/** Where an instruction stands: the instructions around it, outermost first, itself last. */
type Path = readonly Instruction[];

interface Stored {
  /** How deep the block is that allocates it, and the writes into it. */
  readonly depth: number;
  readonly writes: Path[];
  /** Whether it holds what is stored to the bit. */
  readonly exact: boolean;
}

export class StableElements {
  private readonly activity: Activity;
  private readonly constantOf: (id: ValueId) => number | boolean | undefined;
  private readonly positions = new Map<Instruction, number>();
  private readonly loads = new Map<Instruction, Path>();
  private readonly arrays = new Map<ValueId, Stored>();
  /** Where each value is stored, once. */
  private readonly stores = new Map<ValueId, Store>();

  constructor(primal: Primal, activity: Activity) {
    this.activity = activity;
    this.constantOf = (id) => {
      const definition = primal.definition(id);
      return definition?.kind === 'constant' ? definition.value : undefined;
    };
    const { body, parameters, types } = primal.f;
    const own = activity.f.types.flatMap((type, id) => (type === 'buffer' ? [id] : []));
    const alone = (id: ValueId) => own.every((other) => other === id || !activity.mayAlias(other, id));
    for (const p of parameters) {
      if (p.type === 'buffer' && p.id < activity.f.types.length && alone(p.id)) {
        this.arrays.set(p.id, { depth: 0, writes: [], exact: isExact(p.typed) });
      }
    }
    const written: [Store, Path][] = [];
    const visit = (block: Block, path: Path) => {
      block.instructions.forEach((i, at) => {
        const here = [...path, i];
        this.positions.set(i, at);
        if (i.kind === 'alloc' && i.id < activity.f.types.length && types[i.id] === 'buffer' && alone(i.id)) {
          this.arrays.set(i.id, { depth: path.length, writes: [], exact: isExact(i.typed) });
        } else if (i.kind === 'load') this.loads.set(i, here);
        else if (i.kind === 'store') written.push([i, here]);
        if (i.kind === 'store' || i.kind === 'call') {
          const targets = i.kind === 'store' ? [i.buffer] : usedBy(i);
          for (const id of targets) this.arrays.get(id)?.writes.push(here);
        }
        for (const inner of blocksOf(i)) visit(inner, here);
      });
    };
    visit(body, []);
    for (const [store, path] of written) {
      if (this.staysWhereStored(store, path)) this.stores.set(store.value, store);
    }
  }

  /** Whether what is read can be read again until its array is gone. */
  isStable(load: Load): boolean {
    if (!this.activity.isWritten(load.buffer)) return true;
    const array = this.arrays.get(load.buffer);
    const path = this.loads.get(load);
    return (
      array !== undefined &&
      path !== undefined &&
      array.writes.every((w) => this.isBefore(w, path, array.depth))
    );
  }

  /** An element that holds the value from its definition on. */
  placeOf(value: ValueId): Store | undefined {
    return this.stores.get(value);
  }

  /** Whether one write comes before a read in the block that allocates, of whatever iterations inside it. */
  private isBefore(write: Path, read: Path, depth: number): boolean {
    const [a, b] = [write[depth], read[depth]];
    return a !== undefined && b !== undefined && this.positions.get(a)! < this.positions.get(b)!;
  }

  /** The only write, in a loop that counts, at an index that its counter alone decides. */
  private staysWhereStored(store: Store, path: Path): boolean {
    const array = this.arrays.get(store.buffer);
    if (array?.writes.length !== 1 || !array.exact) return false;
    const around = path.slice(array.depth, -1);
    if (around.length === 0) return true;
    const [loop] = around;
    if (around.length > 1 || loop?.kind !== 'loop') return false;
    return isCounter(loop, store.index, this.constantOf);
  }
}

/** Whether the index is a carried value that grows in each iteration, by a constant. */
function isCounter(
  loop: Loop,
  index: ValueId,
  constantOf: (id: ValueId) => number | boolean | undefined,
): boolean {
  const at = loop.parameters.indexOf(index);
  return at >= 0 && countersOf(loop, constantOf).includes(at);
}

function isExact(typed: string | undefined): boolean {
  return typed === undefined || typed === 'Float64Array';
}
