/** Partials that leave the range of doubles on the way: references are closed forms. */
import { expect, test } from 'vitest';
import { evaluateAt } from '../../core/analysis/evaluateAt.ts';
import { lowerSource } from '../support/source.ts';

function done(code: string, args: readonly number[], hessian: boolean) {
  const module = lowerSource(`export const f = ${code};`, 'js').slice;
  const result = evaluateAt({
    module,
    function: 'f',
    arguments: { kind: 'encoded', args },
    hessian,
    steps: 3e7,
  });
  if (result.kind === 'refused') throw new Error(result.error.message);
  return result;
}

/** Up to 1e−9 of a second derivative, or of 1. */
const close = (a: number, b: number) =>
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(b), b === 0 ? 1e-3 : 0));

test.each([
  // Power of −1 times itself is 1.
  ['(x) => Math.exp(x) ** -1 * Math.exp(x)', 500, 0],
  // d/dx atan(eˣ) = 1/(2 cosh x).
  ['(x) => 1e200 * Math.atan(Math.exp(x))', 400, 1e200 / (2 * Math.cosh(400))],
  [
    '(x) => 1e300 * Math.exp(-x) * Math.exp(-x) * 1e40',
    390,
    -2 * 1e300 * Math.exp(-780 / 3) * 1e40 * Math.exp(-780 / 3) * Math.exp(-780 / 3),
  ],
  // Saturated: far less than the value's last digit.
  ['(x) => 1 + Math.exp(-x)', 800, 0],
  ['(x) => Math.tanh(x)', 400, 0],
  ['(x) => x * Math.exp(-x * x)', 40, 0],
  ['(x) => x ** 0 + 0 * x', 3, 0],
] as const)('the slope of %s at %d', (code, x, expected) => {
  close(done(code, [x], false).jacobian[0]![0]!, expected);
});

const s = Math.exp(0.5) / (1 + Math.exp(0.5));
test.each([
  ['(x) => Math.log(Math.exp(x))', [700], [[0]]],
  [
    '(x, y) => Math.log(Math.exp(x) + Math.exp(y))',
    [400, 400.5],
    [
      [s * (1 - s), -s * (1 - s)],
      [-s * (1 - s), s * (1 - s)],
    ],
  ],
  [
    '(x, y) => Math.exp(x) / Math.exp(y)',
    [400, 400.5],
    [
      [Math.exp(-0.5), -Math.exp(-0.5)],
      [-Math.exp(-0.5), Math.exp(-0.5)],
    ],
  ],
  ['(x) => Math.log1p(Math.exp(x))', [400], [[0]]],
  ['(x) => Math.log(Math.cosh(x))', [400], [[0]]],
  ['(x) => Math.log(Math.sinh(x))', [500], [[0]]],
  ['(x) => Math.log2(2 ** x)', [800], [[0]]],
  ['(x) => Math.asinh(Math.exp(x))', [400], [[0]]],
  ['(x) => Math.acosh(Math.exp(x))', [400], [[0]]],
  ['(x) => Math.exp(x) ** 0.01', [500], [[1e-4 * Math.exp(5)]]],
  ['(x) => Math.cbrt(Math.exp(x))', [600], [[Math.exp(200) / 9]]],
  ['(x) => x * x + Math.exp(-x * x)', [40], [[2]]],
  [
    '(x, y) => x * y + Math.tanh(400 * x)',
    [2, 0],
    [
      [0, 1],
      [1, 0],
    ],
  ],
] as const)('the curvature of %s at %j', (code, args, expected) => {
  const [found] = done(code, args, true).hessian!;
  for (const [i, row] of expected.entries()) for (const [j, h] of row.entries()) close(found![i]![j]!, h);
});

test('where there are too many operations for more digits, what has vanished without trace does not matter', () => {
  const many = 'let t = 0; for (let i = 0; i < 40000; i++) t += Math.exp(-((x - i) ** 2));';
  const { jacobian } = done(`(x) => { ${many} return t + x * x; }`, [5], false);
  // The sum's slope at a node is that of its one-sided end: the Gaussians on the left of 0 are missing.
  let slope = 10;
  for (let i = 0; i < 40; i++) slope += -2 * (5 - i) * Math.exp(-((5 - i) ** 2));
  close(jacobian[0]![0]!, slope);
  const lost = `(x) => { ${many} return 0 * t + 1e200 * Math.atan(Math.exp(x)); }`;
  expect(() => done(lost, [400], false)).toThrow('range of double precision');
});

test('a power that is no integer ends at 0: no second derivative is given, and that is said', () => {
  expect(done('(x) => Math.pow(x, 2.5)', [0], false).jacobian).toEqual([[0]]);
  expect(() => done('(x) => Math.pow(x, 2.5)', [0], true)).toThrow('second derivatives are not given');
});
