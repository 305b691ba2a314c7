import { describe, expect, it } from 'vitest';
import { forward } from '../../core/derive/forward.ts';
import { verify } from '../../core/program/verify.ts';
import { differences, moved, results } from '../program/compare.ts';
import { SAMPLES } from '../program/samples.ts';

describe('forward', () => {
  it.each(SAMPLES.map((s) => [s.name, s] as const))('%s: the tangent equals differences', (_, sample) => {
    const derived = forward(sample.program);
    expect(verify(derived)).toEqual([]);
    const direction = sample.inputs.map((x, i) =>
      typeof x === 'number' ? 0.3 + i : x.map((_, j) => 0.5 - 0.7 * j + i),
    );
    const all = results(derived, [...sample.inputs, ...direction]);
    const plain = results(sample.program, sample.inputs);
    expect(all.slice(0, plain.length)).toEqual(plain);
    const tangents = all.slice(plain.length).flat();
    const expected = differences(
      (t) => results(sample.program, moved(sample.inputs, direction, t)).flat(),
      1e-3,
    );
    expect(tangents).toHaveLength(expected.length);
    tangents.forEach((tangent, i) => {
      expect(Math.abs(tangent - expected[i]!.value)).toBeLessThan(1e-9 * (1 + Math.abs(tangent)));
    });
  });
});
