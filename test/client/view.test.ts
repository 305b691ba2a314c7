import { describe, expect, it } from 'vitest';
import {
  type Choice,
  FIRST_CHOICE,
  keepChoice,
  readDirection,
  seedIndex,
} from '../../client/panel/choice.ts';
import { modelNumbers } from '../../client/panel/numbers.ts';
import * as traceTables from '../../client/panel/traceTable.ts';
import * as views from '../../client/panel/view.ts';
import { formulaText, numberView, partialLabel, rowAt, sweepNote } from '../../client/panel/view.ts';
import type { PanelModel } from '../../server/protocol/messages.ts';
import { TUTORIAL, URI } from './tutorialModel.ts';

const FORWARD: Choice = FIRST_CHOICE;
const REVERSE: Choice = { ...FIRST_CHOICE, mode: 'reverse' };

/** At the sample. */
function traceTable(model: PanelModel, choice: Choice, digits: number, sort: traceTables.Sort | null = null) {
  return traceTables.traceTable(model, modelNumbers(model, choice), choice, digits, sort);
}
function gradientRows(model: PanelModel, digits: number): readonly views.GradientRow[] {
  return views.gradientRows(model, modelNumbers(model, FORWARD), digits);
}
function jacobianTable(model: PanelModel, digits: number): views.JacobianTable {
  return views.jacobianTable(model, modelNumbers(model, FORWARD), digits);
}

/** The table as text, a line for each row. */
function text(table: traceTables.TraceTable): string[] {
  return table.rows.map((row) =>
    [
      `${row.name} = ${row.equation}`,
      ...row.cells.map((cell) => (cell.kind === 'number' ? cell.number?.text : cell.text)),
    ].join(' | '),
  );
}

describe('numberView', () => {
  it('says = only where the digits shown are the number', () => {
    expect(numberView(2, 4)).toEqual({ text: '2', relation: '=', full: '2' });
    expect(numberView(6.909297426825682, 4)).toEqual({
      text: '6.909',
      relation: '≈',
      full: '6.909297426825682',
    });
    expect(numberView(-0.5, 4)).toEqual({ text: '−0.5', relation: '=', full: '−0.5' });
  });

  it('reads the numbers that JSON cannot carry', () => {
    expect(numberView('NaN', 4).text).toBe('NaN');
    expect(numberView('-Infinity', 4).text).toBe('−∞');
    expect(numberView('-0', 4).full).toBe('−0');
  });
});

