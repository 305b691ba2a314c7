import { expect, test } from 'vitest';
import { analyseText } from '../support/source.ts';

const ROOT = `function root(a: number) {
  let x = Math.SQRT2;
  for (let i = 0; i < 50; i++) {
    const next = x - (x * x - a) / 4;
    if (Math.abs(next - x) < 1e-9) break;
    x = next;
  }
  return x;
}`;

test('an iteration that starts at its fixed point has no derivative of its own', () => {
  // The true derivative is 1/(2√2); the path, which ends at once, has 0.
  const { sample, problems } = analyseText(ROOT, 'root', { a: 2 });
  expect(sample).toBeUndefined();
  expect(problems.map((p) => p.id)).toEqual(['GL113']);
});

test('away from it the derivative has converged with the value', () => {
  const { sample } = analyseText(ROOT, 'root', { a: 3 });
  expect(sample!.jacobian[0]![0]).toBeCloseTo(1 / (2 * Math.sqrt(3)), 6);
});
