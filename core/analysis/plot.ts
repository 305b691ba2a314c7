/**
 * A function along one of its inputs, or over a grid of two: values, partials that are vouched for, and the places
 * between the points where another path begins, told apart as kinks, jumps, poles and ends.
 */
import { adjoints } from '../trace/sweep.ts';
import { difference } from './differences.ts';
import type { Exploration } from './explore.ts';
import { doubtOf, isFollowed } from './ordinary.ts';
import type { Line } from './plotMarks.ts';
import { pathOf } from './plotPaths.ts';
import type { Run } from './run.ts';

export interface PlotPoint {
  /** undefined: the program gives none there. */
  readonly value: number | undefined;
  /** By axis, where the path's own are the function's; undefined: to be confirmed, or none. */
  readonly slopes: readonly number[] | undefined;
  /** Which path, by what decides it; '' without a value. */
  readonly path: string;
}

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
    return { value, slopes: slopesOf(run, row, value), path: this.pathOf(run) };
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

  /** A line through the axes along one of them. */
  line(where: (at: number) => readonly number[], inputs: readonly number[], scale: number): Line {
    const { output } = this;
    const runs = new Map<number, Run | undefined>();
    const run = (at: number): Run | undefined => {
      if (!runs.has(at)) {
        if (runs.size >= KEPT_RUNS) runs.clear();
        runs.set(at, this.runAt(where(at)));
      }
      return runs.get(at);
    };
    return { run, path: (there) => this.pathOf(there), inputs, output, scale };
  }

  private pathOf(run: Run | undefined): string {
    if (run === undefined) return '';
    const { value, row } = run.outputs[this.output]!;
    return Number.isNaN(value) ? '' : pathOf(run, row);
  }

  private runAt(at: readonly number[]): Run | undefined {
    const { run, again } = this.around;
    const there = again({ at });
    return there.problem === undefined && there.outputs.length === run.outputs.length ? there : undefined;
  }
}

/** Of a line, while it is looked at. */
const KEPT_RUNS = 16;
/** Next to how large the function is elsewhere, this is small. */
const SMALL = 1e-9;
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
