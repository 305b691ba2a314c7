/** What people write stages, and gives what the trace gives. With npm packages too: `node scripts/staging.mjs`. */
import { expect, test } from 'vitest';
import { calls } from './cases.ts';
import { check } from './check.ts';
import { byFunction, type Checked, report } from './report.ts';

/** A bound function has no source of its own. */
const KNOWN: ReadonlySet<string> = new Set(['blackScholesCall']);

/** Milliseconds: some three thousand calls, over a minute's work, also where the machine is busy with something else. */
const ENOUGH = 480_000;

test('the examples, the fixtures and the files of the other rungs', { timeout: ENOUGH }, () => {
  const checked = calls(false).map((call): Checked => ({ call, finding: check(call) }));
  console.info(report(checked));
  const wrong = checked.filter(({ call, finding }) => finding.kind === 'wrong' && !KNOWN.has(call.function));
  expect(
    wrong.map(
      ({ call, finding }) => `${call.file} ${call.function}: ${'message' in finding ? finding.message : ''}`,
    ),
  ).toEqual([]);
  const functions = byFunction(checked);
  const staged = functions.filter(({ finding }) => finding.kind === 'staged').length;
  const sampled = functions.filter(({ finding }) => finding.kind === 'at the sample').length;
  expect(staged / functions.length).toBeGreaterThan(0.78);
  expect((staged + sampled) / functions.length).toBeGreaterThan(0.86);
  // A refusal says where.
  for (const { call, finding } of checked) {
    if (finding.kind !== 'refused') continue;
    expect(finding.problem.message, call.function).toMatch(/[.:]/);
    expect(finding.problem.location, `${call.function}: ${finding.problem.message}`).toBeDefined();
  }
});
