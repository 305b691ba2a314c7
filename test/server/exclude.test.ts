import { expect, test } from 'vitest';
import { isExcluded } from '../../server/exclude.ts';

const ROOTS = ['file:///home/me/project'];

test.each([
  ['**/node_modules/**', 'file:///home/me/project/node_modules/a/b.js', true],
  ['**/node_modules/**', 'file:///home/me/project/packages/x/node_modules/b.js', true],
  ['**/node_modules/**', 'file:///home/me/project/src/node_modules.ts', false],
  ['**/*.min.js', 'file:///home/me/project/lib/a.min.js', true],
  ['**/*.min.js', 'file:///home/me/project/lib/a.js', false],
  ['src/*.ts', 'file:///home/me/project/src/a.ts', true],
  ['src/*.ts', 'file:///home/me/project/src/deep/a.ts', false],
  ['src/**', 'file:///home/me/project/src/deep/a.ts', true],
  ['**/{gen,out}/*.ts', 'file:///home/me/project/out/a.ts', true],
  ['**/{gen,out}/*.ts', 'file:///home/me/project/in/a.ts', false],
  ['**/a?.ts', 'file:///home/me/project/ab.ts', true],
  ['**/a[0-9].ts', 'file:///home/me/project/a7.ts', true],
  ['**/a[!0-9].ts', 'file:///home/me/project/a7.ts', false],
  ['**/with space.ts', 'file:///home/me/project/with%20space.ts', true],
  ['**/*.ts', 'untitled:Untitled-1', false],
  ['[', 'file:///home/me/project/a.ts', false],
])('%s on %s: %s', (glob, uri, expected) => {
  expect(isExcluded(uri, ROOTS, [glob])).toBe(expected);
});
