/** What is timed: each workload as a loop over its data. */
import * as hand from './byHand.ts';
import { type Data, makeData } from './data.ts';
import * as primals from './primals.ts';

/** Runs `times` evaluations; yields something that depends on all of them, so that none is left out. */
export type Runner = (times: number) => number;

/** A function under test, whose parameters depend on the workload. */
// biome-ignore lint/suspicious/noExplicitAny: made at run time
export type Contestant = (...args: any[]) => any;

/** A place for the answer: one flat array, and views of its rows. */
export interface Out {
  readonly flat: Float64Array;
  readonly rows: readonly Float64Array[];
  readonly value: Float64Array;
}

/**
 * Refers to nothing outside itself: each contestant gets an instance of its own by its text, so that none shares what
 * the engine learnt of another.
 */
export type Loop = (f: Contestant, data: Data, out: Out) => Runner;

export interface Workload {
  readonly name: string;
  /** By which the programs in C know it. */
  readonly letter: string;
  /** The inputs as one array. */
  readonly inputs: (data: Data) => Float64Array;
  readonly primal: string;
  readonly kind: 'gradient' | 'jacobian';
  /** Which parameters to differentiate with respect to. */
  readonly wrt: readonly number[];
  /** Evaluations a round, and elements of the answer. */
  readonly times: number;
  readonly size: number;
  readonly runPrimal: Loop;
  readonly primalOf: Contestant;
  readonly runHand: Loop;
  readonly hand: Contestant;
  readonly run: Loop;
  /** Of a gradient that is returned. */
  readonly runReturned?: Loop;
}

export const data = makeData();

/** Equal texts would share their code. */
let instances = 0;

export function instance(
  loop: Loop,
  f: Contestant,
  size: number,
): { readonly run: Runner; readonly out: Out } {
  const flat = new Float64Array(size);
  const half = size >> 1;
  const out = { flat, rows: [flat.subarray(0, half), flat.subarray(half)], value: new Float64Array(2) };
  // The bench's own text.
  const own = new Function(`/* ${++instances} */ return ${loop.toString()};`)() as Loop;
  return { run: own(f, data, out), out };
}

function perceptron(batch: 1 | 32, times: number): Workload {
  const loops: { readonly [B in 1 | 32]: { readonly primal: Loop; readonly run: Loop } } = {
    1: {
      primal: (f, data) => (times) => {
        let sum = 0;
        for (let i = 0; i < times; i++) sum += f(data.weights, data.batch, data.targets, 1);
        return sum;
      },
      run: (f, data, out) => (times) => {
        let sum = 0;
        for (let i = 0; i < times; i++) {
          f(data.weights, data.batch, data.targets, 1, out.flat);
          sum += out.flat[7]!;
        }
        return sum;
      },
    },
    32: {
      primal: (f, data) => (times) => {
        let sum = 0;
        for (let i = 0; i < times; i++) sum += f(data.weights, data.batch, data.targets, 32);
        return sum;
      },
      run: (f, data, out) => (times) => {
        let sum = 0;
        for (let i = 0; i < times; i++) {
          f(data.weights, data.batch, data.targets, 32, out.flat);
          sum += out.flat[7]!;
        }
        return sum;
      },
    },
  };
  const { primal, run } = loops[batch];
  return {
    name: `e: perceptron, batch ${batch}`,
    letter: batch === 1 ? 'e' : 'E',
    inputs: (data) => data.weights,
    primal: 'perceptron',
    kind: 'gradient',
    wrt: [0],
    times,
    size: data.weights.length,
    runPrimal: primal,
    primalOf: primals.perceptron,
    runHand: run,
    hand: hand.perceptronGradient,
    run,
  };
}

/** Of functions of one array: over one or over many of them. */
function ofOne(
  name: string,
  primal: Contestant & { readonly name: string },
  byHand: Contestant,
  size: number,
  times: number,
  loops: { readonly primal: Loop; readonly run: Loop; readonly inputs: Workload['inputs'] },
): Workload {
  return {
    name,
    letter: name.slice(0, 1),
    inputs: loops.inputs,
    primal: primal.name,
    kind: 'gradient',
    wrt: [0],
    times,
    size,
    runPrimal: loops.primal,
    primalOf: primal,
    runHand: loops.run,
    hand: byHand,
    run: loops.run,
  };
}

