/** The reverse sweep over one function: its blocks from the last instruction to the first. */

import { type Accumulation, accumulationsIn } from '../program/accumulations.ts';
import type { FunctionBuilder } from '../program/builder.ts';
import type { Block, Instruction, ValueId } from '../program/program.ts';
import { blocksOf, instructionsIn, isTerminated, usedBy, withBlocks } from '../program/walk.ts';
import type { Activity } from './activity.ts';
import { fusible } from './fuse.ts';
import { grownBefore } from './growth.ts';
import type { Primal } from './primal.ts';
import { outerActives, type Records } from './record.ts';
import { Pullbacks } from './rules.ts';

type Loop = Extract<Instruction, { kind: 'loop' }>;
type If = Extract<Instruction, { kind: 'if' }>;
type Call = Extract<Instruction, { kind: 'call' }>;
type Store = Extract<Instruction, { kind: 'store' }>;

export interface Consumers {
  /** The index of the version of a function that takes from the stacks what the recording one put there. */
  consumer(functionIndex: number, active: readonly boolean[]): number;
}

interface Fused {
  /** The adjoint of each carried sum, by its place. */
  readonly seeds: ReadonlyMap<number, ValueId>;
  readonly outer: readonly ValueId[];
  readonly adjoints: readonly ValueId[];
}

/** The adjoint of a value is not known before its uses run. */
class TooEarly extends Error {}

export class ReverseSweep {
  private readonly f: FunctionBuilder;
  private readonly primal: Primal;
  private readonly records: Records;
  private readonly consumers: Consumers;
  private readonly pullbacks: Pullbacks;
  /** The adjoints so far of values whose definition is yet to be reached; absent is zero. */
  private adjoints = new Map<ValueId, ValueId>();
  private readonly accumulations: ReadonlyMap<Instruction, Accumulation>;
  /** The element of adjoints that is 0 for certain, having been cleared last. */
  private cleared: { readonly shadow: ValueId; readonly index: ValueId } | undefined;
  /** Calls whose adjoints turn out to be zero: the plain function will do. */
  private readonly idle = new Set<Instruction>();

  private readonly activity: Activity;
  /** Loops whose reverse was run along with them: the adjoints of what they read from outside. */
  private readonly fused = new Map<Loop, Fused>();

  constructor(
    f: FunctionBuilder,
    primal: Primal,
    activity: Activity,
    records: Records,
    consumers: Consumers,
  ) {
    this.activity = activity;
    this.f = f;
    this.primal = primal;
    this.records = records;
    this.consumers = consumers;
    this.pullbacks = new Pullbacks(f);
    this.accumulations = accumulationsIn(primal.f.body);
  }

  /** Adds to the adjoint of a result: of a number, or of a buffer's elements. */
  seed(id: ValueId, seed: ValueId): void {
    const { f } = this;
    if (f.typeOf(seed) === 'number') {
      this.add(id, seed);
      return;
    }
    if (!this.primal.isActive(id)) return;
    const shadow = this.records.need(this.primal.shadows.get(id)!);
    const [i] = f.openLoop([f.constant(0)]) as [ValueId];
    f.setName(i, 'i');
    f.loopBody(f.op('lt', [i, f.length(seed)]));
    f.store(shadow, i, f.op('add', [f.load(shadow, i), f.load(seed, i)]));
    f.closeLoop([f.op('add', [i, f.constant(1)])]);
  }

  run(): void {
    this.block(this.primal.f.body);
  }

  adjoint(id: ValueId): ValueId | undefined {
    return this.adjoints.get(id);
  }

  /** The forward sweep with plain calls where nothing was recorded for. */
  settle(instructions: readonly Instruction[]): Instruction[] {
    const inBlock = (block: Block): Block => ({ ...block, instructions: this.settle(block.instructions) });
    return instructions.map((i) => {
      if (this.idle.has(i)) return this.primal.calls.get(i)!.plain;
      return withBlocks(i, blocksOf(i).map(inBlock));
    });
  }

