/** What declared types tell of arguments: code made of them gives what differences of the function as Node runs it give. */
import { transformSync } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { generateAt } from '../../core/analysis/generateAt.ts';
import { parseSample } from '../../core/annotations/index.ts';
import { withModules } from '../../core/evaluate/modules/world.ts';
import * as typescript from '../../server/languages/typescript/index.ts';
import { SourceDocument } from '../../server/workspace/document.ts';
import { typeErrors } from './execute.ts';

type Language = 'ts' | 'js';
type Callable = (...args: unknown[]) => unknown;

function make(text: string, language: Language = 'ts', at?: string) {
  const file = new SourceDocument(`/a.${language}`, language, 0, text, () => typescript);
  const answer = withModules(() =>
    generateAt({
      module: file.wholeModule(),
      textOf: (statement) => file.statementOf(statement)?.text,
      typeNames: (type, specifier) => file.typeNamed(type, specifier),
      function: 'f',
      sample: at === undefined ? undefined : parseSample(at).sample,
      steps: 3e6,
      kind: 'gradient',
      language,
      name: 'derived',
    }),
  );
  if ('bad' in answer) throw new Error(answer.bad);
  if (answer.kind === 'refused') throw new Error(answer.problem.message);
  return answer;
}

function load(text: string, language: Language, name: string): unknown {
  const { code } = transformSync(text, { loader: language, format: 'cjs' });
  return new Function('module', 'exports', `${code}\nreturn ${name};`)({ exports: {} }, {});
}

type Path = readonly string[];

function leaves(value: unknown, path: Path = []): { path: Path; value: number }[] {
  if (typeof value === 'number') return [{ path, value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => leaves(part, [...path, key]));
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], value);
}

/** The gradient by central differences of fourth order, at fresh arguments each time. */
function held(text: string, language: Language, args: string, sample?: string): string {
  const answer = make(text, language, sample);
  const whole = `${text}\n${answer.code}`;
  const fresh = () => load(`const $args = () => (${args});\n${text}`, language, '$args') as () => unknown[];
  const f = load(text, language, 'f') as Callable;
  const got = (load(whole, language, 'derived') as Callable)(...fresh()());
  for (const { path, value } of leaves(fresh()())) {
    const h = 1e-4 * Math.max(1, Math.abs(value));
    const moved = (by: number): number => {
      const all = fresh()();
      const owner = at(all, path.slice(0, -1)) as Record<string, number>;
      owner[path.at(-1)!] = value + by;
      return f(...all) as number;
    };
    const slope = (moved(-2 * h) - 8 * moved(-h) + 8 * moved(h) - moved(2 * h)) / (12 * h);
    const input = answer.inputs.findIndex((of) => of.every((key, i) => String(key) === path[i]));
    const rest = path.slice(answer.inputs[input]?.length ?? 0);
    const own = input < 0 ? 0 : at(got, answer.inputs.length === 1 ? rest : [String(input), ...rest]);
    expect(own ?? 0, `the derivative by ${path.join('.')}`).toBeCloseTo(slope, 6);
  }
  return whole;
}

const SUM = 'let s = 0; for (let i = 0; i < v.length; i++) s += v[i]! * v[i]! * k; return s;';
const OF_P = 'return p.x * p.x * p.y * k;';
const LIST = '[[1, 2, 3], 2]';
const TYPED = '[new Float64Array([1, 2, 3]), 2]';
const PAIR = '[[1.5, 2], 2]';
const POINT = '[{ x: 1.5, y: 2 }, 2]';
const FOO = 'interface Foo { bar: number[]; q: { x: number; y: number } }';
const P = 'interface P { x: number; y: number }';

