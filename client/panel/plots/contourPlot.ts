/** A function over two inputs: contour lines, the field of its gradient, and the current point, on a canvas. */
import { formatNumber } from '../../../core/print/numbers.ts';
import { h } from '../dom.ts';
import { type Colors, colorsOf } from './colors.ts';
import { chained, contourSegments } from './contour.ts';
import { levelsOf, niceTicks, type Samples } from './samples.ts';

export interface ContourContent {
  readonly samples: Samples;
  /** Of the value and the two inputs. */
  readonly names: { readonly value: string; readonly inputs: readonly [string, string] };
  readonly point: readonly [number, number];
  readonly value: number | null;
}

export interface ContourEvents {
  move(x: number, y: number, dragging: boolean): void;
}

const LEVELS = 12;
const ARROWS = 9;
const MARGIN = { left: 56, right: 12, top: 10, bottom: 36 };

export class ContourPlot {
  readonly element: HTMLElement;
  private readonly events: ContourEvents;
  private readonly canvas: HTMLCanvasElement;
  private readonly readout = h('p', { class: 'readout' });
  private content: ContourContent | null = null;
  private dragging = false;
  private width = 0;
  private height = 0;

  constructor(events: ContourEvents) {
    this.events = events;
    this.canvas = h('canvas', {
      role: 'img',
      'aria-label': 'Contours',
      onpointerdown: (event: PointerEvent) => {
        this.canvas.setPointerCapture(event.pointerId);
        this.dragging = true;
        this.moved(event, true);
      },
      onpointermove: (event: PointerEvent) => {
        if (this.dragging) this.moved(event, true);
        else this.read(this.placeOf(event));
      },
      onpointerup: (event: PointerEvent) => this.end(event),
      onpointercancel: (event: PointerEvent) => this.end(event),
      onpointerleave: () => this.read(null),
    });
    this.element = h(
      'div',
      { class: 'plot' },
      h('div', { class: 'plot-frame contour' }, this.canvas),
      this.readout,
    );
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  show(content: ContourContent): void {
    this.content = content;
    const { names } = content;
    this.canvas.setAttribute(
      'aria-label',
      `Contours of ${names.value} over ${names.inputs.join(' and ')} with its gradient. The sliders move the point.`,
    );
    this.read(null);
    this.draw();
  }

  recolor(): void {
    this.draw();
  }

  // ───────────────────────────── pointer ─────────────────────────────

  private end(event: PointerEvent): void {
    if (!this.dragging) return;
    this.dragging = false;
    this.moved(event, false);
  }

  private moved(event: PointerEvent, dragging: boolean): void {
    const place = this.placeOf(event);
    if (place !== null) this.events.move(...place, dragging);
  }

  private placeOf(event: PointerEvent): [number, number] | null {
    const { content } = this;
    if (content === null) return null;
    const box = this.canvas.getBoundingClientRect();
    const [xs, ys] = content.samples.at as [number[], number[]];
    const part = (at: number, from: number, to: number): number =>
      Math.min(1, Math.max(0, (at - from) / (to - from)));
    const u = part(event.clientX - box.left, MARGIN.left, this.width - MARGIN.right);
    const v = part(event.clientY - box.top, this.height - MARGIN.bottom, MARGIN.top);
    return [xs[0]! + u * (xs.at(-1)! - xs[0]!), ys[0]! + v * (ys.at(-1)! - ys[0]!)];
  }

  /** The value at a place, of the nearest that was worked out; at the point where there is none. */
  private read(place: readonly [number, number] | null): void {
    const { content } = this;
    if (content === null) return;
    const { samples, names, point } = content;
    const said = (name: string, number: number | null | undefined): string => {
      if (number === null || number === undefined) return `${name} unknown`;
      const { text, exact } = formatNumber(number, 5);
      return `${name} ${exact ? '=' : '≈'} ${text}`;
    };
    let [x, y] = point;
    let { value } = content;
    if (place !== null) {
      const [i, j] = place.map((at, axis) => nearest(samples.at[axis]!, at)) as [number, number];
      x = samples.at[0]![i]!;
      y = samples.at[1]![j]!;
      value = samples.values[j * samples.at[0]!.length + i] ?? null;
    }
    this.readout.textContent = [
      said(names.inputs[0], x),
      said(names.inputs[1], y),
      said(names.value, value),
    ].join(' · ');
  }

  // ───────────────────────────── drawing ─────────────────────────────

  private draw(): void {
    const { content, canvas } = this;
    const width = this.canvas.parentElement?.clientWidth ?? 0;
    if (content === null || width === 0) return;
    const height = Math.min(420, Math.max(200, Math.round(width * 0.72)));
    const ratio = window.devicePixelRatio;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    this.width = width;
    this.height = height;
    const ctx = canvas.getContext('2d');
    if (ctx === null) return;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, width, height);
    const colors = colorsOf(this.element);
    const [xs, ys] = content.samples.at as [number[], number[]];
    const toX = (x: number): number =>
      MARGIN.left + ((x - xs[0]!) / (xs.at(-1)! - xs[0]!)) * (width - MARGIN.left - MARGIN.right);
    const toY = (y: number): number =>
      height - MARGIN.bottom - ((y - ys[0]!) / (ys.at(-1)! - ys[0]!)) * (height - MARGIN.top - MARGIN.bottom);
    drawAxes(ctx, content, colors, toX, toY);
    ctx.save();
    ctx.beginPath();
    ctx.rect(
      MARGIN.left,
      MARGIN.top,
      width - MARGIN.left - MARGIN.right,
      height - MARGIN.top - MARGIN.bottom,
    );
    ctx.clip();
    drawContours(ctx, content.samples, colors, toX, toY);
    drawBorders(ctx, content.samples, colors, toX, toY);
    drawField(ctx, content.samples, colors, toX, toY);
    ctx.fillStyle = colors.adjoint;
    ctx.strokeStyle = colors.background;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.arc(toX(content.point[0]), toY(content.point[1]), 5.5, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
    ctx.restore();
  }
}

type Scale = (value: number) => number;

function nearest(places: readonly number[], at: number): number {
  const low = places[0]!;
  const high = places.at(-1)!;
  const index = Math.round(((at - low) / (high - low)) * (places.length - 1));
  return Math.min(places.length - 1, Math.max(0, index));
}

function drawAxes(
  ctx: CanvasRenderingContext2D,
  { samples, names }: ContourContent,
  colors: Colors,
  toX: Scale,
  toY: Scale,
): void {
  const [xs, ys] = samples.at as [number[], number[]];
  const [left, right] = [toX(xs[0]!), toX(xs.at(-1)!)];
  const [bottom, top] = [toY(ys[0]!), toY(ys.at(-1)!)];
  ctx.font = colors.font;
  ctx.fillStyle = colors.foreground;
  ctx.strokeStyle = colors.line;
  ctx.lineWidth = 1;
  ctx.strokeRect(left, top, right - left, bottom - top);
  ctx.textAlign = 'center';
  ctx.textBaseline = 'top';
  for (const tick of niceTicks(xs[0]!, xs.at(-1)!, (right - left) / 70)) {
    ctx.fillText(formatNumber(tick, 6).text, toX(tick), bottom + 4);
    ctx.fillRect(toX(tick), bottom, 1, 3);
  }
  ctx.fillText(names.inputs[0], (left + right) / 2, bottom + 19);
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  for (const tick of niceTicks(ys[0]!, ys.at(-1)!, (bottom - top) / 45)) {
    ctx.fillText(formatNumber(tick, 6).text, left - 5, toY(tick));
    ctx.fillRect(left - 3, toY(tick), 3, 1);
  }
  ctx.save();
  ctx.translate(9, (top + bottom) / 2);
  ctx.rotate(-Math.PI / 2);
  ctx.textAlign = 'center';
  ctx.fillText(names.inputs[1], 0, 0);
  ctx.restore();
}

function drawContours(
  ctx: CanvasRenderingContext2D,
  { at, values }: Samples,
  colors: Colors,
  toX: Scale,
  toY: Scale,
): void {
  const [xs, ys] = at as [number[], number[]];
  const place = (places: readonly number[], cell: number): number =>
    places[0]! + (cell / (places.length - 1)) * (places.at(-1)! - places[0]!);
  const levels = levelsOf(values, LEVELS);
  ctx.font = colors.font;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  levels.forEach((level, index) => {
    const segments = contourSegments(values, xs.length, ys.length, level);
    ctx.strokeStyle = colors.primal;
    // Higher lines are heavier, so that up and down can be told without colour.
    ctx.lineWidth = 0.7 + (1.6 * index) / Math.max(1, levels.length - 1);
    ctx.beginPath();
    for (const [x1, y1, x2, y2] of segments) {
      ctx.moveTo(toX(place(xs, x1)), toY(place(ys, y1)));
      ctx.lineTo(toX(place(xs, x2)), toY(place(ys, y2)));
    }
    ctx.stroke();
    const labelled = segments[Math.floor(segments.length / 2)];
    if (labelled === undefined || index % 2 === 1) return;
    const text = formatNumber(level, 4).text;
    const [x, y] = [toX(place(xs, labelled[0])), toY(place(ys, labelled[1]))];
    const width = ctx.measureText(text).width + 6;
    ctx.fillStyle = colors.background;
    ctx.fillRect(x - width / 2, y - 7, width, 14);
    ctx.fillStyle = colors.foreground;
    ctx.fillText(text, x, y);
  });
}

/** Where kinks are, dotted; where the function jumps or ends, dashed. */
function drawBorders(
  ctx: CanvasRenderingContext2D,
  { borders }: Samples,
  colors: Colors,
  toX: Scale,
  toY: Scale,
): void {
  ctx.save();
  ctx.strokeStyle = colors.foreground;
  for (const kinks of [true, false]) {
    ctx.lineWidth = kinks ? 1.6 : 2.2;
    ctx.setLineDash(kinks ? [1.6, 3.2] : [7, 4]);
    ctx.beginPath();
    for (const { from, to } of chained(borders.filter(({ kind }) => (kind === 'kink') === kinks))) {
      if (from !== null) ctx.moveTo(toX(from[0]), toY(from[1]));
      ctx.lineTo(toX(to[0]), toY(to[1]));
    }
    ctx.stroke();
  }
  ctx.restore();
}

/** Arrows up the gradient, as steep as they are long (by a root, so that small ones are seen). */
function drawField(
  ctx: CanvasRenderingContext2D,
  { at, partials }: Samples,
  colors: Colors,
  toX: Scale,
  toY: Scale,
): void {
  const [xs, ys] = at as [number[], number[]];
  const [dx, dy] = partials;
  if (dx === undefined || dy === undefined) return;
  const scaleX = toX(1) - toX(0);
  const scaleY = toY(1) - toY(0);
  const arrows: { x: number; y: number; u: number; v: number; size: number }[] = [];
  const step = (length: number): number => Math.max(1, Math.round((length - 1) / (ARROWS - 1)));
  for (let j = 0; j < ys.length; j += step(ys.length))
    for (let i = 0; i < xs.length; i += step(xs.length)) {
      const u = dx[j * xs.length + i];
      const v = dy[j * xs.length + i];
      if (u === null || u === undefined || v === null || v === undefined) continue;
      // The direction is that of the plane of the inputs, drawn in the picture's own scales.
      const [px, py] = [u * scaleX, v * scaleY];
      const size = Math.hypot(px, py);
      if (size > 0)
        arrows.push({ x: toX(xs[i]!), y: toY(ys[j]!), u: px / size, v: py / size, size: Math.hypot(u, v) });
    }
  const largest = Math.max(...arrows.map(({ size }) => size), Number.MIN_VALUE);
  const room = (toX(xs.at(-1)!) - toX(xs[0]!)) / ARROWS;
  ctx.strokeStyle = colors.tangent;
  ctx.lineWidth = 1.4;
  for (const { x, y, u, v, size } of arrows) {
    const length = room * (0.25 + 0.5 * Math.sqrt(size / largest));
    const [tipX, tipY] = [x + u * length, y + v * length];
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(tipX, tipY);
    ctx.moveTo(tipX - 5 * (u - 0.5 * v), tipY - 5 * (v + 0.5 * u));
    ctx.lineTo(tipX, tipY);
    ctx.lineTo(tipX - 5 * (u + 0.5 * v), tipY - 5 * (v - 0.5 * u));
    ctx.stroke();
  }
}
