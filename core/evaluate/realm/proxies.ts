import { construct } from '../construct.ts';
import type { Evaluator } from '../evaluator.ts';
import { JsFunction, JsObject } from '../objects.ts';
import { JsProxy } from '../proxies.ts';
import { Poison } from '../values.ts';
import { here } from './here.ts';
import { constructor, type Realm } from './realm.ts';

/** Proxy: a handler may trap what reads, writes, asks and deletes. */
export function installProxies(ev: Evaluator, realm: Realm): void {
  const site = () => here(ev);
  const proxy = constructor(realm, 'Proxy', new JsObject(null, 0), (_s, [target, handler], newTarget) => {
    if (newTarget === undefined)
      return ev.throwError('TypeError', "Constructor Proxy requires 'new'", site());
    for (const part of [target, handler])
      if (part instanceof Poison)
        return ev.refuse(part.problem.id, part.problem.message, part.problem.location);
    if (!(target instanceof JsObject) || !(handler instanceof JsObject))
      return ev.throwError('TypeError', 'Cannot create proxy with a non-object as target or handler', site());
    const unknown = [...handler.properties.keys()].find((key) => typeof key === 'string' && OTHERS.has(key));
    if (unknown !== undefined)
      return ev.refuse(
        'GL111',
        `A proxy with a trap '${String(unknown)}' is not supported.`,
        site().location,
      );
    if (target instanceof JsFunction) return callable(target);
    return new JsProxy(ev, target, handler, site);
  });
  proxy.properties.delete('prototype');

  /** It is called as its target is; its properties are not known. */
  const callable = (target: JsFunction): JsFunction => {
    const made = ev.native(
      'proxy',
      (self, args, newTarget) =>
        newTarget === undefined ? ev.call(target, self, args, site()) : construct(ev, target, args, site()),
      target.constructs,
    );
    made.proto = null;
    made.outside = () =>
      ev.poison('GL111', 'Properties of a proxy of a function are not supported.', site().location);
    return made;
  };
}

/** Traps that are not followed; any other name in a handler is no trap to JavaScript either. */
const OTHERS: ReadonlySet<string> = new Set([
  'apply',
  'construct',
  'defineProperty',
  'getOwnPropertyDescriptor',
  'getPrototypeOf',
  'isExtensible',
  'ownKeys',
  'preventExtensions',
  'setPrototypeOf',
]);
