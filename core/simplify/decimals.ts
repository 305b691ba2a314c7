/** Coefficients in the notation of their writer: decimals, and division by decimals, where the digits are exact. */
import { formulaNumber } from '../print/numbers.ts';
import type { Forms } from './forms.ts';
import type { Rational } from './rational.ts';
import * as Q from './rational.ts';

/** What stands above and below the bar; decimals as doubles with denominator 1. */
export type Bar = readonly [above: Rational, below: Rational];

/** Decimals up to this many characters are as easy to read as a fraction of fewer. */
export const SHORT_DECIMAL = 7;
/** What a decimal that the user wrote may be longer by than other forms. */
const FAMILIAR = 2;

const MOST_LITERALS = 16;

export function fraction(size: Rational): Bar {
  return [
    { n: size.n, d: 1 },
    { n: size.d, d: 1 },
  ];
}

/** above/below, both as decimals; undefined where one has no exact short decimal digits. */
export function decimalOver(above: Rational, below: Rational): Bar | undefined {
  const exact = (part: Rational) => Q.isExact(part) && Q.same(Q.fromDouble(Q.toDouble(part)), part);
  if (!exact(above) || !exact(below)) return undefined;
  return [
    { n: Q.toDouble(above), d: 1 },
    { n: Q.toDouble(below), d: 1 },
  ];
}

/**
 * A fraction in a formula with decimals. x/2, x/4 and what the user divides by stay, unless the user wrote 0.5; other
 * fractions are decimals where these are short; else the shortest of n/d, of a decimal over an integer and of an integer
 * over a decimal, with a preference for the user's own decimals: 20000/196133 is 1/9.80665.
 */
export function withDecimals(forms: Forms, size: Rational, alone: boolean): Bar {
  const key = `${alone ? '' : '·'}${size.n}/${size.d}`;
  let result = forms.bars.get(key);
  if (!result) {
    result = find(forms, size, alone);
    forms.bars.set(key, result);
  }
  return result;
}

function find(forms: Forms, size: Rational, alone: boolean): Bar {
  const plain = fraction(size);
  // 1/0 comes this far: that it is defined nowhere is found out later.
  if (size.n === 0 || size.d === 0) return plain;
  const decimal = decimalOver(size, Q.ONE);
  if (decimal) {
    const usual = !alone && size.n === 1 && (size.d === 2 || size.d === 4 || forms.literals.has(size.d));
    const length = textOf(decimal[0]).length;
    const limit = Math.max(SHORT_DECIMAL, textOf(plain[0]).length + 1 + textOf(plain[1]).length);
    if (forms.literals.has(decimal[0].n) || (!usual && length <= limit)) return decimal;
    if (usual) return plain;
  }
  const cost = ([above, below]: Bar) =>
    (Q.isOne(above) ? 0 : textOf(above).length + 1) +
    (Q.isOne(below) ? 0 : textOf(below).length + 1) -
    (forms.literals.has(above.n) || forms.literals.has(below.n) ? FAMILIAR : 0);
  const [n, tensAbove] = withoutTens(size.n);
  const [d, tensBelow] = withoutTens(size.d);
  const found = [decimal, decimalOver(Q.rational(size.n, tensBelow), Q.rational(d))];
  for (const scale of [1, 2, 4, 5, 8])
    found.push(decimalOver(Q.rational(n * scale), Q.rational(size.d * scale, tensAbove)));
  for (const literal of [...forms.literals].slice(0, MOST_LITERALS)) {
    const below = Q.fromDouble(literal);
    if (!Q.isInteger(below)) found.push(decimalOver(Q.times(size, below), below));
  }
  return found.reduce<Bar>((best, bar) => (bar && cost(bar) < cost(best) ? bar : best), plain);
}

function textOf(part: Rational): string {
  return formulaNumber(Q.toDouble(part));
}

/** n without its factors 2 and 5, and these. */
function withoutTens(n: number): readonly [number, number] {
  let rest = n;
  for (const p of [2, 5]) while (rest % p === 0) rest /= p;
  return [rest, n / rest];
}
