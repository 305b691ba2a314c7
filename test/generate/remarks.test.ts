/** The user's comments and names in generated code: what carries over, where it stands, and what does not. */
import { describe, expect, test } from 'vitest';
import { type GenerateAtRequest, generateAt } from '../../core/analysis/generateAt.ts';
import { withModules } from '../../core/evaluate/modules/world.ts';
import { lowerSource } from '../support/source.ts';

function code(text: string, request: Partial<GenerateAtRequest> = {}): string {
  const { slice: module } = lowerSource(text);
  const answer = withModules(() =>
    generateAt({
      module,
      textOf: () => text,
      function: 'f',
      steps: 3e6,
      kind: 'gradient',
      language: 'ts',
      asserted: false,
      ...request,
    }),
  );
  if ('bad' in answer) throw new Error(answer.bad);
  if (answer.kind === 'refused') throw new Error(answer.problem.message);
  return answer.code;
}

/** The line below a comment. */
function below(text: string, comment: string): string | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  return lines[lines.indexOf(comment) + 1];
}

const SPRINGS = `
// the length of a vector
function norm(x: number, y: number): number {
  // by Pythagoras
  return Math.sqrt(x * x + y * y);
}

/** Potential of some springs. */
export function f(x: number, y: number, rest: number, k: readonly number[]): number {
  // how long the spring is
  const r = norm(x, y);
  /*
   * how much longer than at rest
   * (may be negative)
   */
  const d = r - rest,
    dd = d * d; // squared
  let s = 0;
  // eslint-disable-next-line no-loop
  // all springs
  for (let i = 0; i < k.length; i++) {
    // @ts-ignore
    // only the strong ones
    if (k[i] > 0.5) {
      s += 0.5 * k[i] * dd; // Hooke
    }
  }

  // does not count
  const unused = s * 3;
  // to keep it positive
  return Math.exp(s * Math.sin(s)) * r;
}`;

describe('comments', () => {
  const text = code(SPRINGS);

  test('stand above what their statements became', () => {
    expect(below(text, '// how long the spring is')).toBe('const r = Math.sqrt(x * x + y * y);');
    expect(below(text, '// how much longer than at rest')).toBe('// (may be negative)');
    expect(below(text, '// (may be negative)')).toBe('const d = r - rest;');
    expect(below(text, '// squared')).toBe('const dd = d * d;');
    expect(below(text, '// all springs')).toBe('for (const ki of k) {');
    expect(below(text, '// only the strong ones')).toBe('if (ki > 0.5) {');
    expect(below(text, '// Hooke')).toBe('s += 0.5 * ki * dd;');
  });

  test('stand there once', () => {
    const comments = text.split('\n').filter((line) => line.trim().startsWith('//'));
    expect(comments).toHaveLength(new Set(comments).size);
    expect(comments).toHaveLength(9);
  });

  test('of what is not there, and those to tools, do not', () => {
    expect(text).not.toMatch(/does not count|eslint|@ts-ignore|the length of a vector/);
  });

  test('of the function that is not left are not: the adjoint is another statement', () => {
    const product = code('export function f(x: number, y: number) {\n  // area\n  return x * y;\n}');
    expect(product).not.toContain('area');
    const whole = code('export function f(x: number, y: number) {\n  // area\n  return x * y;\n}', {
      kind: 'value-and-gradient',
    });
    expect(below(whole, '// area')).toMatch(/^return \{ value: x \* y, /);
  });

  test('with annotations in them do not carry over, nor do any into fast code', () => {
    const annotated = `export function f(x: number) {
  // @at x = 1
  const y = Math.sin(x);
  // squared
  return Math.exp(y * y);
}`;
    expect(code(annotated)).not.toContain('@at');
    expect(code(annotated)).toContain('// squared');
    expect(code(annotated, { style: 'fast' })).not.toContain('//');
  });

  test('behind code of other statements are not theirs', () => {
    const other = `export function f(x: number) {
  const half = 0.5; /* one
  half */
  const y = Math.sin(x * half);
  return Math.exp(y * y);
}`;
    expect(code(other)).not.toContain('half');
  });
});

test('a variable that only one arm of a branch sets keeps its name', () => {
  const text = code(SPRINGS);
  expect(text).toContain('let s = 0;');
  expect(text).toContain('Math.sin(s)');
});
