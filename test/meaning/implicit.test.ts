/** Derivatives of what searches find, held against closed forms: the implicit function theorem's, or none. */
import { describe, expect, test } from 'vitest';
import { evaluateAt } from '../../core/analysis/evaluateAt.ts';
import { lowerSource } from '../support/source.ts';

const evaluated = (text: string, args: readonly number[], hessian = false) =>
  evaluateAt({
    module: lowerSource(text, 'js').slice,
    function: 'f',
    arguments: { kind: 'encoded', args: [...args] },
    hessian,
    steps: 3e6,
  });

const BISECT = `function bisect(g, low, high) {
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (g(middle) > 0) high = middle; else low = middle;
  }
  return (low + high) / 2;
}`;
const GOLDEN = `function least(F, low, high, tolerance) {
  const k = (Math.sqrt(5) - 1) / 2;
  let c = high - k * (high - low), d = low + k * (high - low), fc = F(c), fd = F(d);
  while (Math.abs(high - low) > tolerance) {
    if (fc < fd) { high = d; d = c; fd = fc; c = high - k * (high - low); fc = F(c); }
    else { low = c; c = d; fc = fd; d = low + k * (high - low); fd = F(d); }
  }
  return (low + high) / 2;
}`;

/** x with x·eˣ = a, by Newton's method. */
function lambert(a: number): number {
  let x = Math.log1p(a);
  for (let i = 0; i < 50; i++) x -= (x - a * Math.exp(-x)) / (1 + x);
  return x;
}

const W = lambert(2.3);
const given: readonly [name: string, text: string, args: readonly number[], jacobian: number[][]][] = [
  [
    'a square root',
    `${BISECT} function f(a) { return bisect((x) => x * x - a, 0, 10) }`,
    [7.3],
    [[0.5 / Math.sqrt(7.3)]],
  ],
  [
    'a root that is worked on',
    `${BISECT} function f(a, b) { return b * bisect((x) => x ** 3 - a, 0, 10) ** 2 }`,
    [7.3, 1.7],
    [[(1.7 * 2 * 7.3 ** (-1 / 3)) / 3, 7.3 ** (2 / 3)]],
  ],
  [
    'a test of signs with values carried along',
    `function f(a) {
      const F = (x) => x * Math.exp(x) - a;
      let low = 0, high = 3, at = F(low);
      while (high - low > 1e-13) {
        const m = (low + high) / 2, now = F(m);
        if (at * now <= 0) high = m; else { low = m; at = now; }
      }
      return low;
    }`,
    [2.3],
    [[W / (2.3 * (1 + W))]],
  ],
  [
    'a field for each end, and an end where no number lies between',
    `function f(a) {
      const bracket = { low: 0, high: 8 };
      for (;;) {
        const m = (bracket.low + bracket.high) / 2, v = m * m - a;
        if (v === 0 || m === bracket.low || m === bracket.high) return m;
        bracket[v > 0 ? 'high' : 'low'] = m;
      }
    }`,
    [5.1],
    [[0.5 / Math.sqrt(5.1)]],
  ],
  [
    'ends in an array',
    'function f(a) { const e = [0, 8]; for (let i = 0; i < 70; i++) { const m = (e[0] + e[1]) / 2; e[m * m > a ? 1 : 0] = m } return e[0] }',
    [5.5],
    [[0.5 / Math.sqrt(5.5)]],
  ],
  [
    'ends that depend on the input',
    'function f(a) { let l = 0, h = a + 1; while (h - l > 1e-12) { const m = (l + h) / 2; if (m * m > a) h = m; else l = m } return (l + h) / 2 }',
    [3.3],
    [[0.5 / Math.sqrt(3.3)]],
  ],
  [
    'one search after another',
    `${BISECT} function f(a, b) { const u = bisect((x) => x ** 3 - a, 0, 10); return bisect((x) => x * x - b * u, 0, 10) }`,
    [7.3, 2.2],
    [[(Math.sqrt(2.2) * 7.3 ** (1 / 6)) / (6 * 7.3), (7.3 ** (1 / 6) * 0.5) / Math.sqrt(2.2)]],
  ],
  [
    // x = a·∛(b·x), so that x² = a³·b.
    'one search in another',
    `${BISECT} function f(a, b) { return bisect((x) => x - a * bisect((y) => y ** 3 - b * x, 0, 10), 0.5, 10) }`,
    [1.9, 1.2],
    [[1.5 * Math.sqrt(1.9 * 1.2), (0.5 * 1.9 ** 1.5) / Math.sqrt(1.2)]],
  ],
  [
    'where something is least',
    `${GOLDEN} function f(a, b) { return least((x) => Math.exp(x) - a * x + b, -2, 5, 1e-9) }`,
    [3.1, 0.4],
    [[1 / 3.1, 0]],
  ],
  [
    'the least value of something, and where it is',
    `${GOLDEN} function f(a) { const F = (x) => Math.exp(x) - a * x; const x = least(F, -2, 5, 1e-9); return [x, F(x)] }`,
    [3.1],
    [[1 / 3.1], [-Math.log(3.1)]],
  ],
];

