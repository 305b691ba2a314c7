// What the panel asks further of a selection that was differentiated.
import { describe, expect, it } from 'vitest';
import {
  DIFFERENTIATE_SELECTION,
  type DifferentiateSelectionResult,
  type FunctionReference,
  PANEL_DIFFERENCES,
  PANEL_MODEL,
  PANEL_PLOT,
  type PanelDifferencesResult,
  type PanelModelResult,
  type PanelPlotResult,
} from '../../server/protocol/messages.ts';
import { InProcess } from './inProcess.ts';

const URI = 'file:///selection.ts';
const TEXT = `// @differentiable at x = 2, k = 3
function f(x: number, k: number): number {
  const y = x > 1 ? k * x * x : Math.sin(x);
  return y + 1;
}
`;
const PART = 'x > 1 ? k * x * x : Math.sin(x)';

function selected(): { worker: InProcess; reference: FunctionReference } {
  const worker = new InProcess();
  worker.open(URI, TEXT);
  const character = TEXT.split('\n')[2]!.indexOf(PART);
  const result = worker.request<DifferentiateSelectionResult>(DIFFERENTIATE_SELECTION, {
    uri: URI,
    range: { start: { line: 2, character }, end: { line: 2, character: character + PART.length } },
    wrt: ['x', 'k'],
  });
  if (result.kind !== 'result') throw new Error(JSON.stringify(result));
  return { worker, reference: result.function };
}

describe('a selection in the panel', () => {
  it('is worked out at other points, on other paths', () => {
    const { worker, reference } = selected();
    const at = (x: number): PanelModelResult['model'] =>
      worker.request<PanelModelResult>(PANEL_MODEL, { function: reference, point: [['x', x]] }).model;
    expect(at(4).jacobian).toEqual([[2 * 3 * 4, 4 * 4]]);
    const other = at(0.5);
    expect(other.moved).toBe(true);
    expect(other.outputs[0]!.value).toBeCloseTo(Math.sin(0.5), 15);
    expect(other.jacobian[0]![0]).toBeCloseTo(Math.cos(0.5), 14);
    expect(other.jacobian[0]![1]).toBe(0);
    expect(other.inputs.map(({ sample }) => sample)).toEqual([2, 3]);
  });

  it('has its inputs where they are named first', () => {
    const { worker, reference } = selected();
    const { model } = worker.request<PanelModelResult>(PANEL_MODEL, { function: reference });
    const line = TEXT.split('\n')[2]!;
    const places = model.trace
      .slice(0, 2)
      .map(({ name, location }) => [name, location!.range.start.character]);
    expect(places).toEqual([
      ['x', line.indexOf('x > 1')],
      ['k', line.indexOf('k * x')],
    ]);
  });

  it('is plotted across its jump', () => {
    const { worker, reference } = selected();
    const plot = worker.request<PanelPlotResult>(PANEL_PLOT, {
      function: reference,
      axes: [{ input: 'x', low: 0, high: 2, count: 9 }],
    });
    expect(plot.marks.map(({ kind, at }) => [kind, at])).toEqual([['jump', 1]]);
    plot.at[0]!.forEach((x, i) => {
      expect(plot.values[i]).toBeCloseTo(x > 1 ? 3 * x * x : Math.sin(x), 12);
    });
  });

  it('is held against differences', () => {
    const { worker, reference } = selected();
    const { rows } = worker.request<PanelDifferencesResult>(PANEL_DIFFERENCES, { function: reference });
    expect(rows.map(({ input, derivative }) => [input, derivative])).toEqual([
      ['x', 12],
      ['k', 4],
    ]);
    for (const { digits } of rows) expect(digits).toBeGreaterThanOrEqual(6);
  });

  it('has no answer once its text is another, and has one again when it is back', () => {
    const { worker, reference } = selected();
    const ask = (): unknown => worker.request(PANEL_MODEL, { function: reference });
    const change = (text: string, end: number): void =>
      worker.change(URI, [
        { range: { start: { line: 2, character: 20 }, end: { line: 2, character: end } }, text },
      ]);
    expect(ask()).not.toBeNull();
    change('2', 21);
    expect(ask()).toBeNull();
    worker.change(URI, [{ text: TEXT }]);
    expect(ask()).not.toBeNull();
  });
});
