import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ask, sources, write } from './run.ts';

const LATE = 'Date.now() > 1.6e12';

type Files = { readonly [name: string]: string };
const esm = (text: string, more: Files = {}): Files => ({
  'package.json': '{"type": "module"}',
  'a.js': text,
  ...more,
});

/** Each changes, on a branch that depends on the clock, what `f` uses by another way. */
const CHANGED: { readonly [name: string]: Files } = {
  'the hidden state of a closure': esm(
    `const store = (() => { let k = 1; function f(x) { return k * x * x } f.set = (v) => { k = v }; return f })();
if (${LATE}) store.set(3);
export function f(x) { return store(x) }`,
  ),
  'a property of a function': esm(
    `function A() {} A.k = 1; A.prototype.g = function (x) { return A.k * x * x };
if (${LATE}) A.k = 3;
export function f(x) { return new A().g(x) }`,
  ),
  'a method of a prototype': esm(
    `function A() {} A.prototype.g = (x) => x * x;
if (${LATE}) A.prototype.g = (x) => 3 * x * x;
export function f(x) { return new A().g(x) }`,
  ),
  'a whole prototype': esm(
    `function A() {} A.prototype = { g: (x) => x * x };
if (${LATE}) A.prototype = { g: (x) => 3 * x * x };
export function f(x) { return new A().g(x) }`,
  ),
  'a static field': esm(
    `class A { static k = 1; static set(v) { A.k = v } static get(x) { return A.k * x * x } }
{ const r = Date.now(); if (r > 1.6e12) A.set(3); }
export function f(x) { return A.get(x) }`,
  ),
  'an object by another name': esm(
    `const M = { k: 1 }; const alias = M;
if (${LATE}) M.k = 3;
export function f(x) { return alias.k * x * x }`,
  ),
  'an object behind a function': esm(
    `const M = { k: 1 }; const list = [M]; function get(i) { return list[i] }
if (${LATE}) get(0).k = 3;
export function f(x) { return M.k * x * x }`,
  ),
  'a variable that two closures share': esm(
    `const make = () => { let k = 1; return [() => { k = 3 }, (x) => k * x * x] }; const [A, B] = make();
if (${LATE}) A();
export function f(x) { return B(x) }`,
  ),
  'a part that two objects share': esm(
    `const make = () => { const s = { k: 1 }; return { a: s, b: s } }; const P = make(); const A = P.a; const B = P.b;
if (${LATE}) A.k = 3;
export function f(x) { return B.k * x * x }`,
  ),
  'the state of another module': esm(
    `import { inc, g } from './lib.js';
if (${LATE}) inc();
export function f(x) { return g(x) }`,
    { 'lib.js': 'let k = 1; export function inc() { k = 3 } export function g(x) { return k * x * x }' },
  ),
  'an object of another module': esm(
    `import * as lib from './lib.js';
if (${LATE}) lib.S.k = 3;
export function f(x) { return lib.g(x) }`,
    { 'lib.js': 'export const S = { k: 1 }; export function g(x) { return S.k * x * x }' },
  ),
  'an object of a module that is required': {
    'a.js': `const { g } = require('./lib.js');
if (${LATE}) require('./lib.js').S.k = 3;
exports.f = (x) => g(x);`,
    'lib.js': 'exports.S = { k: 1 }; exports.g = (x) => exports.S.k * x * x;',
  },
  'a built-in function': esm(
    `if (${LATE}) Math.sin = (x) => 3 * x * x;
export function f(x) { return Math.sin(x) }`,
  ),
  'a built-in function, for another module': esm(
    `import './patch.js';
export function f(x) { return Math.sin(x) }`,
    { 'patch.js': `const M = Math; if (${LATE}) M.sin = (x) => 3 * x * x;` },
  ),
  'a built-in prototype by way of an object': esm(
    `if (${LATE}) [].constructor.prototype.total = () => 3;
export function f(x) { return [x].total ? 3 * x * x : x * x }`,
  ),
  'a built-in by defineProperty': esm(
    `if (${LATE}) Object.defineProperty(Math, 'sq', { value: (x) => 3 * x * x });
export function f(x) { return Math.sq ? Math.sq(x) : x * x }`,
  ),
  'a property of the global object': esm(
    `if (${LATE}) globalThis.KK = 3; else globalThis.KK = 1;
export function f(x) { return (globalThis.KK || 1) * x * x }`,
  ),
  'an undeclared variable': {
    'a.js': `if (${LATE}) KK = 3;
exports.f = (x) => (typeof KK === 'undefined' ? x * x : KK * x * x);`,
  },
  'a global by `this`': {
    'a.js': `function set() { if (${LATE}) this.KK = 3 } set();
exports.f = (x) => (globalThis.KK || 1) * x * x;`,
  },
  'a built-in that was changed before': esm(
    `Array.prototype.total = function () { return this.reduce((a, b) => a + b, 0) };
(function () { if (${LATE}) Array.prototype.total = function () { return 3 * this.reduce((a, b) => a + b, 0) } })();
export function f(x) { return [x, x * x].total() }`,
  ),
  'what was put onto a built-in': esm(
    `const S = { k: 1 }; Array.prototype.bump = () => { S.k = 3 };
{ const all = []; if (${LATE}) all.bump(); }
export function f(x) { return S.k * x * x }`,
  ),
  'eval in what is called': {
    'a.js': `let k = 1; const patch = () => { if (${LATE}) eval('k = 3') };
patch();
exports.f = (x) => k * x * x;`,
  },
  'a generator that goes on': esm(
    `const o = { k: 1 }; function* gen() { yield 1; o.k = 3; yield 2 } const it = gen(); it.next();
const patch = () => { if (${LATE}) it.next() };
patch();
export function f(x) { return o.k * x * x }`,
  ),
  'a variable of a generator': esm(
    `let g; function* gen() { let k = 1; g = (x) => k * x * x; yield 1; k = 3; yield 2 } const it = gen(); it.next();
const patch = () => { if (${LATE}) it.next() };
patch();
export function f(x) { return g(x) }`,
  ),
  'the handler of a proxy': esm(
    `const o = { k: 1 }; const p = new Proxy({}, { get() { o.k = 3; return 1 } });
const patch = () => { if (${LATE}) p.zz };
patch();
export function f(x) { return o.k * x * x }`,
  ),
  'memory that two views share': esm(
    `const buf = new ArrayBuffer(8), A = new Float64Array(buf), B = new Float64Array(buf); A[0] = 1;
const patch = () => { if (${LATE}) A[0] = 3 };
patch();
export function f(x) { return B[0] * x * x }`,
  ),
  'memory that views of two kinds share': esm(
    `const buf = new ArrayBuffer(8), A = new Uint8Array(buf), B = new Float64Array(buf), C = new DataView(buf); B[0] = 1;
if (${LATE}) C.setFloat64(0, 3, true);
export function f(x) { return B[0] * A[6] * x * x }`,
  ),
  'the target of a bound function': esm(
    `const o = { k: 1 }; const g = function () { this.k = 3 }.bind(o);
if (${LATE}) g();
export function f(x) { return o.k * x * x }`,
  ),
  'an element of a map': esm(
    `const o = { k: 1 }; const w = new WeakMap(); const key = {}; w.set(key, o);
if (${LATE}) w.get(key).k = 3;
export function f(x) { return o.k * x * x }`,
  ),
  'a private field': esm(
    `const o = { k: 1 }; class P { #o = o; bump() { this.#o.k = 3 } } const p = new P();
if (${LATE}) p.bump();
export function f(x) { return o.k * x * x }`,
  ),
  'what a getter gives': esm(
    `const o = { get a() { return inner } }; const inner = { k: 1 };
if (${LATE}) o.a.k = 3;
export function f(x) { return inner.k * x * x }`,
  ),
  'the keys of an object': esm(
    `const o = { k: 1 };
if (${LATE}) { o.a = 1; o.b = 1 }
export function f(x) { return Object.keys(o).length * x * x }`,
  ),
  'what an array holds': esm(
    `const a = [1];
if (${LATE}) a.push(2);
export function f(x) { return (Array.isArray(a) ? a.length : 1) * x * x }`,
  ),
  'whether an object is frozen': esm(
    `const o = { k: 1 };
if (${LATE}) Object.freeze(o);
export function f(x) { return (Object.isFrozen(o) ? 3 : 1) * x * x }`,
  ),
  'the class of an object': esm(
    `class A {} class B {} const a = new A(); const set = Object.setPrototypeOf;
if (${LATE}) set(a, B.prototype);
export function f(x) { return (a instanceof B ? 3 : 1) * x * x }`,
  ),
  'a setter of a prototype': esm(
    `class A { constructor(v) { this.k = v } }
if (${LATE}) Object.defineProperty(A.prototype, 'k', { set(v) { this.j = 3 * v }, get() { return this.j } });
export function f(x) { return new A(x * x).k }`,
  ),
  'memory that has no view yet': esm(
    `const b = new ArrayBuffer(8);
if (${LATE}) new Float64Array(b)[0] = 3;
export function f(x) { return (new Float64Array(b)[0] || 1) * x * x }`,
  ),
  'whether a key is there': esm(
    `const o = { k: 1 };
if (${LATE}) o.a = 1;
export function f(x) { return 'a' in o ? 3 * x * x : x * x }`,
  ),
};

