/** Inputs and outputs by their paths: which are meant by default, which can be asked for, in which order they come. */
import { describe, expect, test } from 'vitest';
import type { EncodedValue } from '../../core/analysis/evaluateAt.types.ts';
import { type Given, numbers, type Request, session } from './session.ts';

const FILE = `
type Tree = number | Tree[] | { readonly [key: string]: Tree } | string | boolean | null | undefined;
/** The sum of k·sin(xₖ) over the numbers of a tree, by its own enumeration. */
export function walk(tree: Tree): number {
  let k = 0;
  const visit = (t: Tree): number => {
    if (typeof t === 'number') return ++k * Math.sin(t);
    if (typeof t !== 'object' || t === null) return 0;
    let s = 0;
    for (const key of Object.keys(t)) s += visit((t as never)[key]);
    return s;
  };
  return visit(tree);
}
export const walkAll = (...trees: Tree[]) => walk(trees);
/** A tree of the same shape, its numbers squared. */
export function square(t: Tree): Tree {
  if (typeof t === 'number') return t * t;
  if (Array.isArray(t)) return t.map(square);
  if (typeof t === 'object' && t !== null) return Object.fromEntries(Object.entries(t).map(([k, v]) => [k, square(v)]));
  return t;
}
export class Body { constructor(public mass: number, public at: number[]) {} get weight() { return 9.81 * this.mass; } }
export const body = (m: number, x: number) => new Body(m * x, [x * x, m]);
export const moved = (b: Body, dx: number) => { b.at[0] += dx * b.mass; };
export const turned = (b: Body, dx: number) => { b.at[0] += dx; return b.at[0] * 2; };
export class Counter { total = 0; add(x: number) { this.total += x * x; } }
export function cyclic(x: number) { const o: any = { a: x * x, list: [] }; o.self = o; o.list.push(o, x); return o; }
export function twice(x: number) { const p = { x: x * x }; return [p, p]; }
export function collections(x: number) { return { map: new Map<unknown, number>([['a', x], [1, x * x]]), typed: Float64Array.of(x, 3 * x) }; }
export function accessors(x: number) { return { get wrong() { return x; }, right: x * 2, name: 'x', flag: x > 0, none: null, fn: () => x }; }
export function partly(x: number) { return { good: x * x, bad: Math.random() * x, deep: { bad: Math.random() } }; }
export function sparse(x: number) { const a: number[] = []; a[2] = x; a[0] = x * x; return a; }
export function labelled(x: number) { const a: any = [x, 2 * x]; a.sum = 3 * x; a.parts = { mean: [x / 2] }; Object.defineProperty(a, 'hidden', { value: x }); return a; }
export const matched = (x: number) => Object.assign(/b/.exec('abc')!, { x });
export function nothing(out: number[], x: number) { out[0] = x ** 3; out[1] = out[0] * out[2]; }
export const text = (x: number) => (x > 0 ? 'positive' : 'negative');
export const curried = (x: number) => (y: number) => x * y;
export const index = (list: number[], i: number) => list[i]! ** 2;
export const both = (list: number[], i: number) => list[i]! * i;
export const eased = (t: number, d: number) => (t === d ? 1 : 1 - 2 ** ((-10 * t) / d));
export const atEnd = (t: number, k: number) => (t === k ? 40 * k : 3 * t * k);
export const cholesky = ([[a, b], [c, d]]: number[][]) => {
  if (b !== c) throw new Error('Matrix is not symmetric');
  const l = Math.sqrt(a!);
  return [l, c! / l, Math.sqrt(d! - (c! / l) ** 2)];
};
export const mean = (list: number[], n: number) => { let s = 0; for (let i = 0; i < n; i++) s += list[i]!; return s / n; };
export const sorted = (a: number[]) => {
  a.sort((x, y) => x - y);
  return 1;
};
export const dollar = (x: number) => ({ $0: x * x, $this: 2 * x });
`;

const { ask } = session({ 'f.ts': FILE });
const about = (name: string, args: readonly EncodedValue[], rest: Partial<Request> = {}): Promise<Given> =>
  ask({ file: 'f.ts', function: name, args, ...rest });

/** The numbers of a value with their paths, by the rules of docs/command-line.md. */
function leaves(value: unknown, path: string): { readonly path: string; readonly value: number }[] {
  if (typeof value === 'number') return [{ path, value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const bracketed = key === '' || key.includes('.') || key.includes('"');
    const dot = path === '' ? '' : '.';
    return leaves(inner, bracketed ? `${path}[${JSON.stringify(key)}]` : `${path}${dot}${key}`);
  });
}

