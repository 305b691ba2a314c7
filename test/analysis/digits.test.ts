/** Digits lost to cancellation: references are Taylor series and closed forms that do not cancel. */
import { describe, expect, test } from 'vitest';
import { evaluateAt } from '../../core/analysis/evaluateAt.ts';
import type { EvaluateAtResult } from '../../core/analysis/evaluateAt.types.ts';
import { lowerSource } from '../support/source.ts';

const TEXT = `
export const slope = (x) => (Math.exp(x) - 1) / x;
export const sum = (x) => x * x + Math.sin(x);
export const one = (x) => Math.sin(x) ** 2 + Math.cos(x) ** 2;
export const scaled = (x, a, b) => x * (a + b - a);
export const both = (x, y) => [1 - Math.cos(x), x * y, (1 - Math.cos(y)) / (y * y)];
export const exps = (x, y) => (Math.exp(x) - Math.exp(y)) / (x - y);
export const fixed = (x) => (Math.exp(x) - Math.exp(1)) / (x - 1);
export const cubes = (x, y) => (x ** 3 - y ** 3) / (x - y);
export const roots = (x, y) => (Math.sqrt(x) - Math.sqrt(y)) / (x - y);
export function many(x) {
  let s = 0;
  for (let i = 1; i < 60000; i++) s += (Math.exp(x / i) - 1) / (x / i);
  return s;
}
`;

function evaluate(name: string, args: readonly number[], hessian = false): EvaluateAtResult {
  const module = lowerSource(TEXT, 'js').slice;
  return evaluateAt({ module, function: name, arguments: { kind: 'encoded', args }, hessian, steps: 3e7 });
}

function done(name: string, args: readonly number[], hessian = false) {
  const result = evaluate(name, args, hessian);
  if (result.kind === 'refused') throw new Error(result.error.message);
  return result;
}

const close = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-12 * Math.abs(b));

describe('lost digits are restored', () => {
  // (eˣ − 1)/x = 1 + x/2 + x²/6 + x³/24 …
  test.each([1e-5, 1e-6, 1e-9, 1e-12])('(exp(x) − 1)/x at %d', (x) => {
    const { jacobian, problems } = done('slope', [x]);
    close(jacobian[0]![0]!, 1 / 2 + x / 3 + (x * x) / 8 + x ** 3 / 30);
    expect(problems.map((p) => p.id)).toEqual(['GL109']);
    const { start, end } = problems[0]!.location!.span;
    expect(TEXT.slice(start, end)).toBe('Math.exp(x) - 1');
  });

  // d = x − y: eʸ(1/2 + d/3 + d²/8), x² + xy + y², and −1/(2√x(√x + √y)²), each in x.
  test.each([1e-5, 1e-7, 1e-9])('of both sides of a difference that are made alike, %d apart', (apart) => {
    const x = 1 + apart;
    const d = x - 1;
    const partial = (name: string) => {
      const { jacobian, problems } = done(name, [x, 1]);
      expect(problems.map((p) => p.id)).toEqual(['GL109']);
      return jacobian[0]![0]!;
    };
    close(partial('exps'), Math.E * (1 / 2 + d / 3 + (d * d) / 8));
    close(partial('cubes'), 2 * x + 1);
    close(partial('roots'), -1 / (2 * Math.sqrt(x) * (Math.sqrt(x) + 1) ** 2));
  });

  test('of second derivatives too', () => {
    close(done('slope', [1e-6], true).hessian![0]![0]![0]!, 1 / 3 + 1e-6 / 4 + 1e-12 / 10);
  });

  test('of the outputs that have lost them', () => {
    const { jacobian } = done('both', [0.5, 1e-5]);
    close(jacobian[0]![0]!, Math.sin(0.5));
    expect(jacobian[1]).toEqual([1e-5, 0.5]);
    close(jacobian[2]![1]!, -1e-5 / 12 + 1e-15 / 180);
  });
});

// e, rounded before the path begins, is next to 1 as good as any; 1e-7 beside it, the slope of its rest is not that of
// (eˣ − e)/(x − 1), which is e(1/2 + d/3 + …), and the values around show it.
test('a constant that was rounded is held against the values', () => {
  const result = evaluate('fixed', [1 + 1e-7]);
  if (result.kind !== 'refused') throw new Error('a slope was shown');
  expect(result.error.id).toBe('GL109');
  const rate = Number(/at the rate ([\d.]+)/.exec(result.error.message)?.[1]);
  expect(Math.abs(rate - Math.E * (1 / 2 + 1e-7 / 3))).toBeLessThan(1e-6);
  const { jacobian } = done('fixed', [2]);
  close(jacobian[0]![0]!, Math.E);
});