  private add(id: ValueId, term: ValueId): void {
    if (!this.primal.isActive(id)) return;
    this.adjoints.set(id, this.pullbacks.add(this.adjoints.get(id), term));
  }

  private take(id: ValueId): ValueId | undefined {
    const adjoint = this.adjoints.get(id);
    this.adjoints.delete(id);
    if (adjoint !== undefined) this.nameAdjoint(adjoint, id);
    return adjoint;
  }

  private block(block: Block): void {
    this.cleared = undefined;
    for (let i = block.instructions.length - 1; i >= 0; i--) this.instruction(block.instructions[i]!);
    this.cleared = undefined;
  }

  private instruction(instruction: Instruction): void {
    switch (instruction.kind) {
      case 'op': {
        const seed = this.take(instruction.id);
        if (seed === undefined) break;
        const args = instruction.args.map((arg) => () => this.records.need(arg));
        instruction.args.forEach((arg, i) => {
          if (!this.primal.isActive(arg)) return;
          const result = () => this.records.need(instruction.id);
          const term = this.pullbacks.of(instruction.op, args, i, seed, result);
          if (term !== undefined) this.add(arg, term);
        });
        break;
      }
      case 'if':
        this.if(instruction);
        break;
      case 'loop':
        this.loop(instruction);
        break;
      case 'call':
        this.call(instruction);
        break;
      case 'load': {
        const seed = this.take(instruction.id);
        if (seed === undefined) break;
        const { shadow, index } = this.element(instruction.buffer, instruction.index);
        const cleared = this.cleared?.shadow === shadow && this.cleared.index === index;
        const total = cleared ? seed : this.f.op('add', [this.f.load(shadow, index), seed]);
        this.f.store(shadow, index, total);
        this.cleared = undefined;
        break;
      }
      case 'store':
        this.store(instruction);
        break;
      default:
        break;
    }
  }

  private store(store: Store): void {
    if (!this.primal.isActive(store.buffer)) return;
    const { shadow, index } = this.element(store.buffer, store.index);
    const accumulation = this.accumulations.get(store);
    if (accumulation) {
      const { term, negative } = accumulation;
      if (!this.primal.isActive(term)) return;
      const adjoint = this.f.load(shadow, index);
      this.add(term, negative ? this.f.op('neg', [adjoint]) : adjoint);
      return;
    }
    if (this.primal.isActive(store.value)) this.add(store.value, this.f.load(shadow, index));
    this.f.store(shadow, index, this.f.constant(0));
    this.cleared = { shadow, index };
  }

  private element(buffer: ValueId, index: ValueId): { readonly shadow: ValueId; readonly index: ValueId } {
    const shadow = this.records.need(this.primal.shadows.get(buffer)!);
    return { shadow, index: this.records.need(index) };
  }

  /** Whether the reverse of the blocks does anything where no adjoint comes in from what they yield. */
  private touchesBuffers(instruction: Instruction): boolean {
    for (const block of blocksOf(instruction)) {
      for (const i of instructionsIn(block)) {
        if (i.kind === 'store' && this.primal.isActive(i.buffer)) return true;
        const call = this.primal.calls.get(i);
        if (call && this.hasActiveBuffers(i as Call)) return true;
      }
    }
    return false;
  }

  private hasActiveBuffers(call: Call): boolean {
    return [...call.args, ...call.ids].some((id) => this.primal.shadows.has(id));
  }

  private if(instruction: If): void {
    const { f, primal } = this;
    const seeds = instruction.ids.map((id) => this.take(id));
    if (seeds.every((seed) => seed === undefined) && !this.touchesBuffers(instruction)) return;
    const arms = blocksOf(instruction);
    const regions = primal.armRegions(instruction);
    const reverseArm = (i: number) => {
      this.records.open(regions[i]!);
      arms[i]!.results.forEach((id, j) => {
        const seed = seeds[j];
        if (seed !== undefined) this.add(id, seed);
      });
      this.block(arms[i]!);
      this.records.close(regions[i]!);
    };
    const alive = arms.findIndex((arm) => isTerminated(arm));
    if (alive >= 0) {
      reverseArm(1 - alive);
      return;
    }
    const condition = this.records.need(instruction.condition);
    const outer = outerActives(instruction, (id) => this.isActiveNumber(id));
    const before = this.adjoints;
    const [then, other] = arms.map((_, i) => {
      this.adjoints = new Map(before);
      f.openBlock();
      reverseArm(i);
      return f.closeBlock(outer.map((id) => this.adjoints.get(id) ?? f.constant(0)));
    }) as [Block, Block];
    this.adjoints = before;
    const joined = f.if(condition, then, other, instruction.at);
    joined.forEach((id, i) => {
      this.pullbacks.join(id, [then.results[i], other.results[i]]);
    });
    this.replace(outer, joined);
  }

