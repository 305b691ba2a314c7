import type { Expression } from '../../source/syntax.ts';
import { joined } from '../activeText.ts';
import { construct, constructDirect, initialiseFields } from '../construct.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Closure, Evaluate } from '../functions.ts';
import type { Frame } from '../heap.ts';
import { JsObject, JsRegExp, Slot } from '../objects.ts';
import { definite, orElse, toText, truth, typeOf, unary } from '../operators.ts';
import { deleteProperty, get, getFrom } from '../properties.ts';
import {
  bare,
  isUninitialised,
  mayBe,
  mayBeMissing,
  Poison,
  type Site,
  Thrown,
  UNINITIALISED,
  type Value,
} from '../values.ts';
import { compileAssign, compileUpdate } from './assign.ts';
import { compileBinary } from './binary.ts';
import { ReadCache } from './caches.ts';
import { CUT, compileArguments, compileArray, compileCall, compileList, compileMember } from './calls.ts';
import { compileClass } from './classes.ts';
import { type Context, observed, siteOf } from './compiler.ts';
import { compileFunction } from './functions.ts';
import { compileKey, compileName, memberHolder } from './names.ts';
import { compileObject } from './objectLiterals.ts';
import { isQuiet, type Scope } from './scope.ts';

export function compileExpression(context: Context, scope: Scope, node: Expression): Evaluate {
  return observed(context, scope.observed, node.span, compileNode(context, scope, node));
}

/** What most nodes are, on its own: the closures of `compileOther` keep all that its arms declare. */
function compileNode(context: Context, scope: Scope, node: Expression): Evaluate {
  switch (node.kind) {
    case 'literal':
      return constantly(node.value);
    case 'name':
      return compileName(context, scope, node.name, siteOf(context, node.span));
    case 'member':
      return compileMember(context, scope, node);
    case 'call':
      return compileCall(context, scope, node);
    case 'binary':
      return compileBinary(context, scope, node);
    default:
      return compileOther(context, scope, node);
  }
}

function constantly(value: Value): Evaluate {
  return () => value;
}

type Frequent = 'literal' | 'name' | 'member' | 'call' | 'binary';

