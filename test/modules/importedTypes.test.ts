/** Types that come from other files: code made of them gives what differences of the function as it runs give. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformSync } from 'esbuild';
import { afterEach, describe, expect, test } from 'vitest';
import { Disk } from '../../server/modules/disk.node.ts';
import { INSERT_DERIVATIVE, type InsertDerivativeResult } from '../../server/protocol/messages.ts';
import { InProcess } from '../server/inProcess.ts';
import { write } from './run.ts';

type Files = { readonly [name: string]: string };

const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

/** An editor over a project on the disk. */
class Editor extends InProcess {
  readonly folder: string;

  constructor(files: Files, links: readonly (readonly [string, string])[] = []) {
    super({ disk: new Disk() });
    const written = write({ files, links });
    removals.push(written.remove);
    this.folder = written.folder;
  }

  uri(name: string): string {
    return pathToFileURL(path.join(this.folder, name)).href;
  }

  /** The gradient of `f` in a text. */
  insert(text: string, name = 'main.ts'): InsertDerivativeResult {
    const uri = this.uri(name);
    this.open(uri, text, /\.jsx?$/.test(name) ? 'javascript' : 'typescript');
    return this.again(text, name);
  }

  again(text: string, name = 'main.ts'): InsertDerivativeResult {
    const before = text.slice(0, text.indexOf('function f')).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)!.length + 10 };
    return this.request(INSERT_DERIVATIVE, { uri: this.uri(name), position, kind: 'gradient' });
  }
}

function codeOf(answer: InsertDerivativeResult): string {
  if (answer.kind !== 'edit') throw new Error(JSON.stringify(answer));
  return answer.edits[0]!.newText;
}

function run(code: string, args: readonly unknown[]): unknown {
  const { code: js } = transformSync(code, { loader: 'ts', format: 'cjs' });
  const module = { exports: {} as Record<string, (...args: unknown[]) => unknown> };
  new Function('module', 'exports', 'require', js)(module, module.exports, () => ({}));
  return module.exports['fGradient']!(...args);
}

// ∂/∂x x² y = 2 x y, ∂/∂y x² y = x²: at (3, 2) 12 and 9.
const OF_P = 'return p.x * p.x * p.y;';
const AT = { x: 3, y: 2 };
const VEC = 'export interface Vec { x: number; y: number }\n';

function expectPlane(files: Files, head: string, type: string, name?: string): void {
  const text = `${head}\nexport function f(p: ${type}): number { ${OF_P} }\n`;
  const code = codeOf(new Editor(files).insert(text, name));
  expect(run(code, [AT])).toEqual({ x: 12, y: 9 });
}