/** Random trees, the same every time (Numerical Recipes' quick LCG). */
function trees(seed: number): () => unknown {
  let state = seed;
  const random = (n: number): number => {
    state = (1664525 * state + 1013904223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * n);
  };
  const KEYS = [
    'x',
    'y z',
    'a.b',
    '',
    '7',
    '12',
    'q"',
    "'",
    'ключ',
    '[0]',
    '$x',
    'constructor',
    '__proto__',
    '-1',
    '1.5',
  ];
  const tree = (depth: number): unknown => {
    const kind = random(depth > 3 ? 3 : 6);
    if (kind < 2) return (random(2001) - 1000) / 250;
    if (kind === 2) return [null, true, 'text', false][random(4)];
    const size = random(5);
    if (kind === 3) return Array.from({ length: size }, () => tree(depth + 1));
    // As JSON.parse makes it: __proto__ is a key as any other.
    const pairs = Array.from(
      { length: size },
      () => `${JSON.stringify(KEYS[random(KEYS.length)])}: ${JSON.stringify(tree(depth + 1))}`,
    );
    return JSON.parse(`{${pairs.join(', ')}}`);
  };
  return () => tree(0);
}

describe('by default', () => {
  test('inputs are all numbers of the arguments, in the order of their own enumeration', async () => {
    const next = trees(7);
    let most = 0;
    for (let i = 0; i < 60; i++) {
      const args = [next(), next()] as EncodedValue[];
      const expected = args.flatMap((arg, k) => leaves(arg, String(k)));
      const answer = await about('walkAll', args);
      expect(answer.inputs, JSON.stringify(args)).toEqual(expected.map((leaf) => leaf.path));
      const [row] = numbers(answer.jacobian);
      expect(row).toEqual(expected.map(({ value }, k) => (k + 1) * Math.cos(value)));
      most = Math.max(most, expected.length);
    }
    expect(most).toBeGreaterThan(10);
  });

  test('outputs are all numbers of the result', async () => {
    const next = trees(8);
    for (let i = 0; i < 40; i++) {
      const tree = next() as EncodedValue;
      const expected = leaves(tree, '');
      const answer = await about('square', [tree]);
      if (expected.length === 0) expect(answer.error?.id).toBe('GL003');
      else {
        expect(answer.outputs, JSON.stringify(tree)).toEqual(expected.map((leaf) => leaf.path));
        expect(answer.value).toEqual(expected.map(({ value }) => value * value));
        expect(answer.jacobian).toEqual(
          expected.map(({ value }, o) => expected.map((_, k) => (k === o ? 2 * value || 0 : 0))),
        );
      }
    }
  });

  test('instances, collections, what holds itself, what stands twice', async () => {
    expect(await about('body', [2, 3])).toMatchObject({
      outputs: ['mass', 'at.0', 'at.1'],
      value: [6, 9, 2],
      jacobian: [
        [3, 2],
        [0, 6],
        [1, 0],
      ],
    });
    expect(await about('collections', [3])).toMatchObject({
      outputs: ['map.a', 'map.1', 'typed.0', 'typed.1'],
      jacobian: [[1], [6], [1], [3]],
    });
    expect(await about('cyclic', [3])).toMatchObject({ outputs: ['a', 'list.1'], jacobian: [[6], [1]] });
    expect(await about('twice', [3])).toMatchObject({ outputs: ['0.x', '1.x'], jacobian: [[6], [6]] });
    expect(await about('sparse', [3])).toMatchObject({ outputs: ['0', '2'], jacobian: [[6], [1]] });
  });

  test('arrays with names besides their elements', async () => {
    expect(await about('labelled', [3])).toMatchObject({
      outputs: ['0', '1', 'sum', 'parts.mean.0'],
      jacobian: [[1], [2], [3], [0.5]],
    });
    expect(await about('matched', [3])).toMatchObject({ outputs: ['index', 'x'], jacobian: [[0], [1]] });
  });

  test('accessors are not read; what is no number is no output', async () => {
    expect(await about('accessors', [3])).toMatchObject({ outputs: ['right'], value: [6], jacobian: [[2]] });
    for (const name of ['text', 'curried']) expect((await about(name, [3])).error?.id).toBe('GL003');
    const silent = await about('moved', [{ $new: 'Body', args: [2, [1]] }, 3]);
    expect(silent.error).toMatchObject({ id: 'GL003', message: expect.stringContaining('$0') });
  });
});

