/** What is timed of nested data, each into an answer of its own that is there already. */
import { chain, chainGradient, layer, layerGradient, type Point } from './nested.ts';
import { type Contestant, data, type Runner } from './workloads.ts';

interface Nested {
  readonly name: string;
  readonly times: number;
  readonly runs: Readonly<Record<string, Runner>>;
  /** How far our gradient is from that by hand, relative to its largest element. */
  readonly error: () => number;
}

const repeated =
  (evaluate: () => number): Runner =>
  (times) => {
    let sum = 0;
    for (let i = 0; i < times; i++) sum += evaluate();
    return sum;
  };

function error(ours: readonly number[], hand: readonly number[]): number {
  return Math.max(...hand.map((h, i) => Math.abs(h - ours[i]!))) / Math.max(...hand.map(Math.abs));
}

export function nestedWorkloads(generated: Readonly<Record<string, Contestant>>): Nested[] {
  const rows = (flat: Float64Array, columns: number, count: number) =>
    Array.from({ length: count }, (_, r) => Array.from(flat.subarray(r * columns, (r + 1) * columns)));
  const weights = rows(data.weights, 32, 64);
  const bias = Array.from(data.weights.subarray(2048, 2112));
  const batch = rows(data.batch, 32, 32);
  const points: Point[] = Array.from({ length: 500 }, (_, i) => ({
    x: i + data.scalars[2 * i]!,
    y: data.scalars[2 * i + 1]!,
  }));
  const {
    layerGradient: ofLayer,
    layerValueAndGradient,
    chainGradient: ofChain,
    chainValueAndGradient,
  } = generated;
  const [ofWeights, ofPoints] = [
    () => weights.map((row) => row.map(() => 0.5)),
    () => points.map(() => ({ x: 0.5, y: 0.5 })),
  ];
  const outs = { hand: ofWeights(), gradient: ofWeights(), both: ofWeights() };
  const chains = { hand: ofPoints(), gradient: ofPoints(), both: ofPoints() };
  const flat = (all: readonly Point[]) => all.flatMap(({ x, y }) => [x, y]);
  return [
    {
      name: 'h: layer, number[][]',
      times: 20,
      runs: {
        primal: repeated(() => layer(weights, bias, batch)),
        hand: repeated(() => layerGradient(weights, bias, batch, outs.hand)[1]![1]!),
        gradient: repeated(() => ofLayer!(weights, bias, batch, outs.gradient)[1][1]),
        valueAndGradient: repeated(() => layerValueAndGradient!(weights, bias, batch, outs.both).value),
      },
      error: () =>
        error(
          ofLayer!(weights, bias, batch, outs.gradient).flat(),
          layerGradient(weights, bias, batch, outs.hand).flat(),
        ),
    },
    {
      name: 'i: chain of springs, { x, y }[]',
      times: 200,
      runs: {
        primal: repeated(() => chain(points, 1)),
        hand: repeated(() => chainGradient(points, 1, chains.hand)[1]!.x),
        gradient: repeated(() => ofChain!(points, 1, chains.gradient)[1].x),
        valueAndGradient: repeated(() => chainValueAndGradient!(points, 1, chains.both).value),
      },
      error: () =>
        error(flat(ofChain!(points, 1, chains.gradient)), flat(chainGradient(points, 1, chains.hand))),
    },
  ];
}
