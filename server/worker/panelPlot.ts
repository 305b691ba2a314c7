/** Samples of a function for the panel's plots. */
import { type Exploration, explore } from '../../core/analysis/explore.ts';
import { type PlotPoint, Plotter } from '../../core/analysis/plot.ts';
import { apart, type Mark, type MarkSide, marksBetween } from '../../core/analysis/plotMarks.ts';
import { type PlainNumber, plainNumber } from '../../core/graph/panelModel.types.ts';
import type {
  PanelPlotParams,
  PanelPlotResult,
  PlotAxis,
  PlotBorder,
  PlotMark,
} from '../protocol/messages.ts';
import { type PanelPlace, placeOf } from './panel.ts';
import type { Session } from './session.ts';

const MOST_ALONG = 1025;
const MOST_SIDE = 65;
/** Of an axis differences look at no more than so much to each side. */
const PART = 16;
const MOST_MARKS = 24;
/** Milliseconds: the page asks again for what it still wants. */
const TIME = 800;

export function panelPlot(session: Session, params: PanelPlotParams): PanelPlotResult | null {
  const place = placeOf(session, params);
  if (place === undefined || !isPlot(place, params.axes)) return null;
  const { axes, output = 0 } = params;
  const moving = new Set(axes.map(({ input }) => input));
  const known = { ...place.request, moving };
  // Inputs come in the order of the arguments, whatever the order of the axes.
  return (
    explore(known, (around) => {
      if (around.run.outputs[output] === undefined) return undefined;
      const order = around.run.inputs.map(({ label }) => axes.findIndex(({ input }) => input === label));
      return new Sampling(place, around, axes, order, output).result();
    }) ?? null
  );
}

function isPlot({ request }: PanelPlace, axes: readonly PlotAxis[]): boolean {
  const most = axes.length === 1 ? MOST_ALONG : MOST_SIDE;
  const labels = new Set(axes.map(({ input }) => input));
  return (
    (axes.length === 1 || axes.length === 2) &&
    labels.size === axes.length &&
    axes.every(
      ({ input, low, high, count }) =>
        request.point?.has(input) === true &&
        low < high &&
        Number.isFinite(high - low) &&
        Number.isInteger(count) &&
        count >= 2 &&
        count <= most,
    )
  );
}

class Sampling {
  private readonly place: PanelPlace;
  private readonly plotter: Plotter;
  private readonly axes: readonly PlotAxis[];
  /** Which axis each input of the exploration is. */
  private readonly order: readonly number[];
  private readonly end = performance.now() + TIME;

  constructor(
    place: PanelPlace,
    around: Exploration,
    axes: readonly PlotAxis[],
    order: readonly number[],
    output: number,
  ) {
    this.place = place;
    this.plotter = new Plotter(around, output);
    this.axes = axes;
    this.order = order;
  }

  result(): PanelPlotResult {
    const at = this.axes.map(({ low, high, count }) =>
      Array.from({ length: count }, (_, i) =>
        i === count - 1 ? high : low + (i * (high - low)) / (count - 1),
      ),
    );
    const width = at[0]!.length;
    const size = width * (at[1]?.length ?? 1);
    const points: PlotPoint[] = [];
    const where = (k: number) =>
      at.map((line, axis) => line[axis === 0 ? k % width : Math.floor(k / width)]!);
    while (points.length < size && this.hasTime()) {
      points.push(this.plotter.point(this.inOrder(where(points.length))));
    }
    const partials = points.map(({ slopes }) => slopes && this.byAxis(slopes));
    const complete = this.confirm(points, partials, where) && points.length === size;
    const all = Array.from({ length: size }, (_, k) => k);
    const names = new Map<string, number>();
    return {
      version: this.place.version,
      at,
      values: all.map((k) => plain(points[k]?.value)),
      partials: at.map((_, axis) => all.map((k) => plain(partials[k]?.[axis]))),
      paths: all.map((k) => {
        const path = points[k]?.path ?? '';
        if (path === '') return -1;
        if (!names.has(path)) names.set(path, names.size);
        return names.get(path)!;
      }),
      marks: this.axes.length === 1 ? this.marks(points, at[0]!) : [],
      borders: this.borders(points, at),
      complete,
    };
  }

  private hasTime(): boolean {
    return performance.now() < this.end && this.place.request.interrupted?.() !== true;
  }

  private byAxis(slopes: readonly number[]): number[] {
    const found = new Array<number>(this.axes.length).fill(0);
    this.order.forEach((axis, i) => {
      found[axis] = slopes[i]!;
    });
    return found;
  }

