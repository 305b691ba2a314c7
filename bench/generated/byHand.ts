/** The same gradients as one writes them by hand for speed: no allocation, no tape where none is needed. */

export function scalarGradient(x1: number, x2: number, out: Float64Array): number {
  out[0] = x2 + Math.cos(x1);
  out[1] = x1;
  return x1 * x2 + Math.sin(x1);
}

/** One load and one store an element: what two iterations share is carried. */
export function rosenbrockGradient(x: Float64Array, out: Float64Array): number {
  const n = x.length;
  let s = 0;
  let a = x[0]!;
  let bar = 0;
  for (let i = 1; i < n; i++) {
    const b = x[i]!;
    const t = b - a * a;
    const u = 1 - a;
    const tBar = 200 * t;
    s += 100 * t * t + u * u;
    out[i - 1] = bar - 2 * tBar * a - 2 * u;
    bar = tBar;
    a = b;
  }
  out[n - 1] = bar;
  return s;
}

const D = 10;
const K = 25;
const TRIANGLE = (D * (D + 1)) / 2;
const MEANS = K;
const FACTORS = K + K * D;
const PRIOR = -24.352;
const diagonal = new Float64Array(K * D);
const sums = new Float64Array(K);
const terms = new Float64Array(K);
const qs = new Float64Array(K * D);

function logSumExp(v: Float64Array, n: number): number {
  let m = v[0]!;
  for (let i = 1; i < n; i++) if (v[i]! > m) m = v[i]!;
  let s = 0;
  for (let i = 0; i < n; i++) s += Math.exp(v[i]! - m);
  return Math.log(s) + m;
}

/** What is written out below for D = 10 in full: the place of row r, column c in the packed triangle. */
const at = (c: number, r: number) => (c * (2 * D - c - 1)) / 2 + r - c - 1;
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

/** The text of the two inner loops with their bodies unrolled. */
export function mixtureText(): string {
  const lower = (r: number) => range(r).map((c) => `+p[l+${at(c, r)}]*v${c}`);
  const forward = range(D).map(
    (r) => `const q${r}=diagonal[o+${r}]*v${r}${lower(r).join('')};qs[o+${r}]=q${r};`,
  );
  const backward = range(D).map((c) => {
    const below = range(D - 1 - c).map((d) => c + 1 + d);
    const dots = below.map((r) => `+p[l+${at(c, r)}]*q${r}`).join('');
    const outer = below.map((r) => `out[l+${at(c, r)}]-=v*q${r};`).join('');
    return (
      `{const t=diagonal[o+${c}]*q${c},y=x${c}-p[${MEANS}+o+${c}],v=w*y;out[g+${c}]+=w*(1-t*y);` +
      `out[${MEANS}+o+${c}]+=w*(t${dots});${outer}}`
    );
  });
  return `
    for(let i=0;i<n;i++){const e=i*${D};let m=-Infinity;${range(D)
      .map((j) => `const x${j}=x[e+${j}];`)
      .join('')}
    for(let k=0;k<${K};k++){const o=k*${D},l=${FACTORS}+k*${TRIANGLE}+${D};${range(D)
      .map((j) => `const v${j}=x${j}-p[${MEANS}+o+${j}];`)
      .join('')}
    ${forward.join('')}
    const t=p[k]+sums[k]-0.5*(${range(D)
      .map((j) => `q${j}*q${j}`)
      .join('+')});terms[k]=t;if(t>m)m=t;}
    let s=0;for(let k=0;k<${K};k++){const e=Math.exp(terms[k]-m);terms[k]=e;s+=e;}
    total+=Math.log(s)+m;const inverse=1/s;
    for(let k=0;k<${K};k++){const w=terms[k]*inverse,o=k*${D},g=${FACTORS}+k*${TRIANGLE},l=g+${D};out[k]+=w;
    ${range(D)
      .map((j) => `const q${j}=qs[o+${j}];`)
      .join('')}
    ${backward.join('\n')}}}`;
}

