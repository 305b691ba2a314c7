/**
 * Projects of user-style files through the built command line. STYLES=part of a path narrows and prints everything;
 * STYLES_SEED=n moves the samples at random, which may end in refusals but not in wrong numbers.
 */
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { generator } from '../support/comparison.ts';
import { inputLeaves, withLeaves } from '../support/encoding.ts';
import { report } from '../support/report.ts';
import { commandLine } from './commandLine.ts';
import { type Case, casesIn, check, FILES, type Outcome } from './corpus.ts';

const cli = commandLine();
const only = process.env['STYLES'];
const random =
  process.env['STYLES_SEED'] === undefined ? undefined : generator(Number(process.env['STYLES_SEED']));
const outcomes: Outcome[] = [];

/** Points that are refused although the function has a derivative there, each with the reason. */
const REFUSED: Readonly<Record<string, string>> = {
  'mechanics/projectile.js range':
    'the flight ends between two steps: on a larger scale it changes at another rate',
};

const key = (o: Outcome) => `${o.case.file} ${o.case.name}`;
const told = (of: readonly Outcome[]) => of.map((o) => `${o.group} ${o.what}: ${o.message}`);

for (const folder of fs.readdirSync(FILES)) {
  if (folder === 'package.json') continue;
  const cases = casesIn(folder)
    .filter((c) => only === undefined || c.file.includes(only))
    .flatMap(moved);
  test.skipIf(cases.length === 0)(folder, async () => {
    const found = await check(cli(), cases);
    outcomes.push(...found);
    const of = (verdict: Outcome['verdict']) => found.filter((o) => o.verdict === verdict);
    expect.soft(told(of('wrong'))).toEqual([]);
    if (random !== undefined) return;
    expect.soft(told(of('unsure'))).toEqual([]);
    expect.soft(told(of('refused').filter((o) => REFUSED[key(o)] === undefined))).toEqual([]);
  });
}

test('in all', () => {
  console.info(report('user-style files', outcomes, only === undefined));
  expect(outcomes.length).toBeGreaterThan(0);
});

/** The sample elsewhere; whole numbers stay, and what is said of the sample holds no more. */
function moved(c: Case): Case[] {
  if (random === undefined) return [c];
  if (c.flags.has('special') || c.flags.has('refused')) return [];
  const leaves = inputLeaves(c.args).filter(({ value }) => !Number.isInteger(value) || Math.abs(value) > 12);
  const changes = leaves.map(({ path, value }) => ({ path, value: value * (0.6 + 0.9 * random()) }));
  return [{ ...c, args: withLeaves(c.args, changes), flags: new Set([...c.flags, 'refusable']) }];
}
