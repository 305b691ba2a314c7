/** Steps that are tried until they are exact enough are no iteration, although each ends by a small error. */
import { expect, test } from 'vitest';
import { evaluateAt } from '../../core/analysis/evaluateAt.ts';
import { central } from '../support/differences.ts';
import { lowerSource } from '../support/source.ts';

/** Heun's method with steps of an error below `tolerance`, each tried again with a smaller step where it is not. */
function grown(start: number, rate: number): number {
  let y = start;
  let t = 0;
  let dt = 0.05;
  while (t < 1) {
    let step = Math.min(dt, 1 - t);
    let error: number;
    let next: number;
    while (true) {
      const k = rate * y * (1 - y / 7);
      const end = y + step * k;
      next = y + (step / 2) * (k + rate * end * (1 - end / 7));
      error = Math.abs(next - end) / Math.abs(y);
      if (error < 1e-3) break;
      step = Math.max(step / 10, 0.9 * step * Math.sqrt(1e-3 / error));
    }
    y = next;
    t = 1 - t - step < 1e-12 ? 1 : t + step;
    dt = Math.min(0.05, 0.9 * step * Math.sqrt(1e-3 / error));
  }
  return y;
}

const at = (code: string, ...args: number[]) =>
  evaluateAt({
    module: lowerSource(`export ${code}`, 'js').slice,
    function: code.match(/function (\w+)/)![1]!,
    arguments: { kind: 'encoded', args },
    hessian: false,
    steps: 3e6,
  });

test('an integrator that chooses its steps has the derivative of its path', () => {
  const result = at(grown.toString(), 1.5, 0.7);
  expect(result.kind === 'done' ? undefined : result.error).toBeUndefined();
  if (result.kind !== 'done') return;
  const byStart = central((t) => [grown(1.5 + t, 0.7)], 1e-3)[0]!;
  const byRate = central((t) => [grown(1.5, 0.7 + t)], 1e-3)[0]!;
  expect(byStart.error / byStart.value).toBeLessThan(1e-6);
  expect(Math.abs(result.jacobian[0]![0]! - byStart.value)).toBeLessThan(1e-6);
  expect(Math.abs(result.jacobian[0]![1]! - byRate.value)).toBeLessThan(1e-6);
});

test('roots that are looked for too coarsely in every step still lag', () => {
  const result = at(
    `function implicit(y, rate) {
      for (let k = 0; k < 4; k++) {
        let z = 1;
        while (Math.abs(z - y - 0.1 * rate * Math.sin(z)) > 1e-3) z = y + 0.1 * rate * Math.sin(z);
        y = z;
      }
      return y;
    }`,
    1.5,
    0.7,
  );
  expect(result.kind === 'refused' && result.error.id).toMatch(/GL11[35]/);
});
