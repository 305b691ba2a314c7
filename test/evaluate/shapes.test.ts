/** Places that have met one object meet another: properties are found where Node finds them. */
import { describe, expect, test } from 'vitest';
import { inEvaluator, inNode, withInputs } from './both.ts';
import { shapes } from './programs/shapes.ts';

const texts = shapes.map((text) => `function main($k) { ${text} }`);

describe('properties', () => {
  test.each(texts)('%s', (text) => {
    const ours = inEvaluator(text, 'strict');
    expect(ours.refused, text).toBeUndefined();
    expect(ours.text, text).toBe(inNode(text, 'strict'));
  });
});

describe('properties, with numbers that are inputs', () => {
  test.each(texts)('%s', (text) => {
    const changed = withInputs(text);
    const ours = inEvaluator(changed.text, 'strict', changed.inputs, true);
    if (ours.refused !== undefined) return;
    expect(ours.text, changed.text).toBe(inNode(changed.text, 'strict', [changed.inputs]));
  });
});
