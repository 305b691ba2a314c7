/**
 * Which elements of a Jacobian can differ from 0, found in the Program: each store into the array of results is a row,
 * or a part of one, and the loads that its value depends on are the columns. Columns that no row has both of get one
 * colour, and with it one tangent (Gebremedhin, Manne and Pothen, What color is your Jacobian?, SIAM Review 47(4), 2005).
 *
 * A pattern is found where what is stored depends on loads of the inputs in the same iteration; what goes through other
 * arrays, or from one iteration to the next, is dense.
 */
import { accumulationsIn } from '../program/accumulations.ts';
import type { Block, Instruction, Program, ProgramFunction, ValueId } from '../program/program.ts';
import { counterOf, type Loop } from '../program/trips.ts';
import { blocksOf, definedBy, instructionsIn, isTerminated, usedBy } from '../program/walk.ts';
import { type Activity, analyseActivity } from './activity.ts';
import { atomOf, difference, type Linear, lengthOf, linearOf } from './linear.ts';

type Store = Extract<Instruction, { kind: 'store' }>;

/** An element of an input, as a load has it; or an input that is a number. */
export interface Column {
  readonly parameter: number;
  readonly index: ValueId | undefined;
}

/** A store into the results. */
export interface Row {
  readonly store: Store;
  /** What the element becomes, or what is added to it. */
  readonly term: ValueId;
  readonly adds: 1 | -1 | undefined;
  readonly columns: readonly Column[];
  /** Columns that may be outside of their array. */
  readonly guarded: ReadonlySet<Column>;
  /** Columns that no earlier one of the row can be the same as. */
  readonly distinct: ReadonlySet<Column>;
  /** Whether nothing was stored in its place before. */
  readonly fresh: boolean;
}

export interface Sparsity {
  readonly f: ProgramFunction;
  readonly activity: Activity;
  /** The array of results. */
  readonly buffer: ValueId;
  readonly rows: ReadonlyMap<Instruction, Row>;
  readonly columnsOf: (id: ValueId) => readonly Column[];
  readonly colourOf: (column: Column) => number;
  readonly colours: number;
  /** The shape of the pattern, for the header. */
  readonly pattern: string;
  /** Whether the results are read for something else than to be added to. */
  readonly read: boolean;
}

/** More colours than this make more code than they are worth. */
const MOST_COLOURS = 32;

/** The pattern of the one result at `result`, an array; undefined where it is dense or not known. */
export function sparsityOf(program: Program, wrt: readonly boolean[], result: number): Sparsity | undefined {
  try {
    return new Analysis(program, wrt, result).run();
  } catch (error) {
    if (error instanceof Dense) return undefined;
    throw error;
  }
}

/** The pattern cannot be told. */
export class Dense extends Error {}

class Analysis {
  private readonly f: ProgramFunction;
  private readonly activity: Activity;
  private readonly wrt: readonly boolean[];
  private readonly buffer: ValueId;
  private readonly definitions = new Map<ValueId, Instruction>();
  /** The loops around an instruction, from outside. */
  private readonly loops = new Map<Instruction, readonly Loop[]>();
  private readonly columns = new Map<string, Column>();
  private readonly known = new Map<ValueId, readonly Column[]>();

  constructor(program: Program, wrt: readonly boolean[], result: number) {
    this.f = program.functions[program.entry]!;
    this.wrt = wrt;
    this.activity = analyseActivity(program, wrt).of(program.entry, wrt);
    this.buffer = this.f.body.results[result] ?? -1;
    this.walk(this.f.body, []);
  }

