// Expressions of the kind that suites on rounding errors have (after FPBench and Herbie), at harmless and at hard points.
// The gradients in roundingErrors.json are those of the real functions: central differences with 900 digits (mpmath).
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { evaluateAt } from '../../core/analysis/evaluateAt.ts';
import { lowerSource } from '../support/source.ts';

interface Expression {
  readonly code: string;
  readonly cases: readonly { readonly at: readonly number[]; readonly gradient: readonly number[] }[];
}
const expressions: readonly Expression[] = JSON.parse(
  fs.readFileSync(new URL('roundingErrors.json', import.meta.url), 'utf8'),
);

const LOST = /^Too many digits are lost here to cancellation/;

let refused = 0;
test.each(expressions)('$code', ({ code, cases }) => {
  const { slice } = lowerSource(`export const f = ${code};`, 'js');
  for (const { at, gradient } of cases) {
    const args = { kind: 'encoded', args: [...at] } as const;
    const result = evaluateAt({ module: slice, function: 'f', arguments: args, hessian: false, steps: 3e6 });
    if (result.kind === 'refused') {
      expect(result.error.message, String(at)).toMatch(LOST);
      refused++;
      continue;
    }
    const largest = Math.max(...gradient.map(Math.abs));
    gradient.forEach((d, i) => {
      const off = Math.abs(result.jacobian[0]![i]! - d);
      expect(off, String(at)).toBeLessThanOrEqual(1e-6 * Math.max(Math.abs(d), 1e-3 * largest));
    });
  }
});

test('what is refused is the exception', () => {
  expect(refused).toBeLessThanOrEqual(5);
});
