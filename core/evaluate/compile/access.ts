import type { Evaluator } from '../evaluator.ts';
import { JsObject } from '../objects.ts';
import { isArrayLike, toKey } from '../operators.ts';
import { get, put } from '../properties.ts';
import { Leaf, Poison, type Site, type Value } from '../values.ts';

/** object[key] for a key that is not yet a property key: an unknown index into an array is the domain's. */
export function load(ev: Evaluator, object: Value, key: Value, site: Site): Value {
  if (key instanceof Leaf && key.type === 'number' && isArrayLike(object))
    return ev.domain.load(object, key, site);
  const k = toKey(ev, key, site);
  return k instanceof Poison ? k : get(ev, object, k, site);
}

export function save(
  ev: Evaluator,
  object: Value,
  key: Value,
  value: Value,
  site: Site,
  strict: boolean,
): void {
  if (key instanceof Leaf && key.type === 'number' && isArrayLike(object)) {
    ev.domain.store(object, key, value, site);
    return;
  }
  if (key instanceof Leaf && object instanceof JsObject) ev.keyed(object);
  const k = toKey(ev, key, site);
  if (k instanceof Poison) ev.refuse(k.problem.id, k.problem.message, k.problem.location);
  put(ev, object, k, value, site, strict);
}
