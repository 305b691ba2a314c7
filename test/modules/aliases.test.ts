import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ask, native, sources, write } from './run.ts';

const LATE = 'Date.now() > 2';

/** What is unknown may be an object or a function of the program's: what is done to it is done to these. */
const PROGRAMS: { readonly [name: string]: string } = {
  'one of two objects': `const M = { k: 1 }, N = { k: 2 };
const g = ${LATE} ? M : N;
g.k = 3;
export function f(x) { return M.k * x * x }`,
  'an element of a list': `const list = [{ k: 1 }, { k: 2 }];
const o = list[${LATE} ? 0 : 1];
o.k = 3;
export function f(x) { return list[0].k * x * x }`,
  'what stands in for something missing': `const M = { k: 1 };
const r = ${LATE} ? undefined : 1;
const o = r ?? M;
o.k = 3;
export function f(x) { return M.k * x * x }`,
  'what an assignment fills in': `const M = { k: 1 };
let o = ${LATE} ? undefined : 1;
o ??= M;
o.k = 3;
export function f(x) { return M.k * x * x }`,
  'the default of a parameter': `const M = { k: 1 };
function g(o = M) { return o }
const o = g(${LATE} ? undefined : 2);
o.k = 3;
export function f(x) { return M.k * x * x }`,
  'the other side of a choice': `const M = { k: 1 };
const o = (${LATE} && M) || {};
o.k = 3;
export function f(x) { return M.k * x * x }`,
  'a part of one of two objects': `const M = { a: { k: 1 } }, N = { a: { k: 2 } };
const g = ${LATE} ? M : N;
const { a } = g;
a.k = 3;
export function f(x) { return M.a.k * x * x }`,
  'what a map holds': `const a = { k: 1 };
const m = new Map([[true, a], [false, { k: 2 }]]);
const o = m.get(${LATE});
o.k = 3;
export function f(x) { return a.k * x * x }`,
  'what a search finds': `const a = { k: 1 };
const o = [a].find(() => ${LATE});
o.k = 3;
export function f(x) { return a.k * x * x }`,
  'a method by its name': `let k = 1;
const h = { a() { k = 3 }, b() {} };
h[${LATE} ? 'a' : 'b']();
export function f(x) { return k * x * x }`,
  'a function that was chosen': `let k = 1;
const h = { a() { k = 3 }, b() {} };
const m = h[${LATE} ? 'a' : 'b'];
m();
export function f(x) { return k * x * x }`,
  'a constructor that was chosen': `let k = 1;
class A { constructor() { k = 3 } }
class B {}
const C = ${LATE} ? A : B;
new C();
export function f(x) { return k * x * x }`,
  'a function that a call gave': `let k = 1;
function a() { k = 3 }
function b() {}
function pick() { if (${LATE}) return a; return b }
const h = pick();
k = 1;
h();
export function f(x) { return k * x * x }`,
  'a function that a branch set': `let k = 1;
function a() { k = 3 }
let h;
if (${LATE}) h = a;
k = 1;
h();
export function f(x) { return k * x * x }`,
  'a function that is called later': `let k = 1;
function a() { k = 3 }
function b() {}
function pick() { if (${LATE}) return a; return b }
const h = pick();
k = 1;
export function f(x) { h(); return k * x * x }`,
  'a function that is chosen later': `let k = 1;
function a() { k = 3 }
function b() {}
export function f(x) { const h = ${LATE} ? a : b; h(); return k * x * x }`,
  'the global object': `const g = ${LATE} ? globalThis : {};
g.KK = 3;
export function f(x) { return (globalThis.KK || 1) * x * x }`,
  'a built-in': `const g = ${LATE} ? Math : {};
g.sin = (x) => 3 * x * x;
export function f(x) { return Math.sin(x) }`,
  'the environment': `const e = process.env;
(function (o) { if (${LATE}) o.KK = 3 })(e);
export function f(x) { return (process.env.KK || 1) * x * x }`,
  'a parameter by `arguments`': `let k;
(function (a) { const list = [arguments]; if (${LATE}) list[0][0] = 3; k = a })(1);
export function f(x) { return k * x * x }`,
  '`arguments` by a parameter': `let k;
(function (a) { const list = arguments; const set = () => { a = 3 }; if (${LATE}) set(); k = list[0] })(1);
export function f(x) { return k * x * x }`,
};

describe('what is unknown may be', () => {
  for (const [name, text] of Object.entries(PROGRAMS))
    test(name, () => {
      const isSloppy = name.includes('arguments');
      const files: Record<string, string> = isSloppy
        ? { 'a.js': text.replace('export function f', 'exports.f = function') }
        : { 'package.json': '{"type": "module"}', 'a.js': text };
      const project = { files, entry: 'a.js', args: [2] };
      const { folder, remove } = write(project);
      const [inNode] = native([{ project, folder }]);
      const answer = ask(sources(), path.join(folder, 'a.js'), 'f', [2]);
      remove();
      expect(inNode?.value).toBeCloseTo(12, 12);
      expect(answer).toMatchObject({ error: { id: 'GL114' } });
    });
});
