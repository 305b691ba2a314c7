import type { Operation } from './names.ts';

/**
 * The operations over some carrier: numbers, duals, intervals, expression nodes, a Program under construction.
 * Partials are written once against this interface and run in each of them.
 *
 * `hypot`, `max` and `min` take any number of arguments; booleans are carried by the same T.
 */
export type Algebra<T> = { readonly [O in Operation]: (...args: T[]) => T } & {
  constant(value: number | boolean): T;
};

export type NumberType = 'number' | 'boolean';

/** Where an operation is not differentiable, and what its slopes are there. */
export interface Kink {
  readonly kind: 'kink' | 'jump' | 'singularity' | 'outside';
  /** For the user: "|x| has a kink at 0". */
  readonly message: string;
  /** Index of the argument the slopes are with respect to. */
  readonly argument: number;
  /** One-sided derivatives with respect to that argument, from below and from above (±Infinity allowed). */
  readonly left: number;
  readonly right: number;
}

/** How infix and prefix forms bind; the printers share it. */
export type Notation =
  | {
      readonly form: 'infix';
      readonly symbol: string;
      readonly precedence: number;
      readonly associative: 'left' | 'right' | 'both';
    }
  | { readonly form: 'prefix'; readonly symbol: string; readonly precedence: number }
  | { readonly form: 'call'; readonly name: string; readonly latex?: string };

/** One partial derivative, in the table's own operations. */
export type Slope = <T>(k: Algebra<T>, ...args: T[]) => T;

export interface Row {
  /** undefined: any number of arguments. */
  readonly arity: 1 | 2 | 3 | undefined;
  readonly type: NumberType;
  /** JavaScript's own value, to the bit. Booleans arrive and leave as 0 and 1 (a tape holds numbers only). */
  readonly value: (...args: number[]) => number;
  /**
   * The partial derivatives, in the table's own operations and generic over the algebra: partials(k, ...args)[i] is
   * ∂/∂args[i]. undefined marks an argument through which nothing flows (a condition, a bit operation).
   * At a kink they give the value of one consistent side; `kinks` says that it is one.
   */
  readonly partials: <T>(k: Algebra<T>, ...args: T[]) => readonly (T | undefined)[];
  /** The same one at a time, so that a reader pays only for the arguments that are active; absent for variadic rows. */
  readonly slopes?: readonly (Slope | undefined)[] | undefined;
  /** partials(k, ...args)[index] for any row. */
  readonly partial: <T>(k: Algebra<T>, index: number, args: readonly T[]) => T | undefined;
  /**
   * Rows that pass one of their arguments on (select, max, min): which one, as booleans, at most one of them true;
   * undefined for an argument that is only looked at. What is not chosen must contribute nothing, not even the NaN of
   * 0·∞: a tangent is select(chosen₀, ẋ₀, select(chosen₁, ẋ₁, …)), an adjoint of argument i select(chosenᵢ, w̄, 0), and
   * a reverse sweep must not go on through an argument that was never chosen (its adjoint is no number 0 but absent;
   * in a Program the pullback of an arm belongs into the arm of an `if`).
   */
  readonly choose?: (<T>(k: Algebra<T>, ...args: T[]) => readonly (T | undefined)[]) | undefined;
  /**
   * A partial as textbooks write it: equal to the accurate form over the reals wherever both are defined, for display
   * only. undefined where the accurate form is the one to show.
   */
  readonly textbook: <T>(k: Algebra<T>, index: number, args: readonly T[]) => T | undefined;
  /** True where all partials are identically zero away from jumps (floor, comparisons, bit operations). */
  readonly flat: boolean;
  /** True where the partials do not depend on the arguments (add, neg): the second derivative is zero. */
  readonly linear: boolean;
  /** True where the partials are constant in pieces (abs, max, rem): the second derivative is zero there. */
  readonly pieces: boolean;
  /** How a comparison compares: by order, or by being equal (truthy: to 0); undefined for other rows. */
  readonly compares?: 'order' | 'equality' | undefined;
  /** True of and, or, not. */
  readonly logical: boolean;
  /** True of what gives a number in steps: floor, bit operations. */
  readonly rounds: boolean;
  /** True where a relative error of an argument is one of the value (mul, neg). */
  readonly relative: boolean;
  /** Whether a second partial of a row that is not linear is zero at such arguments, to the bit. */
  readonly straight: (i: number, j: number, args: readonly number[]) => boolean;
  /** What is special at exactly these arguments; empty at ordinary points. */
  readonly kinks: (...args: number[]) => readonly Kink[];
  /** For the documentation of refusals: the real domain, in words; undefined where it is all of ℝ. */
  readonly domain?: string;
  readonly js: Notation;
  readonly unicode: Notation;
}

/** The type checker refuses an operation without its row. */
export type Table = { readonly [O in Operation]: Row };
