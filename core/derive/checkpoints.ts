/**
 * Checkpoints for loops that record: the forward sweep keeps the state of every so many iterations, and the reverse
 * sweep runs the iterations from there again, now recording, before it runs their reverse. Segments grow by an iteration
 * each, so that n iterations need about √(2n) states and as many records at a time, however many there will be
 * (Griewank and Walther, Algorithm 799: revolve, TOMS 26(1), 2000, has what is possible with less memory still).
 */
import { cloneAll } from '../program/clone.ts';
import type { Block, Instruction, Program, ProgramFunction, ValueId, ValueType } from '../program/program.ts';
import { blocksOf, instructionsIn, isTerminated, usedBy, withBlocks } from '../program/walk.ts';
import { stackCount } from './forward.ts';

type Loop = Extract<Instruction, { kind: 'loop' }>;
type Alloc = Extract<Instruction, { kind: 'alloc' }>;

export function checkpointed(program: Program): Program {
  let stacks = stackCount(program);
  const users = new Map<number, number>();
  for (const f of program.functions) {
    for (const stack of new Set([...stacksIn(f.body, 'push'), ...stacksIn(f.body, 'pop')]))
      users.set(stack, (users.get(stack) ?? 0) + 1);
  }
  const own = (stack: number) => users.get(stack) === 1;
  const functions = program.functions.map((f) => new Checkpoints(f, own, () => stacks++).run());
  return { ...program, functions };
}

/** A loop that records and the one that takes back what it has. */
interface Pair {
  readonly forward: Loop;
  readonly reverse: Loop;
  /** Arrays from outside that the loop changes. */
  readonly written: readonly Alloc[];
}

class Checkpoints {
  private readonly f: ProgramFunction;
  private readonly own: (stack: number) => boolean;
  private readonly newStack: () => number;
  private readonly types: ValueType[];
  private readonly names: Map<ValueId, string>;
  private readonly constants: Instruction[] = [];

  constructor(f: ProgramFunction, own: (stack: number) => boolean, newStack: () => number) {
    this.f = f;
    this.own = own;
    this.newStack = newStack;
    this.types = [...f.types];
    this.names = new Map(f.names);
  }

  run(): ProgramFunction {
    const body = this.block(this.f.body);
    const instructions = [...this.constants, ...body.instructions];
    return { ...this.f, types: this.types, names: this.names, body: { ...body, instructions } };
  }

  private block(block: Block): Block {
    const pairs = this.pairsIn(block);
    const instructions = block.instructions.flatMap((i): Instruction[] => {
      const forward = pairs.find((pair) => pair.forward === i);
      if (forward) return this.forward(forward);
      const reverse = pairs.find((pair) => pair.reverse === i);
      if (reverse) return this.reverse(reverse);
      return [
        withBlocks(
          i,
          blocksOf(i).map((inner) => this.block(inner)),
        ),
      ];
    });
    return { ...block, instructions };
  }

  // ───────────── which loops ─────────────

  private pairsIn({ instructions, results }: Block): Pair[] {
    return instructions.flatMap((forward, at): Pair[] => {
      if (forward.kind !== 'loop' || isTerminated(forward.body)) return [];
      const pushed = new Set(stacksIn(forward.body, 'push'));
      if (pushed.size === 0 || ![...pushed].every(this.own)) return [];
      const inside = { instructions: [forward], results: [] };
      const reverse = instructions.find(
        (i, k): i is Loop =>
          k > at && i.kind === 'loop' && stacksIn(i.body, 'pop').some((s) => pushed.has(s)),
      );
      if (!reverse || stacksIn(inside, 'pop').length > 0 || isTerminated(reverse.body)) return [];
      const back = { instructions: [reverse], results: [] };
      const popped = new Set(stacksIn(back, 'pop'));
      if (stacksIn(back, 'push').length > 0 || popped.size !== pushed.size) return [];
      if (![...popped].every((stack) => pushed.has(stack))) return [];
      // Each is pushed and popped here alone.
      const elsewhere = { instructions: this.f.body.instructions, results: [] };
      const times = (kind: 'push' | 'pop') => stacksIn(elsewhere, kind).filter((s) => pushed.has(s)).length;
      if (times('push') !== stacksIn(inside, 'push').length || times('pop') !== stacksIn(back, 'pop').length)
        return [];
      if (!this.countsDown(reverse) || this.calls(inside) || this.calls(back)) return [];
      const between = instructions.slice(at + 1, instructions.indexOf(reverse));
      const after = instructions.slice(instructions.indexOf(reverse) + 1);
      const written = this.state(forward, reverse, instructions, between, after, results);
      return written ? [{ forward, reverse, written }] : [];
    });
  }

