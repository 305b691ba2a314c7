/** What the world outside offers: naming it does no harm, using what it gives does. */
import { ClockReading, readsClock } from '../clock.ts';
import type { Evaluator } from '../evaluator.ts';
import { lengthOf, storeElement } from '../memory.ts';
import { JsArray, JsObject, JsTypedArray, NativeFunction } from '../objects.ts';
import { type Poison, Refusal, UnknownPrimitive, type Value } from '../values.ts';
import { here } from './here.ts';
import { installPromises } from './promises.ts';
import { constructor, global, method, type Realm } from './realm.ts';

/** What Node has. */
const OUTSIDE: { readonly [what: string]: string } = {
  timers: 'setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate queueMicrotask',
  'the network': 'fetch FormData Headers Request Response URL URLSearchParams',
  'the clock': 'Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver',
  randomness: 'Crypto CryptoKey SubtleCrypto',
  'asynchronous code':
    'AbortController AbortSignal Event EventTarget CustomEvent MessageChannel MessagePort MessageEvent ' +
    'BroadcastChannel ReadableStream WritableStream TransformStream CompressionStream DecompressionStream',
  proxies: 'Proxy',
  'shared memory': 'SharedArrayBuffer',
  'the collection of garbage': 'FinalizationRegistry WeakRef',
  'code made from text': 'eval',
  'the host':
    'structuredClone TextEncoder TextDecoder Buffer Blob File DOMException atob btoa escape unescape',
};

/** Its objects, with the functions that all of its versions have. */
const OBJECTS: { readonly [name: string]: readonly [what: string, functions: string] } = {
  performance: [
    'the clock',
    'now mark measure clearMarks clearMeasures getEntries getEntriesByName getEntriesByType timerify toJSON',
  ],
  crypto: ['randomness', 'getRandomValues randomUUID'],
  WebAssembly: [
    'WebAssembly',
    'compile validate instantiate Module Instance Memory Table Global CompileError LinkError RuntimeError',
  ],
  Intl: [
    'the machine',
    'getCanonicalLocales DateTimeFormat NumberFormat Collator PluralRules RelativeTimeFormat ListFormat Locale',
  ],
  Atomics: ['shared memory', 'load store add sub and or xor exchange compareExchange isLockFree wait notify'],
};

/** What a page has and Node has not: it is not there, where a program asks. */
const PAGE =
  'XMLHttpRequest WebSocket document window self navigator localStorage sessionStorage location ' +
  'requestAnimationFrame cancelAnimationFrame Worker alert prompt confirm';

export function installOutside(ev: Evaluator, realm: Realm): void {
  const unusable = (name: string, what: string) => (): Poison =>
    ev.poison(
      'GL114',
      `'${name}' is outside of what can be followed (${what}): its result has no derivative.`,
      here(ev).location,
    );
  for (const [what, names] of Object.entries(OUTSIDE)) {
    for (const name of names.split(' ')) {
      if (realm.globals.has(name)) continue;
      const use = unusable(name, what);
      constructor(realm, name, new JsObject(realm.objectPrototype, 0), use).outside = use;
    }
  }
  for (const [name, [what, functions]] of Object.entries(OBJECTS)) {
    const use = unusable(name, what);
    global(realm, name, outsideObject(realm, use, functions));
  }
  const performance = realm.globals.get('performance')!.value as JsObject;
  const read = unusable('performance', 'the clock');
  readsClock(method(realm, performance, 'now', () => new ClockReading(read(), 'performance')));
  const crypto = realm.globals.get('crypto')!.value as JsObject;
  method(realm, crypto, 'getRandomValues', filling(ev, unusable('crypto', 'randomness')));
  (crypto.properties.get('randomUUID') as NativeFunction).gives = 'string';
  installPromises(ev, realm);
  const buffer = realm.globals.get('Buffer')!.value as JsObject;
  // None can be made here.
  method(realm, buffer, 'isBuffer', () => false);
  for (const name of 'from alloc allocUnsafe allocUnsafeSlow concat compare byteLength isEncoding'.split(
    ' ',
  )) {
    const use = unusable('Buffer', 'the host');
    method(realm, buffer, name, use).outside = use;
  }
  for (const name of PAGE.split(' ')) global(realm, name, unusable(name, 'the page')());
  global(realm, 'process', processObject(realm, unusable('process', 'the process')));
}

/** Fills a typed array of integers with numbers of which no more is known, and gives it. */
export function filling(ev: Evaluator, unusable: () => Poison): (self: Value, args: Value[]) => Value {
  return (_self, [array, ...range]) => {
    const because = unusable();
    // A part of it, or bytes without a type.
    const whole = array instanceof JsTypedArray && range.every((part) => part === undefined);
    if (!whole || array.typed.startsWith('Float')) throw new Refusal(because.problem);
    const count = lengthOf(array);
    ev.charge(count, here(ev));
    for (let i = 0; i < count; i++)
      storeElement(ev, array, i, new UnknownPrimitive('number', because), here(ev));
    return array;
  };
}

/** An object of which functions are there, and nothing more is known. */
export function outsideObject(realm: Realm, unusable: () => Poison, functions = ''): JsObject {
  const made = new JsObject(realm.objectPrototype, 0);
  for (const name of functions.split(' ').filter((one) => one !== '')) {
    const fn = new NativeFunction(realm.functionPrototype, 0, name, unusable, true);
    fn.outside = unusable;
    made.properties.set(name, fn);
  }
  made.outside = unusable;
  return made;
}

function processObject(realm: Realm, unusable: () => Poison): JsObject {
  const object = (properties: { readonly [name: string]: unknown }): JsObject => {
    const made = new JsObject(realm.objectPrototype, 0);
    for (const [name, value] of Object.entries(properties)) made.properties.set(name, value as never);
    return made;
  };
  const beyond = (): JsObject => {
    // As where its output goes to a file.
    const made = object({ isTTY: undefined, columns: undefined, rows: undefined });
    made.outside = unusable;
    return made;
  };
  const calls = Object.fromEntries(
    'nextTick on once off addListener removeListener emit emitWarning exit cwd hrtime uptime memoryUsage binding'
      .split(' ')
      .map((name) => [name, new NativeFunction(realm.functionPrototype, 0, name, unusable)]),
  );
  // Others do not throw.
  for (const name of ['binding', 'cwd', 'hrtime', 'memoryUsage']) calls[name]!.outside = unusable;
  const process = object({
    // Switches such as NODE_ENV are not set.
    env: object({}),
    versions: object({ node: '20.0.0' }),
    release: object({ name: 'node' }),
    // Node and the file that it runs: texts that are unknown, unlike any switch.
    argv: new JsArray(realm.arrayPrototype, 0, [
      outsideObject(realm, unusable),
      outsideObject(realm, unusable),
    ]),
    execArgv: new JsArray(realm.arrayPrototype, 0, []),
    stdin: beyond(),
    stdout: beyond(),
    stderr: beyond(),
    // What Node's process has not got, and others' have.
    browser: undefined,
    type: undefined,
    pkg: undefined,
    ...calls,
  });
  process.tag = 'process';
  process.outside = unusable;
  return process;
}