type Sweep = (
  p: Float64Array,
  x: Float64Array,
  n: number,
  out: Float64Array,
  diagonal: Float64Array,
  sums: Float64Array,
  terms: Float64Array,
  qs: Float64Array,
) => number;

const sweep = new Function(
  ...['p', 'x', 'n', 'out', 'diagonal', 'sums', 'terms', 'qs'],
  `'use strict';let total=0;${mixtureText()}return total;`,
) as Sweep;

export function mixtureGradient(p: Float64Array, x: Float64Array, n: number, out: Float64Array): number {
  out.fill(0);
  for (let k = 0; k < K; k++) {
    let sum = 0;
    for (let j = 0; j < D; j++) {
      const v = p[FACTORS + k * TRIANGLE + j]!;
      sum += v;
      diagonal[k * D + j] = Math.exp(v);
    }
    sums[k] = sum;
  }
  const total = sweep(p, x, n, out, diagonal, sums, terms, qs);
  let frobenius = 0;
  for (let k = 0; k < K; k++) {
    const g = FACTORS + k * TRIANGLE;
    for (let j = 0; j < D; j++) {
      const square = diagonal[k * D + j]! * diagonal[k * D + j]!;
      frobenius += square;
      out[g + j]! += square;
    }
    for (let j = D; j < TRIANGLE; j++) {
      const l = p[g + j]!;
      frobenius += l * l;
      out[g + j]! += l;
    }
  }
  const weights = logSumExp(p, K);
  for (let k = 0; k < K; k++) out[k]! -= n * Math.exp(p[k]! - weights);
  return -n * D * 0.5 * 1.8378770664093453 + total - n * weights + 0.5 * frobenius - K * PRIOR;
}

/** The rotation's derivative in closed form. */
export function reprojectionJacobian(
  x: Float64Array,
  seenX: number,
  seenY: number,
  value: Float64Array,
  out: Float64Array,
): void {
  const r0 = x[0]!;
  const r1 = x[1]!;
  const r2 = x[2]!;
  const X = x[11]! - x[3]!;
  const Y = x[12]! - x[4]!;
  const Z = x[13]! - x[5]!;
  const f = x[6]!;
  const weight = x[14]!;
  const square = r0 * r0 + r1 * r1 + r2 * r2;
  const angle = Math.sqrt(square);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const inverse = 1 / angle;
  const w0 = r0 * inverse;
  const w1 = r1 * inverse;
  const w2 = r2 * inverse;
  const oc = 1 - cos;
  const i2 = inverse * inverse;
  const R00 = cos + w0 * w0 * oc;
  const R01 = w0 * w1 * oc - w2 * sin;
  const R02 = w0 * w2 * oc + w1 * sin;
  const R10 = w0 * w1 * oc + w2 * sin;
  const R11 = cos + w1 * w1 * oc;
  const R12 = w1 * w2 * oc - w0 * sin;
  const R20 = w0 * w2 * oc - w1 * sin;
  const R21 = w1 * w2 * oc + w0 * sin;
  const R22 = cos + w2 * w2 * oc;
  const ic = 1 / (R20 * X + R21 * Y + R22 * Z);
  const u = (R00 * X + R01 * Y + R02 * Z) * ic;
  const v = (R10 * X + R11 * Y + R12 * Z) * ic;
  const radius = u * u + v * v;
  const L = 1 + x[9]! * radius + x[10]! * radius * radius;
  const dL = 2 * x[9]! + 4 * x[10]! * radius;
  const wf = weight * f;
  const e0 = u * L * f + x[7]! - seenX;
  const e1 = v * L * f + x[8]! - seenY;
  value[0] = weight * e0;
  value[1] = weight * e1;
  const d01 = wf * dL * u * v;
  for (let row = 0; row < 2; row++) {
    const o = 15 * row;
    const a0 = (row === 0 ? wf * (L + dL * u * u) : d01) * ic;
    const a1 = (row === 0 ? d01 : wf * (L + dL * v * v)) * ic;
    const a2 = -(a0 * u + a1 * v);
    const b0 = a0 * R00 + a1 * R10 + a2 * R20;
    const b1 = a0 * R01 + a1 * R11 + a2 * R21;
    const b2 = a0 * R02 + a1 * R12 + a2 * R22;
    const u0 = Y * b2 - Z * b1;
    const u1 = Z * b0 - X * b2;
    const u2 = X * b1 - Y * b0;
    const ur = u0 * r0 + u1 * r1 + u2 * r2;
    const y0 = R00 * u0 + R01 * u1 + R02 * u2 - u0;
    const y1 = R10 * u0 + R11 * u1 + R12 * u2 - u1;
    const y2 = R20 * u0 + R21 * u1 + R22 * u2 - u2;
    const z = wf * (row === 0 ? u : v) * radius;
    out[o] = (ur * r0 + y1 * r2 - y2 * r1) * i2;
    out[o + 1] = (ur * r1 + y2 * r0 - y0 * r2) * i2;
    out[o + 2] = (ur * r2 + y0 * r1 - y1 * r0) * i2;
    out[o + 3] = -b0;
    out[o + 4] = -b1;
    out[o + 5] = -b2;
    out[o + 6] = weight * L * (row === 0 ? u : v);
    out[o + 7] = row === 0 ? weight : 0;
    out[o + 8] = row === 0 ? 0 : weight;
    out[o + 9] = z;
    out[o + 10] = z * radius;
    out[o + 11] = b0;
    out[o + 12] = b1;
    out[o + 13] = b2;
    out[o + 14] = row === 0 ? e0 : e1;
  }
}

