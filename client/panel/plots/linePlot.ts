/** A function and its partial along one input, with the current point, its tangent line, and where kinks are. */
import uPlot from 'uplot';
import { formatNumber } from '../../../core/print/numbers.ts';
import { h } from '../dom.ts';
import { type Colors, colorsOf } from './colors.ts';
import type { Mark, Samples } from './samples.ts';
import 'uplot/dist/uPlot.min.css';

export interface LineContent {
  readonly samples: Samples;
  /** `f`, `∂f/∂x`, `x`. */
  readonly names: { readonly value: string; readonly partial: string; readonly input: string };
  /** Where the input is; the value and the partial there, null where not known. */
  readonly point: { readonly x: number; readonly value: number | null; readonly partial: number | null };
}

export interface LineEvents {
  /** The point was dragged along the input. */
  move(x: number, dragging: boolean): void;
}

const HEIGHT = 240;

export class LinePlot {
  readonly element: HTMLElement;
  private readonly events: LineEvents;
  private readonly frame = h('div', { class: 'plot-frame' });
  private readonly readout = h('p', { class: 'readout' });
  private plot: uPlot | null = null;
  private content: LineContent | null = null;
  private names = '';
  private dragging = false;

  constructor(events: LineEvents) {
    this.events = events;
    this.element = h('div', { class: 'plot' }, this.frame, this.readout);
    new ResizeObserver(() => this.fit()).observe(this.frame);
  }

  show(content: LineContent): void {
    const before = this.content;
    this.content = content;
    const { input, value, partial } = content.names;
    const names = `${value} ${partial} ${input}`;
    if (this.plot === null || names !== this.names) this.build(names);
    else if (before?.samples !== content.samples) this.plot.setData(this.data());
    else this.plot.redraw(false);
    this.read(this.plot?.cursor.idx ?? null);
  }

  /** The theme is another. */
  recolor(): void {
    if (this.content !== null) this.build(this.names);
  }

  private data(): uPlot.AlignedData {
    const { at, values, partials } = this.content!.samples;
    return [at[0] as number[], values as (number | null)[], partials[0] as (number | null)[]];
  }

  private fit(): void {
    const width = this.frame.clientWidth;
    if (this.plot !== null && width > 0 && width !== this.plot.width)
      this.plot.setSize({ width, height: HEIGHT });
  }

