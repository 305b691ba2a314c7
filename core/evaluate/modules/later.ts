/**
 * What a program hands, while it loads, to something that calls back (timers, microtasks, promises): it runs before
 * anybody can use the modules, or at a time that nobody can tell. What it could change is unknown once they are loaded.
 */
import type { Problem } from '../../problem.ts';
import { type Evaluator, problem } from '../evaluator.ts';
import { JsObject } from '../objects.ts';
import type { Poison, Value } from '../values.ts';
import { Reach } from './reach.ts';
import { rescued, skipped } from './rescue.ts';

/** Objects that callbacks may reach, of which it is told which they are. */
const MOST_REACHED = 20_000;

/** Loads modules; `lose` is told where what runs later could change anything. */
export function withLater<T>(ev: Evaluator, lose: (because: Poison) => void, load: () => T): T {
  const { later, rescue, skip, given: before } = ev;
  ev.given = [];
  const given: { readonly values: readonly Value[]; readonly problem: Problem }[] = [];
  ev.later = (values, name, { problem: { id, message: why, location } }) => {
    // Only what is asynchronous calls back.
    if (id !== 'GL114' || !values.some((value) => value instanceof JsObject)) return;
    const what = name === undefined ? `${why} It` : `'${name}'`;
    const message = `${what} runs what it was given after the module has loaded: what that changes is unknown here.`;
    given.push({ values, problem: problem('GL114', message, location) });
  };
  ev.rescue = (error, called) => rescued(ev, error, called);
  ev.skip = (error, nodes, scope, frame, since, goesOn) =>
    skipped(ev, error, nodes, scope, frame, since, goesOn);
  try {
    const result = load();
    const reached = given.map(({ values, problem: why }) => {
      const reach = new Reach(ev, MOST_REACHED);
      reach.start(() => {
        for (const value of values) reach.add(value);
        reach.patches();
      });
      return { reach, because: reach.unknown(why) };
    });
    // All are followed before any of it is forgotten.
    for (const { reach, because } of reached) {
      if (reach.lost) lose(because);
      else reach.spoil(because);
    }
    return result;
  } finally {
    Object.assign(ev, { later, rescue, skip, given: before });
  }
}
