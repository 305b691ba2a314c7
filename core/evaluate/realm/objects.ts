import type { Evaluator } from '../evaluator.ts';
import { iterate } from '../iterate.ts';
import { lengthOf } from '../memory.ts';
import { JsArray, JsBuffer, JsFunction, JsObject, JsTypedArray, privateName, Slot } from '../objects.ts';
import { binary, strictEquals, toKey, toText, truth } from '../operators.ts';
import {
  define,
  get,
  getOwn,
  hasOwn,
  hasProperty,
  indexOf,
  ownEnumerable,
  ownKeys,
  propertyKey,
  put,
  putFor,
} from '../properties.ts';
import { beneath, protoOf } from '../proxies.ts';
import { HOLE, Leaf, Poison, type Value } from '../values.ts';
import { here } from './here.ts';
import { boxed } from './numbers.ts';
import { constructor, method, type Realm } from './realm.ts';
import { installReflect } from './reflect.ts';

export function installObjects(ev: Evaluator, realm: Realm): void {
  const site = () => here(ev);
  const object: JsObject = constructor(realm, 'Object', realm.objectPrototype, (_self, args, newTarget) =>
    newTarget !== undefined && newTarget !== object
      ? ev.object()
      : args[0] instanceof JsObject || args[0] instanceof Poison
        ? args[0]
        : args[0] === undefined || args[0] === null
          ? ev.object()
          : boxed(ev, args[0]),
  );
  const need = (value: Value): JsObject => {
    if (value instanceof Poison)
      return ev.refuse(value.problem.id, value.problem.message, value.problem.location);
    if (value instanceof JsObject) return value;
    if (value === null || value === undefined)
      return ev.throwError('TypeError', 'Cannot convert undefined or null to object', site());
    return boxed(ev, value) as JsObject;
  };
  const needObject = (value: Value): JsObject =>
    value instanceof JsObject || value instanceof Poison
      ? need(value)
      : ev.throwError('TypeError', 'this built-in is called on something that is not an object', site());
  method(realm, object, 'keys', (_s, [o]) => {
    const source = need(o);
    ev.listsKeys(source, site());
    ev.charge(sizeOf(source), site());
    return ev.array(ownKeys(source, true));
  });
  method(realm, object, 'getOwnPropertyNames', (_s, [o]) => {
    const source = need(o);
    ev.listsKeys(source, site());
    return ev.array(allNames(source));
  });
  /** Own names, the `length` of an array behind its elements. */
  const allNames = (o: JsObject): string[] => {
    ev.charge(sizeOf(o), site());
    const keys = ownKeys(o, false);
    if (o instanceof JsArray) keys.splice(o.elements.filter((e) => e !== HOLE).length, 0, 'length');
    return keys;
  };
  const symbolsOf = (o: JsObject): symbol[] =>
    [...o.properties.keys()].filter((k) => typeof k === 'symbol' && privateName(k) === undefined) as symbol[];
  method(realm, object, 'getOwnPropertySymbols', (_s, [o]) => ev.array(symbolsOf(need(o))));
  method(realm, object, 'values', (_s, [o]) => {
    const source = need(o);
    ev.domain.listsKeys?.(source, true);
    return ev.array(ownKeys(source, true).map((key) => get(ev, source, key, site())));
  });
  method(realm, object, 'entries', (_s, [o]) => {
    const source = need(o);
    ev.listsKeys(source, site());
    return ev.array(ownKeys(source, true).map((key) => ev.array([key, get(ev, source, key, site())])));
  });
  method(realm, object, 'fromEntries', (_s, [entries]) => {
    const result = ev.object();
    iterate(
      ev,
      entries,
      (entry) => {
        if (!(entry instanceof JsObject || entry instanceof Poison))
          ev.throwError('TypeError', 'Iterator value is not an entry object', site());
        const key = toKey(ev, get(ev, entry, '0', site()), site());
        if (key instanceof Poison) ev.refuse(key.problem.id, key.problem.message, key.problem.location);
        define(ev, result, key, get(ev, entry, '1', site()));
      },
      site(),
    );
    return result;
  });
  method(realm, object, 'assign', (_s, [target, ...sources]) => {
    const to = need(target);
    for (const source of sources) {
      if (source === null || source === undefined) continue;
      const from = need(source);
      for (const key of ownEnumerable(ev, from)) put(ev, to, key, get(ev, from, key, site()), site());
    }
    return to;
  });
  const level =
    (deep: 'frozen' | 'sealed' | 'closed') =>
    (_s: Value, [given]: Value[]) => {
      if (!(given instanceof JsObject)) return given;
      const o = beneath(given, 'preventExtensions');
      if (deep === 'frozen' && o instanceof JsTypedArray && lengthOf(o) > 0)
        return ev.throwError('TypeError', 'Cannot freeze array buffer views with elements', site());
      ev.own(o);
      o.extensible = false;
      if (deep === 'closed') return given;
      o.frozen ||= deep === 'frozen';
      o.sealed = true;
      for (const [key, value] of o.properties) {
        if (privateName(key) !== undefined) continue;
        const slot =
          value instanceof Slot
            ? value
            : new Slot({ value, writable: true, enumerable: true, configurable: true });
        const fixed = slot.accessor
          ? new Slot({ get: slot.get, set: slot.set, enumerable: slot.enumerable })
          : new Slot({
              value: slot.value,
              writable: slot.writable && deep !== 'frozen',
              enumerable: slot.enumerable,
            });
        o.properties.set(key, fixed);
      }
      return given;
    };
  method(realm, object, 'freeze', level('frozen'));
  method(realm, object, 'seal', level('sealed'));
  method(realm, object, 'preventExtensions', level('closed'));
  const held = (given: Value, frozen: boolean): boolean => {
    if (!(given instanceof JsObject)) return true;
    const o = beneath(given, 'isExtensible');
    if (o.extensible) return false;
    const elements = o instanceof JsArray && o.elements.some((e) => e !== HOLE);
    if (elements && !(frozen ? o.frozen : o.sealed)) return false;
    if (o instanceof JsArray && frozen && !o.frozen && !o.fixedLength) return false;
    if (o instanceof JsTypedArray && lengthOf(o) > 0) return false;
    for (const [key, p] of o.properties) {
      if (privateName(key) !== undefined) continue;
      if (!(p instanceof Slot) || p.configurable || (frozen && !p.accessor && p.writable)) return false;
    }
    return true;
  };
  method(realm, object, 'isFrozen', (_s, [o]) => held(o, true));
  method(realm, object, 'isSealed', (_s, [o]) => held(o, false));
  method(
    realm,
    object,
    'isExtensible',
    (_s, [o]) => o instanceof JsObject && beneath(o, 'isExtensible').extensible,
  );
  method(realm, object, 'create', (_s, [proto, properties]) => {
    if (!(proto instanceof JsObject) && proto !== null)
      return ev.throwError('TypeError', 'Object prototype may only be an Object or null', site());
    const made = ev.object(proto);
    if (properties !== undefined) describeAll(made, properties);
    return made;
  });
  method(realm, object, 'getPrototypeOf', (_s, [o]) => (o instanceof Poison ? o : protoOf(need(o))));
  /** Whether the prototype could be set. */
  const setProto = (given: JsObject, proto: JsObject | null): boolean => {
    const o = beneath(given, 'setPrototypeOf');
    if (o.proto === proto) return true;
    if (!o.extensible) return false;
    for (let p = proto; p !== null; p = p.proto) if (p === o) return false;
    ev.own(o);
    o.proto = proto;
    return true;
  };
  const prototypeOr = (proto: Value): JsObject | null =>
    proto instanceof JsObject || proto === null
      ? proto
      : ev.throwError('TypeError', 'Object prototype may only be an Object or null', site());
  method(realm, object, 'setPrototypeOf', (_s, [o, proto]) => {
    if (o === undefined || o === null)
      return ev.throwError('TypeError', 'Object.setPrototypeOf called on null or undefined', site());
    const to = prototypeOr(proto);
    if (o instanceof JsObject && !setProto(o, to))
      return ev.throwError('TypeError', 'The prototype of this object cannot be changed', site());
    return o;
  });
  /** The same value: unlike ===, NaN is itself and the zeros differ. */
  method(realm, object, 'is', (_s, [a, b]) => {
    if (a instanceof Poison) return a;
    if (b instanceof Poison) return b;
    if (a instanceof JsObject && b instanceof JsObject) return strictEquals(ev, a, b, site());
    if (!(a instanceof Leaf || b instanceof Leaf)) return Object.is(a, b);
    const equal = strictEquals(ev, a, b, site());
    if (!(equal instanceof Leaf)) return equal;
    const sides = () => [binary(ev, '/', 1, a, site()), binary(ev, '/', 1, b, site())] as const;
    const bothNaN = (): Value => {
      const first = binary(ev, '!==', a, a, site());
      const second = () => binary(ev, '!==', b, b, site());
      if (first instanceof Leaf) return ev.domain.branchValue(first, second, () => false, site());
      return first === true ? second() : false;
    };
    return ev.domain.branchValue(equal, () => strictEquals(ev, ...sides(), site()), bothNaN, site());
  });
  const flagged = (name: string, given: (n: string) => boolean, read: (n: string) => Value): boolean =>
    given(name) && truth(ev, read(name), site()) === true;
  const describeAll = (o: JsObject, given: Value): void => {
    const descriptors = need(given);
    for (const key of ownEnumerable(ev, descriptors)) describe(o, key, get(ev, descriptors, key, site()));
  };
  const sameAsBefore = (now: Value, before: Value): boolean => {
    if (now !== before && (now instanceof Leaf || before instanceof Leaf))
      ev.refuse('GL111', 'Whether a property keeps its value depends on an input here.', site().location);
    return Object.is(now, before);
  };
  const describe = (object: JsObject, key: Value, descriptor: Value): void => {
    const o = beneath(object, 'defineProperty');
    const k = toKey(ev, key, site());
    if (k instanceof Poison) ev.refuse(k.problem.id, k.problem.message, k.problem.location);
    if (!(descriptor instanceof JsObject))
      ev.throwError('TypeError', 'Property description must be an object', site());
    const given = (name: string) => hasProperty(ev, descriptor, name);
    const read = (name: string) => (given(name) ? get(ev, descriptor, name, site()) : undefined);
    const name = propertyKey(k);
    const exists = hasOwn(o, k);
    const present = getOwn(o, k);
    const old =
      present instanceof Slot
        ? present
        : exists
          ? new Slot({ value: present as Value, writable: true, enumerable: true, configurable: true })
          : undefined;
    // What is not said stays as it was, or is false (ECMA-262 §10.1.6.3).
    if (o instanceof JsTypedArray && indexOf(k) >= lengthOf(o))
      ev.throwError('TypeError', 'Invalid typed array index', site());
    const flag = (which: 'writable' | 'enumerable' | 'configurable'): boolean =>
      given(which) ? truth(ev, read(which), site()) === true : (old?.[which] ?? false);
    const accessor = given('get') || given('set');
    for (const half of ['get', 'set'] as const) {
      const fn = read(half);
      if (fn !== undefined && !(fn instanceof JsFunction) && !(fn instanceof Poison))
        ev.throwError('TypeError', `${half === 'get' ? 'Getter' : 'Setter'} must be a function`, site());
    }
    if (accessor && (given('value') || given('writable')))
      ev.throwError('TypeError', 'Cannot both specify accessors and a value or writable attribute', site());
    if (o instanceof JsArray && name === 'length') {
      if (accessor || flagged('enumerable', given, read) || flagged('configurable', given, read))
        ev.throwError('TypeError', 'Cannot redefine property: length', site());
      if (given('value')) put(ev, o, 'length', read('value'), site());
      if (o.fixedLength && flagged('writable', given, read))
        ev.throwError('TypeError', 'Cannot redefine property: length', site());
      if (given('writable') && !flagged('writable', given, read)) {
        ev.own(o);
        o.fixedLength = true;
      }
      return;
    }
    if (old === undefined ? !o.extensible : !old.configurable) {
      const data = given('value') || given('writable');
      const stays = (which: 'writable' | 'enumerable' | 'configurable') => flag(which) === old?.[which];
      const same =
        old !== undefined &&
        stays('enumerable') &&
        stays('configurable') &&
        (old.accessor
          ? !data && (['get', 'set'] as const).every((which) => !given(which) || read(which) === old[which])
          : !accessor &&
            (old.writable ||
              (stays('writable') && (!given('value') || sameAsBefore(read('value'), old.value)))));
      if (!same) ev.throwError('TypeError', `Cannot redefine property: ${String(name)}`, site());
    }
    ev.own(o);
    const enumerable = flag('enumerable');
    const configurable = flag('configurable');
    if (accessor) {
      if (indexOf(k) >= 0 && o instanceof JsArray)
        ev.refuse('GL111', 'Accessors as elements of arrays are not supported.', site().location);
      const kept = old?.accessor === true ? old : undefined;
      o.properties.set(
        name,
        new Slot({
          get: given('get') ? read('get') : kept?.get,
          set: given('set') ? read('set') : kept?.set,
          enumerable,
          configurable,
        }),
      );
      return;
    }
    if (old?.accessor === true && !given('value') && !given('writable')) {
      o.properties.set(name, new Slot({ get: old.get, set: old.set, enumerable, configurable }));
      return;
    }
    const value = given('value') ? read('value') : old?.value;
    const writable = flag('writable');
    if (indexOf(k) >= 0 && (o instanceof JsArray || o instanceof JsTypedArray || o instanceof JsBuffer)) {
      if (!(writable && enumerable && configurable))
        ev.refuse(
          'GL111',
          'Elements of arrays that are read-only or hidden are not supported.',
          site().location,
        );
      putFor(ev, null, k, value, o, site());
    } else if (writable && enumerable && configurable) o.properties.set(name, value);
    else o.properties.set(name, new Slot({ value, writable, enumerable, configurable }));
  };
  method(realm, object, 'defineProperty', (_s, [o, key, descriptor]) => {
    describe(needObject(o), key, descriptor);
    return o;
  });
  method(realm, object, 'defineProperties', (_s, [o, descriptors]) => {
    describeAll(needObject(o), descriptors);
    return o;
  });
  const described = (o: JsObject, key: Value): Value => {
    const k = toKey(ev, key, site());
    if (k instanceof Poison) return k;
    if (!hasOwn(o, k)) return undefined;
    const own = k === 'length' && o instanceof JsArray ? undefined : getOwn(o, k);
    const frozen = o instanceof JsArray && o.frozen;
    const slot =
      own instanceof Slot
        ? own
        : k === 'length' && o instanceof JsArray
          ? new Slot({ value: o.elements.length, writable: !(frozen || o.fixedLength) })
          : new Slot({
              value: own,
              writable: !frozen,
              enumerable: true,
              configurable: !(o instanceof JsArray && o.sealed),
            });
    const result = ev.object();
    const names = slot.accessor
      ? (['get', 'set', 'enumerable', 'configurable'] as const)
      : (['value', 'writable', 'enumerable', 'configurable'] as const);
    for (const name of names) define(ev, result, name, slot[name]);
    return result;
  };
  method(realm, object, 'getOwnPropertyDescriptor', (_s, [o, key]) => described(need(o), key));
  method(realm, object, 'getOwnPropertyDescriptors', (_s, [o]) => {
    const source = need(o);
    const result = ev.object();
    for (const key of [...allNames(source), ...symbolsOf(source)])
      define(ev, result, key, described(source, key));
    return result;
  });
  const owns = (o: Value, key: Value): Value => {
    if (o instanceof Poison) return o;
    const k = toKey(ev, key, site());
    return k instanceof Poison ? k : hasOwn(need(o), k);
  };
  method(realm, object, 'hasOwn', (_s, [o, key]) => owns(o, key));
  const prototype = realm.objectPrototype;
  method(realm, prototype, 'hasOwnProperty', (self, [key]) => owns(self, key));
  method(realm, prototype, 'propertyIsEnumerable', (self, [key]) => {
    const k = toKey(ev, key, site());
    if (self instanceof Poison) return self;
    if (k instanceof Poison || !hasOwn(need(self), k)) return false;
    if (k === 'length' && self instanceof JsArray) return false;
    const own = getOwn(need(self), k);
    return !(own instanceof Slot) || own.enumerable;
  });
  method(realm, prototype, 'isPrototypeOf', (self, [o]) => {
    for (let p = o instanceof JsObject ? protoOf(o) : null; p !== null; p = protoOf(p))
      if (p === self) return true;
    return false;
  });
  for (const half of ['get', 'set'] as const) {
    const name = half === 'get' ? 'Getter' : 'Setter';
    method(realm, prototype, `__define${name}__`, (self, [key, fn]) => {
      if (!(fn instanceof JsFunction))
        return ev.throwError('TypeError', `Object.prototype.__define${name}__: expecting a function`, site());
      const descriptor = ev.object();
      define(ev, descriptor, half, fn);
      for (const flag of ['enumerable', 'configurable']) define(ev, descriptor, flag, true);
      describe(need(self), key, descriptor);
      return undefined;
    });
    method(realm, prototype, `__lookup${name}__`, (self, [key]) => {
      const k = toKey(ev, key, site());
      if (k instanceof Poison) return k;
      for (let o: JsObject | null = need(self); o !== null; o = protoOf(o)) {
        if (!hasOwn(o, k)) continue;
        const own = getOwn(o, k);
        return own instanceof Slot && own.accessor ? own[half] : undefined;
      }
      return undefined;
    });
  }
  method(realm, prototype, 'valueOf', (self) => self);
  method(realm, prototype, 'toString', (self) => {
    if (self instanceof Poison) return self;
    if (self instanceof JsObject) {
      const tag = get(ev, self, Symbol.toStringTag, site());
      if (tag instanceof Poison) return tag;
      return `[object ${typeof tag === 'string' ? tag : self instanceof JsTypedArray ? self.typed : self.tag}]`;
    }
    return self === undefined
      ? '[object Undefined]'
      : self === null
        ? '[object Null]'
        : `[object ${primitiveTag(self)}]`;
  });
  method(realm, prototype, 'toLocaleString', (self) => toText(ev, self, site()));
  prototype.properties.set(
    '__proto__',
    new Slot({
      get: method(realm, new JsObject(null, 0), 'proto', (self) =>
        self instanceof Poison ? self : protoOf(need(self)),
      ),
      set: method(realm, new JsObject(null, 0), 'proto', (self, [p]) => {
        if (self instanceof JsObject && (p instanceof JsObject || p === null) && !setProto(self, p))
          ev.throwError('TypeError', 'The prototype of this object cannot be changed', site());
        return undefined;
      }),
      configurable: true,
    }),
  );

  installReflect(ev, realm, {
    need: needObject,
    keys: (o) => [...allNames(o), ...symbolsOf(o)],
    described,
    describe,
    setProto,
    prototypeOr,
  });
}

function primitiveTag(value: Value): string {
  const type = value instanceof Leaf ? value.type : typeof value;
  return type.replace(/^./, (c) => c.toUpperCase()).replace('Bigint', 'BigInt');
}

/** How many properties an object has, for the budget. */
function sizeOf(o: JsObject): number {
  return o.properties.size + (o instanceof JsArray || o instanceof JsTypedArray ? lengthOfArray(o) : 0);
}

function lengthOfArray(o: JsArray | JsTypedArray): number {
  return o instanceof JsArray ? o.elements.length : lengthOf(o);
}
