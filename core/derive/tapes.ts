/**
 * Stacks that loops of known length fill become tapes: arrays allocated before the loop with a place for each iteration,
 * where forward and reverse sweep find what they share by the iteration's number. Each value has one of its own, or all
 * of a loop share one, strided, which is faster. Stacks of other loops stay.
 */
import type { Block, Instruction, Program, ProgramFunction, ValueId, ValueType } from '../program/program.ts';
import { blocksOf, definedBy, instructionsIn, withBlocks } from '../program/walk.ts';

type Loop = Extract<Instruction, { kind: 'loop' }>;
type Push = Extract<Instruction, { kind: 'push' }>;
type Pop = Extract<Instruction, { kind: 'pop' }>;

/** Where an instruction stands: the instructions around it, outermost first. */
interface Place<T> {
  readonly instruction: T;
  readonly around: readonly Instruction[];
}

/** The stacks that one pair of loop nests shares. */
interface Tape {
  readonly forward: readonly Loop[];
  readonly reverse: readonly Loop[];
  readonly stacks: number[];
  /** The counters of the reverse loops, which run down to 0. */
  readonly counters: readonly ValueId[];
}

export function tapes(program: Program, strided: boolean): Program {
  const users = new Map<number, Set<number>>();
  program.functions.forEach((f, index) => {
    for (const i of instructionsIn(f.body)) {
      if (i.kind === 'push' || i.kind === 'pop')
        users.set(i.stack, (users.get(i.stack) ?? new Set()).add(index));
    }
  });
  const functions = program.functions.map((f, index) => {
    const own = [...users].flatMap(([stack, all]) => (all.size === 1 && all.has(index) ? [stack] : []));
    return own.length === 0 ? f : new Tapes(f, new Set(own), strided).run();
  });
  return { ...program, functions };
}

class Tapes {
  private readonly f: ProgramFunction;
  private readonly own: ReadonlySet<number>;
  private readonly types: ValueType[];
  private readonly names: Map<ValueId, string>;
  private readonly definitions = new Map<ValueId, Instruction>();
  private readonly constants: Instruction[] = [];
  /** What comes before a loop, what a push and a pop become, what else a loop carries. */
  private readonly before = new Map<Instruction, Instruction[]>();
  private readonly instead = new Map<Instruction, Instruction[]>();
  private readonly after = new Map<Instruction, readonly Instruction[]>();
  private readonly first = new Map<Block, readonly Instruction[]>();
  private readonly counted = new Map<Loop, { readonly parameter: ValueId; readonly next: ValueId }>();
  private readonly added = new Map<Loop, readonly Instruction[]>();

  private readonly strided: boolean;

  constructor(f: ProgramFunction, own: ReadonlySet<number>, strided: boolean) {
    this.f = f;
    this.own = own;
    this.strided = strided;
    this.types = [...f.types];
    this.names = new Map(f.names);
    for (const i of instructionsIn(f.body)) for (const id of definedBy(i)) this.definitions.set(id, i);
  }

  run(): ProgramFunction {
    const tapes = this.find();
    for (const tape of tapes) this.build(tape);
    if (tapes.length === 0) return this.f;
    const body = this.block(this.f.body);
    return {
      ...this.f,
      types: this.types,
      names: this.names,
      body: { ...body, instructions: [...this.constants, ...body.instructions] },
    };
  }

  // ───────────── what can be a tape ─────────────

