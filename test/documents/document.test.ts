import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SourceDocument } from '../../server/workspace/document.ts';
import { BITS, document, random } from './helpers.ts';

/** The first lines of the statements that the annotated function of that name depends on. */
function slice(text: string, name = 'f'): string[] {
  const file = document(text);
  const target = file.targetNamed(name)!;
  return file
    .moduleSlice(target.statement)
    .statements.map(({ key }) => file.statementOf(key)!.text.split('\n').at(-1)!);
}

describe('slices', () => {
  it.each<[string, string, string[]]>([
    [
      'what it names, transitively',
      'const a = 1;\nconst b = a;\nconst c = 2;\nfunction g() { return b; }\nfunction f(x) { return g() + x; }',
      ['const a = 1;', 'const b = a;', 'function g() { return b; }', 'function f(x) { return g() + x; }'],
    ],
    [
      'not what only its own names are',
      'const x = 1;\nconst y = 2;\nfunction f(x) { const y = x; return y; }',
      ['function f(x) { const y = x; return y; }'],
    ],
    [
      'property names are none',
      'const a = 1;\nfunction f(x) { return x.a; }',
      ['function f(x) { return x.a; }'],
    ],
    [
      'what comes below',
      'function f(x) { return x * k; }\nconst k = 2;',
      ['function f(x) { return x * k; }', 'const k = 2;'],
    ],
    [
      'what fills a table it reads',
      'const t = [0];\nt[0] = 3;\nconst u = [0];\nu[0] = 4;\nfunction f(x) { return x * t[0]; }',
      ['const t = [0];', 't[0] = 3;', 'function f(x) { return x * t[0]; }'],
    ],
    [
      'what fills it through a function',
      'const t = [0];\nfunction fill() { t[0] = n; }\nconst n = 3;\nfill();\nfunction f(x) { return x * t[0]; }',
      [
        'const t = [0];',
        'function fill() { t[0] = n; }',
        'const n = 3;',
        'fill();',
        'function f(x) { return x * t[0]; }',
      ],
    ],
    [
      'what assigns a variable',
      'let k = 1;\nk = 2;\nfunction f(x) { return x * k; }',
      ['let k = 1;', 'k = 2;', 'function f(x) { return x * k; }'],
    ],
    [
      'what changes a global',
      'Math.sin = Math.cos;\nfunction f(x) { return Math.sin(x); }',
      ['Math.sin = Math.cos;', 'function f(x) { return Math.sin(x); }'],
    ],
    [
      'what changes a global by another name',
      'const M = Math;\nM.sin = M.cos;\nfunction f(x) { return Math.sin(x); }',
      ['const M = Math;', 'M.sin = M.cos;', 'function f(x) { return Math.sin(x); }'],
    ],
    [
      'not what only reads a global',
      'console.log(Math.sin(1));\nfunction f(x) { return Math.sin(x); }',
      ['function f(x) { return Math.sin(x); }'],
    ],
    [
      'not what only calls it, where it has no state',
      'console.log(f(1));\nconst k = 2;\nfunction f(x) { return x * k; }',
      ['const k = 2;', 'function f(x) { return x * k; }'],
    ],
    [
      'what calls it, where it has state',
      'f(1);\nlet n = 0;\nfunction f(x) { return x * n++; }',
      ['f(1);', 'let n = 0;', 'function f(x) { return x * n++; }'],
    ],
    [
      'what calls it, where its state is its own property',
      'f(1);\nfunction f(x) { f.n = x; return x * f.n; }',
      ['f(1);', 'function f(x) { f.n = x; return x * f.n; }'],
    ],
    [
      'what replaces it',
      'function f(x) { return x; }\nf = memo(f);\nfunction memo(g) { return g; }',
      ['function f(x) { return x; }', 'f = memo(f);', 'function memo(g) { return g; }'],
    ],
    [
      'imports',
      "import { k, init } from './k';\nimport { z } from './z';\ninit();\nz();\nfunction f(x) { return x * k; }",
      ["import { k, init } from './k';", 'init();', 'function f(x) { return x * k; }'],
    ],
    [
      'what adds to a class',
      'class V { }\nV.prototype.m = function () { return 1; };\nfunction f(x) { return new V().m() * x; }',
      [
        'class V { }',
        'V.prototype.m = function () { return 1; };',
        'function f(x) { return new V().m() * x; }',
      ],
    ],
    [
      "what its annotation's values name",
      'const k = 2;\n// @differentiable at x = k\nfunction f(x) { return x; }',
      ['const k = 2;', 'function f(x) { return x; }'],
    ],
  ])('hold %s', (_, text, expected) => {
    expect(slice(text)).toEqual(expected);
  });

  it('of one function stay while another is typed in', () => {
    const file = document('const k = 2;\nfunction g(x) { return x; }\n\nfunction f(x) { return x * k; }\n');
    const { statement } = file.targetNamed('f')!;
    const [key, module] = [file.sliceKey(statement), file.moduleSlice(statement)];
    const at = file.text.indexOf('return x;') + 8;
    file.change(2, { range: { start: file.positionAt(at), end: file.positionAt(at) }, text: ' * 2' });
    expect(file.sliceKey(statement)).toBe(key);
    expect(file.moduleSlice(statement).statements.map((s, i) => s === module.statements[i])).toEqual([
      true,
      true,
    ]);
    file.change(3, {
      range: { start: { line: 0, character: 10 }, end: { line: 0, character: 11 } },
      text: '3',
    });
    expect(file.sliceKey(statement)).not.toBe(key);
    file.change(4, {
      range: { start: { line: 0, character: 10 }, end: { line: 0, character: 11 } },
      text: '2',
    });
    expect(file.sliceKey(statement)).toBe(key);
  });

  it('and shapes follow the types they were read from', () => {
    const file = document('interface P { m: number }\n\nfunction f(p: P) { return p.m; }\n');
    const shape = (): unknown => file.targetNamed('f')!.node.parameters[0]!.shape;
    const { statement } = file.targetNamed('f')!;
    const key = file.sliceKey(statement);
    expect(shape()).toMatchObject({ kind: 'object', fields: [{ name: 'm', shape: { kind: 'number' } }] });
    file.change(2, {
      range: { start: { line: 0, character: 17 }, end: { line: 0, character: 23 } },
      text: 'number[]',
    });
    expect(shape()).toMatchObject({ fields: [{ name: 'm', shape: { kind: 'array' } }] });
    expect(file.sliceKey(statement)).not.toBe(key);
  });
});

