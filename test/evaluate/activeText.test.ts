/** Texts in which digits of active numbers stand: the derivative of what reads them back, against Node's differences. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EncodedValue } from '../../core/analysis/evaluateAt.types.ts';
import { builtServer } from '../server/builtServer.ts';
import { ask } from '../support/commandLine.ts';
import { type Given, judge } from '../support/comparison.ts';
import { resultLeaves } from '../support/encoding.ts';
import { loadNative } from '../support/native.ts';

interface Case {
  readonly text: string;
  readonly args: readonly EncodedValue[];
  readonly refused?: true;
}

const RIGHT: readonly Case[] = [
  {
    text: "(x) => { const s = String(x); return parseFloat(s) * 2 + Number('-' + x) + +('' + x) }",
    args: [1.5],
  },
  {
    text: '(v) => { const t = v.toString().trim(); if (/^-?\\d+(?:\\.\\d+)?$/.test(t)) return Number(t) ** 2; throw t }',
    args: [3],
  },
  {
    text: `(w, h) => {
      const out = [];
      ('L 0 0 L ' + w + ' 0 L ' + w + ' ' + h + ' L 0 ' + h).replace(
        /L?\\s*([-\\d.e]+)[\\s,]*([-\\d.e]+)*/gi,
        (m, x, y) => { out.push({ x: parseFloat(x), y: parseFloat(y) }) },
      );
      return out[2].x * out[2].y + out[1].x;
    }`,
    args: [4, 3.5],
  },
  {
    text: "(x, y) => { const k = [x, y].join('|'); const kept = ['a'].find((old) => old === k); return kept ? 0 : x * y }",
    args: [4, 3.5],
  },
  {
    text: "(s) => { const t = s * 100 + '%'; return typeof t === 'string' && t.endsWith('%') ? (parseFloat(t) / 100) ** 3 : 0 }",
    args: [0.45],
  },
  {
    text: "(x, y) => { const [a, b] = ('rgb(' + x + ', ' + y + ')').match(/\\(([^)]*)\\)/)[1].split(','); return Number(a) * Number(b) }",
    args: [1.5, -4],
  },
  { text: '(x) => parseInt(x * 16) / 16 + x', args: [1.3] },
  { text: "(x) => (String(x) === '' + x ? x * 5 : 0)", args: [3] },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a program's text
  { text: '(x) => ({ v: x * 2, css: `rgb(${x})`, rounded: x.toFixed(2) })', args: [3] },
  {
    text: "(x) => { switch (String(x)) { case 'a': return 1; case '3': return x * 7; default: return x * x } }",
    args: [3.5],
  },
  {
    text: '(x, y) => { const by = {}; for (const v of [x / y, y / x]) by[v.toFixed(3)] = v; return Object.values(by).reduce((a, b) => a + b * b) }',
    args: [1.5, 2.25],
  },
  {
    text: "(x) => { const cache = {}; const f = (v) => { const k = 'f' + v; if (!(k in cache)) cache[k] = v * v; return cache[k] }; return f(x) + f(x) }",
    args: [1.5],
  },
  // Rounded so finely that the quotient of steps and unit may be another double.
  {
    text: '(x) => { const f = (v) => +v.toFixed(15); return f(x * x) + f(Math.sin(f((x * Math.PI) / 180))) }',
    args: [1.3],
  },
  {
    text: "(x) => { const s = x + 'em'; return s.slice(-2) === 'em' ? parseFloat(s.slice(0, -2)) * 16 : x }",
    args: [1.25],
  },
  {
    text: "(x, y) => { const o = JSON.parse(JSON.stringify({ p: [x, { q: -y }], r: x * y, s: 'a\"b,1', t: [1.5, null] })); return [o.p[0] * o.p[1].q, o.r + o.t[0], o.s.length] }",
    args: [1.5, -2],
  },
  {
    text: '(g) => { const c = JSON.parse(JSON.stringify(g, null, 2)); for (const p of c.at) p.reverse(); return c }',
    args: [
      {
        at: [
          [1, 2.5],
          [3e-7, 4],
        ],
      },
    ],
  },
  {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a program's text
    text: '(x) => JSON.parse(`{"v": ${x}, "w": "${x}"}`).v * 3 + Number(JSON.parse(`["${x}"]`)[0])',
    args: [2.5],
  },
  {
    text: "(x) => JSON.parse(JSON.stringify({ x, y: 'x' }), (k, v) => (typeof v === 'number' ? v * v : v)).x",
    args: [2.5],
  },
  {
    text: '(x) => { const by = {}; by[JSON.stringify({ x })] = x * x; return by[JSON.stringify({ x })] }',
    args: [2.5],
  },
];

const REFUSED: readonly Case[] = [
  // Some of the digits only.
  { text: '(x) => Number(String(x).slice(0, 3))', args: [1.2345] },
  { text: "(x) => JSON.parse('1' + x) * x", args: [2.5] },
  { text: '(x) => JSON.stringify([x]).length * x', args: [2.25] },
  { text: '(x) => parseFloat(x.toFixed(1)) * x', args: [1.5] },
  { text: "(x) => Number('1' + x)", args: [2.5] },
  // What holds at the point holds nowhere beside it.
  { text: '(x) => x * String(x).length', args: [1.5] },
  { text: '(x) => (/^\\d+$/.test(String(x)) ? x * x : 3 * x)', args: [3] },
  { text: '(x, y) => (String(x) === String(y) ? x : y * 2)', args: [3, 3] },
  { text: "(x) => (String(x) === '3' ? x * 7 : x * x)", args: [3] },
];

const built = builtServer();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gradlens-text-'));
const file = path.join(folder, 'cases.mjs');
const cases = [...RIGHT, ...REFUSED.map((c) => ({ ...c, refused: true as const }))];
const numbered = cases.map((c, i) => ({ ...c, name: `f${i}` }));
fs.writeFileSync(file, numbered.map(({ text, name }) => `export const ${name} = ${text};\n`).join(''));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

let answers: Given[] = [];
beforeAll(async () => {
  const requests = numbered.map(({ name, args }) => ({ file, function: name, args }));
  answers = await ask(built.file('cli.js'), folder, requests);
});

test.each(numbered.map((c, i) => ({ ...c, i })))('$text', ({ name, args, i, refused }) => {
  const native = loadNative(
    file,
    numbered.map((c) => c.name),
  );
  const call = {
    args,
    run: (changed: readonly EncodedValue[]) => resultLeaves(native.call(name, changed).result),
  };
  expect(judge(answers[i]!, call, new Set(refused ? ['refused'] : []))).toEqual({
    verdict: 'right',
    message: '',
  });
});
