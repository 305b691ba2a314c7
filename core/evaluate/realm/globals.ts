import { construct } from '../construct.ts';
import type { Evaluator } from '../evaluator.ts';
import { BOXED, JsArray, JsFunction, JsObject, Slot } from '../objects.ts';
import { toText } from '../operators.ts';
import { define, get, hasProperty, ownKeys, put } from '../properties.ts';
import { HOLE, Leaf, Poison, type Primitive, type Value } from '../values.ts';
import { elementsOf } from './arrays.ts';
import { here } from './here.ts';
import { constructor, type ErrorType, global, method, type Realm } from './realm.ts';

/** What the world outside offers: naming it does no harm, using what it gives does. */
const OUTSIDE: { readonly [name: string]: string } = {
  setTimeout: 'timers',
  setInterval: 'timers',
  clearTimeout: 'timers',
  clearInterval: 'timers',
  setImmediate: 'timers',
  queueMicrotask: 'timers',
  requestAnimationFrame: 'timers',
  fetch: 'the network',
  XMLHttpRequest: 'the network',
  WebSocket: 'the network',
  document: 'the page',
  window: 'the page',
  self: 'the page',
  navigator: 'the page',
  localStorage: 'the page',
  location: 'the page',
  performance: 'the clock',
  crypto: 'randomness',
  Promise: 'asynchronous code',
  require: 'another module',
  Worker: 'another thread',
  WebAssembly: 'WebAssembly',
  Intl: 'the machine',
  Proxy: 'proxies',
  SharedArrayBuffer: 'shared memory',
  Atomics: 'shared memory',
  eval: 'code made from text',
  structuredClone: 'the host',
  TextEncoder: 'the host',
  TextDecoder: 'the host',
  alert: 'the page',
  prompt: 'the page',
};

/** What a page has and Node has not. */
const PAGE: ReadonlySet<string> = new Set([
  'XMLHttpRequest',
  'document',
  'window',
  'self',
  'localStorage',
  'location',
  'requestAnimationFrame',
  'Worker',
  'alert',
  'prompt',
]);

export function installGlobals(ev: Evaluator, realm: Realm): void {
  for (const [name, what] of Object.entries(OUTSIDE)) {
    const unusable = (): Poison =>
      ev.poison(
        'GL114',
        `'${name}' is outside of what can be followed (${what}): its result has no derivative.`,
        here(ev).location,
      );
    if (PAGE.has(name)) global(realm, name, unusable());
    else constructor(realm, name, new JsObject(realm.objectPrototype, 0), unusable).outside = unusable;
  }
  // Switches such as NODE_ENV are not set.
  const process = new JsObject(realm.objectPrototype, 0);
  process.outside = () =>
    ev.poison(
      'GL114',
      "'process' is outside of what can be followed: its result has no derivative.",
      here(ev).location,
    );
  process.properties.set('env', new JsObject(realm.objectPrototype, 0));
  global(realm, 'process', process);
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

  for (const type of Object.keys(realm.errorPrototypes) as ErrorType[]) {
    const prototype = realm.errorPrototypes[type];
    const made = constructor(realm, type, prototype, (_s, [message, options]) => {
      const error = new JsObject(prototype, ev.store.epoch, 'Error');
      if (message !== undefined) {
        const text = toText(ev, message, here(ev));
        error.properties.set('message', new Slot({ value: text, writable: true, configurable: true }));
      }
      if (options instanceof JsObject) error.properties.set('cause', get(ev, options, 'cause', here(ev)));
      error.properties.set('stack', new Slot({ value: '', writable: true, configurable: true }));
      return error;
    });
    if (type === 'Error') method(realm, made, 'captureStackTrace', () => undefined);
    prototype.properties.set('name', new Slot({ value: type, writable: true, configurable: true }));
    prototype.properties.set('message', new Slot({ value: '', writable: true, configurable: true }));
  }
  method(realm, realm.errorPrototypes.Error, 'toString', (self) => {
    const name = toText(ev, get(ev, self, 'name', here(ev)), here(ev));
    const message = toText(ev, get(ev, self, 'message', here(ev)), here(ev));
    if (name instanceof Poison) return name;
    if (message instanceof Poison) return message;
    return message === '' ? name : `${name}: ${message}`;
  });

  installJson(ev, realm);

  const reflect = new JsObject(realm.objectPrototype, 0);
  global(realm, 'Reflect', reflect);
  method(realm, reflect, 'apply', (_s, [fn, self, args]) =>
    ev.call(fn, self, [...elementsOf(ev, args)], here(ev)),
  );
  method(realm, reflect, 'construct', (_s, [fn, args, target]) =>
    construct(ev, fn, [...elementsOf(ev, args)], here(ev), target instanceof JsFunction ? target : undefined),
  );
  method(realm, reflect, 'ownKeys', (_s, [o]) =>
    o instanceof JsObject ? ev.array(ownKeys(o, false)) : undefined,
  );
  method(
    realm,
    reflect,
    'has',
    (_s, [o, k]) => o instanceof JsObject && hasProperty(ev, o, String(k as never)),
  );
  method(realm, reflect, 'get', (_s, [o, k]) =>
    get(ev, o, typeof k === 'number' ? k : String(k as never), here(ev)),
  );
  method(realm, reflect, 'set', (_s, [o, k, v]) => {
    put(ev, o, typeof k === 'number' ? k : String(k as never), v, here(ev), false);
    return true;
  });
  method(realm, reflect, 'getPrototypeOf', (_s, [o]) => (o instanceof JsObject ? o.proto : null));

  const { globalThis } = realm;
  global(realm, 'globalThis', globalThis);
  for (const [name, cell] of realm.globals)
    if (name !== 'globalThis') globalThis.properties.set(name, cell.value);
}

