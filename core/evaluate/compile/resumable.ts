/**
 * Statements of generators that a `yield` may leave: each keeps in a variable of its frame where it was left, and is
 * taken up there. A generator is resumed by running its body again, which goes straight to that place.
 */
import type { Statement, Suspend, Try } from '../../source/syntax.ts';
import { Cursor, DONE } from '../cursor.ts';
import type { Abrupt, Completion } from '../domain.ts';
import type { Execute } from '../functions.ts';
import { Frame } from '../heap.ts';
import { usual } from '../iterate.ts';
import { JsArray, JsTypedArray } from '../objects.ts';
import { condition } from '../operators.ts';
import { HOLE, Thrown, UNINITIALISED, type Value } from '../values.ts';
import { compilePattern } from './assign.ts';
import { type Context, siteOf } from './compiler.ts';
import { compileExpression } from './expressions.ts';
import { compileHead, copiesOf, enumerate, loopCopies } from './loops.ts';
import { holdsClosures, type Scope } from './scope.ts';
import { compileStatement, consume, hoist, needsFrame, ownLabel, RETURN } from './statements.ts';

const SUSPEND: Abrupt = { kind: 'suspend', label: undefined };

/** A variable of the frame for a statement's own use. */
interface Keep {
  /** What was kept when the statement was left, where it is being taken up; else undefined. */
  taken(f: Frame): unknown;
  put(f: Frame, value: unknown): void;
}

function keepIn(context: Context, scope: Scope): Keep {
  const { ev } = context;
  const slot = scope.layout.size++;
  return {
    taken: (f) => (f.call.suspension!.resumption === undefined ? undefined : f.slots[slot]),
    put: (f, value) => {
      ev.own(f);
      f.slots[slot] = value as Value;
    },
  };
}

function isSuspended(c: Completion): boolean {
  return c !== undefined && c.kind === 'suspend';
}

export function compileResumable(
  context: Context,
  scope: Scope,
  node: Statement,
  labels: readonly string[],
): Execute {
  switch (node.kind) {
    case 'suspend':
      return compileSuspend(context, scope, node);
    case 'block':
      return compileBlock(context, scope, node);
    case 'if':
      return compileIf(context, scope, node);
    case 'loop':
      return compileLoop(context, scope, node, labels);
    case 'forOf':
    case 'forIn':
      return compileFor(context, scope, node, labels);
    case 'labelled': {
      const { label } = node;
      const inner = node.body.kind === 'block' || node.body.kind === 'if' ? [] : [...labels, label];
      const body = compileStatement(context, scope, node.body, inner);
      return (f) => consume(body(f), label);
    }
    case 'try':
      return compileTry(context, scope, node);
    default: {
      const { ev } = context;
      const site = siteOf(context, node.span);
      return () => ev.refuse('GL111', 'A `yield` here is not supported.', site.location);
    }
  }
}

export function resumableSequence(
  context: Context,
  scope: Scope,
  nodes: readonly Statement[],
  statements: readonly Execute[],
): Execute {
  const { ev } = context;
  const keep = keepIn(context, scope);
  const sites = nodes.map((node) => siteOf(context, node.span));
  return (f) => {
    let i = (keep.taken(f) as number | undefined) ?? 0;
    try {
      for (; i < statements.length; i++) {
        const c = statements[i]!(f);
        if (c === undefined) continue;
        if (isSuspended(c)) keep.put(f, i);
        else if (c.kind === 'split')
          ev.refuse('GL111', 'How a generator goes on depends on an input here.', sites[i]!.location);
        return c;
      }
      return undefined;
    } catch (error) {
      ev.skip?.(error, nodes.slice(i), scope, f, ev.given?.length ?? 0, false);
      throw error;
    }
  };
}

function compileBlock(context: Context, outer: Scope, node: Statement & { kind: 'block' }): Execute {
  const { ev } = context;
  const own = needsFrame(outer, node);
  const keep = keepIn(context, outer);
  const scope = node.scope.length === 0 && node.functions.length === 0 ? outer : outer.block(own);
  const enter = hoist(context, scope, node);
  const statements = node.statements.map((s) => compileStatement(context, scope, s));
  const body = resumableSequence(context, scope, node.statements, statements);
  return (f) => {
    let frame = keep.taken(f) as Frame | undefined;
    if (frame === undefined) {
      frame = own
        ? new Frame(new Array(scope.layout.size).fill(UNINITIALISED), f, f.call, ev.store.epoch)
        : f;
      enter(frame);
    }
    const c = body(frame);
    if (isSuspended(c)) keep.put(f, frame);
    return c;
  };
}

function compileIf(context: Context, scope: Scope, node: Statement & { kind: 'if' }): Execute {
  const { ev } = context;
  const at = siteOf(context, node.test.span);
  const keep = keepIn(context, scope);
  const test = compileExpression(context, scope, node.test);
  const then = compileStatement(context, scope, node.then);
  const otherwise = node.else && compileStatement(context, scope, node.else);
  return (f) => {
    let holds = keep.taken(f) as boolean | undefined;
    if (holds === undefined) {
      ev.step(at);
      const value = condition(ev, test(f), at);
      holds = typeof value === 'boolean' ? value : (ev.domain.known(value, at) as boolean);
    }
    const c = holds ? then(f) : otherwise?.(f);
    if (isSuspended(c)) keep.put(f, holds);
    return c;
  };
}

