/**
 * Tape libraries from npm, in which the functions have to be written again in the library's own operations: adnn
 * (scalars, a node an operation) and TensorFlow.js (whole arrays at a time). Installed into the cache on the first
 * run, none of them part of the product.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { installed } from '../installed.ts';
import type { Argument } from './ours.ts';

const PACKAGES = ['adnn@2', '@tensorflow/tfjs@4'];

// biome-ignore lint/suspicious/noExplicitAny: these packages are loaded at run time, without their types.
type Foreign = any;

/** Runs a function with its reverse sweep; some numbers of the gradient, to compare. */
export type Library = (args: readonly Argument[]) => number[];
export interface Libraries {
  readonly [library: string]: { readonly [name: string]: Library };
}

export async function libraries(cache: string): Promise<Libraries> {
  const folder = installed(cache, 'tape-libraries', PACKAGES);
  const require = createRequire(path.join(folder, 'package.json'));
  return { adnn: adnn(require('adnn/ad')), tfjs: await tensorflow(require) };
}

const numbers = (a: Argument | undefined) => a as readonly number[];

function adnn(ad: Foreign): { readonly [name: string]: Library } {
  const { add, sub, mul, div, exp, log, sqrt, sin, atan } = ad.scalar;
  const lift = (x: Argument | undefined) => ad.lift(x);
  const lifted = (a: Argument | undefined) => numbers(a).map(lift);
  const gradient = (result: Foreign, inputs: readonly Foreign[]): number[] => {
    result.backprop();
    return inputs.map((input) => ad.derivative(input));
  };
  const tree = (x: Foreign, depth: number): Foreign => {
    if (depth === 0) return x;
    const left = tree(mul(x, 0.999), depth - 1);
    const right = tree(mul(x, 1.001), depth - 1);
    return add(mul(0.5, add(left, right)), mul(0.001, mul(left, right)));
  };
  type Vector = readonly [Foreign, Foreign, Foreign];
  const plus = (a: Vector, b: Vector): Vector => [add(a[0], b[0]), add(a[1], b[1]), add(a[2], b[2])];
  const times = (a: Vector, k: Foreign): Vector => [mul(a[0], k), mul(a[1], k), mul(a[2], k)];
  const cross = (a: Vector, b: Vector): Vector => [
    sub(mul(a[1], b[2]), mul(a[2], b[1])),
    sub(mul(a[2], b[0]), mul(a[0], b[2])),
    sub(mul(a[0], b[1]), mul(a[1], b[0])),
  ];
  return {
    logistic([r, x, n]) {
      const inputs = [lift(r), lift(x)];
      let y = inputs[1];
      for (let i = 0; i < (n as number); i++) y = mul(mul(inputs[0], y), sub(1, y));
      return gradient(y, inputs);
    },
    matvec([matrix, vector]) {
      const rows = (matrix as readonly Argument[]).map(lifted);
      const v = lifted(vector);
      let sum: Foreign = 0;
      for (const row of rows) {
        let dot: Foreign = 0;
        for (let j = 0; j < row.length; j++) dot = add(dot, mul(row[j], v[j]));
        sum = add(sum, mul(dot, dot));
      }
      return gradient(sum, [...rows.flat(), ...v]);
    },
    tree([x, depth]) {
      const input = lift(x);
      return gradient(tree(input, depth as number), [input]);
    },
    vectors([x, y, z, steps]) {
      const inputs: Vector = [lift(x), lift(y), lift(z)];
      let position = inputs;
      let velocity: Vector = [0.1, 0.2, 0.3];
      for (let i = 0; i < (steps as number); i++) {
        const force = plus(cross(velocity, position), times(position, -0.1));
        velocity = plus(velocity, times(force, 0.001));
        position = plus(position, times(velocity, 0.001));
      }
      const [a, b, c] = position;
      return gradient(add(add(mul(a, a), mul(b, b)), mul(c, c)), inputs);
    },
    likelihood([data, mean, spread]) {
      const inputs = [lift(mean), lift(spread)];
      let sum: Foreign = 0;
      for (const x of numbers(data)) {
        const z = div(sub(x, inputs[0]), inputs[1]);
        const first = sub(log(add(1, exp(mul(sub(0, z), z)))), mul(atan(z), sin(z)));
        sum = add(sum, add(first, sqrt(add(1, mul(z, z)))));
      }
      return gradient(sum, inputs);
    },
  };
}

async function tensorflow(require: NodeJS.Require): Promise<{ readonly [name: string]: Library }> {
  const tf: Foreign = require('@tensorflow/tfjs');
  await tf.setBackend('cpu');
  // 32 bits: its results are not comparable beyond seven digits.
  const gradient = (f: (...inputs: Foreign[]) => Foreign, inputs: Foreign[]): number[] =>
    tf.tidy(() =>
      tf
        .grads(f)(inputs)
        .flatMap((g: Foreign) => Array.from(g.dataSync())),
    );
  return {
    matvec: ([matrix, vector]) =>
      gradient(
        (m, v) => tf.sum(tf.square(tf.matMul(m, v))),
        [tf.tensor2d(matrix), tf.tensor2d(numbers(vector).map((x) => [x]))],
      ),
    likelihood: ([data, mean, spread]) =>
      gradient(
        (m, s) => {
          const z = tf.div(tf.sub(tf.tensor1d(data), m), s);
          const first = tf.log1p(tf.exp(tf.neg(tf.square(z))));
          const second = tf.mul(tf.atan(z), tf.sin(z));
          return tf.sum(tf.add(tf.sub(first, second), tf.sqrt(tf.add(1, tf.square(z)))));
        },
        [tf.scalar(mean), tf.scalar(spread)],
      ),
  };
}
