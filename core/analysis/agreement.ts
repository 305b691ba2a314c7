/**
 * Whether differences of a function of one number t, at t = 0, agree with the slopes that are claimed of it. Noise,
 * curvature, kinks nearby and values that go in fine steps are told apart by looking at many step sizes.
 */

export interface Question {
  /** Claimed slopes below and above 0; undefined where none is claimed. */
  readonly below: number | undefined;
  readonly above: number | undefined;
  /** The value at 0. */
  readonly here: number;
  /** The value at t; NaN where there is none. */
  readonly at: (t: number) => number;
  /** The function rounds, so that it may go in steps. */
  readonly stepwise: boolean;
  /** Slopes below this do not matter. */
  readonly floor: number;
}

export type Verdict =
  /** They agree; or cannot tell, which is not sure. */
  | { readonly kind: 'agreed'; readonly sure: boolean }
  | {
      readonly kind: 'contradicted';
      readonly differences: number;
      readonly claimed: number;
      /** They are far apart, not just less exact. */
      readonly search: boolean;
      /** The differences agree with each other. */
      readonly level: boolean;
    };

const AGREED: Verdict = { kind: 'agreed', sure: true };
const UNTOLD: Verdict = { kind: 'agreed', sure: false };

/** Step sizes, from coarse to fine. */
const STEPS = [6e-2, 2e-2, 5e-3, 1e-3, 2e-4, 4e-5, 8e-6, 1.6e-6, 3.2e-7, 6.4e-8, 1.28e-8];
/** The coarse ones among them. */
const COARSE = 5;

interface Slope {
  readonly h: number;
  readonly value: number;
  /** What rounding of the function's values makes of it. */
  readonly noise: number;
}

export function agreement(question: Question): Verdict {
  const verdict = held(question);
  if (verdict.kind === 'agreed') return verdict;
  const { differences, claimed } = verdict;
  return Math.abs(differences) <= question.floor && Math.abs(claimed) <= question.floor ? UNTOLD : verdict;
}

function held(question: Question): Verdict {
  const { below, above, at, here } = question;
  if (below !== undefined && below === above) {
    if (!Number.isFinite(below) || agreesAtOnce(question, below)) return AGREED;
    return lookedAtClosely(question, below);
  }
  for (const [sign, claimed] of [
    [1, above],
    [-1, below],
  ] as const) {
    if (claimed === undefined || !Number.isFinite(claimed)) continue;
    const slopes = STEPS.slice(1).map((h) => oneSided(at, here, h, sign));
    if (slopes.some((s) => near(s, claimed, 1e-2))) continue;
    const known = slopes.filter((s) => told(s, claimed));
    if (known.length >= 3) return contradiction(known[1]!.value, claimed, false);
  }
  return AGREED;
}

/** Central differences of a middling and a coarse step: enough for nearly every function. */
function agreesAtOnce({ at, here }: Question, claimed: number): boolean {
  const wide = central(at, here, 2e-4);
  const narrow = central(at, here, 1e-4);
  const estimate = (4 * narrow.value - wide.value) / 3;
  const size = Math.max(Math.abs(estimate), Math.abs(claimed));
  if (!(Math.abs(estimate - claimed) <= 1e-5 * size + 3 * narrow.noise)) return false;
  const coarse = central(at, here, 1e-2);
  if (Number.isNaN(coarse.value)) return true;
  return Math.abs(coarse.value - claimed) <= 0.3 * Math.max(Math.abs(coarse.value), size) + 3 * coarse.noise;
}

function lookedAtClosely({ at, here, stepwise }: Question, claimed: number): Verdict {
  const slopes = STEPS.map((h) => central(at, here, h));
  const known = slopes.filter((s) => told(s, claimed));
  const sides = ([1, -1] as const).map((sign) => STEPS.map((h) => oneSided(at, here, h, sign)));
  const fine = [slopes, ...sides].some((list) => twoAgree(list, claimed));
  if (fine) {
    // Fine steps say what the path says; coarse ones tell whether it goes in steps up a slope that it does not have.
    if (stepwise) return AGREED;
    for (let k = 0; k + 2 < COARSE; k++) {
      const three = [k, k + 1, k + 2];
      const size = Math.max(Math.abs(slopes[k + 1]!.value), Math.abs(claimed));
      const away = (side: readonly Slope[]) => (j: number) =>
        Math.abs(side[j]!.value - claimed) > 0.25 * size;
      if (!level(three.map((j) => slopes[j]!.value)) || !told(slopes[k + 1]!, claimed)) continue;
      if ([slopes, ...sides].every((side) => three.every(away(side))))
        return contradiction(slopes[k + 1]!.value, claimed, true);
    }
    return AGREED;
  }
  // Where rounding hides the slope at every step nobody can tell.
  if (known.length < 3) return UNTOLD;
  const best = steadiest(slopes);
  if (best === undefined) return contradiction(known.at(-1)!.value, claimed, false);
  const apart = Math.abs(best.value - claimed);
  if (apart <= 30 * best.error + 1e-5 * Math.abs(best.value)) return AGREED;
  return contradiction(best.value, claimed, true);
}

/** Whether slopes of different steps are about the same. */
function level(values: readonly number[]): boolean {
  const largest = Math.max(...values.map(Math.abs));
  return Math.max(...values) - Math.min(...values) <= 0.25 * largest;
}

function contradiction(differences: number, claimed: number, level: boolean): Verdict {
  const search = Math.abs(differences - claimed) > 0.1 * Math.abs(differences);
  return { kind: 'contradicted', differences, claimed, search, level };
}

/** Whether a difference says something next to a claim: its noise is small. */
function told({ value, noise }: Slope, claimed: number): boolean {
  return noise <= 1e-2 * Math.max(Math.abs(value), Math.abs(claimed));
}

function near(slope: Slope, claimed: number, relative: number): boolean {
  if (slope.value === claimed) return true;
  const size = Math.max(Math.abs(slope.value), Math.abs(claimed));
  return told(slope, claimed) && Math.abs(slope.value - claimed) <= relative * size + 3 * slope.noise;
}

function twoAgree(slopes: readonly Slope[], claimed: number): boolean {
  return slopes.some((s, k) => k > 0 && near(s, claimed, 1e-3) && near(slopes[k - 1]!, claimed, 1e-3));
}

/** The extrapolated difference that changes least from one step to the next. */
function steadiest(slopes: readonly Slope[]): { value: number; error: number } | undefined {
  let best: { value: number; error: number } | undefined;
  let previous = Number.NaN;
  for (let k = 1; k < slopes.length; k++) {
    const ratio = (slopes[k - 1]!.h / slopes[k]!.h) ** 2;
    const value = (ratio * slopes[k]!.value - slopes[k - 1]!.value) / (ratio - 1);
    const error = Math.abs(value - previous) + slopes[k]!.noise;
    if (error < (best?.error ?? 0.02 * Math.abs(value))) best = { value, error };
    previous = value;
  }
  return best;
}

function central(at: Question['at'], here: number, h: number): Slope {
  const [a, b] = [at(h), at(-h)];
  return { h, value: (a - b) / (2 * h), noise: rounding(here, a, b) / (2 * h) };
}

function oneSided(at: Question['at'], here: number, h: number, sign: 1 | -1): Slope {
  const a = at(sign * h);
  return { h, value: (a - here) / (sign * h), noise: rounding(here, here, a) / h };
}

/** Of two values and those around them. */
function rounding(...values: number[]): number {
  return 4 * Number.EPSILON * Math.max(...values.map(Math.abs));
}
