/** Arrays without callbacks; those with callbacks are written in the prelude, so that a stage sees their loops. */
import { ActiveText, earlier, joined } from '../activeText.ts';
import { construct } from '../construct.ts';
import type { Evaluator } from '../evaluator.ts';
import { Activation, Frame } from '../heap.ts';
import { iterate } from '../iterate.ts';
import { JsIterator, type Pick } from '../iterators.ts';
import { JsView, storeElement } from '../memory.ts';
import { JsArray, JsBuffer, JsFunction, JsObject, JsTypedArray, Slot } from '../objects.ts';
import { binary, condition, strictEquals, toNumber, toText } from '../operators.ts';
import { deleteProperty, get, hasOwn, hasProperty, put } from '../properties.ts';
import { isArray } from '../proxies.ts';
import { HOLE, Leaf, Poison, type Site, type Value } from '../values.ts';
import { here } from './here.ts';
import { boxed } from './numbers.ts';
import { constructor, getter, method, type Realm } from './realm.ts';

/** ToIntegerOrInfinity of an argument that has to be known. */
export function integer(ev: Evaluator, value: Value, fallback: number): number {
  if (value === undefined) return fallback;
  let x: Value = toNumber(ev, value, here(ev));
  if (x instanceof Poison) return ev.refuse(x.problem.id, x.problem.message, x.problem.location);
  if (x instanceof Leaf) x = ev.domain.known(x, here(ev));
  const n = Math.trunc(Number(x));
  return Number.isNaN(n) ? 0 : n + 0;
}

/** A relative index as slice, fill and at take it, clamped to 0 … length. */
export function relative(ev: Evaluator, value: Value, length: number, fallback: number): number {
  const i = integer(ev, value, fallback);
  return i < 0 ? Math.max(0, length + i) : Math.min(i, length);
}

/** The elements of `this`, an array or what has a length, as a list; holes are HOLE. */
export function elementsOf(ev: Evaluator, self: Value): Value[] {
  if (self instanceof JsArray || self instanceof JsTypedArray) return self.elements;
  if (self instanceof Poison) return ev.refuse(self.problem.id, self.problem.message, self.problem.location);
  if (self instanceof JsBuffer && typeof self.length === 'number') {
    return Array.from({ length: self.length }, (_, i) => ev.domain.load(self, i, here(ev)));
  }
  if (self instanceof JsBuffer) {
    return ev.refuse(
      'GL111',
      'This method of an array of unknown length is not supported: write a loop.',
      here(ev).location,
    );
  }
  if (self instanceof JsObject) {
    const length = lengthOf(ev, self);
    ev.charge(length, here(ev));
    return Array.from({ length }, (_, i) => (hasProperty(ev, self, i) ? get(ev, self, i, here(ev)) : HOLE));
  }
  if (typeof self === 'string') {
    ev.charge(self.length, here(ev));
    return self.split('');
  }
  return self === null || self === undefined
    ? ev.throwError('TypeError', 'Array method called on null or undefined', here(ev))
    : [];
}

/** LengthOfArrayLike. */
function lengthOf(ev: Evaluator, self: Value): number {
  return Math.max(0, Math.min(integer(ev, get(ev, self, 'length', here(ev)), 0), Number.MAX_SAFE_INTEGER));
}

/** What a method does to the elements of `this`: which flags of frozen and sealed arrays forbid it. */
type Change = 'writes' | 'adds' | 'removes' | 'moves';

/** Changes the elements of `this` in place; of what only has a length, by reading and writing all of it. */
function changing<T>(ev: Evaluator, self: Value, change: Change, run: (elements: Value[]) => T): T {
  const site = here(ev);
  if (self instanceof JsArray) {
    const { elements } = self;
    if (!self.extensible || self.fixedLength) {
      const fixed = self.sealed || self.fixedLength;
      const forbidden =
        (self.frozen && (elements.length > 0 || change !== 'writes')) ||
        (change === 'adds' && (!self.extensible || self.fixedLength)) ||
        (change === 'removes' && fixed);
      if (forbidden && change === 'removes' && !self.sealed && elements.length > 0) {
        ev.own(self);
        elements[elements.length - 1] = HOLE;
      }
      if (forbidden) ev.throwError('TypeError', 'Cannot change an array that is frozen or sealed', site);
      if (change === 'moves' && !self.frozen)
        ev.refuse('GL111', 'Changing an array that is sealed is not supported here.', site.location);
    }
    ev.own(self);
    return run(self.elements);
  }
  if (self instanceof JsView) {
    const { elements } = self;
    const result = run(elements);
    elements.forEach((value, i) => storeElement(ev, self, i, value, site));
    return result;
  }
  if (self instanceof JsTypedArray) {
    ev.own(self);
    return run(self.elements);
  }
  if (self instanceof JsBuffer) {
    if (ev.domain.listed?.(self, site) === true) return changing(ev, self, change, run);
    return ev.refuse(
      'GL111',
      'Changing the length of this array is not supported where its length is unknown.',
      site.location,
    );
  }
  if (self instanceof Poison) return ev.refuse(self.problem.id, self.problem.message, self.problem.location);
  const elements = [...elementsOf(ev, self)];
  const before = elements.length;
  const result = run(elements);
  ev.charge(elements.length, site);
  if (!(self instanceof JsObject)) return result;
  for (let i = 0; i < Math.max(before, elements.length); i++) {
    const value = i < elements.length ? elements[i] : HOLE;
    if (value !== HOLE) put(ev, self, i, value, site);
    else if (hasOwn(self, i)) deleteProperty(ev, self, i, site);
  }
  if (change !== 'writes') put(ev, self, 'length', elements.length, site);
  return result;
}

