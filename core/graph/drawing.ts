/** A scene with everything in its place: what is drawn on the screen and what is exported. */
import type { FoldedGraph } from './fold.ts';
import {
  type GraphLayout,
  type GraphNode,
  type LayoutMemory,
  type LayoutOptions,
  layoutSteps,
  type PlacedFrame,
  type Point,
} from './layout.ts';
import type { Scene, SceneEdge, SceneNode } from './scene.ts';

export interface DrawnNode extends SceneNode {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly layer: number;
}
export interface DrawnEdge extends SceneEdge {
  /** Indices of nodes. */
  readonly from: number;
  readonly to: number;
  readonly port: number;
  readonly points: readonly Point[];
  readonly at: Point;
  readonly anchor: 'start' | 'end';
  readonly loose: boolean;
}
/** Around what is unfolded of a loop, a call, a statement. */
export interface DrawnFrame {
  /** The region's id. */
  readonly key: string;
  readonly label: string;
  /** Indices of its nodes, first … end−1. */
  readonly first: number;
  readonly end: number;
  /** Together they are what is framed; the label stands on the top left of the first. */
  readonly boxes: PlacedFrame['boxes'];
  /** Where the label's baseline starts. */
  readonly at: Point;
  /** How much room it has. */
  readonly room: number;
}
export interface Drawing {
  readonly title: string;
  readonly mode: 'forward' | 'reverse';
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  /** The outer ones first. */
  readonly frames: readonly DrawnFrame[];
  readonly left: number;
  readonly width: number;
  readonly height: number;
  readonly memory: LayoutMemory;
}

/** Sizes of the text on nodes and edges, in pixels. */
export const FONT_SIZE = 12;
export const LABEL_SIZE = 11;
export const LINE_HEIGHT = 17;
export const PADDING = 10;
const FRAME_PADDING = 6;
const MIN_WIDTH = 84;
const MAX_WIDTH = 250;
/** Numbers grow and shrink while inputs move: room for a sign, a point and an exponent. */
const NUMBER_ROOM = 8;

/** Width of a text in pixels at FONT_SIZE. */
export type Measure = (text: string) => number;

/** Lines of text of a node, from the top. */
export function linesOf({ heading, value, derivative }: SceneNode): string[] {
  return derivative === null ? [heading, value] : [heading, value, derivative];
}

/** The baseline of a node's line, from its top. */
export function baseline(line: number): number {
  return PADDING + 4 + line * LINE_HEIGHT + FONT_SIZE / 2;
}

/** Texts that are measured between two slices. */
const SLICE = 200;

/** The nodes that are to be laid out, in slices. */
export function* measuredSteps(
  graph: FoldedGraph,
  scene: Scene,
  measure: Measure,
  digits: number,
): Generator<void, GraphNode[]> {
  const room = measure('0'.repeat(NUMBER_ROOM + digits)) + 2 * PADDING;
  const nodes: GraphNode[] = [];
  for (const [index, node] of graph.nodes.entries()) {
    if (index % SLICE === SLICE - 1) yield;
    const shown = scene.nodes[index]!;
    const lines = linesOf(shown);
    const longest = Math.max(MIN_WIDTH, room, ...lines.map((line) => measure(line) + 2 * PADDING));
    nodes.push({
      key: node.key,
      width: Math.ceil(Math.min(MAX_WIDTH, longest)),
      height: 2 * PADDING + lines.length * LINE_HEIGHT - 4,
      operands: node.ports.map((port) => port?.from ?? null),
      labels: scene.edges[index]!.map((edge) =>
        edge === null || edge.label === '' ? 0 : (measure(edge.label) * LABEL_SIZE) / FONT_SIZE,
      ),
    });
  }
  return nodes;
}

/** What else a layout goes by: plain data. */
export function layoutOptions(graph: FoldedGraph, memory: LayoutMemory | null): LayoutOptions {
  const result = graph.nodes.findIndex(({ kind }) => kind === 'output');
  return {
    result: result < 0 ? null : result,
    frames: graph.frames.map(({ first, end, always }) => ({ first, end, always })),
    memory,
  };
}

/** All of it in slices, as layoutSteps: it may be left at any time. */
export function* drawingSteps(
  graph: FoldedGraph,
  scene: Scene,
  measure: Measure,
  digits: number,
  given: Pick<Drawing, 'title' | 'mode'> & { readonly memory: LayoutMemory | null },
): Generator<void, Drawing> {
  const nodes = yield* measuredSteps(graph, scene, measure, digits);
  const layout = yield* layoutSteps(nodes, layoutOptions(graph, given.memory));
  return drawingOf(graph, scene, layout, given);
}

export function drawingOf(
  graph: FoldedGraph,
  scene: Scene,
  layout: GraphLayout,
  given: Pick<Drawing, 'title' | 'mode'>,
): Drawing {
  const { left, width, height, memory } = layout;
  const frames = framed(graph, layout);
  return {
    title: given.title,
    mode: given.mode,
    ...placed(layout, scene),
    frames,
    left,
    width,
    height,
    memory,
  };
}

function framed({ frames }: FoldedGraph, layout: GraphLayout): DrawnFrame[] {
  return layout.frames.map(({ index, boxes }) => {
    const { region, first, end } = frames[index]!;
    const { x, y, width } = boxes[0]!;
    const at = { x: x + FRAME_PADDING, y: y + FONT_SIZE };
    return { key: region.id, label: region.label, first, end, boxes, at, room: width - 2 * FRAME_PADDING };
  });
}

function placed(layout: GraphLayout, scene: Scene): Pick<Drawing, 'nodes' | 'edges'> {
  return {
    nodes: layout.nodes.map((place, index) => ({ ...scene.nodes[index]!, ...place })),
    edges: layout.edges.map(({ from, to, port, points, label, loose }) => ({
      ...scene.edges[to]![port]!,
      from,
      to,
      port,
      points,
      at: { x: label.x, y: label.y },
      anchor: label.anchor,
      loose,
    })),
  };
}

/** The same picture with other numbers. */
export function withScene(drawing: Drawing, scene: Scene): Drawing {
  return {
    ...drawing,
    nodes: drawing.nodes.map((node, index) => ({ ...node, ...scene.nodes[index]! })),
    edges: drawing.edges.map((edge) => ({ ...edge, ...scene.edges[edge.to]![edge.port]! })),
  };
}

/** A smooth line through the points that leaves and arrives upright, as an SVG path; straight along bends. */
export function edgePath(points: readonly Point[]): string {
  const [start, ...rest] = points;
  let path = `M${short(start!.x)} ${short(start!.y)}`;
  let from = start!;
  for (const to of rest) {
    if (to.x === from.x) path += ` L${short(to.x)} ${short(to.y)}`;
    else {
      const middle = short((from.y + to.y) / 2);
      path += ` C${short(from.x)} ${middle} ${short(to.x)} ${middle} ${short(to.x)} ${short(to.y)}`;
    }
    from = to;
  }
  return path;
}

function short(value: number): number {
  return Math.round(value * 10) / 10;
}
