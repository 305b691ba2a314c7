import type { Assign, Pattern, PatternElement, Update } from '../../source/syntax.ts';
import { Cursor, DONE } from '../cursor.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Evaluate } from '../functions.ts';
import type { Frame } from '../heap.ts';
import { iterateSome, usual } from '../iterate.ts';
import { JsArray, JsBuffer, JsFunction, JsObject, JsTypedArray, Slot } from '../objects.ts';
import { binary, condition, orElse, toKey, toNumber } from '../operators.ts';
import { define, get, getFrom, hasOwn, ownEnumerable, put } from '../properties.ts';
import { HOLE, Leaf, Poison, type Site, Thrown, UNINITIALISED, type Value } from '../values.ts';
import { load, save } from './access.ts';
import { type Context, siteOf } from './compiler.ts';
import { compileExpression, superHome } from './expressions.ts';
import { compileKey, compileNamed, mappedElement, memberKey, needPrivate } from './names.ts';
import { isQuiet, type Scope } from './scope.ts';

type Store = (frame: Frame, value: Value) => void;

/** How a pattern takes its value: a declaration initialises, an assignment needs an initialised variable. */
export type Mode = 'initialise' | 'assign';

/** A place that is read and written once: for compound assignment, whose object and key are evaluated once. */
interface Place {
  read(f: Frame): Value;
  write(f: Frame, value: Value): void;
}

export function compilePattern(context: Context, scope: Scope, pattern: Pattern, mode: Mode): Store {
  const ev: Evaluator = context.ev;
  const site = siteOf(context, pattern.span);
  const observe =
    context.observer !== undefined && scope.observed && pattern.kind === 'name'
      ? (value: Value) => context.observer!.saw(pattern.span, value)
      : undefined;
  switch (pattern.kind) {
    case 'name': {
      const store = compileNameStore(context, scope, pattern.name, site, mode);
      if (observe === undefined) return store;
      return (f, value) => {
        observe(value);
        store(f, value);
      };
    }
    case 'member': {
      const object = compileExpression(context, scope, pattern.object);
      const key =
        typeof pattern.key === 'string'
          ? memberKey(scope, pattern.key)
          : compileExpression(context, scope, pattern.key);
      return (f, value) => {
        const o = object(f);
        if (typeof key === 'symbol') needPrivate(ev, o, key, site);
        if (typeof key !== 'function') put(ev, o, key, value, site, scope.strict);
        else save(ev, o, key(f), value, site, scope.strict);
      };
    }
    case 'superMember': {
      const key = compileKey(context, scope, pattern.key, site);
      return (f, value) => {
        const k = key(f);
        if (k instanceof Poison) ev.refuse(k.problem.id, k.problem.message, k.problem.location);
        putSuper(ev, superHome(f), f.call.self, k, value, site);
      };
    }
    case 'arrayPattern': {
      const elements = pattern.elements.map((e) => e && compileAhead(context, scope, e, mode));
      const rest =
        pattern.rest && compileAhead(context, scope, { target: pattern.rest, span: pattern.rest.span }, mode);
      return (f, value) => {
        if (value instanceof Poison) {
          for (const element of elements) element?.(f)(value);
          rest?.(f)(value);
          return;
        }
        if (value instanceof JsBuffer) {
          const count = rest === undefined ? elements.length : Number.POSITIVE_INFINITY;
          const values = iterateSome(ev, value, count, site);
          elements.forEach((element, i) => element?.(f)(values[i]));
          rest?.(f)(ev.array(values.slice(elements.length)));
          return;
        }
        if ((value instanceof JsArray || value instanceof JsTypedArray) && usual(ev, value, site)) {
          ev.step(site, elements.length);
          const at = (i: number): Value => (value.elements[i] === HOLE ? undefined : value.elements[i]);
          for (let i = 0; i < elements.length; i++) elements[i]?.(f)(at(i));
          if (rest === undefined) return;
          const put = rest(f);
          const others: Value[] = [];
          ev.charge(value.elements.length, site);
          for (let i = elements.length; i < value.elements.length; i++) others.push(at(i));
          put(ev.array(others));
          return;
        }
        take(ev, value, elements, rest, f, site);
      };
    }
    case 'objectPattern': {
      const properties = pattern.properties.map((p) => ({
        key: compileKey(context, scope, p.key, site),
        bind: compileAhead(context, scope, p, mode),
      }));
      const rest = pattern.rest && compilePattern(context, scope, pattern.rest, mode);
      return (f, value) => {
        if (value === null || value === undefined) {
          ev.throwError('TypeError', `Cannot destructure ${value} as it is ${value}.`, site);
        }
        const taken = new Set<string | symbol>();
        for (const { key, bind } of properties) {
          const k = key(f);
          if (k instanceof Poison) ev.refuse(k.problem.id, k.problem.message, k.problem.location);
          taken.add(typeof k === 'number' ? String(k) : k);
          const put = bind(f);
          put(get(ev, value, k, site));
        }
        if (rest === undefined) return;
        if (value instanceof Poison) return rest(f, value);
        const others = ev.object();
        if (value instanceof JsObject) {
          for (const key of ownEnumerable(value))
            if (!taken.has(key)) define(ev, others, key, get(ev, value, key, site));
        }
        rest(f, others);
      };
    }
    case 'unsupported': {
      const { problem, message } = pattern;
      return () => ev.refuse(problem, message, site.location);
    }
  }
}

