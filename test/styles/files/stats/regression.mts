import { solve } from './linear.mjs';

export const polynomialFit = (xs: readonly number[], ys: readonly number[], degree: number): number[] => {
  const powers = xs.map((x) => Array.from({ length: degree + 1 }, (_, k) => x ** k));
  const A = powers[0]!.map((_, i) => powers[0]!.map((_, j) => powers.reduce((s, p) => s + p[i]! * p[j]!, 0)));
  const b = powers[0]!.map((_, i) => powers.reduce((s, p, r) => s + p[i]! * ys[r]!, 0));
  return solve(A, b);
};

//= predict([0, 1, 2, 3.5], [1, 2.1, 2.9, 5.2], 1.7)
export function predict(xs: number[], ys: number[], at: number): number {
  return polynomialFit(xs, ys, 2).reduceRight((acc, c) => acc * at + c, 0);
}

//= ridge([[1, 2], [2, 1.5], [0.3, 4]], [1, 2, 3], 0.1)
export function ridge(X: number[][], y: number[], lambda: number): number[] {
  const p = X[0]!.length;
  const G = [...Array(p).keys()].map((i) => [...Array(p).keys()].map((j) => X.reduce((s, r) => s + r[i]! * r[j]!, i === j ? lambda : 0)));
  return solve(G, G.map((_, i) => X.reduce((s, r, k) => s + r[i]! * y[k]!, 0)));
}

//= kernelRegression([0, 1, 2, 3.5], [1, 2.1, 2.9, 5.2], 1.3, 0.8)
export const kernelRegression = (xs: number[], ys: number[], x: number, h: number) => {
  const w = xs.map((xi) => Math.exp(-(((x - xi) / h) ** 2) / 2));
  const total = w.reduce((a, b) => a + b, 0);
  return w.reduce((s, wi, i) => s + wi * ys[i]!, 0) / total;
};
