/** Dynamic programming on real costs. */
//= warp([1, 2.5, 3, 2], [1.1, 2, 3.3])
export function warp(a: number[], b: number[]): number {
  const D: number[][] = [[0, ...b.map(() => Infinity)]];
  for (let i = 1; i <= a.length; i++) {
    D[i] = [Infinity];
    for (let j = 1; j <= b.length; j++) D[i]![j] = (a[i - 1]! - b[j - 1]!) ** 2 + Math.min(D[i - 1]![j]!, D[i]![j - 1]!, D[i - 1]![j - 1]!);
  }
  return Math.sqrt(D[a.length]![b.length]!);
}
//= softWarp([1, 2.5, 3, 2], [1.1, 2, 3.3], 0.5)
export function softWarp(a: number[], b: number[], gamma: number): number {
  const soft = (...xs: number[]) => { const m = Math.min(...xs); return m - gamma * Math.log(xs.reduce((s, x) => s + (x === Infinity ? 0 : Math.exp((m - x) / gamma)), 0)); };
  const key = (i: number, j: number) => `${i},${j}`;
  const memo = new Map<string, number>([[key(0, 0), 0]]);
  const at = (i: number, j: number): number => {
    if (memo.has(key(i, j))) return memo.get(key(i, j))!;
    if (i <= 0 || j <= 0) return Infinity;
    const v = (a[i - 1]! - b[j - 1]!) ** 2 + soft(at(i - 1, j), at(i, j - 1), at(i - 1, j - 1));
    memo.set(key(i, j), v);
    return v;
  };
  return at(a.length, b.length);
}
//= viterbi([[0.7, 0.3], [0.4, 0.6]], [[0.5, 0.4, 0.1], [0.1, 0.3, 0.6]], [0, 1, 2, 2])
export function viterbi(A: number[][], B: number[][], obs: number[]): number {
  let best = B.map((row) => Math.log(0.5 * row[obs[0]!]!));
  for (const o of obs.slice(1)) best = B.map((row, j) => Math.max(...best.map((b, i) => b + Math.log(A[i]![j]!))) + Math.log(row[o]!));
  return Math.max(...best);
}
//= forward([[0.7, 0.3], [0.4, 0.6]], [[0.5, 0.4, 0.1], [0.1, 0.3, 0.6]], [0, 1, 2, 2])
export const forward = (A: number[][], B: number[][], obs: number[]): number =>
  Math.log(obs.slice(1).reduce((al, o) => al.map((_, j) => B[j]![o]! * al.reduce((s, a, i) => s + a * A[i]![j]!, 0)), B.map((r) => 0.5 * r[obs[0]!]!)).reduce((a, b) => a + b));
//= knapsackFraction([4.5, 3, 2.2], [2, 1.5, 1], 3.2)
export function knapsackFraction(values: number[], weights: number[], capacity: number): number {
  const order = values.map((v, i) => ({ v, w: weights[i]!, ratio: v / weights[i]! })).sort((p, q) => q.ratio - p.ratio);
  let total = 0;
  for (const { v, w } of order) {
    if (capacity <= 0) break;
    const take = Math.min(1, capacity / w);
    total += take * v;
    capacity -= take * w;
  }
  return total;
}