function compileLoop(
  context: Context,
  outer: Scope,
  node: Statement & { kind: 'loop' },
  labels: readonly string[],
): Execute {
  const { ev } = context;
  const site = siteOf(context, node.span);
  const at = node.test === undefined ? site : siteOf(context, node.test.span);
  const copies = loopCopies(outer, node);
  const keep = keepIn(context, outer);
  const scope = outer.block(false, true);
  const test = node.test && compileExpression(context, scope, node.test);
  const update = node.update && compileExpression(context, scope, node.update);
  const body = compileStatement(context, scope, node.body);
  return (f) => {
    const left = keep.taken(f) as Frame | undefined;
    let resumed = left !== undefined;
    let frame = left ?? (copies ? copiesOf(ev, f) : f);
    return ev.domain.loop({
      form: node.form,
      labels,
      site,
      known: true,
      test:
        test &&
        (() => {
          if (resumed) return true;
          const value = condition(ev, test(frame), at);
          return typeof value === 'boolean' ? value : (ev.domain.known(value, at) as boolean);
        }),
      body: () => {
        resumed = false;
        const c = body(frame);
        if (isSuspended(c)) keep.put(f, frame);
        return c;
      },
      update: () => {
        if (copies) frame = copiesOf(ev, frame);
        update?.(frame);
      },
    });
  };
}

/** A `for` … `of` or `in` under way. */
interface Progress {
  /** The element that comes next; its position is in a container, so that it can be undone. */
  readonly next: () => Value | typeof DONE;
  readonly cursor?: Cursor;
}

function compileFor(
  context: Context,
  scope: Scope,
  node: Statement & { kind: 'forOf' | 'forIn' },
  labels: readonly string[],
): Execute {
  const { ev } = context;
  const site = siteOf(context, node.span);
  const keep = keepIn(context, scope);
  const { collection, store, body, enter } = compileHead(context, scope, node);

  const begin = (value: Value, f: Frame): Progress => {
    const position = new Frame([0], f, f.call, ev.store.epoch);
    const advance = (): number => {
      const i = position.slots[0] as number;
      ev.own(position);
      position.slots[0] = i + 1;
      return i;
    };
    if (node.kind === 'forIn') {
      const { keys, present } = enumerate(ev, value, site);
      const next = (): Value | typeof DONE => {
        for (;;) {
          const i = advance();
          if (i >= keys.length) return DONE;
          if (present(keys[i]!)) return keys[i]!;
        }
      };
      return { next };
    }
    const isArray = value instanceof JsArray || value instanceof JsTypedArray;
    if (isArray && usual(ev, value, site)) {
      const next = (): Value | typeof DONE => {
        const i = advance();
        const { elements } = value;
        return i >= elements.length ? DONE : elements[i] === HOLE ? undefined : elements[i];
      };
      return { next };
    }
    const cursor = new Cursor(ev, value, site);
    return { next: () => cursor.next(), cursor };
  };

  return (f) => {
    const left = keep.taken(f) as { progress: Progress; frame: Frame } | undefined;
    const progress = left?.progress ?? begin(collection(f), f);
    let resumed = left?.frame;
    let current: Value | typeof DONE;
    let outcome: Completion;
    const run = (frame: Frame): Completion => {
      let thrown = true;
      try {
        const c = body(frame);
        if (isSuspended(c)) keep.put(f, { progress, frame });
        thrown = false;
        outcome = c;
        return c;
      } finally {
        if (thrown) progress.cursor?.abandon();
      }
    };
    const result = ev.domain.loop({
      form: 'for',
      labels,
      site,
      known: true,
      test: () => {
        if (resumed !== undefined) return true;
        current = progress.next();
        return current !== DONE;
      },
      body: () => {
        if (resumed !== undefined) {
          const frame = resumed;
          resumed = undefined;
          return run(frame);
        }
        const frame = enter(f);
        try {
          store(frame, current as Value);
        } catch (error) {
          if (error instanceof Thrown) progress.cursor?.abandon();
          throw error;
        }
        return run(frame);
      },
      update: undefined,
    });
    const c = outcome as Abrupt | undefined;
    const leaves = c !== undefined && c.kind !== 'suspend' && !(c.kind === 'continue' && ownLabel(c, labels));
    if (leaves && current !== DONE) progress.cursor?.close();
    return result;
  };
}

/** A `try` statement under way. */
interface Attempt {
  readonly at: 'body' | 'handler' | 'final';
  /** Of the handler. */
  readonly frame?: Frame;
  /** How what is guarded ended, once `finally` runs. */
  readonly result?: Completion;
  readonly thrown?: Thrown | undefined;
  readonly returned?: Value;
}

