/**
 * What a program can change: frames of variables, module variables and objects. Each is a container with the epoch
 * in which it was made or last saved. `Store.own` saves a container of an earlier epoch before its first write, so
 * that everything written since the epoch began can be listed, undone or joined with another outcome.
 */
import type { Suspension } from './generators.ts';
import { JsView } from './memory.ts';
import { classOf, JsArray, JsBuffer, JsMap, type JsObject, JsSet, JsTypedArray } from './objects.ts';
import { Properties } from './shapes.ts';
import type { Value } from './values.ts';

/** The variables of a function activation, or of a block in a loop whose variables closures may capture. */
export class Frame {
  slots: Value[];
  readonly parent: Frame | null;
  readonly call: Activation;
  epoch: number;
  constructor(slots: Value[], parent: Frame | null, call: Activation, epoch: number) {
    this.slots = slots;
    this.parent = parent;
    this.call = call;
    this.epoch = epoch;
  }
}

/** What is common to a call: arrow functions share their surroundings'. */
export class Activation {
  self: Value;
  readonly callee: JsObject | null;
  readonly args: Value[];
  readonly newTarget: JsObject | undefined;
  readonly epoch: number;
  /** Present where this is a generator's. */
  suspension: Suspension | undefined = undefined;
  constructor(
    self: Value,
    callee: JsObject | null,
    args: Value[],
    newTarget: JsObject | undefined,
    epoch = Number.POSITIVE_INFINITY,
  ) {
    this.epoch = epoch;
    this.self = self;
    this.callee = callee;
    this.args = args;
    this.newTarget = newTarget;
  }
}

/** A module-level variable. */
export class Cell {
  value: Value;
  epoch: number;
  readonly name: string;
  mutable: boolean;
  constructor(name: string, value: Value, mutable: boolean, epoch: number) {
    this.name = name;
    this.value = value;
    this.mutable = mutable;
    this.epoch = epoch;
  }
}

export type Container = Frame | Cell | JsObject;

/** A container's content at some time. Arrays also keep their elements, maps their entries. */
export interface Content {
  values: Value[] | null;
  properties: JsObject['properties'] | null;
  entries: Map<Value, Value> | Set<Value> | null;
  proto: JsObject | null;
  flags: number;
  /** What the container is: an array may become a buffer, and back. */
  is: object;
}

export interface JournalEntry {
  readonly container: Container;
  readonly epoch: number;
  readonly saved: Content;
}

function content(c: Container): Content {
  if (c instanceof Frame)
    return { values: c.slots, properties: null, entries: null, proto: null, flags: 0, is: Frame.prototype };
  if (c instanceof Cell)
    return { values: [c.value], properties: null, entries: null, proto: null, flags: 0, is: Cell.prototype };
  return {
    values:
      c instanceof JsArray || (c instanceof JsTypedArray && !(c instanceof JsView))
        ? c.elements
        : c instanceof JsBuffer
          ? [c.length, c.buffer]
          : null,
    properties: c.properties,
    entries: c instanceof JsMap ? c.entries : c instanceof JsSet ? c.items : null,
    proto: c.proto,
    flags: c.flags,
    is: classOf(c),
  };
}

/** A copy that later writes to the container do not reach. */
function snapshot(c: Container): Content {
  const now = content(c);
  return {
    values: now.values === null ? null : now.values.slice(),
    properties: now.properties === null ? null : new Properties(now.properties),
    entries:
      now.entries === null ? null : now.entries instanceof Map ? new Map(now.entries) : new Set(now.entries),
    proto: now.proto,
    flags: now.flags,
    is: now.is,
  };
}

export function restore(c: Container, saved: Content): void {
  if (c instanceof Frame) {
    c.slots = saved.values!;
    return;
  }
  if (c instanceof Cell) {
    c.value = saved.values![0];
    return;
  }
  if (classOf(c) !== saved.is) Object.setPrototypeOf(c, saved.is);
  if (c instanceof JsArray || (c instanceof JsTypedArray && saved.values !== null))
    c.elements = saved.values!;
  if (c instanceof JsBuffer) {
    c.length = saved.values![0];
    c.buffer = saved.values![1] as number;
  }
  c.properties = saved.properties!;
  if (c instanceof JsMap) c.entries = saved.entries as Map<Value, Value>;
  if (c instanceof JsSet) c.items = saved.entries as Set<Value>;
  c.proto = saved.proto;
  c.flags = saved.flags;
}

/** The epoch that watched containers carry: older than any. */
const WATCHED = -1;

