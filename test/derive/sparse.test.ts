import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { generateDerivative } from '../../core/generate/derivative.ts';
import type { GenerateRequest } from '../../core/generate/request.ts';
import { staged } from '../support/stage.ts';

type Callable = (...args: unknown[]) => unknown;

/** One function of a text, run in Node: the tests' own text. */
function load(text: string, name: string): Callable {
  const { code } = transformSync(text, { loader: 'ts', format: 'cjs' });
  return new Function('module', 'exports', `${code}\nreturn ${name};`)({ exports: {} }, {}) as Callable;
}

function generated(
  text: string,
  name: string,
  kind: 'jacobian' | 'hessian',
  request: Partial<GenerateRequest> = {},
) {
  const answer = generateDerivative(staged(text, name), { kind, language: 'ts', ...request });
  if (answer.kind === 'refused') throw new Error(answer.problem.message);
  const call = load(answer.code, answer.name);
  return { call, code: answer.code, header: answer.header.join(' ') };
}

/** Central differences of the function itself, extrapolated once. */
function differences(f: (x: Float64Array) => ArrayLike<number>, x: Float64Array): number[][] {
  const column = (i: number, h: number) => {
    const moved = [h, -h].map((step) => {
      const at = Float64Array.from(x);
      at[i]! += step;
      return Array.from(f(at));
    });
    return moved[0]!.map((v, k) => (v - moved[1]![k]!) / (2 * h));
  };
  const columns = Array.from(x, (_, i) => {
    const [wide, narrow] = [column(i, 1e-3), column(i, 5e-4)];
    return narrow.map((v, k) => (4 * v - wide[k]!) / 3);
  });
  return Array.from({ length: f(x).length }, (_, k) => columns.map((each) => each[k]!));
}

const plain = (rows: unknown): number[][] => (rows as ArrayLike<number>[]).map((row) => Array.from(row));

function close(got: number[][], expected: number[][], digits = 6): void {
  expect(got.map((row) => row.length)).toEqual(expected.map((row) => row.length));
  got.forEach((row, i) => {
    row.forEach((v, j) => {
      expect(v, `[${i}][${j}]`).toBeCloseTo(expected[i]![j]!, digits);
    });
  });
}

const x7 = Float64Array.of(0.3, -1.2, 0.7, 1.9, -0.4, 0.8, 1.1);

const JACOBIANS: readonly [string, string, string][] = [
  [
    'a three-point stencil',
    `export function f(x: Float64Array): Float64Array {
      const n = x.length;
      const y = new Float64Array(n);
      for (let i = 0; i < n; i++) {
        const left = i > 0 ? x[i - 1]! : 0;
        const right = i < n - 1 ? x[i + 1]! : 0;
        y[i] = (3 - 2 * x[i]!) * x[i]! - left - 2 * right * right + 1;
      }
      return y;
    }`,
    'Sparse: banded, from 1 below the diagonal to 1 above the diagonal; compressed by 3 colours.',
  ],
  [
    'a stencil with ends of its own',
    `export function f(x: Float64Array): Float64Array {
      const n = x.length;
      const y = new Float64Array(n);
      y[0] = x[0]! * x[0]! - 2 * x[1]!;
      for (let i = 1; i < n - 1; i++) y[i] = x[i]! * x[i]! * x[i - 1]! - 2 * x[i + 1]!;
      y[n - 1] = Math.sin(x[n - 1]!) - x[n - 2]!;
      return y;
    }`,
    'compressed by 3 colours',
  ],
  [
    'something for each element',
    `export function f(x: Float64Array): Float64Array {
      const y = new Float64Array(x.length);
      x.forEach((v, i) => {
        y[i] = v * Math.exp(v);
      });
      return y;
    }`,
    'Sparse: diagonal; compressed by 1 colour.',
  ],
  [
    'an element that all rows have',
    `export function f(x: Float64Array): Float64Array {
      const y = new Float64Array(x.length);
      for (let i = 0; i < x.length; i++) y[i] = x[i]! * x[0]! + Math.cos(x[x.length - 1]!);
      return y;
    }`,
    'compressed by 3 colours',
  ],
  [
    'rows that are overwritten',
    `export function f(x: Float64Array): Float64Array {
      const y = new Float64Array(x.length);
      for (let i = 0; i < x.length - 1; i++) {
        y[i] = x[i]! * x[0]!;
        y[i + 1] = Math.sin(x[i + 1]!);
        if (x[i]! > 1) y[2] = 7;
      }
      return y;
    }`,
    'Sparse',
  ],
  [
    'sums into rows, one of them cleared',
    `export function f(x: Float64Array): Float64Array {
      const y = new Float64Array(4);
      for (let i = 0; i < x.length; i++) y[i % 4]! += x[i]! * x[i]!;
      y[1] = 0;
      y[2]! -= x[0]! * x[1]!;
      return y;
    }`,
    'Sparse',
  ],
  [
    'blocks',
    `export function f(x: Float64Array): Float64Array {
      const m = Math.floor(x.length / 3);
      const y = new Float64Array(2 * m);
      for (let i = 0; i < m; i++) {
        let s = 0;
        for (let k = 0; k < 3; k++) s += x[3 * i + k]! * x[3 * i + k]!;
        y[2 * i] = s;
        y[2 * i + 1] = x[3 * i]! * x[3 * i + 1]!;
      }
      return y;
    }`,
    'Sparse: a row has at most 3 of x; compressed by 3 colours.',
  ],
  [
    'sums over all before, which are dense',
    `export function f(x: Float64Array): Float64Array {
      const y = new Float64Array(x.length);
      let s = 0;
      for (let i = 0; i < x.length; i++) {
        s += x[i]! * x[i]!;
        y[i] = s;
      }
      return y;
    }`,
    '',
  ],
  [
    'what goes through another array',
    `export function f(x: Float64Array): Float64Array {
      const t = new Float64Array(x.length);
      for (let i = 0; i < x.length; i++) t[i] = x[x.length - 1 - i]! * 2;
      const y = new Float64Array(x.length);
      for (let i = 0; i < x.length; i++) y[i] = t[i]! * x[i]!;
      return y;
    }`,
    '',
  ],
];

