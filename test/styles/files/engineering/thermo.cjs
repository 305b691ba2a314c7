/** Heat, twice: an explicit scheme in space and time, and a radiating body. */
class Rod {
  static #defaults = Object.freeze({ n: 8, dt: 0.02 });
  static { Rod.created = 0; }
  constructor(alpha, left, right, options = {}) { Object.assign(this, Rod.#defaults, options, { alpha, left, right }); this.T = Array(this.n).fill(0); Rod.created++; }
  step() { const { T, n, dt, alpha, left, right } = this, dx = 1 / (n + 1); this.T = T.map((t, i) => t + alpha * dt / dx ** 2 * ((T[i - 1] ?? left) - 2 * t + (T[i + 1] ?? right))); return this; }
  run(k) { while (k-- > 0) this.step(); return this; }
  get mean() { return this.T.reduce((a, b) => a + b, 0) / this.n; }
}
//= rod(0.2, 100, 20)
exports.rod = (alpha, a, b) => new Rod(alpha, a, b).run(30).mean;
//= rodFine(0.1, 100, 20)
exports.rodFine = (alpha, a, b) => new Rod(alpha, a, b, { n: 12, dt: 0.01 }).run(20).T[3];
//= cooling(900, 0.8, 0.01)
exports.cooling = function (T0, eps, area) { let T = T0; const sigma = 5.670374419e-8, C = 450; for (let i = 0; i < 100; i++) T -= eps * sigma * area * (T ** 4 - 293 ** 4) / C * 2; return T; };
//= carnot(600, 300)
exports.carnot = (hot, cold) => 1 - cold / hot;
//= otto(9.5, 1.35)
exports.otto = (r, g) => { try { if (r <= 1) throw RangeError('compression'); return 1 - r ** (1 - g); } catch (e) { return e.message.length; } };
