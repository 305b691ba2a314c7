/** Text as it is while somebody types: nothing crashes, neighbours keep what they have, the rest is marked. */
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InProcess } from './inProcess.ts';

const EXAMPLES = path.join(import.meta.dirname, '../../examples');
const URI = 'file:///typed.ts';

const BEFORE = `// @differentiable at a = 3
export function before(a: number): number {
  return a * a;
}
`;
const AFTER = `

// @differentiable at z = 2
export function after(z: number): number {
  return z * z * z;
}
`;

/** The last function of a file with its annotation: what somebody may be typing. */
function lastFunction(text: string): string {
  const start = text.lastIndexOf('// @differentiable');
  return text.slice(Math.max(0, start));
}

describe.each(fs.readdirSync(EXAMPLES).filter((name) => /\.[jt]s$/.test(name)))(
  'every prefix of %s',
  (name) => {
    const typed = lastFunction(fs.readFileSync(path.join(EXAMPLES, name), 'utf8'));
    // A sample of the prefixes: a prime step meets every kind of token over all the examples.
    const step = Math.max(7, Math.floor(typed.length / 40));

    test('neighbours keep their lenses, and nothing fails', () => {
      for (let length = 0; length <= typed.length; length += step) {
        const worker = new InProcess();
        worker.open(URI, BEFORE + typed.slice(0, length) + AFTER);
        const lenses = worker.lenses(URI);
        const where = `after ${length} characters: …${typed.slice(Math.max(0, length - 30), length)}`;
        expect(lenses, where).toContain('before: ∇before(3) = 6');
        expect(lenses, where).toContain('after: ∇after(2) = 12');
        worker.hints(URI);
        worker.diagnostics(URI);
      }
    });
  },
);

describe('while a function does not parse', () => {
  const TEXT = `${BEFORE}
// @differentiable at x = 2
export function typed(x: number): number {
  const square = x * x;
  const wave = Math.sin(x);
  return square + wave;
}
${AFTER}`;
  const line = TEXT.split('\n').findIndex((text) => text.includes('const wave'));

  test.each([
    ['an open parenthesis', '  const wave = Math.sin(('],
    ['half a statement', '  const wave ='],
    ['an operator without its right side', '  const wave = x *'],
    ['an open string', "  const wave = 'x"],
    ['an open brace', '  if (x) {'],
  ])('%s: its last good lens and hints stay, marked', (_, broken) => {
    const worker = new InProcess();
    worker.open(URI, TEXT);
    expect(worker.lenses(URI)).toContain('typed: ∇typed(2) ≈ 3.584');
    const hintsBefore = worker.hints(URI).length;
    expect(hintsBefore).toBeGreaterThan(3);
    const whole = TEXT.split('\n')[line]!;
    worker.change(URI, [
      { range: { start: { line, character: 0 }, end: { line, character: whole.length } }, text: broken },
    ]);
    const lenses = worker.lenses(URI);
    expect(lenses).toContain('typed: ∇typed(2) ≈ 3.584 (outdated)');
    expect(lenses).toContain('before: ∇before(3) = 6');
    expect(lenses).toContain('after: ∇after(2) = 12');
    const hints = worker.hints(URI);
    const square = hints.find(({ position }) => position.line === line - 1);
    expect(square?.label).toBe('= 4, ∂f = 1 ⟳');
    expect(hints.some(({ position }) => position.line === line)).toBe(false);
    expect(worker.diagnostics(URI).map(({ code }) => code)).toContain('GL010');
    const name = { line: line - 2, character: 'export function ty'.length };
    expect(worker.hover(URI, name)).toContain('typed(2) = ');
    expect(worker.hover(URI, name)).toContain('Outdated');

    worker.change(URI, [
      { range: { start: { line, character: 0 }, end: { line, character: broken.length } }, text: whole },
    ]);
    expect(worker.lenses(URI)).toContain('typed: ∇typed(2) ≈ 3.584');
    expect(worker.hints(URI)).toHaveLength(hintsBefore);
    expect(worker.diagnostics(URI)).toEqual([]);
  });

  test('its last good lens moves with the text above, and goes when the function is deleted', () => {
    const worker = new InProcess();
    worker.open(URI, TEXT);
    worker.lenses(URI);
    const end = TEXT.split('\n')[line]!.length;
    worker.change(URI, [
      { range: { start: { line, character: end - 2 }, end: { line, character: end } }, text: '' },
    ]);
    worker.change(URI, [
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n\n' },
    ]);
    const lenses = worker.request<{ range: { start: { line: number } }; data: { id: string } }[]>(
      'textDocument/codeLens',
      { textDocument: { uri: URI } },
    );
    expect(lenses.find(({ data }) => data.id === 'typed')?.range.start.line).toBe(line);
    worker.change(URI, [
      { range: { start: { line: line - 1, character: 0 }, end: { line: line + 6, character: 0 } }, text: '' },
    ]);
    expect(worker.lenses(URI).join()).not.toContain('typed');
  });
});

