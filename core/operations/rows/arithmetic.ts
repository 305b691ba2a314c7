/** + − · / % ** and the sign. */
import { call, infix, kink, PRECEDENCE, prefix, row } from '../define.ts';
import type { Kink, Row } from '../row.ts';

const { sum, product, power, prefix: unary } = PRECEDENCE;

export const add: Row = row({
  value: (x, y) => x! + y!,
  slopes: [(k) => k.constant(1), (k) => k.constant(1)],
  linear: true,
  js: infix('+', sum),
  unicode: infix('+', sum, 'both'),
});

export const sub: Row = row({
  value: (x, y) => x! - y!,
  slopes: [(k) => k.constant(1), (k) => k.constant(-1)],
  linear: true,
  js: infix('-', sum),
  unicode: infix('−', sum),
});

export const mul: Row = row({
  value: (x, y) => x! * y!,
  slopes: [(_, _x, y) => y!, (_, x) => x!],
  relative: true,
  straight: () => true,
  js: infix('*', product),
  unicode: infix('·', product, 'both'),
});

export const div: Row = row({
  value: (x, y) => x! / y!,
  // −(x/y)/y rather than −x/y²: y² overflows from 1e154 on.
  slopes: [(k, _x, y) => k.div(k.constant(1), y!), (k, x, y) => k.neg(k.div(k.div(x!, y!), y!))],
  textbook: [undefined, (k, x, y) => k.neg(k.div(x!, k.pow(y!, k.constant(2))))],
  relative: true,
  straight: (i, j) => i === 0 && j === 0,
  kinks: (x, y) => {
    if (y !== 0) return [];
    if (x === 0 || Number.isNaN(x)) return [kink('outside', '0/0 is not defined', NaN, NaN, 1)];
    const slope = x! > 0 ? -Infinity : Infinity;
    return [kink('singularity', 'division by 0: the quotient is infinite here', slope, slope, 1)];
  },
  domain: 'y ≠ 0',
  js: infix('/', product),
  unicode: infix('/', product),
});

/**
 * x % y = x − y·n with n = trunc(x/y) taken exactly; trunc of the rounded quotient is off by one where x/y rounds up
 * to an integer (1 % 0.1 has n = 9, 1/0.1 rounds to 10), so n comes from the remainder itself.
 */
export const rem: Row = row({
  value: (x, y) => x! % y!,
  slopes: [(k) => k.constant(1), (k, x, y) => k.round(k.div(k.sub(k.rem(x!, y!), x!), y!))],
  textbook: [undefined, (k, x, y) => k.neg(k.trunc(k.div(x!, y!)))],
  pieces: true,
  kinks: (x, y) => {
    if (y === 0 || !Number.isFinite(x)) {
      return [kink('outside', 'x % y is not defined for y = 0 or an infinite x', NaN, NaN, y === 0 ? 1 : 0)];
    }
    if (x === 0 || x! % y! !== 0) return [];
    // x = n·y exactly: towards larger |y| the quotient is truncated to n − sign(n).
    const n = x! / y!;
    const outer = -(n - Math.sign(n)) + 0;
    const message = 'x % y jumps where x is a multiple of y';
    return [
      kink('jump', message, 1, 1, 0),
      y! > 0 ? kink('jump', message, -n, outer, 1) : kink('jump', message, outer, -n, 1),
    ];
  },
  domain: 'y ≠ 0',
  js: infix('%', product),
  unicode: infix('%', product),
});

export const pow: Row = row({
  value: (x, y) => x! ** y!,
  slopes: [
    // x⁰ is 1 everywhere, 0⁰ included, where y·x^(y−1) would be 0·∞.
    (k, x, y) =>
      k.select(
        k.and(k.eq(y!, k.constant(0)), k.eq(x!, k.constant(0))),
        k.constant(0),
        k.mul(y!, k.pow(x!, k.sub(y!, k.constant(1)))),
      ),
    // x^y·log x → 0 as x → 0 for y > 0. What stands for it at x = 0 has also the limit's slope with respect to x:
    // 0 for y > 1 and −∞ up to there.
    (k, x, y) =>
      k.select(
        k.and(k.eq(x!, k.constant(0)), k.gt(y!, k.constant(0))),
        k.select(k.gt(y!, k.constant(1)), k.constant(0), k.sub(k.constant(0), k.sqrt(x!))),
        k.mul(k.pow(x!, y!), k.log(x!)),
      ),
  ],
  textbook: [
    (k, x, y) => k.mul(y!, k.pow(x!, k.sub(y!, k.constant(1)))),
    (k, x, y) => k.mul(k.pow(x!, y!), k.log(x!)),
  ],
  straight: (_i, _j, [x, y]) => x === 1 || y === 1 || y === 0,
  kinks: (x, y) => [...powerInBase(x!, y!), ...powerInExponent(x!, y!)],
  domain: 'x ≥ 0, or y an integer',
  js: infix('**', power, 'right'),
  unicode: infix('^', power, 'right'),
});

function powerInBase(x: number, y: number): Kink[] {
  const whole = Number.isInteger(y);
  if (x < 0 && !whole && Number.isFinite(y)) {
    return [kink('outside', 'a negative number to a power that is no integer is not defined', NaN, NaN, 0)];
  }
  if (x !== 0 || y === 0 || Number.isNaN(y)) return [];
  const right = slopeAtZero(y, 0);
  const left = whole ? slopeAtZero(y, -0) : NaN;
  if (y < 0) return [kink('singularity', 'x to a negative power is infinite at 0', left, right, 0)];
  if (whole) return [];
  return y < 1
    ? [kink('singularity', 'x to a power below 1 has an infinite slope at 0', left, right, 0)]
    : [kink('outside', 'x to a power that is no integer ends at 0', left, right, 0)];
}
/** lim y·x^(y−1) towards 0 from the side that the zero's sign says. */
function slopeAtZero(y: number, zero: number): number {
  return y * zero ** (y - 1);
}

function powerInExponent(x: number, y: number): Kink[] {
  if (x < 0) {
    return [kink('outside', 'a negative base is defined at integer exponents only', NaN, NaN, 1)];
  }
  return x === 0 && y === 0 ? [kink('jump', '0 to the y jumps at y = 0', NaN, 0, 1)] : [];
}

export const neg: Row = row({
  value: (x) => -x!,
  slopes: [(k) => k.constant(-1)],
  linear: true,
  relative: true,
  js: prefix('-', unary),
  unicode: prefix('−', product),
});

/** Numbers as they are rounded to 32 bits; the derivative sees the number behind. */
export const fround: Row = row({
  value: (x) => Math.fround(x!),
  slopes: [(k) => k.constant(1)],
  linear: true,
  relative: true,
  js: call('Math.fround'),
  unicode: call('fround', '\\operatorname{fround}'),
});
