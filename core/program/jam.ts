/**
 * Unroll and jam: of a loop around an inner loop, several iterations run side by side. What they read in common is
 * read once, and their sums do not wait for one another (a dot product of four rows at a time). Sums of several
 * iterations into one element come in the same order as before.
 */
import { accumulationsIn } from './accumulations.ts';
import { cloneAll } from './clone.ts';
import type { Block, Instruction, Program, ProgramFunction, ValueId, ValueType } from './program.ts';
import { type Counter, counterOf, type Loop, tripCount } from './trips.ts';
import { blocksOf, definedBy, instructionsIn, isTerminated, usedBy, withBlocks } from './walk.ts';

/** Sums side by side, and stores. */
const SUMS = 4;
const STORES = 4;
/** Of loops of at most so many iterations, with inner bodies of at most so many instructions. */
const LONGEST = 2 ** 20;
const LARGEST = 24;

export function jamLoops(program: Program): Program {
  return { ...program, functions: program.functions.map((f) => new Jammer(f).run()) };
}

/** An outer loop's body: what comes before the inner loop, it, and what comes after. */
interface Nest {
  readonly outer: Loop;
  readonly inner: Loop;
  readonly before: readonly Instruction[];
  readonly after: readonly Instruction[];
  readonly counter: Counter;
  /** Which carried values of the inner loop all iterations of the outer one have in common. */
  readonly shared: readonly boolean[];
  readonly factor: number;
}

class Jammer {
  private readonly f: ProgramFunction;
  private readonly types: ValueType[];
  private readonly names: Map<ValueId, string>;
  private readonly constants: Instruction[] = [];
  private readonly values = new Map<ValueId, number | boolean>();
  /** Parameters and allocations: two of them are never the same buffer. */
  private readonly distinct = new Set<ValueId>();

  constructor(f: ProgramFunction) {
    this.f = f;
    this.types = [...f.types];
    this.names = new Map(f.names);
    for (const p of f.parameters) if (p.type === 'buffer') this.distinct.add(p.id);
    for (const i of instructionsIn(f.body)) {
      if (i.kind === 'constant') this.values.set(i.id, i.value);
      if (i.kind === 'alloc') this.distinct.add(i.id);
    }
  }

  run(): ProgramFunction {
    const body = this.block(this.f.body);
    return {
      ...this.f,
      types: this.types,
      names: this.names,
      body: { ...body, instructions: [...this.constants, ...body.instructions] },
    };
  }

  private block(block: Block): Block {
    const instructions = block.instructions.map((i): Instruction => {
      const nest = i.kind === 'loop' ? this.nest(i) : undefined;
      if (nest) return this.jam(nest);
      return withBlocks(
        i,
        blocksOf(i).map((inner) => this.block(inner)),
      );
    });
    return { ...block, instructions };
  }

  private readonly constantOf = (id: ValueId) => this.values.get(id);

  // ───────────── what can be jammed ─────────────

  private nest(outer: Loop): Nest | undefined {
    const loops = outer.body.instructions.filter((i) => i.kind === 'loop');
    const [inner] = loops as Loop[];
    if (loops.length !== 1 || !inner || isTerminated(outer.body) || isTerminated(inner.body))
      return undefined;
    const at = outer.body.instructions.indexOf(inner);
    const before = outer.body.instructions.slice(0, at);
    const after = outer.body.instructions.slice(at + 1);
    const counter = counterOf(outer, this.constantOf);
    const trips = tripCount(outer, this.constantOf, LONGEST);
    if (!counter || !trips || outer.test.instructions.some((i) => i.kind !== 'op')) return undefined;
    if (![...before, ...after].every((i) => this.isSimple(i))) return undefined;
    const inside = [...inner.test.instructions, ...inner.body.instructions];
    if (inside.length > LARGEST || inside.some((i) => blocksOf(i).length > 0 || !this.isSimple(i)))
      return undefined;
    const own = definitionsIn(outer);
    const shared = this.sharedOf(inner, own);
    if (!shared.includes(true) || !this.isTestShared(inner, own, shared)) return undefined;
    // What is carried around otherwise waits for the iteration before.
    const waiting = new Set(outer.parameters.filter((_, i) => i !== counter.at));
    if ([...before, inner].some((i) => usesAny(i, waiting))) return undefined;
    const stores = inner.body.instructions.some((i) => i.kind === 'store');
    const sums = shared.includes(false);
    const factor = [sums && !stores ? SUMS : STORES, STORES].find((n) => trips % n === 0 && trips > n);
    if (factor === undefined || (!sums && !stores)) return undefined;
    const nest = { outer, inner, before, after, counter, shared, factor };
    return this.commutes(nest) ? nest : undefined;
  }

