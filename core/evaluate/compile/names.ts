/** Variables, property keys and the names that functions take. */
import type { Expression, Pattern } from '../../source/syntax.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Evaluate } from '../functions.ts';
import type { Cell, Frame } from '../heap.ts';
import { JsArray, JsObject, unboundKey } from '../objects.ts';
import { toKey } from '../operators.ts';
import { get, hasOwn, hasProperty } from '../properties.ts';
import { HOLE, isUninitialised, Poison, type Site, type Value } from '../values.ts';
import { compileClass } from './classes.ts';
import { type Context, observed } from './compiler.ts';
import { compileExpression } from './expressions.ts';
import { compileFunction } from './functions.ts';
import type { Binding, Scope } from './scope.ts';

/** An anonymous function takes the name of what it is given to (ECMA-262 §8.4, NamedEvaluation). */
export function compileNamed(
  context: Context,
  scope: Scope,
  node: Expression,
  target: Pattern | string | undefined,
): Evaluate {
  const name = typeof target === 'string' ? target : target?.kind === 'name' ? target.name : undefined;
  if (
    name !== undefined &&
    node.kind === 'function' &&
    (node.function.name === undefined || node.function.arrow)
  )
    return observed(
      context,
      scope.observed,
      node.span,
      compileFunction(context, scope, node.function, { name }),
    );
  if (name !== undefined && node.kind === 'class' && node.name === undefined)
    return observed(context, scope.observed, node.span, compileClass(context, scope, node, name));
  return compileExpression(context, scope, node);
}

/** For a parameter that `arguments` shares with it: the list that holds its value, while the call gave one. */
export function mappedElement(
  scope: Scope,
  binding: Binding,
): ((f: Frame) => JsArray | undefined) | undefined {
  const { mapped } = binding;
  if (mapped === undefined) return undefined;
  const hops = scope.hops(binding);
  const key = unboundKey(mapped.index);
  return (f) => {
    let frame = f;
    for (let i = 0; i < hops; i++) frame = frame.parent!;
    if (mapped.index >= frame.call.args.length) return undefined;
    const list = frame.slots[mapped.arguments.slot];
    const { index } = mapped;
    // One that was deleted is shared no longer.
    return list instanceof JsArray &&
      index < list.elements.length &&
      list.elements[index] !== HOLE &&
      !list.readable.has(key)
      ? list
      : undefined;
  };
}

/** Finds the object that has a property of this name, among those whose properties hide names from outside. */
export function memberHolder(scope: Scope, name: string): ((f: Frame) => JsObject | undefined) | undefined {
  const holders = name.startsWith('%') ? [] : scope.membersBefore(name);
  if (holders.length === 0) return undefined;
  const places = holders.map((binding) => ({ slot: binding.slot, hops: scope.hops(binding) }));
  return (f) => {
    for (const { slot, hops } of places) {
      let frame = f;
      for (let i = 0; i < hops; i++) frame = frame.parent!;
      const object = frame.slots[slot];
      if (object instanceof JsObject && hasOwn(object, name)) return object;
    }
    return undefined;
  };
}

export function compileName(context: Context, scope: Scope, name: string, site: Site): Evaluate {
  const holder = memberHolder(scope, name);
  const plain = compilePlainName(context, scope, name, site);
  if (holder === undefined) return plain;
  return (f) => {
    const object = holder(f);
    return object === undefined ? plain(f) : get(context.ev, object, name, site);
  };
}

function compilePlainName(context: Context, scope: Scope, name: string, site: Site): Evaluate {
  const { ev } = context;
  const missing = () => ev.throwError('ReferenceError', `${name} is not defined`, site);
  const early = () => ev.throwError('ReferenceError', `Cannot access '${name}' before initialization`, site);
  const secret = name.startsWith('#') ? scope.findPrivate(name) : undefined;
  if (secret !== undefined) return () => secret;
  const binding = scope.find(name);
  if (binding !== undefined) {
    const hops = scope.hops(binding);
    const slot = binding.slot;
    const element = mappedElement(scope, binding);
    if (element !== undefined) {
      const { index, arguments: shared } = binding.mapped!;
      const key = unboundKey(index);
      return (f) => {
        const list = element(f);
        if (list !== undefined) return list.elements[index];
        let frame = f;
        for (let i = 0; i < hops; i++) frame = frame.parent!;
        const given = frame.slots[shared.slot];
        if (given instanceof JsArray && given.readable.has(key)) return given.readable.get(key) as Value;
        // Nothing is known any longer of what shares it.
        return given instanceof JsObject && given.outside !== undefined ? given.outside() : frame.slots[slot];
      };
    }
    if (hops === 0) {
      return (f) => {
        const value = f.slots[slot];
        return isUninitialised(value) ? early() : value;
      };
    }
    if (hops === 1) {
      return (f) => {
        const value = f.parent!.slots[slot];
        return isUninitialised(value) ? early() : value;
      };
    }
    return (f) => {
      let frame = f;
      for (let i = 0; i < hops; i++) frame = frame.parent!;
      const value = frame.slots[slot];
      return isUninitialised(value) ? early() : value;
    };
  }
  if (name === 'undefined') return () => undefined;
  // Module variables are looked up late: a statement below may declare them, and another module may have to run first.
  let cell: Cell | undefined;
  let global: Cell | undefined;
  return () => {
    if (global === undefined) {
      cell ??= context.module.cell(name);
      if (cell !== undefined) return isUninitialised(cell.value) ? early() : cell.value;
    }
    const found = global ?? ev.realm.globals.get(name);
    if (found !== undefined) {
      if (context.module.settled === true) global = found;
      const { globalThis } = ev.realm;
      if (globalThis.epoch !== 0) {
        // It may have been replaced as a property of the global object.
        const own = globalThis.properties.get(name);
        if (own !== undefined && own !== found.value) return get(ev, globalThis, name, site);
      }
      // What only a page has: where a program tries, it learns that it is not there.
      return found.value instanceof Poison && ev.handlers > 0 ? missing() : found.value;
    }
    // What the global object inherits is global too: `toString`, `hasOwnProperty`.
    const { globalThis } = ev.realm;
    return hasProperty(ev, globalThis, name) ? get(ev, globalThis, name, site) : missing();
  };
}

/** A static key as objects keep it: private names have keys of their own. */
export function memberKey(scope: Scope, key: string): string | symbol {
  return key.startsWith('#') ? (scope.findPrivate(key) ?? key) : key;
}

/** A private name is only there where the class put it. */
export function needPrivate(ev: Evaluator, object: Value, key: string | symbol, site: Site): void {
  if (object instanceof Poison || (object instanceof JsObject && hasProperty(ev, object, key))) return;
  ev.throwError('TypeError', 'This object does not have the private member that is used here.', site);
}

export function compileKey(
  context: Context,
  scope: Scope,
  key: string | Expression,
  site: Site,
): (f: Frame) => string | symbol | number | Poison {
  if (typeof key === 'string') {
    const name = memberKey(scope, key);
    return () => name;
  }
  const value = compileExpression(context, scope, key);
  const { ev } = context;
  return (f) => {
    const k = value(f);
    return typeof k === 'number' || typeof k === 'string' ? k : toKey(ev, k, site);
  };
}
