import path from 'node:path';
import { expect, test } from 'vitest';
import { ask, sources, write } from './run.ts';

const ADDER = `export class Adder { constructor() { this.sum = 0 } add(x) { this.sum += x; return this } valueOf() { return this.sum } }`;
/** A package that is loaded when something of it is first needed. */
const project = (result: string) => ({
  'package.json': '{"type": "module"}',
  'node_modules/streams/package.json': '{"type": "module", "main": "index.js", "sideEffects": false}',
  'node_modules/streams/adder.js': ADDER,
  'node_modules/streams/index.js': `import { Adder } from './adder.js';
let total = new Adder(), part = new Adder();
export const stream = {
  point(x) { part.add(x * x) },
  end() { total.add(Math.abs(part)); part = new Adder() },
  result() { const found = total / 2; ${result} return found },
};`,
  'a.js': `import { stream } from 'streams';
export function f(x) { stream.point(x); stream.point(1); stream.end(); return stream.result() }`,
});

test.each([
  ['what a module resets after each call is no state of it', 'total = new Adder();', []],
  ['what it goes on adding to is', '', ['GL110']],
])('%s', (_, result, ids) => {
  const { folder, remove } = write({ files: project(result) });
  try {
    const answer = ask(sources(), path.join(folder, 'a.js'), 'f', [3]);
    expect(answer).toMatchObject({ value: [5], jacobian: [[3]] });
    expect(answer.diagnostics.map(({ id }) => id)).toEqual(ids);
  } finally {
    remove();
  }
});
