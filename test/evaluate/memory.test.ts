/** Derivatives through memory that several views see, held against the real functions' differences. */
import { describe, expect, test } from 'vitest';
import { analyseText } from '../support/source.ts';

function numeric(text: string, at: readonly number[]): number[] {
  const f = new Function(`${text}; return f`)() as (...x: number[]) => number;
  return at.map((_, i) => {
    const moved = (h: number) => f(...at.map((x, j) => (i === j ? x + h : x)));
    const h = 1e-4;
    return (8 * (moved(h) - moved(-h)) - (moved(2 * h) - moved(-2 * h))) / (12 * h);
  });
}
const WORDS = 'const F = new Float64Array(1), U = new Uint32Array(F.buffer);';
const FROM = 'function from(high, low) { U[1] = high; U[0] = low; return F[0] }';

const followed: readonly [name: string, text: string, at: number[]][] = [
  [
    'subarray',
    'function f(x) { const a = new Float64Array(3); a.subarray(1)[0] = x * x; return a[1] + x; }',
    [3],
  ],
  [
    'two views of one buffer',
    'function f(x) { const b = new ArrayBuffer(16); const u = new Float64Array(b); const v = new Float64Array(b, 8); u[1] = Math.sin(x); v[0] *= x; return u[1]; }',
    [1.5],
  ],
  [
    'rows of a matrix',
    'function f(x, y) { const A = new Float64Array(4); const r = [A.subarray(0, 2), A.subarray(2)]; r[0].set([x, y]); r[1].set(r[0].map((v) => v * v)); r[1].fill(A[0] * A[3], 0, 1); return A.reduce((s, v, i) => s + v * (i + 1), 0) }',
    [1.2, 0.7],
  ],
  [
    'sorting a view',
    'function f(x) { const a = new Float64Array([x, 2, 3]); const v = a.subarray(0, 2); v.sort(); v.reverse(); return v[0] * v[0] * v[1] + a.map((t) => t * t).at(0) }',
    [5],
  ],
  [
    'a number through a DataView, in both byte orders',
    'function f(x) { const d = new DataView(new ArrayBuffer(24)); d.setFloat64(0, x * x); d.setFloat64(8, Math.exp(x), true); return d.getFloat64(0) * d.getFloat64(8, true) }',
    [0.8],
  ],
  [
    'a subclass',
    'class V extends Float64Array { get norm() { return Math.hypot(...this) } } function f(x, y) { return V.of(x, y).map((v) => v * v).norm }',
    [1.1, 2.3],
  ],
  [
    'rounding to the high word',
    `${WORDS} function f(x) { F[0] = x; U[0] = 0; const h = F[0]; return h * h + (x - h) * (x + h); }`,
    [1.7],
  ],
  [
    'fraction and exponent',
    `${WORDS} function f(x) { F[0] = x; const hx = U[1]; const k = (hx >>> 20) - 1023; U[1] = (hx & 0xfffff) | 0x3ff00000; return k * Math.LN2 + Math.log(F[0]); }`,
    [11.3],
  ],
  [
    'fraction and exponent at a power of two',
    `${WORDS} function f(x) { F[0] = x; const hx = U[1]; const k = (hx >>> 20) - 1023; U[1] = (hx & 0xfffff) | 0x3ff00000; return k * Math.LN2 + Math.log(F[0]); }`,
    [2],
  ],
  [
    'scaling by a power of two',
    `${WORDS} ${FROM} function ldexp(x, n) { F[0] = x; const h = U[1], l = U[0]; const e = ((h >>> 20) & 0x7ff) + n; return from((h & 0x800fffff) | (e << 20), l) } function f(x) { return ldexp(Math.sin(x), 5) * x }`,
    [0.9],
  ],
  [
    'the sign of another number',
    `${WORDS} ${FROM} function words(x) { F[0] = x; return [U[1], U[0]] } function f(x, y) { const [h, l] = words(x * x); F[0] = y; return from((h & 0x7fffffff) | (U[1] & 0x80000000), l) }`,
    [1.7, -2.5],
  ],
  [
    'leading bits that are made up for',
    `${WORDS} function f(x) { F[0] = x; const h = U[1]; F[0] = 0; U[1] = h & 0xffffff00; const a = F[0], b = x - a; return a * a + b * (2 * a + b) }`,
    [1.7],
  ],
  [
    'a power of two with a whole exponent',
    `${WORDS} function f(x) { const k = Math.floor(x * Math.LOG2E + 0.5); U[0] = 0; U[1] = (1023 + k) << 20; return F[0] * Math.exp(x - k * Math.LN2) }`,
    [3.3],
  ],
  [
    'the low word decides nothing',
    `${WORDS} function f(x) { F[0] = x; const h = U[1] & 0x7fffffff, l = U[0]; if ((h | l) === 0) return 1; if (h > 0x7ff00000 || (h === 0x7ff00000 && l !== 0)) return 2; return x * x * x }`,
    [1.5],
  ],
];

const refused: readonly [name: string, text: string, at: number[]][] = [
  [
    'the fast inverse square root',
    'function f(x) { const u = new Float32Array(1); const i = new Int32Array(u.buffer); u[0] = x; i[0] = 0x5f3759df - (i[0] >> 1); const y = u[0]; return y * (1.5 - 0.5 * x * y * y); }',
    [2.3],
  ],
  [
    'another fraction',
    `${WORDS} function f(x) { F[0] = x; U[1] = U[1] & 0xfff80000; return F[0] * x }`,
    [1.7],
  ],
  [
    'a number made of words of two',
    `${WORDS} ${FROM} function f(x, y) { F[0] = x; const h = U[1]; F[0] = y; return from(h, U[0]) }`,
    [1.7, 2.3],
  ],
  [
    'single bytes',
    'function f(x) { const a = new Float64Array([x]); const b = new Uint8Array(a.buffer); return b[6] * x }',
    [1.7],
  ],
  [
    'an integer array',
    'function f(x) { const a = new Uint8ClampedArray(1); a[0] = x; return a[0] * x }',
    [5.3],
  ],
];

describe('is followed', () => {
  test.each(followed)('%s', (_name, text, at) => {
    const names = /function f\(([^)]*)\)/.exec(text)![1]!.split(', ');
    const analysis = analyseText(text, 'f', Object.fromEntries(names.map((n, i) => [n, at[i]])));
    expect(analysis.problems.filter((p) => p.severity === 'error')).toEqual([]);
    const expected = numeric(text, at);
    analysis.sample!.jacobian[0]!.forEach((d, i) => {
      expect(Math.abs(d - expected[i]!)).toBeLessThan(1e-6 * Math.max(1, Math.abs(expected[i]!)));
    });
  });
});

describe('is refused, never silently zero', () => {
  test.each(refused)('%s', (_name, text, at) => {
    const names = /function f\(([^)]*)\)/.exec(text)![1]!.split(', ');
    const analysis = analyseText(text, 'f', Object.fromEntries(names.map((n, i) => [n, at[i]])));
    expect(analysis.sample?.jacobian).toBeUndefined();
    expect(analysis.problems.map((p) => p.id).join()).toMatch(/GL111|GL102/);
  });
});