  /** The first that the loop carries counts to 0. */
  private countsDown({ test, parameters }: Loop): boolean {
    const condition = test.instructions.find((i) => i.kind === 'op' && i.id === test.results[0]);
    if (condition?.kind !== 'op' || condition.op !== 'ge') return false;
    const zero = [...instructionsIn(this.f.body)].some(
      (i) => i.kind === 'constant' && i.id === condition.args[1] && i.value === 0,
    );
    return zero && condition.args[0] === parameters[0];
  }

  private calls(block: Block): boolean {
    return [...instructionsIn(block)].some(
      (i) => i.kind === 'call' && i.args.some((arg) => this.types[arg] === 'buffer'),
    );
  }

  /**
   * The arrays from outside that the loop changes; undefined where running it again would see or do something else:
   * what it changes must be made in its block and be of no use afterwards, what it reads must stay.
   */
  private state(
    forward: Loop,
    reverse: Loop,
    all: readonly Instruction[],
    between: readonly Instruction[],
    after: readonly Instruction[],
    results: readonly ValueId[],
  ): Alloc[] | undefined {
    if (forward.parameters.some((id) => this.types[id] === 'buffer')) return undefined;
    const inside = [...instructionsIn({ instructions: [forward], results: [] })];
    const made = new Set(inside.flatMap((i) => (i.kind === 'alloc' || i.kind === 'if' ? idsOf(i) : [])));
    const touched = (kind: 'load' | 'store') =>
      inside.flatMap((i) => (i.kind === kind && !made.has(i.buffer) ? [i.buffer] : []));
    const stored = new Set(touched('store'));
    const read = [...touched('load'), ...stored];
    // Arrays that branches choose between may be any.
    if (inside.some((i) => i.kind === 'if' && i.ids.some((id) => this.types[id] === 'buffer')))
      return undefined;
    const named = (id: ValueId) =>
      !this.escapes(id) &&
      (this.f.parameters.some((p) => p.id === id) ||
        [...instructionsIn(this.f.body)].some((i) => i.kind === 'alloc' && i.id === id));
    if (!read.every(named)) return undefined;
    const later = [...between, reverse];
    if (read.some((id) => !stored.has(id) && changes(later, id, this.types))) return undefined;
    const written = [...stored].map((id) =>
      all.find((i): i is Alloc => i.kind === 'alloc' && i.id === id && !i.adjoint),
    );
    const kept = written.every(
      (alloc) =>
        alloc !== undefined && !results.includes(alloc.id) && !mentions([reverse, ...after], alloc.id),
    );
    return kept ? (written as Alloc[]) : undefined;
  }

  /** Whether an array may have another name. */
  private escapes(id: ValueId): boolean {
    return [...instructionsIn(this.f.body)].some(
      (i) =>
        (i.kind !== 'load' && i.kind !== 'store' && i.kind !== 'length' && usedBy(i).includes(id)) ||
        blocksOf(i).some((block) => block.results.includes(id)),
    );
  }

  // ───────────── what they become ─────────────

  private readonly stacks = new Map<Loop, readonly number[]>();
  private readonly segments = new Map<Loop, ValueId>();

