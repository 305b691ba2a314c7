import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ask, sources, write } from './run.ts';

/** What is unknown of the clock is a number: tests of its kind are decided, and `f` is what Node says. */
const DECIDED: { readonly [name: string]: string } = {
  'a generator seeded by the time': `let made = 0;
function Twister(seed) {
  if (seed == undefined) seed = new Date().getTime();
  this.mt = new Array(4);
  if (seed.constructor == Array) made = this.array(seed, seed.length);
  else this.init(seed);
}
Twister.prototype.init = function (s) {
  this.mt[0] = s >>> 0;
  for (this.mti = 1; this.mti < 4; this.mti++) {
    const t = this.mt[this.mti - 1] ^ (this.mt[this.mti - 1] >>> 30);
    this.mt[this.mti] = ((((t & 0xffff0000) >>> 16) * 1812433253) << 16) + (t & 0xffff) * 1812433253 + this.mti;
    this.mt[this.mti] >>>= 0;
  }
};
const rng = new Twister();
export function f(x) { return (3 + made) * rng.mt.length * x * x }`,
  'typeof a time': `const k = typeof Date.now() === 'number' ? 3 : 2;
export function f(x) { return k * x * x }`,
  'typeof a text with a time': `const k = typeof ('id' + Date.now()) === 'number' ? 2 : 3;
const j = typeof \`\${Math.random()}\` === 'number' ? 2 : 5; const kind = k; const S = { kind: 3, k, j };
export function f(x) { return S.kind * x * x }`,
  'an identifier made of random digits': `const hex = [];
for (let i = 0; i < 256; i++) hex[i] = (i < 16 ? '0' : '') + i.toString(16);
function identifier() {
  const d = (Math.random() * 0xffffffff) | 0;
  return (hex[d & 0xff] + hex[(d >> 8) & 0xff] + '-' + hex[(d >> 16) & 0x0f | 0x40]).toLowerCase();
}
class Named { constructor() { this.id = identifier(); this.m = [1, 2]; } scale(s) { this.m[0] *= s; return this; } }
const kind = typeof identifier().slice(1) + typeof identifier().length + (identifier() === null);
export function f(x) { return (kind === 'stringnumberfalse' ? 3 : 1) * new Named().scale(x).m[0] * x }`,
  'texts joined to texts': `const a = 'k' + Math.random(), b = a.trim() + Date.now(), c = [a, b].join('');
let k = 0; for (const t of [a, b, c, \`\${a}\`, Math.random().toString(36), new Date().toISOString()]) if (typeof t === 'string') k++;
export function f(x) { return k * x * x }`,
  'which function goes with its type': `let k = 1;
const handlers = { number() { k = 3 }, string() { k = 5 } };
handlers[typeof Math.random()]();
export function f(x) { return k * x * x }`,
  'numbers worked out from it': `const t = Math.floor(Math.random() * 10) % 3 | 0;
let k = 1; if (typeof -t === 'number' && t !== null && t !== undefined && t !== 'a') k = 3;
export function f(x) { return k * x * x }`,
  'comparisons of it': `const late = Date.now() > 1.6e12;
let k = 1; if (typeof late === 'boolean' && late !== 1 && late != null) k = 3;
export function f(x) { return k * x * x }`,
  'a default that is not taken': `let taken = 3;
function g(t = (taken = 1)) { return t }
g(Date.now()); performance.now() ?? (taken = 2);
let t = Math.random(); t ??= (taken = 5);
export function f(x) { return taken * x * x }`,
  'instances and properties': `const t = Date.now(); let k = 1;
if (!(t instanceof Date) && t.length === undefined && !Array.isArray([t]) === false && new Date() instanceof Date) k = 3;
export function f(x) { return k * x * x }`,
  'a date of now': `const d = new Date(); let k = 1;
if (typeof d === 'object' && d && d.constructor === Date && typeof d.getTime() === 'number') k = 3;
export function f(x) { return k * x * x }`,
  'a count that is kept in place': `let t = Date.now(); t++; t -= 3; let k = 1; if (typeof t === 'number' && typeof t-- === 'number') k = 3;
export function f(x) { return k * x * x }`,
  'where performance is asked in a try': `let t = 0, k = 1; try { t = performance.now(); k = 3 } catch { k = 2 }
export function f(x) { return k * x * x }`,
  'whether a limit of time has passed': `const started = () => { const end = Date.now() + 5 * 1000; return () => Date.now() > end };
export function f(x) { const late = started(); let s = 0; for (let i = 0; i < 3; i++) { if (late()) throw new Error('late'); s += x * x } return s }`,
  'how long something has taken': `export function f(x) {
  const start = performance.now(); let k = 1;
  while (k < 3) { k++; if ((performance.now() - start) / 1000 > 0.5) break; }
  return k * x * x }`,
  'how often it is called': `let count = 0, last = 0;
function hot() { const stamp = Date.now(), remaining = 16 - (stamp - last); last = stamp; if (remaining > 0) { if (++count >= 800) return 7 } else count = 0; return 3 }
hot(); hot();
export function f(x) { return hot() * (count + 1) * x * x }`,
  'what is no number with it': `let k = 1;
function sleep(time) { const delay = time - Date.now(); if (delay > 24 || delay <= 24) k = 7; return Math.random() * NaN >= 0 ? 5 : k + 2 }
export function f(x) { return sleep() * x * x }`,
  'a date a day from now': `export function f(x) { const now = new Date(), later = new Date(now.getTime() + 864e5); let k = 1;
  if (later > now && later.getTime() - now.getTime() > 36e5 && !(+later < +now) && later.getTime() !== now.getTime()) k = 3;
  return k * x * x }`,
  'a timer that is due at once': `let clockNow = 0, task, times = 0;
const clock = typeof performance === 'object' && performance.now ? performance : Date;
function now() { return clockNow || (times++, clockNow = clock.now() + 0) }
function sleep(time) { const delay = time - clockNow; if (delay > 24) { if (time < Infinity) setTimeout(() => {}, delay); return 5 } clearInterval(setInterval(() => {}, 1000)); return 3 }
export function f(x) { const time = now() + 0; now(); return sleep(time) * times * x * x }`,
  'identifiers of random bytes': `import { randomFillSync, randomUUID } from 'crypto';
const pool = new Uint8Array(64), hex = Array.from({ length: 256 }, (_, i) => i.toString(16));
let at = pool.length;
function bytes() { if (at > pool.length - 16) { randomFillSync(pool); at = 0 } return pool.slice(at, (at += 16)) }
function id() { const b = bytes(); b[6] = (b[6] & 15) | 64; return (hex[b[0]] + '-' + hex[b[6]]).toLowerCase() }
export function f(x) { const o = { id: id(), other: id(), third: randomUUID(), b: crypto.getRandomValues(new Uint8Array(8)), x };
  return (typeof (o.third + '') === 'string' ? o.b.length - 5 : 1) * o.x * x }`,
};