describe('types say what arguments are', () => {
  const texts: string[] = [];
  it.each<[head: string, body: string, args: string, declared?: string]>([
    ['v: number[] | Float64Array', SUM, LIST],
    ['v: number[] | Float64Array', SUM, TYPED],
    ['v: Float64Array | Float32Array', SUM, TYPED],
    ['v: readonly number[] | Float64Array | number[]', SUM, LIST],
    ['v: V', SUM, TYPED, 'type V = number[] | Float64Array;'],
    ['p: { v: number[] | Float64Array }', 'return p.v[0]! * p.v[1]! * k;', '[{ v: [1.5, 2] }, 2]'],
    ['v: number[] | undefined', `if (v === undefined) return k; ${SUM}`, LIST],
    ['v: number | undefined', 'return v === undefined ? k : v * v * k;', '[3, 2]'],
    ['v: number | undefined', 'return v === undefined ? k : v * v * k;', '[undefined, 2]'],
    ['v: number | null', 'return v === null ? k : v * v * k;', '[3, 2]'],
    ['p: [number, number] | number[]', 'return p[0]! * p[0]! * p[1]! * k;', PAIR],
    ['p: readonly [x: number, y: number]', 'return p[0] * p[0] * p[1] * k;', PAIR],
    ['p: [x: number, y?: number]', 'return p[0] * p[0] * (p[1] ?? 3) * k;', PAIR],
    ['v: [first: number, ...rest: number[]]', SUM, LIST],
    ['v: ArrayLike<number>', SUM, LIST],
    ['v: Iterable<number>', 'let s = 0; for (const x of v) s += x * x * k; return s;', LIST],
    ['v: { readonly length: number; [i: number]: number }', SUM, LIST],
    ['v: V', SUM, LIST, 'type V = readonly number[] & { length: 3 };'],
    ['p: Required<{ x?: number; y: number }>', OF_P, POINT],
    ['p: Partial<P>', 'return (p.x ?? 1) * (p.x ?? 1) * (p.y ?? 2) * k;', '[{ x: 1.5 }, 2]', P],
    ['p: Record<keyof P, number>', OF_P, POINT, P],
    ["p: { [A in 'x' | 'y']: number }", OF_P, POINT],
    ['p: { readonly [A in keyof P]: P[A] }', OF_P, POINT, P],
    ["p: Omit<P & { z: string }, 'z'>", OF_P, POINT, P],
    ["v: Foo['bar']", SUM, LIST, FOO],
    ["v: Foo['bar' | 'bar']", SUM, LIST, FOO],
    ["p: Foo['q']", OF_P, POINT, FOO],
    ['p: typeof origin', OF_P, POINT, 'export const origin = { x: 1, y: 2 };'],
    ['v: (typeof all)[number]', 'return v * v * k;', '[3, 2]', 'export const all = [1, 2, 3] as const;'],
    ['p: Parameters<typeof g>[0]', OF_P, POINT, 'export const g = (p: { x: number; y: number }) => p.x;'],
    ['p: ReturnType<G>', OF_P, POINT, 'type G = (x: number) => { x: number; y: number };'],
    ['p: N.P', OF_P, POINT, 'export namespace N { type F = number; export interface P { x: F; y: number } }'],
    ['v: E.A | E.B', 'return k * k + 0 * v;', '[1, 2]', 'export enum E { A = 1, B = 2 }'],
    ["v: Exclude<number | 'auto', 'auto'>", 'return v * v * k;', '[3, 2]'],
    ['v: NonNullable<number[] | null>', SUM, LIST],
    ['p: Q', OF_P, POINT, 'interface R<T> { x: T } interface Q extends R<number> { y: number }'],
    [
      'p: Twice<Twice<number>>',
      'return p.a.a * p.b.b * k;',
      '[{ a: { a: 2, b: 3 }, b: { a: 5, b: 7 } }, 2]',
      'interface Twice<T> { a: T; b: T }',
    ],
    [
      'p: L',
      'return p.v * p.v * k;',
      '[{ v: 3, next: null }, 2]',
      'interface L { v: number; next: L | null; log?: (x: string) => void }',
    ],
    ['v: C<number>', SUM, LIST, 'type C<T> = T extends number ? number[] : string;'],
    ['p: C<P[]>', OF_P, POINT, `${P} type C<T> = T extends (infer U)[] ? U : never;`],
    ['p: R<() => P>', OF_P, POINT, `${P} type R<T> = T extends (...a: never[]) => infer U ? U : never;`],
    [
      'p: D<Q>',
      'return p.q.x * p.q.y * p.v[0]! * k;',
      '[{ q: { x: 3, y: 5 }, v: [7] }, 2]',
      `${P} interface Q { q: P; v: number[] } type D<T> = T extends number ? T : { readonly [A in keyof T]: D<T[A]> };`,
    ],
    [
      `p: { [A in keyof P as \`d\${A}\`]: P[A] }`,
      'return p.dx * p.dx * p.dy * k;',
      '[{ dx: 3, dy: 5 }, 2]',
      P,
    ],
    [
      "p: { [A in keyof Q as Exclude<A, 'z'>]: Q[A] }",
      OF_P,
      POINT,
      'interface Q { x: number; y: number; z: string }',
    ],
    ['p: Record<E, number>', OF_P, POINT, "export enum E { A = 'x', B = 'y' }"],
    ['p: Record<(typeof keys)[number], number>', OF_P, POINT, "export const keys = ['x', 'y'] as const;"],
    ['p: ReturnType<typeof g>', OF_P, POINT, 'export function g() { return { x: 1, y: Math.sqrt(2) * 2 }; }'],
    ['p: { x: number; y: number } | { y: number; x: number; z: string }', OF_P, POINT],
    [
      "p: { k: 'a'; x: number; y: number } | { k: 'b'; x: number; y: number }",
      OF_P,
      "[{ k: 'a', x: 3, y: 5 }, 2]",
    ],
    ['p: A | B', OF_P, POINT, 'interface A { x: number; y: number } interface B extends A { z: number[] }'],
    ['p: InstanceType<typeof Vec>', OF_P, POINT, 'export class Vec { x = 0; y = 0; }'],
    [
      'p: Box<P>',
      'return p.v.x * p.v.y * k;',
      '[{ v: { x: 3, y: 5 } }, 2]',
      `${P} export class Base<T> { constructor(public v: T) {} } export class Box<U> extends Base<U> {}`,
    ],
  ])('(%s) %s at %s', (head, body, args, declared = '') => {
    const text = `${declared}\nexport function f(${head}, k: number): number { ${body} }`;
    texts.push(held(text, 'ts', args));
  });

  it.each<[head: string, body: string, args: string, sample: string]>([
    [
      'v: number[] | number',
      `if (typeof v === 'number') return v * v * k; ${SUM}`,
      LIST,
      'v = [1, 2, 3], k = 2',
    ],
    [
      'v: number[] | Float64Array',
      'return (Array.isArray(v) ? 1 : 3) * v[0]! * v[0]! * k;',
      LIST,
      'v = [1, 2], k = 2',
    ],
    ['p: Record<string, number>', "return p['x']! * p['x']! * k;", POINT, 'p = { x: 1, y: 2 }, k = 2'],
    [
      'v: T',
      SUM.replaceAll('v', '(v as number[])').replace('(v as number[]).', 'v.'),
      LIST,
      'v = [1, 2], k = 2',
    ],
  ])('(%s) %s at a sample', (head, body, args, sample) => {
    const text = `type T = number[];\nexport function f(${head}, k: number): number { ${body} }`;
    texts.push(held(text, 'ts', args, sample));
  });

  afterAll(() => {
    const strict = texts.map((text) => text.replace(/^type T = number\[\];\n(?!.*: T\b)/, ''));
    expect(typeErrors(strict)).toEqual([]);
  });
});

