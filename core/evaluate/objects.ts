/**
 * The heap. Objects carry the epoch in which they were made: a write to an object of an earlier epoch is journalled,
 * so that a branch arm, a loop body or a whole request can be undone or joined.
 */
import { isIndex, type Key, noKeys, Properties, Shape, Slot } from './shapes.ts';
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
/** Where an `arguments` object keeps what a parameter holds that was bound to an element which is deleted. */
export function unboundKey(index: number): symbol {
  UNBOUND[index] ??= privateKey(`unbound ${index}`);
  return UNBOUND[index];
}
const UNBOUND: symbol[] = [];
/** Marks objects of which nothing is known any longer, not even what properties they have. */
export const UNKNOWN = privateKey('unknown');
/** Marks objects from outside of which all names are known. */
export const LISTED = privateKey('listed');
/** Where the wrapper objects (`new Number(x)`) keep their primitive. */
export const BOXED = privateKey('value');

const CLOSED = 1;
const FROZEN = 2;
const SEALED = 4;
const FIXED_LENGTH = 8;

/** What few objects have: where many are made, each byte counts. */
class Besides {
  readonly tag: string;
  readonly outside: () => Poison;
  constructor(tag: string, outside: () => Poison) {
    this.tag = tag;
    this.outside = outside;
  }
}

let outsiders = 0;
/** How many objects have come to lie outside of the program; it only grows. */
export function outsideObjects(): number {
  return outsiders;
}

export class JsObject {
  proto: JsObject | null;
  /** Undefined until they are asked for: most arrays and closures never have any of their own. Of a record its shape. */
  held: Properties | Shape | undefined = undefined;
  /** What may not be done to it: 0 where all may. */
  flags = 0;
  epoch: number;
  /** Its tag, where there is no more to say. */
  private about: string | Besides;
  constructor(proto: JsObject | null, epoch: number, tag = 'Object') {
    this.proto = proto;
    this.epoch = epoch;
    this.about = tag;
  }
  /** What Object.prototype.toString says: 'Object', 'Error', … */
  get tag(): string {
    return typeof this.about === 'string' ? this.about : this.about.tag;
  }
  set tag(tag: string) {
    this.about = typeof this.about === 'string' ? tag : new Besides(tag, this.about.outside);
  }
  /** For what lies outside of the program (`process`, `document`): what reading a property gives that it does not have. */
  get outside(): (() => Poison) | undefined {
    return typeof this.about === 'string' ? undefined : this.about.outside;
  }
  set outside(outside: (() => Poison) | undefined) {
    if (outside !== undefined) outsiders++;
    this.about = outside === undefined ? this.tag : new Besides(this.tag, outside);
  }
  get extensible(): boolean {
    return (this.flags & CLOSED) === 0;
  }
  set extensible(extensible: boolean) {
    this.flag(CLOSED, !extensible);
  }
  /** Object.freeze: elements too. */
  get frozen(): boolean {
    return (this.flags & FROZEN) !== 0;
  }
  set frozen(frozen: boolean) {
    this.flag(FROZEN, frozen);
  }
  /** Object.seal. */
  get sealed(): boolean {
    return (this.flags & SEALED) !== 0;
  }
  set sealed(sealed: boolean) {
    this.flag(SEALED, sealed);
  }
  protected flag(bit: number, on: boolean): void {
    this.flags = on ? this.flags | bit : this.flags & ~bit;
  }
  get properties(): Properties {
    const { held } = this;
    return held instanceof Properties ? held : this.made();
  }
  set properties(properties: Properties) {
    this.held = properties;
  }
  /** To be read, not to be written: what has none shares them. */
  get readable(): Properties {
    const { held } = this;
    return held instanceof Properties ? held : this.unread();
  }
  private made(): Properties {
    const made = this.initial();
    this.held = made;
    return made;
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

/** Properties that a record has room for. */
export const RECORDED = 4;

/**
 * An object whose values stand in itself, where programs make very many: it has a shape and a few plain values, until
 * somebody asks for its `properties`. Only literals, constructors and inline caches know of it; for all others it is an
 * object like any.
 */
export class JsRecord extends JsObject {
  private first: Value;
  private second: Value;
  private third: Value;
  private fourth: Value;
  constructor(
    proto: JsObject | null,
    epoch: number,
    shape: Shape,
    first?: Value,
    second?: Value,
    third?: Value,
    fourth?: Value,
  ) {
    super(proto, epoch);
    this.held = shape;
    this.first = first;
    this.second = second;
    this.third = third;
    this.fourth = fourth;
  }
  static empty(proto: JsObject | null, epoch: number): JsRecord {
    return new JsRecord(proto, epoch, noKeys());
  }
  /** The value at a place of its shape, while it has one. */
  at(place: number): Value {
    if (place === 0) return this.first;
    if (place === 1) return this.second;
    return place === 2 ? this.third : this.fourth;
  }
  putAt(place: number, value: Value): void {
    if (place === 0) this.first = value;
    else if (place === 1) this.second = value;
    else if (place === 2) this.third = value;
    else this.fourth = value;
  }
  /** Makes a property or writes it; false where that takes `properties`. */
  define(key: Key, value: Value): boolean {
    const { held } = this;
    if (!(held instanceof Shape)) return false;
    const at = held.find(key);
    if (at < 0 && (held.size >= RECORDED || isIndex(key))) return false;
    if (at < 0) this.held = held.with(key);
    this.putAt(at < 0 ? held.size : at, value);
    return true;
  }
  protected override unread(): Properties {
    return this.properties;
  }
  protected override initial(): Properties {
    const { held } = this;
    if (!(held instanceof Shape)) return new Properties();
    const values = new Array<Value>(RECORDED);
    for (let i = 0; i < held.size; i++) values[i] = this.at(i);
    this.first = this.second = this.third = this.fourth = undefined;
    return Properties.of(held, values);
  }
}
Object.defineProperty(JsRecord.prototype, 'constructor', { value: JsObject });

/** What an object is, of its properties' places no heed taken. */
export function classOf(object: object): object {
  const kind = Object.getPrototypeOf(object) as object;
  return kind === JsRecord.prototype ? JsObject.prototype : kind;
}

export class JsArray extends JsObject {
  elements: Value[];
  constructor(proto: JsObject | null, epoch: number, elements: Value[]) {
    super(proto, epoch, 'Array');
    this.elements = elements;
  }
  /** Its `length` was made read-only. */
  get fixedLength(): boolean {
    return (this.flags & FIXED_LENGTH) !== 0;
  }
  set fixedLength(fixed: boolean) {
    this.flag(FIXED_LENGTH, fixed);
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
  /** Another one where the array has outgrown it. */
  buffer: number;
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
  call: Native;
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