/** In a pattern the object and the key of a place come before the value that it takes. */
type Ahead = (f: Frame) => (value: Value) => void;

function compileAhead(context: Context, scope: Scope, element: PatternElement, mode: Mode): Ahead {
  const { target } = element;
  if (target.kind !== 'member') {
    const store = compileElement(context, scope, element, mode);
    return (f) => (value) => store(f, value);
  }
  const { ev } = context;
  const place = compilePlace(context, scope, target);
  const fallback = element.default && compileExpression(context, scope, element.default);
  const site = siteOf(context, element.span);
  return (f) => {
    const p = place(f);
    return (value) => {
      const given =
        fallback === undefined || typeof value === 'number'
          ? value
          : orElse(ev, value, false, () => fallback(f), site);
      p.write(f, given);
    };
  };
}

/** Takes elements from an iterator, one for each target, and closes it where it goes on. */
function take(
  ev: Evaluator,
  iterable: Value,
  elements: readonly (Ahead | null)[],
  rest: Ahead | undefined,
  f: Frame,
  site: Site,
): void {
  const cursor = new Cursor(ev, iterable, site);
  let done = false;
  const next = (): Value | typeof DONE => {
    if (done) return DONE;
    // What `next` throws has ended it.
    done = true;
    const value = cursor.next();
    done = value === DONE;
    return value;
  };
  try {
    for (const element of elements) {
      const put = element?.(f);
      const value = next();
      put?.(value === DONE ? undefined : value);
    }
    if (rest !== undefined) {
      const put = rest(f);
      const others: Value[] = [];
      for (let value = next(); value !== DONE; value = next()) others.push(value);
      put(ev.array(others));
    }
  } catch (error) {
    if (!done && error instanceof Thrown) cursor.abandon();
    throw error;
  }
  if (!done) cursor.close();
}

export function compileElement(
  context: Context,
  scope: Scope,
  element: { target: Pattern; default?: import('../../source/syntax.ts').Expression | undefined },
  mode: Mode,
): Store {
  const store = compilePattern(context, scope, element.target, mode);
  if (element.default === undefined) return store;
  const fallback = compileNamed(context, scope, element.default, element.target);
  const { ev } = context;
  const site = siteOf(context, element.default.span);
  const acts = !isQuiet(element.default);
  return (f, value) => {
    if (acts && value instanceof Poison)
      ev.refuse(value.problem.id, value.problem.message, value.problem.location);
    store(f, typeof value === 'number' ? value : orElse(ev, value, false, () => fallback(f), site));
  };
}

function compileNameStore(context: Context, scope: Scope, name: string, site: Site, mode: Mode): Store {
  const ev: Evaluator = context.ev;
  const constant = () => ev.throwError('TypeError', 'Assignment to constant variable.', site);
  const early = () => ev.throwError('ReferenceError', `Cannot access '${name}' before initialization`, site);
  const binding = scope.find(name);
  const initialise = mode === 'initialise';
  if (binding !== undefined) {
    const hops = scope.hops(binding);
    const slot = binding.slot;
    const fixed = binding.constant && !initialise;
    if (binding.ignored === true && !initialise && !scope.strict) return () => undefined;
    const element = mappedElement(scope, binding);
    // The prelude's variables are not the user's.
    const ours = context.ambient === undefined;
    return (f, value) => {
      const list = element?.(f);
      if (list !== undefined) {
        ev.own(list);
        list.elements[binding.mapped!.index] = value;
      }
      let frame = f;
      for (let i = 0; i < hops; i++) frame = frame.parent!;
      if (!initialise && frame.slots[slot] === UNINITIALISED) early();
      if (fixed) constant();
      if (value instanceof Leaf && ours) ev.domain.named(value, name);
      if (frame.epoch < ev.store.epoch) ev.store.own(frame);
      frame.slots[slot] = value;
    };
  }
  return (_f, value) => {
    const cell = context.module.cell(name);
    if (cell !== undefined) {
      if (!initialise) {
        if (cell.value === UNINITIALISED) early();
        if (!cell.mutable) constant();
      }
      ev.own(cell);
      cell.value = value;
      return;
    }
    if (name === 'undefined' || name === 'NaN' || name === 'Infinity') {
      if (scope.strict) ev.throwError('TypeError', `Cannot assign to read only property '${name}'`, site);
      return;
    }
    const global = ev.realm.globals.get(name);
    if (global !== undefined) {
      ev.own(global);
      global.value = value;
      return;
    }
    const { globalThis } = ev.realm;
    if (scope.strict && !globalThis.properties.has(name))
      ev.throwError('ReferenceError', `${name} is not defined`, site);
    put(ev, globalThis, name, value, site, scope.strict);
  };
}

