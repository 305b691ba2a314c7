/** Places that are read and then written: of compound assignments, whose object and key are evaluated once. */
import type { Update } from '../../source/syntax.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Evaluate } from '../functions.ts';
import type { Frame } from '../heap.ts';
import { JsFunction, JsObject, type Key, Slot } from '../objects.ts';
import { toKey } from '../operators.ts';
import { define, getFrom, hasOwn, put } from '../properties.ts';
import { Poison, type Site, type Value } from '../values.ts';
import { load, save } from './access.ts';
import { compilePattern } from './assign.ts';
import { ReadCache, WriteCache } from './caches.ts';
import { type Context, siteOf } from './compiler.ts';
import { compileExpression, superHome } from './expressions.ts';
import { compileKey, memberKey, needPrivate } from './names.ts';
import type { Scope } from './scope.ts';

export interface Place {
  readonly object: Evaluate;
  readonly key: (f: Frame, object: Value) => Value;
  read(f: Frame, object: Value, key: Value): Value;
  write(f: Frame, object: Value, key: Value, value: Value): void;
}

const nothing = (): Value => undefined;

export function compilePlace(context: Context, scope: Scope, target: Update['target']): Place {
  const ev: Evaluator = context.ev;
  const site = siteOf(context, target.span);
  if (target.kind === 'name') {
    const store = compilePattern(context, scope, target, 'assign');
    return {
      object: nothing,
      key: nothing,
      read: compileExpression(context, scope, target),
      write: (f, _object, _key, value) => store(f, value),
    };
  }
  const { strict } = scope;
  if (target.kind === 'superMember') {
    const key = compileKey(context, scope, target.key, site);
    return {
      object: nothing,
      key(f) {
        const k = key(f);
        if (k instanceof Poison) ev.refuse(k.problem.id, k.problem.message, k.problem.location);
        return k;
      },
      read(f, _object, k) {
        const home = superHome(f);
        return home === null ? undefined : getFrom(ev, home, k as Key | number, f.call.self, site);
      },
      write: (f, _object, k, value) =>
        putSuper(ev, superHome(f), f.call.self, k as Key | number, value, site),
    };
  }
  const object = compileExpression(context, scope, target.object);
  if (typeof target.key === 'string') {
    const name = memberKey(scope, target.key);
    const reads = new ReadCache(ev, name, site);
    const writes = new WriteCache(ev, name, site, strict);
    return {
      object,
      key(_f, o) {
        if (typeof name === 'symbol') needPrivate(ev, o, name, site);
        return undefined;
      },
      read: (_f, o) => reads.get(o),
      write: (_f, o, _key, value) => writes.put(o, value),
    };
  }
  const key = compileExpression(context, scope, target.key);
  return {
    object,
    key(f) {
      const k = key(f);
      return k instanceof JsObject ? toKey(ev, k, site) : k;
    },
    read: (_f, o, k) => load(ev, o, k, site),
    write: (_f, o, k, value) => save(ev, o, k, value, site, strict),
  };
}

/** `super.x = v`: setters are looked for from the home's prototype, a plain value becomes the receiver's own. */
export function putSuper(
  ev: Evaluator,
  home: JsObject | null,
  self: Value,
  key: string | symbol | number,
  value: Value,
  site: Site,
): void {
  const name = typeof key === 'number' ? String(key) : key;
  for (let o = home; o !== null; o = o.proto) {
    const found = o.properties.get(name);
    if (found === undefined && !o.properties.has(name)) continue;
    if (!(found instanceof Slot)) break;
    if (found.accessor) {
      if (!(found.set instanceof JsFunction))
        ev.throwError('TypeError', `Cannot set property ${String(name)} which has only a getter`, site);
      ev.call(found.set, self, [value], site);
      return;
    }
    if (!found.writable)
      ev.throwError('TypeError', `Cannot assign to read only property '${String(name)}'`, site);
    break;
  }
  if (self instanceof JsObject && !hasOwn(self, key) && self.extensible) define(ev, self, key, value);
  else put(ev, self, key, value, site);
}
