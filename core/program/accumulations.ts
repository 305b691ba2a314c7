/**
 * Stores that add to an element: b[i] = b[i] ± t. Their reverse is t̄ ± = b̄[i] and leaves b̄[i] alone, where the
 * three instructions one by one would clear it and build it up again.
 */
import type { Block, Instruction, ValueId } from './program.ts';
import { blocksOf, definedBy, instructionsIn, usedBy } from './walk.ts';

export interface Accumulation {
  readonly term: ValueId;
  readonly negative: boolean;
}

export function accumulationsIn(body: Block): ReadonlyMap<Instruction, Accumulation> {
  const found = new Map<Instruction, Accumulation>();
  const counts = new Map<ValueId, number>();
  const count = (ids: readonly ValueId[]) => {
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  };
  count(body.results);
  for (const i of instructionsIn(body)) {
    count(usedBy(i));
    for (const block of blocksOf(i)) count(block.results);
  }
  const visit = (block: Block) => {
    /** Loads, sums and differences of this block since the last write. */
    const recent = new Map<ValueId, Instruction>();
    for (const i of block.instructions) {
      if (i.kind === 'store') {
        const accumulation = match(i, recent, (id) => counts.get(id) === 1);
        if (accumulation) found.set(i, accumulation);
      }
      if (i.kind === 'op' || i.kind === 'load') for (const id of definedBy(i)) recent.set(id, i);
      else if (i.kind !== 'constant' && i.kind !== 'length' && i.kind !== 'alloc') recent.clear();
      for (const inner of blocksOf(i)) visit(inner);
    }
  };
  visit(body);
  return found;
}

function match(
  store: Extract<Instruction, { kind: 'store' }>,
  recent: ReadonlyMap<ValueId, Instruction>,
  usedOnce: (id: ValueId) => boolean,
): Accumulation | undefined {
  const value = recent.get(store.value);
  if (value?.kind !== 'op' || (value.op !== 'add' && value.op !== 'sub') || !usedOnce(store.value))
    return undefined;
  const [a, b] = value.args as [ValueId, ValueId];
  const isElement = (id: ValueId) => {
    const load = recent.get(id);
    return (
      load?.kind === 'load' && load.buffer === store.buffer && load.index === store.index && usedOnce(id)
    );
  };
  if (isElement(a)) return { term: b, negative: value.op === 'sub' };
  return value.op === 'add' && isElement(b) ? { term: a, negative: false } : undefined;
}
