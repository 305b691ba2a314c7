import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differentiate } from '../../core/expression/differentiate.ts';
import type { Expr } from '../../core/expression/expression.ts';
import { printUnicode } from '../../core/print/unicode.ts';
import { partial, simplify } from '../../core/simplify/simplify.ts';
import { tidy } from '../../core/simplify/tidy.ts';
import { formula, point } from './arbitrary.ts';
import { difference, evaluateStrictly, type Strict } from './strict.ts';

const points = fc.array(point, { minLength: 12, maxLength: 12 });

/** The derivative by central differences where two steps agree; else undefined. */
function slope(f: Expr, at: ReadonlyMap<string, number>): Strict {
  const by = (h: number) => {
    const [above, below] = [h, -h].map((d) => evaluateStrictly(f, new Map(at).set('x', at.get('x')! + d)));
    if (typeof above === 'string' || typeof below === 'string') return NaN;
    return (above!.value - below!.value) / (2 * h);
  };
  const [coarse, fine] = [by(1e-4), by(1e-5)];
  if (Number.isNaN(coarse) || Number.isNaN(fine)) return 'unclear';
  return Math.abs(coarse - fine) < 1e-6 * (1 + Math.abs(fine)) ? { value: fine, error: 1e-7 } : 'undefined';
}

describe('simplification keeps values', () => {
  test('and where a formula is defined and where not', () => {
    fc.assert(
      fc.property(formula(4), points, (expr, at) => {
        const simple = simplify(expr);
        for (const variables of at) {
          const found = difference(evaluateStrictly(expr, variables), evaluateStrictly(simple, variables));
          if (found)
            throw new Error(`${printUnicode(expr)} → ${printUnicode(simple)} at ${[...variables]}: ${found}`);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('of partial derivatives wherever the function is defined', () => {
    fc.assert(
      fc.property(formula(3), points, (f, at) => {
        const raw = differentiate(f, 'x');
        const simple = partial(f, 'x');
        for (const variables of at) {
          if (typeof evaluateStrictly(f, variables) === 'string') continue;
          const value = evaluateStrictly(raw, variables);
          // What the chain rule leaves as 0/0 may have its limit.
          const reference = value === 'undefined' ? slope(f, variables) : value;
          const shown = evaluateStrictly(simple, variables);
          if (value === 'undefined' && shown === 'undefined') continue;
          const found = difference(reference, shown);
          if (found)
            throw new Error(
              `d/dx ${printUnicode(f)} → ${printUnicode(simple)} at ${[...variables]}: ${found}`,
            );
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('tidying changes no double', () => {
    fc.assert(
      fc.property(formula(4), point, (expr, variables) => {
        const a = evaluateStrictly(expr, variables);
        const b = evaluateStrictly(tidy(expr), variables);
        if (typeof a !== 'string' && typeof b !== 'string') expect(b.value + 0).toBe(a.value + 0);
      }),
    );
  });
});