describe('a type that is imported', () => {
  test.each<[what: string, files: Files, head: string, type: string]>([
    ['by name', { 'types.ts': VEC }, "import type { Vec } from './types';", 'Vec'],
    ['by another name', { 'types.ts': VEC }, "import { type Vec as V } from './types';", 'V'],
    ['with its extension', { 'types.ts': VEC }, "import type { Vec } from './types.ts';", 'Vec'],
    ['by its output', { 'types.ts': VEC }, "import type { Vec } from './types.js';", 'Vec'],
    ['as default', { 'types.ts': `${VEC}export default Vec;` }, "import type V from './types';", 'V'],
    [
      'as default where it is declared',
      { 'types.ts': 'export default interface Vec { x: number; y: number }' },
      "import V from './types';",
      'V',
    ],
    ['in a namespace', { 'types.ts': VEC }, "import * as T from './types';", 'T.Vec'],
    [
      'in a namespace of a module',
      { 'types.ts': 'export namespace Geometry { export interface Vec { x: number; y: number } }' },
      "import type { Geometry } from './types';",
      'Geometry.Vec',
    ],
    ['where it stands', { 'types.ts': VEC }, '', "import('./types').Vec"],
    [
      'through all exports',
      {
        'index.ts': "export * from './a'; export * from './types';",
        'a.ts': 'export type A = 1;',
        'types.ts': VEC,
      },
      "import type { Vec } from './index';",
      'Vec',
    ],
    [
      'through an export by another name',
      { 'index.ts': "export { Vec as Point } from './types';", 'types.ts': VEC },
      "import type { Point } from '.';",
      'Point',
    ],
    [
      'through an export of a namespace',
      { 'index.ts': "export * as T from './types';", 'types.ts': VEC },
      "import type { T } from './index';",
      'T.Vec',
    ],
    [
      'through an import and an export of types',
      { 'index.ts': "import type { Vec } from './types';\nexport type { Vec };", 'types.ts': VEC },
      "import type { Vec } from './index';",
      'Vec',
    ],
    [
      'through files that lead to each other',
      {
        'a.ts': "export * from './b'; export type { Vec as W } from './b';",
        'b.ts': `export * from './a';\n${VEC}`,
      },
      "import type { W } from './a';",
      'W',
    ],
    [
      'as an alias of one of a third file',
      {
        'a.ts': "import type { Num } from './b';\nexport type Vec = Record<'x' | 'y', Num>;",
        'b.ts': 'export type Num = number;',
      },
      "import type { Vec } from './a';",
      'Vec',
    ],
    [
      'and extends one of a third file',
      {
        'a.ts': "import type { Base } from './b';\nexport interface Vec extends Base { y: number }",
        'b.ts': 'export interface Base { x: number }',
      },
      "import type { Vec } from './a';",
      'Vec',
    ],
    [
      'and extended here',
      { 'a.ts': 'export interface Base { x: number }' },
      "import type { Base } from './a';\ninterface Vec extends Base { y: number }",
      'Vec',
    ],
    [
      'and added to here',
      { 'a.ts': 'export interface Vec { x: number }' },
      "import type { Vec } from './a';\ndeclare module './a' { interface Vec { y: number } }",
      'Vec',
    ],
    [
      'with arguments',
      { 'a.ts': 'export interface Pair<A, B = A> { x: A; y: B }' },
      "import type { Pair } from './a';\ntype Num = number;",
      'Pair<Num>',
    ],
    [
      'as the type of a value',
      { 'a.ts': 'export const origin = { x: 0, y: 0 };' },
      "import { origin } from './a';",
      'typeof origin',
    ],
    [
      'as the type of a value of a namespace',
      { 'a.ts': 'export const origin = { x: 0, y: 0 };' },
      "import * as A from './a';",
      'typeof A.origin',
    ],
    [
      'as what a function returns',
      { 'a.ts': 'export function make(): { x: number; y: number } { return { x: 1, y: 2 }; }' },
      "import { make } from './a';",
      'ReturnType<typeof make>',
    ],
    [
      'of enums',
      {
        'a.ts': "import type { Level } from './b';\nexport interface Vec { x: number; y: Level }",
        'b.ts': 'export enum Level { Low = 1, High }',
      },
      "import type { Vec } from './a';",
      'Vec',
    ],
    [
      'of a JavaScript file',
      { 'a.js': '/** @typedef {{ x: number, y: number }} Vec */\nexport {};' },
      "import type { Vec } from './a.js';",
      'Vec',
    ],
    [
      'of declarations beside JavaScript',
      { 'a.js': 'export const a = 1;', 'a.d.ts': 'export interface Vec { x: number; y: number }' },
      "import type { Vec } from './a.js';",
      'Vec',
    ],
    [
      'of declarations that export all they have',
      {
        'a.d.ts':
          'export {};\ninterface Hidden { x: number }\nexport interface Vec extends Hidden { y: number }',
      },
      "import type { Vec } from './a';",
      'Vec',
    ],
    [
      'by paths of the project',
      { 'tsconfig.json': '{"compilerOptions": {"paths": {"@/*": ["./lib/*"]}}}', 'lib/types.ts': VEC },
      "import type { Vec } from '@/types';",
      'Vec',
    ],
    [
      'of a package with types',
      {
        'node_modules/geo/package.json': '{"main": "./index.js", "types": "./dist/all.d.ts"}',
        'node_modules/geo/dist/all.d.ts': "export * from './vec';",
        'node_modules/geo/dist/vec.d.ts': VEC,
      },
      "import type { Vec } from 'geo';",
      'Vec',
    ],
    [
      'of a package with typings',
      {
        'node_modules/geo/package.json': '{"typings": "all"}',
        'node_modules/geo/all.d.ts': VEC,
      },
      "import type { Vec } from 'geo';",
      'Vec',
    ],
    [
      'of a package whose exports say which types',
      {
        'node_modules/@a/geo/package.json':
          '{"exports": {"./vec": {"types": "./t/vec.d.ts", "import": "./vec.mjs"}, ".": "./i.js"}}',
        'node_modules/@a/geo/t/vec.d.ts': VEC,
      },
      "import type { Vec } from '@a/geo/vec';",
      'Vec',
    ],
    [
      'of a package with declarations beside what it exports',
      {
        'node_modules/geo/package.json': '{"exports": {"import": "./dist/index.mjs"}}',
        'node_modules/geo/dist/index.mjs': '',
        'node_modules/geo/dist/index.d.mts': VEC,
      },
      "import type { Vec } from 'geo';",
      'Vec',
    ],
    [
      'of types that were written for a package',
      {
        'node_modules/geo/package.json': '{"main": "index.js"}',
        'node_modules/geo/index.js': 'exports.a = 1;',
        'node_modules/@types/geo/package.json': '{"types": "index.d.ts"}',
        'node_modules/@types/geo/index.d.ts':
          'declare namespace geo { interface Vec { x: number; y: number } }\nexport = geo;',
      },
      "import type { Vec } from 'geo';",
      'Vec',
    ],
  ])('%s', (_what, files, head, type) => {
    expectPlane(files, head, type);
  });
});