describe('Jacobians with a pattern', () => {
  for (const style of ['readable', 'fast'] as const) {
    it.each(JACOBIANS)(`equal differences: %s (${style})`, (_, text, said) => {
      const { call, header } = generated(text, 'f', 'jacobian', { style });
      if (said === '') expect(header).not.toContain('Sparse');
      else expect(header).toContain(said);
      const f = load(text, 'f') as (x: Float64Array) => Float64Array;
      for (const x of [x7, x7.slice(0, 3), x7.slice(0, 2)]) close(plain(call(x)), differences(f, x));
    });
  }

  it('take one pass for observations of cameras and points, by index arrays', () => {
    const text = `export function f(cams: Float64Array, pts: number[], w: number, seen: Int32Array): Float64Array {
      const n = seen.length / 2;
      const y = new Float64Array(2 * n);
      for (let i = 0; i < n; i++) {
        const c = 2 * seen[2 * i]!;
        const p = 2 * seen[2 * i + 1]!;
        y[2 * i] = w * (cams[c]! - pts[p]!) * cams[c + 1]!;
        y[2 * i + 1] = w * Math.sin(cams[c + 1]! * pts[p + 1]!);
      }
      return y;
    }`;
    const wrt = [[0], [1], [2]];
    const { call, header } = generated(text, 'f', 'jacobian', { wrt });
    expect(header).toContain(
      'Sparse: a row has at most 2 of cams, 1 of pts and 1 of w; compressed by 4 colours.',
    );
    const f = load(text, 'f');
    const cams = [0.3, 1.2, -0.7, 0.4];
    const pts = [1.1, 0.2, -0.5, 0.9, 1.4, 0.6];
    const seen = Int32Array.of(0, 2, 1, 0, 1, 1, 0, 0);
    const whole = (v: Float64Array) =>
      f(v.slice(0, 4), Array.from(v.slice(4, 10)), v[10], seen) as Float64Array;
    const expected = differences(whole, Float64Array.of(...cams, ...pts, 1.3));
    const rows = call(Float64Array.from(cams), pts, 1.3, seen) as [Float64Array, number[], number][];
    expect(rows[0]![1]).toBeInstanceOf(Array);
    close(
      rows.map(([a, b, c]) => [...a, ...b, c]),
      expected,
    );
  });

  it('leave alone what indices beyond the end would be', () => {
    const text = `export function f(x: Float64Array): Float64Array {
      const y = new Float64Array(x.length);
      for (let i = 0; i < x.length; i++) y[i] = x[i]! + (i > 2 ? x[i + 1]! : 0);
      return y;
    }`;
    const { call } = generated(text, 'f', 'jacobian');
    const rows = plain(call(x7.slice(0, 3)));
    expect(rows).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });
});

