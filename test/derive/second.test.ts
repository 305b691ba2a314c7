import { describe, expect, it } from 'vitest';
import { forward } from '../../core/derive/forward.ts';
import { hessian, hessianVectorProduct } from '../../core/derive/second.ts';
import { optimise } from '../../core/program/optimise.ts';
import { verify } from '../../core/program/verify.ts';
import { differences, moved, results } from '../program/compare.ts';
import { SAMPLES, tutorial } from '../program/samples.ts';

describe('second derivatives', () => {
  it('of the tutorial function are those by hand', () => {
    const [x1, x2] = tutorial.inputs as [number, number];
    const rows = results(hessian(tutorial.program), [x1, x2]).flat();
    expect(rows).toEqual([-Math.sin(x1), 1, 1, 0]);
  });

  it.each(SAMPLES.map((s) => [s.name, s] as const))(
    '%s: the Hessian equals differences of tangents',
    (_, sample) => {
      const program = hessian(sample.program);
      expect(verify(program)).toEqual([]);
      const matrix = results(program, sample.inputs).flat();
      expect(results(optimise(program, { inline: 20 }), sample.inputs).flat()).toEqual(matrix);
      const n = sample.inputs.flat().length;
      expect(matrix).toHaveLength(n * n);
      const unit = (which: number) => {
        let at = 0;
        return sample.inputs.map((x) =>
          typeof x === 'number' ? Number(at++ === which) : x.map(() => Number(at++ === which)),
        );
      };
      const jvp = forward(sample.program);
      const at = sample.program.functions[sample.program.entry]!.results.length;
      const product = hessianVectorProduct(sample.program);
      const direction = sample.inputs.map((x, i) =>
        typeof x === 'number' ? 0.4 - i : x.map((_, j) => 0.2 + j * 0.3),
      );
      const along = results(product, [...sample.inputs, ...direction]).flat();
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          const slope = (t: number) => [
            results(jvp, [...moved(sample.inputs, unit(i), t), ...unit(j)])[at]![0]!,
          ];
          const expected = differences(slope, 1e-3)[0]!.value;
          expect(Math.abs(matrix[i * n + j]! - expected)).toBeLessThan(1e-8 * (1 + Math.abs(expected)));
        }
        const row = matrix.slice(i * n, (i + 1) * n);
        const expected = row.reduce((total, h, j) => total + h * direction.flat()[j]!, 0);
        expect(Math.abs(along[i]! - expected)).toBeLessThan(1e-11 * (1 + Math.abs(expected)));
      }
    },
  );
});
