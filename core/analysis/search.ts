/**
 * Loops and recursions that find their result by comparisons (bisection, golden section), or that end before their
 * derivative has converged: the derivative of the path is then not the derivative of the result. Such a loop cannot be
 * told from others by its form, so what its path says is held against differences of its values.
 */
import type { Problem } from '../problem.ts';
import { noisyValues } from '../trace/noise.ts';
import { adjoints } from '../trace/sweep.ts';
import { agreement, jumpsAlone, type Verdict } from './agreement.ts';
import { JUMP_RUNS } from './jumps.ts';
import { FINE, roundedRow } from './rounded.ts';
import type { Run, Way } from './run.ts';

/** What is claimed of a partial derivative: its slopes below and above; undefined where nothing is. */
export interface Claim {
  readonly below: number | undefined;
  readonly above: number | undefined;
}

/** Directions in which the differences are taken, where each input cannot have its own. */
const MOST_DIRECTIONS = 12;
/** Runs that the differences along one direction take, roughly. */
const RUNS = 12;
/** Relative changes of a result below this, for a change of the inputs by their size, are not looked at. */
const FLOOR = 1e-6;

export interface Doubt {
  /** claims[output][input] */
  readonly claims: readonly (readonly Claim[])[];
  /** Index of the place of a decision that is repeated. */
  readonly place: number;
  /** Steps that may be spent. */
  readonly steps: number;
  /** Whether the result may go in steps; where it is not said, the roundings on the way say it. */
  readonly stepwise?: boolean;
  /** A comparison is met to within rounding; the sample lies in a tiny patch: see Question. */
  readonly tied?: boolean;
  readonly patch?: boolean;
  /** Whether jumps between paths are looked for, or nothing else is. */
  readonly jumps?: 'too' | 'alone';
}

interface Finding {
  readonly verdict: Verdict;
  readonly inputs: readonly number[];
  readonly output: number;
}

/** The problem with claims that differences contradict; undefined where they agree, or cannot tell. */
export function contradicted(run: Run, again: (way: Way) => Run, doubt: Doubt): Problem | undefined {
  for (const { verdict, inputs, output } of findings(run, again, doubt))
    if (verdict.kind === 'contradicted') return problem(run, doubt.place, verdict, inputs, output);
  return undefined;
}

/** Whether differences say of every claim that it holds. */
export function confirmed(run: Run, again: (way: Way) => Run, doubt: Doubt): boolean {
  let some = false;
  for (const { verdict } of findings(run, again, doubt)) {
    if (verdict.kind !== 'agreed' || !verdict.sure) return false;
    some = true;
  }
  return some;
}

/** Steps of the differences that are to say sharply what is claimed, and how sharply. */
const SHARP_STEPS = [4e-2, 4e-3, 4e-4, 4e-5, 4e-6, 4e-7, 4e-8];
const SHARP = 1e-6;

/**
 * Whether extrapolated differences, along every direction of a few, are what a Jacobian says, to six digits or as far
 * as values that go in steps can tell: kinks at the sample are none then, however flat.
 */
export function sharplyConfirmed(
  run: Run,
  again: (way: Way) => Run,
  jacobian: readonly (readonly number[])[],
): boolean {
  const rough = roughness(run);
  return directions(run, claimedOf(jacobian), MOST_DIRECTIONS).every(({ shift }) => {
    const at = valuesAlong(run, again, shift);
    return jacobian.every((row, o) => {
      const { claim, size } = claimAlong(run, row, shift);
      for (const step of SHARP_STEPS) {
        const { slope, change } = extrapolatedSlope(at, o, step, 1);
        const tolerance = SHARP * size + (4 * rough[o]!) / step;
        if (change <= tolerance) return Math.abs(slope - claim) <= tolerance + change;
      }
      return false;
    });
  });
}

/** Steps for what goes in steps itself, from wide to fine, and those for one side alone; how sharp that is. */
const WIDE_STEPS = [1.6e-1, 8e-2, 4e-2, 1.3e-2, 4e-3, 4e-4];
const SIDE_STEPS = [3e-2, 1e-2, 2.5e-3];
const SIDE_SHARP = 1e-3;
/** What differences make of how far each value may be off. */
const SPREAD = 8;

/**
 * Whether differences in wide steps say what a Jacobian says, and those to each side as well, where each output may be
 * off by `noise`: to six digits or as far as that lets them tell, which is to be better than `limit`.
 */
