/** Small programs mean in the evaluator what they mean in Node, bit for bit; what it does not do it refuses. */
import { describe, expect, test } from 'vitest';
import { inEvaluator, inNode, type Mode, withInputs } from './both.ts';
import { builtins } from './programs/builtins.ts';
import { expressions } from './programs/expressions.ts';
import { statements } from './programs/statements.ts';
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
};

describe.each(Object.entries(groups))('%s', (_name, texts) => {
  test.each(texts)('%s', (text) => agree(text, 'strict'));
});
describe('with numbers that are inputs', () => {
  test.each([...groups.expressions, ...groups.statements, ...groups.builtins])('%s', (text) =>
    agreeActive(text, 'strict'),
  );
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
