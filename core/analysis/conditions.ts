/** What holds at the end of a search: what it compares is 0 there, or least. */
import { OPCODE, ROWS } from '../operations/index.ts';
import type { LoopRun } from '../trace/carried.ts';
import { hessian } from '../trace/hessian.ts';
import { adjoints, FLAT } from '../trace/sweep.ts';
import type { Tape } from '../trace/tape.ts';
import type { Cluster } from './clusters.ts';

export interface Condition {
  readonly kind: 'root' | 'least';
  /** How it changes with each input of the tape. */
  readonly slopes: ArrayLike<number>;
  /** A step of Newton's, from where it was looked at to where it holds. */
  readonly step: number;
  /** How far roundings let the search miss. */
  readonly blur: number;
}

/** What is compared: a row, or the difference of two, or of a row and a constant. */
interface Compared {
  readonly rows: readonly { readonly row: number; readonly weight: 1 | -1 }[];
  readonly from: number;
}

/** How far apart two values must be for a search to tell them, in roundings of one. */
const ROUNDINGS = 8;
/** Second derivatives are dear: of how many comparisons, and of how many inputs, they are taken. */
const MOST_LEAST = 4;
const MOST_DIRECTIONS = 48;
/** Factors of factors. */
const DEEPEST = 3;

/**
 * The condition at the end of a loop of which some inputs of the tape, moving as one, are what closes in; `least` first
 * asks whether something is least. The last comparison that is one is taken: it was nearest.
 */
export function conditionOf(
  tape: Tape,
  own: readonly number[],
  { from, to }: LoopRun,
  { reach }: Cluster,
  least: boolean,
): Condition | undefined {
  const seed = new Float64Array(tape.inputs);
  for (const i of own) seed[i] = 1;
  const moving = movingRows(tape, own);
  let asked = 0;
  const met = new Set<string>();
  for (let row = to - 1; row >= from; row--) {
    if (FLAT[tape.op[row]!] !== 1) continue;
    for (const compared of comparedBy(tape, row)) {
      const { rows } = compared;
      if (!rows.some((c) => moving[c.row] === 1)) continue;
      const key = `${rows.map((c) => c.row)} ${compared.from}`;
      if (met.has(key)) continue;
      met.add(key);
      if (least) {
        if (rows.length > 1 || compared.from !== 0 || asked++ >= MOST_LEAST || tape.inputs > MOST_DIRECTIONS)
          continue;
        const found = leastAt(tape, rows[0]!.row, own, reach);
        if (found !== undefined) return found;
      } else {
        const found = rootOf(tape, compared, own, reach);
        if (found !== undefined) return found;
      }
    }
  }
  return undefined;
}

/** Rows that change with what closes in. */
function movingRows(tape: Tape, own: readonly number[]): Uint8Array {
  const moving = new Uint8Array(tape.length);
  for (const i of own) moving[i] = 1;
  for (let row = tape.inputs; row < tape.length; row++)
    if (FLAT[tape.op[row]!] === 0 && tape.operands(row).some((o) => o >= 0 && moving[o] === 1))
      moving[row] = 1;
  return moving;
}

/** What a flat operation looks at: the difference of what it compares, each of the two, and their factors. */
function comparedBy(tape: Tape, row: number): Compared[] {
  const { compares, logical } = ROWS[tape.op[row]!]!;
  if (logical) return [];
  const operands = tape.operands(row);
  const found: Compared[] = [];
  if (compares !== undefined && operands.length === 2) {
    const rows = operands.flatMap((row, i) => (row < 0 ? [] : [{ row, weight: i === 0 ? 1 : -1 } as const]));
    const constant = operands.find((o) => o < 0);
    const from = constant === undefined ? 0 : tape.read(constant);
    if (rows.length === 2 || from !== 0) found.push({ rows, from: operands[0]! < 0 ? -from : from });
  }
  for (const o of operands) if (o >= 0) found.push(...factorsOf(tape, o, 0));
  return found;
}

/** What a row is a product of, but for signs, and the row. What is carried makes a product's slope another than a root's. */
function factorsOf(tape: Tape, row: number, depth: number): Compared[] {
  const code = tape.op[row]!;
  const found: Compared[] = [];
  const through = code === OPCODE.mul || code === OPCODE.div || code === OPCODE.abs || code === OPCODE.neg;
  if (depth < DEEPEST && row >= tape.inputs && (through || code === OPCODE.sign))
    for (const o of tape.operands(row)) if (o >= 0) found.push(...factorsOf(tape, o, depth + 1));
  found.push({ rows: [{ row, weight: 1 }], from: 0 });
  return found;
}

function rootOf(tape: Tape, compared: Compared, own: readonly number[], far: number): Condition | undefined {
  const { rows, from } = compared;
  const value = rows.reduce((sum, { row, weight }) => sum + weight * tape.value[row]!, -from);
  const slopes = adjoints(tape, rows).slice(0, tape.inputs);
  const slope = own.reduce((sum, i) => sum + slopes[i]!, 0);
  const step = -value / slope;
  return slope !== 0 && Math.abs(step) <= far ? { kind: 'root', slopes, step, blur: 0 } : undefined;
}

function leastAt(tape: Tape, row: number, own: readonly number[], far: number): Condition | undefined {
  const slopes = adjoints(tape, row);
  const slope = own.reduce((sum, i) => sum + slopes[i]!, 0);
  const second = hessian(tape, row);
  const along = Array.from({ length: tape.inputs }, (_, j) =>
    own.reduce((sum, i) => sum + second[i]![j]!, 0),
  );
  const curvature = own.reduce((sum, j) => sum + along[j]!, 0);
  const step = -slope / curvature;
  const blur = Math.sqrt(Math.abs((ROUNDINGS * roundingOf(tape, slopes, row)) / curvature));
  if (curvature === 0 || !(Math.abs(step) <= far + blur)) return undefined;
  return { kind: 'least', slopes: along, step, blur };
}

/** How far roundings of what a row is made of move it, with its adjoints. */
function roundingOf(tape: Tape, slopes: Float64Array, row: number): number {
  let sum = 0;
  for (let r = tape.inputs; r <= row; r++) {
    const moved = slopes[r]! * tape.value[r]!;
    if (moved !== 0 && FLAT[tape.op[r]!] === 0) sum += Math.abs(moved);
  }
  return sum * Number.EPSILON;
}
