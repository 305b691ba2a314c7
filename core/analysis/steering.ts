/** Inputs that steer: they choose an element, a length, a number of iterations or a case, and reach no result. */
import { ROWS, SUB } from '../operations/index.ts';
import { deniedOf } from '../trace/tape.ts';
import { isFlat, reaching } from './activity.ts';
import { agreement } from './agreement.ts';
import type { Path } from './paths.ts';
import type { Run, Way } from './run.ts';
import { valuesAlong } from './search.ts';
import { findSpecials } from './specials.ts';

/**
 * The rows of the inputs that only steer. `again` runs beside the sample: a selector's value jumps there, whereas x in
 * `x === 0 ? 1 : sin(x)/x` is none although its equality holds. With what a search looks for, results change smoothly.
 */
export function heldFixed(run: Run, again: (way: Way) => Run): ReadonlySet<number> {
  const steering = steeringOnly(run);
  if (steering.size === 0) return new Set();
  for (const [row, ties] of steering) {
    if (movesSmoothly(run, again, row)) steering.delete(row);
    if (!ties) continue;
    const runs = [1, -1].map((d) => again({ direction: run.inputs.map((i) => (i.row === row ? d : 0)) }));
    // x in `x === 0 ? 0 : Math.abs(x) / x` reaches the result beside the sample: it selects nothing.
    const reaches = runs.some((r) => reachesSmoothly(r, row));
    const unknown = runs.some((r) => r.problem !== undefined && !isAbsent(r));
    if (unknown || reaches || !runs.some((r) => jumpsAway(run, r))) steering.delete(row);
  }
  return new Set(steering.keys());
}

/**
 * Inputs that only choose an element, a length, a number of iterations or an equal case, each with whether the path
 * may be another one right beside the sample.
 */
function steeringOnly(run: Run): Map<number, boolean> {
  const { tape } = run.trace;
  const smooth = reaching(
    tape,
    run.outputs.map((o) => o.row),
    (op) => !isFlat(op),
  );
  const any = reaching(
    tape,
    run.outputs.map((o) => o.row),
    () => true,
  );
  const steers = steeringRows(run, true);
  const ties = reaching(
    tape,
    findSpecials(run).map((s) => s.row),
    () => true,
  );
  const chooses = choosing(run);
  const data = new Set(run.inputs.filter(({ row }) => smooth[row] === 1).map(({ path }) => arrayOf(path)));
  const found = new Map<number, boolean>();
  for (const { row, value, path } of run.inputs) {
    // What selects, counts or indexes is a whole number.
    if (!Number.isInteger(value)) continue;
    // Numbers of an array that are compared with each other (to sort them, to find the greatest) are data.
    const array = arrayOf(path);
    if (array !== undefined && data.has(array) && !chooses.has(row)) continue;
    if (smooth[row] === 0 && any[row] === 0 && steers[row] === 1) found.set(row, ties[row] === 1);
  }
  return found;
}

/**
 * Rows of inputs that keys and trip counts are made of. A loop that goes on as long as two numbers are in order, as
 * sorting does, counts neither.
 */
function choosing(run: Run): ReadonlySet<number> {
  const { tape } = run.trace;
  const compared = -2;
  const from = new Int32Array(tape.length).fill(-1);
  for (const { row } of run.inputs) from[row] = row;
  for (let row = 0; row < tape.length; row++) {
    if (from[row] !== -1) continue;
    const op = tape.op[row]!;
    for (const operand of tape.operands(row)) {
      const one = operand < 0 ? -1 : from[operand]!;
      if (one === -1 || from[row] === one) continue;
      if (from[row] === -1) from[row] = one;
      else if (isFlat(op) || op === SUB) from[row] = compared;
    }
  }
  const keys = reaching(
    tape,
    tape.guards.filter((g) => g.kind === 'key').map((g) => g.row),
    () => true,
  );
  const found = new Set(run.inputs.map(({ row }) => row).filter((row) => keys[row] === 1));
  for (const { kind, row } of tape.guards) if (kind === 'count' && from[row]! >= 0) found.add(from[row]!);
  return found;
}

/** Which array a leaf is an element of. */
export function arrayOf(path: Path): string | undefined {
  return path.length > 1 && /^\d+$/.test(String(path.at(-1))) ? path.slice(0, -1).join('\0') : undefined;
}

/** Leaves held fixed that stand in an array between inputs: without them its numbers would not be in their places. */
export function between<T extends { readonly path: Path }>(
  held: readonly T[],
  inputs: readonly { readonly path: Path }[],
): T[] {
  const arrays = new Set(inputs.map(({ path }) => arrayOf(path)));
  return held.filter(({ path }) => {
    const array = arrayOf(path);
    return array !== undefined && arrays.has(array);
  });
}

/** Whether a result has a slope in an input that its path says nothing of. */
function movesSmoothly(run: Run, again: (way: Way) => Run, row: number): boolean {
  const value = valuesAlong(
    run,
    again,
    run.inputs.map((i) => (i.row === row ? Math.abs(i.value) || 1 : 0)),
  );
  return run.outputs.some(({ value: here }, o) => {
    const verdict = agreement({
      below: 0,
      above: 0,
      here,
      at: (t) => value(t, o),
      stepwise: false,
      floor: 0,
    });
    return verdict.kind === 'contradicted' && verdict.level;
  });
}

function reachesSmoothly({ trace: { tape }, outputs }: Run, row: number): boolean {
  const rows = outputs.map((o) => o.row);
  return reaching(tape, rows, (op) => !isFlat(op))[row] === 1;
}

/** Rows that a key, a length or a trip count of the path was made of; an equality counts too where asked for. */
export function steeringRows(run: Run, equalities: boolean): Uint8Array {
  const { tape } = run.trace;
  const steering = tape.guards.filter((g) => g.kind !== 'branch' || (equalities && isEquality(run, g.row)));
  return reaching(
    tape,
    steering.map((g) => g.row),
    () => true,
  );
}

/** Whether the program throws there, or does not end: what cannot be followed tells nothing. */
export function isAbsent({ problem }: Run): boolean {
  return problem?.id === 'GL013' || problem?.id === 'GL012';
}

/** Whether a run beside the sample ends with finite values other than the sample's. */
function jumpsAway(run: Run, beside: Run): boolean {
  if (beside.problem !== undefined) return isAbsent(beside);
  const status = beside.trace.side?.status;
  if (status !== 'regular') return status === 'key';
  if (beside.outputs.length !== run.outputs.length) return true;
  const { side, tape } = beside.trace;
  return beside.outputs.some(({ value, row }, i) => {
    const here = run.outputs[i]!.value;
    // What moves with the input is no case that it selects.
    if (side!.moving(row)) return false;
    const there = row < 0 ? value : side!.limit(tape, row);
    if (Number.isNaN(there)) return false;
    return Math.abs(there - here) > 1e-9 * Math.max(Math.abs(here), Math.abs(there));
  });
}

function isEquality(run: Run, row: number): boolean {
  const { tape } = run.trace;
  return ROWS[tape.op[deniedOf(tape, row)]!]?.compares === 'equality';
}
