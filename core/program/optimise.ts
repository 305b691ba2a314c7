/**
 * Exact improvements: common subexpressions, known branches, neighbouring ifs on one condition, carried values that
 * never change, repeated loads, loop-invariant operations, dead code. Results stay the same to the bit.
 */
import { type FunctionBuilder, ProgramBuilder } from './builder.ts';
import { effectfulFunctions, removeDead } from './dead.ts';
import { Memory, writtenIn } from './memory.ts';
import type { Block, Instruction, Program, ProgramFunction, ValueId } from './program.ts';
import { blocksOf, instructionsIn, isTerminated, usedBy } from './walk.ts';

type If = Extract<Instruction, { kind: 'if' }>;
type Loop = Extract<Instruction, { kind: 'loop' }>;

const ROUNDS = 5;

/** `inline`: functions of at most so many instructions that do not recurse are copied into their callers. */
export function optimise(program: Program, options: { readonly inline?: number } = {}): Program {
  let current = removeDead(rebuild(program, inlinable(program, options.inline ?? 0)));
  let size = sizeOf(current);
  for (let round = 1; round < ROUNDS; round++) {
    current = removeDead(rebuild(current, new Set()));
    const next = sizeOf(current);
    if (next === size) break;
    size = next;
  }
  return current;
}

/** Instructions and carried values. */
function sizeOf(program: Program): number {
  let size = 0;
  for (const f of program.functions) {
    for (const i of instructionsIn(f.body)) size += 1 + ('ids' in i ? i.ids.length : 0);
  }
  return size;
}

/** The functions to be copied into their callers. */
function inlinable(program: Program, limit: number): Set<number> {
  const callees = program.functions.map((f) => {
    const called = new Set<number>();
    for (const i of instructionsIn(f.body)) if (i.kind === 'call') called.add(i.function);
    return called;
  });
  const recurses = (index: number) => {
    const reached = new Set<number>();
    const work = [...callees[index]!];
    for (let next = work.pop(); next !== undefined; next = work.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      work.push(...callees[next]!);
    }
    return reached.has(index);
  };
  const chosen = new Set<number>();
  program.functions.forEach((f, index) => {
    const size = [...instructionsIn(f.body)].filter((i) => i.kind !== 'constant').length;
    if (size <= limit && !isTerminated(f.body) && !recurses(index)) chosen.add(index);
  });
  return chosen;
}

function rebuild(program: Program, inline: ReadonlySet<number>): Program {
  const effects = effectfulFunctions(program);
  const builder = new ProgramBuilder();
  for (const f of program.functions) builder.reserve(f.name);
  program.functions.forEach((f, index) => {
    const target = builder.open(index);
    const memory = new Memory((id) => target.constantOf(id));
    new Rebuilder(f, target, { effects, memory, functions: program.functions, inline }).run();
  });
  return builder.finish(program.entry);
}

interface Surroundings {
  readonly effects: ReadonlySet<number>;
  readonly memory: Memory;
  readonly functions: readonly ProgramFunction[];
  readonly inline: ReadonlySet<number>;
}

class Rebuilder {
  private readonly source: ProgramFunction;
  private readonly f: FunctionBuilder;
  private readonly surroundings: Surroundings;
  private readonly effects: ReadonlySet<number>;
  private readonly memory: Memory;
  private readonly map = new Map<ValueId, ValueId>();
  /** Booleans of the new function that are known in the block being built. */
  private assumed = new Map<ValueId, boolean>();

  constructor(source: ProgramFunction, f: FunctionBuilder, surroundings: Surroundings) {
    this.source = source;
    this.f = f;
    this.surroundings = surroundings;
    this.effects = surroundings.effects;
    this.memory = surroundings.memory;
  }

  run(): void {
    for (const { id, ...parameter } of this.source.parameters) {
      const value = this.f.parameter(parameter);
      this.map.set(id, value);
      if (parameter.type === 'buffer') this.memory.declare(value, parameter.typed);
    }
    this.block(this.source.body);
    const ended = this.f.terminated;
    this.f.close(
      this.source.results.map((r, i) => ({
        path: r.path,
        type: r.type,
        value: ended ? 0 : this.value(this.source.body.results[i]!),
      })),
    );
  }

