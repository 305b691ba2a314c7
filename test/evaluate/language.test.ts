/** Every construct of the language means in the evaluator what it means in Node; nothing of this is refused. */
import { describe, expect, test } from 'vitest';
import { inEvaluator, inNode, type Mode, withInputs } from './both.ts';
import { classes } from './programs/language/classes.ts';
import { coercions } from './programs/language/coercions.ts';
import { control } from './programs/language/control.ts';
import { functions } from './programs/language/functions.ts';
import { generators } from './programs/language/generators.ts';
import { sloppyPrograms } from './programs/language/sloppy.ts';
import { decorated, transpiledPrograms, typescriptPrograms } from './programs/language/typescript.ts';

const whole = (text: string) => (/function main\s*\(/.test(text) ? text : `function main($k) { ${text} }`);

const groups: readonly (readonly [string, Mode, readonly string[]])[] = [
  ['generators', 'strict', generators],
  ['control', 'strict', control],
  ['functions', 'strict', functions],
  ['classes', 'strict', classes],
  ['coercions', 'strict', coercions],
  ['sloppy mode', 'sloppy', sloppyPrograms],
  ['TypeScript', 'strict', typescriptPrograms],
  ['transpiled', 'sloppy', transpiledPrograms],
];

describe.each(groups)('%s', (_name, mode, texts) => {
  test.each(texts.map(whole))('%s', (text) => {
    const ours = inEvaluator(text, mode);
    expect(ours.refused, text).toBeUndefined();
    expect(ours.text, text).toBe(inNode(text, mode));
    // With every number an input its value is Node's too, or it is refused.
    const changed = withInputs(text);
    const active = inEvaluator(changed.text, mode, changed.inputs, true);
    if (active.refused === undefined) {
      expect(active.text, changed.text).toBe(inNode(changed.text, mode, [changed.inputs]));
    }
  });
});

test.each(decorated)('refused: %s', (text) => {
  expect(inEvaluator(text, 'strict').refused ?? '').toMatch(/GL111 .*decorator/);
});
