/**
 * Readings of a clock. What a clock says is unknown, but of two readings in one run it is known that next to no time
 * lies between them: whether a limit of time has passed, and whether one time comes before another, can be told where
 * a few milliseconds more or less do not change it.
 */
import type { Evaluator } from './evaluator.ts';
import type { NativeFunction } from './objects.ts';
import { type Poison, UnknownPrimitive, type Value } from './values.ts';

/** Milliseconds that a run may take between two readings. */
const AT_MOST = 10;

/** scale · (what the clock says) + offset, to within `slack`; of a scale of 0 it is a duration. */
export class ClockReading extends UnknownPrimitive {
  readonly clock: string;
  /** Readings of different runs say nothing of each other. */
  readonly run: object;
  readonly scale: number;
  readonly offset: number;
  readonly slack: number;
  constructor(
    because: Poison,
    clock: string,
    run: object,
    {
      scale = 1,
      offset = 0,
      slack = AT_MOST,
    }: Partial<Pick<ClockReading, 'scale' | 'offset' | 'slack'>> = {},
  ) {
    super('number', because);
    this.clock = clock;
    this.run = run;
    this.scale = scale;
    this.offset = offset;
    this.slack = slack;
  }
}

/** A function that gives readings. */
export function readsClock(fn: NativeFunction): void {
  fn.gives = 'number';
  fn.passes = true;
}

/** What a Date keeps of an unknown number: whole milliseconds. */
export function wholeReading(time: Poison): Poison {
  return time instanceof ClockReading && time.scale !== 1 ? new UnknownPrimitive('number', time) : time;
}

export function clockReading(ev: Evaluator, clock: string, because: Poison): ClockReading {
  return new ClockReading(because, clock, ev.domain);
}

/** The sum a·x + b·y of two numbers, one of them a reading; undefined where no more is known of it. */
function combined(a: number, x: Value, b: number, y: Value): ClockReading | undefined {
  const known = x instanceof ClockReading ? x : y;
  if (!(known instanceof ClockReading)) return undefined;
  let scale = 0;
  let offset = 0;
  let slack = 0;
  for (const [factor, term] of [
    [a, x],
    [b, y],
  ] as const) {
    if (typeof term === 'number') offset += factor * term;
    else if (term instanceof ClockReading && term.run === known.run && term.clock === known.clock) {
      scale += factor * term.scale;
      offset += factor * term.offset;
      slack += Math.abs(factor) * term.slack;
    } else return undefined;
  }
  return new ClockReading(known, known.clock, known.run, { scale, offset, slack });
}

/** What arithmetic makes of readings; undefined where no more is known of it. */
export function clockArithmetic(operator: string, x: Value, y: Value): ClockReading | undefined {
  switch (operator) {
    case '+':
      return combined(1, x, 1, y);
    case '-':
      return combined(1, x, -1, y);
    case '*':
      return typeof y === 'number'
        ? combined(y, x, 0, 0)
        : typeof x === 'number'
          ? combined(x, y, 0, 0)
          : undefined;
    case '/':
      return typeof y === 'number' ? combined(1 / y, x, 0, 0) : undefined;
    default:
      return undefined;
  }
}

/** The sign of x − y, where it is the same whatever little time passes. */
export function clockOrder(x: Value, y: Value): 1 | -1 | undefined {
  for (const [one, other, sign] of [
    [x, y, 1],
    [y, x, -1],
  ] as const) {
    const isBeyond = other === Number.POSITIVE_INFINITY || other === Number.NEGATIVE_INFINITY;
    if (one instanceof ClockReading && isBeyond) return other > 0 === sign > 0 ? -1 : 1;
  }
  const apart = combined(1, x, -1, y);
  if (apart === undefined || apart.scale !== 0 || !(Math.abs(apart.offset) > apart.slack)) return undefined;
  return apart.offset > 0 ? 1 : -1;
}

/** Whether a reading counts as true, where that is known: clocks do not stand at 0. */
export function clockTruth({ scale, offset, slack }: ClockReading): true | undefined {
  const isAfter = scale > 0 && offset >= 0;
  return isAfter || (scale === 0 && Math.abs(offset) > slack) ? true : undefined;
}
