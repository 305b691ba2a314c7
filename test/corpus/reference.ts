/** The Jacobian of a real function from differences of the values that Node computes. */
import { central, type Estimate, oneSided } from '../support/differences.ts';

export interface ReferenceEntry {
  readonly value: number;
  readonly error: number;
}

/** [output][input]; null where the differences do not settle or the two sides differ. */
export type Entries = readonly (readonly (ReferenceEntry | null)[])[];

/** Differences whose own error is above this part of the row's scale say too little to judge by. */
const LOOSEST = 1e-5;

const NONE: Estimate = { value: Number.NaN, error: Number.POSITIVE_INFINITY };

/** Of the error estimates of two reliable references, the sharper. */
function sharper(a: Estimate, b: Estimate): Estimate {
  return b.error < a.error ? b : a;
}

/**
 * `values` gives all outputs with input `i` moved by t. Differences are taken on several scales: what a function
 * varies on is unknown (an angle in degrees, a Julian date).
 */
export function jacobian(
  inputs: readonly number[],
  values: (input: number, t: number) => readonly number[],
): Entries {
  const here = values(0, 0);
  const columns = inputs.map((x, i) => column(x, here, (t) => values(i, t)));
  return here.map((_, o) => {
    const largest = Math.max(0, ...columns.map((c) => Math.abs(c[o]!.value)).filter(Number.isFinite));
    return columns.map((c) => {
      const { value, error } = c[o]!;
      const scale = Math.max(Math.abs(value), 1e-3 * largest);
      return error <= LOOSEST * scale || error === 0 ? { value, error } : null;
    });
  });
}

function column(x: number, here: readonly number[], f: (t: number) => readonly number[]): Estimate[] {
  const scales = [...new Set([1, Math.abs(x) || 1, 1e-2, 1e-4 * Math.abs(x) || 1e-2])];
  const found = scales.map((scale) =>
    central(f, scale).map((estimate, o) => floored(estimate, here[o] ?? Number.NaN, scale)),
  );
  const best = here.map((_, o) => consistent(found.map((estimates) => estimates[o] ?? NONE)));
  const sides = ([1, -1] as const).map((sign) => scales.map((scale) => oneSided(f, here, scale, sign)));
  const isSmooth = (b: Estimate, o: number) =>
    sides.every((onScales) => {
      const own = onScales.map((estimates) => estimates[o]!);
      return (
        agrees(b, own.reduce(sharper, NONE), Math.abs(here[o]!)) && !own.some((side) => differs(b, side))
      );
    });
  return best.map((b, o) => (isSmooth(b, o) ? b : NONE));
}

/** The sharpest, unless another that is sure of itself says something else: a staircase has the slope of its steps' size. */
function consistent(estimates: readonly Estimate[]): Estimate {
  const best = estimates.reduce(sharper, NONE);
  const size = Math.abs(best.value);
  const sure = estimates.filter(({ value, error }) => error <= LOOSEST * Math.max(size, Math.abs(value)));
  const differs = sure.some(
    ({ value, error }) => Math.abs(value - best.value) > 10 * (error + best.error) + LOOSEST * size,
  );
  return differs ? NONE : best;
}

/** No difference is better than the rounding of the values that it is made of. */
function floored(estimate: Estimate, here: number, scale: number): Estimate {
  const rounding = (1e-16 * Math.abs(here)) / scale;
  return { value: estimate.value, error: Math.max(estimate.error, rounding) };
}

/** A side that is sure of another slope: on a scale on which rounding hides a kink both sides are flat. */
function differs(both: Estimate, side: Estimate): boolean {
  const apart = Math.abs(both.value - side.value);
  return side.error <= 1e-4 * Math.abs(side.value) && apart > 1e-2 * Math.abs(side.value) + 10 * both.error;
}

/** One side's slope is only as good as its own estimate; a kink is far outside of that, and at a jump there is none. */
function agrees(both: Estimate, side: Estimate, here: number): boolean {
  if (!(side.error <= 1e-2 * Math.abs(both.value) + 1e-6 * here)) return false;
  const slack = 10 * side.error + 10 * both.error + 1e-6 * Math.abs(both.value);
  return Math.abs(both.value - side.value) <= slack + 1e-300;
}
