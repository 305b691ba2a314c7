/** What the panel gets: the evaluation trace exactly as the tutorial tabulates it, and the requests of our own. */
import { describe, expect, test } from 'vitest';
import type { PanelModel } from '../../core/graph/panelModel.types.ts';
import {
  ANNOTATE,
  type AnnotateResult,
  COPY_GRADIENT,
  type CopyGradientResult,
  DIFFERENTIATE_SELECTION,
  type DifferentiateSelectionResult,
  NEXT_SAMPLE,
  PANEL_MODEL,
  type PanelModelResult,
} from '../../server/protocol/messages.ts';
import { DEFAULT_SETTINGS } from '../../server/protocol/settings.ts';
import { InProcess } from './inProcess.ts';

const URI = 'file:///panel.ts';
const TUTORIAL = `// @differentiable at x1 = 2, x2 = 3
function f(x1: number, x2: number): number {
  return x1 * x2 + Math.sin(x1);
}
`;
const BAR = 'w\u0304';

function open(text: string): InProcess {
  const worker = new InProcess();
  worker.open(URI, text);
  return worker;
}
function panel(text: string, params: object = {}): PanelModelResult {
  const result = open(text).request<PanelModelResult | null>(PANEL_MODEL, {
    function: { uri: URI, target: 'f' },
    ...params,
  });
  // Everything must survive JSON.
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  return result!;
}
const column = <T>(model: PanelModel, of: (row: PanelModel['trace'][number]) => T): T[] =>
  model.trace.map(of);

describe("the tutorial's table", () => {
  const { model, nameRange } = panel(TUTORIAL);

  test('primal', () => {
    expect(column(model, ({ primal }) => `${primal.left} = ${primal.right}`)).toEqual([
      'w1 = x1',
      'w2 = x2',
      'w3 = w1·w2',
      'w4 = sin(w1)',
      'w5 = w3 + w4',
    ]);
    expect(column(model, ({ primal }) => primal.value)).toEqual([2, 3, 6, Math.sin(2), 6.909297426825682]);
  });

  test('forward, for each seed', () => {
    expect(model.seeds).toEqual(['x1', 'x2']);
    expect(column(model, ({ tangent }) => `${tangent?.left} = ${tangent?.right}`)).toEqual([
      'ẇ1 = null',
      'ẇ2 = null',
      'ẇ3 = ẇ1·w2 + w1·ẇ2',
      'ẇ4 = ẇ1·cos(w1)',
      'ẇ5 = ẇ3 + ẇ4',
    ]);
    expect(column(model, ({ tangent }) => tangent?.values[0])).toEqual([
      1,
      0,
      3,
      Math.cos(2),
      3 + Math.cos(2),
    ]);
    expect(column(model, ({ tangent }) => tangent?.values[1])).toEqual([0, 1, 2, 0, 2]);
  });

  test('reverse, both terms of w̄1 included', () => {
    expect(column(model, ({ adjoint }) => `${adjoint?.left} = ${adjoint?.right}`)).toEqual([
      `${BAR}1 = ${BAR}3·w2 + ${BAR}4·cos(w1)`,
      `${BAR}2 = ${BAR}3·w1`,
      `${BAR}3 = ${BAR}5`,
      `${BAR}4 = ${BAR}5`,
      `${BAR}5 = 1`,
    ]);
    expect(column(model, ({ adjoint }) => adjoint?.value)).toEqual([2.5838531634528574, 2, 1, 1, 1]);
  });

  test('edges with their local partials', () => {
    expect(model.trace[2]?.operands).toEqual([
      { row: 0, text: 'w1', value: 2, partial: 'w2', partialValue: 3 },
      { row: 1, text: 'w2', value: 3, partial: 'w1', partialValue: 2 },
    ]);
    expect(model.trace[3]?.operands).toMatchObject([
      { row: 0, partial: 'cos(w1)', partialValue: Math.cos(2) },
    ]);
  });

  test('formulas, numbers, places', () => {
    expect(model.formulas.map(({ label, unicode, value }) => `${label} = ${unicode} = ${value}`)).toEqual([
      'f = x1·x2 + sin(x1) = 6.909297426825682',
      '∂f/∂x1 = x2 + cos(x1) = 2.5838531634528574',
      '∂f/∂x2 = x1 = 2',
    ]);
    expect(model.formulas[1]?.latexEquation).toContain(
      '\\frac{\\partial f}{\\partial x_{1}} = x_{2} + \\cos',
    );
    expect(model.formulas[1]?.mathml).toMatch(/^<math .*<\/math>$/);
    expect(model.jacobian).toEqual([[2.5838531634528574, 2]]);
    expect(model.title).toBe('f(x1, x2)');
    expect(model.sample).toEqual({ index: 0, count: 1, text: 'x1 = 2, x2 = 3' });
    expect(nameRange.start).toEqual({ line: 1, character: 9 });
    expect(model.trace[3]?.location).toMatchObject({
      uri: URI,
      range: { start: { line: 2, character: 19 } },
    });
    expect(column(model, ({ output }) => output)).toEqual([false, false, false, false, true]);
  });
});

