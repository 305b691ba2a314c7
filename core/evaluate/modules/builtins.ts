/**
 * Node's own modules. What they do lies outside of what can be followed: naming it does no harm, using what it gives
 * does. The little that packages use while they load is here.
 */
import type { Evaluator } from '../evaluator.ts';
import {
  JsArray,
  type JsFunction,
  JsObject,
  JsTypedArray,
  LISTED,
  NativeFunction,
  Slot,
} from '../objects.ts';
import { looseEquals, strictEquals } from '../operators.ts';
import { get } from '../properties.ts';
import { here } from '../realm/here.ts';
import { filling } from '../realm/outside.ts';
import { Leaf, Poison, Thrown, type Value } from '../values.ts';
import { ModuleUrl } from './commonjs.ts';
import { MEMBERS } from './members.generated.ts';

type Members = { readonly [name: string]: (self: Value, args: Value[]) => Value };

export function builtinModule(ev: Evaluator, name: string): JsObject {
  const unusable = (): Poison =>
    ev.poison(
      'GL114',
      `'${name}' is a module of Node's, outside of what can be followed: what it gives has no derivative.`,
      here(ev).location,
    );
  /** What the module is known to have: there, and of no use. */
  const withMembers = (module: JsObject): JsObject => {
    const [functions = '', objects = ''] = MEMBERS[name] ?? [];
    for (const key of `${functions} ${objects}`.split(' ')) {
      const global = GLOBALS[`${name}.${key}`];
      if (global !== undefined) module.properties.set(key, ev.realm.globals.get(global)?.value);
    }
    for (const key of functions.split(' ')) {
      if (key === '' || module.properties.has(key)) continue;
      const fn = callable(ev, key, unusable);
      fn.outside = unusable;
      module.properties.set(key, fn);
    }
    for (const key of objects.split(' ')) {
      if (key === '' || module.properties.has(key)) continue;
      module.properties.set(key, outside(ev, unusable));
    }
    module.outside = unusable;
    if (MEMBERS[name] !== undefined) module.properties.set(LISTED, true);
    return module;
  };
  switch (name) {
    case 'util': {
      const module = members(ev, outside(ev, unusable), util(ev));
      module.properties.set('types', members(ev, outside(ev, unusable), types()));
      return withMembers(module);
    }
    case 'util/types':
      return withMembers(members(ev, outside(ev, unusable), types()));
    case 'assert':
    case 'assert/strict': {
      const assert = callable(ev, 'assert', (_self, args) => assertions(ev)['ok']!(undefined, args));
      return withMembers(members(ev, assert, assertions(ev)));
    }
    case 'events':
      return withMembers(emitter(ev));
    case 'crypto': {
      const fill = filling(ev, unusable);
      const module = members(ev, outside(ev, unusable), { randomFillSync: fill, getRandomValues: fill });
      const identifier = callable(ev, 'randomUUID', unusable);
      identifier.gives = 'string';
      module.properties.set('randomUUID', identifier);
      return withMembers(module);
    }
    case 'module': {
      const module = callable(ev, name, unusable);
      return withMembers(
        members(ev, module, {
          // As from any place that is not known, nothing can be required from a path.
          createRequire: (_self, [from]) => (from instanceof ModuleUrl ? from.require : unusable()),
        }),
      );
    }
    case 'process':
      return ev.realm.globals.get('process')!.value as JsObject;
    default:
      return withMembers(FUNCTIONS.has(name) ? callable(ev, name, unusable) : outside(ev, unusable));
  }
}

/** What of theirs is a global too. */
const GLOBALS: { readonly [member: string]: string } = {
  'buffer.Buffer': 'Buffer',
  'perf_hooks.performance': 'performance',
  'crypto.webcrypto': 'crypto',
};

/** Modules that are functions themselves. */
const FUNCTIONS: ReadonlySet<string> = new Set(['stream']);

function outside(ev: Evaluator, unusable: () => Poison): JsObject {
  const object = new JsObject(ev.realm.objectPrototype, 0);
  object.outside = unusable;
  return object;
}

/** `util.types`: what kind of object something is. */
function types(): Members {
  const tagged =
    (...tags: readonly string[]) =>
    (_self: Value, [value]: Value[]): Value => {
      if (value instanceof Poison) return value;
      return value instanceof JsObject && tags.includes(value.tag);
    };
  return {
    isDate: tagged('Date'),
    isRegExp: tagged('RegExp'),
    isMap: tagged('Map'),
    isSet: tagged('Set'),
    isWeakMap: tagged('WeakMap'),
    isWeakSet: tagged('WeakSet'),
    isArrayBuffer: tagged('ArrayBuffer'),
    isAnyArrayBuffer: tagged('ArrayBuffer', 'SharedArrayBuffer'),
    isNativeError: tagged('Error'),
    isPromise: tagged('Promise'),
    isTypedArray: (_self, [value]) => (value instanceof Poison ? value : value instanceof JsTypedArray),
  };
}

function callable(ev: Evaluator, name: string, call: (self: Value, args: Value[]) => Value): NativeFunction {
  return new NativeFunction(ev.realm.functionPrototype, 0, name, call, true);
}

