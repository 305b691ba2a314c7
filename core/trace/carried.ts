/**
 * What loops carry from one round to the next: the numbers of variables, elements and fields that are older than the
 * loop and written by it. They are looked at, and some of them are made inputs of their own.
 */
import { Cell, type Container, Frame, type JournalEntry, type Store } from '../evaluate/heap.ts';
import { JsArray, JsObject, type Slot } from '../evaluate/objects.ts';
import { Leaf, type Value } from '../evaluate/values.ts';
import type { Location } from '../source/span.ts';
import type { Tape } from './tape.ts';

/** A number as a round begins, and as it was before the loop; NaN where it was none. */
export interface CarriedNumber {
  /** Where it is kept: the same in each run that is the same so far. */
  readonly key: string;
  readonly value: number;
  readonly before: number;
}

/** A loop as it was run. */
export interface LoopRun {
  /** Which of all the loops that were run, in order. */
  readonly instance: number;
  readonly site: Location;
  rounds: number;
  /** What it carries as the last rounds begin, the last one last. */
  readonly last: (readonly CarriedNumber[])[];
  /** The tape's length where variables were made inputs, and where the loop ended. */
  from: number;
  to: number;
}

/** Variables that become inputs of their own as a round of a loop begins. */
export interface Seeded {
  readonly instance: number;
  readonly round: number;
  readonly numbers: readonly { readonly key: string; readonly value: number }[];
}

/** Which loops are looked at, and what is made of their variables; `runs` is filled. */
export interface Carrying {
  readonly sites: ReadonlySet<Location>;
  readonly seeded: readonly Seeded[];
  readonly runs: LoopRun[];
}

/** Rounds whose beginnings are kept, and loops that are looked at. */
const LAST = 2;
const MOST_RUNS = 400;

/** One loop that is being looked at. */
export class Carried {
  private readonly store: Store;
  private readonly tape: Tape;
  private readonly seeded: Seeded | undefined;
  private readonly leaves: readonly Leaf[];
  private readonly token: ReturnType<Store['begin']>;
  readonly run: LoopRun;

  constructor(store: Store, tape: Tape, run: LoopRun, seeded?: Seeded, leaves: readonly Leaf[] = []) {
    this.store = store;
    this.tape = tape;
    this.run = run;
    this.seeded = seeded;
    this.leaves = leaves;
    this.token = store.begin();
  }

  /** Called as a round begins. */
  round(): void {
    const { run, seeded, store, tape } = this;
    run.rounds++;
    if (seeded === undefined) {
      run.last.push(store.saved.flatMap((entry, i) => [...this.numbers(entry, i)]));
      if (run.last.length > LAST) run.last.shift();
    } else if (run.rounds === seeded.round) {
      run.from = tape.length;
      seeded.numbers.forEach(({ key }, k) => {
        const [container, ...place] = key.split(' ');
        const entry = store.saved[Number(container)];
        if (entry !== undefined) write(entry.container, place.join(' '), this.leaves[k]!);
      });
    }
  }

  end(): void {
    this.run.to = this.tape.length;
    this.store.commit(this.token);
  }

  private *numbers({ container, saved }: JournalEntry, index: number): Generator<CarriedNumber> {
    const known = (value: Value | Slot) =>
      typeof value === 'number'
        ? value
        : value instanceof Leaf && value.type === 'number'
          ? this.tape.value[value.id]!
          : Number.NaN;
    const found = function* (place: string, now: Value | Slot, then: Value | Slot) {
      const value = known(now);
      if (now !== then && Number.isFinite(value))
        yield { key: `${index} ${place}`, value, before: known(then) };
    };
    const { values, properties } = saved;
    if (values !== null) {
      const now = valuesOf(container);
      for (let i = 0; i < now.length; i++) yield* found(String(i), now[i], values[i]);
    }
    if (container instanceof JsObject && properties !== null)
      for (const [key, now] of container.readable)
        if (typeof key === 'string') yield* found(`.${key}`, now, properties.get(key));
  }
}

/** Which loops are looked at of those that are run, where any are. */
export class CarriedLoops {
  private readonly store: Store;
  private readonly tape: Tape;
  private readonly carrying: Carrying;
  private readonly leaves = new Map<Seeded, Leaf[]>();

  constructor(store: Store, tape: Tape, carrying: Carrying) {
    this.store = store;
    this.tape = tape;
    this.carrying = carrying;
  }

  /** The new inputs; they come after the others. */
  makeInputs(input: (value: number) => Leaf): void {
    for (const seeded of this.carrying.seeded)
      this.leaves.set(
        seeded,
        seeded.numbers.map(({ value }) => input(value)),
      );
  }

  enter(site: Location, instance: number): Carried | undefined {
    const { sites, seeded, runs } = this.carrying;
    if (!sites.has(site) || runs.length >= MOST_RUNS) return undefined;
    const own = seeded.find((s) => s.instance === instance);
    if (seeded.length > 0 && own === undefined) return undefined;
    const run: LoopRun = { instance, site, rounds: 0, last: [], from: -1, to: -1 };
    runs.push(run);
    return new Carried(this.store, this.tape, run, own, own && this.leaves.get(own));
  }
}

function valuesOf(container: Container): readonly Value[] {
  if (container instanceof Frame) return container.slots;
  if (container instanceof Cell) return [container.value];
  return container instanceof JsArray ? container.elements : [];
}

function write(container: Container, place: string, leaf: Leaf): void {
  if (container instanceof Cell) container.value = leaf;
  else if (place.startsWith('.')) {
    if (container instanceof JsObject) container.properties.set(place.slice(1), leaf);
  } else if (container instanceof Frame) container.slots[Number(place)] = leaf;
  else if (container instanceof JsArray) container.elements[Number(place)] = leaf;
}
