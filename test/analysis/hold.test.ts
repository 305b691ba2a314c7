/** Generated code that is not the function's derivative is refused: by Programs that were made wrong on purpose, and by samples. */
import { describe, expect, test } from 'vitest';
import { analyser } from '../../core/analysis/analyse.ts';
import { generateAt } from '../../core/analysis/generateAt.ts';
import { HeldAt } from '../../core/analysis/holdAt.ts';
import { resolve } from '../../core/analysis/resolve.ts';
import { stageAt } from '../../core/analysis/stageAt.ts';
import { type DerivativeKind, derive } from '../../core/derive/derive.ts';
import { withModules } from '../../core/evaluate/modules/world.ts';
import type { Block, Instruction, Program } from '../../core/program/program.ts';
import { load } from '../stage/agree.ts';
import { annotation, lowerSource } from '../support/source.ts';

const TEXT = `
export function norm(x: number[], scale: number): number {
  let s = 0;
  for (let i = 0; i < x.length; i++) s += x[i]! * x[i]! * Math.sin(x[i]!);
  return scale > 0 ? Math.sqrt(s) * scale : -scale;
}
export const abs = (x: number) => (x > 0 ? x : -x) - Math.abs(x) + 3 * x;
export function slow(x: number, n: number): number {
  let s = x;
  for (let i = 0; i < n; i++) s = s * 0.999 + 0.001 * Math.cos(s);
  return s;
}
export function constant(x: number): number {
  let s = x;
  for (let i = 0; i < 1e6; i++) s = s * 0.999 + 0.001 * Math.cos(s);
  return s;
}
export const pair = (p: { x: number; y: number }) => ({ a: p.x * p.y, b: Math.exp(p.x) });
export const digits = (x: number) => (Math.exp(x) - 1) / x;
export const never = (x: number) => { if (x < 1e9) throw new Error('no'); return x; };
`;

const sampleOf = (values: Record<string, unknown>) => annotation(values).samples[0]!;

test('arrays of tuples are made with tuples of their length', () => {
  const text = `export function f(ps: [number, number][], w: [number, number, number][]): number {
  let a = 0;
  for (let i = 0; i < ps.length; i++) {
    const p = ps[i]!, q = ps[(i + 1) % ps.length]!;
    a += p[0] * q[1] - q[0] * p[1];
  }
  for (const [x, y, z] of w) a += x * y * z;
  return a / 2;
}`;
  const answer = withModules(() =>
    generateAt({
      module: lowerSource(text).slice,
      function: 'f',
      steps: 3e6,
      kind: 'gradient',
      language: 'ts',
    }),
  );
  if ('bad' in answer || answer.kind === 'refused') throw new Error('refused');
  expect(answer.code).not.toContain('Not held');
  const call = load(answer.code, 'fGradient') as (...args: unknown[]) => number[][][];
  const found = call(
    [
      [1, 2],
      [3, 5],
      [-1, 4],
    ],
    [[2, 3, 5]],
  );
  // Half of the difference between the neighbours of a corner, turned by a right angle.
  expect(found[0]).toEqual([
    [0.5, -2],
    [1, 1],
    [-1.5, 1],
  ]);
  expect(found[1]).toEqual([[7.5, 5, 3]]);
});

function generated(name: string, values?: Record<string, unknown>, kind: DerivativeKind = 'gradient') {
  const module = lowerSource(TEXT).slice;
  const sample = values && sampleOf(values);
  const answer = withModules(() =>
    generateAt({ module, function: name, sample, steps: 3e6, kind, language: 'ts' }),
  );
  if ('bad' in answer) throw new Error(answer.bad);
  return answer;
}

const OTHER = { mul: 'add', add: 'sub', sin: 'cos', cos: 'sin', exp: 'sin', div: 'mul' } as const;

/** The Programs in which one operation is another. */
function* mutants(program: Program): Generator<Program> {
  for (const [index, f] of program.functions.entries()) {
    let count = 0;
    for (let target = 0; ; target++) {
      count = 0;
      const block = (b: Block): Block => ({ ...b, instructions: b.instructions.map(change) });
      const change = (i: Instruction): Instruction => {
        if (i.kind === 'if') return { ...i, then: block(i.then), else: block(i.else) };
        if (i.kind === 'loop') return { ...i, test: block(i.test), body: block(i.body) };
        if (i.kind !== 'op' || !(i.op in OTHER)) return i;
        if (count++ !== target) return i;
        return { ...i, op: OTHER[i.op as keyof typeof OTHER] };
      };
      const body = block(f.body);
      if (target >= count) break;
      yield { ...program, functions: program.functions.map((g, k) => (k === index ? { ...f, body } : g)) };
    }
  }
}

