/** Typed arrays (ECMA-262 §23.2); those with callbacks are in the prelude. */
import { construct } from '../construct.ts';
import type { Evaluator } from '../evaluator.ts';
import { iterate } from '../iterate.ts';
import { BYTES, bufferOf, JsArrayBuffer, JsView, lengthOf, storeElement, viewOf } from '../memory.ts';
import {
  JsArray,
  JsBuffer,
  JsFunction,
  JsObject,
  JsTypedArray,
  NativeFunction,
  Slot,
  type TypedKind,
} from '../objects.ts';
import { get } from '../properties.ts';
import { TYPED_STORE } from '../typed.ts';
import { HOLE, Leaf, Poison, type Value } from '../values.ts';
import { elementsOf, fillBuffer, integer, relative } from './arrays.ts';
import { here } from './here.ts';
import { constant, constructor, getter, method, type Realm } from './realm.ts';

/** Methods typed arrays share with arrays. */
const SHARED = [
  'at',
  'indexOf',
  'lastIndexOf',
  'includes',
  'join',
  'keys',
  'values',
  'entries',
  'reverse',
  'copyWithin',
  'toString',
];

export function installTypedArrays(ev: Evaluator, realm: Realm): void {
  const site = () => here(ev);
  const base = new JsObject(realm.objectPrototype, 0);
  for (const name of SHARED) base.properties.set(name, realm.arrayPrototype.properties.get(name));
  base.properties.set(Symbol.iterator, realm.arrayPrototype.properties.get(Symbol.iterator));
  const abstract = new NativeFunction(
    realm.functionPrototype,
    0,
    'TypedArray',
    () => ev.throwError('TypeError', 'Abstract class TypedArray not directly constructable', site()),
    true,
  );
  abstract.properties.set('name', new Slot({ value: 'TypedArray', configurable: true }));
  abstract.properties.set('prototype', new Slot({ value: base }));
  base.properties.set('constructor', new Slot({ value: abstract, writable: true, configurable: true }));
  getter(realm, abstract, Symbol.species, (self) => self);
  getter(realm, base, Symbol.toStringTag, (s) => (s instanceof JsTypedArray ? s.typed : undefined));

  const self = (value: Value): JsTypedArray =>
    value instanceof JsTypedArray
      ? value
      : value instanceof Poison
        ? ev.refuse(value.problem.id, value.problem.message, value.problem.location)
        : ev.throwError('TypeError', 'this is not a typed array', site());
  const builtIn = (typed: TypedKind): Value => realm.globals.get(typed)!.value;
  const make = (typed: TypedKind, elements: Value[]): JsTypedArray => {
    ev.charge(elements.length, site());
    return new JsTypedArray(realm.typedPrototypes.get(typed)!, ev.store.epoch, typed, elements);
  };
  const store = (typed: TypedKind, value: Value): Value =>
    TYPED_STORE[typed](ev, value === HOLE ? undefined : value, site());
  const convert = (typed: TypedKind, list: readonly Value[]): Value[] => list.map((v) => store(typed, v));
  /** TypedArrayCreate: of a class that extends a typed array, by its constructor. */
  /** Of an array whose length is unknown too. */
  const byAll = (kind: Value, list: Value): Value => {
    const typed = kindOf(kind);
    if (!(list instanceof JsBuffer) || typed === undefined) return by(kind, typed, elementsOf(ev, list));
    return ev.domain.typedCopy?.(list, typed, site()) ?? by(kind, typed, elementsOf(ev, list));
  };
  const by = (kind: Value, typed: TypedKind | undefined, list: readonly Value[]): Value => {
    if (typed !== undefined && kind === builtIn(typed)) return make(typed, convert(typed, list));
    if (!(kind instanceof JsFunction) || !kind.constructs)
      return ev.throwError('TypeError', 'this is not a constructor', site());
    const made = construct(ev, kind, [list.length], site());
    if (made instanceof Poison) return made;
    const array = self(made);
    if (lengthOf(array) < list.length) ev.throwError('TypeError', 'Derived constructor is too short', site());
    list.forEach((v, i) => storeElement(ev, array, i, store(array.typed, v), site()));
    return array;
  };
  const kindOf = (value: Value): TypedKind | undefined =>
    value instanceof NativeFunction && realm.typedPrototypes.has(value.label)
      ? (value.label as TypedKind)
      : undefined;
  /** What slice, map and filter give: an array of the same class. */
  const like = (original: JsTypedArray, list: readonly Value[]): Value => {
    let kind = get(ev, original, 'constructor', site());
    if (kind instanceof JsObject && kindOf(kind) === undefined) {
      const species = get(ev, kind, Symbol.species, site());
      kind = species === undefined || species === null ? builtIn(original.typed) : species;
    }
    return by(kind ?? builtIn(original.typed), kindOf(kind), list);
  };
  method(realm, abstract, '%like', (_s, [original, list]) => like(self(original), elementsOf(ev, list)));
  method(realm, abstract, '%by', (_s, [kind, list]) => byAll(kind, list));

  method(realm, abstract, '%copy', (_s, [array]) => make(self(array).typed, self(array).elements.slice()));

  const offset = (s: Value) => (s instanceof JsView ? s.byteOffset : 0);
  getter(realm, base, 'byteLength', (s) => lengthOf(self(s)) * BYTES[self(s).typed]);
  getter(realm, base, 'byteOffset', (s) => offset(self(s)));
  getter(realm, base, 'length', (s) => lengthOf(self(s)));
  getter(realm, base, 'buffer', (s) => bufferOf(ev, self(s), site()));
  method(realm, base, 'slice', (s, [from, to]) => {
    const { elements } = self(s);
    const { length } = elements;
    return like(self(s), elements.slice(relative(ev, from, length, 0), relative(ev, to, length, length)));
  });
  method(realm, base, 'subarray', (s, [from, to]) => {
    if (s instanceof JsBuffer)
      return ev.refuse('GL111', 'subarray() of an array of unknown length: use slice().', site().location);
    const array = self(s);
    const length = lengthOf(array);
    const start = relative(ev, from, length, 0);
    const count = Math.max(0, relative(ev, to, length, length) - start);
    const view = viewOf(
      ev,
      array.typed,
      bufferOf(ev, array, site()),
      offset(array) + start * BYTES[array.typed],
      count,
      site(),
    );
    view.proto = array.proto;
    return view;
  });
  method(realm, base, 'fill', (s, [value, from, to]) => {
    if (s instanceof JsBuffer && from === undefined && to === undefined) return fillBuffer(ev, s, value);
    const target = self(s);
    const n = lengthOf(target);
    const stored = store(target.typed, value);
    const end = relative(ev, to, n, n);
    ev.step(site(), n >> 2);
    for (let i = relative(ev, from, n, 0); i < end; i++) storeElement(ev, target, i, stored, site());
    return s;
  });
  const copy = (s: Value, change: (elements: Value[]) => void): Value => {
    const { typed, elements } = self(s);
    const made = elements.slice();
    change(made);
    return make(typed, made);
  };
  method(realm, base, 'toReversed', (s) => copy(s, (elements) => elements.reverse()));
  method(realm, base, 'with', (s, [index, value]) =>
    copy(s, (elements) => {
      const i = integer(ev, index, 0);
      const at = i < 0 ? elements.length + i : i;
      const stored = store(self(s).typed, value);
      if (at < 0 || at >= elements.length) ev.throwError('RangeError', 'Invalid typed array index', site());
      elements[at] = stored;
    }),
  );
  method(realm, base, 'set', (s, [source, offset]) => {
    const target = self(s);
    const start = integer(ev, offset, 0);
    const list = convert(target.typed, elementsOf(ev, source));
    if (start < 0 || start + list.length > lengthOf(target))
      return ev.throwError('RangeError', 'offset is out of bounds', site());
    ev.step(site(), list.length >> 2);
    list.forEach((v, i) => storeElement(ev, target, start + i, v, site()));
    return undefined;
  });
  method(realm, base, 'toLocaleString', () =>
    ev.poison('GL114', 'toLocaleString() depends on the machine.', site().location),
  );

  /** new T(buffer, byteOffset, length). */
  const over = (typed: TypedKind, memory: JsArrayBuffer, [from, length]: Value[]): Value => {
    const size = BYTES[typed];
    const start = integer(ev, from, 0);
    const invalid = (message: string) => ev.throwError('RangeError', message, site());
    if (start < 0 || start % size !== 0)
      return invalid(`start offset of ${typed} should be a multiple of ${size}`);
    if (length === undefined && memory.byteLength % size !== 0)
      return invalid(`byte length of ${typed} should be a multiple of ${size}`);
    const count = length === undefined ? (memory.byteLength - start) / size : integer(ev, length, 0);
    if (count < 0 || start + count * size > memory.byteLength)
      return invalid(`Invalid typed array length: ${count}`);
    ev.charge(count, site());
    return viewOf(ev, typed, memory, start, count, site());
  };

  for (const typed of Object.keys(BYTES) as TypedKind[]) {
    const prototype = new JsObject(base, 0, typed);
    realm.typedPrototypes.set(typed, prototype);
    realm.iterators.set(typed, realm.iterators.get('Array')!);
    const made = constructor(realm, typed, prototype, (_s, args, newTarget) => {
      if (newTarget === undefined)
        return ev.throwError('TypeError', `Constructor ${typed} requires 'new'`, site());
      const source = args[0];
      if (source instanceof Poison) return source;
      if (source instanceof JsArrayBuffer) return over(typed, source, args.slice(1));
      if (source instanceof JsBuffer) return byAll(builtIn(typed), source);
      if (source instanceof JsTypedArray) return make(typed, convert(typed, elementsOf(ev, source)));
      if (source instanceof JsObject) {
        const list: Value[] = [];
        const own = get(ev, source, Symbol.iterator, site());
        if (own === undefined || own === null) list.push(...elementsOf(ev, source));
        else if (source instanceof JsArray && own === realm.iterators.get('Array'))
          return make(typed, convert(typed, source.elements));
        else iterate(ev, source, (v) => void list.push(v), site());
        return make(typed, convert(typed, list));
      }
      if (source instanceof Leaf) return ev.domain.allocate(source, typed, site());
      const length = integer(ev, source, 0);
      if (length < 0 || length > 2 ** 32) {
        return ev.throwError('RangeError', `Invalid typed array length: ${String(length)}`, site());
      }
      ev.charge(length, site());
      return make(typed, new Array<Value>(length).fill(0));
    });
    made.proto = abstract;
    constant(made, 'BYTES_PER_ELEMENT', BYTES[typed]);
    constant(prototype, 'BYTES_PER_ELEMENT', BYTES[typed]);
  }
  method(realm, abstract, 'of', (kind, args) => by(kind, kindOf(kind), args));
  installBufferless(realm, ev);
}

/** Kinds of which no number is made: named, and refused when constructed. */
function installBufferless(realm: Realm, ev: Evaluator): void {
  for (const name of ['BigInt64Array', 'BigUint64Array']) {
    constructor(realm, name, new JsObject(realm.objectPrototype, 0), () =>
      ev.refuse('GL111', `${name} is not supported: use an array of BigInts.`, here(ev).location),
    );
  }
}
