import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { Cut } from '../../server/workspace/cut.ts';
import { statementScanner } from '../../server/workspace/scanner.ts';
import { BITS, pieces, random, scan, shapeOf } from './helpers.ts';

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.(?:ts|js)$/.test(entry.name) && !/generated/.test(entry.name) ? [path] : [];
  });
}
const OWN = ['core', 'server', 'test', 'examples'].flatMap(sources);

describe('a text that closes is cut as the language reads it', () => {
  it("at TypeScript's own statement boundaries, on this project's files", () => {
    for (const path of OWN) {
      const text = readFileSync(path, 'utf8');
      const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
      if ((file as unknown as { parseDiagnostics: unknown[] }).parseDiagnostics.length > 0) continue;
      const starts = file.statements.map((s) => s.getStart(file));
      const cut = new Cut(text, statementScanner({ jsx: path.endsWith('.js') }));
      const found = [...cut].map((piece) => {
        expect(piece.broken, `${path}: ${piece.text.slice(0, 60)}`).toBe(false);
        // The first statement that does not start above the piece.
        const at = cut.startOf(piece);
        return starts.findIndex((start) => start >= at);
      });
      const ends = file.statements.map((s) => s.end);
      for (const piece of cut) {
        const at = cut.startOf(piece);
        const inside = ends.some((end, i) => starts[i]! < at && at < end);
        expect(inside, `${path} is cut within a statement: ${text.slice(at, at + 60)}`).toBe(false);
      }
      expect(new Set(found).size, path).toBe(starts.length === 0 ? Math.min(1, cut.count) : starts.length);
    }
  });

  it.each<[string, string[]]>([
    ['a()\nb()\n', ['a()', 'b()']],
    ['a(); b();\nc()', ['a(); b();', 'c()']],
    ['const a = 1,\n  b = 2\nlet c', ['const a = 1,\n  b = 2', 'let c']],
    ['a\n  .b()\n  .c()\nd', ['a\n  .b()\n  .c()', 'd']],
    ['x = a\n(b)\ny', ['x = a\n(b)', 'y']],
    ['if (a)\n  b()\nelse\n  c()\nd()', ['if (a)\n  b()\nelse\n  c()', 'd()']],
    ['try {\n} catch (e) {\n}\nfinally {\n}\nd()', ['try {\n} catch (e) {\n}\nfinally {\n}', 'd()']],
    ['do {\n} while (a)\n', ['do {\n} while (a)']],
    ['do\n  a()\nwhile (b)\n', ['do\n  a()\nwhile (b)']],
    ['for (const a of b)\n  for (;;)\n    c()\nd()', ['for (const a of b)\n  for (;;)\n    c()', 'd()']],
    ['function f() {}\n(a)\n', ['function f() {}', '(a)']],
    ['const f = function () {}\n(a)\n', ['const f = function () {}\n(a)']],
    ['class A {\n}\n[b]', ['class A {\n}', '[b]']],
    ['@dec({})\n// why\nclass A {}\nb', ['@dec({})\n// why\nclass A {}', 'b']],
    ['export default\nfunction f() {}\n', ['export default\nfunction f() {}']],
    ['module.exports =\nfunction f() {}\nb', ['module.exports =\nfunction f() {}', 'b']],
    ['import {\n  a,\n}\nfrom "b"\nc', ['import {\n  a,\n}\nfrom "b"', 'c']],
    [
      'function f(a: string): number\nfunction f(a: number): number\nfunction f(a) {}',
      ['function f(a: string): number', 'function f(a: number): number', 'function f(a) {}'],
    ],
    ['type A =\n  | 1\n  | 2\ntype B = 3', ['type A =\n  | 1\n  | 2', 'type B = 3']],
    ['const r = /[/`"{]/g\nconst d = a / b / c\ne', ['const r = /[/`"{]/g', 'const d = a / b / c', 'e']],
    [
      'const t = `\nfunction no() {\n\u0024{a + `}`}\n`\nb',
      ['const t = `\nfunction no() {\n\u0024{a + `}`}\n`', 'b'],
    ],
    ['/*\nfunction no() {}\n*/\nb()\n// after\n\nc()', ['/*\nfunction no() {}\n*/\nb()', '// after\n\nc()']],
    ['a() // mine\n/** yours */\nb()', ['a() // mine', '/** yours */\nb()']],
    ['a()\n\n// alone\n', ['a()', '// alone']],
    [
      'function f() {\nconst a = 1\nconst b = 2\nreturn a\n}\ng()',
      ['function f() {\nconst a = 1\nconst b = 2\nreturn a\n}', 'g()'],
    ],
    ['#!/usr/bin/env node\n// x\na()', ['#!/usr/bin/env node\n// x\na()']],
    ['\ufeffa()\r\nb()\r\n', ['\ufeffa()', 'b()']],
    ['\n\n a()\n b()', ['\n\n a()', 'b()']],
    ['', []],
    ['  \n', ['']],
  ])('%j', (text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });

  it('prose between tags is no code', () => {
    const text = "const a = (\n  <p>\n    Don't {b} see http://x.org {c}\n  </p>\n);\nconst d = 1;";
    expect(pieces(text, true)).toEqual([text.slice(0, text.indexOf('\nconst d')), 'const d = 1;']);
  });
});

