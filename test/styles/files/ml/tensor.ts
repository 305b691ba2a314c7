export type Matrix = number[][];
export const shape = (m: Matrix) => [m.length, m[0]?.length ?? 0] as const;
export function matmul(a: Matrix, b: Matrix): Matrix {
  const [n, k] = shape(a), [k2, m] = shape(b);
  if (k !== k2) throw new RangeError(`cannot multiply ${n}×${k} by ${k2}×${m}`);
  const out: Matrix = Array.from({ length: n }, () => new Array(m).fill(0));
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) for (let p = 0; p < k; p++) out[i]![j]! += a[i]![p]! * b[p]![j]!;
  return out;
}
export const transpose = (m: Matrix): Matrix => m[0]!.map((_, j) => m.map((r) => r[j]!));
export const softmaxRows = (m: Matrix): Matrix => m.map((row) => {
  const top = row.reduce((a, b) => Math.max(a, b), -Infinity);
  const e = row.map((x) => Math.exp(x - top));
  const total = e.reduce((a, b) => a + b, 0);
  return e.map((x) => x / total);
});
