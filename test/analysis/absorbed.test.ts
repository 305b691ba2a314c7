/** Numbers rounded by a large constant: their staircase has no slope, and the path's is not shown. */
import { expect, test } from 'vitest';
import { evaluateAt } from '../../core/analysis/evaluateAt.ts';
import { lowerSource } from '../support/source.ts';

const at = (code: string, x: number) =>
  evaluateAt({
    module: lowerSource(`export const f = ${code};`, 'js').slice,
    function: 'f',
    arguments: { kind: 'encoded', args: [x] },
    hessian: false,
    steps: 3e6,
  });

test.each([
  [
    '(x) => { const k = Math.fround(x * 10 + 12582912) - 12582912; return Math.exp(x - k / 10) * Math.exp(k / 10) + k; }',
    1.537,
  ],
  [
    '(x) => { const F = new Float32Array(1); F[0] = x * 10 + 12582912; return x * (F[0] - 12582912); }',
    1.537,
  ],
  ['(x) => ((x + 6755399441055744) - 6755399441055744) * x', 1.637],
  ['(x) => ((x + 6755399441055744) * 1 - 6755399441055744) * x', 1.637],
  ['(x) => (-(-1 * (x + 6755399441055744)) - 6755399441055744) * x', 1.637],
  ['(x) => { let s = 0; for (const v of [1e16, x, 1, -1e16]) s += v; return s * x; }', 1.637],
  ['(x) => (x + 1e17) / 3 - 1e17 / 3 + x', 1.637],
] as const)('%s is refused', (code, x) => {
  const result = at(code, x);
  expect(result.kind === 'refused' && result.error.id).toBe('GL102');
});

test.each([
  ['(x) => Math.fround(x + 1000) - 1000', 3, 1],
  ['(x) => Math.fround(x + 1000) - 1000', 0.4, 1],
  ['(x) => Math.fround(Math.fround(x * x) + 1)', 3, 6],
  ['(x) => { const big = x + 1e17; return big / 1e17; }', 1.5, 1e-17],
  ['(x) => (x + 1e17) * 2 - x', 1.5, 1],
  ['(x) => (x + 1e6) - 1e6', 0.25, 1],
  ['(x) => x / (1e20 + x)', 2, 1e-20],
  ['(x) => 1 / (1 + x * 1e-17)', 2, -1e-17],
  ['(x) => Math.log(1e30 + x * x) + x', 2, 1],
] as const)('%s is not', (code, x, slope) => {
  const result = at(code, x);
  if (result.kind === 'refused') throw new Error(result.error.message);
  expect(Math.abs(result.jacobian[0]![0]! - slope)).toBeLessThanOrEqual(1e-9 * Math.abs(slope));
});