/** The epochs and the journal of what was saved in the present one. */
export class Store {
  /** Containers made or saved now carry this number. */
  epoch = 1;
  private last = 1;
  private journal: JournalEntry[] = [];
  /** Containers of which every write is to be heard, with their own epochs; they carry WATCHED. */
  private readonly watched = new Map<Container, number>();
  /** Hears of writes to what is watched, before they are made. */
  heard: (c: Container) => void = () => undefined;
  /** Whether two different objects may stand for one. */
  mayBeOne: (a: JsObject, b: JsObject) => boolean = () => false;

  /** To be called before a container is written, where its epoch is older than the present one. */
  own(c: Container): void {
    if (c.epoch === WATCHED) {
      this.heard(c);
      if (this.epochOf(c) >= this.epoch) return;
    }
    if (this.epochOf(c) === 0) this.first.add(c);
    this.journal.push({ container: c, epoch: this.epochOf(c), saved: snapshot(c) });
    this.date(c, this.epoch);
  }

  /** Whether something older was written in the present epoch. */
  get changed(): boolean {
    return this.journal.length > 0;
  }

  /** What of older things was written in the present epoch: variables' names, '' for other things. */
  written(): string[] {
    return this.journal.map(({ container }) => (container instanceof Cell ? container.name : ''));
  }

  /** What of older things was written in the present epoch, with what it was before, in the order of first writes. */
  get saved(): readonly JournalEntry[] {
    return this.journal;
  }

  /** What was there before any program, as far as any has ever written it. */
  readonly first = new Set<Container>();

  /** Whether it was there before any program. */
  isFirst(c: Container): boolean {
    return this.epochOf(c) === 0 || this.first.has(c);
  }

  /** From now on `heard` is called before each write to the container. */
  watch(c: Container): void {
    if (c.epoch === WATCHED) return;
    // What it has from the beginning is as old as it is.
    if (!(c instanceof Frame || c instanceof Cell)) void c.properties;
    this.watched.set(c, c.epoch);
    c.epoch = WATCHED;
  }

  /** Nothing is watched any longer. */
  unwatch(): void {
    for (const [c, epoch] of this.watched) c.epoch = epoch;
    this.watched.clear();
    this.heard = () => undefined;
    this.mayBeOne = () => false;
  }

  isWatched(c: Container): boolean {
    return c.epoch === WATCHED;
  }

  epochOf(c: Container): number {
    return c.epoch === WATCHED ? (this.watched.get(c) ?? WATCHED) : c.epoch;
  }

  /** Whether the container was made in the present epoch, and not only written in it. */
  isNew(c: Container): boolean {
    return this.epochOf(c) >= this.epoch && !this.journal.some((entry) => entry.container === c);
  }

  /** The number of the next epoch to begin. */
  get next(): number {
    return this.last + 1;
  }

  private date(c: Container, epoch: number): void {
    if (c.epoch === WATCHED) this.watched.set(c, epoch);
    else c.epoch = epoch;
  }

  /** Begins a new epoch; give the token to `end`. */
  begin(): { readonly epoch: number; readonly journal: JournalEntry[] } {
    const token = { epoch: this.epoch, journal: this.journal };
    this.epoch = ++this.last;
    this.journal = [];
    return token;
  }

  /**
   * Ends the epoch that `begin` opened: every container is as it was before, and what it had become is returned,
   * in the order of first writes.
   */
  end(token: { readonly epoch: number; readonly journal: JournalEntry[] }): Change[] {
    const changes = this.journal.map(({ container, epoch, saved }) => {
      const after = content(container);
      const change = { container, before: saved, after };
      restoreShared(container, saved);
      this.date(container, epoch);
      return change;
    });
    this.epoch = token.epoch;
    this.journal = token.journal;
    return changes;
  }

  /** Ends the epoch and keeps what was written: older containers count as written in the epoch before. */
  commit(token: { readonly epoch: number; readonly journal: JournalEntry[] }): void {
    const inner = this.journal;
    this.epoch = token.epoch;
    this.journal = token.journal;
    for (const { container, epoch, saved } of inner) {
      if (epoch < this.epoch) this.journal.push({ container, epoch, saved });
      this.date(container, Math.max(epoch, this.epoch));
    }
  }
}

export interface Change {
  readonly container: Container;
  readonly before: Content;
  readonly after: Content;
}

/** Like restore, but keeps `saved` usable as a record of what was before. */
export function restoreShared(c: Container, saved: Content): void {
  restore(c, {
    ...saved,
    values: saved.values === null ? null : saved.values.slice(),
    properties: saved.properties === null ? null : new Properties(saved.properties),
    entries:
      saved.entries === null
        ? null
        : saved.entries instanceof Map
          ? new Map(saved.entries)
          : new Set(saved.entries),
  });
}
