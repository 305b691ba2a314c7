/** Where, along a line, another path begins: what is there of kinks, jumps, poles and ends. */
import { ROWS } from '../operations/index.ts';
import type { Location } from '../source/span.ts';
import { adjoints, tangents } from '../trace/sweep.ts';
import { chosenOperand, type Tape } from '../trace/tape.ts';
import { difference } from './differences.ts';
import { isFollowed } from './ordinary.ts';
import { parting, SINGULAR } from './plotPaths.ts';
import type { Run } from './run.ts';

export interface Mark {
  readonly kind: 'kink' | 'jump' | 'pole' | 'end';
  readonly at: number;
  readonly below: MarkSide | undefined;
  readonly above: MarkSide | undefined;
  readonly location: Location | undefined;
  /** The slopes are those of the paths; else of differences, which see what is beside. */
  readonly told: boolean;
}
export interface MarkSide {
  readonly value: number;
  /** Along the line; NaN where it is not known. */
  readonly slope: number;
}

/** A line that is looked at. */
export interface Line {
  /** undefined: the program gives nothing there. */
  run(at: number): Run | undefined;
  /** Which path is taken there. */
  path(run: Run | undefined): string;
  /** Indices of the inputs whose slopes count, the one that moves first. */
  readonly inputs: readonly number[];
  readonly output: number;
  /** How large values are elsewhere. */
  readonly scale: number;
}

/** Of paths, between two neighbouring points. */
const MOST_BORDERS = 8;
const BISECTIONS = 60;
/** Of values that are the same, of slopes, and of values that an iteration gives by different numbers of steps. */
const SAME = 1e-9;
const TURN = 1e-6;
const SETTLED = 1e-6;
/** Next to how large the function is elsewhere, this is small, and that is beyond all bounds. */
const SMALL = 1e-9;
const POLE = 1e5;
/** Steps of the differences that slopes are taken from where a path does not tell them. */
const NARROWEST = 12;

/** What lies between two points. */
export function marksBetween(line: Line, low: number, high: number, most: number): Mark[] {
  const found: Mark[] = [];
  const places = [low, ...hidden(line, low, high), high];
  for (let i = 1; i < places.length; i++) {
    const end = line.path(line.run(places[i]!));
    let from = places[i - 1]!;
    let last = line.path(line.run(from));
    for (let k = 0; k < MOST_BORDERS && found.length < most && last !== end; k++) {
      const [below, above] = border(line, from, places[i]!, last);
      const mark = markAt(line, below, above, high - low);
      if (mark !== undefined) add(found, mark);
      from = above;
      last = line.path(line.run(above));
    }
  }
  return found;
}

/** The last number of a path and the first beyond it, as close as doubles are, or as is worth while. */
function border(line: Line, low: number, high: number, path: string): [number, number] {
  let [below, above] = [low, high];
  for (let k = 0; k < BISECTIONS; k++) {
    const middle = below + (above - below) / 2;
    if (middle <= below || middle >= above) break;
    if (line.path(line.run(middle)) === path) below = middle;
    else above = middle;
  }
  return [below, above];
}

function markAt(line: Line, below: number, above: number, step: number): Mark | undefined {
  const [a, b] = [line.run(below), line.run(above)];
  const [left, right] = [sideOf(line, a), sideOf(line, b)];
  if (left === undefined && right === undefined) return undefined;
  const told = [a, b].every((run) => run !== undefined && isFollowed(run.trace.tape));
  const location = a === undefined || b === undefined ? undefined : parting(a, b);
  const mark = { at: simplest(below, above), location, told };
  if (left === undefined || right === undefined) return { kind: 'end', ...mark, below: left, above: right };
  const size = Math.max(Math.abs(left.value), Math.abs(right.value));
  if (size > POLE * line.scale) return { kind: 'pole', ...mark, below: left, above: right };
  const gap = Math.abs(left.value - right.value);
  const steepest = Math.max(Math.abs(left.slope), Math.abs(right.slope));
  const climbed = Number.isFinite(steepest) ? 4 * steepest * (above - below) : 0;
  // An iteration that ends by what it has come to makes little steps of its own where their number changes.
  const same = told ? SAME : SETTLED;
  if (gap > same * Math.max(size, SMALL * line.scale) + climbed)
    return { kind: 'jump', ...mark, below: left, above: right };
  if (told) {
    return turns(line, a!, b!, (SMALL * line.scale) / step)
      ? { kind: 'kink', ...mark, below: left, above: right }
      : undefined;
  }
  const [down, up] = [slopeBeside(line, below, step, 'below'), slopeBeside(line, above, step, 'above')];
  if (down === undefined || up === undefined) return undefined;
  const turn = Math.abs(down.slope - up.slope);
  const largest = Math.max(Math.abs(down.slope), Math.abs(up.slope), (SMALL * line.scale) / step);
  return turn > 4 * (down.error + up.error) + UNSURE * largest
    ? {
        kind: 'kink',
        ...mark,
        below: { value: left.value, slope: down.slope },
        above: { value: right.value, slope: up.slope },
      }
    : undefined;
}