function compileOther(
  context: Context,
  scope: Scope,
  node: Exclude<Expression, { readonly kind: Frequent }>,
): Evaluate {
  const { ev } = context;
  const compile = (e: Expression) => compileExpression(context, scope, e);
  switch (node.kind) {
    case 'template': {
      const site = siteOf(context, node.span);
      const values = node.values.map(compile);
      const text = node.text;
      return (f) => {
        const pieces: (string | Poison)[] = [text[0]!];
        for (let i = 0; i < values.length; i++) pieces.push(toText(ev, values[i]!(f), site), text[i + 1]!);
        return joined(ev, pieces, site);
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
        if (isUninitialised(self)) {
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
    case 'construct': {
      const site = siteOf(context, node.span);
      const callee = compile(node.callee);
      const args = compileArguments(context, scope, node.arguments);
      const cache = new ReadCache(ev, 'prototype', site);
      return (f) => {
        const target = callee(f);
        const code = ev.direct(target, true);
        return code === undefined || !(target as Closure).constructs
          ? construct(ev, target, args.list(f), site, undefined, cache)
          : constructDirect(ev, target as Closure, code, args.slots(f, code), site, cache);
      };
    }
    case 'superCall': {
      const site = siteOf(context, node.span);
      const args = compileArguments(context, scope, node.arguments);
      return (f) => {
        const parent = f.call.callee?.proto;
        const values = args.list(f);
        const self = construct(ev, parent ?? undefined, values, site, f.call.newTarget);
        if (f.call.self !== UNINITIALISED) {
          return ev.throwError('ReferenceError', 'Super constructor may only be called once', site);
        }
        if (f.call.epoch < ev.store.epoch) {
          return ev.refuse('GL111', 'Which super() is called here depends on an input.', site.location);
        }
        f.call.self = self;
        if (self instanceof JsObject && f.call.callee !== null)
          initialiseFields(ev, f.call.callee as Closure, self, site);
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
    case 'logical': {
      const site = siteOf(context, node.span);
      const left = compile(node.left);
      const right = compile(node.right);
      const acts = !isQuiet(node.right);
      if (node.operator === '??') {
        const fresh = node.left.kind === 'member';
        return (f) => {
          const value = left(f);
          if (mayBeMissing(value)) return acts ? ev.refusePoison(value) : either(ev, value, [right], f);
          return typeof value === 'number' ? value : orElse(ev, value, true, () => right(f), site, fresh);
        };
      }
      const and = node.operator === '&&';
      return (f) => {
        const value = left(f);
        const test = typeof value === 'boolean' ? value : truth(ev, value, site);
        if (typeof test === 'boolean') return test === and ? right(f) : value;
        if (test instanceof Poison) return acts ? ev.refusePoison(test) : either(ev, test, [right], f);
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
    case 'conditional':
      return compileConditional(context, scope, node);
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
      if (node.raw === undefined) return compileArray(context, scope, node.elements, site);
      return compileStrings(context, node.raw, compileList(context, scope, node.elements, site));
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
      if (target.kind === 'name') return compileDeleteName(context, scope, target.name, site);
      if (target.kind === 'superMember')
        return () => ev.throwError('ReferenceError', 'Unsupported reference to super', site);
      if (target.kind !== 'member') {
        const value = compile(target);
        return (f) => {
          value(f);
          return true;
        };
      }
      const object = compile(target.object);
      const key = compileKey(context, scope, target.key, site);
      const optional = target.optional === true;
      return (f) => {
        const o = object(f);
        if (optional && (o === null || o === undefined)) throw CUT;
        const k = key(f);
        if (o === null || o === undefined)
          return ev.throwError('TypeError', `Cannot convert ${o} to object`, site);
        // It may be one of these objects that loses a property, or any property that this one loses.
        if (o instanceof Poison) return o.of.length > 0 ? ev.refusePoison(o) : bare(o);
        if (!(o instanceof JsObject)) return k instanceof Poison ? k : true;
        if (k instanceof Poison) return ev.refusePoison(k);
        return deleteProperty(ev, o, k, site, scope.strict);
      };
    }
    case 'typeof': {
      const argument = node.argument;
      if (argument.kind === 'name' && scope.find(argument.name) === undefined) {
        const name = argument.name;
        const typeSite = siteOf(context, node.span);
        const holder = memberHolder(scope, name);
        return (f) => {
          const object = holder?.(f);
          if (object !== undefined) return typeOf(get(ev, object, name, typeSite));
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
      // Taken out of the bodies of generators before they are compiled.
      const site = siteOf(context, node.span);
      return () => ev.refuse('GL111', '`yield` is not supported here.', site.location);
    }
    case 'unsupported': {
      const site = siteOf(context, node.span);
      const { problem, message } = node;
      if (node.ends === true) return () => ev.refuse(problem, message, site.location);
      return () => ev.poison(problem, message, site.location);
    }
  }
}

/**
 * What is unknown where one of these may be meant. By their syntax they do no more than give a value; what getters and
 * conversions do on the way is done or not.
 */
export function either(ev: Evaluator, unknown: Poison, arms: readonly Evaluate[], f: Frame): Poison {
  const { store } = ev;
  const token = store.begin();
  let acts = true;
  let values: Value[] = [];
  try {
    values = arms.map((arm) => arm(f));
    acts = store.changed;
  } catch (error) {
    // It is not known whether this is thrown.
    if (!(error instanceof Thrown)) throw error;
  } finally {
    store.commit(token);
  }
  return acts ? ev.refusePoison(unknown) : mayBe(unknown, ...values);
}

/** A chain `a ? b : c ? d : …` in one loop: that of a large `switch` has thousands. */
function compileConditional(
  context: Context,
  scope: Scope,
  first: Expression & { kind: 'conditional' },
): Evaluate {
  const { ev } = context;
  const links: { test: Evaluate; then: Evaluate; site: Site }[] = [];
  let node: Expression = first;
  // What is observed is a node of its own.
  const whole = context.observer === undefined || !scope.observed;
  while (node.kind === 'conditional' && (whole || node === first)) {
    const site = siteOf(context, node.test.span);
    const test = compileExpression(context, scope, node.test);
    links.push({ test, then: compileExpression(context, scope, node.then), site });
    node = node.else;
  }
  const last = compileExpression(context, scope, node);
  // Of values only, what it gives is as unknown as what chooses.
  const acts = !isQuiet(first.then) || !isQuiet(first.else);
  const from = (f: Frame, start: number): Value => {
    for (let i = start; i < links.length; i++) {
      const { test, then, site } = links[i]!;
      const value = test(f);
      const known = typeof value === 'boolean' ? value : truth(ev, value, site);
      if (known === true) return then(f);
      if (known === false) continue;
      if (known instanceof Poison) {
        const after = links.slice(i + 1).flatMap((link) => [link.test, link.then]);
        return acts ? ev.refusePoison(known) : either(ev, known, [then, ...after, last], f);
      }
      const rest = () => from(f, i + 1);
      return ev.domain.branchValue(known, () => then(f), rest, site);
    }
    return last(f);
  };
  if (links.length > 1) return (f) => from(f, 0);
  const { test, then, site } = links[0]!;
  return (f) => {
    const value = test(f);
    const known = typeof value === 'boolean' ? value : truth(ev, value, site);
    if (typeof known === 'boolean') return known ? then(f) : last(f);
    if (known instanceof Poison) return acts ? ev.refusePoison(known) : either(ev, known, [then, last], f);
    return ev.domain.branchValue(
      known,
      () => then(f),
      () => last(f),
      site,
    );
  };
}

/** Outside strict mode: variables stay, what was never declared goes. */
function compileDeleteName(context: Context, scope: Scope, name: string, site: Site): Evaluate {
  const { ev } = context;
  const declared = scope.find(name) !== undefined;
  return () => {
    if (declared || context.module.cell(name) !== undefined) return false;
    return deleteProperty(ev, ev.realm.globalThis, name, site, false);
  };
}

/** The strings of a tagged template: frozen, with their raw text, and one object however often it runs. */
function compileStrings(context: Context, raw: readonly string[], cooked: (f: Frame) => Value[]): Evaluate {
  const { ev } = context;
  let strings: JsObject | undefined;
  return (f) => {
    if (strings === undefined) {
      const texts = ev.array([...raw]);
      strings = ev.array(cooked(f));
      strings.properties.set('raw', new Slot({ value: texts }));
      for (const list of [texts, strings]) {
        list.extensible = false;
        list.frozen = true;
      }
    }
    return strings;
  };
}

/** The object whose properties `super.x` reads: the prototype of the method's home. */
export function superHome(f: Frame): JsObject | null {
  const callee = f.call.callee as { home?: JsObject } | null;
  return callee?.home?.proto ?? null;
}
