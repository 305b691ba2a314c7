/** Lowering never fails, whatever the text, and refuses what has a syntax error. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import type { ModuleStatement } from '../../core/source/syntax.ts';
import { type CoreNode, children, nodeAt, roots, walk } from '../../core/source/traverse.ts';
import {
  declaredTypes,
  type Language,
  type LoweredStatement,
  lowerExpression,
  lowerFragment,
  lowerStatement,
} from '../../server/languages/typescript/index.ts';

const ROOT = join(import.meta.dirname, '../..');

function lower(text: string, language: Language = 'ts', module: 'esm' | 'script' = 'esm'): LoweredStatement {
  return lowerStatement(text, { key: 3, language, module });
}

function refusals(nodes: readonly CoreNode[]): CoreNode[] {
  const found: CoreNode[] = [];
  for (const root of nodes) {
    walk(root, (node) => {
      const refuses =
        'kind' in node &&
        (node.kind === 'unsupported' || node.kind === 'unsupportedStatement') &&
        node.problem === 'GL010';
      if (refuses) found.push(node);
      return undefined;
    });
  }
  return found;
}

/** Every node lies in the text. */
function checkSpans(statement: ModuleStatement, length: number): void {
  const wrong: CoreNode[] = [];
  for (const root of roots(statement)) {
    walk(root, (node) => {
      const { start, end } = node.span;
      if (!(0 <= start && start <= end && end <= length) || children(node).includes(undefined!))
        wrong.push(node);
      return undefined;
    });
  }
  expect(wrong).toEqual([]);
}

/** What must hold of any text at all. */
function checkAny(text: string, language: Language): LoweredStatement {
  const lowered = lower(text, language);
  const { statement, functions } = lowered;
  checkSpans(statement, text.length);
  if (statement.syntaxErrors.length > 0) expect(refusals(roots(statement)).length).toBeGreaterThan(0);
  for (const site of functions) {
    const { start, end } = site.node.span;
    const broken = statement.syntaxErrors.some((e) => start <= e.span.start && e.span.start < end);
    if (broken) {
      // The first thing it does is to refuse.
      const first = site.node.body.statements.find(
        (s) => s.kind !== 'unsupportedStatement' || s.problem === 'GL010',
      );
      expect(first).toMatchObject({ kind: 'unsupportedStatement', problem: 'GL010' });
    }
  }
  nodeAt(statement.statements[0] ?? statement.functions[0] ?? EMPTY, text.length >> 1);
  declaredTypes(text, language);
  return lowered;
}
const EMPTY: CoreNode = { kind: 'this', span: { start: 0, end: 0 } };

const SAMPLES: Record<string, string> = {
  loops: `// @differentiable at x = [1, 2]
export function rosenbrock(x: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const a = x[i + 1]! - x[i]! ** 2, b = 1 - x[i]!;
    if (a > 1e9) break; else if (b === 0) continue;
    sum += 100 * a * a + b * b;
  }
  outer: do { for (const k of x) { if (k < 0) continue outer; } } while (sum < 0);
  return sum;
}`,
  switches: `function pick(kind: 'a' | 'b', { x, y: [p, ...q] }: { x: number; y: number[] }, z = x * 2): number {
  switch (kind) {
    case 'a': { const t = Math.sin(x); return t + (p ?? 0); }
    default: return q.reduce((s, v) => s + v, z);
  }
}`,
  classes: `export class Vec<T extends number = number> extends Base implements I {
  static readonly zero = new Vec(0, 0);
  #n?: number; declare w: string;
  constructor(private readonly x: number, public y: number) { super(); }
  get length(): number { return Math.hypot(this.x, this.y); }
  dot(o: Vec): number { return this.x * o.x + this.y * o.y; }
  static { Vec.zero.y; }
}`,
  modern: `const f = async <T,>(a?: T, ...rest: T[]) => { try { await a; } catch ({ message }) { throw \`\${message}: \${rest.length}\`; } finally { a?.b?.[0]?.(...rest) } };`,
  generators: `export default function* g(n: bigint) { let i = 0n; while (i < n) { const r = yield i++; i = r ?? i ** 2n; } label: { break label } return /[/\\]]+/gu.test(String(i)) ? { i, ['k' + i]: -i, m() { return super.m } } : void 0 }`,
  namespaces: `namespace A.B { export enum E { X = 1 << 2, Y, Z = 'z'.length } export const { a, b } = { a: E.X, b: E.Y }; export declare let c: number; import Q = A.B; }`,
  assignments: `[a.b, c = 1, ...d[e]] = { f, ['g']: { h = 2 } } = i ||= j &&= (k ??= l), m **= n >>>= -o ** p, delete q.r, typeof s in new t.u(v)\`w\${x}\`;`,
};