const INPUTS = 32;
const HIDDEN = 64;
const BIAS1 = HIDDEN * INPUTS;
const LAYER2 = BIAS1 + HIDDEN;
const BIAS2 = LAYER2 + HIDDEN * HIDDEN;
const LAYER3 = BIAS2 + HIDDEN;
const BIAS3 = LAYER3 + HIDDEN;
const h1 = new Float64Array(HIDDEN);
const h2 = new Float64Array(HIDDEN);
const h1Bar = new Float64Array(HIDDEN);

/** Four rows at a time: four sums that do not wait for one another. */
export function perceptronGradient(
  p: Float64Array,
  x: Float64Array,
  target: Float64Array,
  batch: number,
  out: Float64Array,
): number {
  let s = 0;
  out.fill(0);
  for (let n = 0; n < batch; n++) {
    const xo = n * INPUTS;
    for (let j = 0; j < HIDDEN; j += 4) {
      let z0 = p[BIAS1 + j]!;
      let z1 = p[BIAS1 + j + 1]!;
      let z2 = p[BIAS1 + j + 2]!;
      let z3 = p[BIAS1 + j + 3]!;
      const w0 = j * INPUTS;
      const w1 = w0 + INPUTS;
      const w2 = w1 + INPUTS;
      const w3 = w2 + INPUTS;
      for (let i = 0; i < INPUTS; i++) {
        const v = x[xo + i]!;
        z0 += p[w0 + i]! * v;
        z1 += p[w1 + i]! * v;
        z2 += p[w2 + i]! * v;
        z3 += p[w3 + i]! * v;
      }
      h1[j] = Math.tanh(z0);
      h1[j + 1] = Math.tanh(z1);
      h1[j + 2] = Math.tanh(z2);
      h1[j + 3] = Math.tanh(z3);
      h1Bar[j] = 0;
      h1Bar[j + 1] = 0;
      h1Bar[j + 2] = 0;
      h1Bar[j + 3] = 0;
    }
    for (let j = 0; j < HIDDEN; j += 4) {
      let z0 = p[BIAS2 + j]!;
      let z1 = p[BIAS2 + j + 1]!;
      let z2 = p[BIAS2 + j + 2]!;
      let z3 = p[BIAS2 + j + 3]!;
      const w0 = LAYER2 + j * HIDDEN;
      const w1 = w0 + HIDDEN;
      const w2 = w1 + HIDDEN;
      const w3 = w2 + HIDDEN;
      for (let i = 0; i < HIDDEN; i++) {
        const v = h1[i]!;
        z0 += p[w0 + i]! * v;
        z1 += p[w1 + i]! * v;
        z2 += p[w2 + i]! * v;
        z3 += p[w3 + i]! * v;
      }
      h2[j] = Math.tanh(z0);
      h2[j + 1] = Math.tanh(z1);
      h2[j + 2] = Math.tanh(z2);
      h2[j + 3] = Math.tanh(z3);
    }
    let y = p[BIAS3]!;
    for (let i = 0; i < HIDDEN; i++) y += p[LAYER3 + i]! * h2[i]!;
    const d = y - target[n]!;
    s += d * d;
    const yBar = (2 * d) / batch;
    out[BIAS3]! += yBar;
    for (let j = 0; j < HIDDEN; j += 2) {
      const a = h2[j]!;
      const b = h2[j + 1]!;
      out[LAYER3 + j]! += yBar * a;
      out[LAYER3 + j + 1]! += yBar * b;
      const za = yBar * p[LAYER3 + j]! * (1 - a * a);
      const zb = yBar * p[LAYER3 + j + 1]! * (1 - b * b);
      out[BIAS2 + j]! += za;
      out[BIAS2 + j + 1]! += zb;
      const w = LAYER2 + j * HIDDEN;
      const v = w + HIDDEN;
      for (let i = 0; i < HIDDEN; i++) {
        const h = h1[i]!;
        out[w + i]! += za * h;
        out[v + i]! += zb * h;
        h1Bar[i] = h1Bar[i]! + za * p[w + i]! + zb * p[v + i]!;
      }
    }
    for (let j = 0; j < HIDDEN; j++) {
      const h = h1[j]!;
      const zBar = h1Bar[j]! * (1 - h * h);
      out[BIAS1 + j]! += zBar;
      const w = j * INPUTS;
      for (let i = 0; i < INPUTS; i += 2) {
        out[w + i]! += zBar * x[xo + i]!;
        out[w + i + 1]! += zBar * x[xo + i + 1]!;
      }
    }
  }
  return s / batch;
}

