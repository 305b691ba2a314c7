/** What the derivative of a program means at iterations, searches, guards and kinks, and what is said where it means nothing. */
import { describe, expect, test } from 'vitest';
import type { EncodedValue } from '../../core/analysis/evaluateAt.types.ts';
import { checkProgram, type Program } from '../truth/corpus.ts';
import type { Case } from './cases.ts';
import { guards, tables } from './guards.ts';
import { iterations } from './iterations.ts';
import { kinks } from './kinks.ts';
import { packages } from './packages.ts';
import { pieces } from './pieces.ts';
import { searches } from './searches.ts';
import { second } from './second.ts';
import { state } from './state.ts';

const KINKS = /^GL10[3468]$/;

function check([expected, text, ...args]: Case): void {
  const [verdict, ...words] = (expected === 'implicit' ? 'implicit GL113' : expected).split(' ') as [
    string,
    ...string[],
  ];
  const id = words.find((word) => word.startsWith('GL'));
  const flags = new Set([verdict, ...words]);
  const source: Program = {
    name: 'f',
    text,
    language: 'js',
    cases: [{ program: 'f', name: 'f', args: args as EncodedValue[], flags, why: '' }],
  };
  const [outcome] = checkProgram(source);
  const { result, message } = outcome!;
  if (result.kind === 'refused') {
    expect(['right', 'implicit'], message).not.toContain(verdict);
    if (verdict === 'refused') expect(result.error.id).toBe(id);
    return;
  }
  if (verdict !== 'told') expect(outcome!.verdict, message).toBe('right');
  const ids = result.problems.map((p) => p.id);
  if (verdict === 'right') expect(ids.filter((i) => KINKS.test(i))).toEqual([]);
  else expect(ids).toContain(id);
  if (verdict === 'right') expect(ids).not.toContain('GL102');
}

describe.each([
  ['iterations', iterations],
  ['searches', searches],
  ['pieces', pieces],
  ['guards', guards],
  ['tables', tables],
  ['kinks', kinks],
  ['state', state],
  ['second derivatives', second],
  ['as in packages', packages],
])('%s', (_, cases) => {
  test.each(cases)('%s: %s', (...given) => check(given as unknown as Case));
});
