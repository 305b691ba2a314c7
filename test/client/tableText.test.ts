import { describe, expect, it } from 'vitest';
import { FIRST_CHOICE } from '../../client/panel/choice.ts';
import { modelNumbers } from '../../client/panel/numbers.ts';
import { type TableFormat, tableText } from '../../client/panel/tableText.ts';
import type { PanelModel } from '../../server/protocol/messages.ts';
import { TUTORIAL } from './tutorialModel.ts';

function lines(format: TableFormat, model: PanelModel = TUTORIAL): string[] {
  return tableText(model, modelNumbers(model, FIRST_CHOICE), FIRST_CHOICE, format).split('\n');
}

describe('the trace as text', () => {
  it('is CSV that a reader of RFC 4180 takes apart again, all digits', () => {
    const text = lines('CSV');
    expect(text[0]).toBe('Primal,Name,Value,Tangent,∂/∂x1,∂/∂x2,Adjoint,Adjoint value');
    expect(text[1]).toBe('w1 = x1,x1,2,ẇ1 = seed,1,0,w̄1 = w̄3·w2 + w̄4·cos(w1),2.5838531634528574');
    expect(text[4]).toBe(
      'w4 = sin(w1),wave,0.9092974268256817,ẇ4 = ẇ1·cos(w1),-0.4161468365471424,0,w̄4 = w̄5,1',
    );
    expect(text.at(-1)).toBe('');
  });

  it('quotes what has commas and quotes', () => {
    const [first, ...rest] = TUTORIAL.trace;
    const model: PanelModel = {
      ...TUTORIAL,
      trace: [{ ...first!, name: 'a["x", 1]', primal: { ...first!.primal, right: 'max(a, b)' } }, ...rest],
    };
    expect(lines('CSV', model)[1]).toMatch(/^"w1 = max\(a, b\)","a\[""x"", 1\]",2,/);
  });

  it('is a table of Markdown in which nothing of the source is markup', () => {
    const [first, ...rest] = TUTORIAL.trace;
    const hostile = { ...first!, name: '<b>|*x*', primal: { ...first!.primal, right: 'abs|x|' } };
    const text = lines('Markdown', { ...TUTORIAL, trace: [hostile, ...rest] });
    expect(text[1]).toBe('| :-- | :-- | --: | :-- | --: | --: | :-- | --: |');
    expect(text[2]).toContain('| w1 = abs\\|x\\| | \\<b\\>\\|\\*x\\* | 2 |');
    expect(text).toHaveLength(7);
  });

  it('is a tabular of LaTeX with the names of the rows typeset', () => {
    const text = lines('LaTeX');
    expect(text[0]).toBe('\\begin{tabular}{llrlrrlr}');
    const [primal, name, value, tangent] = text[7]!.trim().split(' & ');
    expect(primal).toBe('$w_{4} = \\sin(w_{1})$');
    expect(name).toBe('wave');
    expect(value).toBe('$0.9092974268256817$');
    expect(tangent).toBe('$\\dot{w}_{4} = \\dot{w}_{1}\\cdot \\cos(w_{1})$');
    expect(text[4]).toContain('$\\bar{w}_{1} = \\bar{w}_{3}\\cdot w_{2} + \\bar{w}_{4}\\cdot \\cos(w_{1})$');
  });

  it('escapes in LaTeX what the source has of its own signs', () => {
    const [first, ...rest] = TUTORIAL.trace;
    const row = { ...first!, name: 'p_0$', primal: { left: 'w1', right: 'p_0$ % 2', value: 1e-20 } };
    const text = lines('LaTeX', { ...TUTORIAL, trace: [row, ...rest] })[4]!;
    expect(text).toContain('$w_{1} = \\mathrm{p\\_0\\$} \\% 2$');
    expect(text).toContain(' & p\\_0\\$ & $1 \\cdot 10^{-20}$ & ');
  });
});
