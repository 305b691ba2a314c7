import type { Evaluator } from '../evaluator.ts';
import { iterate } from '../iterate.ts';
import { JsMap, JsObject, JsSet } from '../objects.ts';
import { get } from '../properties.ts';
import { Leaf, Poison, type Value } from '../values.ts';
import { here } from './here.ts';
import { constructor, getter, method, type Realm } from './realm.ts';

/** Map, Set, WeakMap and WeakSet. A key that depends on an input is made known at the sample, and guarded. */
export function installCollections(ev: Evaluator, realm: Realm): void {
  const key = (value: Value, owner?: JsObject): Value => {
    if (value instanceof Leaf && owner !== undefined) ev.keyed(owner);
    if (value instanceof Leaf) return ev.domain.key(value, here(ev));
    if (value instanceof Poison)
      return ev.refuse(value.problem.id, value.problem.message, value.problem.location);
    if (value instanceof JsObject && ev.store.isWatched(value))
      return ev.refuse('GL111', 'Which object this key is depends on an input.', here(ev).location);
    return value;
  };
  const map = (self: Value): JsMap =>
    self instanceof JsMap ? self : ev.throwError('TypeError', 'this is not a Map', here(ev));
  const set = (self: Value): JsSet =>
    self instanceof JsSet ? self : ev.throwError('TypeError', 'this is not a Set', here(ev));
  const listed = <C extends JsObject>(collection: C): C => {
    ev.listsKeys(collection, here(ev));
    return collection;
  };
  const list = (values: Value[]): Value => {
    const array = ev.array(values);
    const values_ = get(ev, array, 'values', here(ev));
    return ev.call(values_, array, [], here(ev));
  };

  for (const name of ['Map', 'WeakMap']) {
    const proto = name === 'Map' ? realm.mapPrototype : new JsObject(realm.objectPrototype, 0);
    constructor(realm, name, proto, (_s, [source]) => {
      const made = new JsMap(proto, ev.store.epoch, name);
      if (source !== undefined && source !== null) {
        iterate(
          ev,
          source,
          (e) => {
            if (!(e instanceof JsObject || e instanceof Poison))
              ev.throwError('TypeError', 'Iterator value is not an entry object', here(ev));
            made.entries.set(key(get(ev, e, '0', here(ev)), made), get(ev, e, '1', here(ev)));
          },
          here(ev),
        );
      }
      return made;
    });
    method(realm, proto, 'get', (s, [k]) => map(s).entries.get(key(k)));
    method(realm, proto, 'has', (s, [k]) => map(s).entries.has(key(k)));
    method(realm, proto, 'set', (s, [k, v]) => {
      const at = key(k, map(s));
      const m = map(s);
      ev.charge(1, here(ev));
      ev.own(m);
      m.entries.set(at, v);
      return s;
    });
    method(realm, proto, 'delete', (s, [k]) => {
      const m = map(s);
      ev.own(m);
      return m.entries.delete(key(k));
    });
    if (name !== 'Map') continue;
    method(realm, proto, 'clear', (s) => {
      const m = map(s);
      ev.own(m);
      m.entries.clear();
      return undefined;
    });
    getter(realm, proto, 'size', (s) => map(s).entries.size);
    method(realm, proto, 'keys', (s) => list([...listed(map(s)).entries.keys()]));
    method(realm, proto, 'values', (s) => list([...map(s).entries.values()]));
    const entries = method(realm, proto, 'entries', (s) =>
      list([...listed(map(s)).entries].map(([k, v]) => ev.array([k, v]))),
    );
    proto.properties.set(Symbol.iterator, entries);
    realm.iterators.set('Map', entries);
    method(realm, proto, 'forEach', (s, [fn, self]) => {
      for (const [k, v] of listed(map(s)).entries) ev.call(fn, self, [v, k, s], here(ev));
      return undefined;
    });
  }
  for (const name of ['Set', 'WeakSet']) {
    const proto = name === 'Set' ? realm.setPrototype : new JsObject(realm.objectPrototype, 0);
    constructor(realm, name, proto, (_s, [source]) => {
      const made = new JsSet(proto, ev.store.epoch, name);
      if (source !== undefined && source !== null)
        iterate(ev, source, (v) => void made.items.add(key(v, made)), here(ev));
      return made;
    });
    method(realm, proto, 'has', (s, [v]) => set(s).items.has(key(v)));
    method(realm, proto, 'add', (s, [v]) => {
      const at = key(v, set(s));
      const target = set(s);
      ev.charge(1, here(ev));
      ev.own(target);
      target.items.add(at);
      return s;
    });
    method(realm, proto, 'delete', (s, [v]) => {
      const target = set(s);
      ev.own(target);
      return target.items.delete(key(v));
    });
    if (name !== 'Set') continue;
    method(realm, proto, 'clear', (s) => {
      const target = set(s);
      ev.own(target);
      target.items.clear();
      return undefined;
    });
    getter(realm, proto, 'size', (s) => set(s).items.size);
    const values = method(realm, proto, 'values', (s) => list([...listed(set(s)).items]));
    proto.properties.set('keys', values);
    method(realm, proto, 'entries', (s) => list([...listed(set(s)).items].map((v) => ev.array([v, v]))));
    proto.properties.set(Symbol.iterator, values);
    realm.iterators.set('Set', values);
    method(realm, proto, 'forEach', (s, [fn, self]) => {
      for (const v of listed(set(s)).items) ev.call(fn, self, [v, v, s], here(ev));
      return undefined;
    });
  }
}