  private forward({ forward, written }: Pair): Instruction[] {
    const { initial, parameters, test, ids } = forward;
    const zero = this.constant(0);
    const [segment, segments] = [this.fresh('number', 'segment'), this.fresh('number', 'segments')];
    const state = parameters.map((id) => this.like(id));
    const next = this.fresh('number');
    const kept = [...state, ...written.map(() => undefined)];
    const stacks = kept.map(() => this.newStack());
    this.stacks.set(forward, stacks);
    this.segments.set(forward, segments);
    const saved = kept.flatMap((value, i): Instruction[] => {
      const stack = stacks[i]!;
      if (value !== undefined) return [{ kind: 'push', stack, value }];
      const { id, length, typed } = written[i - state.length]!;
      const copy = this.fresh('buffer', `${this.names.get(id) ?? 'state'}Checkpoint`);
      const alloc: Instruction = {
        kind: 'alloc',
        id: copy,
        length,
        ...(typed ? { typed } : {}),
      };
      return [alloc, ...this.copy(id, copy, length), { kind: 'push', stack, value: copy }];
    });
    const inner = this.segment(forward, state, segment, false);
    return [
      {
        ...forward,
        initial: [...initial, zero],
        parameters: [...state, segment],
        test: this.cloned(test, parameters, state),
        body: {
          instructions: [...saved, ...inner.instructions, this.op(next, 'add', segment, this.constant(1))],
          results: [...inner.after, next],
        },
        ids: [...ids, segments],
      },
    ];
  }

  private reverse({ forward, reverse, written }: Pair): Instruction[] {
    const [zero, one] = [this.constant(0), this.constant(1)];
    const [last, segment, next, end] = [0, 1, 2, 3].map(() => this.fresh('number')) as [
      ValueId,
      ValueId,
      ValueId,
      ValueId,
    ];
    const carried = reverse.parameters.map((id) => this.like(id));
    const more = this.fresh('boolean');
    const state = forward.parameters.map((id) => this.like(id));
    const stacks = this.stacks.get(forward)!;
    const restored = [...stacks].reverse().flatMap((stack, back): Instruction[] => {
      const i = stacks.length - 1 - back;
      const value = state[i];
      if (value !== undefined) return [{ kind: 'pop', stack, id: value }];
      const { id, length } = written[i - state.length]!;
      const copy = this.fresh('buffer', `${this.names.get(id) ?? 'state'}Checkpoint`);
      return [{ kind: 'pop', stack, id: copy }, ...this.copy(copy, id, length)];
    });
    const again = this.segment(forward, state, segment, true);
    const [left, top, rest, on] = [
      this.fresh('number'),
      this.fresh('number'),
      this.fresh('number'),
      this.fresh('boolean'),
    ];
    const inside = reverse.parameters.map((id) => this.like(id));
    const after = reverse.parameters.map((id) => this.like(id));
    const body = this.cloned(
      {
        instructions: [...reverse.test.instructions, ...reverse.body.instructions],
        results: reverse.body.results,
      },
      reverse.parameters,
      inside,
    );
    const backwards: Instruction = {
      ...reverse,
      initial: [...carried, top],
      parameters: [...inside, left],
      test: { instructions: [this.op(on, 'ge', left, zero)], results: [on] },
      body: {
        instructions: [...body.instructions, this.op(rest, 'sub', left, one)],
        results: [...body.results, rest],
      },
      ids: [...after, this.fresh('number')],
    };
    return [
      this.op(last, 'sub', this.segments.get(forward)!, one),
      {
        ...reverse,
        initial: [...reverse.initial, last],
        parameters: [...carried, segment],
        test: { instructions: [this.op(more, 'ge', segment, zero)], results: [more] },
        body: {
          instructions: [
            ...restored,
            ...again.instructions,
            this.op(top, 'sub', again.count, one),
            backwards,
            this.op(next, 'sub', segment, one),
          ],
          results: [...after, next],
        },
        ids: [...reverse.ids, end],
      },
    ];
  }

