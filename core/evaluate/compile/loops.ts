/** Loops. */
import type { Loop, Statement } from '../../source/syntax.ts';
import type { Completion } from '../domain.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Evaluate, Execute } from '../functions.ts';
import { Frame } from '../heap.ts';
import { iterate, usual } from '../iterate.ts';
import { JsArray, JsBuffer, JsObject, JsTypedArray } from '../objects.ts';
import { condition } from '../operators.ts';
import { hasProperty, ownKeys } from '../properties.ts';
import { protoOf } from '../proxies.ts';
import { isHole, type Leaf, Poison, type Site, UNINITIALISED, type Value } from '../values.ts';
import { compilePattern } from './assign.ts';
import { type Context, siteOf } from './compiler.ts';
import { compileExpression } from './expressions.ts';
import { holdsClosures, isConstant, type Scope } from './scope.ts';
import { compileStatement, ownLabel } from './statements.ts';

/** A frame with the same variables for the next iteration. */
export function copiesOf(ev: Evaluator, frame: Frame): Frame {
  return new Frame(frame.slots.slice(), frame.parent, frame.call, ev.store.epoch);
}

/** The variables of `for (let …)` are copied for each iteration only where closures could tell. */
export function loopCopies(outer: Scope, node: Loop): boolean {
  return (
    node.perIteration.length > 0 &&
    (holdsClosures(node.body) || holdsClosures(node.update) || holdsClosures(node.test)) &&
    node.perIteration.some((name) => outer.find(name)?.layout === outer.layout && !outer.layout.function)
  );
}

export function compileLoop(context: Context, outer: Scope, node: Loop, labels: readonly string[]): Execute {
  const { ev } = context;
  const site = siteOf(context, node.span);
  const at = node.test === undefined ? site : siteOf(context, node.test.span);
  const copies = loopCopies(outer, node);
  const scope = outer.block(false, true);
  const test = node.test && compileExpression(context, scope, node.test);
  const update: Evaluate | undefined = node.update && compileExpression(context, scope, node.update);
  const body = compileStatement(context, scope, node.body);
  return (f) => {
    let frame = f;
    if (copies) frame = copiesOf(ev, frame);
    return ev.domain.loop({
      form: node.form,
      labels,
      site,
      test:
        test &&
        (() => {
          const value = test(frame);
          return typeof value === 'boolean' ? value : condition(ev, value, at);
        }),
      body: () => body(frame),
      update:
        update === undefined && !copies
          ? undefined
          : () => {
              if (!copies) {
                update?.(frame);
                return;
              }
              const next = copiesOf(ev, frame);
              update?.(next);
              if (ev.domain.copiesVariables) frame = next;
              else {
                // A stage's loop carries its variables in one frame: those of the iteration before are gone.
                ev.own(frame);
                frame.slots = next.slots;
              }
            },
    });
  };
}

/** What `for` … `in` visits: its keys, and whether one is still there when its turn comes (ECMA-262 §14.7.5.9). */
export function enumerate(
  ev: Evaluator,
  object: Value,
  site: Site,
): { readonly keys: readonly string[]; readonly present: (key: string) => boolean } {
  if (object instanceof Poison) ev.refuse(object.problem.id, object.problem.message, object.problem.location);
  const keys: string[] = [];
  const seen = new Set<string>();
  for (let o: Value = object; o instanceof JsObject; o = protoOf(o)) {
    ev.listsKeys(o, site);
    for (const key of ownKeys(o, true)) if (!seen.has(key)) keys.push(key);
    for (const key of ownKeys(o, false)) seen.add(key);
  }
  if (typeof object === 'string') for (let i = 0; i < object.length; i++) keys.push(String(i));
  return { keys, present: (key) => !(object instanceof JsObject) || hasProperty(ev, object, key) };
}

/** What `for` … `of` and `in` have in common; `enter` gives the frame of an iteration. */
export function compileHead(context: Context, scope: Scope, node: Statement & { kind: 'forOf' | 'forIn' }) {
  const { ev } = context;
  const own = node.scope.length > 0 && holdsClosures(node.body);
  const inner = scope.block(own, true);
  for (const name of node.scope) inner.declare(name.name, isConstant(name.mode));
  const collection = compileExpression(context, scope, node.kind === 'forOf' ? node.iterable : node.object);
  const store = compilePattern(context, inner, node.target, node.scope.length > 0 ? 'initialise' : 'assign');
  const body = compileStatement(context, inner, node.body);
  const { layout } = inner;
  const enter = (f: Frame): Frame =>
    own ? new Frame(new Array(layout.size).fill(UNINITIALISED), f, f.call, ev.store.epoch) : f;
  return { collection, store, body, enter };
}

export function compileFor(
  context: Context,
  scope: Scope,
  node: Statement & { kind: 'forOf' | 'forIn' },
  labels: readonly string[],
): Execute {
  const { ev } = context;
  const site = siteOf(context, node.span);
  const { collection, store, body, enter } = compileHead(context, scope, node);
  if (node.kind === 'forIn') {
    return (f) => {
      const { keys, present } = enumerate(ev, collection(f), site);
      const position = new Frame([0], f, f.call, ev.store.epoch);
      let frame = f;
      return ev.domain.loop({
        form: 'for',
        labels,
        site,
        known: true,
        test: () => (position.slots[0] as number) < keys.length,
        body: () => {
          const i = position.slots[0] as number;
          ev.own(position);
          position.slots[0] = i + 1;
          const key = keys[i]!;
          if (!present(key)) return undefined;
          frame = enter(f);
          store(frame, key);
          return body(frame);
        },
        update: undefined,
      });
    };
  }
  return (f) => {
    const iterable = collection(f);
    const isArray = iterable instanceof JsArray || iterable instanceof JsTypedArray;
    if (iterable instanceof JsBuffer || (isArray && usual(ev, iterable, site))) {
      return forOfArray(iterable, f);
    }
    let result: Completion;
    iterate(
      ev,
      iterable,
      (value) => {
        const frame = enter(f);
        store(frame, value);
        const c = body(frame);
        if (c === undefined) return false;
        if (c.kind === 'split')
          ev.refuse('GL111', 'Leaving this loop depends on an input: index an array instead.', site.location);
        if (c.kind === 'continue' && ownLabel(c, labels)) return false;
        if (!(c.kind === 'break' && ownLabel(c, labels))) result = c;
        return true;
      },
      site,
    );
    return result;
  };

  function forOfArray(iterable: JsArray | JsTypedArray | JsBuffer, f: Frame): Completion {
    // The position lives in a frame of its own so that a stage can see that the loop carries it.
    const position = new Frame([0], f, f.call, ev.store.epoch);
    return ev.domain.loop({
      form: 'for',
      labels,
      site,
      test: () => {
        const length = iterable instanceof JsBuffer ? iterable.length : iterable.elements.length;
        const i = position.slots[0];
        if (typeof i === 'number' && typeof length === 'number') return i < length;
        return ev.domain.op2('lt', i as number | Leaf, length as number | Leaf, site) as boolean | Leaf;
      },
      body: () => {
        const i = position.slots[0] as number | Leaf;
        const value =
          typeof i === 'number' && !(iterable instanceof JsBuffer)
            ? iterable.elements[i]
            : ev.domain.load(iterable, i, site);
        const frame = enter(f);
        store(frame, isHole(value) ? undefined : value);
        return body(frame);
      },
      update: () => {
        const i = position.slots[0] as number | Leaf;
        ev.own(position);
        position.slots[0] = typeof i === 'number' ? i + 1 : ev.domain.op2('add', i, 1, site);
      },
    });
  }
}
