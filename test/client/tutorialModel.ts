import type { PanelModel, PlainLocation } from '../../server/protocol/messages.ts';

/**
 * The panel's model of f(x1, x2) = x1·x2 + sin(x1) at (2, 3), written by hand from the textbook's trace; the numbers
 * are those of Math.sin and Math.cos.
 */

export const URI = 'file:///tutorial.ts';
const SOURCE = '  return x1 * x2 + Math.sin(x1);';

function at(text: string, line = 2): PlainLocation {
  const start = SOURCE.indexOf(text);
  return {
    uri: URI,
    range: { start: { line, character: start }, end: { line, character: start + text.length } },
  };
}

const sin2 = Math.sin(2);
const cos2 = Math.cos(2);
const value = 6 + sin2;

function formula(
  label: string,
  unicode: string,
  typescript: string,
  number: number,
): PanelModel['formulas'][number] {
  return {
    label,
    unicode,
    latex: unicode,
    typescript,
    mathml: `<math><mrow><mi>${label}</mi><mo>=</mo><mi>${unicode}</mi></mrow></math>`,
    latexEquation: `${label} = ${unicode}`,
    value: number,
  };
}

export const TUTORIAL: PanelModel = {
  version: 2,
  title: 'f(x1, x2)',
  name: 'f',
  sample: { index: 0, count: 1, text: 'x1 = 2, x2 = 3' },
  outdated: false,
  scope: 'stage',
  formulas: [
    formula('f', 'x1·x2 + sin(x1)', 'x1 * x2 + Math.sin(x1)', value),
    formula('∂f/∂x1', 'x2 + cos(x1)', 'x2 + Math.cos(x1)', 3 + cos2),
    formula('∂f/∂x2', 'x1', 'x1', 2),
  ],
  inputs: [
    { label: 'x1', value: 2, sample: 2, range: { low: 0, high: 4, given: false }, row: 0 },
    { label: 'x2', value: 3, sample: 3, range: { low: 0, high: 6, given: false }, row: 1 },
  ],
  fixed: [],
  outputs: [{ label: '', value, row: 4 }],
  output: 0,
  jacobian: [[3 + cos2, 2]],
  kinks: [],
  special: false,
  seeds: ['x1', 'x2'],
  trace: [
    {
      index: 1,
      name: 'x1',
      kind: 'input',
      op: null,
      primal: { left: 'w1', right: 'x1', value: 2 },
      tangent: { left: 'ẇ1', right: null, values: [1, 0] },
      adjoint: { left: 'w̄1', right: 'w̄3·w2 + w̄4·cos(w1)', value: 3 + cos2 },
      operands: [],
      output: false,
      location: at('x1'),
    },
    {
      index: 2,
      name: 'x2',
      kind: 'input',
      op: null,
      primal: { left: 'w2', right: 'x2', value: 3 },
      tangent: { left: 'ẇ2', right: null, values: [0, 1] },
      adjoint: { left: 'w̄2', right: 'w̄3·w1', value: 2 },
      operands: [],
      output: false,
      location: at('x2'),
    },
    {
      index: 3,
      name: null,
      kind: 'operation',
      op: 'mul',
      primal: { left: 'w3', right: 'w1·w2', value: 6 },
      tangent: { left: 'ẇ3', right: 'ẇ1·w2 + w1·ẇ2', values: [3, 2] },
      adjoint: { left: 'w̄3', right: 'w̄5', value: 1 },
      operands: [
        { row: 0, text: 'w1', value: 2, partial: 'w2', partialValue: 3 },
        { row: 1, text: 'w2', value: 3, partial: 'w1', partialValue: 2 },
      ],
      output: false,
      location: at('x1 * x2'),
    },
    {
      index: 4,
      name: 'wave',
      kind: 'operation',
      op: 'sin',
      primal: { left: 'w4', right: 'sin(w1)', value: sin2 },
      tangent: { left: 'ẇ4', right: 'ẇ1·cos(w1)', values: [cos2, 0] },
      adjoint: { left: 'w̄4', right: 'w̄5', value: 1 },
      operands: [{ row: 0, text: 'w1', value: 2, partial: 'cos(w1)', partialValue: cos2 }],
      output: false,
      location: at('Math.sin(x1)'),
    },
    {
      index: 5,
      name: null,
      kind: 'operation',
      op: 'add',
      primal: { left: 'w5', right: 'w3 + w4', value },
      tangent: { left: 'ẇ5', right: 'ẇ3 + ẇ4', values: [3 + cos2, 2] },
      adjoint: { left: 'w̄5', right: '1', value: 1 },
      operands: [
        { row: 2, text: 'w3', value: 6, partial: '1', partialValue: 1 },
        { row: 3, text: 'w4', value: sin2, partial: '1', partialValue: 1 },
      ],
      output: true,
      location: at('x1 * x2 + Math.sin(x1)'),
    },
  ],
  moved: false,
  specialReason: null,
  refused: false,
  leftOut: { rows: 0, seeds: 0, inputs: 0, outputs: 0 },
  regions: null,
  why: [],
  tape: null,
  problems: [],
};
