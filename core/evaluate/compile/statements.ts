import type { Block, Statement, Try } from '../../source/syntax.ts';
import { yields } from '../../source/yields.ts';
import type { Abrupt, Completion } from '../domain.ts';
import type { Execute } from '../functions.ts';
import { Frame } from '../heap.ts';
import { truth } from '../operators.ts';
import { Poison, Refusal, Thrown, UNINITIALISED, type Value } from '../values.ts';
import { compilePattern } from './assign.ts';
import { type Context, siteOf } from './compiler.ts';
import { compileExpression, either } from './expressions.ts';
import { compileFunction } from './functions.ts';
import { compileFor, compileLoop } from './loops.ts';
import { compileNamed } from './names.ts';
import { compileResumable, resumableSequence } from './resumable.ts';
import { holdsClosures, isConstant, isIdle, type Scope } from './scope.ts';

export const RETURN: Abrupt = { kind: 'return', label: undefined };
const BREAK: Abrupt = { kind: 'break', label: undefined };
const CONTINUE: Abrupt = { kind: 'continue', label: undefined };

export function compileStatement(
  context: Context,
  scope: Scope,
  node: Statement,
  labels: readonly string[] = [],
): Execute {
  if (context.resumable && yields(node)) return compileResumable(context, scope, node, labels);
  const { ev } = context;
  const site = siteOf(context, node.span);
  switch (node.kind) {
    case 'expression': {
      const value = compileExpression(context, scope, node.expression);
      return (f) => {
        ev.step(site);
        value(f);
        return undefined;
      };
    }
    case 'declare': {
      const value = compileNamed(context, scope, node.value, node.target);
      const to = node.outermost === true ? scope.outermost() : scope;
      const mode = node.mode === 'var' && node.outermost !== true ? 'assign' : 'initialise';
      const store = compilePattern(context, to, node.target, mode);
      return (f) => {
        ev.step(site);
        store(f, value(f));
        return undefined;
      };
    }
    case 'block':
      return compileBlock(context, scope, node);
    case 'if': {
      const at = siteOf(context, node.test.span);
      const test = compileExpression(context, scope, node.test);
      const then = compileStatement(context, scope, node.then);
      const otherwise = node.else && compileStatement(context, scope, node.else);
      const idle = isIdle(node.then) && (node.else === undefined || isIdle(node.else));
      return (f) => {
        ev.step(site);
        const value = test(f);
        const known = typeof value === 'boolean' ? value : truth(ev, value, at);
        if (known instanceof Poison) {
          if (!idle) return ev.refusePoison(known);
          const run = (arm: typeof then) => (frame: Frame) => void arm(frame);
          either(ev, known, otherwise === undefined ? [run(then)] : [run(then), run(otherwise)], f);
          return undefined;
        }
        if (typeof known === 'boolean') return known ? then(f) : otherwise?.(f);
        return ev.domain.branch(
          known,
          () => then(f),
          () => otherwise?.(f),
          at,
        );
      };
    }
    case 'loop':
      return compileLoop(context, scope, node, labels);
    case 'forOf':
    case 'forIn':
      return compileFor(context, scope, node, labels);
    case 'labelled': {
      const label = node.label;
      const inner = node.body;
      if (
        inner.kind === 'loop' ||
        inner.kind === 'forOf' ||
        inner.kind === 'forIn' ||
        inner.kind === 'labelled'
      ) {
        const body = compileStatement(context, scope, inner, [...labels, label]);
        return (f) => consume(body(f), label);
      }
      const body = compileStatement(context, scope, inner);
      return (f) => consume(body(f), label);
    }
    case 'return': {
      const value = node.value && compileExpression(context, scope, node.value);
      const hops = scope.hopsToFunction();
      return (f) => {
        ev.step(site);
        const result = value?.(f);
        let frame = f;
        for (let i = 0; i < hops; i++) frame = frame.parent!;
        if (frame.epoch < ev.store.epoch) ev.store.own(frame);
        frame.slots[0] = result;
        return RETURN;
      };
    }
    case 'break': {
      const completion = node.label === undefined ? BREAK : ({ kind: 'break', label: node.label } as const);
      return () => completion;
    }
    case 'continue': {
      const completion =
        node.label === undefined ? CONTINUE : ({ kind: 'continue', label: node.label } as const);
      return () => completion;
    }
    case 'throw': {
      const value = compileExpression(context, scope, node.value);
      return (f) => {
        // An exception costs the host more than a statement.
        ev.step(site, 50);
        throw new Thrown(value(f), site);
      };
    }
    case 'try':
      return compileTry(context, scope, node);
    case 'suspend':
      return compileResumable(context, scope, node, labels);
    case 'unsupportedStatement': {
      const { problem, message } = node;
      return () => ev.refuse(problem, message, site.location);
    }
  }
}

