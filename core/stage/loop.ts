/**
 * Loops in a stage. A body is run to see what it changes; what was a number before and after is carried, and the run
 * is undone and repeated with those as unknowns until nothing new is changed. `break`, `return` and the first round of
 * a `do` are carried as flags.
 */
import type { Abrupt, Completion, LoopParts } from '../evaluate/domain.ts';
import { Activation, Frame } from '../evaluate/heap.ts';
import { leaves } from '../evaluate/loops.ts';
import type { JsObject } from '../evaluate/objects.ts';
import { negate } from '../evaluate/operators.ts';
import { Leaf, Refusal, Thrown, type Value } from '../evaluate/values.ts';
import { type CounterFact, GuardBefore } from './bounds.ts';
import { completionOf, flagOf } from './branches.ts';
import {
  type Carried,
  carriedNames,
  GROWS,
  grow,
  nextLeaves,
  type Place,
  type Places,
  presentOf,
  put,
  relate,
  write,
} from './carried.ts';
import { MOST_LISTS, type Need, NeedsList } from './lists.ts';
import type { Stage } from './stage.ts';
import { rotated, unrolled } from './unroll.ts';

/** Rounds of generalising before the loop is given up. */
const MOST_ROUNDS = 40;

export function runLoop(stage: Stage, parts: LoopParts): Completion {
  const { ev, f } = stage;
  if (parts.known === true) return unrolled(stage, parts, undefined);
  let rotate = false;
  const needs: Need[] = [];
  const { level } = stage.lists;
  const from = ev.store.next;
  for (;;) {
    const mark = f.mark();
    const token = ev.store.begin();
    const { depth, current } = ev;
    const { sure } = stage.bounds;
    try {
      for (const need of needs) stage.lists.begin(need, parts.site);
      const result = generalised(stage, rotate ? rotated(stage, parts) : parts, rotate);
      if (needs.some(({ room }) => room === undefined)) {
        for (const need of needs) stage.lists.measure(need, needs, parts.site);
        throw new Again();
      }
      for (const need of needs) stage.lists.end(need);
      ev.store.commit(token);
      return result;
    } catch (error) {
      for (const need of needs) stage.lists.end(need);
      ev.store.end(token);
      f.rollback(mark);
      stage.bounds.sure = sure;
      stage.lists.level = level;
      if (error instanceof Rotate || error instanceof Again) {
        rotate ||= error instanceof Rotate;
        ev.depth = depth;
        ev.current = current;
        continue;
      }
      if (error instanceof NeedsList && stage.lists.canGrow(error.array, from)) {
        ev.depth = depth;
        ev.current = current;
        if (needs.length === 0) {
          const ended = tryUnrolled(stage, parts);
          if (ended !== undefined) return ended.completion;
        }
        if (needs.length < MOST_LISTS && !needs.some(({ array }) => array === error.array)) {
          for (const need of needs) delete need.room;
          needs.push({ array: error.array });
          continue;
        }
      }
      if (error instanceof Refusal && error.problem.id !== 'GL012') {
        ev.depth = depth;
        ev.current = current;
        return unrolled(stage, parts, error);
      }
      stage.again(error, depth, current);
    }
  }
}

/** Iteration after iteration, where the loop's test is known and each leaves arrays of known lengths. */
function tryUnrolled(stage: Stage, parts: LoopParts): { readonly completion: Completion } | undefined {
  const { ev, f } = stage;
  const mark = f.mark();
  const token = ev.store.begin();
  const { depth, current } = ev;
  const { sure } = stage.bounds;
  const { level } = stage.lists;
  const given = new Refusal({
    id: 'GL111',
    severity: 'error',
    message: GROWS,
    location: parts.site.location,
  });
  try {
    const completion = unrolled(stage, parts, given);
    ev.store.commit(token);
    return { completion };
  } catch (error) {
    ev.store.end(token);
    f.rollback(mark);
    stage.bounds.sure = sure;
    stage.lists.level = level;
    ev.depth = depth;
    ev.current = current;
    if (error instanceof NeedsList || (error instanceof Refusal && error.problem.id !== 'GL012'))
      return undefined;
    throw error;
  }
}

/** Signal of this file's own: now it is known how much room the lists need. */
class Again {}

/** Signal of this file's own: the loop's test changes something. */
class Rotate {}

