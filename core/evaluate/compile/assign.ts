import type { Span } from '../../source/span.ts';
import type { Assign, Pattern, PatternElement, Update } from '../../source/syntax.ts';
import { Cursor, DONE } from '../cursor.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Evaluate } from '../functions.ts';
import type { Frame } from '../heap.ts';
import { iterateSome, usual } from '../iterate.ts';
import { JsArray, JsBuffer, JsObject, JsTypedArray, unboundKey } from '../objects.ts';
import { binary, orElse, toNumber, truth } from '../operators.ts';
import { define, get, ownEnumerable, put, putFor } from '../properties.ts';
import {
  bare,
  isHole,
  isUninitialised,
  mayBeMissing,
  Poison,
  type Site,
  Thrown,
  type Value,
} from '../values.ts';
import { save } from './access.ts';
import { operation } from './binary.ts';
import { ReadCache, WriteCache } from './caches.ts';
import { type Context, type Observer, siteOf } from './compiler.ts';
import { compileExpression, either, superHome } from './expressions.ts';
import { compileKey, compileNamed, mappedElement, memberHolder, memberKey, needPrivate } from './names.ts';
import { compilePlace } from './places.ts';
import { isQuiet, type Scope } from './scope.ts';

type Store = (frame: Frame, value: Value) => void;

/** How a pattern takes its value: a declaration initialises, an assignment needs an initialised variable. */
export type Mode = 'initialise' | 'assign';

export function compilePattern(context: Context, scope: Scope, pattern: Pattern, mode: Mode): Store {
  if (pattern.kind !== 'name') return compileParts(context, scope, pattern, mode);
  const store = compileNameStore(context, scope, pattern.name, siteOf(context, pattern.span), mode);
  const { observer } = context;
  return observer !== undefined && scope.observed ? observedStore(observer, pattern.span, store) : store;
}

function observedStore(observer: Observer, span: Span, store: Store): Store {
  return (f, value) => {
    observer.saw(span, value);
    store(f, value);
  };
}

