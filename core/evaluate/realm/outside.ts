/** What the world outside offers: naming it does no harm, using what it gives does. */
import type { Evaluator } from '../evaluator.ts';
import { JsArray, JsObject, NativeFunction } from '../objects.ts';
import type { Poison } from '../values.ts';
import { here } from './here.ts';
import { installPromises } from './promises.ts';
import { constructor, global, method, type Realm } from './realm.ts';

/** What Node has. */
const OUTSIDE: { readonly [what: string]: string } = {
  timers: 'setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate queueMicrotask',
  'the network': 'fetch FormData Headers Request Response URL URLSearchParams',
  'the clock':
    'performance Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver',
  randomness: 'crypto Crypto CryptoKey SubtleCrypto',
  'asynchronous code':
    'AbortController AbortSignal Event EventTarget CustomEvent MessageChannel MessagePort MessageEvent ' +
    'BroadcastChannel ReadableStream WritableStream TransformStream CompressionStream DecompressionStream',
  WebAssembly: 'WebAssembly',
  'the machine': 'Intl',
  proxies: 'Proxy',
  'shared memory': 'SharedArrayBuffer Atomics',
  'the collection of garbage': 'FinalizationRegistry WeakRef',
  'code made from text': 'eval',
  'the host':
    'structuredClone TextEncoder TextDecoder Buffer Blob File DOMException atob btoa escape unescape',
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
  const opaque = (): JsObject => {
    const made = object({});
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
    argv: new JsArray(realm.arrayPrototype, 0, [opaque(), opaque()]),
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