const STEPS = 1000;
const H = 0.01;
const tape = new Float64Array(12 * STEPS);

export function pendulumGradient(x: Float64Array, out: Float64Array): number {
  let angle = x[0]!;
  let speed = x[1]!;
  const k = x[2]!;
  const c = x[3]!;
  for (let i = 0, p = 0; i < STEPS; i++, p += 12) {
    const s1 = Math.sin(angle);
    tape[p] = s1;
    tape[p + 1] = angle;
    tape[p + 2] = speed;
    const a1 = -k * s1 - c * speed;
    const v2 = speed + 0.5 * H * a1;
    const t2 = angle + 0.5 * H * speed;
    const s2 = Math.sin(t2);
    tape[p + 3] = s2;
    tape[p + 4] = t2;
    tape[p + 5] = v2;
    const a2 = -k * s2 - c * v2;
    const v3 = speed + 0.5 * H * a2;
    const t3 = angle + 0.5 * H * v2;
    const s3 = Math.sin(t3);
    tape[p + 6] = s3;
    tape[p + 7] = t3;
    tape[p + 8] = v3;
    const a3 = -k * s3 - c * v3;
    const v4 = speed + H * a3;
    const t4 = angle + H * v3;
    const s4 = Math.sin(t4);
    tape[p + 9] = s4;
    tape[p + 10] = t4;
    tape[p + 11] = v4;
    const a4 = -k * s4 - c * v4;
    angle += (H / 6) * (speed + 2 * v2 + 2 * v3 + v4);
    speed += (H / 6) * (a1 + 2 * a2 + 2 * a3 + a4);
  }
  let angleBar = 2 * angle;
  let speedBar = 2 * speed;
  let kBar = 0;
  let cBar = 0;
  for (let p = 12 * (STEPS - 1); p >= 0; p -= 12) {
    const at = (H / 6) * angleBar;
    const ab = (H / 6) * speedBar;
    let z = -k * Math.cos(tape[p + 10]!) * ab;
    const v4Bar = at - c * ab;
    const a3Bar = 2 * ab + H * v4Bar;
    let nextAngle = angleBar + z;
    let nextSpeed = speedBar + at + v4Bar;
    kBar -= ab * tape[p + 9]!;
    cBar -= ab * tape[p + 11]!;
    const v3Bar = 2 * at + H * z - c * a3Bar;
    kBar -= a3Bar * tape[p + 6]!;
    cBar -= a3Bar * tape[p + 8]!;
    z = -k * Math.cos(tape[p + 7]!) * a3Bar;
    nextAngle += z;
    nextSpeed += v3Bar;
    const a2Bar = 2 * ab + 0.5 * H * v3Bar;
    const v2Bar = 2 * at + 0.5 * H * z - c * a2Bar;
    kBar -= a2Bar * tape[p + 3]!;
    cBar -= a2Bar * tape[p + 5]!;
    z = -k * Math.cos(tape[p + 4]!) * a2Bar;
    nextAngle += z;
    nextSpeed += 0.5 * H * z + v2Bar;
    const a1Bar = ab + 0.5 * H * v2Bar;
    kBar -= a1Bar * tape[p]!;
    cBar -= a1Bar * tape[p + 2]!;
    nextAngle -= k * Math.cos(tape[p + 1]!) * a1Bar;
    nextSpeed -= c * a1Bar;
    angleBar = nextAngle;
    speedBar = nextSpeed;
  }
  out[0] = angleBar;
  out[1] = speedBar;
  out[2] = kBar;
  out[3] = cBar;
  return angle * angle + speed * speed;
}