  /**
   * The forward sweep of a block into the function that also runs the reverse sweep, loops fused with their reverse
   * where `seeds`, the adjoints of the block's results, allow it.
   */
  forward(block: Block, seeds: ReadonlyMap<ValueId, ValueId>): void {
    block.instructions.forEach((i, at) => {
      const after = block.instructions.slice(at + 1);
      if (i.kind === 'loop' && this.fuse(i, after, seeds)) return;
      this.f.splice({ instructions: [i], results: [] });
    });
  }

  private fuse(loop: Loop, after: readonly Instruction[], seeds: ReadonlyMap<ValueId, ValueId>): boolean {
    const { f, primal, records } = this;
    const sums = fusible(loop, after, primal, this.activity);
    if (!sums) return false;
    const mark = f.mark();
    const known = new Map<number, ValueId>();
    try {
      for (const i of sums) {
        const seed = this.early(loop.ids[i]!, after, seeds);
        if (seed !== undefined) known.set(i, seed);
      }
    } catch (error) {
      if (!(error instanceof TooEarly)) throw error;
      f.rollback(mark);
      return false;
    }
    const zero = f.constant(0);
    const outer = outerActives(loop, (id) => this.isActiveNumber(id));
    const carried = f.openLoop([...loop.initial, ...outer.map(() => zero)], loop.parameters);
    f.splice(loop.test);
    f.loopBody(loop.test.results[0]!);
    const region = primal.loopRegion(loop);
    records.fused.add(region);
    records.open(region);
    const inside = new Map([...known].map(([i, seed]) => [loop.body.results[i]!, seed] as const));
    this.forward(loop.body, inside);
    const before = this.adjoints;
    this.adjoints = new Map();
    outer.forEach((id, i) => {
      this.adjoints.set(id, carried[loop.parameters.length + i]!);
      this.nameAdjoint(carried[loop.parameters.length + i]!, id);
    });
    for (const [id, seed] of inside) this.add(id, seed);
    this.block(loop.body);
    this.block(loop.test);
    const sumsBack = outer.map((id) => this.adjoints.get(id) ?? zero);
    records.close(region);
    this.adjoints = before;
    const all = f.closeLoop([...loop.body.results, ...sumsBack], loop.at, loop.ids);
    this.fused.set(loop, { seeds: known, outer, adjoints: all.slice(loop.ids.length) });
    return true;
  }

  /**
   * The adjoint of a value from what is known before the instructions `after` it run; undefined where it is 0. Throws
   * TooEarly where it is not known yet.
   */
  private early(
    id: ValueId,
    after: readonly Instruction[],
    seeds: ReadonlyMap<ValueId, ValueId>,
  ): ValueId | undefined {
    const { f, primal } = this;
    const visible = (arg: ValueId) => () => {
      if (!f.isVisible(arg)) throw new TooEarly();
      return arg;
    };
    let total = seeds.get(id);
    for (const [at, i] of after.entries()) {
      if (i.kind === 'op') {
        if (!i.args.includes(id) || !primal.isActive(i.id)) continue;
        const seed = this.early(i.id, after.slice(at + 1), seeds);
        if (seed === undefined) continue;
        i.args.forEach((arg, index) => {
          if (arg !== id) return;
          const term = this.pullbacks.of(i.op, i.args.map(visible), index, seed);
          if (term !== undefined) total = this.pullbacks.add(total, term);
        });
      } else if (i.kind === 'loop') {
        if (!uses(i, id)) continue;
        const place = i.initial.indexOf(id);
        const sums = fusible(i, after.slice(at + 1), primal, this.activity) ?? [];
        const elsewhere = blocksOf(i).some((block) => usesInside(block, id));
        if (place < 0 || i.initial.lastIndexOf(id) !== place || elsewhere || !sums.includes(place))
          throw new TooEarly();
        const seed = this.early(i.ids[place]!, after.slice(at + 1), seeds);
        if (seed !== undefined) total = this.pullbacks.add(total, seed);
      } else if (uses(i, id)) throw new TooEarly();
    }
    return total;
  }

