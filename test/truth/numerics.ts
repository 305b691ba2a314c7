import { program } from './corpus.ts';

export const linear = program(
  'linear algebra',
  String.raw`
type Mat = number[][];
//= det([[2,1,0.5],[1,3,-1],[0.2,0.4,1]])
//= det([[0,1],[1,0]])
export function det(A: Mat): number {
  const a = A.map((r) => [...r]);
  const n = a.length;
  let d = 1;
  for (let k = 0; k < n; k++) {
    let p = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i]![k]!) > Math.abs(a[p]![k]!)) p = i;
    if (p !== k) { [a[k], a[p]] = [a[p]!, a[k]!]; d = -d; }
    if (a[k]![k] === 0) return 0;
    d *= a[k]![k]!;
    for (let i = k + 1; i < n; i++) {
      const f = a[i]![k]! / a[k]![k]!;
      for (let j = k; j < n; j++) a[i]![j]! -= f * a[k]![j]!;
    }
  }
  return d;
}
//= solve([[4,1],[2,3]], [1,2])
//= solve([[0,1],[2,3]], [1,2])
export function solve(A: Mat, b: number[]): number[] {
  const n = b.length, M = A.map((row, i) => row.concat(b[i]!));
  for (let c = 0; c < n; c++) {
    const pivot = M.slice(c).reduce((best, row, i) => (Math.abs(row[c]!) > Math.abs(M[best]![c]!) ? i + c : best), c);
    const tmp = M[c]!; M[c] = M[pivot]!; M[pivot] = tmp;
    for (let r = c + 1; r < n; r++) {
      const k = M[r]![c]! / M[c]![c]!;
      M[r] = M[r]!.map((v, j) => v - k * M[c]![j]!);
    }
  }
  const x = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    let s = M[i]![n]!;
    for (let j = i + 1; j < n; j++) s -= M[i]![j]! * x[j]!;
    x[i] = s / M[i]![i]!;
  }
  return Array.from(x);
}
//= cholesky([[4,2,0.6],[2,5,1],[0.6,1,3]])
export function cholesky(A: Mat): Mat {
  const n = A.length, L = A.map((r) => r.map(() => 0));
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = A[i]![j]!;
      for (let k = 0; k < j; k++) sum -= L[i]![k]! * L[j]![k]!;
      L[i]![j] = i === j ? Math.sqrt(sum) : sum / L[j]![j]!;
    }
  return L;
}
//= qr([[1,2],[3,4.5],[0.5,6]])
export function qr(A: Mat): { q: Mat; r: Mat } {
  const m = A.length, n = A[0]!.length;
  const q: Mat = [], r: Mat = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let j = 0; j < n; j++) {
    let v = A.map((row) => row[j]!);
    for (let i = 0; i < j; i++) {
      r[i]![j] = q[i]!.reduce((s, x, k) => s + x * A[k]![j]!, 0);
      v = v.map((x, k) => x - r[i]![j]! * q[i]![k]!);
    }
    r[j]![j] = Math.hypot(...v);
    q.push(v.map((x) => x / r[j]![j]!));
  }
  return { q, r };
}
//= inverse3([[2,1,0.5],[1,3,-1],[0.2,0.4,1]])
export function inverse3([[a, b, c], [d, e, f], [g, h, i]]: any): Mat {
  const A = e * i - f * h, B = -(d * i - f * g), C = d * h - e * g;
  const det = a * A + b * B + c * C;
  return [
    [A, -(b * i - c * h), b * f - c * e],
    [B, a * i - c * g, -(a * f - c * d)],
    [C, -(a * h - b * g), a * e - b * d],
  ].map((row) => row.map((x) => x / det));
}
const mm = (A: Mat, B: Mat) => A.map((r) => B[0]!.map((_, j) => r.reduce((s, x, k) => s + x * B[k]![j]!, 0)));
//= expm([[0.1,2],[-2,0.3]])
//= expm([[0,0],[0,0]])
export function expm(A: Mat): Mat {
  const norm = Math.max(...A.map((r) => r.reduce((s, x) => s + Math.abs(x), 0)));
  const s = norm > 0.5 ? Math.ceil(Math.log2(norm / 0.5)) : 0;
  const X = A.map((r) => r.map((x) => x / 2 ** s));
  let term = A.map((r, i) => r.map((_, j) => (i === j ? 1 : 0)));
  let sum = term.map((r) => [...r]);
  for (let k = 1; k <= 14; k++) {
    term = mm(term, X).map((r) => r.map((x) => x / k));
    sum = sum.map((r, i) => r.map((x, j) => x + term[i]![j]!));
  }
  for (let k = 0; k < s; k++) sum = mm(sum, sum);
  return sum;
}
//= powerIteration([[2,1],[1,3]])
export function powerIteration(A: Mat): number {
  let v = A.map(() => 1), lambda = 0;
  for (let k = 0; k < 60; k++) {
    const w = A.map((r) => r.reduce((s, x, j) => s + x * v[j]!, 0));
    lambda = Math.sqrt(w.reduce((s, x) => s + x * x, 0));
    v = w.map((x) => x / lambda);
  }
  return lambda;
}
//= jacobiEigen([[2,1,0.3],[1,3,0.5],[0.3,0.5,1]])
export function jacobiEigen(A: Mat): number[] {
  const a = A.map((r) => r.slice()), n = a.length;
  for (let sweep = 0; sweep < 12; sweep++) {
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) {
      if (Math.abs(a[p]![q]!) < 1e-18) continue;
      const theta = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!);
      const t = Math.sign(theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
      const c = 1 / Math.sqrt(t * t + 1), s = t * c;
      for (let k = 0; k < n; k++) { const x = a[k]![p]!, y = a[k]![q]!; a[k]![p] = c * x - s * y; a[k]![q] = s * x + c * y; }
      for (let k = 0; k < n; k++) { const x = a[p]![k]!, y = a[q]![k]!; a[p]![k] = c * x - s * y; a[q]![k] = s * x + c * y; }
    }
  }
  return a.map((r, i) => r[i]!).sort((x, y) => y - x);
}
//= conjugateGradient([[4,1],[1,3]], [1,2])
export function conjugateGradient(A: Mat, b: number[]): number[] {
  const dot = (u: number[], v: number[]) => u.reduce((s, x, i) => s + x * v[i]!, 0);
  let x = b.map(() => 0), r = [...b], p = [...r], rs = dot(r, r);
  for (let k = 0; k < b.length; k++) {
    const Ap = A.map((row) => dot(row, p));
    const alpha = rs / dot(p, Ap);
    x = x.map((v, i) => v + alpha * p[i]!);
    r = r.map((v, i) => v - alpha * Ap[i]!);
    const next = dot(r, r);
    if (Math.sqrt(next) < 1e-10) break;
    p = r.map((v, i) => v + (next / rs) * p[i]!);
    rs = next;
  }
  return x;
}
//= thomas([0,1,1],[4,4.5,4],[1,1,0],[1,2,3])
export function thomas(a: number[], b: number[], c: number[], d: number[]): number[] {
  const n = d.length, cp = new Float64Array(n), dp = new Float64Array(n), x = new Array<number>(n);
  cp[0] = c[0]! / b[0]!; dp[0] = d[0]! / b[0]!;
  for (let i = 1; i < n; i++) {
    const m = b[i]! - a[i]! * cp[i - 1]!;
    cp[i] = c[i]! / m;
    dp[i] = (d[i]! - a[i]! * dp[i - 1]!) / m;
  }
  x[n - 1] = dp[n - 1]!;
  for (let i = n - 2; i >= 0; i--) x[i] = dp[i]! - cp[i]! * x[i + 1]!;
  return x;
}
class Quaternion {
  constructor(public readonly w: number, public readonly x: number, public readonly y: number, public readonly z: number) {}
  static fromAxisAngle([x, y, z]: number[], angle: number) {
    const s = Math.sin(angle / 2) / Math.hypot(x!, y!, z!);
    return new Quaternion(Math.cos(angle / 2), x! * s, y! * s, z! * s);
  }
  get norm() { return Math.sqrt(this.w ** 2 + this.x ** 2 + this.y ** 2 + this.z ** 2); }
  get conjugate() { return new Quaternion(this.w, -this.x, -this.y, -this.z); }
  mul(q: Quaternion) {
    return new Quaternion(
      this.w * q.w - this.x * q.x - this.y * q.y - this.z * q.z,
      this.w * q.x + this.x * q.w + this.y * q.z - this.z * q.y,
      this.w * q.y - this.x * q.z + this.y * q.w + this.z * q.x,
      this.w * q.z + this.x * q.y - this.y * q.x + this.z * q.w,
    );
  }
  rotate(v: number[]) { const r = this.mul(new Quaternion(0, v[0]!, v[1]!, v[2]!)).mul(this.conjugate); return [r.x, r.y, r.z]; }
  static slerp(a: Quaternion, b: Quaternion, t: number): Quaternion {
    let dot = a.w * b.w + a.x * b.x + a.y * b.y + a.z * b.z, sgn = 1;
    if (dot < 0) { dot = -dot; sgn = -1; }
    const th = Math.acos(Math.min(dot, 1));
    const [p, q] = dot > 0.9995 ? [1 - t, t] : [Math.sin((1 - t) * th) / Math.sin(th), Math.sin(t * th) / Math.sin(th)];
    const f = (k: 'w' | 'x' | 'y' | 'z') => p! * a[k] + sgn * q! * b[k];
    return new Quaternion(f('w'), f('x'), f('y'), f('z'));
  }
}
//= rotated([1,2,3], [0.1,0.2,1], 0.8)
export const rotated = (v: number[], axis: number[], angle: number) => Quaternion.fromAxisAngle(axis, angle).rotate(v);
//= halfway({"$new":"Quaternion","args":[0.9,0.1,0.2,0.3]}, {"$new":"Quaternion","args":[-0.1,0.9,0.1,0.2]}, 0.3)
export const halfway = (p: Quaternion, q: Quaternion, t: number) => Quaternion.slerp(p, q, t);
//= qnorm({"$class":"Quaternion","fields":{"w":1,"x":2,"y":3,"z":4}})
export const qnorm = (q: Quaternion) => q.norm;
//= rodrigues([0.3,-0.2,0.5], [1,0,2])
//= rodrigues([0.1,0,0], [1,0,2])
export function rodrigues(w: number[], v: number[]): number[] {
  const th = Math.hypot(...w);
  if (th < 1e-12) return v.map((x) => x);
  const [x, y, z] = w.map((c) => c / th) as [number, number, number];
  const c = Math.cos(th), s = Math.sin(th), d = x * v[0]! + y * v[1]! + z * v[2]!;
  const cr = [y * v[2]! - z * v[1]!, z * v[0]! - x * v[2]!, x * v[1]! - y * v[0]!];
  return v.map((vi, i) => vi * c + cr[i]! * s + [x, y, z][i]! * d * (1 - c));
}
//= arm([0.3, 0.5, -0.4])
export function arm(q: number[]): { x: number; y: number; phi: number } {
  const links = [1, 0.8, 0.3];
  let x = 0, y = 0, phi = 0;
  for (const [i, l] of links.entries()) { phi += q[i]!; x += l * Math.cos(phi); y += l * Math.sin(phi); }
  return { x, y, phi };
}
//= dhChain([0.1,-0.5,0.9,0.2])
export function dhChain(q: readonly number[]) {
  const table = [{ a: 0, alpha: Math.PI / 2, d: 0.4 }, { a: 0.5, alpha: 0, d: 0 }, { a: 0.3, alpha: -Math.PI / 2, d: 0.1 }, { a: 0, alpha: 0, d: 0.2 }];
  const T = table.map(({ a, alpha, d }, i) => {
    const [ct, st, ca, sa] = [Math.cos(q[i]!), Math.sin(q[i]!), Math.cos(alpha), Math.sin(alpha)];
    return [[ct, -st * ca, st * sa, a * ct], [st, ct * ca, -ct * sa, a * st], [0, sa, ca, d], [0, 0, 0, 1]];
  }).reduce(mm);
  return [T[0]![3], T[1]![3], T[2]![3]];
}
//= ikNewton(1.2, 0.7)
export function ikNewton(tx: number, ty: number): [number, number] {
  let q1 = 0.3, q2 = 0.6;
  for (let k = 0; k < 20; k++) {
    const x = Math.cos(q1) + Math.cos(q1 + q2), y = Math.sin(q1) + Math.sin(q1 + q2);
    const J = [[-Math.sin(q1) - Math.sin(q1 + q2), -Math.sin(q1 + q2)], [Math.cos(q1) + Math.cos(q1 + q2), Math.cos(q1 + q2)]];
    const D = J[0]![0]! * J[1]![1]! - J[0]![1]! * J[1]![0]!, ex = tx - x, ey = ty - y;
    q1 += (J[1]![1]! * ex - J[0]![1]! * ey) / D;
    q2 += (J[0]![0]! * ey - J[1]![0]! * ex) / D;
  }
  return [q1, q2];
}
//= euler(0.1, 0.2, 0.3)
export const euler = (roll: number, pitch: number, yaw: number) => {
  const [cr, sr, cp, sp, cy, sy] = [roll / 2, pitch / 2, yaw / 2].flatMap((t) => [Math.cos(t), Math.sin(t)]) as [number, number, number, number, number, number];
  return { w: cr * cp * cy + sr * sp * sy, x: sr * cp * cy - cr * sp * sy, y: cr * sp * cy + sr * cp * sy, z: cr * cp * sy - sr * sp * cy };
};
//= kalman([1,1.2,0.9], 0.1, 0.5)
export function kalman(z: number[], q: number, r: number): { x: number; p: number } {
  return z.reduce(({ x, p }, m) => { p += q; const k = p / (p + r); return { x: x + k * (m - x), p: (1 - k) * p }; }, { x: 0, p: 1 });
}
//= pid([1, 0.5, 0.1])
export function pid(gains: [number, number, number]): number {
  const [kp, ki, kd] = gains;
  let y = 0, integral = 0, last = 1, cost = 0;
  const step = () => { const e = 1 - y; integral += e * 0.05; const u = kp * e + ki * integral + kd * (e - last) / 0.05; last = e; y += 0.05 * (u - y); return e * e; };
  for (let i = 0; i < 30; i++) cost += step() * 0.05;
  return cost;
}
`,
);

