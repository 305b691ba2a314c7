/** Iterations that end before their derivative has converged: it is given some steps further on, where it stays. */
import { expect, test } from 'vitest';
import { evaluateAt } from '../../core/analysis/evaluateAt.ts';
import { lowerSource } from '../support/source.ts';

const asked = (code: string, args: number[]) => {
  const module = lowerSource(`export const f = ${code};`, 'js').slice;
  return evaluateAt({
    module,
    function: 'f',
    arguments: { kind: 'encoded', args },
    hessian: false,
    steps: 3e6,
  });
};

const E = 1.3953970847409376;
const turn = 1 - 0.3 * Math.cos(E);

test.each([
  // Each starts where it is to end.
  [
    '(a) => { let x = Math.SQRT2; while (Math.abs(x * x - a) > 1e-9) x -= (x * x - a) / (2 * x); return x }',
    [2],
    [Math.SQRT1_2 / 2],
  ],
  [
    `(m, e) => {
      let E = ${E};
      for (;;) {
        const rest = E - e * Math.sin(E) - m;
        if (Math.abs(rest) < 1e-12) return E;
        E -= rest / (1 - e * Math.cos(E));
      }
    }`,
    [1.1, 0.3],
    [1 / turn, Math.sin(E) / turn],
  ],
] as const)('%s', (code, args, expected) => {
  const result = asked(code, [...args]);
  if (result.kind === 'refused') throw new Error(result.error.message);
  expect(result.problems.map(({ id, severity }) => `${id} ${severity}`)).toContain('GL115 information');
  expected.forEach((d, i) => {
    expect(Math.abs(result.jacobian[0]![i]! - d)).toBeLessThanOrEqual(1e-10 * Math.abs(d));
  });
});

test.each([
  // Steps of an integrator: its slopes differ on both sides. A step of a fixed point does not bring it there.
  [
    '(T) => { let t = 0, y = 1; while (t < T) { const h = Math.min(0.1, T - t); y -= 2 * y * h; t += h } return y }',
    1,
  ],
  [
    '(T) => { let t = 0, y = 1; while (t < T) { const h = Math.min(0.1, T - t); y -= 0.004 * y * h; t += h } return y }',
    1,
  ],
  ['(a) => { let x = 0.7, y; while (Math.abs((y = Math.cos(a * x)) - x) > 1e-5) x = y; return x }', 1.05],
] as const)('%s is refused', (code, x) => {
  expect(asked(code, [x]).kind).toBe('refused');
});

// The root does not depend on where its search begins.
test.each([1, 1.4, 3, 40])('a derivative that vanishes has converged: Newton from %s', (start) => {
  const result = asked(
    `(x) => {
      const horner = (c, x) => c.reduceRight((sum, a) => sum * x + a, 0);
      const c = [-2, 0, 1];
      for (let i = 0; i < 50; i++) {
        const slope = horner(c.map((a, k) => a * k).slice(1), x);
        const next = x - horner(c, x) / slope;
        if (Math.abs(next - x) < 1e-14) return next;
        x = next;
      }
      return x;
    }`,
    [start],
  );
  if (result.kind === 'refused') throw new Error(result.error.message);
  expect(Math.abs(result.value[0]! - Math.SQRT2)).toBeLessThan(1e-15);
  expect(Math.abs(result.jacobian[0]![0]!)).toBeLessThan(1e-20);
});