/** NaN at the sample: no guard is needed, no neighbour of it is a number. */
function isNaNNow(ev: Evaluator, value: Value): boolean {
  return (
    (typeof value === 'number' && Number.isNaN(value)) ||
    (value instanceof Leaf &&
      value.type === 'number' &&
      value.hasValue &&
      Number.isNaN(ev.domain.primal(value)) &&
      !value.maybeUndefined)
  );
}

/** Compares as a typed array's sort does: NaN last, −0 before 0. */
export function lessInTyped(ev: Evaluator, a: Value, b: Value, site: Site): Value {
  if (isNaNNow(ev, a) || isNaNNow(ev, b)) return isNaNNow(ev, b) && !isNaNNow(ev, a);
  if (typeof a !== 'number' || typeof b !== 'number') return binary(ev, '<', a, b, site);
  return a < b || (a === 0 && b === 0 && Object.is(a, -0) && !Object.is(b, -0));
}

const dense = (v: Value): Value => (v === HOLE ? undefined : v);

/** fill() of an array of unknown length: a loop of stores. */
export function fillBuffer(ev: Evaluator, buffer: JsBuffer, value: Value): Value {
  const site = here(ev);
  const position = new Frame([0], null, new Activation(undefined, null, [], undefined), ev.store.epoch);
  const at = () => position.slots[0] as number | Leaf;
  ev.domain.loop({
    form: 'for',
    labels: [],
    site,
    test: () => binary(ev, '<', at(), buffer.length, site) as boolean | Leaf,
    body: () => {
      ev.domain.store(buffer, at(), value, site);
      return undefined;
    },
    update: () => {
      ev.own(position);
      position.slots[0] = binary(ev, '+', at(), 1, site);
    },
  });
  if (ev.store.isNew(buffer)) buffer.gaps = false;
  return buffer;
}

