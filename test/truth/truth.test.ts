import { expect, test } from 'vitest';
import { checkProgram, type Outcome } from './corpus.ts';
import { programs } from './programs.ts';

/** Points that are refused although the function has a derivative there, each with the reason. */
const REFUSED: Readonly<Record<string, string>> = {
  'finance blackScholesCall': 'made by bind: no function of the source',
  'expressions bernstein': 'n is a length and an exponent: its column cannot be given',
  'styles typed': 'subarray() shares memory',
  'styles gen': 'generators are not evaluated',
};

const outcomes: Outcome[] = [];
const only = process.env['TRUTH'];

for (const source of programs) {
  test.skipIf(only !== undefined && !source.name.includes(only))(source.name, () => {
    const found = checkProgram(source);
    outcomes.push(...found);
    const text = (o: Outcome) => `${o.case.name}(${JSON.stringify(o.case.args).slice(1, -1)}): ${o.message}`;
    expect.soft(found.filter((o) => o.verdict === 'wrong').map(text)).toEqual([]);
    expect.soft(found.filter((o) => o.verdict === 'unsure').map(text)).toEqual([]);
    expect
      .soft(
        found
          .filter((o) => o.verdict === 'refused' && REFUSED[`${source.name} ${o.case.name}`] === undefined)
          .map(text),
      )
      .toEqual([]);
  });
}

test('in all', () => {
  const count = (verdict: Outcome['verdict']) => outcomes.filter((o) => o.verdict === verdict).length;
  const functions = new Set(outcomes.map((o) => `${o.case.program} ${o.case.name}`)).size;
  console.info(
    `${functions} functions, ${outcomes.length} points: right ${count('right')}, wrong ${count('wrong')}, refused ${count('refused')}, unsure ${count('unsure')}`,
  );
  expect(outcomes.length).toBeGreaterThan(0);
});
