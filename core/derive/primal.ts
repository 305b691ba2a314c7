/**
 * The forward sweep of reverse mode: the function itself with, beside each active buffer, one that will hold its
 * elements' adjoints, and a count of the iterations of each loop that a reverse sweep will run backwards.
 */
import type { Block, Instruction, ProgramFunction, ValueId, ValueType } from '../program/program.ts';
import { blocksOf, definedBy, instructionsIn, isTerminated } from '../program/walk.ts';
import type { Activity } from './activity.ts';
import { type Growth, growthOf } from './growth.ts';
import { WholeNumbers } from './whole.ts';

type Loop = Extract<Instruction, { kind: 'loop' }>;
type Call = Extract<Instruction, { kind: 'call' }>;
export type If = Extract<Instruction, { kind: 'if' }>;

/** Where a value is defined: the function, an arm, or a loop (its test and body together). */
export interface Region {
  readonly parent: Region | undefined;
  readonly loop: boolean;
  /** The instruction whose arm it is. */
  readonly branch?: If;
}

/** A carried value that is initial + step·(iterations), all three integers. */
export interface Induction {
  readonly parameter: ValueId;
  readonly initial: ValueId;
  readonly final: ValueId;
  readonly step: number;
  /** Where the loop goes on while `parameter + offset op value`, which does not change. */
  readonly bound?: Bound;
}

/** A carried integer that inner loops move on. */
export interface Growing {
  readonly parameter: ValueId;
  readonly initial: ValueId;
  readonly growth: Growth;
}

export interface Bound {
  readonly op: 'lt' | 'le' | 'gt' | 'ge';
  readonly value: ValueId;
  /** Whether `value` is an integer for certain. */
  readonly integer: boolean;
  readonly offset: number;
}

/** What a call of an active function becomes. */
export interface RecordedCall {
  readonly plain: Call;
  readonly active: readonly boolean[];
  readonly callee: Activity;
}

export interface Primal {
  readonly f: ProgramFunction;
  readonly root: Region;
  /** The buffer of adjoints of each active buffer. */
  readonly shadows: ReadonlyMap<ValueId, ValueId>;
  readonly inductions: ReadonlyMap<Loop, readonly Induction[]>;
  readonly growing: ReadonlyMap<Loop, readonly Growing[]>;
  readonly calls: ReadonlyMap<Instruction, RecordedCall>;
  isActive(id: ValueId): boolean;
  /** Whether it is a carried value that counts. */
  isCounted(id: ValueId): boolean;
  regionOf(id: ValueId): Region;
  armRegions(instruction: Instruction): readonly Region[];
  loopRegion(loop: Loop): Region;
  definition(id: ValueId): Instruction | undefined;
}

export interface Recorders {
  /** The activity of a callee and the index of its recording version. */
  record(
    functionIndex: number,
    active: readonly boolean[],
  ): { readonly index: number; readonly callee: Activity };
}

/** `shadowParameters`: the shadows of active buffer parameters are parameters too; else they are new buffers. */
export function preparePrimal(activity: Activity, recorders: Recorders, shadowParameters: boolean): Primal {
  return new Preparation(activity, recorders).run(shadowParameters);
}

class Preparation implements Primal {
  private readonly source: ProgramFunction;
  private readonly activity: Activity;
  private readonly recorders: Recorders;
  private readonly types: ValueType[];
  private readonly names: Map<ValueId, string>;
  private readonly constants: Instruction[] = [];
  private readonly definitions = new Map<ValueId, Instruction>();
  private readonly regions = new Map<ValueId, Region>();
  private readonly counted = new Set<ValueId>();
  /** The loop that carries a value. */
  private readonly carriers = new Map<ValueId, Loop>();
  private readonly whole: WholeNumbers;
  private readonly blockRegions = new Map<Block, Region>();
  readonly shadows = new Map<ValueId, ValueId>();
  readonly inductions = new Map<Loop, Induction[]>();
  readonly growing = new Map<Loop, Growing[]>();
  readonly calls = new Map<Instruction, RecordedCall>();
  readonly root: Region = { parent: undefined, loop: false };
  f: ProgramFunction;

