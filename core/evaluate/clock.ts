/**
 * Readings of a clock. What a clock says is unknown, but a function is called right after its modules have loaded, and
 * between two readings lies next to no time: whether a limit of time has passed, and whether one time comes before
 * another, can be told where a few milliseconds more or less do not change it.
 */
import type { NativeFunction } from './objects.ts';
import { type Poison, UnknownPrimitive, type Value } from './values.ts';

/** Half the milliseconds that may lie between two readings. */
const SLACK = 5;
/** Between what a clock stands; that of the date is past the year 2001. */
const SPAN: { readonly [clock in Clock]: readonly [number, number] } = {
  Date: [1e12, 4e12],
  performance: [0, 4e12],
};

type Clock = 'Date' | 'performance';

/** scale · (what the clock says) + offset, to within `slack`; of a scale of 0 it is a duration. */
export class ClockReading extends UnknownPrimitive {
  readonly clock: Clock;
  readonly scale: number;
  readonly offset: number;
  readonly slack: number;
  constructor(
    because: Poison,
    clock: Clock,
    { scale = 1, offset = 0, slack = SLACK }: Partial<Pick<ClockReading, 'scale' | 'offset' | 'slack'>> = {},
  ) {
    super('number', because);
    this.clock = clock;
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
    else if (term instanceof ClockReading && term.clock === known.clock) {
      scale += factor * term.scale;
      offset += factor * term.offset;
      slack += Math.abs(factor) * term.slack;
    } else return undefined;
  }
  return new ClockReading(known, known.clock, { scale, offset, slack });
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
  return apart && sign(apart);
}

function sign({ clock, scale, offset, slack }: ClockReading): 1 | -1 | undefined {
  const ends = SPAN[clock].map((end) => scale * end + offset);
  if (Math.min(...ends) > slack) return 1;
  return Math.max(...ends) < -slack ? -1 : undefined;
}

/** Whether a reading counts as true, where that is known: a clock that is read has been started. */
export function clockTruth(reading: ClockReading): true | undefined {
  const isLater = reading.scale > 0 && reading.offset >= 0;
  return isLater || sign(reading) !== undefined ? true : undefined;
}
