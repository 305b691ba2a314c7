/** A graph cut into layers: its nodes, and bends where an edge passes a layer. Items and links stand in flat arrays. */
import { type GraphNode, isOperand, portOffset, roomOf } from './nodes.ts';

export interface Layered {
  /** Items 0 … nodes−1 are the nodes; the rest are bends. */
  readonly nodes: number;
  readonly items: number;
  readonly layer: Int32Array;
  /** The node itself, or the node that a bend's edge comes from. */
  readonly source: Int32Array;
  /** Room to either side of the centre, labels included. */
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly center: Float64Array;
  /** The items of each layer, from left to right. */
  readonly layers: Int32Array[];
  /** Links of an item to the layer above: `upper` from `aboveStart[item]` to `aboveStart[item + 1]`. */
  readonly aboveStart: Int32Array;
  readonly upper: Int32Array;
  /** Where such a link ends, relative to the centre of the lower item. */
  readonly port: Float64Array;
  /** The same links by their upper item: indices into `upper` and `port`, and the lower item. */
  readonly belowStart: Int32Array;
  readonly lower: Int32Array;
  readonly lowerLink: Int32Array;
  /** The bends of a node's long edges, one for each layer passed, from the top; they are shared by its edges. */
  readonly chainStart: Int32Array;
  readonly chainLength: Int32Array;
  /** Edges that pass more layers than this are drawn without bends. */
  readonly longest: number;
}

/**
 * Longest path from the inputs, then every operation as near to its first use as it can be, which leaves fewer long
 * edges: those of an input share one chain. The result below everything.
 */
export function assignLayers(nodes: readonly GraphNode[], result: number | null): Int32Array {
  const count = nodes.length;
  const layers = new Int32Array(count);
  let deepest = 0;
  for (let index = 0; index < count; index++) {
    let layer = 0;
    for (const from of nodes[index]!.operands)
      if (isOperand(from, index)) layer = Math.max(layer, layers[from]! + 1);
    layers[index] = layer;
    deepest = Math.max(deepest, layer);
  }
  const used = new Uint8Array(count);
  nodes.forEach((node, index) => {
    for (const from of node.operands) if (isOperand(from, index)) used[from] = 1;
  });
  if (result !== null && result < count && used[result] === 0) {
    const others = layers.reduce(
      (most, layer, index) => (index === result ? most : Math.max(most, layer)),
      0,
    );
    if (nodes[result]!.operands.some((from) => isOperand(from, result)))
      layers[result] = Math.max(layers[result]!, others);
  }
  const firstUse = new Int32Array(count).fill(deepest + 2);
  for (let index = count - 1; index >= 0; index--) {
    const operands = nodes[index]!.operands;
    const inner = operands.some((from) => isOperand(from, index));
    if (inner && used[index] === 1) layers[index] = firstUse[index]! - 1;
    for (const from of operands)
      if (isOperand(from, index)) firstUse[from] = Math.min(firstUse[from]!, layers[index]!);
  }
  return layers;
}

/** Bends that are made in all, beyond those of a small graph; the longest edges go without. */
const BENDS_PER_NODE = 6;
const BENDS_AT_LEAST = 2000;
const SPANS = [Number.POSITIVE_INFINITY, 256, 128, 64, 32, 16, 8, 4, 2, 1];

function longestSpan(nodes: readonly GraphNode[], layers: Int32Array): number {
  const budget = Math.max(BENDS_AT_LEAST, BENDS_PER_NODE * nodes.length);
  const longest = new Int32Array(nodes.length);
  for (const span of SPANS) {
    longest.fill(1);
    nodes.forEach((node, to) => {
      for (const from of node.operands) {
        if (!isOperand(from, to)) continue;
        const passed = layers[to]! - layers[from]!;
        if (passed <= span) longest[from] = Math.max(longest[from]!, passed);
      }
    });
    if (longest.reduce((sum, length) => sum + length - 1, 0) <= budget) return span;
  }
  return 1;
}

