/** Floating-point benchmark functions against 50-digit arithmetic (scripts/references/floating_point.py). */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ask } from '../support/commandLine.ts';
import { type Given, type Judgement, RELATIVE } from '../support/comparison.ts';
import { loadNative } from '../support/native.ts';
import { type Row, report } from '../support/report.ts';
import { commandLine } from './commandLine.ts';

interface Reference {
  readonly name: string;
  readonly args: readonly number[];
  readonly gradient: readonly number[];
}

const FOLDER = path.join(import.meta.dirname, 'floatingPoint');
const references = JSON.parse(fs.readFileSync(path.join(FOLDER, 'references.json'), 'utf8')) as Reference[];
const names = [...new Set(references.map((r) => r.name))];
const modules = ['cancellation.js', 'formulas.cjs', 'loops.ts'].map((file) => ({
  file,
  native: loadNative(path.join(FOLDER, file), names),
}));
const moduleOf = (name: string) => modules.find(({ native }) => native.lookup(name) !== undefined)!;
const cli = commandLine();

function compare(given: Given, { name, args, gradient }: Reference): Judgement {
  if ('refused' in given) return { verdict: 'refused', message: given.refused };
  const value = moduleOf(name).native.call(name, args).result;
  if (!Object.is(given.value[0], value))
    return { verdict: 'wrong', message: `value ${given.value[0]}, Node says ${value}` };
  const largest = Math.max(...gradient.map(Math.abs));
  const off = gradient.findIndex((ref, i) => {
    const d = given.jacobian[0]![i]!;
    return !(Math.abs(d - ref) <= RELATIVE * Math.max(Math.abs(ref), 1e-3 * largest));
  });
  if (off < 0) return { verdict: 'right', message: '' };
  return {
    verdict: 'wrong',
    message: `derivative ${off}: ${given.jacobian[0]![off]}, 50 digits say ${gradient[off]}`,
  };
}

test('every function and point', async () => {
  const answers = await ask(
    cli(),
    FOLDER,
    references.map(({ name, args }) => ({ file: moduleOf(name).file, function: name, args })),
  );
  const rows: Row[] = references.map((r, k) => ({
    group: moduleOf(r.name).file,
    what: `${r.name}(${r.args})`,
    ...compare(answers[k]!, r),
  }));
  console.info(report(`${names.length} floating-point functions`, rows));
  // Digits lost to cancellation are no reason for a number, but one for a refusal that says so.
  const lost = (row: Row) => row.verdict === 'refused' && row.message.startsWith('GL109');
  expect(rows.filter((r) => r.verdict !== 'right' && !lost(r)).map((r) => `${r.what}: ${r.message}`)).toEqual(
    [],
  );
  expect(rows.filter(lost).length).toBeLessThan(0.1 * rows.length);
});
