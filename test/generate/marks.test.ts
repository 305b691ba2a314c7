import { describe, expect, test } from 'vitest';
import { blockOf, marked } from '../../core/generate/marks.ts';

const CODE = `function helper(x: number): number {
  return x;
}

/** Gradient of f. */
export function fGradient(x: number): [number, number] {
  const a = helper(x);
  return [a, 'k'.length];
}
`;
const OTHER = 'export function gGradient(x: number): number {\n  return 2 * x;\n}\n';
const BEFORE = 'export function f(x: number) {\n  return x;\n}\n\n';
const AFTER = '\nexport const rest = 1;\n';
const text = BEFORE + marked(OTHER, 'g') + '\n' + marked(CODE, 'f') + AFTER;

describe('the mark of generated code', () => {
  test('finds all of it by the name of its function, and nothing else', () => {
    const block = blockOf(text, 'fGradient', 'f')!;
    expect(block.edited).toBe(false);
    const found = text.slice(block.start, block.end);
    expect(found).toBe(marked(CODE, 'f').trimEnd());
    expect(text.slice(block.end)).toBe(`\n${AFTER}`);
    const other = blockOf(text, 'gGradient', 'g')!;
    expect(text.slice(other.start, other.end)).toBe(marked(OTHER, 'g').trimEnd());
  });

  test('leaves what no mark stands above, and other names', () => {
    expect(blockOf(BEFORE + CODE, 'fGradient', 'f')).toBeUndefined();
    expect(blockOf(text, 'f', 'f')).toBeUndefined();
    expect(blockOf(text, 'fGradient', 'C.f')).toBeUndefined();
    expect(blockOf(text, 'Gradient', 'f')).toBeUndefined();
    expect(blockOf(marked(CODE, 'f').replace(/\}\n$/, ''), 'fGradient', 'f')).toBeUndefined();
  });

  test('is the same after a formatter, and after line ends have changed', () => {
    const formatted = text
      .replaceAll('  ', '\t')
      .replaceAll("'k'", '"k"')
      .replaceAll('(x: number)', '(\n  x: number,\n)')
      .replaceAll(';', '');
    expect(blockOf(formatted, 'fGradient', 'f')).toMatchObject({ edited: false });
    const crlf = text.replaceAll('\n', '\r\n');
    const block = blockOf(crlf, 'fGradient', 'f')!;
    expect(block.edited).toBe(false);
    expect(crlf.slice(block.start, block.end)).toBe(marked(CODE, 'f').trimEnd().replaceAll('\n', '\r\n'));
  });

  test('tells what was edited by hand, in a helper too', () => {
    expect(blockOf(text.replace('return [a', 'return [2 * a'), 'fGradient', 'f')).toMatchObject({
      edited: true,
    });
    expect(
      blockOf(text.replace('return x;\n}\n\n/**', 'return -x;\n}\n\n/**'), 'fGradient', 'f'),
    ).toMatchObject({
      edited: true,
    });
    expect(blockOf(text.replace('2 * x', '3 * x'), 'fGradient', 'f')).toMatchObject({ edited: false });
  });
});