export const calculus = program(
  'calculus',
  String.raw`
type Deriv = (t: number, y: number[]) => number[];
function rk4(f: Deriv, y: number[], t: number, h: number): number[] {
  const axpy = (a: number, k: number[]) => y.map((v, i) => v + a * k[i]!);
  const k1 = f(t, y), k2 = f(t + h / 2, axpy(h / 2, k1)), k3 = f(t + h / 2, axpy(h / 2, k2)), k4 = f(t + h, axpy(h, k3));
  return y.map((v, i) => v + (h / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!));
}
//= lorenz([1,1,1], 10, 28, 2.6666666666666665)
export function lorenz(y0: number[], sigma: number, rho: number, beta: number): number[] {
  let y = y0;
  for (let i = 0; i < 20; i++) y = rk4((_, [x, y, z]) => [sigma * (y! - x!), x! * (rho - z!) - y!, x! * y! - beta * z!], y, i * 0.01, 0.01);
  return y;
}
//= lotka(2, 1)
export function lotka(prey: number, pred: number) {
  let s = { prey, pred };
  for (const _ of Array(50).keys()) s = { prey: s.prey + 0.02 * s.prey * (1.1 - 0.4 * s.pred), pred: s.pred + 0.02 * s.pred * (0.1 * s.prey - 0.4) };
  return s;
}
//= verlet(1, 0, 4)
export function verlet(x: number, v: number, k: number, dt = 0.05, n = 40): [number, number] {
  let a = -k * x;
  while (n-- > 0) { x += v * dt + 0.5 * a * dt * dt; const a2 = -k * x; v += 0.5 * (a + a2) * dt; a = a2; }
  return [x, v];
}
//= implicitEuler(1, 3)
export function implicitEuler(y0: number, lambda: number): number {
  let y = y0;
  for (let i = 0; i < 10; i++) {
    let z = y;
    for (let k = 0; k < 8; k++) z -= (z - y + 0.1 * lambda * z ** 3) / (1 + 0.3 * lambda * z * z);
    y = z;
  }
  return y;
}
//= adaptive(0.7)
export function adaptive(b: number): number {
  const f = (x: number) => Math.exp(-x * x);
  const rec = (a: number, c: number, fa: number, fm: number, fc: number, whole: number, eps: number, depth: number): number => {
    const m = (a + c) / 2, lm = (a + m) / 2, rm = (m + c) / 2, fl = f(lm), fr = f(rm);
    const left = (m - a) / 6 * (fa + 4 * fl + fm), right = (c - m) / 6 * (fm + 4 * fr + fc), d = left + right - whole;
    if (depth <= 0 || Math.abs(d) <= 15 * eps) return left + right + d / 15;
    return rec(a, m, fa, fl, fm, left, eps / 2, depth - 1) + rec(m, c, fm, fr, fc, right, eps / 2, depth - 1);
  };
  const fa = f(0), fm = f(b / 2), fb = f(b);
  return rec(0, b, fa, fm, fb, b / 6 * (fa + 4 * fm + fb), 1e-10, 20);
}
//= gauss(0, 2, 1.5)
const NODES = [[0, 128 / 225], [Math.sqrt(5 - 2 * Math.sqrt(10 / 7)) / 3, (322 + 13 * Math.sqrt(70)) / 900], [Math.sqrt(5 + 2 * Math.sqrt(10 / 7)) / 3, (322 - 13 * Math.sqrt(70)) / 900]] as const;
export function gauss(a: number, b: number, k: number): number {
  const c = (a + b) / 2, r = (b - a) / 2, f = (x: number) => Math.sin(k * x) / (1 + x);
  let s = 0;
  for (const [x, w] of NODES) s += x === 0 ? w * f(c) : w * (f(c - r * x) + f(c + r * x));
  return s * r;
}
//= romberg(0.5, 2)
export function romberg(a: number, b: number): number {
  const f = (x: number) => Math.log(x + 1) ** 2, R: number[][] = [[0.5 * (b - a) * (f(a) + f(b))]];
  for (let i = 1, h = (b - a) / 2; i < 6; i++, h /= 2) {
    let s = 0;
    for (let k = 1; k < 2 ** i; k += 2) s += f(a + k * h);
    const row = [0.5 * R[i - 1]![0]! + h * s];
    for (let j = 1; j <= i; j++) row[j] = row[j - 1]! + (row[j - 1]! - R[i - 1]![j - 1]!) / (4 ** j - 1);
    R.push(row);
  }
  return R[5]![5]!;
}
//= trapz([0,1,2.5],[1,3,2])
export const trapz = (x: number[], y: number[]) => x.slice(1).reduce((s, xi, i) => s + (xi - x[i]!) * (y[i]! + y[i + 1]!) / 2, 0);
//= lerpTable(1.5, [0,1,2,4], [1,3,2,5])
//= lerpTable(2, [0,1,2,4], [1,3,2,5]) special
//= lerpTable(-1, [0,1,2,4], [1,3,2,5])
export function lerpTable(x: number, xs: number[], ys: number[]): number {
  if (x <= xs[0]!) return ys[0]!;
  if (x >= xs.at(-1)!) return ys.at(-1)!;
  const i = xs.findIndex((v) => v > x) - 1;
  const t = (x - xs[i]!) / (xs[i + 1]! - xs[i]!);
  return ys[i]! * (1 - t) + ys[i + 1]! * t;
}
//= bisectTable(2.3)
const TABLE: { x: number; y: number }[] = [];
for (let i = 0; i <= 20; i++) TABLE.push({ x: i / 4, y: Math.sin(i / 4) * 10 });
export function bisectTable(x: number): number {
  let lo = 0, hi = TABLE.length - 1;
  while (hi - lo > 1) { const mid = (lo + hi) >>> 1; if (TABLE[mid]!.x <= x) lo = mid; else hi = mid; }
  const { x: x0, y: y0 } = TABLE[lo]!, { x: x1, y: y1 } = TABLE[hi]!;
  return y0 + (y1 - y0) * (x - x0) / (x1 - x0);
}
//= naturalSpline([0,1,2.5,4],[1,2,0,3], 1.7)
export function naturalSpline(x: number[], a: number[], at: number): number {
  const n = x.length - 1, h = [...Array(n)].map((_, i) => x[i + 1]! - x[i]!);
  const alpha = h.map((_, i) => (i === 0 ? 0 : 3 / h[i]! * (a[i + 1]! - a[i]!) - 3 / h[i - 1]! * (a[i]! - a[i - 1]!)));
  const l = [1], mu = [0], z = [0];
  for (let i = 1; i < n; i++) {
    l[i] = 2 * (x[i + 1]! - x[i - 1]!) - h[i - 1]! * mu[i - 1]!;
    mu[i] = h[i]! / l[i]!;
    z[i] = (alpha[i]! - h[i - 1]! * z[i - 1]!) / l[i]!;
  }
  const b: number[] = [], c: number[] = [], d: number[] = [];
  c[n] = 0;
  for (let j = n - 1; j >= 0; j--) {
    c[j] = z[j]! - mu[j]! * c[j + 1]!;
    b[j] = (a[j + 1]! - a[j]!) / h[j]! - h[j]! * (c[j + 1]! + 2 * c[j]!) / 3;
    d[j] = (c[j + 1]! - c[j]!) / (3 * h[j]!);
  }
  let k = n - 1;
  while (k > 0 && at < x[k]!) k--;
  const u = at - x[k]!;
  return a[k]! + b[k]! * u + c[k]! * u ** 2 + d[k]! * u ** 3;
}
//= monotone([0,1,2,3],[0,1,1.5,4], 1.4)
//= monotone([0,1,2,3],[0,1,1,4], 1.4) special
export function monotone(x: number[], y: number[], at: number): number {
  const n = x.length, dx = [] as number[], m = [] as number[];
  for (let i = 0; i < n - 1; i++) { dx[i] = x[i + 1]! - x[i]!; m[i] = (y[i + 1]! - y[i]!) / dx[i]!; }
  const c = [m[0]!];
  for (let i = 0; i < n - 2; i++) {
    if (m[i]! * m[i + 1]! <= 0) c.push(0);
    else { const common = dx[i]! + dx[i + 1]!; c.push(3 * common / ((common + dx[i + 1]!) / m[i]! + (common + dx[i]!) / m[i + 1]!)); }
  }
  c.push(m[n - 2]!);
  let i = 0;
  for (; i < n - 2 && x[i + 1]! <= at; i++);
  const t = at - x[i]!, inv = 1 / dx[i]!, common = c[i]! + c[i + 1]! - 2 * m[i]!;
  return y[i]! + t * (c[i]! + t * ((m[i]! - c[i]! - common) * inv + t * common * inv * inv));
}
//= akima([0,1,2,3,4,5],[0,1,0.5,2,1,3], 2.3)
export function akima(x: number[], y: number[], at: number): number {
  const m: Record<number, number> = {}, n = x.length;
  for (let i = 0; i < n - 1; i++) m[i] = (y[i + 1]! - y[i]!) / (x[i + 1]! - x[i]!);
  m[-1] = 2 * m[0]! - m[1]!; m[-2] = 2 * m[-1]! - m[0]!;
  m[n - 1] = 2 * m[n - 2]! - m[n - 3]!; m[n] = 2 * m[n - 1]! - m[n - 2]!;
  const s = (i: number) => { const w1 = Math.abs(m[i + 1]! - m[i]!), w2 = Math.abs(m[i - 1]! - m[i - 2]!); return w1 + w2 === 0 ? (m[i - 1]! + m[i]!) / 2 : (w1 * m[i - 1]! + w2 * m[i]!) / (w1 + w2); };
  const i = Math.min(n - 2, Math.max(0, x.filter((v) => v <= at).length - 1));
  const h = x[i + 1]! - x[i]!, t = (at - x[i]!) / h;
  return (2 * t ** 3 - 3 * t ** 2 + 1) * y[i]! + (t ** 3 - 2 * t ** 2 + t) * h * s(i) + (-2 * t ** 3 + 3 * t ** 2) * y[i + 1]! + (t ** 3 - t ** 2) * h * s(i + 1);
}
//= bilinear([[1,2],[3,5]], 0.3, 0.6) H
export const bilinear = (g: number[][], u: number, v: number) => { const [[a, b], [c, d]] = g as [[number, number], [number, number]]; return (a * (1 - u) + b * u) * (1 - v) + (c * (1 - u) + d * u) * v; };
//= deCasteljau([[0,0],[1,2],[3,3],[4,0]], 0.35)
export function deCasteljau(points: number[][], t: number): number[] {
  if (points.length === 1) return points[0]!;
  return deCasteljau(points.slice(1).map((p, i) => p.map((c, k) => (1 - t) * points[i]![k]! + t * c)), t);
}
//= bspline([0,0,0,1,2,3,3,3],[1,3,2,4,0], 1.5)
export function bspline(knots: number[], ctrl: number[], t: number): number {
  const B = (i: number, k: number): number => {
    if (k === 0) return knots[i]! <= t && t < knots[i + 1]! ? 1 : 0;
    const d1 = knots[i + k]! - knots[i]!, d2 = knots[i + k + 1]! - knots[i + 1]!;
    return (d1 === 0 ? 0 : (t - knots[i]!) / d1 * B(i, k - 1)) + (d2 === 0 ? 0 : (knots[i + k + 1]! - t) / d2 * B(i + 1, k - 1));
  };
  return ctrl.reduce((s, c, i) => s + c * B(i, 2), 0);
}
//= catmullRom(0.4, [1, 2, 5, 3])
export const catmullRom = (t: number, [p0, p1, p2, p3]: number[]) => 0.5 * (2 * p1! + (-p0! + p2!) * t + (2 * p0! - 5 * p1! + 4 * p2! - p3!) * t ** 2 + (-p0! + 3 * p1! - 3 * p2! + p3!) * t ** 3);
//= cubicBezierEase(0.3)
export function cubicBezierEase(x: number, x1 = 0.25, y1 = 0.1, x2 = 0.25, y2 = 1): number {
  const A = (a: number, b: number) => 1 - 3 * b + 3 * a, B = (a: number, b: number) => 3 * b - 6 * a, C = (a: number) => 3 * a;
  const calc = (t: number, a: number, b: number) => ((A(a, b) * t + B(a, b)) * t + C(a)) * t;
  const slope = (t: number, a: number, b: number) => 3 * A(a, b) * t * t + 2 * B(a, b) * t + C(a);
  let t = x;
  for (let i = 0; i < 12; ++i) { const s = slope(t, x1, x2); if (s === 0) break; t -= (calc(t, x1, x2) - x) / s; }
  return calc(t, y1, y2);
}
//= easeOutBounce(0.3)
//= easeOutBounce(0.8)
//= easeOutBounce(0.95)
export function easeOutBounce(x: number): number {
  const n1 = 7.5625, d1 = 2.75;
  if (x < 1 / d1) return n1 * x * x;
  else if (x < 2 / d1) return n1 * (x -= 1.5 / d1) * x + 0.75;
  else if (x < 2.5 / d1) return n1 * (x -= 2.25 / d1) * x + 0.9375;
  else return n1 * (x -= 2.625 / d1) * x + 0.984375;
}
//= easeInOutElastic(0.3)
//= easeInOutElastic(0) special
export const easeInOutElastic = (x: number): number => x === 0 ? 0 : x === 1 ? 1 : x < 0.5 ? -(Math.pow(2, 20 * x - 10) * Math.sin((20 * x - 11.125) * (2 * Math.PI) / 4.5)) / 2 : (Math.pow(2, -20 * x + 10) * Math.sin((20 * x - 11.125) * (2 * Math.PI) / 4.5)) / 2 + 1;
//= smootherstep(0, 2, 0.7)
//= smootherstep(0, 2, 2)
//= smootherstep(0, 2, 5)
export const smootherstep = (e0: number, e1: number, x: number) => { x = Math.min(Math.max((x - e0) / (e1 - e0), 0), 1); return x * x * x * (x * (x * 6 - 15) + 10); };
`,
);

