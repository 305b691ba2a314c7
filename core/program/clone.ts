/** Copies of instructions with values of their own. */
import type { Block, Instruction, ValueId } from './program.ts';

export interface Cloning {
  /** What a value is in the copy; values not in it are themselves. Those defined by the copy are added. */
  readonly map: Map<ValueId, ValueId>;
  fresh(like: ValueId): ValueId;
}

export function cloneAll(instructions: readonly Instruction[], cloning: Cloning): Instruction[] {
  return instructions.map((i) => cloneInstruction(i, cloning));
}

function cloneBlock(block: Block, cloning: Cloning): Block {
  const instructions = cloneAll(block.instructions, cloning);
  return { instructions, results: block.results.map((id) => cloning.map.get(id) ?? id) };
}

function cloneInstruction(i: Instruction, cloning: Cloning): Instruction {
  const { map } = cloning;
  const use = (id: ValueId) => map.get(id) ?? id;
  const define = (id: ValueId) => {
    const copy = cloning.fresh(id);
    map.set(id, copy);
    return copy;
  };
  switch (i.kind) {
    case 'constant':
      return { ...i, id: define(i.id) };
    case 'op': {
      const args = i.args.map(use);
      return { ...i, args, id: define(i.id) };
    }
    case 'if': {
      const condition = use(i.condition);
      const then = cloneBlock(i.then, cloning);
      const other = cloneBlock(i.else, cloning);
      return { ...i, condition, then, else: other, ids: i.ids.map(define) };
    }
    case 'loop': {
      const initial = i.initial.map(use);
      const parameters = i.parameters.map(define);
      const test = cloneBlock(i.test, cloning);
      const body = cloneBlock(i.body, cloning);
      return { ...i, initial, parameters, test, body, ids: i.ids.map(define) };
    }
    case 'call': {
      const args = i.args.map(use);
      return { ...i, args, ids: i.ids.map(define) };
    }
    case 'alloc':
      return { ...i, length: use(i.length), id: define(i.id) };
    case 'load':
      return { ...i, buffer: use(i.buffer), index: use(i.index), id: define(i.id) };
    case 'store':
      return { ...i, buffer: use(i.buffer), index: use(i.index), value: use(i.value) };
    case 'length':
      return { ...i, buffer: use(i.buffer), id: define(i.id) };
    case 'push':
      return { ...i, value: use(i.value) };
    case 'pop':
      return { ...i, id: define(i.id) };
    case 'throw':
      return i;
  }
}
