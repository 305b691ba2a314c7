/**
 * What cannot be followed while modules load: a statement is left out, and the result of a call is unknown, and so is
 * all that they could have changed, as long as that can be told. Otherwise the whole of a bundle would be lost with one
 * of its functions.
 */
import type { Statement } from '../../source/syntax.ts';
import type { Scope } from '../compile/scope.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Closure } from '../functions.ts';
import type { Frame } from '../heap.ts';
import { type Poison, Refusal, type Value } from '../values.ts';
import { leaves } from './effects.ts';
import { Reach } from './reach.ts';

/** Objects that what is left out may reach. */
const MOST = 5_000;

/**
 * Whether it can be gone on from there. Without a `try` around, nothing was thrown: the module would not have loaded,
 * and nobody could ask.
 */
function isLeft(ev: Evaluator, error: unknown): error is Refusal {
  return error instanceof Refusal && error.problem.id !== 'GL012' && ev.handlers === 0;
}

/** Code under way when it was left: the rest of a block, or a call whose block had not begun. */
type Left =
  | { readonly nodes: readonly Statement[]; readonly scope: Scope; readonly frame: Frame }
  | (Called & { readonly whole: boolean });

interface Called {
  readonly closure: Closure;
  readonly self: Value;
  readonly args: readonly Value[];
  readonly frame: Frame;
  readonly since: number;
}

/** What was under way between what could not be followed and where it is gone on, innermost first. */
const underWay = new WeakMap<Refusal, Left[]>();

function leave(error: unknown, left: Left): void {
  if (!(error instanceof Refusal)) return;
  const known = underWay.get(error);
  if (known === undefined) underWay.set(error, [left]);
  else known.push(left);
}

/** What code that was under way holds, and could have done: nothing else may lead there any longer. */
export function addLeft(reach: Reach, error: unknown, since: number): void {
  if (!(error instanceof Refusal)) return;
  reach.given(since);
  for (const left of underWay.get(error) ?? []) {
    if ('nodes' in left) reach.rest(left.nodes, left.scope, left.frame);
    else addCall(reach, left, left.whole);
  }
}

function addCall(reach: Reach, { closure, self, args, frame }: Called, whole: boolean): void {
  reach.call(closure, self);
  for (const value of args) reach.add(value);
  if (whole) reach.frame(frame);
}

/** Whether a call was left before its block began, or had none. */
function isWhole(error: unknown, frame: Frame): boolean {
  const left = (error instanceof Refusal && underWay.get(error)) || [];
  return !left.some((one) => 'nodes' in one && one.frame === frame);
}

function forget(
  ev: Evaluator,
  error: Refusal,
  since: number,
  add: (reach: Reach) => void,
): Poison | undefined {
  const { problem } = error;
  const reach = new Reach(ev, MOST);
  reach.start(() => {
    add(reach);
    addLeft(reach, error, since);
    reach.patches();
  });
  ev.step(undefined, reach.size);
  if (reach.lost) return undefined;
  const because = reach.unknown(problem);
  reach.spoil(because);
  return because;
}

/** What a call gives instead of ending everything; undefined where it could have changed too much. */
export function rescued(ev: Evaluator, error: unknown, called: Called): Poison | undefined {
  const whole = isWhole(error, called.frame);
  const because = isLeft(ev, error)
    ? forget(ev, error, called.since, (reach) => addCall(reach, called, whole))
    : undefined;
  if (because !== undefined && ev.given !== undefined) ev.given.length = called.since;
  if (because === undefined) leave(error, { ...called, whole });
  return because;
}

/** Whether the first of the statements that are left of a block was left out; `goesOn`: the others can run. */
export function skipped(
  ev: Evaluator,
  error: unknown,
  nodes: readonly Statement[],
  scope: Scope,
  frame: Frame,
  since: number,
  goesOn: boolean,
): boolean {
  if (goesOn && isLeft(ev, error) && !leaves(nodes[0]!)) {
    const because = forget(ev, error, since, (reach) => reach.rest(nodes.slice(0, 1), scope, frame));
    if (because !== undefined) {
      if (ev.given !== undefined) ev.given.length = since;
      return true;
    }
  }
  leave(error, { nodes, scope, frame });
  return false;
}