describe('the trace as a table', () => {
  it('tabulates forward mode with a column for each seed, as the tutorial does', () => {
    const table = traceTable(TUTORIAL, FORWARD, 4);
    expect(text(table)).toEqual([
      'w1 = x1 | 2 | ẇ1 = 1 | 1 | 0 | 2.584',
      'w2 = x2 | 3 | ẇ2 = 0 | 0 | 1 | 2',
      'w3 = w1·w2 | 6 | ẇ3 = ẇ1·w2 + w1·ẇ2 | 3 | 2 | 1',
      'w4 = sin(w1) | 0.9093 | ẇ4 = ẇ1·cos(w1) | −0.4161 | 0 | 1',
      'w5 = w3 + w4 | 6.909 | ẇ5 = ẇ3 + ẇ4 = ∂f/∂x1 | 2.584 | 2 | 1',
    ]);
    expect(table.columns.map((column) => column.title)).toEqual([
      'Primal',
      'Value',
      'Tangent',
      '∂/∂x1',
      '∂/∂x2',
      'Adjoint',
    ]);
    expect(table.columns.map((column) => column.chosen)).toEqual([false, false, false, true, false, false]);
  });

  it('writes the seeds of the chosen input', () => {
    const table = traceTable(TUTORIAL, { ...FORWARD, seed: 'x2' }, 4);
    expect(text(table)[0]).toContain('ẇ1 = 0');
    expect(text(table)[1]).toContain('ẇ2 = 1');
    expect(text(table)[4]).toContain('= ∂f/∂x2');
  });

  it('tabulates reverse mode from the result back, both uses of x1 included', () => {
    expect(text(traceTable(TUTORIAL, REVERSE, 4))).toEqual([
      'w5 = w3 + w4 | 6.909 | w̄5 = 1 | 1 | 2.584 | 2',
      'w4 = sin(w1) | 0.9093 | w̄4 = w̄5 | 1 | −0.4161 | 0',
      'w3 = w1·w2 | 6 | w̄3 = w̄5 | 1 | 3 | 2',
      'w2 = x2 | 3 | w̄2 = w̄3·w1 = ∂f/∂x2 | 2 | 0 | 1',
      'w1 = x1 | 2 | w̄1 = w̄3·w2 + w̄4·cos(w1) = ∂f/∂x1 | 2.584 | 1 | 0',
    ]);
  });

  it('shows one seed at a time where there are many', () => {
    const seeds = ['a', 'b', 'c', 'd'];
    const many: PanelModel = {
      ...TUTORIAL,
      seeds,
      trace: TUTORIAL.trace.map((row) => ({ ...row, tangent: { ...row.tangent!, values: [1, 2, 3, 4] } })),
    };
    const table = traceTable(many, { ...FORWARD, seed: 'c' }, 4);
    expect(table.columns.filter((column) => column.tone === 'tangent').map((c) => c.title)).toEqual([
      'Tangent',
      '∂/∂c',
    ]);
    expect(text(table)[3]).toMatch(/ 3 \| 1$/);
  });

  it('has a column for a direction that was entered by hand', () => {
    const choice: Choice = { ...FORWARD, direction: [1, 0.5] };
    const table = traceTable(TUTORIAL, choice, 4);
    const at = table.columns.findIndex((column) => column.key === 'direction') - 1;
    expect(table.columns[at + 1]).toMatchObject({ title: 'along (1, 0.5)', chosen: true });
    // ∇f·(1, ½) = (3 + cos 2) + ½·2
    expect(table.rows.at(-1)!.cells[at]).toMatchObject({ number: { full: String(4 + Math.cos(2)) } });
    expect(text(table)[1]).toContain('ẇ2 = 0.5');
    expect(text(table)[4]).not.toContain('∂f/∂');
  });

  it('sorts by a column of numbers, in either direction, NaN last', () => {
    const names = (sort: traceTables.Sort): string[] =>
      traceTable(TUTORIAL, FORWARD, 4, sort).rows.map((row) => row.name);
    expect(names({ key: 'value', descending: false })).toEqual(['w4', 'w1', 'w2', 'w3', 'w5']);
    expect(names({ key: 'value', descending: true })).toEqual(['w5', 'w3', 'w2', 'w1', 'w4']);
    expect(names({ key: 'seed 0', descending: false })).toEqual(['w4', 'w2', 'w1', 'w5', 'w3']);
  });

  it('gives a user name only where the equation does not say it', () => {
    const names = traceTable(TUTORIAL, FORWARD, 4).rows.map((row) => row.userName);
    expect(names).toEqual([null, null, null, 'wave', null]);
  });
});

describe('at a special point', () => {
  const kink: PanelModel = {
    ...TUTORIAL,
    special: true,
    seeds: [],
    kinks: [{ output: 0, input: 1, left: -1, right: 1 / 3 }],
    trace: TUTORIAL.trace.map((row) => ({
      ...row,
      tangent: null,
      adjoint: null,
      operands: row.operands.map((operand) => ({ ...operand, partial: null, partialValue: null })),
    })),
  };

  it('the trace has the values alone, in either mode, and it is said why', () => {
    for (const choice of [FORWARD, REVERSE]) {
      const table = traceTable(kink, choice, 4);
      expect(table.columns.map((column) => column.title)).toEqual(['Primal', 'Value']);
      expect(text(table)).toEqual([
        'w1 = x1 | 2',
        'w2 = x2 | 3',
        'w3 = w1·w2 | 6',
        'w4 = sin(w1) | 0.9093',
        'w5 = w3 + w4 | 6.909',
      ]);
    }
    expect(sweepNote(kink)).toMatch(/special point/);
    expect(sweepNote(TUTORIAL)).toBeNull();
  });

  it('the gradient says both slopes', () => {
    expect(gradientRows(kink, 3).map((row) => row.kink)).toEqual([null, 'kink: slopes −1 and +0.333']);
    expect(jacobianTable(kink, 3).rows[0]?.partials.map((partial) => partial?.kink)).toEqual([
      null,
      'kink: slopes −1 and +0.333',
    ]);
  });

  it('elsewhere a NaN that the program has is shown', () => {
    const row = TUTORIAL.trace[0]!;
    const trace = [
      { ...row, adjoint: { ...row.adjoint!, value: 'NaN' as const } },
      ...TUTORIAL.trace.slice(1),
    ];
    expect(text(traceTable({ ...TUTORIAL, trace }, REVERSE, 4)).at(-1)).toContain(' | NaN | ');
  });
});

