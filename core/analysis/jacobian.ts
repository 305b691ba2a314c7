/** The Jacobian of a path, read off its tape. */
import { adjoints, tangents } from '../trace/sweep.ts';
import type { Traced } from './traced.ts';

/** Whether a Jacobian is finite and another is the same, to a part of each entry and of its row's largest. */
export function isNear(
  here: readonly (readonly number[])[],
  there: readonly (readonly number[])[],
  part: number,
): boolean {
  return there.every((row, o) => {
    const largest = 1e-3 * row.reduce((most, d) => Math.max(most, Math.abs(d)), 0);
    return row.every(
      (d, i) => Number.isFinite(d) && Math.abs(here[o]![i]! - d) <= part * Math.max(Math.abs(d), largest),
    );
  });
}

/** jacobian[output][input]. */
export function plainJacobian(run: Traced): number[][] {
  const { tape } = run.trace;
  const n = run.inputs.length;
  if (run.outputs.length <= n) {
    return run.outputs.map(({ row }) =>
      row < 0 ? new Array<number>(n).fill(0) : Array.from(adjoints(tape, row).subarray(0, n)),
    );
  }
  const columns = run.inputs.map((_, i) => {
    const seed = new Float64Array(n);
    seed[i] = 1;
    return tangents(tape, seed);
  });
  return run.outputs.map(({ row }) => columns.map((column) => (row < 0 ? 0 : column[row]!)));
}
