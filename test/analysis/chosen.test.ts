// Results that loops choose by comparisons alone: true zeros between jumps, which are told of.
import { expect, test } from 'vitest';
import { evaluateAt } from '../../core/analysis/evaluateAt.ts';
import { lowerSource } from '../support/source.ts';

function ask(code: string, ...args: number[]) {
  const { slice } = lowerSource(code, 'js');
  const encoded = { kind: 'encoded', args } as const;
  return evaluateAt({ module: slice, function: 'f', arguments: encoded, hessian: false, steps: 3e6 });
}

const JUMPING = {
  'the best of a coarse grid': `function f(a) {
    let least = Infinity, best = 0;
    for (let i = 0; i <= 20; i++) {
      const far = (i / 10 - a) ** 2;
      if (far < least) { least = far; best = i / 10; }
    }
    return best;
  }`,
  'ten rounds of golden section': `function f(a) {
    let low = 0, high = 4;
    const r = 0.6180339887;
    for (let k = 0; k < 10; k++) {
      const c = high - r * (high - low), d = low + r * (high - low);
      if ((c - a) ** 2 < (d - a) ** 2) high = d; else low = c;
    }
    return (low + high) / 2;
  }`,
  'a count': 'function f(a) { let n = 0; for (const t of [0.1, 0.5, 1.9]) if (t < a) n++; return n; }',
};

test.each(Object.entries(JUMPING))('%s says that it goes in jumps', (_, code) => {
  const result = ask(code, 0.73);
  if (result.kind === 'refused') throw new Error(result.error.message);
  expect(result.jacobian).toEqual([[0]]);
  const [said, ...others] = result.problems;
  expect(others).toEqual([]);
  expect(said).toMatchObject({ id: 'GL113', severity: 'information' });
  expect(said!.message).toContain('the result depends on a through them alone');
});

const SMOOTH = {
  'a tolerance beside what is iterated':
    'function f(a, tol) { let x = a; while (Math.abs(x * x - a) > tol) x = (x + a / x) / 2; return x; }',
  'the least value on a grid':
    'function f(a) { let m = Infinity; for (let i = 0; i < 9; i++) m = Math.min(m, (i - a) ** 2 + a); return m; }',
  'no loop': 'function f(a) { return a > 0 ? 1 : 2; }',
  'a loop that looks at no input':
    'function f(a) { let n = 0; for (let i = 0; i < 4; i++) n += i; return n; }',
};

test.each(Object.entries(SMOOTH))('%s does not', (_, code) => {
  const result = ask(code, 2.3, 1e-12);
  if (result.kind === 'refused') throw new Error(result.error.message);
  expect(result.problems.filter(({ id }) => id === 'GL113')).toEqual([]);
});