/** Whether the slopes of two sides differ, whichever way one goes. */
function turns({ inputs, output }: Line, a: Run, b: Run, least: number): boolean {
  const sides = [a, b].map((run) => {
    const { row } = run.outputs[output]!;
    const w = row < 0 ? undefined : adjoints(run.trace.tape, row);
    return inputs.map((input) => w?.[run.inputs[input]!.row] ?? 0);
  });
  const size = Math.max(...sides.flat().map(Math.abs));
  return inputs.some((_, i) => {
    const turn = Math.abs(sides[0]![i]! - sides[1]![i]!);
    return turn > Math.max(least, TURN * size) || Number.isNaN(turn);
  });
}

/** Slopes from differences that differ by less may be the same. */
const UNSURE = 1e-3;

function sideOf({ inputs: [input], output }: Line, run: Run | undefined): MarkSide | undefined {
  if (run === undefined) return undefined;
  const { value, row } = run.outputs[output]!;
  if (Number.isNaN(value)) return undefined;
  return { value, slope: row < 0 ? 0 : (adjoints(run.trace.tape, row)[run.inputs[input!]!.row] ?? 0) };
}

/** The slope of the values to one side, where the path does not tell it. */
function slopeBeside(
  line: Line,
  at: number,
  size: number,
  side: 'below' | 'above',
): { readonly slope: number; readonly error: number } | undefined {
  const valueAt = (x: number): number => line.run(x)?.outputs[line.output]?.value ?? Number.NaN;
  const known = new Map<number, number>();
  const along = (t: number): number => {
    const value = known.get(t) ?? valueAt(at + t * size);
    known.set(t, value);
    return value;
  };
  return difference({ at: along, here: valueAt(at), size }, [side], NARROWEST);
}

// ───────────────────────────── between points of one path ─────────────────────────────

/** What decides a path: its distance from deciding otherwise, and how that changes along the line. */
interface Watched {
  readonly distance: Float64Array;
  readonly slope: Float64Array;
}

const MOST_WATCHED = 400;
const DIPS = 12;

/**
 * Places between two points of one path where another is taken: where what decides it goes towards deciding otherwise
 * from both sides, or an equality is passed.
 */
function hidden(line: Line, low: number, high: number): number[] {
  const [first, last] = [line.run(low), line.run(high)];
  const path = line.path(first);
  if (first === undefined || last === undefined || path === '' || line.path(last) !== path) return [];
  const rows = decidingRows(first.trace.tape);
  if (rows.length === 0 || rows.length > MOST_WATCHED) return [];
  const [left, right] = [watched(line, first, rows), watched(line, last, rows)];
  const found = rows.flatMap((_, i) => {
    const [d0, d1] = [left.distance[i]!, right.distance[i]!];
    if (!(Number.isFinite(d0) && Number.isFinite(d1))) return [];
    const at =
      d0 * d1 < 0
        ? passed(line, low, high, rows, i, path)
        : dip(
            line,
            { at: low, d: d0, s: left.slope[i]! },
            { at: high, d: d1, s: right.slope[i]! },
            rows,
            i,
            path,
          );
    return at === undefined ? [] : [at];
  });
  return [...new Set(found)].sort((a, b) => a - b);
}

/** Comparisons, and what is in two pieces about 0. */
function decidingRows(tape: Tape): number[] {
  const rows: number[] = [];
  for (let row = tape.inputs; row < tape.length; row++) {
    const code = tape.op[row]!;
    const two = tape.operands(row).length === 2;
    if (
      ROWS[code]!.compares !== undefined
        ? two
        : SINGULAR.has(code) || (two && chosenOperand(tape, row) !== undefined)
    )
      rows.push(row);
  }
  return rows;
}

