/** Places that are read and then written: of compound assignments, whose object and key are evaluated once. */
import type { Update } from '../../source/syntax.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Evaluate } from '../functions.ts';
import type { Frame } from '../heap.ts';
import { JsObject, type Key } from '../objects.ts';
import { toKey } from '../operators.ts';
import { getFrom, putFor } from '../properties.ts';
import { Poison, type Value } from '../values.ts';
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
      write: (f, _object, k, value) => putFor(ev, superHome(f), k as Key | number, value, f.call.self, site),
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
