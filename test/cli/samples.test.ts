/** `gradlens gradient FILE FUNCTION --at …`: what a sample can hand to a function, with derivatives in closed form. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { builtServer } from '../server/builtServer.ts';
import { numbers } from './session.ts';

const FILE = `
export class Vec2 {
  #weight: number;
  constructor(public x: number, public y: number, weight = 1) { this.#weight = weight; }
  norm(k: number) { return k * this.#weight * Math.hypot(this.x, this.y); }
}
export class Plain { x = 1; scaled(k: number) { return k * this.x; } }
export class Frozen { readonly r: number; constructor(r: number) { this.r = r; Object.freeze(this); } }
export const K = 3;
export const distance = (a: Vec2, b: Vec2) => Math.hypot(a.x - b.x, a.y - b.y);
export const area = (f: Frozen) => Math.PI * f.r ** 2;
export function weigh(x: Float64Array, n: Uint8Array) { let s = 0; for (let i = 0; i < x.length; i++) s += x[i]! ** 2; return s * n[1]!; }
export const product = (m: Map<string, number>) => m.get('a')! * m.get('b')!;
export const days = (d: Date, x: number) => (d.getTime() / 86_400_000) * x;
export const cube = (x: number) => x ** 3;
export const apply = (f: (x: number) => number, x: number) => f(x);
export const inSet = (s: Set<number>, x: number) => (s.has(2) ? x * x : x);
export const sum = (...xs: number[]) => xs.reduce((s, x) => s + x * x, 0);
export const keyed = (o: Record<string, number>) => o['b']! * 2 + o['10']! * 3 + o['2']! * 5;
export const median = (xs: number[]) => [...xs].sort((a, b) => a - b)[1]!;
export const selected = (p: number[]) => p[1 + p[0]!]! * p[1]!;
export const least = (x: number, bound: number) => Math.min(x, bound) ** 2;
`;

const built = builtServer();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gradlens-samples-'));
fs.writeFileSync(path.join(folder, 'f.ts'), FILE);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function gradient(
  name: string,
  at: string,
  ...more: string[]
): Promise<{ code: number; out: string; err: string }> {
  const args = [built.file('cli.js'), 'gradient', 'f.ts', name, '--at', at, ...more];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

describe('samples', () => {
  test.each<[string, string, number, { readonly [label: string]: number }]>([
    [
      'distance',
      'a = new Vec2(3, K + 1), b = {x: 0, y: 0}',
      5,
      { 'a.x': 0.6, 'a.y': 0.8, 'a.#weight': 0, 'b.x': -0.6, 'b.y': -0.8 },
    ],
    ['area', 'f = new Frozen(2)', 4 * Math.PI, { 'f.r': 4 * Math.PI }],
    // Whole numbers that cannot be any other are held fixed.
    ['weigh', 'x = new Float64Array([1, 2]), n = new Uint8Array([7, 3])', 15, { 'x[0]': 6, 'x[1]': 12 }],
    ['product', "m = new Map([['a', 2], ['b', 3]])", 6, { 'm.a': 3, 'm.b': 2 }],
    ['apply', 'f = cube, x = 2', 8, { x: 12 }],
    ['apply', 'f = Math.sin, x = 0', 0, { x: 1 }],
    ['inSet', 's = new Set([1, 2]), x = 3', 9, { x: 6 }],
    ['sum', 'xs = [1, 2, 3]', 14, { 'xs[0]': 2, 'xs[1]': 4, 'xs[2]': 6 }],
    ['keyed', 'o = {b: 1, 10: 1, 2: 1}', 10, { 'o["2"]': 5, 'o["10"]': 3, 'o.b': 2 }],
    // What is sorted, or selects, keeps its place between the others.
    ['median', 'xs = [3, 1, 2, 5]', 2, { 'xs[0]': 0, 'xs[1]': 0, 'xs[2]': 1, 'xs[3]': 0 }],
    ['selected', 'p = [1, 3.5, 2.5]', 8.75, { 'p[0]': 0, 'p[1]': 2.5, 'p[2]': 3.5 }],
    ['least', 'x = 3, bound = Infinity', 9, { x: 6 }],
    ['Vec2.norm', 'k = 2, this = new Vec2(3, 4, 5)', 50, { k: 25 }],
  ])('%s at %s', async (name, at, value, partials) => {
    const { out, err, code } = await gradient(name, at, '--json');
    expect(code, err).toBe(0);
    const answer = JSON.parse(out) as { value: number[]; labels: string[]; jacobian: number[][] };
    expect(answer.value[0]).toBeCloseTo(value, 12);
    expect(answer.labels).toEqual(Object.keys(partials));
    const [row] = numbers(answer.jacobian);
    Object.values(partials).forEach((partial, i) => expect(row![i]).toBeCloseTo(partial, 12));
  });

  test('numbers that are only sorted are not said to steer', async () => {
    const { out } = await gradient('median', 'xs = [3, 1, 2, 5]', '--json');
    expect(JSON.parse(out)).toMatchObject({ diagnostics: [] });
  });

  test('a method without a receiver is told how to get one', async () => {
    const { code, err } = await gradient('Plain.scaled', 'k = 2');
    expect(code).toBe(1);
    expect(err).toContain('add this = {…}');
  });

  test('--wrt names fields of the receiver', async () => {
    const { out } = await gradient('Vec2.norm', 'k = 2, this = new Vec2(3, 4, 5)', '--wrt', 'this.y, k');
    expect(out).toBe('norm = 50\n∂norm/∂k = 25\n∂norm/∂this.y = 8\n');
  });

  test('a date is no number', async () => {
    const { out } = await gradient('days', "d = new Date('2020-01-01T00:00:00Z'), x = 2");
    expect(out).toBe('days = 36524\n∂days/∂x = 18262\n');
  });

  test('what the file does not have is said', async () => {
    const { code, err } = await gradient('distance', 'a = new Vec3(3, 4), b = {x: 0, y: 0}');
    expect(code).toBe(1);
    expect(err).toContain('Vec3');
  });
});
