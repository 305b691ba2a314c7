import { createRequire } from 'node:module';
import consts from './constants.json' with { type: 'json' };
export const require = createRequire(import.meta.url);
//= radiator(340, 293, 1.3)
export function radiator(hot: number, room: number, n: number): number { return 50 * ((hot - room) / 30) ** n * (consts.atm / 100); }
//= fin(0.05, 0.002, 200, 40)
export const fin = (L: number, t: number, k: number, h: number) => { const m = Math.sqrt((2 * h) / (k * t)); return Math.tanh(m * L) / (m * L); };
//= wall([[0.1, 0.04], [0.2, 0.8]], 0.13, 0.04)
export const wall = (layers: readonly (readonly [d: number, lambda: number])[], si: number, se: number): number => 1 / layers.reduce((r, [d, l]) => r + d / l, si + se);
