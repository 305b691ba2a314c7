import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { derive } from '../../core/derive/derive.ts';
import { generateDerivative } from '../../core/generate/derivative.ts';
import type { Operation } from '../../core/operations/names.ts';
import { ProgramBuilder } from '../../core/program/builder.ts';
import type { Program } from '../../core/program/program.ts';
import { results } from '../program/compare.ts';
import { matrixVector } from '../program/samples.ts';
import { generate, typeErrors } from './execute.ts';

async function load(text: string): Promise<(...args: unknown[]) => unknown> {
  const { code } = transformSync(text, { loader: 'ts', format: 'esm' });
  const module = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return module.generated;
}

function derived(program: Program, kind: Parameters<typeof derive>[1]): Program {
  const answer = derive(program, kind);
  if (answer.kind === 'refused') throw new Error(answer.reason);
  return answer.program;
}

/** p.mass · |p.at|² + this.k · w[0] over parameters p, w and the receiver. */
function records(): Program {
  const program = new ProgramBuilder();
  const f = program.open('energy');
  const k = f.parameter({ type: 'number', name: 'this.k', path: ['this', 'k'] });
  const mass = f.parameter({ type: 'number', name: 'p.mass', path: [0, 'mass'] });
  const at = f.parameter({ type: 'buffer', name: 'p.at', path: [0, 'at'], typed: 'Float32Array' });
  const w = f.parameter({ type: 'number', name: 'w[0]', path: [1, 0] });
  const odd = f.parameter({ type: 'number', name: 'p["a b"]', path: [0, 'a b'] });
  const [i, sum] = f.openLoop([f.constant(0), f.constant(0)]) as [number, number];
  f.loopBody(f.op('lt', [i, f.length(at)]));
  const v = f.load(at, i);
  const after = f.closeLoop([f.op('add', [i, f.constant(1)]), f.op('add', [sum, f.op('mul', [v, v])])]);
  const value = f.op('add', [f.op('mul', [mass, after[1]!]), f.op('mul', [k, f.op('mul', [w, odd])])]);
  f.close([{ path: [], value }]);
  return program.finish(f.index);
}

describe('records, tuples and receivers', () => {
  it('are parameters as the user wrote them, and gradients have their form', async () => {
    const text = generate(derived(records(), 'value-and-gradient'));
    expect(typeErrors([text])).toEqual([]);
    expect(text).toContain(
      "self: { k: number }, p: { mass: number; at: Float32Array; 'a b': number }, w: [number]",
    );
    const call = await load(text);
    const at = Float32Array.of(1, 2, 3);
    expect(call({ k: 5 }, { mass: 2, at, 'a b': 10 }, [7])).toEqual({
      value: 2 * 14 + 5 * 7 * 10,
      gradient: { this: { k: 70 }, p: { mass: 14, at: Float64Array.of(4, 8, 12), 'a b': 35 }, w: [50] },
    });
  });
});

describe('names', () => {
  it('are the user’s, and never clash', async () => {
    const program = new ProgramBuilder();
    const f = program.open('f');
    const wishes = ['if', 'Math', 't1', 'generated', 'x', 'x', '#2.y', 'ünï'];
    const parameters = wishes.map((name, i) => f.parameter({ type: 'number', name, path: [i] }));
    const products = parameters.map((p, i) =>
      f.op('mul', [p, f.op('sin', [parameters[(i + 1) % wishes.length]!])]),
    );
    const shared = products.reduce((a, b) => f.op('add', [a, b]));
    f.close([{ path: [], value: f.op('mul', [shared, shared]) }]);
    const whole = program.finish(f.index);
    const text = generate(whole);
    expect(typeErrors([text])).toEqual([]);
    const inputs = wishes.map((_, i) => 0.3 + 0.2 * i);
    expect((await load(text))(...inputs)).toBe(results(whole, inputs)[0]![0]);
    expect(text).toContain('ünï: number');
  });
});

describe('expressions', () => {
  const cases: [
    string,
    (c: (v: number) => number, o: (op: Operation, ...args: number[]) => number, x: number) => number,
  ][] = [
    ['a sum on the right stays there', (c, o, x) => o('add', x, o('add', c(1e16), o('neg', o('sin', x))))],
    ['a difference of differences', (c, o, x) => o('sub', c(3), o('sub', x, o('cos', x)))],
    ['a quotient of quotients', (c, o, x) => o('div', c(3), o('div', x, o('cos', x)))],
    ['a power of a negative', (_, o, x) => o('pow', o('neg', x), o('pow', x, x))],
    ['a negative constant as base', (c, o, x) => o('pow', c(-2), o('floor', x))],
    ['two signs', (_, o, x) => o('sub', o('neg', o('exp', x)), o('neg', o('abs', x)))],
    ['a sign before a negative constant', (c, o, x) => o('neg', o('mul', c(-3), o('floor', x)))],
    [
      'odd constants',
      (c, o, x) => o('max', o('mul', c(-0), x), o('min', c(Infinity), o('mul', c(Math.PI), x)), c(-1e-300)),
    ],
    [
      'bits',
      (c, o, x) =>
        o('bitxor', o('shl', o('floor', x), c(3)), o('bitand', c(13), o('ushr', o('neg', x), c(28)))),
    ],
    [
      'booleans',
      (c, o, x) =>
        o('toNumber', o('or', o('and', o('gt', x, c(0)), o('lt', x, c(9))), o('not', o('truthy', x)))),
    ],
    [
      'choices in choices',
      (c, o, x) => o('select', o('gt', x, c(0)), o('select', o('gt', x, c(9)), c(1), x), o('add', x, c(2))),
    ],
    ['a remainder of a product', (c, o, x) => o('rem', o('mul', x, c(7)), o('mul', c(0.3), x))],
  ];
  it.each(cases)('%s', async (_, body) => {
    const program = new ProgramBuilder();
    const f = program.open('f');
    const x = f.parameter({ type: 'number', name: 'x', path: [0] });
    const value = body(
      (v) => f.constant(v),
      (op, ...args) => f.op(op, args),
      x,
    );
    f.close([{ path: [], value }]);
    const whole = program.finish(f.index);
    const call = await load(generate(whole));
    for (const at of [2.7, -1.3, 0]) expect(call(at)).toBe(results(whole, [at])[0]![0]);
  });

  it('messages with quotes and line ends', async () => {
    const program = new ProgramBuilder();
    const f = program.open('f');
    const message = 'it\'s "wrong"\n\\ here';
    f.throw(message);
    f.close([]);
    const text = generate(program.finish(f.index));
    expect(typeErrors([text])).toEqual([]);
    const call = await load(text);
    expect(() => call()).toThrow(message);
  });
});

describe('the header', () => {
  it('says what was differentiated, and what callers must know', () => {
    const answer = generateDerivative(matrixVector.program, { kind: 'vjp', language: 'ts' });
    expect(answer).toMatchObject({
      kind: 'generated',
      name: 'matvecVjp',
      header: [
        'Vector-Jacobian product (VJP) of matvec with respect to A, y, by reverse mode.',
        'A, y must be different arrays.',
        'Writes into y, as matvec does.',
      ],
    });
  });
});
