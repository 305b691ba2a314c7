/** What a name of a request stands for: `f`, `default`, `obj.method`, `Class.method`, `Namespace.fn`, `Math.sin`. */
import type { ModuleInstance } from '../evaluate/module.ts';
import { JsFunction, JsObject, Slot } from '../evaluate/objects.ts';
import { get } from '../evaluate/properties.ts';
import { Poison, Site, UNINITIALISED, type Value } from '../evaluate/values.ts';
import { analyser } from './analyse.ts';

export interface Named {
  readonly value: Value;
  /** What it is a method of, where it is one of an object (not of a prototype). */
  readonly owner: Value;
}

/** Exports come first, then top-level names, then globals; a class's methods are looked up on its prototype too. */
export function named(module: ModuleInstance, name: string): Named | undefined {
  const { store } = analyser().ev;
  const token = store.begin();
  try {
    // Variables of modules that were loaded between requests have their values only after this.
    module.enter();
    return search(module, name);
  } finally {
    store.end(token);
  }
}

/** The class of a type: by the module's own name for it, or `module#Name` of another. */
export function classNamed(module: ModuleInstance, name: string): Value {
  const at = name.lastIndexOf('#');
  if (at < 0) return named(module, name)?.value;
  const other = module.beside(name.slice(0, at));
  return other && named(other, name.slice(at + 1))?.value;
}

function search(module: ModuleInstance, name: string): Named | undefined {
  const { ev } = analyser();
  const site = new Site({ file: module.file, statement: -1, span: { start: 0, end: 0 } });
  const [head, ...keys] = name.split('.');
  let value = headValue(module, head!);
  let owner: Value;
  for (const key of keys) {
    if (value instanceof Poison) return { value, owner: undefined };
    if (!(value instanceof JsObject)) return undefined;
    const found = member(value, key, site);
    if (found === undefined) return undefined;
    ({ value, owner } = found);
  }
  if (value === undefined) return undefined;
  return { value, owner };

  function member(holder: JsObject, key: string, at: Site): Named | undefined {
    // What an accessor computes it computes of a receiver: the accessor itself is the function.
    const direct: Value = ownAccessorOf(holder, key) ?? get(ev, holder, key, at);
    const prototype: Value = holder instanceof JsFunction ? get(ev, holder, 'prototype', at) : undefined;
    const method: Value =
      prototype instanceof JsObject
        ? (ownAccessorOf(prototype, key) ?? get(ev, prototype, key, at))
        : undefined;
    // A class's `length` is a number of its own; what is asked for is the method.
    if (direct instanceof JsObject || method === undefined) {
      return direct === undefined
        ? undefined
        : { value: direct, owner: key === 'prototype' ? undefined : holder };
    }
    return { value: method, owner: undefined };
  }
}

function headValue(module: ModuleInstance, head: string): Value {
  const exported = module.exported(head);
  if (exported !== undefined) return exported;
  const own = module.lookup(head);
  return own === undefined || own === UNINITIALISED ? analyser().ev.realm.globals.get(head)?.value : own;
}

/** The getter that a key finds on a class's prototype or above it. */
function ownAccessorOf(holder: JsObject, key: string): Value {
  const isPrototype = !(holder instanceof JsFunction) && holder.properties.has('constructor');
  return isPrototype ? accessorOf(holder, key) : undefined;
}

/** The getter that a key finds on an object or above it. */
export function accessorOf(holder: JsObject | null, key: string | symbol): Value {
  for (let o = holder; o !== null; o = o.proto) {
    if (!o.properties.has(key)) continue;
    const property = o.properties.get(key);
    return property instanceof Slot && property.accessor ? property.get : undefined;
  }
  return undefined;
}
