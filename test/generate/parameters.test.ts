/** What functions take beside required numbers: in their derivatives' signatures, and what is held in their headers. */
import { describe, expect, it } from 'vitest';
import { generateAt } from '../../core/analysis/generateAt.ts';
import { withModules } from '../../core/evaluate/modules/world.ts';
import * as typescript from '../../server/languages/typescript/index.ts';
import { SourceDocument } from '../../server/workspace/document.ts';
import { load } from '../stage/agree.ts';
import { typeErrors } from './execute.ts';

interface Made {
  readonly code: string;
  readonly call: (...args: unknown[]) => unknown;
}

function answerOf(
  text: string,
  name: string,
  kind: 'gradient' | 'jvp' | 'hessian' = 'gradient',
  language: 'ts' | 'js' = 'ts',
) {
  const module = new SourceDocument(`/a.${language}`, language, 0, text, () => typescript).wholeModule();
  return withModules(() =>
    generateAt({ module, function: name, steps: 3e6, kind, language, name: 'derived' }),
  );
}

function make(text: string, name: string, kind: 'gradient' | 'jvp' | 'hessian' = 'gradient'): Made {
  const answer = answerOf(text, name, kind);
  if ('bad' in answer) throw new Error(answer.bad);
  if (answer.kind === 'refused') throw new Error(answer.problem.message);
  const { code } = answer;
  expect(typeErrors([code], true)).toEqual([]);
  return { code, call: load(code, 'derived') };
}

function refusalOf(text: string, name: string): string {
  const answer = answerOf(text, name);
  return 'kind' in answer && answer.kind === 'refused' ? answer.problem.message : 'generated';
}

describe('defaults', () => {
  const gauss = 'export const f = (x: number, mu = 0, sigma = 2) => Math.exp(-(((x - mu) / sigma) ** 2));';

  it('stand in the signature, and are differentiated', () => {
    const { code, call } = make(gauss, 'f');
    expect(code).toContain('x: number, mu = 0, sigma = 2');
    const expected = (x: number, mu: number, sigma: number) => {
      const z = (x - mu) / sigma;
      const d = (-2 * z * Math.exp(-z * z)) / sigma;
      return [d, -d, -d * z];
    };
    for (const args of [[0.7], [0.7, 0.2], [0.7, 0.2, 1.5]]) {
      const [x = 0, mu = 0, sigma = 2] = args;
      const found = call(...args) as number[];
      expected(x, mu, sigma).forEach((d, i) => {
        expect(found[i]).toBeCloseTo(d, 12);
      });
    }
  });

  it('may be followed by tangents', () => {
    const { call } = make(gauss, 'f', 'jvp');
    expect(call(0.7, undefined, undefined, 1, 0, 0)).toBeCloseTo(-0.35 * Math.exp(-0.1225), 12);
  });

  it('are arrays, lengths of others, and constants of the module', () => {
    const text = `const EPS = 0.5;
      export function f(x: number[], w: number[] = [2, 3], n = x.length, eps = EPS): number {
        let s = 0;
        for (let i = 0; i < n; i++) s += w[i]! * (x[i]! + eps) ** 2;
        return s;
      }`;
    const { code, call } = make(text, 'f');
    for (const part of ['w: readonly number[] = [2, 3]', 'n = x.length', 'eps = 0.5'])
      expect(code).toContain(part);
    expect(call([1, 2])).toEqual([[6, 15], [2.25, 6.25], 21]);
    expect(call([1, 2], undefined, 1)).toEqual([[6, 0], [2.25, 0], 6]);
  });

  it('of options stand where the options are taken apart', () => {
    const text =
      'export function f(x: number, { a = 2, b = 3 }: { a?: number; b?: number } = {}) { return a * x * x + b * x; }';
    const { code, call } = make(text, 'f');
    expect(code).toContain('options: { a?: number; b?: number } = {}');
    expect(call(1.5)).toEqual([9, { a: 2.25, b: 1.5 }]);
    expect(call(1.5, { a: 4 })).toEqual([15, { a: 2.25, b: 1.5 }]);
  });

  it('that depend on other arguments are held to be left out', () => {
    const { code, call } = make('export function f(x: number, y = 2 * x) { return x * y; }', 'f');
    expect(code).toContain('Without y.');
    expect(call(3)).toBeCloseTo(12, 12);
    expect(() => call(3, 1)).toThrow('left out');
  });
});

describe('what stays', () => {
  it('is told in the header and guarded in the code', () => {
    const { code, call } = make(
      'export function f(x: number, w?: number[]) { return w === undefined ? x * x : w[0]! * x; }',
      'f',
    );
    expect(code).toContain('w?: undefined');
    expect(call(3)).toBe(6);
    expect(() => call(3, [1])).toThrow('left out');
  });

  it('is no function', () => {
    expect(
      refusalOf('export function f(x: number, g: (x: number) => number) { return g(x); }', 'f'),
    ).toContain('function');
  });
});

