/** Function and its prototype (ECMA-262 §20.2). */
import { construct } from '../construct.ts';
import type { Evaluator } from '../evaluator.ts';
import { Closure } from '../functions.ts';
import {
  BOUND,
  BOUND_WITH,
  isCallable,
  type JsFunction,
  JsObject,
  NativeFunction,
  Slot,
} from '../objects.ts';
import { isInstance } from '../operators.ts';
import { get } from '../properties.ts';
import { HOLE, Poison, type Site, type Value } from '../values.ts';
import { elementsOf } from './arrays.ts';
import { here } from './here.ts';
import { constructor, method, type Realm, signed } from './realm.ts';

export function installFunctions(ev: Evaluator, realm: Realm): void {
  const site = () => here(ev);
  signed(realm.functionPrototype, '', 0);
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
      if (!(list instanceof JsObject || list instanceof Poison))
        return ev.throwError('TypeError', 'CreateListFromArrayLike called on non-object', site());
      for (const e of elementsOf(ev, list)) args.push(e === HOLE ? undefined : e);
    }
    return ev.call(callable(self, site()), receiver, args, site());
  });
  method(realm, realm.functionPrototype, 'bind', (self, [receiver, ...first]) => {
    const target = callable(self, site());
    const bound: NativeFunction = ev.native(
      'bound',
      (_s, rest, newTarget) =>
        newTarget === undefined
          ? ev.call(target, receiver, [...first, ...rest], site())
          : construct(ev, target, [...first, ...rest], site(), newTarget === bound ? undefined : newTarget),
      target.constructs,
    );
    const name = get(ev, target, 'name', site());
    const length = get(ev, target, 'length', site());
    const called = `bound ${typeof name === 'string' ? name : ''}`;
    const left = typeof length === 'number' ? Math.max(0, length - first.length) : 0;
    bound.properties.set('name', new Slot({ value: called, configurable: true }));
    bound.properties.set('length', new Slot({ value: left, configurable: true }));
    bound.properties.set(BOUND, new Slot({ value: target }));
    bound.properties.set(BOUND_WITH, new Slot({ value: ev.array([receiver, ...first]) }));
    return bound;
  });
  method(realm, realm.functionPrototype, 'toString', (self) => {
    const fn = callable(self, site());
    if (fn instanceof NativeFunction) return `function ${fn.label}() { [native code] }`;
    if (fn instanceof Closure && fn.text !== undefined) {
      ev.charge(fn.text.length, site());
      return fn.text;
    }
    return ev.poison('GL111', 'The text of a function is not known here.', site().location);
  });
  const instances = method(realm, realm.functionPrototype, Symbol.hasInstance, (self, [value]) =>
    isInstance(ev, value, self, site()),
  );
  realm.functionPrototype.properties.set(Symbol.hasInstance, new Slot({ value: instances }));
}
