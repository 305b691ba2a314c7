/** Property lookup and assignment (ECMA-262 §10.1, arrays §10.4.2, typed arrays §10.4.5). */

import { ActiveText, unmarked } from './activeText.ts';
import type { Evaluator } from './evaluator.ts';
import { lengthOf, loadElement, storeElement } from './memory.ts';
import {
  JsArray,
  JsBuffer,
  JsFunction,
  JsObject,
  JsRecord,
  JsTypedArray,
  type Key,
  LISTED,
  privateName,
  Slot,
  UNKNOWN,
  unboundKey,
} from './objects.ts';
import { toNumber } from './operators.ts';
import { JsProxy, proxies } from './proxies.ts';
import { TYPED_STORE } from './typed.ts';
import { bare, HOLE, Leaf, Poison, Refusal, type Site, UnknownPrimitive, type Value } from './values.ts';

const INDEX = /^(?:0|[1-9]\d{0,15})$/;

const NINE = 57;

/** The array index a key stands for, or -1. */
export function indexOf(key: Key | number): number {
  if (typeof key === 'number') return Number.isInteger(key) && key >= 0 && key <= 4294967294 ? key : -1;
  if (typeof key === 'string' && key.charCodeAt(0) <= NINE && INDEX.test(key)) {
    const index = Number(key);
    return index <= 4294967294 ? index : -1;
  }
  return -1;
}

/** A property's key as objects keep it. */
export function propertyKey(key: Key | number): Key {
  return typeof key === 'number' ? String(key) : key;
}

/** `1.5`, `-1`, `NaN`: numbers that are no element of a typed array and never a property of one (§10.4.5). */
function isNoElement(key: Key | number): boolean {
  if (typeof key === 'number') return indexOf(key) < 0;
  return typeof key === 'string' && (key === '-0' || String(Number(key)) === key);
}

export function get(ev: Evaluator, target: Value, key: Key | number, site: Site): Value {
  if (target instanceof JsObject) return getFrom(ev, target, key, target, site);
  if (target instanceof ActiveText) return getOfText(ev, target, key, site);
  if (target instanceof Poison && !(target instanceof UnknownPrimitive)) return target;
  if (target instanceof Leaf || target instanceof UnknownPrimitive) {
    if (target.type !== 'string') {
      const proto = target.type === 'number' ? ev.realm.numberPrototype : ev.realm.booleanPrototype;
      return getFrom(ev, proto, key, target, site);
    }
    if (key === 'length') return new UnknownPrimitive('number', target);
    return indexOf(key) >= 0 ? bare(target) : getFrom(ev, ev.realm.stringPrototype, key, target, site);
  }
  switch (typeof target) {
    case 'number':
      return getFrom(ev, ev.realm.numberPrototype, key, target, site);
    case 'string': {
      if (key === 'length') return target.length;
      const index = indexOf(key);
      if (index >= 0) return index < target.length ? target[index] : undefined;
      return getFrom(ev, ev.realm.stringPrototype, key, target, site);
    }
    case 'boolean':
      return getFrom(ev, ev.realm.booleanPrototype, key, target, site);
    case 'symbol':
      return getFrom(ev, ev.realm.symbolPrototype, key, target, site);
    case 'bigint':
      return getFrom(ev, ev.realm.bigintPrototype, key, target, site);
    default:
      return ev.throwError(
        'TypeError',
        `Cannot read properties of ${target} (reading '${String(key)}')`,
        site,
      );
  }
}

function getOfText(ev: Evaluator, target: ActiveText, key: Key | number, site: Site): Value {
  const index = indexOf(key);
  const steps = key === 'length' || index >= 0;
  if (steps) ev.domain.doubt(site);
  if (key === 'length') return target.marked.length;
  return index >= 0
    ? unmarked(ev, target.marked[index], site)
    : getFrom(ev, ev.realm.stringPrototype, key, target, site);
}

