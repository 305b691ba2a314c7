/**
 * Results that are rounded for the eye: to a millimetre, to twelve digits. Their path has no derivative but 0; what is
 * meant is that of the number before it was rounded. It is given, and said, where the steps are fine next to what the
 * inputs move, and the values around follow it.
 */
import type { Problem } from '../problem.ts';
import { FINE_STEPS } from '../trace/trace.ts';
import type { Derivatives } from './differentiate.ts';
import { claimed } from './doubts.ts';
import { plainJacobian } from './jacobian.ts';
import { roundedRow } from './rounded.ts';
import type { Run, Way } from './run.ts';
import { confirmed, roughness, sharplyConfirmed } from './search.ts';

/** What part of the largest change that an input makes, moved by its own size, roundings may be. */
const FINE_PART = 2e-5;

/** The derivative past fine roundings, where the own of a run is refused or leaves an input out; undefined where that is not why. */
export function beforeRounding(
  run: Run,
  again: (way: Way) => Run,
  slopes: (run: Run, again: (way: Way) => Run, steps: number) => Derivatives,
  steps: number,
): Derivatives | undefined {
  const rounded = roundedRow(run, (value) => Math.abs(value) >= FINE_STEPS);
  if (rounded < 0) return undefined;
  const smooth = again({ unrounded: true });
  if (smooth.problem !== undefined || smooth.outputs.length !== run.outputs.length) return undefined;
  const beside = (way: Way) => again({ ...way, unrounded: true });
  const found = slopes(smooth, beside, steps);
  if (found.refused || found.kinks.length > 0 || !found.jacobian.flat().every(Number.isFinite))
    return undefined;
  const place = run.trace.tape.at[rounded]!;
  const doubt = { claims: claimed(found.jacobian), place, steps, stepwise: false, tied: true };
  const { jacobian } = found;
  if (!isWhole(plainJacobian(run), jacobian)) return undefined;
  if (!isFine(smooth, jacobian) || !confirmed(smooth, beside, doubt)) return undefined;
  if (!sharplyConfirmed(smooth, beside, jacobian)) return undefined;
  const problem: Problem = {
    id: 'GL102',
    severity: 'warning',
    message:
      'The number is rounded to fine steps here: the derivative is that of the number before it is rounded.',
    location: run.trace.tape.sites[place],
  };
  return { ...found, problems: [problem, ...found.problems], special: true, smooth: found.smooth ?? smooth };
}

/** Less than this of a slope is rounding. */
const SAME = 1e-6;

/**
 * Whether roundings are all that a slope goes through, or none of it. Where a part goes past them, as what is left of a
 * number without its whole part does, the function may be smooth within the steps, and those are what is meant.
 */
function isWhole(path: readonly (readonly number[])[], smooth: readonly (readonly number[])[]): boolean {
  return path.every((row, o) =>
    row.every((d, i) => d === 0 || Math.abs(d - smooth[o]![i]!) <= SAME * Math.abs(d)),
  );
}

function isFine(run: Run, jacobian: readonly (readonly number[])[]): boolean {
  const rough = roughness(run);
  return jacobian.every((row, o) => {
    const moves = row.map((d, i) => Math.abs(d * (run.inputs[i]!.value || 1)));
    const most = Math.max(0, ...moves);
    return most === 0 || rough[o]! <= FINE_PART * most;
  });
}
