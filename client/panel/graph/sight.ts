/** What of a picture is in sight. */
import type { Drawing } from '../../../core/graph/drawing.ts';
import { type Box, inSight, type Size, type Viewport } from './viewport.ts';

/** Indices into the drawing's nodes and edges. */
export interface Sight {
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
}
export const NOTHING: Sight = { nodes: [], edges: [] };

/** Pixels of the picture around the window that are drawn too. */
const BEYOND = 150;
/** Up to so many nodes all are drawn. */
export const MOST_ELEMENTS = 400;

export interface Sights {
  /** What is to be drawn. */
  readonly drawn: Sight;
  /** What of it can be read: the rest may lag behind. */
  readonly read: Sight;
  /** Few enough for elements. */
  readonly few: boolean;
}

export function sightsOf({ nodes, edges }: Drawing, view: Viewport, window: Size): Sights {
  const whole = nodes.length <= MOST_ELEMENTS;
  const drawn: { nodes: number[]; edges: number[] } = { nodes: [], edges: [] };
  const read: { nodes: number[]; edges: number[] } = { nodes: [], edges: [] };
  nodes.forEach((node, index) => {
    if (whole || inSight(node, view, window, BEYOND)) drawn.nodes.push(index);
    if (inSight(node, view, window, 0)) read.nodes.push(index);
  });
  edges.forEach(({ points }, index) => {
    const sighted = inSight(around(points), view, window, 0);
    if (whole || sighted) drawn.edges.push(index);
    if (sighted) read.edges.push(index);
  });
  const few = drawn.nodes.length <= MOST_ELEMENTS && drawn.edges.length <= 3 * MOST_ELEMENTS;
  return { drawn, read, few };
}

function around(points: readonly { x: number; y: number }[]): Box {
  const [first, last] = [points[0]!, points.at(-1)!];
  let [left, right] = [first.x, first.x];
  for (const { x } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
  }
  return { x: left, y: first.y, width: right - left, height: last.y - first.y };
}
