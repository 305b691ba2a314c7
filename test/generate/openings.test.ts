/** Numbers that may be left out, and keys that arguments may lack or have besides. */
import { describe, expect, it } from 'vitest';
import { generateAt } from '../../core/analysis/generateAt.ts';
import { withModules } from '../../core/evaluate/modules/world.ts';
import * as typescript from '../../server/languages/typescript/index.ts';
import { SourceDocument } from '../../server/workspace/document.ts';
import { load } from '../stage/agree.ts';
import { annotation } from '../support/source.ts';
import { typeErrors } from './execute.ts';

type Kind = 'gradient' | 'jvp' | 'hessian' | 'value-and-gradient';

function make(
  text: string,
  values?: Record<string, unknown>,
  kind: Kind = 'gradient',
  language: 'ts' | 'js' = 'ts',
) {
  const module = new SourceDocument(`/a.${language}`, language, 0, text, () => typescript).wholeModule();
  const sample = values && annotation(values).samples[0];
  const answer = withModules(() =>
    generateAt({ module, function: 'f', sample, steps: 3e6, kind, language, name: 'derived' }),
  );
  if ('bad' in answer) throw new Error(answer.bad);
  if (answer.kind === 'refused') throw new Error(answer.problem.message);
  expect(typeErrors([answer.code], language === 'ts', language)).toEqual([]);
  return { code: answer.code, call: load(answer.code, 'derived') };
}

describe('numbers that may be left out', () => {
  const field = 'export const f = (p: { a: number; b?: number }) => p.a * p.a + (p.b ?? 2) * p.a;';

  it('of a record have derivative 0 where they are', () => {
    const { code, call } = make(field);
    expect(code).toContain('p: { a: number; b?: number }');
    expect(call({ a: 3, b: 5 })).toEqual({ a: 11, b: 3 });
    expect(call({ a: 3 })).toEqual({ a: 8, b: 0 });
  });

  it('are constant where the sample leaves them out', () => {
    const { call } = make(field, { p: { a: 1 } });
    expect(call({ a: 3, b: 5 })).toEqual({ a: 11, b: 0 });
    expect(call({ a: 3 })).toEqual({ a: 8, b: 0 });
  });

  it.each(['scale === undefined ? x ** 3 : x * x * scale ** 2', 'scale ? x * x * scale ** 2 : x ** 3'])(
    'as parameters: %s',
    (body) => {
      const text = `export function f(x: number, scale?: number) { return ${body}; }`;
      expect(make(text).call(3)).toEqual([27, 0]);
      expect(make(text).call(3, 2)).toEqual([24, 36]);
      const hessian = make(text, undefined, 'hessian').call;
      expect(hessian(3)).toEqual([
        [18, 0],
        [0, 0],
      ]);
      expect(hessian(3, 2)).toEqual([
        [8, 24],
        [24, 18],
      ]);
      expect(make(text, undefined, 'jvp').call(3, undefined, 1, 5)).toBe(27);
    },
  );

  it('in Hessians row by row', () => {
    const text =
      'export function f(x: number[], s?: number) { let t = 0; for (const v of x) t += v * v; return t * (s ?? 3); }';
    const { call } = make(text, undefined, 'hessian');
    expect(call([1, 2])).toEqual([
      [
        [[6, 0], 0],
        [[0, 6], 0],
      ],
      [[0, 0], 0],
    ]);
  });

  it('in JavaScript where the function asks', () => {
    const text = 'export function f(x, n) { if (n === undefined) n = 3; return x ** 2 * n; }';
    const { code, call } = make(text, { x: 2, n: 4 }, 'gradient', 'js');
    expect(code).toContain('@param {number} [n]');
    expect(call(2, 5)).toEqual([20, 4]);
    expect(call(2)).toEqual([12, 0]);
  });
});

/** The gradient in plain JavaScript, for the shapes of this sample. */
const inJavaScript = (text: string, at: Record<string, unknown>) => make(text, at, 'gradient', 'js');

