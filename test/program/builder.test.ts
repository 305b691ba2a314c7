import { describe, expect, it } from 'vitest';
import { ProgramBuilder } from '../../core/program/builder.ts';
import { printProgram } from '../../core/program/print.ts';
import { verify } from '../../core/program/verify.ts';
import { results } from './compare.ts';

function start() {
  const program = new ProgramBuilder();
  const f = program.open('f');
  const x = f.parameter({ type: 'number', name: 'x', path: [0] });
  return { program, f, x };
}

describe('the builder', () => {
  it('folds, shares, and applies only identities that hold to the bit', () => {
    const { f, x } = start();
    const c = (value: number) => f.constant(value);
    expect(f.constantOf(f.op('mul', [c(6), c(7)]))).toBe(42);
    expect(f.constantOf(f.op('lt', [c(1), c(2)]))).toBe(true);
    expect(f.op('mul', [x, c(1)])).toBe(x);
    expect(f.op('neg', [f.op('neg', [x])])).toBe(x);
    expect(f.op('add', [x, c(-0)])).toBe(x);
    expect(f.op('add', [x, c(0)])).not.toBe(x);
    expect(f.constantOf(f.op('mul', [x, c(0)]))).toBeUndefined();
    expect(f.op('sin', [x])).toBe(f.op('sin', [x]));
    expect(f.op('add', [x, c(3)])).toBe(f.op('add', [c(3), x]));
    expect(f.op('sub', [x, c(3)])).not.toBe(f.op('sub', [c(3), x]));
    expect(c(0)).not.toBe(c(-0));
  });

  it('forgets a discarded block and what was shared in it', () => {
    const { program, f, x } = start();
    f.openBlock();
    const inside = f.op('sin', [x]);
    f.discardBlock();
    expect(f.isVisible(inside)).toBe(false);
    const outside = f.op('sin', [x]);
    expect(outside).not.toBe(inside);
    f.close([{ path: [], value: outside }]);
    const whole = program.finish(f.index);
    expect(verify(whole)).toEqual([]);
    expect(printProgram(whole).match(/sin/g)).toHaveLength(1);
  });

  it('runs a loop body again with more carried', () => {
    const { program, f, x } = start();
    const zero = f.constant(0);
    const [first] = f.openLoop([zero]) as [number];
    f.loopBody(f.op('lt', [first, f.constant(3)]));
    f.openBlock();
    f.op('cos', [x]);
    f.discardLoop();
    const [i, y] = f.openLoop([zero, x]) as [number, number];
    f.loopBody(f.op('lt', [i, f.constant(3)]));
    const after = f.closeLoop([f.op('add', [i, f.constant(1)]), f.op('mul', [y, y])]);
    f.close([{ path: [], value: after[1]! }]);
    const whole = program.finish(f.index);
    expect(verify(whole)).toEqual([]);
    expect(results(whole, [1.1])[0]![0]).toBeCloseTo(1.1 ** 8, 12);
  });

  it('rolls back to a mark, blocks opened since included', () => {
    const { program, f, x } = start();
    const kept = f.op('sin', [x]);
    const mark = f.mark();
    f.op('cos', [x]);
    f.openBlock();
    f.throw('never');
    f.rollback(mark);
    expect(f.op('sin', [x])).toBe(kept);
    f.close([{ path: [], value: f.op('cos', [x]) }]);
    const whole = program.finish(f.index);
    expect(verify(whole)).toEqual([]);
    expect(results(whole, [0.4])).toEqual([[Math.cos(0.4)]]);
  });

  it('makes no φ of what both arms agree on, and takes the arm of a known condition', () => {
    const { program, f, x } = start();
    const arm = (op: 'sin' | 'cos') => {
      f.openBlock();
      return f.closeBlock([f.op(op, [x]), x]);
    };
    const condition = f.op('gt', [x, f.constant(0)]);
    const [, same] = f.if(condition, arm('sin'), arm('cos'));
    expect(same).toBe(x);
    const [known] = f.if(f.constant(true), arm('sin'), arm('cos')) as [number];
    f.close([{ path: [], value: known }]);
    const whole = program.finish(f.index);
    expect(verify(whole)).toEqual([]);
    expect(results(whole, [-0.3])).toEqual([[Math.sin(-0.3)]]);
  });

  it('refuses values out of scope and of the wrong type', () => {
    const { f, x } = start();
    f.openBlock();
    const inside = f.op('sin', [x]);
    f.closeBlock([inside]);
    expect(() => f.op('neg', [inside])).toThrow('not visible');
    expect(() => f.op('not', [x])).toThrow('not a boolean');
    expect(() => f.load(x, x)).toThrow('not a buffer');
  });
});