  private find(): Tape[] {
    const pushes = new Map<number, Place<Push>[]>();
    const pops = new Map<number, Place<Pop>[]>();
    const note = <T>(map: Map<number, Place<T>[]>, stack: number, place: Place<T>) => {
      map.set(stack, [...(map.get(stack) ?? []), place]);
    };
    const visit = (block: Block, around: readonly Instruction[]) => {
      for (const i of block.instructions) {
        if (i.kind === 'push') note(pushes, i.stack, { instruction: i, around });
        if (i.kind === 'pop') note(pops, i.stack, { instruction: i, around });
        for (const inner of blocksOf(i)) visit(inner, [...around, i]);
      }
    };
    visit(this.f.body, []);
    const tapes: Tape[] = [];
    for (const stack of this.own) {
      const [push, ...morePushes] = pushes.get(stack) ?? [];
      const [pop, ...morePops] = pops.get(stack) ?? [];
      if (!push || !pop || morePushes.length > 0 || morePops.length > 0) continue;
      const type = this.types[push.instruction.value]!;
      if (type === 'buffer') continue;
      const tape = this.pair(push, pop);
      if (!tape) continue;
      const same = tapes.find(
        (t) =>
          this.strided &&
          t.forward.at(-1) === tape.forward.at(-1) &&
          t.reverse.at(-1) === tape.reverse.at(-1),
      );
      if (same) same.stacks.push(stack);
      else tapes.push({ ...tape, stacks: [stack] });
    }
    return tapes;
  }

  private pair(push: Place<Push>, pop: Place<Pop>): Omit<Tape, 'stacks'> | undefined {
    let common = 0;
    while (push.around[common] !== undefined && push.around[common] === pop.around[common]) common++;
    const forward = push.around.slice(common);
    const reverse = pop.around.slice(common);
    if (forward.length !== reverse.length || forward.length === 0 || forward.length > 3) return undefined;
    const loops = (all: readonly Instruction[]): all is Loop[] => all.every((i) => i.kind === 'loop');
    if (!loops(forward) || !loops(reverse)) return undefined;
    // An arm or a test may run another number of times.
    const inBody = (loop: Loop, i: Instruction) => loop.body.instructions.includes(i);
    if (!inBody(forward.at(-1)!, push.instruction) || !inBody(reverse.at(-1)!, pop.instruction))
      return undefined;
    for (const nest of [forward, reverse]) {
      for (const [at, loop] of nest.entries()) {
        if (at > 0 && !inBody(nest[at - 1]!, loop)) return undefined;
      }
    }
    const counters: ValueId[] = [];
    for (const loop of reverse) {
      const counter = this.downTo0(loop);
      if (counter === undefined) return undefined;
      if (!this.isKnownBefore(loop.initial[counter]!, forward[0]!)) return undefined;
      counters.push(loop.parameters[counter]!);
    }
    return { forward, reverse, counters };
  }

  /** The carried value that a reverse loop counts in: from its count − 1 down to 0. */
  private downTo0(loop: Loop): number | undefined {
    const test = this.definitions.get(loop.test.results[0]!);
    if (test?.kind !== 'op' || test.op !== 'ge' || this.constantOf(test.args[1]!) !== 0) return undefined;
    const at = loop.parameters.indexOf(test.args[0]!);
    const next = at < 0 ? undefined : this.definitions.get(loop.body.results[at] ?? -1);
    if (next?.kind !== 'op' || next.op !== 'sub') return undefined;
    return next.args[0] === loop.parameters[at] && this.constantOf(next.args[1]!) === 1 ? at : undefined;
  }

  private constantOf(id: ValueId): number | boolean | undefined {
    const definition = this.definitions.get(id);
    return definition?.kind === 'constant' ? definition.value : undefined;
  }

  /** Whether a value follows by operations from what is defined before the loop. */
  private isKnownBefore(id: ValueId, loop: Loop): boolean {
    return this.copyable(id, this.visibleBefore(loop));
  }

  private copyable(id: ValueId, visible: ReadonlySet<ValueId>): boolean {
    if (visible.has(id)) return true;
    const definition = this.definitions.get(id);
    if (definition?.kind === 'constant') return true;
    return definition?.kind === 'op' && definition.args.every((arg) => this.copyable(arg, visible));
  }

  private readonly visibilities = new Map<Loop, ReadonlySet<ValueId>>();