  run(): Sparsity {
    this.check();
    const sums = accumulationsIn(this.f.body);
    const stores = [...instructionsIn(this.f.body)].filter(
      (i): i is Store => i.kind === 'store' && i.buffer === this.buffer,
    );
    const termOf = (store: Store) => sums.get(store)?.term ?? store.value;
    const leaves = (store: Store) => this.columnsOf(termOf(store)).length > 0;
    const rows = stores.map((store, at): Row => {
      const sum = sums.get(store);
      const term = termOf(store);
      const columns = this.columnsOf(term);
      return {
        store,
        term,
        adds: sum === undefined ? undefined : sum.negative ? -1 : 1,
        columns,
        guarded: new Set(columns.filter((column) => !this.isInside(column, store))),
        distinct: new Set(columns.filter((column, i) => this.isDistinct(column, columns.slice(0, i)))),
        fresh: sum === undefined && this.isFresh(store, stores, at, leaves),
      };
    });
    const colours = colour(rows.map((row) => row.columns));
    const count = Math.max(0, ...colours.values()) + 1;
    if (colours.size === 0 || count > MOST_COLOURS || !this.isSparse(rows)) throw new Dense();
    const summed = new Set([...sums.keys()].flatMap((i) => this.elementOf(i as Store)));
    return {
      f: this.f,
      activity: this.activity,
      buffer: this.buffer,
      rows: new Map(rows.map((row) => [row.store, row])),
      columnsOf: (id) => this.known.get(id) ?? [],
      colourOf: (column) => colours.get(column)!,
      colours: count,
      pattern: this.describe(rows),
      read: [...instructionsIn(this.f.body)].some(
        (i) => i.kind === 'load' && i.buffer === this.buffer && !summed.has(i),
      ),
    };
  }

  private walk(block: Block, loops: readonly Loop[]): void {
    for (const i of block.instructions) {
      this.loops.set(i, loops);
      for (const id of definedBy(i)) this.definitions.set(id, i);
      for (const inner of blocksOf(i)) this.walk(inner, i.kind === 'loop' ? [...loops, i] : loops);
    }
  }

  /** The results are an array made here that nothing else is, the inputs are only read, and nothing is called. */
  private check(): void {
    const { f, buffer } = this;
    const made = this.definitions.get(buffer);
    if (made?.kind !== 'alloc' || made.typed === 'Float32Array' || !f.body.instructions.includes(made))
      throw new Dense();
    if (isTerminated(f.body) || f.body.results.filter((id) => id === buffer).length !== 1) throw new Dense();
    for (const i of instructionsIn(f.body)) {
      if (i.kind === 'call' || i.kind === 'push' || i.kind === 'pop') throw new Dense();
      for (const block of blocksOf(i)) if (block.results.includes(buffer)) throw new Dense();
      if (i.kind !== 'load' && i.kind !== 'store' && i.kind !== 'length' && usedBy(i).includes(buffer))
        throw new Dense();
    }
    f.parameters.forEach((p, i) => {
      if (!this.wrt[i] || p.type !== 'buffer') return;
      if (this.activity.isWritten(p.id) || (p.typed !== undefined && p.typed !== 'Float64Array'))
        throw new Dense();
    });
  }

  /** The columns that a value depends on. */
  private columnsOf(id: ValueId): readonly Column[] {
    const known = this.known.get(id);
    if (known) return known;
    const found = this.activity.isActive(id) ? this.reached(id) : [];
    this.known.set(id, found);
    return found;
  }

  private reached(id: ValueId): readonly Column[] {
    const parameter = this.f.parameters.findIndex((p) => p.id === id);
    if (parameter >= 0) return [this.column(parameter, undefined)];
    const i = this.definitions.get(id);
    switch (i?.kind) {
      case 'op':
        return union(i.args.map((arg) => this.columnsOf(arg)));
      case 'load': {
        const of = this.f.parameters.findIndex((p) => p.id === i.buffer);
        if (of < 0 || !this.wrt[of]) throw new Dense();
        return [this.column(of, i.index)];
      }
      case 'if': {
        const at = i.ids.indexOf(id);
        const arms = [i.then, i.else].filter((arm) => !isTerminated(arm));
        return union(arms.map((arm) => this.columnsOf(arm.results[at]!)));
      }
      default:
        throw new Dense();
    }
  }

