// Where the sliders come back to, nothing is asked again.
import { describe, expect, test } from 'vitest';
import { FIRST_CHOICE } from '../../client/panel/choice.ts';
import { LiveTapes } from '../../client/panel/motion.ts';
import type { Moved } from '../../client/panel/numbers.ts';
import { RecentModels } from '../../client/panel/recent.ts';
import { PANEL_MODEL, type PanelModel, type PanelModelResult } from '../../server/protocol/messages.ts';
import { InProcess } from '../server/inProcess.ts';

const URI = 'file:///recent.ts';

function panel(text: string): {
  at(x: number | null): PanelModel;
  edit(from: string, to: string): void;
  find(x: number): { slope: number | null | undefined; value: number | undefined; at: Moved } | undefined;
} {
  const worker = new InProcess();
  worker.open(URI, text);
  const recent = new RecentModels();
  const tapes = new LiveTapes();
  let inputs: PanelModel['inputs'] = [];
  return {
    edit(from, to) {
      const start = text.indexOf(from);
      const line = text.slice(0, start).split('\n').length - 1;
      const character = start - text.lastIndexOf('\n', start) - 1;
      const range = { start: { line, character }, end: { line, character: character + from.length } };
      worker.change(URI, [{ range, text: to }]);
    },
    at(x) {
      const { model, version } = worker.request<PanelModelResult>(PANEL_MODEL, {
        function: { uri: URI, target: 'f' },
        ...(x === null ? {} : { point: [['x', x]] }),
      });
      if (x === null) ({ inputs } = model);
      recent.add({ model, version, at: x === null ? {} : { x } });
      return model;
    },
    find(x) {
      const found = recent.find([x], FIRST_CHOICE, inputs, (model) => tapes.of(model));
      const { numbers } = found?.placed ?? {};
      return found && { slope: numbers?.jacobian[0]?.[0], value: numbers?.outputs[0], at: found.at };
    },
  };
}

describe('recent models', () => {
  test('a path that was taken before answers for all that lies on it', () => {
    const { at, find } = panel(`// @differentiable at x = 2
function f(x: number) { return x > 1 ? x * x : Math.sin(x); }`);
    at(null);
    expect(find(0.5)).toBeUndefined();
    at(0.5);
    const other = find(-0.25)!;
    expect(other.at).toEqual({ x: 0.5 });
    expect(other.value).toBeCloseTo(Math.sin(-0.25), 15);
    expect(other.slope).toBeCloseTo(Math.cos(-0.25), 15);
    expect(find(3)).toMatchObject({ at: {}, value: 9, slope: 6 });
  });

  const LOOP = `// @differentiable at x = 2
function f(x: number) {
  let y = x;
  for (let i = 0; i < 3; i++) y = y > 0 ? 0.5 * y - 0.2 : 0.1 * y;
  return y;
}`;

  test('where a path does not vouch for its derivatives, the points themselves are known', () => {
    const { at, find } = panel(LOOP);
    at(null);
    at(1);
    expect(find(1)).toMatchObject({ at: { x: 1 } });
    // 1, 0.3, −0.05; and 2, 0.8, 0.2.
    expect(find(1)!.slope).toBeCloseTo(0.5 * 0.5 * 0.1, 12);
    expect(find(2)!.slope).toBeCloseTo(0.5 ** 3, 12);
    expect(find(1.5)).toBeUndefined();
  });

  test('what was known before an edit is of another function', () => {
    const { at, find, edit } = panel(LOOP);
    at(null);
    at(1);
    edit('0.5 * y', '0.25 * y');
    expect(find(1)!.slope).toBeCloseTo(0.5 * 0.5 * 0.1, 12);
    at(3);
    expect(find(3)!.slope).toBeCloseTo(0.25 * 0.25 * 0.1, 12);
    expect(find(1)).toBeUndefined();
    expect(find(2)).toBeUndefined();
  });

  test('the oldest go', () => {
    const { at, find } = panel(LOOP);
    at(null);
    for (let n = 1; n <= 24; n++) at(n + 4.5);
    expect(find(2)).toBeUndefined();
    expect(find(28.5)).toBeDefined();
  });
});
