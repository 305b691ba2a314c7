/** The functions that are differentiated, as a numerical programmer writes them: flat arrays, constant dimensions. */

export function scalar(x1: number, x2: number): number {
  return x1 * x2 + Math.sin(x1);
}

export function rosenbrock(x: Float64Array): number {
  let s = 0;
  for (let i = 0; i < x.length - 1; i++) {
    const t = x[i + 1]! - x[i]! * x[i]!;
    const u = 1 - x[i]!;
    s += 100 * t * t + u * u;
  }
  return s;
}

const D = 10;
const K = 25;
const TRIANGLE = (D * (D + 1)) / 2;
const MEANS = K;
const FACTORS = K + K * D;
const LOG_2PI = 1.8378770664093453;
/** The logarithm of the Wishart prior's constant, for each of the components. */
const PRIOR = -24.352;

function logSumExp(v: Float64Array, n: number): number {
  let m = v[0]!;
  for (let i = 1; i < n; i++) if (v[i]! > m) m = v[i]!;
  let s = 0;
  for (let i = 0; i < n; i++) s += Math.exp(v[i]! - m);
  return Math.log(s) + m;
}

/** A Gaussian mixture's log-likelihood: weights, means, and factors of the inverse covariances, one after another. */
export function mixture(p: Float64Array, x: Float64Array, n: number): number {
  const diagonal = new Float64Array(K * D);
  const sums = new Float64Array(K);
  const centred = new Float64Array(D);
  const q = new Float64Array(D);
  const terms = new Float64Array(K);
  for (let k = 0; k < K; k++) {
    let sum = 0;
    for (let j = 0; j < D; j++) {
      const v = p[FACTORS + k * TRIANGLE + j]!;
      sum += v;
      diagonal[k * D + j] = Math.exp(v);
    }
    sums[k] = sum;
  }
  let total = 0;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < K; k++) {
      for (let j = 0; j < D; j++) {
        centred[j] = x[i * D + j]! - p[MEANS + k * D + j]!;
        q[j] = diagonal[k * D + j]! * centred[j]!;
      }
      let l = FACTORS + k * TRIANGLE + D;
      for (let c = 0; c < D; c++) {
        const v = centred[c]!;
        for (let r = c + 1; r < D; r++) q[r]! += p[l++]! * v;
      }
      let square = 0;
      for (let j = 0; j < D; j++) square += q[j]! * q[j]!;
      terms[k] = p[k]! + sums[k]! - 0.5 * square;
    }
    total += logSumExp(terms, K);
  }
  let frobenius = 0;
  for (let k = 0; k < K; k++) {
    for (let j = 0; j < D; j++) frobenius += diagonal[k * D + j]! * diagonal[k * D + j]!;
    for (let j = D; j < TRIANGLE; j++) {
      const l = p[FACTORS + k * TRIANGLE + j]!;
      frobenius += l * l;
    }
  }
  return -n * D * 0.5 * LOG_2PI + total - n * logSumExp(p, K) + 0.5 * frobenius - K * PRIOR;
}

/** One reprojection error: a rotation vector, a centre, a camera, a point and a weight; where the point was seen. */
export function reprojection(x: Float64Array, seenX: number, seenY: number): [number, number] {
  const r0 = x[0]!;
  const r1 = x[1]!;
  const r2 = x[2]!;
  const px = x[11]! - x[3]!;
  const py = x[12]! - x[4]!;
  const pz = x[13]! - x[5]!;
  const square = r0 * r0 + r1 * r1 + r2 * r2;
  let a: number;
  let b: number;
  let c: number;
  if (square !== 0) {
    const angle = Math.sqrt(square);
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const w0 = r0 / angle;
    const w1 = r1 / angle;
    const w2 = r2 / angle;
    const along = (w0 * px + w1 * py + w2 * pz) * (1 - cos);
    a = px * cos + (w1 * pz - w2 * py) * sin + w0 * along;
    b = py * cos + (w2 * px - w0 * pz) * sin + w1 * along;
    c = pz * cos + (w0 * py - w1 * px) * sin + w2 * along;
  } else {
    a = px + r1 * pz - r2 * py;
    b = py + r2 * px - r0 * pz;
    c = pz + r0 * py - r1 * px;
  }
  const u = a / c;
  const v = b / c;
  const radius = u * u + v * v;
  const distortion = 1 + x[9]! * radius + x[10]! * radius * radius;
  return [
    x[14]! * (u * distortion * x[6]! + x[7]! - seenX),
    x[14]! * (v * distortion * x[6]! + x[8]! - seenY),
  ];
}

