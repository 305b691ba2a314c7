/** Our matcher finds what the host's finds, over random patterns and texts, and always ends. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { find } from '../../core/evaluate/regexp/match.ts';
import { patternOf } from '../../core/evaluate/regexp/pattern.ts';

const seed = Number(process.env['GRADLENS_RANDOM_SEED'] ?? 20260101);
const RUNS = 20 * Number(process.env['GRADLENS_RANDOM_RUNS'] ?? 250);
const BUDGET = 200_000;

const atoms = String.raw`a b c . \d \w \s [ab] [^a] [a-c] A 1 \W \D [\d.] [^] \u0061 \x62 [b-] - \. \0 é [É-ö] k \u212a ^ $ \b \B \1 \2`;
const pattern = fc.letrec<{ either: string; sequence: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 6, arbitrary: fc.constantFrom(...atoms.split(' ')) },
    fc
      .tuple(fc.constantFrom('(', '(?:', '(?=', '(?!', '(?<=', '(?<!', '(?<n>'), tie('either'))
      .map(([open, inner]) => `${open}${inner})`),
  ),
  sequence: fc
    .array(
      fc.tuple(
        tie('atom'),
        fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '{0,}', '*?', '+?', '??', '{1,3}?'),
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((terms) => terms.map(([a, q]) => a + q).join('')),
  either: fc.oneof(
    { weight: 4, arbitrary: tie('sequence') },
    fc.tuple(tie('sequence'), tie('sequence')).map(([a, b]) => `${a}|${b}`),
  ),
})).either;
const flags = fc.subarray(['i', 'm', 's', 'u']).map((list) => list.join(''));
const text = fc
  .array(fc.constantFrom('a', 'b', 'c', 'A', 'B', '1', ' ', '-', '.', '\n', 'é', 'É', 'k', 'K'), {
    maxLength: 8,
  })
  .map((parts) => parts.join(''));

test('random patterns', () => {
  let matches = 0;
  fc.assert(
    fc.property(pattern, flags, text, (source, flag, subject) => {
      let host: RegExp;
      try {
        host = new RegExp(source, `${flag}d`);
      } catch {
        return;
      }
      let steps = 0;
      let found: ReturnType<typeof find>;
      try {
        found = find(patternOf(source, flag), subject, 0, false, (n) => {
          steps += n;
          if (steps > BUDGET) throw new Error('budget');
        });
      } catch (error) {
        if (error instanceof Error && error.message === 'budget') return;
        throw error;
      }
      const expected = host.exec(subject);
      if (expected !== null) matches++;
      const ours = found && [[found.index, found.end], ...found.groups.slice(1)];
      expect(ours ?? null, `/${source}/${flag} on ${JSON.stringify(subject)}`).toEqual(
        expected === null ? null : [...expected.indices!],
      );
    }),
    { numRuns: RUNS, seed },
  );
  expect(matches).toBeGreaterThan(RUNS / 10);
});

test.each([
  ['(a+)+$', `${'a'.repeat(40)}!`],
  ['^(?:a|aa)+$', `${'a'.repeat(80)}!`],
  ['(.*)*,(.*)*;', 'x'.repeat(200)],
  ['^\\s*(\\w+\\s?)*$', `${'ab '.repeat(60)}!`],
])('/%s/ ends', (source, subject) => {
  let steps = 0;
  const run = () =>
    find(patternOf(source, ''), subject, 0, false, (n) => {
      steps += n;
      if (steps > BUDGET) throw new Error('budget');
    });
  expect(run).toThrow('budget');
  expect(steps).toBeLessThan(2 * BUDGET);
});