function generalised(stage: Stage, parts: LoopParts, turned: boolean): Completion {
  const { ev } = stage;
  const { site } = parts;
  const before = ev.store.epoch;
  const kin = new Set<JsObject>();
  const flagged: Abrupt[] = [];
  // Slot 0: whether the first round of a `do` is still to come; slot i + 1: whether it was left by flagged[i].
  const flags = new Frame(
    [parts.form === 'do'],
    null,
    new Activation(undefined, null, [], undefined),
    ev.store.epoch,
  );
  const carried: Carried[] = [];
  const scratch: Place[] = [];
  const findings: Findings = {
    flags,
    flagged,
    carried,
    scratch,
    kin,
    before,
    turned,
    endless: false,
    counts: true,
    guards: [],
  };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    for (const guard of findings.guards.splice(0)) stage.bounds.before(guard);
    const outcome = stage.bounds.within(() => attempt(stage, parts, findings));
    if (outcome === 'none') return undefined;
    if (outcome === 'again') continue;
    const { finals } = outcome;
    put(stage, carried, finals, kin, site);
    for (const s of scratch) {
      write(
        stage,
        s,
        ev.poison('GL111', 'After this loop a variable may be without a value.', site.location),
      );
    }
    const [only] = flagged;
    if (findings.endless && flagged.length === 1 && leaves(only, parts.labels) === 'pass') return only;
    return completionOf(
      flagged.flatMap((completion, i) =>
        leaves(completion, parts.labels) === 'done'
          ? []
          : [{ completion, when: flags.slots[i + 1] as boolean | Leaf }],
      ),
    );
  }
  return ev.refuse(
    'GL111',
    'What this loop carries from one iteration to the next is not found out.',
    site.location,
  );
}

/** What is found out about a loop from one run of its body to the next. */
interface Findings extends Places {
  readonly flags: Frame;
  readonly flagged: Abrupt[];
  /** The test stands at the end of the iterations. */
  readonly turned: boolean;
  /** The loop's own test always holds: it ends by a jump alone. */
  endless: boolean;
  /** What its counter's bounds say of indices may be relied on. */
  counts: boolean;
  /** To be made sure before the loop. */
  readonly guards: GuardBefore[];
}

/** One run of test and body. */
function attempt(
  stage: Stage,
  parts: LoopParts,
  findings: Findings,
): 'again' | 'none' | { readonly finals: readonly Value[] } {
  const { ev, f } = stage;
  const { site } = parts;
  const { flags, flagged, carried, scratch, kin } = findings;
  const initial = carried.flatMap((c) => c.leaves.map((leaf) => stage.id(leaf, site)));
  const inside = f.openLoop(initial);
  const token = ev.store.begin();
  const { depth, current, handlers } = ev;
  const { level } = stage.lists;
  stage.lists.enter();
  let ended = false;
  let fact: CounterFact | undefined;
  try {
    put(
      stage,
      carried,
      inside.map((id) => stage.leaf(id)),
      kin,
      site,
    );
    for (const s of scratch) {
      write(
        stage,
        s,
        ev.poison(
          'GL111',
          'A variable is used here that only an earlier iteration may have set.',
          site.location,
        ),
      );
    }
    const running = tested(stage, parts, findings);
    if (findings.counts)
      fact = stage.bounds.counter(running, new Map(inside.map((id, i) => [id, initial[i]!])), site);
    if (running === false) {
      ev.store.end(token);
      ended = true;
      f.discardLoop();
      stage.lists.leave(undefined);
      return 'none';
    }
    f.loopBody(stage.id(running, site));
    ev.step(site);
    ev.own(flags);
    if (parts.form === 'do') flags.slots[0] = false;
    let fresh = false;
    let completion: Completion;
    try {
      completion = parts.body();
    } catch (error) {
      throws(stage, error, handlers, running === true && carried.length === 0, parts);
    }
    const left: (boolean | Leaf)[] = [];
    for (const c of outcomes(completion)) {
      if (leaves(c, parts.labels) === 'next') continue;
      let i = flagged.findIndex((known) => known.kind === c.kind && known.label === c.label);
      if (i < 0) {
        i = flagged.push(c) - 1;
        fresh = true;
      }
      const when = flagOf(completion, c);
      flags.slots[i + 1] = when;
      left.push(when);
    }
    if (parts.update !== undefined && !f.terminated) {
      const away = left.reduce<boolean | Leaf>((a, b) => either(stage, a, b, parts), false);
      if (away === false) {
        try {
          parts.update();
        } catch (error) {
          throws(stage, error, handlers, false, parts);
        }
      } else if (away !== true) {
        const { update } = parts;
        stage.branch(
          away,
          () => undefined,
          () => {
            update();
            return undefined;
          },
          site,
        );
      }
    }
    const terminated = f.terminated;
    const now = terminated ? [] : carried.map((c) => presentOf(stage, c));
    const changes = ev.store.end(token);
    ended = true;
    const grown = grow(stage, changes, findings, parts);
    const related = !terminated && !grown && relate(stage, now, findings);
    if (fresh || grown || related) {
      stage.lists.leave(undefined);
      f.discardLoop();
      while (flags.slots.length < flagged.length + 1) flags.slots.push(false);
      return 'again';
    }
    const next = terminated ? initial : carried.flatMap((c, i) => nextLeaves(stage, c, now[i]!, parts));
    if (
      fact?.used === true &&
      !terminated &&
      !stage.bounds.countsUp(fact, next[inside.indexOf(fact.index)])
    ) {
      findings.counts = false;
      f.discardLoop();
      stage.lists.leave(undefined);
      return 'again';
    }
    const counts = fact !== undefined && stage.bounds.countsUp(fact, next[inside.indexOf(fact.index)]);
    stage.lists.leave({ index: counts ? fact!.index : undefined, limit: counts ? fact!.limit : undefined });
    const ids = f.closeLoop(next, site.location);
    // What the loop carries goes by the name of the variable.
    carriedNames(stage, carried, changes).forEach((name, i) => {
      if (name === undefined) return;
      f.setName(inside[i]!, name);
      f.setName(ids[i]!, name);
    });
    return { finals: ids.map((id) => stage.leaf(id)) };
  } catch (error) {
    stage.lists.level = level;
    if (!ended) {
      ev.store.end(token);
      f.discardLoop();
    }
    ev.handlers = handlers;
    if (error instanceof GuardBefore && error.fact === fact) {
      findings.guards.push(error);
      ev.depth = depth;
      ev.current = current;
    } else stage.again(error, depth, current);
    return 'again';
  }
}

