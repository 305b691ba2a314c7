// Second derivatives where terms cancel. The numbers in secondRounding.json are those of the real functions: central
// differences with 1500 digits (mpmath).
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { evaluateAt } from '../../core/analysis/evaluateAt.ts';
import { lowerSource } from '../support/source.ts';

interface Expression {
  readonly code: string;
  readonly cases: readonly {
    readonly at: readonly number[];
    readonly gradient: readonly number[];
    readonly hessian: readonly (readonly number[])[];
  }[];
}
const expressions: readonly Expression[] = JSON.parse(
  fs.readFileSync(new URL('secondRounding.json', import.meta.url), 'utf8'),
);

const LOST = /digits are lost here to cancellation/;

function close(found: readonly number[], reference: readonly number[], at: string): void {
  const largest = Math.max(...reference.map(Math.abs));
  reference.forEach((d, i) => {
    const off = Math.abs(found[i]! - d);
    expect(off, `${at}: ${found[i]} for ${d}`).toBeLessThanOrEqual(
      1e-6 * Math.max(Math.abs(d), 1e-3 * largest),
    );
  });
}

let refused = 0;
test.each(expressions)('$code', ({ code, cases }) => {
  const { slice } = lowerSource(`export const f = ${code};`, 'js');
  for (const { at, gradient, hessian } of cases) {
    const args = { kind: 'encoded', args: [...at] } as const;
    const result = evaluateAt({ module: slice, function: 'f', arguments: args, hessian: true, steps: 3e6 });
    if (result.kind === 'refused') {
      expect(result.error.message, String(at)).toMatch(LOST);
      refused++;
      continue;
    }
    close(result.jacobian[0]!, gradient, `${at}`);
    hessian.forEach((row, i) => close(result.hessian![0]![i]!, row, `${at}, row ${i}`));
  }
});

test('what is refused is the exception', () => {
  expect(refused).toBeLessThanOrEqual(2);
});
