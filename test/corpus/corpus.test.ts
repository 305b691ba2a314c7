/** A short form of `npm run corpus`: functions of small npm packages against differences of the real ones. */
import { beforeAll, describe, expect, test } from 'vitest';
import { builtServer } from '../server/builtServer.ts';
import { constructsOf } from './constructs.ts';
import { prepare } from './folders.ts';
import type { Judged } from './judge.ts';
import { short } from './packages/short.ts';
import { jacobian } from './reference.ts';
import { byFunction, report } from './report.ts';
import { runCorpus } from './run.ts';

/** What is refused, and with which diagnostic. Each must still be: what has become right leaves this list. */
const REFUSED: { readonly [name: string]: string } = {};

const built = builtServer();

describe('functions of npm packages', () => {
  let judged: readonly Judged[] | undefined;
  let why = '';

  beforeAll(async () => {
    try {
      await prepare('short', short);
    } catch (error) {
      why = error instanceof Error ? error.message : String(error);
      console.log(`NOT RUN: the corpus of npm packages, which could not be installed\n${why.slice(-500)}`);
      return;
    }
    judged = await runCorpus('short', short, built.file('cli.js'));
  }, 300_000);

  test('are right, or refused for a known reason', ({ skip }) => {
    if (judged === undefined) {
      if (process.env['GRADLENS_E2E'] === 'required') throw new Error(why);
      skip('the packages could not be installed');
      return;
    }
    const outcomes = byFunction(judged);
    const of = (kind: string) => outcomes.filter((outcome) => outcome.kind === kind);
    const bad = of('wrong').concat(of('broken'));
    if (bad.length > 0) console.log(report(judged));
    expect(bad.map(({ name }) => name)).toEqual([]);
    const refused = of('refused').map(({ package: p, name, rows }) => {
      const { verdict } = rows.find((row) => row.verdict.kind === 'refused')!;
      return [`${p} ${name}`, verdict.kind === 'refused' ? verdict.id : ''] as const;
    });
    expect(Object.fromEntries(refused)).toEqual(REFUSED);
    expect(of('right').length).toBeGreaterThan(100);
    expect(of('dropped').length).toBeLessThan(10);
  });
});

describe('references', () => {
  const only = (f: (x: number) => number, x: number) => jacobian([x], (_, t) => [f(x + t)])[0]![0] ?? null;

  test.each([
    ['sin', Math.sin, 0.7, Math.cos(0.7)],
    ['exp at a large scale', (x: number) => Math.exp(x / 1e6), 2.5e6, Math.exp(2.5) / 1e6],
    [
      'a steep logistic',
      (x: number) => 1 / (1 + Math.exp(-50 * x)),
      0.01,
      50 * 0.6224593312018546 * 0.3775406687981454,
    ],
    ['a power at zero', (x: number) => x ** 3 + 2 * x, 0, 2],
  ] as const)('know the slope of %s, and how well', (_, f, x, expected) => {
    const found = only(f, x);
    expect(found).not.toBeNull();
    expect(Math.abs(found!.value - expected)).toBeLessThanOrEqual(
      Math.max(10 * found!.error, 1e-12 * Math.abs(expected)),
    );
    expect(found!.error).toBeLessThan(1e-6 * Math.abs(expected));
  });

  test.each([
    ['a kink', Math.abs, 0],
    ['a jump', Math.sign, 0],
    ['a value by itself', (x: number) => (x === 2 ? 40 : 3 * x), 2],
    ['a slight kink', (x: number) => x + 1e-4 * Math.abs(x - 1), 1],
    ['a staircase', (x: number) => Math.round(x * 100) / 100, -500_000],
    ['an infinite slope', Math.cbrt, 0],
    ['a kink that rounding flattens', (x: number) => Math.acos(Math.cos(x - 1)), 1],
    ['no function at all', () => Number.NaN, 1],
  ] as const)('drop %s', (_, f, x) => {
    expect(only(f, x)).toBeNull();
  });
});

describe('constructs', () => {
  test.each([
    [
      'function f(x) { for (let i = 0; i < 3; i++) x %= 2; return x ** 2 }',
      ['for', 'mutation', '**', 'assignment'],
    ],
    ['length() { return Math.sqrt(this.x * this.x) }', ['this']],
    ['(a, ...b) => b.map(([x]) => x | a)', ['arrow', 'higher-order', 'destructuring', 'bits']],
  ])('of %s', (text, names) => {
    const found = constructsOf(text);
    expect([...found].filter((name) => !names.includes(name))).toEqual([]);
    expect(names.filter((name) => !found.has(name))).toEqual([]);
  });
});
