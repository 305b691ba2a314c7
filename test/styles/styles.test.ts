/** Projects of user-style files through the built command line. STYLES=part of a path narrows and prints everything. */
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { report } from '../support/report.ts';
import { commandLine } from './commandLine.ts';
import { casesIn, check, FILES, type Outcome } from './corpus.ts';

const cli = commandLine();
const only = process.env['STYLES'];
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
  const cases = casesIn(folder).filter((c) => only === undefined || c.file.includes(only));
  test.skipIf(cases.length === 0)(folder, async () => {
    const found = await check(cli(), cases);
    outcomes.push(...found);
    const of = (verdict: Outcome['verdict']) => found.filter((o) => o.verdict === verdict);
    expect.soft(told(of('wrong'))).toEqual([]);
    expect.soft(told(of('unsure'))).toEqual([]);
    expect.soft(told(of('refused').filter((o) => REFUSED[key(o)] === undefined))).toEqual([]);
  });
}

test('in all', () => {
  console.info(report('user-style files', outcomes, only === undefined));
  expect(outcomes.length).toBeGreaterThan(0);
});
