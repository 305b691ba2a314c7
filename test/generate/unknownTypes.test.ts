/** A type whose name leads nowhere says nothing: it is no number, and a sample shows what it is. */
import { expect, test } from 'vitest';
import { generateAt } from '../../core/analysis/generateAt.ts';
import { withModules } from '../../core/evaluate/modules/world.ts';
import * as typescript from '../../server/languages/typescript/index.ts';
import { SourceDocument } from '../../server/workspace/document.ts';

function answer(text: string) {
  const file = new SourceDocument('/a.ts', 'ts', 0, text, () => typescript);
  return withModules(() =>
    generateAt({
      module: file.wholeModule(),
      textOf: (statement) => file.statementOf(statement)?.text,
      typeNames: (type, specifier) => file.typeNamed(type, specifier),
      function: 'f',
      steps: 3e6,
      kind: 'gradient',
      language: 'ts',
      style: 'readable',
      name: 'derived',
      exported: false,
    }),
  );
}

test.each([
  ['p: Missing, k: number', 'Missing'],
  ['p: Missing | undefined, k: number', 'Missing'],
  ['p: Missing | Other, k: number', 'Missing | Other'],
  ['p: readonly Missing[], k: number', undefined],
])('f(%s) is refused', (parameters, type) => {
  const made = answer(`export function f(${parameters}): number { return k * p.x; }`);
  expect(made).not.toHaveProperty('code');
  if (type !== undefined) expect(JSON.stringify(made)).toContain(`The type ${type} of p is not known here`);
});

test('a type parameter of another function is not known', () => {
  const made = answer(
    'export function g<T>(x: T): T { return x; } export function f(p: T) { return p * p; }',
  );
  expect(JSON.stringify(made)).toContain('The type T of p is not known here');
});

// d/dx x² = 2 x
test.each(['<T extends number>(x: T)', '(x: any)'])('f%s is a function of a number', (head) => {
  expect(answer(`export function f${head}: number { return x * x; }`)).toMatchObject({
    code: expect.stringContaining('return 2 * x;'),
  });
});
