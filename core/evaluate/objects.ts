/**
 * The heap. Objects carry the epoch in which they were made: a write to an object of an earlier epoch is journalled,
 * so that a branch arm, a loop body or a whole request can be undone or joined.
 */
import { type Key, Properties, Slot } from './shapes.ts';
import type { Poison, Value } from './values.ts';

export { type Key, Slot } from './shapes.ts';

/** Keys of private names (`#x`) and of internal slots: no program can make or list them. */
export function privateKey(name: string): symbol {
  return Symbol(`\0${name}`);
}
/** `#x` of a private key; undefined for any other key. */
export function privateName(key: Key): string | undefined {
  if (typeof key !== 'symbol' || key.description?.charCodeAt(0) !== 0) return undefined;
  return key.description.slice(1);
}
/** Where a bound function keeps the function it calls. */
export const BOUND = privateKey('bound');
/** Where it keeps its `this` and its first arguments, as an array. */
export const BOUND_WITH = privateKey('bound with');
/** Marks objects of which nothing is known any longer, not even what properties they have. */
export const UNKNOWN = privateKey('unknown');
/** Marks objects from outside of which all names are known. */
export const LISTED = privateKey('listed');
/** Where the wrapper objects (`new Number(x)`) keep their primitive. */
export const BOXED = privateKey('value');

export class JsObject {
  proto: JsObject | null;
  /** Undefined until they are asked for: most arrays and closures never have any of their own. */
  held: Properties | undefined = undefined;
  extensible = true;
  /** Object.freeze: elements too. */
  frozen = false;
  /** Object.seal. */
  sealed = false;
  epoch: number;
  /** For what lies outside of the program (`process`, `document`): what reading a property gives that it does not have. */
  outside: (() => Poison) | undefined = undefined;
  /** What Object.prototype.toString says: 'Object', 'Error', … */
  tag: string;
  constructor(proto: JsObject | null, epoch: number, tag = 'Object') {
    this.proto = proto;
    this.epoch = epoch;
    this.tag = tag;
  }
  get properties(): Properties {
    this.held ??= this.initial();
    return this.held;
  }
  set properties(properties: Properties) {
    this.held = properties;
  }
  /** To be read, not to be written: what has none shares them. */
  get readable(): Properties {
    return this.held ?? this.unread();
  }
  protected unread(): Properties {
    return NO_PROPERTIES;
  }
  /** What it has before anything is done to it. */
  protected initial(): Properties {
    return new Properties();
  }
}

const NO_PROPERTIES = new Properties();

export class JsArray extends JsObject {
  elements: Value[];
  /** Its `length` was made read-only. */
  fixedLength = false;
  constructor(proto: JsObject | null, epoch: number, elements: Value[]) {
    super(proto, epoch, 'Array');
    this.elements = elements;
  }
}

export type TypedKind =
  | 'Float64Array'
  | 'Float32Array'
  | 'Int8Array'
  | 'Uint8Array'
  | 'Uint8ClampedArray'
  | 'Int16Array'
  | 'Uint16Array'
  | 'Int32Array'
  | 'Uint32Array';

/** A typed array over elements of its own (no shared ArrayBuffer). */
export class JsTypedArray extends JsObject {
  readonly typed: TypedKind;
  elements: Value[];
  constructor(proto: JsObject | null, epoch: number, typed: TypedKind, elements: Value[]) {
    super(proto, epoch, typed);
    this.typed = typed;
    this.elements = elements;
  }
}

/** An array whose elements live in a buffer of the Program being staged; `length` is known or unknown. */
export class JsBuffer extends JsObject {
  readonly buffer: number;
  length: Value;
  readonly typed: string | undefined;
  /** Some of its elements may never have been set. */
  gaps = false;
  constructor(proto: JsObject | null, epoch: number, buffer: number, length: Value, typed?: string) {
    super(proto, epoch, typed ?? 'Array');
    this.buffer = buffer;
    this.length = length;
    this.typed = typed;
  }
}

export class JsMap extends JsObject {
  entries = new Map<Value, Value>();
}
export class JsSet extends JsObject {
  items = new Set<Value>();
}
export class JsRegExp extends JsObject {
  /** Its own lastIndex is not the regular expression's: that one is a property, so that it is journalled. */
  readonly pattern: RegExp;
  constructor(proto: JsObject | null, epoch: number, pattern: RegExp) {
    super(proto, epoch, 'RegExp');
    this.pattern = pattern;
    this.properties.set('lastIndex', new Slot({ value: 0, writable: true }));
  }
}

/** A host function: receives `this`, the arguments, and for `new` the constructor called. */
export type Native = (self: Value, args: Value[], newTarget: JsObject | undefined) => Value;

export abstract class JsFunction extends JsObject {
  abstract readonly constructs: boolean;
}

export class NativeFunction extends JsFunction {
  readonly call: Native;
  readonly constructs: boolean;
  readonly label: string;
  /** What it gives, whatever it is given. */
  gives: 'number' | 'string' | undefined;
  /** It passes on a number that it holds or reads: what is known of an unknown one stays known. */
  passes = false;
  constructor(proto: JsObject | null, epoch: number, label: string, call: Native, constructs = false) {
    super(proto, epoch, 'Function');
    this.label = label;
    this.call = call;
    this.constructs = constructs;
  }
}

export function isCallable(value: Value | Poison): value is JsFunction {
  return value instanceof JsFunction;
}
