/** `length` and `name` of the built-ins: as the host's own functions of the same place have them. */
import type { IteratorKind } from '../iterators.ts';
import { JsFunction, JsObject, Slot } from '../objects.ts';
import type { Value } from '../values.ts';
import { type Realm, signed } from './realm.ts';

type Host = { readonly [key: string | symbol]: unknown };

/** To be called when all built-ins are there, those of the prelude too. */
export function signBuiltIns(realm: Realm): void {
  const seen = new Set<JsObject>();
  const visit = (ours: Value, host: unknown): void => {
    if (!(ours instanceof JsObject) || seen.has(ours)) return;
    if (typeof host !== 'function' && (typeof host !== 'object' || host === null)) return;
    seen.add(ours);
    if (ours instanceof JsFunction && typeof host === 'function') signed(ours, host.name, host.length);
    for (const [key, held] of ours.properties) {
      if (key === 'constructor') continue;
      const own = Object.getOwnPropertyDescriptor(host, key);
      if (own === undefined) continue;
      if (!(held instanceof Slot)) visit(held, (own as { value?: unknown }).value);
      else if (!held.accessor) visit(held.value, own.value);
      else {
        visit(held.get, own.get);
        visit(held.set, own.set);
      }
    }
    if (ours.proto !== null) visit(ours.proto, Object.getPrototypeOf(host));
  };
  const host = globalThis as unknown as Host;
  for (const [name, cell] of realm.globals) if (name !== 'globalThis') visit(cell.value, host[name]);
  for (const [tag, made] of HOSTED) {
    const prototype = realm.iteratorPrototypes.get(tag);
    if (prototype !== undefined) visit(prototype, Object.getPrototypeOf(made()));
  }
}

const HOSTED: readonly (readonly [IteratorKind, () => unknown])[] = [
  ['Array', () => [].values()],
  ['Map', () => new Map().values()],
  ['Set', () => new Set().values()],
  ['String', () => ''[Symbol.iterator]()],
  ['RegExp String', () => ''.matchAll(/x/g)],
];