/** What is known of two readings is no number of the program's, and says nothing where little time or much would. */
const REFUSED: { readonly [name: string]: string } = {
  'time that has passed': 'const t = Date.now(); const v = Date.now() - t;',
  'whether a little time has passed': 'const t = Date.now(); const v = Date.now() - t > 5 ? 1 : 2;',
  'whether any time has passed': 'const t = performance.now(); const v = performance.now() > t ? 1 : 2;',
  'whole seconds':
    'const t = Math.floor(Date.now() / 1e3); const v = Math.floor(Date.now() / 1e3) - t > 0.5 ? 1 : 2;',
  'what an integer has kept of it':
    'const a = new Int32Array([Date.now()]), b = new Uint8Array([Date.now() + 300]); const v = b[0] - a[0] > 100 ? 1 : 2;',
  'what single precision has kept of it':
    'const a = new Float32Array([Date.now()]); const v = a[0] - Date.now() > -100 ? 1 : 2;',
  'a date against now': 'const v = Date.now() > Date.UTC(2020, 0, 1) ? 1 : 2;',
  'a power of it': 'const v = NaN ** Math.floor(Math.random()) >= 0 ? 1 : 2;',
  'two clocks': 'const v = Date.now() > performance.now() ? 1 : 2;',
  'a date that is cut off':
    'const v = new Date(Date.now() / 1e4).getTime() - Date.now() / 1e4 > -0.5 ? 1 : 2;',
  'a random byte': 'const v = crypto.getRandomValues(new Uint8Array(1))[0];',
  'a choice by a random byte': 'const v = crypto.getRandomValues(new Uint8Array(1))[0] > 200 ? 1 : 2;',
};

