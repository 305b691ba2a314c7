import type { Evaluator } from '../evaluator.ts';
import { iterate } from '../iterate.ts';
import { isCallable, JsArray, type JsFunction, JsObject, JsTypedArray, Slot } from '../objects.ts';
import { strictEquals, toKey, toText, truth } from '../operators.ts';
import { define, get, getOwn, hasOwn, ownKeys, propertyKey } from '../properties.ts';
import { Leaf, Poison, type Site, type Value } from '../values.ts';
import { here } from './here.ts';
import { constructor, method, type Realm } from './realm.ts';

export function installObjects(ev: Evaluator, realm: Realm): void {
  const site = () => here(ev);
  const object = constructor(realm, 'Object', realm.objectPrototype, (_self, args) =>
    args[0] instanceof JsObject || args[0] instanceof Poison ? args[0] : ev.object(),
  );
  const need = (value: Value): JsObject => {
    if (value instanceof Poison)
      return ev.refuse(value.problem.id, value.problem.message, value.problem.location);
    if (value instanceof JsObject) return value;
    if (value === null || value === undefined)
      return ev.throwError('TypeError', 'Cannot convert undefined or null to object', site());
    if (typeof value === 'string') return ev.array([...value]);
    return ev.object();
  };
  method(realm, object, 'keys', (_s, [o]) => ev.array(ownKeys(need(o), true)));
  method(realm, object, 'getOwnPropertyNames', (_s, [o]) => ev.array(ownKeys(need(o), false)));
  method(realm, object, 'getOwnPropertySymbols', (_s, [o]) =>
    ev.array([...need(o).properties.keys()].filter((k) => typeof k === 'symbol')),
  );
  method(realm, object, 'values', (_s, [o]) => {
    const source = need(o);
    return ev.array(ownKeys(source, true).map((key) => get(ev, source, key, site())));
  });
  method(realm, object, 'entries', (_s, [o]) => {
    const source = need(o);
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
      if (source instanceof Poison) return source;
      if (!(source instanceof JsObject)) continue;
      for (const key of ownKeys(source, true)) define(ev, to, key, get(ev, source, key, site()));
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
      o.frozen = deep === 'frozen';
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
  method(realm, object, 'isExtensible', (_s, [o]) => o instanceof JsObject && o.extensible);
  method(realm, object, 'create', (_s, [proto, properties]) => {
    const made = ev.object(proto instanceof JsObject ? proto : null);
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
  method(realm, object, 'is', (_s, [a, b]) =>
    a instanceof Leaf || b instanceof Leaf
      ? strictEquals(ev, a, b, site())
      : a instanceof Poison
        ? a
        : b instanceof Poison
          ? b
          : Object.is(a, b),
  );
  const describe = (o: JsObject, key: Value, descriptor: Value): void => {
    const k = toKey(ev, key, site());
    if (k instanceof Poison) ev.refuse(k.problem.id, k.problem.message, k.problem.location);
    const read = (name: string) =>
      descriptor instanceof JsObject && hasOwnOrInherited(descriptor, name)
        ? get(ev, descriptor, name, site())
        : undefined;
    const flag = (name: string) => truth(ev, read(name), site()) === true;
    const name = propertyKey(k);
    const old = o.properties.get(name);
    if (old instanceof Slot && !old.configurable && !old.writable)
      ev.throwError('TypeError', `Cannot redefine property: ${String(name)}`, site());
    ev.own(o);
    const getter = read('get');
    const setter = read('set');
    if (getter !== undefined || setter !== undefined) {
      o.properties.set(
        name,
        new Slot({
          get: getter,
          set: setter,
          enumerable: flag('enumerable'),
          configurable: flag('configurable'),
        }),
      );
      return;
    }
    const value = read('value');
    const all = flag('writable') && flag('enumerable') && flag('configurable');
    if (all || (typeof k === 'number' && o instanceof JsArray)) define(ev, o, k, value);
    else {
      const kept =
        old instanceof Slot && value === undefined
          ? old.value
          : old !== undefined && !(old instanceof Slot) && value === undefined
            ? old
            : value;
      o.properties.set(
        name,
        new Slot({
          value: kept,
          writable: flag('writable'),
          enumerable: flag('enumerable'),
          configurable: flag('configurable'),
        }),
      );
    }
  };
  method(realm, object, 'defineProperty', (_s, [o, key, descriptor]) => {
    describe(need(o), key, descriptor);
    return o;
  });
  method(realm, object, 'defineProperties', (_s, [o, descriptors]) => {
    const to = need(o);
    if (descriptors instanceof JsObject)
      for (const key of ownKeys(descriptors, true)) describe(to, key, get(ev, descriptors, key, site()));
    return o;
  });
  method(realm, object, 'getOwnPropertyDescriptor', (_s, [o, key]) => {
    const k = toKey(ev, key, site());
    if (!(o instanceof JsObject) || k instanceof Poison || !hasOwn(o, k)) return undefined;
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
        : `[object ${typeof self === 'string' ? 'String' : 'Number'}]`;
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
      if (list instanceof JsArray || list instanceof JsTypedArray) args.push(...list.elements);
      else iterate(ev, list, (v) => void args.push(v), site());
    }
    return ev.call(callable(self, site()), receiver, args, site());
  });
  method(realm, realm.functionPrototype, 'bind', (self, [receiver, ...first]) => {
    const target = callable(self, site());
    return ev.native('bound', (_s, rest) => ev.call(target, receiver, [...first, ...rest], site()));
  });
  method(realm, realm.functionPrototype, 'toString', () => 'function () { [code] }');
}

function hasOwnOrInherited(o: JsObject, key: string): boolean {
  for (let p: JsObject | null = o; p !== null; p = p.proto) if (hasOwn(p, key)) return true;
  return false;
}