describe('what types do not tell is refused', () => {
  it.each<[head: string, says: string, body?: string, declared?: string]>([
    ['v: number | number[]', 'The type number | number[] of v is not known here'],
    ['v: number[] | Int32Array', 'The type number[] | Int32Array of v is not known'],
    ['v: number[] | string', 'The type number[] | string of v is not known'],
    ['v: number[] | Float64Array', 'where v is a Float64Array', 'return Array.isArray(v) ? k : 2 * k;'],
    ['v: number[] | Float32Array', 'where v is a Float32Array', 'v[0] = v[0]! * k; return v[0]!;'],
    ['v: { [key: string]: number }', 'of v is not known here'],
    ['v: Record<string, number>', 'The type Record<string, number> of v is not known here'],
    [
      'v: C<number>',
      'The type C<number> of v',
      SUM,
      'type C<T> = T extends Promise<infer U> ? U : number[];',
    ],
    ['v: C<false>', 'v is a string', 'return v * k;', 'type C<T> = T extends true ? number : string;'],
    [
      'v: C<boolean>',
      'The type C<boolean> of v',
      'return v * k;',
      'type C<T> = T extends true ? number : string;',
    ],
    ['v: C<-1>', 'v is a string', 'return v * k;', 'type C<T> = T extends -2 ? number : string;'],
    ['v: Exclude<number | true, false>', 'of v is not known here', 'return v * k;'],
    ['v: { x: number } | { y: number }', 'The type { x: number } | { y: number } of v.x', 'return v.x * k;'],
    ['v: { x: number } | { x: string }', 'The type { x: number } | { x: string } of v.x', 'return v.x * k;'],
    [
      "v: { t: 'a'; x: number } | { t: 'b'; y: number }",
      'v.t is a string',
      "return v.t === 'a' ? v.x * k : v.y;",
    ],
    [
      'v: ReturnType<typeof g>',
      'of v is not known here',
      'return v * k;',
      'async function g() { return 1; }',
    ],
    ['v: ReturnType<typeof g>', 'of v is not known here', 'return v * k;', 'function* g() { yield 1; }'],
    [
      'v: ReturnType<typeof g>',
      'of v is not known here',
      'return v * k;',
      'const g = (a: bigint, b: bigint) => a * b;',
    ],
    ['v: V', 'The type V of v is not known', SUM, 'type V = number[] & { scale: number };'],
    ['v: unknown', 'The type unknown of v'],
    ['v: object', 'The type object of v'],
    ['v: bigint', 'The type bigint of v'],
    ['v: any', 'v has no type, and is no number: give a sample'],
    ['v', 'v has no type, and is no number: give a sample'],
    ['v', 'v, k have no type and were taken for numbers', 'return g(v) * k;', 'const g = (v) => v.x;'],
    [
      'v',
      'v, k have no type and were taken for numbers',
      'return g(v) * k;',
      'const g = (v) => v.map((x) => x)[0];',
    ],
    ['...v: { x: number }[]', 'gathers its arguments in ...v', 'return v[0]!.x;'],
    ['...v: [number, number]', 'gathers its arguments in ...v', 'return v[0];'],
    ['v: T', 'The type T of v', SUM, ''],
  ])('(%s): %s', (head, says, body = SUM, declared = '') => {
    const untyped = head === 'v';
    const others = head.startsWith('...') ? '' : untyped ? ', k' : ', k: number';
    const language = untyped ? 'js' : 'ts';
    const text = `${declared}\nexport function f${head === 'v: T' ? '<T>' : ''}(${head}${others}) { ${body} }`;
    expect(() => make(untyped ? text.replaceAll(']!', ']') : text, language)).toThrow(says);
  });

  it('arguments that are left out of a sample are no arguments of another function', () => {
    const text = 'export function f(k, ...xs) { let s = k * k; for (const x of xs) s += x * x; return s; }';
    const answer = make(text, 'js', 'k = 2');
    const derived = load(answer.code, 'js', 'derived') as Callable;
    // d/dk (k² + Σx²) = 2k, whatever the xs are.
    expect(derived(3, 1, 2)).toBe(6);
    expect(answer.code).toContain('...xs');
  });
});

