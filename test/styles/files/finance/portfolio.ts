type Matrix = readonly (readonly number[])[];
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((s, x, i) => s + x * b[i]!, 0);
const apply = (m: Matrix, v: readonly number[]) => m.map((row) => dot(row, v));

export interface Market { readonly mu: readonly number[]; readonly cov: Matrix; readonly rf?: number }

//= sharpe([0.5, 0.3, 0.2], {"mu": [0.08, 0.05, 0.12], "cov": [[0.04, 0.01, 0.0], [0.01, 0.02, 0.005], [0.0, 0.005, 0.09]]})
export const sharpe = (w: number[], { mu, cov, rf = 0.01 }: Market): number =>
  (dot(w, mu) - rf) / Math.sqrt(dot(w, apply(cov, w)));

//= riskParity([0.5, 0.3, 0.2], [[0.04, 0.01, 0.0], [0.01, 0.02, 0.005], [0.0, 0.005, 0.09]])
export function riskParity(w: number[], cov: Matrix): number {
  const sigma = Math.sqrt(dot(w, apply(cov, w)));
  const contributions = apply(cov, w).map((c, i) => (w[i]! * c) / sigma);
  const target = sigma / w.length;
  return contributions.map((c) => (c - target) ** 2).reduce((a, b) => a + b);
}

//= garch([0.01, -0.02, 0.015, -0.03, 0.002], {"omega": 1e-5, "alpha": 0.1, "beta": 0.85})
export function garch(returns: number[], p: { omega: number; alpha: number; beta: number }): number {
  let h = p.omega / (1 - p.alpha - p.beta);
  let ll = 0;
  for (const r of returns) {
    ll += -0.5 * (Math.log(2 * Math.PI) + Math.log(h) + (r * r) / h);
    h = p.omega + p.alpha * r ** 2 + p.beta * h;
  }
  return ll;
}
