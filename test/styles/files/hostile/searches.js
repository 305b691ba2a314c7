// Values found by comparing.
//= bisect(2.5) refusable
export function bisect(a) { let lo = 0, hi = 10; for (let i = 0; i < 60; i++) { const m = (lo + hi) / 2; if (m * m < a) lo = m; else hi = m; } return (lo + hi) / 2; }
//= bisectTolerance(2.5) refusable
export function bisectTolerance(a) { let lo = 0, hi = a + 1; while (hi - lo > 1e-12) { const m = (lo + hi) / 2; if (m ** 3 - a > 0) hi = m; else lo = m; } return lo; }
//= golden(1.3) refusable
export function golden(c) { const f = (x) => (x - c) ** 2 + 0.1 * x; const g = (Math.sqrt(5) - 1) / 2; let a = -5, b = 5; while (b - a > 1e-9) { const p = b - g * (b - a), q = a + g * (b - a); if (f(p) < f(q)) b = q; else a = p; } return (a + b) / 2; }
//= ternary(0.7) refusable
export function ternary(c) { let l = 0, r = 3; for (let k = 0; k < 80; k++) { const m1 = l + (r - l) / 3, m2 = r - (r - l) / 3; Math.cos(m1 - c) < Math.cos(m2 - c) ? (l = m1) : (r = m2); } return l; }
//= gridSearch(1.234) refusable
export function gridSearch(c) { let best = Infinity, arg = 0; for (let x = 0; x < 3; x += 0.01) { const v = (x - c) ** 2; if (v < best) { best = v; arg = x; } } return arg; }
//= gridValue(1.234)
export function gridValue(c) { let best = Infinity; for (let i = 0; i <= 30; i++) { const x = i / 10; best = Math.min(best, (x - c) ** 2 + x); } return best; }
//= stepSearch(2.7) refusable
export function stepSearch(target) { let x = 0, h = 1; while (h > 1e-10) { if ((x + h) ** 2 <= target) x += h; else h /= 2; } return x; }
//= newton(2.5)
export function newton(a) { let x = a; for (let i = 0; i < 100; i++) { const d = (x * x - a) / (2 * x); x -= d; if (Math.abs(d) < 1e-12) break; } return x; }
//= newtonFromRoot(4) refusable
export function newtonFromRoot(a) { let x = 2; for (let i = 0; i < 100; i++) { const d = (x * x - a) / (2 * x); if (Math.abs(d) < 1e-12) break; x -= d; } return x; }
//= fixedPoint(0.6)
export function fixedPoint(k) { let x = 1, y; do { y = x; x = Math.cos(k * y); } while (Math.abs(x - y) > 1e-13); return x; }
//= fixedPointLoose(0.6) refusable
export function fixedPointLoose(k) { let x = 1, y; do { y = x; x = Math.cos(k * y); } while (Math.abs(x - y) > 1e-2); return x; }
//= brent(2.5) refusable
export function brent(a) {
  const f = (x) => x * x * x - a; let p = 0, q = 5, fp = f(p), fq = f(q), c = p, fc = fp, d = q - p, e = d;
  for (let i = 0; i < 100; i++) {
    if (Math.abs(fc) < Math.abs(fq)) { p = q; q = c; c = p; fp = fq; fq = fc; fc = fp; }
    const tol = 1e-14, m = (c - q) / 2;
    if (Math.abs(m) <= tol || fq === 0) return q;
    if (Math.abs(e) >= tol && Math.abs(fp) > Math.abs(fq)) {
      let s = fq / fp, u, v;
      if (p === c) { u = 2 * m * s; v = 1 - s; } else { const t = fp / fc, r = fq / fc; u = s * (2 * m * t * (t - r) - (q - p) * (r - 1)); v = (t - 1) * (r - 1) * (s - 1); }
      if (u > 0) v = -v; u = Math.abs(u);
      if (2 * u < Math.min(3 * m * v - Math.abs(tol * v), Math.abs(e * v))) { e = d; d = u / v; } else { d = m; e = m; }
    } else { d = m; e = m; }
    p = q; fp = fq; q += Math.abs(d) > tol ? d : m > 0 ? tol : -tol; fq = f(q);
    if (fq > 0 === fc > 0) { c = p; fc = fp; d = q - p; e = d; }
  }
  return q;
}
//= regulaFalsi(2.5)
export function regulaFalsi(a) { let p = 1, q = 3; const f = (x) => x ** 2 - a; let c = p; for (let i = 0; i < 60; i++) { c = (p * f(q) - q * f(p)) / (f(q) - f(p)); if (Math.abs(f(c)) < 1e-14) break; if (f(c) * f(p) < 0) q = c; else p = c; } return c; }
//= lookup(2.5, [0, 1, 2, 3, 4], [0, 1, 4, 9, 16])
export function lookup(x, xs, ys) { let lo = 0, hi = xs.length - 1; while (hi - lo > 1) { const m = (lo + hi) >> 1; if (xs[m] > x) hi = m; else lo = m; } const t = (x - xs[lo]) / (xs[hi] - xs[lo]); return ys[lo] + t * (ys[hi] - ys[lo]); }
//= lineSearch(1.5, -0.5) refusable
export function lineSearch(a, b) { const f = (x, y) => (x - 1) ** 2 + 10 * (y - x * x) ** 2; let t = 1; const gx = 2 * (a - 1) - 40 * a * (b - a * a), gy = 20 * (b - a * a); while (f(a - t * gx, b - t * gy) > f(a, b) - 0.1 * t * (gx * gx + gy * gy)) t *= 0.5; return f(a - t * gx, b - t * gy); }
//= nelderMeadLike(0.3) refusable
export function nelderMeadLike(c) { let s = [0, 1]; const f = (x) => (x - c) ** 4 + x; for (let k = 0; k < 40; k++) { s.sort((p, q) => f(p) - f(q)); const r = s[0] + (s[0] - s[1]); s[1] = f(r) < f(s[1]) ? r : (s[0] + s[1]) / 2; } return s[0]; }
