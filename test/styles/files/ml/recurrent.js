const sig = x => 1 / (1 + Math.exp(-x));
const lin = (W, x, U, h, b) => W.map((row, i) => row.reduce((s, w, j) => s + w * x[j], 0) + U[i].reduce((s, u, j) => s + u * h[j], 0) + b[i]);

//= gru([[0.5, -0.1], [0.2, 0.8]], {"z": [[0.1, 0.2], [0.3, -0.4]], "r": [[0.5, 0], [0.1, 0.2]], "h": [[-0.3, 0.6], [0.2, 0.1]]}, [0.1, -0.2])
export function gru(xs, { z: Wz, r: Wr, h: Wh }, bias) {
  let h = [0, 0];
  const U = [[0.3, 0.1], [-0.2, 0.4]];
  for (const x of xs) {
    const z = lin(Wz, x, U, h, bias).map(sig), r = lin(Wr, x, U, h, bias).map(sig);
    const c = lin(Wh, x, U, h.map((v, i) => v * r[i]), bias).map(Math.tanh);
    h = h.map((v, i) => (1 - z[i]) * v + z[i] * c[i]);
  }
  return h[0] * h[0] - h[1];
}

class LSTMCell {
  #params;
  constructor(params) { this.#params = params; this.reset(); }
  reset() { this.h = 0; this.c = 0; return this; }
  step(x) {
    const [f, i, o, g] = this.#params.map(([w, u, b]) => w * x + u * this.h + b);
    this.c = sig(f) * this.c + sig(i) * Math.tanh(g);
    this.h = sig(o) * Math.tanh(this.c);
    return this.h;
  }
}

//= lstm([[0.5, 0.1, 0], [0.3, -0.2, 0.1], [0.7, 0.2, 0], [1.1, 0.4, -0.1]], [1, 0.5, -0.3])
export function lstm(params, xs) {
  const cell = new LSTMCell(params);
  let out = 0;
  for (const x of xs) out = cell.step(x);
  return out;
}