describe('derivatives of what a search finds', () => {
  test.each(given)('%s', (_, text, args, jacobian) => {
    const result = evaluated(text, args);
    expect(result.problems.map(({ id, severity }) => `${id} ${severity}`)).toEqual(['GL113 information']);
    if (result.kind !== 'done') throw new Error('refused');
    result.jacobian.forEach((row, o) => {
      const size = 1e-3 * Math.max(...jacobian[o]!.map(Math.abs));
      row.forEach((d, i) => {
        const exact = jacobian[o]![i]!;
        expect(Math.abs(d - exact)).toBeLessThanOrEqual(1e-6 * Math.max(Math.abs(exact), size));
      });
    });
  });

  test('there are no second derivatives', () => {
    const result = evaluated(
      `${BISECT} function f(a) { return bisect((x) => x * x - a, 0, 10) }`,
      [7.3],
      true,
    );
    expect(result.kind === 'refused' && result.error.id).toBe('GL113');
  });

  test('a loose end is said to be one', () => {
    const text =
      'function f(a) { let l = 0, h = 8; while (h - l > 5e-8) { const m = (l + h) / 2; if (m * m > a) h = m; else l = m } return l }';
    const result = evaluated(text, [4.2]);
    if (result.kind !== 'done') throw new Error('refused');
    expect(result.problems[0]!.message).toContain('The value itself is off by about');
    expect(Math.abs(result.jacobian[0]![0]! * 2 * Math.sqrt(4.2) - 1)).toBeLessThan(1e-6);
  });
});

const refused: readonly [name: string, text: string, ...args: number[]][] = [
  [
    'ends too loosely',
    'function f(a) { let l = 0, h = 8; while (h - l > 1e-3) { const m = (l + h) / 2; if (m * m > a) h = m; else l = m } return l }',
    4.2,
  ],
  [
    'tries a grid',
    'function f(a) { let b = 0, v = Infinity; for (let i = 0; i < 900; i++) { const x = i / 100, d = (x * x - a) ** 2; if (d < v) { v = d; b = x } } return b * a }',
    4.2,
  ],
  [
    'finds a root with a kink at the sample',
    `${BISECT} function f(a) { return bisect((x) => x - Math.abs(a - 2.5) - 1, 0, 10) }`,
    2.5,
  ],
  [
    'goes on from where the root is found to be of another branch',
    `${BISECT} function f(a) { const r = bisect((x) => x * x - a, 0, 10); return r < 2 ? 3 * r : 5 * r - 4 }`,
    4,
  ],
];

test.each(refused)('no derivative where a search %s', (_, text, ...args) => {
  const result = evaluated(text, args);
  expect(result.kind === 'refused' && result.error.id).toBe('GL113');
});
