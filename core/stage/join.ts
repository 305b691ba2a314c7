/**
 * Joining what two arms of a branch left behind: equal values stay, two numbers (or booleans) become a φ, records of
 * one shape join field by field, anything else becomes poison that says so where it is used.
 */

import type { Evaluator } from '../evaluate/evaluator.ts';
import { Cell, type Change, type Container, type Content, Frame } from '../evaluate/heap.ts';
import {
  classOf,
  JsArray,
  JsBuffer,
  JsFunction,
  JsObject,
  JsTypedArray,
  type Key,
  Slot,
} from '../evaluate/objects.ts';
import { Properties } from '../evaluate/shapes.ts';
import {
  bare,
  HOLE,
  Leaf,
  Poison,
  Refusal,
  type Site,
  UNINITIALISED,
  type Value,
} from '../evaluate/values.ts';
import type { Problem } from '../problem.ts';
import type { Aliases } from './aliases.ts';
import { placeOf } from './branches.ts';
import { NeedsList } from './lists.ts';
import type { Views } from './nested.ts';
import { Unknown } from './unknown.ts';

/** A pair of which the φ is asked: its place among the results of the `if`. */
export class Pair {
  readonly then: number | boolean | Leaf;
  readonly else: number | boolean | Leaf;
  /** Set when the `if` is made. */
  result: Value = undefined;
  /** One of the two is undefined; a number stands in for it. */
  readonly maybeUndefined: boolean;
  /** Whether it is there, where that is known of both. */
  readonly present: Joined;
  constructor(
    then: number | boolean | Leaf,
    otherwise: number | boolean | Leaf,
    maybeUndefined = false,
    present?: Joined,
  ) {
    this.then = then;
    this.else = otherwise;
    this.maybeUndefined = maybeUndefined;
    this.present = present;
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

/** Whether a value is there; undefined where that is not known. */
function presenceOf(v: number | boolean | Leaf): boolean | Leaf | undefined {
  if (!(v instanceof Leaf) || !v.maybeUndefined) return true;
  return v instanceof Unknown ? v.present : undefined;
}

export class Join {
  readonly pairs: Pair[] = [];
  private readonly ev: Evaluator;
  private readonly site: Site;
  /** Objects made before this epoch keep their identity: they cannot be joined with others. */
  private readonly since: number;
  /** Objects of this epoch or a later one were made on one of the two paths. */
  private readonly from: number;
  private readonly views: Views;
  /** What the arms have left of what is older than the branch: the objects themselves are as before it. */
  private readonly after = { then: new Map<Container, Content>(), else: new Map<Container, Content>() };
  private readonly branchOf: WeakMap<Problem, string>;
  /** Whether an array that changes its length may become a list. */
  private readonly mayGrow: boolean;
  private readonly objects = new Map<JsObject, Map<JsObject | undefined, JoinedObject>>();

  /** What the branch's condition says of a truth value on one of its sides. */
  private readonly decided: (flag: Leaf, side: 'then' | 'else') => boolean | undefined;

  constructor(
    ev: Evaluator,
    site: Site,
    since: number,
    from: number,
    views: Views,
    decided: (flag: Leaf, side: 'then' | 'else') => boolean | undefined,
    branchOf: WeakMap<Problem, string>,
    mayGrow: boolean,
  ) {
    this.mayGrow = mayGrow;
    this.branchOf = branchOf;
    this.decided = decided;
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

  /** `absent`: the side that is undefined. */
  pair(then: number | boolean | Leaf, otherwise: number | boolean | Leaf, absent?: 'then' | 'else'): Joined {
    if (Object.is(then, otherwise)) return then;
    if (
      then instanceof Leaf &&
      otherwise instanceof Leaf &&
      then.id === otherwise.id &&
      !(then.maybeUndefined && otherwise.maybeUndefined)
    )
      return then.maybeUndefined ? then : otherwise;
    const maybe =
      absent !== undefined || [then, otherwise].some((v) => v instanceof Leaf && v.maybeUndefined);
    const a = absent === 'then' ? false : this.presence(then, 'then');
    const b = absent === 'else' ? false : this.presence(otherwise, 'else');
    if (a === true && b === true) return this.plain(then, otherwise);
    const present = maybe && a !== undefined && b !== undefined ? this.pair(a, b) : undefined;
    const made = new Pair(then, otherwise, maybe, present);
    this.pairs.push(made);
    return made;
  }

  private plain(then: number | boolean | Leaf, otherwise: number | boolean | Leaf): Pair {
    const made = new Pair(then, otherwise);
    this.pairs.push(made);
    return made;
  }

  /** Whether a value is there on a side of the branch, whose condition may be just that; undefined where unknown. */
  private presence(v: number | boolean | Leaf, side: 'then' | 'else'): boolean | Leaf | undefined {
    const present = presenceOf(v);
    return present instanceof Leaf ? (this.decided(present, side) ?? present) : present;
  }

  /** `absent` allows that one side has no value yet (what a function will return): the other's is taken. */
  value(a: Value, b: Value, what: string, absent = false): Joined {
    if (Object.is(a, b)) return a;
    const ka = kindOf(a);
    const kb = kindOf(b);
    if (ka !== undefined && ka === kb) return this.pair(a as number | Leaf, b as number | Leaf);
    if (absent && (a === HOLE || b === HOLE)) return this.onlyOne(a === HOLE ? b : a, b === HOLE);
    // In arithmetic undefined is NaN.
    if (a === undefined && kb === 'number') return this.pair(Number.NaN, b as number | Leaf, 'then');
    if (b === undefined && ka === 'number') return this.pair(a as number | Leaf, Number.NaN, 'else');
    if (a instanceof Poison) return bare(a);
    if (b instanceof Poison) return bare(b);
    if (a === UNINITIALISED || b === UNINITIALISED || a === HOLE || b === HOLE) return this.mixed(what);
    if (a instanceof JsObject && b instanceof JsObject) return this.both(a, b, what);
    return this.mixed(what);
  }

  private mixed(what: string): Poison {
    const poison = this.ev.poison(
      'GL111',
      `${what} has values of different kinds after the two paths of this branch.`,
      this.site.location,
    );
    this.branchOf.set(poison.problem, placeOf(this.site));
    return poison;
  }

  /** A value that only one arm has: its numbers are passed on where that arm was taken. */
  private onlyOne(v: Value, inThen: boolean): Joined {
    const kind = kindOf(v);
    if (kind !== undefined) {
      const nothing = kind === 'number' ? 0 : false;
      return inThen ? this.pair(v as Leaf, nothing) : this.pair(nothing, v as Leaf);
    }
    // What is older than the branch is the same object on both paths; its contents are joined for themselves.
    if (!(v instanceof JsObject && this.ev.store.epochOf(v) >= this.from && this.record(v))) return v;
    const known = this.objects.get(v)?.get(undefined);
    if (known !== undefined) return known;
    const made = this.made(v, undefined);
    const side = inThen ? 'then' : 'else';
    for (const e of this.elementsOf(v, side)) made.elements.push(this.onlyOne(e, inThen));
    for (const [key, p] of this.propertiesOf(v, side))
      made.properties.set(key, this.onlyOne(p as Value, inThen));
    return made;
  }

  private made(like: JsObject, other: JsObject | undefined): JoinedObject {
    const made = new JoinedObject(like, other, [], new Map());
    const row = this.objects.get(like) ?? new Map<JsObject | undefined, JoinedObject>();
    this.objects.set(like, row.set(other, made));
    return made;
  }

  private elementsOf(o: JsObject, side: 'then' | 'else'): readonly Value[] {
    return this.after[side].get(o)?.values ?? elementsOf(o);
  }

  private propertiesOf(o: JsObject, side: 'then' | 'else'): JsObject['properties'] {
    return this.after[side].get(o)?.properties ?? o.properties;
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
    const ea = this.elementsOf(a, 'then');
    const eb = this.elementsOf(b, 'else');
    const pa = this.propertiesOf(a, 'then');
    const pb = this.propertiesOf(b, 'else');
    const changesKind = [this.after.then.get(a), this.after.else.get(b)].some(
      (after, i) => after !== undefined && after.is !== classOf(i === 0 ? a : b),
    );
    if (
      changesKind ||
      !this.record(a) ||
      !this.record(b) ||
      a.constructor !== b.constructor ||
      a.proto !== b.proto ||
      a.extensible !== b.extensible ||
      a.frozen !== b.frozen ||
      a.sealed !== b.sealed ||
      ea.length !== eb.length ||
      pa.size !== pb.size ||
      [...pa, ...pb].some(([key, p]) => !pb.has(key) || !pa.has(key) || p instanceof Slot)
    ) {
      return this.mixed(what);
    }
    const made = this.made(a, b);
    ea.forEach((e, i) => made.elements.push(this.value(e, eb[i], `${what}[${i}]`)));
    for (const [key, p] of pa) {
      made.properties.set(key, this.value(p as Value, pb.get(key) as Value, `${what}.${String(key)}`));
    }
    return made;
  }

  /** The joined content of every container that an arm wrote. */
  containers(
    then: readonly Change[],
    otherwise: readonly Change[],
  ): { container: Container; content: JoinedContent }[] {
    for (const c of then) this.after.then.set(c.container, c.after);
    for (const c of otherwise) this.after.else.set(c.container, c.after);
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

  private refuse(message: string): never {
    const { problem } = this.ev.poison('GL111', message, this.site.location);
    this.branchOf.set(problem, placeOf(this.site));
    throw new Refusal(problem);
  }

  private content(container: Container, a: Content, b: Content): JoinedContent {
    const what = container instanceof Cell ? container.name : 'A variable';
    if (a.is !== b.is || a.proto !== b.proto || a.flags !== b.flags || a.entries !== b.entries) {
      return this.refuse('An object changes its kind on one path of this branch only.');
    }
    const values: Joined[] = [];
    const na = a.values?.length ?? 0;
    if (na !== (b.values?.length ?? 0)) {
      if (this.mayGrow && container instanceof JsArray && a.is === JsArray.prototype)
        throw new NeedsList(container);
      return this.refuse("An array's length changes on one path of this branch only.");
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
        return this.refuse(
          `An object has .${String(key)} after one path of this branch only: give it a value on both.`,
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
