/**
 * Arrays of numbers that grow in loops: buffers with room for all that the loops may append. A loop in which an array
 * grows is run once to see how often something is appended, which bounds the room, and then again with so much.
 */
import { JsArray, JsBuffer, type JsObject } from '../evaluate/objects.ts';
import { binary } from '../evaluate/operators.ts';
import { HOLE, Leaf, type Site, type Value } from '../evaluate/values.ts';
import type { ValueId } from '../program/program.ts';
import { copyInto } from './copies.ts';
import { JsNested } from './nested.ts';
import type { Stage } from './stage.ts';

const RISES: ReadonlySet<string> = new Set(['add', 'max', 'min', 'ceil', 'floor']);

/** The buffer may be longer than the array is. */
export class JsList extends JsBuffer {}

/** Signal of the stage's own: this array has to become a list before the loop that is being run. */
export class NeedsList {
  readonly array: JsObject;
  constructor(array: JsObject) {
    this.array = array;
  }
}

/** So many times the product of the loops' trips; undefined where one of them has no bound. */
interface Term {
  readonly count: number;
  readonly trips: readonly ValueId[] | undefined;
}

/** Worked out of values that are older than the list. */
type Size =
  | { readonly id: ValueId }
  | { readonly constant: number | boolean }
  | { readonly op: Parameters<Stage['f']['op']>[0]; readonly args: readonly Size[] };

/** Lists that one loop or branch may make. */
export const MOST_LISTS = 6;

/** An array that becomes a list before a loop or a branch; its room is found out by the first run. */
export interface Need {
  readonly array: JsObject;
  room?: readonly { readonly count: number; readonly trips: readonly Size[] }[];
}

export class Lists {
  private readonly stage: Stage;
  /** With the first value that is younger. */
  private readonly open = new Map<JsObject, ValueId>();
  /** Of counters that stay below them. */
  private readonly limits = new Map<ValueId, ValueId>();
  private frames: Map<JsObject, Term[]>[] = [new Map()];

  constructor(stage: Stage) {
    this.stage = stage;
  }

  /** Makes the array a list, with no room in the run that finds out how much it needs; of a list, one with more room. */
  begin(need: Need, site: Site): void {
    const { ev, f } = this.stage;
    const more = (need.room ?? []).map(({ count, trips }) =>
      trips
        .map((t) => this.trips(this.emitted(t)))
        .reduce((a, t, i) => (i === 0 && count === 1 ? t : f.op('mul', [a, t])), f.constant(count)),
    );
    if (need.array instanceof JsBuffer && !(need.array instanceof JsList)) this.become(need.array);
    if (need.array instanceof JsList) {
      this.enlarge(need.array, more, site);
      this.open.set(need.array, need.array.buffer);
      this.frames.at(-1)!.delete(need.array);
      return;
    }
    const array = need.array as JsArray;
    const isPlain =
      array instanceof JsArray &&
      array.properties.size === 0 &&
      array.extensible &&
      array.elements.every((e) => typeof e === 'number' || (e instanceof Leaf && e.type === 'number')) &&
      !array.elements.includes(HOLE);
    if (!isPlain)
      ev.refuse(
        'GL111',
        'An array of something else than numbers changes its length here, on some paths or in a loop.',
        site.location,
      );
    const { elements } = array;
    const values = elements.map((e) => this.stage.id(e as number | Leaf, site));
    const held = elements.length === 0 ? [] : [f.constant(elements.length)];
    const parts = [...held, ...more];
    const size = parts.length === 0 ? f.constant(0) : parts.reduce((a, b) => f.op('add', [a, b]));
    const buffer = f.alloc(size, undefined, site.location);
    values.forEach((value, i) => f.store(buffer, f.constant(i), value, site.location));
    ev.own(array);
    Object.setPrototypeOf(array, JsList.prototype);
    Object.assign(array as unknown as JsList, {
      buffer,
      length: elements.length,
      typed: undefined,
      gaps: false,
    });
    this.stage.belongs(array as unknown as JsList);
    this.open.set(array, buffer);
    this.frames.at(-1)!.delete(array);
  }

  end(need: Need): void {
    this.open.delete(need.array);
  }

  /** A list of the function being built, in the room that it has been given and so much more. */
  private enlarge(list: JsList, more: readonly ValueId[], site: Site): void {
    const { stage } = this;
    const { f } = stage;
    const { length } = list;
    const size = [stage.id(length as number | Leaf, site), ...more].reduce((a, b) => f.op('add', [a, b]));
    const from = stage.buffer(stage.bufferId(list, site), length, undefined);
    const to = stage.buffer(f.alloc(size, undefined, site.location), length, undefined);
    copyInto(stage, from, to, site);
    stage.ev.own(list);
    list.buffer = to.buffer;
  }

  /** Whether the array can become a list, or have more room, in the region that is being run. */
  canGrow(array: JsObject, before: number): boolean {
    const { store } = this.stage.ev;
    return store.isNew(array) && store.epochOf(array) < before;
  }

