/**
 * A layered drawing of a computational graph: inputs in the first layer, every node below its operands, the result
 * last. Small, pure and deterministic, so that the picture moves little while the code changes: nodes keep their
 * source order where nothing else decides.
 *
 * After Sugiyama, Tagawa and Toda (1981): layers by longest path, one chain of bends for the long edges of a node,
 * order within layers by barycentre, then coordinates: least squares under the minimum distances, solved exactly by
 * pooling adjacent violators (Barlow et al. 1972).
 */

export interface GraphNode {
  /** Sizes in pixels. */
  readonly width: number;
  readonly height: number;
  /** Indices of earlier nodes, one for each port, in order; null for a port without an edge (a constant). */
  readonly operands: readonly (number | null)[];
  /** Widths of the labels of the edges into it, one for each port; 0 or absent: none. */
  readonly labels?: readonly number[];
}
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
}
export interface GraphLayout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
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
}

/** Edge labels of one node are spread over at most this many lines. */
const LABEL_LINES = 3;
/** Distance of a label from its edge. */
const LABEL_GAP = 5;
const ORDER_SWEEPS = 4;
const COORDINATE_SWEEPS = 8;

/** A node (index ≥ 0) or a bend of the long edges of `source` on its layer. */
interface Item {
  readonly node: number;
  readonly source: number;
  readonly layer: number;
  /** Room that it takes to either side of its centre, labels included. */
  readonly left: number;
  readonly right: number;
  /** Items of the layer above and the layer below that it is joined to, with the offsets of their ports. */
  readonly above: Link[];
  readonly below: Link[];
  center: number;
}
interface Link {
  readonly item: Item;
  /** Where this end of the edge stands, relative to this item's own centre. */
  readonly own: number;
  /** Where the other end stands, relative to the other item's centre. */
  readonly other: number;
}

export function layoutGraph(nodes: readonly GraphNode[], options: LayoutOptions = {}): GraphLayout {
  const { gapX = 28, gapY = 36, labelHeight = 15, bendWidth = 12 } = options;
  if (nodes.length === 0) return { nodes: [], edges: [], width: 0, height: 0 };
  const layerOf = assignLayers(nodes, options.result ?? null);
  const items = nodes.map<Item>((node, index) => ({
    node: index,
    source: index,
    layer: layerOf[index]!,
    ...extents(node),
    above: [],
    below: [],
    center: 0,
  }));
  const chains = linkItems(nodes, items, bendWidth);
  const layers = groupByLayer([...items, ...chains.flat()]);
  orderLayers(layers);
  placeX(layers, gapX);
  const { tops, height } = placeY(nodes, layers, gapY, labelHeight);

  const left = Math.min(...layers.flat().map((item) => item.center - item.left));
  const right = Math.max(...layers.flat().map((item) => item.center + item.right));
  const placed = nodes.map<PlacedNode>((node, index) => ({
    x: items[index]!.center - node.width / 2 - left,
    y: tops[layerOf[index]!]!,
    width: node.width,
    height: node.height,
    layer: layerOf[index]!,
  }));
  const bands = layers.map((layer) => Math.max(...layer.map((item) => heightOf(nodes, item))));
  const edges = nodes.flatMap((node, to) =>
    node.operands.flatMap<PlacedEdge>((from, port) => {
      if (from === null || !isOperand(from, to)) return [];
      const source = placed[from]!;
      const target = placed[to]!;
      const end = { x: target.x + target.width / 2 + portOffset(node, port), y: target.y };
      const bends = chains[from]!.filter((bend) => bend.layer < target.layer).flatMap((bend) => {
        const x = bend.center - left;
        const top = tops[bend.layer]!;
        return [
          { x, y: top },
          { x, y: top + bands[bend.layer]! },
        ];
      });
      const start = { x: source.x + source.width / 2, y: source.y + source.height };
      const straight = { x: end.x, y: end.y - labelLines(node) * labelHeight - 4 };
      const side = labelSide(node, port);
      const label = {
        x: end.x + side * LABEL_GAP,
        y: end.y - 7 - labelLine(node, port) * labelHeight,
        anchor: side < 0 ? ('end' as const) : ('start' as const),
      };
      return [{ from, to, port, points: [start, ...bends, straight, end], label }];
    }),
  );
  return { nodes: placed, edges, width: right - left, height };
}

/** Offset of a port from its node's centre: the ports divide the node's width evenly. */
function portOffset(node: GraphNode, port: number): number {
  return (node.width * (port + 1)) / (node.operands.length + 1) - node.width / 2;
}