/** Takes a `break label` as the normal end of the labelled statement. */
export function consume(c: Completion, label: string): Completion {
  if (c === undefined) return undefined;
  if (c.kind === 'split') {
    const rest = c.outcomes.filter((o) => !(o.completion.kind === 'break' && o.completion.label === label));
    return rest.length === 0 ? undefined : { kind: 'split', outcomes: rest };
  }
  return c.kind === 'break' && c.label === label ? undefined : c;
}

export function ownLabel(c: Abrupt, labels: readonly string[]): boolean {
  return c.label === undefined || labels.includes(c.label);
}

const SIMPLE: ReadonlySet<string> = new Set([
  'expression',
  'declare',
  'return',
  'break',
  'continue',
  'throw',
]);

/**
 * Runs statements in order; after a split end the rest runs only where the end was normal. While modules load, the rest
 * runs after one that cannot be followed too, where it can be told what that could have changed.
 */
function sequence(
  context: Context,
  scope: Scope,
  nodes: readonly Statement[],
  statements: readonly Execute[],
): Execute {
  const { ev } = context;
  const nowhere = siteOf(context, { start: 0, end: 0 });
  const run = (f: Frame, from: number): Completion => {
    let i = from;
    const { given } = ev;
    const since = given === undefined ? 0 : given.length;
    for (;;) {
      try {
        for (; i < statements.length; i++) {
          const c = statements[i]!(f);
          if (given !== undefined) given.length = since;
          if (c === undefined) continue;
          if (c.kind !== 'split') return c;
          if (i + 1 === statements.length) return c;
          return ev.domain.resume(c, () => run(f, i + 1), ev.current ?? nowhere);
        }
        return undefined;
      } catch (error) {
        if (ev.skip?.(error, nodes.slice(i), scope, f, since, true) !== true) throw error;
        i++;
      }
    }
  };
  // What is around a simple statement may be left out as well.
  if (statements.length === 1 && SIMPLE.has(nodes[0]!.kind)) return statements[0]!;
  return (f) => {
    if (ev.skip !== undefined || ev.given !== undefined) return run(f, 0);
    for (let i = 0; i < statements.length; i++) {
      const c = statements[i]!(f);
      if (c === undefined) continue;
      if (c.kind !== 'split' || i + 1 === statements.length) return c;
      return ev.domain.resume(c, () => run(f, i + 1), ev.current ?? nowhere);
    }
    return undefined;
  };
}

/** Compiles declarations and statements of a block into the present scope (a function's body). */
export function compileBlockInto(context: Context, scope: Scope, node: Block): Execute {
  const statements = node.statements.map((s) => compileStatement(context, scope, s));
  return context.resumable && yields(node)
    ? resumableSequence(context, scope, node.statements, statements)
    : sequence(context, scope, node.statements, statements);
}

/**
 * What happens on entry: lexical names become uninitialised, which in a `fresh` frame they are, and function
 * declarations are made.
 */
export function hoist(context: Context, scope: Scope, node: Block, fresh = false): (f: Frame) => void {
  const slots: number[] = [];
  for (const name of node.scope) {
    const binding = scope.declare(name.name, isConstant(name.mode));
    if (name.mode !== 'function' && !fresh) slots.push(binding.slot);
  }
  const functions = node.functions.map((fn) => ({
    store: compilePattern(
      context,
      scope,
      { kind: 'name', name: fn.name ?? '', span: fn.nameSpan ?? fn.span },
      'initialise',
    ),
    make: compileFunction(context, scope, fn, { declaration: true }),
  }));
  const { ev } = context;
  return (f) => {
    if (slots.length > 0) {
      if (f.epoch < ev.store.epoch) ev.store.own(f);
      for (let i = 0; i < slots.length; i++) f.slots[slots[i]!] = UNINITIALISED;
    }
    for (const { store, make } of functions) store(f, make(f));
  };
}