describe('choices', () => {
  it('keeps mode, seed and row for the same function, the mode alone for another', () => {
    const chosen: Choice = { mode: 'reverse', seed: 'x2', direction: [1, 2], row: 3 };
    expect(keepChoice(chosen, true, TUTORIAL)).toEqual(chosen);
    expect(keepChoice(chosen, false, TUTORIAL)).toEqual(REVERSE);
  });

  it('drops a seed or a row that is no more', () => {
    expect(keepChoice({ mode: 'forward', seed: 'z', direction: [1], row: 9 }, true, TUTORIAL)).toEqual(
      FORWARD,
    );
    expect(seedIndex(TUTORIAL, { ...FORWARD, seed: 'z' })).toBe(0);
    expect(seedIndex({ ...TUTORIAL, seeds: [] }, FORWARD)).toBe(-1);
  });

  it('reads a direction as it is written, and refuses what is none', () => {
    expect(readDirection('1, 0.5', 2)).toEqual([1, 0.5]);
    expect(readDirection('(−1 2e3)', 2)).toEqual([-1, 2000]);
    expect(readDirection('1', 2)).toBeNull();
    expect(readDirection('1, two', 2)).toBeNull();
    expect(readDirection('1, Infinity', 2)).toBeNull();
  });
});

describe('formulas and gradient', () => {
  it('copies all formulas in each form', () => {
    expect(formulaText(TUTORIAL, 'unicode')).toBe('f = x1·x2 + sin(x1)\n∂f/∂x1 = x2 + cos(x1)\n∂f/∂x2 = x1');
    expect(formulaText(TUTORIAL, 'typescript').split('\n')).toEqual([
      '// Derivatives of x1 * x2 + Math.sin(x1)',
      'const d_x1 = x2 + Math.cos(x1);',
      'const d_x2 = x1;',
    ]);
    expect(JSON.parse(formulaText(TUTORIAL, 'numbers'))).toEqual({
      at: { x1: 2, x2: 3 },
      value: 6.909297426825682,
      gradient: { x1: 2.5838531634528574, x2: 2 },
    });
  });

  it('names partials without formulas too', () => {
    const many = { ...TUTORIAL, formulas: [], outputs: [{ label: '.y', value: 1, row: 4 }] };
    expect(partialLabel(many, 'x1')).toBe('∂f.y/∂x1');
    expect(gradientRows(many, 3).map((row) => row.partial?.text)).toEqual(['2.58', '2']);
  });
});

describe('the Jacobian', () => {
  it('has a row for each output and a column for each input', () => {
    const model: PanelModel = {
      ...TUTORIAL,
      outputs: [
        { label: '.x', value: 1.5, row: 3 },
        { label: '.y', value: 2, row: 4 },
      ],
      output: 1,
      jacobian: [
        [1, 1 / 3],
        [0, 'Infinity'],
      ],
    };
    const table = jacobianTable(model, 3);
    expect(table.inputs).toEqual(['x1', 'x2']);
    expect(table.rows.map((row) => [row.label, row.value.text, ...row.partials.map((p) => p?.text)])).toEqual(
      [
        ['f.x', '1.5', '1', '0.333'],
        ['f.y', '2', '0', '∞'],
      ],
    );
    expect(table.rows.map((row) => row.chosen)).toEqual([false, true]);
  });

  it('says how much it leaves out', () => {
    const inputs = Array.from({ length: 20 }, (_, i) => ({ ...TUTORIAL.inputs[0]!, label: `x[${i}]` }));
    const { inputs: shown, leftOut } = jacobianTable({ ...TUTORIAL, inputs }, 3);
    expect(shown.length + leftOut.inputs).toBe(20);
    expect(leftOut).toEqual({ inputs: 8, outputs: 0 });
  });
});

describe('the cursor', () => {
  const position = (character: number): { line: number; character: number } => ({ line: 2, character });

  it('finds the row of the smallest expression around it', () => {
    expect(rowAt(TUTORIAL, URI, position(9))).toBe(0);
    expect(rowAt(TUTORIAL, URI, position(12))).toBe(2);
    expect(rowAt(TUTORIAL, URI, position(21))).toBe(3);
    expect(rowAt(TUTORIAL, URI, position(17))).toBe(4);
  });

  it('finds none elsewhere', () => {
    expect(rowAt(TUTORIAL, URI, position(0))).toBeNull();
    expect(rowAt(TUTORIAL, 'file:///other.ts', position(9))).toBeNull();
  });
});
