/**
 * A layered drawing of a computational graph: inputs in the first layer, every node below its operands, the result
 * last. Pure and deterministic, and stable: nodes keep their source order where nothing else decides, and with the
 * memory of the layout before, what stays keeps its order and, as near as it can be, its place.
 *
 * After Sugiyama, Tagawa and Toda (1981): layers by longest path, one chain of bends for the long edges of a node,
 * order within layers by barycentre, then coordinates: least squares under the minimum distances, solved exactly by
 * pooling adjacent violators (Barlow et al. 1972). One pass from the top where there is a memory.
 */
import {
  type Framed,
  type FrameRange,
  frameRoom,
  framesAround,
  type PlacedFrame,
  placeFrames,
} from './layout/frames.ts';
import { type Layered, layered } from './layout/layered.ts';
import { keptNodes, type LayoutMemory, placeAsBefore, remembered } from './layout/memory.ts';
import {
  type GraphNode,
  isOperand,
  LABEL_GAP,
  labelLine,
  labelLines,
  labelSide,
  portOffset,
} from './layout/nodes.ts';
import { orderAfresh } from './layout/order.ts';
import { placeAfresh } from './layout/place.ts';

export type { PlacedFrame } from './layout/frames.ts';
export type { LayoutMemory } from './layout/memory.ts';
export type { GraphNode } from './layout/nodes.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface PlacedNode {
  /** Top left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly layer: number;
}
export interface PlacedEdge {
  readonly from: number;
  readonly to: number;
  /** Index into the operands of `to`. */
  readonly port: number;
  /** From the source's bottom through the bends to the port on the target's top; the last stretch is upright. */
  readonly points: readonly Point[];
  /** Where the baseline of the edge's label starts or ends: beside the last stretch, outwards from the node. */
  readonly label: Point & { readonly anchor: 'start' | 'end' };
  /** So long that it takes the short way, behind the nodes. */
  readonly loose: boolean;
}
export interface GraphLayout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** Those of the options that are drawn, in their order. */
  readonly frames: readonly PlacedFrame[];
  /** The left edge of the picture: 0 without a memory. */
  readonly left: number;
  readonly width: number;
  readonly height: number;
  /** For the next layout of the graph. */
  readonly memory: LayoutMemory;
}
export interface LayoutOptions {
  /** Least distance between neighbours of a layer. */
  readonly gapX?: number;
  /** Distance between layers, labels not counted. */
  readonly gapY?: number;
  /** Height of a line of an edge's label; where a node has more than two ports, labels stand on several lines. */
  readonly labelHeight?: number;
  /** Width of a bend, the space kept free around a long edge. */
  readonly bendWidth?: number;
  /** The node to put last. */
  readonly result?: number | null;
  /** Nodes to frame: within each other, outer ones first, or apart. */
  readonly frames?: readonly FrameRange[];
  /** What the layout before left, to move little of it. Of no account where most nodes are new. */
  readonly memory?: LayoutMemory | null;
}

const EMPTY: GraphLayout = {
  nodes: [],
  edges: [],
  frames: [],
  left: 0,
  width: 0,
  height: 0,
  memory: { centers: new Map() },
};

