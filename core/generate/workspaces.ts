/**
 * Arrays of constant length that a function needs for itself alone and keeps from call to call: nothing that it calls
 * can call it, as it calls nothing of others.
 */
import type { Instruction, Program, ProgramFunction } from '../program/program.ts';
import { instructionsIn } from '../program/walk.ts';
import { localArrays } from '../program/zeroing.ts';
import type { Names } from './names.ts';

type Alloc = Extract<Instruction, { kind: 'alloc' }>;

/** Longer ones are made anew, so as not to hold on to memory. */
const LONGEST = 2 ** 20;

export class Workspaces {
  /** Statements of the module. */
  readonly declarations: string[] = [];
  private readonly arrays: ReturnType<typeof localArrays>;
  private readonly constants = new Map<number, number>();
  private readonly module: Names;

  constructor(program: Program, f: ProgramFunction, module: Names) {
    this.module = module;
    const recurses = program.functions.some((each) =>
      [...instructionsIn(each.body)].some((i) => i.kind === 'call' && i.function === program.entry),
    );
    this.arrays = recurses ? new Map() : localArrays(f);
    for (const i of instructionsIn(f.body)) {
      if (i.kind === 'constant' && typeof i.value === 'number') this.constants.set(i.id, i.value);
    }
  }

  /** The name of the array that is kept in the allocation's place, and whether it must be made 0 there. */
  take(
    alloc: Alloc,
    f: ProgramFunction,
    names: Names,
  ): { readonly name: string; readonly zeros: boolean } | undefined {
    const local = this.arrays.get(alloc);
    const length = this.constants.get(alloc.length);
    if (!local || length === undefined || length > LONGEST || !alloc.typed?.startsWith('Float'))
      return undefined;
    const name = this.freshName(f.names.get(alloc.id) ?? 'workspace', names);
    this.declarations.push(`const ${name} = new ${alloc.typed}(${length});`);
    return { name, zeros: local.zeros };
  }

  /** Free in the module and in the function. */
  private freshName(wish: string, names: Names): string {
    for (;;) {
      const name = this.module.fresh(wish);
      if (names.fresh(name) === name) return name;
    }
  }
}
