import { describe, expect, it } from 'vitest';
import { derive } from '../../core/derive/derive.ts';
import type { Operation } from '../../core/operations/names.ts';
import { ProgramBuilder } from '../../core/program/builder.ts';
import { results } from '../program/compare.ts';

/** f(x, n) = Σ sin(x + i²) over i from `start` by `step` while i op n. */
function sum(start: number, step: number, op: Operation) {
  const program = new ProgramBuilder();
  const f = program.open('f');
  const x = f.parameter({ type: 'number', name: 'x', path: [0] });
  const n = f.parameter({ type: 'number', name: 'n', path: [1] });
  const [i, total] = f.openLoop([f.constant(start), f.constant(0)]) as [number, number];
  f.loopBody(f.op(op, [i, n]));
  const term = f.op('sin', [f.op('add', [x, f.op('mul', [i, i])])]);
  const after = f.closeLoop([f.op('add', [i, f.constant(step)]), f.op('add', [total, term])]);
  f.close([{ path: [], value: after[1]! }]);
  return program.finish(f.index);
}

describe('counted loops backwards', () => {
  const cases = (
    [
      [0, 1, 'lt'],
      [-2, 1, 'le'],
      [7, -1, 'gt'],
      [3, -1, 'ge'],
      [1, 2, 'lt'],
      [9, -3, 'ge'],
    ] as const
  ).flatMap(([start, step, op]) => [-1, 0, 1, 2.5, 4, NaN].map((n) => [start, step, op, n] as const));

  it.each(cases)('from %d by %d while i %s %d', (start, step, op, n) => {
    const holds = {
      lt: (i: number) => i < n,
      le: (i: number) => i <= n,
      gt: (i: number) => i > n,
      ge: (i: number) => i >= n,
    }[op];
    let expected = 0;
    for (let i = start; holds(i); i += step) expected += Math.cos(0.3 + i * i);
    const derived = derive(sum(start, step, op), 'gradient', [true, false]);
    if (derived.kind === 'refused') throw new Error(derived.reason);
    expect(results(derived.program, [0.3, n])[0]![0]).toBeCloseTo(expected, 12);
  });
});
