/** Random functions with loops, branches, records and arrays: generated = trace, and what is generated type-checks. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomSource } from '../stage/randomSource.ts';
import { lowerSource } from '../support/source.ts';
import { typeErrors } from './execute.ts';
import { judge } from './truth.ts';

const RUNS = Number(process.env['GRADLENS_CAMPAIGN'] ?? 40);

describe('random functions', () => {
  test('have the derivatives of the trace', { timeout: Math.max(180_000, RUNS * 1000) }, () => {
    const texts: string[] = [];
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_003), { minLength: 60, maxLength: 300, size: 'max' }), (choices) => {
        const { text, args } = randomSource(choices);
        const { slice } = lowerSource(text);
        const host = () => structuredClone(args) as unknown[];
        for (const found of judge({ module: slice, function: 'f', args: args as never, host })) {
          if (found.verdict === 'wrong')
            throw new Error(
              `${found.kind}: ${found.message}\n${found.text}\n${text}\n${JSON.stringify(args)}`,
            );
          if (found.verdict === 'right') texts.push(found.text);
        }
      }),
      { numRuns: RUNS, ...(process.env['GRADLENS_CAMPAIGN'] === undefined ? { seed: 20261123 } : {}) },
    );
    expect(texts.length).toBeGreaterThan(2 * RUNS);
    expect(typeErrors(texts, true)).toEqual([]);
  });
});
