/** What is plotted: an output and its partials along one input or over a grid of two, the others where they are. */
import { numberOf } from '../../../core/graph/panelModel.types.ts';
import { TABLE } from '../../../core/operations/table.ts';
import type { PanelModel, PanelPlotResult } from '../../../server/protocol/messages.ts';
import type { Live } from '../numbers.ts';

export interface Axis {
  /** Index of the input. */
  readonly input: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

export interface Samples {
  /** The places along each axis, ascending. */
  readonly at: readonly (readonly number[])[];
  /** values[j · n + i] for the i-th place of the first axis (of n) and the j-th of the second; null: not known. */
  readonly values: readonly (number | null)[];
  /** partials[axis], in the same order. */
  readonly partials: readonly (readonly (number | null)[])[];
  readonly marks: readonly Mark[];
  /** Over a grid: lines of kinks and jumps, in pieces. */
  readonly borders: PanelPlotResult['borders'];
  /** Of all places the values and partials are there. */
  readonly known: boolean;
  /** Nothing is missing that the server might know. */
  readonly complete: boolean;
}

export interface Mark {
  readonly kind: PanelPlotResult['marks'][number]['kind'];
  readonly at: number;
}

export function placesOf({ low, high, count }: Axis): number[] {
  return Array.from({ length: count }, (_, i) =>
    i === count - 1 ? high : low + ((high - low) * i) / (count - 1),
  );
}

/** Follows the path to every place; where it ends nothing is known. */
export function followAxes(
  model: PanelModel,
  live: Live,
  point: readonly number[],
  axes: readonly Axis[],
): Samples {
  const full = (model.tape?.start ?? []).map((start, input) => point[input] ?? numberOf(start));
  const at = axes.map(placesOf);
  const values: (number | null)[] = [];
  const partials: (number | null)[][] = axes.map(() => []);
  const gradient: number[] = [];
  const constant = numberOf(model.outputs[model.output]?.value ?? 'NaN');
  let complete = true;
  for (const second of at[1] ?? [null]) {
    if (second !== null) full[axes[1]!.input] = second;
    for (const first of at[0]!) {
      full[axes[0]!.input] = first;
      const { values: known, derivatives } = live.set(full);
      const value = known ? (live.output(model.output) ?? constant) : undefined;
      values.push(finite(value));
      complete &&= known && derivatives;
      if (known && derivatives) live.gradient(model.output, gradient);
      axes.forEach(({ input }, axis) =>
        partials[axis]!.push(known && derivatives ? finite(gradient[input]) : null),
      );
    }
  }
  return {
    at,
    values,
    partials,
    marks: [],
    borders: [],
    known: complete,
    complete: complete && isSmooth(model),
  };
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** Whether nothing on the path could have a kink or a jump. */
function isSmooth({ tape }: PanelModel): boolean {
  return tape?.operations.every((name) => TABLE[name].kinks === TABLE.add.kinks) ?? false;
}

/** What the server has found, beside what was known before. */
export function serverSamples(
  { at, values, partials, marks: found, borders }: PanelPlotResult,
  before: Samples,
): Samples {
  const marks = found.map(({ kind, at: place }) => ({ kind, at: place }));
  // Finer than what the server was asked for.
  if (before.known) return { ...before, marks, borders, complete: true };
  const number = (value: (typeof values)[number]): number | null =>
    value === null ? null : finite(numberOf(value));
  return {
    at,
    values: values.map(number),
    partials: partials.map((row) => row.map(number)),
    marks,
    borders,
    known: false,
    complete: true,
  };
}

// ───────────────────────────── ticks and levels ─────────────────────────────

/** Round numbers from low to high, about so many. */
export function niceTicks(low: number, high: number, wanted: number): number[] {
  const width = high - low;
  if (!(width > 0) || !Number.isFinite(width)) return [low];
  const rough = width / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough)!;
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++)
    ticks.push(Number((k * step).toPrecision(12)));
  return ticks;
}

/**
 * Levels for contours: round numbers over the bulk of the values, so that a pole does not take them all. Where most
 * values lie near one end, levels stand closer there: each takes in about as much of the plane.
 */
export function levelsOf(values: readonly (number | null)[], wanted: number): number[] {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  const low = sorted[Math.floor((sorted.length - 1) * 0.02)]!;
  const high = sorted[Math.ceil((sorted.length - 1) * 0.98)]!;
  if (low === high) return [];
  const middle = (sorted[sorted.length >> 1]! - low) / (high - low);
  return middle < SKEWED || middle > 1 - SKEWED ? sharedOut(sorted, wanted) : niceTicks(low, high, wanted);
}

/** Where the median lies between the ends. */
const SKEWED = 0.2;

/** Round numbers near the quantiles. */
function sharedOut(sorted: readonly number[], wanted: number): number[] {
  const quantile = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  const levels = new Set<number>();
  for (let k = 1; k <= wanted; k++) {
    const at = quantile(k / (wanted + 1));
    const apart = Math.min(at - quantile((k - 1) / (wanted + 1)), quantile((k + 1) / (wanted + 1)) - at);
    if (!(apart > 0)) continue;
    const step = 10 ** Math.floor(Math.log10(apart / 2));
    levels.add(Number((Math.round(at / step) * step).toPrecision(12)));
  }
  return [...levels].sort((a, b) => a - b);
}
