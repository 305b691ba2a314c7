import { describe, expect, it } from 'vitest';
import { forward } from '../../core/derive/forward.ts';
import { gradient, reverse } from '../../core/derive/reverse.ts';
import { verify } from '../../core/program/verify.ts';
import { differences, moved, results } from '../program/compare.ts';
import { SAMPLES } from '../program/samples.ts';

const close = (a: number, b: number, tolerance = 1e-9) =>
  expect(Math.abs(a - b), `${a} against ${b}`).toBeLessThanOrEqual(tolerance * (1 + Math.abs(b)));

/** The same form as `inputs`, with one number 1 and the others 0. */
function unit(inputs: readonly (number | readonly number[])[], which: number): (number | number[])[] {
  let at = 0;
  return inputs.map((x) =>
    typeof x === 'number' ? Number(at++ === which) : x.map(() => Number(at++ === which)),
  );
}

describe('reverse', () => {
  it.each(SAMPLES.map((s) => [s.name, s] as const))(
    '%s: the VJP equals forward and differences',
    (_, sample) => {
      const derived = reverse(sample.program, { value: true });
      expect(verify(derived)).toEqual([]);
      const plain = results(sample.program, sample.inputs);
      const { results: outputs } = sample.program.functions[sample.program.entry]!;
      const seeds = plain.map((r, i) =>
        outputs[i]!.type === 'number' ? 0.7 - i : r.map((_, j) => 0.4 + 0.3 * j - i),
      );
      const all = results(derived, [...sample.inputs, ...seeds]);
      expect(all.slice(0, plain.length)).toEqual(plain);
      const adjoints = all.slice(plain.length).flat();
      const jvp = forward(sample.program);
      adjoints.forEach((adjoint, i) => {
        const direction = unit(sample.inputs, i);
        const weight = (tangents: readonly number[]) => {
          const flat = seeds.flat();
          return tangents.reduce((total, t, j) => total + t * flat[j]!, 0);
        };
        const tangents = results(jvp, [...sample.inputs, ...direction])
          .slice(plain.length)
          .flat();
        close(adjoint, weight(tangents), 1e-13);
        const f = (t: number) => [weight(results(sample.program, moved(sample.inputs, direction, t)).flat())];
        close(adjoint, differences(f, 1e-3)[0]!.value);
      });
    },
  );

  it.each(SAMPLES.map((s) => [s.name, s] as const))('%s: forward over reverse is symmetric', (_, sample) => {
    const hvp = forward(gradient(sample.program));
    expect(verify(hvp)).toEqual([]);
    const count = sample.inputs.flat().length;
    const rows = Array.from({ length: count }, (_, i) =>
      results(hvp, [...sample.inputs, ...unit(sample.inputs, i)]).flat(),
    );
    const jvp = forward(sample.program);
    const at = sample.program.functions[sample.program.entry]!.results.length;
    rows.forEach((row, i) => {
      const second = row.slice(count);
      expect(second).toHaveLength(count);
      second.forEach((value, j) => {
        close(value, rows[j]!.slice(count)[i]!, 1e-11);
        const slope = (t: number) => {
          const point = moved(sample.inputs, unit(sample.inputs, i), t);
          return [results(jvp, [...point, ...unit(sample.inputs, j)])[at]![0]!];
        };
        close(value, differences(slope, 1e-3)[0]!.value, 1e-8);
      });
    });
  });
});
