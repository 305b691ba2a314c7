/**
 * Elements that are never set. A Program's arrays begin with zeros, JavaScript's `new Array(n)` with nothing, which is
 * NaN in arithmetic: such arrays are filled with NaN where it is not plain that a loop over all of them comes first.
 */
import type { Block, Instruction, Program, ProgramFunction, ValueId, ValueType } from '../program/program.ts';
import { blocksOf, instructionsIn, isTerminated, usedBy, withBlocks } from '../program/walk.ts';

type Alloc = Extract<Instruction, { kind: 'alloc' }>;

/** `unset(function index, value)`: whether the array was made without values for its elements. */
export function fillUnset(program: Program, unset: (index: number, id: ValueId) => boolean): Program {
  const functions = program.functions.map((f, index) => {
    const filler = new Filler(f, (id) => unset(index, id));
    return filler.run();
  });
  return { ...program, functions };
}

class Filler {
  private readonly f: ProgramFunction;
  private readonly unset: (id: ValueId) => boolean;
  private readonly types: ValueType[];
  private readonly constants: Instruction[] = [];
  private readonly values = new Map<ValueId, number | boolean>();

  constructor(f: ProgramFunction, unset: (id: ValueId) => boolean) {
    this.f = f;
    this.unset = unset;
    this.types = [...f.types];
    for (const i of instructionsIn(f.body)) if (i.kind === 'constant') this.values.set(i.id, i.value);
  }

  run(): ProgramFunction {
    const body = this.block(this.f.body);
    if (this.types.length === this.f.types.length) return this.f;
    return {
      ...this.f,
      types: this.types,
      body: { ...body, instructions: [...this.constants, ...body.instructions] },
    };
  }

  private block(block: Block): Block {
    const instructions = block.instructions.flatMap((instruction, i): Instruction[] => {
      const inner = withBlocks(
        instruction,
        blocksOf(instruction).map((b) => this.block(b)),
      );
      if (inner.kind !== 'alloc' || !this.unset(inner.id)) return [inner];
      const next = block.instructions.slice(i + 1).find((other) => mentions(other, inner.id));
      return next !== undefined && this.setsAll(next, inner) ? [inner] : [inner, this.fill(inner)];
    });
    return { ...block, instructions };
  }

  /** Whether the instruction is `for (i = 0; i < length; i++)` that sets element i before it reads any. */
  private setsAll(loop: Instruction, { id, length }: Alloc): boolean {
    if (loop.kind !== 'loop' || isTerminated(loop.body)) return false;
    const test = loop.test.instructions.find((i) => i.kind === 'op' && i.id === loop.test.results[0]);
    if (test?.kind !== 'op' || test.op !== 'lt' || test.args[1] !== length) return false;
    if (loop.test.instructions.some((i) => mentions(i, id))) return false;
    const counter = test.args[0]!;
    const place = loop.parameters.indexOf(counter);
    if (place < 0 || !Object.is(this.values.get(loop.initial[place]!), 0)) return false;
    const next = loop.body.instructions.find((i) => i.kind === 'op' && i.id === loop.body.results[place]);
    if (next?.kind !== 'op' || next.op !== 'add') return false;
    const [a, b] = next.args as [ValueId, ValueId];
    if (!((a === counter && this.values.get(b) === 1) || (b === counter && this.values.get(a) === 1)))
      return false;
    const first = loop.body.instructions.find((i) => mentions(i, id));
    return first?.kind === 'store' && first.buffer === id && first.index === counter;
  }

  private value(type: ValueType): ValueId {
    return this.types.push(type) - 1;
  }

  private constant(value: number): ValueId {
    const id = this.value('number');
    this.constants.push({ kind: 'constant', id, value });
    return id;
  }

  private fill({ id, length, at }: Alloc): Instruction {
    const i = this.value('number');
    const more = this.value('boolean');
    const next = this.value('number');
    const loop = {
      kind: 'loop' as const,
      ids: [this.value('number')],
      initial: [this.constant(0)],
      parameters: [i],
      test: {
        instructions: [{ kind: 'op' as const, id: more, op: 'lt' as const, args: [i, length] }],
        results: [more],
      },
      body: {
        instructions: [
          { kind: 'store' as const, buffer: id, index: i, value: this.constant(Number.NaN) },
          { kind: 'op' as const, id: next, op: 'add' as const, args: [i, this.constant(1)] },
        ],
        results: [next],
      },
    };
    return at === undefined ? loop : { ...loop, at };
  }
}

/** Whether an instruction, or one inside it, uses the value; its length apart. */
function mentions(instruction: Instruction, id: ValueId): boolean {
  if (instruction.kind !== 'length' && usedBy(instruction).includes(id)) return true;
  return blocksOf(instruction).some(
    (b) => b.results.includes(id) || b.instructions.some((i) => mentions(i, id)),
  );
}
