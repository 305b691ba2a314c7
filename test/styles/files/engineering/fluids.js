const nu = 1e-6;
//= friction(2, 0.1, 1e-4)
//= friction(0.01, 0.1, 1e-4)
export function friction(v, D, k) {
  const Re = v * D / nu;
  if (Re < 2320) return 64 / Re;
  let f = 0.25 / Math.pow(Math.log10(k / D / 3.7 + 5.74 / Math.pow(Re, 0.9)), 2), last;
  do { last = f; f = Math.pow(-2 * Math.log10(k / D / 3.71 + 2.51 / (Re * Math.sqrt(f))), -2); } while (Math.abs(f - last) > 1e-15);
  return f;
}
//= pressureDrop({"length": 100, "diameter": 0.1, "roughness": 1e-4, "bends": 3}, 2)
export const pressureDrop = ({ length, diameter, roughness, bends: n = 0, ...rest }, v) => (friction(v, diameter, roughness) * length / diameter + 0.3 * n + (rest.extra ?? 0)) * 998 * v ** 2 / 2;
//= manning(0.03, 2, 0.8, 0.001)
export function manning(n, b, y, S) { const A = b * y, P = b + 2 * y; return A / n * (A / P) ** (2 / 3) * Math.sqrt(S); }
//= normalDepth(1.5, 0.03, 2, 0.001)
export function normalDepth(Q, n, b, S) { let y = 1; for (let i = 0; i < 50; i++) { const f = manning(n, b, y, S) - Q, h = 1e-6, d = (manning(n, b, y + h, S) - manning(n, b, y - h, S)) / (2 * h); const dy = f / d; y -= dy; if (Math.abs(dy) < 1e-13) break; } return y; }
//= isentropic(2.2, 1.4)
export const isentropic = (M, g) => { const t = 1 + (g - 1) / 2 * M * M; return [t ** -1, t ** (-g / (g - 1)), 1 / M * (2 / (g + 1) * t) ** ((g + 1) / (2 * (g - 1)))]; };
//= joukowski(1.1, 0.1, 0.4)
export const joukowski = (r, x0, th) => { const zx = x0 + r * Math.cos(th), zy = r * Math.sin(th), d = zx * zx + zy * zy; return { x: zx + zx / d, y: zy - zy / d }; };
