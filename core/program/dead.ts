/** Removal of what no result depends on, and of functions that nobody calls. */
import type { Block, Instruction, Program, ProgramFunction, ValueId } from './program.ts';
import { blocksOf, definedBy, instructionsIn, isTerminated, usedBy, withBlocks } from './walk.ts';

/**
 * Keeps results, stores that can be seen, throws and calls that do such. Loads are taken to be inside their arrays. A loop that has no effect is taken to end.
 * Pushes go where the pops of their stack are not used, and so do these.
 */
export function removeDead(program: Program): Program {
  const effects = effectfulFunctions(program);
  const stacks = liveStacks(program);
  const functions = program.functions.map((f) => new Liveness(f, effects, stacks).prune());
  return dropUncalled({ functions, entry: program.entry });
}

/** The functions whose calls do more than yield results. */
export function effectfulFunctions(program: Program): Set<number> {
  const found = new Set<number>();
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    program.functions.forEach((f, index) => {
      const own = new Set<ValueId>();
      for (const i of instructionsIn(f.body)) {
        if (i.kind === 'alloc') own.add(i.id);
        const effect =
          i.kind === 'throw' ||
          i.kind === 'push' ||
          i.kind === 'pop' ||
          (i.kind === 'store' && !own.has(i.buffer)) ||
          (i.kind === 'call' && found.has(i.function));
        if (effect) found.add(index);
      }
    });
  }
  return found;
}

/** Stacks of which some popped value is used. */
function liveStacks(program: Program): Set<number> {
  const live = new Set<number>();
  for (const f of program.functions) {
    const popped = new Map<ValueId, number>();
    for (const i of instructionsIn(f.body)) if (i.kind === 'pop') popped.set(i.id, i.stack);
    const use = (ids: readonly ValueId[]) => {
      for (const id of ids) {
        const stack = popped.get(id);
        if (stack !== undefined) live.add(stack);
      }
    };
    use(f.body.results);
    for (const i of instructionsIn(f.body)) {
      use(usedBy(i));
      for (const block of blocksOf(i)) use(block.results);
    }
  }
  return live;
}

class Liveness {
  private readonly f: ProgramFunction;
  private readonly effects: ReadonlySet<number>;
  private readonly stacks: ReadonlySet<number>;
  private readonly definitions = new Map<ValueId, Instruction>();
  private readonly enclosing = new Map<Instruction, Instruction | undefined>();
  /** The stores into each buffer that is allocated here and goes nowhere: they matter where an element is needed. */
  private readonly local = new Map<ValueId, Instruction[]>();
  private readonly values = new Set<ValueId>();
  private readonly kept = new Set<Instruction>();
  private readonly work: ValueId[] = [];

  constructor(f: ProgramFunction, effects: ReadonlySet<number>, stacks: ReadonlySet<number>) {
    this.f = f;
    this.effects = effects;
    this.stacks = stacks;
    this.index(f.body, undefined);
    this.findLocalBuffers();
  }

  prune(): ProgramFunction {
    for (const id of this.f.body.results) this.need(id);
    for (const i of instructionsIn(this.f.body)) {
      if (!this.hasEffect(i)) continue;
      this.keep(i);
      for (const id of usedBy(i)) this.need(id);
    }
    for (let id = this.work.pop(); id !== undefined; id = this.work.pop()) this.trace(id);
    return { ...this.f, body: this.block(this.f.body, this.f.body.results) };
  }

  private index(block: Block, outer: Instruction | undefined): void {
    for (const i of block.instructions) {
      this.enclosing.set(i, outer);
      for (const id of definedBy(i)) this.definitions.set(id, i);
      if (i.kind === 'loop') for (const id of i.parameters) this.definitions.set(id, i);
      for (const inner of blocksOf(i)) this.index(inner, i);
    }
  }

  private findLocalBuffers(): void {
    const { local } = this;
    for (const i of instructionsIn(this.f.body)) if (i.kind === 'alloc') local.set(i.id, []);
    const escape = (ids: readonly ValueId[]) => {
      for (const id of ids) local.delete(id);
    };
    escape(this.f.body.results);
    for (const i of instructionsIn(this.f.body)) {
      if (i.kind === 'store') local.get(i.buffer)?.push(i);
      else if (i.kind !== 'load' && i.kind !== 'length') escape(usedBy(i));
      for (const block of blocksOf(i)) escape(block.results);
    }
  }

  private hasEffect(i: Instruction): boolean {
    switch (i.kind) {
      case 'throw':
        return true;
      case 'store':
        return !this.local.has(i.buffer);
      case 'call':
        return this.effects.has(i.function);
      case 'push':
      case 'pop':
        return this.stacks.has(i.stack);
      default:
        return false;
    }
  }

