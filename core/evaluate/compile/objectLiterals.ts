/** Object literals. */
import type { Expression } from '../../source/syntax.ts';
import type { Evaluate } from '../functions.ts';
import { JsFunction, JsObject, JsRecord, RECORDED, Slot } from '../objects.ts';
import { define, get, ownEnumerable } from '../properties.ts';
import { Properties, shapeOf } from '../shapes.ts';
import { bare, Poison, type Value } from '../values.ts';
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
  const record = compileRecord(context, scope, node);
  if (record !== undefined) return record;
  const members = node.members.map((member) => {
    const site = siteOf(context, member.span);
    if (member.kind === 'spread') {
      return { kind: 'spread' as const, site, value: compileExpression(context, scope, member.argument) };
    }
    if (member.kind === 'prototype') {
      return { kind: 'prototype' as const, site, value: compileExpression(context, scope, member.value) };
    }
    const key = compileKey(context, scope, member.key, site);
    const named = typeof member.key === 'string' || member.kind !== 'property' || isAnonymous(member.value);
    const computed = typeof member.key !== 'string' && named;
    if (member.kind === 'property') {
      return {
        kind: 'property' as const,
        computed,
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
      computed,
      site,
      key,
      value: compileFunction(context, scope, member.value.function, methodNamed(member.kind, member.key)),
    };
  });
  return (f) => {
    const object = ev.object();
    // What comes behind is evaluated all the same: it may do more than give a value.
    let spoiled: Poison | undefined;
    for (const member of members) {
      if (member.kind === 'spread') {
        const source = member.value(f);
        if (source instanceof Poison) spoiled ??= bare(source);
        if (typeof source === 'string') {
          ev.charge(source.length, member.site);
          for (let i = 0; i < source.length; i++) define(ev, object, i, source[i]);
        }
        if (!(source instanceof JsObject)) continue;
        for (const key of ownEnumerable(ev, source))
          define(ev, object, key, get(ev, source, key, member.site));
        continue;
      }
      if (member.kind === 'prototype') {
        const value = member.value(f);
        if (value instanceof Poison) spoiled ??= bare(value);
        if (value === null || value instanceof JsObject) object.proto = value;
        continue;
      }
      const key = member.key(f);
      const value = member.value(f);
      if (key instanceof Poison) {
        spoiled ??= key;
        continue;
      }
      if (member.computed) nameAfter(value, key, member.kind);
      if (member.kind === 'property') {
        define(ev, object, key, value);
        continue;
      }
      if (value instanceof JsObject) (value as { home?: JsObject }).home = object;
      if (member.kind === 'method') define(ev, object, key, value);
      else defineAccessor(object, key, member.kind, value, true);
    }
    return spoiled ?? object;
  };
}

/** Of nothing but names with values: all that it makes have one shape. Undefined for other literals. */
function compileRecord(
  context: Context,
  scope: Scope,
  node: Expression & { kind: 'object' },
): Evaluate | undefined {
  const { ev } = context;
  const keys = new Set<string>();
  const values: Evaluate[] = [];
  for (const member of node.members) {
    if (member.kind !== 'property' || typeof member.key !== 'string') return undefined;
    keys.add(member.key);
  }
  const shape = shapeOf([...keys]);
  if (shape === undefined || keys.size < node.members.length) return undefined;
  for (const member of node.members) {
    const { key, value } = member as { key: string; value: Expression };
    values.push(compileNamed(context, scope, value, key));
  }
  const [first, second, third, fourth] = values;
  if (values.length <= RECORDED)
    return (f) => {
      const a = first!(f);
      const b = second?.(f);
      const c = third?.(f);
      const d = fourth?.(f);
      return new JsRecord(ev.realm.objectPrototype, ev.store.epoch, shape, a, b, c, d);
    };
  return (f) => {
    const slots = new Array<Value>(values.length);
    for (let i = 0; i < values.length; i++) slots[i] = values[i]!(f);
    const object = ev.object();
    object.held = Properties.of(shape, slots);
    return object;
  };
}

type MethodKind = 'method' | 'getter' | 'setter';
const PREFIX = { getter: 'get ', setter: 'set ' } as const;

/** How a method is compiled: under its key, where that is written out. */
export function methodNamed(kind: string, key: string | Expression): { method: true; name?: string } {
  if (typeof key !== 'string') return { method: true };
  const prefix = kind === 'getter' || kind === 'setter' ? PREFIX[kind] : '';
  return { method: true, name: prefix + key };
}

/** An anonymous function or class, which takes the name of what it is given to. */
function isAnonymous(node: Expression): boolean {
  return (
    (node.kind === 'function' && (node.function.arrow || node.function.name === undefined)) ||
    (node.kind === 'class' && node.name === undefined)
  );
}

/** The same, where the key is known only now. */
export function nameAfter(
  value: Value,
  key: string | symbol | number,
  kind: MethodKind | 'property' | 'field',
): void {
  if (!(value instanceof JsFunction)) return;
  const text =
    typeof key === 'symbol' ? (key.description === undefined ? '' : `[${key.description}]`) : String(key);
  const prefix = kind === 'getter' || kind === 'setter' ? PREFIX[kind] : '';
  value.properties.set('name', new Slot({ value: prefix + text, configurable: true }));
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
