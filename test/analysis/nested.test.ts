/** Functions inside others are called by themselves. */
import { expect, test } from 'vitest';
import { InProcess } from '../server/inProcess.ts';

const URI = 'file:///nested.ts';

function hoverOn(text: string, name: string): string {
  const session = new InProcess();
  session.open(URI, text);
  const lines = text.split('\n');
  const line = lines.findIndex((one) => one.includes(`function ${name}(`));
  return String(session.hover(URI, { line, character: lines[line]!.indexOf(name) }));
}

test('a variable of the function around it has no value, and the hover says so', () => {
  const hover = hoverOn(
    `export function outer(k: number) {
  // @differentiable at x = 2
  function inner(x: number) {
    return k * x;
  }
  return inner(3);
}`,
    'inner',
  );
  expect(hover).toContain('GL111');
  expect(hover).toMatch(/k has no value here.*outer function/s);
});

test('names of the file and of the language have theirs', () => {
  const hover = hoverOn(
    `const k = 3;
export function outer() {
  // @differentiable at x = 2
  function inner(x: number) {
    return k * x * Math.sqrt(4) + (Number.isNaN(x) ? NaN : 0);
  }
  return inner(3);
}`,
    'inner',
  );
  expect(hover).toMatch(/∂inner\/∂x.*= 6/s);
});

test('a method that fails for want of a receiver says how to give one', () => {
  const session = new InProcess();
  session.open(
    URI,
    `class Spring {
  constructor(readonly k: number) {}
  // @differentiable at x = 2
  energy(x: number): number {
    return this.k * x * x;
  }
}`,
  );
  expect(String(session.hover(URI, { line: 3, character: 4 }))).toContain(
    'The sample gives no receiver: add this = ',
  );
});