/** An exception that leaves the body: the function ends in it, where the loop comes to its iterations. */
function throws(stage: Stage, error: unknown, handlers: number, certain: boolean, parts: LoopParts): void {
  const { ev, f } = stage;
  if (!(error instanceof Thrown) || ev.handlers !== handlers) throw error;
  if (ev.handlers > 0) {
    if (certain) throw error;
    ev.refuse(
      'GL111',
      'An exception that depends on an input is caught further out.',
      error.site?.location ?? parts.site.location,
    );
  }
  stage.throws++;
  f.throw('The function throws here.', error.site?.location ?? parts.site.location);
}

/** The test; a Rotate where it changes something. */
function tested(stage: Stage, parts: LoopParts, findings: Findings): boolean | Leaf {
  const { ev } = stage;
  if (findings.turned) return test(stage, parts, findings);
  const token = ev.store.begin();
  const { effects } = stage;
  let result: boolean | Leaf;
  try {
    result = test(stage, parts, findings);
  } catch (error) {
    ev.store.end(token);
    throw error;
  }
  if (ev.store.changed || stage.effects !== effects) {
    ev.store.end(token);
    throw new Rotate();
  }
  ev.store.commit(token);
  return result;
}

function outcomes(c: Completion): readonly Abrupt[] {
  if (c === undefined) return [];
  return c.kind === 'split' ? c.outcomes.map((o) => o.completion) : [c];
}

function either(stage: Stage, a: boolean | Leaf, b: boolean | Leaf, parts: LoopParts): boolean | Leaf {
  if (a === true || b === true) return true;
  if (a === false) return b;
  if (b === false) return a;
  return stage.leaf(stage.f.op('or', [stage.id(a, parts.site), stage.id(b, parts.site)])) as boolean | Leaf;
}

/** Whether there is another iteration: no flag raised, and the loop's own test holds (not asked in the first of a `do`). */
function test(stage: Stage, parts: LoopParts, findings: Findings): boolean | Leaf {
  const { ev } = stage;
  const { flags, flagged } = findings;
  const { site } = parts;
  let away: boolean | Leaf = false;
  for (let i = 0; i < flagged.length; i++)
    away = either(stage, away, flags.slots[i + 1] as boolean | Leaf, parts);
  const own = (): Value => {
    const on = parts.test?.() ?? true;
    findings.endless = on === true;
    return on;
  };
  const first = flags.slots[0] as boolean | Leaf;
  const asked = (): Value =>
    first === true ? true : first === false ? own() : ev.domain.branchValue(first, () => true, own, site);
  if (away === true) return false;
  if (away === false) return asked() as boolean | Leaf;
  const on = negate(ev, away, site) as boolean | Leaf;
  return (on instanceof Leaf ? ev.domain.branchValue(on, asked, () => false, site) : asked()) as
    | boolean
    | Leaf;
}
