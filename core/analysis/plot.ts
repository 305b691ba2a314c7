/**
 * A function along one of its inputs, or over a grid of two: values, partials that are vouched for, and the places
 * between the points where another path begins, told apart as kinks, jumps, poles and ends.
 */
import { OPCODE, ROWS } from '../operations/index.ts';
import type { Location } from '../source/span.ts';
import { adjoints } from '../trace/sweep.ts';
import { chosenOperand, type Tape } from '../trace/tape.ts';
import { reaching } from './activity.ts';
import { difference } from './differences.ts';
import type { Exploration } from './explore.ts';
import { doubtOf, isFollowed } from './ordinary.ts';
import type { Run } from './run.ts';

export interface PlotPoint {
  /** undefined: the program gives none there. */
  readonly value: number | undefined;
  /** By axis, where the path's own are the function's; undefined: to be confirmed, or none. */
  readonly slopes: readonly number[] | undefined;
  /** Which path, by what decides it; '' without a value. */
  readonly path: string;
}

export interface Mark {
  readonly kind: 'kink' | 'jump' | 'pole' | 'end';
  readonly at: number;
  readonly below: MarkSide | undefined;
  readonly above: MarkSide | undefined;
  readonly location: Location | undefined;
}
export interface MarkSide {
  readonly value: number;
  readonly slope: number;
}

const { abs: ABS, rem: REM, div: DIV, tan: TAN, atan2: ATAN2 } = OPCODE;

/** The inputs of an exploration are the axes. */
export class Plotter {
  private readonly around: Exploration;
  private readonly output: number;

  constructor(around: Exploration, output: number) {
    this.around = around;
    this.output = output;
  }

  point(at: readonly number[]): PlotPoint {
    const run = this.runAt(at);
    if (run === undefined) return { value: undefined, slopes: undefined, path: '' };
    const { value, row } = run.outputs[this.output]!;
    return { value, slopes: slopesOf(run, row, value), path: Number.isNaN(value) ? '' : pathOf(run, row) };
  }

  /**
   * Slopes of a path that decides by what it works out, where differences of the values within some part of the axes
   * say the same; undefined where they do not, or tell too little.
   */
  confirmed(at: readonly number[], sizes: readonly number[]): readonly number[] | undefined {
    const run = this.runAt(at);
    const own = run?.outputs[this.output];
    if (run === undefined || own === undefined || !Number.isFinite(own.value)) return undefined;
    const w = own.row < 0 ? undefined : adjoints(run.trace.tape, own.row);
    const slopes = run.inputs.map(({ row }) => w?.[row] ?? 0);
    const holds = slopes.every((slope, i) => {
      const size = sizes[i]!;
      const values = new Map<number, number>();
      const along = (t: number): number => {
        let value = values.get(t);
        if (value === undefined) {
          const there = this.runAt(at.map((x, j) => (j === i ? x + t * size : x)));
          value = there?.outputs[this.output]?.value ?? Number.NaN;
          values.set(t, value);
        }
        return value;
      };
      const found = difference({ at: along, here: own.value, size }, ['both'], CONFIRMING);
      if (found === undefined) return false;
      const least = (SMALL * Math.abs(own.value)) / size;
      const allowed = CONFIRMED * Math.max(Math.abs(slope), Math.abs(found.slope)) + least;
      return found.error <= allowed && Math.abs(slope - found.slope) <= allowed;
    });
    return holds ? slopes : undefined;
  }

  /** What lies between two points along the one axis, of which the paths differ; `scale` is how large values are. */
  marks(low: number, high: number, scale: number, most: number): Mark[] {
    const found: Mark[] = [];
    let from = low;
    let last = this.pathAt(low);
    const end = this.pathAt(high);
    for (let k = 0; k < MOST_BORDERS && found.length < most && last !== end; k++) {
      const [below, above] = this.border(from, high, last);
      const mark = this.markAt(below, above, scale);
      if (mark !== undefined) add(found, mark);
      from = above;
      last = this.pathAt(above);
    }
    return found;
  }

  private runAt(at: readonly number[]): Run | undefined {
    const { run, again } = this.around;
    const there = again({ at });
    return there.problem === undefined && there.outputs.length === run.outputs.length ? there : undefined;
  }

  private pathAt(at: number): string {
    return this.point([at]).path;
  }

  /** The last number of a path and the first beyond it, as close as doubles are, or as is worth while. */
  private border(low: number, high: number, path: string): [number, number] {
    let [below, above] = [low, high];
    for (let k = 0; k < BISECTIONS; k++) {
      const middle = below + (above - below) / 2;
      if (middle <= below || middle >= above) break;
      if (this.pathAt(middle) === path) below = middle;
      else above = middle;
    }
    return [below, above];
  }

