/** Other libraries for derivatives on npm, each with the workloads that it can run; installed on the first run. */

import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { installed } from '../installed.ts';
import {
  type Algebra,
  blackScholes,
  blackScholesFormula,
  MIXTURE,
  MIXTURE_PARTS,
  mixtureDiagonals,
  mixtureRest,
  mixtureTensors,
  mixtureTerm,
  pendulum,
  pendulumStep,
  reprojection,
  rosenbrock,
  scalar,
} from './peerFunctions.ts';
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

/** Why they are not asked for the others: what they would need is more than they have, or more than there is. */
const WITHOUT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  c: {
    penrose: 'one graph of millions of nodes: no loops',
    mathjs: 'no arrays in formulas that it differentiates',
    nerdamer: 'no arrays in formulas that it differentiates',
  },
  f: {
    penrose: 'one function of a thousand steps has more variables than WebAssembly allows',
    'jax-js': 'no loops that can be differentiated: a thousand steps one by one outgrow 4 GB',
    mathjs: 'the formula of a thousand steps does not fit into memory',
    nerdamer: 'the formula of a thousand steps does not fit into memory',
  },
  g: { nerdamer: 'its derivative of the formula is wrong' },
};

/** Yields the gradient at the first input. */
type Gradient = () => ArrayLike<number>;
// biome-ignore lint/suspicious/noExplicitAny: whatever they export
type Library = any;
type Load = (name: string) => Promise<Library>;

async function rose(letter: string, load: Load): Promise<Gradient | undefined> {
  const R = await load('rose');
  const { Dual, Real, Vec, fn, mul, div, neg, lt, opaque, select, vjp, compile } = R;
  const [sin, cos, exp, log] = [Math.sin, Math.cos, Math.exp, Math.log].map((f) => opaque([Real], Real, f));
  const slope = (f: Library, of: (re: Library, du: Library) => Library) => {
    f.jvp = fn([Dual], Dual, ({ re, du }: Library) => ({ re: f(re), du: of(re, du) }));
  };
  slope(sin, (re, du) => mul(du, cos(re)));
  slope(cos, (re, du) => neg(mul(du, sin(re))));
  slope(exp, (re, du) => mul(du, exp(re)));
  slope(log, (re, du) => div(du, re));
  const ifNegative = (d: Library, a: Library, b: Library) => select(lt(d, 0), Real, a, b);
  const k: Algebra = { ...R, sin, cos, exp, log, ifNegative };
  const gradient = async (size: number, f: (x: Library) => Library, at: ArrayLike<number>) => {
    const V = Vec(size, Real);
    const whole = fn([V], Real, f);
    const compiled = await compile(fn([V], V, (v: Library) => vjp(whole)(v).grad(1)));
    const input = Array.from(at);
    return () => compiled(input);
  };
  switch (letter) {
    case 'a':
      return gradient(2, (x) => scalar(k, x), data.scalars.subarray(0, 2));
    case 'b':
      return gradient(1000, (x) => rosenbrock(k, x), data.rosenbrock);
    case 'c':
      return roseMixture(R, k);
    case 'd': {
      const rows = await Promise.all(
        [0, 1].map((i) => gradient(15, (x) => reprojection(k, x)[i], data.views[0]!)),
      );
      return () => rows.flatMap((row) => Array.from(row()));
    }
    case 'f': {
      const types = [Real, Real, Real, Real];
      const once = fn(types, Vec(2, Real), (angle: Library, speed: Library, by: Library, c: Library) =>
        pendulumStep(k, [angle, speed], by, c),
      );
      const step: typeof pendulumStep = (_, [angle, speed], by, c) => {
        const next = once(angle, speed, by, c);
        return [next[0], next[1]];
      };
      return gradient(4, (x) => pendulum(k, x, step), data.pendulum);
    }
    case 'g':
      return gradient(5, (x) => blackScholes(k, x), data.options[0]!);
    default:
      return undefined;
  }
}

