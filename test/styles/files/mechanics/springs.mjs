// Coupled oscillators with symplectic Euler.
const N = 4;
export const makeChain = (k, m) => ({
  x: Array.from({ length: N }, (_, i) => Math.sin((i + 1) / N)),
  v: Array(N).fill(0),
  k, m,
});

function forces({ x, k }) {
  return x.map((xi, i, all) => {
    const left = i > 0 ? all[i - 1] : 0;
    const right = all[i + 1] ?? 0;
    return k * (left - xi) + k * (right - xi) - 0.1 * xi ** 3;
  });
}

//= totalEnergy(3, 0.5, 0.05)
export function totalEnergy(k, m, dt) {
  const s = makeChain(k, m);
  for (let n = 0; n < 40; ++n) {
    const f = forces(s);
    s.v = s.v.map((v, i) => v + (dt * f[i]) / s.m);
    s.x = s.x.map((x, i) => x + dt * s.v[i]);
  }
  const kin = s.v.reduce((a, v) => a + 0.5 * m * v * v, 0);
  const pot = [0, ...s.x].reduce((acc, xi, i, arr) => acc + 0.5 * k * (xi - (arr[i + 1] ?? 0)) ** 2, 0);
  return kin + pot;
}

//= normalMode(2, 3, 0.4) H
export const normalMode = (k, m, t) => Math.cos(Math.sqrt(k / m) * t) * Math.exp(-t / m);
