import type { Expression, Member, Pattern, Spread, SuperMember } from '../../source/syntax.ts';
import { construct } from '../construct.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Evaluate } from '../functions.ts';
import type { Frame } from '../heap.ts';
import { iterate } from '../iterate.ts';
import { JsArray, JsFunction, JsObject, JsRegExp, JsTypedArray, Slot } from '../objects.ts';
import {
  add,
  binary,
  condition,
  definite,
  knownArithmetic,
  negate,
  orElse,
  strictEquals,
  toKey,
  toText,
  typeOf,
  unary,
} from '../operators.ts';
import { define, get, getFrom, getOwn, hasOwn, hasProperty, indexOf, ownEnumerable } from '../properties.ts';
import { HOLE, Leaf, Poison, type Site, UNINITIALISED, type Value } from '../values.ts';
import { load as loadElement } from './access.ts';
import { compileAssign, compileUpdate } from './assign.ts';
import { compileClass } from './classes.ts';
import { type Context, observed, siteOf } from './compiler.ts';
import { compileFunction } from './functions.ts';
import type { Binding, Scope } from './scope.ts';

export function compileExpression(context: Context, scope: Scope, node: Expression): Evaluate {
  return observed(context, scope.observed, node.span, compileNode(context, scope, node));
}

/** Raised by `?.` on null or undefined; caught by the chain around it. */
const CUT: unique symbol = Symbol('cut');

