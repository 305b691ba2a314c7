import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatEquation,
  formatNumber,
  formatVector,
  formulaNumber,
  fullNumber,
} from '../../core/print/numbers.ts';

describe('formatNumber', () => {
  test.each([
    [2, 4, '2', true],
    [6.909297426825682, 4, '6.909', false],
    [2.5838531634528574, 4, '2.584', false],
    [0.1, 4, '0.1', true],
    [0.1 + 0.2, 4, '0.3000', false],
    [-0.5, 4, '−0.5', true],
    [12345, 4, '12345', true],
    [12345.678, 4, '12346', false],
    [123456789, 4, '1.235e8', false],
    [1e21, 4, '1e21', true],
    [1.5e-7, 4, '1.5e-7', true],
    [0.000012345678, 4, '1.235e-5', false],
    [0.5, 1, '0.5', true],
    [0, 4, '0', true],
    [-0, 4, '0', true],
    [Infinity, 4, '∞', true],
    [-Infinity, 4, '−∞', true],
    [NaN, 4, 'NaN', true],
    [1 / 3, 8, '0.33333333', false],
    [999999.7, 4, '1.000e6', false],
    [5e-324, 4, '5e-324', true],
    [Number.MAX_VALUE, 4, '1.798e308', false],
  ])('%d with %d digits is %s', (value, digits, text, exact) => {
    expect(formatNumber(value, digits)).toEqual({ text, exact });
  });

  test('"=" exactly where the text reads back as the same double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.integer({ min: 1, max: 17 }), (value, digits) => {
        const { text, exact } = formatNumber(value, digits);
        const back = Number(text.replace('−', '-').replace('∞', 'Infinity'));
        expect(back === value).toBe(exact);
        if (Number.isFinite(back)) {
          const half = 0.5 * 10 ** (1 - digits);
          expect(Math.abs(back - value)).toBeLessThanOrEqual(Math.abs(value) * half * 10 * 1.0001);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('17 digits never lose anything', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(Object.is(Number(fullNumber(value)), value)).toBe(true);
        expect(formatNumber(value, 17).exact).toBe(true);
      }),
    );
  });
});

test('equations and vectors', () => {
  expect(formatEquation(2)).toBe('= 2');
  expect(formatEquation(6.909297426825682)).toBe('≈ 6.909');
  expect(formatVector([2.5838531634528574, 2])).toEqual({ text: '(2.584, 2)', exact: false });
  expect(formatVector([1, -2])).toEqual({ text: '(1, −2)', exact: true });
});

test('constants inside formulas are never rounded', () => {
  expect(formulaNumber(0.3989422804014327)).toBe('0.3989422804014327');
  expect(formulaNumber(-2)).toBe('−2');
  expect(formulaNumber(0)).toBe('0');
  expect(formulaNumber(0.00001)).toBe('1e-5');
  expect(formulaNumber(1e300)).toBe('1e300');
});
