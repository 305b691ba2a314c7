/**
 * The operations in as many bits as are asked for: what the doubles of a program would be without rounding. Elementary
 * functions by reduction of the argument and power series (Muller, Elementary Functions, 3rd ed., ch. 7, 10, 11).
 */
import { OPERATIONS, type Operation } from '../names.ts';
import type { Algebra } from '../row.ts';
import { TABLE } from '../table.ts';
import {
  Arithmetic,
  absolute,
  type Big,
  bitLength,
  compared,
  floored,
  fromNumber,
  halved,
  isNumber,
  magnitude,
  NOT_A_NUMBER,
  negated,
  ONE,
  rounded,
  signOf,
  toNumber,
  ZERO,
} from './bigFloat.ts';

/** Larger exponents than doubles have are no use. */
const FARTHEST = 4000;
const GUARD = 40;

const HALF: Big = { m: 1n, e: -1 };
const truth = (value: boolean): Big => (value ? ONE : ZERO);

/** Functions of one precision; within they have some bits more. */
class Functions {
  private readonly k: Arithmetic;
  private readonly constants = new Map<string, Big>();

  constructor(bits: number) {
    this.k = new Arithmetic(bits + GUARD);
  }

  private cached(name: string, make: () => Big): Big {
    const known = this.constants.get(name);
    if (known !== undefined) return known;
    const made = make();
    this.constants.set(name, made);
    return made;
  }

  /** atanh(1/n) or atan(1/n), for the constants. */
  private arc(k: Arithmetic, n: number, sign: 1 | -1): Big {
    const square = n * n;
    let power = k.over(ONE, n);
    return k.series(power, (_, i) => {
      power = k.over(power, square);
      const term = k.over(power, 2 * i + 1);
      return sign < 0 && i % 2 === 1 ? negated(term) : term;
    });
  }

  /** log 2 = 18 artanh(1/26) − 2 artanh(1/4801) + 8 artanh(1/8749). */
  ln2(): Big {
    const { k } = this;
    return this.cached('ln2', () =>
      k.add(
        k.sub(k.times(this.arc(k, 26, 1), 18), k.times(this.arc(k, 4801, 1), 2)),
        k.times(this.arc(k, 8749, 1), 8),
      ),
    );
  }

  /** π = 16 arctan(1/5) − 4 arctan(1/239), to so many bits. */
  pi(bits: number): Big {
    const fine = Math.ceil(bits / 64) * 64;
    const k = new Arithmetic(fine + 16);
    return this.cached(`pi ${fine}`, () =>
      k.sub(k.times(this.arc(k, 5, -1), 16), k.times(this.arc(k, 239, -1), 4)),
    );
  }

  halfPi(): Big {
    return halved(this.pi(this.k.bits));
  }

  /** eˣ − 1, with all its digits near 0. */
  expm1(x: Big): Big {
    const { k } = this;
    if (!isNumber(x) || x.m === 0n) return x;
    if (magnitude(x) < -1) return k.series(x, (term, n) => k.over(k.mul(term, x), n + 1));
    return k.sub(this.exp(x), ONE);
  }

  exp(x: Big): Big {
    const { k } = this;
    if (!isNumber(x)) return x;
    if (x.m === 0n) return ONE;
    if (magnitude(x) > 12) return signOf(x) < 0 ? ZERO : NOT_A_NUMBER;
    const n = Math.round(toNumber(x) / Math.LN2);
    const r = k.sub(x, k.times(this.ln2(), n));
    const SQUARINGS = 6;
    const small = halved(r, SQUARINGS);
    let y = this.expm1Series(small);
    // (1 + y)² − 1 = y·(2 + y)
    for (let i = 0; i < SQUARINGS; i++) y = k.mul(y, k.add(y, { m: 2n, e: 0 }));
    return halved(k.add(ONE, y), -n);
  }

  private expm1Series(x: Big): Big {
    const { k } = this;
    return x.m === 0n ? ZERO : k.series(x, (term, n) => k.over(k.mul(term, x), n + 1));
  }

