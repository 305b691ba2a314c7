import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derive } from '../../core/derive/derive.ts';
import { forward } from '../../core/derive/forward.ts';
import { reverse } from '../../core/derive/reverse.ts';
import { verify } from '../../core/program/verify.ts';
import { differences, moved, results } from '../program/compare.ts';
import { buildRandom, inputsOf, randomPrograms } from '../program/random.ts';

const DIRECTION = [0.8, -0.6, [0.5, 1, -0.7]];
const SEEDS = [1, -0.5, [0.3, 0.9, -0.4]];
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((total, v, i) => total + v * b[i]!, 0);

describe('random Programs', () => {
  it('tangents equal differences, and adjoints pair with tangents', () => {
    let compared = 0;
    fc.assert(
      fc.property(randomPrograms, (random) => {
        const program = buildRandom(random);
        expect(verify(program)).toEqual([]);
        const inputs = inputsOf(random);
        const plain = results(program, inputs).flat();

        const jvp = forward(program);
        expect(verify(jvp)).toEqual([]);
        const both = results(jvp, [...inputs, ...DIRECTION]).flat();
        expect(both.slice(0, plain.length)).toEqual(plain);
        const tangents = both.slice(plain.length);

        const vjp = reverse(program, { value: true });
        expect(verify(vjp)).toEqual([]);
        const all = results(vjp, [...inputs, ...SEEDS]).flat();
        expect(all.slice(0, plain.length)).toEqual(plain);
        const adjoints = all.slice(plain.length);
        // ⟨w̄, ẇ⟩ is the same at both ends (Griewank and Walther, §3.3).
        const there = dot(SEEDS.flat(), tangents);
        expect(Math.abs(there - dot(adjoints, DIRECTION.flat()))).toBeLessThan(1e-11 * (1 + Math.abs(there)));

        for (const style of ['readable', 'fast'] as const) {
          const derived = derive(program, 'vjp', undefined, { style });
          if (derived.kind === 'refused') throw new Error(derived.reason);
          expect(verify(derived.program)).toEqual([]);
          const again = results(derived.program, [...inputs, ...SEEDS]).flat();
          again.forEach((adjoint, i) => {
            expect(Math.abs(adjoint - adjoints[i]!)).toBeLessThan(1e-10 * (1 + Math.abs(adjoint)));
          });
        }

        const expected = differences((t) => results(program, moved(inputs, DIRECTION, t)).flat(), 1e-3);
        tangents.forEach((tangent, i) => {
          const { value, error } = expected[i]!;
          // Differences that have not converged say that a path changes within their reach.
          if (error > 1e-7) return;
          compared++;
          expect(Math.abs(tangent - value)).toBeLessThan(1e-6 * (1 + Math.abs(value)));
        });
      }),
      { numRuns: Number(process.env['GRADLENS_CAMPAIGN'] ?? 200) },
    );
    expect(compared).toBeGreaterThan(600);
  });
});
