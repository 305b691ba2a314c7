/**
 * Loops that find their result by comparisons (bisection, golden section), or end before their derivative has
 * converged: the derivative of the path is then not the derivative of the result. Such a loop cannot be told from
 * others by its form, so its derivative is compared with differences.
 */
import type { Problem } from '../problem.ts';
import type { Run } from './run.ts';

/** Relative step of the differences. */
const STEP = 1e-3;

/**
 * The problem with a jacobian[output][input] that differences contradict; undefined where they agree or say nothing
 * (rounding, a kink nearby). `moved` gives the outputs' values with the inputs shifted.
 */
export function contradicted(
  run: Run,
  jacobian: readonly (readonly number[])[],
  moved: (shift: readonly number[]) => readonly number[] | undefined,
): Problem | undefined {
  const { tape } = run.trace;
  // One decision is enough: an iteration started at its own fixed point ends at the first.
  const place = tape.guards.find((g) => g.kind !== 'key' && insideLoop(tape, g.position))?.site ?? -1;
  if (place < 0) return undefined;
  // One direction in which every input moves in proportion to its size; unequal, so that nothing cancels.
  const direction = run.inputs.map(({ value }, i) => (Math.abs(value) || 1) * (1 + (i % 7) / 16));
  const at = (t: number) => moved(direction.map((d) => t * d));
  const steps = [STEP, STEP / 2, STEP / 4];
  const pairs = steps.map((h) => ({ h, above: at(h), below: at(-h) }));
  for (let o = 0; o < run.outputs.length; o++) {
    const along = jacobian[o]!.reduce((sum, d, i) => sum + d * direction[i]!, 0);
    const slopes = pairs.map(({ h, above, below }) =>
      above === undefined || below === undefined ? Number.NaN : (above[o]! - below[o]!) / (2 * h),
    );
    const estimate = (4 * slopes[2]! - slopes[1]!) / 3;
    const previous = (4 * slopes[1]! - slopes[0]!) / 3;
    const error = Math.abs(estimate - previous) + Math.abs(slopes[2]! - slopes[1]!) / 4;
    if (!(error <= 0.01 * Math.abs(estimate))) continue;
    const rounding = (1e-13 * Math.abs(run.outputs[o]!.value)) / STEP;
    const apart = Math.abs(estimate - along);
    if (!(apart > 30 * error + 1e-5 * Math.abs(estimate) + rounding)) continue;
    // A kink next to the sample: the path has the slope of one side.
    const here = run.outputs[o]!.value;
    const side = (values: 'above' | 'below', sign: number) => {
      const [, far, near] = pairs.map((p) => (p[values]![o]! - here) / (sign * p.h));
      return 2 * near! - far!;
    };
    const beside = [side('above', 1), side('below', -1)].map((slope) => Math.abs(slope - along));
    if (Math.min(...beside) <= 1e-3 * Math.abs(estimate) && Math.max(...beside) > 1e-2 * Math.abs(estimate))
      continue;
    const search = apart > 0.1 * Math.abs(estimate);
    return {
      id: search ? 'GL113' : 'GL115',
      severity: 'error',
      message: search
        ? 'This loop finds its result by comparisons: the derivative of its path is not that of the result.'
        : 'This iteration has converged, but its derivative has not.',
      location: tape.sites[place],
    };
  }
  return undefined;
}

/** Whether a position of the tape lies between a loop's beginning and its end. */
function insideLoop(tape: Run['trace']['tape'], position: number): boolean {
  let depth = 0;
  for (const mark of tape.marks) {
    // A loop's first decision stands where the loop begins.
    if (mark.position > position) break;
    if (mark.kind === 'enterLoop') depth++;
    else if (mark.kind === 'exitLoop' && mark.position < position) depth--;
  }
  return depth > 0;
}
