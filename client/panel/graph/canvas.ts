/** The picture on a canvas, for more nodes in sight than elements can be moved at display rate. */
import { baseline, type Drawing, FONT_SIZE, linesOf } from '../../../core/graph/drawing.ts';
import { dashes, lineWidth, type Magnitude } from '../../../core/graph/magnitude.ts';
import type { Sight } from './sight.ts';
import type { Marks } from './svg.ts';
import type { Size, Viewport } from './viewport.ts';

/** Text is left out where it would be smaller than this on the screen. */
const LEGIBLE = 6;

export class CanvasPicture {
  readonly element: HTMLCanvasElement;

  constructor() {
    this.element = document.createElement('canvas');
    this.element.className = 'graph-canvas';
    this.element.setAttribute('aria-hidden', 'true');
  }

  draw(drawing: Drawing, { nodes: shown, edges }: Sight, marks: Marks, view: Viewport, window: Size): void {
    const context = this.element.getContext('2d');
    if (context === null) return;
    const density = globalThis.devicePixelRatio || 1;
    const [width, height] = [Math.round(window.width * density), Math.round(window.height * density)];
    if (this.element.width !== width) this.element.width = width;
    if (this.element.height !== height) this.element.height = height;
    const scale = view.scale * density;
    const style = getComputedStyle(this.element);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.setTransform(scale, 0, 0, scale, -view.x * scale, -view.y * scale);
    for (const { boxes } of drawing.frames) {
      context.strokeStyle = colour('--region-line');
      context.fillStyle = colour('--region');
      context.lineWidth = 2;
      for (const { x, y, width: wide, height: high } of boxes) context.strokeRect(x, y, wide, high);
      for (const { x, y, width: wide, height: high } of boxes) context.fillRect(x, y, wide, high);
    }
    for (const index of edges) {
      const { points, magnitude, from, to } = drawing.edges[index]!;
      const touched = marks.selected === from || marks.selected === to;
      const why = marks.why.has(from) && marks.why.has(to);
      context.strokeStyle = why
        ? colour('--why')
        : touched
          ? colour('--selected')
          : colour(`--m-${magnitude}`);
      context.lineWidth = lineWidth(magnitude) + (why || touched ? 1.5 : 0);
      context.setLineDash((dashes(magnitude) ?? '').split(' ').filter(Boolean).map(Number));
      context.beginPath();
      let from0 = points[0]!;
      context.moveTo(from0.x, from0.y);
      for (const point of points.slice(1)) {
        const middle = (from0.y + point.y) / 2;
        if (point.x === from0.x) context.lineTo(point.x, point.y);
        else context.bezierCurveTo(from0.x, middle, point.x, middle, point.x, point.y);
        from0 = point;
      }
      context.stroke();
    }
    context.setLineDash([]);
    const text = (FONT_SIZE * scale) / density >= LEGIBLE;
    context.font = `${FONT_SIZE}px ${colour('--mono')}`;
    context.textAlign = 'center';
    for (const index of shown) {
      const node = drawing.nodes[index]!;
      const selected = marks.selected === index;
      context.fillStyle = colour('--node');
      context.strokeStyle = marks.why.has(index)
        ? colour('--why')
        : selected
          ? colour('--selected')
          : colour(outlineOf(node.kind));
      context.lineWidth = selected || marks.current === index || marks.why.has(index) ? 3 : 1.4;
      context.fillRect(node.x, node.y, node.width, node.height);
      context.strokeRect(node.x, node.y, node.width, node.height);
      context.fillStyle = colour(`--m-${node.magnitude satisfies Magnitude}`);
      context.fillRect(node.x, node.y + node.height - 4, node.width, 4);
      if (!text) continue;
      context.fillStyle = colour('--text');
      linesOf(node).forEach((line, n) => {
        context.fillText(line, node.x + node.width / 2, node.y + baseline(n), node.width - 12);
      });
    }
  }
}

function outlineOf(kind: Drawing['nodes'][number]['kind']): string {
  return kind === 'input' ? '--input' : kind === 'output' ? '--output' : '--outline';
}
