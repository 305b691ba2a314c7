import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { ask, sources, type Written, write } from './run.ts';

let written: Written | undefined;
afterEach(() => written?.remove());

function answers(files: { readonly [name: string]: string }, entry: string, name = 'f', args = [2]) {
  written = write({ files });
  return ask(sources(), path.join(written.folder, entry), name, args, written.folder);
}

describe('what cannot be followed', () => {
  test('a module that is missing is named where it is needed', () => {
    const answer = answers(
      { 'a.ts': "import { g } from './gone';\nexport const f = (x: number) => g(x);" },
      'a.ts',
    );
    expect(answer).toMatchObject({
      error: { id: 'GL011', range: { start: { line: 0, character: 9 }, end: { line: 0, character: 10 } } },
    });
    expect((answer as { error: { message: string } }).error.message).toContain("'./gone'");
  });

  test('an export that a module has not', () => {
    const answer = answers(
      {
        'a.ts': "import { h } from './b';\nexport const f = (x: number) => h(x);",
        'b.ts': 'export const g = 1;',
      },
      'a.ts',
    );
    expect(answer).toMatchObject({ error: { id: 'GL011', message: "'./b' has no export 'h'." } });
  });

  test('a refusal in another file has its place there', () => {
    const answer = answers(
      {
        'a.js': "const { g } = require('./lib/b');\nexports.f = (x) => g(x);",
        'lib/b.js': '// a line\nexports.g = (x) =>\n  x + Math.random();\n',
      },
      'a.js',
    );
    expect(answer).toMatchObject({
      error: {
        id: 'GL114',
        file: 'lib/b.js',
        range: { start: { line: 2, character: 6 }, end: { line: 2, character: 19 } },
      },
    });
  });

  test('a top level that fails half-way leaves the rest', () => {
    const files = {
      'a.js':
        "const b = require('./b'); exports.f = (x) => b.good(x); exports.g = (x) => b.bad * x; exports.h = (x) => x * (b.never ?? 1);",
      'b.js':
        'exports.bad = Math.random() > 0.5 ? Math.sin(1) : Math.cos(1);\nexports.good = (x) => x * x;\nlet table = [1];\nif (Math.random() > 0.5) exports.never = 3;\n',
    };
    expect(answers(files, 'a.js', 'f')).toMatchObject({ value: [4], jacobian: [[4]] });
    written?.remove();
    expect(answers(files, 'a.js', 'g')).toMatchObject({ error: { id: 'GL114', file: 'b.js' } });
    written?.remove();
    // Whether it is there is not known either.
    expect(answers(files, 'a.js', 'h')).toMatchObject({ error: { id: 'GL114', file: 'b.js' } });
  });

  test('a call that cannot be followed while a bundle loads takes along what it could have changed, and no more', () => {
    const files = {
      'a.js':
        "const b = require('./b'); for (const name of ['plain', 'seeded', 'counted', 'listed', 'aliased', 'result']) exports[name] = (x) => b[name](x);",
      'b.js': `(function (exports) {
  var seed = [1], count = 0, list = [1, 2], other = { inner: list };
  function mix(text, key) { for (var i = 0; i < text.length; i++) key[i & 3] = text.charCodeAt(i); count++; return key.length; }
  function fill() { if (Math.random() > 2) other.inner.push(3); return 7; }
  var made = mix('' + Math.random(), seed);
  fill();
  exports.plain = function (x) { return x * x; };
  exports.seeded = function (x) { return x * seed.length; };
  exports.counted = function (x) { return x * count; };
  exports.listed = function (x) { return x * list[0]; };
  exports.aliased = function (x) { return x * other.inner.length; };
  exports.result = function (x) { return x * made; };
})(exports);
`,
    };
    written = write({ files });
    const of = sources();
    const file = path.join(written.folder, 'a.js');
    expect(ask(of, file, 'plain', [2])).toMatchObject({ value: [4], jacobian: [[4]] });
    // The statements beside the one that is left out have run.
    expect(ask(of, file, 'counted', [2])).toMatchObject({ value: [2], jacobian: [[1]] });
    for (const name of ['seeded', 'listed', 'aliased', 'result'])
      expect(ask(of, file, name, [2]), name).toMatchObject({ error: { id: 'GL114' } });
  });

  test('a top level that does not end', () => {
    const files = {
      'a.ts':
        "import { k } from './b'; import { g } from './c'; export const f = (x: number) => k * x; export const h = (x: number) => g(x);",
      'b.ts': 'let n = 0; for (;;) n++; export const k = n;',
      'c.ts': 'export function g(x: number) { return x * x; }',
    };
    expect(answers(files, 'a.ts')).toMatchObject({ error: { id: 'GL012', file: 'b.ts' } });
    written?.remove();
    expect(answers(files, 'a.ts', 'h')).toMatchObject({ value: [4], jacobian: [[4]] });
  });

  test('import() and what is behind import.meta', () => {
    const files = {
      'package.json': '{"type": "module"}',
      'a.js':
        "const here = import.meta.url; export const f = (x) => x * x; export const g = (x) => here.length * x; export const h = (x) => import('./b.js').then((b) => b.k * x);",
      'b.js': 'export const k = 1;',
    };
    expect(answers(files, 'a.js', 'f')).toMatchObject({ value: [4] });
    written?.remove();
    expect(answers(files, 'a.js', 'g')).toMatchObject({
      error: { id: 'GL111', range: { start: { line: 0, character: 13 } } },
    });
    written?.remove();
    expect(answers(files, 'a.js', 'h')).toHaveProperty('error');
  });

  test('createRequire gives the require of the module that asks, and of no other place', () => {
    written = write({
      files: {
        'a.mjs': `import module, { createRequire } from 'node:module';
const { url } = import.meta;
const require = createRequire(url);
const { k } = require('./lib/b.cjs');
const again = module.createRequire(import.meta.url)('./c.json').c;
export const f = (x) => k * x * again;
export const g = (x) => createRequire('/elsewhere/b.js')('./c.json').c * x;
`,
        'lib/b.cjs': "exports.k = 3 * require('../c.json').c;",
        'c.json': '{"c": 2}',
      },
    });
    const file = path.join(written.folder, 'a.mjs');
    expect(ask(sources(), file, 'f', [2])).toMatchObject({ value: [24], jacobian: [[12]] });
    expect(ask(sources(), file, 'g', [2])).toMatchObject({
      error: { id: 'GL114', range: { start: { line: 6, character: 24 } } },
    });
  });

  test('what is only printed does not matter, where it is not known whether', () => {
    const files = {
      'a.js': `const late = performance.now() > 5;
exports.f = (x) => { late && console.warn('late', x); if (late) { console.log(x); } else console.info('early'); return x * x; };
exports.g = (x) => { if (late) console.log((x = 1)); return x * x; };
exports.h = (x) => { const console = { log() { x = 1; } }; late && console.log(x); return x * x; };
exports.i = (x) => { const console = { log() { x = 1; } }; if (late) console.log(x); return x * x; };
exports.j = (x) => { const console = { log() { throw x; } }; try { if (late) console.log(x); } catch (e) { return e; } return x * x; };
`,
    };
    written = write({ files });
    const file = path.join(written.folder, 'a.js');
    expect(ask(sources(), file, 'f', [2])).toMatchObject({ value: [4], jacobian: [[4]] });
    for (const name of ['g', 'h', 'i', 'j'])
      expect(ask(sources(), file, name, [2]), name).toMatchObject({ error: { id: 'GL114' } });
  });

  test('a clock that is only looked at while a module loads does no harm', () => {
    const files = {
      'a.js': `const { g } = require('./b'); exports.f = (x) => g(x); exports.h = (x) => require('./b').slow() * x;`,
      // As lodash does for what is called often.
      'b.js': `function shortOut(func) {
  let count = 0, lastCalled = 0;
  return function (...args) {
    const stamp = Date.now(), remaining = 16 - (stamp - lastCalled);
    lastCalled = stamp;
    if (remaining > 0) { if (++count >= 800) return args[0]; } else { count = 0; }
    return func.apply(undefined, args);
  };
}
const set = shortOut((target, key) => { target[key] = 3; return target; });
exports.g = (x) => set({}, 'k').k * x;
exports.slow = () => { if (Date.now() % 2) {} else {} return Date.now() % 2 ? 2 : 1; };
`,
    };
    expect(answers(files, 'a.js', 'f')).toMatchObject({ value: [6], jacobian: [[3]] });
    written?.remove();
    expect(answers(files, 'a.js', 'h')).toMatchObject({ error: { id: 'GL114' } });
  });

  test('what a module of Node shares with the globals is the same there', () => {
    const files = {
      'a.js':
        "const { Buffer: B } = require('buffer'); exports.f = (x) => (B.isBuffer(x) ? 0 : B === Buffer ? x * x : 1); exports.g = (x) => B.from([x])[0] * x;",
    };
    expect(answers(files, 'a.js', 'f')).toMatchObject({ value: [4], jacobian: [[4]] });
    written?.remove();
    expect(answers(files, 'a.js', 'g')).toMatchObject({ error: { id: 'GL114' } });
  });

  test('state of modules does not carry over from one request to the next', () => {
    written = write({
      files: {
        'a.ts':
          "import { memo, count } from './b'; export function f(x: number) { count.n++; memo.push(x); return x * count.n + memo.length; }",
        'b.ts': 'export const memo: number[] = []; export const count = { n: 0 };',
      },
    });
    const of = sources();
    const file = path.join(written.folder, 'a.ts');
    for (let i = 0; i < 3; i++)
      expect(ask(of, file, 'f', [2])).toMatchObject({ value: [3], jacobian: [[1]] });
  });

  test('two files that import the same module have each their own', () => {
    written = write({
      files: {
        'a.ts':
          "import { list } from './shared'; list.push(5); export const f = (x: number) => x * list.length;",
        'b.ts': "import { list } from './shared'; export const f = (x: number) => x * list.length;",
        'shared.ts': 'export const list: number[] = [1];',
      },
    });
    const of = sources();
    const { folder } = written;
    expect(ask(of, path.join(folder, 'a.ts'), 'f', [2])).toMatchObject({ value: [4] });
    expect(ask(of, path.join(folder, 'b.ts'), 'f', [2])).toMatchObject({ value: [2] });
    expect(ask(of, path.join(folder, 'a.ts'), 'f', [2])).toMatchObject({ value: [4] });
  });
});
