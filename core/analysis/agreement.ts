/**
 * Whether differences of a function of one number t, at t = 0, agree with the slopes that are claimed of it. Noise,
 * curvature, kinks nearby and values that go in fine steps are told apart by looking at many step sizes.
 */
import { slopeOfJumps } from './jumps.ts';

export interface Question {
  /** Claimed slopes below and above 0; undefined where none is claimed. */
  readonly below: number | undefined;
  readonly above: number | undefined;
  /** The value at 0. */
  readonly here: number;
  /** The value at t; NaN where there is none. */
  readonly at: (t: number) => number;
  /** What the path at t claims of the slope there. */
  readonly slopeAt?: (t: number) => number;
  /** The function rounds, so that it may go in steps. */
  readonly stepwise: boolean;
  /** Slopes below this do not matter. */
  readonly floor: number;
  /** A comparison is met to within rounding: both sides matter. */
  readonly tied?: boolean;
  /** The sample lies in a patch set apart by tiny thresholds: that its path adds up says nothing of what is around. */
  readonly patch?: boolean;
  /** Whether jumps between the paths are to be looked for. */
  readonly jumps?: boolean;
  /** How far roundings on the way move the value, where terms cancel more than its own size says. */
  readonly roughness?: () => number;
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

/** Step sizes, from coarse to fine; no two in the ratio of small whole numbers, which oscillations may be in as well. */
const STEPS = [6.1e-2, 1.93e-2, 5.3e-3, 1.07e-3, 2.3e-4, 4.1e-5, 8.3e-6, 1.57e-6, 3.3e-7, 6.7e-8, 1.27e-8];
/** Relative: differences that are sure of more are right. */
const EXACT = 5e-7;
/** Finer than all of those, for what oscillates too fast for them: a day in a Julian date is 4e-7 of it. */
const FINER = [2.9e-9, 6.1e-10, 1.3e-10];
/** The coarse ones among them. */
const COARSE = 5;

interface Slope {
  readonly h: number;
  readonly value: number;
  /** What rounding of the function's values makes of it. */
  readonly noise: number;
}

export function agreement(question: Question): Verdict {
  const verdict = lessRounding(question);
  const jumped = verdict.kind === 'agreed' ? besideJumps(question) : undefined;
  if (jumped !== undefined) return jumped;
  if (verdict.kind === 'agreed') return verdict.sure && !continuous(question) ? UNTOLD : verdict;
  const { differences, claimed } = verdict;
  // What is exactly 0 along the path has no noise of its own.
  const floor = claimed === 0 ? Math.min(question.floor, 1e-12 * Math.abs(question.here)) : question.floor;
  return Math.abs(differences) <= floor && Math.abs(claimed) <= floor ? UNTOLD : verdict;
}

/** Whether jumps, of which alone it is asked, add to a slope that is claimed. */
export function jumpsAlone(question: Question): Verdict {
  return besideJumps(question) ?? UNTOLD;
}

/** What jumps say that add up to a slope. Where the path has none, that is told elsewhere. */
function besideJumps(question: Question): Verdict | undefined {
  const { at, slopeAt, below, above, jumps, stepwise, floor } = question;
  if (jumps !== true || stepwise || slopeAt === undefined) return undefined;
  if (below === undefined || below !== above || below === 0 || !Number.isFinite(below)) return undefined;
  const more = slopeOfJumps({ at, slopeAt }, below);
  return more === undefined || Math.abs(more) <= floor
    ? undefined
    : { kind: 'contradicted', differences: below + more, claimed: below, search: true, level: true };
}

/** What rounding says is no contradiction. */
function lessRounding(question: Question): Verdict {
  const verdict = held(question, 0);
  if (verdict.kind === 'agreed' || question.roughness === undefined) return verdict;
  const rough = question.roughness();
  return rough > rounding(question.here) ? held(question, rough) : verdict;
}

function held(question: Question, rough: number): Verdict {
  const { below, above, at, here, stepwise } = question;
  if (below !== undefined && below === above) {
    if (!Number.isFinite(below) || agreesAtOnce(question, rough, below)) return AGREED;
    return lookedAtClosely(question, rough, below);
  }
  for (const [sign, claimed] of [
    [1, above],
    [-1, below],
  ] as const) {
    if (claimed === undefined || !Number.isFinite(claimed)) continue;
    const slopes = STEPS.map((h) => oneSided(at, here, rough, h, sign));
    if (slopes.some((s) => near(s, claimed, 1e-2))) {
      const stairs = stepwise ? undefined : slopeOfStairs([slopes], claimed);
      if (stairs !== undefined) return contradiction(stairs, claimed, true);
      continue;
    }
    const known = slopes.filter((s) => told(s, claimed));
    if (known.length >= 3 && !tends(known, claimed)) return contradiction(known[1]!.value, claimed, false);
  }
  return AGREED;
}

/** Steps at which values are to come to the one at 0: the finer ones are for what oscillates. */
const NEARER = [1e-4, 1e-6, 1e-8];

/** Whether the values around come to the one at 0: central differences do not look at it. */
function continuous({ at, here, roughness }: Question): boolean {
  const off = (h: number) => Math.abs((at(h) + at(-h)) / 2 - here);
  const comes = (rough: number) => (h: number) => off(h) <= 0.7 * off(2 * h) + rough;
  const least = 4 * rounding(here);
  return NEARER.some(comes(least)) || (roughness !== undefined && NEARER.some(comes(least + roughness())));
}

/** Central differences of a middling and a coarse step: enough for nearly every function. */
function agreesAtOnce({ at, here }: Question, rough: number, claimed: number): boolean {
  // At a kink that is even the two sides cancel.
  if (claimed === 0 && at(1e-4) !== here) return false;
  const wide = centralAt(at, here, rough, 2e-4);
  const narrow = centralAt(at, here, rough, 1e-4);
  const estimate = (4 * narrow.value - wide.value) / 3;
  const size = Math.max(Math.abs(estimate), Math.abs(claimed));
  const curved = 0.05 * Math.abs(wide.value - narrow.value);
  if (!(Math.abs(estimate - claimed) <= EXACT * size + curved + 3 * narrow.noise)) return false;
  const coarse = centralAt(at, here, rough, 1e-2);
  if (Number.isNaN(coarse.value)) return true;
  return Math.abs(coarse.value - claimed) <= 0.3 * Math.max(Math.abs(coarse.value), size) + 3 * coarse.noise;
}

function lookedAtClosely(
  { at, here, stepwise, slopeAt, tied, patch }: Question,
  rough: number,
  claimed: number,
): Verdict {
  const slopes = STEPS.map((h) => centralAt(at, here, rough, h));
  const known = slopes.filter((s) => told(s, claimed));
  const sides = ([1, -1] as const).map((sign) => STEPS.map((h) => oneSided(at, here, rough, h, sign)));
  const best = steadiest(slopes);
  const apart = best === undefined ? 0 : Math.abs(best.value - claimed);
  const central = twoAgree(slopes, claimed);
  if (central || sides.some((side) => twoAgree(side, claimed))) {
    const exact = best !== undefined && best.error <= 0.01 * EXACT * Math.abs(best.value);
    if (central && exact && apart > 30 * best.error + EXACT * Math.abs(best.value))
      return contradiction(best.value, claimed, true);
    const other = tied === true && !central ? otherSide(sides, claimed) : undefined;
    if (other !== undefined) return contradiction(other, claimed, false);
    // Fine steps say what the path says; coarse ones tell whether it goes in steps up a slope that it does not have.
    if (stepwise) return AGREED;
    const around = slopeOfStairs([slopes, ...sides], claimed);
    if (around !== undefined && patch === true) return contradiction(around, claimed, true);
    const stairs = around ?? otherwise(slopes.slice(0, COARSE), claimed);
    if (stairs !== undefined)
      return slopeAt !== undefined && addsUp(at, slopeAt, stairs, claimed)
        ? AGREED
        : contradiction(stairs, claimed, true);
    const flat = claimed === 0 && sides.every(climbs) && !levelsOff(slopes, sides);
    return flat ? contradiction(sides[0]![0]!.value, claimed, false) : AGREED;
  }
  // Where rounding hides the slope at every step nobody can tell.
  if (known.length < 3) return UNTOLD;
  if (tends(known, claimed)) return AGREED;
  if (!settles(known)) {
    // Where no steps agree with each other they are all too coarse.
    const finer = [slopes.at(-1)!, ...FINER.map((h) => centralAt(at, here, rough, h))];
    if (twoAgree(finer, claimed)) return AGREED;
  }
  if (best === undefined) return contradiction(known.at(-1)!.value, claimed, false);
  if (apart <= 30 * best.error + 1e-5 * Math.abs(best.value)) return AGREED;
  return contradiction(best.value, claimed, true);
}

/** What the fine steps of a side say that does not have the claimed slope, be it a jump; undefined without. */
function otherSide(sides: readonly (readonly Slope[])[], claimed: number): number | undefined {
  for (const side of sides) {
    const fine = side.slice(COARSE).filter((slope) => told(slope, claimed));
    if (fine.length >= 3 && !fine.some((slope) => near(slope, claimed, 1e-2))) return fine[0]!.value;
  }
  return undefined;
}

/**
 * The slope that all the coarse steps see and the claim does not say: that of stairs, each of which is flat; undefined
 * without. The first of the lists is the one that is looked at for the slope.
 */
function slopeOfStairs(lists: readonly (readonly Slope[])[], claimed: number): number | undefined {
  const slopes = lists[0]!;
  for (let k = 0; k + 2 < COARSE; k++) {
    const three = [k, k + 1, k + 2];
    const middle = slopes[k + 1]!;
    const size = Math.max(Math.abs(middle.value), Math.abs(claimed));
    const away = (list: readonly Slope[]) => (j: number) => Math.abs(list[j]!.value - claimed) > 0.25 * size;
    if (Math.abs(middle.value) < 0.1 * Math.abs(claimed) || !told(middle, claimed)) continue;
    if (!level(three.map((j) => slopes[j]!.value))) continue;
    if (lists.every((list) => three.every(away(list)))) return middle.value;
  }
  return undefined;
}

/** Points at which claims are asked for, and the steps that they lie between. */
const POINTS = 24;
const BETWEEN = [5.3e-3, 1.07e-3];

/**
 * Whether the slopes claimed around add up to the change of the value: then the slope at 0 is one of a function in
 * pieces, such as a table. Those of a search do not, anywhere.
 */
function addsUp(
  at: Question['at'],
  slopeAt: (t: number) => number,
  stairs: number,
  claimed: number,
): boolean {
  return BETWEEN.some((h) => {
    const mean = (at(h) - at(-h)) / (2 * h);
    let sum = 0;
    for (let k = 0; k < POINTS; k++) sum += slopeAt(h * ((2 * k + 1) / POINTS - 1));
    const apart = Math.abs(mean - claimed);
    return apart >= 0.5 * Math.abs(stairs - claimed) && Math.abs(sum / POINTS - mean) <= 0.2 * apart;
  });
}

/** Whether the coarse steps to one side meet three values or more that are not the one at 0. */
function climbs(side: readonly Slope[]): boolean {
  const met = side.slice(0, COARSE).filter((slope) => told(slope, 0));
  const changes = met.map(({ h, value }) => h * value);
  return new Set(changes.filter((change) => change !== 0)).size >= 3;
}

/** Whether a function is flat at 0 as at an extremum: its slopes, those to each side too, vanish with the steps. */
function levelsOff(slopes: readonly Slope[], sides: readonly (readonly Slope[])[]): boolean {
  const [central, ...beside] = [slopes, ...sides].map((list) =>
    list.slice(0, COARSE).filter((slope) => told(slope, 0)),
  );
  return beside.every((side) => tends(side, 0)) && approaches(central!, 0);
}

/** What slopes of coarse steps, extrapolated, are sure of, where it is not the claim. */
function otherwise(slopes: readonly Slope[], claimed: number): number | undefined {
  const best = steadiest(slopes);
  if (best === undefined || best.error > 1e-3 * Math.abs(best.value)) return undefined;
  const apart = Math.abs(best.value - claimed);
  return apart > 30 * best.error + 1e-5 * Math.abs(best.value) ? best.value : undefined;
}

/** Whether slopes of different steps are about the same. */
function level(values: readonly number[]): boolean {
  const largest = Math.max(...values.map(Math.abs));
  return Math.max(...values) - Math.min(...values) <= 0.25 * largest;
}

/** Whether three steps in succession see about the same slope. */
function settles(slopes: readonly Slope[]): boolean {
  return slopes.some((_, k) => k >= 2 && level(slopes.slice(k - 2, k + 1).map(({ value }) => value)));
}

function contradiction(differences: number, claimed: number, level: boolean): Verdict {
  const search = Math.abs(differences - claimed) > 0.1 * Math.abs(differences);
  return { kind: 'contradicted', differences, claimed, search, level };
}

/** Whether slopes come to a claim as the steps go to 0. */
function tends(known: readonly Slope[], claimed: number): boolean {
  return known.length >= 3 && approaches(known, claimed);
}

function approaches(known: readonly Slope[], claimed: number): boolean {
  const apart = known.slice(-4).map(({ value }) => Math.abs(value - claimed));
  return apart.every((a, k) => k === 0 || a <= 0.7 * apart[k - 1]!);
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

function centralAt(at: Question['at'], here: number, rough: number, h: number): Slope {
  const [a, b] = [at(h), at(-h)];
  return { h, value: (a - b) / (2 * h), noise: Math.max(rounding(here, a, b), rough) / (2 * h) };
}

function oneSided(at: Question['at'], here: number, rough: number, h: number, sign: 1 | -1): Slope {
  const a = at(sign * h);
  return { h, value: (a - here) / (sign * h), noise: Math.max(rounding(here, here, a), rough) / h };
}

/** Of two values and those around them. */
function rounding(...values: number[]): number {
  return 4 * Number.EPSILON * Math.max(...values.map(Math.abs));
}