  private column(parameter: number, index: ValueId | undefined): Column {
    const key = `${parameter} ${index}`;
    const known = this.columns.get(key);
    if (known) return known;
    const made = { parameter, index };
    this.columns.set(key, made);
    return made;
  }

  private linear(id: ValueId): Linear {
    return linearOf(id, (other) => this.definitions.get(other));
  }

  private isDistinct(column: Column, others: readonly Column[]): boolean {
    return others.every((other) => {
      if (other.parameter !== column.parameter) return true;
      const apart = difference(this.linear(other.index!), this.linear(column.index!));
      return apart !== undefined && apart !== 0;
    });
  }

  /** Whether the column is within its array for certain where the store is. */
  private isInside(column: Column, store: Store): boolean {
    if (column.index === undefined) return true;
    const loops = this.loops.get(store)!;
    const index = this.linear(column.index);
    const { id } = this.f.parameters[column.parameter]!;
    return loops.some((loop) => {
      const range = this.rangeOf(loop);
      if (!range || index.terms.size !== 1 || index.terms.get(atomOf(range.counter)) !== 1) return false;
      const { from, bound } = range;
      const below = bound.terms.size === 1 && bound.terms.get(lengthOf(id)) === 1;
      return (
        below && from !== undefined && from + index.constant >= 0 && bound.constant + index.constant <= 0
      );
    });
  }

  /** A counter that grows from a constant to below a bound, both included in what is known. */
  private rangeOf(loop: Loop):
    | {
        readonly counter: ValueId;
        readonly step: number;
        readonly from: number | undefined;
        readonly bound: Linear;
      }
    | undefined {
    const constantOf = (id: ValueId) => {
      const definition = this.definitions.get(id);
      return definition?.kind === 'constant' ? definition.value : undefined;
    };
    const counter = counterOf(loop, constantOf);
    if (!counter || !Number.isInteger(counter.step)) return undefined;
    const { terms, constant } = this.linear(counter.bound);
    const from = constantOf(loop.initial[counter.at]!);
    const grows = counter.step > 0 && (counter.op === 'lt' || counter.op === 'le');
    return {
      counter: loop.parameters[counter.at]!,
      step: counter.step,
      from: grows && Number.isInteger(from) ? Number(from) : undefined,
      bound: {
        terms: grows ? terms : new Map(),
        constant: constant - counter.offset + (counter.op === 'le' ? 1 : 0),
      },
    };
  }

  /** Whether no other iteration and none of the stores before, or in the same loop, has left elements in the row. */
  private isFresh(
    store: Store,
    stores: readonly Store[],
    position: number,
    leaves: (other: Store) => boolean,
  ): boolean {
    const loops = this.loops.get(store)!;
    const inLoop = (other: Store) => loops.length > 0 && this.loops.get(other)!.includes(loops[0]!);
    const others = stores.filter(
      (other, i) => leaves(other) && (i < position || (other !== store && inLoop(other))),
    );
    const index = this.linear(store.index);
    if (loops.length > 1) return false;
    const [loop] = loops;
    const range = loop && this.rangeOf(loop);
    const pace = range ? (index.terms.get(atomOf(range.counter)) ?? 0) * range.step : 0;
    // What else there is must be the same in all iterations.
    const still = [...index.terms.keys()].every((atom) => {
      const id = Number(atom.slice(1));
      const definition = this.definitions.get(id);
      if (atom.startsWith('#')) return true;
      if (range && id === range.counter) return true;
      if (loop?.parameters.includes(id)) return false;
      return definition === undefined || !this.loops.get(definition)!.includes(loop!);
    });
    if (others.length === 0 && !leaves(store)) return true;
    if (loop && (pace === 0 || !still)) return false;
    return others.every((other) => {
      const around = this.loops.get(other)!;
      const apart = difference(index, this.linear(other.index));
      if (around.length > 1) return false;
      if (around[0] === loop) return apart !== undefined && (pace === 0 ? apart !== 0 : apart % pace !== 0);
      if (around.length > 0 || !range || range.from === undefined) return false;
      const { terms, constant } = index;
      const place = this.linear(other.index);
      return (
        terms.size === 1 &&
        terms.get(atomOf(range.counter)) === 1 &&
        place.terms.size === 0 &&
        range.from + constant > place.constant
      );
    });
  }

