/** Elementary functions beyond doubles, against sixty digits of mpmath (scripts/references/digits.py). */
import { describe, expect, test } from 'vitest';
import {
  Arithmetic,
  absolute,
  type Big,
  compared,
  fromNumber,
  toNumber,
} from '../../core/operations/algebras/bigFloat.ts';
import { bigNumbers } from '../../core/operations/algebras/bigNumbers.ts';
import type { Operation } from '../../core/operations/index.ts';
import digits from './digits.json' with { type: 'json' };

const FINE = new Arithmetic(400);
const TEN: Big = { m: 10n, e: 0 };

function power(n: number): Big {
  return n < 0 ? FINE.div({ m: 1n, e: 0 }, power(-n)) : { m: 10n ** BigInt(n), e: 0 };
}

/** `-1.25e-3` */
function decimal(text: string): Big {
  const [mantissa, exponent = '0'] = text.split('e');
  const [whole, fraction = ''] = mantissa!.split('.');
  return FINE.mul({ m: BigInt(whole! + fraction), e: 0 }, power(Number(exponent) - fraction.length));
}

describe.each([128, 192])('%d bits', (bits) => {
  const algebra = bigNumbers(bits) as unknown as { readonly [O in Operation]: (...args: Big[]) => Big };
  test.each(digits.map((d) => [`${d.name}(${d.args.join(', ')})`, d] as const))(
    '%s',
    (_, { name, args, value }) => {
      const found = algebra[name as Operation](...args.map(fromNumber));
      const expected = decimal(value);
      const error = absolute(FINE.sub(found, expected));
      // Two units in the last place, or the sixtieth digit.
      const unit = FINE.mul(absolute(expected), { m: 1n, e: -(bits - 1) });
      const digit = FINE.mul(absolute(expected), power(-59));
      const allowed = compared(unit, digit) > 0 ? unit : digit;
      expect(
        compared(error, allowed),
        `${toNumber(FINE.div(error, absolute(expected)))}`,
      ).toBeLessThanOrEqual(0);
    },
  );
});

test('numbers come back as they were', () => {
  for (const x of [
    0,
    1,
    -0.1,
    5e-324,
    2.2250738585072014e-308,
    1.7976931348623157e308,
    123456789.125,
    2 ** 60,
  ])
    expect(toNumber(fromNumber(x))).toBe(x);
  expect(toNumber(fromNumber(Number.NaN))).toBeNaN();
  expect(toNumber(FINE.div(fromNumber(1), TEN))).toBe(0.1);
});
