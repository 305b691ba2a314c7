type F = (x: number) => number;
export const simpson = (f: F, a: number, b: number, n = 20) => { const h = (b - a) / n; let s = f(a) + f(b); for (let i = 1; i < n; i++) s += (i % 2 ? 4 : 2) * f(a + i * h); return (s * h) / 3; };
/** Legendre nodes by Newton, cached. */
const cache = new Map<number, { x: number[]; w: number[] }>();
function legendre(n: number) {
  const known = cache.get(n);
  if (known) return known;
  const x: number[] = [], w: number[] = [];
  for (let i = 0; i < n; i++) {
    let z = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5)), dp = 0;
    for (let k = 0; k < 50; k++) {
      let p0 = 1, p1 = z;
      for (let j = 2; j <= n; j++) [p0, p1] = [p1, ((2 * j - 1) * z * p1 - (j - 1) * p0) / j];
      dp = (n * (z * p1 - p0)) / (z * z - 1);
      const dz = p1 / dp;
      z -= dz;
      if (Math.abs(dz) < 1e-15) break;
    }
    x.push(z); w.push(2 / ((1 - z * z) * dp * dp));
  }
  const made = { x, w };
  cache.set(n, made);
  return made;
}
export const gauss = (f: F, a: number, b: number, n = 10) => { const { x, w } = legendre(n); return ((b - a) / 2) * x.reduce((s, xi, i) => s + w[i]! * f(((b - a) * xi + a + b) / 2), 0); };
//= both(0.2, 1.7, 0.8)
export const both = (a: number, b: number, k: number) => [simpson, gauss].map((q) => q((x) => Math.exp(-k * x * x) * Math.cos(x), a, b));
//= ellipticArc(2, 0.6, 1.1)
export const ellipticArc = (a: number, e: number, phi: number) => gauss((t) => a * Math.sqrt(1 - e * e * Math.sin(t) ** 2), 0, phi, 16);
//= adaptive(0.8, 2)
export function adaptive(k: number, b: number): number {
  const f = (x: number) => Math.sin(k * x) / (1 + x * x);
  const rec = (l: number, r: number, whole: number, depth: number): number => {
    const m = (l + r) / 2, left = simpson(f, l, m, 2), right = simpson(f, m, r, 2), d = left + right - whole;
    return depth <= 0 || Math.abs(d) < 1e-7 ? left + right + d / 15 : rec(l, m, left, depth - 1) + rec(m, r, right, depth - 1);
  };
  return rec(0, b, simpson(f, 0, b, 2), 8);
}
//= romberg(1.3)
export function romberg(p: number): number { const R: number[][] = []; for (let i = 0; i < 6; i++) { const n = 2 ** i, h = 1 / n; let s = 0.5 * (1 + 2 ** -p); for (let j = 1; j < n; j++) s += (1 + j * h) ** -p; R[i] = [s * h]; for (let k = 1; k <= i; k++) R[i]![k] = R[i]![k - 1]! + (R[i]![k - 1]! - R[i - 1]![k - 1]!) / (4 ** k - 1); } return R[5]![5]!; }