function held(
  name: string,
  values: Record<string, unknown> | undefined,
  kind: DerivativeKind,
  change?: Program,
) {
  const module = lowerSource(TEXT).slice;
  const given = values && ({ kind: 'sample', sample: sampleOf(values) } as const);
  const staged = stageAt({ module, function: name, arguments: given, steps: 3e6 });
  if (!('program' in staged)) throw new Error('not staged');
  const found = resolve(analyser().module(module), module.statements, name);
  if (typeof found === 'string' || !('fn' in found)) throw new Error(name);
  const program = change ?? staged.program;
  const subject = { module, function: name, program, at: found.at, steps: 3e6 };
  const at = new HeldAt(subject, kind, found.node!);
  return { at, wrong: at.prepare(given), program };
}

const SAMPLE = { x: [0.5, 1.5, 2], scale: 1.5 };

describe('a Program that was made wrong', () => {
  test.each([
    ['at the sample', SAMPLE],
    ['without one', undefined],
  ] as const)('is refused %s', (_, values) => {
    withModules(() => {
      const { program } = held('norm', values, 'gradient');
      let mutated = 0;
      for (const mutant of mutants(program)) {
        mutated++;
        const { wrong } = held('norm', values, 'gradient', mutant);
        expect(wrong?.message).toMatch(/disagrees with it|would stop/);
      }
      expect(mutated).toBeGreaterThan(4);
    });
  });

  test.each(['gradient', 'value-and-gradient', 'jvp', 'vjp', 'hvp'] as const)('%s', (kind) => {
    withModules(() => {
      const { at, wrong, program } = held('norm', SAMPLE, kind);
      expect(wrong).toBeUndefined();
      const derived = derive(program, kind);
      if (derived.kind === 'refused') throw new Error(derived.reason);
      expect(at.check(derived.program)).toBeUndefined();
      expect(at.notes).toEqual([]);
      let told = 0;
      let all = 0;
      for (const mutant of mutants(derived.program)) {
        all++;
        if (at.check(mutant) !== undefined) told++;
      }
      // Positions of loops that run backwards, and what is left of the function itself, may not matter.
      expect(told).toBeGreaterThan(0.7 * all);
    });
  });

  test('the partial is named', () => {
    withModules(() => {
      const { at, program } = held('pair', { p: { x: 2, y: 3 } }, 'jacobian');
      const derived = derive(program, 'jacobian');
      if (derived.kind === 'refused') throw new Error(derived.reason);
      expect(at.check(derived.program)).toBeUndefined();
      const messages = [...mutants(derived.program)].map((mutant) => at.check(mutant)?.message);
      expect(messages.join('\n')).toContain('the derivative of result.b with respect to p.x would be');
    });
  });
});

describe('samples', () => {
  test('where the path is not the function are refused, and another is asked for', () => {
    const answer = generated('abs', { x: 0 });
    // The function is 3x: slopes of x > 0 at 0 are those of −x, of |x| those of x.
    expect(answer).toMatchObject({ kind: 'refused', problem: { id: 'GL111' } });
    expect(answer.kind === 'refused' && answer.problem.message).toMatch(
      /instead of 3\..*Give another sample/,
    );
    expect(generated('abs', { x: 0.5 }).kind).toBe('generated');
  });

  test('that lose digits are refused as such', () => {
    expect(generated('digits', { x: 1e-9 })).toMatchObject({ kind: 'refused', problem: { id: 'GL109' } });
    expect(generated('digits', { x: 0.5 }).kind).toBe('generated');
  });

  test('that take too long are made smaller', () => {
    const answer = generated('slow', { x: 0.5, n: 100_000_000 });
    expect(answer.kind === 'generated' && answer.code).not.toContain('Not held');
  });

  test('that cannot be made smaller are told in the header', () => {
    const answer = generated('constant', { x: 0.5 });
    expect(answer.kind === 'generated' && answer.code).toContain('Not held against constant itself');
  });

  test('are made of types where there are none', () => {
    const answer = generated('pair', undefined, 'jvp');
    expect(answer.kind === 'generated' && answer.code).not.toContain('Not held');
  });

  test('of which none can be found are told in the header', () => {
    const answer = generated('never');
    expect(answer.kind === 'generated' && answer.code).toContain('Not held against never itself');
  });
});
