import { expect, test } from 'vitest';
import { evaluateText } from '../support/source.ts';

test.each([
  ['for…of', 'for (const v of a) s += v;'],
  ['spread', 's = [...a].reduce((x, y) => x + y, 0);'],
  ['destructuring', 'const [u, v] = a; s = u + v;'],
])('%s asks the iterator that an array was given', (_, use) => {
  const give =
    'a[Symbol.iterator] = function () { let i = 1; return { next: () => ({ done: i > 2, value: 10 * i++ }) }; };';
  expect(evaluateText(`const a = [1, 2]; ${give} let s = 0; ${use}`, 's')).toBe(30);
});