test.each([
  ['function f(x: number, y: number) { return x * y; }', 'x = 2, y = 3', ['x', 'y']],
  ['const f = (p: { a: number; b: number[] }) => p.a * p.b[1]!;', 'p = {a: 1, b: [2, 3]}', ['p', 'p', 'p']],
  [
    'const f = ({ a, b: [, c], ...d }: any, [e]: any) => a * c * d.k * e;',
    '#1 = {a: 1, b: [0, 3], k: 2}, #2 = [4]',
    ['a', '[, c]', 'c', 'd', 'e'],
  ],
  ['function f(...all: number[]) { return all[0]! * all[1]!; }', 'all = [2, 3]', ['all', 'all']],
] as const)('inputs stand where %s has its parameters', (source, sample, expected) => {
  const { model } = panel(`// @differentiable at ${sample}\n${source}`);
  const names = model.trace
    .filter(({ kind }) => kind === 'input')
    .map(({ location }) => {
      const { start, end } = location!.range;
      expect([start.line, end.line]).toEqual([1, 1]);
      return source.slice(start.character, end.character);
    });
  expect(names).toEqual(expected);
});

describe('equations', () => {
  const traceOf = (body: string, sample = 'x = 2, y = 3') =>
    panel(`// @differentiable at ${sample}\nfunction f(x: number, y: number) { return ${body}; }`).model
      .trace;

  test.each([
    ['x - y', 'w1 − w2', 'ẇ1 − ẇ2'],
    ['x / y', 'w1/w2', 'ẇ1·(1/w2) − ẇ2·(w1/w2²)'],
    ['x ** 2 + 0 * y', 'w1²', 'ẇ1·2·w1'],
    ['Math.max(x, y)', 'max(w1, w2)', 'ẇ2'],
    ['Math.exp(x) + 0 * y', 'exp(w1)', 'ẇ1·exp(w1)'],
    ['-x + 0 * y', '−w1', '−ẇ1'],
    ['Math.floor(x) * y', '⌊w1⌋', '0'],
  ])('%s', (body, primal, tangent) => {
    const row = traceOf(body, 'x = 2.5, y = 3')[2]!;
    expect(row.primal.right).toBe(primal);
    expect(row.tangent?.right).toBe(tangent);
  });

  test('a row used twice by one operation has two terms', () => {
    const [x] = traceOf('x * x + 0 * y');
    expect(x?.adjoint?.right).toBe(`${BAR}3·w1 + ${BAR}3·w1`);
    expect(x?.adjoint?.value).toBe(4);
  });

  test('non-finite numbers are strings', () => {
    const { model } = panel('// @differentiable at x = 0\nfunction f(x: number) { return Math.sqrt(x); }');
    expect(model.jacobian).toEqual([['Infinity']]);
  });

  test.each([
    ['Math.abs(x) * y', 'x = 0, y = 3', [[-3, 3]]],
    [
      'Math.max(x, y)',
      'x = 2, y = 2',
      [
        [0, 1],
        [0, 1],
      ],
    ],
    ['x > 0 ? x * y : 0', 'x = 0, y = 2', [[0, 2]]],
  ])('at the kink of %s: the values alone, and both slopes', (body, sample, slopes) => {
    const { model } = panel(
      `// @differentiable at ${sample}\nfunction f(x: number, y: number) { return ${body}; }`,
    );
    expect(model.special).toBe(true);
    expect(model.seeds).toEqual([]);
    for (const { tangent, adjoint, operands } of model.trace) {
      expect([tangent, adjoint]).toEqual([null, null]);
      expect(operands.every(({ partial, partialValue }) => partial === null && partialValue === null)).toBe(
        true,
      );
    }
    expect(model.kinks.map(({ left, right }) => [left, right])).toEqual(slopes);
    for (const { output, input, left, right } of model.kinks)
      expect([left, right]).toContain(model.jacobian[output]?.[input]);
    expect(JSON.stringify(model)).not.toContain('NaN');
  });

  test('long traces are bounded, and say what was left out', () => {
    const { model } = panel(
      '// @differentiable at x = 1\nfunction f(x: number) { let s = 0; for (let i = 0; i < 3000; i++) s += Math.sin(x * i); return s; }',
    );
    expect(model.trace.length).toBeLessThanOrEqual(2000);
    expect(model.leftOut.rows).toBeGreaterThan(1000);
    expect(model.trace.at(-1)?.output).toBe(true);
    for (const [i, row] of model.trace.entries())
      for (const { row: operand } of row.operands) if (operand !== null) expect(operand).toBeLessThan(i);
  });
});

