/**
 * References for derivatives that owe nothing to the program under test: high-order differences of the function as
 * Node runs it, each with an estimate of its own error.
 */

/** Weights of the central difference of eighth order at ±1…±4 steps (Fornberg 1988, table 1). */
const WEIGHTS = [4 / 5, -1 / 5, 4 / 105, -1 / 280];

export interface Estimate {
  readonly value: number;
  /** Of the absolute error; infinite where the differences do not settle. */
  readonly error: number;
}

const NOTHING: Estimate = { value: Number.NaN, error: Number.POSITIVE_INFINITY };

/** The entry of a sequence at which three neighbours in a row agree best; `rounding`: what each may be off at least. */
function settled(sequence: readonly number[], rounding: readonly number[] = []): Estimate {
  let best = NOTHING;
  for (let i = 0; i + 2 < sequence.length; i++) {
    const a = sequence[i]!;
    const b = sequence[i + 1]!;
    const c = sequence[i + 2]!;
    const error = Math.max(Math.abs(a - b), Math.abs(b - c), rounding[i + 1] ?? 0);
    if (error <= best.error) best = { value: b, error };
  }
  return best;
}

function elementwise(sequences: readonly (readonly number[])[]): Estimate[] {
  return (sequences[0] ?? []).map((_, o) => settled(sequences.map((s) => s[o] ?? Number.NaN)));
}

const STEPS = Array.from({ length: 14 }, (_, k) => 0.06 * 0.45 ** k);

/** d/dt of a vector-valued function at t = 0 from both sides; `scale`: the size on which the argument varies. */
export function central(f: (t: number) => readonly number[], scale: number): Estimate[] {
  const sizes: number[][] = STEPS.map(() => []);
  const slopes = STEPS.map((step, k) => centralAt(f, step * scale, sizes[k]));
  return slopes[0]!.map((_, o) =>
    settled(
      slopes.map((s) => s[o] ?? Number.NaN),
      // Where the step is too small to show next to the value, differences agree on nothing.
      STEPS.map((step, k) => (1e-16 * sizes[k]![o]!) / (step * Math.abs(scale))),
    ),
  );
}

/** `sizes` takes the outputs' largest absolute values. */
function centralAt(f: (t: number) => readonly number[], h: number, sizes: number[] = []): number[] {
  let sum: number[] = [];
  WEIGHTS.forEach((weight, k) => {
    const above = f((k + 1) * h);
    const below = f(-(k + 1) * h);
    const length = Math.min(above.length, below.length);
    if (k === 0) sum = new Array<number>(length).fill(0);
    for (let o = 0; o < sum.length; o++) {
      sizes[o] = Math.max(sizes[o] ?? 0, Math.abs(above[o]!), Math.abs(below[o]!));
      sum[o] = sum[o]! + (weight * ((above[o] ?? Number.NaN) - (below[o] ?? Number.NaN))) / h;
    }
  });
  return sum;
}

/**
 * d/dt at t = 0 from one side (`sign` ±1), by Neville's extrapolation of forward differences to step 0
 * (Ridders 1982). `at`: the value at 0, or its limit from this side.
 */
export function oneSided(
  f: (t: number) => readonly number[],
  at: readonly number[],
  scale: number,
  sign: 1 | -1,
): Estimate[] {
  const steps = Array.from({ length: 13 }, (_, k) => sign * scale * 0.05 * 0.5 ** k);
  const values = steps.map(f);
  return at.map((here, o) => {
    let best = NOTHING;
    let previous: number[] = [];
    for (let i = 0; i < steps.length; i++) {
      const row = [((values[i]![o] ?? Number.NaN) - here) / steps[i]!];
      for (let j = 1; j <= Math.min(i, 6); j++) {
        const ratio = 2 ** j;
        row.push((ratio * row[j - 1]! - previous[j - 1]!) / (ratio - 1));
        const rounding = (4e-16 * Math.abs(here)) / Math.abs(steps[i]!);
        const error =
          Math.max(Math.abs(row[j]! - row[j - 1]!), Math.abs(row[j]! - previous[j - 1]!)) + rounding;
        if (error <= best.error) best = { value: row[j]!, error };
      }
      previous = row;
    }
    return best;
  });
}

/** Second derivatives of a vector-valued function of two steps, ∂²/∂s∂t, by nested central differences. */
export function mixed(
  f: (s: number, t: number) => readonly number[],
  scaleS: number,
  scaleT: number,
): Estimate[] {
  const steps = [0.06, 0.03, 0.016, 0.008, 0.004];
  return elementwise(
    steps.map((step) => centralAt((s) => centralAt((t) => f(s, t), step * scaleT), step * scaleS)),
  );
}