/** The points one after another, by a function of one of them. */
async function roseMixture(R: Library, k: Algebra): Promise<Gradient> {
  const { Real, Vec, fn, struct, vec, vjp, compile } = R;
  const { components, dimension, inputs } = MIXTURE;
  const rows = Array.from({ length: 1000 }, (_, i) => Array.from(data.points.subarray(i * 10, i * 10 + 10)));
  const types = [Vec(inputs, Real), Vec(components * dimension, Real), Vec(components, Real)];
  const term = fn([...types, Vec(dimension, Real)], Real, (...args: [Library, Library, Library, Library]) =>
    mixtureTerm(k, ...args),
  );
  const Both = struct({ p: types[0], x: Vec(rows.length, Vec(dimension, Real)) });
  const whole = fn([Both], Real, ({ p, x }: Library) => {
    const { diagonal, sums } = mixtureDiagonals(k, p);
    const terms = vec(rows.length, Real, (i: Library) => term(p, diagonal, sums, x[i]));
    const total = rows.map((_, i) => terms[i]).reduce((a, b) => k['add']!(a, b));
    return k['add']!(total, mixtureRest(k, p, diagonal, rows.length));
  });
  const compiled = await compile(fn([Both], types[0], (both: Library) => vjp(whole)(both).grad(1).p));
  const both = { p: Array.from(data.mixture), x: rows };
  return () => compiled(both);
}

/** Workloads that yield one number of an array. */
function scalarWorkload(
  letter: string,
): { f: (k: Algebra, x: Library) => Library; at: Float64Array } | undefined {
  if (letter === 'a') return { f: scalar, at: data.scalars.subarray(0, 2) };
  if (letter === 'b') return { f: rosenbrock, at: data.rosenbrock };
  if (letter === 'f') return { f: pendulum, at: data.pendulum };
  if (letter === 'g') return { f: blackScholes, at: data.options[0]! };
  return undefined;
}

async function penrose(letter: string, load: Load): Promise<Gradient | undefined> {
  const { genGradient, variable } = await load('@penrose/core/dist/engine/Autodiff.js');
  const k = await load('@penrose/core/dist/engine/AutodiffFunctions.js');
  const ifNegative = (d: Library, a: Library, b: Library) => k.ifCond(k.lt(d, 0), a, b);
  const own = { ...k, log: k.ln, abs: k.absVal, ifNegative };
  const found = scalarWorkload(letter);
  if (found === undefined) return undefined;
  const { f, at } = found;
  const x = Array.from(at, (v) => variable(v));
  const compiled = await genGradient(x, [f(own, x)], []);
  const out = new Float64Array(at.length);
  const masks = { inputMask: x.map(() => true), objMask: [true], constrMask: [] };
  return () => {
    compiled(masks, at, 0, out);
    return out;
  };
}

/** Workloads as formulas, with what their variables are. */
function formula(letter: string): { text: string; names: readonly string[]; at: Float64Array } | undefined {
  if (letter === 'a') return { text: 'x * y + sin(x)', names: ['x', 'y'], at: data.scalars.subarray(0, 2) };
  if (letter === 'g')
    return { text: blackScholesFormula(), names: ['s', 'k', 'r', 'v', 't'], at: data.options[0]! };
  return undefined;
}

async function mathjs(letter: string, load: Load): Promise<Gradient | undefined> {
  const found = formula(letter);
  if (found === undefined) return undefined;
  const { text, names, at } = found;
  const { derivative } = await load('mathjs');
  const slopes = names.map((name) => derivative(text, name).compile());
  const scope = Object.fromEntries(names.map((name, i) => [name, at[i]]));
  return () => slopes.map((slope: Library) => slope.evaluate(scope));
}

async function nerdamer(letter: string, load: Load): Promise<Gradient | undefined> {
  const found = formula(letter);
  if (found === undefined) return undefined;
  const { text, names, at } = found;
  const engine = (await load('nerdamer')).default;
  await load('nerdamer/Calculus.js');
  const slopes = names.map((name) => engine.diff(text, name).buildFunction(names));
  return () => slopes.map((slope: Library) => slope(...at));
}

type MixturePart = (typeof MIXTURE_PARTS)[keyof typeof MIXTURE_PARTS];