  private isSimple(i: Instruction): boolean {
    switch (i.kind) {
      case 'constant':
      case 'op':
      case 'load':
      case 'store':
      case 'length':
        return true;
      case 'if':
        return blocksOf(i).every((block) => block.instructions.every((each) => this.isSimple(each)));
      default:
        return false;
    }
  }

  /** The counters of the inner loop that begin at, and grow by, what the outer loop does not change. */
  private sharedOf(inner: Loop, own: ReadonlySet<ValueId>): boolean[] {
    const definitions = new Map(
      inner.body.instructions.flatMap((i) => (i.kind === 'op' ? [[i.id, i] as const] : [])),
    );
    return inner.parameters.map((parameter, at) => {
      if (own.has(inner.initial[at]!)) return false;
      const next = definitions.get(inner.body.results[at]!);
      if (next?.op !== 'add' && next?.op !== 'sub') return false;
      const [a, b] = next.args as [ValueId, ValueId];
      return a === parameter && this.constantOf(b) !== undefined;
    });
  }

  private isTestShared(inner: Loop, own: ReadonlySet<ValueId>, shared: readonly boolean[]): boolean {
    const allowed = new Set(inner.parameters.filter((_, at) => shared[at]));
    return inner.test.instructions.every((i) => {
      if (i.kind !== 'op' || !i.args.every((arg) => !own.has(arg) || allowed.has(arg))) return false;
      allowed.add(i.id);
      return true;
    });
  }

  /** Whether memory is the same whichever way the iterations are interleaved. */
  private commutes({ outer, inner, before, after }: Nest): boolean {
    const accumulations = accumulationsIn(outer.body);
    const parts = [before, [inner], after].map((part) => accessesIn(part));
    const stored = new Set(parts.flatMap((part) => [...part.stores.keys()]));
    const loaded = new Set(parts.flatMap((part) => [...part.loads.keys()]));
    if (![...stored, ...loaded].every((id) => stored.size === 0 || this.distinct.has(id))) return false;
    const indices = new Map<ValueId, Instruction[]>();
    for (const i of instructionsIn(outer.body)) {
      if (i.kind === 'store' && accumulations.has(i))
        indices.set(i.buffer, [...(indices.get(i.buffer) ?? []), i]);
    }
    return [...stored].every((buffer) => {
      const places = parts.flatMap((part, at) =>
        part.loads.has(buffer) || part.stores.has(buffer) ? [at] : [],
      );
      // Only before, or only after: their order among themselves stays.
      if (places.length === 1 && places[0] !== 1) return true;
      const count = (which: 'loads' | 'stores') =>
        parts.reduce((total, part) => total + (part[which].get(buffer) ?? 0), 0);
      const adding = (indices.get(buffer) ?? []).length;
      // All it sees are sums into it: one load and one store each.
      return adding === count('stores') && adding === count('loads');
    });
  }

  // ───────────── jamming ─────────────