function watched(
  { inputs: [input] }: Line,
  { trace: { tape }, inputs }: Run,
  rows: readonly number[],
): Watched {
  const direction = new Float64Array(tape.inputs);
  direction[inputs[input!]!.row] = 1;
  const dot = tangents(tape, direction);
  const rate = (operand: number): number => (operand < 0 ? 0 : dot[operand]!);
  const distance = new Float64Array(rows.length);
  const slope = new Float64Array(rows.length);
  rows.forEach((row, i) => {
    const [a, b] = tape.operands(row) as [number, number?];
    const role = SINGULAR.get(tape.op[row]!);
    if (role === undefined) {
      distance[i] = tape.read(a) - tape.read(b!);
      slope[i] = rate(a) - rate(b!);
    } else {
      const operand = role === 'first' ? a : b!;
      distance[i] = tape.read(operand);
      slope[i] = rate(operand);
    }
  });
  return { distance, slope };
}

interface End {
  readonly at: number;
  readonly d: number;
  readonly s: number;
}

/** Where the tangents from both sides meet beyond 0, there may be less than nothing between them. */
function dip(
  line: Line,
  low: End,
  high: End,
  rows: readonly number[],
  index: number,
  path: string,
): number | undefined {
  const sign = Math.sign(low.d);
  let [left, right] = [low, high];
  for (let k = 0; k < DIPS && sign !== 0; k++) {
    if (!(left.s * sign < 0 && right.s * sign > 0)) return undefined;
    const at = left.at + (right.d - left.d - right.s * (right.at - left.at)) / (left.s - right.s);
    const reached = left.d + left.s * (at - left.at);
    if (!(at > left.at && at < right.at) || reached * sign > 0) return undefined;
    const run = line.run(at);
    if (run === undefined || line.path(run) !== path) return at;
    const { distance, slope } = watched(line, run, rows);
    const middle = { at, d: distance[index]!, s: slope[index]! };
    if (middle.s * sign < 0) left = middle;
    else right = middle;
  }
  return undefined;
}

/** Where a distance passes 0 and nothing is decided otherwise but there itself. */
function passed(
  line: Line,
  low: number,
  high: number,
  rows: readonly number[],
  index: number,
  path: string,
): number | undefined {
  const distanceAt = (run: Run): number => watched(line, run, rows).distance[index]!;
  let [below, above] = [low, high];
  const sign = Math.sign(distanceAt(line.run(low)!));
  for (let k = 0; k < BISECTIONS; k++) {
    const middle = below + (above - below) / 2;
    if (middle <= below || middle >= above) break;
    const run = line.run(middle);
    if (run === undefined || line.path(run) !== path) return middle;
    if (Math.sign(distanceAt(run)) === sign) below = middle;
    else above = middle;
  }
  return [simplest(below, above), below, above].find((at) => line.path(line.run(at)) !== path);
}

/** Kinks that differences see from several places near each other are one. */
export function apart(marks: readonly Mark[], step: number): Mark[] {
  const found: Mark[] = [];
  const isNear = (a: Mark, b: Mark): boolean =>
    a.kind === 'kink' && b.kind === 'kink' && !a.told && !b.told && b.at - a.at <= step * 2 ** -NARROWEST * 4;
  for (let first = 0; first < marks.length; ) {
    let last = first;
    while (last + 1 < marks.length && isNear(marks[last]!, marks[last + 1]!)) last++;
    const [a, b] = [marks[first]!, marks[last]!];
    found.push(first === last ? a : { ...a, at: simplest(a.at, b.at), above: b.above });
    first = last + 1;
  }
  return found;
}

// ───────────────────────────── places ─────────────────────────────

/** A path of one number alone has a mark on both its sides: they are one. */
function add(found: Mark[], mark: Mark): void {
  const last = found.at(-1);
  if (last !== undefined && last.at === mark.at) found[found.length - 1] = { ...last, above: mark.above };
  else found.push(mark);
}

/** The number with the fewest digits in an interval of two that are close. */
function simplest(low: number, high: number): number {
  if (low <= 0 && high >= 0) return 0;
  for (let digits = 1; digits <= 16; digits++) {
    const x = Number(((low + high) / 2).toPrecision(digits));
    if (x >= low && x <= high) return x;
  }
  return low;
}
