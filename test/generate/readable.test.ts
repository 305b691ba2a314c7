/** How generated code reads and is used: its format, its names, what `out` receives, and that it is input again. */
import { spawnSync } from 'node:child_process';
import { transformSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { DERIVATIVE_KINDS, type DerivativeKind } from '../../core/derive/kinds.ts';
import { generateDerivative } from '../../core/generate/derivative.ts';
import type { GenerateRequest } from '../../core/generate/request.ts';
import type { Program } from '../../core/program/program.ts';
import { stageText } from '../support/stage.ts';
import { typeErrors } from './execute.ts';

const TEXT = `
export function pendulum(theta0: number, omega0: number, g: number, steps: number): number {
  let theta = theta0;
  let omega = omega0;
  for (let i = 0; i < steps; i++) {
    omega -= g * Math.sin(theta) * 0.01;
    theta += omega * 0.01;
  }
  return theta;
}
export function sharpe(returns: number[], riskFree: number): number {
  let mean = 0;
  for (const r of returns) mean += r;
  mean /= returns.length;
  let variance = 0;
  for (const r of returns) variance += (r - mean) ** 2;
  variance /= returns.length - 1;
  return (mean - riskFree) / Math.sqrt(variance);
}
export function form(a: number[][], x: number[]): number {
  let s = 0;
  for (let i = 0; i < x.length; i++) for (let j = 0; j < x.length; j++) s += x[i] * a[i][j] * x[j];
  return s;
}
export function moments(bodies: { m: number; x: number }[]): number {
  let s = 0;
  for (const b of bodies) s += b.m * b.x * b.x;
  return s;
}
export function corner(a: { x: number; y: number }, b: { x: number; y: number }, c: { x: number; y: number }): number {
  return Math.abs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) * Math.exp(a.x * b.y * c.x + a.y * b.x * c.y);
}
export function branches(x: number, y: number): number {
  if (x < 1) return (24 / x) * y * y;
  if (x < 1000) {
    const factor = 24 / x + 6 / (1 + Math.sqrt(x)) + 0.4;
    return factor * y * y;
  }
  return 0.44 * y;
}
export function cubes(x: number[]): number {
  let s = 0;
  for (let i = 1; i < x.length; i++) s += x[i] ** 3 * x[i - 1];
  return s;
}
export function largest(x: number[]): number {
  let max = -Infinity;
  for (const v of x) if (v > max) max = v;
  return max * max;
}
`;
/** What has helpers, stacks, options and lists besides. */
const RECORDING = `
export function settled(x: Float64Array, n: number): number {
  const t = new Float64Array(n);
  for (let i = 0; i < n; i++) t[i] = Math.sin(x[i]) * t[i > 0 ? i - 1 : 0] + x[i];
  let s = 0;
  while (s < 10) s += t[0] * t[0] + 1;
  return s * t[n - 1];
}
export function again(x: number, n: number): number { return n <= 0 ? x : again(Math.sin(x) * x, n - 1); }
export function options(x: number, { sigma = 1, mu = 0 } = {}, w: number[] = [1, 2]): number { return x * sigma * mu * w[0]; }
export function squares(...x: number[]): number { let s = 0; for (const v of x) s += v * v; return s; }
export function pairs(x: number[]): number[] { return x.map((v, i) => v * v * (x[i - 1] ?? 1)); }
`;
const namesIn = (text: string) => [...text.matchAll(/function (\w+)/g)].map((match) => match[1]!);

function staged(text: string, name: string): Program {
  const answer = stageText(text, name, [], false, 'open');
  if ('problem' in answer) throw new Error(answer.problem.message);
  return answer.program;
}

function code(
  name: string,
  kind: DerivativeKind,
  request: Partial<GenerateRequest> = {},
  text = TEXT,
): string {
  const answer = generateDerivative(staged(text, name), {
    kind,
    language: 'ts',
    asserted: false,
    ...request,
  });
  if (answer.kind === 'refused') throw new Error(answer.problem.message);
  return answer.code;
}

function all(request: Partial<GenerateRequest>, text = TEXT): string[] {
  return namesIn(text).flatMap((name) => {
    const program = staged(text, name);
    return DERIVATIVE_KINDS.flatMap((kind) => {
      const answer = generateDerivative(program, { kind, language: 'ts', ...request });
      return answer.kind === 'refused' ? [] : [answer.code];
    });
  });
}

async function load(text: string, name: string): Promise<(...args: unknown[]) => unknown> {
  const { code: plain } = transformSync(text, { loader: 'ts', format: 'esm' });
  return (await import(`data:text/javascript,${encodeURIComponent(plain)}`))[name];
}

/** The text as a formatter for lines of a hundred columns leaves it. */
function reformatted(text: string): string {
  const flags = ['--indent-style=space', '--line-width=100', '--javascript-formatter-quote-style=single'];
  const { stdout, stderr } = spawnSync(
    'node_modules/.bin/biome',
    ['format', ...flags, '--stdin-file-path=bench/generated.ts'],
    { input: text, encoding: 'utf8' },
  );
  if (stdout === '') throw new Error(stderr);
  return stdout;
}

describe('generated code', () => {
  test('is as a formatter leaves it', () => {
    const text = all({ asserted: true }).join('\n');
    expect(text.split('\n').length).toBeGreaterThan(500);
    expect(reformatted(text)).toBe(text);
  });

  test.each([true, false])('passes the type checker, elements asserted: %s', (asserted) => {
    for (const style of ['readable', 'fast'] as const)
      expect(typeErrors(all({ asserted, style }), asserted)).toEqual([]);
  });

  test('passes the type checker as JavaScript, by what its comments say', () => {
    const texts = [TEXT, RECORDING].flatMap((text) => all({ language: 'js' }, text));
    expect(texts.join('\n')).toMatch(/@type \{number\} \*\/ \(/);
    expect(typeErrors([...texts, ...all({ language: 'js', style: 'fast' })], false, 'js')).toEqual([]);
  });

  test('goes on in the variables of the user, and needs no others where the user has a name', () => {
    const text = code('sharpe', 'gradient');
    expect(text).toContain('for (const r of returns) {\n    mean += r;');
    expect(text).toContain('  mean /= returns.length;\n');
    expect(text).not.toMatch(/\bmean2\b|\bvariance2\b/);
    const swing = code('pendulum', 'gradient');
    expect(swing).toContain('const thetaTape = new Float64Array(');
    expect(swing).toContain('    const theta = thetaTape[i];\n');
    expect(swing).toContain('    omega -= g * Math.sin(theta) * 0.01;\n    theta += omega * 0.01;\n');
    expect(swing).not.toMatch(/\btheta2\b|\bomega2\b/);
  });

  test('names the rows that a loop stays in', () => {
    const text = code('form', 'gradient');
    expect(text).toContain('const aRow = a[i];\n');
    expect(text).not.toMatch(/\ba\[i\]\[j\]/);
    // Records that a loop goes through have no loop to stay in.
    expect(code('moments', 'gradient')).not.toMatch(/const body\b/);
  });

  test('has no operations that do nothing', () => {
    for (const text of all({}))
      expect(text).not.toMatch(/\b0 \+ |\b1 \* | \* 1\b(?![.e])|--[\w(]|\+ -|- -|\(\((?=[^()]*\)\))/);
  });
});

describe('out', () => {
  test('of nested arrays is written in place and returned', async () => {
    const call = await load(code('form', 'gradient'), 'formGradient');
    const a = [
      [1, 2],
      [3, 5],
    ];
    const expected = [
      [
        [4, -6],
        [-6, 9],
      ],
      [2 * 2 * 1 + (2 + 3) * -3, (2 + 3) * 2 + 2 * 5 * -3],
    ];
    const out = [
      [
        [7, 7],
        [7, 7],
      ],
      [7, 7],
    ];
    const rows = out[0];
    expect(call(a, [2, -3])).toEqual(expected);
    expect(call(a, [2, -3], out)).toBe(out);
    expect(out).toEqual(expected);
    expect(out[0]).toBe(rows);
  });

  test('of arrays of records is written in place and returned', async () => {
    const call = await load(code('moments', 'gradient'), 'momentsGradient');
    const out = [
      { m: 1, x: 1 },
      { m: 1, x: 1 },
    ];
    const bodies = [
      { m: 2, x: 3 },
      { m: 5, x: -1 },
    ];
    expect(call(bodies, out)).toBe(out);
    expect(out).toEqual([
      { m: 9, x: 12 },
      { m: 1, x: -10 },
    ]);
  });

  test('of arrays and numbers receives both', async () => {
    const call = await load(code('sharpe', 'value-and-gradient'), 'sharpeValueAndGradient');
    const out = [[0, 0, 0], 0];
    const answer = call([1, 2, 4], 0.5, out) as { gradient: unknown };
    expect(answer.gradient).toBe(out);
    expect(call([1, 2, 4], 0.5)).toEqual(answer);
    expect(out[1]).toBeCloseTo(-1 / Math.sqrt(7 / 3), 12);
  });
});

describe('the gradient of the gradient', () => {
  test('is the Hessian', async () => {
    const first = code('cubes', 'gradient', { name: 'g' })
      .replaceAll(', out?: number[]', '')
      .replaceAll('out?.fill(0) ?? ', '');
    const second = code('g', 'jacobian', { name: 'h' }, first);
    expect(typeErrors([second])).toEqual([]);
    const call = await load(second, 'h');
    const [a, b, c] = [0.7, -1.3, 2.1];
    // a b³ + b c³
    expect(call([a, b, c])).toEqual(
      [
        [0, 3 * b * b, 0],
        [3 * b * b, 6 * a * b, 3 * c * c],
        [0, 3 * c * c, 6 * b * c],
      ].map((row) => row.map((v) => expect.closeTo(v, 12))),
    );
  });

  test('of records and numbers', async () => {
    const first = code('branches', 'gradient', { name: 'g' });
    const second = code('g', 'jacobian', { name: 'h' }, first);
    expect(typeErrors([second])).toEqual([]);
    const call = await load(second, 'h');
    const [x, y] = [0.5, 3];
    expect(call(x, y)).toEqual([
      [expect.closeTo((48 / x ** 3) * y * y, 9), expect.closeTo((-48 / x ** 2) * y, 9)],
      [expect.closeTo((-48 / x ** 2) * y, 9), expect.closeTo(48 / x, 9)],
    ]);
  });
});