/** Labels stand to the left of the ports of the left half, to the right of the others. */
function labelSide(node: GraphNode, port: number): -1 | 1 {
  return 2 * port + 1 < node.operands.length ? -1 : 1;
}

/** The outermost ports' labels stand lowest. */
function labelLine(node: GraphNode, port: number): number {
  const inwards = labelSide(node, port) < 0 ? port : node.operands.length - 1 - port;
  return inwards % LABEL_LINES;
}

function labelLines(node: GraphNode): number {
  return Math.min(LABEL_LINES, Math.ceil(node.operands.length / 2));
}

function extents(node: GraphNode): { left: number; right: number } {
  const room = { left: node.width / 2, right: node.width / 2 };
  node.labels?.forEach((width, port) => {
    if (width === 0) return;
    const side = labelSide(node, port);
    const reach = side * portOffset(node, port) + LABEL_GAP + width;
    if (side < 0) room.left = Math.max(room.left, reach);
    else room.right = Math.max(room.right, reach);
  });
  return room;
}

function isOperand(from: number, to: number): boolean {
  return from >= 0 && from < to;
}

function heightOf(nodes: readonly GraphNode[], item: Item): number {
  return item.node >= 0 ? nodes[item.node]!.height : 0;
}

/**
 * Longest path from the inputs, then every operation as near to its first use as it can be, which leaves fewer long
 * edges: those of an input share one chain. The result below everything.
 */
function assignLayers(nodes: readonly GraphNode[], result: number | null): number[] {
  const layers: number[] = [];
  nodes.forEach((node, index) => {
    let layer = 0;
    for (const from of node.operands) {
      if (from !== null && isOperand(from, index)) layer = Math.max(layer, layers[from]! + 1);
    }
    layers.push(layer);
  });
  if (result !== null && layers[result] !== undefined && nodes.every((n) => !n.operands.includes(result))) {
    const others = layers.filter((_, index) => index !== result);
    const isolated = nodes[result]!.operands.every((from) => from === null);
    if (!isolated) layers[result] = Math.max(layers[result]!, ...others);
  }
  const firstUse = nodes.map(() => Number.POSITIVE_INFINITY);
  for (let index = nodes.length - 1; index >= 0; index--) {
    const operands = nodes[index]!.operands.filter((from) => from !== null && isOperand(from, index));
    if (operands.length > 0 && firstUse[index] !== Number.POSITIVE_INFINITY) {
      layers[index] = firstUse[index]! - 1;
    }
    for (const from of operands) firstUse[from!] = Math.min(firstUse[from!]!, layers[index]!);
  }
  return layers;
}

/** Joins the items; a node whose users stand more than one layer below gets one chain of bends for all of them. */
function linkItems(nodes: readonly GraphNode[], items: readonly Item[], bendWidth: number): Item[][] {
  const chains = items.map<Item[]>(() => []);
  nodes.forEach((node, to) => {
    node.operands.forEach((from, port) => {
      if (from === null || !isOperand(from, to)) return;
      const target = items[to]!;
      const chain = chains[from]!;
      let above = items[from]!;
      for (let layer = above.layer + 1; layer < target.layer; layer++) {
        let bend = chain[layer - items[from]!.layer - 1];
        if (bend === undefined) {
          const half = bendWidth / 2;
          bend = { node: -1, source: from, layer, left: half, right: half, above: [], below: [], center: 0 };
          chain.push(bend);
          join(above, bend, 0);
        }
        above = bend;
      }
      join(above, target, portOffset(node, port));
    });
  });
  return chains;
}

function join(above: Item, below: Item, port: number): void {
  above.below.push({ item: below, own: 0, other: port });
  below.above.push({ item: above, own: port, other: 0 });
}

function groupByLayer(items: readonly Item[]): Item[][] {
  const layers: Item[][] = [];
  for (const item of items) {
    while (layers.length <= item.layer) layers.push([]);
    layers[item.layer]!.push(item);
  }
  for (const layer of layers) layer.sort((a, b) => a.source - b.source);
  return layers;
}

