import { describe, expect, it } from 'vitest';
import { type Algebra, type Dual, duals, NUMBERS } from '../../core/operations/index.ts';
import { error } from './helpers.ts';

const FIRST = duals(NUMBERS);
const SECOND = duals(FIRST);
const THIRD = duals(SECOND);

type Unary = <T>(k: Algebra<T>, x: T) => T;

/** f, f′, f″ and f‴ at x by duals of duals of duals. */
function derivatives(f: Unary, x: number): number[] {
  const one: Dual<number> = { primal: x, tangent: 1 };
  const two: Dual<Dual<number>> = { primal: one, tangent: FIRST.constant(1) };
  const y = f(THIRD, { primal: two, tangent: SECOND.constant(1) });
  return [
    y.primal.primal.primal,
    y.primal.primal.tangent ?? 0,
    y.primal.tangent?.tangent ?? 0,
    y.tangent?.tangent?.tangent ?? 0,
  ];
}

/** Closed forms of f, f′, f″ and f‴. */
const CLOSED: [string, Unary, number, number[]][] = [
  ['x·x at 0', (k, x) => k.mul(x, x), 0, [0, 0, 2, 0]],
  ['x² at 0', (k, x) => k.pow(x, k.constant(2)), 0, [0, 0, 2, 0]],
  ['x³ at 0', (k, x) => k.pow(x, k.constant(3)), 0, [0, 0, 0, 6]],
  ['x¹ at 0', (k, x) => k.pow(x, k.constant(1)), 0, [0, 1, 0, 0]],
  ['x⁰ at 0', (k, x) => k.pow(x, k.constant(0)), 0, [1, 0, 0, 0]],
  ['x³ at −2', (k, x) => k.pow(x, k.constant(3)), -2, [-8, 12, -12, 6]],
  ['x⁻¹ at −2', (k, x) => k.pow(x, k.constant(-1)), -2, [-0.5, -0.25, -0.25, -0.375]],
  ['x^x at 1', (k, x) => k.pow(x, x), 1, [1, 1, 2, 3]],
  ['2^x at 0', (k, x) => k.pow(k.constant(2), x), 0, [1, Math.LN2, Math.LN2 ** 2, Math.LN2 ** 3]],
  ['0^x at 2', (k, x) => k.pow(k.constant(0), x), 2, [0, 0, 0, 0]],
  ['|x| at −3', (k, x) => k.abs(x), -3, [3, -1, 0, 0]],
  ['√x at 4', (k, x) => k.sqrt(x), 4, [2, 1 / 4, -1 / 32, 3 / 256]],
  ['1/x at 2', (k, x) => k.div(k.constant(1), x), 2, [1 / 2, -1 / 4, 1 / 4, -3 / 8]],
  ['atan at 1', (k, x) => k.atan(x), 1, [Math.PI / 4, 1 / 2, -1 / 2, 1 / 2]],
  ['tanh at 0', (k, x) => k.tanh(x), 0, [0, 1, 0, -2]],
  ['tan at 0', (k, x) => k.tan(x), 0, [0, 1, 0, 2]],
  ['asin at 0', (k, x) => k.asin(x), 0, [0, 1, 0, 1]],
  ['asinh at 0', (k, x) => k.asinh(x), 0, [0, 1, 0, -1]],
  ['atanh at 0', (k, x) => k.atanh(x), 0, [0, 1, 0, 2]],
  ['expm1 at 0', (k, x) => k.expm1(x), 0, [0, 1, 1, 1]],
  ['log1p at 0', (k, x) => k.log1p(x), 0, [0, 1, -1, 2]],
  ['hypot(x, 4) at 3', (k, x) => k.hypot(x, k.constant(4)), 3, [5, 3 / 5, 16 / 125, -144 / 3125]],
  ['x % 2 at 7', (k, x) => k.rem(x, k.constant(2)), 7, [1, 1, 0, 0]],
  ['floor(x)·x at 2.5', (k, x) => k.mul(k.floor(x), x), 2.5, [5, 2, 0, 0]],
  ['max(x², x) at 3', (k, x) => k.max(k.mul(x, x), x), 3, [9, 6, 2, 0]],
];

describe('duals of duals of duals', () => {
  it.each(CLOSED)('%s', (_, f, x, expected) => {
    const actual = derivatives(f, x);
    actual.forEach((y, order) => {
      expect(error(y, expected[order]!), `order ${order}: ${y}, not ${expected[order]}`).toBeLessThanOrEqual(
        1e-15,
      );
    });
  });
});

describe('what was not chosen', () => {
  const at = (f: Unary, x: number) => f(FIRST, { primal: x, tangent: 1 }).tangent;
  it('does not leak through select', () => {
    const safeSqrt: Unary = (k, x) => k.select(k.gt(x, k.constant(0)), k.sqrt(x), k.mul(k.constant(3), x));
    expect(at(safeSqrt, 0)).toBe(3);
    expect(at(safeSqrt, 4)).toBe(0.25);
    const safeLog: Unary = (k, x) => k.select(k.le(x, k.constant(0)), k.constant(7), k.log(x));
    expect(at(safeLog, 0)).toBe(0);
  });
  it('does not leak through max and min', () => {
    expect(at((k, x) => k.max(k.constant(1), k.sqrt(x)), 0)).toBe(0);
    expect(at((k, x) => k.min(x, k.div(k.constant(1), x), k.constant(5)), 0)).toBe(1);
  });
  it('gets nothing at a tie but for the first', () => {
    expect(at((k, x) => k.max(x, x), 2)).toBe(1);
    expect(at((k, x) => k.min(x, x, x), 2)).toBe(1);
    expect(at((k, x) => k.max(k.constant(0), x), 0)).toBe(0);
    expect(at((k, x) => k.max(x, k.constant(0)), 0)).toBe(1);
  });
});

describe('constants', () => {
  it('are passive, whatever is done to them', () => {
    const c = FIRST.constant(-2);
    expect(FIRST.pow(c, c).tangent).toBeUndefined();
    expect(FIRST.hypot(c, c).tangent).toBeUndefined();
  });
  it('are passive exponents even of negative bases', () => {
    expect(FIRST.pow({ primal: -2, tangent: 1 }, FIRST.constant(3)).tangent).toBe(12);
  });
  it('count nothing: floors, comparisons, bits', () => {
    const x: Dual<number> = { primal: 2.5, tangent: 1 };
    for (const y of [FIRST.floor(x), FIRST.lt(x, x), FIRST.bitor(x, x), FIRST.toNumber(FIRST.gt(x, x))]) {
      expect(y.tangent).toBeUndefined();
    }
  });
});