describe('functions', () => {
  const TEXT = [
    '// @differentiable at x = sqrt(2)',
    'function f(x: number) { return x; }',
    'const o = {',
    '  /** @differentiable */',
    '  m(x: number) { return x; },',
    '};',
    'class V {',
    '  // @differentiable at this = new V(1)',
    '  length() { return 1; }',
    '}',
    'function plain(x: number) { return x; }',
    '// @differentable',
    'const typo = (x: number) => x;',
  ].join('\n');

  it('with annotations are found with their places', () => {
    const file = document(TEXT);
    expect(file.annotated().map((f) => [f.target.name, f.annotation!.problems.length])).toEqual([
      ['f', 0],
      ['o.m', 0],
      ['V.length', 0],
      ['typo', 1],
    ]);
    for (const { target } of file.annotated()) {
      const { start, end } = file.locate({
        file: file.uri,
        statement: target.statement,
        span: target.nameSpan,
      })!;
      expect(target.name.endsWith(file.slice(start, end))).toBe(true);
      expect(target.node.parameters.length).toBe(target.name === 'V.length' ? 0 : 1);
    }
    expect(file.targetNamed('V.length')?.receiver).toBe('V');
    expect(file.targetNamed('o.nothing')).toBeUndefined();
    expect(file.locate({ file: file.uri, statement: 999, span: { start: 0, end: 0 } })).toBeUndefined();
  });

  it('names of the file win over those of Math, also when they come later', () => {
    const file = document('// @differentiable at x = E\nfunction f(x: number) { return x; }\n');
    const value = (): unknown => file.annotated()[0]!.annotation!.samples[0]!.values[0]!.value;
    expect(value()).toMatchObject({ kind: 'member', key: 'E' });
    const end = file.positionAt(file.length);
    file.change(2, { range: { start: end, end }, text: 'const E = 2;\n' });
    expect(value()).toMatchObject({ kind: 'name', name: 'E' });
  });

  it('an annotation above no function is said to be', () => {
    const file = document(
      '// @differentiable\n\nconst k = 2;\n\n// @differentiable\nfunction f(x: number) { return x; }\n',
    );
    const [stray, ...others] = file.strayAnnotations();
    expect(others).toEqual([]);
    expect(file.locate({ file: file.uri, statement: stray!.statement, span: stray!.problem.span })).toEqual({
      start: 3,
      end: 18,
    });
  });
});

