/** Branches of one point that are what the other path is there: derivatives are those of the function written without them. */
import { describe, expect, test } from 'vitest';
import { type DerivativeKind, derive } from '../../core/derive/derive.ts';
import { type ProgramValue, run } from '../../core/program/interpret.ts';
import { verify } from '../../core/program/verify.ts';
import { staged } from '../support/stage.ts';

function results(text: string, kind: DerivativeKind, inputs: readonly number[]): readonly ProgramValue[] {
  for (const mode of ['forward', 'reverse'] as const) {
    const derived = derive(staged(text, 'f'), kind, undefined, { mode });
    if (derived.kind === 'refused') throw new Error(derived.reason);
    expect(verify(derived.program)).toEqual([]);
    const outcome = run(derived.program, inputs, 1e5);
    if (outcome.kind !== 'done') throw new Error(outcome.message);
    if (mode === 'reverse') return outcome.results;
  }
  return [];
}

const cases: readonly [name: string, text: string, at: readonly number[], gradient: readonly number[]][] = [
  // (y − d)/2
  [
    'if (!d) d = 0',
    'function f(d: number, y: number) { if (!d) { d = 0; } return (y - d) / 2; }',
    [0, 5],
    [-0.5, 0.5],
  ],
  ['d || 0', 'function f(d: number, y: number) { return (y - (d || 0)) * 3; }', [0, 5], [-3, 3]],
  // x²
  ['x === 2 ? 2 : x', 'function f(x: number) { const a = x === 2 ? 2 : x; return a * a; }', [2], [4]],
  ['x !== 2 ? x : 2', 'function f(x: number) { const a = x !== 2 ? x : 2; return a * a; }', [2], [4]],
  [
    'x !== 2 ? x : 2 elsewhere',
    'function f(x: number) { const a = x !== 2 ? x : 2; return a * a; }',
    [3],
    [6],
  ],
  // NaN becomes 0, whatever moves: x y has the gradient (y, x) alone.
  ['√x || 0', 'function f(x: number, y: number) { return (Math.sqrt(x) || 0) + x * y; }', [-1, 5], [5, -1]],
  // Another constant than the one compared with is a jump, and stays what it is.
  ['x || 1', 'function f(x: number, y: number) { return (x || 1) * y; }', [0, 5], [0, 1]],
];

describe('the branch of one point', () => {
  test.each(cases)('%s', (_, text, at, gradient) => {
    expect(results(text, 'gradient', at)).toEqual(gradient);
  });

  test('has the value that it had', () => {
    const text = 'function f(x: number) { return (Math.sqrt(x) || 0) * 3 + (x === 4 ? 4 : x); }';
    for (const x of [-1, 0, 4, 9])
      expect(results(text, 'value-and-gradient', [x])[0]).toBe((Math.sqrt(x) || 0) * 3 + x);
  });
});