export const expressions = program(
  'expressions',
  String.raw`
//= rastrigin([0.3,-1.2,2]) H
//= rastrigin([0,0])
export const rastrigin = (x: number[], A = 10) => A * x.length + x.reduce((s, xi) => s + xi ** 2 - A * Math.cos(2 * Math.PI * xi), 0);
//= ackley(0.4, -0.7) H
//= ackley(0, 0) special
export const ackley = (x: number, y: number) => -20 * Math.exp(-0.2 * Math.sqrt(0.5 * (x * x + y * y))) - Math.exp(0.5 * (Math.cos(2 * Math.PI * x) + Math.cos(2 * Math.PI * y))) + Math.E + 20;
//= beale(1, 2) H
export function beale(x: number, y: number) { return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y ** 2) ** 2 + (2.625 - x + x * y ** 3) ** 2; }
//= himmelblau(3, 2) H
export const himmelblau = (x: number, y: number): number => (x ** 2 + y - 11) ** 2 + (x + y ** 2 - 7) ** 2;
//= levy([0.5, 2, -1])
export function levy(x: readonly number[]) {
  const w = x.map((xi) => 1 + (xi - 1) / 4), n = w.length;
  let s = Math.sin(Math.PI * w[0]!) ** 2;
  for (let i = 0; i < n - 1; i++) s += (w[i]! - 1) ** 2 * (1 + 10 * Math.sin(Math.PI * w[i]! + 1) ** 2);
  return s + (w[n - 1]! - 1) ** 2 * (1 + Math.sin(2 * Math.PI * w[n - 1]!) ** 2);
}
//= rosenbrock([1.2, 0.8, -0.5]) H
export const rosenbrock = (x: number[]) => x.slice(0, -1).map((v, i) => 100 * (x[i + 1]! - v * v) ** 2 + (1 - v) ** 2).reduce((a, b) => a + b, 0);
//= griewank([1, 2.5, -3])
export const griewank = (x: number[]) => 1 + x.reduce((s, v) => s + v * v / 4000, 0) - x.reduce((p, v, i) => p * Math.cos(v / Math.sqrt(i + 1)), 1);
//= schwefel([100, -200])
export const schwefel = (x: number[]) => 418.9829 * x.length - x.map((v) => v * Math.sin(Math.sqrt(Math.abs(v)))).reduce((a, b) => a + b);
//= easom(3, 3)
export const easom = (x: number, y: number) => -Math.cos(x) * Math.cos(y) * Math.exp(-((x - Math.PI) ** 2 + (y - Math.PI) ** 2));
//= michalewicz([2.2, 1.57])
export const michalewicz = (x: number[], m = 10) => -x.reduce((s, v, i) => s + Math.sin(v) * Math.sin((i + 1) * v ** 2 / Math.PI) ** (2 * m), 0);
//= crossInTray(1.3, 1.4)
export const crossInTray = (x: number, y: number) => -0.0001 * (Math.abs(Math.sin(x) * Math.sin(y) * Math.exp(Math.abs(100 - Math.sqrt(x * x + y * y) / Math.PI))) + 1) ** 0.1;
//= quadp(1, -3, 2)
//= quadp(1e-2, 5, 3)
export const quadp = (a: number, b: number, c: number) => (-b + Math.sqrt(b * b - 4 * a * c)) / (2 * a);
//= quadStable(1, -3, 2)
export function quadStable(a: number, b: number, c: number): [number, number] {
  const q = -0.5 * (b + Math.sign(b) * Math.sqrt(b * b - 4 * a * c));
  return [q / a, c / q].sort((x, y) => x - y) as [number, number];
}
//= expq2(0.3)
//= expq2(1e-9)
export const expq2 = (x: number) => Math.exp(x) / Math.expm1(x);
//= sqrtExp(0.5) H
export const sqrtExp = (x: number) => Math.sqrt((Math.exp(2 * x) - 1) / (Math.exp(x) - 1));
//= tanhf(0.01) H
export const tanhf = (x: number) => (1 - Math.cos(x)) / (x * x);
//= logs(50)
export const logs = (n: number) => (n + 1) * Math.log(n + 1) - n * Math.log(n) - 1;
//= invcot(0.1)
export const invcot = (x: number) => 1 / x - 1 / Math.tan(x);
//= nthRoot(1000, 7)
export const nthRoot = (x: number, n: number) => Math.pow(x + 1, 1 / n) - Math.pow(x, 1 / n);
//= hyp(3e-200, 4e-200)
//= hyp(3e200, 4e200)
//= hyp(-3, 0)
//= hyp(0, 0) special
export const hyp = (x: number, y: number) => Math.hypot(x, y);
//= logistic(3.5, 0.3, 4)
export const logistic = (r: number, x: number, n: number) => { for (let i = 0; i < n; i++) x = r * x * (1 - x); return x; };
//= sinc(0)
//= sinc(0.5)
export const sinc = (x: number) => (x === 0 ? 1 : Math.sin(x) / x);
//= powers(-2, 3) special
//= powers(2, 3)
//= powers(0, 3) special
export const powers = (x: number, y: number) => [x ** 3, x ** -2, Math.pow(x, 2), x ** y];
//= cubes(-2)
//= cubes(0) special unbounded
export const cubes = (x: number) => [Math.cbrt(x), Math.pow(Math.abs(x), 1 / 3), x ** 3];
//= absDiff(2, 2) special
//= absDiff(2, 2.1)
export const absDiff = (a: number, b: number) => Math.abs(a - b);
//= absCubed(0)
export const absCubed = (x: number) => Math.abs(x) ** 3;
//= xAbsX(0)
export const xAbsX = (x: number) => x * Math.abs(x);
//= argmaxAbs([1,-3,2])
export const argmaxAbs = (a: number[]) => a[a.reduce((best, x, i) => (Math.abs(x) > Math.abs(a[best]!) ? i : best), 0)]!;
//= selfTie(1.5, 3)
export const selfTie = (a: number, b: number) => { const p = a * b, q = a * b; return p > q ? p : 2 * q; };
//= trunc(2.5)
//= trunc(2) special
export const trunc = (x: number) => x - Math.floor(x);
//= wrap(-3.5)
//= wrap(9)
export const wrap = (t: number) => ((t % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
//= triangle(2.3)
//= triangle(3) special
export const triangle = (x: number) => Math.abs(((x % 2) + 2) % 2 - 1);
//= horner(1.3, [1, -2, 0.5, 3]) H
export function horner(x: number, c: number[]): number { let r = 0; for (let i = c.length - 1; i >= 0; --i) r = r * x + c[i]!; return r; }
//= clenshaw(0.3, [1, 0.5, -0.2, 0.1])
export function clenshaw(x: number, c: number[]): number { let b1 = 0, b2 = 0; for (let k = c.length - 1; k >= 1; k--) [b1, b2] = [c[k]! + 2 * x * b1 - b2, b1]; return c[0]! + x * b1 - b2; }
//= legendre(5, 0.3)
//= legendre(0, 0.3)
export function legendre(n: number, x: number): number { if (n === 0) return 1; let p0 = 1, p1 = x; for (let k = 2; k <= n; k++) { const p = ((2 * k - 1) * x * p1 - (k - 1) * p0) / k; p0 = p1; p1 = p; } return p1; }
//= hermite(4, 0.7)
export const hermite = (n: number, x: number): number => n < 1 ? 1 : n === 1 ? 2 * x : 2 * x * hermite(n - 1, x) - 2 * (n - 1) * hermite(n - 2, x);
//= chebyshev(3, 0.4)
export const chebyshev = (n: number, x: number) => Math.cos(n * Math.acos(x));
//= bernstein(3, 0.2)
export const bernstein = (n: number, t: number) => { const C = (n: number, k: number): number => k === 0 || k === n ? 1 : C(n - 1, k - 1) + C(n - 1, k); return Array.from({ length: n + 1 }, (_, k) => C(n, k) * t ** k * (1 - t) ** (n - k)); };
//= dft([1, 2, 0.5, -1])
export function dft(x: number[]): { re: number[]; im: number[] } {
  const N = x.length, re = Array<number>(N).fill(0), im = Array<number>(N).fill(0);
  for (let k = 0; k < N; k++) for (let n = 0; n < N; n++) { const a = -2 * Math.PI * k * n / N; re[k]! += x[n]! * Math.cos(a); im[k]! += x[n]! * Math.sin(a); }
  return { re, im };
}
//= fft([1, 2, 0.5, -1, 3, 0, 1, 2])
export function fft(signal: number[]): number[] {
  const n = signal.length, re = Float64Array.from(signal), im = new Float64Array(n);
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) { [re[i], re[j]] = [re[j]!, re[i]!]; }
  }
  for (let len = 2; len <= n; len <<= 1) {
    const ang = -2 * Math.PI / len;
    for (let i = 0; i < n; i += len) for (let k = 0; k < len / 2; k++) {
      const c = Math.cos(ang * k), s = Math.sin(ang * k), a = i + k, b = a + len / 2;
      const tr = re[b]! * c - im[b]! * s, ti = re[b]! * s + im[b]! * c;
      re[b] = re[a]! - tr; im[b] = im[a]! - ti; re[a]! += tr; im[a]! += ti;
    }
  }
  return Array.from(re, (r, i) => r * r + im[i]! ** 2);
}
//= editCost([1,2,4],[1.1,3.7])
export function editCost(a: number[], b: number[]): number {
  const memo = new Map<string, number>();
  const go = (i: number, j: number): number => {
    if (i === a.length) return (b.length - j) * 0.9;
    if (j === b.length) return (a.length - i) * 0.9;
    const key = i + ',' + j, hit = memo.get(key);
    if (hit !== undefined) return hit;
    const r = Math.min(go(i + 1, j) + 0.9, go(i, j + 1) + 0.9, go(i + 1, j + 1) + (a[i]! - b[j]!) ** 2);
    memo.set(key, r);
    return r;
  };
  return go(0, 0);
}
//= shortest({"a":1,"b":2.5,"c":0.7,"d":1.1})
export function shortest(w: { a: number; b: number; c: number; d: number }): number {
  const edges: [string, string, number][] = [['s', 'x', w.a], ['s', 'y', w.b], ['x', 'y', w.c], ['y', 't', w.d]];
  const dist = new Map<string, number>([['s', 0]]);
  for (let k = 0; k < 4; k++) for (const [u, v, c] of edges) { const du = dist.get(u); if (du !== undefined && du + c < (dist.get(v) ?? Infinity)) dist.set(v, du + c); }
  return dist.get('t')!;
}
`,
);
