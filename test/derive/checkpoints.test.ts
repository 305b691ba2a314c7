import { describe, expect, it } from 'vitest';
import { derive } from '../../core/derive/derive.ts';
import type { DerivativeKind } from '../../core/derive/kinds.ts';
import type { Program } from '../../core/program/program.ts';
import { instructionsIn } from '../../core/program/walk.ts';
import { results } from '../program/compare.ts';
import { staged } from '../support/stage.ts';

const STEPS: readonly [string, string][] = [
  [
    'numbers that a counted loop carries',
    `export function f(x: number, n: number): number {
      let y = x;
      let v = 1;
      for (let i = 0; i < n; i++) {
        const a = Math.sin(y) * v;
        v = v + 0.1 * a * x;
        y = y * Math.cos(v) + 0.3;
      }
      return y * v;
    }`,
  ],
  [
    'a loop that ends where it likes',
    `export function f(x: number, n: number): number {
      let y = x;
      while (y < n) y = y * 1.3 + Math.sin(y) * 0.1;
      return y * y;
    }`,
  ],
  [
    'an array that is changed in place',
    `export function f(x: number, n: number): number {
      const y = new Float64Array(3);
      y[0] = x;
      y[1] = 1;
      for (let i = 0; i < n; i++) {
        const t = y[0]! * y[1]!;
        y[0] = Math.sin(t) + 0.3 * y[2]!;
        y[1]! += 0.1 * Math.cos(t) * x;
        y[2] = Math.sin(y[0]! * y[0]!);
      }
      return y[0]! * y[1]! + y[2]!;
    }`,
  ],
  [
    'arrays of each iteration, and one that is only read',
    `export function f(x: number, n: number): number {
      const c = new Float64Array(4);
      for (let i = 0; i < 4; i++) c[i] = Math.exp(-i) * x;
      let s = x;
      for (let i = 0; i < n; i++) {
        const k = new Float64Array(4);
        for (let j = 0; j < 4; j++) k[j] = Math.sin(s * c[j]!);
        for (let j = 1; j < 4; j++) k[j]! *= k[j - 1]!;
        s = s * 0.9 + k[3]! + k[1]!;
      }
      return s * s;
    }`,
  ],
  [
    'an array whose states are kept beside arrays of each iteration',
    `export function f(x: number, n: number): number {
      const y = new Float64Array(3);
      y[0] = x;
      for (let i = 0; i < n; i++) {
        const k = new Float64Array(3);
        const between = new Float64Array(3);
        for (let j = 0; j < 3; j++) between[j] = y[j]! * 0.5 + x;
        for (let j = 1; j < 3; j++) k[j] = Math.sin(between[j - 1]!) * x;
        for (let j = 0; j < 3; j++) between[j] = y[j]! - 0.2 * k[j]!;
        for (let j = 1; j < 3; j++) k[j] = between[j]! * between[j - 1]!;
        for (let j = 0; j < 3; j++) y[j]! += 0.1 * k[j]!;
      }
      return y[2]! * y[0]!;
    }`,
  ],
  [
    'a loop after another',
    `export function f(x: number, n: number): number {
      let a = x;
      for (let i = 0; i < n; i++) a = Math.sin(a) * x + 0.2;
      let b = a;
      for (let i = 0; i < n; i++) b = Math.cos(b * a) + x * b * 0.3;
      return a * b;
    }`,
  ],
];

function derived(program: Program, kind: DerivativeKind, style: 'readable' | 'fast', checkpoints: boolean) {
  const answer = derive(program, kind, [true, false], { style, checkpoints });
  if (answer.kind === 'refused') throw new Error(answer.reason);
  return answer.program;
}

describe('loops with checkpoints', () => {
  for (const style of ['readable', 'fast'] as const) {
    it.each(STEPS)(`have the derivatives of those without: %s (${style})`, (_, text) => {
      const program = staged(text, 'f');
      for (const kind of ['gradient', 'value-and-gradient', 'hvp'] as const) {
        const whole = derived(program, kind, style, false);
        const kept = derived(program, kind, style, true);
        // It is not for want of loops that they agree.
        expect(loops(kept)).toBeGreaterThan(loops(whole));
        for (const n of [0, 1, 2, 3, 7, 20, 21, 50]) {
          const inputs = kind === 'hvp' ? [0.7, n, 1.5] : [0.7, n];
          const [a, b] = [results(whole, inputs), results(kept, inputs)];
          expect(b.flat()).toHaveLength(a.flat().length);
          b.flat().forEach((v, i) => {
            expect(v, `${kind} n = ${n}`).toBeCloseTo(a.flat()[i]!, 12);
          });
        }
      }
    });
  }

  it('agree with differences', () => {
    const kept = derived(staged(STEPS[2]![1], 'f'), 'gradient', 'readable', true);
    const f = (x: number): number => {
      const y = [x, 1, 0];
      for (let i = 0; i < 30; i++) {
        const t = y[0]! * y[1]!;
        y[0] = Math.sin(t) + 0.3 * y[2]!;
        y[1]! += 0.1 * Math.cos(t) * x;
        y[2] = Math.sin(y[0]! * y[0]!);
      }
      return y[0]! * y[1]! + y[2]!;
    };
    const h = 1e-6;
    const slope = (f(0.2 + h) - f(0.2 - h)) / (2 * h);
    const [[found]] = results(kept, [0.2, 30]) as [[number]];
    expect(Math.abs(found - slope) / Math.max(1, Math.abs(slope))).toBeLessThan(1e-5);
  });
});

function loops(program: Program): number {
  return program.functions.flatMap((f) => [...instructionsIn(f.body)].filter((i) => i.kind === 'loop'))
    .length;
}
