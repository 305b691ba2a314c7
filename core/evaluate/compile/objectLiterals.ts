/** Object literals. */
import type { Expression } from '../../source/syntax.ts';
import type { Evaluate } from '../functions.ts';
import { JsObject, Slot } from '../objects.ts';
import { define, get, ownEnumerable } from '../properties.ts';
import { Poison, type Value } from '../values.ts';
import { type Context, siteOf } from './compiler.ts';
import { compileExpression } from './expressions.ts';
import { compileFunction } from './functions.ts';
import { compileKey, compileNamed } from './names.ts';
import type { Scope } from './scope.ts';

export function compileObject(
  context: Context,
  scope: Scope,
  node: Expression & { kind: 'object' },
): Evaluate {
  const { ev } = context;
  const members = node.members.map((member) => {
    const site = siteOf(context, member.span);
    if (member.kind === 'spread') {
      return { kind: 'spread' as const, site, value: compileExpression(context, scope, member.argument) };
    }
    const key = compileKey(context, scope, member.key, site);
    if (member.kind === 'property') {
      return {
        kind: 'property' as const,
        site,
        key,
        value: compileNamed(
          context,
          scope,
          member.value,
          typeof member.key === 'string' ? member.key : undefined,
        ),
      };
    }
    return {
      kind: member.kind,
      site,
      key,
      value: compileFunction(context, scope, member.value.function, { method: true }),
    };
  });
  return (f) => {
    const object = ev.object();
    for (const member of members) {
      if (member.kind === 'spread') {
        const source = member.value(f);
        if (source instanceof Poison) return source;
        if (typeof source === 'string') {
          ev.charge(source.length, member.site);
          for (let i = 0; i < source.length; i++) define(ev, object, i, source[i]);
        }
        if (!(source instanceof JsObject)) continue;
        for (const key of ownEnumerable(source)) define(ev, object, key, get(ev, source, key, member.site));
        continue;
      }
      const key = member.key(f);
      if (key instanceof Poison) return key;
      const value = member.value(f);
      if (member.kind === 'property') {
        define(ev, object, key, value);
        continue;
      }
      if (value instanceof JsObject) (value as { home?: JsObject }).home = object;
      if (member.kind === 'method') define(ev, object, key, value);
      else defineAccessor(object, key, member.kind, value, true);
    }
    return object;
  };
}

/** Joins a getter and a setter of one name in one slot. */
export function defineAccessor(
  object: JsObject,
  key: string | symbol | number,
  kind: 'getter' | 'setter',
  value: Value,
  enumerable: boolean,
): void {
  const name = typeof key === 'number' ? String(key) : key;
  const existing = object.properties.get(name);
  const accessor = existing instanceof Slot && existing.accessor ? existing : undefined;
  object.properties.set(
    name,
    new Slot({
      get: kind === 'getter' ? value : accessor?.get,
      set: kind === 'setter' ? value : accessor?.set,
      enumerable,
      configurable: true,
    }),
  );
}