describe('half-typed code', () => {
  for (const [name, sample] of Object.entries(SAMPLES)) {
    test(`every prefix of ${name}`, () => {
      for (let end = 0; end <= sample.length; end++) checkAny(sample.slice(0, end), 'ts');
    });
    test(`every suffix of ${name}`, () => {
      for (let start = 0; start < sample.length; start++) checkAny(sample.slice(start), 'tsx');
    });
    test(`${name} with any stretch cut out`, () => {
      fc.assert(
        fc.property(fc.nat(sample.length), fc.nat(12), (at, length) => {
          checkAny(sample.slice(0, at) + sample.slice(at + length), 'js');
        }),
        { numRuns: 150 },
      );
    });
  }

  test('tokens in any order', () => {
    const token = fc.constantFrom(
      ...'( ) [ ] { } ; , : ? ?. . ... => = += ** ** - ! ` ${ / // /* */ \' " 1 0x 1n a b #p @d < > async await yield function class extends static get set const let var using if else for of in while do switch case default break continue return try catch finally throw new super this import export from as enum namespace declare type interface with delete typeof void'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 25 }), fc.constantFrom(' ', '\n', ''), (tokens, glue) => {
        const text = tokens.join(glue);
        checkAny(text, 'ts');
        lowerFragment(text, 'js');
      }),
      { numRuns: 1500 },
    );
  });

  test('an error in one function leaves its neighbour alone', () => {
    const { functions } = lower('function f(x) { return x * }\nfunction g(x) { return x }', 'js');
    expect(functions.map((site) => [site.name, refusals([site.node]).length > 0])).toEqual([
      ['f', true],
      ['g', false],
    ]);
  });

  test.each([
    'return x *',
    'return x * * 2',
    'return f(',
    'return x +',
    'let y = ; return y',
    'return x ? 1',
    'if (x) return 1 else return 2',
    'return [1, 2',
    'return x..y',
    'return 1 = x',
    'return -x ** 2',
    'break',
    'continue',
    'a: b: { continue a }',
    'break nowhere',
    'const x1',
    'let a, a',
    'x?.y = 2',
    '(x + 1)++',
    'return {x = 1}',
    'for (const a = 1 of x) ;',
    'for (const a, b in x) ;',
    'return 010',
    "return 'unclosed",
    'return /unclosed',
    'return `unclosed ${x',
    'super; return 1',
    'const {a}; return a',
    'const [...a, b] = x',
    'x = 1_',
  ])('%s is refused', (body) => {
    const { statement, functions } = lower(`function f(x) {\n  ${body}\n}`, 'js');
    expect(statement.syntaxErrors.length).toBeGreaterThan(0);
    expect(refusals([functions[0]!.node]).length).toBeGreaterThan(0);
  });
});

describe('depth', () => {
  test('long chains of operators, calls, conditionals and else-ifs', () => {
    const n = 5000;
    for (const text of [
      `x = ${Array(n).fill('a').join(' + ')}`,
      `x = ${Array(n).fill('a').join(' && ')}`,
      `x = ${Array(n).fill('a').join(', ')}`,
      `x = a${'.b()'.repeat(n)}`,
      `x = a${'?.b'.repeat(n)}`,
      `x = ${'a ? b : '.repeat(n / 5)}c`,
      `${'if (a) b; else '.repeat(n / 5)}c`,
    ]) {
      const { statement } = lower(text);
      expect([text.slice(0, 20), statement.syntaxErrors]).toEqual([text.slice(0, 20), []]);
      expect(statement.references.has('a')).toBe(true);
      expect(nodeAt(statement.statements[0]!, text.length - 1)).toBeDefined();
    }
  });

  test('brackets in strings, comments, templates and regular expressions do not nest', () => {
    const n = 500;
    const text = [
      `// ${'('.repeat(n)}`,
      `/* ${'['.repeat(n)} */`,
      `x = '${'{'.repeat(n)}\\'' + "${'('.repeat(n)}";`,
      `y = \`${'('.repeat(n)}\${ z + \`{{\${ {} }\` }${'['.repeat(n)}\`;`,
      `w = a / b, /[(${'('.repeat(n)}/]\\(/.test(c) / d;`,
    ].join('\n');
    expect(lower(text).statement.syntaxErrors).toEqual([]);
    expect(lower(`${text} v = ${'('.repeat(n)}1${')'.repeat(n)}`).statement.syntaxErrors.length).toBe(1);
  });

  test.each([
    ['parentheses', '(', '1', ')'],
    ['arrays', '[', '1', ']'],
    ['blocks', '{', ';', '}'],
    ['templates', '`${', '1', '}`'],
    ['unclosed', '((((({', '', ''],
    ['arrows', 'a => ', '1', ''],
    ['negations', '!', 'a', ''],
    ['powers', 'a ** ', 'a', ''],
    ['casts', 'new ', 'a', ''],
    ['labels', 'while (a) ', ';', ''],
  ])('%s nested without end are refused', (_, open, middle, close) => {
    for (const n of [1000, 20_000]) {
      const text = open.repeat(n) + middle + close.repeat(n);
      const { statement } = lower(text);
      expect(statement.syntaxErrors[0]?.message).toMatch(/nested too deeply|expected/i);
      expect(refusals(roots(statement)).length).toBeGreaterThan(0);
      expect(lowerExpression(text, 'ts').syntaxErrors.length).toBeGreaterThan(0);
    }
  });
});

describe('published sources', () => {
  function sources(folder: string): string[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sources(path);
      return /\.[cm]?[jt]sx?$/.test(entry.name) && !entry.name.includes('.min.') ? [path] : [];
    });
  }

  test.each(['lodash', 'fast-check', 'mocha', 'markdown-it', 'uplot', 'chai', 'diff', 'vscode-uri', 'he'])(
    '%s',
    (name) => {
      const files = sources(join(ROOT, 'node_modules', name)).slice(0, 250);
      expect(files.length).toBeGreaterThan(0);
      for (const path of files) {
        const text = readFileSync(path, 'utf8');
        if (text.length > 400_000) continue;
        const language: Language = /\.[cm]?ts$/.test(path) ? 'ts' : 'js';
        const esm = /^(?:import|export)\b/m.test(text);
        const parsed = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
        const own = (parsed as unknown as { parseDiagnostics: unknown[] }).parseDiagnostics;
        const { statement } = lower(text, language, esm ? 'esm' : 'script');
        expect([path, statement.syntaxErrors.length]).toEqual([path, own.length]);
        if (own.length === 0) expect([path, refusals(roots(statement)).length]).toEqual([path, 0]);
      }
    },
  );
});