describe('samples', () => {
  const TEXT = `// @differentiable at x = 1\n// @at x = 2\n// @at x = 3\nfunction f(x: number) { return x * x; }\n`;

  test('the next one, and the first again after the last', () => {
    const worker = open(TEXT);
    const next = () => worker.request(NEXT_SAMPLE, { function: { uri: URI, target: 'f' } });
    expect(worker.lenses(URI)).toEqual([
      'f: show derivative',
      'f: ∇f(1) = 2',
      'f: sample 1 of 3',
      'f: insert gradient',
    ]);
    expect(next()).toEqual({ sample: 1, count: 3 });
    expect(worker.lenses(URI)).toEqual([
      'f: show derivative',
      'f: ∇f(2) = 4',
      'f: sample 2 of 3',
      'f: insert gradient',
    ]);
    next();
    expect(next()).toEqual({ sample: 0, count: 3 });
  });

  test('the panel may ask for any of them', () => {
    expect(panel(TEXT, { sample: 2 }).model).toMatchObject({
      sample: { index: 2, count: 3 },
      jacobian: [[6]],
    });
  });

  test('by position too; null where there is no function', () => {
    const at = (line: number) =>
      open(TEXT).request<PanelModelResult | null>(PANEL_MODEL, {
        function: { uri: URI, position: { line, character: 30 } },
      });
    expect(at(3)?.model.name).toBe('f');
    expect(at(5)).toBeNull();
  });
});

describe('copying', () => {
  const copy = (format: string) =>
    open(TUTORIAL).request<CopyGradientResult>(COPY_GRADIENT, {
      function: { uri: URI, target: 'f' },
      format,
    });

  test.each([
    ['numbers', '[2.5838531634528574,2]'],
    ['unicode', 'f = x1·x2 + sin(x1)\n∂f/∂x1 = x2 + cos(x1)\n∂f/∂x2 = x1'],
    ['typescript', '// f\nx1 * x2 + Math.sin(x1)\n// ∂f/∂x1\nx2 + Math.cos(x1)\n// ∂f/∂x2\nx1'],
  ])('as %s', (format, text) => {
    expect(copy(format)).toEqual({ kind: 'text', text });
  });

  test('as LaTeX', () => {
    const copied = copy('latex');
    expect(copied.kind === 'text' && copied.text.split('\n')).toHaveLength(3);
  });
});

