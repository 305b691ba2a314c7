/**
 * Promises as far as they are made at once: what hangs on them runs later, when what is asked about has returned, and
 * is not followed.
 */
import type { Evaluator } from '../evaluator.ts';
import { JsArray, JsFunction, JsObject, type Native } from '../objects.ts';
import { JsProxy } from '../proxies.ts';
import { Thrown, type Value } from '../values.ts';
import { here } from './here.ts';
import { constructor, method, type Realm } from './realm.ts';

export function installPromises(ev: Evaluator, realm: Realm): void {
  const prototype = new JsObject(realm.objectPrototype, 0, 'Promise');
  const made = (): JsObject => new JsObject(prototype, ev.store.epoch, 'Promise');
  /** A promise calls the `then` of what it is settled with, later. */
  const adopt = (values: readonly Value[]): void => {
    for (const value of values) {
      const given = value instanceof JsArray ? value.elements : [value];
      const called = given.filter((v) => v instanceof JsObject && v.tag !== 'Promise' && mayThen(v));
      if (called.length > 0) ev.later?.(called, 'Promise', outside());
    }
  };
  const promise = constructor(realm, 'Promise', prototype, (_self, [executor]) => {
    if (!(executor instanceof JsFunction))
      return ev.throwError('TypeError', 'Promise resolver is not a function', here(ev));
    const settle: Native = (_s, values) => {
      adopt(values);
      return undefined;
    };
    ev.handlers++;
    try {
      ev.call(executor, undefined, [ev.native('resolve', settle), ev.native('reject', settle)], here(ev));
    } catch (error) {
      // It rejects the promise.
      if (!(error instanceof Thrown)) throw error;
    } finally {
      ev.handlers--;
    }
    return made();
  });
  const outside = () =>
    ev.poison(
      'GL114',
      'A promise is asynchronous: what it gives comes after the function has returned.',
      here(ev).location,
    );
  for (const name of ['resolve', 'reject', 'all', 'allSettled', 'any', 'race'])
    method(realm, promise, name, (_s, values) => {
      adopt(values);
      return made();
    });
  for (const name of ['then', 'catch', 'finally']) method(realm, prototype, name, outside);
}

/** Whether it has, or may have, a method `then`. */
function mayThen(object: JsObject): boolean {
  for (let o: JsObject | null = object; o !== null; o = o.proto)
    if (o instanceof JsProxy || o.outside !== undefined || o.properties.has('then')) return true;
  return false;
}
