import { program } from './corpus.ts';

export const learning = program(
  'learning',
  String.raw`
//= softmax([1, 2, 0.5])
//= softmax([1000, 1001, 1000])
//= softmax([1, 1, 1])
export function softmax(x: number[]): number[] {
  const m = Math.max.apply(null, x);
  const e = x.map((v) => Math.exp(v - m));
  const s = e.reduce((a, b) => a + b, 0);
  return e.map((v) => v / s);
}
//= layerNorm([1, 2, 4], [1, 0.5, 2], [0, 0.1, 0.2])
//= layerNorm([2, 2, 2], [1, 0.5, 2], [0, 0.1, 0.2])
export function layerNorm(x: number[], g: number[], b: number[], eps = 1e-5): number[] {
  const mu = x.reduce((a, c) => a + c) / x.length;
  const v = x.reduce((a, c) => a + (c - mu) ** 2, 0) / x.length;
  return x.map((c, i) => g[i]! * (c - mu) / Math.sqrt(v + eps) + b[i]!);
}
type Matrix = number[][];
const matmul = (A: Matrix, B: Matrix): Matrix => A.map((r) => B[0]!.map((_, j) => r.reduce((s, a, k) => s + a * B[k]![j]!, 0)));
const transpose = (A: Matrix): Matrix => A[0]!.map((_, i) => A.map((r) => r[i]!));
//= attention([[0.1,0.2],[0.3,-0.4]], [[0.5,0.1],[0.2,0.3]], [[1,2],[3,4]])
export function attention(Q: Matrix, K: Matrix, V: Matrix): Matrix {
  const d = Math.sqrt(K[0]!.length);
  const scores = matmul(Q, transpose(K)).map((r) => softmax(r.map((s) => s / d)));
  return matmul(scores, V);
}
//= causal([[0.1,0.2],[0.3,-0.4]])
export const causal = (X: Matrix) => matmul(matmul(X, transpose(X)).map((r, i) => softmax(r.map((s, j) => (j > i ? -Infinity : s)))), X);
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
//= gru(0.5, -0.3, [0.1,0.2,0.3,0.4,0.5,0.6])
export function gru(h: number, x: number, [wz, uz, wr, ur, wh, uh]: number[]): number {
  const z = sigmoid(wz! * x + uz! * h), r = sigmoid(wr! * x + ur! * h);
  const hh = Math.tanh(wh! * x + uh! * (r * h));
  return (1 - z) * h + z * hh;
}
//= lstm([0.1, -0.2, 0.3], 0.5)
export function lstm(seq: number[], w: number) {
  let h = 0, c = 0;
  for (const x of seq) {
    const i = sigmoid(w * x + h), f = sigmoid(x + w * h), o = sigmoid(x - h), g = Math.tanh(w * (x + h));
    c = f * c + i * g;
    h = o * Math.tanh(c);
  }
  return { h, c };
}
//= activations(0.7)
//= activations(-0.7)
//= activations(0) special
export const activations = (x: number) => ({
  relu: Math.max(0, x),
  leaky: x > 0 ? x : 0.01 * x,
  elu: x >= 0 ? x : Math.expm1(x),
  gelu: 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  silu: x / (1 + Math.exp(-x)),
  softplus: Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0),
  softsign: x / (1 + Math.abs(x)),
  mish: x * Math.tanh(Math.log(1 + Math.exp(x))),
});
//= bceWithLogits(2, 1)
//= bceWithLogits(-800, 1)
//= bceWithLogits(0, 1)
export const bceWithLogits = (z: number, y: number) => Math.max(z, 0) - z * y + Math.log(1 + Math.exp(-Math.abs(z)));
//= huber(0.5, 0)
//= huber(3, 0)
//= huber(1, 0)
export const huber = (p: number, t: number, delta = 1) => { const e = Math.abs(p - t); return e <= delta ? 0.5 * e * e : delta * (e - 0.5 * delta); };
//= hinge([0.5, -1.2], [1, 2], 1)
export const hinge = (w: number[], x: number[], y: number) => Math.max(0, 1 - y * w.reduce((s, wi, i) => s + wi * x[i]!, 0));
//= crossEntropy([1, 2, 3], 1)
export const crossEntropy = (logits: number[], label: number) => -Math.log(softmax(logits)[label]!);
//= focal(0.3, 2)
export const focal = (p: number, g: number) => -((1 - p) ** g) * Math.log(p);
//= mlp([0.1,-0.2], {"w1":[[0.5,0.2],[-0.3,0.8],[0.1,0.1]],"b1":[0.1,0,-0.1],"w2":[1,-1,0.5],"b2":0.3})
interface Net { w1: number[][]; b1: number[]; w2: number[]; b2: number }
export function mlp(x: number[], net: Net): number {
  const hidden = net.w1.map((row, i) => Math.tanh(row.reduce((s, w, j) => s + w * x[j]!, net.b1[i]!)));
  return sigmoid(hidden.reduce((s, v, i) => s + v * net.w2[i]!, net.b2));
}
//= conv1d([1,2,3,4,5],[0.5,-1,0.25])
export function conv1d(x: number[], k: number[]): number[] {
  const out = new Array(x.length - k.length + 1).fill(0);
  for (let i = 0; i < out.length; i++) for (let j = 0; j < k.length; j++) out[i] += x[i + j]! * k[j]!;
  return out;
}
//= maxPool([1,3,2,5,4,0],2)
export const maxPool = (x: number[], size: number) => { const r: number[] = []; for (let i = 0; i < x.length; i += size) r.push(Math.max(...x.slice(i, i + size))); return r; };
//= adam([1, -2], 0.1)
export function adam(theta: number[], lr: number, b1 = 0.9, b2 = 0.999): number[] {
  const m = theta.map(() => 0), v = theta.map(() => 0);
  let t = theta.slice();
  for (let k = 1; k <= 5; k++) {
    const g = t.map((x) => 2 * x + Math.sin(x));
    g.forEach((gi, i) => { m[i] = b1 * m[i]! + (1 - b1) * gi; v[i] = b2 * v[i]! + (1 - b2) * gi * gi; });
    t = t.map((x, i) => x - lr * (m[i]! / (1 - b1 ** k)) / (Math.sqrt(v[i]! / (1 - b2 ** k)) + 1e-8));
  }
  return t;
}
//= cosineSimilarity([1,2,3],[3,1,2])
//= cosineSimilarity([0,0,0],[3,1,2]) special
export const cosineSimilarity = (a: number[], b: number[]) => {
  const dot = (p: number[], q: number[]) => p.reduce((s, x, i) => s + x * q[i]!, 0);
  const n = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
  return n === 0 ? 0 : dot(a, b) / n;
};
//= triplet([0,1],[1,1],[3,4])
export function triplet(a: number[], p: number[], n: number[], margin = 10): number {
  const d2 = (u: number[], v: number[]) => u.map((x, i) => (x - v[i]!) ** 2).reduce((s, x) => s + x);
  return Math.max(d2(a, p) - d2(a, n) + margin, 0);
}
//= rope([1,2,3,4], 3)
export const rope = (x: number[], pos: number) => x.map((v, i) => {
  const th = pos * 10000 ** (-2 * Math.floor(i / 2) / x.length), c = Math.cos(th), s = Math.sin(th);
  return i % 2 === 0 ? v * c - x[i + 1]! * s : x[i - 1]! * s + v * c;
});
//= softDtw([1, 2, 3], [1.5, 2.5], 0.5)
export function softDtw(x: number[], y: number[], gamma: number): number {
  const n = x.length, m = y.length;
  const R: number[][] = Array.from({ length: n + 1 }, () => Array(m + 1).fill(Infinity));
  R[0]![0] = 0;
  for (let i = 1; i <= n; i++) {
    for (let j = 1; j <= m; j++) {
      const cand = [R[i - 1]![j - 1]!, R[i - 1]![j]!, R[i]![j - 1]!];
      const mn = Math.min(...cand);
      const soft = mn - gamma * Math.log(cand.map((c) => Math.exp(-(c - mn) / gamma)).reduce((a, b) => a + b));
      R[i]![j] = (x[i - 1]! - y[j - 1]!) ** 2 + soft;
    }
  }
  return R[n]![m]!;
}
//= viterbi([[0.6,0.4],[0.3,0.7]], [0.5,0.9])
export function viterbi(trans: number[][], emit: number[]): number {
  let cur = [Math.log(0.5), Math.log(0.5)];
  for (const e of emit) cur = cur.map((_, j) => Math.max(...cur.map((c, i) => c + Math.log(trans[i]![j]!))) + Math.log(j ? e : 1 - e));
  return Math.max(...cur);
}
//= forward([[0.6,0.4],[0.3,0.7]], [0.5,0.9,0.2])
export const forward = (T: number[][], obs: number[]) => Math.log(obs.reduce((alpha, o) => alpha.map((_, j) => alpha.reduce((s, a, i) => s + a * T[i]![j]!, 0) * (j === 0 ? o : 1 - o)), [0.4, 0.6]).reduce((a, b) => a + b));
//= rbf([[0,0],[1,0.5]], [1,2], 0.7)
export function rbf(X: number[][], alpha: number[], gamma: number): number {
  let k = 0;
  for (let i = 0; i < X.length; i++) for (let j = 0; j < X.length; j++) {
    const d = X[i]!.map((v, q) => v - X[j]![q]!).reduce((s, v) => s + v ** 2, 0);
    k += alpha[i]! * alpha[j]! * Math.exp(-gamma * d);
  }
  return k;
}
//= sinkhorn([[1,2],[3,1]], 0.5)
export function sinkhorn(C: number[][], eps: number): number {
  const K = C.map((r) => r.map((c) => Math.exp(-c / eps)));
  let u = [1, 1], v = [1, 1];
  for (let it = 0; it < 20; it++) {
    u = K.map((r) => 0.5 / r.reduce((s, k, j) => s + k * v[j]!, 0));
    v = [0, 1].map((j) => 0.5 / K.reduce((s, r, i) => s + r[j]! * u[i]!, 0));
  }
  return K.reduce((s, r, i) => s + r.reduce((t, k, j) => t + u[i]! * k * v[j]! * C[i]![j]!, 0), 0);
}
`,
);