/** Joins nodes over their layers; a node whose users stand further below gets one chain of bends for all of them. */
export function layered(nodes: readonly GraphNode[], result: number | null, bendWidth: number): Layered {
  const count = nodes.length;
  const nodeLayer = assignLayers(nodes, result);
  const longest = longestSpan(nodes, nodeLayer);
  const chainLength = new Int32Array(count);
  nodes.forEach((node, to) => {
    for (const from of node.operands) {
      if (!isOperand(from, to)) continue;
      const passed = nodeLayer[to]! - nodeLayer[from]!;
      if (passed <= longest) chainLength[from] = Math.max(chainLength[from]!, passed - 1);
    }
  });
  const chainStart = new Int32Array(count);
  let items = count;
  for (let node = 0; node < count; node++) {
    chainStart[node] = items;
    items += chainLength[node]!;
  }
  const layer = new Int32Array(items);
  const source = new Int32Array(items);
  const left = new Float64Array(items).fill(bendWidth / 2);
  const right = new Float64Array(items).fill(bendWidth / 2);
  const pairs: { upper: number[]; lower: number[]; port: number[] } = { upper: [], lower: [], port: [] };
  const join = (upper: number, lower: number, port: number): void => {
    pairs.upper.push(upper);
    pairs.lower.push(lower);
    pairs.port.push(port);
  };
  nodes.forEach((node, index) => {
    layer[index] = nodeLayer[index]!;
    source[index] = index;
    const room = roomOf(node);
    left[index] = room.left;
    right[index] = room.right;
    for (let k = 0; k < chainLength[index]!; k++) {
      const bend = chainStart[index]! + k;
      layer[bend] = nodeLayer[index]! + 1 + k;
      source[bend] = index;
      join(k === 0 ? index : bend - 1, bend, 0);
    }
  });
  nodes.forEach((node, to) => {
    node.operands.forEach((from, port) => {
      if (!isOperand(from, to)) return;
      const passed = nodeLayer[to]! - nodeLayer[from]!;
      if (passed > longest) return;
      join(passed === 1 ? from : chainStart[from]! + passed - 2, to, portOffset(node, port));
    });
  });
  return {
    nodes: count,
    items,
    layer,
    source,
    left,
    right,
    center: new Float64Array(items),
    layers: inLayers(layer, source),
    ...linked(items, pairs),
    chainStart,
    chainLength,
    longest,
  };
}

/** The items of each layer in source order. */
function inLayers(layer: Int32Array, source: Int32Array): Int32Array[] {
  const lists: number[][] = [];
  for (let item = 0; item < layer.length; item++) {
    while (lists.length <= layer[item]!) lists.push([]);
    lists[layer[item]!]!.push(item);
  }
  return lists.map((list) => Int32Array.from(list).sort((a, b) => source[a]! - source[b]! || a - b));
}

type Links = Pick<Layered, 'aboveStart' | 'upper' | 'port' | 'belowStart' | 'lower' | 'lowerLink'>;

function linked(items: number, pairs: { upper: number[]; lower: number[]; port: number[] }): Links {
  const count = pairs.upper.length;
  const aboveStart = starts(items, pairs.lower);
  const belowStart = starts(items, pairs.upper);
  const upper = new Int32Array(count);
  const port = new Float64Array(count);
  const lower = new Int32Array(count);
  const lowerLink = new Int32Array(count);
  const nextAbove = aboveStart.slice();
  const nextBelow = belowStart.slice();
  for (let pair = 0; pair < count; pair++) {
    const link = nextAbove[pairs.lower[pair]!]!++;
    upper[link] = pairs.upper[pair]!;
    port[link] = pairs.port[pair]!;
    const below = nextBelow[pairs.upper[pair]!]!++;
    lower[below] = pairs.lower[pair]!;
    lowerLink[below] = link;
  }
  return { aboveStart, upper, port, belowStart, lower, lowerLink };
}

function starts(items: number, ends: readonly number[]): Int32Array {
  const start = new Int32Array(items + 1);
  for (const item of ends) start[item + 1] = start[item + 1]! + 1;
  for (let item = 0; item < items; item++) start[item + 1] = start[item + 1]! + start[item]!;
  return start;
}
