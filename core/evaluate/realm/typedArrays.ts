import type { Evaluator } from '../evaluator.ts';
import { iterate } from '../iterate.ts';
import { JsArray, JsBuffer, JsObject, JsTypedArray, type TypedKind } from '../objects.ts';
import { get } from '../properties.ts';
import { TYPED_STORE } from '../typed.ts';
import { HOLE, Leaf, Poison, type Value } from '../values.ts';
import { elementsOf, fillBuffer, integer, relative } from './arrays.ts';
import { here } from './here.ts';
import { constant, constructor, getter, method, type Realm } from './realm.ts';

const BYTES: { readonly [K in TypedKind]: number } = {
  Float64Array: 8,
  Float32Array: 4,
  Int8Array: 1,
  Uint8Array: 1,
  Uint8ClampedArray: 1,
  Int16Array: 2,
  Uint16Array: 2,
  Int32Array: 4,
  Uint32Array: 4,
};

/** Methods typed arrays share with arrays, reading only. */
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
  const base = new JsObject(realm.objectPrototype, 0);
  for (const name of SHARED) base.properties.set(name, realm.arrayPrototype.properties.get(name));
  base.properties.set(Symbol.iterator, realm.arrayPrototype.properties.get(Symbol.iterator));
  const self = (value: Value): JsTypedArray =>
    value instanceof JsTypedArray ? value : ev.throwError('TypeError', 'this is not a typed array', here(ev));
  const make = (typed: TypedKind, elements: Value[]): JsTypedArray => {
    ev.charge(elements.length, here(ev));
    return new JsTypedArray(realm.typedPrototypes.get(typed)!, ev.store.epoch, typed, elements);
  };
  const convert = (typed: TypedKind, list: readonly Value[]): Value[] =>
    list.map((v) => TYPED_STORE[typed](ev, v === HOLE ? undefined : v, here(ev)));

  getter(realm, base, 'byteLength', (s) => self(s).elements.length * BYTES[self(s).typed]);
  getter(realm, base, 'byteOffset', () => 0);
  getter(realm, base, 'length', (s) => self(s).elements.length);
  getter(realm, base, 'buffer', () =>
    ev.poison('GL111', 'Views that share an ArrayBuffer are not supported.', here(ev).location),
  );
  method(realm, base, 'slice', (s, [from, to]) => {
    const { typed, elements } = self(s);
    return make(
      typed,
      elements.slice(
        relative(ev, from, elements.length, 0),
        relative(ev, to, elements.length, elements.length),
      ),
    );
  });
  method(realm, base, 'subarray', (s, [from, to]) => {
    const { elements } = self(s);
    const start = relative(ev, from, elements.length, 0);
    const end = relative(ev, to, elements.length, elements.length);
    // A view of the whole is the array itself in all but identity; other views share memory, which we do not model.
    if (start === 0 && end === elements.length) return s;
    return ev.poison(
      'GL111',
      'subarray() shares memory with its array, which is not supported: use slice().',
      here(ev).location,
    );
  });
  method(realm, base, 'fill', (s, [value, from, to]) => {
    if (s instanceof JsBuffer && from === undefined && to === undefined) return fillBuffer(ev, s, value);
    const target = self(s);
    const n = target.elements.length;
    const stored = TYPED_STORE[target.typed](ev, value, here(ev));
    const end = relative(ev, to, n, n);
    ev.step(here(ev), n >> 2);
    ev.own(target);
    for (let i = relative(ev, from, n, 0); i < end; i++) target.elements[i] = stored;
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
      if (at < 0 || at >= elements.length) ev.throwError('RangeError', 'Invalid typed array index', here(ev));
      elements[at] = TYPED_STORE[self(s).typed](ev, value, here(ev));
    }),
  );
  method(realm, base, 'set', (s, [source, offset]) => {
    const target = self(s);
    const list = convert(target.typed, elementsOf(ev, source));
    const start = integer(ev, offset, 0);
    if (start < 0 || start + list.length > target.elements.length)
      return ev.throwError('RangeError', 'offset is out of bounds', here(ev));
    ev.own(target);
    list.forEach((v, i) => {
      target.elements[start + i] = v;
    });
    return undefined;
  });

  for (const typed of Object.keys(BYTES) as TypedKind[]) {
    const prototype = new JsObject(base, 0, typed);
    realm.typedPrototypes.set(typed, prototype);
    realm.iterators.set(typed, realm.arrayPrototype.properties.get(Symbol.iterator) as Value);
    const made = constructor(realm, typed, prototype, (_s, args, newTarget) => {
      if (newTarget === undefined)
        return ev.throwError('TypeError', `Constructor ${typed} requires 'new'`, here(ev));
      const source = args[0];
      if (source instanceof Poison) return source;
      if (source instanceof JsArray || source instanceof JsTypedArray || source instanceof JsBuffer) {
        return make(typed, convert(typed, elementsOf(ev, source)));
      }
      if (source instanceof JsObject) {
        const list: Value[] = [];
        const own = get(ev, source, Symbol.iterator, here(ev));
        if (own === undefined) list.push(...elementsOf(ev, source));
        else iterate(ev, source, (v) => void list.push(v), here(ev));
        return make(typed, convert(typed, list));
      }
      if (source instanceof Leaf) return ev.domain.allocate(source, typed, here(ev));
      const length = integer(ev, source, 0);
      if (length < 0 || length > 2 ** 32) {
        return ev.throwError('RangeError', `Invalid typed array length: ${String(length)}`, here(ev));
      }
      ev.charge(length, here(ev));
      return make(typed, new Array<Value>(length).fill(0));
    });
    constant(made, 'BYTES_PER_ELEMENT', BYTES[typed]);
    constant(prototype, 'BYTES_PER_ELEMENT', BYTES[typed]);
    method(realm, made, '%make', (_s, [list]) => make(typed, convert(typed, elementsOf(ev, list))));
    method(realm, made, 'of', (_s, args) => make(typed, convert(typed, args)));
  }
}
