/** Built-ins of arrays whose length is unknown (in a stage), as loops that the prelude has for them. */
import type { Evaluator } from '../evaluator.ts';
import { JsArray, JsBuffer, JsObject, type Key, type Native, NativeFunction, Slot } from '../objects.ts';
import { here } from '../realm/here.ts';
import { method, type Realm } from '../realm/realm.ts';
import type { Value } from '../values.ts';

/** `arrays`, `typed`: the prelude's functions by the names of the built-ins. */
export function installOpenArrays(ev: Evaluator, realm: Realm, arrays: Value, typed: Value): void {
  const base = realm.typedPrototypes.get('Float64Array')!.proto!;
  const isOpen = (v: Value): boolean =>
    v instanceof JsBuffer && (typeof v.length !== 'number' || ev.domain.grows?.(v) === true);
  const follow = (source: Value, target: JsObject, concerns: (self: Value, name: Key) => boolean): void => {
    if (!(source instanceof JsObject)) throw new Error('the prelude has no arrays of unknown length');
    for (const [name, made] of source.properties) {
      const slot = target.properties.get(name);
      const own = slot instanceof Slot ? slot.value : slot;
      if (!(own instanceof NativeFunction)) throw new Error(`there is no ${String(name)}`);
      const call: Native = own.call;
      own.call = (self, args, newTarget) =>
        concerns(self, name) ? ev.call(made as Value, self, args, here(ev)) : call(self, args, newTarget);
    }
  };
  // One that is flattened may be known itself.
  const holdsOpen = (v: Value): boolean => v instanceof JsArray && v.elements.some(isOpen);
  follow(arrays, realm.arrayPrototype, (v, name) => isOpen(v) || (name === 'flat' && holdsOpen(v)));
  follow(typed, base, (self) => self instanceof JsBuffer);
  const array = (realm.arrayPrototype.properties.get('constructor') as Slot).value as JsObject;
  method(realm, array, '%open', (_s, [list]) => {
    if (!isOpen(list)) return undefined;
    return (list as JsBuffer).typed === undefined ? 'plain' : 'typed';
  });
}