export function workloads(): Workload[] {
  const scalars: Loop = (f, data, out) => (times) => {
    let sum = 0;
    for (let i = 0; i < times; i++) {
      f(data.scalars[i & 2047]!, data.scalars[(i + 1) & 2047]!, out.flat);
      sum += out.flat[0]!;
    }
    return sum;
  };
  const mixtures: Loop = (f, data, out) => (times) => {
    let sum = 0;
    for (let i = 0; i < times; i++) {
      f(data.mixture, data.points, 1000, out.flat);
      sum += out.flat[0]!;
    }
    return sum;
  };
  return [
    {
      name: 'a: x1·x2 + sin x1',
      letter: 'a',
      inputs: (data) => data.scalars.subarray(0, 2),
      primal: 'scalar',
      kind: 'gradient',
      wrt: [0, 1],
      times: 40_000,
      size: 2,
      runPrimal: (f, data) => (times) => {
        let sum = 0;
        for (let i = 0; i < times; i++) sum += f(data.scalars[i & 2047]!, data.scalars[(i + 1) & 2047]!);
        return sum;
      },
      primalOf: primals.scalar,
      runHand: scalars,
      hand: hand.scalarGradient,
      run: scalars,
      runReturned: (f, data) => (times) => {
        let sum = 0;
        for (let i = 0; i < times; i++) {
          const [first, second] = f(data.scalars[i & 2047]!, data.scalars[(i + 1) & 2047]!);
          sum += first + second;
        }
        return sum;
      },
    },
    ofOne('b: Rosenbrock, n = 1000', primals.rosenbrock, hand.rosenbrockGradient, 1000, 400, {
      inputs: (data) => data.rosenbrock,
      primal: (f, data) => (times) => {
        let sum = 0;
        for (let i = 0; i < times; i++) sum += f(data.rosenbrock);
        return sum;
      },
      run: (f, data, out) => (times) => {
        let sum = 0;
        for (let i = 0; i < times; i++) {
          f(data.rosenbrock, out.flat);
          sum += out.flat[i % 1000]!;
        }
        return sum;
      },
    }),
    {
      name: 'c: Gaussian mixture, 1000 points',
      letter: 'c',
      inputs: (data) => data.mixture,
      primal: 'mixture',
      kind: 'gradient',
      wrt: [0],
      times: 1,
      size: data.mixture.length,
      runPrimal: (f, data) => (times) => {
        let sum = 0;
        for (let i = 0; i < times; i++) sum += f(data.mixture, data.points, 1000);
        return sum;
      },
      primalOf: primals.mixture,
      runHand: mixtures,
      hand: hand.mixtureGradient,
      run: mixtures,
    },
    {
      name: 'd: bundle adjustment',
      letter: 'd',
      inputs: (data) => data.views[0]!,
      primal: 'reprojection',
      kind: 'jacobian',
      wrt: [0],
      times: 5000,
      size: 30,
      runPrimal: (f, data) => (times) => {
        let sum = 0;
        for (let i = 0; i < times; i++) sum += f(data.views[i & 255]!, 3, 4)[0];
        return sum;
      },
      primalOf: primals.reprojection,
      runHand: (f, data, out) => (times) => {
        let sum = 0;
        for (let i = 0; i < times; i++) {
          f(data.views[i & 255]!, 3, 4, out.value, out.flat);
          sum += out.flat[0]!;
        }
        return sum;
      },
      hand: hand.reprojectionJacobian,
      run: (f, data, out) => (times) => {
        let sum = 0;
        for (let i = 0; i < times; i++) {
          f(data.views[i & 255]!, 3, 4, out.rows);
          sum += out.rows[0]![0]!;
        }
        return sum;
      },
    },
    perceptron(1, 40),
    perceptron(32, 2),
    ofOne('f: pendulum, 1000 steps', primals.pendulum, hand.pendulumGradient, 4, 8, {
      inputs: (data) => data.pendulum,
      primal: (f, data) => (times) => {
        let sum = 0;
        for (let i = 0; i < times; i++) sum += f(data.pendulum);
        return sum;
      },
      run: (f, data, out) => (times) => {
        let sum = 0;
        for (let i = 0; i < times; i++) {
          f(data.pendulum, out.flat);
          sum += out.flat[0]!;
        }
        return sum;
      },
    }),
    ofOne('g: Black–Scholes', primals.blackScholes, hand.blackScholesGradient, 5, 5000, {
      inputs: (data) => data.options[0]!,
      primal: (f, data) => (times) => {
        let sum = 0;
        for (let i = 0; i < times; i++) sum += f(data.options[i & 255]!);
        return sum;
      },
      run: (f, data, out) => (times) => {
        let sum = 0;
        for (let i = 0; i < times; i++) {
          f(data.options[i & 255]!, out.flat);
          sum += out.flat[0]!;
        }
        return sum;
      },
    }),
  ];
}
