/** Reflect (ECMA-262 §28.1): the operations of objects, which tell whether they could be done. */
import { construct } from '../construct.ts';
import type { Evaluator } from '../evaluator.ts';
import { isCallable, JsFunction, JsObject, type Key, Slot } from '../objects.ts';
import { toKey } from '../operators.ts';
import { deleteProperty, getFrom, hasProperty, put, putFor } from '../properties.ts';
import { beneath, protoOf } from '../proxies.ts';
import { Poison, Thrown, type Value } from '../values.ts';
import { elementsOf } from './arrays.ts';
import { here } from './here.ts';
import { global, method, type Realm } from './realm.ts';

/** What Object does, too. */
export interface ObjectOperations {
  readonly need: (value: Value) => JsObject;
  readonly keys: (o: JsObject) => (string | symbol)[];
  readonly described: (o: JsObject, key: Value) => Value;
  readonly describe: (o: JsObject, key: Value, descriptor: Value) => void;
  readonly setProto: (o: JsObject, proto: JsObject | null) => boolean;
  readonly prototypeOr: (proto: Value) => JsObject | null;
}

export function installReflect(ev: Evaluator, realm: Realm, objects: ObjectOperations): void {
  const site = () => here(ev);
  const reflect = new JsObject(realm.objectPrototype, 0);
  reflect.properties.set(Symbol.toStringTag, new Slot({ value: 'Reflect', configurable: true }));
  global(realm, 'Reflect', reflect);
  const { need } = objects;
  const key = (value: Value): Key | number => {
    const k = toKey(ev, value, site());
    return k instanceof Poison ? ev.refuse(k.problem.id, k.problem.message, k.problem.location) : k;
  };
  const list = (args: Value): Value[] =>
    args instanceof JsObject || args instanceof Poison
      ? [...elementsOf(ev, args)]
      : ev.throwError('TypeError', 'CreateListFromArrayLike called on non-object', site());
  const constructs = (fn: Value): JsFunction =>
    fn instanceof JsFunction && fn.constructs
      ? fn
      : ev.throwError('TypeError', 'what is constructed here is not a constructor', site());
  method(realm, reflect, 'apply', (_s, [fn, self, args]) => {
    if (!isCallable(fn) && !(fn instanceof Poison))
      return ev.throwError('TypeError', 'what is called here is not a function', site());
    return ev.call(fn, self, list(args), site());
  });
  method(realm, reflect, 'construct', (_s, args) => {
    const [fn, given] = args;
    if (fn instanceof Poison) return construct(ev, fn, list(given), site());
    const target = args.length > 2 ? constructs(args[2]) : undefined;
    return construct(ev, constructs(fn), list(given), site(), target);
  });
  method(realm, reflect, 'ownKeys', (_s, [o]) => {
    const source = need(o);
    ev.listsKeys(source, site());
    return ev.array(objects.keys(source));
  });
  method(realm, reflect, 'has', (_s, [o, k]) => hasProperty(ev, need(o), key(k)));
  method(realm, reflect, 'get', (_s, args) =>
    getFrom(ev, need(args[0]), key(args[1]), args.length > 2 ? args[2] : args[0], site()),
  );
  method(realm, reflect, 'set', (_s, args) => {
    const [o, k, value] = args;
    const target = need(o);
    if (args.length > 3 && args[3] !== o)
      return allowed(() => putFor(ev, target, key(k), value, args[3], site()));
    return allowed(() => put(ev, target, key(k), value, site()));
  });
  /** Whether it can be done: the exception that strict code would get is none here. */
  const allowed = (run: () => void): boolean => {
    const before = ev.current;
    try {
      run();
      return true;
    } catch (error) {
      if (!(error instanceof Thrown) || !refusing.has(error.value)) throw error;
      ev.current = before;
      return false;
    }
  };
  /** The exceptions of ours among them, and not those of a setter of the program's. */
  const refusing = {
    has: (value: Value) => value instanceof JsObject && value.proto === realm.errorPrototypes.TypeError,
  };
  method(realm, reflect, 'defineProperty', (_s, [o, k, descriptor]) => {
    const target = need(o);
    if (!(descriptor instanceof JsObject))
      return ev.throwError('TypeError', 'Property description must be an object', site());
    return allowed(() => objects.describe(target, k, descriptor));
  });
  method(realm, reflect, 'deleteProperty', (_s, [o, k]) =>
    deleteProperty(ev, need(o), key(k), site(), false),
  );
  method(realm, reflect, 'getOwnPropertyDescriptor', (_s, [o, k]) => objects.described(need(o), k));
  method(realm, reflect, 'getPrototypeOf', (_s, [o]) => protoOf(need(o)));
  method(realm, reflect, 'setPrototypeOf', (_s, [o, proto]) =>
    objects.setProto(need(o), objects.prototypeOr(proto)),
  );
  method(realm, reflect, 'isExtensible', (_s, [o]) => beneath(need(o), 'isExtensible').extensible);
  method(realm, reflect, 'preventExtensions', (_s, [o]) => {
    const target = beneath(need(o), 'preventExtensions');
    ev.own(target);
    target.extensible = false;
    return true;
  });
}
