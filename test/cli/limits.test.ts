/** Deep recursion works, deeper recursion and spent budgets are told, by which loop or call; the session goes on. */
import { describe, expect, test } from 'vitest';
import { numbers, session } from './session.ts';

const RECURSION = `
export function plain(x, n) { return n === 0 ? x : x + plain(x, n - 1); }
export function even(x, n) { return n <= 0 ? x : odd(x, n - 1) + x; }
function odd(x, n) { return n <= 0 ? x : even(x, n - 1) + x; }
class Node {
  constructor(v, next) { this.v = v; this.next = next; }
  sum() { return this.next ? this.v + this.next.sum() : this.v; }
  get total() { return this.next ? this.v + this.next.total : this.v; }
}
function list(x, n) { let l = null; for (let i = 0; i <= n; i++) l = new Node(x, l); return l; }
export function method(x, n) { return list(x, n).sum(); }
export function getter(x, n) { return list(x, n).total; }
export function closures(x, n) {
  let f = (y) => y;
  for (let i = 0; i < n; i++) { const g = f; f = (y) => g(y + x); }
  return f(x);
}
export function reduces(x, n) {
  const go = (d) => [1].reduce((s) => s + (d > 0 ? go(d - 1) + x : x), 0);
  return go(n);
}
export function maps(x, n) { const go = (d) => [d].map((e) => (e > 0 ? x + go(e - 1) : x))[0]; return go(n); }
export function tries(x, n) { try { return n === 0 ? x : x + tries(x, n - 1); } finally { x += 1; } }
export function passed(x, n, k = (r) => r) { return n === 0 ? k(x) : passed(x, n - 1, (r) => k(r + x)); }
export function applied(x, n) { return n === 0 ? x : x + applied.apply(null, [x, n - 1]); }
export function sorts(x, n) {
  if (n === 0) return x;
  let below = 0;
  [2, 1].sort((a, b) => { below = sorts(x, n - 1); return a - b; });
  return below + x;
}
const depth = (n) => (n === 0 ? 0 : 1 + depth(n - 1));
const DEEP = depth(10000) + 1;
export function atLoad(x) { return x * DEEP; }
export function endless(x) { return x + endless(x); }
export function caught(x) { try { return endless(x); } catch { return 7 * x; } }
`;
const BUDGETS = `function inner(x, n) {
  let s = 0;
  for (let i = 0; i < n; i++) s += x * i;
  return s;
}
export function outer(x) {
  let s = 0;
  for (let j = 0; j < 1e9; j++) s += inner(x, 10);
  return s;
}
export function called(x) {
  return inner(x, 5) + inner(x, 1e9);
}
export function fib(n, x) {
  return n < 2 ? x : fib(n - 1, x) + fib(n - 2, x);
}
export function idle(x) {
  let k = 0;
  for (;;) k++;
}
export function fine(x) {
  return x * x;
}
export function text(x) {
  let s = '';
  for (let i = 0; i < 100000; i++) s += 'ab';
  return s.length * x;
}
export function queue(x) {
  const q = Array.from({ length: 20000 }, (_, i) => i);
  let s = 0;
  while (q.length > 0) s += q.shift() * x;
  return s;
}
export function squares(a) {
  return a.reduce((sum, x) => sum + x * x, 0);
}
export function doubling(x) {
  let s = 'a';
  for (;;) s += s;
}
`;
const { ask } = session({ 'recursion.mjs': RECURSION, 'budgets.mjs': BUDGETS });

describe('ten thousand calls within each other', () => {
  const forms = 'plain even method getter closures reduces maps tries passed applied sorts'.split(' ');
  test.each(forms)('%s', async (name) => {
    const answer = await ask({ file: 'recursion.mjs', function: name, args: [1.5, 10000], wrt: ['0'] });
    expect(answer.error).toBeUndefined();
    expect(answer.value).toEqual([15001.5]);
    expect(numbers(answer.jacobian)).toEqual([[10001]]);
  });
  test('when the module is loaded', async () => {
    const answer = await ask({ file: 'recursion.mjs', function: 'atLoad', args: [2] });
    expect(answer.value).toEqual([20002]);
  });
});

test.each(['endless', 'caught'])('%s recursion is refused, and the session goes on', async (name) => {
  const answer = await ask({ file: 'recursion.mjs', function: name, args: [2] });
  expect(answer.error?.id).toBe('GL012');
  expect(answer.error?.message).toMatch(/recursion/);
  expect((await ask({ file: 'budgets.mjs', function: 'fine', args: [3] })).value).toEqual([9]);
});

test('what costs the host little costs the budget little', async () => {
  const text = await ask({ file: 'budgets.mjs', function: 'text', args: [2] });
  expect([text.value, text.jacobian]).toEqual([[400000], [[200000]]]);
  const queue = await ask({ file: 'budgets.mjs', function: 'queue', args: [2] });
  expect([queue.value, queue.jacobian]).toEqual([[399980000], [[199990000]]]);
  const { error } = await ask({ file: 'budgets.mjs', function: 'doubling', args: [2] });
  expect(error?.id).toBe('GL012');
});

test('second derivatives in very many inputs are refused before they are worked out', async () => {
  const args = [Array.from({ length: 3000 }, (_, i) => i)];
  const { error } = await ask({ file: 'budgets.mjs', function: 'squares', args, hessian: true });
  expect([error?.id, error?.message]).toEqual(['GL012', expect.stringMatching(/9000000 entries/)]);
  const few = await ask({
    file: 'budgets.mjs',
    function: 'squares',
    args,
    wrt: ['0.1', '0.2'],
    hessian: true,
  });
  expect(few.hessian).toEqual([
    [
      [2, 0],
      [0, 2],
    ],
  ]);
});

describe('of a spent budget it is said who spent it', () => {
  test.each([
    ['outer', [2], /this loop took/, 7],
    ['called', [2], /this loop took/, 2],
    ['fib', [60, 2], /this call of fib took/, 14],
    ['idle', [2], /this loop took/, 18],
  ])('%s', async (name, args, message, line) => {
    const { error } = await ask({ file: 'budgets.mjs', function: name, args });
    expect(error?.id).toBe('GL012');
    expect(error?.message).toMatch(message);
    expect(error?.range?.start.line).toBe(line);
  });
});
