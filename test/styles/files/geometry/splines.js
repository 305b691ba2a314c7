/* natural cubic spline + Catmull-Rom + monotone Hermite */
export class Spline {
  constructor(xs, ys) {
    this.xs = xs; this.ys = ys;
    const n = xs.length - 1, h = [], alpha = [0], l = [1], mu = [0], z = [0];
    for (let i = 0; i < n; i++) h.push(xs[i + 1] - xs[i]);
    for (let i = 1; i < n; i++) alpha.push(3 / h[i] * (ys[i + 1] - ys[i]) - 3 / h[i - 1] * (ys[i] - ys[i - 1]));
    for (let i = 1; i < n; i++) {
      l.push(2 * (xs[i + 1] - xs[i - 1]) - h[i - 1] * mu[i - 1]);
      mu.push(h[i] / l[i]);
      z.push((alpha[i] - h[i - 1] * z[i - 1]) / l[i]);
    }
    this.c = new Array(n + 1).fill(0); this.b = []; this.d = [];
    for (let j = n - 1; j >= 0; j--) {
      this.c[j] = z[j] - mu[j] * this.c[j + 1];
      this.b[j] = (ys[j + 1] - ys[j]) / h[j] - h[j] * (this.c[j + 1] + 2 * this.c[j]) / 3;
      this.d[j] = (this.c[j + 1] - this.c[j]) / (3 * h[j]);
    }
  }
  at(x) {
    let i = this.xs.findIndex((v) => v > x) - 1;
    if (i < 0) i = this.xs.length - 2;
    const t = x - this.xs[i];
    return this.ys[i] + t * (this.b[i] + t * (this.c[i] + t * this.d[i]));
  }
}
//= spline([0, 1, 2.5, 4], [1, 3, 2, 5], 1.7)
export const spline = (xs, ys, x) => new Spline(xs, ys).at(x);
//= catmull([1, 3, 2, 5], 0.35)
export const catmull = ([p0, p1, p2, p3], t) =>
  0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t ** 2 + (3 * p1 - p0 - 3 * p2 + p3) * t ** 3);
//= monotone([0, 1, 2.5, 4], [1, 2, 2.5, 5], 1.7)
export function monotone(xs, ys, x) {
  const d = [], m = [];
  for (let i = 0; i < xs.length - 1; i++) d[i] = (ys[i + 1] - ys[i]) / (xs[i + 1] - xs[i]);
  m[0] = d[0];
  for (let i = 1; i < d.length; i++) m[i] = d[i - 1] * d[i] <= 0 ? 0 : 2 / (1 / d[i - 1] + 1 / d[i]);
  m.push(d.at(-1));
  let k = 0;
  while (k < d.length - 1 && xs[k + 1] < x) k++;
  const h = xs[k + 1] - xs[k], t = (x - xs[k]) / h;
  return ys[k] * (1 + 2 * t) * (1 - t) ** 2 + h * m[k] * t * (1 - t) ** 2 + ys[k + 1] * t * t * (3 - 2 * t) + h * m[k + 1] * t * t * (t - 1);
}
