import { describe, expect, it } from 'vitest';
import { forward } from '../../core/derive/forward.ts';
import { gradient } from '../../core/derive/reverse.ts';
import { type FunctionBuilder, ProgramBuilder } from '../../core/program/builder.ts';
import { results } from '../program/compare.ts';

function of(body: (f: FunctionBuilder, x: number) => number) {
  const program = new ProgramBuilder();
  const f = program.open('f');
  const x = f.parameter({ type: 'number', name: 'x', path: [0] });
  f.close([{ path: [], value: body(f, x) }]);
  return program.finish(f.index);
}

describe('what is not chosen contributes nothing, not even 0 · ∞', () => {
  const root = (f: FunctionBuilder, x: number) => f.op('sqrt', [x]);
  const cases: [string, (f: FunctionBuilder, x: number) => number, number, number][] = [
    ['select', (f, x) => f.op('select', [f.op('gt', [x, f.constant(0)]), root(f, x), f.constant(0)]), 0, 0],
    ['select, taken', (f, x) => f.op('select', [f.op('gt', [x, f.constant(0)]), root(f, x), x]), 4, 0.25],
    ['max', (f, x) => f.op('max', [f.constant(1), root(f, x)]), 0, 0],
    [
      'max behind a product',
      (f, x) => f.op('max', [f.op('mul', [f.constant(3), root(f, x)]), f.constant(1)]),
      0,
      0,
    ],
    ['min', (f, x) => f.op('min', [f.op('div', [f.constant(1), x]), f.constant(2)]), 0, 0],
    [
      'if',
      (f, x) => {
        f.openBlock();
        const then = f.closeBlock([root(f, x)]);
        f.openBlock();
        const other = f.closeBlock([f.op('mul', [x, x])]);
        return f.if(f.op('gt', [x, f.constant(0)]), then, other)[0]!;
      },
      0,
      0,
    ],
  ];
  it.each(cases)('%s', (_, body, x, expected) => {
    const program = of(body);
    expect(results(forward(program), [x, 1])[1]).toEqual([expected]);
    expect(results(gradient(program), [x])[0]).toEqual([expected]);
  });

  it('an infinite slope stays infinite', () => {
    const program = of((f, x) => f.op('sqrt', [x]));
    expect(results(gradient(program), [0])).toEqual([[Infinity]]);
    expect(results(forward(program), [0, 1])[1]).toEqual([Infinity]);
  });
});

describe('arrays of integers', () => {
  it('lose the derivative, arrays of 32 bits keep it', () => {
    const through = (typed: string) =>
      of((f, x) => {
        const b = f.alloc(f.constant(1), typed);
        f.store(b, f.constant(0), f.op('mul', [x, x]));
        return f.op('mul', [f.load(b, f.constant(0)), f.constant(3)]);
      });
    for (const [typed, slope] of [
      ['Int32Array', 0],
      ['Float32Array', 15],
      ['Float64Array', 15],
    ] as const) {
      const program = through(typed);
      expect(results(gradient(program), [2.5])).toEqual([[slope]]);
      expect(results(forward(program), [2.5, 1])[1]).toEqual([slope]);
    }
  });
});
