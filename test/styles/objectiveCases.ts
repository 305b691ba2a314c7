/** The objectives that benchmarks of differentiation share, at moderate sizes. */
import type { EncodedValue } from '../../core/analysis/evaluateAt.types.ts';
import { generator } from '../support/comparison.ts';

const random = generator(2026);

const numbers = (n: number, low = -1, high = 1) =>
  Array.from({ length: n }, () => low + (high - low) * random());
const rows = (n: number, m: number, low = -1, high = 1) =>
  Array.from({ length: n }, () => numbers(m, low, high));
const typed = (data: number[]): EncodedValue => ({ $typed: 'Float64Array', data });

export interface Objective {
  readonly file: string;
  readonly name: string;
  readonly args: readonly EncodedValue[];
  /** Arguments that are inputs, by position. */
  readonly inputs: readonly number[];
}

const camera = () => [
  ...numbers(3, -0.4, 0.4),
  ...numbers(3, -0.2, 0.2),
  ...numbers(1, 400, 600),
  ...numbers(2, -5, 5),
  ...numbers(2, -0.05, 0.05),
];
const observations = Array.from({ length: 60 }, (_, i) => [i % 4, i % 20, ...numbers(2, -50, 50)]);

const hand = (bones: number, vertices: number): EncodedValue => ({
  parents: Array.from({ length: bones }, (_, b) => (b % 4 === 0 ? -1 : b - 1)),
  offsets: rows(bones, 3),
  vertices: rows(vertices, 3),
  weights: rows(bones, vertices, 0, 1).map((w, b) => w.map((x, k) => ((b + k) % 3 === 0 ? x : 0))),
  targets: rows(vertices, 3),
});

export const objectives: readonly Objective[] = [
  {
    file: 'gmm.ts',
    name: 'gmm',
    args: [numbers(5), rows(5, 4), rows(5, 10), rows(30, 4)],
    inputs: [0, 1, 2],
  },
  {
    file: 'gmm.ts',
    name: 'gmm',
    args: [numbers(20), rows(20, 8), rows(20, 36), rows(40, 8), 1.5, 2],
    inputs: [0, 1, 2],
  },
  { file: 'bundle.ts', name: 'project', args: [camera(), [...numbers(2, -2, 2), 8]], inputs: [0, 1] },
  {
    file: 'bundle.ts',
    name: 'residual',
    args: [camera(), [...numbers(2, -2, 2), 8], 0.8, [3, -20]],
    inputs: [0, 1, 2],
  },
  {
    file: 'bundle.ts',
    name: 'bundle',
    args: [
      Array.from({ length: 4 }, camera),
      rows(20, 2).map((p) => [...p, 7 + p[0]!]),
      numbers(60, 0.5, 1),
      observations,
    ],
    inputs: [0, 1, 2],
  },
  { file: 'hand.ts', name: 'hand', args: [numbers(6 + 3 * 5, -0.5, 0.5), hand(5, 8)], inputs: [0] },
  {
    file: 'lstm.ts',
    name: 'lstm',
    args: [
      [1, 2].map(() => ({ weight: numbers(4 * 14), bias: numbers(4 * 14) })),
      [numbers(14), numbers(14), numbers(14)],
      rows(10, 14, 0, 1),
    ],
    inputs: [0, 1],
  },
  { file: 'classic.ts', name: 'speelpenning', args: [numbers(200, 0.8, 1.25)], inputs: [0] },
  { file: 'classic.ts', name: 'minors', args: [numbers(25), 5], inputs: [0] },
  { file: 'classic.ts', name: 'factored', args: [numbers(144), 12], inputs: [0] },
  { file: 'classic.ts', name: 'product', args: [numbers(64), numbers(64), 8], inputs: [0, 1] },
  { file: 'classic.ts', name: 'polynomial', args: [numbers(12), 0.7], inputs: [0, 1] },
  { file: 'classic.ts', name: 'sparse', args: [numbers(1000)], inputs: [0] },
  { file: 'classic.ts', name: 'sparseMap', args: [numbers(12)], inputs: [0] },
  { file: 'classic.ts', name: 'rosenbrock', args: [numbers(2000)], inputs: [0] },
  { file: 'classic.ts', name: 'ackley', args: [numbers(60, -2, 2)], inputs: [0] },
  { file: 'dynamics.ts', name: 'ode', args: [numbers(10, 0.5, 1.5), 20], inputs: [0] },
  {
    file: 'dynamics.ts',
    name: 'brusselator',
    args: [numbers(64, 0.5, 1.5), numbers(64, 1, 2), 8, 12, 3.4],
    inputs: [0, 1, 4],
  },
  { file: 'dynamics.ts', name: 'bodies', args: [numbers(30), numbers(5, 0.5, 1.5), 20], inputs: [0, 1] },
  { file: 'dynamics.ts', name: 'helmholtz', args: [numbers(25, 0.1, 0.9)], inputs: [0] },
  {
    file: 'network.ts',
    name: 'loss',
    args: [
      {
        w1: typed(numbers(64 * 24, -0.3, 0.3)),
        b1: typed(numbers(24)),
        w2: typed(numbers(240)),
        b2: typed(numbers(10)),
      },
      rows(8, 64, 0, 1),
      [3, 1, 4, 1, 5, 9, 2, 6],
    ],
    inputs: [0],
  },
];
