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

test.each([
  ['[3, 2]', 'it begins at 3 and ends at 2'],
  ['[2, 2]', 'it begins at 2 and ends at 2'],
  ['[high, PI]', 'it begins at 4 and ends at 3.141592653589793'],
  ['[0, nowhere]', 'an end of it is no finite number'],
  ['[-1 / 0, 1]', 'an end of it is no finite number'],
  ["['a', 1]", 'an end of it is no finite number'],
])('a range of %s is no interval', (range, why) => {
  const head = '// @differentiable at x = 1 range x = ';
  const worker = open(`const high = 4;\n${head}${range}\nfunction f(x: number) {\n  return x * x;\n}\n`);
  expect(worker.diagnostics(URI)).toMatchObject([
    {
      code: 'GL001',
      message: `The range of x is no interval: ${why}.`,
      range: {
        start: { line: 1, character: head.length + 1 },
        end: { line: 1, character: head.length + range.length - 1 },
      },
    },
  ]);
});

test('a range from below to above is an interval', () => {
  const text =
    'const low = -1;\n// @differentiable at x = 1 range x = [low, 2 * PI]\nfunction f(x: number) {\n  return x * x;\n}\n';
  expect(open(text).diagnostics(URI)).toEqual([]);
});

test.each(['nope', 'Nope.length', 'Math'])('a gradient of %s, which is not there, is said', (name) => {
  const text = `// @gradientOf ${name}\nexport function g(x: number): number {\n  return 2 * x;\n}\n`;
  expect(open(text).diagnostics(URI)).toMatchObject([
    {
      code: 'GL002',
      message: `The file has no function '${name}'.`,
      range: { start: { line: 0, character: 15 }, end: { line: 0, character: 15 + name.length } },
    },
  ]);
});

test.each(['f', 'Vec.area', 'h', 'Math.sin', 'made.f'])('a gradient of %s is none to be said', (name) => {
  const text = `import { h } from './h';
class Vec { area() { return 1; } }
const made = { f: Math.sin };
function f(x: number) { return x * x; }
// @gradientOf ${name}
export function g(x: number): number {
  return 2 * x + h(made, Vec);
}
`;
  expect(open(text).diagnostics(URI)).toEqual([]);
});