  /** Copies the function into the one being built; yields its results. */
  private copy(args: readonly ValueId[], assumed: Map<ValueId, boolean>): ValueId[] {
    this.assumed = assumed;
    this.source.parameters.forEach((p, i) => {
      this.map.set(p.id, args[i]!);
    });
    this.block(this.source.body);
    return this.f.terminated ? [] : this.values(this.source.body.results);
  }

  private value(id: ValueId): ValueId {
    const value = this.map.get(id);
    if (value === undefined) throw new Error(`${this.source.name}: %${id} has no value yet`);
    const known = this.assumed.get(value);
    return known === undefined ? value : this.f.constant(known);
  }

  private values(ids: readonly ValueId[]): ValueId[] {
    return ids.map((id) => this.value(id));
  }

  private set(id: ValueId, value: ValueId): void {
    this.map.set(id, value);
    const name = this.source.names.get(id);
    if (name !== undefined) this.f.setName(value, name);
  }

  private setAll(ids: readonly ValueId[], values: readonly ValueId[]): void {
    ids.forEach((id, i) => {
      this.set(id, values[i]!);
    });
  }

  private block(block: Block): void {
    const { instructions } = block;
    for (let at = 0; at < instructions.length; at++) {
      const instruction = instructions[at]!;
      if (this.f.terminated) return;
      if (instruction.kind !== 'if') {
        this.instruction(instruction);
        continue;
      }
      const chain: If[] = [instruction];
      at = this.collect(instructions, at, chain);
      this.chain(chain);
    }
  }

  /**
   * Adds to `chain` the ifs that follow on the same condition with only independent pure operations between, which
   * are built at once. Yields the position of the last instruction consumed.
   */
  private collect(instructions: readonly Instruction[], start: number, chain: If[]): number {
    const first = chain[0]!;
    if (isTerminated(first.then) || isTerminated(first.else)) return start;
    let last = start;
    const pending: Instruction[] = [];
    const own = new Set(first.ids);
    for (let at = start + 1; at < instructions.length; at++) {
      const next = instructions[at]!;
      if (next.kind === 'if' && next.condition === first.condition) {
        if (isTerminated(next.then) || isTerminated(next.else)) break;
        for (const i of pending.splice(0)) this.instruction(i);
        chain.push(next);
        for (const id of next.ids) own.add(id);
        last = at;
      } else if (
        (next.kind === 'op' || next.kind === 'constant') &&
        !usedBy(next).some((id) => own.has(id))
      ) {
        pending.push(next);
      } else {
        break;
      }
    }
    return last;
  }

  private chain(chain: readonly If[]): void {
    const { f, memory } = this;
    const condition = this.value(chain[0]!.condition);
    const known = f.constantOf(condition);
    if (known !== undefined) {
      for (const each of chain) {
        const arm = known ? each.then : each.else;
        this.block(arm);
        if (f.terminated) return;
        this.setAll(each.ids, this.values(arm.results));
      }
      return;
    }
    const before = memory.save();
    const ends: ReturnType<Memory['save']>[] = [];
    const arms = [true, false].map((side) => {
      memory.restore(before);
      f.openBlock();
      const outer = this.assume(condition, side);
      const results: ValueId[] = [];
      for (const each of chain) {
        const arm = side ? each.then : each.else;
        this.block(arm);
        if (f.terminated) break;
        const values = this.values(arm.results);
        each.ids.forEach((id, i) => {
          this.map.set(id, values[i]!);
        });
        results.push(...values);
      }
      this.assumed = outer;
      if (!f.terminated) ends.push(memory.save());
      return f.closeBlock(f.terminated ? [] : results);
    }) as [Block, Block];
    if (ends.length === 2) memory.meet(ends[0]!, ends[1]!);
    else memory.restore(ends[0] ?? []);
    // Past an arm that throws the condition is known.
    const throws = arms.map((arm) => isTerminated(arm));
    const at = chain[0]!.at;
    this.setAll(
      chain.flatMap((each) => each.ids),
      f.if(condition, arms[0], arms[1], at),
    );
    if (throws[0] !== throws[1]) this.assume(condition, !throws[0]);
  }

  /** Notes what follows from a condition; returns the former assumptions. */
  private assume(condition: ValueId, holds: boolean): Map<ValueId, boolean> {
    const outer = this.assumed;
    this.assumed = new Map(outer);
    const note = (id: ValueId, value: boolean) => {
      this.assumed.set(id, value);
      const definition = this.f.definition(id);
      if (definition?.op === 'not') note(definition.args[0]!, !value);
      const splits = (definition?.op === 'and' && value) || (definition?.op === 'or' && !value);
      if (splits) for (const arg of definition!.args) note(arg, value);
    };
    note(condition, holds);
    return outer;
  }

