/** structuredClone, and what of the host's text functions is the same everywhere. */

import { construct } from '../construct.ts';
import type { Evaluator } from '../evaluator.ts';
import {
  BOXED,
  JsArray,
  JsBuffer,
  JsFunction,
  JsMap,
  JsObject,
  JsRegExp,
  JsSet,
  JsTypedArray,
  Slot,
} from '../objects.ts';
import { define, get, ownKeys } from '../properties.ts';
import { HOLE, Leaf, Poison, Thrown, type Value } from '../values.ts';
import { timeValue } from './dates.ts';
import { here } from './here.ts';
import { boxed } from './numbers.ts';
import { global, method, type Realm } from './realm.ts';
import { known, losing } from './texts.ts';

export function installClones(ev: Evaluator, realm: Realm): void {
  const site = () => here(ev);
  const refused = (what: string): never => {
    const error = make('Error', [`${what} could not be cloned.`]);
    error.properties.set('name', 'DataCloneError');
    throw new Thrown(error, site());
  };
  const make = (name: string, args: Value[]): JsObject =>
    construct(ev, realm.globals.get(name)!.value, args, site()) as JsObject;

  const clone = (value: Value, seen: Map<JsObject, Value>): Value => {
    if (typeof value === 'symbol') return refused('A symbol');
    if (!(value instanceof JsObject)) return value;
    const before = seen.get(value);
    if (before !== undefined) return before;
    ev.charge(1, site());
    const empty = emptied(value);
    seen.set(value, empty);
    const inside = (v: Value) => clone(v, seen);
    if (value instanceof JsMap && empty instanceof JsMap)
      for (const [k, v] of value.entries) empty.entries.set(inside(k), inside(v));
    else if (value instanceof JsSet && empty instanceof JsSet)
      for (const v of value.items) empty.items.add(inside(v));
    else if (value instanceof JsArray && empty instanceof JsArray)
      for (const e of value.elements) empty.elements.push(e === HOLE ? HOLE : inside(e));
    if (value.tag === 'Error') {
      for (const name of ['stack', 'message', 'cause'])
        if (value.properties.has(name))
          empty.properties.set(
            name,
            new Slot({ value: inside(get(ev, value, name, site())), writable: true, configurable: true }),
          );
    } else if (value instanceof JsArray || !(empty instanceof JsTypedArray)) {
      const special = value instanceof JsMap || value instanceof JsSet || value instanceof JsRegExp;
      if (!special && timeValue(value) === undefined && !value.properties.has(BOXED))
        for (const key of ownKeys(value, true))
          if (!(value instanceof JsArray && /^\d+$/.test(key)))
            define(ev, empty, key, inside(get(ev, value, key, site())));
    }
    return empty;
  };
  /** Of the same kind, with nothing in it yet. */
  const emptied = (value: JsObject): JsObject => {
    const { epoch } = ev.store;
    if (value instanceof JsFunction) return refused('A function');
    if (value instanceof JsBuffer)
      return ev.refuse('GL111', 'A clone of an array of unknown length: use slice().', site().location);
    if (value instanceof JsArray) return ev.array([]);
    if (value instanceof JsTypedArray) {
      const { elements, typed } = value;
      ev.charge(elements.length, site());
      return new JsTypedArray(realm.typedPrototypes.get(typed)!, epoch, typed, elements.slice());
    }
    if (value instanceof JsMap || value instanceof JsSet) {
      if (value.tag.startsWith('Weak')) return refused(`A ${value.tag}`);
      ev.listsKeys(value, site());
      return make(value.tag, []);
    }
    if (value instanceof JsRegExp) return make('RegExp', [value]);
    const time = timeValue(value);
    if (time !== undefined) return make('Date', [time]);
    const primitive = value.properties.get(BOXED);
    if (primitive instanceof Slot) return boxed(ev, primitive.value);
    if (value.tag === 'Error') {
      const name = get(ev, value, 'name', site());
      const known = Object.entries(realm.errorPrototypes).find(([type]) => type === name)?.[1];
      return new JsObject(known ?? realm.errorPrototypes.Error, epoch, 'Error');
    }
    if (value.constructor !== JsObject || value.outside !== undefined)
      return ev.refuse('GL111', 'structuredClone of this object is not supported.', site().location);
    return ev.object();
  };
  const detached = () => new JsObject(null, 0);
  global(
    realm,
    'structuredClone',
    method(realm, detached(), 'structuredClone', (_s, [value, options]) => {
      if (value instanceof Poison || value instanceof Leaf) return value;
      if (options !== undefined)
        return ev.refuse('GL111', 'structuredClone with options is not supported.', site().location);
      return clone(value, new Map());
    }),
  );
  const converters: { readonly [name: string]: ((text: string) => string) | undefined } = {
    escape: (globalThis as { escape?: (text: string) => string }).escape,
    unescape: (globalThis as { unescape?: (text: string) => string }).unescape,
  };
  for (const [name, host] of Object.entries(converters)) {
    if (host === undefined) continue;
    global(
      realm,
      name,
      method(
        realm,
        detached(),
        name,
        losing((_s, [text]) => {
          const plain = known(ev, text);
          ev.charge(6 * plain.length, site());
          return host(plain);
        }),
      ),
    );
  }
}
