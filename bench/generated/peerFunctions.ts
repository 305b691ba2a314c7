/** The workloads as other libraries take them: over their own operations on numbers, or on tensors. */

// biome-ignore lint/suspicious/noExplicitAny: whatever they export
type Library = any;

/** What scalar workloads are written over. */
export interface Algebra {
  readonly [name: string]: (...args: Library[]) => Library;
}

export function scalar(k: Algebra, [x1, x2]: Library): Library {
  return k['add']!(k['mul']!(x1, x2), k['sin']!(x1));
}

export function rosenbrock({ add, sub, mul }: Algebra, x: Library): Library {
  let sum: Library = 0;
  for (let i = 0; i < 999; i++) {
    const t = sub!(x[i + 1], mul!(x[i], x[i]));
    const u = sub!(1, x[i]);
    sum = add!(sum, add!(mul!(100, mul!(t, t)), mul!(u, u)));
  }
  return sum;
}

export function reprojection({ add, sub, mul, div, sqrt, sin, cos }: Algebra, x: Library): Library[] {
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

const STEPS = 1000;
const H = 0.01;

/** Where a damped pendulum is after a step: angle and speed. */
export function pendulumStep(
  { add, sub, mul, sin }: Algebra,
  [angle, speed]: Library[],
  k: Library,
  c: Library,
): Library[] {
  const slope = (at: Library, v: Library) => sub!(mul!(mul!(-1, k), sin!(at)), mul!(c, v));
  const after = (x: Library, h: number, by: Library) => add!(x, mul!(h, by));
  const a1 = slope(angle, speed);
  const v2 = after(speed, H / 2, a1);
  const a2 = slope(after(angle, H / 2, speed), v2);
  const v3 = after(speed, H / 2, a2);
  const a3 = slope(after(angle, H / 2, v2), v3);
  const v4 = after(speed, H, a3);
  const a4 = slope(after(angle, H, v3), v4);
  const mean = (p: Library, q: Library, r: Library, s: Library) =>
    mul!(H / 6, add!(add!(p, mul!(2, q)), add!(mul!(2, r), s)));
  return [add!(angle, mean(speed, v2, v3, v4)), add!(speed, mean(a1, a2, a3, a4))];
}

export function pendulum(k: Algebra, x: Library, step = pendulumStep): Library {
  let state: Library[] = [x[0], x[1]];
  for (let i = 0; i < STEPS; i++) state = step(k, state, x[2], x[3]);
  return k['add']!(k['mul']!(state[0], state[0]), k['mul']!(state[1], state[1]));
}

const COEFFICIENTS = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];

/** `ifNegative(d, a, b)` is one of the algebra's. */
export function blackScholes(k: Algebra, x: Library): Library {
  const { add, sub, mul, div, sqrt, exp, log, abs, ifNegative } = k;
  const [spot, strike, rate, volatility, time] = [x[0], x[1], x[2], x[3], x[4]];
  const normal = (d: Library) => {
    const a = abs!(d);
    const t = div!(1, add!(1, mul!(0.2316419, a)));
    const p = COEFFICIENTS.reduceRight<Library>(
      (rest, each) => mul!(t, rest === undefined ? each : add!(each, rest)),
      undefined,
    );
    const tail = mul!(mul!(0.3989422804014327, exp!(mul!(-0.5, mul!(a, a)))), p);
    return ifNegative!(d, tail, sub!(1, tail));
  };
  const spread = mul!(volatility, sqrt!(time));
  const drift = mul!(add!(rate, mul!(0.5, mul!(volatility, volatility))), time);
  const d1 = div!(add!(log!(div!(spot, strike)), drift), spread);
  const d2 = sub!(d1, spread);
  const discount = exp!(mul!(mul!(-1, rate), time));
  return sub!(mul!(spot, normal(d1)), mul!(mul!(strike, discount), normal(d2)));
}

/** The same as formulas: the sign in place of a branch, as d/|d|. */
export function blackScholesFormula(): string {
  const normal = (d: string) => {
    const t = `(1/(1+0.2316419*abs(${d})))`;
    const p = COEFFICIENTS.reduceRight((rest, each) => `${t}*(${each}${rest === '' ? '' : `+${rest}`})`, '');
    return `(0.5+${d}/abs(${d})*(0.5-0.3989422804014327*exp(-0.5*${d}^2)*${p}))`;
  };
  const spread = '(v*sqrt(t))';
  const d1 = `((log(s/k)+(r+0.5*v^2)*t)/${spread})`;
  const d2 = `(${d1}-${spread})`;
  return `s*${normal(d1)}-k*exp(-r*t)*${normal(d2)}`;
}

const D = 10;
const K = 25;
const TRIANGLE = (D * (D + 1)) / 2;
const FACTORS = K + K * D;

export const MIXTURE = { inputs: FACTORS + K * TRIANGLE, components: K, dimension: D } as const;

/** exp of the factors' diagonals, and the sums of these. */
export function mixtureDiagonals(
  { add, exp }: Algebra,
  p: Library,
): { diagonal: Library[]; sums: Library[] } {
  const at = (k: number, j: number) => p[FACTORS + k * TRIANGLE + j];
  const each = Array.from({ length: K }, (_, k) => Array.from({ length: D }, (_, j) => at(k, j)));
  return {
    diagonal: each.flatMap((row) => row.map((v) => exp!(v))),
    sums: each.map((row) => row.reduce((s, v) => add!(s, v))),
  };
}

