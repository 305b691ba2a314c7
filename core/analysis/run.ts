/** One run of a function at given arguments, undone afterwards: its tape, its inputs and its outputs. */
import type { Evaluator } from '../evaluate/evaluator.ts';
import { failureOf } from '../evaluate/module.ts';
import { Leaf as Active, Poison, Site, type Value } from '../evaluate/values.ts';
import type { Problem } from '../problem.ts';
import type { Location } from '../source/span.ts';
import { Trace, type Turns } from '../trace/trace.ts';
import { type Place, type ResultLeaf, resultLeaves } from './arguments.ts';
import type { AnalysisRequest, Input, Leaf } from './model.ts';

/** The arguments of a call, made afresh for each run: leaves are replaced by inputs. */
export interface Prepared {
  readonly call: () => Value;
  /** Every numeric leaf, in order. */
  readonly places: readonly Place[];
  /** Values whose final state counts as a result (for functions that write into their arguments). */
  readonly state?: () => readonly ResultLeaf[];
  /** Which of the numbers found are outputs; absent: all. */
  readonly wanted?: (leaf: ResultLeaf) => boolean;
}

/** `entered`: what the modules changed has been made so again before, in the same run. */
export type Prepare = (entered: boolean) => Prepared;

export interface Run {
  readonly trace: Trace;
  readonly inputs: readonly Input[];
  /** The numeric leaves that are no inputs. */
  readonly passive: readonly Leaf[];
  readonly outputs: readonly (Omit<ResultLeaf, 'value'> & { readonly row: number; readonly value: number })[];
  readonly state: Run['outputs'];
  /** What was called. */
  readonly at: Location;
  readonly problem?: Problem;
  readonly steps: number;
  /** What was there before the call and was written by it: names of variables, '' for other things. */
  readonly written?: readonly string[];
}

/** Another way to run than along the sample's own path. */
export interface Way extends Turns {
  /** Right beside the sample: one entry an input. */
  readonly direction?: readonly number[];
  /** With the inputs moved; nothing is recorded unless that is asked for. */
  readonly shift?: readonly number[];
  readonly recorded?: boolean;
  /** With the inputs at these very numbers. */
  readonly at?: readonly number[];
  /** After a call with the inputs moved so. */
  readonly earlier?: readonly number[];
}

/** Runs once. `prepare` builds the arguments inside the run's epoch; `active` chooses which leaves are inputs. */
export function runOnce(
  ev: Evaluator,
  prepare: Prepare,
  active: (place: Place) => boolean,
  steps: number,
  at: Location,
  way: Way = {},
  trace: Trace = new Trace(ev, way.direction, way),
): Run {
  const { direction, shift, earlier } = way;
  const token = ev.store.begin();
  const before = ev.domain;
  ev.domain = trace;
  ev.budget = { ...ev.budget, steps };
  ev.steps = 0;
  ev.cells = 0;
  ev.depth = 0;
  ev.handlers = 0;
  const site = new Site(at);
  const inputs: Input[] = [];
  const passive: Leaf[] = [];
  let written: readonly string[] = [];
  try {
    if (earlier !== undefined) callBefore(prepare(false), active, earlier);
    const prepared = prepare(earlier !== undefined);
    for (const place of prepared.places) {
      if (!active(place) || place.whole !== undefined) {
        passive.push(place);
        continue;
      }
      const { label, path, parameter } = place;
      const value = way.at?.[inputs.length] ?? place.value + (shift?.[inputs.length] ?? 0);
      if (shift !== undefined && way.recorded !== true) {
        place.replace(value);
        inputs.push({ label, path, value, row: -1, parameter });
        continue;
      }
      const leaf = trace.input(value, site);
      place.replace(leaf);
      inputs.push({ label, path, value, row: leaf.id, parameter });
    }
    trace.inputsOfLoops(site);
    const call = ev.store.begin();
    let result: Value;
    try {
      result = prepared.call();
      if (direction === undefined && shift === undefined) written = ev.store.written();
    } finally {
      ev.store.commit(call);
    }
    if (result instanceof Poison)
      return { trace, at, inputs, passive, outputs: [], state: [], problem: result.problem, steps: ev.steps };
    const outputs = numeric(trace, resultLeaves(ev, result, site), prepared.wanted);
    if ('problem' in outputs)
      return {
        trace,
        at,
        inputs,
        passive,
        outputs: [],
        state: [],
        problem: outputs.problem,
        steps: ev.steps,
      };
    const state = numeric(trace, prepared.state?.() ?? [], prepared.wanted);
    if ('problem' in state)
      return { trace, at, inputs, passive, outputs: [], state: [], problem: state.problem, steps: ev.steps };
    return { trace, at, inputs, passive, outputs: outputs.list, state: state.list, steps: ev.steps, written };
  } catch (error) {
    const problem = failureOf(ev, error, at);
    if (problem === undefined) throw error;
    return { trace, at, inputs, passive, outputs: [], state: [], problem, steps: ev.steps };
  } finally {
    ev.store.end(token);
    ev.domain = before;
    ev.current = undefined;
    ev.progress();
  }
}

/** Steps for runs beside or near a run: a loop that finds no end there takes no longer than it must. Series take longer. */
export function besideSteps(
  run: Run,
  { steps, interrupted }: { readonly steps: number } & Pick<Partial<AnalysisRequest>, 'interrupted'>,
  way?: Way,
): number {
  if (interrupted?.() === true) return 0;
  return Math.min(steps, 20 * run.steps + (way?.direction === undefined ? 200_000 : 20_000));
}

/** What a call throws or returns does not matter, only what it leaves. */
function callBefore(
  { places, call }: Prepared,
  active: (place: Place) => boolean,
  moved: readonly number[],
): void {
  let index = 0;
  for (const place of places)
    if (place.whole === undefined && active(place)) place.replace(place.value + (moved[index++] ?? 0));
  call();
}

function numeric(
  { tape }: Trace,
  leaves: readonly ResultLeaf[],
  wanted: Prepared['wanted'],
): { list: Run['outputs'] } | { problem: Problem } {
  const list: Run['outputs'][number][] = [];
  for (const leaf of leaves) {
    if (wanted?.(leaf) === false) continue;
    if (leaf.value instanceof Poison) return { problem: leaf.value.problem };
    const known =
      leaf.value instanceof Active
        ? { row: leaf.value.id, value: tape.value[leaf.value.id]! }
        : { row: -1, value: leaf.value };
    list.push({ label: leaf.label, path: leaf.path, ...known });
  }
  return { list };
}
