import { describe, expect, it } from 'vitest';
import { derivativeStatements } from '../../client/derivativeStatements.ts';
import type { PanelModel } from '../../server/protocol/messages.ts';
import { TUTORIAL } from './tutorialModel.ts';

describe('derivativeStatements', () => {
  it('writes a comment and a constant for each variable, indented', () => {
    expect(derivativeStatements('x1 * x2 +\n    Math.sin(x1)', TUTORIAL, '  ')).toEqual([
      '  // Derivatives of x1 * x2 + Math.sin(x1)',
      '  const d_x1 = x2 + Math.cos(x1);',
      '  const d_x2 = x1;',
    ]);
  });

  it('makes distinct identifiers of paths', () => {
    const model: PanelModel = {
      ...TUTORIAL,
      inputs: [
        { ...TUTORIAL.inputs[0]!, label: 'x[0]' },
        { ...TUTORIAL.inputs[1]!, label: 'x.0' },
      ],
    };
    expect(derivativeStatements('f', model, '').slice(1)).toEqual([
      'const d_x_0 = x2 + Math.cos(x1);',
      'const d_x_0_2 = x1;',
    ]);
  });

  it('is empty where there are no formulas', () => {
    expect(derivativeStatements('f', { ...TUTORIAL, formulas: [] }, '')).toEqual([]);
  });
});
