/* Branches and loops: the programs of numerical-error benchmarks. */
export function jetEngine(x1: number, x2: number): number {
  const t = 3 * x1 * x1 + 2 * x2 - x1;
  const s = x1 * x1 + 1;
  const d = t / s;
  const e = (3 * x1 * x1 - 2 * x2 - x1) / s;
  return x1 + ((2 * x1 * d * (d - 3) + x1 * x1 * (4 * d - 6)) * s + 3 * x1 * x1 * d + x1 * x1 * x1 + x1 + 3 * e);
}
export function doppler3(u: number, v: number, T: number): number {
  const t1 = 331.4 + 0.6 * T;
  return (-t1 * v) / ((t1 + u) * (t1 + u));
}
export function delta(x1: number, x2: number, x3: number, x4: number, x5: number, x6: number) {
  return x1 * x4 * (-x1 + x2 + x3 - x4 + x5 + x6) + x2 * x5 * (x1 - x2 + x3 + x4 - x5 + x6)
    + x3 * x6 * (x1 + x2 - x3 + x4 + x5 - x6) + -x2 * x3 * x4 + -x1 * x3 * x5 + -x1 * x2 * x6 + -x4 * x5 * x6;
}
export const cav10 = (x: number) => (x * x - x >= 0 ? (x * x) / 10 : x * x + 2);
export function squareRoot3(x: number) {
  if (x < 0.00001) {
    return 1 + 0.5 * x;
  } else {
    return Math.sqrt(1 + x);
  }
}
export function smartRoot(c: number): number {
  const a = 3.0, b = 3.5;
  const discr = b * b - a * c * 4.0;
  let r: number;
  if (b * b - a * c > 10.0 / 4 && discr > 10) {
    if (b > 0.0) r = (c * 2.0) / (-b - Math.sqrt(discr));
    else if (b < 0.0) r = (-b + Math.sqrt(discr)) / (a * 2.0);
    else r = (-b + Math.sqrt(discr)) / (a * 2.0);
  } else {
    r = (-b + Math.sqrt(discr)) / (a * 2.0);
  }
  return r;
}
export function quadraticStable(a: number, b: number, c: number) {
  const d = Math.sqrt(b * b - 4 * a * c);
  return b >= 0 ? (-b - d) / (2 * a) : (2 * c) / (-b + d);
}
export const expm1Branch = (x: number) => (Math.abs(x) < 1e-5 ? x + (x * x) / 2 + (x * x * x) / 6 : Math.exp(x) - 1);
export const sincBranch = (x: number) => (x === 0 ? 1 - (x * x) / 6 : Math.sin(x) / x);
export function hypotScaled(x: number, y: number) {
  let a = Math.abs(x), b = Math.abs(y);
  if (a < b) { const t = a; a = b; b = t; }
  const r = b / a;
  return a * Math.sqrt(1 + r * r);
}
export const floudas2 = (x1: number, x2: number) => (x1 + x2 < 4 ? -x1 - x2 : x1 * x2);
export function sortedTriangle(...sides: [number, number, number]) {
  const [a, b, c] = [...sides].sort((p, q) => q - p);
  return Math.sqrt((a + (b + c)) * (c - (a - b)) * (c + (a - b)) * (a + (b - c))) / 4;
}
export function newtonSqrt(x: number) {
  let y = x, n = 0;
  while (n++ < 12) y = y - (y * y - x) / (2 * y);
  return y;
}
export function newtonRaphsonPoly(x0: number): number {
  let x = x0;
  for (let i = 0; i < 4; i++) {
    const f = x * x * x * x * x - 10 * x * x * x * x + 40 * x * x * x - 80 * x * x + 80 * x - 32;
    const ff = 5 * x * x * x * x - 40 * x * x * x + 120 * x * x - 160 * x + 80;
    x = x - f / ff;
  }
  return x;
}
export function rungeKutta(h: number, yn: number, c: number): number {
  let t = 0.0;
  let k = 0;
  while (t < 1.0) {
    const k1 = (c - yn) * (c - yn);
    k = c - (yn + 0.5 * h * k1);
    const k2 = k * k;
    k = c - (yn + 0.5 * h * k2);
    const k3 = k * k;
    k = c - (yn + h * k3);
    const k4 = k * k;
    yn = yn + (1 / 6) * h * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
    t = t + 0.125;
  }
  return yn;
}
export function trapezoid(u: number) {
  const a = 0.25, b = 5000, n = 25, h = (b - a) / n;
  const g = (x: number) => u / (0.7 * x * x * x - 0.6 * x * x + 0.9 * x - 0.2);
  let r = 0, xa = a;
  for (let i = 0; i < n; i++) {
    const xb = xa + h;
    r += (g(xa) + g(xb)) * 0.5 * h;
    xa = xb;
  }
  return r;
}
export function pid(m: number, kp: number, ki: number, kd: number, c: number): number {
  let eold = 0.0, i = 0.0;
  const dt = 0.2, invdt = 5.0;
  for (let t = 0; t < 30; t++) {
    const e = c - m;
    const p = kp * e;
    i = i + ki * dt * e;
    const d = kd * invdt * (e - eold);
    m = m + 0.01 * (p + i + d);
    eold = e;
  }
  return m;
}
export function leadLag(y: number, yd: number): number {
  let xc0 = 0.0, xc1 = 0.0;
  for (let i = 0; i < 25; i++) {
    let yc = y - yd;
    if (yc < -1) yc = -1;
    else if (1 < yc) yc = 1;
    const u = 564.48 * xc0 - 1280 * yc;
    [xc0, xc1] = [0.499 * xc0 - 0.05 * xc1 + yc, 0.01 * xc0 + xc1];
    y += 1e-5 * u;
  }
  return y;
}
export function odometry(sr: number, sl: number): number {
  let theta = 0, x = 0, y = 0;
  for (let t = 0; t < 20; ++t) {
    const dl = sl, dr = sr;
    const d = (dl + dr) * 0.5;
    const arg = theta + (dr - dl) * 0.05;
    const cosi = 1 - arg * arg * 0.5 + arg * arg * arg * arg * 0.0416666666;
    const sini = arg - arg * arg * arg * 0.1666666666 + arg * arg * arg * arg * arg * 0.008333333;
    x += d * cosi;
    y += d * sini;
    theta += (dr - dl) * 0.1;
  }
  return x + y;
}
export function pendulum(theta: number, omega: number, l: number): number {
  const dt = 0.01, g = 9.80665;
  let n = 0;
  do {
    const k1t = omega, k1w = (-g / l) * Math.sin(theta);
    const k2t = omega + (dt / 2) * k1w;
    const k2w = (-g / l) * Math.sin(theta + (dt / 2) * k1t);
    theta += dt * k2t;
    omega += dt * k2w;
  } while (++n < 40);
  return theta;
}
export function lotka(x: number, y: number, a: number) {
  for (let i = 0; i < 50; i++) [x, y] = [x + 0.01 * (a * x - 0.5 * x * y), y + 0.01 * (0.3 * x * y - 0.7 * y)];
  return x * y;
}
export function arcLength(a: number): number {
  const n = 40, h = Math.PI / n;
  const fun = (x: number) => {
    let d = 1, t = x;
    for (let k = 0; k < 5; k++) { d *= 2; t += (a * Math.sin(d * x)) / d; }
    return t;
  };
  let s = 0, t1 = 0;
  for (let i = 1; i <= n; i++) {
    const t2 = fun(i * h);
    s += Math.sqrt(h * h + (t2 - t1) * (t2 - t1));
    t1 = t2;
  }
  return s;
}
export function logistic(r: number, x: number) { for (let i = 0; i < 12; i++) x = r * x * (1 - x); return x; }
export function taylorExp(x: number) {
  let term = 1, total = 1;
  for (let k = 1; k < 30; k++) total += term *= x / k;
  return total;
}
export const harmonicSum = (x: number) => Array.from({ length: 59 }, (_, k) => 1 / (k + 1 + x)).reduce((a, b) => a + b, 0);
export function continuedFraction(x: number, k = 1): number { return k > 20 ? x : k + x / continuedFraction(x, k + 1); }
export function gramSchmidt(a: number, b: number, c: number, d: number) {
  const dot = (p: number[], q: number[]) => p[0] * q[0] + p[1] * q[1];
  const n = Math.sqrt(dot([a, b], [a, b]));
  const u = [a / n, b / n];
  const p = dot([c, d], u);
  const v = [c, d].map((vi, i) => vi - p * u[i]);
  return Math.sqrt(dot(v, v));
}
export function powerMethod(a: number, b: number, c: number, d: number) {
  let x = 1, y = 1;
  for (let k = 0; k < 25; k++) {
    const nx = a * x + b * y, ny = c * x + d * y;
    x = nx / ny;
    y = 1;
  }
  return c * x + d;
}
export function jacobiSolve(a: number, b: number) {
  let x = 0, y = 0, z = 0;
  for (let k = 0; k < 30; k++) {
    const nx = (a - 0.5 * y - 0.25 * z) / 4, ny = (b - x - 0.5 * z) / 5, nz = (1 - 0.3 * x - y) / 6;
    x = nx; y = ny; z = nz;
  }
  return x + 2 * y + 3 * z;
}
export function agm(x: number, y: number) { for (let k = 6; k--; ) [x, y] = [(x + y) / 2, Math.sqrt(x * y)]; return x; }
export function kahanSum(x: number) {
  let total = 0, c = 0;
  for (let k = 1; k < 30; k++) {
    const y = x ** k / k - c;
    const t = total + y;
    c = t - total - y;
    total = t;
  }
  return total;
}
export function muller(x: number, y: number) {
  for (let n = 0; n < 8; n++) { const next = 111 - 1130 / y + 3000 / (y * x); x = y; y = next; }
  return y;
}
export function eulerOscillator(x: number, v: number, w: number) {
  for (let i = 0; i < 60; i++) { const a = -w * w * x; v += 0.02 * a; x += 0.02 * v; }
  return x;
}
export const lowPass = (...xs: number[]) => [...xs, ...xs].reduce((y, x) => 0.9 * y + 0.1 * x, 0);
export function chebyshev(x: number): number {
  const T = [1, x];
  for (let n = 2; n <= 11; n++) T[n] = 2 * x * T[n - 1] - T[n - 2];
  return T[11];
}
export const horner = (x: number) => [1, -12, 66, -220, 495, -792, 924, -792, 495, -220, 66, -12, 1].reduce((r, c) => r * x + c, 0);
