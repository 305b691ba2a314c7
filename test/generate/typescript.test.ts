import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forward } from '../../core/derive/forward.ts';
import { gradient, reverse } from '../../core/derive/reverse.ts';
import { optimise } from '../../core/program/optimise.ts';
import { results } from '../program/compare.ts';
import { buildRandom, inputsOf, randomPrograms } from '../program/random.ts';
import { SAMPLES } from '../program/samples.ts';
import { execute, generate, typeErrors } from './execute.ts';

describe('generated code', () => {
  it.each(SAMPLES.map((s) => [s.name, s] as const))(
    '%s: computes what the Program does',
    async (_, sample) => {
      const derivative = optimise(gradient(sample.program, { value: true }));
      for (const language of ['ts', 'js'] as const) {
        for (const program of [sample.program, optimise(sample.program), derivative]) {
          const expected = results(program, sample.inputs).flat();
          expect(await execute(program, sample.inputs, { language })).toEqual(expected);
        }
      }
    },
  );

  it('passes the type checker', () => {
    for (const asserted of [false, true]) {
      const texts = SAMPLES.flatMap(({ program }) =>
        [
          program,
          optimise(gradient(program)),
          optimise(forward(program)),
          optimise(reverse(program, { value: true })),
          optimise(forward(gradient(program))),
        ].map((each) => generate(each, { asserted })),
      );
      expect(typeErrors(texts, asserted)).toEqual([]);
    }
  });

  it('computes what random Programs and their derivatives do', async () => {
    await fc.assert(
      fc.asyncProperty(randomPrograms, async (random) => {
        const program = buildRandom(random);
        const inputs = inputsOf(random);
        const seeded = [...inputs, 0.8, -0.6, [0.5, 1, -0.7]];
        const cases = [
          [program, inputs],
          [optimise(program), inputs],
          [optimise(forward(program)), seeded],
          [optimise(reverse(program, { value: true })), seeded],
        ] as const;
        for (const [each, arguments_] of cases) {
          expect(await execute(each, arguments_)).toEqual(results(each, arguments_).flat());
        }
      }),
      { numRuns: 100 },
    );
  });
});
