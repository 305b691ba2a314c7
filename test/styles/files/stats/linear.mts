/** Gaussian elimination with partial pivoting; throws when singular. */
export function solve(A0: readonly (readonly number[])[], b0: readonly number[]): number[] {
  const n = b0.length;
  const A = A0.map((r) => [...r]);
  const b = [...b0];
  for (let k = 0; k < n; k++) {
    let p = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(A[i]![k]!) > Math.abs(A[p]![k]!)) p = i;
    if (Math.abs(A[p]![k]!) < 1e-14) throw new Error(`singular at ${k}`);
    [A[k], A[p]] = [A[p]!, A[k]!];
    [b[k], b[p]] = [b[p]!, b[k]!];
    for (let i = k + 1; i < n; i++) {
      const f = A[i]![k]! / A[k]![k]!;
      for (let j = k; j < n; j++) A[i]![j]! -= f * A[k]![j]!;
      b[i]! -= f * b[k]!;
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) b[i]! -= A[i]![j]! * b[j]!;
    b[i]! /= A[i]![i]!;
  }
  return b;
}
