/**
 * Exact improvements: common subexpressions, known branches, neighbouring ifs on one condition, carried values that
 * never change, repeated loads, loop-invariant operations, dead code. Results stay the same to the bit.
 */
import type { Operation } from '../operations/names.ts';
import type { Location } from '../source/span.ts';
import { PureBranches } from './branches.ts';
import { type FunctionBuilder, ProgramBuilder } from './builder.ts';
import { effectfulFunctions, removeDead } from './dead.ts';
import { Integers } from './integers.ts';
import { Memory, writtenIn } from './memory.ts';
import type { Block, Instruction, Program, ProgramFunction, ValueId } from './program.ts';
import { countersOf, keepsLoops, type Loop, surelyRuns, tripCount, unrolledSize } from './trips.ts';
import { blocksOf, instructionsIn, isTerminated, usedBy } from './walk.ts';

type If = Extract<Instruction, { kind: 'if' }>;

const ROUNDS = 5;

export interface OptimiseOptions {
  /** Functions of at most so many instructions that do not recurse are copied into their callers. */
  readonly inline?: number;
  /** Loops that run at most so often, by constants, are written out, where their bodies are small. */
  readonly unroll?: number;
  /** Whether 0 + x is not x for adjoints either, as x may be −0; true unless said otherwise. */
  readonly signedZeros?: boolean;
}

/** Loops are written out up to so many instructions. */
const LARGEST_UNROLLED = 1200;