function compileTry(context: Context, scope: Scope, node: Try): Execute {
  const { ev } = context;
  const keep = keepIn(context, scope);
  const hops = scope.hopsToFunction();
  const body = compileStatement(context, scope, node.body);
  const final = node.finally && compileStatement(context, scope, node.finally);
  const { handler } = node;
  const own = handler !== undefined && scope.inLoop && holdsClosures(handler.body);
  const inner = scope.block(own);
  for (const name of handler?.scope ?? []) inner.declare(name.name, false);
  const store = handler?.target && compilePattern(context, inner, handler.target, 'initialise');
  const handle = handler && compileStatement(context, inner, handler.body);

  const guarded = (f: Frame, attempt: Attempt): Completion => {
    const runHandler = (frame: Frame): Completion => {
      const c = handle!(frame);
      if (isSuspended(c)) keep.put(f, { at: 'handler', frame } satisfies Attempt);
      return c;
    };
    if (attempt.at === 'handler') return runHandler(attempt.frame!);
    const depth = ev.depth;
    const handles = handle === undefined ? 0 : 1;
    ev.handlers += handles;
    let thrown: Thrown;
    try {
      const c = body(f);
      if (isSuspended(c)) keep.put(f, attempt);
      return c;
    } catch (error) {
      if (!(error instanceof Thrown) || handle === undefined) throw error;
      thrown = error;
    } finally {
      ev.handlers -= handles;
    }
    ev.depth = depth;
    const frame = own
      ? new Frame(new Array(inner.layout.size).fill(UNINITIALISED), f, f.call, ev.store.epoch)
      : f;
    store?.(frame, thrown.value);
    return runHandler(frame);
  };

  return (f) => {
    let frame = f;
    for (let i = 0; i < hops; i++) frame = frame.parent!;
    let attempt = (keep.taken(f) as Attempt | undefined) ?? { at: 'body' };
    if (attempt.at !== 'final') {
      let result: Completion;
      let thrown: Thrown | undefined;
      try {
        result = guarded(f, attempt);
      } catch (error) {
        if (final === undefined || !(error instanceof Thrown)) throw error;
        thrown = error;
      }
      if (final === undefined || isSuspended(result)) return result;
      attempt = { at: 'final', result, thrown, returned: frame.slots[0] };
    }
    const c = final!(f);
    if (isSuspended(c)) keep.put(f, attempt);
    if (c !== undefined) return c;
    if (attempt.thrown !== undefined) throw attempt.thrown;
    if (frame.slots[0] !== attempt.returned) {
      ev.own(frame);
      frame.slots[0] = attempt.returned;
    }
    return attempt.result;
  };
}

function compileSuspend(context: Context, scope: Scope, node: Suspend): Execute {
  const { ev } = context;
  const site = siteOf(context, node.span);
  const argument = node.argument && compileExpression(context, scope, node.argument);
  const target = { kind: 'name', span: node.span, name: node.into } as const;
  const into = compilePattern(context, scope, target, 'assign');
  const keep = keepIn(context, scope);
  const hops = scope.hopsToFunction();
  const leave = (f: Frame, value: Value): Completion => {
    let frame = f;
    for (let i = 0; i < hops; i++) frame = frame.parent!;
    ev.own(frame);
    frame.slots[0] = value;
    return RETURN;
  };
  const suspend = (f: Frame, value: Value, whole: boolean): Completion => {
    const suspension = f.call.suspension!;
    suspension.yielded = value;
    suspension.whole = whole;
    return SUSPEND;
  };
  if (!node.delegate) {
    return (f) => {
      const suspension = f.call.suspension!;
      const { resumption } = suspension;
      if (resumption === undefined) {
        ev.step(site);
        return suspend(f, argument?.(f), false);
      }
      suspension.resumption = undefined;
      if (resumption.how === 'throw') throw new Thrown(resumption.value, site);
      if (resumption.how === 'return') return leave(f, resumption.value);
      into(f, resumption.value);
      return undefined;
    };
  }
  return (f) => {
    const suspension = f.call.suspension!;
    const { resumption } = suspension;
    let cursor: Cursor;
    let result: ReturnType<Cursor['ask']>;
    const how = resumption?.how ?? 'next';
    if (resumption === undefined) {
      ev.step(site);
      cursor = new Cursor(ev, argument!(f), site);
      result = cursor.result([undefined]);
    } else {
      cursor = keep.taken(f) as Cursor;
      suspension.resumption = undefined;
      const { value } = resumption;
      if (how === 'next') result = cursor.result([value]);
      else {
        result = cursor.ask(how, [value]);
        if (result === undefined && how === 'return') return leave(f, value);
        if (result === undefined) {
          cursor.close();
          return ev.throwError('TypeError', 'The iterator does not provide a throw method', site);
        }
      }
    }
    if (!cursor.isDone(result!)) {
      keep.put(f, cursor);
      return suspend(f, result!, true);
    }
    const value = cursor.valueIn(result!);
    if (how === 'return') return leave(f, value);
    into(f, value);
    return undefined;
  };
}