const HESSIANS: readonly [string, string, string][] = [
  [
    'Rosenbrock’s function',
    `export function f(x: Float64Array): number {
      let s = 0;
      for (let i = 0; i < x.length - 1; i++) {
        const t = x[i + 1]! - x[i]! * x[i]!;
        const u = 1 - x[i]!;
        s += 100 * t * t + u * u;
      }
      return s;
    }`,
    'Sparse: banded, from 1 below the diagonal to 1 above the diagonal; compressed by 2 colours.',
  ],
  [
    'a sum over elements',
    'export function f(x: Float64Array): number { let s = 0; for (const v of x) s += Math.exp(v) * v; return s; }',
    'Sparse: diagonal; compressed by 1 colour.',
  ],
  [
    'a sum over pairs by index',
    `const from = [0, 1, 2, 3, 1, 2]; const to = [1, 2, 0, 3, 4, 0];
    export function f(x: Float64Array): number {
      let s = 0;
      for (let k = 0; k < from.length; k++) { const d = x[from[k]! % x.length]! - x[to[k]! % x.length]!; s += d * d * d * x[0]!; }
      return s;
    }`,
    '',
  ],
  [
    'a square of a sum, which is dense',
    'export function f(x: Float64Array): number { let s = 0; for (const v of x) s += v; return s * s; }',
    '',
  ],
];

describe('Hessians with a pattern', () => {
  for (const style of ['readable', 'fast'] as const) {
    it.each(HESSIANS)(`equal differences of the gradient: %s (${style})`, (_, text, said) => {
      const { call, header } = generated(text, 'f', 'hessian', { style });
      if (said !== '') expect(header).toContain(said);
      const slope = generateDerivative(staged(text, 'f'), {
        kind: 'gradient',
        language: 'ts',
        name: 'slope',
      });
      if (slope.kind === 'refused') throw new Error(slope.problem.message);
      const g = load(slope.code, 'slope') as (x: Float64Array) => Float64Array;
      for (const x of [x7, x7.slice(0, 2)]) close(plain(call(x)), differences(g, x), 5);
    });
  }

  it('fill the rows that they are given', () => {
    const { call } = generated(HESSIANS[0]![1], 'f', 'hessian');
    const rows = [new Float64Array(2).fill(9), new Float64Array(2).fill(9)];
    expect(call(Float64Array.of(0, 0), rows)).toBe(rows);
    expect(plain(rows)).toEqual([
      [2, 0],
      [0, 200],
    ]);
  });
});

/** Functions with overlapping stores, sums, tests and constants: what is left in a row by others must go. */
function randomText(seed: number): string {
  let state = seed * 2654435761 + 12345;
  const pick = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const one = <T>(all: readonly T[]): T => all[pick(all.length)]!;
  const statement = (index: readonly string[]): string => {
    const element = () => `x[${one(index)}]!`;
    const value = one([
      () => `${element()} * ${element()}`,
      () => `Math.sin(${element()}) - 0.5 * ${element()}`,
      () => `(${element()} > 0.1 ? ${element()} : ${element()} * ${element()})`,
      () => `Math.max(${element()}, ${element()}) * 1.5`,
      () => String(pick(5)),
    ])();
    return `${one(['', `if (${element()} > 0.2) `])}y[${one(index)}] ${one(['=', '=', '+=', '-='])} ${value};`;
  };
  const ends = ['0', '1', 'n - 1', '2', 'n - 2'];
  const inside = ['i', 'i', 'i - 1', 'i + 1', '(i * 3) % n', 'k[i]!', '1', 'n - 2'];
  const several = (index: readonly string[], most: number) =>
    Array.from({ length: 1 + pick(most) }, () => statement(index)).join('\n');
  const loop = () => `for (let i = 1; i < n - 1; i++) {\n${several(inside, 3)}\n}`;
  return `export function f(x: Float64Array, k: Int32Array): Float64Array {
    const n = x.length;
    const y = new Float64Array(n);
    ${pick(2) ? several(ends, 2) : ''}
    ${loop()}
    ${pick(2) ? several(ends, 2) : ''}
    ${pick(2) ? loop() : ''}
    return y;
  }`;
}

describe('random functions', () => {
  it('have the Jacobian that differences tell', () => {
    const k = Int32Array.of(3, 0, 2, 2, 5, 1, 4);
    let sparse = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const text = randomText(seed);
      const { call, header, code } = generated(text, 'f', 'jacobian', {
        wrt: [[0]],
        style: seed % 2 === 0 ? 'fast' : 'readable',
      });
      if (header.includes('Sparse')) sparse++;
      const f = load(text, 'f');
      const expected = differences((x) => f(x, k) as Float64Array, x7);
      const got = plain(call(x7, k));
      got.forEach((row, i) => {
        row.forEach((v, j) => {
          expect(v, `seed ${seed} [${i}][${j}]\n${text}\n${code}`).toBeCloseTo(expected[i]![j]!, 5);
        });
      });
    }
    expect(sparse).toBeGreaterThan(60);
  });
});
