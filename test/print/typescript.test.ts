import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cases, element, number, op, product, sum, variable } from '../../core/expression/build.ts';
import { evaluateExpr } from '../../core/expression/evaluate.ts';
import type { Expr } from '../../core/expression/expression.ts';
import type { Operation } from '../../core/operations/names.ts';
import { printTypescript } from '../../core/print/typescript.ts';
import { formula } from '../simplify/arbitrary.ts';

function run(expr: Expr, values: Record<string, unknown>): number {
  return Number(
    new Function(...Object.keys(values), `return ${printTypescript(expr)};`)(...Object.values(values)),
  );
}

const double = fc.oneof(fc.double(), fc.constantFrom(0, -0, 1, -1, 2.5, 0.1, 1e300, NaN, Infinity));
const BITS: readonly Operation[] = ['bitand', 'bitor', 'bitxor', 'shl', 'shr', 'ushr', 'rem', 'imul', 'pow'];
const TESTS: readonly Operation[] = ['lt', 'le', 'gt', 'ge', 'eq', 'ne'];

/** Formulas with whatever TypeScript has a sign for. */
const wide: fc.Arbitrary<Expr> = fc.letrec<{ node: Expr; test: Expr }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    formula(2),
    double.map(number),
    fc.tuple(fc.constantFrom(...BITS), tie('node'), tie('node')).map(([name, a, b]) => op(name, a, b)),
    fc.tuple(tie('test'), tie('node'), tie('node')).map(([c, a, b]) => op('select', c, a, b)),
    fc.tuple(tie('test'), tie('node'), tie('test'), tie('node'), tie('node')).map(([c, a, d, b, e]) =>
      cases(
        [
          { when: c, value: a },
          { when: d, value: b },
        ],
        e,
      ),
    ),
    tie('test').map((c) => op('toNumber', c)),
    tie('node').map((a) => op('bitnot', a)),
    tie('node').map((a) => op('neg', a)),
  ),
  test: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.tuple(fc.constantFrom(...TESTS), tie('node'), tie('node')).map(([name, a, b]) => op(name, a, b)),
    fc
      .tuple(fc.constantFrom<Operation>('and', 'or'), tie('test'), tie('test'))
      .map(([name, a, b]) => op(name, a, b)),
    tie('test').map((c) => op('not', c)),
    tie('node').map((a) => op('truthy', a)),
  ),
})).node;

test('printed formulas compute the same doubles', () => {
  fc.assert(
    fc.property(wide, double, double, double, (expr, x, y, z) => {
      const variables = new Map([
        ['x', x],
        ['y', y],
        ['z', z],
      ]);
      expect(run(expr, { x, y, z })).toBe(evaluateExpr(expr, { variables }));
    }),
    { numRuns: 2000 },
  );
});

test('sums and products, empty ones too', () => {
  const i = variable('i');
  const body = op('add', element('x', i), op('mul', variable('a'), i));
  const x = [0.1, 0.7, -0.3, 2];
  for (const build of [sum, product])
    for (const [from, to] of [
      [0, 3],
      [1, 2],
      [2, 1],
      [3, 0],
    ] as const) {
      const expr = build('i', number(from), number(to), body);
      const expected = evaluateExpr(expr, { variables: new Map([['a', 0.3]]), arrays: new Map([['x', x]]) });
      expect(run(expr, { x, a: 0.3 })).toBe(expected);
    }
});