  private build(names: string): void {
    this.names = names;
    this.plot?.destroy();
    const { names: said } = this.content!;
    const colors = colorsOf(this.element);
    const axis = (scale: string, label: string, color: string, side: 1 | 3): uPlot.Axis => ({
      scale,
      side,
      label,
      labelSize: 18,
      labelFont: colors.font,
      font: colors.font,
      size: 52,
      stroke: color,
      grid: { show: side === 3, stroke: colors.line, width: 1 },
      ticks: { stroke: colors.line, width: 1 },
      values: (_, ticks) => ticks.map((tick) => formatNumber(tick, 6).text),
    });
    const options: uPlot.Options = {
      width: Math.max(120, this.frame.clientWidth),
      height: HEIGHT,
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { show: false } },
      // Curves go through their points, not through the pixels next to them.
      pxAlign: 0,
      scales: { x: { time: false } },
      axes: [
        {
          label: said.input,
          labelSize: 18,
          labelFont: colors.font,
          font: colors.font,
          stroke: colors.foreground,
          grid: { stroke: colors.line, width: 1 },
          ticks: { stroke: colors.line, width: 1 },
          values: (_, ticks) => ticks.map((tick) => formatNumber(tick, 6).text),
        },
        axis('y', said.value, colors.primal, 3),
        axis('slope', said.partial, colors.tangent, 1),
      ],
      series: [
        {},
        { scale: 'y', stroke: colors.primal, width: 2, points: { show: false } },
        { scale: 'slope', stroke: colors.tangent, width: 1.5, dash: [6, 4], points: { show: false } },
      ],
      hooks: {
        draw: [(plot) => this.draw(plot, colors)],
        setCursor: [(plot) => this.read(plot.cursor.idx ?? null)],
      },
    };
    this.plot = new uPlot(options, this.data(), this.frame);
    this.listen(this.plot);
  }

  private listen(plot: uPlot): void {
    const moved = (event: PointerEvent, dragging: boolean): void => {
      const box = plot.over.getBoundingClientRect();
      const left = Math.min(box.width, Math.max(0, event.clientX - box.left));
      this.events.move(plot.posToVal(left, 'x'), dragging);
    };
    plot.over.addEventListener('pointerdown', (event) => {
      plot.over.setPointerCapture(event.pointerId);
      this.dragging = true;
      moved(event, true);
    });
    plot.over.addEventListener('pointermove', (event) => {
      if (this.dragging) moved(event, true);
    });
    const end = (event: PointerEvent): void => {
      if (!this.dragging) return;
      this.dragging = false;
      moved(event, false);
    };
    plot.over.addEventListener('pointerup', end);
    plot.over.addEventListener('pointercancel', end);
  }

  /** What the pointer is over. */
  private read(index: number | null): void {
    const { samples, names, point } = this.content!;
    const at = index === null ? undefined : samples.at[0]![index];
    const said = (name: string, value: number | null | undefined): string => {
      if (value === null || value === undefined) return `${name} unknown`;
      const { text, exact } = formatNumber(value, 5);
      return `${name} ${exact ? '=' : '≈'} ${text}`;
    };
    const text =
      at === undefined
        ? [said(names.input, point.x), said(names.value, point.value), said(names.partial, point.partial)]
        : [
            said(names.input, at),
            said(names.value, samples.values[index!]),
            said(names.partial, samples.partials[0]?.[index!]),
          ];
    const line = text.join(' · ');
    if (this.readout.textContent !== line) this.readout.textContent = line;
  }

  /** The tangent line, the marks and the point, over the curves. */
  private draw(plot: uPlot, colors: Colors): void {
    const { point, samples } = this.content!;
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    const ratio = uPlot.pxRatio;
    for (const mark of samples.marks) drawMark(plot, mark, colors, ratio);
    const x = plot.valToPos(point.x, 'x', true);
    ctx.strokeStyle = colors.foreground;
    ctx.lineWidth = ratio;
    ctx.setLineDash([2 * ratio, 3 * ratio]);
    line(ctx, x, bbox.top, x, bbox.top + bbox.height);
    if (point.value !== null) {
      const y = plot.valToPos(point.value, 'y', true);
      if (point.partial !== null && Number.isFinite(point.partial)) {
        const { min = 0, max = 1 } = plot.scales['x']!;
        const height = (at: number | null): number =>
          plot.valToPos(point.value! + point.partial! * ((at ?? 0) - point.x), 'y', true);
        ctx.setLineDash([]);
        ctx.strokeStyle = colors.adjoint;
        ctx.lineWidth = 1.5 * ratio;
        line(ctx, bbox.left, height(min), bbox.left + bbox.width, height(max));
      }
      ctx.setLineDash([]);
      ctx.fillStyle = colors.adjoint;
      ctx.strokeStyle = colors.background;
      ctx.lineWidth = 1.5 * ratio;
      ctx.beginPath();
      ctx.arc(x, y, 5 * ratio, 0, 2 * Math.PI);
      ctx.fill();
      ctx.stroke();
    }
    ctx.restore();
  }
}

function line(ctx: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}

/** A kink or a jump: a dotted line with its name. */
function drawMark({ ctx, bbox, valToPos }: uPlot, { kind, at }: Mark, colors: Colors, ratio: number): void {
  const x = valToPos(at, 'x', true);
  ctx.strokeStyle = colors.muted;
  ctx.fillStyle = colors.muted;
  ctx.lineWidth = ratio;
  ctx.setLineDash([ratio, 3 * ratio]);
  line(ctx, x, bbox.top, x, bbox.top + bbox.height);
  ctx.font = `${11 * ratio}px sans-serif`;
  ctx.textAlign = x > bbox.left + bbox.width / 2 ? 'right' : 'left';
  ctx.fillText(` ${kind} `, x, bbox.top + 12 * ratio);
}