export function optimise(program: Program, options: OptimiseOptions = {}): Program {
  const { inline = 0, unroll = 0, signedZeros = true } = options;
  const choices = { unroll, signedZeros };
  let current = removeDead(rebuild(program, inlinable(program, inline), choices));
  let size = sizeOf(current);
  for (let round = 1; round < ROUNDS; round++) {
    current = removeDead(rebuild(current, new Set(), choices));
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

function rebuild(
  program: Program,
  inline: ReadonlySet<number>,
  choices: { readonly unroll: number; readonly signedZeros: boolean },
): Program {
  const effects = effectfulFunctions(program);
  const builder = new ProgramBuilder();
  for (const f of program.functions) builder.reserve(f.name);
  program.functions.forEach((f, index) => {
    const target = builder.open(index);
    const memory = new Memory(target);
    const integers = new Integers(target);
    const branches = new PureBranches();
    const { functions } = program;
    new Rebuilder(f, target, { effects, memory, integers, branches, functions, inline, ...choices }).run();
  });
  return builder.finish(program.entry);
}

function mayThrow(loop: Loop, effects: ReadonlySet<number>): boolean {
  return blocksOf(loop).some((block) =>
    [...instructionsIn(block)].some(
      (i) => i.kind === 'throw' || (i.kind === 'call' && effects.has(i.function)),
    ),
  );
}

interface OpenLoop {
  readonly depth: number;
  /** Whether its body runs at least once, for certain. */
  readonly runs: boolean;
  /** Whether it only reads the buffer. */
  reads(buffer: ValueId): boolean;
  /** What was read before it on its behalf. */
  readonly loaded: { readonly buffer: ValueId; readonly index: ValueId; readonly value: ValueId }[];
}

interface Surroundings {
  readonly effects: ReadonlySet<number>;
  readonly memory: Memory;
  readonly integers: Integers;
  readonly branches: PureBranches;
  readonly functions: readonly ProgramFunction[];
  readonly inline: ReadonlySet<number>;
  readonly unroll: number;
  readonly signedZeros: boolean;
}

class Rebuilder {
  private readonly source: ProgramFunction;
  private readonly f: FunctionBuilder;
  private readonly surroundings: Surroundings;
  private readonly effects: ReadonlySet<number>;
  private readonly memory: Memory;
  private readonly integers: Integers;
  private readonly branches: PureBranches;
  private readonly map = new Map<ValueId, ValueId>();
  /** The loops being built, outer before inner. */
  private readonly loops: OpenLoop[] = [];
  /** Buffers of adjoints of the new function, and elements of them, in the source, that are still 0. */
  private readonly adjoints = new Set<ValueId>();
  private readonly freshAdjoints = new Set<ValueId>();
  /** Booleans of the new function that are known in the block being built. */
  private assumed = new Map<ValueId, boolean>();

  constructor(source: ProgramFunction, f: FunctionBuilder, surroundings: Surroundings) {
    this.source = source;
    this.f = f;
    this.surroundings = surroundings;
    this.effects = surroundings.effects;
    this.memory = surroundings.memory;
    this.integers = surroundings.integers;
    this.branches = surroundings.branches;
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
        ...r,
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
    else memory.restore(ends[0]);
    // Past an arm that throws the condition is known.
    const throws = arms.map((arm) => isTerminated(arm));
    const at = chain[0]!.at;
    const ids = chain.flatMap((each) => each.ids);
    const same = this.branches.find(condition, arms, (id) => f.isVisible(id));
    const yielded = same ?? f.if(condition, arms[0], arms[1], at);
    if (!same) this.branches.note(condition, arms, yielded);
    this.setAll(ids, yielded);
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

  /** Writes the iterations out where they are few and known; says whether it did. */
  private unrolled(loop: Loop): boolean {
    const { unroll } = this.surroundings;
    if (unroll === 0) return false;
    const trips = tripCount(loop, this.constantOf, unroll);
    if (trips === undefined || keepsLoops(blocksOf(loop), this.constantOf, unroll)) return false;
    const size = [loop.test, loop.body].reduce(
      (total, block) => total + unrolledSize(block, this.constantOf, unroll),
      0,
    );
    if (trips * size > LARGEST_UNROLLED) return false;
    let carried = this.values(loop.initial);
    for (let trip = 0; trip < trips; trip++) {
      this.setAll(loop.parameters, carried);
      this.block(loop.test);
      this.block(loop.body);
      if (this.f.terminated) return true;
      carried = this.values(loop.body.results);
    }
    // What a test leaves in memory stays so: the last one runs too.
    this.setAll(loop.parameters, carried);
    this.block(loop.test);
    this.setAll(loop.ids, carried);
    return true;
  }

  private readonly constantOf = (id: ValueId): number | boolean | undefined => {
    const value = this.map.get(id);
    return value === undefined ? undefined : this.f.constantOf(value);
  };

  private loop(loop: Loop): void {
    if (this.unrolled(loop)) return;
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
    const runs = surelyRuns(loop, this.constantOf) && !mayThrow(loop, this.effects);
    const inside = f.openLoop(this.values(carried(loop.initial)));
    const own: OpenLoop = {
      depth: f.depth,
      runs,
      reads: (buffer) => written?.every((id) => this.isOther(id, buffer)) ?? false,
      loaded: [],
    };
    this.loops.push(own);
    this.setAll(carried(loop.parameters), inside);
    for (const id of countersOf(loop, this.constantOf)) {
      if (this.integers.has(this.value(loop.initial[id]!)))
        this.integers.note(this.value(loop.parameters[id]!));
    }
    this.block(loop.test);
    const condition = this.value(loop.test.results[0]!);
    f.loopBody(condition);
    const outer = this.assume(condition, true);
    this.block(loop.body);
    const next = f.terminated ? [] : this.values(carried(loop.body.results));
    this.assumed = outer;
    const after = f.closeLoop(next, loop.at);
    this.loops.pop();
    memory.restore(entry);
    for (const { buffer, index, value } of own.loaded) memory.loaded(buffer, index, value);
    loop.ids.forEach((id, i) => {
      if (constant[i]) this.map.set(id, this.value(loop.initial[i]!));
    });
    this.setAll(carried(loop.ids), after);
  }

  /** The depth of the outermost block in which an element can be read instead: out of loops that surely run. */
  private loadDepth(buffer: ValueId, index: ValueId): number {
    let depth = this.f.depth;
    const least = this.f.invariantDepth([buffer, index]);
    while (depth > least) {
      const loop = this.loops.find((each) => each.depth === depth);
      if (!loop?.runs || !loop.reads(buffer)) break;
      depth--;
    }
    return depth;
  }

  /** An element read outside the loops that are being built stays known after them. */
  private noteLoad(depth: number, buffer: ValueId, index: ValueId, value: ValueId): void {
    this.memory.loaded(buffer, index, value);
    for (const loop of this.loops) if (loop.depth > depth) loop.loaded.push({ buffer, index, value });
  }

  /** Whether a buffer of the source is another one than that of the new function. */
  private isOther(id: ValueId, buffer: ValueId): boolean {
    const mapped = this.map.get(id);
    return mapped === undefined ? this.isAllocation(id) : this.memory.areDistinct(mapped, buffer);
  }

  private isAllocation(id: ValueId): boolean {
    for (const i of instructionsIn(this.source.body)) if (i.kind === 'alloc' && i.id === id) return true;
    return false;
  }

  private op(op: Operation, args: readonly ValueId[], at: Location | undefined): ValueId {
    if (op === 'add' || op === 'sub') {
      const sum = this.integers.sum(args[0]!, args[1]!, op === 'sub');
      if (sum !== undefined) return sum;
    }
    if ((op === 'ceil' || op === 'floor') && this.integers.has(args[0]!)) return args[0]!;
    return this.f.op(op, args, at);
  }

  /** 0 + x is x for adjoints, as the sign of a zero does not matter. */
  private withoutZero({ op, args, at }: Extract<Instruction, { kind: 'op' }>): ValueId | undefined {
    if (this.surroundings.signedZeros || this.freshAdjoints.size === 0) return undefined;
    const [a, b] = args as [ValueId, ValueId];
    if (op === 'add' && this.freshAdjoints.has(a)) return this.value(b);
    if (op === 'add' && this.freshAdjoints.has(b)) return this.value(a);
    return op === 'sub' && this.freshAdjoints.has(a) ? this.f.op('neg', [this.value(b)], at) : undefined;
  }

  private instruction(instruction: Instruction): void {
    const { f, memory } = this;
    switch (instruction.kind) {
      case 'constant':
        this.map.set(instruction.id, f.constant(instruction.value));
        break;
      case 'op': {
        const sum = this.withoutZero(instruction);
        if (sum !== undefined) {
          this.set(instruction.id, sum);
          break;
        }
        const args = this.values(instruction.args);
        const depth = f.invariantDepth(args);
        this.set(
          instruction.id,
          f.within(depth, () => this.op(instruction.op, args, instruction.at)),
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
        const { typed, at, adjoint } = instruction;
        const id = f.alloc(this.value(instruction.length), typed, at, instruction);
        if (adjoint) this.adjoints.add(id);
        memory.allocated(id, instruction.typed);
        this.set(instruction.id, id);
        break;
      }
      case 'load': {
        const buffer = this.value(instruction.buffer);
        const index = this.value(instruction.index);
        const known = memory.find(buffer, index);
        const depth = known === undefined ? this.loadDepth(buffer, index) : 0;
        const value = known ?? f.within(depth, () => f.load(buffer, index, instruction.at));
        if (known === undefined) this.noteLoad(depth, buffer, index, value);
        const isFresh = known !== undefined && this.adjoints.has(buffer) && Object.is(f.constantOf(known), 0);
        if (isFresh) this.freshAdjoints.add(instruction.id);
        else this.freshAdjoints.delete(instruction.id);
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
        const length = f.within(f.invariantDepth([buffer]), () => f.length(buffer));
        this.integers.note(length);
        this.set(instruction.id, length);
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
