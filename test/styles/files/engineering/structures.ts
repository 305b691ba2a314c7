/** Finite elements of a bar and of a plane truss. */
interface Element { readonly nodes: readonly [number, number]; readonly EA: number }
//= bar([2, 3, 1.5], [0, 0.5, 1])
export function bar(stiffness: number[], loads: number[]): number[] {
  const n = stiffness.length, K = Array.from({ length: n }, () => new Float64Array(n));
  stiffness.forEach((k, e) => { K[e]![e]! += k; if (e > 0) { K[e - 1]![e - 1]! += k; K[e - 1]![e]! -= k; K[e]![e - 1]! -= k; } });
  return thomas(K, loads);
}
function thomas(K: Float64Array[], f: number[]): number[] {
  const n = f.length, c: number[] = [], d: number[] = [];
  for (let i = 0; i < n; i++) {
    const w = K[i]![i]! - (i > 0 ? K[i]![i - 1]! * c[i - 1]! : 0);
    c[i] = i + 1 < n ? K[i]![i + 1]! / w : 0;
    d[i] = (f[i]! - (i > 0 ? K[i]![i - 1]! * d[i - 1]! : 0)) / w;
  }
  return d.reduceRight<number[]>((x, di, i) => [di - c[i]! * (x[0] ?? 0), ...x], []);
}
//= compliance([[0, 0], [1, 0], [0.6, 0.9]], [2, 3, 2.5])
export function compliance(xy: [number, number][], EA: number[]): number {
  const elements: Element[] = EA.map((k, i) => ({ nodes: [i, (i + 1) % 3], EA: k }));
  // node 0 fixed, node 1 on a roller: free are x1, x2, y2
  const free = new Map([['1x', 0], ['2x', 1], ['2y', 2]]);
  const K = [0, 1, 2].map(() => [0, 0, 0]);
  for (const { nodes: [a, b], EA: k } of elements) {
    const dx = xy[b]![0] - xy[a]![0], dy = xy[b]![1] - xy[a]![1], L = Math.hypot(dx, dy);
    const dofs = [`${a}x`, `${a}y`, `${b}x`, `${b}y`], g = [-dx / L, -dy / L, dx / L, dy / L];
    dofs.forEach((p, i) => dofs.forEach((q, j) => { const r = free.get(p), s = free.get(q); if (r !== undefined && s !== undefined) K[r]![s]! += (k / L) * g[i]! * g[j]!; }));
  }
  const f = [0.2, 1, -2], [[A, B, C], [, D, E], [, , F]] = K as [number[], number[], number[]];
  const det = A! * (D! * F! - E! * E!) - B! * (B! * F! - E! * C!) + C! * (B! * E! - D! * C!);
  const adj = [[D! * F! - E! * E!, C! * E! - B! * F!, B! * E! - C! * D!], [C! * E! - B! * F!, A! * F! - C! * C!, B! * C! - A! * E!], [B! * E! - C! * D!, B! * C! - A! * E!, A! * D! - B! * B!]];
  return f.reduce((s, fi, i) => s + fi * adj[i]!.reduce((t, a, j) => t + a * f[j]!, 0), 0) / det;
}
//= buckling(2.1e11, 0.05, 3, "pinned")
export const buckling = (E: number, d: number, L: number, ends: 'pinned' | 'fixed' | 'free') => (Math.PI ** 2 * E * (Math.PI * d ** 4) / 64) / ({ pinned: 1, fixed: 0.5, free: 2 }[ends] * L) ** 2;
