/** What people write stages, and gives what the trace gives. With npm packages too: `node scripts/staging.mjs`. */
import { expect, test } from 'vitest';
import { calls } from './cases.ts';
import { check } from './check.ts';
import { byFunction, type Checked, report } from './report.ts';

/**
 * Points at which the path that is taken has another derivative than the function (`if (rate === 0)` at 0), or digits
 * are lost: the trace looks beside the point or works them out, a Program has its path.
 */
const PATHS: ReadonlySet<string> = new Set([
  'stumpff',
  'pmt',
  'models.crra',
  'cancelledKink',
  'reluSum',
  'equalityTrap',
  'productAtZero',
  'newtonFromRoot',
  'andZero',
  'intro',
  'xOverExp',
  'logQuotient',
  'tanhDirect',
  'entropyBinary',
]);
/** A bound function has no source of its own; the other's derivative is NaN where a factor is 0 times infinite. */
const KNOWN: ReadonlySet<string> = new Set(['blackScholesCall', 'heston']);

test('the examples, the fixtures and the files of the other rungs', () => {
  const checked = calls(false).map((call): Checked => ({ call, finding: check(call) }));
  console.info(report(checked));
  const wrong = checked.filter(
    ({ call, finding }) => finding.kind === 'wrong' && !PATHS.has(call.function) && !KNOWN.has(call.function),
  );
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
