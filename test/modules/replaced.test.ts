// Globals that a program replaces mean the same by their names and as properties of the global object.
import path from 'node:path';
import { expect, test } from 'vitest';
import { ask, sources, write } from './run.ts';

// f(2) and f′(2) in closed form.
test.each([
  ['globalThis.Math = { sin: (x) => 3 * x }; exports.f = (x) => Math.sin(x) * x;', 12, 12],
  ["globalThis.parseFloat = () => 7; exports.f = (x) => parseFloat('2') * x;", 14, 7],
  ['Math = { sin: (x) => 3 * x }; exports.f = (x) => globalThis.Math.sin(x) * x;', 12, 12],
  ['globalThis.k = 5; exports.f = (x) => k * Math.abs(x);', 10, 5],
])('%s', (text, value, slope) => {
  const { folder, remove } = write({ files: { 'a.cjs': text } });
  const answer = ask(sources(), path.join(folder, 'a.cjs'), 'f', [2]);
  remove();
  expect(answer).toMatchObject({ value: [value], jacobian: [[slope]] });
});
