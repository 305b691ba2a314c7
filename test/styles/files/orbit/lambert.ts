import C from './constants';

function stumpff(z: number): { c: number; s: number } {
  if (z > 1e-6) {
    const q = Math.sqrt(z);
    return { c: (1 - Math.cos(q)) / z, s: (q - Math.sin(q)) / (z * q) };
  }
  if (z < -1e-6) {
    const q = Math.sqrt(-z);
    return { c: (Math.cosh(q) - 1) / -z, s: (Math.sinh(q) - q) / (-z * q) };
  }
  return { c: 1 / 2 - z / 24, s: 1 / 6 - z / 120 };
}

/** Universal variables, from state to radius after dt. */
//= universal(7000, 0, 0, 0.5, 7.8, 0.2, 900)
export function universal(x: number, y: number, z: number, vx: number, vy: number, vz: number, dt: number): number {
  const r0 = Math.hypot(x, y, z);
  const v2 = vx * vx + vy * vy + vz * vz;
  const vr = (x * vx + y * vy + z * vz) / r0;
  const alpha = 2 / r0 - v2 / C.MU;
  const sqrtMu = Math.sqrt(C.MU);
  let chi = sqrtMu * Math.abs(alpha) * dt;
  let r = r0;
  for (let k = 0; k < 40; k++) {
    const zz = alpha * chi * chi;
    const { c, s } = stumpff(zz);
    const F = ((r0 * vr) / sqrtMu) * chi * chi * c + (1 - alpha * r0) * chi ** 3 * s + r0 * chi - sqrtMu * dt;
    r = ((r0 * vr) / sqrtMu) * chi * (1 - zz * s) + (1 - alpha * r0) * chi * chi * c + r0;
    const step = F / r;
    chi -= step;
    if (Math.abs(step) < 1e-11) break;
  }
  return r;
}

//= j2Rates(7000, 0.01, 0.9)
export function j2Rates(a: number, e: number, i: number) {
  const n = Math.sqrt(C.MU / (a * a * a));
  const p = a * (1 - e * e);
  const k = 1.5 * C.J2 * (C.R_EARTH / p) ** 2 * n;
  return { raan: -k * Math.cos(i), argp: k * (2 - 2.5 * Math.sin(i) ** 2) };
}
