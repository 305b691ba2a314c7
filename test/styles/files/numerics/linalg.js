// A small Matrix class, flat storage
export class Matrix {
  constructor(rows, cols, data = new Float64Array(rows * cols)) { this.rows = rows; this.cols = cols; this.data = data; }
  static from(a) { return new Matrix(a.length, a[0].length, Float64Array.from(a.flat())); }
  static identity(n) { const m = new Matrix(n, n); for (let i = 0; i < n; i++) m.set(i, i, 1); return m; }
  get(i, j) { return this.data[i * this.cols + j]; }
  set(i, j, v) { this.data[i * this.cols + j] = v; return this; }
  clone() { return new Matrix(this.rows, this.cols, this.data.slice()); }
  map(f) { return new Matrix(this.rows, this.cols, this.data.map((v, k) => f(v, Math.floor(k / this.cols), k % this.cols))); }
  mul(o) { const r = new Matrix(this.rows, o.cols); return r.map((_, i, j) => { let s = 0; for (let k = 0; k < this.cols; k++) s += this.get(i, k) * o.get(k, j); return s; }); }
  get T() { return new Matrix(this.cols, this.rows).map((_, i, j) => this.get(j, i)); }
  *diagonal() { for (let i = 0; i < Math.min(this.rows, this.cols); i++) yield this.get(i, i); }
  trace() { let s = 0; for (const d of this.diagonal()) s += d; return s; }
  lu() {
    const L = Matrix.identity(this.rows), U = this.clone();
    for (let k = 0; k < this.rows; k++) for (let i = k + 1; i < this.rows; i++) {
      const f = U.get(i, k) / U.get(k, k);
      L.set(i, k, f);
      for (let j = k; j < this.cols; j++) U.set(i, j, U.get(i, j) - f * U.get(k, j));
    }
    return { L, U };
  }
  det() { return [...this.lu().U.diagonal()].reduce((p, d) => p * d, 1); }
  solve(b) {
    const { L, U } = this.lu(), n = this.rows, y = [], x = [];
    for (let i = 0; i < n; i++) y[i] = b[i] - y.reduce((s, v, j) => s + L.get(i, j) * v, 0);
    for (let i = n; i--; ) { let s = y[i]; for (let j = i + 1; j < n; j++) s -= U.get(i, j) * x[j]; x[i] = s / U.get(i, i); }
    return x;
  }
  expm(terms = 18) { let sum = Matrix.identity(this.rows), t = sum; for (let k = 1; k < terms; k++) { t = t.mul(this).map((v) => v / k); sum = sum.map((v, i, j) => v + t.get(i, j)); } return sum; }
}
//= logDet([[4, 1, 0.5], [1, 3, -1], [0.2, 0.4, 2]])
export const logDet = (a) => Math.log(Math.abs(Matrix.from(a).det()));
//= quadratic([[4, 1, 0.5], [1, 3, -1], [0.2, 0.4, 2]], [1, 2, 3])
export const quadratic = (a, b) => Matrix.from(a).solve(b).reduce((s, x, i) => s + x * b[i], 0);
//= expTrace([[0.1, 0.5], [-0.4, 0.2]])
export const expTrace = (a) => Matrix.from(a).expm().trace();
//= gram([[1, 2], [0.5, -1], [3, 0.3]])
export const gram = (a) => { const m = Matrix.from(a); return m.T.mul(m).det(); };