/** Looks a key up along the prototype chain; `receiver` is what accessors see. */
export function getFrom(
  ev: Evaluator,
  start: JsObject,
  key: Key | number,
  receiver: Value,
  site: Site,
): Value {
  const name = propertyKey(key);
  for (let o: JsObject | null = start; o !== null; o = o.proto) {
    if (o instanceof JsArray) {
      const index = indexOf(key);
      if (index >= 0) {
        const value = o.elements[index];
        if (index < o.elements.length && value !== HOLE) return value;
        continue;
      }
      if (name === 'length') return o.elements.length;
    } else if (o instanceof JsTypedArray) {
      const index = indexOf(key);
      if (index >= 0) return loadElement(ev, o, index, site);
      if (isNoElement(key)) return undefined;
      if (name === 'length') return lengthOf(o);
    } else if (o instanceof JsBuffer) {
      const index = indexOf(key);
      if (index >= 0) return ev.domain.load(o, index, site);
      if (name === 'length') return o.length;
    }
    const properties = o.readable;
    const property = properties.get(name);
    if (property === undefined && !properties.has(name)) {
      if (o.outside !== undefined) return o.outside();
      if (o instanceof JsProxy) return o.read(name, receiver);
      continue;
    }
    if (!(property instanceof Slot)) return property;
    if (!property.accessor) return property.value;
    return property.get instanceof JsFunction ? ev.call(property.get, receiver, [], site) : undefined;
  }
  return undefined;
}

/** The first proxy among an object's prototypes: it is asked before a property is added. */
export function inheritedProxy(object: JsObject): JsProxy | undefined {
  if (proxies() === 0) return undefined;
  for (let o = object.proto; o !== null; o = o.proto) if (o instanceof JsProxy) return o;
  return undefined;
}

/** Nothing can be told of what properties an object has that became unknown. */
function refuseUnknown(object: JsObject): void {
  if (object.properties.has(UNKNOWN)) throw new Refusal(object.outside!().problem);
}

export function getOwn(object: JsObject, key: Key | number): Value | Slot {
  if (object instanceof JsProxy) return object.own(propertyKey(key));
  const index = indexOf(key);
  if (index >= 0 && (object instanceof JsArray || object instanceof JsTypedArray))
    return object.elements[index];
  return object.properties.get(propertyKey(key));
}

export function hasOwn(object: JsObject, key: Key | number): boolean {
  if (object instanceof JsProxy) return object.hasOwn(propertyKey(key));
  if (object.outside !== undefined && (typeof key !== 'symbol' || privateName(key) === undefined))
    refuseUnknown(object);
  if (object instanceof JsArray || object instanceof JsTypedArray) {
    const index = indexOf(key);
    if (index >= 0) return index < object.elements.length && object.elements[index] !== HOLE;
    if (key === 'length') return object instanceof JsArray;
  } else if (object instanceof JsBuffer && typeof object.length === 'number') {
    const index = indexOf(key);
    if (index >= 0) return index < object.length;
  }
  return object.properties.has(propertyKey(key));
}

export function hasProperty(_ev: Evaluator, object: JsObject, key: Key | number): boolean {
  for (let o: JsObject | null = object; o !== null; o = o.proto) {
    if (o instanceof JsProxy) return o.has(propertyKey(key));
    if (hasOwn(o, key)) return true;
  }
  return false;
}

export function put(
  ev: Evaluator,
  target: Value,
  key: Key | number,
  value: Value,
  site: Site,
  strict = true,
): void {
  if (target instanceof Poison) ev.refuse(target.problem.id, target.problem.message, target.problem.location);
  if (!(target instanceof JsObject)) {
    if (target === null || target === undefined) {
      ev.throwError('TypeError', `Cannot set properties of ${target} (setting '${String(key)}')`, site);
    }
    if (strict) ev.throwError('TypeError', `Cannot create property '${String(key)}' on a primitive`, site);
    return;
  }
  if (target instanceof JsProxy) {
    target.write(propertyKey(key), value, strict);
    return;
  }
  if (target instanceof JsArray || target instanceof JsTypedArray || target instanceof JsBuffer) {
    const index = indexOf(key);
    if (index >= 0) {
      putElement(ev, target, index, value, site, strict);
      return;
    }
    if (key === 'length' && target instanceof JsArray) {
      setLength(ev, target, value, site, strict);
      return;
    }
    if (!(target instanceof JsArray) && isNoElement(key)) {
      if (target instanceof JsTypedArray) TYPED_STORE[target.typed](ev, value, site);
      return;
    }
  }
  const name = propertyKey(key);
  const own = target.properties.get(name);
  if (own === undefined || own instanceof Slot) {
    // A setter or a read-only property, own or inherited, decides; else a plain property is made.
    for (let o: JsObject | null = target; o !== null; o = o.proto) {
      if (o instanceof JsProxy) {
        o.write(name, value, strict, target);
        return;
      }
      const found = o.properties.get(name);
      if (!(found instanceof Slot)) {
        if (o !== target) refuseUnknown(o);
        if (found === undefined && !o.properties.has(name)) continue;
        break;
      }
      if (found.accessor) {
        if (found.set instanceof JsFunction) ev.call(found.set, target, [value], site);
        else if (strict)
          ev.throwError('TypeError', `Cannot set property ${String(name)} which has only a getter`, site);
        return;
      }
      if (!found.writable) {
        if (strict) ev.throwError('TypeError', `Cannot assign to read only property '${String(name)}'`, site);
        return;
      }
      if (o === target) {
        ev.own(target);
        target.properties.set(
          name,
          new Slot({ value, writable: true, enumerable: found.enumerable, configurable: found.configurable }),
        );
        return;
      }
      break;
    }
    if (!target.extensible && !target.properties.has(name)) {
      if (strict)
        ev.throwError('TypeError', `Cannot add property ${String(name)}, object is not extensible`, site);
      return;
    }
  }
  ev.own(target);
  target.properties.set(name, value);
}