const INPUTS = 32;
const HIDDEN = 64;
const BIAS1 = HIDDEN * INPUTS;
const LAYER2 = BIAS1 + HIDDEN;
const BIAS2 = LAYER2 + HIDDEN * HIDDEN;
const LAYER3 = BIAS2 + HIDDEN;
const BIAS3 = LAYER3 + HIDDEN;

/** The mean square error of a perceptron with two hidden layers over a batch. */
export function perceptron(p: Float64Array, x: Float64Array, target: Float64Array, batch: number): number {
  const h1 = new Float64Array(HIDDEN);
  const h2 = new Float64Array(HIDDEN);
  let s = 0;
  for (let n = 0; n < batch; n++) {
    for (let j = 0; j < HIDDEN; j++) {
      let z = p[BIAS1 + j]!;
      for (let i = 0; i < INPUTS; i++) z += p[j * INPUTS + i]! * x[n * INPUTS + i]!;
      h1[j] = Math.tanh(z);
    }
    for (let j = 0; j < HIDDEN; j++) {
      let z = p[BIAS2 + j]!;
      for (let i = 0; i < HIDDEN; i++) z += p[LAYER2 + j * HIDDEN + i]! * h1[i]!;
      h2[j] = Math.tanh(z);
    }
    let y = p[BIAS3]!;
    for (let i = 0; i < HIDDEN; i++) y += p[LAYER3 + i]! * h2[i]!;
    const d = y - target[n]!;
    s += d * d;
  }
  return s / batch;
}

const STEPS = 1000;
const H = 0.01;

/** A damped pendulum, by Runge and Kutta's method: angle, speed, and the two coefficients. */
export function pendulum(x: Float64Array): number {
  let angle = x[0]!;
  let speed = x[1]!;
  const k = x[2]!;
  const c = x[3]!;
  for (let i = 0; i < STEPS; i++) {
    const a1 = -k * Math.sin(angle) - c * speed;
    const v2 = speed + 0.5 * H * a1;
    const a2 = -k * Math.sin(angle + 0.5 * H * speed) - c * v2;
    const v3 = speed + 0.5 * H * a2;
    const a3 = -k * Math.sin(angle + 0.5 * H * v2) - c * v3;
    const v4 = speed + H * a3;
    const a4 = -k * Math.sin(angle + H * v3) - c * v4;
    angle += (H / 6) * (speed + 2 * v2 + 2 * v3 + v4);
    speed += (H / 6) * (a1 + 2 * a2 + 2 * a3 + a4);
  }
  return angle * angle + speed * speed;
}

function normal(d: number): number {
  const a = Math.abs(d);
  const k = 1 / (1 + 0.2316419 * a);
  const p = k * (0.31938153 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))));
  const n = 1 - 0.3989422804014327 * Math.exp(-0.5 * a * a) * p;
  return d < 0 ? 1 - n : n;
}

/** A European call: spot, strike, rate, volatility, time. */
export function blackScholes(x: Float64Array): number {
  const spot = x[0]!;
  const strike = x[1]!;
  const rate = x[2]!;
  const volatility = x[3]!;
  const time = x[4]!;
  const spread = volatility * Math.sqrt(time);
  const d1 = (Math.log(spot / strike) + (rate + 0.5 * volatility * volatility) * time) / spread;
  const d2 = d1 - spread;
  return spot * normal(d1) - strike * Math.exp(-rate * time) * normal(d2);
}