function compileNode(context: Context, scope: Scope, node: Expression): Evaluate {
  const { ev } = context;
  const compile = (e: Expression) => compileExpression(context, scope, e);
  switch (node.kind) {
    case 'literal': {
      const value = node.value;
      return () => value;
    }
    case 'template': {
      const site = siteOf(context, node.span);
      const values = node.values.map(compile);
      const text = node.text;
      return (f) => {
        let result: string | Poison = text[0]!;
        for (let i = 0; i < values.length; i++) {
          const piece = toText(ev, values[i]!(f), site);
          if (result instanceof Poison) continue;
          result = piece instanceof Poison ? piece : result + piece + text[i + 1]!;
        }
        if (typeof result === 'string') ev.charge(result.length, site);
        return result;
      };
    }
    case 'regexp': {
      const site = siteOf(context, node.span);
      return () => {
        try {
          return new JsRegExp(ev.realm.regExpPrototype, ev.store.epoch, new RegExp(node.pattern, node.flags));
        } catch {
          return ev.throwError('SyntaxError', 'Invalid regular expression', site);
        }
      };
    }
    case 'name':
      return compileName(context, scope, node.name, siteOf(context, node.span));
    case 'member':
      return compileMember(context, scope, node);
    case 'superMember': {
      const site = siteOf(context, node.span);
      const key = compileKey(context, scope, node.key, site);
      return (f) => {
        const home = superHome(f);
        const k = key(f);
        if (k instanceof Poison) return k;
        return home === null ? undefined : getFrom(ev, home, k, f.call.self, site);
      };
    }
    case 'this': {
      const site = siteOf(context, node.span);
      return (f) => {
        const self = f.call.self;
        if (self === UNINITIALISED) {
          return ev.throwError('ReferenceError', "Must call super constructor before accessing 'this'", site);
        }
        return self;
      };
    }
    case 'newTarget':
      return (f) => f.call.newTarget;
    case 'assign':
      return compileAssign(context, scope, node);
    case 'update':
      return compileUpdate(context, scope, node);
    case 'call':
      return compileCall(context, scope, node);
    case 'construct': {
      const site = siteOf(context, node.span);
      const callee = compile(node.callee);
      const args = compileArguments(context, scope, node.arguments);
      return (f) => {
        const target = callee(f);
        const values = args(f);
        return construct(ev, target, values, site);
      };
    }
    case 'superCall': {
      const site = siteOf(context, node.span);
      const args = compileArguments(context, scope, node.arguments);
      return (f) => {
        const parent = f.call.callee?.proto;
        const values = args(f);
        const self = construct(ev, parent ?? undefined, values, site, f.call.newTarget);
        if (f.call.self !== UNINITIALISED) {
          return ev.throwError('ReferenceError', 'Super constructor may only be called once', site);
        }
        if (f.call.epoch < ev.store.epoch) {
          return ev.refuse('GL111', 'Which super() is called here depends on an input.', site.location);
        }
        f.call.self = self;
        if (self instanceof JsObject && f.call.callee !== null)
          initialiseFields(context, f.call.callee, self, site);
        return self;
      };
    }
    case 'unary': {
      const site = siteOf(context, node.span);
      const argument = compile(node.argument);
      if (node.operator === '-') {
        return (f) => {
          const x = argument(f);
          return typeof x === 'number' ? -x : unary(ev, '-', x, site);
        };
      }
      if (node.operator === '!') {
        return (f) => {
          const x = argument(f);
          return typeof x === 'boolean' ? !x : unary(ev, '!', x, site);
        };
      }
      const operator = node.operator;
      return (f) => unary(ev, operator, argument(f), site);
    }
    case 'binary':
      return compileBinary(context, scope, node);
    case 'logical': {
      const site = siteOf(context, node.span);
      const left = compile(node.left);
      const right = compile(node.right);
      if (node.operator === '??') {
        const fresh = node.left.kind === 'member';
        return (f) => {
          const value = left(f);
          return typeof value === 'number' ? value : orElse(ev, value, true, () => right(f), site, fresh);
        };
      }
      const and = node.operator === '&&';
      return (f) => {
        const value = left(f);
        const test = typeof value === 'boolean' ? value : condition(ev, value, site);
        if (typeof test === 'boolean') return test === and ? right(f) : value;
        return and
          ? ev.domain.branchValue(
              test,
              () => right(f),
              () => value,
              site,
            )
          : ev.domain.branchValue(
              test,
              () => value,
              () => right(f),
              site,
            );
      };
    }
    case 'conditional': {
      const site = siteOf(context, node.test.span);
      const test = compile(node.test);
      const then = compile(node.then);
      const otherwise = compile(node.else);
      return (f) => {
        const value = test(f);
        const known = typeof value === 'boolean' ? value : condition(ev, value, site);
        if (typeof known === 'boolean') return known ? then(f) : otherwise(f);
        return ev.domain.branchValue(
          known,
          () => then(f),
          () => otherwise(f),
          site,
        );
      };
    }
    case 'sequence': {
      const parts = node.expressions.map(compile);
      return (f) => {
        let value: Value;
        for (let i = 0; i < parts.length; i++) value = parts[i]!(f);
        return value;
      };
    }
    case 'array': {
      const site = siteOf(context, node.span);
      const elements = compileList(context, scope, node.elements, site);
      return (f) => ev.array(elements(f));
    }
    case 'object':
      return compileObject(context, scope, node);
    case 'function': {
      const make = compileFunction(context, scope, node.function);
      return make;
    }
    case 'class':
      return compileClass(context, scope, node);
    case 'chain': {
      const inner = compile(node.expression);
      return (f) => {
        try {
          return inner(f);
        } catch (error) {
          if (error === CUT) return undefined;
          throw error;
        }
      };
    }
    case 'delete': {
      const site = siteOf(context, node.span);
      const target = node.target;
      if (target.kind !== 'member') return () => true;
      const object = compile(target.object);
      const key = compileKey(context, scope, target.key, site);
      return (f) => {
        const o = object(f);
        const k = key(f);
        if (o instanceof Poison) return o;
        if (k instanceof Poison) return k;
        if (!(o instanceof JsObject)) return true;
        const own = getOwn(o, k);
        if (own instanceof Slot && !own.configurable) {
          return scope.strict
            ? ev.throwError('TypeError', `Cannot delete property '${String(k)}'`, site)
            : false;
        }
        const index = indexOf(k);
        const element = index >= 0 && (o instanceof JsArray || o instanceof JsTypedArray);
        const fixed = element
          ? (o instanceof JsTypedArray || o.sealed) && index < o.elements.length
          : o.sealed;
        if (fixed && hasOwn(o, k)) {
          return scope.strict
            ? ev.throwError('TypeError', `Cannot delete property '${String(k)}'`, site)
            : false;
        }
        ev.own(o);
        if (element) {
          if (index < o.elements.length) o.elements[index] = HOLE;
        } else o.properties.delete(typeof k === 'number' ? String(k) : k);
        return true;
      };
    }
    case 'typeof': {
      const argument = node.argument;
      if (argument.kind === 'name' && scope.find(argument.name) === undefined) {
        const name = argument.name;
        const typeSite = siteOf(context, node.span);
        return () => {
          const cell = context.module.cell(name);
          if (cell !== undefined) return typeOf(cell.value);
          const global = ev.realm.globals.get(name);
          // What only a page has is missing where the function is checked: in Node.
          if (global?.value instanceof Poison) return 'undefined';
          return global === undefined
            ? typeOf(get(ev, ev.realm.globalThis, name, typeSite))
            : typeOf(global.value);
        };
      }
      const value = compile(argument);
      const site = siteOf(context, node.span);
      return (f) => {
        const v = value(f);
        definite(ev, v, site);
        return typeOf(v);
      };
    }
    case 'yield': {
      const site = siteOf(context, node.span);
      return () =>
        ev.poison('GL111', 'Generators are not supported yet: return an array instead.', site.location);
    }
    case 'unsupported': {
      const site = siteOf(context, node.span);
      const { problem, message } = node;
      return () => ev.poison(problem, message, site.location);
    }
  }
}

