/** Systems in time. */
type Vec = readonly number[];

/** Lotka-Volterra with as many species as there are, by Runge-Kutta. */
export function ode(x: Vec, steps: number): number {
  const f = (y: Vec) => y.map((v, i) => v * (1 - 0.2 * v - 0.3 * (y[(i + 1) % y.length]! - y[(i + y.length - 1) % y.length]!)));
  const add = (a: Vec, b: Vec, s: number) => a.map((v, i) => v + s * b[i]!);
  const h = 1 / steps;
  let y: Vec = x;
  for (let k = 0; k < steps; k++) {
    const k1 = f(y), k2 = f(add(y, k1, h / 2)), k3 = f(add(y, k2, h / 2)), k4 = f(add(y, k3, h));
    y = y.map((v, i) => v + (h / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!));
  }
  return y.reduce((s, v, i) => s + v * (i + 1), 0);
}

/** Two species on a periodic grid of n × n, explicit Euler. */
export function brusselator(u0: Vec, v0: Vec, n: number, steps: number, a: number): number {
  let u = Float64Array.from(u0), v = Float64Array.from(v0);
  const dt = 0.01, wrap = (i: number) => ((i % n) + n) % n;
  for (let k = 0; k < steps; k++) {
    const nu = new Float64Array(n * n), nv = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const at = i * n + j;
        const around = (w: Float64Array) => w[wrap(i - 1) * n + j]! + w[wrap(i + 1) * n + j]! + w[i * n + wrap(j - 1)]! + w[i * n + wrap(j + 1)]! - 4 * w[at]!;
        const uuv = u[at]! * u[at]! * v[at]!;
        nu[at] = u[at]! + dt * (1 + uuv - (a + 1) * u[at]! + 0.5 * around(u));
        nv[at] = v[at]! + dt * (a * u[at]! - uuv + 0.3 * around(v));
      }
    u = nu;
    v = nv;
  }
  return u.reduce((s, x, i) => s + x * x + v[i]! * (i % 3), 0);
}

/** Bodies that attract each other: the distance of two of them after some leaps. */
export function bodies(state: Vec, masses: Vec, steps: number): number {
  const n = masses.length;
  const p = state.slice(0, 3 * n), v = state.slice(3 * n);
  const dt = 0.01;
  for (let k = 0; k < steps; k++) {
    for (let i = 0; i < n; i++)
      for (let j = i + 1; j < n; j++) {
        const d = [0, 1, 2].map((c) => p[3 * j + c]! - p[3 * i + c]!);
        const r2 = d.reduce((s, x) => s + x * x, 0.01);
        const w = dt / (r2 * Math.sqrt(r2));
        for (let c = 0; c < 3; c++) {
          v[3 * i + c]! += w * masses[j]! * d[c]!;
          v[3 * j + c]! -= w * masses[i]! * d[c]!;
        }
      }
    for (let c = 0; c < 3 * n; c++) p[c]! += dt * v[c]!;
  }
  return Math.hypot(p[0]! - p[3]!, p[1]! - p[4]!, p[2]! - p[5]!);
}

/** Helmholtz energy of a mixture of gases. */
export function helmholtz(x: Vec): number {
  const n = x.length;
  let bx = 0, xAx = 0, mix = 0;
  for (let i = 0; i < n; i++) bx += x[i]! * (0.02 + 0.001 * i);
  for (let i = 0; i < n; i++) {
    mix += x[i]! * Math.log(x[i]! / (1 - bx));
    for (let j = 0; j < n; j++) xAx += (x[i]! * x[j]!) / (1 + i + j);
  }
  const s = Math.SQRT2;
  return mix - (xAx / (2 * s * bx)) * Math.log((1 + (1 + s) * bx) / (1 + (1 - s) * bx));
}
