//= bilinear([[1, 2, 4], [0.5, 3, 5], [2, 2.5, 1]], 0.7, 1.4)
export function bilinear(grid, y, x) {
  const i = Math.min(Math.floor(y), grid.length - 2), j = Math.min(x | 0, grid[0].length - 2), v = y - i, u = x - j;
  return (1 - v) * ((1 - u) * grid[i][j] + u * grid[i][j + 1]) + v * ((1 - u) * grid[i + 1][j] + u * grid[i + 1][j + 1]);
}
//= bicubic([[1, 2, 4, 3], [0.5, 3, 5, 1], [2, 2.5, 1, 0], [1, 1, 2, 2]], 1.3, 1.6)
export const bicubic = (g, y, x) => {
  const k = (t) => { t = Math.abs(t); return t <= 1 ? (1.5 * t - 2.5) * t * t + 1 : t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0; };
  let s = 0;
  for (const [i, row] of g.entries()) for (const [j, v] of row.entries()) s += v * k(y - i) * k(x - j);
  return s;
};
//= barycentric([[0, 0, 1], [2, 0.1, 3], [0.5, 1.8, 2]], 0.7, 0.6)
export const barycentric = ([[x0, y0, z0], [x1, y1, z1], [x2, y2, z2]], x, y) => {
  const d = (y1 - y2) * (x0 - x2) + (x2 - x1) * (y0 - y2);
  const a = ((y1 - y2) * (x - x2) + (x2 - x1) * (y - y2)) / d, b = ((y2 - y0) * (x - x2) + (x0 - x2) * (y - y2)) / d;
  return a * z0 + b * z1 + (1 - a - b) * z2;
};
//= idw([[0, 0, 1], [2, 0.1, 3], [0.5, 1.8, 2]], [0.7, 0.6], 2.5)
export function idw(samples, [x, y], p) { let n = 0, d = 0; for (const [sx, sy, v] of samples) { const w = Math.hypot(x - sx, y - sy) ** -p; n += w * v; d += w; } return n / d; }
//= kriging([[0, 1], [1, 3], [2.5, 2]], 1.4, 0.9)
export function kriging(data, x, range) {
  const c = (h) => Math.exp(-((h / range) ** 2)), n = data.length;
  const K = data.map(([a], i) => [...data.map(([b], j) => c(a - b) + (i === j ? 1e-6 : 0)), c(a - x)]);
  for (let k = 0; k < n; k++) for (let i = 0; i < n; i++) { if (i === k) continue; const f = K[i][k] / K[k][k]; for (let j = k; j <= n; j++) K[i][j] -= f * K[k][j]; }
  return data.reduce((s, [, v], i) => s + (K[i][n] / K[i][i]) * v, 0);
}
