/** Branches on whose paths arrays change their lengths: the arrays become lists before them, with room for all paths. */
import { Refusal, type Site } from '../evaluate/values.ts';
import { placeOf } from './branches.ts';
import { MOST_LISTS, type Need, NeedsList } from './lists.ts';
import type { Stage } from './stage.ts';

/** Signal of this file's own: now it is known how much room the lists need. */
class Measured {}

export function growing<T>(stage: Stage, site: Site, run: () => T): T {
  const { ev, f, lists, bounds } = stage;
  const from = ev.store.next;
  const { depth, current } = ev;
  const { level } = lists;
  const needs: Need[] = [];
  const wanted = (error: unknown): error is NeedsList =>
    error instanceof NeedsList &&
    needs.length < MOST_LISTS &&
    !needs.some(({ array }) => array === error.array) &&
    lists.canGrow(error.array, from);
  const add = ({ array }: NeedsList): void => {
    for (const need of needs) delete need.room;
    needs.push({ array });
    ev.depth = depth;
    ev.current = current;
    lists.level = level;
  };
  try {
    return run();
  } catch (error) {
    if (!wanted(error)) throw error;
    add(error);
  }
  for (;;) {
    const mark = f.mark();
    const token = ev.store.begin();
    const { sure } = bounds;
    try {
      prepare(stage, needs, site);
      lists.enter();
      const result = run();
      if (needs.some(({ room }) => room === undefined)) {
        for (const need of needs) lists.measure(need, needs, site);
        throw new Measured();
      }
      for (const need of needs) lists.end(need);
      lists.leaveBranch();
      ev.store.commit(token);
      return result;
    } catch (error) {
      for (const need of needs) lists.end(need);
      ev.store.end(token);
      f.rollback(mark);
      bounds.sure = sure;
      lists.level = level;
      if (error instanceof Measured) {
        ev.depth = depth;
        ev.current = current;
      } else if (wanted(error)) add(error);
      else throw error;
    }
  }
}

function prepare(stage: Stage, needs: readonly Need[], site: Site): void {
  try {
    for (const need of needs) stage.lists.begin(need, site);
  } catch (error) {
    // The sample can decide the branch instead.
    if (error instanceof Refusal) stage.branchOf.set(error.problem, placeOf(site));
    throw error;
  }
}
