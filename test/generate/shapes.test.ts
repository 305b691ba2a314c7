/** Code for the shape at a sample: what does not stage otherwise, with errors for arguments of another shape or path. */
import { describe, expect, it } from 'vitest';
import { generateAt } from '../../core/analysis/generateAt.ts';
import type { DerivativeKind } from '../../core/derive/kinds.ts';
import { withModules } from '../../core/evaluate/modules/world.ts';
import { differences } from '../program/compare.ts';
import { load } from '../stage/agree.ts';
import { annotation, lowerSource } from '../support/source.ts';
import { typeErrors } from './execute.ts';

type Values = Record<string, unknown>;

function answerOf(text: string, values: Values | undefined, kind: DerivativeKind = 'gradient') {
  const module = lowerSource(text).slice;
  const sample = values && annotation(values).samples[0];
  const asked = { module, function: 'f', sample, steps: 3e6, kind, name: 'derived' } as const;
  return (shape: 'open' | 'sample') =>
    withModules(() => generateAt({ ...asked, language: 'ts', shape, sampleHint: 'choose it' }));
}

function make(text: string, values: Values, kind: DerivativeKind = 'gradient') {
  const answer = answerOf(text, values, kind)('sample');
  if ('bad' in answer) throw new Error(answer.bad);
  if (answer.kind === 'refused') throw new Error(answer.problem.message);
  expect(typeErrors([answer.code], true)).toEqual([]);
  return { code: answer.code, derived: load(answer.code, 'derived'), f: load(text, 'f') };
}

/** The derivatives of a function of one array of numbers, by differences of the real one. */
function slopes(f: (...args: unknown[]) => unknown, x: readonly number[], ...others: unknown[]): number[] {
  return x.map((_, i) => {
    const moved = (t: number) => [
      Number(
        f(
          x.map((v, k) => (k === i ? v + t : v)),
          ...others,
        ),
      ),
    ];
    return differences(moved, 1e-3)[0]!.value;
  });
}

function expectNear(found: unknown, expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  expected.forEach((e, i) => {
    expect((found as number[])[i]).toBeCloseTo(e, 8);
  });
}

describe('lengths', () => {
  const sum = 'export function f(x: number[]) { return x.reduce((s, v) => s + v * v * v, 0); }';

  it('are those of the sample: told in the header, others throw', () => {
    const { code, derived } = make(sum, { x: [1, 2, 3] });
    expect(code).toContain('For the shape at a sample alone (x of length 3)');
    expectNear(derived([2, -1, 0.5]), [12, 3, 0.75]);
    expect(() => derived([1, 2])).toThrow('x of length 3');
  });

  it('may differ from row to row', () => {
    const text =
      'export const f = (m: number[][]) => m.reduce((s, row) => s + row.reduce((p, v) => p * v, 1), 0);';
    const { derived } = make(text, { m: [[2, 3], [5], [1, 2, 4]] });
    expect(derived([[2, 3], [5], [1, 2, 4]])).toEqual([[3, 2], [1], [8, 4, 2]]);
    expect(() => derived([[2], [5], [1, 2, 4]])).toThrow('m[0] of length 2');
  });

  it('of equal rows are asked for too', () => {
    const text = 'export const f = (m: number[][]) => m[0][0] * m[1][1] - m[0][1] * m[1][0];';
    const { derived } = make(text, {
      m: [
        [2, 3],
        [5, 7],
      ],
    });
    expect(
      derived([
        [2, 3],
        [5, 7],
      ]),
    ).toEqual([
      [7, -5],
      [-3, 2],
    ]);
    expect(() => derived([[2, 3], [5]])).toThrow(RangeError);
    expect(() =>
      derived([
        [2, 3],
        [5, 7],
        [1, 1],
      ]),
    ).toThrow(RangeError);
  });

  it('are needed: without a sample the request is wrong', () => {
    expect(answerOf(sum, undefined)('sample')).toHaveProperty('bad');
  });
});

