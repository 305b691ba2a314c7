/** The user's names for types in generated code, which stands where they are known: it has them, and type-checks. */
import { describe, expect, test } from 'vitest';
import { generateAt } from '../../core/analysis/generateAt.ts';
import { DERIVATIVE_KINDS, type DerivativeKind } from '../../core/derive/kinds.ts';
import { withModules } from '../../core/evaluate/modules/world.ts';
import * as typescript from '../../server/languages/typescript/index.ts';
import { SourceDocument } from '../../server/workspace/document.ts';
import { typeErrors } from './execute.ts';

const TYPES = `
export interface Vec2 { x: number; y: number }
export interface Body { readonly at: Vec2; mass: number }
export type Weights = number[];
export type Frozen = readonly number[];
export interface Named extends Vec2 { name: string }
export interface Options { sigma?: number; mu: number }
export class Point { x = 0; y = 0; length() { return this.x + this.y; } }
export type Matrix = number[][];
export type Pair = [number, number];
export function inner(): number { interface Local { x: number } const l: Local = { x: 1 }; return l.x; }
`;

function made(
  text: string,
  name: string,
  kind: DerivativeKind = 'gradient',
  style: 'readable' | 'fast' = 'readable',
): string | undefined {
  const file = new SourceDocument('/a.ts', 'ts', 0, text, () => typescript);
  const answer = withModules(() =>
    generateAt({
      module: file.wholeModule(),
      textOf: (statement) => file.statementOf(statement)?.text,
      typeNames: (type, specifier) => file.typeNamed(type, specifier),
      function: name,
      steps: 3e6,
      kind,
      language: 'ts',
      style,
      name: 'derived',
      exported: false,
    }),
  );
  return 'bad' in answer || answer.kind === 'refused' ? undefined : answer.code;
}

/** The function's head in one line. */
function head(of: string, kind: DerivativeKind = 'gradient'): string {
  const text = made(`${TYPES}\n${of}`, 'f', kind);
  const found = /^function derived\(([\s\S]*?)\{\n/m.exec(text ?? '')?.[1];
  return (found ?? '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\( | (?=\))|,(?= \))/g, '')
    .trim();
}

describe('a parameter’s type', () => {
  test('is the user’s, and so is what the gradient has', () => {
    expect(head('function f(p: Vec2, k: number): number { return p.x * p.y * k; }')).toBe(
      'p: Vec2, k: number): [Vec2, number]',
    );
    expect(head('function f(p: Vec2): number { return p.x * p.y; }', 'value-and-gradient')).toMatch(
      /\): \{ value: number; gradient: Vec2 \}$/,
    );
    expect(
      head('function f(w: Weights): number { let s = 0; for (const v of w) s += v * v; return s; }'),
    ).toBe('w: Weights, out?: Weights): Weights');
    expect(
      head(
        'function f(m: readonly Vec2[]): number { let s = 0; for (const v of m) s += v.x * v.y; return s; }',
      ),
    ).toBe('m: readonly Vec2[], out?: Vec2[]): Vec2[]');
    expect(head('function f(p: Pair): number { return p[0] * p[1]; }')).toMatch(/^p: Pair.*\): Pair$/);
  });

  test('stands for directions too', () => {
    expect(head('function f(p: Vec2): number { return p.x * p.y; }', 'jvp')).toBe(
      'p: Vec2, pDot: Vec2): number',
    );
  });

  test('is no result’s that is readonly', () => {
    expect(head('function f(b: Body): number { return b.at.x * b.at.y * b.mass; }')).toMatch(
      /^b: Body.*\): \{ at: \{ x: number; y: number \}; mass: number \}$/,
    );
    expect(
      head('function f(w: Frozen): number { let s = 0; for (const v of w) s += v * v; return s; }'),
    ).toMatch(/^w: Frozen.*\): number\[\]$/);
  });

  test('of the same structure is each parameter’s own', () => {
    const text =
      'interface Speed { x: number; y: number }\nfunction f(p: Vec2, v: Speed): number { return p.x * v.x + p.y * v.y; }';
    expect(head(text)).toMatch(/\): \[Vec2, Speed\]$/);
  });

  test('is written out where its name means another, or nothing', () => {
    expect(
      head('function f<Vec2 extends { x: number; y: number }>(p: Vec2): number { return p.x; }'),
    ).not.toContain('Vec2');
    expect(head('function f(p: { x: number }): number { return p.x ** 2; }')).toMatch(/^p: \{ x: number \}/);
  });
});

const FUNCTIONS = [
  'function f(p: Vec2, k: number): number { return p.x * p.y * k; }',
  'function f(b: Body, w: Weights): number { let s = 0; for (const v of w) s += v * b.at.x * b.mass; return s * b.at.y; }',
  'function f(all: Body[]): number { let s = 0; for (const b of all) s += b.at.x * b.mass; return s * s; }',
  'function f(all: Vec2[]): number { let s = 0; for (const b of all) s += b.x * b.y; return s * s; }',
  'function f(m: Matrix, v: Frozen): number { let s = 0; for (let i = 0; i < m.length; i++) for (let j = 0; j < v.length; j++) s += m[i]![j]! * v[j]! * v[i]!; return s; }',
  'function f(p: Named): number { return p.x * p.y; }',
  'function f(p: Point): number { return p.x * p.y; }',
  'function f({ x, y }: Vec2): number { return x * y * y; }',
  'function f(o: Options, x: number): number { return (o.sigma ?? 1) * x * o.mu; }',
  'function f(p: Pair, w: Weights): number { return p[0] * p[1] * w[0]!; }',
  'function f(p: Vec2): Vec2 { return { x: p.x * p.y, y: p.x ** 2 }; }',
  'function f(w: Weights): Weights { return w.map((v) => v * v); }',
];

test('code with them passes the type checker', () => {
  const texts = FUNCTIONS.flatMap((of) =>
    DERIVATIVE_KINDS.flatMap((kind) =>
      (['readable', 'fast'] as const).flatMap((style) => {
        const code = made(`${TYPES}\n${of}`, 'f', kind, style);
        return code === undefined ? [] : [`${TYPES}\nexport ${of}\n${code}\nexport { derived };\n`];
      }),
    ),
  );
  expect(texts.length).toBeGreaterThan(60);
  expect(typeErrors(texts, true)).toEqual([]);
});