describe('JSDoc in JavaScript', () => {
  it.each<[comment: string, parameters: string, body: string, args: string]>([
    ['@param {Array.<number>} v\n * @param {!number} k', 'v, k', SUM, LIST],
    ['@param {Float64Array|number[]} v\n * @param {?number} k', 'v, k', SUM, TYPED],
    [
      '@param {Object} p the point\n * @param {number} p.x\n * @param {number} p.y\n * @param {*} k',
      'p, k',
      OF_P,
      POINT,
    ],
    [
      '@param {Object} p\n * @param {Object} p.q\n * @param {number} p.q.x',
      'p, k',
      'return p.q.x ** 2 * k;',
      '[{ q: { x: 3 } }, 2]',
    ],
    [
      '@param {Object} p\n * @param {number} [p.x=2]\n * @param {number} p.y',
      'p, k',
      'return (p.x ?? 2) ** 2 * p.y * k;',
      '[{ y: 2 }, 2]',
    ],
    [
      '@param {Object[]} ps\n * @param {number} ps[].x',
      'ps, k',
      'let s = 0; for (const p of ps) s += p.x ** 2 * k; return s;',
      '[[{ x: 1 }, { x: 3 }], 2]',
    ],
    [
      '@typedef {Object} P\n * @property {number} x\n * @prop {number} y */\n\n/**\n * @param {P} p',
      'p, k',
      OF_P,
      POINT,
    ],
    [
      '@typedef {{x: number, y: number}} P */\n\n/**\n * @param {readonly P[]} p',
      'p, k',
      'return p[0].x ** 2 * k;',
      '[[{ x: 1.5, y: 2 }], 2]',
    ],
    ['@template {number[]} T\n * @param {T} v', 'v, k', SUM, LIST],
    ['no types', '{ x, y: [y] }, k', 'return x * x * y * k;', '[{ x: 1.5, y: [2] }, 2]'],
    ['no types', '[x, , y], k', 'return x * x * y * k;', '[[1.5, 0, 2], 2]'],
  ])('%s (%s)', (comment, parameters, body, args) => {
    const text = `/**\n * ${comment}\n */\nexport function f(${parameters}) { ${body.replaceAll(']!', ']')} }`;
    held(text, 'js', args);
  });
});
