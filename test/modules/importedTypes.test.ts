/** Types that come from other files: code made of them gives what differences of the function as it runs give. */
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
export class Editor extends InProcess {
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

export function run(code: string, args: readonly unknown[]): unknown {
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