function installJson(ev: Evaluator, realm: Realm): void {
  const json = new JsObject(realm.objectPrototype, 0, 'JSON');
  global(realm, 'JSON', json);
  const adopt = (value: unknown): Value => {
    ev.charge(1, here(ev));
    if (Array.isArray(value)) return ev.array(value.map(adopt));
    if (typeof value !== 'object' || value === null) return value as Primitive;
    const object = ev.object();
    for (const [key, child] of Object.entries(value)) define(ev, object, key, adopt(child));
    return object;
  };
  /** `holder[key]` from the leaves up through the reviver (ECMA-262 §25.5.1.1). */
  const revived = (reviver: JsFunction, holder: JsObject, key: string): Value => {
    const value = get(ev, holder, key, here(ev));
    if (value instanceof JsObject) {
      for (const name of ownKeys(value, true)) {
        const made = revived(reviver, value, name);
        if (made !== undefined) put(ev, value, name, made, here(ev));
        else if (value instanceof JsArray) value.elements[Number(name)] = HOLE;
        else value.properties.delete(name);
      }
    }
    return ev.call(reviver, holder, [key, value], here(ev));
  };
  method(realm, json, 'parse', (_s, [text, reviver]) => {
    const source = toText(ev, text, here(ev));
    if (source instanceof Poison) return source;
    let parsed: unknown;
    try {
      parsed = JSON.parse(source);
    } catch (error) {
      return ev.throwError('SyntaxError', error instanceof Error ? error.message : String(error), here(ev));
    }
    const made = adopt(parsed);
    if (!(reviver instanceof JsFunction)) return made;
    const root = ev.object();
    define(ev, root, '', made);
    return revived(reviver, root, '');
  });
  method(realm, json, 'stringify', (_s, [value, replacer, indent]) => {
    const only =
      replacer instanceof JsArray ? new Set(replacer.elements.map((e) => String(e as never))) : undefined;
    let lost: Poison | undefined;
    const plain = (given: Value, depth: number, holder: Value, name: string): unknown => {
      ev.step(here(ev));
      let v = given;
      const toJson = v instanceof JsObject ? get(ev, v, 'toJSON', here(ev)) : undefined;
      if (toJson instanceof JsFunction) v = ev.call(toJson, v, [name], here(ev));
      if (replacer instanceof JsFunction) v = ev.call(replacer, holder, [name, v], here(ev));
      const primitive = v instanceof JsObject ? v.properties.get(BOXED) : undefined;
      if (primitive instanceof Slot) v = primitive.value;
      if (depth > 200) return ev.throwError('TypeError', 'Converting circular structure to JSON', here(ev));
      if (v instanceof Leaf)
        lost ??= ev.poison(
          'GL102',
          'JSON.stringify makes text of the number here, and its derivative is lost.',
          here(ev).location,
        );
      if (v instanceof Poison) lost ??= v;
      if (v instanceof Leaf || v instanceof Poison || v instanceof JsFunction || typeof v === 'symbol')
        return undefined;
      if (typeof v === 'bigint')
        return ev.throwError('TypeError', 'Do not know how to serialize a BigInt', here(ev));
      if (v instanceof JsArray)
        return v.elements.map((e, i) => plain(e === HOLE ? undefined : e, depth + 1, v, String(i)) ?? null);
      if (!(v instanceof JsObject)) return v;
      const source = v;
      // Without a prototype, so that no key means anything to the host.
      const made = Object.create(null) as { [key: string]: unknown };
      for (const key of ownKeys(source, true)) {
        if (only !== undefined && !only.has(key)) continue;
        made[key] = plain(get(ev, source, key, here(ev)), depth + 1, source, key);
      }
      return made;
    };
    const root = ev.object();
    define(ev, root, '', value);
    const result = JSON.stringify(
      plain(value, 0, root, ''),
      undefined,
      typeof indent === 'number' || typeof indent === 'string' ? indent : undefined,
    );
    return lost ?? result;
  });
}
