/**
 * The properties of an object: a shape, which says what key stands where, and the values (as in Chambers, Ungar &
 * Lee, "An efficient implementation of SELF", 1989). Objects that are made alike share their shape, so that a place
 * in the program that reads `p.x` looks the key up once and compares one reference from then on (inline caches in
 * compile/caches.ts). Objects used as dictionaries keep a Map of their own.
 */
import type { Value } from './values.ts';

export type Key = string | symbol;

/** A property that is not a plain writable, enumerable, configurable value. */
export class Slot {
  value: Value;
  get: Value;
  set: Value;
  accessor: boolean;
  writable: boolean;
  enumerable: boolean;
  configurable: boolean;
  constructor(init: {
    value?: Value;
    get?: Value;
    set?: Value;
    writable?: boolean;
    enumerable?: boolean;
    configurable?: boolean;
  }) {
    this.accessor = 'get' in init || 'set' in init;
    this.value = init.value;
    this.get = init.get;
    this.set = init.set;
    this.writable = init.writable ?? false;
    this.enumerable = init.enumerable ?? false;
    this.configurable = init.configurable ?? false;
  }
}

/** Keys that an object may have with a shape. */
const MOST_KEYS = 512;
/** Shapes made from one root: what a long session leaves behind can be collected when the next begins. */
const MOST_SHAPES = 50_000;

/** Which keys an object has, in the order in which they were added. */
export class Shape {
  readonly size: number;
  /** Shared by shapes that follow one another; of a shape the first `size` count. */
  private readonly keys: Key[];
  private readonly places: Map<Key, number>;
  private last: Key | undefined;
  private lastNext: Shape | undefined;
  private others: Map<Key, Shape> | undefined;

  constructor(size: number, keys: Key[], places: Map<Key, number>) {
    this.size = size;
    this.keys = keys;
    this.places = places;
  }

  /** Where a key's value stands, or −1. */
  find(key: Key): number {
    const at = this.places.get(key);
    return at !== undefined && at < this.size ? at : -1;
  }

  key(at: number): Key {
    return this.keys[at]!;
  }

  /** The shape with one key more. */
  with(key: Key): Shape {
    if (this.last === key) return this.lastNext!;
    const known = this.others?.get(key);
    if (known !== undefined) return known;
    const { size } = this;
    const isTip = this.keys.length === size;
    const keys = isTip ? this.keys : this.keys.slice(0, size);
    const places = isTip ? this.places : new Map(keys.map((k, i) => [k, i]));
    keys.push(key);
    places.set(key, size);
    const next = new Shape(size + 1, keys, places);
    if (++count > MOST_SHAPES) {
      count = 0;
      root = emptyShape();
    }
    if (this.last === undefined) {
      this.last = key;
      this.lastNext = next;
    } else {
      this.others ??= new Map();
      this.others.set(key, next);
    }
    return next;
  }
}

/** The shape of an object that has no property yet. */
export function noKeys(): Shape {
  return root;
}

function emptyShape(): Shape {
  return new Shape(0, [], new Map());
}

let count = 0;
let root = emptyShape();

/** The shape of objects that get these keys one after another; undefined where they are dictionaries. */
export function shapeOf(keys: readonly string[]): Shape | undefined {
  if (keys.length === 0 || keys.length >= MOST_KEYS || keys.some(isIndex)) return undefined;
  return keys.reduce((shape, key) => shape.with(key), root);
}

/** Keys that stand for an accessor or something read-only somewhere: of these an assignment asks the prototypes. */
const slotted = new Set<Key>();
export function isSlotted(key: Key): boolean {
  return slotted.has(key);
}
/** How many there are; it only grows. */
export function slottedKeys(): number {
  return slotted.size;
}

/** Names of numbers are the keys of dictionaries. */
export function isIndex(key: Key): boolean {
  if (typeof key !== 'string') return false;
  const first = key.charCodeAt(0);
  return first >= 48 && first <= 57;
}

/** A Map from keys to values and slots, of which objects that are made alike share the keys. */
export class Properties {
  /** Undefined for a dictionary. */
  shape: Shape | undefined = root;
  /** By the shape; there may be more places than keys. */
  slots: (Value | Slot)[] = NONE;
  /** Whether any of them is a Slot, or was. */
  special = false;
  private dictionary: Map<Key, Value | Slot> | undefined = undefined;

  constructor(entries?: Iterable<readonly [Key, Value | Slot]>) {
    if (entries === undefined) return;
    if (entries instanceof Properties) {
      this.shape = entries.shape;
      this.special = entries.special;
      this.slots = entries.slots.length === 0 ? NONE : entries.slots.slice();
      this.dictionary = entries.dictionary && new Map(entries.dictionary);
      return;
    }
    for (const [key, value] of entries) this.set(key, value);
  }

  /** Values under the keys of a shape: none of them a Slot. */
  static of(shape: Shape, slots: Value[]): Properties {
    const made = new Properties();
    made.shape = shape;
    made.slots = slots;
    return made;
  }

  get size(): number {
    return this.shape === undefined ? this.dictionary!.size : this.shape.size;
  }

  get(key: Key): Value | Slot {
    const { shape } = this;
    if (shape === undefined) return this.dictionary!.get(key);
    const at = shape.find(key);
    return at < 0 ? undefined : this.slots[at];
  }

  has(key: Key): boolean {
    return this.shape === undefined ? this.dictionary!.has(key) : this.shape.find(key) >= 0;
  }

  set(key: Key, value: Value | Slot): this {
    if (value instanceof Slot) {
      this.special = true;
      if (typeof key === 'string') slotted.add(key);
    }
    const { shape } = this;
    if (shape === undefined) {
      this.dictionary!.set(key, value);
      return this;
    }
    const at = shape.find(key);
    if (at >= 0) this.slots[at] = value;
    else if (shape.size >= MOST_KEYS || isIndex(key)) this.asDictionary().set(key, value);
    else this.append(shape.with(key), value);
    return this;
  }

  /** Adds the last key of a shape that continues the present one; by `set` where the value is a Slot. */
  append(next: Shape, value: Value | Slot): void {
    const at = next.size - 1;
    // Room for a few: most objects have no more.
    if (at === 0) this.slots = new Array<Value | Slot>(4);
    this.slots[at] = value;
    this.shape = next;
  }

  delete(key: Key): boolean {
    return this.has(key) && this.asDictionary().delete(key);
  }

  *keys(): Generator<Key> {
    for (const [key] of this) yield key;
  }

  *values(): Generator<Value | Slot> {
    for (const [, value] of this) yield value;
  }

  /** As a Map's: what is deleted meanwhile does not come, what is added does. */
  *[Symbol.iterator](): Generator<[Key, Value | Slot]> {
    let last: Shape | undefined;
    let at = 0;
    for (; this.shape !== undefined && at < this.shape.size; at++) {
      last = this.shape;
      yield [last.key(at), this.slots[at]];
    }
    if (this.shape !== undefined) return;
    for (const entry of this.dictionary!) {
      // Where it became a dictionary under way, some have come already.
      const before = last?.find(entry[0]) ?? -1;
      if (before < 0 || before >= at) yield entry;
    }
  }

  private asDictionary(): Map<Key, Value | Slot> {
    const { shape } = this;
    if (shape === undefined) return this.dictionary!;
    const made = new Map<Key, Value | Slot>();
    for (let i = 0; i < shape.size; i++) made.set(shape.key(i), this.slots[i]);
    this.dictionary = made;
    this.shape = undefined;
    this.slots = NONE;
    return made;
  }
}

/** Of objects without properties. */
const NONE: (Value | Slot)[] = [];