const mixtureParts = <T>(make: (part: MixturePart) => T) => ({
  weights: make(MIXTURE_PARTS.weights),
  means: make(MIXTURE_PARTS.means),
  diagonal: make(MIXTURE_PARTS.diagonal),
  lower: make(MIXTURE_PARTS.lower),
});

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
    if (letter === 'a' || letter === 'f' || letter === 'g') {
      const { f, at } = scalarWorkload(letter)!;
      // Comparisons have no gradient at all; that of a step is 0.
      const ifNegative = (d: Library, a: Library, b: Library) => {
        const up = tf.step(d);
        return tf.add(tf.mul(tf.sub(1, up), a), tf.mul(up, b));
      };
      const parts = (x: Library) => Array.from(at, (_, i) => tf.slice(x, [i], [1]));
      return gradient((x: Library) => tf.sum(f({ ...tf, ifNegative }, parts(x))), at);
    }
    if (letter === 'c') {
      const f = mixtureTensors(tf, (flat, shape) => tf.tensor(flat, shape), data.points);
      const part = (p: Library, { at, size, count, stride, shape }: MixturePart) => {
        if (count === 1) return tf.reshape(tf.slice(p, [at], [size]), shape);
        const first = MIXTURE_PARTS.diagonal.at;
        const rows = tf.reshape(tf.slice(p, [first], [count * stride]), [count, stride]);
        return tf.slice(rows, [0, at - first], [count, size]);
      };
      return gradient((p: Library) => f(mixtureParts((each) => part(p, each))), data.mixture);
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

/** Its functions own what they are given: each gets a reference of its own. */
function jaxAlgebra(np: Library): Algebra {
  const shared = (v: Library) => (typeof v === 'object' && 'ref' in v ? v.ref : v);
  const over =
    (f: Library) =>
    (...args: Library[]) =>
      f(...args.map(shared));
  const names = ['add', 'sin', 'cos', 'exp', 'log', 'abs', 'sqrt', 'sum', 'max', 'reshape'];
  return {
    ...Object.fromEntries(names.map((name) => [name, over(np[name])])),
    sub: over(np.subtract),
    mul: over(np.multiply),
    div: over(np.divide),
    matMul: over(np.matmul),
    ifNegative: (d, a, b) => np.where(np.less(shared(d), 0), shared(a), shared(b)),
  };
}

function jaxRosenbrock(np: Library, x: Library): Library {
  const k = jaxAlgebra(np);
  const a = x.ref.slice([0, 999]);
  const t = k['sub']!(x.ref.slice([1, 1000]), k['mul']!(a, a));
  const u = k['sub']!(1, a);
  return k['sum']!(k['add']!(k['mul']!(100, k['mul']!(t, t)), k['mul']!(u, u)));
}

function jaxMixture(np: Library, gradientOf: (f: Library) => Library): Gradient {
  const tensor = (flat: Float32Array, shape: number[]) => np.array(flat).reshape(shape);
  const f = mixtureTensors(jaxAlgebra(np), tensor, data.points);
  const keys = Object.keys(MIXTURE_PARTS) as (keyof typeof MIXTURE_PARTS)[];
  const inputs = keys.map((key) => {
    const { at, size, count, stride, shape } = MIXTURE_PARTS[key];
    const pieces = Array.from({ length: count }, (_, i) => [
      ...data.mixture.subarray(at + i * stride, at + i * stride + size),
    ]);
    return tensor(Float32Array.from(pieces.flat()), [...shape]);
  });
  const slope = gradientOf(([weights, means, diagonal, lower]: Library[]) =>
    f({ weights, means, diagonal, lower }),
  );
  const all = new Float64Array(data.mixture.length);
  return () => {
    const found: ArrayLike<number>[] = slope(inputs.map((each) => each.ref)).map((part: Library) =>
      part.dataSync(),
    );
    keys.forEach((key, k) => {
      const { at, size, count, stride } = MIXTURE_PARTS[key];
      for (let i = 0; i < count; i++)
        for (let j = 0; j < size; j++) all[at + i * stride + j] = found[k]![i * size + j]!;
    });
    return all;
  };
}

async function jax(letter: string, load: Load): Promise<Gradient | undefined> {
  const { defaultDevice, grad, init, jit, numpy: np } = await load('@jax-js/jax');
  await init('wasm');
  defaultDevice('wasm');
  if (letter === 'c') return jaxMixture(np, (f) => jit(grad(f)));
  const found = scalarWorkload(letter);
  if (found !== undefined) {
    const k = jaxAlgebra(np);
    if (letter === 'b') {
      const flat = jit(grad((x: Library) => jaxRosenbrock(np, x)));
      const at = np.array(Float32Array.from(found.at));
      return () => flat(at.ref).dataSync();
    }
    const of = (x: Library) =>
      found.f(
        k,
        Array.from(found.at, (_, i) => x.ref.slice(i)),
      );
    const slope = letter === 'g' || letter === 'a' ? jit(grad(of)) : grad(of);
    const x = np.array(Float32Array.from(found.at));
    return () => slope(x.ref).dataSync();
  }
  if (letter !== 'e' && letter !== 'E') return undefined;
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
    const reason = WITHOUT[letter]?.[name];
    if (reason !== undefined) {
      console.log(`${letter}: without ${name}: ${reason}`);
      continue;
    }
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
