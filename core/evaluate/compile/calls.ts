/** Member accesses, calls and argument lists. */
import type { Expression, Member, Spread, SuperMember } from '../../source/syntax.ts';
import type { Evaluator } from '../evaluator.ts';
import { type Closure, type Code, type Evaluate, slotsOf, slotsOfFew } from '../functions.ts';
import type { Frame } from '../heap.ts';
import { iterate } from '../iterate.ts';
import { Many, takesMany } from '../many.ts';
import { JsView } from '../memory.ts';
import { JsArray, JsBuffer, JsFunction, JsTypedArray } from '../objects.ts';
import { get, getFrom } from '../properties.ts';
import { HOLE, isHole, mayBe, Poison, type Site, type Value } from '../values.ts';
import { load as loadElement } from './access.ts';
import { ReadCache } from './caches.ts';
import { type Context, siteOf } from './compiler.ts';
import { compileExpression, superHome } from './expressions.ts';
import { compileHelper } from './helpers.ts';
import { compileKey, memberKey, needPrivate } from './names.ts';
import type { Scope } from './scope.ts';

/** Raised by `?.` on null or undefined; caught by the chain around it. */
export const CUT: unique symbol = Symbol('cut');

export function compileMember(context: Context, scope: Scope, node: Member): Evaluate {
  const { ev } = context;
  const site = siteOf(context, node.span);
  const object = compileExpression(context, scope, node.object);
  const optional = node.optional === true;
  if (typeof node.key === 'string') {
    const key = memberKey(scope, node.key);
    const cache = new ReadCache(ev, key, site);
    if (typeof key === 'symbol') {
      return (f) => {
        const o = object(f);
        if (optional && (o === null || o === undefined)) throw CUT;
        needPrivate(ev, o, key, site);
        return cache.get(o);
      };
    }
    if (optional) {
      return (f) => {
        const o = object(f);
        if (o === null || o === undefined) throw CUT;
        return cache.get(o);
      };
    }
    if (key === 'length') {
      return (f) => {
        const o = object(f);
        return o instanceof JsArray ? o.elements.length : get(ev, o, key, site);
      };
    }
    return (f) => cache.get(object(f));
  }
  const key = compileExpression(context, scope, node.key);
  return (f) => {
    const o = object(f);
    if (optional && (o === null || o === undefined)) throw CUT;
    const k = key(f);
    if (
      typeof k === 'number' &&
      (o instanceof JsArray || (o instanceof JsTypedArray && !(o instanceof JsView)))
    ) {
      const value = o.elements[k];
      if (value !== undefined && !isHole(value)) return value;
    }
    return loadElement(ev, o, k, site);
  };
}

/** The arguments of a call, in a list or where the code that is called has them. */
export interface Arguments {
  list(f: Frame): Value[];
  slots(f: Frame, code: Code): Value[];
}

/** As slots: no list is made of up to three. */
function compileSlots(
  ev: Evaluator,
  parts: readonly Evaluate[],
  list: (f: Frame) => Value[],
  site: Site,
): Arguments['slots'] {
  const [first, second, third] = parts;
  if (parts.length > 3) return (f, code) => slotsOf(code, list(f));
  if (first === undefined)
    return (_f, code) => {
      ev.step(site);
      return slotsOfFew(code);
    };
  if (second === undefined)
    return (f, code) => {
      const a = first(f);
      ev.step(site);
      return slotsOfFew(code, a);
    };
  if (third === undefined)
    return (f, code) => {
      const a = first(f);
      const b = second(f);
      ev.step(site);
      return slotsOfFew(code, a, b);
    };
  return (f, code) => {
    const a = first(f);
    const b = second(f);
    const c = third(f);
    ev.step(site);
    return slotsOfFew(code, a, b, c);
  };
}

/** Up to three, which is what most calls give: written out, a list takes half the time. */
function compileFew(
  ev: Evaluator,
  [first, second, third]: readonly Evaluate[],
  site: Site,
): (f: Frame) => Value[] {
  if (first === undefined)
    return () => {
      ev.step(site);
      return [];
    };
  if (second === undefined)
    return (f) => {
      const values = [first(f)];
      ev.step(site);
      return values;
    };
  if (third === undefined)
    return (f) => {
      const values = [first(f), second(f)];
      ev.step(site);
      return values;
    };
  return (f) => {
    const values = [first(f), second(f), third(f)];
    ev.step(site);
    return values;
  };
}

export function compileList(
  context: Context,
  scope: Scope,
  elements: readonly (Expression | Spread | null)[],
  site: Site,
): (f: Frame) => Value[] {
  const { ev } = context;
  if (elements.every((e) => e !== null && e.kind !== 'spread')) {
    const parts = elements.map((e) => compileExpression(context, scope, e as Expression));
    return compileKnown(ev, parts, site);
  }
  const parts = elements.map((e) =>
    e === null
      ? null
      : {
          spread: e.kind === 'spread',
          value: compileExpression(context, scope, e.kind === 'spread' ? e.argument : e),
        },
  );
  return (f) => {
    const values: Value[] = [];
    for (const part of parts) {
      if (part === null) values.push(HOLE);
      else if (!part.spread) values.push(part.value(f));
      else {
        const many = part.value(f);
        if (many instanceof JsBuffer && typeof many.length !== 'number')
          values.push(new Many(ev, many, site));
        else iterate(ev, many, (v) => void values.push(v), site);
      }
    }
    return values;
  };
}