  /** The reverse of a loop that has run its own. */
  private unite(loop: Loop, { seeds, outer, adjoints }: Fused): void {
    for (const id of loop.ids) this.take(id);
    for (const [i, seed] of seeds) this.add(loop.initial[i]!, seed);
    outer.forEach((id, i) => {
      this.add(id, adjoints[i]!);
    });
  }

  private loop(loop: Loop): void {
    const { f, primal, records } = this;
    const fused = this.fused.get(loop);
    if (fused) {
      this.unite(loop, fused);
      return;
    }
    const seeds = loop.ids.map((id) => this.take(id));
    if (isTerminated(loop.body)) {
      seeds.forEach((seed, i) => {
        if (seed !== undefined) this.add(loop.initial[i]!, seed);
      });
      return;
    }
    if (seeds.every((seed) => seed === undefined) && !this.touchesBuffers(loop)) return;
    const zero = f.constant(0);
    const one = f.constant(1);
    const carried = loop.parameters.flatMap((id, i) => (this.isActiveNumber(id) ? [i] : []));
    const outer = outerActives(loop, (id) => this.isActiveNumber(id));
    const before = this.adjoints;
    const initial = [
      this.minusOne(this.count(loop)),
      ...carried.map((i) => seeds[i] ?? zero),
      ...outer.map((id) => before.get(id) ?? zero),
    ];
    const [k, ...inside] = f.openLoop(initial) as [ValueId, ...ValueId[]];
    f.loopBody(f.op('ge', [k, zero]));
    const region = primal.loopRegion(loop);
    this.openIterations(loop, k);
    this.adjoints = new Map();
    outer.forEach((id, i) => {
      this.adjoints.set(id, inside[carried.length + i]!);
      this.nameAdjoint(inside[carried.length + i]!, id);
    });
    carried.forEach((i, j) => {
      this.nameAdjoint(inside[j]!, loop.ids[i]!);
      this.add(loop.body.results[i]!, inside[j]!);
    });
    this.block(loop.body);
    this.block(loop.test);
    const next = [
      f.op('sub', [k, one]),
      ...carried.map((i) => this.take(loop.parameters[i]!) ?? zero),
      ...outer.map((id) => this.adjoints.get(id) ?? zero),
    ];
    records.close(region);
    const [, ...after] = f.closeLoop(next, loop.at);
    this.adjoints = before;
    this.replace(outer, after.slice(carried.length));
    carried.forEach((i, j) => {
      this.add(loop.initial[i]!, after[j]!);
    });
  }

  /** How often the body ran, or less than 1 where it did not. */
  private count(loop: Loop): ValueId {
    const { f, records } = this;
    const { initial, final, step, bound } = this.primal.inductions.get(loop)![0]!;
    const difference = (a: ValueId, b: ValueId) => (f.constantOf(b) === 0 ? a : f.op('sub', [a, b]));
    if (!bound) {
      return f.op('div', [difference(records.need(final), records.need(initial)), f.constant(step)]);
    }
    // The count ends at the first integer that fails the test.
    const { op, value, integer, offset } = bound;
    const open = op === 'lt' || op === 'gt';
    const limit = records.need(value);
    const whole = integer ? limit : f.op(op === 'lt' || op === 'ge' ? 'ceil' : 'floor', [limit]);
    const end = offset === 0 ? whole : f.op('sub', [whole, f.constant(offset)]);
    const start = records.need(initial);
    const distance = step > 0 ? difference(end, start) : difference(start, end);
    const size = Math.abs(step);
    const steps =
      size === 1 ? distance : f.op(open ? 'ceil' : 'floor', [f.op('div', [distance, f.constant(size)])]);
    return open ? steps : f.op('add', [steps, f.constant(1)]);
  }