describe('what nobody leaves open', () => {
  it('is asked for: a number that the function takes for granted', () => {
    const text = '/** @param {{ a: number, b?: number }} p */\nexport function f(p) { return p.a * p.b; }';
    const { call } = inJavaScript(text, { p: { a: 1, b: 2 } });
    expect(call({ a: 3, b: 5 })).toEqual({ a: 5, b: 3 });
    expect(() => call({ a: 3 })).toThrow('made for p.b given');
  });

  it('is refused: a key that the sample lacks', () => {
    const { call } = inJavaScript('export function f(p) { return p.a * (p.k || 1); }', { p: { a: 1 } });
    expect(call({ a: 3 })).toEqual({ a: 1 });
    expect(() => call({ a: 3, k: 2 })).toThrow('made for p.k left out');
  });

  it('is refused: a key of one of many', () => {
    const text = 'export const f = (ps) => ps.reduce((s, p) => s + p.x * p.x * (p.w ?? 1), 0);';
    const { call } = inJavaScript(text, { ps: [{ x: 1 }, { x: 2 }] });
    expect(call([{ x: 3 }])).toEqual([{ x: 6 }]);
    expect(() => call([{ x: 3 }, { x: 3, w: 2 }])).toThrow('made for ps[i].w left out');
  });

  it('is refused: other keys where all are copied', () => {
    const text = 'export function f(p) { const o = { k: 2, ...p }; return o.a * o.k; }';
    const { call } = inJavaScript(text, { p: { a: 1 } });
    expect(call({ a: 3 })).toEqual({ a: 2 });
    expect(() => call({ a: 3, k: 4 })).toThrow('with the keys a');
    const two = inJavaScript(text, { p: { a: 1, k: 5 } });
    expect(two.call({ k: 4, a: 3 })).toEqual({ a: 4, k: 3 });
  });

  it('is refused: another order where all are listed', () => {
    const text =
      'export const f = (p: { a: number; b: number }) => Object.values(p).reduce((s, v, i) => s + v * (i + 1), 0);';
    const { call } = make(text);
    expect(call({ a: 3, b: 1 })).toEqual({ a: 1, b: 2 });
    expect(() => call({ b: 1, a: 3 })).toThrow('in this order');
    expect(() => call({ a: 3, b: 1, c: 1 })).toThrow('with the keys a, b');
  });

  it.each([
    ['if (o) return x ** 3; return x * x;', { a: 1 }, 27],
    ['return !o ? x * x : x ** 3;', [1, 2], 27],
    ['if (o === undefined) return x * x; return o ? x ** 3 : x;', true, 27],
    ['if (typeof o === "undefined") return x * x; return x ** 3;', 4, 27],
    ['if (o === null) return x * x; return x ** 3;', 4, 27],
    ['if (arguments.length < 2) return x * x; return x ** 3;', 4, 27],
  ])('is asked for: an argument that decides by being there: %s', (body, o, slope) => {
    const { call } = inJavaScript(`export function f(x, o) { ${body} }`, { x: 3, o });
    expect(call(3, o)).toBe(slope);
    expect(() => call(3)).toThrow('made for o given');
    expect(() => call(3, null)).toThrow('made for o given');
  });

  it.each(['"k" in p', 'Object.hasOwn(p, "k")', 'p.hasOwnProperty("k")'])(
    'is asked for: a key that decides by being there: %s',
    (test) => {
      const { call } = inJavaScript(`export function f(p) { return ${test} ? p.a ** 2 : p.a ** 3; }`, {
        p: { a: 1, k: 2 },
      });
      expect((call({ a: 3, k: 1 }) as { a: number }).a).toBe(6);
      expect(() => call({ a: 3 })).toThrow('made for p.k given');
    },
  );

  it('is refused: null for a number that may be left out', () => {
    const text = 'export function f(x, n) { if (n == null) n = 3; return x ** 2 * n; }';
    const { call } = inJavaScript(text, { x: 2, n: 4 });
    expect(call(2)).toEqual([12, 0]);
    expect(() => call(2, null)).toThrow('no null for n');
  });

  it('says nothing of keys that prototypes have, or nobody asks for', () => {
    const { code } = inJavaScript(
      'export function f(p) { return p.toString === undefined ? 0 : p.a * p.a; }',
      { p: { a: 1 } },
    );
    expect(code).not.toContain('throw');
  });
});
