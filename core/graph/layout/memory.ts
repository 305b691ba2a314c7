/**
 * Layouts of a graph that changes: what stays keeps its order from left to right, and its place as near as what is
 * new lets it.
 */
import type { Layered } from './layered.ts';
import type { GraphNode } from './nodes.ts';
import { SLICE } from './order.ts';
import { settle, wish } from './place.ts';

/** What a layout leaves to the next one. */
export interface LayoutMemory {
  /** Centres by key: of a node, then of the bends of its long edges from the top. */
  readonly centers: ReadonlyMap<string, readonly number[]>;
}

export function remembered(nodes: readonly GraphNode[], graph: Layered): LayoutMemory {
  const centers = new Map<string, number[]>();
  nodes.forEach(({ key }, node) => {
    if (key === undefined) return;
    const first = graph.chainStart[node]!;
    const chain = graph.center.subarray(first, first + graph.chainLength[node]!);
    centers.set(key, [graph.center[node]!, ...chain]);
  });
  return { centers };
}

/** How many of the nodes stood there before. */
export function keptNodes(nodes: readonly GraphNode[], memory: LayoutMemory): number {
  return nodes.filter(({ key }) => key !== undefined && memory.centers.has(key)).length;
}

/** What was there before yields to new neighbours less than they to it. */
const KEPT_WEIGHT = 16;
const SWEEPS = 3;

export function* placeAsBefore(
  nodes: readonly GraphNode[],
  graph: Layered,
  memory: LayoutMemory,
  gap: number,
): Generator<void> {
  const { layers, center, source } = graph;
  const kept = new Uint8Array(graph.items);
  const wishes = new Float64Array(graph.items);
  const weights = new Float64Array(graph.items).fill(1);
  nodes.forEach(({ key }, node) => {
    const before = key === undefined ? undefined : memory.centers.get(key);
    if (before === undefined) return;
    const keep = (item: number, at: number): void => {
      kept[item] = 1;
      wishes[item] = at;
      center[item] = at;
      weights[item] = KEPT_WEIGHT;
    };
    keep(node, before[0]!);
    for (let k = 0; k < graph.chainLength[node]! && k + 1 < before.length; k++)
      keep(graph.chainStart[node]! + k, before[k + 1]!);
  });
  for (let k = 0; k < layers.length; k++) {
    const layer = layers[k]!;
    estimate(graph, layer, kept, wishes);
    layer.sort((a, b) => wishes[a]! - wishes[b]! || source[a]! - source[b]! || a - b);
    settle(graph, layer, wishes, weights, gap);
  }
  let done = 0;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 1;
    for (let k = 0; k < layers.length; k++) {
      const layer = layers[down ? k : layers.length - 1 - k]!;
      for (const item of layer) if (kept[item] === 0) wishes[item] = wish(graph, item, down, center);
      settle(graph, layer, wishes, weights, gap);
      done += layer.length;
      if (done > SLICE) {
        done = 0;
        yield;
      }
    }
  }
}

/** Where new items would stand: under what they are made of; without that, beside their neighbour in source order. */
function estimate(graph: Layered, layer: Int32Array, kept: Uint8Array, wishes: Float64Array): void {
  const first = layer.find((item) => kept[item] === 1);
  let beside = first === undefined ? 0 : wishes[first]! - 1;
  for (const item of layer) {
    if (kept[item] === 0) {
      const joined = graph.aboveStart[item + 1]! > graph.aboveStart[item]!;
      wishes[item] = joined ? wish(graph, item, true, graph.center) : beside;
    }
    beside = wishes[item]!;
  }
}