function members(ev: Evaluator, object: JsObject, table: Members): JsObject {
  for (const [name, call] of Object.entries(table)) object.properties.set(name, callable(ev, name, call));
  return object;
}

function util(ev: Evaluator): Members {
  return {
    inherits: (_self, [derived, base]) => {
      if (!(derived instanceof JsObject)) return undefined;
      if (!(base instanceof JsObject)) return undefined;
      const site = here(ev);
      ev.own(derived);
      derived.properties.set('super_', base);
      const own = get(ev, derived, 'prototype', site);
      const parent = get(ev, base, 'prototype', site);
      if (own instanceof JsObject && parent instanceof JsObject) {
        ev.own(own);
        own.proto = parent;
      }
      return undefined;
    },
    deprecate: (_self, [fn]) => fn,
    isArray: (_self, [value]) => value instanceof JsArray,
  };
}

/** Whether a value counts as true at the point; a path that throws is no path. */
function truth(ev: Evaluator, value: Value): boolean {
  if (value instanceof Leaf) return Boolean(ev.domain.primal(value));
  return value instanceof JsObject || Boolean(value);
}

function assertions(ev: Evaluator): Members {
  const hold = (result: Value, message: Value): Value => {
    if (result instanceof Poison) return result;
    if (truth(ev, result)) return undefined;
    const error = new JsObject(ev.realm.errorPrototypes.Error, ev.store.epoch, 'Error');
    error.properties.set('message', typeof message === 'string' ? message : 'an assertion does not hold');
    error.properties.set('name', 'AssertionError');
    throw new Thrown(error, here(ev));
  };
  const not = (value: Value): Value => (value instanceof Poison ? value : !truth(ev, value));
  const ok = (_self: Value, [value, message]: Value[]): Value => hold(value, message);
  return {
    ok,
    equal: (_self, [a, b, message]) => hold(looseEquals(ev, a, b, here(ev)), message),
    strictEqual: (_self, [a, b, message]) => hold(strictEquals(ev, a, b, here(ev)), message),
    notEqual: (_self, [a, b, message]) => hold(not(looseEquals(ev, a, b, here(ev))), message),
    notStrictEqual: (_self, [a, b, message]) => hold(not(strictEquals(ev, a, b, here(ev))), message),
  };
}

/** EventEmitter: listeners are called at once, in order. */
function emitter(ev: Evaluator): NativeFunction {
  const { realm } = ev;
  const prototype = new JsObject(realm.objectPrototype, 0);
  const EventEmitter = new NativeFunction(
    realm.functionPrototype,
    0,
    'EventEmitter',
    (self, _args, newTarget) =>
      newTarget === undefined && self instanceof JsObject ? undefined : ev.object(prototype),
    true,
  );
  const key = Symbol('\0listeners');
  const listeners = (self: Value, event: Value): JsArray => {
    if (!(self instanceof JsObject)) return ev.throwError('TypeError', 'this is no EventEmitter', here(ev));
    let all = self.properties.get(key);
    if (!(all instanceof JsObject)) {
      ev.own(self);
      all = ev.object(null);
      self.properties.set(key, all);
    }
    const name = String(event as never);
    const known = all.properties.get(name);
    if (known instanceof JsArray) return known;
    const list = ev.array([]);
    ev.own(all);
    all.properties.set(name, list);
    return list;
  };
  const on = (self: Value, [event, listener]: Value[]): Value => {
    const list = listeners(self, event);
    ev.own(list);
    list.elements.push(listener);
    return self;
  };
  const off = (self: Value, [event, listener]: Value[]): Value => {
    const list = listeners(self, event);
    ev.own(list);
    const at = list.elements.lastIndexOf(listener);
    if (at >= 0) list.elements.splice(at, 1);
    return self;
  };
  const table: Members = {
    on,
    addListener: on,
    off,
    removeListener: off,
    removeAllListeners: (self) => {
      if (self instanceof JsObject) {
        ev.own(self);
        self.properties.delete(key);
      }
      return self;
    },
    setMaxListeners: (self) => self,
    listenerCount: (self, [event]) => listeners(self, event).elements.length,
    emit: (self, [event, ...args]) => {
      const called = [...listeners(self, event).elements];
      for (const listener of called) ev.call(listener, self, [...args], here(ev));
      return called.length > 0;
    },
    once: (self, [event, listener]) => {
      const wrapper: JsFunction = ev.native('once', (inner, args) => {
        off(inner, [event, wrapper]);
        return ev.call(listener, inner, args, here(ev));
      });
      return on(self, [event, wrapper]);
    },
  };
  for (const [name, call] of Object.entries(table)) {
    const fn = callable(ev, name, call);
    prototype.properties.set(name, new Slot({ value: fn, writable: true, configurable: true }));
  }
  prototype.properties.set(
    'constructor',
    new Slot({ value: EventEmitter, writable: true, configurable: true }),
  );
  EventEmitter.properties.set('prototype', new Slot({ value: prototype, writable: true }));
  EventEmitter.properties.set('EventEmitter', EventEmitter);
  EventEmitter.properties.set('default', EventEmitter);
  return EventEmitter;
}
