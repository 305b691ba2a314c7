/** Queues, chains and populations */
//= steadyState([[0.9, 0.1], [0.4, 0.6]])
export function steadyState(P) { let v = [1, 0]; for (let k = 0; k < 60; k++) v = v.map((_, j) => v.reduce((s, x, i) => s + x * P[i][j], 0)); return v; }
//= mmc(3, 4.5, 2) refusable
export function mmc(c, lambda, mu) {
  const a = lambda / mu; let term = 1, sum = 1;
  for (let k = 1; k < c; k++) sum += term *= a / k;
  const last = term * a / c, rho = a / c;
  return last / (1 - rho) / (sum + last / (1 - rho)) / (c * mu - lambda);
}
//= leslie([0, 1.2, 0.8], [0.5, 0.7], [10, 5, 2])
export const leslie = (f, s, n0) => { let n = n0; for (let t = 0; t < 8; t++) n = [f.reduce((b, fi, i) => b + fi * n[i], 0), ...s.map((p, i) => p * n[i])]; return Math.log(n.reduce((a, b) => a + b)); };
//= sir(0.35, 0.1, 0.01)
export function sir(beta, gamma, i0) { let [s, i, r] = [1 - i0, i0, 0], peak = 0; for (let d = 0; d < 80; d++) { const inf = beta * s * i, rec = gamma * i; s -= inf; i += inf - rec; r += rec; peak = Math.max(peak, i); } return { peak, r }; }
//= elo(1500, 1620, [1, 0, 0.5])
export const elo = (a, b, results, K = 24) => { for (const s of results) { const e = 1 / (1 + 10 ** ((b - a) / 400)); a += K * (s - e); b -= K * (s - e); } return a - b; };
//= birthday(23.5, 365)
export const birthday = (n, d) => 1 - Math.exp(-n * (n - 1) / (2 * d));