  constructor(activity: Activity, recorders: Recorders) {
    this.activity = activity;
    this.source = activity.f;
    this.f = activity.f;
    this.recorders = recorders;
    this.types = [...activity.f.types];
    this.names = new Map(activity.f.names);
    for (const i of instructionsIn(activity.f.body)) {
      for (const id of definedBy(i)) this.definitions.set(id, i);
      if (i.kind === 'loop') for (const id of i.parameters) this.carriers.set(id, i);
    }
    this.whole = new WholeNumbers(
      (id) => this.definitions.get(id),
      (id) => this.carriers.get(id),
      this.counted,
    );
    activity.f.types.forEach((type, id) => {
      if (type !== 'buffer' || !activity.isActive(id)) return;
      const shadow = this.fresh('buffer');
      this.shadows.set(id, shadow);
      const name = activity.f.names.get(id);
      if (name !== undefined) this.names.set(shadow, `${name}Bar`);
    });
  }

  run(shadowParameters: boolean): Primal {
    const head: Instruction[] = [];
    const parameters = [...this.source.parameters];
    for (const p of this.source.parameters) {
      const shadow = this.shadows.get(p.id);
      if (shadow === undefined) continue;
      if (shadowParameters) {
        parameters.push({ id: shadow, type: 'buffer', name: `${p.name}Bar`, path: ['adjoint', ...p.path] });
      } else {
        const length = this.fresh('number');
        const typed = p.typed === undefined ? {} : { typed: 'Float64Array' };
        head.push(
          { kind: 'length', id: length, buffer: p.id },
          { kind: 'alloc', id: shadow, length, ...typed, adjoint: true },
        );
      }
    }
    const block = this.block(this.source.body);
    const returned = this.source.body.results.filter((id) => this.shadows.has(id));
    const constants = block.instructions.filter((i) => i.kind === 'constant');
    const others = block.instructions.filter((i) => i.kind !== 'constant');
    const shadowResults = shadowParameters && !isTerminated(block) ? returned : [];
    const ofShadows = shadowResults.map((_, i) => ({ path: ['adjoint', i], type: 'buffer' as const }));
    this.f = {
      ...this.source,
      parameters,
      body: {
        instructions: [...this.constants, ...constants, ...head, ...others],
        results: [...block.results, ...shadowResults.map((id) => this.shadows.get(id)!)],
      },
      results: [...this.source.results, ...ofShadows],
      types: this.types,
      names: this.names,
    };
    for (const p of parameters) this.regions.set(p.id, this.root);
    this.place(this.f.body, this.root);
    return this;
  }

  // ───────────── answers ─────────────

  isActive(id: ValueId): boolean {
    return id < this.source.types.length && this.activity.isActive(id);
  }

  isCounted(id: ValueId): boolean {
    return this.counted.has(id);
  }

  regionOf(id: ValueId): Region {
    const region = this.regions.get(id);
    if (!region) throw new Error(`%${id} is defined nowhere`);
    return region;
  }

  armRegions(instruction: Instruction): readonly Region[] {
    return blocksOf(instruction).map((block) => this.blockRegions.get(block)!);
  }

  loopRegion(loop: Loop): Region {
    return this.blockRegions.get(loop.body)!;
  }

  definition(id: ValueId): Instruction | undefined {
    return this.definitions.get(id);
  }

  /** Notes where every value is defined. */
  private place(block: Block, region: Region): void {
    this.blockRegions.set(block, region);
    for (const i of block.instructions) {
      for (const id of definedBy(i)) {
        this.regions.set(id, region);
        this.definitions.set(id, i);
      }
      if (i.kind === 'if') {
        for (const arm of blocksOf(i)) this.place(arm, { parent: region, loop: false, branch: i });
      } else if (i.kind === 'loop') {
        const inside = { parent: region, loop: true };
        for (const id of i.parameters) this.regions.set(id, inside);
        for (const part of blocksOf(i)) this.place(part, inside);
      }
    }
  }