describe('asked for', () => {
  test('inputs come in the order asked for, as often as asked for, receivers among them', async () => {
    const args: EncodedValue[] = [[1, { 'a.b': 2 }], 3];
    const wrt = ['1', '0[1]["a.b"]', '0.1["a.b"]', '1'];
    const [first, ...rest] = [wrt[0]!, ...wrt.slice(2)];
    expect(await about('walkAll', args, { wrt: [first, ...rest] })).toMatchObject({
      inputs: ['1', '0.1["a.b"]', '1'],
      jacobian: [[3 * Math.cos(3), 2 * Math.cos(2), 3 * Math.cos(3)]],
    });
    expect(await about('walkAll', args, { wrt: [] })).toMatchObject({ inputs: [], jacobian: [[]] });
  });

  test('a path may have more brackets than it needs; answers have those that it needs', async () => {
    const args: EncodedValue[] = [{ x: { 'a.b': 2 } }];
    for (const path of ['0.x["a.b"]', '0["x"]["a.b"]', '0["x"]["a\\u002eb"]'])
      expect(await about('walkAll', args, { wrt: [path] }), path).toMatchObject({ inputs: ['0.x["a.b"]'] });
  });

  test('what decides where numbers go is judged by the outputs asked for', async () => {
    expect(await about('sorted', [[3, 1, 2]], { outputs: ['$0.0', '$0.1', '$0.2'] })).toMatchObject({
      value: [1, 2, 3],
      jacobian: [
        [0, 1, 0],
        [0, 0, 1],
        [1, 0, 0],
      ],
    });
  });

  test('outputs come in the order asked for', async () => {
    expect(await about('body', [2, 3], { outputs: ['at.1', 'mass', 'at.1'] })).toMatchObject({
      outputs: ['at.1', 'mass', 'at.1'],
      value: [2, 6, 2],
      jacobian: [
        [1, 0],
        [3, 2],
        [1, 0],
      ],
    });
  });

  test('final states of arguments and receivers', async () => {
    const at: EncodedValue = { $new: 'Body', args: [2, [1]] };
    expect(await about('moved', [at, 3], { outputs: ['$0.at.0', '$0.mass', '$1'] })).toMatchObject({
      value: [7, 2, 3],
      inputs: ['0.0', '0.1.0', '1'],
      jacobian: [
        [3, 1, 2],
        [1, 0, 0],
        [0, 0, 1],
      ],
    });
    expect(await about('turned', [at, 3], { outputs: ['', '$0.at.0'] })).toMatchObject({
      value: [8, 4],
      jacobian: [
        [0, 2, 2],
        [0, 1, 1],
      ],
    });
    expect(
      await about('nothing', [[0, 0, 5], 2], { outputs: ['$0.0', '$0.1', '$0.2'], wrt: ['1', '0.2', '0.0'] }),
    ).toMatchObject({
      value: [8, 40, 5],
      jacobian: [
        [12, 0, 0],
        [60, 8, 0],
        [0, 1, 0],
      ],
    });
    expect(
      await about('Counter.add', [3], {
        this: { $class: 'Counter', fields: { total: 1 } },
        outputs: ['$this.total'],
        wrt: ['0', 'this.total'],
      }),
    ).toMatchObject({ value: [10], jacobian: [[6, 1]] });
    expect(
      await about('nothing', [{ $typed: 'Float32Array', data: [0, 0, 5] }, 2], {
        outputs: ['$0.1'],
        wrt: ['1'],
      }),
    ).toMatchObject({ value: [40], jacobian: [[60]] });
    // A key of the result goes before.
    expect(await about('dollar', [3], { outputs: ['$0', '$this'] })).toMatchObject({
      value: [9, 6],
      jacobian: [[6], [2]],
    });
  });

  test('only what is asked for must be known', async () => {
    expect((await about('partly', [3])).error).toMatchObject({ id: 'GL114' });
    expect(await about('partly', [3], { outputs: ['good'] })).toMatchObject({ value: [9], jacobian: [[6]] });
    for (const path of ['bad', 'deep.bad'])
      expect((await about('partly', [3], { outputs: ['good', path] })).error).toMatchObject({ id: 'GL114' });
  });

  test.each<[string, readonly EncodedValue[], Partial<Request>]>([
    ['walkAll', [1], { wrt: ['1'] }],
    ['walkAll', [1], { wrt: ['0', 'this.x'] }],
    ['walkAll', [[1, 2]], { wrt: ['0'] }],
    ['walkAll', [[1, 2]], { wrt: ['0.2'] }],
    ['walkAll', [[1, 'x']], { wrt: ['0.1'] }],
    ['walkAll', [{ a: 1 }], { wrt: [''] }],
    ['walkAll', [{ a: 1 }], { wrt: ['0..a'] }],
    ['optional', [], { wrt: ['0'] }],
    ['body', [2, 3], { outputs: [''] }],
    ['body', [2, 3], { outputs: ['weight'] }],
    ['body', [2, 3], { outputs: ['at.2'] }],
    ['body', [2, 3], { outputs: ['$2'] }],
    ['nothing', [[0, 0, 5], 2], { outputs: ['$0'] }],
    ['text', [2], { outputs: [''] }],
  ])('%s(%j) with %j: a path that is absent is an error', async (name, args, rest) => {
    const { error } = await about(name, args, rest);
    expect(error?.id).toBe('BAD');
  });
});

