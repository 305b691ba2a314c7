/**
 * The realm: JavaScript's globals as objects of the evaluator, so that shadowing, aliasing and replacing them mean
 * what they mean. Made once; what a program changes in it is journalled and undone.
 */
import type { Evaluator } from '../evaluator.ts';
import { installGenerators } from '../generators.ts';
import { Cell } from '../heap.ts';
import type { IteratorKind } from '../iterators.ts';
import { JsArray, JsObject, type Native, NativeFunction, Slot } from '../objects.ts';
import { Properties } from '../shapes.ts';
import type { Value } from '../values.ts';
import { installArrays } from './arrays.ts';
import { installBuffers } from './buffers.ts';
import { installCollections } from './collections.ts';
import { installDates } from './dates.ts';
import { installErrors } from './errors.ts';
import { installFunctions } from './functions.ts';
import { installGlobals } from './globals.ts';
import { installIterators } from './iterators.ts';
import { installJson } from './json.ts';
import { installMath } from './math.ts';
import { installNumbers } from './numbers.ts';
import { installObjects } from './objects.ts';
import { installProxies } from './proxies.ts';
import { installRegExps } from './regexps.ts';
import { refuseTheRest } from './rest.ts';
import { installStrings } from './strings.ts';
import { installSymbols } from './symbols.ts';
import { installTypedArrays } from './typedArrays.ts';

export type ErrorType =
  | 'Error'
  | 'TypeError'
  | 'RangeError'
  | 'ReferenceError'
  | 'SyntaxError'
  | 'EvalError'
  | 'URIError';

export interface Realm {
  readonly globals: Map<string, Cell>;
  readonly objectPrototype: JsObject;
  readonly functionPrototype: JsObject;
  readonly arrayPrototype: JsObject;
  readonly numberPrototype: JsObject;
  readonly booleanPrototype: JsObject;
  readonly stringPrototype: JsObject;
  readonly symbolPrototype: JsObject;
  readonly bigintPrototype: JsObject;
  readonly globalThis: JsObject;
  readonly generatorPrototype: JsObject;
  readonly generatorFunctionPrototype: JsObject;
  readonly regExpPrototype: JsObject;
  readonly mapPrototype: JsObject;
  readonly setPrototype: JsObject;
  readonly datePrototype: JsObject;
  readonly arrayBufferPrototype: JsObject;
  readonly typedPrototypes: Map<string, JsObject>;
  readonly errorPrototypes: { readonly [T in ErrorType]: JsObject };
  /** The built-in Symbol.iterator method of each kind of collection, by tag. */
  readonly iterators: Map<string, Value>;
  /** %IteratorPrototype%. */
  readonly iteratorPrototype: JsObject;
  readonly iteratorPrototypes: Map<IteratorKind, JsObject>;
  /** Their built-in `next` methods. */
  readonly nexts: Map<IteratorKind, Value>;
}

/** Of functions: their `name` and `length`, in the order in which JavaScript lists them. */
export function signed(fn: JsObject, name: string, length: number): void {
  // Made anew: properties of which some were deleted are a dictionary, which is slower to read.
  fn.properties = new Properties([
    ['length', new Slot({ value: length, configurable: true })],
    ['name', new Slot({ value: name, configurable: true })],
    ...[...fn.properties].filter(([key]) => key !== 'name' && key !== 'length'),
  ]);
}

export function createRealm(ev: Evaluator): Realm {
  const objectPrototype = new JsObject(null, 0);
  const made = (tag = 'Object') => new JsObject(objectPrototype, 0, tag);
  const functionPrototype = made('Function');
  const errorPrototype = made('Error');
  const derived = () => new JsObject(errorPrototype, 0, 'Error');
  const realm: Realm = {
    globals: new Map(),
    objectPrototype,
    functionPrototype,
    arrayPrototype: new JsArray(objectPrototype, 0, []),
    numberPrototype: made(),
    booleanPrototype: made(),
    stringPrototype: made(),
    symbolPrototype: made(),
    bigintPrototype: made(),
    globalThis: made(),
    generatorPrototype: made(),
    generatorFunctionPrototype: new JsObject(functionPrototype, 0),
    regExpPrototype: made(),
    mapPrototype: made(),
    setPrototype: made(),
    datePrototype: made(),
    arrayBufferPrototype: made(),
    typedPrototypes: new Map(),
    errorPrototypes: {
      Error: errorPrototype,
      TypeError: derived(),
      RangeError: derived(),
      ReferenceError: derived(),
      SyntaxError: derived(),
      EvalError: derived(),
      URIError: derived(),
    },
    iterators: new Map(),
    iteratorPrototype: made(),
    iteratorPrototypes: new Map(),
    nexts: new Map(),
  };
  for (const install of [
    installObjects,
    installFunctions,
    installMath,
    installNumbers,
    installIterators,
    installArrays,
    installTypedArrays,
    installBuffers,
    installCollections,
    installStrings,
    installRegExps,
    installSymbols,
    installDates,
    installProxies,
    installErrors,
    installJson,
    installGlobals,
  ]) {
    install(ev, realm);
  }
  installGenerators(ev, realm);
  refuseTheRest(ev, realm);
  return realm;
}

/** Helpers for the tables of built-ins. */
export function method(realm: Realm, target: JsObject, name: string | symbol, call: Native): NativeFunction {
  const fn = new NativeFunction(
    realm.functionPrototype,
    0,
    typeof name === 'string' ? name : String(name),
    call,
  );
  fn.properties.set('name', new Slot({ value: typeof name === 'string' ? name : '', configurable: true }));
  target.properties.set(name, new Slot({ value: fn, writable: true, configurable: true }));
  return fn;
}

export function getter(realm: Realm, target: JsObject, name: string | symbol, call: Native): void {
  const fn = new NativeFunction(realm.functionPrototype, 0, String(name), call);
  target.properties.set(name, new Slot({ get: fn, configurable: true }));
}

export function constant(target: JsObject, name: string | symbol, value: Value): void {
  target.properties.set(name, new Slot({ value }));
}

export function global(realm: Realm, name: string, value: Value): void {
  realm.globals.set(name, new Cell(name, value, true, 0));
}

/** A constructor with its prototype, as a global. */
export function constructor(realm: Realm, name: string, prototype: JsObject, call: Native): NativeFunction {
  const fn = new NativeFunction(realm.functionPrototype, 0, name, call, true);
  fn.properties.set('name', new Slot({ value: name, configurable: true }));
  fn.properties.set('prototype', new Slot({ value: prototype }));
  prototype.properties.set('constructor', new Slot({ value: fn, writable: true, configurable: true }));
  global(realm, name, fn);
  return fn;
}
