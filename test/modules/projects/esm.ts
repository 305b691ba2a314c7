import type { Project } from '../run.ts';

const module = { 'package.json': '{"type": "module"}' };

export const ESM: { readonly [name: string]: Project } = {
  'default, named and namespace imports': {
    files: {
      ...module,
      'a.js': `import d, { g, k as scale } from './b.js';
import * as all from './b.js';
export const f = (x) => d(x) + g(x) * scale + all.default(x) * all.k;`,
      'b.js': `export default function (x) { return x * x; }
export const k = 3;
export function g(x) { return Math.sin(x) * k; }`,
    },
    entry: 'a.js',
  },
  're-exports: star, named, renamed, as a namespace, of an import': {
    files: {
      ...module,
      'a.js': `import { g, h, other, inner, viaLocal, square } from './index.js';
export const f = (x) => g(x) + h(x) + other(x) + inner.g(x) + viaLocal(x) + square(x);`,
      'index.js': `import { g } from './b.js';
export * from './b.js';
export * from './c.js';
export { h as other } from './b.js';
export * as inner from './b.js';
export { default as square } from './d.js';
export { g as viaLocal };`,
      'b.js': 'export const g = (x) => 2 * x; export const h = (x) => x ** 3; export const only = 1;',
      'c.js': 'export const deep = 4; export default () => NaN;',
      'd.js': 'export default (x) => x * x;',
    },
    entry: 'a.js',
  },
  'an own export goes before that of a star': {
    files: {
      ...module,
      'a.js': "import { g } from './b.js'; export const f = (x) => g(x);",
      'b.js': "export * from './c.js'; export const g = (x) => 5 * x;",
      'c.js': 'export const g = (x) => 7 * x;',
    },
    entry: 'a.js',
  },
  'bindings are live': {
    files: {
      ...module,
      'a.js': `import { n, grow } from './b.js';
import * as b from './b.js';
grow();
export const f = (x) => { grow(); return n * x + b.n; };`,
      'b.js': 'export let n = 1; export function grow() { n = n === 1 ? 2 : 3; n = 3; }',
    },
    entry: 'a.js',
  },
  'a cycle with hoisted functions': {
    files: {
      ...module,
      'a.js': `import { even } from './b.js';
export function odd(n) { return n === 0 ? 0 : even(n - 1); }
export const f = (x) => x * even(4) + x * x * odd(3);`,
      'b.js': `import { odd } from './a.js';
export function even(n) { return n === 0 ? 1 : odd(n - 1); }`,
    },
    entry: 'a.js',
  },
  'a cycle in which a variable is read before it is there': {
    files: {
      ...module,
      'a.js': `import { early, late } from './b.js';
export const k = 7;
export const f = (x) => x * late() + (early === 'no' ? 1 : 2);`,
      'b.js': `import { k } from './a.js';
export let early;
try { early = k; } catch { early = 'no'; }
export const late = () => k;`,
    },
    entry: 'a.js',
  },
  'classes and their inheritance across files': {
    files: {
      ...module,
      'a.js': `import { Square } from './square.js';
export const f = (x) => new Square(x).area() + Square.unit().area();`,
      'square.js': `import Shape from './shape.js';
export class Square extends Shape {
  constructor(side) { super(side, side); }
  static unit() { return new Square(1); }
  area() { return super.area() * 2; }
}`,
      'shape.js':
        'export default class { constructor(a, b) { this.a = a; this.b = b; } area() { return this.a * this.b; } }',
    },
    entry: 'a.js',
  },
  'tables that are computed while loading, and effects in order': {
    files: {
      ...module,
      'a.js': `import './first.js';
import { log } from './log.js';
import './second.js';
export const f = (x) => log.reduce((sum, n, i) => sum + n * x ** i, 0);`,
      'log.js': 'export const log = [];',
      'first.js': "import { log } from './log.js'; log.push(3, 5);",
      'second.js': "import { log } from './log.js'; log.push(log.length * 10);",
    },
    entry: 'a.js',
  },
  'an import for its effects changes what is built in': {
    files: {
      ...module,
      'a.js': "import './patch.js'; export const f = (x) => [x, 2].total() + Math.twice(x);",
      'patch.js': `Array.prototype.total = function () { return this.reduce((a, b) => a + b, 0); };
Math.twice = (x) => 2 * x;`,
    },
    entry: 'a.js',
  },
  'iterating over a namespace': {
    files: {
      ...module,
      'a.js': `import * as terms from './terms.js';
export const f = (x) => Object.keys(terms).reduce((sum, key, i) => sum + terms[key](x) * (i + 1), 0)
  + Object.entries(terms).length;`,
      'terms.js':
        'export const zeta = (x) => x; export const alpha = (x) => x * x; export default (x) => 1 / x;',
    },
    entry: 'a.js',
  },
  'ES module of CommonJS': {
    files: {
      ...module,
      'a.js': `import lib, { g } from './b.cjs';
import * as all from './b.cjs';
export const f = (x) => lib.g(x) + g(x) + all.default.k * x + all.k;`,
      'b.cjs': 'exports.g = (x) => x * x; exports.k = 4;',
    },
    entry: 'a.js',
  },
  "Node's default of a marked CommonJS module": {
    files: {
      ...module,
      'a.js': "import lib from './b.cjs'; export const f = (x) => lib.default(x) + lib.g(x);",
      'b.cjs': `Object.defineProperty(exports, '__esModule', { value: true });
exports.default = (x) => 3 * x; exports.g = (x) => x * x;`,
    },
    entry: 'a.js',
  },
  'JSON by require from an ES module of a transpiler': {
    files: {
      'a.ts':
        "import data from './data.json'; import { k } from './data.json'; export const f = (x: number) => x * data.k + k;",
      'data.json': '{"k": 2.5, "list": [1, 2]}',
    },
    entry: 'a.ts',
    bundled: true,
  },
  'types are elided': {
    files: {
      'a.ts': `import type { T } from './types';
import { Options } from './types';
import { type U, g } from './b';
export function f(x: number, o: Options = { k: 2 }): number { const t: T = x; const u: U = t; return g(u) * o.k; }`,
      'types.d.ts': 'export type T = number; export interface Options { k: number }',
      'b.ts':
        "import { Absent } from './types'; export type U = number; export const g = (x: U | Absent) => (x as number) ** 2;",
    },
    entry: 'a.ts',
    bundled: true,
  },
  'enums, namespaces and const enums of another file': {
    files: {
      'a.ts': `import { Kind, Units } from './b';
import * as b from './b';
export const f = (x: number) => x * Units.scale(2) + Kind.Second + b.Kind.Third * x + b.Fixed.Nine;`,
      'b.ts': `export enum Kind { First = 1, Second, Third = Second * 4 }
export const enum Fixed { Nine = 9 }
export namespace Units { export const k = 1.25; export function scale(n: number) { return n * k; } }`,
    },
    entry: 'a.ts',
    bundled: true,
  },
  'import = and export =': {
    files: {
      'a.ts': `import lib = require('./b');
import { helper } from './c';
export const f = (x: number) => lib(x) + lib.k + helper.g(x);`,
      'b.ts': 'function lib(x: number) { return x * x; } namespace lib { export const k = 3; } export = lib;',
      'c.ts': "import b = require('./b'); export const helper = { g: (x: number) => b(x) * 2 };",
    },
    entry: 'a.ts',
    bundled: true,
  },
  'a default that is a class, a function or a value, by every spelling': {
    files: {
      ...module,
      'a.js': `import A from './a1.js'; import b from './b1.js'; import c from './c1.js'; import { default as d } from './c1.js';
export const f = (x) => new A(x).get() + b(x) * c.k + d.k;`,
      'a1.js':
        'export default class A { #x; constructor(x) { this.#x = x; } get() { return this.#x ** 2; } }',
      'b1.js': 'function b(x) { return Math.exp(x); } export { b as default };',
      'c1.js': 'export default { k: 2 };',
    },
    entry: 'a.js',
  },
  'the exported result of a call': {
    files: {
      ...module,
      'a.js': "import { make } from './b.js'; const power = make(3); export { power as f };",
      'b.js': 'export const make = (n) => (x) => x ** n;',
    },
    entry: 'a.js',
  },
  'a method of an object of another file, re-exported': {
    files: {
      ...module,
      'a.js': "export { lib } from './b.js';",
      'b.js': 'export const lib = { k: 3, deep: { k: 5, g(x) { return this.k * x * x; } } };',
    },
    entry: 'a.js',
    call: 'lib.deep.g',
  },
  'a static method of a re-exported class': {
    files: {
      ...module,
      'a.js': "export { default as Vec } from './b.js';",
      'b.js': 'export default class { static norm(x, y) { return Math.hypot(x, y); } }',
    },
    entry: 'a.js',
    call: 'Vec.norm',
    args: [3, 4],
  },
  'a namespace that is exported': {
    files: {
      ...module,
      'a.js': "export * as ns from './b.js';",
      'b.js': 'export const g = (x) => x * Math.log(x);',
    },
    entry: 'a.js',
    call: 'ns.g',
  },
  'a dependency that nothing needed is missing': {
    files: {
      'a.ts': `import { nothing } from 'no-such-package';
import './style.css';
export const unused = () => nothing(1);
export const f = (x: number) => x * x;`,
      'style.css': 'a { color: red }',
      'node_modules/no-such-package/index.js': 'export const nothing = 1;',
    },
    entry: 'a.ts',
    bundled: true,
  },
  'a quiet package runs only what is needed, in time': {
    files: {
      ...module,
      'a.js': "import { g } from 'lib'; import * as lib from 'lib'; export const f = (x) => g(x) + lib.h(x);",
      'node_modules/lib/package.json': '{"type": "module", "main": "index.js", "sideEffects": false}',
      'node_modules/lib/index.js':
        "export * from './g.js'; export * from './h.js'; export * from './never.js';",
      'node_modules/lib/g.js': "import { k } from './k.js'; export const g = (x) => k * x;",
      'node_modules/lib/h.js': "import { table } from './k.js'; export const h = (x) => table[1] * x * x;",
      'node_modules/lib/k.js': 'export const k = 6; export const table = [1, 2].map((n) => n * k);',
      'node_modules/lib/never.js': 'export const unused = 1;',
    },
    entry: 'a.js',
  },
};
