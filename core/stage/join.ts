/**
 * Joining what two arms of a branch left behind: equal values stay, two numbers (or booleans) become a φ, records of
 * one shape join field by field, anything else becomes poison that says so where it is used.
 */

import type { Evaluator } from '../evaluate/evaluator.ts';
import { Cell, type Change, type Container, type Content, Frame } from '../evaluate/heap.ts';
import {
  JsArray,
  JsBuffer,
  JsFunction,
  JsObject,
  JsTypedArray,
  type Key,
  Slot,
} from '../evaluate/objects.ts';
import { Properties } from '../evaluate/shapes.ts';
import { HOLE, Leaf, Poison, type Site, UNINITIALISED, type Value } from '../evaluate/values.ts';
import type { Aliases } from './aliases.ts';
import type { Views } from './nested.ts';

/** A pair of which the φ is asked: its place among the results of the `if`. */
export class Pair {
  readonly then: number | boolean | Leaf;
  readonly else: number | boolean | Leaf;
  /** Set when the `if` is made. */
  result: Value = undefined;
  /** One of the two is undefined; a number stands in for it. */
  readonly maybeUndefined: boolean;
  constructor(then: number | boolean | Leaf, otherwise: number | boolean | Leaf, maybeUndefined: boolean) {
    this.then = then;
    this.else = otherwise;
    this.maybeUndefined = maybeUndefined;
  }
}

/** A view whose position is a φ. */
class JoinedView {
  readonly at: Joined;
  readonly make: (at: Value) => Value;
  constructor(at: Joined, make: (at: Value) => Value) {
    this.at = at;
    this.make = make;
  }
}

/** A value of the join: known now, a φ to come, or an object of such. */
export type Joined = Value | Pair | JoinedObject | JoinedView;
export class JoinedObject {
  readonly like: JsObject;
  /** Whose other it is on the second path; absent where one path alone has it. */
  readonly other: JsObject | undefined;
  readonly elements: Joined[];
  readonly properties: Map<Key, Joined>;
  constructor(like: JsObject, other: JsObject | undefined, elements: Joined[], properties: Map<Key, Joined>) {
    this.like = like;
    this.other = other;
    this.elements = elements;
    this.properties = properties;
  }
}

const kindOf = (v: Value): 'number' | 'boolean' | undefined => {
  if (v instanceof Leaf) return v.type;
  return typeof v === 'number' ? 'number' : typeof v === 'boolean' ? 'boolean' : undefined;
};

export class Join {
  readonly pairs: Pair[] = [];
  private readonly ev: Evaluator;
  private readonly site: Site;
  /** Objects made before this epoch keep their identity: they cannot be joined with others. */
  private readonly since: number;
  /** Objects of this epoch or a later one were made on one of the two paths. */
  private readonly from: number;
  private readonly views: Views;
  private readonly objects = new Map<JsObject, Map<JsObject | undefined, JoinedObject>>();

  constructor(ev: Evaluator, site: Site, since: number, from: number, views: Views) {
    this.views = views;
    this.ev = ev;
    this.site = site;
    this.since = since;
    this.from = from;
  }

  /**
   * After the join: what may be one object with what. A pair of objects that were made on the two paths, and stand in
   * this pair alone, is no longer to be had otherwise.
   */
  relate(aliases: Aliases, made: ReadonlyMap<JoinedObject, JsObject>): void {
    const pairs = [...this.objects.values()].flatMap((row) => [...row.values()]);
    const times = new Map<JsObject, number>();
    for (const { like, other } of pairs)
      for (const o of other === undefined ? [like] : [like, other]) times.set(o, (times.get(o) ?? 0) + 1);
    for (const pair of pairs) {
      const joined = made.get(pair);
      const both = pair.other === undefined ? [pair.like] : [pair.like, pair.other];
      const exclusive = both.every((o) => this.ev.store.epochOf(o) >= this.from && times.get(o) === 1);
      if (joined !== undefined && !exclusive) aliases.relate([joined, ...both]);
    }
  }

  pair(then: number | boolean | Leaf, otherwise: number | boolean | Leaf, maybe = false): Joined {
    if (Object.is(then, otherwise)) return then;
    if (then instanceof Leaf && otherwise instanceof Leaf && then.id === otherwise.id)
      return then.maybeUndefined ? then : otherwise;
    const maybeUndefined = maybe || [then, otherwise].some((v) => v instanceof Leaf && v.maybeUndefined);
    const made = new Pair(then, otherwise, maybeUndefined);
    this.pairs.push(made);
    return made;
  }

