/**
 * Functions that go up or down by jumps between pieces that they follow: `best * a` with a `best` found on a grid, a
 * table read at a rounded number. What the paths' own slopes leave out of the change of the value, in spans of several
 * sizes, is what the jumps add up to. Of a function in pieces without jumps they leave out nothing.
 */

interface Moving {
  /** The value at t; NaN where there is none. */
  readonly at: (t: number) => number;
  /** What the path at t claims of the slope there. */
  readonly slopeAt: (t: number) => number;
}

/** Largest spans looked at, relative to the inputs: the first in which there are values. */
const WIDEST = [0.25, 0.07];
/** Spans of each, in no ratio of small whole numbers. */
const PARTS = [1, 0.61, 0.37];
/** Slopes that are averaged over a span. */
const POINTS = 48;
/** Runs that a closer look takes. */
export const JUMP_RUNS = PARTS.length * (POINTS + 2);
/** What part of a slope jumps may add without a word. */
const LEAST = 0.01;
/** How far what jumps add in spans of several sizes may differ, where it is a slope. */
const LEVEL = 0.35;

/** The slope that jumps add to the one of the path at 0; undefined where they add none. */
export function slopeOfJumps({ at, slopeAt }: Moving, claimed: number): number | undefined {
  for (const h of WIDEST) {
    const chord = (at(h) - at(-h)) / (2 * h);
    // Gauss and Legendre's three points: smooth functions need no closer look.
    const t = Math.sqrt(0.6) * h;
    const mean = Number.isFinite(chord) ? (5 * slopeAt(-t) + 8 * claimed + 5 * slopeAt(t)) / 18 : Number.NaN;
    if (!Number.isFinite(mean)) continue;
    if (Math.abs(chord - mean) <= LEAST * Math.max(Math.abs(chord), Math.abs(claimed))) return undefined;
    return added({ at, slopeAt }, claimed, h);
  }
  return undefined;
}

function added({ at, slopeAt }: Moving, claimed: number, widest: number): number | undefined {
  const found: number[] = [];
  for (const part of PARTS) {
    const h = part * widest;
    const sums: [number, number] = [0, 0];
    for (let k = 0; k < POINTS; k++) sums[k % 2]! += slopeAt(h * ((2 * k + 1) / POINTS - 1));
    const mean = (sums[0] + sums[1]) / POINTS;
    const error = (2 * Math.abs(sums[0] - sums[1])) / POINTS;
    const chord = (at(h) - at(-h)) / (2 * h);
    const left = chord - mean;
    const size = Math.max(Math.abs(chord), Math.abs(claimed));
    if (!(Math.abs(left) > Math.max(LEAST * size, 3 * error))) return undefined;
    if (found.length > 0 && left > 0 !== found[0]! > 0) return undefined;
    found.push(left);
  }
  const sizes = found.map(Math.abs);
  if (Math.max(...sizes) - Math.min(...sizes) > LEVEL * Math.max(...sizes)) return undefined;
  return found.reduce((sum, left) => sum + left, 0) / found.length;
}
