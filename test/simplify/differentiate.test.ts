import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cases, element, number, op, product, sum, variable } from '../../core/expression/build.ts';
import { differentiate, type Wrt } from '../../core/expression/differentiate.ts';
import { evaluateExpr } from '../../core/expression/evaluate.ts';
import type { Expr } from '../../core/expression/expression.ts';
import { formula, point } from './arbitrary.ts';
import { evaluateStrictly } from './strict.ts';

/** Central differences of second order at two steps, extrapolated to fourth; undefined where they disagree. */
function slope(f: (h: number) => number): number | undefined {
  const by = (h: number) => (f(h) - f(-h)) / (2 * h);
  const [coarse, fine, finer] = [by(2e-3), by(1e-3), by(5e-4)] as [number, number, number];
  const [a, b] = [(4 * fine - coarse) / 3, (4 * finer - fine) / 3];
  return Math.abs(a - b) <= 1e-7 * (1 + Math.abs(b)) ? b : undefined;
}

test('equals central differences', () => {
  let compared = 0;
  fc.assert(
    fc.property(formula(3), point, fc.boolean(), (f, at, textbook) => {
      const shifted = new Map([...at].map(([name, value]) => [name, value + 0.137]));
      if (typeof evaluateStrictly(f, shifted) === 'string') return;
      const value = (h: number) =>
        evaluateExpr(f, { variables: new Map(shifted).set('x', shifted.get('x')! + h) });
      const expected = slope(value);
      const derivative = differentiate(f, 'x', { textbook });
      // The chain rule's own 0·∞, as in asin(x/x).
      if (typeof evaluateStrictly(derivative, shifted) === 'string') return;
      const got = evaluateExpr(derivative, { variables: shifted });
      if (expected === undefined || !Number.isFinite(expected) || Math.abs(expected) > 1e6) return;
      compared++;
      expect(Math.abs(got - expected)).toBeLessThanOrEqual(1e-5 * (1 + Math.abs(expected)));
    }),
    { numRuns: 1000 },
  );
  expect(compared).toBeGreaterThan(300);
});

describe('sums, products, elements and cases', () => {
  const i = variable('i');
  const x = (index: Expr) => element('x', index);
  const n = variable('n');
  const arrays = (values: number[]) => ({
    arrays: new Map([['x', values]]),
    variables: new Map([
      ['n', values.length],
      ['a', 0.7],
    ]),
  });
  const values = [0.3, -1.2, 0.8, 1.9, 0.4];

  const last = op('sub', n, number(1));
  const rosenbrock = sum(
    'i',
    number(0),
    op('sub', n, number(2)),
    op(
      'add',
      op(
        'mul',
        number(100),
        op('pow', op('sub', x(op('add', i, number(1))), op('pow', x(i), number(2))), number(2)),
      ),
      op('pow', op('sub', number(1), x(i)), number(2)),
    ),
  );
  const functions: [string, Expr][] = [
    ['a sum over neighbours', rosenbrock],
    [
      'a sum of squares with a parameter',
      sum('i', number(0), last, op('pow', op('sub', x(i), variable('a')), number(2))),
    ],
    ['a product', product('i', number(0), last, op('add', x(i), variable('a')))],
    ['a double sum', sum('i', number(0), last, sum('j', number(0), i, op('mul', x(i), x(variable('j')))))],
    ['x[0] among the others', sum('i', number(0), last, op('mul', x(number(0)), x(i)))],
    ['a strided index', sum('i', number(0), number(2), op('mul', x(op('mul', number(2), i)), x(i)))],
    [
      'a case in a sum',
      sum(
        'i',
        number(0),
        last,
        cases([{ when: op('gt', x(i), number(0)), value: op('pow', x(i), number(3)) }], number(0)),
      ),
    ],
  ];

  test.each(functions)('%s', (_, f) => {
    values.forEach((value, m) => {
      const by = (h: number) => evaluateExpr(f, arrays(values.with(m, value + h)));
      const wrt = element('x', number(m)) as Exclude<Wrt, string>;
      expect(evaluateExpr(differentiate(f, wrt), arrays(values))).toBeCloseTo(slope(by)!, 5);
      const symbolic = differentiate(f, element('x', variable('m')) as Exclude<Wrt, string>);
      const environment = arrays(values);
      environment.variables.set('m', m);
      expect(evaluateExpr(symbolic, environment)).toBeCloseTo(slope(by)!, 5);
    });
  });

  test('with respect to a parameter under a sum and a product', () => {
    for (const [, f] of functions.slice(1, 3)) {
      const by = (h: number) => {
        const environment = arrays(values);
        environment.variables.set('a', 0.7 + h);
        return evaluateExpr(f, environment);
      };
      expect(evaluateExpr(differentiate(f, 'a'), arrays(values))).toBeCloseTo(slope(by)!, 5);
    }
  });
});