describe('malformed annotations', () => {
  test.each([
    '// @differentiable at',
    '// @differentiable at x',
    '// @differentiable at x =',
    '// @differentiable at x = [1, ',
    '// @differentiable at x = 1 y = 2',
    '// @differentiable att x = 1',
    '// @differentiable at x = 2, q = 3',
    '// @differentiable wrt',
    '// @differentiable at x = 1 wrt z',
    '// @diferentiable at x = 1',
  ])('%s is a diagnostic on the tag', (annotation) => {
    const worker = new InProcess();
    worker.open(URI, `${annotation}\nfunction f(x: number): number {\n  return x * x;\n}\n${AFTER}`);
    const found = worker.diagnostics(URI);
    expect(found.length).toBeGreaterThan(0);
    for (const { code, range } of found) {
      expect(code).toMatch(/^GL00[123]$/);
      expect(range.start.line).toBe(0);
    }
    expect(worker.lenses(URI)).toContain('after: ∇after(2) = 12');
  });
});

describe('random edits', () => {
  const SEEDS = [
    BEFORE,
    AFTER,
    'const k = 2;\n',
    'function helper(t: number) {\n  return Math.exp(t) * k;\n}\n',
    '// @differentiable at x = 1, y = 2\nconst g = (x: number, y: number) => helper(x) * y;\n',
    '/**\n * @differentiable\n * @at p = {a: 1, b: 2}\n */\nfunction h(p: {a: number; b: number}) {\n  return p.a / p.b + k;\n}\n',
  ];
  const piece = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('x', '1', ' ', '*', '.', 'y', ';', '+', '\n', 'k', ',') },
    {
      weight: 3,
      arbitrary: fc.constantFrom('/*', '*/', '`', '${', '{', '}', '(', ')', '"', "'", '//', '[', ']'),
    },
    { weight: 1, arbitrary: fc.constantFrom(...SEEDS) },
  );
  const edit = fc.record({
    at: fc.nat(1_000_000),
    removed: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat(3), fc.nat(60)),
    text: piece,
    /** Most edits are undone soon, as an editor's are. */
    undo: fc.boolean(),
  });

  /** What is said of each function that parses, and of nothing else. */
  function answers(worker: InProcess): string[] {
    const document = worker.session.document(URI)!;
    const said: string[] = [];
    for (const shown of document.shown()) {
      if (shown.kind !== 'current' || shown.statement.syntaxErrors.length > 0) continue;
      const hover = worker.hover(URI, document.nameRange(shown).start);
      said.push(`${shown.id} ${JSON.stringify(document.nameRange(shown))} ${hover}`);
    }
    return said;
  }

  test('the answers are those of a fresh start on the same text', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 5, maxLength: 25 }), (edits) => {
        const worker = new InProcess();
        let text = SEEDS.join('\n');
        worker.open(URI, text);
        const apply = (start: number, end: number, inserted: string): void => {
          const position = (offset: number) => {
            const lines = text.slice(0, offset).split('\n');
            return { line: lines.length - 1, character: lines.at(-1)!.length };
          };
          worker.change(URI, [{ range: { start: position(start), end: position(end) }, text: inserted }]);
          text = text.slice(0, start) + inserted + text.slice(end);
        };
        edits.forEach(({ at, removed, text: inserted, undo }, i) => {
          const start = at % (text.length + 1);
          const end = Math.min(text.length, start + removed);
          const old = text.slice(start, end);
          apply(start, end, inserted);
          if (i % 2 === 0) worker.lenses(URI);
          if (undo) apply(start, start + inserted.length, old);
        });
        const fresh = new InProcess();
        fresh.open(URI, text);
        expect(answers(worker)).toEqual(answers(fresh));
      }),
      { numRuns: 120 },
    );
  });
});