describe('whole numbers that count or select', () => {
  const list = [5, 7, 11];
  test('one that does nothing else is held fixed, and that is said', async () => {
    expect(await about('index', [list, 1])).toMatchObject({
      value: [49],
      inputs: ['0.0', '0.1', '0.2', '1'],
      jacobian: [[0, 14, 0, 0]],
      diagnostics: [{ id: 'GL101', message: expect.stringContaining('i:') }],
    });
  });

  test('one that is computed with too has no derivative; the others have theirs', async () => {
    expect(await about('both', [list, 1])).toMatchObject({
      value: [7],
      jacobian: [[0, 1, 0, 'NaN']],
      diagnostics: [{ id: 'GL103', severity: 'warning' }],
    });
    expect(await about('both', [list, 1], { wrt: ['0.1'] })).toMatchObject({
      jacobian: [[1]],
      diagnostics: [],
    });
    expect((await about('both', [list, 1], { wrt: ['1'] })).error).toMatchObject({ id: 'GL103' });
  });

  test('beside one that is no whole number there may be nothing, where the function throws', async () => {
    const [a, c, d] = [4.5, 0.75, 3.25];
    const last = Math.sqrt(d - c ** 2 / a);
    const found = await about('cholesky', [
      [
        [a, c],
        [c, d],
      ],
    ]);
    expect(found.inputs).toEqual(['0.0.0', '0.0.1', '0.1.0', '0.1.1']);
    const columns = (row: number) => [found.jacobian![row]![0], found.jacobian![row]![3]].map(Number);
    expect(columns(0)).toEqual([expect.closeTo(0.5 / Math.sqrt(a), 12), 0]);
    expect(columns(1)).toEqual([expect.closeTo((-0.5 * c) / a ** 1.5, 12), 0]);
    expect(columns(2)).toEqual([
      expect.closeTo(c ** 2 / a ** 2 / (2 * last), 12),
      expect.closeTo(0.5 / last, 12),
    ]);
    for (const row of found.jacobian!) expect(row.slice(1, 3)).toEqual(['NaN', 'NaN']);
    expect(found.diagnostics).toMatchObject([
      { id: 'GL103', severity: 'warning' },
      { id: 'GL103', severity: 'warning' },
    ]);
  });

  test('a value that stands alone between two slopes that agree is no case of that', async () => {
    expect((await about('atEnd', [1, 1])).error).toMatchObject({ id: 'GL103' });
    expect(await about('atEnd', [1, 2])).toMatchObject({ jacobian: [[6, 3]], diagnostics: [] });
  });

  test('one that is close to both sides has their slope, and that is said', async () => {
    const slope = (10 * Math.LN2) / 1024;
    expect(await about('eased', [1, 1])).toMatchObject({
      value: [1],
      jacobian: [[expect.closeTo(slope, 12), expect.closeTo(-slope, 12)]],
      diagnostics: [
        { id: 'GL104', severity: 'warning', message: expect.stringContaining('stands by itself') },
        { id: 'GL104', severity: 'warning' },
      ],
    });
  });

  test('a count has the slope of the side on which it stays the same', async () => {
    expect(await about('mean', [list, 2])).toMatchObject({
      value: [6],
      jacobian: [[0.5, 0.5, 0, -3]],
      diagnostics: [{ id: 'GL104' }],
    });
  });
});
