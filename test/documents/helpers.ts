import type { Language } from '../../server/languages/typescript/index.ts';
import * as typescript from '../../server/languages/typescript/index.ts';
import { Cut } from '../../server/workspace/cut.ts';
import { SourceDocument } from '../../server/workspace/document.ts';
import { statementScanner } from '../../server/workspace/scanner.ts';

export const scan = statementScanner({ jsx: false });

export function document(text: string, language: Language = 'ts'): SourceDocument {
  return new SourceDocument('file:///test.ts', language, 1, text, () => typescript);
}

/** Boundaries and brokenness of a cut. */
export function shapeOf(cut: Cut): [number, number, boolean][] {
  return [...cut].map((piece) => [cut.startOf(piece), piece.text.length, piece.broken]);
}

/** The statements a text is cut into; broken ones end in `…`. */
export function pieces(text: string, jsx = false): string[] {
  const cut = new Cut(text, statementScanner({ jsx }));
  return [...cut].map((piece) => piece.statement + (piece.broken ? '…' : ''));
}

/** A small generator of numbers that repeat: xorshift. */
export function random(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.abs(state) % below;
  };
}

export const BITS = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '/*',
  '*/',
  '`',
  '${',
  '"',
  "'",
  '//',
  '/',
  '\n',
  '\r',
  '\r\n',
  '\n\n',
  ';',
  '@',
  ' ',
  'x',
  '=',
  '#!',
  'else',
  'do',
  'while',
  'const ',
  'class A {\n',
  'async function q() {',
  'module.exports = ',
  '\n/** doc */\n',
  '\u0000',
  '\ud800',
  '\ufeff',
  '\u2028',
  'function g(x) {\n  return x;\n}\n',
  'export const a = 1\n',
  '\n// @differentiable at x = 1\n',
  'import "a";\n',
  'interface P { m: number }\n',
  '\n/* @gradientOf f */\nfunction h() {}\n',
];
