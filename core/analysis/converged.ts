/**
 * Iterations that end by a test of their own value: one more step, and what it changes. Where the value stays and its
 * derivative does not, the derivative has not converged (Griewank & Walther, Evaluating Derivatives, 2nd ed., §15).
 */
import type { Problem } from '../problem.ts';
import { adjoints } from '../trace/sweep.ts';
import type { Guard, Tape } from '../trace/tape.ts';
import { plainJacobian } from './jacobian.ts';
import { asksForSmall, endingDecisions } from './repeated.ts';
import type { Run, Way } from './run.ts';
import { extrapolatedSlope, valuesAlong } from './search.ts';

/** Relative change of a value that one more step may make: above it, the step was none of an iteration that converges. */
const STEADY = 1e-2;
/** Relative change of a derivative that has converged. */
const CONVERGED = 1e-6;
/** How far the influence of the last iterate may be from 1 where steps only add to the result. */
const ADDED = 3e-3;

/** matrix[output][entry]. */
type Matrix = readonly (readonly number[])[];

/** What of a run has to have converged. */
export interface Converging {
  readonly of: (run: Run) => Matrix;
  /** 1: entries are slopes of the values, which tell what is negligible next to them, and differences of which say them. */
  readonly order: 1 | 2;
}
const JACOBIAN: Converging = { of: plainJacobian, order: 1 };

/** The problem of the first iteration whose derivative one more step would change. */
export function unconverged(
  run: Run,
  again: (way: Way) => Run,
  { of, order }: Converging = JACOBIAN,
): Problem | undefined {
  const { tape } = run.trace;
  if (tape.guards.length === 0) return undefined;
  let here: Matrix | undefined;
  for (const guard of endingDecisions(tape)) {
    if (!asksForSmall(tape, guard)) continue;
    const longer = again({ postponed: guard });
    if (longer.problem !== undefined || longer.outputs.length !== run.outputs.length) continue;
    const turned = firstDifference(tape, longer.trace.tape);
    if (turned === undefined || !endsAgain(longer.trace.tape, turned, guard)) continue;
    here ??= of(run);
    const there = order === 1 ? withoutVanishing(run, here, of(longer)) : of(longer);
    for (let o = 0; o < run.outputs.length; o++) {
      const change = largestChange(here[o]!, there[o]!);
      if (change === undefined || !steady(run, longer, o, here[o]!)) continue;
      if (!contracts(run, longer, o, turned.position)) continue;
      if (order === 1 && isTry(tape, guard) && standsByItself(run, again, o, here[o]!, there[o]!)) continue;
      const { label } = run.inputs[change % run.inputs.length]!;
      return {
        id: 'GL115',
        severity: 'error',
        message: `This iteration has converged, but its derivative has not: one more step changes the derivative with respect to ${label} from ${digits(here[o]![change]!)} to ${digits(there[o]![change]!)}.`,
        location: tape.sites[guard.site],
      };
    }
  }
  return undefined;
}

function firstDifference(tape: Tape, other: Tape): Guard | undefined {
  return tape.guards.find((g, i) => {
    const o = other.guards[i];
    return o === undefined || o.value !== g.value || o.site !== g.site;
  });
}

/** Whether the loop ends at once after its one more step: what has converged stays so, a walk goes past its end. */
function endsAgain(longer: Tape, turned: Guard, ending: Guard): boolean {
  const after = longer.guards.find((g) => g.position > turned.position && g.site === ending.site);
  return after === undefined || after.value === ending.value;
}

/** Far below what rounding can tell of a value. */
const VANISHED = Number.EPSILON ** 1.5;
const DECAYS = 1e-3;

/** With the own entry where it and the further one are 0 to every purpose, and further steps make it smaller still. */
function withoutVanishing(run: Run, here: Matrix, there: Matrix): Matrix {
  return there.map((row, o) => {
    const size = Math.min(Math.abs(run.outputs[o]!.value), 1);
    return row.map((d, i) => {
      const own = here[o]![i]!;
      const floor = (VANISHED * size) / Math.max(Math.abs(run.inputs[i]!.value), 1);
      return Math.abs(own) <= floor && Math.abs(d) <= DECAYS * Math.abs(own) ? own : d;
    });
  });
}

