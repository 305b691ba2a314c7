import type { Problem } from '../problem.ts';
import type { Location } from '../source/span.ts';
import type { JsObject } from './objects.ts';

/**
 * A number or boolean that is not simply known. In a trace it is active: `id` is a tape row, where the number is that
 * it has now (`Domain.primal`). In a stage it is unknown: `id` is an SSA value.
 */
export class Leaf {
  /** The number's id twice, and one more for a boolean: there are millions of these, so that each byte counts. */
  private readonly packed: number;
  /**
   * A stage only: on some path the variable was never set. In arithmetic and comparisons of size undefined is what
   * NaN is; where it makes a difference, `definite` refuses.
   */
  get maybeUndefined(): boolean {
    return false;
  }
  /** False in a stage. */
  get hasValue(): boolean {
    return true;
  }
  constructor(type: 'number' | 'boolean', id: number) {
    this.packed = (id << 1) | (type === 'boolean' ? 1 : 0);
  }
  get id(): number {
    return this.packed >> 1;
  }
  get type(): 'number' | 'boolean' {
    return (this.packed & 1) === 0 ? 'number' : 'boolean';
  }
}

/** What could not be computed, and why. It spreads through operations and is refused where it matters. */
export class Poison {
  readonly problem: Problem;
  /** What it may be, or lead to, of what the program has: to write to it, or to call it, may change any of these. */
  readonly of: readonly Value[];
  constructor(problem: Problem, of: readonly Value[] = []) {
    this.problem = problem;
    this.of = of;
  }
}

/** A number, a boolean or a text of which no more is known: which type it is, what it has, and what it is not. */
export class UnknownPrimitive extends Poison {
  readonly type: 'number' | 'boolean' | 'string';
  constructor(type: UnknownPrimitive['type'], { problem }: Poison) {
    super(problem);
    this.type = type;
  }
}

/** What may be anything, where only that much is known: what has come of a text or a number may be of another type. */
export function bare(poison: Poison): Poison {
  return poison.constructor === Poison ? poison : new Poison(poison.problem);
}

/** Whether a value may be undefined or null, for all that is known. */
export function mayBeMissing(value: Value): value is Poison {
  return value instanceof Poison && value.constructor === Poison;
}

export type Primitive = number | string | boolean | bigint | symbol | null | undefined;
export type Value = Primitive | JsObject | Leaf | Poison;

/** An unknown that may be one of these values, besides what it is now. */
export function mayBe(given: Poison, ...values: readonly Value[]): Poison {
  const unknown = bare(given);
  const added = values.filter((value) => isHeld(value) && !unknown.of.includes(value));
  return added.length === 0 ? unknown : new Poison(unknown.problem, [...unknown.of, ...added]);
}

/** Whether a value is an object, or an unknown that may be one of the program's. */
function isHeld(value: Value): boolean {
  if (value instanceof Poison) return value.of.length > 0;
  return typeof value === 'object' && value !== null && !(value instanceof Leaf);
}

/** A variable read before its declaration ran. */
export const UNINITIALISED = Symbol('uninitialised') as unknown as Value;
/** An array element that is absent. */
export const HOLE = Symbol('hole') as unknown as Value;

// The type is asked first because that takes no call, as a comparison with a value that is not written out does.
export function isUninitialised(value: Value): boolean {
  return typeof value === 'symbol' && value === UNINITIALISED;
}
export function isHole(value: Value): boolean {
  return typeof value === 'symbol' && value === HOLE;
}

/** The evaluation stops here and cannot be resumed: the problem is the answer. */
export class Refusal {
  problem: Problem;
  constructor(problem: Problem) {
    this.problem = problem;
  }
}

/** A budget is spent. On its way out it meets the loops and calls that were under way: one of them spent it. */
export class Spent extends Refusal {
  /** What is counted: steps, recorded operations. */
  readonly unit: string;
  readonly allowed: number;
  blamed = false;
  constructor(problem: Problem, unit: string, allowed: number) {
    super(problem);
    this.unit = unit;
    this.allowed = allowed;
  }
}

/** A JavaScript exception of the user's program on its way to a handler. */
export class Thrown {
  readonly value: Value;
  /** Where it was thrown. */
  readonly site: Site | undefined;
  constructor(value: Value, site?: Site) {
    this.value = value;
    this.site = site;
  }
}

/** A place in the source that makes operations; remembers its index on the tape that saw it last. */
export class Site {
  private readonly own: Location;
  /** The number of that tape: a reference would keep it. */
  owner = 0;
  index = -1;
  constructor(location: Location) {
    this.own = location;
  }
  get location(): Location {
    return this.own;
  }
  /** The site in the user's text. */
  get user(): Site {
    return this;
  }
}

/** A place in the prelude: for the user it is the call that led there. */
export class AmbientSite extends Site {
  private readonly current: () => Site | undefined;
  constructor(current: () => Site | undefined) {
    super({ file: '', statement: -1, span: { start: 0, end: 0 } });
    this.current = current;
  }
  override get location(): Location {
    return this.user === this ? super.location : this.user.location;
  }
  override get user(): Site {
    return this.current() ?? this;
  }
}
