import { describe, expect, it } from 'vitest';
import { type DerivativeKind, derive } from '../../core/derive/derive.ts';
import { ProgramBuilder } from '../../core/program/builder.ts';
import type { Program } from '../../core/program/program.ts';
import { verify } from '../../core/program/verify.ts';
import { instructionsIn } from '../../core/program/walk.ts';
import { differences, moved, results } from '../program/compare.ts';
import {
  branches,
  matrixVector,
  newton,
  rosenbrock,
  rungeKutta,
  SAMPLES,
  tutorial,
} from '../program/samples.ts';

function derived(program: Program, kind: DerivativeKind, wrt?: boolean[]): Program {
  const answer = derive(program, kind, wrt);
  if (answer.kind === 'refused') throw new Error(answer.reason);
  expect(verify(answer.program)).toEqual([]);
  return answer.program;
}

/** How many different values are recorded. */
function stacks(program: Program): number {
  const found = new Set<number>();
  for (const f of program.functions) {
    for (const i of instructionsIn(f.body)) if (i.kind === 'push') found.add(i.stack);
  }
  return found.size;
}

describe('derive', () => {
  it('gives the tutorial’s gradient', () => {
    const expected = [3 + Math.cos(2), 2];
    expect(results(derived(tutorial.program, 'gradient'), [2, 3]).flat()).toEqual([
      expect.closeTo(expected[0]!, 15),
      expected[1],
    ]);
    expect(results(derived(tutorial.program, 'value-and-gradient'), [2, 3])[0]![0]).toBe(6.909297426825682);
    expect(results(derived(tutorial.program, 'gradient', [false, true]), [2, 3])).toEqual([[2]]);
  });

  it.each(
    SAMPLES.filter((s) =>
      s.program.functions[s.program.entry]!.results.every((r) => r.type === 'number'),
    ).map((s) => [s.name, s] as const),
  )('%s: the Jacobian equals differences', (_, { program, inputs }) => {
    const jacobian = results(derived(program, 'jacobian'), inputs).flat();
    const n = inputs.flat().length;
    for (let j = 0; j < n; j++) {
      let at = 0;
      const unit = inputs.map((x) =>
        typeof x === 'number' ? Number(at++ === j) : x.map(() => Number(at++ === j)),
      );
      differences((t) => results(program, moved(inputs, unit, t)).flat(), 1e-3).forEach(({ value }, i) => {
        expect(Math.abs(jacobian[i * n + j]! - value)).toBeLessThan(1e-9 * (1 + Math.abs(value)));
      });
    }
  });

  it('records nothing where all can be had again, and little elsewhere', () => {
    expect(stacks(derived(rosenbrock.program, 'gradient'))).toBe(0);
    expect(stacks(derived(newton.program, 'gradient'))).toBe(1);
    expect(stacks(derived(rungeKutta.program, 'gradient'))).toBeLessThanOrEqual(4);
    expect(stacks(derived(branches.program, 'jacobian'))).toBe(0);
  });

  it('refuses what there is not', () => {
    const reason = (program: Program, kind: DerivativeKind, wrt?: boolean[]) => {
      const answer = derive(program, kind, wrt);
      return answer.kind === 'refused' ? answer.reason : '';
    };
    expect(reason(matrixVector.program, 'gradient')).toContain('ask for its Jacobian');
    expect(reason(matrixVector.program, 'jacobian')).toContain('must return numbers for a Jacobian');
    expect(reason(tutorial.program, 'gradient', [false, false])).toContain('no input');
    const program = new ProgramBuilder();
    const f = program.open('f');
    const flag = f.parameter({ type: 'boolean', name: 'flag', path: [0] });
    f.close([{ path: [], value: f.op('toNumber', [flag]) }]);
    expect(reason(program.finish(f.index), 'gradient', [true])).toContain('flag is no real number');
    expect(reason(derived(newton.program, 'gradient'), 'vjp')).toContain('reverse mode');
  });
});
