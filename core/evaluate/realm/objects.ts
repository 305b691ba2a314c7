import { construct } from '../construct.ts';
import type { Evaluator } from '../evaluator.ts';
import { iterate } from '../iterate.ts';
import {
  isCallable,
  JsArray,
  JsBuffer,
  type JsFunction,
  JsObject,
  JsTypedArray,
  privateName,
  Slot,
} from '../objects.ts';
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
} from '../properties.ts';
import { HOLE, Leaf, Poison, type Site, type Value } from '../values.ts';
import { here } from './here.ts';
import { boxed } from './numbers.ts';
import { constructor, method, type Realm } from './realm.ts';

export function installObjects(ev: Evaluator, realm: Realm): void {
  const site = () => here(ev);
  const object = constructor(realm, 'Object', realm.objectPrototype, (_self, args) =>
    args[0] instanceof JsObject || args[0] instanceof Poison
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
    if (typeof value === 'string') return ev.array(value.split(''));
    return ev.object();
  };
  const needObject = (value: Value): JsObject =>
    value instanceof JsObject || value instanceof Poison
      ? need(value)
      : ev.throwError('TypeError', 'this built-in is called on something that is not an object', site());
  method(realm, object, 'keys', (_s, [o]) => {
    const source = need(o);
    ev.listsKeys(source, site());
    return ev.array(ownKeys(source, true));
  });
  method(realm, object, 'getOwnPropertyNames', (_s, [o]) => {
    const source = need(o);
    const keys = ownKeys(source, false);
    if (source instanceof JsArray) keys.splice(source.elements.filter((e) => e !== HOLE).length, 0, 'length');
    return ev.array(keys);
  });
  method(realm, object, 'getOwnPropertySymbols', (_s, [o]) =>
    ev.array(
      [...need(o).properties.keys()].filter((k) => typeof k === 'symbol' && privateName(k) === undefined),
    ),
  );
  method(realm, object, 'values', (_s, [o]) => {
    const source = need(o);
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
      for (const key of ownEnumerable(from)) put(ev, to, key, get(ev, from, key, site()), site());
    }
    return to;
  });
  const level =
    (deep: 'frozen' | 'sealed' | 'closed') =>
    (_s: Value, [o]: Value[]) => {
      if (!(o instanceof JsObject)) return o;
      ev.own(o);
      o.extensible = false;
      if (deep === 'closed') return o;
      o.frozen ||= deep === 'frozen';
      o.sealed = true;
      for (const [key, value] of o.properties) {
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
      return o;
    };
  method(realm, object, 'freeze', level('frozen'));
  method(realm, object, 'seal', level('sealed'));
  method(realm, object, 'preventExtensions', level('closed'));
  method(realm, object, 'isFrozen', (_s, [o]) => !(o instanceof JsObject) || o.frozen);
  method(
    realm,
    object,
    'isSealed',
    (_s, [o]) =>
      !(o instanceof JsObject) || (!o.extensible && (o.frozen || o.sealed || ownKeys(o, false).length === 0)),
  );
  method(realm, object, 'isExtensible', (_s, [o]) => o instanceof JsObject && o.extensible);
  method(realm, object, 'create', (_s, [proto, properties]) => {
    if (!(proto instanceof JsObject) && proto !== null)
      return ev.throwError('TypeError', 'Object prototype may only be an Object or null', site());
    const made = ev.object(proto);
    if (properties instanceof JsObject)
      for (const key of ownKeys(properties, true)) describe(made, key, get(ev, properties, key, site()));
    return made;
  });
  method(realm, object, 'getPrototypeOf', (_s, [o]) =>
    o instanceof JsObject
      ? o.proto
      : typeof o === 'number' || o instanceof Leaf
        ? realm.numberPrototype
        : realm.objectPrototype,
  );
  method(realm, object, 'setPrototypeOf', (_s, [o, proto]) => {
    if (o instanceof JsObject) {
      ev.own(o);
      o.proto = proto instanceof JsObject ? proto : null;
    }
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
  const describe = (o: JsObject, key: Value, descriptor: Value): void => {
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
    const flag = (which: 'writable' | 'enumerable' | 'configurable'): boolean =>
      given(which) ? truth(ev, read(which), site()) === true : (old?.[which] ?? false);
    const accessor = given('get') || given('set');
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
              (stays('writable') && (!given('value') || Object.is(read('value'), old.value)))));
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
      put(ev, o, k, value, site());
    } else if (writable && enumerable && configurable) o.properties.set(name, value);
    else o.properties.set(name, new Slot({ value, writable, enumerable, configurable }));
  };
  method(realm, object, 'defineProperty', (_s, [o, key, descriptor]) => {
    describe(needObject(o), key, descriptor);
    return o;
  });
  method(realm, object, 'defineProperties', (_s, [o, descriptors]) => {
    const to = needObject(o);
    if (descriptors instanceof JsObject)
      for (const key of ownKeys(descriptors, true)) describe(to, key, get(ev, descriptors, key, site()));
    return o;
  });
  const descriptor = (o: JsObject, k: string | symbol | number): Value => {
    if (!hasOwn(o, k)) return undefined;
    const own = getOwn(o, k);
    const slot =
      own instanceof Slot
        ? own
        : new Slot({ value: own, writable: true, enumerable: true, configurable: true });
    const result = ev.object();
    const names = slot.accessor
      ? (['get', 'set', 'enumerable', 'configurable'] as const)
      : (['value', 'writable', 'enumerable', 'configurable'] as const);
    for (const name of names) define(ev, result, name, slot[name]);
    return result;
  };
  method(realm, object, 'getOwnPropertyDescriptor', (_s, [o, key]) => {
    const k = toKey(ev, key, site());
    return !(o instanceof JsObject) || k instanceof Poison ? undefined : descriptor(o, k);
  });
  method(realm, object, 'getOwnPropertyDescriptors', (_s, [o]) => {
    const result = ev.object();
    if (o instanceof Poison) return o;
    if (!(o instanceof JsObject)) return result;
    ev.listsKeys(o, site());
    const symbols = [...o.properties.keys()].filter(
      (k) => typeof k === 'symbol' && privateName(k) === undefined,
    );
    for (const k of [...ownKeys(o, false), ...symbols]) define(ev, result, k, descriptor(o, k));
    return result;
  });
  const owns = (o: Value, key: Value): Value => {
    if (o instanceof Poison) return o;
    const k = toKey(ev, key, site());
    return k instanceof Poison
      ? k
      : o instanceof JsObject
        ? hasOwn(o, k)
        : typeof o === 'string' && (k === 'length' || Number(k as never) < o.length);
  };
  method(realm, object, 'hasOwn', (_s, [o, key]) => owns(o, key));
  const prototype = realm.objectPrototype;
  method(realm, prototype, 'hasOwnProperty', (self, [key]) => owns(self, key));
  method(realm, prototype, 'propertyIsEnumerable', (self, [key]) => {
    const k = toKey(ev, key, site());
    if (!(self instanceof JsObject) || k instanceof Poison || !hasOwn(self, k)) return false;
    const own = getOwn(self, k);
    return !(own instanceof Slot) || own.enumerable;
  });
  method(realm, prototype, 'isPrototypeOf', (self, [o]) => {
    for (let p = o instanceof JsObject ? o.proto : null; p !== null; p = p.proto) if (p === self) return true;
    return false;
  });
  method(realm, prototype, 'valueOf', (self) => self);
  method(realm, prototype, 'toString', (self) => {
    if (self instanceof JsObject) {
      const tag = get(ev, self, Symbol.toStringTag, site());
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
        self instanceof JsObject ? self.proto : undefined,
      ),
      set: method(realm, new JsObject(null, 0), 'proto', (self, [p]) => {
        if (self instanceof JsObject && (p instanceof JsObject || p === null)) {
          ev.own(self);
          self.proto = p;
        }
        return undefined;
      }),
      configurable: true,
    }),
  );

  // Function
  constructor(realm, 'Function', realm.functionPrototype, () =>
    ev.refuse('GL114', 'Code made from text cannot be followed.', site().location),
  );
  const callable = (self: Value, at: Site): JsFunction => {
    if (isCallable(self)) return self;
    return ev.throwError('TypeError', 'not a function', at);
  };
  method(realm, realm.functionPrototype, 'call', (self, [receiver, ...args]) =>
    ev.call(callable(self, site()), receiver, args, site()),
  );
  method(realm, realm.functionPrototype, 'apply', (self, [receiver, list]) => {
    const args: Value[] = [];
    if (list !== null && list !== undefined) {
      if (list instanceof JsArray || list instanceof JsTypedArray)
        for (const e of list.elements) args.push(e === HOLE ? undefined : e);
      else iterate(ev, list, (v) => void args.push(v), site());
    }
    return ev.call(callable(self, site()), receiver, args, site());
  });
  method(realm, realm.functionPrototype, 'bind', (self, [receiver, ...first]) => {
    const target = callable(self, site());
    const bound = ev.native(
      'bound',
      (_s, rest, newTarget) =>
        newTarget === undefined
          ? ev.call(target, receiver, [...first, ...rest], site())
          : construct(ev, target, [...first, ...rest], site()),
      target.constructs,
    );
    const name = get(ev, target, 'name', site());
    const length = get(ev, target, 'length', site());
    const called = `bound ${typeof name === 'string' ? name : ''}`;
    const left = typeof length === 'number' ? Math.max(0, length - first.length) : 0;
    bound.properties.set('name', new Slot({ value: called, configurable: true }));
    bound.properties.set('length', new Slot({ value: left, configurable: true }));
    return bound;
  });
  method(realm, realm.functionPrototype, 'toString', () => 'function () { [code] }');
}

function primitiveTag(value: Value): string {
  const type = value instanceof Leaf ? value.type : typeof value;
  return type.replace(/^./, (c) => c.toUpperCase()).replace('Bigint', 'BigInt');
}
