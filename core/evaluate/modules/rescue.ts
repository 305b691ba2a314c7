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
import { effectsOf, leaves } from './effects.ts';
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

function forget(ev: Evaluator, { problem }: Refusal, add: (reach: Reach) => void): Poison | undefined {
  const reach = new Reach(ev, MOST);
  reach.start(() => {
    add(reach);
    reach.patches();
  });
  ev.step(undefined, reach.size);
  if (reach.lost) return undefined;
  const because = reach.unknown(problem);
  reach.spoil(because);
  return because;
}

/** What a call gives instead of ending everything; undefined where it could have changed too much. */
export function rescued(
  ev: Evaluator,
  error: unknown,
  closure: Closure,
  self: Value,
  args: readonly Value[],
): Poison | undefined {
  if (!isLeft(ev, error)) return undefined;
  return forget(ev, error, (reach) => {
    reach.call(closure, self);
    for (const value of args) reach.add(value);
  });
}

/** Whether a statement was left out. */
export function skipped(ev: Evaluator, error: unknown, node: Statement, scope: Scope, frame: Frame): boolean {
  if (!isLeft(ev, error) || leaves(node)) return false;
  const effects = effectsOf(node);
  const because = forget(ev, error, (reach) => {
    reach.code(effects, scope.module, (name) => reach.inFrame(scope, frame, name));
    if (effects.usesHome) for (const value of [frame.call.callee, frame.call.self]) reach.add(value);
  });
  return because !== undefined;
}