  private jam({ outer, inner, before, after, counter, shared, factor }: Nest): Loop {
    const own = outer.parameters[counter.at]!;
    const copies = Array.from({ length: factor }, (_, u) => {
      const map = new Map<ValueId, ValueId>();
      return { u, map, fresh: (like: ValueId) => this.fresh(like) };
    });
    const instructions: Instruction[] = [];
    const plus = (amount: number, like: ValueId): ValueId => {
      if (amount === 0) return own;
      const id = this.fresh(like);
      instructions.push({ kind: 'op', id, op: 'add', args: [own, this.constant(amount)] });
      return id;
    };
    for (const copy of copies) {
      copy.map.set(own, plus(copy.u * counter.step, own));
      instructions.push(...cloneAll(before, copy));
    }
    const use = (map: ReadonlyMap<ValueId, ValueId>, id: ValueId) => map.get(id) ?? id;
    const initial: ValueId[] = [];
    const parameters: ValueId[] = [];
    const ids: ValueId[] = [];
    const next: (() => ValueId)[] = [];
    inner.parameters.forEach((parameter, at) => {
      for (const copy of copies) {
        if (shared[at] && copy.u > 0) {
          copy.map.set(parameter, copies[0]!.map.get(parameter)!);
          copy.map.set(inner.ids[at]!, copies[0]!.map.get(inner.ids[at]!)!);
          continue;
        }
        initial.push(use(copy.map, inner.initial[at]!));
        const inside = this.fresh(parameter);
        const after_ = this.fresh(inner.ids[at]!);
        parameters.push(inside);
        ids.push(after_);
        copy.map.set(parameter, inside);
        copy.map.set(inner.ids[at]!, after_);
        next.push(() => use(copy.map, inner.body.results[at]!));
      }
    });
    const [first] = copies as [(typeof copies)[0]];
    const test = cloneAll(inner.test.instructions, first);
    const condition = use(first.map, inner.test.results[0]!);
    // What the test defines is the same for all.
    for (const i of inner.test.instructions)
      for (const id of definedBy(i)) for (const copy of copies) copy.map.set(id, first.map.get(id)!);
    const body = copies.flatMap((copy) => cloneAll(inner.body.instructions, copy));
    instructions.push({
      ...inner,
      ids,
      initial,
      parameters,
      test: { instructions: test, results: [condition] },
      body: { instructions: body, results: next.map((each) => each()) },
    });
    let carried = outer.parameters;
    for (const copy of copies) {
      outer.parameters.forEach((parameter, at) => {
        if (at !== counter.at) copy.map.set(parameter, carried[at]!);
      });
      instructions.push(...cloneAll(after, copy));
      carried = outer.body.results.map((id) => use(copy.map, id));
    }
    const step = plus(factor * counter.step, own);
    const results = carried.map((id, at) => (at === counter.at ? step : id));
    return { ...outer, body: { instructions, results } };
  }

  private fresh(like: ValueId): ValueId {
    this.types.push(this.types[like]!);
    const id = this.types.length - 1;
    const name = this.names.get(like);
    if (name !== undefined) this.names.set(id, name);
    return id;
  }

  private constant(value: number): ValueId {
    const known = this.constants.find((i) => i.kind === 'constant' && i.value === value);
    if (known?.kind === 'constant') return known.id;
    this.types.push('number');
    const id = this.types.length - 1;
    this.constants.push({ kind: 'constant', id, value });
    this.values.set(id, value);
    return id;
  }
}

function definitionsIn(loop: Loop): Set<ValueId> {
  const found = new Set(loop.parameters);
  for (const block of blocksOf(loop)) {
    for (const i of instructionsIn(block)) {
      if (i.kind === 'constant') continue;
      for (const id of definedBy(i)) found.add(id);
      if (i.kind === 'loop') for (const id of i.parameters) found.add(id);
    }
  }
  return found;
}

function usesAny(i: Instruction, ids: ReadonlySet<ValueId>): boolean {
  if (usedBy(i).some((id) => ids.has(id))) return true;
  return blocksOf(i).some(
    (block) =>
      block.results.some((id) => ids.has(id)) || block.instructions.some((each) => usesAny(each, ids)),
  );
}

/** How often buffers are read and written. */
function accessesIn(instructions: readonly Instruction[]): {
  readonly loads: ReadonlyMap<ValueId, number>;
  readonly stores: ReadonlyMap<ValueId, number>;
} {
  const loads = new Map<ValueId, number>();
  const stores = new Map<ValueId, number>();
  for (const i of instructionsIn({ instructions, results: [] })) {
    const counts = i.kind === 'load' ? loads : i.kind === 'store' ? stores : undefined;
    if (counts && (i.kind === 'load' || i.kind === 'store'))
      counts.set(i.buffer, (counts.get(i.buffer) ?? 0) + 1);
  }
  return { loads, stores };
}