function compileBlock(context: Context, outer: Scope, node: Block): Execute {
  if (node.scope.length === 0 && node.functions.length === 0) return compileBlockInto(context, outer, node);
  const own = needsFrame(outer, node);
  const scope = outer.block(own);
  const enter = hoist(context, scope, node);
  const body = compileBlockInto(context, scope, node);
  if (!own) {
    return (f) => {
      enter(f);
      return body(f);
    };
  }
  const { ev } = context;
  return (f) => {
    const frame = new Frame(new Array(scope.layout.size).fill(UNINITIALISED), f, f.call, ev.store.epoch);
    enter(frame);
    return body(frame);
  };
}

/** A block in a loop that holds closures: each iteration's see their own variables. */
export function needsFrame(outer: Scope, node: Block): boolean {
  const declares = node.scope.length > 0 || node.functions.length > 0;
  return declares && holdsClosures(node) && (outer.inLoop || node.statements.some(copiesVariables));
}

function copiesVariables(node: Statement): boolean {
  return node.kind === 'labelled'
    ? copiesVariables(node.body)
    : node.kind === 'loop' && node.perIteration.length > 0;
}

function compileTry(context: Context, scope: Scope, node: Try): Execute {
  const { ev } = context;
  const body = compileBlock(context, scope, node.body);
  const final = node.finally && compileBlock(context, scope, node.finally);
  let handler: ((f: Frame, value: Value) => Completion) | undefined;
  if (node.handler !== undefined) {
    const own = scope.inLoop && holdsClosures(node.handler.body);
    const inner = scope.block(own);
    for (const name of node.handler.scope) inner.declare(name.name, false);
    const store = node.handler.target && compilePattern(context, inner, node.handler.target, 'initialise');
    const block = compileBlock(context, inner, node.handler.body);
    handler = (f, value) => {
      const frame = own
        ? new Frame(new Array(inner.layout.size).fill(UNINITIALISED), f, f.call, ev.store.epoch)
        : f;
      store?.(frame, value);
      return block(frame);
    };
  }
  const guarded = (f: Frame): Completion => {
    if (handler === undefined) return body(f);
    const depth = ev.depth;
    ev.handlers++;
    try {
      return body(f);
    } catch (error) {
      if (!(error instanceof Thrown)) throw error;
      ev.depth = depth;
      ev.handlers--;
      try {
        return handler(f, error.value);
      } finally {
        ev.handlers++;
      }
    } finally {
      ev.handlers--;
    }
  };
  if (final === undefined) return guarded;
  // A `finally` that leaves by itself takes the place of an exception: it is a handler.
  const handles = leavesEarly(node.finally) ? 1 : 0;
  return (f) => {
    let result: Completion;
    let thrown: Thrown | undefined;
    const frame = functionFrame(f, scope.hopsToFunction());
    ev.handlers += handles;
    try {
      result = guarded(f);
    } catch (error) {
      if (error instanceof Refusal || !(error instanceof Thrown)) throw error;
      thrown = error;
    } finally {
      ev.handlers -= handles;
    }
    const returned = frame.slots[0];
    const c = final(f);
    if (c !== undefined) return c;
    if (thrown !== undefined) throw thrown;
    // `finally` ran to its end: the value to return is the one from before it.
    if (frame.slots[0] !== returned) {
      ev.own(frame);
      frame.slots[0] = returned;
    }
    return result;
  };
}

function functionFrame(f: Frame, hops: number): Frame {
  let frame = f;
  for (let i = 0; i < hops; i++) frame = frame.parent!;
  return frame;
}

/** Whether statements may end by `return`, `break` or `continue`. */
function leavesEarly(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.some(leavesEarly);
  const { kind } = node as { kind?: string };
  if (kind === 'return' || kind === 'break' || kind === 'continue') return true;
  return Object.entries(node).some(([key, child]) => key !== 'span' && key !== 'shape' && leavesEarly(child));
}