  /** 2 artanh(z) */
  private twoArtanh(z: Big): Big {
    const { k } = this;
    if (!isNumber(z) || z.m === 0n) return z;
    const square = k.mul(z, z);
    let power = z;
    const sum = k.series(z, (_, n) => {
      power = k.mul(power, square);
      return k.over(power, 2 * n + 1);
    });
    return halved(sum, -1);
  }

  log(x: Big): Big {
    const { k } = this;
    if (!isNumber(x) || x.m <= 0n) return NOT_A_NUMBER;
    let n = magnitude(x);
    let m = halved(x, n);
    // Into [1/√2, √2], so that nothing cancels near 1.
    if (toNumber(m) > Math.SQRT2) {
      m = halved(m);
      n++;
    }
    const log = this.twoArtanh(k.div(k.sub(m, ONE), k.add(m, ONE)));
    return n === 0 ? log : k.add(log, k.times(this.ln2(), n));
  }

  log1p(x: Big): Big {
    const { k } = this;
    if (!isNumber(x)) return x;
    if (magnitude(x) < -2) return this.twoArtanh(k.div(x, k.add(x, { m: 2n, e: 0 })));
    return this.log(k.add(ONE, x));
  }

  /** sin and cos at once. */
  circle(x: Big): readonly [Big, Big] {
    const { k } = this;
    const size = magnitude(x);
    if (!isNumber(x) || size > FARTHEST) return [NOT_A_NUMBER, NOT_A_NUMBER];
    let r = x;
    let turn = 0;
    if (size >= -1) {
      // A double can come as near to a multiple of π/2 as its own bits; twice as many more hold the digits behind.
      const bits = k.bits + Math.max(size, 0) + 128;
      const fine = new Arithmetic(bits);
      const quarter = halved(this.pi(bits));
      const n = floored(fine.add(fine.div(x, quarter), HALF));
      r = fine.sub(x, fine.mul(n, quarter));
      r = rounded(r.m, r.e, k.bits);
      turn = Number((((n.m << BigInt(Math.max(n.e, 0))) % 4n) + 4n) % 4n);
    }
    const square = k.mul(r, r);
    const alternating = (first: Big, offset: number): Big =>
      first.m === 0n
        ? first
        : k.series(first, (term, n) =>
            negated(k.over(k.mul(term, square), (2 * n + offset - 1) * (2 * n + offset))),
          );
    const s = alternating(r, 1);
    const c = alternating(ONE, 0);
    if (turn === 0) return [s, c];
    if (turn === 1) return [c, negated(s)];
    return turn === 2 ? [negated(s), negated(c)] : [negated(c), s];
  }

  atan(x: Big): Big {
    const { k } = this;
    if (!isNumber(x) || x.m === 0n) return x;
    if (compared(absolute(x), ONE) > 0) {
      const rest = this.atan(k.div(ONE, x));
      return signOf(x) > 0 ? k.sub(this.halfPi(), rest) : k.sub(negated(this.halfPi()), rest);
    }
    // atan x = 2 atan(x/(1 + √(1 + x²)))
    let z = x;
    let doublings = 0;
    for (; magnitude(z) > -4; doublings++) z = k.div(z, k.add(ONE, k.sqrt(k.add(ONE, k.mul(z, z)))));
    const square = k.mul(z, z);
    let power = z;
    const sum = k.series(z, (_, n) => {
      power = negated(k.mul(power, square));
      return k.over(power, 2 * n + 1);
    });
    return halved(sum, -doublings);
  }

  atan2(y: Big, x: Big): Big {
    const { k } = this;
    if (!isNumber(x) || !isNumber(y)) return NOT_A_NUMBER;
    const up = signOf(y);
    const right = signOf(x);
    if (right > 0) return this.atan(k.div(y, x));
    if (up === 0) return right === 0 ? NOT_A_NUMBER : this.pi(this.k.bits);
    const half = up > 0 ? this.halfPi() : negated(this.halfPi());
    return right === 0 ? half : k.sub(half, this.atan(k.div(x, y)));
  }