/** An array literal: of arrays of unknown length that are spread in it the domain makes one. */
export function compileArray(
  context: Context,
  scope: Scope,
  elements: readonly (Expression | Spread | null)[],
  site: Site,
): Evaluate {
  const { ev } = context;
  const list = compileList(context, scope, elements, site);
  if (!elements.some((e) => e?.kind === 'spread')) return (f) => ev.array(list(f));
  return (f) => {
    const values = list(f);
    if (!values.some((v) => v instanceof Many)) return ev.array(values);
    const parts = values.map((one) => (one instanceof Many ? one.array : { one }));
    return ev.domain.copied?.(parts, site) ?? ev.refuse('GL111', Many.MESSAGE, site.location);
  };
}

export function compileArguments(
  context: Context,
  scope: Scope,
  args: readonly (Expression | Spread)[],
): Arguments {
  const { ev } = context;
  const at = args[0];
  const site = siteOf(context, at === undefined ? { start: 0, end: 0 } : at.span);
  if (args.some((a) => a.kind === 'spread')) {
    const list = compileList(context, scope, args, site);
    return { list, slots: (f, code) => slotsOf(code, list(f)) };
  }
  const parts = args.map((e) => compileExpression(context, scope, e as Expression));
  const list = compileKnown(ev, parts, site);
  return { list, slots: compileSlots(ev, parts, list, site) };
}

/** A list of as many values as there are expressions. */
function compileKnown(ev: Evaluator, parts: readonly Evaluate[], site: Site): (f: Frame) => Value[] {
  if (parts.length <= 3) return compileFew(ev, parts, site);
  return (f) => {
    const values = new Array<Value>(parts.length);
    for (let i = 0; i < parts.length; i++) values[i] = parts[i]!(f);
    ev.step(site, 1 + (parts.length >> 4));
    return values;
  };
}

export function compileCall(context: Context, scope: Scope, node: Expression & { kind: 'call' }): Evaluate {
  const { ev } = context;
  const helper = compileHelper(context, scope, node);
  if (helper !== undefined) return helper;
  const site = siteOf(context, node.span);
  const args = compileArguments(context, scope, node.arguments);
  const spreads = node.arguments.some((a) => a.kind === 'spread');
  const optional = node.optional === true;
  const callee = node.callee;
  const describe = describeCallee(callee);
  const apply = (fn: Value, self: Value, f: Frame): Value => {
    if (optional && (fn === null || fn === undefined)) throw CUT;
    if (!spreads) {
      const code = ev.direct(fn);
      if (code !== undefined)
        return ev.domain.callDirect!(fn as Closure, code, self, args.slots(f, code), undefined, site);
    }
    const values = args.list(f);
    if (spreads && values.some((v) => v instanceof Many) && !takesMany(fn))
      ev.refuse('GL111', Many.MESSAGE, site.location);
    if (!(fn instanceof JsFunction) && !(fn instanceof Poison)) {
      return ev.throwError('TypeError', `${describe} is not a function`, site);
    }
    return ev.call(fn, self, values, site);
  };
  if (callee.kind === 'member' && typeof callee.key === 'string') {
    const key = memberKey(scope, callee.key);
    const at = siteOf(context, callee.span);
    const object = compileExpression(context, scope, callee.object);
    const cut = callee.optional === true;
    const cache = new ReadCache(ev, key, at);
    return (f) => {
      const self = object(f);
      if (cut && (self === null || self === undefined)) throw CUT;
      if (typeof key === 'symbol') needPrivate(ev, self, key, at);
      return apply(cache.get(self), self, f);
    };
  }
  if (callee.kind === 'member' || callee.kind === 'superMember') {
    const reference = compileReference(context, scope, callee);
    return (f) => {
      const { self, value } = reference(f);
      return apply(value, self, f);
    };
  }
  if (callee.kind === 'chain' && callee.expression.kind === 'member') {
    // (a?.b)() keeps a as this.
    const reference = compileReference(context, scope, callee.expression);
    return (f) => {
      let found: { self: Value; value: Value };
      try {
        found = reference(f);
      } catch (error) {
        if (error !== CUT) throw error;
        found = { self: undefined, value: undefined };
      }
      return apply(found.value, found.self, f);
    };
  }
  const fn = compileExpression(context, scope, callee);
  const self = node.self && compileExpression(context, scope, node.self);
  return (f) => apply(fn(f), self?.(f), f);
}

/** A member to be called: its value with the object that will be `this`. */
function compileReference(
  context: Context,
  scope: Scope,
  node: Member | SuperMember,
): (f: Frame) => { self: Value; value: Value } {
  const { ev } = context;
  const site = siteOf(context, node.span);
  const key = compileKey(context, scope, node.key, site);
  if (node.kind === 'superMember') {
    return (f) => {
      const home = superHome(f);
      const k = key(f);
      if (k instanceof Poison) return { self: f.call.self, value: mayBe(k, f.call.self, home) };
      return {
        self: f.call.self,
        value: home === null ? undefined : getFrom(ev, home, k, f.call.self, site),
      };
    };
  }
  const object = compileExpression(context, scope, node.object);
  const optional = node.optional === true;
  return (f) => {
    const self = object(f);
    if (optional && (self === null || self === undefined)) throw CUT;
    const k = key(f);
    if (typeof node.key === 'string' && typeof k === 'symbol') needPrivate(ev, self, k, site);
    return { self, value: k instanceof Poison ? mayBe(k, self) : get(ev, self, k, site) };
  };
}

function describeCallee(node: Expression): string {
  if (node.kind === 'name') return node.name;
  if (node.kind === 'member' && typeof node.key === 'string')
    return `${describeCallee(node.object)}.${node.key}`;
  if (node.kind === 'this') return 'this';
  return 'what is called here';
}
