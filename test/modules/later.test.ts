/** What is handed to timers, microtasks and promises while modules load runs before anybody calls what they export. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ask, sources, write } from './run.ts';

const F = 'export function f(x) { return k * x * x }';

/** Each makes k (or o.k) 3 after the module has loaded; with what is named for it. */
const CHANGED: readonly (readonly [name: string, text: string])[] = [
  ['queueMicrotask', `let k = 1; queueMicrotask(() => { k = 3 }); ${F}`],
  ['setTimeout', `let k = 1; setTimeout(() => { k = 3 }); ${F}`],
  ['setTimeout', `let k = 1; const t = setTimeout(() => { k = 3 }, 0); t.unref?.(); ${F}`],
  ['setInterval', `let k = 1; const t = setInterval(() => { k = 3; clearInterval(t) }); ${F}`],
  ['setImmediate', `let k = 1; setImmediate(() => { k = 3 }); ${F}`],
  ['nextTick', `let k = 1; process.nextTick(() => { k = 3 }); ${F}`],
  ['then', `let k = 1; Promise.resolve().then(() => { k = 3 }); ${F}`],
  ['then', `let k = 1; new Promise((done) => done(3)).then((v) => { k = v }); ${F}`],
  ['Promise', `let k = 1; Promise.resolve({ then() { k = 3 } }); ${F}`],
  ['Promise', `let k = 1; new Promise((done) => done({ then() { k = 3 } })); ${F}`],
  ['', `let k = 1; async function go() { await null; k = 3 } go(); ${F}`],
  ['', `let k = 1; (async () => { await null; k = 3 })(); ${F}`],
  ['', `let k = 1; async function go() { await null; k = 3 } function init() { go() } init(); ${F}`],
  [
    'queueMicrotask',
    'const o = { k: 1 }; queueMicrotask(() => { o.k = 3 }); export function f(x) { return o.k * x * x }',
  ],
  [
    'setTimeout',
    'const o = { k: 1 }; const set = (p) => { p.k = 3 }; setTimeout(set.bind(null, o)); export function f(x) { return o.k * x * x }',
  ],
  [
    'setTimeout',
    'const store = (() => { let k = 1; return { set() { k = 3 }, get: () => k } })(); setTimeout(() => store.set()); export function f(x) { return store.get() * x * x }',
  ],
  ['setTimeout', `let k = 1; function boot() { setTimeout.call(globalThis, () => { k = 3 }) } boot(); ${F}`],
];

const KEPT: readonly string[] = [
  `const k = 3; setTimeout(() => console.log(''), 0); ${F}`,
  `let k = 3, n = 0; queueMicrotask(() => { n = k }); ${F}`,
  `const o = { k: 3 }; let log; Promise.resolve().then(() => { log = o.k }); export function f(x) { return o.k * x * x }`,
  `const k = 3; let ready = false; process.nextTick(() => { ready = true }); ${F}`,
];

/** f(2) in a process of its own, once what was put off has run. */
function inNode(file: string): number {
  const text = `const m = await import(${JSON.stringify(pathToFileURL(file).href)}); await new Promise((done) => setTimeout(done, 20)); console.log('\\n' + m.f(2)); process.exit()`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', text], { encoding: 'utf8' });
  return Number(said.trim().split('\n').at(-1));
}

function both(text: string): { readonly answer: unknown; readonly value: number } {
  const { folder, remove } = write({ files: { 'package.json': '{"type": "module"}', 'a.js': text } });
  const file = path.join(folder, 'a.js');
  try {
    return { answer: ask(sources(), file, 'f', [2]), value: inNode(file) };
  } finally {
    remove();
  }
}

describe('what runs after modules have loaded', () => {
  test.each(CHANGED)('may change what is used: %s in %s', (name, text) => {
    const { answer, value } = both(text);
    expect(value).toBe(12);
    expect(answer).toMatchObject({ error: { id: 'GL114', message: expect.stringContaining(name) } });
  });

  test.each(KEPT)('leaves the rest: %s', (text) => {
    const { answer, value } = both(text);
    // f is a multiple of x²: f′(2) = f(2).
    expect(answer).toMatchObject({ value: [value], jacobian: [[value]] });
  });
});