  private markAt(below: number, above: number, scale: number): Mark | undefined {
    const [a, b] = [this.runAt([below]), this.runAt([above])];
    const [left, right] = [this.side(a), this.side(b)];
    if (left === undefined && right === undefined) return undefined;
    const mark = {
      at: simplest(below, above),
      below: left,
      above: right,
      location: a === undefined || b === undefined ? undefined : parting(a, b),
    };
    if (left === undefined || right === undefined) return { kind: 'end', ...mark };
    const size = Math.max(Math.abs(left.value), Math.abs(right.value));
    const gap = Math.abs(left.value - right.value);
    if (size > POLE * scale) return { kind: 'pole', ...mark };
    const steepest = Math.max(Math.abs(left.slope), Math.abs(right.slope));
    const climbed = Number.isFinite(steepest) ? 4 * steepest * (above - below) : 0;
    if (gap > SAME * Math.max(size, SMALL * scale) + climbed) return { kind: 'jump', ...mark };
    const turn = Math.abs(left.slope - right.slope);
    return turn > TURN * Math.max(steepest, SMALL * scale) || Number.isNaN(turn)
      ? { kind: 'kink', ...mark }
      : undefined;
  }

  private side(run: Run | undefined): MarkSide | undefined {
    if (run === undefined) return undefined;
    const { value, row } = run.outputs[this.output]!;
    if (Number.isNaN(value)) return undefined;
    const { tape } = run.trace;
    return { value, slope: row < 0 ? 0 : (adjoints(tape, row)[run.inputs[0]!.row] ?? 0) };
  }
}

/** Of paths, between two neighbouring points. */
const MOST_BORDERS = 8;
const BISECTIONS = 60;
/** Of values that are the same, and of slopes. */
const SAME = 1e-9;
const TURN = 1e-6;
/** Next to how large the function is elsewhere, this is small, and that is beyond all bounds. */
const SMALL = 1e-9;
const POLE = 1e5;
/** Digits of a slope that is confirmed by differences, and the steps of those. */
const CONFIRMED = 1e-5;
const CONFIRMING = 9;

/** The slopes by input where the path's own are the function's. */
function slopesOf(run: Run, row: number, value: number): number[] | undefined {
  const { tape } = run.trace;
  if (!Number.isFinite(value)) return undefined;
  if (row < 0 && tape.guards.length === 0) return run.inputs.map(() => 0);
  if (!isFollowed(tape)) return undefined;
  const w = row < 0 ? undefined : adjoints(tape, row);
  const slopes = run.inputs.map((input) => w?.[input.row] ?? 0);
  const path = { trace: { tape }, inputs: run.inputs, outputs: [{ row, value }] };
  return doubtOf(path, [slopes]) === undefined ? slopes : undefined;
}

/** What decides the path: how guards came out, and which pieces were taken of what reaches the result. */
function pathOf({ trace: { tape } }: Run, row: number): string {
  let hash = 0x811c9dc5;
  const add = (x: number): void => {
    hash = Math.imul(hash ^ (Math.trunc(x) | 0), 0x01000193) ^ (x < 0 ? 0x9e37 : 0);
  };
  for (const guard of tape.guards) {
    add(guard.site);
    add(guard.value);
  }
  const reached = reaching(tape, [row], () => true);
  let pieces = 0;
  for (let r = tape.inputs; r < tape.length; r++) {
    const piece = reached[r] === 1 ? pieceOf(tape, r) : undefined;
    if (piece === undefined) continue;
    pieces++;
    add(piece);
  }
  return `${tape.length} ${tape.guards.length} ${pieces} ${hash >>> 0}`;
}

/** Which piece of a function in pieces a row takes; undefined for others. */
function pieceOf(tape: Tape, row: number): number | undefined {
  const code = tape.op[row]!;
  const chosen = chosenOperand(tape, row);
  if (chosen !== undefined) return chosen;
  const info = ROWS[code]!;
  if (info.flat) return tape.value[row]!;
  const x = tape.read(tape.a[row]!);
  if (code === ABS) return x < 0 ? -1 : 1;
  if (code === TAN) return Math.floor(x / Math.PI + 0.5);
  if (code !== REM && code !== DIV && code !== ATAN2) return Number.isNaN(tape.value[row]!) ? -1 : undefined;
  const y = tape.read(tape.b[row]!);
  if (code === REM) return Math.round((x - tape.value[row]!) / y);
  if (code === DIV) return y < 0 ? -1 : y > 0 ? 1 : 0;
  return y < 0 ? (x < 0 ? -1 : 1) : 0;
}

/** The place where two paths part. */
function parting(a: Run, b: Run): Location | undefined {
  const [p, q] = [a.trace.tape, b.trace.tape];
  const turned = p.guards.findIndex((guard, i) => {
    const other = q.guards[i];
    return other === undefined || other.site !== guard.site || other.value !== guard.value;
  });
  if (turned >= 0) return p.sites[p.guards[turned]!.site];
  for (let row = p.inputs; row < Math.min(p.length, q.length); row++) {
    if (p.op[row] !== q.op[row]) return p.sites[p.at[row]!];
    if (pieceOf(p, row) !== pieceOf(q, row)) return p.sites[p.at[row]!];
  }
  return undefined;
}

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
