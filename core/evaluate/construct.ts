/** `new` (ECMA-262 §10.1.14, §10.2.2). */

import type { ReadCache } from './compile/caches.ts';
import type { Evaluator } from './evaluator.ts';
import { Closure, type Code } from './functions.ts';
import { handOver } from './handOver.ts';
import { JsFunction, JsObject, JsRecord, NativeFunction } from './objects.ts';
import { define, get, hasOwn } from './properties.ts';
import { bare, Poison, Refusal, type Site, UNINITIALISED, type Value } from './values.ts';

export function construct(
  ev: Evaluator,
  target: Value,
  args: Value[],
  site: Site,
  newTarget?: JsObject,
  /** Of the place that constructs: it reads `prototype`. */
  cache?: ReadCache,
): Value {
  if (target instanceof Poison) {
    ev.mayThrow(target);
    if (target.of.length > 0) throw new Refusal(target.problem);
    handOver(args, target);
    return bare(target);
  }
  if (!(target instanceof JsFunction) || !target.constructs) {
    return ev.throwError('TypeError', 'what is constructed here is not a constructor', site);
  }
  const actual = newTarget ?? target;
  if (target instanceof NativeFunction) {
    const made = ev.call(target, undefined, args, site, actual);
    if (actual !== target && made instanceof JsObject) {
      const prototype = get(ev, actual, 'prototype', site);
      if (prototype instanceof JsObject) made.proto = prototype;
    }
    return made;
  }
  if (!(target instanceof Closure))
    return ev.throwError('TypeError', 'what is constructed here is not a constructor', site);
  if (target.parts?.derived === true) {
    const result = ev.call(target, UNINITIALISED, args, site, actual);
    return result;
  }
  const prototype = cache === undefined ? get(ev, actual, 'prototype', site) : cache.get(actual);
  const self = instance(ev, target, prototype, site);
  const result = ev.call(target, self, args, site, actual);
  return result instanceof JsObject || result instanceof Poison ? result : self;
}

/** The same where `Evaluator.direct` gives code of what is constructed. */
export function constructDirect(
  ev: Evaluator,
  target: Closure,
  code: Code,
  slots: Value[],
  site: Site,
  cache: ReadCache,
): Value {
  const self = instance(ev, target, cache.get(target), site);
  const result = ev.domain.callDirect!(target, code, self, slots, target, site);
  return result instanceof JsObject || result instanceof Poison ? result : self;
}

function instance(ev: Evaluator, target: Closure, prototype: Value, site: Site): JsObject {
  const proto = prototype instanceof JsObject ? prototype : ev.realm.objectPrototype;
  const self = JsRecord.empty(proto, ev.store.epoch);
  initialiseFields(ev, target, self, site);
  return self;
}

/** Gives a new instance the fields of a class. */
export function initialiseFields(ev: Evaluator, constructor: Closure, self: JsObject, site: Site): void {
  if (constructor.parts === undefined) return;
  for (const { key, initialise, keeps } of constructor.parts.fields) {
    if (keeps && hasOwn(self, key)) continue;
    define(ev, self, key, initialise === undefined ? undefined : ev.call(initialise, self, [], site));
  }
}

/** The prototype of what a built-in constructor makes: that of the class which extends it (§10.1.14). */
export function prototypeFor(ev: Evaluator, newTarget: JsObject, fallback: JsObject, site: Site): JsObject {
  const prototype = get(ev, newTarget, 'prototype', site);
  return prototype instanceof JsObject ? prototype : fallback;
}