function logSumExp({ add, sub, exp, log, ifNegative }: Algebra, terms: Library[]): Library {
  const m = terms.reduce((a, b) => ifNegative!(sub!(a, b), b, a));
  return add!(log!(terms.map((t) => exp!(sub!(t, m))).reduce((a, b) => add!(a, b))), m);
}

/** One point's part of a mixture's log-likelihood. */
export function mixtureTerm(k: Algebra, p: Library, diagonal: Library, sums: Library, x: Library): Library {
  const { add, sub, mul } = k;
  const terms = Array.from({ length: K }, (_, i) => {
    const centred = Array.from({ length: D }, (_, j) => sub!(x[j], p[K + i * D + j]));
    const q = centred.map((v, j) => mul!(diagonal[i * D + j], v));
    let l = FACTORS + i * TRIANGLE + D;
    for (let c = 0; c < D; c++) for (let r = c + 1; r < D; r++) q[r] = add!(q[r], mul!(p[l++], centred[c]));
    const square = q.map((v) => mul!(v, v)).reduce((a, b) => add!(a, b));
    return sub!(add!(p[i], sums[i]), mul!(0.5, square));
  });
  return logSumExp(k, terms);
}

/** What all points have in common, up to a constant. */
export function mixtureRest(k: Algebra, p: Library, diagonal: Library[], points: number): Library {
  const { add, mul } = k;
  const lower = Array.from({ length: K * (TRIANGLE - D) }, (_, i) => {
    const own = TRIANGLE - D;
    return p[FACTORS + Math.floor(i / own) * TRIANGLE + D + (i % own)];
  });
  const weights = Array.from({ length: K }, (_, i) => p[i]);
  const squares = [...diagonal, ...lower].map((v) => mul!(v, v)).reduce((a, b) => add!(a, b));
  return add!(mul!(-points, logSumExp(k, weights)), mul!(0.5, squares));
}

/** The parts of a mixture's inputs as tensors: weights, means, diagonals and the rest of the factors. */
export interface MixtureTensors {
  readonly weights: Library;
  readonly means: Library;
  readonly diagonal: Library;
  readonly lower: Library;
}

/** Matrices that put the diagonals and the rest of the factors, packed by columns, into their transposes. */
function placements(): { diagonal: Float32Array; lower: Float32Array } {
  const own = TRIANGLE - D;
  const diagonal = new Float32Array(D * D * D);
  const lower = new Float32Array(own * D * D);
  for (let j = 0; j < D; j++) diagonal[j * D * D + j * D + j] = 1;
  let l = 0;
  for (let c = 0; c < D; c++) for (let r = c + 1; r < D; r++) lower[l++ * D * D + c * D + r] = 1;
  return { diagonal, lower };
}

/** A mixture's log-likelihood up to a constant. `tensor` makes one of numbers. */
export function mixtureTensors(
  t: Algebra,
  tensor: (flat: Float32Array, shape: number[]) => Library,
  points: Float64Array,
): (parts: MixtureTensors) => Library {
  const n = points.length / D;
  const { add, sub, mul, exp, log, sum, max, reshape, matMul } = t;
  const places = placements();
  const ofDiagonal = tensor(places.diagonal, [D, D * D]);
  const ofLower = tensor(places.lower, [TRIANGLE - D, D * D]);
  const x = tensor(Float32Array.from(points), [1, n, D]);
  const logSum = (terms: Library, size: number) => {
    const m = max!(terms, 0);
    return add!(log!(sum!(exp!(sub!(terms, reshape!(m, [1, size]))), 0)), m);
  };
  return ({ weights, means, diagonal, lower }) => {
    const grown = exp!(diagonal);
    const factors = reshape!(add!(matMul!(grown, ofDiagonal), matMul!(lower, ofLower)), [K, D, D]);
    const q = matMul!(sub!(x, reshape!(means, [K, 1, D])), factors);
    const square = sum!(mul!(q, q), 2);
    const own = reshape!(add!(weights, sum!(diagonal, 1)), [K, 1]);
    const total = sum!(logSum(sub!(own, mul!(0.5, square)), n), 0);
    const all = sum!(logSum(reshape!(weights, [K, 1]), 1), 0);
    const squares = add!(sum!(sum!(mul!(grown, grown), 1), 0), sum!(sum!(mul!(lower, lower), 1), 0));
    return add!(sub!(total, mul!(n, all)), mul!(0.5, squares));
  };
}

/** Where the parts stand in an array of all inputs: pieces of `size` from `at` on, each so far from the one before. */
export const MIXTURE_PARTS = {
  weights: { at: 0, size: K, count: 1, stride: 0, shape: [K] },
  means: { at: K, size: K * D, count: 1, stride: 0, shape: [K, D] },
  diagonal: { at: FACTORS, size: D, count: K, stride: TRIANGLE, shape: [K, D] },
  lower: { at: FACTORS + D, size: TRIANGLE - D, count: K, stride: TRIANGLE, shape: [K, TRIANGLE - D] },
} as const;