function compileParts(
  context: Context,
  scope: Scope,
  pattern: Exclude<Pattern, { readonly kind: 'name' }>,
  mode: Mode,
): Store {
  const ev: Evaluator = context.ev;
  const site = siteOf(context, pattern.span);
  switch (pattern.kind) {
    case 'member': {
      const object = compileExpression(context, scope, pattern.object);
      if (typeof pattern.key !== 'string') {
        const key = compileExpression(context, scope, pattern.key);
        return (f, value) => save(ev, object(f), key(f), value, site, scope.strict);
      }
      const key = memberKey(scope, pattern.key);
      const cache = new WriteCache(ev, key, site, scope.strict);
      return (f, value) => {
        const o = object(f);
        if (typeof key === 'symbol') needPrivate(ev, o, key, site);
        cache.put(o, value);
      };
    }
    case 'superMember': {
      const key = compileKey(context, scope, pattern.key, site);
      return (f, value) => {
        const k = key(f);
        if (k instanceof Poison) ev.refuse(k.problem.id, k.problem.message, k.problem.location);
        putFor(ev, superHome(f), k, value, f.call.self, site);
      };
    }
    case 'arrayPattern': {
      const stores = pattern.elements.map((e) =>
        e === null || e.target.kind === 'member' ? undefined : compileElement(context, scope, e, mode),
      );
      const elements = pattern.elements.map((e, i) => e && compileAhead(context, scope, e, mode, stores[i]));
      const rest =
        pattern.rest && compileAhead(context, scope, { target: pattern.rest, span: pattern.rest.span }, mode);
      return (f, value) => {
        if (value instanceof Poison) {
          for (const element of elements) element?.(f)(bare(value));
          rest?.(f)(bare(value));
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
          const at = (i: number): Value => (isHole(value.elements[i]) ? undefined : value.elements[i]);
          for (let i = 0; i < elements.length; i++) {
            const store = stores[i];
            if (store === undefined) elements[i]?.(f)(at(i));
            else store(f, at(i));
          }
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
      const properties = pattern.properties.map((p) => {
        const store = p.target.kind === 'member' ? undefined : compileElement(context, scope, p, mode);
        return {
          key: compileKey(context, scope, p.key, site),
          bind: compileAhead(context, scope, p, mode, store),
          store,
          cache: typeof p.key === 'string' ? new ReadCache(ev, memberKey(scope, p.key), site) : undefined,
        };
      });
      const rest = pattern.rest && compilePattern(context, scope, pattern.rest, mode);
      return (f, value) => {
        if (value === null || value === undefined) {
          ev.throwError('TypeError', `Cannot destructure ${value} as it is ${value}.`, site);
        }
        const taken = rest && new Set<string | symbol>();
        for (const { key, bind, store, cache } of properties) {
          if (cache !== undefined && store !== undefined && taken === undefined) {
            store(f, cache.get(value));
            continue;
          }
          const k = key(f);
          if (k instanceof Poison) ev.refuse(k.problem.id, k.problem.message, k.problem.location);
          taken?.add(typeof k === 'number' ? String(k) : k);
          const put = bind(f);
          put(get(ev, value, k, site));
        }
        if (rest === undefined) return;
        if (value instanceof Poison) return rest(f, bare(value));
        const others = ev.object();
        if (value instanceof JsObject) {
          for (const key of ownEnumerable(ev, value))
            if (taken?.has(key) !== true) define(ev, others, key, get(ev, value, key, site));
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

function compileAhead(
  context: Context,
  scope: Scope,
  element: PatternElement,
  mode: Mode,
  plain?: Store,
): Ahead {
  const { target } = element;
  if (target.kind !== 'member') {
    const store = plain ?? compileElement(context, scope, element, mode);
    return (f) => (value) => store(f, value);
  }
  const { ev } = context;
  const { object, key, write } = compilePlace(context, scope, target);
  const fallback = element.default && compileExpression(context, scope, element.default);
  const site = siteOf(context, element.span);
  return (f) => {
    const o = object(f);
    const k = key(f, o);
    return (value) => {
      const given =
        fallback === undefined || typeof value === 'number'
          ? value
          : orElse(ev, value, false, () => fallback(f), site);
      write(f, o, k, given);
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
    if (mayBeMissing(value)) {
      store(f, acts ? ev.refusePoison(value) : either(ev, value, [fallback], f));
      return;
    }
    store(f, typeof value === 'number' ? value : orElse(ev, value, false, () => fallback(f), site));
  };
}

function compileNameStore(context: Context, scope: Scope, name: string, site: Site, mode: Mode): Store {
  const holder = mode === 'assign' ? memberHolder(scope, name) : undefined;
  const plain = compilePlainStore(context, scope, name, site, mode);
  if (holder === undefined) return plain;
  return (f, value) => {
    const object = holder(f);
    if (object === undefined) plain(f, value);
    else put(context.ev, object, name, value, site, scope.strict);
  };
}

/** A declaration's store to a slot of the frame itself. */
function initialiser(context: Context, slot: number, name: string): Store {
  const { ev } = context;
  // The prelude's variables are not the user's.
  const ours = context.ambient === undefined;
  return (f, value) => {
    if (ours && ev.domain.hearsNames) ev.domain.named(value, name);
    if (f.epoch < ev.store.epoch) ev.store.own(f);
    f.slots[slot] = value;
  };
}

function compilePlainStore(context: Context, scope: Scope, name: string, site: Site, mode: Mode): Store {
  const binding = scope.find(name);
  if (binding !== undefined && mode === 'initialise') {
    const element = mappedElement(scope, binding);
    if (element === undefined && scope.hops(binding) === 0) return initialiser(context, binding.slot, name);
  }
  const ev: Evaluator = context.ev;
  const constant = () => ev.throwError('TypeError', 'Assignment to constant variable.', site);
  const early = () => ev.throwError('ReferenceError', `Cannot access '${name}' before initialization`, site);
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
      if (binding.mapped !== undefined && list === undefined) {
        const shared = frame.slots[binding.mapped.arguments.slot];
        const key = unboundKey(binding.mapped.index);
        if (shared instanceof JsArray && shared.readable.has(key)) {
          ev.own(shared);
          shared.properties.set(key, value);
        }
      }
      if (!initialise && isUninitialised(frame.slots[slot])) early();
      if (fixed) constant();
      if (ours && ev.domain.hearsNames) ev.domain.named(value, name);
      if (frame.epoch < ev.store.epoch) ev.store.own(frame);
      frame.slots[slot] = value;
    };
  }
  return (_f, value) => {
    const cell = context.module.cell(name);
    if (cell !== undefined) {
      if (!initialise) {
        if (isUninitialised(cell.value)) early();
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
    const { globals, globalThis } = ev.realm;
    const global = globals.get(name);
    if (global !== undefined) {
      ev.own(global);
      global.value = value;
      if (globalThis.properties.has(name)) put(ev, globalThis, name, value, site, scope.strict);
      return;
    }
    if (scope.strict && !globalThis.properties.has(name))
      ev.throwError('ReferenceError', `${name} is not defined`, site);
    put(ev, globalThis, name, value, site, scope.strict);
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
      const at = siteOf(context, target.span);
      const { strict } = scope;
      if (typeof target.key === 'string') {
        const name = memberKey(scope, target.key);
        const cache = new WriteCache(ev, name, at, strict);
        return (f) => {
          const o = object(f);
          const result = value(f);
          if (typeof name === 'symbol') needPrivate(ev, o, name, at);
          cache.put(o, result);
          return result;
        };
      }
      const key = compileExpression(context, scope, target.key);
      return (f) => {
        const o = object(f);
        const k = key(f);
        const result = value(f);
        save(ev, o, k, result, at, strict);
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
  const { object, key, read, write } = compilePlace(context, scope, target);
  const operator = node.operator;
  if (operator === '??' || operator === '&&' || operator === '||') {
    const acts = !isQuiet(node.value);
    return (f) => {
      const o = object(f);
      const k = key(f, o);
      const old = read(f, o, k);
      const test = operator === '??' ? mayBeMissing(old) && old : truth(ev, old, site);
      if (test instanceof Poison) {
        const result = acts ? ev.refusePoison(test) : either(ev, test, [value], f);
        write(f, o, k, result);
        return result;
      }
      const fill = () => {
        const result = value(f);
        write(f, o, k, result);
        return result;
      };
      if (operator === '??') return orElse(ev, old, true, fill, site);
      const and = operator === '&&';
      if (typeof test === 'boolean') return test === and ? fill() : old;
      return and
        ? ev.domain.branchValue(test, fill, () => old, site)
        : ev.domain.branchValue(test, () => old, fill, site);
    };
  }
  const operate = operation(ev, operator, site);
  return (f) => {
    const o = object(f);
    const k = key(f, o);
    const old = read(f, o, k);
    const result = operate(old, value(f));
    write(f, o, k, result);
    return result;
  };
}

export function compileUpdate(context: Context, scope: Scope, node: Update): Evaluate {
  const ev: Evaluator = context.ev;
  const site = siteOf(context, node.span);
  const { object, key, read, write } = compilePlace(context, scope, node.target);
  const operator = node.operator === '++' ? '+' : '-';
  const delta = node.operator === '++' ? 1 : -1;
  const prefix = node.prefix;
  return (f) => {
    const o = object(f);
    const k = key(f, o);
    const old = read(f, o, k);
    if (typeof old === 'number') {
      write(f, o, k, old + delta);
      return prefix ? old + delta : old;
    }
    if (typeof old === 'bigint') {
      const next = old + BigInt(delta);
      write(f, o, k, next);
      return prefix ? next : old;
    }
    const before = toNumber(ev, old, site);
    // It may be a BigInt.
    const next = mayBeMissing(before) ? before : binary(ev, operator, before, 1, site);
    write(f, o, k, next);
    return prefix ? next : before;
  };
}