/** `super.x = v`: setters are looked for from the home's prototype, a plain value becomes the receiver's own. */
function putSuper(
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

function compilePlace(context: Context, scope: Scope, target: Update['target']): (f: Frame) => Place {
  const ev: Evaluator = context.ev;
  const site = siteOf(context, target.span);
  if (target.kind === 'name') {
    const read = compileExpression(context, scope, target);
    const write = compilePattern(context, scope, target, 'assign');
    const place = { read, write };
    return () => place;
  }
  if (target.kind === 'superMember') {
    const key = compileKey(context, scope, target.key, site);
    return (f) => {
      const k = key(f);
      if (k instanceof Poison) ev.refuse(k.problem.id, k.problem.message, k.problem.location);
      const home = superHome(f);
      return {
        read: () => (home === null ? undefined : getFrom(ev, home, k, f.call.self, site)),
        write: (_f, value) => putSuper(ev, home, f.call.self, k, value, site),
      };
    };
  }
  const object = compileExpression(context, scope, target.object);
  const key = typeof target.key === 'string' ? undefined : compileExpression(context, scope, target.key);
  const name = typeof target.key === 'string' ? memberKey(scope, target.key) : '';
  return (f) => {
    const o = object(f);
    if (typeof name === 'symbol') needPrivate(ev, o, name, site);
    let k: Value = key === undefined ? name : key(f);
    if (k instanceof JsObject) {
      const converted = toKey(ev, k, site);
      k = converted;
    }
    const fixed = k;
    return {
      read: () => load(ev, o, fixed, site),
      write: (_f, value) => save(ev, o, fixed, value, site, scope.strict),
    };
  };
}

export function compileAssign(context: Context, scope: Scope, node: Assign): Evaluate {
  const ev: Evaluator = context.ev;
  const site = siteOf(context, node.span);
  const value = compileNamed(context, scope, node.value, node.target);
  if (node.operator === undefined) {
    const target = node.target;
    if (target.kind === 'member') {
      // The object and the key come before the value.
      const object = compileExpression(context, scope, target.object);
      const key = typeof target.key === 'string' ? undefined : compileExpression(context, scope, target.key);
      const name = typeof target.key === 'string' ? memberKey(scope, target.key) : '';
      const at = siteOf(context, target.span);
      return (f) => {
        const o = object(f);
        const k = key === undefined ? name : key(f);
        const result = value(f);
        if (typeof name === 'symbol') needPrivate(ev, o, name, at);
        if (key === undefined) put(ev, o, name, result, at, scope.strict);
        else save(ev, o, k, result, at, scope.strict);
        return result;
      };
    }
    const store = compilePattern(context, scope, target, 'assign');
    return (f) => {
      const result = value(f);
      store(f, result);
      return result;
    };
  }
  const target = node.target;
  if (target.kind !== 'name' && target.kind !== 'member' && target.kind !== 'superMember') {
    return () => ev.throwError('SyntaxError', 'Invalid destructuring assignment target', site);
  }
  const place = compilePlace(context, scope, target);
  const operator = node.operator;
  if (operator === '??') {
    return (f) => {
      const p = place(f);
      const old = p.read(f);
      const fill = () => {
        const result = value(f);
        p.write(f, result);
        return result;
      };
      return orElse(ev, old, true, fill, site);
    };
  }
  if (operator === '&&' || operator === '||') {
    const and = operator === '&&';
    return (f) => {
      const p = place(f);
      const old = p.read(f);
      const write = () => {
        const result = value(f);
        p.write(f, result);
        return result;
      };
      const test = condition(ev, old, site);
      if (typeof test === 'boolean') return test === and ? write() : old;
      return and
        ? ev.domain.branchValue(test, write, () => old, site)
        : ev.domain.branchValue(test, () => old, write, site);
    };
  }
  return (f) => {
    const p = place(f);
    const old = p.read(f);
    const result = binary(ev, operator, old, value(f), site);
    p.write(f, result);
    return result;
  };
}

export function compileUpdate(context: Context, scope: Scope, node: Update): Evaluate {
  const ev: Evaluator = context.ev;
  const site = siteOf(context, node.span);
  const place = compilePlace(context, scope, node.target);
  const operator = node.operator === '++' ? '+' : '-';
  const delta = node.operator === '++' ? 1 : -1;
  const prefix = node.prefix;
  return (f) => {
    const p = place(f);
    const old = p.read(f);
    if (typeof old === 'number') {
      p.write(f, old + delta);
      return prefix ? old + delta : old;
    }
    if (typeof old === 'bigint') {
      const next = old + BigInt(delta);
      p.write(f, next);
      return prefix ? next : old;
    }
    const before = toNumber(ev, old, site);
    const next = binary(ev, operator, before, 1, site);
    p.write(f, next);
    return prefix ? next : before;
  };
}