describe('nothing is said', () => {
  test('where nothing cancels', () => {
    const { jacobian, problems } = done('sum', [0.7]);
    expect(jacobian).toEqual([[1.4 + Math.cos(0.7)]]);
    expect(problems).toEqual([]);
  });

  test('where all cancels', () => {
    const { jacobian, problems } = done('one', [0.7]);
    expect(jacobian).toEqual([[0]]);
    expect(problems).toEqual([]);
  });
});

test('too many operations to take more digits', () => {
  const result = evaluate('many', [1e-9]);
  expect(result.kind === 'refused' && result.error.id).toBe('GL109');
});

test('rounding by a large number is no function to differentiate', () => {
  const text = `export const whole = (x) => x - ((x + 6755399441055744) - 6755399441055744);
export const time = (t) => (t + 2451545) - 2451545;`;
  const module = lowerSource(text, 'js').slice;
  const at = (name: string) =>
    evaluateAt({
      module,
      function: name,
      arguments: { kind: 'encoded', args: [2.3] },
      hessian: false,
      steps: 3e6,
    });
  const whole = at('whole');
  expect(whole.kind === 'refused' && whole.error.id).toBe('GL102');
  const time = at('time');
  expect(time.kind === 'done' && time.jacobian).toEqual([[1]]);
});

test.each([
  [
    'an input as the result',
    '(a, b) => [a, Math.log(Math.tan((Math.PI / 2 + b) / 2))]',
    [0.3, 0.7],
    [
      [1, 0],
      [0, 1 / Math.cos(0.7)],
    ],
  ],
  ['zero along the cut of an angle', '(x, y) => Math.cos(2 * Math.atan2(y, x))', [-1, 0], [[0, 0]]],
] as const)('%s', (_, code, args, expected) => {
  const module = lowerSource(`export const f = ${code};`, 'js').slice;
  const result = evaluateAt({
    module,
    function: 'f',
    arguments: { kind: 'encoded', args },
    hessian: false,
    steps: 3e6,
  });
  if (result.kind === 'refused') throw new Error(result.error.message);
  result.jacobian.forEach((row, o) => row.forEach((d, i) => expect(d).toBeCloseTo(expected[o]![i]!, 12)));
});

test('a difference of exact numbers that is zero has lost nothing', () => {
  // The beta density's kernel at its end; the spread of equal numbers around their median.
  const text = `export const beta = (x) => (x > 1 ? 0 : x * x * Math.pow(1 - x, 1) / 0.3);
export const spread = (a, b, c) => { const m = (a + b) / 2; return Math.max(Math.abs(a - m), Math.abs(c - m)); };`;
  const module = lowerSource(text, 'js').slice;
  for (const [name, args] of [
    ['beta', [1]],
    ['spread', [5, 5, 9]],
  ] as const) {
    const result = evaluateAt({
      module,
      function: name,
      arguments: { kind: 'encoded', args },
      hessian: false,
      steps: 3e6,
    });
    expect(result.kind === 'done' && result.problems.map((p) => p.id)).not.toContain('GL109');
    expect(result.kind).toBe('done');
  }
});

test('where the values follow what is left of the digits, sharply, there is no derivative', () => {
  const [a, b] = [1e8, 1e-3];
  // The function as Node computes it has this slope in x, its formula b: they are 2e-6 apart.
  const computed = (3 * (a + b - a) - 1 * (a + b - a)) / 2;
  expect(Math.abs(computed / b - 1)).toBeGreaterThan(1e-6);
  const result = evaluate('scaled', [2, a, b]);
  expect(result.kind === 'refused' && result.error.id).toBe('GL109');
  // With digits to spare both agree.
  close(done('scaled', [2, 1, b]).jacobian[0]![0]!, 1 + b - 1);
});

// Math.exp(1) is not e: with more digits the quotient has a pole at 1, of which the values show nothing.
test.each([1.00001, 0.99999])('a curvature that a rounded constant makes at %d is not given', (x) => {
  const result = evaluate('fixed', [x], true);
  if (result.kind === 'refused') expect(result.error.id).toBe('GL109');
  else expect(result.hessian).toBeUndefined();
});
test('where that is far away it is given', () => {
  const [[[h]]] = done('fixed', [2], true).hessian as [[[number]]];
  // ((x − 1)²·eˣ − 2·(x − 1)·eˣ + 2·(eˣ − e))/(x − 1)³ at 2 is e² − 2·e² + 2·(e² − e) = e² − 2·e.
  expect(Math.abs(h - (Math.E ** 2 - 2 * Math.E))).toBeLessThan(1e-10);
});
