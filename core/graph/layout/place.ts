/** Where the items of each layer stand from left to right. */
import type { Layered } from './layered.ts';
import { SLICE } from './order.ts';

const SWEEPS = 8;
/** Bends of long edges are moved less readily than nodes: those edges run straight, and nodes make way. */
const BEND_WEIGHT = 8;

/** Sweeps up and down in which each layer settles as near to its neighbours as distances allow. */
export function* placeAfresh(graph: Layered, gap: number): Generator<void> {
  const { layers, center } = graph;
  const wishes = new Float64Array(graph.items);
  const weights = new Float64Array(graph.items).fill(BEND_WEIGHT).fill(1, 0, graph.nodes);
  for (const layer of layers) settle(graph, layer, wishes, weights, gap);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 1;
    let done = 0;
    for (let k = 0; k < layers.length; k++) {
      const layer = layers[down ? k : layers.length - 1 - k]!;
      for (const item of layer) wishes[item] = wish(graph, item, down, center);
      settle(graph, layer, wishes, weights, gap);
      done += layer.length;
      if (done > SLICE) {
        done = 0;
        yield;
      }
    }
  }
}

/**
 * Where an item would stand to have its edges upright: those to one side, or to the other where that side has none. A
 * bend follows the next bend of its chain.
 */
export function wish(graph: Layered, item: number, down: boolean, center: Float64Array): number {
  const along = down ? item - 1 : item + 1;
  if (item >= graph.nodes && along >= graph.nodes && graph.source[along] === graph.source[item])
    return center[along]!;
  const { aboveStart, belowStart, upper, lower, lowerLink, port } = graph;
  const above = aboveStart[item + 1]! - aboveStart[item]!;
  const below = belowStart[item + 1]! - belowStart[item]!;
  if (above + below === 0) return center[item]!;
  let sum = 0;
  if (down ? above > 0 : below === 0) {
    for (let link = aboveStart[item]!; link < aboveStart[item + 1]!; link++)
      sum += center[upper[link]!]! - port[link]!;
    return sum / above;
  }
  for (let link = belowStart[item]!; link < belowStart[item + 1]!; link++)
    sum += center[lower[link]!]! + port[lowerLink[link]!]!;
  return sum / below;
}

/**
 * The centres nearest to the wishes (least squares, weighted) that keep order and distance: in coordinates without
 * the distances, wishes that run backwards are pooled to their mean.
 */
export function settle(
  graph: Layered,
  layer: Int32Array,
  wishes: Float64Array,
  weights: Float64Array,
  gap: number,
): void {
  const { left, right, center } = graph;
  const offsets = new Float64Array(layer.length);
  const sums = new Float64Array(layer.length);
  const masses = new Float64Array(layer.length);
  const counts = new Int32Array(layer.length);
  let blocks = 0;
  for (let index = 0; index < layer.length; index++) {
    const item = layer[index]!;
    if (index > 0) offsets[index] = offsets[index - 1]! + right[layer[index - 1]!]! + left[item]! + gap;
    let mass = weights[item]!;
    let sum = (wishes[item]! - offsets[index]!) * mass;
    let count = 1;
    while (blocks > 0 && sums[blocks - 1]! / masses[blocks - 1]! >= sum / mass) {
      blocks--;
      sum += sums[blocks]!;
      mass += masses[blocks]!;
      count += counts[blocks]!;
    }
    sums[blocks] = sum;
    masses[blocks] = mass;
    counts[blocks] = count;
    blocks++;
  }
  for (let block = 0, index = 0; block < blocks; block++) {
    const at = sums[block]! / masses[block]!;
    for (let k = 0; k < counts[block]!; k++, index++) center[layer[index]!] = at + offsets[index]!;
  }
}
