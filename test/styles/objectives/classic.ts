/** The short ones that benchmarks of differentiation share. */
type Vec = readonly number[];

export const speelpenning = (x: Vec) => x.reduce((p, v) => p * v, 1);

/** Determinant by minors: n! products. */
export function minors(a: Vec, n: number): number {
  const next = (columns: readonly number[], row: number): number =>
    columns.length === 0
      ? 1
      : columns.reduce((s, c, k) => s + (k % 2 ? -1 : 1) * a[row * n + c]! * next(columns.filter((o) => o !== c), row + 1), 0);
  return next([...Array(n).keys()], 0);
}

/** Determinant by factorisation with pivoting. */
export function factored(a: Vec, n: number): number {
  const m = Float64Array.from(a);
  let det = 1;
  for (let k = 0; k < n; k++) {
    let p = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(m[i * n + k]!) > Math.abs(m[p * n + k]!)) p = i;
    if (p !== k) {
      for (let j = 0; j < n; j++) [m[k * n + j], m[p * n + j]] = [m[p * n + j]!, m[k * n + j]!];
      det = -det;
    }
    det *= m[k * n + k]!;
    for (let i = k + 1; i < n; i++) {
      const f = m[i * n + k]! / m[k * n + k]!;
      for (let j = k + 1; j < n; j++) m[i * n + j]! -= f * m[k * n + j]!;
    }
  }
  return det;
}

export function product(a: Vec, b: Vec, n: number): number {
  let trace = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let s = 0;
      for (let k = 0; k < n; k++) s += a[i * n + k]! * b[k * n + j]!;
      trace += s * s * (i + 2 * j + 1);
    }
  return trace;
}

export const polynomial = (coefficients: Vec, x: number) => coefficients.reduceRight((r, c) => r * x + c, 0);

/** Nearest neighbours on a grid: a banded Hessian. */
export function sparse(x: Vec): number {
  let s = 0;
  for (let i = 0; i + 1 < x.length; i++) s += Math.exp(x[i]! * x[i + 1]! * 0.1) + (x[i + 1]! - x[i]! ** 2) ** 2;
  return s;
}

export function sparseMap(x: Vec): number[] {
  return x.map((v, i) => v ** 3 - Math.sin(x[(i + 1) % x.length]!) * (x[i - 1] ?? 0));
}

export function rosenbrock(x: Vec): number {
  let s = 0;
  for (let i = 0; i + 1 < x.length; i++) s += 100 * (x[i + 1]! - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2;
  return s;
}

export function ackley(x: Vec): number {
  const n = x.length;
  const a = Math.sqrt(x.reduce((s, v) => s + v * v, 0) / n), b = x.reduce((s, v) => s + Math.cos(2 * Math.PI * v), 0) / n;
  return -20 * Math.exp(-0.2 * a) - Math.exp(b) + 20 + Math.E;
}
