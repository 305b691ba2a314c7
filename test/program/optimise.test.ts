import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forward } from '../../core/derive/forward.ts';
import { reverse } from '../../core/derive/reverse.ts';
import { ProgramBuilder } from '../../core/program/builder.ts';
import { optimise } from '../../core/program/optimise.ts';
import { printFunction, printProgram } from '../../core/program/print.ts';
import { verify } from '../../core/program/verify.ts';
import { results } from './compare.ts';
import { buildRandom, inputsOf, randomPrograms } from './random.ts';

describe('optimise', () => {
  it('keeps every result to the bit, of Programs and of their derivatives', () => {
    fc.assert(
      fc.property(randomPrograms, (random) => {
        const program = buildRandom(random);
        const inputs = inputsOf(random);
        const vectors = [0.8, -0.6, [0.5, 1, -0.7]];
        const seeded = [...inputs, ...vectors];
        const cases = [
          [program, inputs],
          [forward(program), seeded],
          [reverse(program, { value: true }), seeded],
          [forward(optimise(reverse(program))), [...seeded, ...vectors, ...vectors]],
        ] as const;
        for (const [before, arguments_] of cases) {
          for (const after of [optimise(before), optimise(before, { inline: 100, unroll: 4 })]) {
            expect(verify(after)).toEqual([]);
            expect(results(after, arguments_)).toEqual(results(before, arguments_));
          }
        }
      }),
      { numRuns: 80 },
    );
  });

  it('merges neighbouring ifs on one condition and drops what nobody asks for', () => {
    const program = new ProgramBuilder();
    const f = program.open('f');
    const x = f.parameter({ type: 'number', name: 'x', path: [0] });
    const arm = (value: number) => {
      f.openBlock();
      f.op('cosh', [x]);
      return f.closeBlock([value]);
    };
    const positive = f.op('gt', [x, f.constant(0)]);
    const [a] = f.if(positive, arm(f.op('sin', [x])), arm(x)) as [number];
    const y = f.op('exp', [x]);
    const [b] = f.if(positive, arm(y), arm(f.op('neg', [y]))) as [number];
    f.close([{ path: [], value: f.op('add', [a, b]) }]);
    const text = printProgram(optimise(program.finish(f.index)));
    expect(text.match(/ if /g)).toHaveLength(1);
    expect(text).not.toContain('cosh');
  });

  it('knows a condition inside its arm, and moves what does not change out of a loop', () => {
    const program = new ProgramBuilder();
    const f = program.open('f');
    const x = f.parameter({ type: 'number', name: 'x', path: [0] });
    const n = f.parameter({ type: 'number', name: 'n', path: [1] });
    const [i, sum, same] = f.openLoop([f.constant(0), x, x]) as [number, number, number];
    const test = f.op('lt', [i, n]);
    f.loopBody(test);
    f.openBlock();
    const yes = f.closeBlock([f.op('mul', [sum, f.op('exp', [same])])]);
    f.openBlock();
    const no = f.closeBlock([f.op('sinh', [sum])]);
    const [next] = f.if(test, yes, no) as [number];
    const after = f.closeLoop([f.op('add', [i, f.constant(1)]), next, same]);
    f.close([{ path: [], value: f.op('add', [after[1]!, after[2]!]) }]);
    const g = optimise(program.finish(f.index)).functions[0]!;
    const lines = printFunction(g).split('\n');
    expect(lines.join()).not.toMatch(/sinh| if /);
    const exp = lines.find((line) => line.includes(' exp '))!;
    expect(exp).toMatch(/^ {2}%/);
    expect(lines.find((line) => line.includes('loop'))!.match(/%/g)).toHaveLength(6);
  });

  /** Σ over 0 ≤ c < 3, c < r < 4 of b[l++]·r, kept in an array in between. */
  const triangle = () => {
    const program = new ProgramBuilder();
    const f = program.open('f');
    const b = f.parameter({ type: 'buffer', name: 'b', path: [0] });
    const [zero, one] = [f.constant(0), f.constant(1)];
    const kept = f.alloc(f.constant(4));
    const [c, l] = f.openLoop([zero, zero]) as [number, number];
    f.loopBody(f.op('lt', [c, f.constant(3)]));
    const [r, m] = f.openLoop([f.op('add', [c, one]), l]) as [number, number];
    f.loopBody(f.op('lt', [r, f.constant(4)]));
    const term = f.op('mul', [f.load(b, m), r]);
    f.store(kept, r, f.op('add', [f.load(kept, r), term]));
    const [, next] = f.closeLoop([f.op('add', [r, one]), f.op('add', [m, one])]) as [number, number];
    f.closeLoop([f.op('add', [c, one]), next]);
    const [i, s] = f.openLoop([zero, zero]) as [number, number];
    f.loopBody(f.op('lt', [i, f.constant(4)]));
    const [, sum] = f.closeLoop([f.op('add', [i, one]), f.op('add', [s, f.load(kept, i)])]) as [
      number,
      number,
    ];
    f.close([{ path: [], value: sum }]);
    return program.finish(f.index);
  };

  it('writes small loops out, triangular ones too, and keeps what small arrays held in values', () => {
    const plain = triangle();
    const out = optimise(plain, { unroll: 4 });
    const text = printProgram(out);
    expect(text).not.toMatch(/loop|alloc|store/);
    expect(text.match(/load/g)).toHaveLength(6);
    // b·(1, 2, 3, 2, 3, 3)
    const b = [1, 10, 100, 1000, 10_000, 100_000];
    expect(results(out, [b])).toEqual([[332_321]]);
    expect(results(plain, [b])).toEqual([[332_321]]);
    expect(printProgram(optimise(plain, { unroll: 2 }))).toMatch(/loop/);
  });

  it('takes the bound of an inner loop that changes inside it for unknown', () => {
    const program = new ProgramBuilder();
    const f = program.open('f');
    const [zero, one] = [f.constant(0), f.constant(1)];
    const [i, s] = f.openLoop([zero, zero]) as [number, number];
    f.loopBody(f.op('lt', [i, f.constant(3)]));
    const [j, t, bound] = f.openLoop([zero, s, i]) as [number, number, number];
    f.loopBody(f.op('lt', [j, bound]));
    const inner = f.closeLoop([f.op('add', [j, one]), f.op('add', [t, one]), f.op('sub', [bound, one])]);
    const [, sum] = f.closeLoop([f.op('add', [i, one]), inner[1]!]) as [number, number];
    f.close([{ path: [], value: sum }]);
    const plain = program.finish(f.index);
    // Nothing at 0; once at 1, once at 2: j and the bound meet.
    expect(results(plain, [])).toEqual([[2]]);
    expect(results(optimise(plain, { unroll: 8 }), [])).toEqual([[2]]);
  });

  it('reads an element before the loops that surely run and only read it', () => {
    const program = new ProgramBuilder();
    const f = program.open('f');
    const b = f.parameter({ type: 'buffer', name: 'b', path: [0] });
    const n = f.parameter({ type: 'number', name: 'n', path: [1] });
    const [zero, one] = [f.constant(0), f.constant(1)];
    const sumTo = (bound: number, at: number) => {
      const [i, s] = f.openLoop([zero, zero]) as [number, number];
      f.loopBody(f.op('lt', [i, bound]));
      return f.closeLoop([f.op('add', [i, one]), f.op('add', [s, f.load(b, at)])])[1]!;
    };
    const sure = sumTo(f.constant(30), zero);
    const perhaps = sumTo(n, one);
    f.close([{ path: [], value: f.op('add', [sure, perhaps]) }]);
    const program_ = optimise(program.finish(f.index));
    const lines = printProgram(program_).split('\n');
    const loads = lines.filter((line) => line.includes('load')).map((line) => line.search(/\S/));
    expect(loads).toEqual([2, 4]);
    // Where the second does not run, its element need not be there.
    expect(results(program_, [[2], 0])).toEqual([[60]]);
  });

  it('reads an element once where nothing is written between', () => {
    const program = new ProgramBuilder();
    const f = program.open('f');
    const a = f.parameter({ type: 'buffer', name: 'a', path: [0] });
    const b = f.parameter({ type: 'buffer', name: 'b', path: [1] });
    const zero = f.constant(0);
    const first = f.load(a, zero);
    f.store(b, zero, f.op('sin', [first]));
    const second = f.load(a, zero);
    f.store(a, f.constant(1), second);
    const third = f.load(a, zero);
    f.store(a, zero, f.op('cos', [third]));
    const fourth = f.load(a, zero);
    const total = f.op('add', [f.op('add', [first, second]), f.op('add', [third, fourth])]);
    f.close([{ path: [], value: total }]);
    const text = printProgram(optimise(program.finish(f.index)));
    expect(text.match(/ load /g)).toHaveLength(1);
    expect(text.match(/ {2}store /g)).toHaveLength(3);
  });

  it('keeps a throw, and drops functions that nobody calls', () => {
    const program = new ProgramBuilder();
    const unused = program.open('unused');
    unused.close([]);
    const check = program.open('check');
    const x = check.parameter({ type: 'number', name: 'x', path: [0] });
    check.openBlock();
    check.throw('too small');
    const bad = check.closeBlock([]);
    check.openBlock();
    const good = check.closeBlock([]);
    check.if(check.op('lt', [x, check.constant(1)]), bad, good);
    check.close([]);
    const f = program.open('f');
    const y = f.parameter({ type: 'number', name: 'y', path: [0] });
    f.call(check.index, [y], []);
    f.close([{ path: [], value: y }]);
    const text = printProgram(optimise(program.finish(f.index)));
    expect(text).toContain('too small');
    expect(text).toContain('call check');
    expect(text).not.toContain('unused');
  });
});
