/** Other libraries for derivatives on npm, each with the workloads that it can run; installed on the first run. */

import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { installed } from '../installed.ts';
import { data } from './workloads.ts';

const PACKAGES = [
  'rose@0.4.10',
  'mathjs@15.2.0',
  'nerdamer@1.1.13',
  '@tensorflow/tfjs@4.22.0',
  '@tensorflow/tfjs-backend-wasm@4.22.0',
  '@jax-js/jax@0.1.25',
  '@penrose/core@3.2.0',
];

export const PEERS = ['rose', 'penrose', 'mathjs', 'nerdamer', 'tfjs-cpu', 'tfjs-wasm', 'jax-js'] as const;

/** Yields the gradient at the first input. */
type Gradient = () => ArrayLike<number>;
// biome-ignore lint/suspicious/noExplicitAny: whatever they export
type Library = any;
type Load = (name: string) => Promise<Library>;

/** What scalar workloads are written over. */
interface Algebra {
  readonly [name: string]: (...args: Library[]) => Library;
}

function scalar(k: Algebra, [x1, x2]: Library): Library {
  return k['add']!(k['mul']!(x1, x2), k['sin']!(x1));
}

function rosenbrock({ add, sub, mul }: Algebra, x: Library): Library {
  let sum: Library = 0;
  for (let i = 0; i < 999; i++) {
    const t = sub!(x[i + 1], mul!(x[i], x[i]));
    const u = sub!(1, x[i]);
    sum = add!(sum, add!(mul!(100, mul!(t, t)), mul!(u, u)));
  }
  return sum;
}

function reprojection({ add, sub, mul, div, sqrt, sin, cos }: Algebra, x: Library): Library[] {
  const dot = (a: Library[], b: Library[]) => a.map((v, i) => mul!(v, b[i])).reduce((s, v) => add!(s, v));
  const p = [0, 1, 2].map((i) => sub!(x[11 + i], x[3 + i]));
  const r = [x[0], x[1], x[2]];
  const angle = sqrt!(dot(r, r));
  const [c, s] = [cos!(angle), sin!(angle)];
  const w = r.map((v) => div!(v, angle));
  const along = mul!(dot(w, p), sub!(1, c));
  const turned = [0, 1, 2].map((i) => {
    const [j, k] = [(i + 1) % 3, (i + 2) % 3];
    const cross = sub!(mul!(w[j], p[k]), mul!(w[k], p[j]));
    return add!(add!(mul!(p[i], c), mul!(cross, s)), mul!(w[i], along));
  });
  const [u, v] = [div!(turned[0], turned[2]), div!(turned[1], turned[2])];
  const radius = add!(mul!(u, u), mul!(v, v));
  const distortion = add!(add!(1, mul!(x[9], radius)), mul!(x[10], mul!(radius, radius)));
  return [
    [u, x[7], 3],
    [v, x[8], 4],
  ].map(([at, centre, seen]) => mul!(x[14], sub!(add!(mul!(mul!(at, distortion), x[6]), centre), seen)));
}

async function rose(letter: string, load: Load): Promise<Gradient | undefined> {
  const R = await load('rose');
  const { Dual, Real, Vec, fn, mul, neg, opaque, vjp, compile } = R;
  const sin = opaque([Real], Real, Math.sin);
  const cos = opaque([Real], Real, Math.cos);
  sin.jvp = fn([Dual], Dual, ({ re, du }: Library) => ({ re: sin(re), du: mul(du, cos(re)) }));
  cos.jvp = fn([Dual], Dual, ({ re, du }: Library) => ({ re: cos(re), du: neg(mul(du, sin(re))) }));
  const k = { ...R, sin, cos };
  const gradient = async (size: number, f: (x: Library) => Library, at: ArrayLike<number>) => {
    const V = Vec(size, Real);
    const whole = fn([V], Real, f);
    const compiled = await compile(fn([V], V, (v: Library) => vjp(whole)(v).grad(1)));
    const input = Array.from(at);
    return () => compiled(input);
  };
  if (letter === 'a') return gradient(2, (x) => scalar(k, x), data.scalars.subarray(0, 2));
  if (letter === 'b') return gradient(1000, (x) => rosenbrock(k, x), data.rosenbrock);
  if (letter !== 'd') return undefined;
  const rows = await Promise.all(
    [0, 1].map((i) => gradient(15, (x) => reprojection(k, x)[i], data.views[0]!)),
  );
  return () => rows.flatMap((row) => Array.from(row()));
}

async function penrose(letter: string, load: Load): Promise<Gradient | undefined> {
  const { genGradient, variable } = await load('@penrose/core/dist/engine/Autodiff.js');
  const k = await load('@penrose/core/dist/engine/AutodiffFunctions.js');
  const at = letter === 'a' ? data.scalars.subarray(0, 2) : letter === 'b' ? data.rosenbrock : undefined;
  if (at === undefined) return undefined;
  const x = Array.from(at, (v) => variable(v));
  const compiled = await genGradient(x, [letter === 'a' ? scalar(k, x) : rosenbrock(k, x)], []);
  const out = new Float64Array(at.length);
  const masks = { inputMask: x.map(() => true), objMask: [true], constrMask: [] };
  return () => {
    compiled(masks, at, 0, out);
    return out;
  };
}

async function mathjs(letter: string, load: Load): Promise<Gradient | undefined> {
  if (letter !== 'a') return undefined;
  const { derivative } = await load('mathjs');
  const slopes = ['x', 'y'].map((name) => derivative('x * y + sin(x)', name).compile());
  const [x, y] = data.scalars;
  return () => slopes.map((slope: Library) => slope.evaluate({ x, y }));
}

