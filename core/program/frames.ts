/** What a function under construction is made of. */
import type { Operation } from '../operations/names.ts';
import type { Block, Instruction, ValueId } from './program.ts';

/** A place in a block where instructions can still be put. */
export interface Slot {
  readonly kind: 'slot';
  readonly instructions: Instruction[];
}

/** A block under construction. */
export interface Frame {
  readonly instructions: (Instruction | Slot)[];
  /** Pure operations available from this block on, by key. */
  readonly known: Map<string, ValueId>;
  /** Values this frame defines, for scope checks. */
  readonly defined: ValueId[];
  terminated: boolean;
  readonly loop?: {
    readonly initial: readonly ValueId[];
    readonly parameters: readonly ValueId[];
    test?: Block;
  };
}

export interface Mark {
  readonly depth: number;
  readonly instructions: number;
  readonly defined: number;
  readonly terminated: boolean;
}

export function newFrame(loop?: Frame['loop']): Frame {
  const frame = { instructions: [], known: new Map(), defined: [], terminated: false };
  return loop ? { ...frame, loop } : frame;
}

export function flat(instructions: readonly (Instruction | Slot)[]): Instruction[] {
  return instructions.flatMap((i) => (i.kind === 'slot' ? i.instructions : [i]));
}

export function keyOf(value: number | boolean): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** The same for x + y and y + x. */
export function opKey(op: Operation, args: readonly ValueId[]): string {
  const [a, b] = args as [ValueId, ValueId];
  const swap = (op === 'add' || op === 'mul') && a > b;
  return `${op} ${swap ? `${b} ${a}` : args.join(' ')}`;
}