  /** The iterations of a segment from a state on, of which there are one more than its number. */
  private segment(
    { parameters, test, body, ids, at }: Loop,
    initial: readonly ValueId[],
    segment: ValueId,
    records: boolean,
  ): { readonly instructions: Instruction[]; readonly after: readonly ValueId[]; readonly count: ValueId } {
    const inside = parameters.map((id) => this.like(id));
    const [done, next, count] = [0, 1, 2].map(() => this.fresh('number')) as [ValueId, ValueId, ValueId];
    const [within, goes] = [this.fresh('boolean'), this.fresh('boolean')];
    const map = new Map(parameters.map((id, i) => [id, inside[i]!]));
    const cloning = { map, fresh: (id: ValueId) => this.like(id) };
    const use = (id: ValueId) => map.get(id) ?? id;
    const tests = cloneAll(test.instructions, cloning);
    const condition = use(test.results[0]!);
    const source = records ? body.instructions : withoutPushes(body.instructions);
    const instructions = cloneAll(source, cloning);
    const after = ids.map((id) => this.like(id));
    const loop: Loop = {
      kind: 'loop',
      ids: [...after, count],
      initial: [...initial, this.constant(0)],
      parameters: [...inside, done],
      test: {
        instructions: [
          ...tests,
          this.op(within, 'le', done, segment),
          { kind: 'op', id: goes, op: 'and', args: [within, condition] },
        ],
        results: [goes],
      },
      body: {
        instructions: [...instructions, this.op(next, 'add', done, this.constant(1))],
        results: [...body.results.map(use), next],
      },
      ...(at ? { at } : {}),
    };
    return { instructions: [loop], after, count };
  }

  private copy(from: ValueId, to: ValueId, length: ValueId): Instruction[] {
    const [i, next, end, element] = [0, 1, 2, 3].map(() => this.fresh('number')) as [
      ValueId,
      ValueId,
      ValueId,
      ValueId,
    ];
    this.names.set(i, 'i');
    const goes = this.fresh('boolean');
    return [
      {
        kind: 'loop',
        ids: [end],
        initial: [this.constant(0)],
        parameters: [i],
        test: { instructions: [this.op(goes, 'lt', i, length)], results: [goes] },
        body: {
          instructions: [
            { kind: 'load', id: element, buffer: from, index: i },
            { kind: 'store', buffer: to, index: i, value: element },
            this.op(next, 'add', i, this.constant(1)),
          ],
          results: [next],
        },
      },
    ];
  }

  private cloned(block: Block, parameters: readonly ValueId[], values: readonly ValueId[]): Block {
    const map = new Map(parameters.map((id, i) => [id, values[i]!]));
    const instructions = cloneAll(block.instructions, { map, fresh: (id) => this.like(id) });
    return { instructions, results: block.results.map((id) => map.get(id) ?? id) };
  }

  private op(id: ValueId, op: 'add' | 'sub' | 'ge' | 'le' | 'lt', a: ValueId, b: ValueId): Instruction {
    return { kind: 'op', id, op, args: [a, b] };
  }

  private constant(value: number): ValueId {
    const id = this.fresh('number');
    this.constants.push({ kind: 'constant', id, value });
    return id;
  }

  private like(id: ValueId): ValueId {
    return this.fresh(this.types[id]!, this.names.get(id));
  }

  private fresh(type: ValueType, name?: string): ValueId {
    this.types.push(type);
    const id = this.types.length - 1;
    if (name !== undefined) this.names.set(id, name);
    return id;
  }
}

function stacksIn(block: Block, kind: 'push' | 'pop'): number[] {
  return [...instructionsIn(block)].flatMap((i) => (i.kind === kind ? [i.stack] : []));
}

function withoutPushes(instructions: readonly Instruction[]): Instruction[] {
  return instructions.flatMap((i): Instruction[] => {
    if (i.kind === 'push') return [];
    const blocks = blocksOf(i).map((block) => ({
      ...block,
      instructions: withoutPushes(block.instructions),
    }));
    return [withBlocks(i, blocks)];
  });
}

function idsOf(i: Extract<Instruction, { kind: 'alloc' | 'if' }>): readonly ValueId[] {
  return i.kind === 'alloc' ? [i.id] : i.ids;
}

/** Whether the array may be stored into. */
function changes(instructions: readonly Instruction[], id: ValueId, types: readonly ValueType[]): boolean {
  return [...instructionsIn({ instructions, results: [] })].some(
    (i) =>
      (i.kind === 'store' && i.buffer === id) ||
      (i.kind === 'call' && i.args.some((arg) => types[arg] === 'buffer')),
  );
}

function mentions(instructions: readonly Instruction[], id: ValueId): boolean {
  return [...instructionsIn({ instructions, results: [] })].some(
    (i) => i.kind !== 'length' && usedBy(i).includes(id),
  );
}