async function nerdamer(letter: string, load: Load): Promise<Gradient | undefined> {
  if (letter !== 'a') return undefined;
  const engine = (await load('nerdamer')).default;
  await load('nerdamer/Calculus.js');
  const slopes = ['x', 'y'].map((name) => engine.diff('x * y + sin(x)', name).buildFunction(['x', 'y']));
  const [x, y] = data.scalars;
  return () => slopes.map((slope: Library) => slope(x, y));
}

const tensorflow =
  (backend: 'cpu' | 'wasm') =>
  async (letter: string, load: Load): Promise<Gradient | undefined> => {
    const tf = (await load('@tensorflow/tfjs')).default;
    if (backend === 'wasm') await load('@tensorflow/tfjs-backend-wasm');
    await tf.setBackend(backend);
    await tf.ready();
    const gradient = (f: Library, at: Float64Array) => {
      const slope = tf.grad(f);
      const x = tf.tensor1d(Float32Array.from(at));
      return () => tf.tidy(() => slope(x).dataSync());
    };
    if (letter === 'a') {
      const part = (x: Library, i: number) => tf.slice(x, [i], [1]);
      const f = (x: Library) => tf.sum(tf.add(tf.mul(part(x, 0), part(x, 1)), tf.sin(part(x, 0))));
      return gradient(f, data.scalars.subarray(0, 2));
    }
    if (letter === 'b') {
      const f = (x: Library) => {
        const a = tf.slice(x, [0], [999]);
        const t = tf.sub(tf.slice(x, [1], [999]), tf.square(a));
        return tf.sum(tf.add(tf.mul(100, tf.square(t)), tf.square(tf.sub(1, a))));
      };
      return gradient(f, data.rosenbrock);
    }
    if (letter !== 'e' && letter !== 'E') return undefined;
    const batch = letter === 'e' ? 1 : 32;
    const inputs = tf.tensor2d(Float32Array.from(data.batch.subarray(0, 32 * batch)), [batch, 32]);
    const targets = tf.tensor2d(Float32Array.from(data.targets.subarray(0, batch)), [batch, 1]);
    return gradient((p: Library) => {
      const part = (at: number, size: number, shape: number[]) =>
        tf.reshape(tf.slice(p, [at], [size]), shape);
      const layer = (x: Library, at: number, n: number, m: number) =>
        tf.add(tf.matMul(x, part(at, n * m, [m, n]), false, true), part(at + n * m, m, [1, m]));
      const h1 = tf.tanh(layer(inputs, 0, 32, 64));
      const h2 = tf.tanh(layer(h1, 2112, 64, 64));
      return tf.mean(tf.square(tf.sub(layer(h2, 6272, 64, 1), targets)));
    }, data.weights);
  };

async function jax(letter: string, load: Load): Promise<Gradient | undefined> {
  if (letter !== 'e' && letter !== 'E') return undefined;
  const { defaultDevice, grad, init, jit, numpy: np } = await load('@jax-js/jax');
  await init('wasm');
  defaultDevice('wasm');
  const batch = letter === 'e' ? 1 : 32;
  const array = (flat: Float64Array, shape: number[]) => np.array(Float32Array.from(flat)).reshape(shape);
  const inputs = array(data.batch.subarray(0, 32 * batch), [batch, 32]);
  const targets = array(data.targets.subarray(0, batch), [batch, 1]);
  const sizes = [
    [0, 2048],
    [2048, 64],
    [2112, 4096],
    [6208, 64],
    [6272, 64],
    [6336, 1],
  ] as const;
  const shapes = [[64, 32], [64], [64, 64], [64], [1, 64], [1]];
  const parameters = sizes.map(([at, size], i) => array(data.weights.subarray(at, at + size), shapes[i]!));
  const loss = ([w1, b1, w2, b2, w3, b3]: Library[]) => {
    const layer = (x: Library, w: Library, b: Library) => np.matmul(x, w.transpose()).add(b);
    const h = np.tanh(layer(np.tanh(layer(inputs.ref, w1, b1)), w2, b2));
    return np.mean(np.square(layer(h, w3, b3).sub(targets.ref)));
  };
  const slope = jit(grad(loss));
  const all = new Float64Array(data.weights.length);
  return () => {
    slope(parameters.map((each: Library) => each.ref)).forEach((part: Library, i: number) => {
      all.set(part.dataSync(), sizes[i]![0]);
    });
    return all;
  };
}

const SETUPS: Readonly<
  Record<(typeof PEERS)[number], (letter: string, load: Load) => Promise<Gradient | undefined>>
> = {
  rose,
  penrose,
  mathjs,
  nerdamer,
  'tfjs-cpu': tensorflow('cpu'),
  'tfjs-wasm': tensorflow('wasm'),
  'jax-js': jax,
};

/** Those that run a workload, each ready to be called. */
export async function peersOf(letter: string, cache: string): Promise<ReadonlyMap<string, Gradient>> {
  const folder = installed(cache, 'generated-peers', PACKAGES);
  const require = createRequire(path.join(folder, 'package.json'));
  const load: Load = async (name) => {
    const file =
      name.endsWith('.js') && name.startsWith('@') ? path.join(folder, 'node_modules', name) : undefined;
    return import(pathToFileURL(file ?? resolved(require, folder, name)).href);
  };
  const found = new Map<string, Gradient>();
  for (const name of PEERS) {
    try {
      const gradient = await SETUPS[name](letter, load);
      gradient?.();
      if (gradient) found.set(name, gradient);
    } catch (error) {
      console.log(`${letter}: without ${name}: ${String((error as Error).message).split('\n')[0]}`);
    }
  }
  return found;
}

function resolved(require: NodeRequire, folder: string, name: string): string {
  try {
    return require.resolve(name);
  } catch {
    return path.join(folder, 'node_modules', name, 'dist', 'index.js');
  }
}