const CLASS = `export class Vec {
  constructor(public x: number, public y: number) {}
  get twice(): number { return 2 * this.x; }
  area(): number { return this.x * this.y; }
}
`;

// ∂/∂x 2 x · x y = 4 x y, ∂/∂y 2 x² : at (3, 2) 24 and 18.
test.each<[what: string, files: Files, head: string, type: string, path?: string]>([
  ['imported', { 'a.ts': CLASS }, "import { Vec } from './a';", 'Vec'],
  ['imported as a type alone', { 'a.ts': CLASS }, "import type { Vec } from './a';", 'Vec'],
  ['of a namespace', { 'a.ts': CLASS }, "import * as A from './a';", 'A.Vec'],
  [
    'that another file extends',
    { 'a.ts': CLASS, 'b.ts': "import { Vec } from './a';\nexport class Deep extends Vec {}" },
    "import type { Deep } from './b';",
    'Deep',
  ],
  [
    'of JavaScript with declarations',
    {
      'a.js':
        'export class Vec { constructor(x, y) { this.x = x; this.y = y; } get twice() { return 2 * this.x; } area() { return this.x * this.y; } }',
      'a.d.ts': 'export declare class Vec { x: number; y: number; readonly twice: number; area(): number }',
    },
    "import { Vec } from './a.js';",
    'Vec',
  ],
])('instances have the methods of a class %s', (_what, files, head, type) => {
  const text = `${head}\nexport function f(p: ${type}): number { return p.twice * p.area(); }\n`;
  expect(run(codeOf(new Editor(files).insert(text)), [AT])).toMatchObject({ x: 24, y: 18 });
});

test('a class below a type of another file has its methods', () => {
  const files = {
    'a.ts': CLASS,
    'b.ts': "import type { Vec } from './a';\nexport interface Body { at: Vec }",
  };
  const text =
    "import type { Body } from './b';\nexport function f(b: Body): number { return b.at.area(); }\n";
  expect(run(codeOf(new Editor(files).insert(text)), [{ at: AT }])).toEqual({ at: { x: 2, y: 3 } });
});

test('a function takes its parameters’ types from the type that it is given to', () => {
  const files = { 'a.ts': 'export type Fn = (p: { x: number; y: number }) => number;' };
  const text = `import type { Fn } from './a';\nexport const f: Fn = function f(p) { ${OF_P} };\n`;
  expect(run(codeOf(new Editor(files).insert(text)), [AT])).toEqual({ x: 12, y: 9 });
});