  private visibleBefore(loop: Loop): ReadonlySet<ValueId> {
    const known = this.visibilities.get(loop);
    if (known) return known;
    const visible = new Set<ValueId>(this.f.parameters.map((p) => p.id));
    const search = (block: Block): boolean => {
      const added: ValueId[] = [];
      for (const i of block.instructions) {
        if (i === loop) return true;
        const inner = i.kind === 'loop' ? i.parameters : [];
        for (const id of inner) visible.add(id);
        // What a test defines is visible in the body.
        const blocks = blocksOf(i);
        for (const [at, each] of blocks.entries()) {
          if (search(each)) return true;
          if (i.kind === 'loop' && at === 0)
            for (const test of each.instructions) for (const id of definedBy(test)) visible.add(id);
        }
        for (const id of inner) visible.delete(id);
        if (i.kind === 'loop')
          for (const test of i.test.instructions) for (const id of definedBy(test)) visible.delete(id);
        for (const id of definedBy(i)) {
          visible.add(id);
          added.push(id);
        }
      }
      for (const id of added) visible.delete(id);
      return false;
    };
    search(this.f.body);
    this.visibilities.set(loop, visible);
    return visible;
  }

  // ───────────── making them ─────────────

  private build({ forward, reverse, stacks, counters }: Tape): void {
    const [outermost] = forward as readonly [Loop, ...Loop[]];
    const head = this.before.get(outermost) ?? [];
    this.before.set(outermost, head);
    const zero = this.constant(0);
    const counts = reverse.map((loop, level) => {
      const at = loop.parameters.indexOf(counters[level]!);
      return this.count(loop.initial[at]!, outermost, head);
    });
    const stride = this.constant(stacks.length);
    const product = (all: readonly ValueId[]) =>
      all.reduce((total, count) => this.op(head, 'mul', [total, count]));
    const length = product(stacks.length === 1 ? counts : [stride, ...counts]);
    const tape = this.fresh('buffer');
    head.push({ kind: 'alloc', id: tape, length, typed: 'Float64Array', overwritten: true });
    const forwards = forward.map((loop) => this.counter(loop));
    const last = forward.at(-1)!;
    stacks.forEach((stack, at) => {
      const push = last.body.instructions.find((i) => i.kind === 'push' && i.stack === stack) as Push;
      const pop = reverse.at(-1)!.body.instructions.find((i) => i.kind === 'pop' && i.stack === stack) as Pop;
      const name = this.names.get(push.value);
      this.names.set(tape, stacks.length > 1 || name === undefined ? 'tape' : `${name.replace('~', '')}Tape`);
      const isBoolean = this.types[push.value] === 'boolean';
      const stored: Instruction[] = [];
      const index = this.index(stored, forwards, counts, stride, at);
      const value = isBoolean ? this.op(stored, 'toNumber', [push.value]) : push.value;
      stored.push({ kind: 'store', buffer: tape, index, value });
      this.store(last, push, stored);
      const loaded: Instruction[] = [];
      const place = this.index(loaded, counters, counts, stride, at);
      if (isBoolean) {
        const number = this.fresh('number');
        loaded.push({ kind: 'load', id: number, buffer: tape, index: place });
        loaded.push({ kind: 'op', id: pop.id, op: 'ne', args: [number, zero] });
      } else loaded.push({ kind: 'load', id: pop.id, buffer: tape, index: place });
      this.instead.set(pop, loaded);
    });
  }

  /** Stores where the value is made, or first of all where the loop carries it: before it becomes the next one. */
  private store(loop: Loop, push: Push, stored: readonly Instruction[]): void {
    this.instead.set(push, []);
    const made = loop.body.instructions.find((i) => definedBy(i).includes(push.value));
    if (made !== undefined) this.after.set(made, [...(this.after.get(made) ?? []), ...stored]);
    else this.first.set(loop.body, [...(this.first.get(loop.body) ?? []), ...stored]);
  }

  /** How often a loop runs whose counter ends at `last`. */
  private count(last: ValueId, before: Loop, to: Instruction[]): ValueId {
    const { definitions } = this;
    const made = definitions.get(last);
    const isOneLess = made?.kind === 'op' && made.op === 'sub' && this.constantOf(made.args[1]!) === 1;
    const count = isOneLess
      ? this.copy(made.args[0]!, before, to)
      : this.op(to, 'add', [this.copy(last, before, to), this.constant(1)]);
    // A loop that does not run may have a bound that is no length.
    const isLength =
      definitions.get(count)?.kind === 'length' || this.f.parameters.some((p) => p.extent && p.id === count);
    return isLength ? count : this.op(to, 'max', [count, this.constant(0)]);
  }

