import type { Project } from '../run.ts';

/** A file that gives a constant under the name k. */
const k = (n: number): string => `export const k = ${n};`;
const common = (n: number): string => `exports.k = ${n};`;
const usesTyped = (specifier: string): string =>
  `import { k } from '${specifier}'; export const f = (x: number) => k * x;`;
const requires = (specifier: string): string =>
  `const { k } = require('${specifier}'); exports.f = (x) => k * x;`;
const module = { 'package.json': '{"type": "module", "name": "self", "exports": {"./own": "./own.js"}}' };

export const RESOLUTION: { readonly [name: string]: Project } = {
  'extensions and index files': {
    files: {
      'a.ts': `import { k as a } from './one'; import { k as b } from './two'; import { k as c } from './three';
import { k as d } from './four/'; import { k as e } from './five.js'; import { k as g } from './six.mjs';
export const f = (x: number) => a + b * 10 * x + c * 100 + d * 1000 + e * 1e4 + g * 1e5;`,
      'one.ts': k(1),
      'two.tsx': k(2),
      'three/index.ts': k(3),
      'four/index.js': k(4),
      'five.ts': k(5),
      'six.mts': k(6),
    },
    entry: 'a.ts',
    bundled: true,
  },
  'a source goes before what was built from it': {
    files: {
      'a.ts': usesTyped('./b'),
      'b.ts': k(1),
      'b.js': k(2),
      'b.d.ts': 'export declare const k: number;',
    },
    entry: 'a.ts',
    bundled: true,
  },
  'declarations next to their JavaScript': {
    files: { 'a.ts': usesTyped('./b'), 'b.js': k(2), 'b.d.ts': 'export declare const k: number;' },
    entry: 'a.ts',
    bundled: true,
  },
  'a file goes before a folder': {
    files: { 'a.js': requires('./b'), 'b.js': common(1), 'b/index.js': common(2) },
    entry: 'a.js',
  },
  'packages upwards': {
    files: {
      'src/deep/a.js':
        "exports.f = (x) => require('near').k * x + require('far').k + require('@s/p').k + require('near/sub').k;",
      'src/node_modules/near/index.js': common(2),
      'src/node_modules/near/sub.js': common(100),
      'node_modules/near/index.js': common(3),
      'node_modules/far/index.js': common(4),
      'node_modules/@s/p/package.json': '{"main": "./lib/p"}',
      'node_modules/@s/p/lib/p.js': common(5),
    },
    entry: 'src/deep/a.js',
  },
  'main, and not module': {
    files: {
      'a.mjs': "import p from 'p'; export const f = (x) => p.k * x;",
      'node_modules/p/package.json': '{"main": "main.js", "module": "module.js"}',
      'node_modules/p/main.js': common(1),
      'node_modules/p/module.js': k(2),
    },
    entry: 'a.mjs',
  },
  'exports: conditions in order': {
    files: {
      'a.mjs':
        "import { k } from 'p'; import { createRequire } from 'module'; export const f = (x) => k * x;",
      'node_modules/p/package.json':
        '{"exports": {"types": "./t.d.ts", "browser": "./no.js", "import": "./i.mjs", "require": "./r.js", "default": "./no.js"}}',
      'node_modules/p/i.mjs': k(1),
      'node_modules/p/r.js': common(2),
      'node_modules/p/no.js': common(3),
    },
    entry: 'a.mjs',
  },
  'exports: require': {
    files: {
      'a.js': requires('p'),
      'node_modules/p/package.json':
        '{"exports": {".": {"import": "./i.mjs", "require": {"types": "./x.d.ts", "default": "./r.cjs"}}}}',
      'node_modules/p/i.mjs': k(1),
      'node_modules/p/r.cjs': common(2),
    },
    entry: 'a.js',
  },
  'exports: node before what follows': {
    files: {
      'a.js': requires('p'),
      'node_modules/p/package.json': '{"exports": {"node": "./node.js", "require": "./r.js"}}',
      'node_modules/p/node.js': common(7),
      'node_modules/p/r.js': common(2),
    },
    entry: 'a.js',
  },
  'exports: patterns, the most specific, null and arrays': {
    files: {
      'a.js': `exports.f = (x) => require('p/one').k * x + require('p/deep/two').k + require('p/special').k
  + require('p/list').k + (() => { try { return require('p/deep/internal/x').k; } catch { return 1000; } })();`,
      'node_modules/p/package.json': JSON.stringify({
        exports: {
          './*': './src/*.js',
          './deep/*': './src/deep/*.js',
          './deep/internal/*': null,
          './special': './src/other.js',
          './list': ['./src/one.js', './src/other.js'],
        },
      }),
      'node_modules/p/src/one.js': common(1),
      'node_modules/p/src/other.js': common(5),
      'node_modules/p/src/deep/two.js': common(2),
      'node_modules/p/src/deep/internal/x.js': common(3),
    },
    entry: 'a.js',
  },
  'imports with #, and the package by its own name': {
    files: {
      'package.json': JSON.stringify({
        type: 'module',
        name: 'self',
        exports: { './own': './own.js' },
        imports: {
          '#one': './lib/one.js',
          '#lib/*': './lib/*.js',
          '#dep': { node: 'dep', default: './lib/one.js' },
        },
      }),
      'a.js': `import { k as a } from '#one'; import { k as b } from '#lib/two'; import { k as c } from 'self/own';
import dep from '#dep';
export const f = (x) => a * x + b * 10 + c * 100 + dep.k * 1000;`,
      'lib/one.js': k(1),
      'lib/two.js': k(2),
      'own.js': k(3),
      'node_modules/dep/index.js': common(4),
    },
    entry: 'a.js',
  },
  'CommonJS that a package says it has not': {
    files: {
      'a.cjs': requires('./b.cjs'),
      'b.cjs': "exports.k = 3; exports.g = require('./c.cjs');",
      'c.cjs': 'module.exports = 1;',
      'package.json': '{"type": "module"}',
    },
    entry: 'a.cjs',
  },
  'type of the package that the file is in': {
    files: {
      ...module,
      'a.js': "import p from 'p'; import { k } from './own.js'; export const f = (x) => p.k * x + k;",
      'own.js': k(2),
      'node_modules/p/package.json': '{"name": "p"}',
      'node_modules/p/index.js': common(3),
    },
    entry: 'a.js',
  },
  'symbolic links: one module by its real place': {
    files: {
      'packages/one/package.json': '{"name": "one", "main": "index.js"}',
      'packages/one/index.js': 'exports.n = (globalThis.linked = (globalThis.linked || 0) + 1);',
      'packages/two/index.js': "exports.n = require('one').n;",
      'a.js':
        "exports.f = (x) => x * require('one').n + require('two').n * 10 + require('./packages/one').n * 100;",
      'packages/two/package.json': '{"name": "two"}',
    },
    links: [
      ['node_modules/one', 'packages/one'],
      ['node_modules/two', 'packages/two'],
    ],
    entry: 'a.js',
  },
  'paths of a tsconfig, with baseUrl and extends': {
    files: {
      'src/a.ts': `import { k as a } from '@lib/one'; import { k as b } from 'shared'; import { k as c } from 'base/three';
export const f = (x: number) => a * x + b * 10 + c * 100;`,
      'tsconfig.json': `{
  // comments and trailing commas are what such files have
  "extends": "./config/base.json",
  "compilerOptions": { "strict": true, },
}`,
      'config/base.json':
        '{"compilerOptions": {"baseUrl": "../src", "paths": {"@lib/*": ["nowhere/*", "./lib/*"], "shared": ["../shared/index.ts"]}}}',
      'src/lib/one.ts': k(1),
      'shared/index.ts': k(2),
      'src/base/three.ts': k(3),
    },
    entry: 'src/a.ts',
    bundled: true,
  },
  'paths without baseUrl, a chain of extends, one of a package': {
    files: {
      'src/a.ts': "import { k } from '~/b'; export const f = (x: number) => k * x;",
      'src/tsconfig.json': '{"extends": "../tsconfig.base.json"}',
      'tsconfig.base.json':
        '{"extends": "conf/strict.json", "compilerOptions": {"paths": {"~/*": ["./src/*"]}}}',
      'node_modules/conf/strict.json': '{"compilerOptions": {"paths": {"~/*": ["./wrong/*"]}}}',
      'src/b.ts': k(9),
    },
    entry: 'src/a.ts',
    bundled: true,
  },
  'a built-in module goes before a package': {
    files: {
      'a.js':
        "exports.f = (x) => x * (typeof require('events').EventEmitter === 'function' ? 2 : 3) + require('events/').k;",
      'node_modules/events/index.js': common(3),
    },
    entry: 'a.js',
  },
  'projects that a tsconfig refers to': {
    files: {
      'app/a.ts': usesTyped('@/k'),
      'tsconfig.json': '{"files": [], "references": [{"path": "./app/tsconfig.app.json"}]}',
      'app/tsconfig.app.json': '{"compilerOptions": {"composite": true, "paths": {"@/*": ["./lib/*"]}}}',
      'app/lib/k.ts': k(6),
      // What esbuild reads, which knows no references.
      'app/tsconfig.json': '{"extends": "./tsconfig.app.json"}',
    },
    entry: 'app/a.ts',
    bundled: true,
  },
  'a main that is not there, and an index that is': {
    files: {
      'a.js': requires('p'),
      'node_modules/p/package.json': '{"main": "lib/gone.js"}',
      'node_modules/p/index.js': common(8),
    },
    entry: 'a.js',
  },
};
