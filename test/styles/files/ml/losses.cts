const EPS = 1e-7;
namespace Losses {
  export const mse = (p: number[], t: number[]) => p.reduce((s, x, i) => s + (x - t[i]) ** 2, 0) / p.length;
  export const huber = (p: number[], t: number[], d = 1) =>
    p.reduce((s, x, i) => { const e = Math.abs(x - t[i]); return s + (e <= d ? 0.5 * e * e : d * (e - 0.5 * d)); }, 0);
  export const bce = (p: number[], t: number[]) =>
    -p.reduce((s, x, i) => s + t[i] * Math.log(Math.min(Math.max(x, EPS), 1 - EPS)) + (1 - t[i]) * Math.log(1 - x + EPS), 0);
  export function focal(p: number, t: 0 | 1, gamma: number) { const pt = t ? p : 1 - p; return -((1 - pt) ** gamma) * Math.log(pt); }
  export function triplet(a: number[], p: number[], n: number[], margin = 0.2) {
    const d = (x: number[], y: number[]) => Math.sqrt(x.reduce((s, v, i) => s + (v - y[i]) ** 2, 0));
    return Math.max(d(a, p) - d(a, n) + margin, 0);
  }
}
//= all([0.3, 0.8, 0.6], [0, 1, 1])
function all(p: number[], t: number[]) { return Losses.mse(p, t) + 2 * Losses.huber(p, t, 0.3) + Losses.bce(p, t); }
//= focal(0.3, 1, 2.5)
const focal = (p: number, t: number, g: number) => Losses.focal(p, t as 0 | 1, g);
//= trip([1, 2], [1.1, 2.3], [1.2, 1.9])
const trip = (a: number[], b: number[], c: number[]) => Losses.triplet(a, b, c);
export = { all, focal, trip };
