/** Rows and records that are exchanged, and parts of arrays whose bounds are unknown. */
import { expect, test } from 'vitest';
import { agree } from './agree.ts';

const A = [0.2, 1.3, -0.7, 2.1, -0.4, 0.9, -1.1, 0.8, 1.7];
const ROWS =
  'const M = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => a[i * n + j]));';
const ELIMINATION = (exchange: string) => `function f(a, b) {
  const n = b.length;
  ${ROWS}
  const v = b.slice();
  let sign = 1;
  for (let k = 0; k < n; k++) {
    let p = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(M[i][k]) > Math.abs(M[p][k])) p = i;
    ${exchange}
    for (let i = k + 1; i < n; i++) {
      const q = M[i][k] / M[k][k];
      for (let j = k; j < n; j++) M[i][j] -= q * M[k][j];
      v[i] -= q * v[k];
    }
  }
  const x = new Array(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let s = v[i];
    for (let j = i + 1; j < n; j++) s -= M[i][j] * x[j];
    x[i] = s / M[i][i];
  }
  return sign * (x[0] + 2 * x[1] - x[2]);
}`;

/** Each with its arguments; matrices are flat where the trace takes them so. */
const CASES: readonly (readonly [string, string, readonly unknown[]])[] = [
  [
    'rows by destructuring',
    ELIMINATION('[M[k], M[p]] = [M[p], M[k]]; [v[k], v[p]] = [v[p], v[k]];'),
    [A, [1, 2, 0.5]],
  ],
  [
    'rows by a variable',
    ELIMINATION(
      'if (p !== k) { const t = M[k]; M[k] = M[p]; M[p] = t; const u = v[k]; v[k] = v[p]; v[p] = u; sign = -sign; }',
    ),
    [A, [1, 2, 0.5]],
  ],
  [
    'records',
    'function f(x) { const ps = x.map((v, i) => ({ v, w: v * v })); for (let i = 0; i + 1 < ps.length; i++) if (ps[i].v > ps[i + 1].v) { const t = ps[i]; ps[i] = ps[i + 1]; ps[i + 1] = t; } let s = 0; for (let i = 0; i < ps.length; i++) s += (i + 1) * ps[i].v * ps[i].w; return s; }',
    [[1.2, -0.4, 0.9, 0.3]],
  ],
  [
    'one row under two names',
    `function f(a, b) { const n = b.length; ${ROWS} for (let i = 1; i < n; i++) { M[i] = M[i - 1]; M[i][0] += b[i] * 2; } let s = 0; for (let i = 0; i < n; i++) s += (i + 1) * M[i][0] * M[i][1]; return s; }`,
    [A, [1, 2, 0.5]],
  ],
  [
    'slice from an unknown place',
    'function f(x, n) { let s = 0; for (let k = 0; k < n; k++) s += x.slice(k).reduce((a, b) => a + b * b, 0) * x.slice(0, k + 1).reduce((a, b) => a + b, 0); return s; }',
    [[0.7, -1.2, 2.5, 0.4], 3],
  ],
  [
    'slice from the end',
    'function f(x, n) { return x.slice(-n).reduce((a, b) => a + b * b, 0) + x.slice(0, 1 - n).reduce((a, b) => a + b ** 3, 0); }',
    [[0.7, -1.2, 2.5, 0.4], 3],
  ],
];

test.each(CASES)('%s', (_, text, args) => {
  const fixed = args.flatMap((a, i) => (Number.isInteger(a) ? [i] : []));
  const found = agree(text, 'f', args, { fixed });
  expect(found).toMatchObject({ kind: 'agrees' });
  expect((found as { compared: number }).compared).toBeGreaterThan(0);
});

test('an array of exchanged rows is no result', () => {
  const text = `function f(a, b) { const n = b.length; ${ROWS} for (let i = 1; i < n; i++) { const t = M[0]; M[0] = M[i]; M[i] = t; } return M; }`;
  expect(agree(text, 'f', [A, [1, 2, 0.5]])).toMatchObject({ kind: 'refused', id: 'GL111' });
});

test('no new row is put among exchanged ones', () => {
  const text = `function f(a, b) { const n = b.length; ${ROWS} for (let i = 1; i < n; i++) { const t = M[0]; M[0] = M[i]; M[i] = b.map((v) => v * t[0]); } return M[0][0]; }`;
  expect(agree(text, 'f', [A, [1, 2, 0.5]])).toMatchObject({ kind: 'refused', id: 'GL111' });
});
