/** The Hessians of a run: off the tape where the path is the function's all around, else off what runs beside it. */
import type { Problem } from '../problem.ts';
import { hessian } from '../trace/hessian.ts';
import { unconverged } from './converged.ts';
import type { Derivatives } from './differentiate.ts';
import { sharpenedHessian } from './digits.ts';
import { repeatedDecision } from './repeated.ts';
import type { Run, Way } from './run.ts';
import { valuesAlong } from './search.ts';
import { placesOfWindows } from './thresholds.ts';

/** More inputs than this are not looked at two by two. */
const MOST_INPUTS = 8;

/** hessian[output][i][j]. */
type Hessians = number[][][];

type Again = (way: Way) => Run;

/** A slip of the program's own in here costs the second derivatives, not the answer's form. */
export function secondDerivatives(
  run: Run,
  again: Again,
  derivatives: Derivatives,
  steps: number,
): Hessians | Problem {
  try {
    return checkedHessians(run, again, derivatives, steps);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return notGiven();
    throw error;
  }
}

function checkedHessians(
  run: Run,
  again: Again,
  { special, smooth, implicit, kinks, jacobian }: Derivatives,
  steps: number,
): Hessians | Problem {
  const tooMany = tooLarge(run, steps);
  if (tooMany !== undefined) return tooMany;
  if (implicit === true) {
    const message =
      'The second derivatives are not given: a loop finds the result by comparisons, and the first ones are those of the equation that it solves.';
    return { id: 'GL113', severity: 'error', message, location: undefined };
  }
  const finite = run.outputs.every((o) => Number.isFinite(o.value)) && jacobian.flat().every(Number.isFinite);
  if (!finite || kinks.length > 0) return notGiven();
  const around = smooth ?? (special ? undefined : run);
  const read = around === undefined ? besideAll(run, again) : offTape(around, steps);
  if (read === undefined) return notGiven();
  if ('id' in read) return read;
  const { found, restored } = 'found' in read ? read : { found: read, restored: false };
  if (!found.flat(2).every(Number.isFinite)) {
    const message =
      'A second derivative overflows or does not exist here, although the first ones are finite.';
    return { id: 'GL107', severity: 'error', message, location: undefined };
  }
  // With more digits it is the curvature of the formula; what was rounded before the path begins made another function.
  if (restored && contradictedSecond(run, again, found, steps)) {
    const message =
      'Too many digits are lost here to cancellation: the second derivatives of the formula are not those of its values.';
    return { id: 'GL109', severity: 'error', message, location: run.at };
  }
  const place = repeatedDecision(run.trace.tape);
  if (!special && place < 0 && run.trace.tape.guards.length === 0) return found;
  const of = (r: Run): number[][] =>
    r.outputs.map(({ row }) => (row < 0 ? zeros(r.inputs.length).flat() : hessian(r.trace.tape, row).flat()));
  const moving = unconverged(run, again, { of, order: 2 });
  if (moving !== undefined) return moving;
  if (!contradictedSecond(run, again, found, steps)) return found;
  const message = 'The second derivatives of the path are not those of the result: its values say so.';
  return { id: 'GL115', severity: 'error', message, location: run.trace.tape.sites[Math.max(place, 0)] };
}

/** Entries of all Hessians, and rows that a step of the budget buys: there is a sweep an output and input. */
const MOST_ENTRIES = 4_000_000;
const ROWS_A_STEP = 4;

function tooLarge({ inputs, outputs, trace, at }: Run, steps: number): Problem | undefined {
  const sweeps = outputs.length * inputs.length;
  const { length } = trace.tape;
  const entries = sweeps * inputs.length;
  if (entries <= MOST_ENTRIES && sweeps * length <= steps * ROWS_A_STEP) return undefined;
  const size =
    entries > MOST_ENTRIES ? `have ${entries} entries` : `take ${sweeps} sweeps over ${length} operations`;
  const message = `The second derivatives would ${size}, more than the budget allows: choose fewer inputs.`;
  return { id: 'GL012', severity: 'error', message, location: at };
}

function notGiven(): Problem {
  const message =
    'The second derivatives are not given: at this point the function has a kink, a comparison that ties, or a value that is not finite.';
  return { id: 'GL108', severity: 'error', message, location: undefined };
}

const zeros = (n: number): number[][] => Array.from({ length: n }, () => new Array<number>(n).fill(0));

function offTape(run: Run, steps: number): { found: Hessians; restored: boolean } | Problem {
  const found: Hessians = [];
  let restored = false;
  for (const { row } of run.outputs) {
    if (row < 0) {
      found.push(zeros(run.inputs.length));
      continue;
    }
    const one = sharpenedHessian(run.trace.tape, row, steps);
    if ('id' in one) return one;
    found.push(one.hessian);
    restored ||= one.restored;
  }
  return { found, restored };
}

