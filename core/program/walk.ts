import type { Operation } from '../operations/names.ts';
import type { Block, Instruction, ValueId } from './program.ts';

/** The type an operation wants of its argument at `index`. */
export function argumentType(op: Operation, index: number): 'number' | 'boolean' {
  switch (op) {
    case 'not':
    case 'and':
    case 'or':
    case 'toNumber':
      return 'boolean';
    case 'select':
      return index === 0 ? 'boolean' : 'number';
    default:
      return 'number';
  }
}

/** Whether a block ends in a throw on every way through it. */
export function isTerminated(block: Block): boolean {
  const last = block.instructions[block.instructions.length - 1];
  if (last?.kind === 'throw') return true;
  return last?.kind === 'if' && isTerminated(last.then) && isTerminated(last.else);
}

/** The values an instruction defines in the block that holds it. */
export function definedBy(instruction: Instruction): readonly ValueId[] {
  switch (instruction.kind) {
    case 'constant':
    case 'op':
    case 'alloc':
    case 'load':
    case 'length':
    case 'pop':
      return [instruction.id];
    case 'if':
    case 'loop':
    case 'call':
      return instruction.ids;
    case 'store':
    case 'push':
    case 'throw':
      return [];
  }
}

/** The values an instruction reads itself; what the blocks inside it read is not among them. */
export function usedBy(instruction: Instruction): readonly ValueId[] {
  switch (instruction.kind) {
    case 'op':
    case 'call':
      return instruction.args;
    case 'if':
      return [instruction.condition];
    case 'loop':
      return instruction.initial;
    case 'alloc':
      return [instruction.length];
    case 'load':
      return [instruction.buffer, instruction.index];
    case 'store':
      return [instruction.buffer, instruction.index, instruction.value];
    case 'length':
      return [instruction.buffer];
    case 'push':
      return [instruction.value];
    case 'constant':
    case 'pop':
    case 'throw':
      return [];
  }
}

/** The blocks of an instruction, in the order they run. */
export function blocksOf(instruction: Instruction): readonly Block[] {
  if (instruction.kind === 'if') return [instruction.then, instruction.else];
  if (instruction.kind === 'loop') return [instruction.test, instruction.body];
  return [];
}

/** The instruction with other blocks in place of `blocksOf` it. */
export function withBlocks(instruction: Instruction, blocks: readonly Block[]): Instruction {
  const [first, second] = blocks as [Block, Block];
  if (instruction.kind === 'if') return { ...instruction, then: first, else: second };
  if (instruction.kind === 'loop') return { ...instruction, test: first, body: second };
  return instruction;
}

/** Every instruction of a block, outer before inner. */
export function* instructionsIn(block: Block): Generator<Instruction> {
  for (const instruction of block.instructions) {
    yield instruction;
    for (const inner of blocksOf(instruction)) yield* instructionsIn(inner);
  }
}
