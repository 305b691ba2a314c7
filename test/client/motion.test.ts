import { describe, expect, it } from 'vitest';
import { type Choice, FIRST_CHOICE } from '../../client/panel/choice.ts';
import { LiveTapes, place } from '../../client/panel/motion.ts';
import { pointOf } from '../../client/panel/numbers.ts';
import type { PanelModel, PanelTape } from '../../server/protocol/messages.ts';
import { TUTORIAL } from './tutorialModel.ts';

const NONE = -0x80000000;
/** w3 = w1·w2, w4 = sin(w1), w5 = w3 + w4. */
const TAPE: PanelTape = {
  inputs: 2,
  operations: ['mul', 'sin', 'add'],
  op: [0, 1, 2],
  a: [0, 0, 2],
  b: [1, NONE, 3],
  more: [],
  constants: [],
  start: [2, 3],
  outputs: [4],
  guards: [],
  sites: [],
  sweeps: true,
};
const MODEL: PanelModel = { ...TUTORIAL, tape: TAPE };

function at(x1: number, x2: number, model = MODEL, choice: Choice = FIRST_CHOICE) {
  return place(model, new LiveTapes().of(model), [x1, x2], choice, false);
}

describe('the numbers at a point', () => {
  it('are those of the path, on every row, in both modes', () => {
    const { numbers, ask } = at(0.7, -4, MODEL, { ...FIRST_CHOICE, direction: [1, 0.5] });
    expect(ask).toBe('never');
    expect(Array.from(numbers!.values)).toEqual([0.7, -4, 0.7 * -4, Math.sin(0.7), 0.7 * -4 + Math.sin(0.7)]);
    expect(numbers!.jacobian).toEqual([[-4 + Math.cos(0.7), 0.7]]);
    expect(Array.from(numbers!.adjoints!)).toEqual([-4 + Math.cos(0.7), 0.7, 1, 1, 1]);
    expect(numbers!.tangents![4]).toBeCloseTo(-4 + Math.cos(0.7) + 0.5 * 0.7, 14);
    expect(numbers!.partial(3, 0)).toBe(Math.cos(0.7));
    expect(numbers!.settled).toBe(false);
  });

  it('are the model’s own at the sample', () => {
    const { numbers, ask } = at(2, 3);
    expect(numbers!.settled).toBe(true);
    expect(ask).toBe('never');
  });

  it('are asked for where the path turns', () => {
    // As if the function had branched on whether sin(x1) is 0.
    const guards: PanelTape['guards'] = [{ kind: 'branch', row: 3, value: 1, site: -1 }];
    const model = { ...MODEL, tape: { ...TAPE, guards } };
    expect(at(2.5, 9, model).numbers!.values[3]).toBe(Math.sin(2.5));
    expect(at(0, 3, model)).toEqual({ numbers: null, ask: 'now' });
  });

  it('have no derivatives where the path cannot vouch for them, and what problems say is asked for again', () => {
    const unvouched = at(2.5, 3, { ...MODEL, tape: { ...TAPE, sweeps: false } });
    expect(unvouched.ask).toBe('now');
    expect(unvouched.numbers!.jacobian).toEqual([null]);
    expect(unvouched.numbers!.adjoints).toBeNull();
    const problems: PanelModel['problems'] = [
      { id: 'GL108', severity: 'warning', message: 'Kink.', location: null },
    ];
    expect(at(2.5, 3, { ...MODEL, problems }).ask).toBe('idle');
    expect(at(2.5, 3, { ...MODEL, special: true }).numbers).toBeNull();
    expect(at(2.5, 3, { ...MODEL, tape: null })).toEqual({ numbers: null, ask: 'now' });
  });

  it('stand where inputs have been moved to, else at the sample', () => {
    expect(pointOf(TUTORIAL.inputs, { x2: -1, gone: 7 })).toEqual([2, -1]);
  });
});
