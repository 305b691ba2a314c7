// Numbers that could only be guessed: what an unknown callee did, what a statement that stopped had changed already,
// what runs without being called. Each is refused, or comes out as the whole module has it.
import { expect, test } from 'vitest';
import { InProcess } from './inProcess.ts';

const F = '// @differentiable at x = 2\n';

function hoverOf(text: string, uri = 'file:///half.js', language = 'javascript'): string {
  const session = new InProcess();
  session.open(uri, text, language);
  return hover(session, text, uri);
}
function hover(session: InProcess, text: string, uri: string): string {
  const offset = text.indexOf('function f(') + 'function '.length;
  const before = text.slice(0, offset).split('\n');
  const position = { line: before.length - 1, character: before.at(-1)!.length };
  return session.hover(uri, position) ?? '';
}

test.each([
  [
    'an imported function may fill its argument',
    `import { fill } from './v';\n${F}export function f(x) { const a = [x]; fill(a); return a[0]; }`,
  ],
  [
    'an imported function may call back',
    `import { run } from './v';\n${F}export function f(x) { let k = 1; run(() => { k = 8; }); return x * k; }`,
  ],
  [
    'an imported class may keep its argument',
    `import { T } from './v';\n${F}export function f(x) { const a = [x]; new T(a); return a[0]; }`,
  ],
  [
    'an asynchronous function starts at once',
    `${F}export function f(x) { let k = 1; (async () => { k = 8; })(); return x * k; }`,
  ],
  [
    'a proxy traps what is not followed',
    `${F}export function f(x) { let k = 1; Object.keys(new Proxy({}, { ownKeys() { k = 8; return []; } })); return x * k; }`,
  ],
  ['a loop at the top that did not end', `let k = 0; for (;;) k++;\n${F}function f(x) { return x * k; }`],
  [
    'a branch at the top on the clock',
    `let k = 1; if (Date.now() > 1.6e12) k = 10;\n${F}function f(x) { return x * k; }`,
  ],
  [
    'the same inside a function',
    `let k = 1;\nfunction set() { k = 10; }\nif (Date.now() > 1.6e12) set();\n${F}function f(x) { return x * k; }`,
  ],
])('%s: no number', (_, text) => {
  const shown = hoverOf(text);
  expect(shown).toMatch(/GL\d\d\d/);
  expect(shown).not.toMatch(/∂f\/∂x/);
});

test.each([
  ['a getter', 'const o = { get v() { n = 7; return 1; } };\nconst { v } = o;'],
  ['a conversion', 'const o = { valueOf() { n = 7; return 1; } };\nconst q = o + 1;'],
  [
    'an iterator',
    'const o = { [Symbol.iterator]: function () { n = 7; return { next: () => ({ done: true }) }; } };\nconst [v] = o;',
  ],
])('%s that changes a variable runs before the function', (_, hook) => {
  expect(hoverOf(`let n = 1;\n${F}function f(x) { return x * n; }\n${hook}\n`)).toContain('= 14');
});

test('a replaced method of arrays is the one that is called', () => {
  const replaced = 'Array.prototype.map = function () { return [this[0] * 10]; };';
  expect(hoverOf(`${F}function f(x) { return [x].map((v) => v * v)[0]; }\n${replaced}\n`)).toContain('= 20');
});

test('of two functions of one name each shows its own', () => {
  const text = `${F}function f(x) { return x; }\n${F}function f(x) { return x * x; }\n`;
  expect(hoverOf(text)).toContain('f(2) = x = 2');
});

test('strictness is part of what an analysis depends on', () => {
  const session = new InProcess();
  const uri = 'file:///strict.js';
  const text = `${F}function f(x) { return this === undefined ? x * x : 5 * x; }\nconst z = 1;\n`;
  session.open(uri, text, 'javascript');
  const before = hover(session, text, uri);
  const line = text.split('\n').findIndex((l) => l.startsWith('const z'));
  const start = { line, character: 0 };
  session.change(uri, [{ range: { start, end: start }, text: 'export ' }]);
  expect(hover(session, text, uri)).toContain('= 4');
  expect(hoverOf(text.replace('const z', 'export const z'))).toContain('= 4');
  expect(before).not.toBe('');
});

test('a document opened again is analysed again', () => {
  const session = new InProcess();
  const uri = 'file:///again.js';
  const first = `${F}function f(x) { return x * x; }\n`;
  session.open(uri, first, 'javascript');
  expect(hover(session, first, uri)).toContain('= 4');
  const second = `${F}function f(x) { return x * x * x; }\n`;
  session.open(uri, second, 'javascript');
  expect(hover(session, second, uri)).toContain('= 8');
});