export function followedWidely(
  run: Run,
  again: (way: Way) => Run,
  jacobian: readonly (readonly number[])[],
  noise: readonly number[],
  limit: number,
): boolean {
  const claims = claimedOf(jacobian);
  const rough = roughness(run).map((r, o) => r + noise[o]!);
  return directions(run, claims, MOST_DIRECTIONS).every(({ shift }) => {
    const at = valuesAlong(run, again, shift);
    return jacobian.every((row, o) => {
      const { claim, size: own, largest } = claimAlong(run, row, shift);
      const here = run.outputs[o]!.value;
      const size = Math.max(own, SHARP * Math.abs(here));
      const blur = SPREAD * rough[o]!;
      let told = false;
      for (const step of WIDE_STEPS) {
        const { slope, change } = extrapolatedSlope(at, o, step, 1);
        const tolerance = SHARP * size + blur / step;
        if (tolerance > limit * Math.max(size, largest) || !(change <= tolerance)) continue;
        if (!(Math.abs(slope - claim) <= tolerance)) return false;
        told = true;
      }
      return (
        told &&
        [1, -1].every((sign) =>
          SIDE_STEPS.some((step) => {
            const h = sign * step;
            const [a, b, c, d] = [1, 2, 3, 4].map((k) => at(k * h, o)) as [number, number, number, number];
            const slope = (-25 * here + 48 * a - 36 * b + 16 * c - 3 * d) / (12 * h);
            return Math.abs(slope - claim) <= SIDE_SHARP * size + blur / step;
          }),
        )
      );
    });
  });
}

const claimedOf = (jacobian: readonly (readonly number[])[]): Claim[][] =>
  jacobian.map((row) => row.map((d) => ({ below: d, above: d })));

/** What a row of a Jacobian says along a shift, and how large that, its terms and those of other shifts are. */
function claimAlong(
  run: Run,
  row: readonly number[],
  shift: readonly number[],
): { readonly claim: number; readonly size: number; readonly largest: number } {
  const terms = row.map((d, i) => d * shift[i]!);
  const largest = Math.max(...row.map((d, i) => Math.abs(d * sizeOf(run.inputs[i]!.value))));
  return {
    claim: terms.reduce((sum, d) => sum + d, 0),
    size: Math.max(...terms.map(Math.abs), 1e-3 * largest),
    largest,
  };
}

function* findings(run: Run, again: (way: Way) => Run, doubt: Doubt): Generator<Finding> {
  const { claims } = doubt;
  const steps = doubt.steps / 4;
  const affordable = Math.floor(steps / (RUNS * Math.max(run.steps, 1)));
  if (affordable < 1 && run.steps * RUNS > 8 * steps) return;
  const stepwise = doubt.stepwise ?? rounds(run);
  const { tied = false, patch = false } = doubt;
  const jumps = doubt.jumps !== undefined && JUMP_RUNS * run.steps <= doubt.steps;
  let rough: readonly number[] | undefined;
  const floors = run.outputs.map(({ value }, o) => {
    const moves = run.inputs.map((input, i) => Math.abs((claims[o]![i]!.above ?? 0) * sizeOf(input.value)));
    return FLOOR * Math.max(Math.abs(value), ...moves.filter(Number.isFinite));
  });
  for (const { shift, inputs } of directions(
    run,
    claims,
    Math.max(1, Math.min(affordable, MOST_DIRECTIONS)),
  )) {
    const at = valuesAlong(run, again, shift);
    for (let o = 0; o < run.outputs.length; o++) {
      const here = run.outputs[o]!.value;
      if (!Number.isFinite(here)) continue;
      const along = (side: 'below' | 'above') =>
        inputs.reduce<number | undefined>((sum, i) => {
          const slope = claims[o]![i]![side];
          return sum === undefined || slope === undefined ? undefined : sum + slope * shift[i]!;
        }, 0);
      const asked = doubt.jumps === 'alone' ? jumpsAlone : agreement;
      const verdict = asked({
        below: along('below'),
        above: along('above'),
        here,
        at: (t) => at(t, o),
        slopeAt: (t) => slopeThere(run, again, shift, t, o),
        ...{ stepwise, tied, patch, jumps },
        floor: floors[o]!,
        roughness: () => {
          rough ??= roughness(run);
          return rough[o]!;
        },
      });
      yield { verdict, inputs, output: o };
    }
  }
}

/** Of how many other roundings the farthest is looked at, and by how much more they may be off. */
const ROUNDS = 3;
const ROUGHER = 4;

/** How far roundings move each output along its path. */
export function roughness({ trace: { tape }, outputs }: Run): number[] {
  const far = outputs.map(() => 0);
  for (let seed = 1; seed <= ROUNDS; seed++) {
    const values = noisyValues(tape, seed, tape.stairs);
    outputs.forEach(({ row, value }, o) => {
      const apart = row < 0 ? 0 : ROUGHER * Math.abs(values[row]! - value);
      if (apart > far[o]!) far[o] = apart;
    });
  }
  return far;
}

