/** Files to type in: many ordinary functions, and an annotated one of ten lines and two inputs in the middle. */

export interface BenchFile {
  readonly text: string;
  /** Where the annotated function's name stands. */
  readonly name: { readonly line: number; readonly character: number };
  /** Where keys are typed: after the last digit of a constant in its body. */
  readonly key: { readonly line: number; readonly character: number };
}

const FILLER = (n: number): string[] => [
  `/** Settles account ${n}. */`,
  `export function settle${n}(amounts: readonly number[], rate: number): number {`,
  '  let total = 0;',
  '  for (const amount of amounts) {',
  `    if (amount > ${n % 97}) total += amount * (1 + rate);`,
  '    else total -= amount / (2 + rate);',
  '  }',
  `  return total > 1000 ? Math.sqrt(total) : total + ${n};`,
  '}',
  '',
];

const ANNOTATED = [
  '// @differentiable at x = 2, y = 3',
  'export function energy(x: number, y: number): number {',
  '  const k = 1.5;',
  '  const a = x * y;',
  '  const b = Math.sin(x) + k;',
  '  const c = Math.exp(-y) * b;',
  '  const d = a * a + c;',
  '  const e = Math.sqrt(d + 1);',
  '  return e * k;',
  '}',
  '',
];

export function benchFile(lines: number): BenchFile {
  const text: string[] = [];
  let n = 0;
  const half = Math.floor(lines / 2);
  while (text.length + FILLER(0).length <= half) text.push(...FILLER(n++));
  const start = text.length;
  text.push(...ANNOTATED);
  while (text.length + FILLER(0).length <= lines) text.push(...FILLER(n++));
  while (text.length < lines) text.push('');
  return {
    text: text.join('\n'),
    name: { line: start + 1, character: ANNOTATED[1]!.indexOf('energy') + 1 },
    key: { line: start + 2, character: ANNOTATED[2]!.indexOf(';') },
  };
}