/** By the second coefficients of one-sided series, along each input and each two, where both sides agree. */
function besideAll(run: Run, again: (way: Way) => Run): Hessians | undefined {
  const n = run.inputs.length;
  if (n > MOST_INPUTS) return undefined;
  const beyond = placesOfWindows(run.trace.tape);
  const along = (...inputs: number[]) => towards(run.inputs.map((_, i) => (inputs.includes(i) ? 1 : 0)));
  const towards = (direction: readonly number[]): number[] | undefined => {
    const above = curvatures(run, again({ direction, beyond }));
    const below = curvatures(run, again({ direction: direction.map((d) => -d || 0), beyond }));
    if (above === undefined || below === undefined) return undefined;
    const agree = above.every((c, o) => Math.abs(c - below[o]!) <= 1e-9 * Math.max(Math.abs(c), 1e-300));
    return agree ? above : undefined;
  };
  const found: Hessians = run.outputs.map(() => zeros(n));
  for (let i = 0; i < n; i++) {
    const own = along(i);
    if (own === undefined) return undefined;
    for (const [o, c] of own.entries()) found[o]![i]![i] = c;
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const both = along(i, j);
      if (both === undefined) return undefined;
      for (const [o, c] of both.entries()) {
        const [a, b] = [found[o]![i]![i]!, found[o]![j]![j]!];
        const rounding = 4 * Number.EPSILON * (Math.abs(c) + Math.abs(a) + Math.abs(b));
        const mixed = Math.abs(c - a - b) <= rounding ? 0 : (c - a - b) / 2;
        found[o]![i]![j] = mixed;
        found[o]![j]![i] = mixed;
      }
    }
  }
  // Between the axes a function need not be what a quadratic form says of it.
  const oblique = run.inputs.map((_, i) => 0.7 ** i);
  const form = towards(oblique);
  const quadratic = form?.every((c, o) => {
    const said = quadraticForm(found[o]!, oblique);
    return Math.abs(c - said) <= 1e-8 * Math.max(Math.abs(c), ...found[o]!.flat().map(Math.abs));
  });
  return quadratic === true ? found : undefined;
}

function quadraticForm(matrix: readonly (readonly number[])[], v: readonly number[]): number {
  return matrix.reduce((sum, row, i) => sum + row.reduce((part, h, j) => part + h * v[i]! * v[j]!, 0), 0);
}

/** Second derivatives with respect to the step, one an output; undefined where one is not known. */
function curvatures(run: Run, beside: Run): number[] | undefined {
  const { side } = beside.trace;
  if (beside.problem !== undefined || side!.status !== 'regular') return undefined;
  if (beside.outputs.length !== run.outputs.length) return undefined;
  const found = beside.outputs.map(({ row }) => side!.curvature(row));
  return found.some(Number.isNaN) ? undefined : found;
}

/** Relative steps of the second differences. */
const STEPS = [2e-2, 5e-3, 1e-3, 2e-4];
/** What a function's own roundings may be, in units of its value's. */
const ROUGH = 64;

/** Whether second differences of the values, where they can tell, all say something else. */
function contradictedSecond(run: Run, again: (way: Way) => Run, found: Hessians, steps: number): boolean {
  const n = run.inputs.length;
  const sizes = run.inputs.map(({ value }, i) => (Math.abs(value) || 1) * (1 + (i % 7) / 16));
  const single = n * 2 * STEPS.length * run.steps <= steps ? [...sizes.keys()] : [];
  // A single input is all of them.
  const groups = [...(n > 1 ? single.map((i) => [i]) : []), [...sizes.keys()]];
  return groups.some((inputs) => {
    const shift = sizes.map((s, i) => (inputs.includes(i) ? s : 0));
    const at = valuesAlong(run, again, shift);
    return run.outputs.some(({ value: here }, o) => {
      const claimed = quadraticForm(found[o]!, shift);
      const known = STEPS.map((h) => {
        const values = [at(h, o), at(-h, o)];
        const value = (values[0]! - 2 * here + values[1]!) / (h * h);
        const largest = Math.max(Math.abs(here), ...values.map(Math.abs));
        return { value, noise: (ROUGH * Number.EPSILON * largest) / (h * h) };
      }).filter(({ value, noise }) => noise <= 0.05 * Math.max(Math.abs(value), Math.abs(claimed)));
      const agrees = known.some(
        ({ value, noise }) =>
          Math.abs(value - claimed) <= 0.02 * Math.max(Math.abs(value), Math.abs(claimed)) + noise,
      );
      const [wide, narrow] = known.slice(-2).map((k) => k.value);
      // What still changes with the step tends to something else.
      const size = Math.max(Math.abs(narrow ?? 0), Math.abs(claimed));
      return narrow !== undefined && !agrees && Math.abs(narrow - wide!) <= 0.1 * size;
    });
  });
}