  /** `absent` allows that one side has no value yet (what a function will return): the other's is taken. */
  value(a: Value, b: Value, what: string, absent = false): Joined {
    if (Object.is(a, b)) return a;
    const ka = kindOf(a);
    const kb = kindOf(b);
    if (ka !== undefined && ka === kb) return this.pair(a as number | Leaf, b as number | Leaf);
    if (absent && (a === undefined || b === undefined))
      return this.onlyOne(a === undefined ? b : a, b === undefined);
    // In arithmetic undefined is NaN.
    if (a === undefined && kb === 'number') return this.pair(Number.NaN, b as number | Leaf, true);
    if (b === undefined && ka === 'number') return this.pair(a as number | Leaf, Number.NaN, true);
    if (a instanceof Poison) return a;
    if (b instanceof Poison) return b;
    if (a === UNINITIALISED || b === UNINITIALISED || a === HOLE || b === HOLE) return this.mixed(what);
    if (a instanceof JsObject && b instanceof JsObject) return this.both(a, b, what);
    return this.mixed(what);
  }

  private mixed(what: string): Poison {
    return this.ev.poison(
      'GL111',
      `${what} has values of different kinds after the two paths of this branch.`,
      this.site.location,
    );
  }

  /** A value that only one arm has: its numbers are passed on where that arm was taken. */
  private onlyOne(v: Value, inThen: boolean): Joined {
    const kind = kindOf(v);
    if (kind !== undefined) {
      const nothing = kind === 'number' ? 0 : false;
      return inThen ? this.pair(v as Leaf, nothing) : this.pair(nothing, v as Leaf);
    }
    if (!(v instanceof JsObject && this.record(v))) return v;
    const known = this.objects.get(v)?.get(undefined);
    if (known !== undefined) return known;
    const made = this.made(v, undefined);
    for (const e of elementsOf(v)) made.elements.push(this.onlyOne(e, inThen));
    for (const [key, p] of v.properties) made.properties.set(key, this.onlyOne(p as Value, inThen));
    return made;
  }

  private made(like: JsObject, other: JsObject | undefined): JoinedObject {
    const made = new JoinedObject(like, other, [], new Map());
    const row = this.objects.get(like) ?? new Map<JsObject | undefined, JoinedObject>();
    this.objects.set(like, row.set(other, made));
    return made;
  }

  private record(v: JsObject): boolean {
    return (
      this.ev.store.epochOf(v) >= this.since &&
      !(v instanceof JsFunction || v instanceof JsBuffer) &&
      (v.constructor === JsObject || v instanceof JsArray || v instanceof JsTypedArray) &&
      ![...v.properties.values()].some((p) => p instanceof Slot)
    );
  }

  private both(a: JsObject, b: JsObject, what: string): Joined {
    const va = this.views.of(a);
    const vb = this.views.of(b);
    if (va !== undefined && va.element === vb?.element)
      return new JoinedView(this.pair(va.at, vb.at), (at) =>
        this.views.at(va.element, at as number | Leaf, this.site),
      );
    const known = this.objects.get(a)?.get(b);
    if (known !== undefined) return known;
    const ea = elementsOf(a);
    const eb = elementsOf(b);
    if (
      !this.record(a) ||
      !this.record(b) ||
      a.constructor !== b.constructor ||
      a.proto !== b.proto ||
      a.extensible !== b.extensible ||
      a.frozen !== b.frozen ||
      a.sealed !== b.sealed ||
      ea.length !== eb.length ||
      a.properties.size !== b.properties.size ||
      [...a.properties.keys()].some((key) => !b.properties.has(key))
    ) {
      return this.mixed(what);
    }
    const made = this.made(a, b);
    ea.forEach((e, i) => made.elements.push(this.value(e, eb[i], `${what}[${i}]`)));
    for (const [key, p] of a.properties) {
      made.properties.set(
        key,
        this.value(p as Value, b.properties.get(key) as Value, `${what}.${String(key)}`),
      );
    }
    return made;
  }