  /** acos x = 2 atan √((1 − x)/(1 + x)) */
  acos(x: Big): Big {
    const { k } = this;
    const above = k.add(ONE, x);
    const below = k.sub(ONE, x);
    if (!isNumber(x) || above.m < 0n || below.m < 0n) return NOT_A_NUMBER;
    if (above.m === 0n) return this.pi(k.bits);
    return halved(this.atan(k.sqrt(k.div(below, above))), -1);
  }

  asin(x: Big): Big {
    const { k } = this;
    const square = k.mul(k.sub(ONE, x), k.add(ONE, x));
    if (!isNumber(square) || square.m < 0n) return NOT_A_NUMBER;
    if (square.m === 0n) return signOf(x) > 0 ? this.halfPi() : negated(this.halfPi());
    return this.atan(k.div(x, k.sqrt(square)));
  }

  sinh(x: Big): Big {
    const { k } = this;
    const above = this.expm1(x);
    return halved(k.add(above, k.div(above, k.add(above, ONE))));
  }

  cosh(x: Big): Big {
    const { k } = this;
    const e = this.exp(x);
    return halved(k.add(e, k.div(ONE, e)));
  }

  tanh(x: Big): Big {
    const { k } = this;
    if (isNumber(x) && magnitude(x) > 11) return signOf(x) > 0 ? ONE : negated(ONE);
    const twice = this.expm1(halved(x, -1));
    return k.div(twice, k.add(twice, { m: 2n, e: 0 }));
  }

  asinh(x: Big): Big {
    const { k } = this;
    const a = absolute(x);
    const square = k.mul(a, a);
    const y = this.log1p(k.add(a, k.div(square, k.add(ONE, k.sqrt(k.add(ONE, square))))));
    return signOf(x) < 0 ? negated(y) : y;
  }

  acosh(x: Big): Big {
    const { k } = this;
    const t = k.sub(x, ONE);
    return this.log1p(k.add(t, k.sqrt(k.mul(t, k.add(t, { m: 2n, e: 0 })))));
  }

  atanh(x: Big): Big {
    const { k } = this;
    return halved(this.log1p(k.div(halved(x, -1), k.sub(ONE, x))));
  }

  cbrt(x: Big): Big {
    const { k } = this;
    if (!isNumber(x) || x.m === 0n) return x;
    const root = this.exp(k.over(this.log(absolute(x)), 3));
    return signOf(x) < 0 ? negated(root) : root;
  }

  pow(x: Big, y: Big): Big {
    const { k } = this;
    if (!isNumber(x) || !isNumber(y)) return NOT_A_NUMBER;
    if (y.m === 0n) return ONE;
    const whole = floored(y);
    const exponent = compared(whole, y) === 0 && magnitude(y) < 31 ? toNumber(y) : undefined;
    if (exponent === undefined) {
      if (x.m === 0n && signOf(y) > 0) return ZERO;
      return x.m > 0n ? this.exp(k.mul(y, this.log(x))) : NOT_A_NUMBER;
    }
    // Each squaring doubles the error.
    const fine = new Arithmetic(k.bits + 2 * bitLength(BigInt(Math.abs(exponent))));
    let result = ONE;
    let base = x;
    for (let n = Math.abs(exponent); n > 0; n = Math.floor(n / 2)) {
      if (n % 2 === 1) result = fine.mul(result, base);
      base = fine.mul(base, base);
      if (Math.abs(base.e) > 1e6) return NOT_A_NUMBER;
    }
    return exponent < 0 ? k.div(ONE, result) : result;
  }

  hypot(args: readonly Big[]): Big {
    const { k } = this;
    return k.sqrt(args.map((x) => k.mul(x, x)).reduce((sum, x) => k.add(sum, x), ZERO));
  }