  /** After the run that finds it out: how much room is needed. */
  measure(need: Need, all: readonly Need[], site: Site): void {
    const { ev } = this.stage;
    const before = Math.min(...all.map(({ array }) => this.open.get(array)!));
    const unknown = (): never =>
      ev.refuse('GL111', 'How long an array becomes in this loop is not known before it.', site.location);
    need.room = (this.frames.at(-1)!.get(need.array) ?? []).map(({ count, trips }) => ({
      count,
      trips: (trips ?? unknown()).map((id) => this.sizeOf(id, before) ?? unknown()),
    }));
  }

  /** `grows`: what is more than it is will do, so that a counter of a loop around may be its limit. */
  private sizeOf(id: ValueId, before: ValueId, grows = true): Size | undefined {
    const { f } = this.stage;
    const constant = f.constantOf(id);
    if (constant !== undefined) return { constant };
    if (id < before && f.isVisible(id)) return { id };
    const limit = this.limits.get(id);
    if (limit !== undefined) return grows ? this.sizeOf(limit, before) : undefined;
    const made = f.definition(id);
    if (made === undefined) return undefined;
    const args = made.args.map((arg, i) =>
      this.sizeOf(arg, before, grows && (RISES.has(made.op) || (made.op === 'sub' && i === 0))),
    );
    return args.includes(undefined) ? undefined : { op: made.op, args: args as Size[] };
  }

  private emitted(size: Size): ValueId {
    const { f } = this.stage;
    if ('id' in size) return size.id;
    if ('constant' in size) return f.constant(size.constant);
    return f.op(
      size.op,
      size.args.map((arg) => this.emitted(arg)),
    );
  }

  /** How often a counter from 0 or more is below the limit, at most. */
  private trips(limit: ValueId): ValueId {
    const { f } = this.stage;
    const known = f.constantOf(limit);
    if (typeof known === 'number') return f.constant(Math.max(0, Math.ceil(known)));
    if (f.isLength(limit)) return limit;
    const made = f.definition(limit);
    const length = made?.op === 'max' ? made.args.find((id) => f.isLength(id)) : undefined;
    if (length !== undefined && made!.args.some((id) => f.constantOf(id) === 0)) return length;
    return f.op('max', [f.op('ceil', [limit]), f.constant(0)]);
  }

  /** A loop's body begins. */
  enter(): void {
    this.frames.push(new Map());
  }

  /** It has ended; what was appended in it counts for the loop, as often as its counter allows. */
  leave(
    counted: { readonly index: ValueId | undefined; readonly limit: ValueId | undefined } | undefined,
  ): void {
    const frame = this.frames.pop()!;
    if (counted === undefined) return;
    if (counted.index !== undefined && counted.limit !== undefined)
      this.limits.set(counted.index, counted.limit);
    const around = this.frames.at(-1)!;
    for (const [array, terms] of frame) {
      const { limit } = counted;
      const all = terms.map(({ count, trips }) => ({
        count,
        trips: limit === undefined || trips === undefined ? undefined : [...trips, limit],
      }));
      around.set(array, [...(around.get(array) ?? []), ...all]);
    }
  }

  /** A branch has ended: what was appended in it counts once. */
  leaveBranch(): void {
    const frame = this.frames.pop()!;
    const around = this.frames.at(-1)!;
    for (const [array, terms] of frame)
      if (this.open.has(array)) around.set(array, [...(around.get(array) ?? []), ...terms]);
  }

  get level(): number {
    return this.frames.length;
  }
  /** After a region was left by an exception. */
  set level(level: number) {
    this.frames.length = level;
  }

  /** Whether the array may change its length; one of unknown length that the stage has made otherwise becomes a list. */
  isList(array: JsBuffer): array is JsList {
    if (array instanceof JsList) return true;
    const { store } = this.stage.ev;
    if (array instanceof JsNested || array.typed !== undefined || typeof array.length === 'number')
      return false;
    if (!store.isNew(array)) throw new NeedsList(array);
    this.become(array);
    return true;
  }

  private become(array: JsBuffer): void {
    this.stage.ev.own(array);
    Object.setPrototypeOf(array, JsList.prototype);
  }

  append(list: JsList, values: readonly Value[], site: Site): void {
    const { ev } = this.stage;
    if (!this.open.has(list)) {
      if (!ev.store.isNew(list)) throw new NeedsList(list);
      this.enlarge(list, [this.stage.f.constant(values.length)], site);
    }
    for (const value of values) {
      this.stage.put(list, list.length as number | Leaf, value, site);
      ev.own(list);
      list.length = binary(ev, '+', list.length, 1, site);
      const frame = this.frames.at(-1)!;
      if (this.open.has(list)) frame.set(list, [...(frame.get(list) ?? []), { count: 1, trips: [] }]);
    }
  }

  takeLast(list: JsList, site: Site): Value {
    const { ev } = this.stage;
    if (list.length === 0) return undefined;
    this.stage.bounds.insist(0, list.length as number | Leaf, site);
    const last = binary(ev, '-', list.length, 1, site);
    const value = this.stage.loadWithin(list, last as number | Leaf, site);
    ev.own(list);
    list.length = last;
    return value;
  }
}