  /** ((t₁·n₂ + t₂)·n₃ + t₃)·stride + at */
  private index(
    to: Instruction[],
    counters: readonly ValueId[],
    counts: readonly ValueId[],
    stride: ValueId,
    at: number,
  ): ValueId {
    let index = counters[0]!;
    counters.slice(1).forEach((counter, level) => {
      index = this.op(to, 'add', [this.op(to, 'mul', [index, counts[level + 1]!]), counter]);
    });
    const scaled = this.constantOf(stride) === 1 ? index : this.op(to, 'mul', [index, stride]);
    return at === 0 ? scaled : this.op(to, 'add', [scaled, this.constant(at)]);
  }

  /** The number of the iteration of a forward loop: a carried value of its own unless it has one. */
  private counter(loop: Loop): ValueId {
    for (const [at, parameter] of loop.parameters.entries()) {
      const next = this.definitions.get(loop.body.results[at] ?? -1);
      if (this.constantOf(loop.initial[at]!) !== 0 || next?.kind !== 'op' || next.op !== 'add') continue;
      const [a, b] = next.args as [ValueId, ValueId];
      const step = a === parameter ? b : b === parameter ? a : undefined;
      if (step !== undefined && this.constantOf(step) === 1) return parameter;
    }
    const known = this.counted.get(loop);
    if (known) return known.parameter;
    const parameter = this.fresh('number');
    const next = this.fresh('number');
    this.counted.set(loop, { parameter, next });
    this.added.set(loop, [{ kind: 'op', id: next, op: 'add', args: [parameter, this.constant(1)] }]);
    return parameter;
  }

  private copy(id: ValueId, before: Loop, to: Instruction[]): ValueId {
    if (this.visibleBefore(before).has(id)) return id;
    const definition = this.definitions.get(id)!;
    if (definition.kind === 'constant')
      return typeof definition.value === 'number' ? this.constant(definition.value) : id;
    if (definition.kind !== 'op') throw new Error(`%${id} cannot be computed before its loop`);
    return this.op(
      to,
      definition.op,
      definition.args.map((arg) => this.copy(arg, before, to)),
    );
  }

  private fresh(type: ValueType): ValueId {
    this.types.push(type);
    return this.types.length - 1;
  }

  private constant(value: number): ValueId {
    const known = this.constants.find((i) => i.kind === 'constant' && Object.is(i.value, value));
    if (known?.kind === 'constant') return known.id;
    const id = this.fresh('number');
    const instruction: Instruction = { kind: 'constant', id, value };
    this.constants.push(instruction);
    this.definitions.set(id, instruction);
    return id;
  }

  private op(
    to: Instruction[],
    op: Extract<Instruction, { kind: 'op' }>['op'],
    args: readonly ValueId[],
  ): ValueId {
    const id = this.fresh(op === 'gt' || op === 'ne' ? 'boolean' : 'number');
    to.push({ kind: 'op', id, op, args });
    return id;
  }

  private block(block: Block): Block {
    const instructions = block.instructions.flatMap((i): Instruction[] => {
      const instead = this.instead.get(i);
      if (instead) return instead;
      const rewritten = withBlocks(
        i,
        blocksOf(i).map((inner) => this.block(inner)),
      );
      const own = i.kind === 'loop' ? this.withCounter(i, rewritten as Loop) : rewritten;
      return [...(this.before.get(i) ?? []), own, ...(this.after.get(i) ?? [])];
    });
    return { ...block, instructions: [...(this.first.get(block) ?? []), ...instructions] };
  }

  private withCounter(loop: Loop, rewritten: Loop): Loop {
    const counted = this.counted.get(loop);
    if (!counted) return rewritten;
    return {
      ...rewritten,
      ids: [...rewritten.ids, this.fresh('number')],
      initial: [...rewritten.initial, this.constant(0)],
      parameters: [...rewritten.parameters, counted.parameter],
      body: {
        instructions: [...rewritten.body.instructions, ...(this.added.get(loop) ?? [])],
        results: [...rewritten.body.results, counted.next],
      },
    };
  }
}