export function blackScholesGradient(x: Float64Array, out: Float64Array): number {
  const S = x[0]!;
  const K = x[1]!;
  const r = x[2]!;
  const v = x[3]!;
  const T = x[4]!;
  const root = Math.sqrt(T);
  const spread = v * root;
  const inverse = 1 / spread;
  const d1 = (Math.log(S / K) + (r + 0.5 * v * v) * T) * inverse;
  const d2 = d1 - spread;
  const a1 = Math.abs(d1);
  const k1 = 1 / (1 + 0.2316419 * a1);
  const p1 =
    k1 * (0.31938153 + k1 * (-0.356563782 + k1 * (1.781477937 + k1 * (-1.821255978 + k1 * 1.330274429))));
  const q1 =
    0.31938153 +
    k1 * (2 * -0.356563782 + k1 * (3 * 1.781477937 + k1 * (4 * -1.821255978 + k1 * 6.651372145)));
  const E1 = 0.3989422804014327 * Math.exp(-0.5 * a1 * a1);
  const c1 = 1 - E1 * p1;
  const e1 = E1 * (a1 * p1 + 0.2316419 * k1 * k1 * q1);
  const n1 = d1 < 0 ? 1 - c1 : c1;
  const a2 = Math.abs(d2);
  const k2 = 1 / (1 + 0.2316419 * a2);
  const p2 =
    k2 * (0.31938153 + k2 * (-0.356563782 + k2 * (1.781477937 + k2 * (-1.821255978 + k2 * 1.330274429))));
  const q2 =
    0.31938153 +
    k2 * (2 * -0.356563782 + k2 * (3 * 1.781477937 + k2 * (4 * -1.821255978 + k2 * 6.651372145)));
  const E2 = 0.3989422804014327 * Math.exp(-0.5 * a2 * a2);
  const c2 = 1 - E2 * p2;
  const e2 = E2 * (a2 * p2 + 0.2316419 * k2 * k2 * q2);
  const n2 = d2 < 0 ? 1 - c2 : c2;
  const discount = Math.exp(-r * T);
  const KD = K * discount;
  const A = S * e1;
  const B = -KD * e2;
  const dd = A + B;
  const spreadBar = -dd * d1 * inverse - B;
  out[0] = n1 + (dd * inverse) / S;
  out[1] = -discount * n2 - (dd * inverse) / K;
  out[2] = T * KD * n2 + dd * T * inverse;
  out[3] = dd * v * T * inverse + spreadBar * root;
  out[4] = r * KD * n2 + dd * (r + 0.5 * v * v) * inverse + (spreadBar * v * 0.5) / root;
  return S * n1 - KD * n2;
}