export function installArrays(ev: Evaluator, realm: Realm): void {
  const proto = realm.arrayPrototype;
  const make = (elements: Value[]): JsArray => {
    ev.charge(elements.length, here(ev));
    return ev.array(elements);
  };
  /**
   * What map, slice and the like give of an array of a class that extends Array: an array of that class (§23.1.3,
   * ArraySpeciesCreate).
   */
  const like = (original: Value, elements: Value[], charged = false): Value => {
    if (!(original instanceof JsArray) || original.proto === proto || original.tag !== 'Array')
      return charged ? ev.array(elements) : make(elements);
    const site = here(ev);
    let kind = get(ev, original, 'constructor', site);
    if (kind instanceof JsObject) kind = get(ev, kind, Symbol.species, site);
    if (kind === undefined || kind === null || kind === array) return make(elements);
    const made = construct(ev, kind, [elements.length], site);
    elements.forEach((e, i) => e !== HOLE && put(ev, made, i, e, site));
    put(ev, made, 'length', elements.length, site);
    return made;
  };
  const array = constructor(realm, 'Array', proto, (_self, args) => {
    if (args.length !== 1) return make([...args]);
    const length = args[0];
    if (length instanceof Poison) return length;
    if (length instanceof Leaf && length.type === 'number')
      return ev.domain.allocate(length, undefined, here(ev));
    const n = length;
    if (typeof n !== 'number') return make([length]);
    if (!Number.isInteger(n) || n < 0 || n > 4294967295)
      return ev.throwError('RangeError', 'Invalid array length', here(ev));
    ev.charge(n, here(ev));
    const elements: Value[] = [];
    for (let i = 0; i < n; i++) elements.push(HOLE);
    return ev.array(elements);
  });
  method(realm, array, 'isArray', (_s, [a]) =>
    a instanceof Poison && !(a instanceof ActiveText)
      ? a
      : isArray(a) || (a instanceof JsBuffer && a.typed === undefined),
  );
  getter(realm, array, Symbol.species, (self) => self);
  method(realm, array, 'of', (self, args) => as(self, [...args]));
  /** A list as the array that `this`, a class that extends Array, makes. */
  const as = (kind: Value, elements: Value[]): Value => {
    if (kind === array || !(kind instanceof JsFunction) || !kind.constructs) return make(elements);
    const made = construct(ev, kind, [elements.length], here(ev));
    elements.forEach((e, i) => put(ev, made, i, e, here(ev)));
    put(ev, made, 'length', elements.length, here(ev));
    return made;
  };
  method(realm, array, '%as', (_s, [kind, list]) => (kind === array ? list : as(kind, elementsOf(ev, list))));
  method(realm, array, '%like', (_s, [original, list]) =>
    original instanceof JsArray && original.proto !== proto ? like(original, elementsOf(ev, list)) : list,
  );
  method(realm, array, '%length', (_s, [value]) => {
    if (value instanceof Leaf) return value;
    return Math.max(0, Math.min(integer(ev, value, 0), Number.MAX_SAFE_INTEGER));
  });

  method(realm, proto, 'push', (self, args) => {
    ev.charge(args.length, here(ev));
    if (self instanceof JsBuffer && ev.domain.appended?.(self, args, here(ev)) === true) return self.length;
    return changing(ev, self, 'adds', (elements) => {
      for (const arg of args) elements.push(arg);
      return elements.length;
    });
  });
  method(realm, proto, 'pop', (self) => {
    const last = self instanceof JsBuffer ? ev.domain.takenLast?.(self, here(ev)) : undefined;
    if (last !== undefined) return last.value;
    return changing(ev, self, 'removes', (elements) => taken(self, elements.length - 1, elements.pop()));
  });
  method(realm, proto, 'shift', (self) =>
    changing(ev, self, 'moves', (elements) => {
      ev.step(here(ev), elements.length >> 6);
      return taken(self, 0, elements.shift());
    }),
  );
  method(realm, proto, 'unshift', (self, args) =>
    changing(ev, self, 'adds', (elements) => {
      ev.charge(args.length + (elements.length >> 6), here(ev));
      elements.splice(0, 0, ...args);
      return elements.length;
    }),
  );
  /** An element that was taken out: where it was a hole, what the prototype has. */
  const taken = (self: Value, index: number, value: Value): Value =>
    value === HOLE ? inherited(self, index) : value;
  const inherited = (self: Value, index: number): Value =>
    self instanceof JsObject && self.proto !== null ? get(ev, self.proto, index, here(ev)) : undefined;
  method(realm, proto, 'slice', (self, [from, to]) => {
    if (self instanceof JsBuffer && typeof self.length !== 'number' && ev.domain.sliced !== undefined)
      return ev.domain.sliced(self, from, to, here(ev));
    const elements = elementsOf(ev, self);
    const start = relative(ev, from, elements.length, 0);
    return like(self, elements.slice(start, relative(ev, to, elements.length, elements.length)));
  });
  /** Which elements `splice` takes out (ECMA-262, 23.1.3.31, steps 3 to 10). */
  const removed = (length: number, args: readonly Value[]): { start: number; count: number } => {
    const start = relative(ev, args[0], length, 0);
    const rest = length - start;
    if (args.length < 2) return { start, count: args.length === 0 ? 0 : rest };
    return { start, count: Math.max(0, Math.min(integer(ev, args[1], 0), rest)) };
  };
  method(realm, proto, 'splice', (self, args) =>
    changing(ev, self, 'moves', (elements) => {
      const { start, count } = removed(elements.length, args);
      ev.charge(args.length + (elements.length >> 4), here(ev));
      return like(self, elements.splice(start, count, ...args.slice(2)));
    }),
  );
  method(realm, proto, 'toSpliced', (self, args) => {
    const elements = elementsOf(ev, self).map(dense);
    const { start, count } = removed(elements.length, args);
    elements.splice(start, count, ...args.slice(2));
    return make(elements);
  });
  /** IsConcatSpreadable. */
  const spreads = (part: JsObject): boolean => {
    const said = get(ev, part, Symbol.isConcatSpreadable, here(ev));
    if (said !== undefined) return condition(ev, said, here(ev)) === true;
    return isArray(part) || (part instanceof JsBuffer && part.typed === undefined);
  };
  const joinedBuffers = (all: readonly Value[]): Value =>
    ev.domain.copied!(
      all.flatMap((part): (JsBuffer | { readonly one: Value })[] => {
        if (part instanceof JsBuffer) return [part];
        const list = part instanceof JsObject && spreads(part) ? elementsOf(ev, part) : [part];
        return list.map((one) => ({ one }));
      }),
      here(ev),
    );
  method(realm, proto, 'concat', (self, args) => {
    if ([self, ...args].some((p) => p instanceof JsBuffer && typeof p.length !== 'number'))
      return joinedBuffers([self, ...args]);
    const parts: (readonly Value[] | Value)[] = [];
    let size = 0;
    for (const part of [self, ...args]) {
      if (part instanceof Poison) return part;
      const list = part instanceof JsObject && spreads(part) ? elementsOf(ev, part) : undefined;
      size += list?.length ?? 1;
      parts.push(list ?? (part === self && !(part instanceof JsObject) ? boxed(ev, part) : part));
    }
    // The copy is the host's, in bulk: it is charged as memory, and its time with what it weighs.
    ev.charge(size, here(ev), 64);
    return like(self, ([] as Value[]).concat(...(parts as Value[])), true);
  });
  method(realm, proto, 'fill', (self, [value, from, to]) => {
    if (self instanceof JsBuffer && from === undefined && to === undefined)
      return fillBuffer(ev, self, value);
    if (self instanceof JsBuffer)
      return ev.refuse(
        'GL111',
        'fill() of a part of an array of unknown length: write a loop.',
        here(ev).location,
      );
    return changing(ev, self, 'writes', (elements) => {
      const start = relative(ev, from, elements.length, 0);
      const end = relative(ev, to, elements.length, elements.length);
      ev.step(here(ev), Math.max(0, end - start) >> 2);
      for (let i = start; i < end; i++) elements[i] = value;
      return self;
    });
  });
  method(realm, proto, 'reverse', (self) =>
    changing(ev, self, 'writes', (elements) => {
      ev.step(here(ev), elements.length >> 2);
      elements.reverse();
      return self;
    }),
  );
  method(realm, proto, 'toReversed', (self) => make([...elementsOf(ev, self)].map(dense).reverse()));
  method(realm, proto, 'with', (self, [index, value]) => {
    const elements = [...elementsOf(ev, self)].map(dense);
    const i = integer(ev, index, 0);
    const at = i < 0 ? elements.length + i : i;
    if (at < 0 || at >= elements.length) return ev.throwError('RangeError', 'Invalid index', here(ev));
    elements[at] = value;
    return make(elements);
  });
  method(realm, proto, 'at', (self, [index]) => {
    const i = integer(ev, index, 0);
    if (self instanceof JsBuffer && typeof self.length !== 'number') {
      const place = i < 0 ? binary(ev, '+', self.length, i, here(ev)) : i;
      return ev.domain.load(self, place as number | Leaf, here(ev));
    }
    const elements = elementsOf(ev, self);
    return dense(elements[i < 0 ? elements.length + i : i]);
  });
  method(realm, proto, 'copyWithin', (self, args) =>
    changing(ev, self, 'writes', (elements) => {
      const n = elements.length;
      ev.step(here(ev), n >> 2);
      elements.copyWithin(
        relative(ev, args[0], n, 0),
        relative(ev, args[1], n, 0),
        relative(ev, args[2], n, n),
      );
      return self;
    }),
  );
  const search =
    (direction: 1 | -1, includes: boolean) =>
    (self: Value, args: Value[]): Value => {
      const elements = elementsOf(ev, self);
      const n = elements.length;
      let i =
        direction === 1
          ? relative(ev, args[1], n, 0)
          : Math.min(n - 1, args.length > 1 ? integer(ev, args[1], 0) : n - 1);
      if (direction === -1 && i < 0 && args.length > 1) i += n;
      for (; i >= 0 && i < n; i += direction) {
        ev.step(here(ev));
        const element = elements[i];
        if (element === HOLE && !includes) continue;
        const a = dense(element);
        const b = args[0];
        if (includes && isNaNNow(ev, a) && isNaNNow(ev, b)) return true;
        const equal = condition(ev, strictEquals(ev, a, b, here(ev)), here(ev));
        const known = typeof equal === 'boolean' ? equal : ev.domain.known(equal, here(ev));
        if (known) return includes ? true : i;
      }
      return includes ? false : -1;
    };
  method(realm, proto, 'indexOf', search(1, false));
  method(realm, proto, 'lastIndexOf', search(-1, false));
  method(realm, proto, 'includes', search(1, true));
  method(realm, proto, 'join', (self, [separator]) => {
    const glue = separator === undefined ? ',' : toText(ev, separator, here(ev));
    const pieces: (string | Poison)[] = [];
    for (const element of elementsOf(ev, self)) {
      const e = dense(element);
      if (pieces.length > 0) pieces.push(glue);
      pieces.push(e === null || e === undefined ? '' : toText(ev, e, here(ev)));
    }
    return joined(ev, pieces, here(ev));
  }).gives = 'string';
  method(realm, proto, 'toString', (self) => ev.call(get(ev, self, 'join', here(ev)), self, [], here(ev)));
  method(realm, proto, 'flat', (self, [depth]) => {
    const result: Value[] = [];
    let unknown: Poison | undefined;
    const walk = (elements: readonly Value[], levels: number): void => {
      for (const e of elements) {
        ev.step(here(ev));
        if (e === HOLE) continue;
        // It may be a list of any length.
        if (levels > 0 && e instanceof Poison && !(e instanceof ActiveText)) unknown ??= e;
        if ((isArray(e) || (e instanceof JsBuffer && e.typed === undefined)) && levels > 0)
          walk(elementsOf(ev, e), levels - 1);
        else result.push(e);
      }
    };
    walk(elementsOf(ev, self), integer(ev, depth, 1));
    return unknown ?? like(self, result);
  });

  const iterators = (pick: Pick) =>
    method(realm, proto, pick, (self) => {
      if (self === undefined || self === null)
        return ev.throwError('TypeError', 'Array method called on null or undefined', here(ev));
      return self instanceof Poison ? self : new JsIterator(ev, 'Array', self, pick);
    });
  const values = iterators('values');
  iterators('keys');
  iterators('entries');
  proto.properties.set(Symbol.iterator, new Slot({ value: values, writable: true, configurable: true }));
  realm.iterators.set('Array', values);
  realm.iterators.set('Arguments', values);

  /** The list that Array.from and spread see. */
  method(realm, array, '%list', (_s, [source]) => {
    if (source instanceof JsBuffer && typeof source.length !== 'number' && ev.domain.copied !== undefined)
      return ev.domain.copied([source], here(ev));
    const list: Value[] = [];
    if (source instanceof JsObject) {
      const own = get(ev, source, Symbol.iterator, here(ev));
      if (own instanceof JsFunction || source instanceof JsBuffer)
        iterate(ev, source, (v) => void list.push(v), here(ev));
      else if (own !== undefined && own !== null)
        return ev.throwError('TypeError', 'what is iterated here is not iterable', here(ev));
      else for (const e of elementsOf(ev, source)) list.push(e);
    } else if (source !== null && source !== undefined) {
      if (typeof source === 'string') list.push(...source);
      else if (source instanceof Poison) return source;
    } else return ev.throwError('TypeError', `${source} is not iterable`, here(ev));
    return make(list.map(dense));
  });
  /** Whether what is called back between the elements may see and change which come next; a stage has its lists before. */
  method(
    realm,
    array,
    '%lives',
    (_s, [source]) =>
      source instanceof JsObject &&
      !(source instanceof JsTypedArray || source instanceof JsBuffer) &&
      (ev.domain.runsLoops || !(source instanceof JsArray)),
  );
  /** Compares as sort does without a comparator: by text. */
  method(realm, array, '%before', (_s, [a, b]) => {
    const s = toText(ev, a, here(ev));
    const t = toText(ev, b, here(ev));
    return earlier(ev, s, t, here(ev));
  });
  method(realm, array, '%less', (_s, [a, b]) => lessInTyped(ev, a, b, here(ev)));
  /** Calls back, whatever the program has made of `call`. */
  method(realm, array, '%call', (_s, [callee, receiver, ...args]) =>
    ev.call(callee, receiver, args, here(ev)),
  );
  method(realm, array, '%hole', (_s, [list, i]) => {
    if (list instanceof JsArray) {
      const index = typeof i === 'number' ? i : integer(ev, i, 0);
      if (index < list.elements.length && list.elements[index] !== HOLE) return false;
      return list.proto === null || !hasProperty(ev, list.proto, index);
    }
    if (list instanceof JsTypedArray || list instanceof JsBuffer) return false;
    return list instanceof JsObject && !hasProperty(ev, list, integer(ev, i, 0));
  });
  method(realm, array, '%typed', (_s, [list]) => (list instanceof JsTypedArray ? list.typed : undefined));
}
