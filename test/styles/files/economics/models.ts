export const models = {
  //= models.cobbDouglas(1.1, 3, 2, 0.35) H
  cobbDouglas(A: number, K: number, L: number, alpha: number) { return A * K ** alpha * L ** (1 - alpha); },
  //= models.ces([2, 3, 1.5], [0.3, 0.5, 0.2], -0.7)
  ces: (x: number[], share: number[], rho: number) => x.reduce((s, xi, i) => s + share[i]! * xi ** rho, 0) ** (1 / rho),
  //= models.solow(0.25, 0.02, 0.05, 0.33)
  solow(s: number, n: number, d: number, a: number) { let k = 1; for (let t = 0; t < 40; t++) k += s * k ** a - (n + d) * k; return k; },
  //= models.crra(2, 1.5)
  //= models.crra(2, 1)
  crra: (c: number, g: number) => (g === 1 ? Math.log(c) : (c ** (1 - g) - 1) / (1 - g)),
  //= models.gini([1, 3.5, 2, 8])
  gini(xs: readonly number[]) { const n = xs.length, s = [...xs].sort((a, b) => a - b); return (2 * s.reduce((t, x, i) => t + (i + 1) * x, 0)) / (n * s.reduce((a, b) => a + b)) - (n + 1) / n; },
  //= models.tax(52000)
  tax(income: number) {
    const brackets: [limit: number, rate: number][] = [[10000, 0], [30000, 0.2], [60000, 0.35], [Infinity, 0.45]];
    let due = 0, lower = 0;
    for (const [limit, rate] of brackets) { due += rate * Math.max(0, Math.min(income, limit) - lower); lower = limit; }
    return due;
  },
} as const;
//= equilibrium(10, 0.8, 2, 0.5)
export function equilibrium(a: number, b: number, c: number, d: number) {
  let p = 1;
  while (true) {
    const excess = a * Math.exp(-b * p) - (c * p ** d);
    const slope = -a * b * Math.exp(-b * p) - c * d * p ** (d - 1);
    const q = p - excess / slope;
    if (Math.abs(q - p) <= 1e-14 * p) return q;
    p = q;
  }
}