/** OrdinarySet for a receiver that is not (only) where the search begins: `super.x = v`, Reflect.set, proxies. */
export function putFor(
  ev: Evaluator,
  start: JsObject | null,
  key: Key | number,
  value: Value,
  receiver: Value,
  site: Site,
  strict = true,
): void {
  const name = propertyKey(key);
  const fail = (): void => {
    if (strict) ev.throwError('TypeError', `Cannot assign to property '${String(name)}'`, site);
  };
  for (let o = start; o !== null; o = o.proto) {
    if (o instanceof JsProxy) {
      o.write(name, value, strict, receiver);
      return;
    }
    const found = o.properties.get(name);
    if (!(found instanceof Slot)) {
      if (hasOwn(o, key)) break;
      continue;
    }
    if (found.accessor) {
      if (found.set instanceof JsFunction) ev.call(found.set, receiver, [value], site);
      else fail();
      return;
    }
    if (!found.writable) {
      fail();
      return;
    }
    break;
  }
  if (!(receiver instanceof JsObject)) {
    fail();
    return;
  }
  // No search from there: the receiver's own property, or a new one.
  const object = receiver instanceof JsProxy ? receiver.beneath('defineProperty') : receiver;
  const own = object.properties.get(name);
  if (own instanceof Slot && own.accessor) fail();
  else if (hasOwn(object, key) || object instanceof JsTypedArray || object instanceof JsBuffer)
    put(ev, object, key, value, site, strict);
  else if (!object.extensible || (object instanceof JsArray && beyondEnd(object, key))) fail();
  else {
    if (object instanceof JsArray) ev.charge(Math.max(0, indexOf(key) - object.elements.length), site);
    define(ev, object, key, value);
  }
}

/** Whether an array whose length is fixed would have to grow. */
function beyondEnd(array: JsArray, key: Key | number): boolean {
  return array.fixedLength && indexOf(key) >= array.elements.length;
}

function putElement(
  ev: Evaluator,
  target: JsArray | JsTypedArray | JsBuffer,
  index: number,
  value: Value,
  site: Site,
  strict: boolean,
): void {
  if (target instanceof JsTypedArray) {
    const stored = TYPED_STORE[target.typed](ev, value, site);
    if (index < lengthOf(target)) storeElement(ev, target, index, stored, site);
    return;
  }
  if (target instanceof JsBuffer) {
    ev.domain.store(target, index, value, site);
    return;
  }
  const length = target.elements.length;
  if (index >= length || target.elements[index] === HOLE) {
    const proxy = inheritedProxy(target);
    if (proxy !== undefined) {
      proxy.write(String(index), value, strict, target);
      return;
    }
  }
  if (
    target.frozen ||
    ((!target.extensible || target.fixedLength) && (index >= length || target.elements[index] === HOLE))
  ) {
    if (strict)
      ev.throwError('TypeError', `Cannot assign to read only property '${index}' of a frozen array`, site);
    return;
  }
  if (index >= length && target.tag === 'Arguments')
    ev.refuse('GL111', 'An element that the call did not give is added to `arguments` here.', site.location);
  if (index > length) {
    ev.charge(index - length, site);
    ev.own(target);
    for (let i = length; i < index; i++) target.elements.push(HOLE);
    target.elements.push(value);
    return;
  }
  ev.own(target);
  target.elements[index] = value;
}