/** Sweeps down and up by barycentre, keeps the order with the fewest crossings; the first layer stays as it is. */
function orderLayers(layers: Item[][]): void {
  let best = layers.map((layer) => [...layer]);
  let fewest = countCrossings(layers);
  for (let sweep = 0; sweep < ORDER_SWEEPS && fewest > 0; sweep++) {
    const down = sweep % 2 === 0;
    for (let k = 1; k < layers.length; k++) {
      const at = down ? k : layers.length - k;
      const layer = layers[at]!;
      const positions = positionsOf(layers[down ? at - 1 : at + 1] ?? []);
      const keys = new Map(layer.map((item, index) => [item, barycentre(item, positions, down, index)]));
      layer.sort((a, b) => keys.get(a)! - keys.get(b)! || a.source - b.source);
    }
    const crossings = countCrossings(layers);
    if (crossings < fewest) {
      fewest = crossings;
      best = layers.map((layer) => [...layer]);
    }
  }
  best.forEach((layer, index) => {
    layers[index] = layer;
  });
}

function positionsOf(layer: readonly Item[]): Map<Item, number> {
  return new Map(layer.map((item, index) => [item, index]));
}

function barycentre(item: Item, positions: Map<Item, number>, down: boolean, index: number): number {
  const links = down ? item.above : item.below;
  if (links.length === 0) return index;
  return links.reduce((sum, link) => sum + positions.get(link.item)!, 0) / links.length;
}

function countCrossings(layers: readonly (readonly Item[])[]): number {
  let crossings = 0;
  for (let k = 1; k < layers.length; k++) {
    const upper = positionsOf(layers[k - 1]!);
    const ends = layers[k]!.flatMap((item, index) =>
      item.above.map(
        (link) => [index + link.own / (item.left + item.right + 1), upper.get(link.item)!] as const,
      ),
    ).sort((a, b) => a[0] - b[0]);
    for (let i = 0; i < ends.length; i++) {
      for (let j = i + 1; j < ends.length; j++) {
        if (ends[i]![0] < ends[j]![0] && ends[i]![1] > ends[j]![1]) crossings++;
      }
    }
  }
  return crossings;
}

function placeX(layers: readonly (readonly Item[])[], gap: number): void {
  for (const layer of layers)
    settle(
      layer,
      layer.map(() => 0),
      gap,
    );
  for (let sweep = 0; sweep < COORDINATE_SWEEPS; sweep++) {
    const down = sweep % 2 === 1;
    for (let k = 0; k < layers.length; k++) {
      const layer = layers[down ? k : layers.length - 1 - k]!;
      settle(
        layer,
        layer.map((item) => wish(item, down)),
        gap,
      );
    }
  }
}

/** Where an item would stand to have its edges upright: those to one side, or to both where that side has none. */
function wish(item: Item, down: boolean): number {
  const first = down ? item.above : item.below;
  const links = first.length > 0 ? first : down ? item.below : item.above;
  if (links.length === 0) return item.center;
  return links.reduce((sum, link) => sum + link.item.center + link.other - link.own, 0) / links.length;
}

/**
 * The centres nearest to the wishes (least squares) that keep order and distance: in coordinates without the
 * distances, wishes that run backwards are pooled to their mean.
 */
function settle(layer: readonly Item[], wishes: readonly number[], gap: number): void {
  const offsets: number[] = [];
  layer.forEach((item, index) => {
    const before = layer[index - 1];
    offsets.push(before === undefined ? 0 : offsets[index - 1]! + before.right + item.left + gap);
  });
  const blocks: { sum: number; count: number }[] = [];
  wishes.forEach((wanted, index) => {
    let block = { sum: wanted - offsets[index]!, count: 1 };
    for (let last = blocks.at(-1); last !== undefined && last.sum / last.count >= block.sum / block.count; ) {
      block = { sum: last.sum + block.sum, count: last.count + block.count };
      blocks.pop();
      last = blocks.at(-1);
    }
    blocks.push(block);
  });
  let index = 0;
  for (const block of blocks) {
    for (let k = 0; k < block.count; k++, index++) {
      layer[index]!.center = block.sum / block.count + offsets[index]!;
    }
  }
}

function placeY(
  nodes: readonly GraphNode[],
  layers: readonly (readonly Item[])[],
  gapY: number,
  labelHeight: number,
): { tops: number[]; height: number } {
  const tops: number[] = [];
  let y = 0;
  layers.forEach((layer, index) => {
    if (index > 0) {
      const lines = Math.max(0, ...layer.map((item) => (item.node >= 0 ? labelLines(nodes[item.node]!) : 0)));
      y += gapY + lines * labelHeight;
    }
    tops.push(y);
    y += Math.max(...layer.map((item) => heightOf(nodes, item)));
  });
  return { tops, height: y };
}
