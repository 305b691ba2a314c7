import { MU, DEG } from './constants';
import type { Elements, StateVector } from './types';

/** Newton on E - e sin E = M. */
//= eccentricAnomaly(1.1, 0.3)
//= eccentricAnomaly(0.2, 0.85)
export function eccentricAnomaly(M: number, e: number, tol = 1e-13): number {
  let E = e < 0.8 ? M : Math.PI;
  for (let i = 0; i < 50; i++) {
    const dE = (E - e * Math.sin(E) - M) / (1 - e * Math.cos(E));
    E -= dE;
    if (Math.abs(dE) < tol) return E;
  }
  throw new Error('no convergence');
}

//= propagate({"a": 7000, "e": 0.01, "i": 51.6, "raan": 40, "argp": 30, "M": 10}, 1200)
export function propagate(el: Elements, dt: number): StateVector {
  const n = Math.sqrt(MU / el.a ** 3);
  const M = (el.M * DEG + n * dt) % (2 * Math.PI);
  const E = eccentricAnomaly(M, el.e);
  const nu = 2 * Math.atan2(Math.sqrt(1 + el.e) * Math.sin(E / 2), Math.sqrt(1 - el.e) * Math.cos(E / 2));
  const r = el.a * (1 - el.e * Math.cos(E));
  const h = Math.sqrt(MU * el.a * (1 - el.e ** 2));
  const u = el.argp * DEG + nu;
  const [O, i] = [el.raan * DEG, el.i * DEG];
  const pos = [
    r * (Math.cos(O) * Math.cos(u) - Math.sin(O) * Math.sin(u) * Math.cos(i)),
    r * (Math.sin(O) * Math.cos(u) + Math.cos(O) * Math.sin(u) * Math.cos(i)),
    r * Math.sin(u) * Math.sin(i),
  ] as const;
  return { position: [...pos], speed: Math.sqrt(MU * (2 / r - 1 / el.a)), h };
}

//= hohmann(6700, 42164)
export const hohmann = (r1: number, r2: number) => {
  const at = (r1 + r2) / 2;
  const v = (r: number, a: number) => Math.sqrt(MU * (2 / r - 1 / a));
  return Math.abs(v(r1, at) - v(r1, r1)) + Math.abs(v(r2, r2) - v(r2, at));
};
