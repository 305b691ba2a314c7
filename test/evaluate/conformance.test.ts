/** Small programs mean in the evaluator what they mean in Node, bit for bit; what it does not do it refuses. */
import { describe, expect, test } from 'vitest';
import { inEvaluator, inNode, type Mode, withInputs } from './both.ts';
import { arrays } from './programs/arrays.ts';
import { builtins } from './programs/builtins.ts';
import { collections } from './programs/collections.ts';
import { dates } from './programs/dates.ts';
import { expressions } from './programs/expressions.ts';
import { objects } from './programs/objects.ts';
import { statements } from './programs/statements.ts';
import { text } from './programs/text.ts';
import { typed } from './programs/typed.ts';
import { refused, sloppy, whole } from './programs/whole.ts';

const body = (text: string) => `function main($k) { ${text} }`;

function agree(text: string, mode: Mode): void {
  const ours = inEvaluator(text, mode);
  expect(ours.refused, text).toBeUndefined();
  expect(ours.text, text).toBe(inNode(text, mode));
}

/** The same with every number an input of a trace: its value is Node's, or it is refused. */
function agreeActive(text: string, mode: Mode): void {
  const changed = withInputs(text);
  const ours = inEvaluator(changed.text, mode, changed.inputs, true);
  if (ours.refused !== undefined) return;
  expect(ours.text, changed.text).toBe(inNode(changed.text, mode, [changed.inputs]));
}

const groups = {
  expressions: expressions.map(body),
  statements: statements.map(body),
  builtins: builtins.map(body),
  arrays: arrays.map(body),
  collections: collections.map(body),
  dates: dates.map(body),
  objects: objects.map(body),
  text: text.map(body),
  typed: typed.map(body),
};

describe.each(Object.entries(groups))('%s', (_name, texts) => {
  test.each(texts)('%s', (text) => agree(text, 'strict'));
});
describe('with numbers that are inputs', () => {
  test.each(Object.values(groups).flat())('%s', (text) => agreeActive(text, 'strict'));
});
describe('whole texts', () => {
  test.each(whole)('%s', (text) => agree(text, 'strict'));
});
describe('sloppy mode', () => {
  test.each(sloppy)('%s', (text) => agree(text, 'sloppy'));
});
describe('out of scope', () => {
  test.each(refused)('$text', ({ text, id }) => {
    expect(inEvaluator(text, 'strict').refused ?? '').toMatch(id);
  });
});