/** What is unknown is little, and `f` is what Node says. */
const KEPT: { readonly [name: string]: Files } = {
  'results that are only stored': esm(
    `const id = Math.random(); const now = Date.now(); let seed = now * id; const S = { k: 3, at: Date.now() };
export function f(x) { return S.k * x * x }`,
  ),
  'detection in a try block': {
    'a.js': `var ok = false; try { ok = Date.now() > 1.6e12 } catch (e) {}
try { if (process.hrtime()[0] > 2) ok = true } catch (e) {}
var k = 3; exports.f = function (x) { return k * x * x };`,
  },
  'a wrapper that counts by the clock': esm(
    `function shortOut(func) { let count = 0, last = 0; return (...args) => { const stamp = Date.now(); if (stamp - last > 16) count = 0; last = stamp; return func(...args) } }
const set = shortOut((o, v) => { o.k = v; return o }); const made = set({}, 2);
const k = 3; export function f(x) { return k * x * x }`,
  ),
  'the rest of a bundle': {
    'a.js': `(function (root, factory) { module.exports = factory(); })(this, function () {
  'use strict'; var pool = [], K = { k: 3 };
  function mix(text, key) { for (var i = 0; i < text.length; i++) key[i] = text.charCodeAt(i); return text }
  mix(String(Math.random()), pool);
  return { f: function (x) { return K.k * x * x } };
});`,
  },
};

/** f(2) in a process of its own. */
function inNode(file: string): number {
  const text = `import(${JSON.stringify(pathToFileURL(file).href)}).then((m) => console.log((m.f ?? m.default.f)(2)))`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', text], { encoding: 'utf8' }));
}

describe('a top level that is left half-way', () => {
  for (const [name, files] of Object.entries(CHANGED))
    test(`may have changed ${name}`, () => {
      const { folder, remove } = write({ files });
      const answer = ask(sources(), path.join(folder, 'a.js'), 'f', [2]);
      remove();
      expect(answer).toMatchObject({ error: { id: 'GL114' } });
    });

  for (const [name, files] of Object.entries(KEPT))
    test(`leaves ${name}`, () => {
      const { folder, remove } = write({ files });
      const answer = ask(sources(), path.join(folder, 'a.js'), 'f', [2]);
      const value = inNode(path.join(folder, 'a.js'));
      remove();
      // f is a multiple of x²: f′(2) = f(2).
      expect(answer).toMatchObject({ value: [value], jacobian: [[value]] });
    });
});