test('comments of JavaScript import types too', () => {
  for (const tag of ["@param {import('./a').Vec} p", "@import { Vec } from './a'\n * @param {Vec} p"]) {
    const text = `/**\n * ${tag}\n */\nexport function f(p) { ${OF_P} }\n`;
    expect(run(codeOf(new Editor({ 'a.ts': VEC }).insert(text, 'main.js')), [AT])).toEqual({ x: 12, y: 9 });
  }
  const common = { 'a.js': '/** @typedef {{ x: number, y: number }} Vec */\nmodule.exports = {};' };
  const text = `/** @param {import('./a').Vec} p */\nexport function f(p) { ${OF_P} }\n`;
  expect(run(codeOf(new Editor(common).insert(text, 'main.js')), [AT])).toEqual({ x: 12, y: 9 });
});

test.each<[what: string, files: Files, head: string, type: string, named: string]>([
  ['is not there', {}, "import type { Vec } from './a';", 'Vec', 'Vec of p'],
  ['is in no such package', {}, "import type { Vec } from 'nowhere';", 'Vec', 'Vec of p'],
  [
    'is not exported',
    { 'a.ts': 'interface Vec { x: number; y: number }' },
    "import type { Vec } from './a';",
    'Vec',
    'Vec of p',
  ],
  [
    'leads in circles',
    { 'a.ts': "export { B as Vec } from './b';", 'b.ts': "export { Vec as B } from './a';" },
    "import type { Vec } from './a';",
    'Vec',
    'Vec of p',
  ],
  [
    'is exported in circles',
    { 'a.ts': "export * from './b';", 'b.ts': "export * from './a';" },
    "import type { Vec } from './a';",
    'Vec',
    'Vec of p',
  ],
  [
    'imports itself',
    { 'a.ts': "import type { Vec } from './a';\nexport type { Vec };" },
    "import type { Vec } from './a';",
    'Vec',
    'Vec of p',
  ],
  [
    'is made of what is not there',
    { 'a.ts': "import type { Len } from './b';\nexport interface Vec { x: number; y: Len }" },
    "import type { Vec } from './a';",
    'Vec',
    'Len of p.y',
  ],
  ['is a whole module', { 'a.ts': VEC }, "import * as T from './a';", 'T', 'T of p'],
  [
    'goes on below itself',
    { 'a.ts': 'export interface Vec { x: Vec; y: number }' },
    "import type { Vec } from './a';",
    'Vec',
    'Vec of p.x',
  ],
  [
    'is a class whose code is not at hand',
    { 'a.d.ts': 'export declare class Vec { x: number; y: number }' },
    "import type { Vec } from './a';",
    'Vec',
    'Vec of p',
  ],
  [
    'is declared below a default export that has another name',
    { 'a.ts': `${VEC}export default 1;` },
    "import type V from './a';",
    'V',
    'V of p',
  ],
])('a type that %s is refused by its name', (_what, files, head, type, named) => {
  const answer = new Editor(files).insert(`${head}\nexport function f(p: ${type}): number { ${OF_P} }\n`);
  expect(answer.kind).toBe('refused');
  expect((answer as { message: string }).message).toContain(`The type ${named} is not known here`);
});