  // ───────────── rewriting ─────────────

  private fresh(type: ValueType): ValueId {
    this.types.push(type);
    return this.types.length - 1;
  }

  private constant(value: number): ValueId {
    const known = this.constants.find((i) => i.kind === 'constant' && i.value === value);
    if (known?.kind === 'constant') return known.id;
    const id = this.fresh('number');
    const instruction: Instruction = { kind: 'constant', id, value };
    this.constants.push(instruction);
    this.definitions.set(id, instruction);
    return id;
  }

  private withShadows(ids: readonly ValueId[], like: readonly ValueId[]): ValueId[] {
    const shadows = ids.filter((_, i) => this.shadows.has(like[i]!)).map((id) => this.shadows.get(id)!);
    return [...ids, ...shadows];
  }

  private block(block: Block, like: readonly ValueId[] = []): Block {
    const instructions = block.instructions.flatMap((i) => this.instruction(i));
    return { instructions, results: isTerminated(block) ? [] : this.withShadows(block.results, like) };
  }

  private instruction(instruction: Instruction): Instruction[] {
    switch (instruction.kind) {
      case 'alloc': {
        const shadow = this.shadows.get(instruction.id);
        if (shadow === undefined) return [instruction];
        return [
          instruction,
          { kind: 'alloc', id: shadow, length: instruction.length, typed: 'Float64Array', adjoint: true },
        ];
      }
      case 'if':
        return [
          {
            ...instruction,
            ids: this.withShadows(instruction.ids, instruction.ids),
            then: this.block(instruction.then, instruction.ids),
            else: this.block(instruction.else, instruction.ids),
          },
        ];
      case 'loop':
        return [this.loop(instruction)];
      case 'call':
        return [this.call(instruction)];
      case 'push':
      case 'pop':
        throw new Error('reverse mode does not apply to a Program with stacks');
      default:
        return [instruction];
    }
  }

  private loop(loop: Loop): Instruction {
    const inductions = this.findInductions(loop);
    for (const { parameter } of inductions) this.counted.add(parameter);
    const growing = this.findGrowing(loop);
    for (const { parameter } of growing) this.counted.add(parameter);
    let { initial, parameters, ids } = loop;
    const test = this.block(loop.test);
    let body = this.block(loop.body, parameters);
    initial = this.withShadows(initial, loop.parameters);
    ids = this.withShadows(ids, loop.parameters);
    parameters = this.withShadows(parameters, loop.parameters);
    if (inductions.length === 0 && !isTerminated(body)) {
      const [before, after, final] = [this.fresh('number'), this.fresh('number'), this.fresh('number')];
      const one = this.constant(1);
      const zero = this.constant(0);
      initial = [...initial, zero];
      parameters = [...parameters, before];
      ids = [...ids, final];
      for (const id of [before, final]) this.names.set(id, 'count');
      const step: Instruction = { kind: 'op', id: after, op: 'add', args: [before, one] };
      body = { instructions: [...body.instructions, step], results: [...body.results, after] };
      this.counted.add(before);
      inductions.push({ parameter: before, initial: zero, final, step: 1 });
    }
    const rewritten = { ...loop, initial, parameters, ids, test, body };
    this.inductions.set(rewritten, inductions);
    this.growing.set(rewritten, growing);
    return rewritten;
  }

  private call(call: Call): Instruction {
    const active = call.args.map((arg) => this.activity.isActive(arg));
    const { index, callee } = this.recorders.record(call.function, active);
    if (!active.includes(true) && !callee.results.includes(true)) return call;
    const args = this.withShadows(call.args, call.args);
    const ids = this.withShadows(call.ids, call.ids);
    const recorded: Instruction = { ...call, function: index, args, ids };
    this.calls.set(recorded, { plain: call, active, callee });
    return recorded;
  }

  // ───────────── integers ─────────────