export function layoutGraph(nodes: readonly GraphNode[], options: LayoutOptions = {}): GraphLayout {
  const steps = layoutSteps(nodes, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in slices of about a millisecond, for whoever has other things to do; it may be left at any time. */
export function* layoutSteps(
  nodes: readonly GraphNode[],
  options: LayoutOptions = {},
): Generator<void, GraphLayout> {
  const { gapX = 28, bendWidth = 12, memory = null } = options;
  if (nodes.length === 0) return EMPTY;
  const graph = layered(nodes, options.result ?? null, bendWidth);
  yield;
  const kept = memory === null ? 0 : keptNodes(nodes, memory);
  let left = 0;
  if (memory !== null && 2 * kept > nodes.length) {
    yield* placeAsBefore(nodes, graph, memory, gapX);
    left = leftmost(graph);
  } else {
    yield* orderAfresh(graph);
    yield* placeAfresh(graph, gapX);
    if (kept === 0) shift(graph, -leftmost(graph));
    else {
      shift(graph, displacement(nodes, graph, memory!));
      left = leftmost(graph);
    }
  }
  yield;
  return finished(nodes, graph, left, options);
}

function leftmost({ items, center, left }: Layered): number {
  let least = Number.POSITIVE_INFINITY;
  for (let item = 0; item < items; item++) least = Math.min(least, center[item]! - left[item]!);
  return least;
}

function shift({ items, center }: Layered, by: number): void {
  for (let item = 0; item < items; item++) center[item] = center[item]! + by;
}

/** The median of how far nodes would have to move back to where they stood. */
function displacement(nodes: readonly GraphNode[], { center }: Layered, { centers }: LayoutMemory): number {
  const moves = nodes.flatMap(({ key }, node) => {
    const before = key === undefined ? undefined : centers.get(key);
    return before === undefined ? [] : [before[0]! - center[node]!];
  });
  return moves.sort((a, b) => a - b)[moves.length >> 1]!;
}

function finished(
  nodes: readonly GraphNode[],
  graph: Layered,
  left: number,
  options: LayoutOptions,
): GraphLayout {
  const { labelHeight = 15 } = options;
  const { center, layer, chainStart, longest } = graph;
  const across = (node: number): { left: number; right: number } => {
    const half = nodes[node]!.width / 2;
    return { left: center[node]! - half, right: center[node]! + half };
  };
  const frames = framesAround(options.frames ?? [], layer, across, nodes.length);
  const { tops, heights, heads, height } = placeY(nodes, graph, frames, options);
  const placed = nodes.map<PlacedNode>((node, index) => ({
    x: center[index]! - node.width / 2,
    y: tops[layer[index]!]!,
    width: node.width,
    height: node.height,
    layer: layer[index]!,
  }));
  const edges = nodes.flatMap((node, to) =>
    node.operands.flatMap<PlacedEdge>((from, port) => {
      if (!isOperand(from, to)) return [];
      const target = placed[to]!;
      const end = { x: center[to]! + portOffset(node, port), y: target.y };
      const passed = layer[to]! - layer[from]!;
      const points: Point[] = [{ x: center[from]!, y: placed[from]!.y + nodes[from]!.height }];
      const loose = passed > longest;
      for (let k = 0; !loose && k < passed - 1; k++) {
        const x = center[chainStart[from]! + k]!;
        const at = layer[from]! + 1 + k;
        points.push({ x, y: tops[at]! }, { x, y: tops[at]! + heights[at]! });
      }
      points.push({ x: end.x, y: end.y - labelLines(node) * labelHeight - 4 }, end);
      const side = labelSide(node, port);
      const label = {
        x: end.x + side * LABEL_GAP,
        y: end.y - 7 - labelLine(node, port) * labelHeight,
        anchor: side < 0 ? ('end' as const) : ('start' as const),
      };
      return [{ from, to, port, points, label, loose }];
    }),
  );
  let right = Number.NEGATIVE_INFINITY;
  for (let item = 0; item < graph.items; item++) right = Math.max(right, center[item]! + graph.right[item]!);
  const framed = graph.layers.map((items, at) => ({
    nodes: [...items].filter((item) => item < graph.nodes),
    top: tops[at]!,
    bottom: tops[at]! + heights[at]!,
    head: heads[at]!,
  }));
  return {
    nodes: placed,
    edges,
    frames: placeFrames(frames, layer, framed, across),
    left,
    width: right - left,
    height,
    memory: remembered(nodes, graph),
  };
}

/** Edges that go far to the side get more room to do so, in steps, so that little changes leave it as it is. */
const SLOPE = 0.08;
const ROOM_STEP = 16;
const MOST_ROOM = 48;

function placeY(
  nodes: readonly GraphNode[],
  graph: Layered,
  frames: readonly Framed[],
  { gapY = 36, labelHeight = 15 }: LayoutOptions,
): { tops: number[]; heights: number[]; heads: number[]; height: number } {
  const { center, layer: layerOf, aboveStart, upper, port } = graph;
  const { above, below } = frameRoom(frames, layerOf, graph.layers.length);
  const tops: number[] = [];
  const heads: number[] = [];
  const heights: number[] = [];
  let y = 0;
  graph.layers.forEach((layer, index) => {
    let lines = 0;
    let height = 0;
    let sideways = 0;
    for (const item of layer) {
      for (let link = aboveStart[item]!; link < aboveStart[item + 1]!; link++)
        sideways = Math.max(sideways, Math.abs(center[upper[link]!]! - center[item]! - port[link]!));
      if (item >= graph.nodes) continue;
      lines = Math.max(lines, labelLines(nodes[item]!));
      height = Math.max(height, nodes[item]!.height);
    }
    const room = Math.min(MOST_ROOM, Math.floor((sideways * SLOPE) / ROOM_STEP) * ROOM_STEP);
    if (index > 0) y += gapY + lines * labelHeight + room;
    y += above[index]!;
    tops.push(y);
    heights.push(height);
    heads.push(lines * labelHeight);
    y += height + below[index]!;
  });
  return { tops, heights, heads, height: y };
}
