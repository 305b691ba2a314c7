/** Every construct of the language means in the evaluator what it means in Node; nothing of this is refused. */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { hostText, inEvaluator, inNode, type Mode, withInputs } from './both.ts';
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

// Programs that the type checker passes only where fields are assigned in the constructor, as for older targets.
test.each([
  'class P { y = this.x * 2; #z = this.x + this.y; constructor(public x: number) { this.x += 1 } get z() { return this.#z } } function main() { const p = new P(3); return [p, p.z, Object.keys(p)] }',
  'class A { v = 5; w: number = 1 } class B extends A { v: number; declare w: number; u: number; constructor() { super(); this.u = this.v + 1 } } function main() { return new B() }',
  'class P { y = 1; constructor(readonly x: number) {} } class Q extends P { q = this.k + this.y; f = () => this.k; constructor(private k: number) { super(k * 10); this.q += 1 } } function main() { const q = new Q(2); return [q, q.f(), Object.keys(q)] }',
])('fields assigned: %s', (text) => {
  const options = { target: ts.ScriptTarget.ES2022, useDefineForClassFields: false };
  const { outputText } = ts.transpileModule(text, { compilerOptions: options });
  const main = new Function(`${outputText}\nreturn main;`)() as () => unknown;
  expect(inEvaluator(text, 'strict').text).toBe(hostText(main()));
});
