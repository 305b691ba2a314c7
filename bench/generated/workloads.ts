/** What is timed: each workload as closures over its data, that run it a number of times. */
import * as hand from './byHand.ts';
import { type Data, makeData } from './data.ts';
import * as primals from './primals.ts';

/** Runs `times` evaluations; yields something that depends on all of them, so that none is left out. */
export type Runner = (times: number) => number;

/** A generated function, whose parameters depend on the workload. */
// biome-ignore lint/suspicious/noExplicitAny: generated at run time
export type Generated = (...args: any[]) => any;

export interface Workload {
  readonly name: string;
  readonly primal: string;
  readonly kind: 'gradient' | 'jacobian';
  /** Which parameters to differentiate with respect to. */
  readonly wrt: readonly number[];
  /** Evaluations a round. */
  readonly times: number;
  readonly runPrimal: Runner;
  readonly runHand: Runner;
  /** Of the generated gradient, and of value and gradient. */
  readonly run: (f: Generated) => Runner;
  /** The derivative at one input by hand and as generated, flat. */
  readonly check: (f: Generated) => { readonly ours: number[]; readonly known: number[] };
}

function repeated(body: (i: number) => number): Runner {
  return (times) => {
    let sum = 0;
    for (let i = 0; i < times; i++) sum += body(i);
    return sum;
  };
}

export function workloads(data: Data = makeData()): Workload[] {
  const out2 = new Float64Array(2);
  const n = data.rosenbrock.length;
  const outRosenbrock = new Float64Array(n);
  const outMixture = new Float64Array(data.mixture.length);
  const outWeights = new Float64Array(data.weights.length);
  const out4 = new Float64Array(4);
  const out5 = new Float64Array(5);
  const out30 = new Float64Array(30);
  const rows = [out30.subarray(0, 15), out30.subarray(15)];
  const value = new Float64Array(2);
  const perceptron = (batch: number, times: number): Workload => ({
    name: `e: perceptron, batch ${batch}`,
    primal: 'perceptron',
    kind: 'gradient',
    wrt: [0],
    times,
    runPrimal: repeated(() => primals.perceptron(data.weights, data.batch, data.targets, batch)),
    runHand: repeated(() => {
      hand.perceptronGradient(data.weights, data.batch, data.targets, batch, outWeights);
      return outWeights[7]!;
    }),
    run: (f) =>
      repeated(() => {
        f(data.weights, data.batch, data.targets, batch, outWeights);
        return outWeights[7]!;
      }),
    check: (f) => {
      hand.perceptronGradient(data.weights, data.batch, data.targets, batch, outWeights);
      const known = [...outWeights];
      f(data.weights, data.batch, data.targets, batch, outWeights);
      return { ours: [...outWeights], known };
    },
  });
  return [
    {
      name: 'a: x1·x2 + sin x1',
      primal: 'scalar',
      kind: 'gradient',
      wrt: [0, 1],
      times: 100_000,
      runPrimal: repeated((i) => primals.scalar(data.scalars[i & 2047]!, data.scalars[(i + 1) & 2047]!)),
      runHand: repeated((i) => {
        hand.scalarGradient(data.scalars[i & 2047]!, data.scalars[(i + 1) & 2047]!, out2);
        return out2[0]!;
      }),
      run: (f) =>
        repeated((i) => {
          f(data.scalars[i & 2047]!, data.scalars[(i + 1) & 2047]!, out2);
          return out2[0]!;
        }),
      check: (f) => {
        hand.scalarGradient(0.7, -1.3, out2);
        const known = [...out2];
        f(0.7, -1.3, out2);
        return { ours: [...out2], known };
      },
    },
    {
      name: 'b: Rosenbrock, n = 1000',
      primal: 'rosenbrock',
      kind: 'gradient',
      wrt: [0],
      times: 2000,
      runPrimal: repeated(() => primals.rosenbrock(data.rosenbrock)),
      runHand: repeated((i) => {
        hand.rosenbrockGradient(data.rosenbrock, outRosenbrock);
        return outRosenbrock[i % n]!;
      }),
      run: (f) =>
        repeated((i) => {
          f(data.rosenbrock, outRosenbrock);
          return outRosenbrock[i % n]!;
        }),
      check: (f) => {
        hand.rosenbrockGradient(data.rosenbrock, outRosenbrock);
        const known = [...outRosenbrock];
        f(data.rosenbrock, outRosenbrock);
        return { ours: [...outRosenbrock], known };
      },
    },
    {
      name: 'c: Gaussian mixture, 1000 points',
      primal: 'mixture',
      kind: 'gradient',
      wrt: [0],
      times: 4,
      runPrimal: repeated(() => primals.mixture(data.mixture, data.points, 1000)),
      runHand: repeated(() => {
        hand.mixtureGradient(data.mixture, data.points, 1000, outMixture);
        return outMixture[0]!;
      }),
      run: (f) =>
        repeated(() => {
          f(data.mixture, data.points, 1000, outMixture);
          return outMixture[0]!;
        }),
      check: (f) => {
        hand.mixtureGradient(data.mixture, data.points, 100, outMixture);
        const known = [...outMixture];
        f(data.mixture, data.points, 100, outMixture);
        return { ours: [...outMixture], known };
      },
    },
    {
      name: 'd: bundle adjustment',
      primal: 'reprojection',
      kind: 'jacobian',
      wrt: [0],
      times: 40_000,
      runPrimal: repeated((i) => primals.reprojection(data.views[i & 255]!, 3, 4)[0]),
      runHand: repeated((i) => {
        hand.reprojectionJacobian(data.views[i & 255]!, 3, 4, value, out30);
        return out30[0]!;
      }),
      run: (f) =>
        repeated((i) => {
          f(data.views[i & 255]!, 3, 4, rows);
          return out30[0]!;
        }),
      check: (f) => {
        hand.reprojectionJacobian(data.views[0]!, 3, 4, value, out30);
        const known = [...out30];
        f(data.views[0]!, 3, 4, rows);
        return { ours: [...out30], known };
      },
    },
    perceptron(1, 300),
    perceptron(32, 12),
    {
      name: 'f: pendulum, 1000 steps',
      primal: 'pendulum',
      kind: 'gradient',
      wrt: [0],
      times: 60,
      runPrimal: repeated(() => primals.pendulum(data.pendulum)),
      runHand: repeated(() => {
        hand.pendulumGradient(data.pendulum, out4);
        return out4[0]!;
      }),
      run: (f) =>
        repeated(() => {
          f(data.pendulum, out4);
          return out4[0]!;
        }),
      check: (f) => {
        hand.pendulumGradient(data.pendulum, out4);
        const known = [...out4];
        f(data.pendulum, out4);
        return { ours: [...out4], known };
      },
    },
    {
      name: 'g: Black–Scholes',
      primal: 'blackScholes',
      kind: 'gradient',
      wrt: [0],
      times: 40_000,
      runPrimal: repeated((i) => primals.blackScholes(data.options[i & 255]!)),
      runHand: repeated((i) => {
        hand.blackScholesGradient(data.options[i & 255]!, out5);
        return out5[0]!;
      }),
      run: (f) =>
        repeated((i) => {
          f(data.options[i & 255]!, out5);
          return out5[0]!;
        }),
      check: (f) => {
        hand.blackScholesGradient(data.options[0]!, out5);
        const known = [...out5];
        f(data.options[0]!, out5);
        return { ours: [...out5], known };
      },
    },
  ];
}