  /** The carried values that count, first those that tell best how often the loop runs. */
  private findInductions(loop: Loop): Induction[] {
    const found: Induction[] = [];
    loop.parameters.forEach((parameter, i) => {
      const step = this.stepOf(loop, i);
      const initial = loop.initial[i]!;
      if (step === undefined || !this.whole.has(initial)) return;
      const bound = this.boundOf(loop, parameter, step);
      const induction = { parameter, initial, final: loop.ids[i]!, step, ...(bound ? { bound } : {}) };
      found.push(induction);
    });
    const rank = ({ initial, step, bound }: Induction) =>
      Number(Math.abs(step) !== 1 || this.integerConstant(initial) === undefined) + Number(!bound);
    return found.sort((a, b) => rank(a) - rank(b));
  }

  private findGrowing(loop: Loop): Growing[] {
    return loop.parameters.flatMap((parameter, at) => {
      const initial = loop.initial[at]!;
      const next = this.definitions.get(loop.body.results[at] ?? -1);
      if (next === undefined || this.counted.has(parameter) || !this.whole.has(parameter)) return [];
      const growth = growthOf(loop, at, {
        definition: (id) => this.definitions.get(id),
        integerConstant: (id) => this.integerConstant(id),
        isInteger: (id) => this.whole.has(id),
        rangeOf: (each) => this.rangeOf(each),
      });
      return growth === undefined ? [] : [{ parameter, initial, growth }];
    });
  }

  /** What counts up by 1 to a bound. */
  private rangeOf(loop: Loop) {
    for (const [i, parameter] of loop.parameters.entries()) {
      const bound = this.stepOf(loop, i) === 1 ? this.boundOf(loop, parameter, 1) : undefined;
      if (bound === undefined) continue;
      const { op, value } = bound;
      const offset = (op === 'le' ? 1 : 0) - bound.offset;
      // The last of `le` is rounded down, not up.
      if (op === 'le' && !bound.integer) continue;
      return { parameter, initial: loop.initial[i]!, value, offset };
    }
    return undefined;
  }

  private boundOf(loop: Loop, parameter: ValueId, step: number): Bound | undefined {
    const test = this.definitions.get(loop.test.results[0]!);
    if (test?.kind !== 'op') return undefined;
    const { op } = test;
    const upwards = step > 0 && (op === 'lt' || op === 'le');
    if (!upwards && !(step < 0 && (op === 'gt' || op === 'ge'))) return undefined;
    const [tested, value] = test.args as [ValueId, ValueId];
    const offset = tested === parameter ? 0 : this.offsetFrom(tested, parameter);
    if (offset === undefined || loop.parameters.includes(value)) return undefined;
    const inside = [loop.test, loop.body].flatMap((block) => [...instructionsIn(block)]);
    if (inside.some((i) => definesWithin(i, value))) return undefined;
    return { op, value, integer: this.whole.has(value), offset };
  }

  /** The constant integer that is added to `base` to make `id`. */
  private offsetFrom(id: ValueId, base: ValueId): number | undefined {
    const definition = this.definitions.get(id);
    if (definition?.kind !== 'op' || (definition.op !== 'add' && definition.op !== 'sub')) return undefined;
    const [a, b] = definition.args as [ValueId, ValueId];
    const other = a === base ? b : b === base && definition.op === 'add' ? a : undefined;
    const offset = other === undefined ? undefined : this.integerConstant(other);
    return definition.op === 'sub' && offset !== undefined ? -offset : offset;
  }

  /** The constant integer by which a carried value grows in each iteration. */
  private stepOf(loop: Loop, i: number): number | undefined {
    const next = loop.body.results[i];
    const step = next === undefined ? undefined : this.offsetFrom(next, loop.parameters[i]!);
    return step === 0 ? undefined : step;
  }

  private integerConstant(id: ValueId): number | undefined {
    const definition = this.definitions.get(id);
    if (definition?.kind !== 'constant' || !Number.isSafeInteger(definition.value)) return undefined;
    return definition.value as number;
  }
}

function definesWithin(instruction: Instruction, id: ValueId): boolean {
  return (
    definedBy(instruction).includes(id) ||
    (instruction.kind === 'loop' && instruction.parameters.includes(id))
  );
}