/** How much each entry changes, relative to its size. */
function changes(here: readonly number[], there: readonly number[]): number[] {
  const largest = Math.max(0, ...here.filter(Number.isFinite).map(Math.abs));
  return here.map(
    (d, i) => Math.abs(there[i]! - d) / Math.max(Math.abs(d), Math.abs(there[i]!), 1e-3 * largest),
  );
}

/** Index of the entry that changes most, if one has not converged. */
function largestChange(here: readonly number[], there: readonly number[]): number | undefined {
  let worst = CONVERGED;
  let found: number | undefined;
  changes(here, there).forEach((change, i) => {
    if (!(change > worst)) return;
    worst = change;
    found = i;
  });
  return found;
}

/** Whether what is decided comes out so nearly every time: a step is tried, and seldom tried again. */
function isTry(tape: Tape, guard: Guard): boolean {
  const same = tape.guards.filter((g) => g.site === guard.site);
  const accepted = same.filter((g) => g.value === guard.value).length;
  return accepted >= 3 && same.length - accepted <= accepted / 2;
}

/** The widest step of the differences, as a part of the input, and of how many inputs they are taken. */
const WIDEST = 4e-2;
const MOST_INPUTS = 8;

/**
 * Whether wide differences say what the path says and not what one more step would say: a derivative that lags behind
 * its value is not that of the values. A step of an integrator that is exact enough would otherwise pass for the end of
 * an iteration.
 */
function standsByItself(
  run: Run,
  again: (way: Way) => Run,
  output: number,
  here: readonly number[],
  there: readonly number[],
): boolean {
  const changed = [...changes(here, there).entries()].filter(([, change]) => !(change <= CONVERGED));
  return (
    changed.length <= MOST_INPUTS &&
    changed.every(([input]) => {
      const size = Math.abs(run.inputs[input]!.value) || 1;
      const at = valuesAlong(
        run,
        again,
        run.inputs.map((_, i) => (i === input ? size : 0)),
      );
      const { slope: found, change } = extrapolatedSlope(at, output, WIDEST, size);
      const error = Math.max(change, CONVERGED * Math.abs(found));
      const lag = Math.abs(there[input]! - found);
      return Math.abs(here[input]! - found) <= error && lag > 100 * error;
    })
  );
}

function steady(run: Run, longer: Run, o: number, slopes: readonly number[]): boolean {
  const y = run.outputs[o]!.value;
  const z = longer.outputs[o]!.value;
  const moves = run.inputs.reduce((sum, { value }, i) => sum + Math.abs(value * (slopes[i] ?? 0)), 0);
  return Math.abs(z - y) <= STEADY * Math.max(Math.abs(y), Math.abs(z), moves);
}

/**
 * Whether one more step takes away from the influence of what the iteration had reached at `position`. A sum that
 * ends with its last small term only loses nothing of it: its derivative is that of the sum as it stands.
 */
function contracts(run: Run, longer: Run, o: number, position: number): boolean {
  const before = influence(run.trace.tape, run.outputs[o]!.row, position);
  const after = influence(longer.trace.tape, longer.outputs[o]!.row, position);
  const largest = before.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
  for (let row = run.trace.tape.inputs; row < position; row++) {
    const w = before[row]!;
    if (w !== 0 && Math.abs(after[row]! - w) > ADDED * largest) return true;
  }
  // Nothing of the iteration reaches the result: started at its end, it has only the input's own value.
  return largest === 0 || !before.subarray(run.trace.tape.inputs, position).some((w) => w !== 0);
}

/** Adjoints of the rows before a position, as if they were inputs. */
function influence(tape: Tape, output: number, position: number): Float64Array {
  if (output < 0) return new Float64Array(position);
  const rest = Object.create(tape, { inputs: { value: position } }) as Tape;
  return adjoints(rest, output).subarray(0, position);
}

const digits = (x: number): string => String(Number(x.toPrecision(9)));
