/** Random formulas and points for property tests. */
import fc from 'fast-check';
import { number, op, variable } from '../../core/expression/build.ts';
import type { Expr } from '../../core/expression/expression.ts';
import type { Operation } from '../../core/operations/names.ts';

const UNARY: readonly Operation[] = [
  'neg',
  'sin',
  'cos',
  'tan',
  'exp',
  'log',
  'sqrt',
  'tanh',
  'sinh',
  'cosh',
  'atan',
  'abs',
  'cbrt',
  'asin',
  'acosh',
  'log1p',
  'expm1',
  'atanh',
  'asinh',
  'log2',
];
const BINARY: readonly Operation[] = [
  'add',
  'sub',
  'mul',
  'div',
  'add',
  'sub',
  'mul',
  'div',
  'hypot',
  'atan2',
];
const NAMES = ['x', 'y', 'z'];

export const leaf: fc.Arbitrary<Expr> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NAMES).map(variable) },
  { weight: 2, arbitrary: fc.constantFrom(0, 1, 2, 3, -1, 0.5, 4, 10).map(number) },
);

export function formula(depth: number): fc.Arbitrary<Expr> {
  return fc.letrec<{ node: Expr }>((tie) => ({
    node: fc.oneof(
      { maxDepth: depth, depthSize: 'small' },
      leaf,
      fc.tuple(fc.constantFrom(...BINARY), tie('node'), tie('node')).map(([name, a, b]) => op(name, a, b)),
      fc.tuple(fc.constantFrom(...UNARY), tie('node')).map(([name, a]) => op(name, a)),
      fc
        .tuple(tie('node'), fc.constantFrom(2, 3, -1, -2, 0.5, 1.5, -0.5))
        .map(([a, p]) => op('pow', a, number(p))),
    ),
  })).node;
}

/** Short dyadic numbers, zero and its like often: where formulas are undefined. */
export const point: fc.Arbitrary<ReadonlyMap<string, number>> = fc
  .tuple(...NAMES.map(() => fc.constantFrom(0, 1, -1, 2, -2, 0.5, -0.5, 1.5, -0.75, 3)))
  .map((values) => new Map(NAMES.map((name, i) => [name, values[i]!])));
