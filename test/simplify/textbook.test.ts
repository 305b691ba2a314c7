import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { evaluateExpr } from '../../core/expression/evaluate.ts';
import type { Expr } from '../../core/expression/expression.ts';
import { printUnicode } from '../../core/print/unicode.ts';
import { partial, simplify } from '../../core/simplify/simplify.ts';
import { parse } from './parse.ts';

interface Row {
  readonly name: string;
  readonly f: Expr;
  readonly ideal: Expr;
}

/** name, function, derivative by hand: tab-separated, with a heading. */
function rowsOf(file: string): Row[] {
  const text = readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8');
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [name, f, ideal] = line.split('\t') as [string, string, string];
      return { name, f: parse(f), ideal: parse(ideal) };
    });
}

function length(expr: Expr): number {
  return printUnicode(expr).replaceAll(' ', '').length;
}

/** Points inside every row's domain, far from special ones. */
const NAMES = [...'abcdefghijklmnopqrstuvwxyzLST', 'x0', 'k1', 'k2', 'q1', 'q2', 'l1', 'l2'];
const POINTS = [0.61, 0.37, 0.83].map(
  (x, i) => new Map(NAMES.map((name, j) => [name, name === 'x' ? x : 0.7 + 0.13 * ((j * (i + 3)) % 11)])),
);

describe.each(['textbook.tsv', 'textbook-more.tsv'])('%s', (file) => {
  const rows = rowsOf(file);

  test.each(rows)('$name equals the derivative by hand and is not much longer', ({ f, ideal }) => {
    const shown = partial(f, 'x');
    for (const variables of POINTS) {
      const expected = evaluateExpr(ideal, { variables });
      expect(Number.isFinite(expected)).toBe(true);
      const error = Math.abs(evaluateExpr(shown, { variables }) - expected);
      expect(error).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(expected)));
    }
    expect(length(shown) / length(ideal)).toBeLessThanOrEqual(1.25);
  });

  test('on average within 1.15 of what a person writes', () => {
    const ratios = rows.map(({ f, ideal }) => length(partial(f, 'x')) / length(ideal));
    expect(ratios.reduce((a, b) => a + b) / ratios.length).toBeLessThanOrEqual(1.15);
  });

  test('is a fixed point of simplifying', () => {
    for (const { f } of rows) {
      const once = partial(f, 'x');
      const twice = simplify(once, { within: f });
      expect(length(twice)).toBe(length(once));
    }
  });
});
