/** Draws the part of the picture that is in sight, as elements where they are few, else on a canvas. */
import type { Drawing } from '../../../core/graph/drawing.ts';
import type { FoldedGraph } from '../../../core/graph/fold.ts';
import { h } from '../dom.ts';
import { CanvasPicture } from './canvas.ts';
import { NOTHING, sightsOf } from './sight.ts';
import { type Marks, nodeId, SvgPicture } from './svg.ts';
import type { GraphText } from './text.ts';
import type { Size, Viewport } from './viewport.ts';

export interface GraphHighlight {
  /** Rows of the trace. */
  readonly selected: number | null;
  readonly current: number | null;
  /** What a sweep has come to; null: everything is known. */
  readonly reached: { values(row: number): boolean; derivatives(row: number): boolean } | null;
  readonly why?: readonly number[];
}

/** What is drawn. */
export interface Look {
  readonly drawing: Drawing;
  readonly folded: FoldedGraph;
  readonly viewport: Viewport;
  readonly highlight: GraphHighlight;
}

/** After numbers have stood still for so long, what readers and tooltips say follows. */
const REST_MS = 180;
const LOWEST = 160;
const LEAST_CHANGE = 30;

export class Painter {
  readonly frame: HTMLElement;
  private readonly svg: SvgPicture;
  private readonly canvas = new CanvasPicture();
  private drawn = NOTHING;
  private read = NOTHING;
  private frameRequest = 0;
  /** The height that the frame was given last. */
  private height = '';
  private rest: ReturnType<typeof setTimeout> | undefined;
  private readonly look: () => Look | null;

  constructor(text: GraphText, resized: () => void, look: () => Look | null) {
    this.look = look;
    this.svg = new SvgPicture(text.fit);
    this.svg.element.setAttribute('data-focus', 'graph');
    const svg = this.svg.element as unknown as HTMLElement;
    this.frame = h('div', { class: 'graph-frame' }, svg, this.canvas.element);
    this.canvas.element.hidden = true;
    new ResizeObserver(() => {
      resized();
      this.paintSoon();
    }).observe(this.frame);
  }

  /** The element that has the focus and the keys. */
  get target(): SVGSVGElement {
    return this.svg.element;
  }

  get size(): Size {
    return { width: this.frame.clientWidth || 600, height: this.frame.clientHeight || LOWEST };
  }

  /** Makes room for a picture of this height, within what a window has; what was resized by hand stays. */
  resize(wanted: number, most: number): void {
    const { style } = this.frame;
    if (style.height !== this.height) return;
    const height = Math.round(Math.max(LOWEST, Math.min(wanted, most)));
    // Little changes would make what stands below jump at every edit.
    if (Math.abs(height - this.frame.clientHeight) < LEAST_CHANGE && style.height !== '') return;
    style.height = `${height}px`;
    this.height = style.height;
  }

  paintSoon(): void {
    if (this.frameRequest !== 0) return;
    this.frameRequest = requestAnimationFrame(() => {
      this.frameRequest = 0;
      this.paint();
    });
  }

  /** Chooses what is in sight and draws it. */
  paint(): void {
    const look = this.look();
    this.frame.hidden = look === null;
    if (look === null) return;
    const { drawing, viewport } = look;
    const window = this.size;
    const { drawn, read, few } = sightsOf(drawing, viewport, window);
    this.drawn = drawn;
    this.read = read;
    this.canvas.element.hidden = few;
    const marks = marksOf(look);
    if (few) {
      this.svg.look(viewport);
      this.svg.draw(drawing, drawn.nodes, drawn.edges, marks);
    } else {
      this.svg.draw(drawing, [], [], marks);
      this.canvas.draw(drawing, drawn, marks, viewport, window);
    }
    this.activate(few ? marks.selected : -1);
  }

  /** Numbers and marks alone; `moving`: others follow, what cannot be read now can wait for them to rest. */
  rewrite(moving: boolean): void {
    clearTimeout(this.rest);
    const look = this.look();
    if (look === null) return;
    if (!this.canvas.element.hidden) {
      this.paintSoon();
      return;
    }
    const marks = marksOf(look);
    const { nodes, edges } = moving ? this.read : this.drawn;
    this.svg.write(look.drawing, nodes, edges, marks, moving);
    this.activate(marks.selected);
    if (moving) this.rest = setTimeout(() => this.rewrite(false), REST_MS);
  }

  describe(mode: Drawing['mode'], label: string): void {
    this.svg.element.classList.toggle('forward', mode === 'forward');
    this.svg.element.classList.toggle('reverse', mode === 'reverse');
    this.svg.element.setAttribute('aria-label', label);
  }

  private activate(selected: number): void {
    if (selected >= 0 && this.drawn.nodes.includes(selected))
      this.svg.element.setAttribute('aria-activedescendant', nodeId(selected));
    else this.svg.element.removeAttribute('aria-activedescendant');
  }
}

function marksOf({ folded, highlight }: Look): Marks {
  const nodeOf = (row: number | null): number => (row === null ? -1 : (folded.nodeOf[row] ?? -1));
  const known = (is: (row: number) => boolean) => (index: number) => folded.nodes[index]!.results.every(is);
  const { selected, current, reached, why = [] } = highlight;
  return {
    selected: nodeOf(selected),
    current: nodeOf(current),
    why: new Set(why.map(nodeOf).filter((node) => node >= 0)),
    values: reached === null ? null : known((row) => reached.values(row)),
    derivatives: reached === null ? null : known((row) => reached.derivatives(row)),
  };
}
