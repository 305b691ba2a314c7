/** Arrays whose lengths depend on inputs: filtered, appended to, taken from. */
import { expect, test } from 'vitest';
import { agree } from './agree.ts';

const X = [0.7, -1.2, 2.5, 0.4, -0.3, 1.9];

/** Each with its arguments. */
const CASES: readonly (readonly [string, string, readonly unknown[]])[] = [
  ['filter', 'function f(x) { return x.filter((v) => v > 0).reduce((a, b) => a + b * b, 0); }', [X]],
  [
    'filter by position',
    'function f(x) { return x.filter((_, i) => i % 2 === 0).reduce((a, b) => a * b, 1); }',
    [X],
  ],
  [
    'none left',
    'function f(x) { let s = x[0]; for (const v of x.filter((w) => w > 9)) s += v; return s; }',
    [X],
  ],
  [
    'push',
    'function f(x) { const y = []; for (const v of x) y.push(v * v); let s = 0; for (let i = 0; i < y.length; i++) s += y[i] * (i + 1); return s; }',
    [X],
  ],
  [
    'push in a branch',
    'function f(x) { const y = [2]; for (const v of x) if (v > 0) y.push(Math.sin(v)); let s = 0; for (const v of y) s += v * v; return s; }',
    [X],
  ],
  [
    'push in two branches',
    'function f(x) { const y = []; for (const v of x) { if (v > 0) y.push(v); if (v < 1) y.push(v * v, 3 * v); } return y.reduce((a, b) => a + Math.exp(b), 0); }',
    [X],
  ],
  [
    'push in nested loops',
    'function f(x) { const y = []; for (let i = 0; i < x.length; i++) for (let j = 0; j < i; j++) if (x[i] > x[j]) y.push(x[i] * x[j]); return y.reduce((a, b) => a + b, 0); }',
    [X],
  ],
  [
    'a list in each iteration',
    'function f(x) { let s = 0; for (let i = 0; i < x.length; i++) { const near = []; for (let j = 0; j < x.length; j++) if (Math.abs(x[i] - x[j]) < 0.95) near.push(x[j]); s += near.reduce((a, b) => a + b, 0) / near.length; } return s; }',
    [X],
  ],
  [
    'a stack',
    'function f(x) { const st = [1.5]; for (const v of x) { if (v < 0 && st.length > 1) { const a = st.pop(); const b = st.pop(); st.push(a * b); } else st.push(v * v); } let s = 0; for (const v of st) s += v; return s; }',
    [X],
  ],
  [
    'appended by its length',
    'function f(x) { const y = []; for (let i = 0; i < x.length; i++) y[y.length] = x[i] ** 3; return y.reduce((a, b) => a + b, 0); }',
    [X],
  ],
  [
    'changed after it was appended',
    'function f(x) { const y = []; for (const v of x) { y.push(v); y[y.length - 1] *= 2; } return y.reduce((a, b) => a + b * b, 0); }',
    [X],
  ],
  ['returned', 'function f(x) { const y = []; for (const v of x) if (v > 0) y.push(v * v); return y; }', [X]],
  ['flatMap', 'function f(x) { return x.flatMap((v) => [v, v * v]).reduce((a, b) => a + b, 0); }', [X]],
  [
    'two lists',
    'function f(x) { const low = []; const high = []; for (const v of x) if (v < 0.5) low.push(v); else high.push(v * v); let s = 0; for (const v of low) s += v; for (const v of high) s *= v; return s; }',
    [X],
  ],
  [
    'a limit that is computed',
    'function f(x, n) { const y = []; for (let i = 0; i < n - 1; i++) if (i % 2) y.push(x[i]); return y.reduce((a, b) => a + b * b, 0); }',
    [X, 5],
  ],
  [
    'appended to again',
    'function f(x) { const y = []; for (const v of x) y.push(v * v); y.push(x[0]); for (const v of x) if (v > 0) y.push(v, 1); return y.reduce((a, b, i) => a + b * i, 0); }',
    [X],
  ],
  [
    'on the paths of a branch',
    'function f(a, b, c) { const r = []; const d = b * b - 4 * a * c; if (d > 0) { r.push((-b + Math.sqrt(d)) / (2 * a)); r.push((-b - Math.sqrt(d)) / (2 * a)); } else if (d === 0) r.push(-b / (2 * a)); return r; }',
    [1.5, 4.5, 1.25],
  ],
  [
    'by one branch after another',
    'function f(x, y) { const l = [y]; if (y > 1) l.push(y * y); if (y > 2) l.push(y ** 3, x[0]); l.push(3 * y); if (x[0] > 9) l.pop(); return l.reduce((s, v, i) => s + v * (i + 1), 0) * l.length; }',
    [X, 1.5],
  ],
  [
    'in an expression',
    'function f(x) { const l = []; x[0] > 0 ? l.push(x[0] ** 2) : l.push(1, x[1]); x[1] > 0 && l.push(x[1] * x[0]); return l.length * l.reduce((a, b) => a + b, 0); }',
    [X],
  ],
  [
    'in the branches of a loop that makes it',
    'function f(x, y) { let s = 0; for (const v of x) { const l = [v]; if (v > y) l.push(v * y); if (v > 2 * y) { l.push(y); for (const w of x) if (w > v) l.push(w * v); } for (const e of l) s += e * l.length; } return s; }',
    [X, 0.25],
  ],
];

test.each(CASES)('%s', (_, text, args) => {
  const fixed = args.flatMap((a, i) => (Number.isInteger(a) ? [i] : []));
  const found = agree(text, 'f', args, { fixed, trace: fixed.length > 0 ? [] : ['x'] });
  expect(found).toMatchObject({ kind: 'agrees' });
  expect((found as { compared: number }).compared).toBeGreaterThan(0);
});

/** What has no room, or nothing to give. */
const REFUSED: readonly (readonly [string, string])[] = [
  [
    'while',
    'function f(x) { const y = []; let a = x[0]; while (a < 100) { y.push(a); a *= 2; } return y.length * x[0]; }',
  ],
];

test.each(REFUSED)('%s is refused', (_, text) => {
  expect(agree(text, 'f', [X])).toMatchObject({ kind: 'refused', id: 'GL111' });
});

test('an element behind the end is not read', () => {
  const text = 'function f(x) { const y = []; for (const v of x) if (v > 0) y.push(v); return y[4]; }';
  expect(agree(text, 'f', [[1, 2, -1, 3, -2, 4, 5]])).toMatchObject({ kind: 'agrees' });
  expect(() => agree(text, 'f', [X])).toThrow('throws: real false');
});