  /** Slopes that a path alone does not tell, coarsely first; false where time is up before. */
  private confirm(
    points: readonly PlotPoint[],
    partials: (number[] | undefined)[],
    where: (k: number) => readonly number[],
  ): boolean {
    const open = points.flatMap(({ value }, k) =>
      value !== undefined && Number.isFinite(value) && partials[k] === undefined ? [k] : [],
    );
    const sizes = this.inOrder(this.axes.map(({ low, high }) => (high - low) / PART));
    const seen = new Set<number>();
    for (let stride = 2 ** Math.ceil(Math.log2(open.length + 1)); stride >= 1; stride /= 2)
      for (let i = 0; i < open.length; i += stride) {
        if (seen.has(i)) continue;
        if (!this.hasTime()) return false;
        seen.add(i);
        const slopes = this.plotter.confirmed(this.inOrder(where(open[i]!)), sizes);
        if (slopes !== undefined) partials[open[i]!] = this.byAxis(slopes);
      }
    return true;
  }

  /** By input of what is by axis. */
  private inOrder(of: readonly number[]): number[] {
    return this.order.map((axis) => of[axis]!);
  }

  private marks(points: readonly PlotPoint[], at: readonly number[]): PlotMark[] {
    const line = this.plotter.line((x) => [x], [0], scaleOf(points));
    const found: Mark[] = [];
    for (let k = 1; k < points.length && found.length < MOST_MARKS && this.hasTime(); k++)
      found.push(...marksBetween(line, at[k - 1]!, at[k]!, MOST_MARKS - found.length));
    return apart(found, at[1]! - at[0]!).map(({ kind, at: x, below, above, location }) => ({
      kind,
      at: x,
      below: plainSide(below),
      above: plainSide(above),
      location: location === undefined ? null : this.place.locate(location),
    }));
  }

  /** Over two inputs: what lies between neighbouring points of different paths, joined within the cells of the grid. */
  private borders(points: readonly PlotPoint[], [xs, ys]: readonly (readonly number[])[]): PlotBorder[] {
    if (xs === undefined || ys === undefined || points.length < xs.length * ys.length) return [];
    const width = xs.length;
    const scale = scaleOf(points);
    const crossings = new Map<string, Crossing | undefined>();
    /** On the edge of the grid from a point to the next one along an axis. */
    const crossing = (i: number, j: number, axis: 0 | 1): Crossing | undefined => {
      const [from, to] = [j * width + i, axis === 0 ? j * width + i + 1 : (j + 1) * width + i];
      if (points[from]!.path === points[to]!.path) return undefined;
      const key = `${from} ${axis}`;
      if (!crossings.has(key)) {
        const where = (at: number): number[] => this.inOrder(axis === 0 ? [at, ys[j]!] : [xs[i]!, at]);
        const inputs = [axis, 1 - axis].map((one) => this.order.indexOf(one));
        const [low, high] = axis === 0 ? [xs[i]!, xs[i + 1]!] : [ys[j]!, ys[j + 1]!];
        const mark = this.hasTime()
          ? marksBetween(this.plotter.line(where, inputs, scale), low, high, 1)[0]
          : undefined;
        crossings.set(
          key,
          mark && { kind: mark.kind, at: axis === 0 ? [mark.at, ys[j]!] : [xs[i]!, mark.at] },
        );
      }
      return crossings.get(key);
    };
    const found: PlotBorder[] = [];
    for (let j = 0; j + 1 < ys.length; j++)
      for (let i = 0; i + 1 < width; i++)
        found.push(
          ...joined([crossing(i, j, 0), crossing(i + 1, j, 1), crossing(i, j + 1, 0), crossing(i, j, 1)]),
        );
    return found;
  }
}

interface Crossing {
  readonly kind: Mark['kind'];
  readonly at: readonly [number, number];
}

/** Of the sides of a cell, in turn: two crossings are joined, more of them meet in the middle. */
function joined(sides: readonly (Crossing | undefined)[]): PlotBorder[] {
  const met = sides.filter((side) => side !== undefined);
  const [a, b] = met;
  if (a === undefined || b === undefined) return [];
  const kind = KINDS.find((one) => met.some((side) => side.kind === one))!;
  if (met.length === 2) return [{ kind, from: a.at, to: b.at }];
  const mean = (axis: 0 | 1): number => met.reduce((sum, { at }) => sum + at[axis], 0) / met.length;
  const to = [mean(0), mean(1)] as const;
  return met.map((side) => ({ kind: side.kind, from: side.at, to }));
}

const KINDS = ['end', 'pole', 'jump', 'kink'] as const;

/** How large values are. */
function scaleOf(points: readonly PlotPoint[]): number {
  const sizes = points
    .flatMap(({ value }) => (value !== undefined && Number.isFinite(value) ? [Math.abs(value)] : []))
    .sort((a, b) => a - b);
  return sizes[Math.floor(sizes.length / 2)] || sizes.at(-1) || 1;
}

function plain(value: number | undefined): PlainNumber | null {
  return value === undefined ? null : plainNumber(value);
}

function plainSide(side: MarkSide | undefined): PlotMark['below'] {
  return side === undefined
    ? null
    : { value: plainNumber(side.value), slope: Number.isNaN(side.slope) ? null : plainNumber(side.slope) };
}
