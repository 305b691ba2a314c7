/**
 * Coefficients of formulas: exact fractions of safe integers; where those overflow, or a double is no short decimal,
 * a double with denominator 1 that is no safe integer.
 */
export interface Rational {
  readonly n: number;
  /** Positive. */
  readonly d: number;
}

export const ZERO: Rational = { n: 0, d: 1 };
export const ONE: Rational = { n: 1, d: 1 };
export const MINUS_ONE: Rational = { n: -1, d: 1 };
export const HALF: Rational = { n: 1, d: 2 };

export function rational(n: number, d = 1): Rational {
  if (d === 1) return { n, d };
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d)) return { n: n / d, d: 1 };
  const g = gcd(n, d) * (d < 0 ? -1 : 1);
  return g === 1 ? { n, d } : { n: n / g, d: d / g };
}

/** A literal by its shortest decimal digits (0.1 is one tenth: what its writer meant); by itself where they are many. */
export function fromDouble(value: number): Rational {
  if (Number.isSafeInteger(value)) return { n: value === 0 ? 0 : value, d: 1 };
  for (let tens = 10; tens <= 1000 && Math.abs(value) < 1e6; tens *= 10) {
    const mantissa = Math.round(value * tens);
    if (mantissa / tens === value) return rational(mantissa, tens);
  }
  const match = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (!match) return { n: value, d: 1 };
  const digits = match[1]! + (match[2] ?? '');
  const exponent = Number(match[3] ?? 0) - (match[2]?.length ?? 0);
  if (digits.length > 13 || exponent < -12 || exponent > 12) return { n: value, d: 1 };
  const mantissa = Number(digits);
  return exponent >= 0 ? rational(mantissa * 10 ** exponent) : rational(mantissa, 10 ** -exponent);
}

export function toDouble(a: Rational): number {
  return a.n / a.d;
}
export function isExact(a: Rational): boolean {
  return Number.isSafeInteger(a.n);
}
export function isInteger(a: Rational): boolean {
  return a.d === 1 && Number.isSafeInteger(a.n);
}
export function isZero(a: Rational): boolean {
  return a.n === 0;
}
export function isOne(a: Rational): boolean {
  return a.n === 1 && a.d === 1;
}
export function same(a: Rational, b: Rational): boolean {
  return a.n === b.n && a.d === b.d;
}

export function plus(a: Rational, b: Rational): Rational {
  if (a.d === 1 && b.d === 1) return rational(a.n + b.n);
  const n = a.n * b.d + b.n * a.d;
  return Number.isSafeInteger(n) && Number.isSafeInteger(a.d * b.d)
    ? rational(n, a.d * b.d)
    : { n: toDouble(a) + toDouble(b), d: 1 };
}
export function times(a: Rational, b: Rational): Rational {
  if (isOne(a)) return b;
  if (isOne(b)) return a;
  if (a.d === 1 && b.d === 1) return rational(a.n * b.n);
  const n = a.n * b.n;
  const d = a.d * b.d;
  if (Number.isSafeInteger(n) && Number.isSafeInteger(d)) return rational(n, d);
  return rational(
    (a.n / gcd(a.n, b.d)) * (b.n / gcd(b.n, a.d)),
    (a.d / gcd(a.d, b.n)) * (b.d / gcd(b.d, a.n)),
  );
}
export function negate(a: Rational): Rational {
  return { n: a.n === 0 ? 0 : -a.n, d: a.d };
}
/** Of a nonzero number. */
export function inverse(a: Rational): Rational {
  return rational(a.d, a.n);
}
export function absolute(a: Rational): Rational {
  return a.n < 0 ? negate(a) : a;
}

/** a^k for an integer k; undefined where the result is not exact or a = 0 with k ≤ 0. */
export function power(a: Rational, k: number): Rational | undefined {
  if (k === 0) return a.n === 0 ? undefined : ONE;
  if (k < 0) return a.n === 0 ? undefined : power(inverse(a), -k);
  const n = a.n ** k;
  const d = a.d ** k;
  return Number.isSafeInteger(n) && Number.isSafeInteger(d) ? { n, d } : undefined;
}

/** The greatest common divisor of integers, positive; 1 where either is no safe integer. */
export function gcd(a: number, b: number): number {
  if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b)) return 1;
  let x = Math.abs(a);
  let y = Math.abs(b);
  while (y !== 0) [x, y] = [y, x % y];
  return x || 1;
}

/** [r, s] with √n = r·√s and s free of small squares. */
export function squareRoot(n: number): readonly [number, number] {
  if (n === 0) return [0, 1];
  let root = 1;
  let rest = n;
  for (const p of [2, 3, 5, 7, 11, 13])
    while (rest % (p * p) === 0) {
      rest /= p * p;
      root *= p;
    }
  const whole = Math.round(Math.sqrt(rest));
  return whole * whole === rest ? [root * whole, 1] : [root, rest];
}