/** The object whose properties `super.x` reads: the prototype of the method's home. */
export function superHome(f: Frame): JsObject | null {
  const callee = f.call.callee as { home?: JsObject } | null;
  return callee?.home?.proto ?? null;
}

export function initialiseFields(context: Context, constructor: JsObject, self: JsObject, site: Site): void {
  const { ev } = context;
  const fields = (
    constructor as { fields?: readonly { key: string | symbol; initialise: JsObject | undefined }[] }
  ).fields;
  for (const field of fields ?? []) {
    define(
      ev,
      self,
      field.key,
      field.initialise === undefined ? undefined : ev.call(field.initialise, self, [], site),
    );
  }
}

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
  return (f) => {
    let frame = f;
    for (let i = 0; i < hops; i++) frame = frame.parent!;
    const list = frame.slots[mapped.arguments.slot];
    return list instanceof JsArray && list.tag === 'Arguments' && mapped.index < list.elements.length
      ? list
      : undefined;
  };
}

function compileName(context: Context, scope: Scope, name: string, site: Site): Evaluate {
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
      const { index } = binding.mapped!;
      return (f) => {
        const list = element(f);
        if (list !== undefined) return list.elements[index];
        let frame = f;
        for (let i = 0; i < hops; i++) frame = frame.parent!;
        return frame.slots[slot];
      };
    }
    if (hops === 0) {
      return (f) => {
        const value = f.slots[slot];
        return value === UNINITIALISED ? early() : value;
      };
    }
    if (hops === 1) {
      return (f) => {
        const value = f.parent!.slots[slot];
        return value === UNINITIALISED ? early() : value;
      };
    }
    return (f) => {
      let frame = f;
      for (let i = 0; i < hops; i++) frame = frame.parent!;
      const value = frame.slots[slot];
      return value === UNINITIALISED ? early() : value;
    };
  }
  if (name === 'undefined') return () => undefined;
  // Module variables are looked up late: a statement below may declare them.
  let cell = context.module.cell(name);
  return () => {
    cell ??= context.module.cell(name);
    if (cell !== undefined) return cell.value === UNINITIALISED ? early() : cell.value;
    const global = ev.realm.globals.get(name);
    if (global !== undefined) return global.value;
    const own = ev.realm.globalThis.properties.get(name);
    return own === undefined ? missing() : own instanceof Slot ? own.value : own;
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

function compileMember(context: Context, scope: Scope, node: Member): Evaluate {
  const { ev } = context;
  const site = siteOf(context, node.span);
  const object = compileExpression(context, scope, node.object);
  const optional = node.optional === true;
  if (typeof node.key === 'string') {
    const key = memberKey(scope, node.key);
    if (typeof key === 'symbol') {
      return (f) => {
        const o = object(f);
        if (optional && (o === null || o === undefined)) throw CUT;
        needPrivate(ev, o, key, site);
        return get(ev, o, key, site);
      };
    }
    return (f) => {
      const o = object(f);
      if (optional && (o === null || o === undefined)) throw CUT;
      return get(ev, o, key, site);
    };
  }
  const key = compileExpression(context, scope, node.key);
  return (f) => {
    const o = object(f);
    if (optional && (o === null || o === undefined)) throw CUT;
    const k = key(f);
    if (typeof k === 'number' && (o instanceof JsArray || o instanceof JsTypedArray)) {
      const value = o.elements[k];
      if (value !== undefined && value !== HOLE) return value;
    }
    return loadElement(ev, o, k, site);
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
    return (f) => {
      const values = new Array<Value>(parts.length);
      for (let i = 0; i < parts.length; i++) values[i] = parts[i]!(f);
      ev.step(site, 1 + (parts.length >> 4));
      return values;
    };
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
      else iterate(ev, part.value(f), (v) => void values.push(v), site);
    }
    return values;
  };
}

export function compileArguments(
  context: Context,
  scope: Scope,
  args: readonly (Expression | Spread)[],
): (f: Frame) => Value[] {
  const at = args[0];
  const site = siteOf(context, at === undefined ? { start: 0, end: 0 } : at.span);
  return compileList(context, scope, args, site);
}

