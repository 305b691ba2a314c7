import type { HuntCase } from './huntCase.ts';

/** Partials that are infinite where nothing moves, and quotients that are 1 whatever moves. */
export const EDGES: readonly HuntCase[] = [
  {
    name: 'rootOfWhatWasCut',
    text: `function f(v: number, k: number) { const p = Math.max(v, 0); return v * k + Math.sqrt(p * 0.1) * k - Math.exp(-p); }`,
    at: [
      [-1.5, 2],
      [1.5, 2],
    ],
    staged: true,
  },
  {
    name: 'powerOfWhatWasCut',
    text: `function f(x: number) { return x * x + 0.042 * Math.pow(Math.max(x, 30) - 30, 1 / 3); }`,
    at: [[12], [31]],
    staged: true,
  },
  {
    name: 'rootInAnArm',
    text: `function f(x: number, y: number) { let r = 0; if (x > 1) r = x * y; return Math.sqrt(r) + Math.cbrt(2 * r) + x * y; }`,
    at: [
      [0.5, 2],
      [2.5, 2],
    ],
    staged: true,
  },
  {
    name: 'rootsInALoop',
    text: `function f(x: number, k: number) { let v = x, s = 0; for (let i = 0; i < 5; i++) { const p = Math.max(v, 0); s += Math.sqrt(p) * k; v += 0.3 * k - 0.7 * p - 0.4; } return s + v; }`,
    at: [
      [0.5, 0.4],
      [2.5, 2],
    ],
    staged: true,
  },
  {
    name: 'quotientOfItself',
    text: `function f(x: number, y: number) { const c = x * y; let a = 0, s = 0; a = c; if (a < Math.abs(c)) s = 1; else s = y * Math.asin(c / a); return s * x + Math.acos(a / c) + Math.sqrt(a - c); }`,
    at: [
      [0.5, 2],
      [2.5, 1.25],
    ],
    staged: true,
  },
  {
    name: 'rootBeforeTheQuestion',
    text: `function f(x: number, y: number) { const r = Math.sqrt(x); const q = 1 / (x - 0.5); const l = Math.log(x); return (x > 0 ? r * y + l : y * y) + (x > 0.6 ? q : x * y); }`,
    at: [
      [-0.5, 2],
      [2.5, 1.25],
      [0.5, 1.25],
    ],
    staged: true,
  },
  {
    name: 'namesInNestedBlocks',
    text: `function f(x: number[], a: number, b: number, n: number) { let s = 0.25 * a; for (let i = 0; i < x.length; i++) s += 0.3 * x[i];
      let p = 0; if (n > 0) { for (const c of x) p += Math.sin(c) * s; s += p; if (a - s > (n > 2 ? 1.25 : 0.5)) return b; return Math.max(s, 1.25) * s; } return s * b; }`,
    at: [
      [[0.4, 1.2], 0.7, 0.3, 1],
      [[0.4, 1.2], 3.7, 0.3, 1],
      [[0.4, 1.2], 0.7, 0.3, 0],
    ],
    staged: true,
  },
];