describe('rest parameters', () => {
  const text = 'export const f = (a: number, ...xs: number[]) => xs.reduce((s, x) => s + a * x * x, 0);';

  it('gather as they do in the function', () => {
    const { code, call } = make(text, 'f');
    expect(code).toContain('(a: number, ...xs: readonly number[])');
    expect(call(2, 1, 3)).toEqual([10, [4, 12]]);
    expect(call(2)).toEqual([0, []]);
  });

  it('gather in Hessians, whose rows are theirs', () => {
    const cubes = 'export const f = (...xs: number[]) => xs.reduce((s, x) => s + x ** 3, 0);';
    const { call } = make(cubes, 'f', 'hessian');
    expect(call(1, 3)).toEqual([
      [6, 0],
      [0, 18],
    ]);
    const product = 'export function f(...xs: number[]) { let p = 1; for (const x of xs) p *= x; return p; }';
    expect(make(product, 'f', 'hessian').call(2, 3, 5)).toEqual([
      [0, 5, 3],
      [5, 0, 2],
      [3, 2, 0],
    ]);
  });

  it('are one array where tangents follow, and single numbers are refused there', () => {
    const { code, call } = make(text, 'f', 'jvp');
    expect(code).toContain('xs: readonly number[]');
    expect(call(2, [1, 3], 1, [0.5, 0])).toBeCloseTo(10 + 2, 12);
    const plain = answerOf(text.replaceAll(/: number(\[\])?/g, ''), 'f', 'jvp', 'js');
    if ('bad' in plain || plain.kind === 'refused') throw new Error('refused');
    expect(() => load(plain.code, 'derived')(2, 1, 3, 1)).toThrow('xs is one array');
    expect(load(plain.code, 'derived')(2, [1, 3], 1, [0.5, 0])).toBeCloseTo(12, 12);
  });

  it('are numbers where nothing says what they are', () => {
    const answer = answerOf(
      'export const f = (...xs) => Math.sqrt(xs.reduce((s, x) => s + x * x, 0));',
      'f',
      'gradient',
      'js',
    );
    if ('bad' in answer || answer.kind === 'refused') throw new Error('refused');
    const found = load(answer.code, 'derived')(3, 4) as number[];
    expect(found[0]).toBeCloseTo(0.6, 12);
    expect(found[1]).toBeCloseTo(0.8, 12);
  });
});

describe('methods', () => {
  const text = `export class Spring {
    readonly rest = 1;
    constructor(readonly k: number, readonly w: number[], readonly at: { x: number }) {}
    energy(x: number): number {
      let s = 0;
      for (const v of this.w) s += v * x;
      return 0.5 * this.k * (x - this.rest) ** 2 + s * this.at.x;
    }
    get twice(): number { return this.k * this.at.x; }
  }`;

  it('take their receiver, with the fields that its class gives it', () => {
    const { code, call } = make(text, 'Spring.energy');
    expect(code).toContain('self: { k: number; w: readonly number[]; at: { x: number }; rest: number }');
    expect(call({ k: 3, w: [1, 2], at: { x: 5 }, rest: 0.5 }, 2)).toBeCloseTo(3 * 1.5 + 15, 12);
  });

  it('without parameters are functions of it', () => {
    const { call } = make(text, 'Spring.twice');
    expect(call({ k: 3, w: [1], at: { x: 5 }, rest: 1 })).toMatchObject({ k: 5, at: { x: 3 }, rest: 0 });
  });
});

describe('the state of the module', () => {
  it('that others change is not what it was', () => {
    const text =
      'let g = 9.81; export function set(v: number) { g = v; } export function f(t: number) { return g * t * t; }';
    expect(refusalOf(text, 'f')).toContain('g is changed by set');
  });

  it('that methods change is not what it was', () => {
    const holding = (rest: string) => `${rest} export function f(t: number) { return list.length * t * t; }`;
    const list = 'const list: number[] = [1];';
    for (const change of ['list.push(v)', 'list.splice(0, 1)', 'Object.assign(list, [v, v])'])
      expect(refusalOf(holding(`${list} export function set(v: number) { ${change}; }`), 'f')).toContain(
        'list is changed by set',
      );
    const pure = holding(
      `${list} export function get(v: number) { return list.map((x) => x * v).concat(list); }`,
    );
    expect(make(pure, 'f').call(3)).toBeCloseTo(6, 12);
    const map = `const rates = new Map([['a', 2]]); export function set(v: number) { rates.set('a', v); }
      export function f(t: number) { return rates.get('a')! * t; }`;
    expect(refusalOf(map, 'f')).toContain('rates is changed by set');
  });

  it('that methods of its objects change is not what it was, but the rest of them is', () => {
    const text = `class Config { rate = 2; base = 3; tables: number[] = [];
        setRate(v: number) { this.assign(v); } assign(v: number) { this.rate = v; this.tables.push(v); }
        scaled(v: number) { return this.base * v; } }
      const config = new Config();
      export function set(v: number) { config.setRate(v); }
      export function other(v: number) { return config.scaled(v); }
      export function f(t: number) { return config.rate * t; }
      export function g(t: number) { return config.tables.length * t; }
      export function h(t: number) { return config.scaled(t) * t; }`;
    expect(refusalOf(text, 'f')).toContain('config.rate is changed by set');
    expect(refusalOf(text, 'g')).toContain('config.tables is changed by set');
    expect(make(text, 'h').call(2)).toBeCloseTo(12, 12);
  });

  it('is read property by property', () => {
    const text = `const state = { g: 2, h: 3 }; export function set(v: number) { state.g = v; }
      export function f(t: number) { return state.g * t; } export function h(t: number) { return state.h * t * t; }`;
    expect(refusalOf(text, 'f')).toContain('state.g is changed by set');
    expect(make(text, 'h').call(4)).toBe(24);
  });

  it('may be what the function itself has written, or what others only hide', () => {
    const text = `let scratch = 0; export function other(v: number) { scratch = v; }
      let limit = 4; export function local(v: number) { let limit = 0; limit = v; return limit; }
      export function f(t: number) { scratch = t * t; return scratch * limit; }`;
    expect(make(text, 'f').call(3)).toBe(24);
  });
});
