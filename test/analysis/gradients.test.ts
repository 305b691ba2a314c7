/** What is said of a function at a point, against the real function's own one-sided slopes. */
import { describe, expect, test } from 'vitest';
import { Analyser } from '../../core/analysis/analyse.ts';
import type { FunctionAnalysis } from '../../core/analysis/model.ts';
import { analyseText } from '../support/source.ts';
import { type Case, smooth } from './cases.ts';
import { run, slopes } from './reference.ts';
import { held, refusals, special } from './specialCases.ts';

const TOLERANCE = 2e-6;

/** Parameters as annotations name them. */
function sampleOf(text: string, args: readonly unknown[]): Record<string, unknown> {
  const list = /function\*? f\(([^)]*)\) \{/.exec(text)![1]!;
  const names = list.startsWith('{') ? [] : list.split(',').map((p) => p.split('=')[0]!.trim());
  return Object.fromEntries(args.map((value, i) => [names[i] ?? `#${i + 1}`, value]));
}

function analysed([text, ...args]: Case, analyser?: Analyser): FunctionAnalysis {
  return analyseText(text, 'f', sampleOf(text, args), analyser);
}

const close = (a: number, b: number | 'jump') =>
  typeof b === 'number' && Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));

/** Calls back with each partial derivative and the slopes of the real function on both sides. */
function eachPartial(
  [text, ...args]: Case,
  analysis: FunctionAnalysis,
  check: (partial: number, left: number | 'jump', right: number | 'jump', where: string) => void,
): void {
  const sample = analysis.sample!;
  expect(sample.outputs.map((o) => o.value)).toEqual(run(text, args));
  sample.inputs.forEach((input, i) => {
    const path = input.path.map(String);
    const left = slopes(text, args, path, -1);
    const right = slopes(text, args, path, 1);
    sample.outputs.forEach((output, o) => {
      check(sample.jacobian[o]![i]!, left[o]!, right[o]!, `∂${output.label}/∂${input.label}`);
    });
  });
}

const ids = (analysis: FunctionAnalysis) => analysis.problems.map((p) => p.id);

describe('smooth points', () => {
  test.each(smooth)('%s', (...given) => {
    const subject = given as unknown as Case;
    const analysis = analysed(subject);
    expect(analysis.problems.filter((p) => p.severity === 'error')).toEqual([]);
    expect(ids(analysis).filter((id) => /GL10[3468]/.test(id))).toEqual([]);
    expect(analysis.sample?.inputs.length).toBeGreaterThan(0);
    eachPartial(subject, analysis, (partial, left, right, where) => {
      expect(
        close(partial, left) && close(partial, right),
        `${where} = ${partial}, not ${left} … ${right}`,
      ).toBe(true);
    });
  });
});

describe('kinks and jumps', () => {
  test.each(special)('%s %s', (id, ...given) => {
    const subject = given as unknown as Case;
    const analysis = analysed(subject);
    expect(ids(analysis)).toContain(id);
    let apart = false;
    eachPartial(subject, analysis, (partial, left, right, where) => {
      expect(
        close(partial, left) || close(partial, right),
        `${where} = ${partial}, not ${left} … ${right}`,
      ).toBe(true);
      if (left === 'jump' || right === 'jump' || !close(left, right)) apart = true;
    });
    expect(apart).toBe(true);
  });
});

describe('refusals', () => {
  test.each(refusals)('%s %s', (id, ...given) => {
    const subject = given as unknown as Case;
    const analysis = analysed(subject);
    expect(ids(analysis)).toContain(id);
    expect(analysis.sample).toBeUndefined();
  });
});

describe('held fixed', () => {
  test.each(held)('%s in %s', (name, ...given) => {
    const subject = given as unknown as Case;
    const analysis = analysed(subject);
    expect(analysis.sample?.fixed.map((leaf) => leaf.label)).toEqual([name]);
    eachPartial(subject, analysis, (partial, left, right) => {
      expect(close(partial, left) && close(partial, right)).toBe(true);
    });
  });
});

describe('one evaluator serves many requests', () => {
  const known = (analysis: FunctionAnalysis) => ({
    ids: ids(analysis),
    jacobian: analysis.sample?.jacobian,
    values: analysis.sample?.outputs.map((o) => o.value),
  });
  const subjects = [...smooth, ...special.map(([, ...c]) => c as unknown as Case)];

  test('no request leaves anything to the next', () => {
    const analyser = new Analyser();
    const first = subjects.map((subject) => known(analysed(subject, analyser)));
    const again = subjects.map((subject) => known(analysed(subject, analyser)));
    expect(again).toEqual(first);
  });

  test('a module that changes what all share changes it for itself', () => {
    const analyser = new Analyser();
    const monkey: Case = [
      'Math.sin = (x) => x * 100; Array.prototype.map = () => [1]; function f(x) { return Math.sin(x) }',
      2,
    ];
    const plain: Case = ['function f(x) { return Math.sin(x) + [x].map((v) => v * v)[0] }', 2];
    const alone = known(analysed(plain));
    analysed(monkey, analyser);
    expect(known(analysed(plain, analyser))).toEqual(alone);
    expect(known(analysed(monkey, analyser)).jacobian).toEqual([[100]]);
  });
});