/** None of these is a number, nor of any known type, although a number that is unknown went into it. */
const UNDECIDED: { readonly [name: string]: string } = {
  'an element at an unknown place': `const v = [1, { k: 2 }, 'a'][Math.floor(Math.random() * 3)];`,
  'a property of an unknown name': `const v = ({ a: 'x' })['k' + Date.now()];`,
  'its text': 'const v = String(Date.now());',
  'its text by a method': 'const v = Math.random().toString(36);',
  'its digits': 'const v = Date.now().toFixed(2);',
  'a text with it': "const v = 'a' + Math.random();",
  'a template with it': `const v = \`a\${Math.random()}\`;`,
  'a character of its code': 'const v = String.fromCharCode(Math.floor(Math.random() * 26));',
  'a choice by it': "const v = Math.random() < 2 ? 'a' : 1;",
  'a choice by its truth': "const v = Math.floor(Math.random()) && 'a';",
  'its truth or else': "const v = Math.floor(Math.random()) || 'a';",
  'a list of its length': 'const v = new Array(Math.floor(Math.random() * 3));',
  'an object of it': 'const v = Object(Math.random());',
  'a spread of it': 'const v = { ...Math.random() };',
  'a boxed number': 'const v = new Number(Math.random());',
  'a big number': 'const v = BigInt(Math.floor(Math.random() * 10));',
  'a repeated text': "const v = 'ab'.repeat(Math.floor(Math.random() * 3));",
  'a slice at it': "const v = 'abc'.slice(Math.random() * 3);",
  'a sum with what may be a text':
    "const w = [1, 'a'][Math.floor(Math.random() * 2)]; const v = w + Math.random();",
  'its sloppy this': `Number.prototype.me = Function('return this'); const v = Math.random().me();`,
  'whether it deletes': 'const t = Math.random(); const v = delete t.k;',
  'whether it is there': 'const v = Math.random() in [1];',
  'the date as text': 'const v = new Date().toISOString();',
  'a date in a text': "const v = new Date() + '';",
  'a date as JSON': 'const v = JSON.stringify({ at: new Date() });',
  'what its constructor is not': 'const v = new (class A extends Date {})();',
};

/** f(2) in a process of its own. */
function inNode(file: string): number {
  const text = `import(${JSON.stringify(pathToFileURL(file).href)}).then((m) => console.log(m.f(2)))`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', text], { encoding: 'utf8' }));
}

const files = (text: string) => ({ files: { 'package.json': '{"type": "module"}', 'a.js': text } });

describe('a number that the clock gives', () => {
  for (const [name, text] of Object.entries(DECIDED))
    test(`decides ${name}`, () => {
      const { folder, remove } = write(files(text));
      const answer = ask(sources(), path.join(folder, 'a.js'), 'f', [2]);
      const value = inNode(path.join(folder, 'a.js'));
      remove();
      // f is a multiple of x²: f′(2) = f(2).
      expect(answer).toMatchObject({ value: [value], jacobian: [[value]] });
    });

  for (const [name, text] of Object.entries(UNDECIDED))
    test(`is not ${name}`, () => {
      const asked = `${text}\nconst k = typeof v === 'number' ? 7 : 3;\nexport function f(x) { return k * x * x }`;
      const { folder, remove } = write(files(asked));
      const answer = ask(sources(), path.join(folder, 'a.js'), 'f', [2]);
      const value = inNode(path.join(folder, 'a.js'));
      remove();
      const isRight = !('error' in answer) && answer.value[0] === value;
      expect(isRight || ('error' in answer && answer.error.id.startsWith('GL1'))).toBe(true);
    });

  for (const [name, text] of Object.entries(REFUSED))
    test(`gives no answer for ${name}`, () => {
      const asked = `const loaded = Date.now();\nexport function f(x) { ${text} return v * x * x }`;
      const { folder, remove } = write(files(asked));
      const answer = ask(sources(), path.join(folder, 'a.js'), 'f', [2]);
      remove();
      expect(answer).toMatchObject({ error: { id: 'GL114' } });
    });
});
