import { describe, expect, it } from 'vitest';
import { ProgramBuilder } from '../../core/program/builder.ts';
import { run } from '../../core/program/interpret.ts';
import { verify } from '../../core/program/verify.ts';
import { reference, results } from './compare.ts';
import { branches, SAMPLES } from './samples.ts';

describe('interpret', () => {
  it.each(SAMPLES.map((s) => [s.name, s] as const))('%s equals JavaScript', (_, sample) => {
    expect(verify(sample.program)).toEqual([]);
    const flat = results(sample.program, sample.inputs).flat();
    const expected = reference(sample);
    expect(flat).toHaveLength(expected.length);
    flat.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 12);
    });
  });

  it('ends with the error of the program', () => {
    const outcome = run(branches.program, [-1, 2], 1e6);
    expect(outcome).toMatchObject({ kind: 'thrown', message: 'x must not be negative' });
  });

  it('ends by its budget: a loop without end, a recursion without end, an array too large', () => {
    const program = new ProgramBuilder();
    const f = program.open('f');
    const kind = f.parameter({ type: 'boolean', name: 'recurse', path: [0] });
    f.openBlock();
    f.call(f.index, [kind], []);
    const recurse = f.closeBlock([]);
    f.openBlock();
    f.openLoop([]);
    f.loopBody(f.constant(true));
    f.closeLoop([]);
    const loop = f.closeBlock([]);
    f.if(kind, recurse, loop);
    f.close([]);
    const whole = program.finish(f.index);
    expect(verify(whole)).toEqual([]);
    expect(run(whole, [true], 1e6)).toMatchObject({ kind: 'budget' });
    expect(run(whole, [false], 1e6)).toMatchObject({ kind: 'budget' });

    const array = new ProgramBuilder();
    const g = array.open('g');
    g.alloc(g.constant(1e10));
    g.close([]);
    expect(run(array.finish(g.index), [], 1e6)).toMatchObject({ kind: 'budget' });
  });

  it('refuses an index outside its array and an impossible length', () => {
    const program = new ProgramBuilder();
    const f = program.open('f');
    const i = f.parameter({ type: 'number', name: 'i', path: [0] });
    const n = f.parameter({ type: 'number', name: 'n', path: [1] });
    f.close([{ path: [], value: f.load(f.alloc(n), i) }]);
    const whole = program.finish(f.index);
    expect(run(whole, [1, 2], 100)).toMatchObject({ kind: 'done', results: [0] });
    for (const i of [2, -1, 0.5, NaN]) expect(run(whole, [i, 2], 100)).toMatchObject({ kind: 'range' });
    for (const n of [-1, 0.5, NaN]) expect(run(whole, [0, n], 100)).toMatchObject({ kind: 'range' });
  });

  it('recurses deeper than the stack of its host', () => {
    const program = new ProgramBuilder();
    const f = program.open('f');
    const n = f.parameter({ type: 'number', name: 'n', path: [0] });
    f.openBlock();
    const stop = f.closeBlock([f.constant(0)]);
    f.openBlock();
    const [rest] = f.call(f.index, [f.op('sub', [n, f.constant(1)])], ['number']) as [number];
    const on = f.closeBlock([f.op('add', [rest, n])]);
    f.close([{ path: [], value: f.if(f.op('le', [n, f.constant(0)]), stop, on)[0]! }]);
    expect(run(program.finish(f.index), [100_000], 1e7)).toMatchObject({
      kind: 'done',
      results: [5000050000],
    });
  });

  it('rounds what is stored into typed arrays', () => {
    const program = new ProgramBuilder();
    const f = program.open('f');
    const x = f.parameter({ type: 'number', name: 'x', path: [0] });
    const zero = f.constant(0);
    const results = ['Float32Array', 'Int8Array', 'Uint8ClampedArray'].map((typed) => {
      const b = f.alloc(f.constant(1), typed);
      f.store(b, zero, x);
      return f.load(b, zero);
    });
    f.close(results.map((value, i) => ({ path: [i], value })));
    const expected = [Math.fround(300.7), new Int8Array([300.7])[0], 255];
    expect(run(program.finish(f.index), [300.7], 100)).toMatchObject({ kind: 'done', results: expected });
  });
});
