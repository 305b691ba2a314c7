/** `gradlens generate`: what it prints runs, has the promised form, and its errors have their exit codes. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import { typeErrors } from '../generate/execute.ts';
import { builtServer } from '../server/builtServer.ts';

const built = builtServer();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gradlens-generate-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const FILES = {
  'a.ts': `
import { scale } from './b';
export function f(x: number, y: number): number { return scale * x * y + Math.sin(x); }
export function square(x: number[]): number { let s = 0; for (const v of x) s += v * v; return s; }
export function both(p: { a: number; b: number[] }, k: number): number { return p.a * k * p.b[0] + p.b[1]; }
export function turn(x: number[], t: number): number[] {
  return [x[0] * Math.cos(t) - x[1] * Math.sin(t), x[0] * Math.sin(t) + x[1] * Math.cos(t)];
}
export class Circle { radius = 1; area(times: number): number { return times * Math.PI * this.radius ** 2; } }
export function text(x: number): string { return String(x); }
export function broken(x: number): number { return JSON.parse('[' + x + ']')[0]; }
`,
  'held.ts': `
export function late(x: number, gain = 2): number { return gain * x; }
export function kind(k: 'a' | 'b', x: number): number { return k === 'a' ? x : -x; }
export function all(x: number, ...ys: number[]): number { return ys.reduce((s, y) => s + x * y, 0); }
export function maybe(p: { m: number; q?: number }): number { return p.m * (p.q ?? 1); }
let calls = 0;
export function state(x: number): number { calls += 1; return x * calls; }
export function root(x: number): number {
  let low = 0, high = 2;
  while (high - low > 1e-3) { const m = (low + high) / 2; if (m * m < x) low = m; else high = m; }
  return low;
}
`,
  'b.ts': 'export const scale = 3;\n',
  'c.js': '"use strict"\nfunction f(x) {\n\treturn "a".length * x * x\n}\nmodule.exports = { f }\n',
};
for (const [name, text] of Object.entries(FILES)) fs.writeFileSync(path.join(folder, name), text);

function run(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [built.file('cli.js'), 'generate', ...args],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr };
}

async function load(text: string): Promise<Record<string, (...args: unknown[]) => unknown>> {
  const { code } = transformSync(text, { loader: 'ts', format: 'esm' });
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

async function call(args: readonly string[], name: string, ...given: unknown[]): Promise<unknown> {
  const { status, stdout, stderr } = run(...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(typeErrors([stdout])).toEqual([]);
  return (await load(stdout))[name]!(...given);
}

const cos = Math.cos(2);

describe('what is printed', () => {
  test('gradients have the shape of what is differentiated, in the order asked for', async () => {
    expect(await call(['a.ts', 'f'], 'fGradient', 2, 5)).toEqual([15 + cos, 6]);
    expect(await call(['a.ts', 'f', '--wrt', 'y, x'], 'fGradient', 2, 5)).toEqual([6, 15 + cos]);
    expect(await call(['a.ts', 'f', '--wrt', 'x'], 'fGradient', 2, 5)).toEqual(15 + cos);
    expect(await call(['a.ts', 'f', '--mode', 'forward'], 'fGradient', 2, 5)).toEqual([15 + cos, 6]);
    const p = { a: 2, b: [5, 7] };
    expect(await call(['a.ts', 'both', '--wrt', 'p'], 'bothGradient', p, 3)).toEqual({ a: 15, b: [6, 1] });
    expect(await call(['a.ts', 'both', '--wrt', 'k, p.b'], 'bothGradient', p, 3)).toEqual([10, [6, 1]]);
  });

  test('the value comes with the gradient, and arrays go where they are wanted', async () => {
    const out = [9, 9];
    const args = ['a.ts', 'square', '--kind', 'value-and-gradient', '--name', 'both'];
    const answer = (await call(args, 'both', [3, 4], out)) as { gradient: unknown };
    expect(answer).toEqual({ value: 25, gradient: [6, 8] });
    expect(answer.gradient).toBe(out);
  });

  test('products with vectors', async () => {
    expect(await call(['a.ts', 'f', '--kind', 'jvp'], 'fJvp', 2, 5, 1, 10)).toBeCloseTo(75 + cos, 12);
    expect(await call(['a.ts', 'f', '--kind', 'vjp'], 'fVjp', 2, 5, 2)).toEqual([30 + 2 * cos, 12]);
    const hvp = (await call(['a.ts', 'f', '--kind', 'hvp'], 'fHvp', 2, 5, 1, 10)) as number[];
    expect(hvp).toEqual([expect.closeTo(30 - Math.sin(2), 12), 3]);
    expect(await call(['a.ts', 'square', '--kind', 'hvp'], 'squareHvp', [3, 4], [1, 2])).toEqual([2, 4]);
  });

  test('Hessians and Jacobians, of numbers and of arrays', async () => {
    const hessian = await call(['a.ts', 'f', '--kind', 'hessian'], 'fHessian', 2, 5);
    expect(hessian).toEqual([
      [expect.closeTo(-Math.sin(2), 12), 3],
      [3, 0],
    ]);
    const rows: number[][] = [];
    const second = await call(['a.ts', 'square', '--kind', 'hessian'], 'squareHessian', [3, 4], rows);
    expect(second).toEqual([
      [2, 0],
      [0, 2],
    ]);
    expect(second).toBe(rows);
    const turn = ['a.ts', 'turn', '--kind', 'jacobian'];
    expect(await call([...turn, '--wrt', 'x'], 'turnJacobian', [3, 4], 0)).toEqual([
      [1, 0].map((v) => expect.closeTo(v, 15)),
      [0, 1].map((v) => expect.closeTo(v, 15)),
    ]);
    expect(await call([...turn, '--wrt', 't'], 'turnJacobian', [3, 4], 0)).toEqual([-4, 3]);
  });

  test('methods take their receiver first', async () => {
    const { stdout, status } = run('a.ts', 'Circle.area', '--at', 'this = new Circle(), times = 2');
    expect(status).toBe(0);
    const { areaGradient } = await load(stdout);
    expect(areaGradient!({ radius: 3 }, 2)).toBeCloseTo(9 * Math.PI, 12);
    const of = [
      'a.ts',
      'Circle.area',
      '--at',
      'this = new Circle(), times = 2',
      '--wrt',
      'this.radius, times',
    ];
    const both = (await load(run(...of).stdout))['areaGradient']!({ radius: 3 }, 2);
    expect(both).toEqual([expect.closeTo(12 * Math.PI, 12), expect.closeTo(9 * Math.PI, 12)]);
  });

  test('is written as the file is', () => {
    const { stdout, status } = run('c.js', 'f');
    expect(status).toBe(0);
    expect(stdout).toContain('\n\treturn 2 * x\n');
    expect(stdout).toContain('@param {number} x');
    expect(stdout).toMatch(/\nmodule\.exports = \{ fGradient \}\n$/);
    expect(stdout).not.toContain(';');
  });
});

describe('what cannot be generated', () => {
  test.each([
    [['a.ts', 'broken'], 1, 'a.ts:11:'],
    [['a.ts', 'text'], 1, 'error GL'],
    [['a.ts', 'turn'], 1, 'must return one number for its gradient'],
    [['a.ts', 'f', '--kind', 'vjp', '--mode', 'forward'], 1, 'reverse mode'],
    [['a.ts', 'f', '--wrt', 'z'], 2, "no parameter 'z'"],
    [['a.ts', 'f', '--wrt', 'x y'], 2, '--wrt'],
    [['a.ts', 'f', '--name', 'a b'], 2, '--name'],
    [['a.ts', 'f', '--kind', 'slope'], 2, '--kind'],
    [['a.ts', 'nothing'], 2, "no function 'nothing'"],
    [['d.ts', 'f'], 2, 'cannot be read'],
    // What the path's derivative is not the function's of.
    [['held.ts', 'state', '--at', 'x = 2'], 1, 'GL110'],
    [['held.ts', 'root', '--at', 'x = 0.7'], 1, 'GL113'],
  ])('%j', (args, status, message) => {
    const answer = run(...args);
    expect(answer).toMatchObject({ status, stdout: '' });
    expect(answer.stderr).toContain(message);
  });
});
