/** Arrays that only one loop uses, each of whose iterations writes what it reads, are allocated within its iterations. */
import { isCovered } from './coverage.ts';
import type { Block, Instruction, Program, ProgramFunction, ValueId } from './program.ts';
import { blocksOf, definedBy, instructionsIn, usedBy, withBlocks } from './walk.ts';

type Alloc = Extract<Instruction, { kind: 'alloc' }>;

export function privatise(program: Program): Program {
  return { ...program, functions: program.functions.map((f) => new Privatiser(f).run()) };
}

class Privatiser {
  private readonly f: ProgramFunction;
  private readonly definitions = new Map<ValueId, Instruction>();

  constructor(f: ProgramFunction) {
    this.f = f;
    for (const i of instructionsIn(f.body)) for (const id of definedBy(i)) this.definitions.set(id, i);
  }

  run(): ProgramFunction {
    return { ...this.f, body: this.block(this.f.body) };
  }

  private block(block: Block): Block {
    const instructions = [...block.instructions];
    for (const i of block.instructions) {
      if (i.kind !== 'alloc' || block.results.includes(i.id)) continue;
      const users = instructions.filter((each) => uses(each, i.id));
      const [user] = users;
      if (users.length !== 1 || user?.kind !== 'loop' || !this.isPrivate(i, user)) continue;
      instructions.splice(instructions.indexOf(i), 1);
      const body = { ...user.body, instructions: [i, ...user.body.instructions] };
      instructions[instructions.indexOf(user)] = { ...user, body };
    }
    return {
      ...block,
      instructions: instructions.map((i) =>
        withBlocks(
          i,
          blocksOf(i).map((inner) => this.block(inner)),
        ),
      ),
    };
  }

  private isPrivate({ id }: Alloc, loop: Extract<Instruction, { kind: 'loop' }>): boolean {
    if (loop.initial.includes(id) || loop.test.instructions.some((i) => uses(i, id))) return false;
    return isCovered(loop.body, id, this.constantOf, (value) => this.definitions.get(value));
  }

  private readonly constantOf = (id: ValueId): number | boolean | undefined => {
    const definition = this.definitions.get(id);
    return definition?.kind === 'constant' ? definition.value : undefined;
  };
}

function uses(i: Instruction, id: ValueId): boolean {
  if (usedBy(i).includes(id)) return true;
  return blocksOf(i).some(
    (block) => block.results.includes(id) || block.instructions.some((each) => uses(each, id)),
  );
}
