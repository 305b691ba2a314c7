/** The order of the items of each layer. */
import type { Layered } from './layered.ts';

const SWEEPS = 4;
/** Layers are worked through in one go up to this many items. */
export const SLICE = 1500;

/** Sweeps down and up by barycentre, keeps the order with the fewest crossings; begins with source order. */
export function* orderAfresh(graph: Layered): Generator<void> {
  const { layers, source } = graph;
  const position = new Float64Array(graph.items);
  const keys = new Float64Array(graph.items);
  let best = layers.map((layer) => layer.slice());
  let fewest = yield* countCrossings(graph, position);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    const down = sweep % 2 === 0;
    let done = 0;
    for (let k = 1; k < layers.length; k++) {
      const at = down ? k : layers.length - k;
      const layer = layers[at]!;
      const fixed = layers[down ? at - 1 : at + 1];
      fixed?.forEach((item, index) => {
        position[item] = index;
      });
      layer.forEach((item, index) => {
        keys[item] = barycentre(graph, item, position, down, index);
      });
      layer.sort((a, b) => keys[a]! - keys[b]! || source[a]! - source[b]!);
      done += layer.length;
      if (done > SLICE) {
        done = 0;
        yield;
      }
    }
    const crossings = yield* countCrossings(graph, position);
    if (crossings < fewest) {
      fewest = crossings;
      best = layers.map((layer) => layer.slice());
    }
  }
  best.forEach((layer, index) => {
    layers[index] = layer;
  });
}

function barycentre(
  graph: Layered,
  item: number,
  position: Float64Array,
  down: boolean,
  index: number,
): number {
  const { aboveStart, belowStart, upper, lower } = graph;
  const start = down ? aboveStart : belowStart;
  const ends = down ? upper : lower;
  const [first, last] = [start[item]!, start[item + 1]!];
  if (first === last) return index;
  let sum = 0;
  for (let link = first; link < last; link++) sum += position[ends[link]!]!;
  return sum / (last - first);
}

/** Pairs of links between neighbouring layers that cross, counted by a tree of sums. */
export function* countCrossings(
  graph: Layered,
  position: Float64Array = new Float64Array(graph.items),
): Generator<void, number> {
  const { layers, aboveStart, upper, port } = graph;
  let crossings = 0;
  let done = 0;
  for (let k = 1; k < layers.length; k++) {
    const above = layers[k - 1]!;
    above.forEach((item, index) => {
      position[item] = index;
    });
    const tree = new Int32Array(above.length + 1);
    let seen = 0;
    // From left to right: how many links seen before end further to the right above?
    for (const item of layers[k]!) {
      const links = range(aboveStart[item]!, aboveStart[item + 1]!);
      if (links.length > 1) links.sort((a, b) => port[a]! - port[b]!);
      for (const link of links) {
        const at = position[upper[link]!]!;
        let before = 0;
        for (let i = at + 1; i > 0; i -= i & -i) before += tree[i]!;
        crossings += seen - before;
        for (let i = at + 1; i < tree.length; i += i & -i) tree[i] = tree[i]! + 1;
        seen++;
      }
    }
    done += layers[k]!.length;
    if (done > SLICE) {
      done = 0;
      yield;
    }
  }
  return crossings;
}

function range(from: number, to: number): number[] {
  const numbers: number[] = [];
  for (let n = from; n < to; n++) numbers.push(n);
  return numbers;
}
