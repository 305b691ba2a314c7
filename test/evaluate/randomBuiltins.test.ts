/** Random calls of built-ins give what they give in Node, or are refused; few are refused. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectSame, inEvaluator } from './both.ts';
import { builtInCalls } from './randomBuiltins.ts';

const RUNS = 4 * Number(process.env['GRADLENS_RANDOM_RUNS'] ?? 250);
const seed = Number(process.env['GRADLENS_RANDOM_SEED'] ?? 20260101);

test('random calls of built-ins', () => {
  let refused = 0;
  fc.assert(
    fc.property(builtInCalls, (body) => {
      const text = `function main($k) { ${body} }`;
      const ours = inEvaluator(text, 'strict');
      if (ours.refused !== undefined) {
        refused++;
        return;
      }
      expectSame(text, 'strict', ours);
    }),
    { numRuns: RUNS, seed },
  );
  expect(refused).toBeLessThan(RUNS / 8);
});