describe('a text that does not close is resynchronised', () => {
  const NEXT = '// @differentiable at x = 1\nfunction next(x) {\n  return x;\n}';
  it.each([
    'function f(x) {',
    'function f(x) {\n  return x +',
    'function f(x',
    'function f(x) {\n  if (x) {\n  return 1;\n}',
    'const a = [1,',
    'const a = {\n  b: 1,',
    'const a = `abc',
    'const a = `abc ${',
    'const a = "abc',
    "const a = 'abc",
    'const a = /abc',
    '/* abc',
    '/** abc',
    'function f(x) {\n  /* abc',
    'function f(x) {\n  return `a',
    'class A {\n  m() {',
    'const a =',
    'const a = (x) =>',
    'export',
    'export const',
    'import { a',
    'foo(',
    'foo({',
    'if (x) {',
    'for (const a of',
    '(',
    '[',
    '{',
    '`',
    '/',
    '@',
    'interface P {',
    'function',
    'async',
    'a ?',
    'switch (x) {\n  case 1:',
    'return',
    'let',
    '<',
    '<<<<<<< HEAD',
  ])('%j leaves its neighbour alone', (half) => {
    for (const glue of ['\n', '\n\n']) {
      const found = pieces(`const before = 1;\n\n${half}${glue}${NEXT}\n\nconst after = 2;\n`);
      expect(found[0]).toBe('const before = 1;');
      expect(found.at(-1)).toBe('const after = 2;');
      expect(found.some((piece) => piece.endsWith(NEXT))).toBe(true);
    }
  });

  it('at every prefix of every statement of the examples', () => {
    for (const path of sources('examples')) {
      const text = readFileSync(path, 'utf8');
      const whole = new Cut(text, scan);
      const all = [...whole];
      all.forEach((piece, i) => {
        const start = whole.startOf(piece);
        for (let k = 1; k < piece.statement.length; k++) {
          const half = new Cut(text.slice(0, start + k) + text.slice(start + piece.statement.length), scan);
          const found = [...half].map((p) => p.statement);
          all.forEach((other, j) => {
            const kept = found.some((s) => s === other.statement || s.endsWith('\n' + other.statement));
            if (i !== j && !kept)
              expect.fail(`${path}: ${other.statement} is lost after ${text.slice(start, start + k)}`);
          });
        }
      });
    }
  });
});

describe('incremental equals fresh', () => {
  const seedText = ['core/annotations/parse.ts', 'examples/12-vector-class.ts', 'server/workspace/scanner.ts']
    .map((path) => readFileSync(path, 'utf8').slice(0, 5000))
    .join('\n');

  it.each([1, 2, 3, 4])('after random edits (%i)', (seed) => {
    const below = random(seed * 7919);
    const scanner = statementScanner({ jsx: seed % 2 === 0 });
    let text = '';
    let cut = new Cut(text, scanner);
    for (let i = 0; i < 400; i++) {
      if (i % 100 === 0) {
        const from = below(seedText.length);
        text = seedText.slice(from, from + below(6000));
        cut = new Cut(text, scanner);
      }
      const start = below(text.length + 1);
      const end = Math.min(text.length, start + (below(2) === 0 ? 0 : below(below(8) === 0 ? 400 : 6)));
      let inserted = '';
      for (let n = below(3); n > 0; n--) inserted += BITS[below(BITS.length)];
      text = text.slice(0, start) + inserted + text.slice(end);
      cut.replace(start, end, inserted);
      expect(cut.text()).toBe(text);
      expect(cut.length).toBe(text.length);
      expect(shapeOf(cut)).toEqual(shapeOf(new Cut(text, scanner)));
    }
  });

  it('and keys stay with their texts', () => {
    const cut = new Cut('const a = 1;\n\nfunction f() {}\n\nconst b = 2;\n', scan);
    const keys = (): number[] => [...cut].map((piece) => piece.key);
    const [a, f, b] = keys();
    cut.replace(10, 11, '42');
    expect(keys().slice(1)).toEqual([f, b]);
    expect(keys()[0]).not.toBe(a);
    const last = keys()[0];
    cut.replace(13, 13, '\n\n');
    expect(keys()).toEqual([last, f, b]);
    cut.replace(0, 0, 'const z = 0;\n');
    expect(keys().slice(1)).toEqual([last, f, b]);
    expect(new Set(keys()).size).toBe(4);
  });
});

describe('hostile input', () => {
  it.each([
    'function f() {\n',
    '({\nconst x;\n',
    '/*\n',
    '/**\nfunction f\n',
    '`\nconst a\n',
    '"',
    "'\n",
    '/',
    '(',
    '{',
    '}',
    '@',
    '\\',
    '\u0000',
    '\ud800',
    '\r',
    '\n',
    '${',
    '`${',
    '//',
    '<a>',
    'x ',
    '/[',
    'do ',
    'if(',
    '\ufeff',
    '#!',
    'const a = \n',
    '/*\n/*\n',
  ])('%j, many times over, is cut in the end', (bit) => {
    for (const jsx of [false, true]) {
      const text = bit.repeat(Math.floor(1e5 / bit.length));
      const cut = new Cut(text, statementScanner({ jsx }));
      expect(cut.text()).toBe(text);
      cut.replace(5e4, 5e4 + 1, '}');
      expect(cut.length).toBe(text.length);
    }
  });

  it('a line of a megabyte', () => {
    const text = `const data = [${'0.125, '.repeat(150_000)}];\nconst b = 1;\n`;
    expect(pieces(text)).toHaveLength(2);
  });
});
