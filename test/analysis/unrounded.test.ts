/** Results rounded for the eye: the derivative is that of the number before, where the steps are fine; and it is said. */
import { expect, test } from 'vitest';
import { evaluateAt } from '../../core/analysis/evaluateAt.ts';
import { lowerSource } from '../support/source.ts';

const FINE = 'The number is rounded to fine steps here';

function asked(code: string, args: number[], hessian = false) {
  const { slice } = lowerSource(`export const f = ${code};`, 'js');
  return evaluateAt({
    module: slice,
    function: 'f',
    arguments: { kind: 'encoded', args },
    hessian,
    steps: 3e6,
  });
}

test.each([
  ['(x) => Math.round(Math.sin(x) * 1e12) / 1e12', [0.7], [Math.cos(0.7)]],
  ['(x, y) => Math.floor(x * y * 1e6) / 1000', [3.1, 1234.5], [1234500, 3100]],
  ['(x) => { const y = Math.round(x * 1e10) / 1e10; return y * Math.exp(y) }', [1.3], [2.3 * Math.exp(1.3)]],
  ['(x) => Number((1e6 * Math.exp(x)).toFixed(3))', [0.7], [1e6 * Math.exp(0.7)]],
  ['(x) => parseFloat((-Math.exp(x)).toPrecision(12)) * 2', [0.7], [-2 * Math.exp(0.7)]],
  ['(x) => +(1e9 * x * x).toPrecision(11)', [1.7], [3.4e9]],
  [
    '(x) => { const d = new Date(1.7e12 + 1e7 * Math.sin(x)); return d.getTime() }',
    [0.8],
    [1e7 * Math.cos(0.8)],
  ],
  ['(x) => Math.floor(x * 1e20)', [2.13], [1e20]],
  [
    '(ms) => Math.sin(7e-8 * (new Date(ms).getTime() - 1.7e12))',
    [1710936000000.5],
    [7e-8 * Math.cos(7e-8 * 10936000000)],
  ],
  // A tie, and a whole number.
  ['(x) => Math.round(x * 1e9) / 1e9', [1.5000000005], [1]],
  ['(x) => Math.floor(x * x * 1e9) / 1e9', [2], [4]],
] as const)('%s', (code, args, expected) => {
  const result = asked(code, [...args]);
  if (result.kind === 'refused') throw new Error(result.error.message);
  expect(result.problems.some(({ message }) => message.startsWith(FINE))).toBe(true);
  expected.forEach((d, i) => {
    expect(Math.abs(result.jacobian[0]![i]! - d)).toBeLessThanOrEqual(1e-12 * Math.abs(d));
  });
});

test('and the second one', () => {
  const result = asked('(x) => Math.round(Math.sin(x) * 1e12) / 1e12', [0.7], true);
  if (result.kind === 'refused') throw new Error(result.error.message);
  expect(Math.abs(result.hessian![0]![0]![0]! + Math.sin(0.7))).toBeLessThanOrEqual(1e-9);
});

test.each([
  // Coarse, of what hardly moves, and where the steps are what is meant.
  ['(x) => +Math.exp(x).toFixed(2)', 0.7],
  ['(x) => Math.round(x * 5e3) / 5e3', 0.7],
  ['(x) => Math.floor(1e7 + x)', 0.7],
  // The days before a year, and cents.
  ['(year) => Math.floor(365.25 * (year + 4716)) - 1524.5', 2023],
  ['(rate) => Math.round(1e7 * Math.exp(rate)) / 100', 0.05],
  ['(x) => Math.sin(Math.floor(x * 1e7))', 1.23],
  ['(x) => String(Math.exp(x).toFixed(9)).slice(0, 6) * 1', 0.7],
] as const)('%s is not', (code, x) => {
  const result = asked(code, [x]);
  const said = result.kind === 'refused' ? [result.error] : result.problems;
  expect(said.some(({ message }) => message.startsWith(FINE))).toBe(false);
  expect(result.kind === 'refused' || result.jacobian[0]![0] === 0).toBe(true);
});

test.each([
  // A part goes past the rounding: what is left of a number, and steps that are smooth within.
  '(x) => { const high = Math.floor(x / 1e3); return [high * 1e3, x - high * 1e3] }',
  '(x) => { const k = Math.floor(x / 1e3), t = x / 1e3 - k; return k + t * t * (3 - 2 * t) }',
])('%s has none', (code) => {
  expect(asked(code, [1.7e12 + 321.3]).kind).toBe('refused');
});

test('what is left of a number without its whole part has the derivative of its path', () => {
  const result = asked('(jd) => { const z = Math.floor(jd); return jd - z }', [2451545.3]);
  expect(result.kind === 'done' && result.jacobian).toEqual([[1]]);
});
