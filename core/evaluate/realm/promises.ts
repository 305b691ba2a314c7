/**
 * Promises as far as they are made at once: what hangs on them runs later, when what is asked about has returned, and
 * is not followed.
 */
import type { Evaluator } from '../evaluator.ts';
import { JsFunction, JsObject, type Native } from '../objects.ts';
import { Thrown } from '../values.ts';
import { here } from './here.ts';
import { constructor, method, type Realm } from './realm.ts';

export function installPromises(ev: Evaluator, realm: Realm): void {
  const prototype = new JsObject(realm.objectPrototype, 0, 'Promise');
  const made = (): JsObject => new JsObject(prototype, ev.store.epoch, 'Promise');
  const promise = constructor(realm, 'Promise', prototype, (_self, [executor]) => {
    if (!(executor instanceof JsFunction))
      return ev.throwError('TypeError', 'Promise resolver is not a function', here(ev));
    const settle: Native = () => undefined;
    try {
      ev.call(executor, undefined, [ev.native('resolve', settle), ev.native('reject', settle)], here(ev));
    } catch (error) {
      // It rejects the promise.
      if (!(error instanceof Thrown)) throw error;
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
    method(realm, promise, name, made);
  for (const name of ['then', 'catch', 'finally']) method(realm, prototype, name, outside);
}
