/** Parameters that only decide: what is said of them, and that no code takes them for constants. */
import { describe, expect, test } from 'vitest';
import { generateAt } from '../../core/analysis/generateAt.ts';
import { withModules } from '../../core/evaluate/modules/world.ts';
import { annotation, lowerSource } from '../support/source.ts';

const HALVE = (body: string) => `{
  let l = 0, h = 8;
  for (let i = 0; i < 60; i++) {
    const m = (l + h) / 2;
    if (m * m > a) h = m; else l = m;
  }
  return ${body};
}`;

const TEXT = `
export function root(a: number): number ${HALVE('(l + h) / 2')}
export function times(a: number, b: number): number ${HALVE('b * l')}
export function own(a: number): number ${HALVE('a * l')}
export function step(x: number): number { return x > 1 ? 2 : 1; }
export function floor(x: number): number { return Math.floor(x) + 1; }
export function pick(x: number, b: number): number { return x > 1 ? b * b : 3 * b; }
export function total(b: number, n: number): number {
  let s = 0;
  for (let i = 0; i < n; i++) s += b * i;
  return s;
}
export function above(xs: number[], t: number): number {
  let count = 0;
  for (const x of xs) if (x > t) count++;
  return count;
}
function halve(l: number, h: number, a: number): number {
  if (h - l < 1e-12) return l;
  const m = (l + h) / 2;
  return m * m > a ? halve(l, m, a) : halve(m, h, a);
}
export function deep(a: number, b: number): number { return b + halve(0, 8, a); }
export function element(xs: number[], k: number): number { return xs[k]! * 2; }
let calls = 0;
export function state(x: number): number { calls += 1; return x * calls; }
`;

function answer(name: string, values?: Record<string, unknown>, wrt?: string) {
  const sample = values && annotation(values).samples[0]!;
  const found = withModules(() =>
    generateAt({
      module: lowerSource(TEXT).slice,
      function: name,
      steps: 3e6,
      kind: 'gradient',
      language: 'ts',
      sample,
      wrt: wrt === undefined ? undefined : [{ root: wrt, keys: [], span: { start: 0, end: 0 } }],
    }),
  );
  if ('bad' in found) throw new Error(found.bad);
  return found;
}

const refusal = (...given: Parameters<typeof answer>) => {
  const found = answer(...given);
  if (found.kind !== 'refused') throw new Error(found.code);
  return found.problem;
};

const header = (...given: Parameters<typeof answer>) => {
  const found = answer(...given);
  if (found.kind !== 'generated') throw new Error(found.problem.message);
  return found.header.join(' ');
};

describe('a search by comparisons', () => {
  test.each(['root', 'own', 'times'])('has no code without a sample: %s', (name) => {
    const { id, severity, message } = refusal(name);
    expect({ id, severity }).toEqual({ id: 'GL113', severity: 'error' });
    expect(message).not.toContain('zero.');
    expect(message).toMatch(/comparisons/);
  });

  test.each([
    ['root', { a: 2 }],
    ['times', { a: 2, b: 3 }],
  ])('has none with a sample, and it is said why: %s', (name, values) => {
    const { id, severity, message } = refusal(name, values);
    expect({ id, severity }).toEqual({ id: 'GL113', severity: 'error' });
    expect(message).toContain('generated code');
    expect(message).not.toContain('the derivative is that of');
  });

  test('may be held fixed, where that is asked for', () => {
    expect(header('times', undefined, 'b')).toContain('Constant: a.');
  });

  test('that calls itself has no derivative by what it looks for', () => {
    const found = answer('deep');
    if (found.kind === 'refused') expect(found.problem.id).toBe('GL113');
    else {
      expect(found.header.join(' ')).not.toContain('Constant: a');
      expect(found.header.join(' ')).toContain('Only in comparisons, without a derivative: a.');
    }
  });
});

describe('what has no derivative', () => {
  test('but jumps is said to have them', () => {
    const { id, message } = refusal('step');
    expect(id).toBe('GL101');
    expect(message).toContain('step depends on x through comparisons only');
  });

  test('in a loop that decides may have another', () => {
    const { id, message } = refusal('above');
    expect(id).toBe('GL113');
    expect(message).toContain('above depends on xs, t through comparisons only, in a loop');
  });

  test('at all is zero', () => {
    const { id, message } = refusal('floor');
    expect(id).toBe('GL101');
    expect(message).toContain('its derivative is zero.');
  });
});

describe('the header', () => {
  test('does not call constant what decides', () => {
    expect(header('pick')).toContain('Only in comparisons, without a derivative: x.');
    expect(header('pick')).not.toContain('Constant');
  });

  test.each([
    ['total', 'n'],
    ['element', 'k'],
  ])('calls constant what counts or is an index: %s', (name, constant) => {
    expect(header(name)).toContain(`Constant: ${constant}.`);
    expect(header(name)).not.toContain('comparisons');
  });
});

test('what an earlier call has written is told, and why there is no code', () => {
  const { id, severity, message } = refusal('state', { x: 2 });
  expect({ id, severity }).toEqual({ id: 'GL110', severity: 'error' });
  expect(message).toContain('(calls)');
  expect(message).toContain('pass it as an argument');
});