  log10(x: Big): Big {
    const ten = this.cached('ln10', () => this.log({ m: 10n, e: 0 }));
    return this.k.div(this.log(x), ten);
  }

  log2(x: Big): Big {
    return this.k.div(this.log(x), this.ln2());
  }
}

/** The table's operations at a precision of so many bits. Booleans are 0 and 1. */
export function bigNumbers(bits: number): Algebra<Big> {
  const k = new Arithmetic(bits);
  const f = new Functions(bits);
  const best = (args: readonly Big[], sign: number): Big =>
    args.reduce((a, b) => (sign * compared(b, a) > 0 ? b : a));
  const truncated = (x: Big): Big => (signOf(x) < 0 ? negated(floored(negated(x))) : floored(x));
  const own: { readonly [O in Operation]?: (...args: Big[]) => Big } = {
    add: (x, y) => k.add(x!, y!),
    sub: (x, y) => k.sub(x!, y!),
    mul: (x, y) => k.mul(x!, y!),
    div: (x, y) => k.div(x!, y!),
    rem: (x, y) => k.sub(x!, k.mul(truncated(k.div(x!, y!)), y!)),
    pow: (x, y) => f.pow(x!, y!),
    neg: (x) => negated(x!),
    lt: (x, y) => truth(compared(x!, y!) < 0),
    le: (x, y) => truth(compared(x!, y!) <= 0),
    gt: (x, y) => truth(compared(x!, y!) > 0),
    ge: (x, y) => truth(compared(x!, y!) >= 0),
    eq: (x, y) => truth(compared(x!, y!) === 0),
    ne: (x, y) => truth(compared(x!, y!) !== 0),
    select: (c, x, y) => (c!.m !== 0n ? x! : y!),
    toNumber: (x) => x!,
    abs: (x) => absolute(x!),
    acos: (x) => f.acos(x!),
    acosh: (x) => f.acosh(x!),
    asin: (x) => f.asin(x!),
    asinh: (x) => f.asinh(x!),
    atan: (x) => f.atan(x!),
    atan2: (y, x) => f.atan2(y!, x!),
    atanh: (x) => f.atanh(x!),
    cbrt: (x) => f.cbrt(x!),
    ceil: (x) => negated(floored(negated(x!))),
    cos: (x) => f.circle(x!)[1],
    cosh: (x) => f.cosh(x!),
    exp: (x) => f.exp(x!),
    expm1: (x) => f.expm1(x!),
    floor: (x) => floored(x!),
    hypot: (...args) => f.hypot(args),
    log: (x) => f.log(x!),
    log10: (x) => f.log10(x!),
    log1p: (x) => f.log1p(x!),
    log2: (x) => f.log2(x!),
    max: (...args) => best(args, 1),
    min: (...args) => best(args, -1),
    round: (x) => floored(k.add(x!, HALF)),
    sign: (x) => fromNumber(signOf(x!)),
    sin: (x) => f.circle(x!)[0],
    sinh: (x) => f.sinh(x!),
    sqrt: (x) => k.sqrt(x!),
    tan: (x) => {
      const [s, c] = f.circle(x!);
      return k.div(s, c);
    },
    tanh: (x) => f.tanh(x!),
    trunc: (x) => truncated(x!),
  };
  const algebra: Record<string, unknown> = {
    constant: (value: number | boolean) => fromNumber(Number(value)),
  };
  for (const name of OPERATIONS) {
    const rule = own[name];
    // Bits and roundings to 32 of them see the double.
    const asNumbers = (...args: Big[]) => fromNumber(TABLE[name].value(...args.map(toNumber)));
    algebra[name] =
      rule === undefined
        ? asNumbers
        : (...args: Big[]) =>
            name !== 'select' && args.some((x) => !isNumber(x)) ? NOT_A_NUMBER : cut(rule(...args));
  }
  return algebra as unknown as Algebra<Big>;

  function cut(x: Big): Big {
    return isNumber(x) ? rounded(x.m, x.e, bits) : x;
  }
}
