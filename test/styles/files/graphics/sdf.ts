type V3 = readonly [number, number, number];
const v = (...c: number[]) => c as unknown as V3;
const sub = (a: V3, b: V3) => v(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
const mad = (a: V3, d: V3, t: number) => v(a[0] + d[0] * t, a[1] + d[1] * t, a[2] + d[2] * t);
const len = (a: V3) => Math.hypot(...a);
type Sdf = (p: V3) => number;
const sphere = (c: V3, r: number): Sdf => (p) => len(sub(p, c)) - r;
const box = (c: V3, h: V3): Sdf => (p) => {
  const q = sub(p, c).map((x, i) => Math.abs(x) - h[i]!);
  return len(v(...q.map((x) => Math.max(x, 0)))) + Math.min(Math.max(...q), 0);
};
const smoothUnion = (k: number, ...fs: Sdf[]): Sdf => (p) => fs.map((f) => f(p)).reduce((a, b) => {
  const h = Math.max(k - Math.abs(a - b), 0) / k;
  return Math.min(a, b) - h * h * k * 0.25;
});
//= scene([0.3, 0.9, -0.4], 0.5, 0.3)
export const scene = (p: V3, radius: number, k: number) => smoothUnion(k, sphere(v(0, 0.6, 0), radius), box(v(0.2, 0, 0.1), v(0.5, 0.2, 0.4)))(p);
//= march(0.1, 0.5)
export function march(dx: number, radius: number): number {
  const dir = v(dx, 0, 1), origin = v(0, 0.1, -3);
  const f = sphere(v(0, 0, 0), radius);
  let t = 0;
  for (let i = 0; i < 100; i++) { const d = f(mad(origin, dir, t)); t += d; if (d < 1e-13) break; }
  return t;
}
//= lambert([0.2, 0.5, 0.84], [0.3, 0.8, 0.52], 16)
export const lambert = (n: V3, l: V3, shininess: number) => {
  const d = n.reduce((s, x, i) => s + x * l[i]!, 0);
  return Math.max(d, 0) + Math.pow(Math.max(2 * d * n[2] - l[2], 0), shininess);
};