  /** count − 1, where (n − 1) − 1 is n − 2 for the integers that counts are. */
  private minusOne(count: ValueId): ValueId {
    const { f } = this;
    const one = f.constant(1);
    const definition = f.definition(count);
    const [a, b] = (definition?.args ?? []) as [ValueId, ValueId];
    const offset = b === undefined ? undefined : f.constantOf(b);
    if (definition?.op === 'add' && offset === 1) return a;
    if (definition?.op !== 'sub' || !Number.isInteger(offset) || !f.isVisible(a))
      return f.op('sub', [count, one]);
    return f.op('sub', [a, f.constant(Number(offset) + 1)]);
  }

  /** Opens the reverse block of a loop, whose iterations count down in `k`. */
  private openIterations(loop: Loop, k: ValueId): void {
    const { f, records } = this;
    const scope = records.open(this.primal.loopRegion(loop));
    for (const { parameter, initial, step } of this.primal.inductions.get(loop)!) {
      scope.recipes.set(parameter, () => {
        const distance = f.op('mul', [k, f.constant(step)]);
        const start = records.need(initial);
        return f.constantOf(start) === 0 ? distance : f.op('add', [start, distance]);
      });
    }
    for (const { parameter, initial, growth } of this.primal.growing.get(loop)!) {
      scope.recipes.set(parameter, () =>
        f.op('add', [records.need(initial), grownBefore(f, (id) => records.need(id), growth, k)]),
      );
    }
  }

  private call(instruction: Call): void {
    const { f, primal } = this;
    this.cleared = undefined;
    const recorded = primal.calls.get(instruction);
    if (!recorded) return;
    const { plain, active, callee } = recorded;
    const numbers = plain.ids.flatMap((id, i) =>
      callee.results[i] && primal.f.types[id] === 'number' ? [this.take(id)] : [],
    );
    if (numbers.every((seed) => seed === undefined) && !this.hasActiveBuffers(instruction)) {
      this.idle.add(instruction);
      return;
    }
    const shadows = plain.args.filter((id) => primal.shadows.has(id)).map((id) => primal.shadows.get(id)!);
    const args = [
      ...numbers.map((seed) => seed ?? f.constant(0)),
      ...shadows.map((shadow) => this.records.need(shadow)),
    ];
    const targets = plain.args.filter((id, i) => active[i] && primal.f.types[id] === 'number');
    const consumer = this.consumers.consumer(plain.function, active);
    const adjoints = f.call(
      consumer,
      args,
      targets.map(() => 'number'),
      instruction.at,
    );
    targets.forEach((id, i) => {
      this.add(id, adjoints[i]!);
    });
  }

  private isActiveNumber(id: ValueId): boolean {
    return this.primal.f.types[id] === 'number' && this.primal.isActive(id);
  }

  private nameAdjoint(adjoint: ValueId, id: ValueId): void {
    const name = this.primal.f.names.get(id);
    if (name !== undefined) this.f.setName(adjoint, `${name}Bar`);
  }

  private replace(ids: readonly ValueId[], adjoints: readonly ValueId[]): void {
    ids.forEach((id, i) => {
      const adjoint = adjoints[i]!;
      if (this.f.constantOf(adjoint) === 0) return;
      this.adjoints.set(id, adjoint);
      this.nameAdjoint(adjoint, id);
    });
  }
}

function uses(instruction: Instruction, id: ValueId): boolean {
  return usedBy(instruction).includes(id) || blocksOf(instruction).some((block) => usesInside(block, id));
}

function usesInside(block: Block, id: ValueId): boolean {
  return block.results.includes(id) || block.instructions.some((i) => uses(i, id));
}
