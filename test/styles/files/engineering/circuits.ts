type C = { re: number; im: number };
const c = (re: number, im = 0): C => ({ re, im });
const add = (a: C, b: C) => c(a.re + b.re, a.im + b.im), mul = (a: C, b: C) => c(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
const inv = ({ re, im }: C) => { const d = re * re + im * im; return c(re / d, -im / d); };
const series = (...z: C[]) => z.reduce(add), parallel = (...z: C[]) => inv(z.map(inv).reduce(add));
const R = (r: number) => c(r), L = (l: number, w: number) => c(0, w * l), Cap = (k: number, w: number) => c(0, -1 / (w * k));
//= impedance(50, 0.01, 1e-6, 2000)
export function impedance(r: number, l: number, k: number, f: number) { const w = 2 * Math.PI * f; const z = parallel(series(R(r), L(l, w)), Cap(k, w)); return { abs: Math.hypot(z.re, z.im), arg: Math.atan2(z.im, z.re) }; }
//= lowpass([1000, 2200], [1e-7, 4.7e-8], 900)
export const lowpass = (rs: number[], cs: number[], f: number): number => {
  let v = c(1), zout = c(0);
  rs.forEach((r, i) => { const zc = Cap(cs[i]!, 2 * Math.PI * f), zs = series(zout, R(r)); v = mul(v, mul(zc, inv(add(zs, zc)))); zout = parallel(zs, zc); });
  return 20 * Math.log10(Math.hypot(v.re, v.im));
};
//= diode(5, 1000)
export function diode(v: number, r: number): number { const Is = 1e-12, Vt = 0.02585; let vd = 0.6; for (let i = 0; i < 60; i++) { const e = Is * Math.exp(vd / Vt); const step = ((v - vd) / r - e + Is) / (-1 / r - e / Vt); vd -= step; if (Math.abs(step) < 1e-14) break; } return (v - vd) / r; }
//= ladder(50, 75)
export const ladder = (r: number, g: number, n = 6): number => (n === 0 ? g : r + 1 / (1 / g + 1 / ladder(r, g, n - 1)));
//= nodal([[3, -1, 0], [-1, 4, -2], [0, -2, 5]], [1, 0, 2])
export function nodal(G: number[][], I: number[]): number { const v = [0, 0, 0]; for (let k = 0; k < 200; k++) for (let i = 0; i < 3; i++) v[i] = (I[i]! - G[i]!.reduce((s, g, j) => (j === i ? s : s + g * v[j]!), 0)) / G[i]![i]!; return v[1]!; }