function compileCall(context: Context, scope: Scope, node: Expression & { kind: 'call' }): Evaluate {
  const { ev } = context;
  const site = siteOf(context, node.span);
  const args = compileArguments(context, scope, node.arguments);
  const optional = node.optional === true;
  const callee = node.callee;
  const describe = describeCallee(callee);
  const apply = (fn: Value, self: Value, f: Frame): Value => {
    if (optional && (fn === null || fn === undefined)) throw CUT;
    const values = args(f);
    if (!(fn instanceof JsFunction) && !(fn instanceof Poison)) {
      return ev.throwError('TypeError', `${describe} is not a function`, site);
    }
    return ev.call(fn, self, values, site);
  };
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
  return (f) => apply(fn(f), undefined, f);
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
      if (k instanceof Poison) return { self: f.call.self, value: k };
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
    return { self, value: k instanceof Poison ? k : get(ev, self, k, site) };
  };
}

function describeCallee(node: Expression): string {
  if (node.kind === 'name') return node.name;
  if (node.kind === 'member' && typeof node.key === 'string')
    return `${describeCallee(node.object)}.${node.key}`;
  if (node.kind === 'this') return 'this';
  return 'what is called here';
}

function compileBinary(context: Context, scope: Scope, node: Expression & { kind: 'binary' }): Evaluate {
  const { ev } = context;
  // Left-deep chains (a + b + c + …) are compiled in a loop: generated code has thousands of terms.
  const chain: (Expression & { kind: 'binary' })[] = [];
  let first: Expression = node;
  while (first.kind === 'binary') {
    chain.push(first);
    first = first.left;
  }
  if (chain.length > 500) return flat(context, scope, chain, compileExpression(context, scope, first));
  let evaluate = compileExpression(context, scope, first);
  for (let i = chain.length - 1; i >= 0; i--) {
    const part = chain[i]!;
    evaluate = combine(context, scope, part, evaluate);
    if (i > 0) evaluate = observed(context, scope.observed, part.span, evaluate);
  }
  return evaluate;

  function flat(c: Context, s: Scope, parts: typeof chain, start: Evaluate): Evaluate {
    // Too long for nested closures: one loop over the operands.
    const steps = parts.reverse().map((p) => ({
      operator: p.operator,
      right: compileExpression(c, s, p.right),
      site: siteOf(c, p.span),
    }));
    return (f) => {
      let value = start(f);
      for (const step of steps) value = binary(ev, step.operator, value, step.right(f), step.site);
      return value;
    };
  }
}

function combine(
  context: Context,
  scope: Scope,
  node: Expression & { kind: 'binary' },
  left: Evaluate,
): Evaluate {
  const { ev } = context;
  const site = siteOf(context, node.span);
  const right = compileExpression(context, scope, node.right);
  const operator = node.operator;
  switch (operator) {
    case '+':
      return (f) => {
        const a = left(f);
        const b = right(f);
        return typeof a === 'number' && typeof b === 'number' ? a + b : add(ev, a, b, site);
      };
    case '-':
      return (f) => {
        const a = left(f);
        const b = right(f);
        return typeof a === 'number' && typeof b === 'number' ? a - b : binary(ev, '-', a, b, site);
      };
    case '*':
      return (f) => {
        const a = left(f);
        const b = right(f);
        return typeof a === 'number' && typeof b === 'number' ? a * b : binary(ev, '*', a, b, site);
      };
    case '/':
      return (f) => {
        const a = left(f);
        const b = right(f);
        return typeof a === 'number' && typeof b === 'number' ? a / b : binary(ev, '/', a, b, site);
      };
    case '<':
      return (f) => {
        const a = left(f);
        const b = right(f);
        return typeof a === 'number' && typeof b === 'number' ? a < b : binary(ev, '<', a, b, site);
      };
    case '===':
    case '!==': {
      const same = operator === '===';
      return (f) => {
        const a = left(f);
        const b = right(f);
        if (!(a instanceof Leaf || b instanceof Leaf || a instanceof Poison || b instanceof Poison))
          return (a === b || (a instanceof JsObject && strictEquals(ev, a, b, site) === true)) === same;
        const equal = binary(ev, '===', a, b, site);
        return same ? equal : negate(ev, equal, site);
      };
    }
    case '%':
    case '**':
    case '&':
    case '|':
    case '^':
    case '<<':
    case '>>':
    case '>>>':
      return (f) => {
        const a = left(f);
        const b = right(f);
        return typeof a === 'number' && typeof b === 'number'
          ? knownArithmetic(operator, a, b)
          : binary(ev, operator, a, b, site);
      };
    default:
      return (f) => {
        const a = left(f);
        return binary(ev, operator, a, right(f), site);
      };
  }
}

function compileObject(context: Context, scope: Scope, node: Expression & { kind: 'object' }): Evaluate {
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
