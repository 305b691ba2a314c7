/** Calls to what lies outside may throw, and lists from there may have any length: nothing is guessed. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ask, native, type Project, sources, write } from './run.ts';

const F = 'export function f(x) { return k * x * x }';
const FS = "import fs from 'node:fs';";
const OS = "import os from 'node:os';";

/** Node's answer is not the one of going on as if nothing had happened. */
const UNKNOWN: readonly string[] = [
  `${FS} export function f(x) { let k = 1; try { fs.readFileSync('/nope') } catch { k = 3 } return k * x * x }`,
  `${FS} let k = 1; try { fs.readFileSync('/nope') } catch { k = 3 } ${F}`,
  `${FS} const o = {k: 1}; (function () { try { fs.readFileSync('/nope') } catch { o.k = 3 } })(); export function f(x) { return o.k * x * x }`,
  `${FS} function load() { fs.readFileSync('/nope') } export function f(x) { let k = 1; try { load() } catch { k = 3 } return k * x * x }`,
  `${FS} export function f(x) { let k = 1; try { try { fs.readFileSync('/nope') } finally { k += 1 } } catch { k += 1 } return k * x * x }`,
  `export function f(x) { let k = 1; try { new Intl.NumberFormat('bad locale') } catch { k = 3 } return k * x * x }`,
  `let k = 1; try { new Intl.NumberFormat('bad locale') } catch { k = 3 } ${F}`,
  `let k = 1; function go() { if (Date.now() > 1.6e12) throw new Error('a') } try { go() } catch { k = 3 } ${F}`,
  `let k = 1; function go() { if (Date.now() > 1.6e12) throw new Error('a') } function all() { try { go() } catch { k = 3 } } all(); ${F}`,
  `${OS} export function f(x) { return [os.loadavg()].flat().length * x * x }`,
  `${OS} const k = [os.loadavg()].flat().length; ${F}`,
  `${OS} export function f(x) { let k = 1; for (const key in os.constants) k++; return k * x * x }`,
  `${OS} export function f(x) { return (1 + Object.keys({ ...os.constants }).length) * x * x }`,
  `export function f(x) { return (1 + [process.argv].flat()[0].length) * x * x }`,
  `export function f(x) { return (1 + new Error('a').stack.length) * x * x }`,
  `export function f(x) { const e = {}; Error.captureStackTrace(e); return (e.stack ? 3 : 1) * x * x }`,
  `export function f(x) { try { null.a } catch (e) { return (e.stack ? 3 : 1) * x * x } }`,
];

const KNOWN: readonly string[] = [
  `let k = 1; try { require('not-there-at-all') } catch { k = 3 } exports.f = (x) => k * x * x`,
  `let fs, k = 1; try { fs = require('fs') } catch (e) { k = 3 } exports.f = (x) => (fs ? k : 5) * x * x`,
  `let k = 1; try { console.log(''); k = 2 } catch { k = 3 } exports.f = (x) => k * x * x`,
  `exports.f = (x) => { try { if (x > 1) throw new Error('a') } catch (e) { return e.message.length * x * x } return x }`,
  `const nodeUtil = (function () { try { return process.binding && process.binding('util') } catch (e) {} })(); exports.f = (x) => 3 * x * x`,
  `const fs = require('fs'); const had = process.argv.indexOf('--none') >= 0; exports.f = (x) => [[x], [x]].flat().length * x`,
];

const project = (text: string): Project => ({
  files: {
    'package.json': text.startsWith('exports') || /\bexports\.f/.test(text) ? '{}' : '{"type":"module"}',
    'a.js': text,
  },
  entry: 'a.js',
  args: [2],
});

describe.each([
  ['what cannot be told', UNKNOWN, false],
  ['what can be told', KNOWN, true],
] as const)('%s', (_name, texts, isKnown) => {
  const written = texts.map((text) => ({ project: project(text), ...write(project(text)) }));
  const inNode = native(written);
  test.each(texts.map((text, i) => [text, i] as const))('%s', (_text, i) => {
    const { folder, remove } = written[i]!;
    const answer = ask(sources(), path.join(folder, 'a.js'), 'f', [2]);
    remove();
    const { value } = inNode[i]!;
    expect(value).toBeTypeOf('number');
    if (isKnown) expect(answer).toMatchObject({ value: [value] });
    else expect(answer).toHaveProperty('error');
  });
});

test('what package.json says is looked at again', () => {
  const { folder, remove } = write({
    files: {
      'a.mjs': "import p from 'p'; export const f = (x) => p.k * x",
      'node_modules/p/package.json': '{"main": "x.js"}',
      'node_modules/p/x.js': 'exports.k = 1',
      'node_modules/p/y.js': 'exports.k = 4',
    },
  });
  try {
    const of = sources();
    const file = path.join(folder, 'a.mjs');
    expect(ask(of, file, 'f', [2])).toMatchObject({ value: [2] });
    writeFileSync(path.join(folder, 'node_modules/p/package.json'), '{"main": "y.js"}');
    expect(ask(of, file, 'f', [2])).toMatchObject({ value: [8] });
  } finally {
    remove();
  }
});
