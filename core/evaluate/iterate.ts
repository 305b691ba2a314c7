/** The iteration protocol (ECMA-262 §7.4), with the built-in collections short-cut while nobody has replaced theirs. */
import { Cursor, DONE } from './cursor.ts';
import type { Evaluator } from './evaluator.ts';
import { advance, END, JsIterator, steps } from './iterators.ts';
import { JsView } from './memory.ts';
import {
  JsArray,
  JsBuffer,
  JsMap,
  type JsObject,
  JsSet,
  JsTypedArray,
  type Key,
  type Slot,
} from './objects.ts';
import { get } from './properties.ts';
import type { Shape } from './shapes.ts';
import { HOLE, Poison, type Site, Thrown, type Value } from './values.ts';

/** Calls `each` for every element; `each` returning true stops (and closes the iterator). */
export function iterate(
  ev: Evaluator,
  iterable: Value,
  each: (value: Value) => boolean | undefined | void,
  site: Site,
): void {
  if (iterable instanceof Poison)
    ev.refuse(iterable.problem.id, iterable.problem.message, iterable.problem.location);
  if (iterable instanceof JsArray || (iterable instanceof JsTypedArray && !(iterable instanceof JsView))) {
    if (usual(ev, iterable, site)) {
      for (let i = 0; i < iterable.elements.length; i++) {
        ev.step(site);
        const value = iterable.elements[i];
        if (each(value === HOLE ? get(ev, iterable, i, site) : value) === true) return;
      }
      return;
    }
  }
  if (iterable instanceof JsBuffer) {
    if (typeof iterable.length !== 'number') {
      ev.refuse(
        'GL111',
        'An array of unknown length is spread or destructured here: index it instead.',
        site.location,
      );
    }
    for (let i = 0; i < iterable.length; i++) if (each(ev.domain.load(iterable, i, site)) === true) return;
    return;
  }
  if (typeof iterable === 'string') {
    for (const character of iterable) {
      ev.step(site);
      if (each(character) === true) return;
    }
    return;
  }
  if (iterable instanceof JsSet && usual(ev, iterable, site)) {
    ev.listsKeys(iterable, site);
    for (const value of iterable.items) {
      ev.step(site);
      if (each(value) === true) return;
    }
    return;
  }
  if (iterable instanceof JsMap && usual(ev, iterable, site)) {
    ev.listsKeys(iterable, site);
    for (const [key, value] of iterable.entries) {
      ev.step(site);
      if (each(ev.array([key, value])) === true) return;
    }
    return;
  }
  if (
    iterable instanceof JsIterator &&
    steps(ev, iterable.kind) &&
    get(ev, iterable, Symbol.iterator, site) === ev.realm.iterators.get('Iterator')
  ) {
    for (;;) {
      ev.step(site);
      const value = advance(ev, iterable, site);
      if (value === END || each(value) === true) return;
    }
  }
  const cursor = new Cursor(ev, iterable, site);
  for (;;) {
    const value = cursor.next();
    if (value === DONE) return;
    let stop: boolean;
    try {
      stop = each(value) === true;
    } catch (error) {
      if (error instanceof Thrown) cursor.abandon();
      throw error;
    }
    if (stop) {
      cursor.close();
      return;
    }
  }
}

/** At most `count` elements, as destructuring takes them. */
export function iterateSome(ev: Evaluator, iterable: Value, count: number, site: Site): Value[] {
  const values: Value[] = [];
  if (count === 0 && iterable !== null && iterable !== undefined) return values;
  if (iterable instanceof JsBuffer && typeof iterable.length !== 'number' && Number.isFinite(count)) {
    for (let i = 0; i < count; i++) values.push(ev.domain.load(iterable, i, site));
    return values;
  }
  iterate(ev, iterable, (value) => values.push(value) >= count, site);
  return values;
}

/** Whether a collection is iterated by the built-in method of its kind. */
export function usual(ev: Evaluator, collection: JsObject, site: Site): boolean {
  const bare =
    collection instanceof JsArray &&
    collection.held === undefined &&
    collection.outside === undefined &&
    collection.proto === ev.realm.arrayPrototype;
  if (!bare) return asBuiltIn(ev, collection, site);
  return ev.bareArrays.areUsual() || ev.bareArrays.learn(ev, asBuiltIn(ev, collection, site));
}

/** What iterating an array asks that has no properties: where nothing of it has changed, the answer is the same. */
export class BareArrays {
  private iterator: Property | undefined = undefined;
  private next: Property | undefined = undefined;

  areUsual(): boolean {
    return this.iterator?.stands() === true && this.next?.stands() === true;
  }

  learn(ev: Evaluator, usual: boolean): boolean {
    this.iterator = usual ? Property.of(ev.realm.arrayPrototype, Symbol.iterator) : undefined;
    this.next = usual ? Property.of(ev.realm.iteratorPrototypes.get('Array')!, 'next') : undefined;
    return usual;
  }
}

/** A property as it was: a Slot is never changed, another takes its place. */
class Property {
  private readonly object: JsObject;
  private readonly shape: Shape;
  private readonly at: number;
  private readonly value: Value | Slot;
  private constructor(object: JsObject, shape: Shape, at: number, value: Value | Slot) {
    this.object = object;
    this.shape = shape;
    this.at = at;
    this.value = value;
  }
  static of(object: JsObject, key: Key): Property | undefined {
    const { shape, slots } = object.properties;
    const at = shape?.find(key) ?? -1;
    return shape === undefined || at < 0 ? undefined : new Property(object, shape, at, slots[at]);
  }
  stands(): boolean {
    const { shape, slots } = this.object.readable;
    return shape === this.shape && slots[this.at] === this.value;
  }
}

function asBuiltIn(ev: Evaluator, collection: JsObject, site: Site): boolean {
  const own = get(ev, collection, Symbol.iterator, site);
  const kind = collection instanceof JsMap ? 'Map' : collection instanceof JsSet ? 'Set' : 'Array';
  if (!steps(ev, kind)) return false;
  return own === ev.realm.iterators.get(collection.tag) || own === undefined;
}