  /** Whether rows leave columns out: not where all of them have the same few elements. */
  private isSparse(rows: readonly Row[]): boolean {
    const moving = [...this.columns.values()].some(
      ({ index }) => index !== undefined && this.linear(index).terms.size > 0,
    );
    return moving || rows.some((row) => row.columns.length < this.columns.size);
  }

  /** The load by which an accumulation reads its element. */
  private elementOf(store: Store): Instruction[] {
    const sum = this.definitions.get(store.value);
    if (sum?.kind !== 'op') return [];
    return sum.args.flatMap((arg) => {
      const load = this.definitions.get(arg);
      return load?.kind === 'load' && load.buffer === store.buffer && load.index === store.index
        ? [load]
        : [];
    });
  }

  private describe(rows: readonly Row[]): string {
    const offsets = rows.flatMap((row) =>
      row.columns.map((column) => {
        if (column.index === undefined) return undefined;
        return difference(this.linear(column.index), this.linear(row.store.index));
      }),
    );
    const several = new Set([...this.columns.values()].map((column) => column.parameter)).size > 1;
    if (!several && offsets.every((offset) => offset !== undefined)) {
      const lowest = Math.min(...(offsets as number[]));
      const highest = Math.max(...(offsets as number[]));
      if (lowest === 0 && highest === 0) return 'diagonal';
      const side = (n: number, where: string) => `${n} ${where} the diagonal`;
      if (lowest >= 0 || highest <= 0) {
        const far = Math.max(-lowest, highest);
        const near = Math.min(Math.abs(lowest), Math.abs(highest));
        return `banded, ${near === 0 ? 'from the diagonal to ' : `from ${near} to `}${side(far, highest > 0 ? 'above' : 'below')}`;
      }
      return `banded, from ${side(-lowest, 'below')} to ${side(highest, 'above')}`;
    }
    const most = new Map<number, number>();
    for (const row of rows) {
      for (const p of new Set(row.columns.map((column) => column.parameter))) {
        const count = row.columns.filter((column) => column.parameter === p).length;
        most.set(p, Math.max(most.get(p) ?? 0, count));
      }
    }
    const inOrder = [...most].sort(([a], [b]) => a - b);
    const each = inOrder.map(([p, count]) => `${count} of ${this.f.parameters[p]!.name}`);
    const last = each.pop()!;
    const all = each.length === 0 ? last : `${each.join(', ')} and ${last}`;
    return rows.some((row) => row.adds !== undefined)
      ? `a sum of blocks, each row of which has at most ${all}`
      : `a row has at most ${all}`;
  }
}

function union(parts: readonly (readonly Column[])[]): readonly Column[] {
  const [only] = parts;
  return parts.length === 1 ? only! : [...new Set(parts.flat())];
}

/** Colours of columns, none twice in a row: greedy, those of the longest rows first. */
function colour(rows: readonly (readonly Column[])[]): Map<Column, number> {
  const neighbours = new Map<Column, Set<Column>>();
  for (const row of rows) {
    for (const column of row) {
      const all = neighbours.get(column) ?? new Set();
      for (const other of row) all.add(other);
      neighbours.set(column, all);
    }
  }
  const colours = new Map<Column, number>();
  const order = [...neighbours].sort(([, a], [, b]) => b.size - a.size);
  for (const [column, others] of order) {
    const taken = new Set([...others].map((other) => colours.get(other)));
    let free = 0;
    while (taken.has(free)) free++;
    colours.set(column, free);
  }
  return colours;
}
