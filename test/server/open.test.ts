/** What is said of a file as it is opened. */
import { expect, test } from 'vitest';
import { InProcess } from './inProcess.ts';

const URI = 'file:///open.ts';

function open(text: string): InProcess {
  const worker = new InProcess();
  worker.open(URI, text);
  return worker;
}

test('an annotation above no function is said', () => {
  const text = '// @differentiable at x = 1\nconst k = 3;\n\n// @gradientOf f\nexport {};\n';
  expect(open(text).diagnostics(URI)).toMatchObject([
    { code: 'GL001', range: { start: { line: 0, character: 3 }, end: { line: 0, character: 18 } } },
    { code: 'GL001', range: { start: { line: 3, character: 3 }, end: { line: 3, character: 14 } } },
  ]);
});

test('a number that is written out says itself what it is', () => {
  const body = '  return 2 * x + 1e-5 * x * x - -0x1F;';
  const worker = open(`// @differentiable at x = 3\nfunction f(x: number) {\n${body}\n}\n`);
  const hover = (part: string) => worker.hover(URI, { line: 2, character: body.indexOf(part) });
  for (const literal of ['2', '1e-5', '-5', '-0x1F', '0x1F', '1F'])
    expect(hover(literal), literal).toBeNull();
  expect(hover('* x +')).toContain('2 * x = 6');
});