describe('annotating', () => {
  function annotated(text: string, line: number, kind: 'differentiable' | 'sample'): string {
    const result = open(text).request<AnnotateResult>(ANNOTATE, {
      uri: URI,
      position: { line, character: 12 },
      kind,
    });
    if (result.kind === 'refused') return result.message;
    const lines = text.split('\n');
    for (const { range, newText } of [...result.edits].reverse()) {
      const before = lines
        .slice(0, range.start.line)
        .concat(lines[range.start.line]!.slice(0, range.start.character));
      const after = [lines[range.end.line]!.slice(range.end.character), ...lines.slice(range.end.line + 1)];
      lines.splice(0, lines.length, ...(before.join('\n') + newText + after.join('\n')).split('\n'));
    }
    return lines.join('\n');
  }

  test.each([
    ['function g(x: number, y: number) { return x * y; }', '// @differentiable at x = 1, y = 2'],
    ['const g = (v: number[]) => v[0];', '// @differentiable at v = [1, 2, 3]'],
    [
      'export const g = (p: { a: number; b: [number, number] }) => p.a;',
      '// @differentiable at p = {a: 1, b: [2, 3]}',
    ],
    ['function g(x, y = 2) { return x * y; }', '// @differentiable at x = 1'],
  ])('%s', (source, annotation) => {
    const text = annotated(source, 0, 'differentiable');
    expect(text).toBe(`${annotation}\n${source}`);
    // What was written is right: it analyses.
    expect(open(text).diagnostics(URI)).toEqual([]);
    expect(open(text).lenses(URI).join()).toMatch(/∇g\(/);
  });

  test('one more sample, in both forms', () => {
    expect(annotated('// @differentiable at x = 1\nfunction g(x: number) { return x; }', 1, 'sample')).toBe(
      '// @differentiable at x = 1\n// @at x = 2\nfunction g(x: number) { return x; }',
    );
    expect(annotated('/**\n * @differentiable\n */\nfunction g(x: number) { return x; }', 3, 'sample')).toBe(
      '/**\n * @differentiable\n * @at x = 1\n */\nfunction g(x: number) { return x; }',
    );
    expect(annotated('/** @differentiable */\nfunction g(x: number) { return x; }', 1, 'sample')).toBe(
      '/** @differentiable\n * @at x = 1\n */\nfunction g(x: number) { return x; }',
    );
  });

  test('one more sample has the shape of the first', () => {
    const text = `const g = 9.81;
// @differentiable at x = [-1.2, 0.5], p = {mass: g, at: [1, 0]}, n = 100,
//   y = linspace(0,
//     1, 5)
// @at x = [1, 1], p = {mass: 1, at: [1, 0]}, n = 3, y = [1]
function f(x: number[], p: { mass: number; at: number[] }, n: number, y: number[]) {
  return x[1] * p.mass * p.at[1] * n * y[0];
}`;
    expect(annotated(text, 5, 'sample').split('\n')[5]).toBe(
      '// @at x = [-1.8, 0.75], p = {mass: g, at: [3, 2]}, n = 102, y = linspace(0, 1, 5)',
    );
  });

  test('a second annotation is refused in words', () => {
    expect(
      annotated('// @differentiable\nfunction g(x: number) { return x; }', 1, 'differentiable'),
    ).toContain('already');
    expect(annotated('const k = 1;', 0, 'differentiable')).toContain('function');
  });
});

describe('differentiating a selection', () => {
  const TEXT = `const k = 3;
function g(a: number, b: number): number {
  const t = a * a;
  const u = Math.sin(t * b) + k;
  return u;
}
`;
  function select(part: string, wrt?: string[], text = TEXT): DifferentiateSelectionResult {
    const start = text.indexOf(part);
    const position = (offset: number) => {
      const lines = text.slice(0, offset).split('\n');
      return { line: lines.length - 1, character: lines.at(-1)!.length };
    };
    return open(text).request(DIFFERENTIATE_SELECTION, {
      uri: URI,
      range: { start: position(start), end: position(start + part.length) },
      ...(wrt === undefined ? {} : { wrt }),
    });
  }
  const formulas = (result: DifferentiateSelectionResult): string[] =>
    result.kind === 'result'
      ? result.model.formulas.map(({ label, unicode }) => `${label} = ${unicode}`)
      : [JSON.stringify(result)];

  test('an expression of one variable', () => {
    expect(formulas(select('a * a'))).toEqual(['f = a·a', '∂f/∂a = 2·a']);
    expect(formulas(select('a * a;'))).toEqual(['f = a·a', '∂f/∂a = 2·a']);
  });

  test('of several: which ones is asked first', () => {
    expect(select('Math.sin(t * b) + k')).toEqual({
      kind: 'choose',
      expression: 'Math.sin(t * b) + k',
      variables: ['t', 'b'],
    });
    const result = select('Math.sin(t * b) + k', ['b']);
    expect(formulas(result)).toEqual(['f = sin(t·b) + 3', '∂f/∂b = t·cos(t·b)']);
    expect(result).toMatchObject({ insertAt: { line: 4, indentation: '  ' } });
  });

  describe('of arrays and objects the numbers that occur are the variables', () => {
    const SHARPE = `// @differentiable at w = [0.6, 0.3, 9], p = {mass: 2, at: [3, 4]}
function sharpe(w: number[], p: { mass: number; at: number[] }): number {
  const risk = Math.sqrt(w[0] ** 2 * 0.04 + w[1] ** 2 * p.mass);
  let sum = 0;
  for (let i = 0; i < w.length; i++) sum += w[i] * w[i];
  return risk + total(w, p.at[1]) * sum;
}
function total(w: number[], k: number): number { return w[0] * w[1] * k; }
`;
    const partialsOf = (result: DifferentiateSelectionResult) => {
      if (result.kind !== 'result') throw new Error(JSON.stringify(result));
      const { inputs, jacobian } = result.model;
      return Object.fromEntries(inputs.map(({ label }, i) => [label, jacobian[0]?.[i]]));
    };
    const part = 'Math.sqrt(w[0] ** 2 * 0.04 + w[1] ** 2 * p.mass)';

    test('which are asked for by their own names', () => {
      expect(select(part, undefined, SHARPE)).toMatchObject({ variables: ['w[0]', 'w[1]', 'p.mass'] });
    });

    test("at the sample's values", () => {
      const risk = Math.sqrt(0.6 ** 2 * 0.04 + 0.3 ** 2 * 2);
      const partials = partialsOf(select(part, ['w[0]', 'w[1]', 'p.mass'], SHARPE));
      expect(Object.keys(partials)).toEqual(['w[0]', 'w[1]', 'p.mass']);
      expect(partials['w[0]']).toBeCloseTo((0.04 * 0.6) / risk, 12);
      expect(partials['w[1]']).toBeCloseTo((2 * 0.3) / risk, 12);
      expect(partials['p.mass']).toBeCloseTo(0.3 ** 2 / (2 * risk), 12);
      expect(formulas(select(part, ['w[1]'], SHARPE))[1]).toMatch(/^∂f\/∂w\[1\] = .*w\[1\]/);
    });

    test('where the whole array is needed, every element of it', () => {
      const partials = partialsOf(select('total(w, p.at[1])', ['w'], SHARPE));
      expect(partials).toEqual({ 'w[0]': 0.3 * 4, 'w[1]': 0.6 * 4, 'w[2]': 0 });
    });

    test('no sample where the array is another by then', () => {
      const text = SHARPE.replace('let sum = 0;', 'let sum = 0; w[0] = 7;');
      const result = select('total(w, p.at[1])', ['w'], text);
      expect(partialsOf(select('total(w, p.at[1])', ['w'], SHARPE))).not.toEqual({});
      expect(result.kind === 'result' ? result.model.sample : 'a refusal').toBeNull();
      // Numbers on their own are as they were seen.
      expect(partialsOf(select('w[0] * 2', ['w[0]'], text.replace('risk + ', 'w[0] * 2 + ')))).toEqual({
        'w[0]': 2,
      });
    });

    test.each([
      ['(w[0] * k)', { 'w[0]': 3, k: 2 }],
      ['(w[0] * k) // twice', { 'w[0]': 3, k: 2 }],
      ['w[0] * k > 0 ? w[0] * k : 1', { 'w[0]': 3, k: 2 }],
      ['twice(w[0]) * k', { 'w[0]': 6, k: 4 }],
      ['twice(w[0] * k)', { 'w[0]': 6, k: 4 }],
      ['-(w[0] * k)', { 'w[0]': -3, k: -2 }],
      ['const y = w[0] * k; const z = y * y;', { 'w[0]': 36, k: 24 }],
      ['return w[0] * k + c;', { 'w[0]': 3, k: 2, c: 1 }],
    ])('%s has the values around it', (selected, partials) => {
      const isStatement = selected.endsWith(';');
      const body = isStatement ? `let c = 5; ${selected}` : `let c = ${selected}\n;`;
      const text = `// @differentiable at w = [2], k = 3
function f(w: number[], k: number) {
  ${body}
  ${selected.startsWith('return') ? '' : `return w[0] + k + ${selected.includes(' z ') ? 'z' : 'c'};`}
}
function twice(x: number) { return 2 * x; }
`;
      expect(partialsOf(select(selected, ['w[0]', 'k', 'c'], text))).toEqual(partials);
    });

    test('fields of this', () => {
      const text = `class Spring {
  k = 1;
  // @differentiable at this = {k: 3}, x = 2
  energy(x: number): number { return this.k * x * x / 2; }
}
`;
      expect(select('this.k * x * x', undefined, text)).toMatchObject({ variables: ['this.k', 'x'] });
      expect(partialsOf(select('this.k * x * x', ['this.k', 'x'], text))).toEqual({ 'this.k': 4, x: 12 });
    });

    test('without annotation, and without types', () => {
      const text = 'function f(v, o) { return Math.sin(v[1]) * o.deep.er - v[1]; }\n';
      expect(formulas(select('Math.sin(v[1]) * o.deep.er - v[1]', ['v[1]', 'o.deep.er'], text))).toEqual([
        'f = sin(v[1])·o.deep.er − v[1]',
        '∂f/∂v[1] = o.deep.er·cos(v[1]) − 1',
        '∂f/∂o.deep.er = sin(v[1])',
      ]);
    });
  });

  test('statements: the last variable is the result', () => {
    const result = select('const t = a * a;\n  const u = Math.sin(t * b) + k;', ['a']);
    expect(formulas(result)[1]).toMatch(/^∂u\/∂a = 2·a·b·cos\(/);
  });

  test('a function', () => {
    const source = TEXT.slice(TEXT.indexOf('function'), TEXT.lastIndexOf('}') + 1);
    expect(select(source)).toMatchObject({ kind: 'choose', variables: ['a', 'b'] });
    expect(formulas(select(source, ['b']))[1]).toMatch(/^∂g\/∂b = a²·cos\(/);
  });

  test('inside an annotated function, the values of its sample', () => {
    const result = select(
      'a * a',
      undefined,
      TEXT.replace('function g', '// @differentiable at a = 3, b = 1\nfunction g'),
    );
    expect(result.kind === 'result' && result.model.jacobian).toEqual([[6]]);
  });

  test.each([
    ['3;', 'Nothing in the selection varies'],
    ['const t =', 'neither an expression nor a whole statement'],
    ['  ', 'Select an expression'],
  ])('%j is refused in words', (part, message) => {
    const result = select(part);
    expect(result).toMatchObject({ kind: 'refused', message: expect.stringContaining(message) });
  });
});

test('hints may show the formula of each line instead', () => {
  const worker = open(`// @differentiable at x = 2
function f(x: number) {
  const square = x * x;
  const wave = Math.sin(square);
  return wave * x;
}
`);
  worker.session.receive({
    kind: 'settings',
    uri: URI,
    settings: { ...DEFAULT_SETTINGS, inlayHints: 'formula' },
  });
  // By hand: f = wave·x, so ∂f/∂wave = x; f = sin(square)·x, so ∂f/∂square = x·cos(square).
  expect(worker.hints(URI).map(({ label }) => label)).toEqual(['∂f = x·cos(square)', '∂f = x', '≈ −1.51']);
});