  private need(id: ValueId): void {
    if (this.values.has(id)) return;
    this.values.add(id);
    this.work.push(id);
  }

  /** An instruction that stays needs whatever decides that it runs. */
  private keep(instruction: Instruction): void {
    if (this.kept.has(instruction)) return;
    this.kept.add(instruction);
    if (instruction.kind === 'if') this.need(instruction.condition);
    if (instruction.kind === 'loop') this.need(instruction.test.results[0]!);
    const outer = this.enclosing.get(instruction);
    if (outer) this.keep(outer);
  }

  private trace(id: ValueId): void {
    const definition = this.definitions.get(id);
    if (!definition) return;
    this.keep(definition);
    if (definition.kind === 'if') {
      const at = definition.ids.indexOf(id);
      for (const arm of blocksOf(definition)) if (!isTerminated(arm)) this.need(arm.results[at]!);
    } else if (definition.kind === 'loop') {
      const at = Math.max(definition.ids.indexOf(id), definition.parameters.indexOf(id));
      this.need(definition.parameters[at]!);
      this.need(definition.initial[at]!);
      const next = definition.body.results[at];
      if (next !== undefined) this.need(next);
    } else {
      for (const used of usedBy(definition)) this.need(used);
      if (definition.kind === 'load') this.needStores(definition.buffer);
    }
  }

  private needStores(buffer: ValueId): void {
    for (const store of this.local.get(buffer)?.splice(0) ?? []) {
      this.keep(store);
      for (const used of usedBy(store)) this.need(used);
    }
  }

  private block(block: Block, results: readonly ValueId[]): Block {
    const instructions = block.instructions.filter((_, at) => !this.isOverwritten(block.instructions, at));
    return { instructions: instructions.flatMap((i) => this.instruction(i)), results };
  }

  /** Whether what is stored there is replaced before anything can read it. */
  private isOverwritten(instructions: readonly Instruction[], at: number): boolean {
    const store = instructions[at]!;
    if (store.kind !== 'store') return false;
    for (const next of instructions.slice(at + 1)) {
      switch (next.kind) {
        case 'store':
          if (next.buffer === store.buffer && next.index === store.index) return true;
          break;
        case 'load':
          if (!this.areDistinct(next.buffer, store.buffer)) return false;
          break;
        case 'op':
        case 'constant':
        case 'length':
        case 'alloc':
          break;
        default:
          return false;
      }
    }
    return false;
  }

  /** Parameters and allocations that are not the same are different buffers. */
  private areDistinct(a: ValueId, b: ValueId): boolean {
    const known = (id: ValueId) => {
      const definition = this.definitions.get(id);
      return definition ? definition.kind === 'alloc' : true;
    };
    return a !== b && known(a) && known(b);
  }

  private instruction(i: Instruction): Instruction[] {
    if (!this.kept.has(i)) return [];
    if (i.kind === 'if') {
      const live = i.ids.map((id) => this.values.has(id));
      const arms = blocksOf(i).map((arm) =>
        this.block(
          arm,
          arm.results.filter((_, at) => live[at]),
        ),
      );
      return [withBlocks({ ...i, ids: i.ids.filter((_, at) => live[at]) }, arms)];
    }
    if (i.kind === 'loop') {
      const live = i.parameters.map((id) => this.values.has(id));
      const only = (ids: readonly ValueId[]) => ids.filter((_, at) => live[at]);
      const test = this.block(i.test, i.test.results);
      const body = this.block(i.body, only(i.body.results));
      const carried = { ids: only(i.ids), initial: only(i.initial), parameters: only(i.parameters) };
      return [{ ...i, ...carried, test, body }];
    }
    return [i];
  }
}

function dropUncalled(program: Program): Program {
  const order: number[] = [];
  const visit = (index: number) => {
    if (order.includes(index)) return;
    order.push(index);
    for (const i of instructionsIn(program.functions[index]!.body)) if (i.kind === 'call') visit(i.function);
  };
  visit(program.entry);
  order.sort((a, b) => a - b);
  if (order.length === program.functions.length) return program;
  const rename = (block: Block): Block => ({
    ...block,
    instructions: block.instructions.map((i) =>
      i.kind === 'call'
        ? { ...i, function: order.indexOf(i.function) }
        : withBlocks(i, blocksOf(i).map(rename)),
    ),
  });
  const functions = order.map((index) => {
    const f = program.functions[index]!;
    return { ...f, body: rename(f.body) };
  });
  return { functions, entry: order.indexOf(program.entry) };
}
