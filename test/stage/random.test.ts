import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agree } from './agree.ts';
import { randomSource } from './randomSource.ts';

/** How many functions; a campaign takes more and other ones. */
const CAMPAIGN = Number(process.env['GRADLENS_CAMPAIGN'] ?? 0);
const RUNS = CAMPAIGN > 0 ? CAMPAIGN : 250;

describe('random functions', () => {
  it('agree in all their forms or are refused', { timeout: Math.max(180_000, RUNS * 1000) }, () => {
    const seen = { agrees: 0, refused: 0, stopped: 0, thrown: 0 };
    let compared = 0;
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_003), { minLength: 60, maxLength: 500, size: 'max' }), (choices) => {
        const { text, args } = randomSource(choices);
        const result = agree(text, 'f', args, { fixed: [3], trace: ['x', 'a', 'b', 'n'] });
        seen[result.kind]++;
        if (result.kind === 'agrees') compared += result.compared;
      }),
      { numRuns: RUNS, endOnFailure: CAMPAIGN === 0, ...(CAMPAIGN > 0 ? {} : { seed: 20261123 }) },
    );
    // Most functions stage and are compared.
    expect(seen.agrees).toBeGreaterThan(0.6 * RUNS);
    expect(compared).toBeGreaterThan(0.4 * RUNS);
  });
});
