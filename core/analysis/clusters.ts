/** Numbers that a loop carries and that lie close together: the ends of a bracket, and what lies between. */
import type { CarriedNumber } from '../trace/carried.ts';

export interface Cluster {
  readonly numbers: readonly CarriedNumber[];
  /** How far they are apart. */
  readonly gap: number;
  /** How far from them what is sought may lie. */
  readonly reach: number;
  /** How large they are, or how far they have come. */
  readonly scale: number;
}

/** Relative to how far they have come, or to how large they are. */
const CLOSE = 1e-2;
/** How much farther than the bracket is wide what is sought may lie. */
const BEYOND = 4;
const ROUNDING = 64 * Number.EPSILON;
/** What is known of how close a number alone has come. */
const ALONE = 1e-3;

/** All of them: those of many first, then the closest, numbers alone last. */
export function clustersOf(numbers: readonly CarriedNumber[]): Cluster[] {
  const sorted = [...numbers].sort((p, q) => p.value - q.value);
  const found: Cluster[] = [];
  let group: CarriedNumber[] = [];
  const close = (): void => {
    if (group.length > 0) found.push(clusterOf(group));
    group = [];
  };
  for (const number of sorted) {
    const before = group.at(-1);
    if (
      before !== undefined &&
      number.value - before.value > CLOSE * Math.max(sizeOf(before), sizeOf(number))
    )
      close();
    group.push(number);
  }
  close();
  return found.sort((p, q) => q.numbers.length - p.numbers.length || p.gap / p.scale - q.gap / q.scale);
}

function clusterOf(numbers: readonly CarriedNumber[]): Cluster {
  const scale = Math.max(...numbers.map(sizeOf));
  const gap = numbers.at(-1)!.value - numbers[0]!.value;
  return { numbers, gap, scale, reach: numbers.length > 1 ? BEYOND * gap + ROUNDING * scale : ALONE * scale };
}

function sizeOf({ value, before }: CarriedNumber): number {
  const come = Math.abs(value - before);
  return Math.max(Math.abs(value), Number.isFinite(come) ? come : 0, Number.MIN_VALUE);
}
