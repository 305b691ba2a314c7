/** Symbol (ECMA-262 §20.4). */
import type { Evaluator } from '../evaluator.ts';
import { BOXED, JsObject, Slot } from '../objects.ts';
import { toText } from '../operators.ts';
import { bare, Poison, type Value } from '../values.ts';
import { here } from './here.ts';
import { constant, constructor, getter, method, type Realm } from './realm.ts';

const WELL_KNOWN = [
  'asyncIterator',
  'hasInstance',
  'isConcatSpreadable',
  'iterator',
  'match',
  'matchAll',
  'replace',
  'search',
  'species',
  'split',
  'toPrimitive',
  'toStringTag',
  'unscopables',
] as const;

export function installSymbols(ev: Evaluator, realm: Realm): void {
  const site = () => here(ev);
  const prototype = realm.symbolPrototype;
  const symbol = constructor(realm, 'Symbol', prototype, (_s, [text], newTarget) => {
    if (newTarget !== undefined) return ev.throwError('TypeError', 'Symbol is not a constructor', site());
    if (text === undefined) return Symbol();
    const description = toText(ev, text, site());
    return description instanceof Poison ? bare(description) : Symbol(description);
  });
  for (const name of WELL_KNOWN) constant(symbol, name, Symbol[name]);
  const symbolOf = (self: Value): symbol | Poison => {
    if (typeof self === 'symbol' || self instanceof Poison) return self;
    const boxed = self instanceof JsObject ? self.properties.get(BOXED) : undefined;
    return boxed instanceof Slot && typeof boxed.value === 'symbol'
      ? boxed.value
      : ev.throwError('TypeError', 'this is not a symbol', site());
  };
  method(realm, prototype, 'toString', (self) => {
    const own = symbolOf(self);
    return own instanceof Poison ? own : own.toString();
  });
  method(realm, prototype, 'valueOf', symbolOf);
  method(realm, prototype, Symbol.toPrimitive, symbolOf);
  prototype.properties.set(Symbol.toStringTag, new Slot({ value: 'Symbol', configurable: true }));
  getter(realm, prototype, 'description', (self) => {
    const own = symbolOf(self);
    return own instanceof Poison ? own : own.description;
  });
  method(realm, symbol, 'for', (_s, [key]) => {
    const name = toText(ev, key, site());
    return name instanceof Poison ? bare(name) : Symbol.for(name);
  });
  method(realm, symbol, 'keyFor', (_s, [value]) =>
    typeof value === 'symbol'
      ? Symbol.keyFor(value)
      : value instanceof Poison
        ? value
        : ev.throwError('TypeError', 'this is not a symbol', site()),
  );
}
