/** Which elements of an array that was used before must be made 0: what is stored first needs no zero. */
import { describe, expect, it } from 'vitest';
import { type FunctionBuilder, ProgramBuilder } from '../../core/program/builder.ts';
import { run } from '../../core/program/interpret.ts';
import type { Instruction, Program, ValueId } from '../../core/program/program.ts';
import { zerosOf } from '../../core/program/zeroing.ts';

const LENGTH = 8;

interface Given {
  readonly f: FunctionBuilder;
  readonly x: ValueId;
  readonly out: ValueId;
  /** Stores x at each of these places. */
  readonly store: (...places: number[]) => void;
}

/** A function of x that makes an array, does something with it and returns it. */
function made(body: (given: Given) => void): Program {
  const whole = new ProgramBuilder();
  const f = whole.open('f');
  const x = f.parameter({ type: 'number', name: 'x', path: [0] });
  const out = f.alloc(f.constant(LENGTH));
  body({
    ...{ f, x, out },
    store: (...places) => {
      for (const at of places) f.store(out, f.constant(at), x);
    },
  });
  f.close([{ path: [], value: out }]);
  return whole.finish(f.index);
}

/** The elements that are said to need a zero, of an array of this length. */
function zeros(program: Program): number[] {
  const f = program.functions[program.entry]!;
  const alloc = f.body.instructions.find((i) => i.kind === 'alloc') as Extract<
    Instruction,
    { kind: 'alloc' }
  >;
  const { first, single } = zerosOf(f, alloc);
  for (const at of single) expect(at).toBeLessThan(first);
  return Array.from({ length: LENGTH }, (_, at) => at).filter((at) => at >= first || single.includes(at));
}

/**
 * Begun with NaN instead of zeros wherever no zero is said to be needed, the array ends up the same: what the
 * function itself does, by the interpreter.
 */
function spares(program: Program): number {
  const needed = zeros(program);
  const f = program.functions[program.entry]!;
  const alloc = f.body.instructions.find((i) => i.kind === 'alloc') as Extract<
    Instruction,
    { kind: 'alloc' }
  >;
  const fresh = f.types.length;
  let next = fresh;
  const dirt: Instruction[] = [{ kind: 'constant', id: next, value: Number.NaN }];
  for (let at = 0; at < LENGTH; at++) {
    if (needed.includes(at)) continue;
    next++;
    dirt.push({ kind: 'constant', id: next, value: at });
    dirt.push({ kind: 'store', buffer: alloc.id, index: next, value: fresh });
  }
  const at = f.body.instructions.indexOf(alloc) + 1;
  const instructions = [...f.body.instructions.slice(0, at), ...dirt, ...f.body.instructions.slice(at)];
  const types = [...f.types, ...Array.from({ length: next - fresh + 1 }, () => 'number' as const)];
  const dirty = { ...program, functions: [{ ...f, types, body: { ...f.body, instructions } }] };
  for (const x of [2.5, -1]) expect(run(dirty, [x], 1e4)).toMatchObject({ results: outcome(program, x) });
  return LENGTH - needed.length;
}

function outcome(program: Program, x: number) {
  const found = run(program, [x], 1e4);
  if (found.kind !== 'done') throw new Error(found.kind);
  return found.results;
}

/** sum of what a loop finds in the array, into its last element */
function loopOverAll({ f, out }: Given): void {
  const [i, sum] = f.openLoop([f.constant(0), f.constant(0)]) as [ValueId, ValueId];
  f.loopBody(f.op('lt', [i, f.constant(LENGTH)]));
  const next = f.op('add', [sum, f.load(out, i)]);
  const ids = f.closeLoop([f.op('add', [i, f.constant(1)]), next]);
  f.store(out, f.constant(LENGTH - 1), ids[1]!);
}

describe('an array that callers see', () => {
  it('is made 0 from the first element on where nothing is stored', () => {
    const p = made(() => undefined);
    expect(zeros(p)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(spares(p)).toBe(0);
  });

  it('is made 0 behind what is stored', () => {
    const p = made(({ store }) => store(0, 1, 2));
    expect(zeros(p)).toEqual([3, 4, 5, 6, 7]);
    expect(spares(p)).toBe(3);
  });

  it('is made 0 nowhere where all is stored, in any order', () => {
    const p = made(({ store }) => store(7, 3, 1, 0, 2, 6, 5, 4));
    expect(zeros(p)).toEqual([]);
    expect(spares(p)).toBe(LENGTH);
  });

  it('is made 0 in the few places between', () => {
    const p = made(({ store }) => store(0, 2, 5));
    expect(zeros(p)).toEqual([1, 3, 4, 6, 7]);
    expect(spares(p)).toBe(3);
  });

  it('is made 0 as a whole again where the places between are many', () => {
    const p = made(({ store }) => store(6));
    expect(zeros(p)).toContain(0);
    expect(spares(p)).toBeLessThanOrEqual(1);
  });
});

describe('what is stored spares no zero', () => {
  it('after something was read', () => {
    const p = made(({ f, out, x, store }) => {
      store(0);
      f.store(out, f.constant(1), f.op('add', [f.load(out, f.constant(2)), x]));
      store(2);
    });
    expect(zeros(p)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(spares(p)).toBe(1);
  });

  it('after a loop has read it', () => {
    const p = made((given) => {
      given.store(0, 1);
      loopOverAll(given);
      given.store(2, 3);
    });
    expect(zeros(p)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(spares(p)).toBe(2);
  });

  it('on one path of a branch, nor behind it', () => {
    const p = made(({ f, x, store }) => {
      f.openBlock();
      store(0, 1);
      const then = f.closeBlock([]);
      f.openBlock();
      store(0);
      const other = f.closeBlock([]);
      f.if(f.op('gt', [x, f.constant(0)]), then, other);
      store(2);
    });
    expect(zeros(p)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(spares(p)).toBe(0);
  });

  it('at a place that is not known', () => {
    const p = made(({ f, x, out, store }) => {
      f.store(out, f.op('abs', [f.op('trunc', [x])]), x);
      store(0);
    });
    expect(zeros(p)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(spares(p)).toBe(1);
  });
});
