import { matmul, transpose, softmaxRows, type Matrix } from './tensor';

//= attention([[1, 0.2], [0.3, -0.5], [0.7, 0.1]], [[0.5, 0.1], [0.2, 0.4]], [[0.3, -0.2], [0.6, 0.1]], [[1, 0.3], [0.2, 0.9]])
export function attention(X: Matrix, Wq: Matrix, Wk: Matrix, Wv: Matrix): Matrix {
  const [Q, K, V] = [Wq, Wk, Wv].map((W) => matmul(X, W)) as [Matrix, Matrix, Matrix];
  const d = Q[0]!.length;
  const scores = matmul(Q, transpose(K)).map((r, i) => r.map((s, j) => (j > i ? -Infinity : s / Math.sqrt(d))));
  return matmul(softmaxRows(scores), V);
}

//= layerNorm([0.5, 1.2, -0.7, 2], [1, 1.1, 0.9, 1], [0, 0.1, 0, -0.1])
export const layerNorm = (x: number[], gamma: number[], beta: number[], eps = 1e-5) => {
  const mu = x.reduce((a, b) => a + b) / x.length;
  const v = x.map((xi) => (xi - mu) ** 2).reduce((a, b) => a + b) / x.length;
  return x.map((xi, i) => (gamma[i]! * (xi - mu)) / Math.sqrt(v + eps) + beta[i]!);
};