function setLength(ev: Evaluator, target: JsArray, value: Value, site: Site, strict = true): void {
  const given = toNumber(ev, value, site);
  if (given instanceof Poison) ev.refuse(given.problem.id, given.problem.message, given.problem.location);
  const length = given instanceof Leaf ? ev.domain.known(given, site) : given;
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 0 || length > 4294967295) {
    ev.throwError('RangeError', 'Invalid array length', site);
  }
  const now = target.elements.length;
  if (target.frozen || target.fixedLength || (target.sealed && length < now)) {
    if (strict) ev.throwError('TypeError', "Cannot assign to read only property 'length'", site);
    return;
  }
  ev.own(target);
  if (length < now) target.elements.length = length;
  else {
    ev.charge(length - now, site);
    for (let i = now; i < length; i++) target.elements.push(HOLE);
  }
}

/** `delete`: whether the property is gone. */
export function deleteProperty(
  ev: Evaluator,
  o: JsObject,
  key: Key | number,
  site: Site,
  strict = true,
): boolean {
  if (o instanceof JsProxy) return o.delete(propertyKey(key), strict);
  const own = getOwn(o, key);
  const index = indexOf(key);
  const element = index >= 0 && (o instanceof JsArray || o instanceof JsTypedArray);
  const fixed =
    (own instanceof Slot && !own.configurable) ||
    (key === 'length' && o instanceof JsArray) ||
    (hasOwn(o, key) && (o instanceof JsTypedArray ? element : o.sealed));
  if (fixed) {
    return strict ? ev.throwError('TypeError', `Cannot delete property '${String(key)}'`, site) : false;
  }
  ev.own(o);
  if (element) {
    if (index < o.elements.length) {
      const value = o.elements[index];
      if (o.tag === 'Arguments' && value !== HOLE && !o.readable.has(unboundKey(index)))
        o.properties.set(unboundKey(index), value);
      o.elements[index] = HOLE;
    }
  } else o.properties.delete(propertyKey(key));
  return true;
}

/** CreateDataProperty: what literals and class fields do. */
export function define(ev: Evaluator, object: JsObject, key: Key | number, value: Value | Slot): void {
  ev.own(object);
  const index = indexOf(key);
  if (index >= 0 && object instanceof JsArray && !(value instanceof Slot)) {
    while (object.elements.length < index) object.elements.push(HOLE);
    object.elements[index] = value;
    return;
  }
  const name = propertyKey(key);
  if (object instanceof JsRecord && !(value instanceof Slot) && object.define(name, value)) return;
  object.properties.set(name, value);
}

/** Own enumerable keys, symbols after strings: what spread, rest and Object.assign copy. */
export function ownEnumerable(ev: Evaluator, object: JsObject): Key[] {
  ev.domain.listsKeys?.(object, false);
  if (object instanceof JsProxy) return object.keys(true);
  const keys: Key[] = ownKeys(object, true);
  for (const [key, value] of object.properties) {
    if (typeof key !== 'symbol' || privateName(key) !== undefined) continue;
    if (!(value instanceof Slot) || value.enumerable) keys.push(key);
  }
  return keys;
}

/** Own string keys in JavaScript's order: indices ascending, then the others as made. */
export function ownKeys(object: JsObject, enumerableOnly: boolean): string[] {
  if (object instanceof JsProxy) return object.keys(enumerableOnly);
  if (object.outside !== undefined && !(object instanceof JsFunction) && !object.properties.has(LISTED))
    throw new Refusal(object.outside().problem);
  const indices: number[] = [];
  const names: string[] = [];
  if (object instanceof JsArray || object instanceof JsTypedArray) {
    object.elements.forEach((value, i) => value !== HOLE && indices.push(i));
  } else if (object instanceof JsBuffer && typeof object.length === 'number') {
    for (let i = 0; i < object.length; i++) indices.push(i);
  }
  for (const [key, value] of object.properties) {
    if (typeof key !== 'string') continue;
    if (enumerableOnly && value instanceof Slot && !value.enumerable) continue;
    const index = indexOf(key);
    if (index >= 0) indices.push(index);
    else names.push(key);
  }
  indices.sort((a, b) => a - b);
  return [...indices.map(String), ...names];
}
