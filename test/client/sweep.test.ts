import { describe, expect, it } from 'vitest';
import { type Choice, FIRST_CHOICE } from '../../client/panel/choice.ts';
import { modelNumbers } from '../../client/panel/numbers.ts';
import { equationText, reachedAt, stepEquations, stepsOf, stepTitle } from '../../client/panel/sweep.ts';
import type { PanelModel } from '../../server/protocol/messages.ts';
import { TUTORIAL } from './tutorialModel.ts';

/** All steps of both sweeps, written out. */
function written(model: PanelModel, choice: Choice = FIRST_CHOICE, digits = 4): string[] {
  const numbers = modelNumbers(model, choice);
  return stepsOf(model).map((step) =>
    stepEquations(model, numbers, choice, step, digits).map(equationText).join('; '),
  );
}

describe('the sweeps', () => {
  it('write out every equation with its numbers, as they are done by hand', () => {
    expect(written(TUTORIAL)).toEqual([
      'w1 = x1 = 2; ẇ1 = 1 (seed)',
      'w2 = x2 = 3; ẇ2 = 0 (seed)',
      'w3 = w1·w2 = 2·3 = 6; ẇ3 = ẇ1·w2 + w1·ẇ2 = 1·3 + 2·0 = 3',
      'w4 = sin(w1) = sin(2) ≈ 0.9093; ẇ4 = ẇ1·cos(w1) = 1·cos(2) ≈ −0.4161',
      'w5 = w3 + w4 ≈ 6 + 0.9093 ≈ 6.909 = f; ẇ5 = ẇ3 + ẇ4 ≈ 3 + (−0.4161) ≈ 2.584 = ∂f/∂x1',
      'w̄5 = 1',
      'w̄4 = w̄5 = 1',
      'w̄3 = w̄5 = 1',
      'w̄2 = w̄3·w1 = 1·2 = 2 = ∂f/∂x2',
      'w̄1 = w̄3·w2 + w̄4·cos(w1) = 1·3 + 1·cos(2) ≈ 2.584 = ∂f/∂x1',
    ]);
  });

  it('follow a direction that was entered by hand', () => {
    const steps = written(TUTORIAL, { ...FIRST_CHOICE, direction: [1, -2] });
    expect(steps[1]).toBe('w2 = x2 = 3; ẇ2 = −2 (seed)');
    // 1·3 + 2·(−2)
    expect(steps[2]).toContain('= 1·3 + 2·(−2) = −1');
  });

  it('set a power of a negative number in brackets', () => {
    const [x1, x2, product] = TUTORIAL.trace;
    const square: PanelModel = {
      ...TUTORIAL,
      trace: [
        { ...x1!, primal: { ...x1!.primal, value: -2 } },
        x2!,
        { ...product!, primal: { left: 'w3', right: 'w1² − w1', value: 6 }, output: true },
      ],
    };
    expect(written(square)[2]).toContain('w3 = w1² − w1 = (−2)² − (−2) = 6');
  });

  it('leave a formula as it stands where a row is not shown', () => {
    const model: PanelModel = { ...TUTORIAL, trace: TUTORIAL.trace.filter((row) => row.index !== 4) };
    expect(written(model)[3]).toMatch(/^w5 = w3 \+ w4 ≈ 6\.909/);
  });

  it('end with the values at a special point', () => {
    const special: PanelModel = {
      ...TUTORIAL,
      special: true,
      seeds: [],
      trace: TUTORIAL.trace.map((row) => ({ ...row, tangent: null, adjoint: null })),
    };
    expect(written(special)).toHaveLength(5);
    expect(written(special)[2]).toBe('w3 = w1·w2 = 2·3 = 6');
  });

  it('come to one row after the other', () => {
    const steps = stepsOf(TUTORIAL);
    const reached = (step: number): string =>
      TUTORIAL.trace
        .map((_, row) => {
          const { value, tangent, adjoint } = reachedAt(TUTORIAL, steps, step);
          return `${value(row) ? 'v' : ''}${tangent(row) ? 't' : ''}${adjoint(row) ? 'a' : ''}`;
        })
        .join(' ');
    expect(reached(2)).toBe('vt vt   ');
    expect(reached(7)).toBe('vt vt vt vta vta');
    expect(reached(10)).toBe('vta vta vta vta vta');
    expect(stepTitle(steps, 5)).toBe('Forward sweep, step 5 of 5');
    expect(stepTitle(steps, 6)).toBe('Reverse sweep, step 1 of 5');
  });
});