  /** The joined content of every container that an arm wrote. */
  containers(
    then: readonly Change[],
    otherwise: readonly Change[],
  ): { container: Container; content: JoinedContent }[] {
    const all = new Map<Container, { before: Content; then?: Content; else?: Content }>();
    for (const c of then) all.set(c.container, { before: c.before, then: c.after });
    for (const c of otherwise) {
      const entry = all.get(c.container);
      if (entry === undefined) all.set(c.container, { before: c.before, else: c.after });
      else entry.else = c.after;
    }
    return [...all].map(([container, { before, then: a = before, else: b = before }]) => ({
      container,
      content: this.content(container, a, b),
    }));
  }

  private content(container: Container, a: Content, b: Content): JoinedContent {
    const what = container instanceof Cell ? container.name : 'A variable';
    if (a.is !== b.is || a.proto !== b.proto || a.flags !== b.flags || a.entries !== b.entries) {
      return this.ev.refuse(
        'GL111',
        'An object changes its kind on one path of this branch only.',
        this.site.location,
      );
    }
    const values: Joined[] = [];
    const na = a.values?.length ?? 0;
    if (na !== (b.values?.length ?? 0)) {
      return this.ev.refuse(
        'GL111',
        "An array's length changes on one path of this branch only.",
        this.site.location,
      );
    }
    for (let i = 0; i < na; i++) {
      const returns = i === 0 && container instanceof Frame;
      values.push(this.value(a.values![i], b.values![i], returns ? 'The result' : what, returns));
    }
    const properties = new Map<Key, Joined | Slot>();
    for (const key of new Set([...(a.properties?.keys() ?? []), ...(b.properties?.keys() ?? [])])) {
      const pa = a.properties!.get(key);
      const pb = b.properties!.get(key);
      if (!a.properties!.has(key) || !b.properties!.has(key)) {
        return this.ev.refuse(
          'GL111',
          `An object has .${String(key)} after one path of this branch only: give it a value on both.`,
          this.site.location,
        );
      } else if (pa instanceof Slot || pb instanceof Slot) {
        properties.set(key, pa === pb ? (pa as Slot) : this.mixed(`.${String(key)}`));
      } else properties.set(key, this.value(pa, pb, `.${String(key)}`));
    }
    return { values, properties };
  }
}

export interface JoinedContent {
  readonly values: readonly Joined[];
  readonly properties: ReadonlyMap<Key, Joined | Slot>;
}

export function elementsOf(o: JsObject): readonly Value[] {
  return o instanceof JsArray || o instanceof JsTypedArray ? o.elements : [];
}

/** The value, once the φs have their results. Objects are made anew; one pair makes one object. */
export function settle(ev: Evaluator, joined: Joined, made = new Map<JoinedObject, JsObject>()): Value {
  if (joined instanceof Pair) return joined.result;
  if (joined instanceof JoinedView) return joined.make(settle(ev, joined.at, made));
  if (!(joined instanceof JoinedObject)) return joined;
  const known = made.get(joined);
  if (known !== undefined) return known;
  const { like } = joined;
  const object =
    like instanceof JsTypedArray
      ? new JsTypedArray(like.proto, ev.store.epoch, like.typed, [])
      : like instanceof JsArray
        ? new JsArray(like.proto, ev.store.epoch, [])
        : new JsObject(like.proto, ev.store.epoch, like.tag);
  made.set(joined, object);
  object.extensible = like.extensible;
  object.frozen = like.frozen;
  object.sealed = like.sealed;
  if (object instanceof JsArray || object instanceof JsTypedArray) {
    object.elements = joined.elements.map((e) => settle(ev, e, made));
  }
  for (const [key, p] of joined.properties) object.properties.set(key, settle(ev, p, made));
  return object;
}

/** Writes a joined content into its container, in the present epoch. */
export function install(
  ev: Evaluator,
  container: Container,
  content: JoinedContent,
  made: Map<JoinedObject, JsObject>,
): void {
  ev.own(container);
  const values = content.values.map((v) => settle(ev, v, made));
  if (container instanceof Frame) container.slots = values;
  else if (container instanceof Cell) container.value = values[0];
  else {
    if (container instanceof JsArray || container instanceof JsTypedArray) container.elements = values;
    else if (container instanceof JsBuffer) container.length = values[0];
    const properties = new Properties();
    for (const [key, p] of content.properties)
      properties.set(key, p instanceof Slot ? p : settle(ev, p, made));
    container.properties = properties;
  }
}