describe('an edit of the file that declares a type', () => {
  const text = `import type { Vec } from './types';\nexport function f(p: Vec): number { ${OF_P} }\n`;

  test('counts before it is saved, and through files between', () => {
    const editor = new Editor({
      'types.ts': "export type { Vec } from './vec';",
      'vec.ts': 'export interface Vec { x: number; y: string }',
    });
    expect(editor.insert(text).kind).toBe('refused');
    editor.open(editor.uri('vec.ts'), VEC);
    expect(run(codeOf(editor.again(text)), [AT])).toEqual({ x: 12, y: 9 });
    editor.change(editor.uri('vec.ts'), [{ text: 'export interface Vec { x: number; y: string }' }]);
    expect(editor.again(text).kind).toBe('refused');
    editor.change(editor.uri('vec.ts'), [{ text: VEC }]);
    expect(editor.again(text).kind).toBe('edit');
    editor.session.receive({ kind: 'close', uri: editor.uri('vec.ts') });
    expect(editor.again(text).kind).toBe('refused');
  });

  test('on the disk counts where it is told of', () => {
    const editor = new Editor({});
    expect(editor.insert(text).kind).toBe('refused');
    fs.writeFileSync(path.join(editor.folder, 'types.ts'), VEC);
    editor.session.receive({ kind: 'files', uris: [editor.uri('types.ts')] });
    expect(run(codeOf(editor.again(text)), [AT])).toEqual({ x: 12, y: 9 });
  });

  test('renews what was found with it, and nothing else does', () => {
    const editor = new Editor({ 'types.ts': 'export type Num = number;\nexport const k = 1;\n' });
    const uri = editor.uri('main.ts');
    const sampled =
      "import type { Num } from './types';\n// @differentiable at x = [2]\nexport function f(x: Num): number { return x[0] * 3; }\n";
    editor.open(uri, sampled);
    // A number is declared, and the sample gives an array.
    expect(editor.lenses(uri).join()).toContain('∇f: none (GL003');
    expect(JSON.stringify(editor.diagnostics(uri))).toContain('GL003');
    const evaluations = (): number => {
      const lenses = editor.said.filter((said) => said.kind === 'evaluating').length;
      return lenses;
    };
    editor.open(editor.uri('types.ts'), 'export type Num = number[];\nexport const k = 1;\n');
    expect(editor.diagnostics(uri)).toEqual([]);
    expect(editor.lenses(uri).join()).toContain('∇f([2]) = 3');
    // What of that file is no type changes nothing here.
    const before = editor.hover(uri, { line: 2, character: 17 });
    editor.change(editor.uri('types.ts'), [{ text: 'export type Num = number[];\nexport const k = 2;\n' }]);
    expect(editor.hover(uri, { line: 2, character: 17 })).toBe(before);
    expect(evaluations()).toBeLessThanOrEqual(1);
    editor.change(editor.uri('types.ts'), [{ text: 'export type Num = number;\nexport const k = 2;\n' }]);
    expect(JSON.stringify(editor.diagnostics(uri))).toContain('GL003');
  });
});

test('files of a virtual workspace are asked for', () => {
  const files: Files = { 'main.ts': '', 'types.ts': VEC };
  const editor = new InProcess({
    tell: ({ files: wanted, folders }) => ({
      files: wanted.map((id) => [id, files[id.slice('mem://w/'.length)] ?? null]),
      folders: folders.map((id) => [
        id,
        id === 'mem://w/' ? Object.keys(files).map((name) => [name, 'file'] as const) : null,
      ]),
    }),
  });
  const uri = 'mem://w/main.ts';
  editor.open(uri, `import type { Vec } from './types';\nexport function f(p: Vec): number { ${OF_P} }\n`);
  const answer = editor.request<InsertDerivativeResult>(INSERT_DERIVATIVE, {
    uri,
    position: { line: 1, character: 17 },
    kind: 'gradient',
  });
  expect(run(codeOf(answer), [AT])).toEqual({ x: 12, y: 9 });
});

test('a name is found in one of many files without reading them all', () => {
  const names = Array.from({ length: 300 }, (_, i) => `part${i}`);
  const files: Record<string, string> = {
    'index.ts': names.map((name) => `export * from './${name}';`).join('\n'),
  };
  names.forEach((name, i) => {
    const last = i === names.length - 1;
    files[`${name}.ts`] = last
      ? VEC
      : `import type { Vec } from './part299';\nexport interface P${i} { v: Vec }\n`;
  });
  const editor = new Editor(files);
  expect(
    run(
      codeOf(
        editor.insert(`import type { Vec } from './index';\nexport function f(p: Vec): number { ${OF_P} }\n`),
      ),
      [AT],
    ),
  ).toEqual({
    x: 12,
    y: 9,
  });
});

test('hints for a sample know the fields of an imported type', () => {
  const editor = new Editor({ 'types.ts': VEC });
  const uri = editor.uri('main.ts');
  editor.open(uri, `import type { Vec } from './types';\nexport function f(p: Vec): number { ${OF_P} }\n`);
  const at = { line: 1, character: 17 };
  const actions = editor.request('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: at, end: at },
    context: { diagnostics: [] },
  });
  expect(JSON.stringify(actions)).toContain('p = {x: 1, y: 2}');
});
