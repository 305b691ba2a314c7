/**
 * Binary floating-point numbers of any precision, on the host's BigInt: m·2^e, rounded to `bits` after every
 * operation. There is one thing that is no number; infinities are not told from it.
 */
export interface Big {
  readonly m: bigint;
  readonly e: number;
}

export const NOT_A_NUMBER: Big = { m: 0n, e: Number.NaN };
export const ZERO: Big = { m: 0n, e: 0 };
export const ONE: Big = { m: 1n, e: 0 };

export const isNumber = (x: Big): boolean => !Number.isNaN(x.e);
export const negated = (x: Big): Big => ({ m: -x.m, e: x.e });
export const absolute = (x: Big): Big => (x.m < 0n ? negated(x) : x);
export const halved = (x: Big, times = 1): Big => (x.m === 0n ? x : { m: x.m, e: x.e - times });
export const signOf = (x: Big): number => (x.m > 0n ? 1 : x.m < 0n ? -1 : 0);

/** Of |m|; 0 for 0. */
export function bitLength(m: bigint): number {
  if (m === 0n) return 0;
  const digits = (m < 0n ? -m : m).toString(16);
  return 4 * digits.length - Math.clz32(Number.parseInt(digits[0]!, 16)) + 28;
}

/** The exponent of the leading bit: 2^n ≤ |x| < 2^(n+1). */
export const magnitude = (x: Big): number => (x.m === 0n ? -Infinity : x.e + bitLength(x.m) - 1);

export function rounded(m: bigint, e: number, bits: number): Big {
  const excess = bitLength(m) - bits;
  if (excess <= 0) return m === 0n ? ZERO : { m, e };
  const shift = BigInt(excess);
  return { m: (m + (1n << (shift - 1n))) >> shift, e: e + excess };
}

const FLOAT = new Float64Array(1);
const WORD = new BigUint64Array(FLOAT.buffer);

export function fromNumber(x: number): Big {
  if (!Number.isFinite(x)) return NOT_A_NUMBER;
  if (Number.isSafeInteger(x)) return { m: BigInt(x), e: 0 };
  FLOAT[0] = Math.abs(x);
  const exponent = Number(WORD[0]! >> 52n);
  const fraction = WORD[0]! & ((1n << 52n) - 1n);
  const m = exponent === 0 ? fraction : fraction | (1n << 52n);
  return { m: x < 0 ? -m : m, e: Math.max(exponent, 1) - 1075 };
}

/** To the nearest double (twice rounded where it is subnormal). */
export function toNumber(x: Big): number {
  if (!isNumber(x)) return Number.NaN;
  // A double has 53 bits; 64 leave room for rounding.
  const { m, e } = rounded(x.m, x.e, 64);
  if (e > 1100) return Number(m) * Infinity || 0;
  if (e < -1200) return 0;
  const half = Math.trunc(e / 2);
  return Number(m) * 2 ** half * 2 ** (e - half);
}

export function compared(x: Big, y: Big): number {
  const shift = x.e - y.e;
  if (x.m === 0n || y.m === 0n) return Number(x.m > y.m) - Number(x.m < y.m);
  const a = shift > 0 ? x.m << BigInt(shift) : x.m;
  const b = shift < 0 ? y.m << BigInt(-shift) : y.m;
  return Number(a > b) - Number(a < b);
}

/** Arithmetic at one precision. */
export class Arithmetic {
  readonly bits: number;

  constructor(bits: number) {
    this.bits = bits;
  }

  add(x: Big, y: Big): Big {
    if (!isNumber(x) || !isNumber(y)) return NOT_A_NUMBER;
    if (x.m === 0n) return y;
    if (y.m === 0n) return x;
    const [high, low] = x.e >= y.e ? [x, y] : [y, x];
    const shift = high.e - low.e;
    // Beyond that the lower one does not reach the last bit of the other.
    if (shift > 4 * this.bits + 4096) return high;
    return rounded((high.m << BigInt(shift)) + low.m, low.e, this.bits);
  }

  sub(x: Big, y: Big): Big {
    return this.add(x, negated(y));
  }

  mul(x: Big, y: Big): Big {
    if (!isNumber(x) || !isNumber(y)) return NOT_A_NUMBER;
    return rounded(x.m * y.m, x.e + y.e, this.bits);
  }

  div(x: Big, y: Big): Big {
    if (!isNumber(x) || !isNumber(y) || y.m === 0n) return NOT_A_NUMBER;
    const shift = Math.max(this.bits + 2 + bitLength(y.m) - bitLength(x.m), 0);
    return rounded((x.m << BigInt(shift)) / y.m, x.e - y.e - shift, this.bits);
  }

  /** x/n for a small positive integer. */
  over(x: Big, n: number): Big {
    if (!isNumber(x)) return x;
    const shift = Math.max(this.bits + 8 + bitLength(BigInt(n)) - bitLength(x.m), 0);
    return rounded((x.m << BigInt(shift)) / BigInt(n), x.e - shift, this.bits);
  }

  times(x: Big, n: number): Big {
    return this.mul(x, { m: BigInt(n), e: 0 });
  }

  sqrt(x: Big): Big {
    if (!isNumber(x) || x.m < 0n) return NOT_A_NUMBER;
    if (x.m === 0n) return ZERO;
    let shift = Math.max(2 * this.bits + 4 - bitLength(x.m), 0);
    if ((x.e - shift) % 2 !== 0) shift++;
    return rounded(integerRoot(x.m << BigInt(shift)), (x.e - shift) / 2, this.bits);
  }

  /** The sum of a power series: term(n) from term(n − 1) until terms do not count. */
  series(first: Big, next: (term: Big, n: number) => Big): Big {
    let sum = first;
    let term = first;
    for (let n = 1; term.m !== 0n; n++) {
      term = next(term, n);
      if (!isNumber(term)) return NOT_A_NUMBER;
      if (magnitude(term) < magnitude(sum) - this.bits - 2) break;
      sum = this.add(sum, term);
    }
    return sum;
  }
}

/** ⌊√n⌋ by Newton's iteration from above. */
function integerRoot(n: bigint): bigint {
  let x = 1n << BigInt((bitLength(n) + 1) >> 1);
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}

/** To an integer, as Math.floor does. */
export function floored(x: Big): Big {
  if (!isNumber(x) || x.e >= 0) return x;
  return { m: x.m >> BigInt(-x.e), e: 0 };
}
