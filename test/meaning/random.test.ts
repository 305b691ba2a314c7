/** Random functions: no number that differences of the function, as Node runs it, contradict. */
import { expect, test } from 'vitest';
import { checkProgram } from '../truth/corpus.ts';
import { randomFrom, randomProgram } from './randomPrograms.ts';

/** How many functions; a campaign takes more. */
const RUNS = Number(process.env['GRADLENS_CAMPAIGN'] ?? 0) || 120;
const SEED = Number(process.env['GRADLENS_SEED'] ?? 20_261_123);

test('what is answered is right', { timeout: Math.max(120_000, RUNS * 2000) }, () => {
  const random = randomFrom(SEED);
  const counts = { right: 0, wrong: 0, refused: 0, unsure: 0 };
  const wrong: string[] = [];
  for (let i = 0; i < RUNS; i++) {
    const { text, args, hessian } = randomProgram(random);
    const flags = new Set(hessian ? ['H'] : []);
    const cases = [{ program: 'f', name: 'f', args, flags, why: '' }];
    const [outcome] = checkProgram({ name: 'f', text, language: 'js', cases });
    const { verdict, message } = outcome!;
    counts[verdict]++;
    if (verdict === 'wrong') wrong.push(`${message}\n${text}\nat ${JSON.stringify(args)}`);
  }
  console.info(JSON.stringify(counts));
  expect(wrong).toEqual([]);
  expect(counts.right).toBeGreaterThan(0.6 * RUNS);
});
