import type { Evaluator } from '../evaluator.ts';
import { JsArray, JsObject, JsTypedArray } from '../objects.ts';
import { isArrayLike, toKey } from '../operators.ts';
import { get, inheritedProxy, put } from '../properties.ts';
import { isHole, Leaf, mayBe, Poison, type Site, UnknownPrimitive, type Value } from '../values.ts';

/** object[key] for a key that is not yet a property key: an unknown index into an array is the domain's. */
export function load(ev: Evaluator, object: Value, key: Value, site: Site): Value {
  if (typeof key === 'number') {
    if (object instanceof JsArray) {
      const value = object.elements[key];
      if (value !== undefined && !isHole(value)) return value;
    }
    return get(ev, object, key, site);
  }
  if (key instanceof Leaf && key.type === 'number' && isArrayLike(object))
    return ev.domain.load(object, key, site);
  if (key instanceof Leaf && object instanceof JsObject && ev.domain.lacksNumbers?.(object) === true)
    return undefined;
  const k = toKey(ev, key, site);
  if (!(k instanceof Poison)) return get(ev, object, k, site);
  const isElement = key instanceof UnknownPrimitive && key.type === 'number';
  return isElement && holdsPrimitives(ev, object, site) ? k : mayBe(k, object);
}

/** Whether all that an object has under numbers is no object. */
function holdsPrimitives(ev: Evaluator, object: Value, site: Site): boolean {
  if (!(object instanceof JsArray || object instanceof JsTypedArray) || object.properties.size > 0)
    return false;
  ev.charge(object.elements.length, site);
  return object.elements.every((e) => !(e instanceof JsObject) && !(e instanceof Poison && e.of.length > 0));
}

export function save(
  ev: Evaluator,
  object: Value,
  key: Value,
  value: Value,
  site: Site,
  strict: boolean,
): void {
  if (typeof key === 'number') {
    if (object instanceof JsArray && isPresent(object, key)) {
      if (object.epoch < ev.store.epoch) ev.store.own(object);
      object.elements[key] = value;
    } else put(ev, object, key, value, site, strict);
    return;
  }
  if (key instanceof Leaf && key.type === 'number' && isArrayLike(object)) {
    if (object instanceof JsArray && object.frozen)
      put(ev, object, ev.domain.known(key, site) as number, value, site, strict);
    else ev.domain.store(object, key, value, site);
    return;
  }
  if (key instanceof Leaf && object instanceof JsObject) ev.keyed(object);
  const k = toKey(ev, key, site);
  if (k instanceof Poison) ev.refuse(k.problem.id, k.problem.message, k.problem.location);
  put(ev, object, k, value, site, strict);
}

/** An element that an array has, or the one after its last, where nothing keeps it from being written. */
function isPresent(array: JsArray, index: number): boolean {
  return (
    index >= 0 &&
    index <= array.elements.length &&
    Math.floor(index) === index &&
    array.flags === 0 &&
    (index < array.elements.length || inheritedProxy(array) === undefined)
  );
}