  private loop(loop: Loop): void {
    const { f, memory } = this;
    const constant = loop.parameters.map((id, i) => {
      const next = loop.body.results[i];
      return next === undefined || next === id || next === loop.initial[i];
    });
    loop.parameters.forEach((id, i) => {
      if (constant[i]) this.map.set(id, this.value(loop.initial[i]!));
    });
    const carried = <T>(all: readonly T[]) => all.filter((_, i) => !constant[i]);
    const written = writtenIn(blocksOf(loop), this.effects);
    if (written === undefined) memory.forgetAll();
    // A buffer not mapped yet is the loop's own: it may be any that is carried.
    else if (written.some((id) => !this.map.has(id) && !this.isAllocation(id))) memory.forgetAll();
    else for (const id of written) if (this.map.has(id)) memory.written(this.map.get(id)!);
    const entry = memory.save();
    const inside = f.openLoop(this.values(carried(loop.initial)));
    this.setAll(carried(loop.parameters), inside);
    this.block(loop.test);
    const condition = this.value(loop.test.results[0]!);
    f.loopBody(condition);
    const outer = this.assume(condition, true);
    this.block(loop.body);
    const next = f.terminated ? [] : this.values(carried(loop.body.results));
    this.assumed = outer;
    const after = f.closeLoop(next, loop.at);
    memory.restore(entry);
    loop.ids.forEach((id, i) => {
      if (constant[i]) this.map.set(id, this.value(loop.initial[i]!));
    });
    this.setAll(carried(loop.ids), after);
  }

  private isAllocation(id: ValueId): boolean {
    for (const i of instructionsIn(this.source.body)) if (i.kind === 'alloc' && i.id === id) return true;
    return false;
  }

  private instruction(instruction: Instruction): void {
    const { f, memory } = this;
    switch (instruction.kind) {
      case 'constant':
        this.map.set(instruction.id, f.constant(instruction.value));
        break;
      case 'op': {
        const args = this.values(instruction.args);
        const depth = f.invariantDepth(args);
        this.set(
          instruction.id,
          f.within(depth, () => f.op(instruction.op, args, instruction.at)),
        );
        break;
      }
      case 'if':
        this.chain([instruction]);
        break;
      case 'loop':
        this.loop(instruction);
        break;
      case 'call': {
        const types = instruction.ids.map((id) => this.source.types[id]!);
        const args = this.values(instruction.args);
        if (this.surroundings.inline.has(instruction.function)) {
          const callee = this.surroundings.functions[instruction.function]!;
          const results = new Rebuilder(callee, f, this.surroundings).copy(args, this.assumed);
          if (!f.terminated) this.setAll(instruction.ids, results);
          break;
        }
        this.setAll(instruction.ids, f.call(instruction.function, args, types, instruction.at));
        if (this.effects.has(instruction.function)) memory.forgetAll();
        break;
      }
      case 'alloc': {
        const id = f.alloc(this.value(instruction.length), instruction.typed, instruction.at);
        memory.declare(id, instruction.typed);
        this.set(instruction.id, id);
        break;
      }
      case 'load': {
        const buffer = this.value(instruction.buffer);
        const index = this.value(instruction.index);
        const known = memory.find(buffer, index);
        const value = known ?? f.load(buffer, index, instruction.at);
        if (known === undefined) memory.loaded(buffer, index, value);
        this.set(instruction.id, value);
        break;
      }
      case 'store': {
        const [buffer, index, value] = this.values([
          instruction.buffer,
          instruction.index,
          instruction.value,
        ]) as [ValueId, ValueId, ValueId];
        if (memory.find(buffer, index) === value) break;
        f.store(buffer, index, value, instruction.at);
        memory.stored(buffer, index, value);
        break;
      }
      case 'length': {
        const buffer = this.value(instruction.buffer);
        this.set(
          instruction.id,
          f.within(f.invariantDepth([buffer]), () => f.length(buffer)),
        );
        break;
      }
      case 'push':
        f.push(instruction.stack, this.value(instruction.value));
        break;
      case 'pop':
        this.set(instruction.id, f.pop(instruction.stack, this.source.types[instruction.id]!));
        break;
      case 'throw':
        f.throw(instruction.message, instruction.at);
        break;
    }
  }
}
