/** Thousands of random programs: what the evaluator makes of them is what Node makes of them, or a refusal. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectSame, inEvaluator, inNode, type Ours, withInputs } from './both.ts';
import { body, expression } from './random.ts';
import { randomProgram } from './randomPrograms.ts';

const RUNS = Number(process.env['GRADLENS_RANDOM_RUNS'] ?? 250);
const seed = Number(process.env['GRADLENS_RANDOM_SEED'] ?? 20260101);

const asFunction = (e: string) =>
  `function main($k) { let x = 1, y = 2.5, n = 3, s = "t"; const a = [4, 0.25], o = { p: 5, q: 6 }; return [${e}, x, y, n, a, o]; }`;

/** TypeScript reads `a << (b) > (c)` as type arguments: such texts are none of ours. */
function parsed(run: () => Ours): Ours | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof Error && /expected/.test(error.message)) return undefined;
    throw error;
  }
}

function agree(text: string): void {
  const ours = parsed(() => inEvaluator(text, 'strict'));
  if (ours === undefined || ours.refused !== undefined) return;
  expectSame(text, 'strict', ours);
}

test('expressions of mixed types', () => {
  fc.assert(
    fc.property(expression, (e) => agree(asFunction(e))),
    { numRuns: 2 * RUNS, seed },
  );
});

test('statements', () => {
  fc.assert(
    fc.property(body, (b) => agree(`function main($k) { ${b} }`)),
    { numRuns: RUNS, seed },
  );
});

test('whole programs', () => {
  for (let i = 0; i < RUNS / 5; i++) {
    const mode = i % 2 === 0 ? 'strict' : 'sloppy';
    const text = randomProgram(seed + i, mode === 'sloppy');
    const node = inNode(text, mode);
    if (node === 'throws <SyntaxError>') continue;
    const ours = parsed(() => inEvaluator(text, mode));
    if (ours === undefined) continue;
    expect(ours.refused, text).toBeUndefined();
    expect(ours.text, text).toBe(node);
    const changed = withInputs(text);
    const active = inEvaluator(changed.text, mode, changed.inputs, true);
    if (active.refused === undefined)
      expect(active.text, changed.text).toBe(inNode(changed.text, mode, [changed.inputs]));
  }
});
