/** Built-ins of arrays of unknown length: the function in Node, its Program, its derivatives and the trace agree. */
import { expect, test } from 'vitest';
import { agree } from './agree.ts';

const X = [0.7, -1.2, 2.5, 0.4, -0.3, 1.9, 1.1];
const sum = 'reduce((s, v, i) => s + v * v * (i + 1), 0)';

const CASES: readonly (readonly [string, string, readonly unknown[]])[] = [
  ['sort', `function f(x) { return [...x].sort((a, b) => a - b).${sum}; }`, [X]],
  ['sort the other way', `function f(x) { return x.map((v) => v * v).sort((a, b) => b - a).${sum}; }`, [X]],
  [
    'a median',
    'function f(x) { const s = x.slice().sort((a, b) => a - b); const m = s.length >> 1; return s.length % 2 ? s[m] : (s[m - 1] + s[m]) / 2; }',
    [X],
  ],
  ['a comparator that says nothing', `function f(x) { return [...x].sort((a, b) => a > b).${sum}; }`, [X]],
  [
    'toSorted',
    `function f(x) { return x.toSorted((a, b) => Math.abs(a) - Math.abs(b)).${sum} * x[0]; }`,
    [X],
  ],
  ['a sorted typed array', `function f(x) { return Float64Array.from(x).sort().${sum}; }`, [X]],
  ['sort in place', `function f(x) { x.sort((a, b) => a - b); x[0] *= 3; return x.${sum}; }`, [X]],
  ['one element, sorted', `function f(x) { return [...x].sort((a, b) => a - b).${sum}; }`, [[0.5]]],
  ['reverse', `function f(x) { return x.map((v) => v * v).reverse().${sum}; }`, [X]],
  ['toReversed', `function f(x) { return x.toReversed().${sum} * x[0]; }`, [X]],
  [
    'Horner',
    'function f(c, x) { let r = 0; for (const a of [...c].reverse()) r = r * x + a; return r; }',
    [X, 0.5],
  ],
  ['indexOf', 'function f(x) { return x[x.indexOf(Math.max(...x))] ** 2 * (1 + x.indexOf(9)); }', [X]],
  [
    'lastIndexOf',
    'function f(x) { const y = x.map((v) => Math.max(v, 0)); return x[0] * y.lastIndexOf(0) + x[y.indexOf(0, 2)] ** 2; }',
    [X],
  ],
  ['includes', 'function f(x) { return x.includes(9) ? x[0] : x[1] ** 3; }', [X]],
  ['flat', `function f(x) { return x.map((v) => [v, v * x[0]]).flat().${sum}; }`, [X]],
  [
    'shift',
    'function f(x) { const q = x.slice(); const a = q.shift(); return a * a * q[0] * q.length; }',
    [X],
  ],
  ['unshift', `function f(x) { const q = x.slice(); q.unshift(x[1] ** 2, x[0]); return q.${sum}; }`, [X]],
  [
    'push and pop of a copy',
    `function f(x) { const q = x.map((v) => 2 * v); q.pop(); q.push(x[0] * x[1]); return q.${sum}; }`,
    [X],
  ],
  [
    'a window of the last values',
    'function f(x, n) { const q = []; let s = 0, t = 0; for (const v of x) { q.push(v); s += v; if (q.length > n) s -= q.shift(); t += s * s; } return t; }',
    [X, 3],
  ],
  [
    'Float64Array.from',
    'function f(x) { const m = Float64Array.from(x); let s = 0; for (let i = 0; i < m.length; i++) { m[i] *= i; s += m[i] ** 2; } return s * x[1]; }',
    [X],
  ],
  [
    'new Float64Array',
    'function f(x) { const m = new Float64Array(x); m[0] *= 3; return m[0] * m[1] * x[0]; }',
    [X],
  ],
  [
    'set',
    'function f(x) { const m = new Float64Array(x.length + 2); m.set(x, 1); return m[1] * m[2] ** 2 + m[0]; }',
    [X],
  ],
  [
    'slice of a typed array',
    `function f(x) { const m = Float64Array.from(x).slice(1); m[0] *= 2; return m.${sum}+ m.toReversed()[0] * x[1]; }`,
    [X],
  ],
];

test.each(CASES)('%s', (_, text, args) => {
  const fixed = args.flatMap((a, i) => (Number.isInteger(a) ? [i] : []));
  const found = agree(text, 'f', args, {
    fixed,
    ...(args.length > 1 ? {} : { trace: [text.slice(11, 12)] }),
  });
  expect(found).toMatchObject({ kind: 'agrees' });
  expect((found as { compared: number }).compared).toBeGreaterThan(0);
});

test('what a comparator would compare as texts is refused', () => {
  expect(agree('function f(x) { return [...x].sort()[0]; }', 'f', [X])).toMatchObject({ kind: 'refused' });
});
