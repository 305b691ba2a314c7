import { describe, expect, it } from 'vitest';
import { derive } from '../../core/derive/derive.ts';
import type { Program } from '../../core/program/program.ts';
import { instructionsIn } from '../../core/program/walk.ts';
import { results } from '../program/compare.ts';
import { staged } from '../support/stage.ts';

function gradientOf(text: string): Program {
  const answer = derive(staged(text, 'f'), 'gradient', [true, false]);
  if (answer.kind === 'refused') throw new Error(answer.reason);
  return answer.program;
}

const allocations = (program: Program) =>
  program.functions.flatMap((f) => [...instructionsIn(f.body)].filter((i) => i.kind === 'alloc')).length;

const table = (body: string) => `export function f(w: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < w.length; j++) {
      ${body}
    }
  }
  return Math.exp(-sum / n);
}`;

/** The slope of exp(−s/n) for s = Σᵢ Σⱼ sin(wⱼ (i + 1)). */
function expected(w: readonly number[], n: number): number[] {
  let sum = 0;
  for (let i = 0; i < n; i++) for (const v of w) sum += Math.sin(v * (i + 1));
  return w.map((v) => {
    let slope = 0;
    for (let i = 0; i < n; i++) slope += (i + 1) * Math.cos(v * (i + 1));
    return (-Math.exp(-sum / n) / n) * slope;
  });
}

describe('loops within loops', () => {
  const w = [0.3, -0.7, 1.1];

  it('that add to one sum run their reverse in each iteration where the adjoint is known', () => {
    const text = table('sum += Math.sin(w[j]! * (i + 1));').replace('Math.exp(-sum / n)', '-sum / n');
    const program = gradientOf(text);
    expect(allocations(program)).toBe(1);
    const [found] = results(program, [w, 4]) as [number[]];
    const s = (n: number) =>
      w.map((v) => {
        let slope = 0;
        for (let i = 0; i < n; i++) slope -= ((i + 1) * Math.cos(v * (i + 1))) / n;
        return slope;
      });
    found.forEach((v, j) => {
      expect(v).toBeCloseTo(s(4)[j]!, 12);
    });
  });

  it.each([
    ['where it is not known before all is added', 'sum += Math.sin(w[j]! * (i + 1));'],
    ['by way of another', 'const t = Math.sin(w[j]! * (i + 1)); sum = sum + t;'],
  ])('have their derivative: %s', (_, body) => {
    const [found] = results(gradientOf(table(body)), [w, 3]) as [number[]];
    found.forEach((v, j) => {
      expect(v).toBeCloseTo(expected(w, 3)[j]!, 12);
    });
  });

  it('are not taken for sums where the sum so far matters', () => {
    const text = table('sum += Math.sin(w[j]! * (i + 1)) * sum + w[j]!;').replace(
      'Math.exp(-sum / n)',
      'sum',
    );
    const f = (at: readonly number[]): number => {
      let sum = 0;
      for (let i = 0; i < 3; i++) for (const v of at) sum += Math.sin(v * (i + 1)) * sum + v;
      return sum;
    };
    const [found] = results(gradientOf(text), [w, 3]) as [number[]];
    found.forEach((v, j) => {
      const moved = (h: number) => f(w.map((x, k) => (k === j ? x + h : x)));
      const slope = (8 * (moved(1e-3) - moved(-1e-3)) - (moved(2e-3) - moved(-2e-3))) / 12e-3;
      expect(v).toBeCloseTo(slope, 7);
    });
  });
});
