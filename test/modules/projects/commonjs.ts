import path from 'node:path';
import type { Project } from '../run.ts';

export const COMMONJS: { readonly [name: string]: Project } = {
  'exports, module.exports and require': {
    files: {
      'a.js': `const { g } = require('./b');
const h = require('./c.js');
exports.f = (x) => g(x) + h(x) + h.k;`,
      'b.js': 'exports.g = function (x) { return x * this.k; }.bind({ k: 3 });',
      'c.js': 'module.exports = function (x) { return x * x; }; module.exports.k = 5;',
    },
    entry: 'a.js',
  },
  'a module that is a function': {
    files: { 'a.js': 'module.exports = (x) => x ** 3;' },
    entry: 'a.js',
    call: 'default',
  },
  'require in a function, under a condition and of a folder': {
    files: {
      'a.js': `const pick = (n) => (n > 1 ? require('./lib') : require('./none'));
exports.f = (x) => pick(2).g(x) + require('./lib/index').k;`,
      'lib/index.js': 'exports.g = (x) => x * x; exports.k = exports.k ?? 4;',
      'none.js': 'throw new Error("never");',
    },
    entry: 'a.js',
  },
  'a loader that takes ES modules as well': {
    files: {
      'a.js': `const load = require('esm')(module);
const { g } = load('./b.js');
exports.f = (x) => g(x) * load('./c.js').default;`,
      'b.js': 'export const g = (x) => x * x;',
      'c.js': 'export default 3;',
      // What it does in Node before version 22 cannot do without it.
      'node_modules/esm/index.js':
        "const fs = require('fs'); module.exports = (module) => (name) => { const own = {}; const text = fs.readFileSync(module.path + '/' + name, 'utf8').replace(/export const (\\w+) =/g, 'exports.$1 =').replace('export default', 'exports.default ='); Function('exports', text)(own); return own; };",
    },
    entry: 'a.js',
  },
  'a folder with a package.json': {
    files: {
      'a.js': "exports.f = (x) => require('./lib').g(x) * require('./lib/');",
      'lib/package.json': '{"main": "src/main"}',
      'lib/src/main.js':
        'const g = (x) => x + 1; module.exports = Object.assign(() => 1, { g, valueOf: () => 3 });',
    },
    entry: 'a.js',
  },
  'a module runs once': {
    files: {
      'a.js': `const a = require('./count'); const b = require('./count.js');
exports.f = (x) => x * a.n + (a === b ? 10 : 20) + require('./other').n;`,
      'count.js': 'exports.n = (globalThis.counted = (globalThis.counted || 0) + 1);',
      'other.js': "exports.n = require('./count').n + globalThis.counted;",
    },
    entry: 'a.js',
  },
  'a cycle with partial exports': {
    files: {
      'a.js': `exports.early = 2;
const b = require('./b');
exports.late = 3;
exports.f = (x) => b.seen * x + b.now() * x * x;`,
      'b.js': `const a = require('./a');
exports.seen = a.early + (a.late === undefined ? 10 : 20);
exports.now = () => a.late;`,
    },
    entry: 'a.js',
  },
  'this at the top, __filename, __dirname, module': {
    files: {
      'a.js': `this.g = (x) => x * x;
const own = require('path') && __filename.endsWith('a.js') && !__dirname.endsWith('.js');
exports.f = (x) => exports.g(x) + (own ? 1 : 0) + (module.exports === this ? 2 : 0) + (require.main === module ? 50 : 0)
  + (typeof require === 'function' ? 0 : 3);`,
      'b.js': '',
    },
    entry: 'a.js',
  },
  JSON: {
    files: {
      'a.js':
        "const data = require('./data'); exports.f = (x) => data.list[1] * x + require('./data.json').list.length;",
      'data.json': '{"list": [1, 2.5, 3]}',
    },
    entry: 'a.js',
  },
  'what is optional and not there': {
    files: {
      'a.js': `let fast;
try { fast = require('fast-native-thing'); } catch (e) { fast = e.code === 'MODULE_NOT_FOUND' ? null : 1; }
exports.f = (x) => (fast === null ? x * x : NaN);`,
    },
    entry: 'a.js',
  },
  'the switches of an environment': {
    files: {
      'a.js': `var dev = process.env.NODE_ENV !== 'production';
var inPage = typeof window !== 'undefined' && typeof document !== 'undefined';
var root = typeof globalThis !== 'undefined' ? globalThis : typeof self !== 'undefined' ? self : this;
if (!inPage) root.scale = dev ? 2 : 3;
exports.f = function (x) { return x * scale; };`,
    },
    entry: 'a.js',
  },
  "Node's own modules where no number passes": {
    files: {
      'a.js': `const util = require('util'), { EventEmitter } = require('node:events'), assert = require('assert');
const fs = require('fs'), crypto = require('crypto'), os = require('os');
const promised = util.promisify(fs.readFile);
function Base(k) { this.k = k; }
Base.prototype.g = function (x) { return x * this.k; };
function Derived() { Base.call(this, 4); }
util.inherits(Derived, Base);
class Box extends EventEmitter { constructor() { super(); this.n = 1; } }
exports.hash = (text) => crypto.createHash('sha1').update(text).digest('hex');
exports.f = (x) => {
  assert(x > 0, 'positive');
  assert.strictEqual(typeof x, 'number');
  const box = new Box();
  box.on('more', (n) => { box.n += n; });
  box.emit('more', x);
  return new Derived().g(x) + box.n;
};`,
    },
    entry: 'a.js',
  },
  'UMD, as rollup writes it': {
    files: {
      'a.js': "const { g } = require('./umd'); exports.f = (x) => g(x);",
      'umd.js': `(function (global, factory) {
  typeof exports === 'object' && typeof module !== 'undefined' ? factory(exports) :
  typeof define === 'function' && define.amd ? define(['exports'], factory) :
  (global = typeof globalThis !== 'undefined' ? globalThis : global || self, factory(global.Lib = {}));
})(this, (function (exports) { 'use strict';
  const k = 2;
  function g(x) { return k * x * x; }
  exports.g = g;
  Object.defineProperty(exports, '__esModule', { value: true });
}));`,
    },
    entry: 'a.js',
  },
  'UMD, as webpack and by hand': {
    files: {
      'a.js': "const a = require('./webpack'), b = require('./hand'); exports.f = (x) => a.g(x) + b(x);",
      'webpack.js': `!function(e,t){"object"==typeof exports&&"object"==typeof module?module.exports=t():"function"==typeof define&&define.amd?define([],t):"object"==typeof exports?exports.Lib=t():e.Lib=t()}(this,(()=>(()=>{"use strict";var e={d:(t,r)=>{for(var o in r)e.o(r,o)&&!e.o(t,o)&&Object.defineProperty(t,o,{enumerable:!0,get:r[o]})},o:(e,t)=>Object.prototype.hasOwnProperty.call(e,t),r:e=>{"undefined"!=typeof Symbol&&Symbol.toStringTag&&Object.defineProperty(e,Symbol.toStringTag,{value:"Module"}),Object.defineProperty(e,"__esModule",{value:!0})}},t={};function r(e){return e*e+1}return e.r(t),e.d(t,{g:()=>r}),t})()));`,
      'hand.js': `;(function (root, factory) {
  if (typeof define === 'function' && define.amd) define([], factory);
  else if (typeof exports === 'object') module.exports = factory();
  else root.hand = factory();
}(this, function () { return function hand(x) { return Math.sqrt(x); }; }));`,
    },
    entry: 'a.js',
  },
  'a bundle that sets a global': {
    files: {
      'a.js': "require('./iife'); exports.f = (x) => Lib.g(x) + globalThis.Lib.k;",
      'iife.js': 'var Lib = (() => { const k = 3; return { g: (x) => k * x, k }; })(); globalThis.Lib = Lib;',
    },
    entry: 'a.js',
  },
  'what Babel writes': {
    files: {
      'a.js': `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.f = void 0;
var _b = _interopRequireDefault(require("./b"));
var c = _interopRequireWildcard(require("./c"));
function _interopRequireDefault(e) { return e && e.__esModule ? e : { default: e }; }
function _getRequireWildcardCache(e) { if ("function" != typeof WeakMap) return null; var r = new WeakMap(), t = new WeakMap(); return (_getRequireWildcardCache = function (e) { return e ? t : r; })(e); }
function _interopRequireWildcard(e, r) { if (!r && e && e.__esModule) return e; if (null === e || "object" != typeof e && "function" != typeof e) return { default: e }; var t = _getRequireWildcardCache(r); if (t && t.has(e)) return t.get(e); var n = { __proto__: null }, a = Object.defineProperty && Object.getOwnPropertyDescriptor; for (var u in e) if ("default" !== u && {}.hasOwnProperty.call(e, u)) { var i = a ? Object.getOwnPropertyDescriptor(e, u) : null; i && (i.get || i.set) ? Object.defineProperty(n, u, i) : n[u] = e[u]; } return n.default = e, t && t.set(e, n), n; }
const f = x => (0, _b.default)(x) + c.h(x) + c.default.h(x);
exports.f = f;`,
      'b.js': `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.default = void 0;
var _default = exports.default = x => x * x;`,
      'c.js': 'exports.h = (x) => 4 * x;',
    },
    entry: 'a.js',
  },
  'what TypeScript writes': {
    files: {
      'a.js': `"use strict";
var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) { if (k2 === undefined) k2 = k; o[k2] = m[k]; }));
var __setModuleDefault = (this && this.__setModuleDefault) || (Object.create ? (function(o, v) {
    Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) { o["default"] = v; });
var __exportStar = (this && this.__exportStar) || function(m, exports) {
    for (var p in m) if (p !== "default" && !Object.prototype.hasOwnProperty.call(exports, p)) __createBinding(exports, m, p);
};
var __importStar = (this && this.__importStar) || (function () {
    var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function (o) { var ar = []; for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) ar[ar.length] = k; return ar; };
        return ownKeys(o);
    };
    return function (mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
        __setModuleDefault(result, mod);
        return result;
    };
})();
var __importDefault = (this && this.__importDefault) || function (mod) { return (mod && mod.__esModule) ? mod : { "default": mod }; };
Object.defineProperty(exports, "__esModule", { value: true });
exports.f = void 0;
const b_1 = __importDefault(require("./b"));
const c = __importStar(require("./c"));
__exportStar(require("./c"), exports);
const f = (x) => (0, b_1.default)(x) + c.h(x) + c.default.h(x) + exports.h(x);
exports.f = f;`,
      'b.js': `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.default = b;
function b(x) { return x * x; }`,
      'c.js': 'exports.h = (x) => 4 * x; exports.k = 2;',
    },
    entry: 'a.js',
  },
  'tslib as a package': {
    files: {
      'a.js': `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const tslib_1 = require("tslib");
const shapes = tslib_1.__importStar(require("./b"));
tslib_1.__exportStar(require("./b"), exports);
class Cube extends shapes.Shape { volume() { return this.side ** 3; } }
exports.f = (x) => new Cube(x).volume() + exports.unit * tslib_1.__assign({ k: 1 }, { k: x }).k
  + tslib_1.__spreadArray([1], tslib_1.__read([x, 2]), false).length;`,
      'b.js': 'exports.Shape = class { constructor(side) { this.side = side; } }; exports.unit = 3;',
    },
    links: [['node_modules/tslib', path.resolve('node_modules/tslib')]],
    entry: 'a.js',
  },
  'what esbuild writes': {
    files: {
      'a.js': `var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __commonJS = (cb, mod) => function __require() {
  return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
};
var __export = (target, all) => { for (var name in all) __defProp(target, name, { get: all[name], enumerable: true }); };
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target, mod));
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);
var require_b = __commonJS({ "b.js"(exports2, module2) { module2.exports = { g: (x) => x * x }; } });
var a_exports = {};
__export(a_exports, { f: () => f });
module.exports = __toCommonJS(a_exports);
var import_b = __toESM(require_b());
var f = (x) => (0, import_b.g)(x) + import_b.default.g(x);
0 && (module.exports = { f });`,
    },
    entry: 'a.js',
  },
  'ES5 by hand: prototypes, aliases, sloppy this': {
    files: {
      'a.js': `var Vec = require('./vec');
exports.f = function (x) { var v = Vec(x, 2); return v.add(new Vec(1, 1)).len() + Vec.count; };
exports.Vec = Vec;`,
      'vec.js': `function Vec(x, y) { if (!(this instanceof Vec)) return new Vec(x, y); this.x = x; this.y = y; Vec.count = 1; }
Vec.prototype = { constructor: Vec, len: function () { return Math.sqrt(this.x * this.x + this.y * this.y); } };
Vec.prototype.add = function (o) { return new Vec(this.x + o.x, this.y + o.y); };
module.exports = Vec;`,
    },
    entry: 'a.js',
  },
  "exports that are another file's": {
    files: {
      'a.js': "module.exports = require('./lib'); module.exports.more = require('./more').twice;",
      'lib.js': "exports.f = (x) => exports.more(x) + 1; exports.z = require('./more');",
      'more.js': 'exports.twice = (x) => 2 * x;',
    },
    entry: 'a.js',
  },
  'getters as exports': {
    files: {
      'a.js': `Object.defineProperty(exports, 'f', { enumerable: true, get: function () { return lib_1.g; } });
var lib_1 = require('./lib');`,
      'lib.js': 'exports.g = (x) => x / (1 + x);',
    },
    entry: 'a.js',
  },
  'code made from a text that is known': {
    files: {
      'a.js': `var add = new Function('a', 'b', 'return a + b * 2');
var root = Function('return this')();
var generators = (function () { try { eval('"use strict"; (function* () {})'); return 10; } catch (e) { return 20; } })();
var wrong = (function () { try { eval('(function* ( {})'); return 1; } catch (e) { return e instanceof SyntaxError ? 3 : 4; } })();
exports.f = (x) => add(x, x * x) + (root === globalThis ? 1 : 0) + generators + wrong
  + new Function('y', 'return Math.sin(y) * ' + 3)(x);`,
    },
    entry: 'a.js',
  },
  'an instance as exports': {
    files: {
      'a.js': `class Calc { constructor() { this.k = 3; } f(x) { return this.k * x; } }
module.exports = new Calc();`,
    },
    entry: 'a.js',
    call: 'default.f',
  },
};
