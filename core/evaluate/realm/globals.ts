import type { Evaluator } from '../evaluator.ts';
import { JsObject } from '../objects.ts';
import { Poison } from '../values.ts';
import { installClones } from './clone.ts';
import { installOutside } from './outside.ts';
import { global, method, type Realm } from './realm.ts';

export function installGlobals(ev: Evaluator, realm: Realm): void {
  installClones(ev, realm);
  installOutside(ev, realm);
  // A log or an assertion does no harm, whatever goes into it.
  const console = new JsObject(realm.objectPrototype, 0, 'Object');
  for (const name of [
    'log',
    'warn',
    'error',
    'info',
    'debug',
    'trace',
    'assert',
    'table',
    'time',
    'timeEnd',
    'group',
    'groupEnd',
    'count',
    'dir',
  ]) {
    method(realm, console, name, () => undefined);
  }
  global(realm, 'console', console);

  const { globalThis } = realm;
  global(realm, 'globalThis', globalThis);
  // Node's name for it.
  global(realm, 'global', globalThis);
  for (const [name, cell] of realm.globals)
    if (!(cell.value instanceof Poison)) globalThis.properties.set(name, cell.value);
}
