/** Which expression is said to make the two slopes of a kink differ. */
import { expect, test } from 'vitest';
import { evaluateAt } from '../../core/analysis/evaluateAt.ts';
import { lowerSource } from '../support/source.ts';

test.each([
  // What does not move at the sample has no kink there.
  ['(p, q) => Math.hypot(Math.max(p, 0), Math.max(q, 0)) + Math.max(p, q)', [-0.2, -0.2], /^max/],
  ['(p, q) => Math.abs(Math.min(p, 1) - 1) + Math.max(p, q)', [2, 2], /^max/],
  // What does has one.
  ['(p, q) => Math.hypot(Math.max(p, -1), Math.max(q, -1)) + Math.max(p, 2)', [0, 0], /^hypot/],
] as const)('%s', (code, args, named) => {
  const result = evaluateAt({
    module: lowerSource(`export const f = ${code};`, 'js').slice,
    function: 'f',
    arguments: { kind: 'encoded', args: [...args] },
    hessian: false,
    steps: 3e6,
  });
  if (result.kind === 'refused') throw new Error(result.error.message);
  const kinks = result.problems.filter(({ id }) => id === 'GL108');
  expect(kinks.length).toBe(2);
  for (const { message } of kinks) expect(message).toMatch(named);
});