/** The value of an output with the inputs moved by t times a shift; NaN where there is none. */
export function valuesAlong(
  run: Run,
  again: (way: Way) => Run,
  shift: readonly number[],
): (t: number, output: number) => number {
  const met = new Map<number, readonly number[]>();
  return (t, output) => {
    let values = met.get(t);
    if (values === undefined) {
      const there = again({ shift: shift.map((d) => t * d) });
      const whole = there.problem === undefined && there.outputs.length === run.outputs.length;
      values = whole ? there.outputs.map((o) => o.value) : [];
      met.set(t, values);
    }
    return values[output] ?? Number.NaN;
  };
}

/**
 * The slope that central differences over a step, its half and its quarter tend to, and how far the last extrapolation
 * moved it: Richardson's, twice. Of values as `valuesAlong` gives them.
 */
export function extrapolatedSlope(
  at: (t: number, output: number) => number,
  output: number,
  step: number,
  size: number,
): { readonly slope: number; readonly change: number } {
  const [a, b, c] = [step, step / 2, step / 4].map(
    (h) => (at(h, output) - at(-h, output)) / (2 * h * size),
  ) as [number, number, number];
  const wide = (4 * b - a) / 3;
  const narrow = (4 * c - b) / 3;
  const slope = (16 * narrow - wide) / 15;
  return { slope, change: Math.abs(slope - narrow) };
}

/** The slope along a shift that the path at t times the shift says of an output; NaN where there is none. */
function slopeThere(
  run: Run,
  again: (way: Way) => Run,
  shift: readonly number[],
  t: number,
  output: number,
): number {
  const there = again({ shift: shift.map((d) => t * d), recorded: true });
  if (there.problem !== undefined || there.outputs.length !== run.outputs.length) return Number.NaN;
  const { row } = there.outputs[output]!;
  if (row < 0) return 0;
  const slopes = adjoints(there.trace.tape, row);
  return there.inputs.reduce((sum, input, i) => sum + (slopes[input.row] ?? 0) * shift[i]!, 0);
}

function problem(
  run: Run,
  place: number,
  verdict: Verdict & { readonly kind: 'contradicted' },
  inputs: readonly number[],
  o: number,
): Problem {
  const only = inputs.length === 1 ? run.inputs[inputs[0]!] : undefined;
  const scale = only === undefined ? 1 : sizeOf(only.value);
  const show = (x: number) => String(Number((x / scale).toPrecision(verdict.search ? 4 : 9)));
  const result = run.outputs[o]!.label === '' ? 'the result' : run.outputs[o]!.label;
  const evidence =
    only === undefined
      ? ''
      : ` With ${only.label}, ${result} changes at the rate ${show(verdict.differences)}, its path at ${show(verdict.claimed)}.`;
  const message = verdict.search
    ? `This loop finds its result by comparisons: the derivative of its path is not that of the result.${evidence}`
    : `This iteration has converged, but its derivative has not.${evidence}`;
  return {
    id: verdict.search ? 'GL113' : 'GL115',
    severity: 'error',
    message,
    location: run.trace.tape.sites[place],
  };
}

const sizeOf = (value: number): number => Math.abs(value) || 1;

/** Shifts of the inputs, each of some of them in proportion to their size; unequal, so that nothing cancels. */
function directions(
  run: Run,
  claims: Doubt['claims'],
  most: number,
): { readonly shift: number[]; readonly inputs: number[] }[] {
  const n = run.inputs.length;
  const kinked = new Set<number>();
  for (const row of claims)
    row.forEach((claim, i) => {
      if (claim.below !== claim.above) kinked.add(i);
    });
  const groups = new Map<number, number[]>();
  run.inputs.forEach((_, i) => {
    // A kink's slopes belong to one direction.
    const group = kinked.has(i) ? -1 - i : n <= most ? i : i % most;
    groups.set(group, [...(groups.get(group) ?? []), i]);
  });
  return [...groups.values()].map((inputs) => ({
    inputs,
    shift: run.inputs.map(({ value }, i) =>
      inputs.includes(i) ? sizeOf(value) * (inputs.length === 1 ? 1 : 1 + (i % 7) / 16) : 0,
    ),
  }));
}

/**
 * Whether a result is made of coarsely rounded numbers: it goes in steps then, as its program says. Those that keep
 * three digits or more stand for numbers that are not rounded.
 */
function rounds(run: Run): boolean {
  return roundedRow(run, (value) => Math.abs(value) < FINE) >= 0;
}
