/**
 * When the derivatives of a path are read off its tape and nothing further has to be asked: what `differentiate` finds
 * then is the same, to the bit.
 */
import type { Tape } from '../trace/tape.ts';
import { absorbed } from './absorbed.ts';
import { losses } from './losses.ts';
import { repeatedDecision } from './repeated.ts';
import { roundedToDigits } from './rounded.ts';
import { findSpecials } from './specials.ts';
import { narrowDecision, roundingDecides } from './thresholds.ts';
import type { Traced } from './traced.ts';

export type Doubt =
  /** A value or a partial is no finite number. */
  | 'infinite'
  /** A kink, a jump, a singularity, a tie. */
  | 'special'
  /** Digits are lost. */
  | 'digits'
  /** A decision is so close that the path beside it counts. */
  | 'close';

/**
 * Whether a tape may be followed to other points at all: not where loops go by comparisons, keys are made of inputs, or
 * bits and digits decide, as such paths are held against the function itself.
 */
export function isFollowed(tape: Tape): boolean {
  return (
    tape.doubts.length === 0 && tape.guards.every(({ kind }) => kind !== 'key') && repeatedDecision(tape) < 0
  );
}

/** What stands against the Jacobian of a path that is followed; undefined where nothing does. */
export function doubtOf(path: Traced, jacobian: readonly (readonly number[])[]): Doubt | undefined {
  const { tape } = path.trace;
  if (!path.outputs.every(({ value }) => Number.isFinite(value))) return 'infinite';
  if (!jacobian.every((row) => row.every(Number.isFinite))) return 'infinite';
  if (absorbed(path) !== undefined) return 'digits';
  if (findSpecials(path).length > 0) return 'special';
  if (narrowDecision(tape) >= 0 || roundingDecides(path) >= 0 || roundedToDigits(path) >= 0) return 'close';
  return losses(path, jacobian).length > 0 ? 'digits' : undefined;
}
