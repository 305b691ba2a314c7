/** %IteratorPrototype% and the prototypes of the built-in iterators (ECMA-262 §27.1.2). */
import type { Evaluator } from '../evaluator.ts';
import { advance, END, type IteratorKind, JsIterator } from '../iterators.ts';
import { JsObject, Slot } from '../objects.ts';
import type { Value } from '../values.ts';
import { here } from './here.ts';
import { method, type Realm } from './realm.ts';

const KINDS: readonly IteratorKind[] = ['Array', 'Map', 'Set', 'String', 'RegExp String'];

export function installIterators(ev: Evaluator, realm: Realm): void {
  realm.iterators.set(
    'Iterator',
    method(realm, realm.iteratorPrototype, Symbol.iterator, (self) => self),
  );
  for (const kind of KINDS) {
    const prototype = new JsObject(realm.iteratorPrototype, 0);
    realm.iteratorPrototypes.set(kind, prototype);
    const next = method(realm, prototype, 'next', (self) => {
      if (!(self instanceof JsIterator) || self.kind !== kind)
        return ev.throwError('TypeError', `next method called on what is no ${kind} Iterator`, here(ev));
      const value = advance(ev, self, here(ev));
      return iteratorResult(ev, value === END ? undefined : value, value === END);
    });
    realm.nexts.set(kind, next);
    prototype.properties.set(Symbol.toStringTag, new Slot({ value: `${kind} Iterator`, configurable: true }));
  }
}

/** CreateIterResultObject. */
export function iteratorResult(ev: Evaluator, value: Value, done: boolean): JsObject {
  const result = ev.object();
  result.properties.set('value', value);
  result.properties.set('done', done);
  return result;
}
