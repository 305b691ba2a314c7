/** Conjugate gradients, Gauss-Newton, Levenberg-Marquardt: what the answer depends on. */
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((s, x, i) => s + x * b[i]!, 0);
//= cg([[4, 1, 0], [1, 3, -1], [0, -1, 5]], [1, 2, 3])
export function cg(A: number[][], b: number[]): number[] {
  let x = b.map(() => 0), r = [...b], p = [...r], rr = dot(r, r);
  for (let k = 0; k < b.length && rr > 1e-20; k++) {
    const Ap = A.map((row) => dot(row, p)), a = rr / dot(p, Ap);
    x = x.map((v, i) => v + a * p[i]!);
    r = r.map((v, i) => v - a * Ap[i]!);
    const next = dot(r, r);
    p = r.map((v, i) => v + (next / rr) * p[i]!);
    rr = next;
  }
  return x;
}
//= fitExponential([0, 1, 2, 3], [2.1, 1.3, 0.8, 0.45])
export function fitExponential(t: number[], y: number[]): [number, number] {
  let [a, k] = [2, 0.5];
  for (let it = 0; it < 30; it++) {
    let [saa, sak, skk, ga, gk] = [0, 0, 0, 0, 0];
    t.forEach((ti, i) => { const e = Math.exp(-k * ti), r = y[i]! - a * e, ja = e, jk = -a * ti * e; saa += ja * ja; sak += ja * jk; skk += jk * jk; ga += ja * r; gk += jk * r; });
    const det = saa * skk - sak * sak;
    const da = (skk * ga - sak * gk) / det, dk = (saa * gk - sak * ga) / det;
    a += da; k += dk;
    if (Math.hypot(da, dk) < 1e-14) break;
  }
  return [a, k];
}
//= anderson(0.6, 1.2)
export function anderson(a: number, b: number): number {
  const g = (x: number) => a * Math.cos(x) + b * 0.3;
  let x0 = 0, x1 = g(x0);
  for (let k = 0; k < 40; k++) {
    const f0 = g(x0) - x0, f1 = g(x1) - x1;
    if (Math.abs(f1) < 1e-15) break;
    const theta = f1 === f0 ? 0 : f1 / (f1 - f0);
    [x0, x1] = [x1, (1 - theta) * g(x1) + theta * g(x0)];
  }
  return x1;
}
