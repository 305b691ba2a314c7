import type { Evaluator } from '../evaluator.ts';
import { type JsObject, NativeFunction, Slot } from '../objects.ts';
import { here } from './here.ts';
import type { Realm } from './realm.ts';

/**
 * Built-ins that we do not have are there and refuse to run: a program that asks whether they exist takes the path
 * that it takes elsewhere, and none of them is mistaken for something that is not a function.
 */
const REST: { readonly [owner: string]: readonly string[] } = {
  'RegExp.prototype': ['compile'],
  Array: ['fromAsync'],
  'Array.prototype': ['toLocaleString'],
};

export function refuseTheRest(ev: Evaluator, realm: Realm): void {
  for (const [owner, names] of Object.entries(REST)) {
    const [global, member] = owner.split('.');
    let target = realm.globals.get(global!)!.value as JsObject;
    if (member !== undefined) target = (target.properties.get(member) as Slot).value as JsObject;
    for (const name of names) {
      if (target.properties.has(name)) continue;
      const refuse = () =>
        ev.refuse(
          'GL111',
          `${owner}.${name}() is not supported: it cannot be followed here.`,
          here(ev).location,
        );
      const fn = new NativeFunction(realm.functionPrototype, 0, name, refuse);
      target.properties.set(name, new Slot({ value: fn, writable: true, configurable: true }));
    }
  }
}
