/**
 * A call that cannot be followed while modules load: its result is unknown, and so is all that it could have changed,
 * as long as that is little. Otherwise the whole of a bundle would be lost with one of its functions.
 */
import type { Evaluator } from '../evaluator.ts';
import type { Closure } from '../functions.ts';
import type { Container } from '../heap.ts';
import { JsObject } from '../objects.ts';
import { Poison, Refusal, type Value } from '../values.ts';
import { Reach } from './reach.ts';

/** Objects that a call may reach to be rescued. */
const MOST = 300;

/** What the call gives instead of ending everything; undefined where it could have changed too much. */
export function rescued(
  ev: Evaluator,
  error: unknown,
  closure: Closure,
  self: Value,
  args: readonly Value[],
): Poison | undefined {
  if (!(error instanceof Refusal) || error.problem.id === 'GL012') return undefined;
  // It may have thrown into a `catch` around it, which is left with it.
  if (ev.handlers > 0) return undefined;
  // A built-in that the program has changed may lead anywhere.
  const isBuiltIn = (c: Container) => c instanceof JsObject && c !== ev.realm.globalThis;
  if (ev.store.writtenFirst().some(isBuiltIn)) return undefined;
  const reach = new Reach(ev, MOST);
  reach.start(() => {
    reach.call(closure, self);
    for (const value of args) reach.add(value);
  });
  if (reach.lost) return undefined;
  const because = new Poison(error.problem);
  reach.spoil(because);
  return because;
}