describe('paths', () => {
  it('that return null elsewhere are left out', () => {
    const text = `export function f(m: number[]): number[] | null {
  const d = m[0] * m[3] - m[1] * m[2];
  if (d === 0) return null;
  return [m[3] / d, -m[1] / d, -m[2] / d, m[0] / d];
}`;
    const at = [1, 2, 3, 5];
    const { f, derived } = make(text, { m: at }, 'jacobian');
    const rows = [0, 1, 2, 3].map((o) => slopes((m) => (f(m) as number[])[o], at));
    (derived(at) as number[][]).forEach((row, o) => {
      expectNear(row, rows[o]!);
    });
    expect(() => derived([1, 2, 2, 4])).toThrow('another path');
  });

  it('go through collections, callbacks of their own, and objects of many forms', () => {
    const text = `export function f(x: number[], w: number) {
  const groups = new Map<string, { sum: number; items: unknown[] }>();
  for (const [i, v] of x.entries()) {
    const key = v > w ? 'high' : 'low';
    const group = groups.get(key) ?? { sum: 0, items: [] };
    group.sum += v * (i + 1);
    group.items.push(i % 2 === 0 ? v : { v });
    groups.set(key, group);
  }
  const sizes = Object.fromEntries([...groups].map(([k, g]) => [k, g.items.length]));
  return [...groups.values()].reduce((s, g) => s * g.sum, 1) * (sizes.high ?? 1) + w;
}`;
    const at = [0.5, 2, 3, -1];
    const { f, derived } = make(text, { x: at, w: 1 });
    const expected = slopes(f, at, 1);
    const [dx, dw] = derived(at, 1) as [number[], number];
    expectNear(dx, expected);
    expect(dw).toBe(1);
    // Another order of what is above and below: the path of another shape.
    expect(() => derived([2, 0.5, 3, -1], 1)).toThrow('another path');
    expectNear((derived([0.25, 5, 2, -3], 1) as [number[], number])[0], slopes(f, [0.25, 5, 2, -3], 1));
  });

  it('are bound to counts, and to truth values', () => {
    const text = `export function f(x: number, n: number, on: boolean) {
  const list: (number | string)[] = ['start'];
  for (let i = 0; i < n; i++) list.push(on ? x ** i : i);
  return list.reduce<number>((s, v) => (typeof v === 'number' ? s + v : s), 0);
}`;
    const { derived } = make(text, { x: 2, n: 4, on: true });
    const dx = (v: unknown): number => (Array.isArray(v) ? (v[0] as number) : (v as number));
    expect(dx(derived(3, 4, true))).toBeCloseTo(1 + 6 + 27, 12);
    expect(() => derived(3, 5, true)).toThrow('another path');
    expect(() => derived(3, 4, false)).toThrow('another path');
  });

  it('are offered where nothing else can be had', () => {
    const text = `export function f(x: number[]) {
  const seen = new Set<unknown>();
  for (const v of x) seen.add(v > 0 ? 'positive' : v);
  return seen.size * x[0] * x[0];
}`;
    const answer = answerOf(text, { x: [1, 2] })('open');
    expect(answer).toHaveProperty('problem.message', expect.stringContaining('shape at the sample alone'));
    expect(answer).toHaveProperty('problem.message', expect.stringContaining('choose it'));
    expectNear(make(text, { x: [3, 2] }).derived([3, 2]), [6, 0]);
  });

  it('that hidden fields decide are refused', () => {
    const text = `class Mode { #kind = 'square'; scale = 2; set(k: string) { this.#kind = k; return this; }
  of(x: number) { const seen = new Set([this.#kind]); return seen.has('square') ? this.scale * x * x : x; } }
const mode = new Mode();
export function f(x: number, m: Mode) { return m.of(x); }`;
    const module = lowerSource(text).slice;
    const sample = annotation({ x: 3, m: { scale: 2, '#kind': 'square' } }).samples[0]!;
    const answer = withModules(() =>
      generateAt({
        module,
        function: 'f',
        sample,
        steps: 3e6,
        kind: 'gradient',
        language: 'ts',
        shape: 'sample',
      }),
    );
    expect(answer).not.toHaveProperty('kind', 'generated');
  });

  it('that digits decide are refused', () => {
    const text = `export function f(x: number) { return String(x).length * x; }`;
    expect(answerOf(text, { x: 1.25 })('sample')).toHaveProperty('kind', 'refused');
  });

  it('through numbers that are read as text: parseFloat of a number is that number', () => {
    const text = `export function f(x: number) { return parseFloat(x as never) ** 2; }`;
    const answer = answerOf(text, undefined)('open');
    if ('bad' in answer || answer.kind === 'refused') throw new Error('refused');
    expect(load(answer.code, 'derived')(1.5)).toBeCloseTo(3, 12);
  });
});
