/** Numbers as the user sees them: "=" only where the digits shown are the exact double, "≈" otherwise. */

export const MINUS = '−';
const DEFAULT_DIGITS = 4;

export interface FormattedNumber {
  readonly text: string;
  /** True where reading the text back gives the very same double. */
  readonly exact: boolean;
}

/** Integers below this are written out, whatever the digits asked for. */
const LARGE = 1e6;
/** Below this a number is written with an exponent. */
const SMALL = 1e-4;

export function formatNumber(value: number, significantDigits = DEFAULT_DIGITS): FormattedNumber {
  if (Number.isNaN(value)) return { text: 'NaN', exact: true };
  if (value === 0) return { text: '0', exact: true };
  const sign = value < 0 ? MINUS : '';
  const size = Math.abs(value);
  if (size === Infinity) return { text: `${sign}∞`, exact: true };
  const digits = Math.max(1, Math.min(17, Math.round(significantDigits)));
  const shortest = plain(size);
  if (size < LARGE && Number.isInteger(size)) return { text: sign + shortest, exact: true };
  if (significantOf(shortest) <= digits) return { text: sign + shortest, exact: true };
  const text = rounded(size, digits);
  return { text: sign + text, exact: Number(text) === size };
}

/** `= 2`, `≈ 6.909`. */
export function formatEquation(value: number, significantDigits = DEFAULT_DIGITS): string {
  const { text, exact } = formatNumber(value, significantDigits);
  return `${exact ? '=' : '≈'} ${text}`;
}

/** `(2.584, 2)` and whether every component is exact. */
export function formatVector(values: readonly number[], significantDigits = DEFAULT_DIGITS): FormattedNumber {
  const parts = values.map((value) => formatNumber(value, significantDigits));
  return { text: `(${parts.map((p) => p.text).join(', ')})`, exact: parts.every((p) => p.exact) };
}

/** All the digits that distinguish the double (at most 17), as JavaScript reads them back: for copying. */
export function fullNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** A constant inside a formula: never rounded. */
export function formulaNumber(value: number): string {
  if (value < 0 || Object.is(value, -0)) return MINUS + formulaNumber(-value);
  if (Number.isNaN(value)) return 'NaN';
  if (value === 0) return '0';
  return value === Infinity ? '∞' : plain(value);
}

/** The shortest digits of a positive double, with an exponent only where the plain form is longer. */
function plain(size: number): string {
  const text = String(size).replace('e+', 'e');
  if (size >= SMALL || text.includes('e')) return text;
  return size.toExponential().replace('e+', 'e');
}

function rounded(size: number, digits: number): string {
  if (size >= LARGE || size < SMALL) return size.toExponential(digits - 1).replace('e+', 'e');
  const text = size.toPrecision(digits);
  if (text.includes('e')) return Math.round(size) >= LARGE ? text.replace('e+', 'e') : size.toFixed(0);
  return text;
}

function significantOf(text: string): number {
  const mantissa = text.split('e')[0]!;
  const digits = mantissa.replace('.', '').replace(/^0+/, '');
  return mantissa.includes('.') ? digits.length : digits.replace(/0+$/, '').length;
}