/** All that a document answers, without keys. */
function answers(file: SourceDocument): unknown {
  const text = (key: number): string => file.statementOf(key)!.text;
  return {
    text: file.text,
    lines: file.lineCount,
    annotated: file.annotated().map(({ target, annotation }) => ({
      place: file.locate({ file: file.uri, statement: target.statement, span: target.nameSpan }),
      name: target.name,
      path: target.path,
      shapes: target.node.parameters.map((p) => p.shape),
      annotation,
      slice: file.moduleSlice(target.statement).statements.map(({ key }) => text(key)),
      errors: file.statementOf(target.statement)!.syntaxErrors,
    })),
    stray: file.strayAnnotations().map(({ statement, problem }) => [text(statement), problem]),
  };
}

describe('incremental equals fresh', () => {
  const SEEDS = ['05-two-link-arm.ts', '12-vector-class.ts', '13-loan.js', '09-bezier-length.ts'];
  it.each(SEEDS)('after random edits of %s', (name) => {
    const language = name.endsWith('.ts') ? 'ts' : 'js';
    let text = readFileSync(`examples/${name}`, 'utf8');
    const below = random(name.length * 65537 + text.length);
    const file = document(text, language);
    for (let i = 0; i < 60; i++) {
      for (let n = below(3); n >= 0; n--) {
        const start = below(text.length + 1);
        const end = Math.min(text.length, start + (below(2) === 0 ? 0 : below(10)));
        const inserted = below(3) === 0 ? '' : BITS[below(BITS.length)]!;
        // Positions within a \r\n or past a line's end name another offset.
        const range = { start: file.positionAt(start), end: file.positionAt(end) };
        const [from, to] = [file.offsetAt(range.start), file.offsetAt(range.end)];
        text = text.slice(0, from) + inserted + text.slice(Math.max(from, to));
        file.change(i, { range, text: inserted });
      }
      expect(answers(file)).toEqual(answers(document(text, language)));
    }
  });

  it('after a change of the whole text, which keeps what is the same', () => {
    const file = document('const a = 1;\nfunction f() { return a; }\nconst b = 2;\n');
    const f = file.targetNamed('f')!.statement;
    file.change(2, { text: 'const a = 1;\nfunction f() { return a; }\nconst b = 3;\nconst c = 4;\n' });
    expect(file.targetNamed('f')!.statement).toBe(f);
    expect(answers(file)).toEqual(answers(document(file.text)));
  });

  it('from nothing and back to nothing', () => {
    const file = document('');
    expect(file.annotated()).toEqual([]);
    expect(file.statementAt(0)).toBeUndefined();
    file.change(2, {
      range: { start: { line: 0, character: 0 }, end: { line: 9, character: 9 } },
      text: '// @differentiable\nfunction f() {}',
    });
    expect(file.annotated()).toHaveLength(1);
    file.change(3, { text: '' });
    expect(file.annotated()).toEqual([]);
    expect(file.length).toBe(0);
  });
});

describe('a half-typed function', () => {
  it.each(['01-tutorial.ts', '11-branchy-activation.ts', '14-polynomials.js'])(
    'of %s leaves the annotations of its neighbours',
    (name) => {
      const text = readFileSync(`examples/${name}`, 'utf8');
      const language = name.endsWith('.ts') ? 'ts' : 'js';
      const whole = document(text, language);
      const places = whole.annotated().map((f) => ({
        name: f.target.name,
        ...whole.locate({ file: whole.uri, statement: f.target.statement, span: f.target.node.span })!,
      }));
      const names = places.map((p) => p.name);
      expect(names.length).toBeGreaterThan(1);
      for (const { name, start, end } of places)
        for (let cut = start + 1; cut < end; cut += 7) {
          const half = document(text.slice(0, cut) + text.slice(end), language);
          const found = half.annotated().map((f) => f.target.name);
          expect(found, text.slice(start, cut)).toEqual(
            expect.arrayContaining(names.filter((other) => other !== name)),
          );
        }
    },
  );
});
