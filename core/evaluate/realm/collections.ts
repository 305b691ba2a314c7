/** Map, Set, WeakMap and WeakSet. A key that depends on an input is made known at the sample, and guarded. */
import { ActiveText, keyOfText } from '../activeText.ts';
import { prototypeFor } from '../construct.ts';
import type { Evaluator } from '../evaluator.ts';
import { iterate } from '../iterate.ts';
import { JsIterator, type Pick } from '../iterators.ts';
import { isCallable, JsMap, JsObject, JsSet, Slot } from '../objects.ts';
import { get } from '../properties.ts';
import { Leaf, Poison, type Value } from '../values.ts';
import { here } from './here.ts';
import { constructor, getter, method, type Realm } from './realm.ts';

type Name = 'Map' | 'WeakMap' | 'Set' | 'WeakSet';

export function installCollections(ev: Evaluator, realm: Realm): void {
  const site = () => here(ev);
  const key = (value: Value, owner?: JsObject): Value => {
    if (value instanceof Leaf && owner !== undefined) ev.keyed(owner);
    if (value instanceof Leaf) return ev.domain.key(value, site());
    if (value instanceof ActiveText) {
      if (owner !== undefined) ev.keyed(owner);
      return key(keyOfText(ev, value, site()));
    }
    if (value instanceof Poison)
      return ev.refuse(value.problem.id, value.problem.message, value.problem.location);
    if (value instanceof JsObject && ev.store.isWatched(value))
      return ev.refuse('GL111', 'Which object this key is depends on an input.', site().location);
    return value;
  };
  const wrong = (self: Value, name: Name): never =>
    self instanceof Poison
      ? ev.refuse(self.problem.id, self.problem.message, self.problem.location)
      : ev.throwError('TypeError', `this is not a ${name}`, site());
  const map = (self: Value, name: Name): JsMap =>
    self instanceof JsMap && self.tag === name ? self : wrong(self, name);
  const set = (self: Value, name: Name): JsSet =>
    self instanceof JsSet && self.tag === name ? self : wrong(self, name);
  const weakly = (name: Name, value: Value): void => {
    if (name.startsWith('Weak') && !(value instanceof JsObject) && typeof value !== 'symbol')
      ev.throwError('TypeError', `Invalid value used in a ${name}`, site());
  };
  /** The constructor: what it is given goes through `set` or `add`, which a subclass may have replaced. */
  const filled = (
    made: JsMap | JsSet,
    adds: 'set' | 'add',
    source: Value,
    put: (entry: Value) => readonly Value[],
  ): Value => {
    if (source === undefined || source === null) return made;
    const add = get(ev, made, adds, site());
    if (!isCallable(add)) return ev.throwError('TypeError', `'${adds}' is not a function`, site());
    iterate(ev, source, (entry) => void ev.call(add, made, [...put(entry)], site()), site());
    return made;
  };
  const install = (name: Name, prototype: JsObject, make: (newTarget: JsObject, source: Value) => Value) => {
    const fn = constructor(realm, name, prototype, (_s, [source], newTarget) =>
      newTarget === undefined
        ? ev.throwError('TypeError', `Constructor ${name} requires 'new'`, site())
        : make(newTarget, source),
    );
    prototype.properties.set(Symbol.toStringTag, new Slot({ value: name, configurable: true }));
    if (!name.startsWith('Weak')) getter(realm, fn, Symbol.species, (self) => self);
  };

  for (const name of ['Map', 'WeakMap'] as const) {
    const proto = name === 'Map' ? realm.mapPrototype : new JsObject(realm.objectPrototype, 0);
    install(name, proto, (newTarget, source) =>
      filled(
        new JsMap(prototypeFor(ev, newTarget, proto, site()), ev.store.epoch, name),
        'set',
        source,
        (entry) => {
          if (!(entry instanceof JsObject || entry instanceof Poison))
            ev.throwError('TypeError', 'Iterator value is not an entry object', site());
          return [get(ev, entry, '0', site()), get(ev, entry, '1', site())];
        },
      ),
    );
    method(realm, proto, 'get', (s, [k]) => map(s, name).entries.get(key(k)));
    method(realm, proto, 'has', (s, [k]) => map(s, name).entries.has(key(k)));
    method(realm, proto, 'set', (s, [k, v]) => {
      const m = map(s, name);
      weakly(name, k);
      const at = key(k, m);
      ev.charge(1, site());
      ev.own(m);
      m.entries.set(at, v);
      return s;
    });
    method(realm, proto, 'delete', (s, [k]) => {
      const m = map(s, name);
      ev.own(m);
      return m.entries.delete(key(k));
    });
    if (name !== 'Map') continue;
    method(realm, proto, 'clear', (s) => {
      const m = map(s, name);
      ev.own(m);
      m.entries.clear();
      return undefined;
    });
    getter(realm, proto, 'size', (s) => map(s, name).entries.size);
    const list = (pick: Pick) =>
      method(realm, proto, pick, (s) => new JsIterator(ev, 'Map', map(s, name), pick));
    list('keys');
    list('values');
    const entries = list('entries');
    proto.properties.set(Symbol.iterator, new Slot({ value: entries, writable: true, configurable: true }));
    realm.iterators.set('Map', entries);
    method(realm, proto, 'forEach', (s, [fn, self]) => {
      const m = map(s, name);
      ev.listsKeys(m, site());
      if (!isCallable(fn)) return ev.throwError('TypeError', 'forEach needs a function', site());
      for (const [k, v] of m.entries) ev.call(fn, self, [v, k, s], site());
      return undefined;
    });
  }
  for (const name of ['Set', 'WeakSet'] as const) {
    const proto = name === 'Set' ? realm.setPrototype : new JsObject(realm.objectPrototype, 0);
    install(name, proto, (newTarget, source) =>
      filled(
        new JsSet(prototypeFor(ev, newTarget, proto, site()), ev.store.epoch, name),
        'add',
        source,
        (value) => [value],
      ),
    );
    method(realm, proto, 'has', (s, [v]) => set(s, name).items.has(key(v)));
    method(realm, proto, 'add', (s, [v]) => {
      const target = set(s, name);
      weakly(name, v);
      const at = key(v, target);
      ev.charge(1, site());
      ev.own(target);
      target.items.add(at);
      return s;
    });
    method(realm, proto, 'delete', (s, [v]) => {
      const target = set(s, name);
      ev.own(target);
      return target.items.delete(key(v));
    });
    if (name !== 'Set') continue;
    method(realm, proto, 'clear', (s) => {
      const target = set(s, name);
      ev.own(target);
      target.items.clear();
      return undefined;
    });
    getter(realm, proto, 'size', (s) => set(s, name).items.size);
    const values = method(realm, proto, 'values', (s) => new JsIterator(ev, 'Set', set(s, name), 'values'));
    for (const alias of ['keys', Symbol.iterator] as const)
      proto.properties.set(alias, new Slot({ value: values, writable: true, configurable: true }));
    method(realm, proto, 'entries', (s) => new JsIterator(ev, 'Set', set(s, name), 'entries'));
    realm.iterators.set('Set', values);
    method(realm, proto, 'forEach', (s, [fn, self]) => {
      const target = set(s, name);
      ev.listsKeys(target, site());
      if (!isCallable(fn)) return ev.throwError('TypeError', 'forEach needs a function', site());
      for (const v of target.items) ev.call(fn, self, [v, v, s], site());
      return undefined;
    });
  }
}
