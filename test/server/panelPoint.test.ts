/** The panel's requests about other points than the sample, and what it needs to fold and to say why. */
import { describe, expect, test } from 'vitest';
import { numberOf, type PanelModel, type PanelRegion } from '../../core/graph/panelModel.types.ts';
import {
  PANEL_DIFFERENCES,
  PANEL_MODEL,
  PANEL_PLOT,
  type PanelDifferencesResult,
  type PanelModelResult,
  type PanelPlotResult,
  type PanelPoint,
} from '../../server/protocol/messages.ts';
import { InProcess } from './inProcess.ts';

const URI = 'file:///point.ts';

class Panel {
  readonly text: string;
  private readonly worker = new InProcess();

  constructor(text: string) {
    this.text = text;
    this.worker.open(URI, text);
  }

  ask<R>(method: string, params: object): R | null {
    const result = this.worker.request<R | null>(method, { function: { uri: URI, target: 'f' }, ...params });
    // Everything must survive JSON.
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    return result;
  }
  model(point?: PanelPoint): PanelModel {
    return this.ask<PanelModelResult>(PANEL_MODEL, point === undefined ? {} : { point })!.model;
  }
  differences(params: object = {}): PanelDifferencesResult['rows'] {
    return this.ask<PanelDifferencesResult>(PANEL_DIFFERENCES, params)!.rows;
  }
  plot(params: object): PanelPlotResult | null {
    return this.ask<PanelPlotResult>(PANEL_PLOT, params);
  }
  /** The text of a place. */
  at(location: PanelRegion['location']): string {
    const { start, end } = location!.range;
    const lines = this.text.split('\n');
    if (start.line === end.line) return lines[start.line]!.slice(start.character, end.character);
    return [lines[start.line]!.slice(start.character), ...lines.slice(start.line + 1, end.line)].join('\n');
  }
}

const TUTORIAL = `// @differentiable at x1 = 2, x2 = 3
// @range x1 = [0, 2 * Math.PI]
function f(x1: number, x2: number): number {
  return x1 * x2 + Math.sin(x1);
}
`;

describe('another point', () => {
  const panel = new Panel(TUTORIAL);

  test('values, derivatives and formulas are those of it', () => {
    const model = panel.model([['x1', 0.5]]);
    expect(model.moved).toBe(true);
    expect(model.inputs.map(({ label, value, sample }) => [label, value, sample])).toEqual([
      ['x1', 0.5, 2],
      ['x2', 3, 3],
    ]);
    expect(model.outputs[0]!.value).toBe(0.5 * 3 + Math.sin(0.5));
    expect(model.jacobian).toEqual([[3 + Math.cos(0.5), 0.5]]);
    expect(model.formulas.map(({ unicode, value }) => [unicode, value])).toEqual([
      ['x1·x2 + sin(x1)', 1.5 + Math.sin(0.5)],
      ['x2 + cos(x1)', 3 + Math.cos(0.5)],
      ['x1', 0.5],
    ]);
    expect(model.trace.at(-1)!.primal.value).toBe(1.5 + Math.sin(0.5));
  });

  test('the sample stays what it is', () => {
    panel.model([['x1', 0.5]]);
    const model = panel.model();
    expect(model.moved).toBe(false);
    expect(model.outputs[0]!.value).toBe(6 + Math.sin(2));
    expect(
      panel.model([
        ['x1', 2],
        ['nothing', 7],
      ]).moved,
    ).toBe(false);
  });

  test('sliders take @range, else what is around the sample', () => {
    expect(panel.model().inputs.map(({ range }) => range)).toEqual([
      { low: 0, high: 2 * Math.PI, given: true },
      { low: 0, high: 6, given: false },
    ]);
    const vector = new Panel(
      '// @differentiable at v = [1, 0, -3]\n// @range v[1] = [-2, 5]\n// @range v[2] = [1, 1]\nfunction f(v: number[]) { return v[0]! * v[1]! * v[2]!; }',
    );
    expect(vector.model().inputs.map(({ range: { low, high } }) => [low, high])).toEqual([
      [0, 2],
      [-2, 5],
      [-6, 0],
    ]);
  });

  test('another path is taken where it leads', () => {
    const relu = new Panel(
      '// @differentiable at x = -1\nfunction f(x: number) { return x > 0 ? x * x : 0.5 * x; }',
    );
    expect(relu.model().jacobian).toEqual([[0.5]]);
    expect(relu.model([['x', 3]]).jacobian).toEqual([[6]]);
    expect(relu.model([['x', 3]]).tape!.guards[0]!.value).toBe(1);
  });

  test('a point without derivatives has values, one without a value keeps its sliders', () => {
    const text = `// @differentiable at x = 2
function f(x: number) {
  if (x < 0) throw new Error('negative');
  return x === 1 ? 5 : Math.floor(x) * x;
}`;
    const steps = new Panel(text);
    const thrown = steps.model([['x', -1]]);
    expect(thrown.refused).toBe(true);
    expect(thrown.problems[0]!.id).toBe('GL013');
    expect(thrown.trace).toEqual([]);
    expect(thrown.inputs.map(({ label, value, sample }) => [label, value, sample])).toEqual([['x', -1, 2]]);
    const tangled = new Panel(
      '// @differentiable at x = 0\nfunction f(x: number) { return Math.sqrt(x) / Math.sqrt(x); }',
    );
    const there = tangled.model();
    expect(there.trace.length).toBeGreaterThan(1);
    expect(there.inputs).toHaveLength(1);
    expect(tangled.model([['x', 4]]).jacobian).toEqual([[0]]);
  });

  test('a derivative that is refused leaves the values, and an empty Jacobian', () => {
    const nearest = new Panel(`// @differentiable at c = 2.3
function f(c: number) {
  let best = 0, least = Infinity;
  for (let i = 0; i <= 4000; i++) {
    const far = Math.abs((i / 1000) ** 2 - c);
    if (far < least) { least = far; best = i / 1000; }
  }
  return best + 0 * c;
}`);
    const model = nearest.model();
    expect(model.problems.map(({ id }) => id)).toEqual(['GL113']);
    expect(model.refused).toBe(true);
    expect(model.jacobian).toEqual([]);
    expect(numberOf(model.outputs[0]!.value)).toBeCloseTo(1.517, 12);
    expect(model.trace.every(({ tangent, adjoint }) => tangent === null && adjoint === null)).toBe(true);
  });

  test('what a search finds has a derivative, the path to it none', () => {
    const model = new Panel(`// @differentiable at c = 2
function f(c: number) {
  let low = 0, high = 4;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (middle * middle > c) high = middle; else low = middle;
  }
  return low + 0 * c;
}`).model();
    expect(model.problems.map(({ id, severity }) => [id, severity])).toEqual([['GL113', 'information']]);
    expect(model.jacobian[0]![0]).toBeCloseTo(Math.SQRT1_2 / 2, 12);
    expect(model.trace.every(({ adjoint }) => adjoint === null)).toBe(true);
  });

  test('inputs that are held fixed stay so elsewhere', () => {
    const power = new Panel(
      '// @differentiable at x = 2, n = 3\nfunction f(x: number, n: number) { let p = 1; for (let i = 0; i < n; i++) p *= x; return p; }',
    );
    expect(power.model().inputs.map(({ label }) => label)).toEqual(['x']);
    const there = power.model([
      ['x', 5],
      ['n', 4],
    ]);
    expect(there.outputs[0]!.value).toBe(125);
    expect(there.jacobian).toEqual([[75]]);
    expect(there.fixed).toEqual([{ label: 'n', value: 3 }]);
  });
});

test('a loop that goes on until a flag is set has a model without formulas', () => {
  const { formulas, outputs } = new Panel(`// @differentiable at x = 1.5
function f(x: number): number {
  let w = x < 1 ? x : Math.log(x);
  for (;;) {
    const ew = Math.exp(w), g = w * ew - x;
    const step = g / (ew * (w + 1) - (w + 2) * g / (2 * w + 2));
    w -= step;
    if (Math.abs(step) <= 1e-15 * (1 + Math.abs(w))) return w;
  }
}`).model();
  expect(formulas).toEqual([]);
  // Lambert's W: w·exp(w) = x.
  const w = numberOf(outputs[0]!.value);
  expect(w * Math.exp(w)).toBeCloseTo(1.5, 14);
});

describe('whether the sweeps are shown', () => {
  const reason = (text: string) => {
    const { special, specialReason, trace } = new Panel(text).model();
    expect(special).toBe(specialReason !== null);
    expect(trace.every(({ tangent }) => (tangent === null) === special)).toBe(true);
    return specialReason;
  };

  test('of an iteration that has settled they are: their result is the closed form', () => {
    const panel = new Panel(`// @differentiable at M = 1, e = 0.3
function f(M: number, e: number): number {
  let E = M;
  for (let step = 0; step < 20; step++) {
    const error = E - e * Math.sin(E) - M;
    E -= error / (1 - e * Math.cos(E));
    if (Math.abs(error) < 1e-12) break;
  }
  return E;
}`);
    const { special, trace, outputs } = panel.model();
    expect(special).toBe(false);
    const E = numberOf(outputs[0]!.value);
    expect(numberOf(trace[0]!.adjoint!.value)).toBeCloseTo(1 / (1 - 0.3 * Math.cos(E)), 9);
    expect(numberOf(trace[1]!.adjoint!.value)).toBeCloseTo(Math.sin(E) / (1 - 0.3 * Math.cos(E)), 9);
  });

  test('at a kink, where digits are lost, without a derivative they are not', () => {
    expect(reason('// @differentiable at x = 0\nfunction f(x: number) { return Math.abs(x); }')).toMatch(
      /kink at 0/,
    );
    expect(
      reason('// @differentiable at x = 0\nfunction f(x: number) { return Math.abs(x) - Math.abs(x); }'),
    ).toMatch(/kink at 0/);
    const lost =
      '// @differentiable at x = 1e-7\nfunction f(x: number) { return (1 - Math.cos(x)) / (x * x); }';
    expect(reason(lost)).toMatch(/^Digits are lost/);
    expect(reason('// @differentiable at x = 1\nfunction f(x: number) { return Math.exp(x); }')).toBeNull();
  });
});

/** `loop for (…) × 3 [2, 8)`, indented, with what it folds. */
function outline({ kind, name, trips, first, end, children }: PanelRegion, depth = 0): string[] {
  const times = kind === 'loop' ? ` × ${trips}` : '';
  return [
    `${'  '.repeat(depth)}${kind} ${name}${times} [${first}, ${end})`,
    ...children.flatMap((child) => outline(child, depth + 1)),
  ];
}

describe('what folds', () => {
  test('calls, loops, their rounds, statements', () => {
    const panel = new Panel(`// @differentiable at x = 1.5, y = 2
function f(x: number, y: number): number {
  const r = norm(x, y) / 2;
  let s = 0;
  for (const w of [1, 2]) {
    const t = Math.sin(w * r);
    s += t * t;
  }
  return s;
}
function norm(a: number, b: number) {
  return Math.sqrt(a * a + b * b);
}
`);
    const { regions } = panel.model();
    expect(outline(regions!)).toEqual([
      'function f [2, 15)',
      '  statement r = norm(x, y) / 2 [2, 7)',
      '    call norm(x, y) [2, 6)',
      '      statement return Math.sqrt(a * a + b * b) [2, 6)',
      '  loop for (const w of [1, 2]) × 2 [7, 15)',
      '    iteration iteration 1 [7, 11)',
      '      statement t = Math.sin(w * r) [7, 9)',
      '      statement s += t * t [9, 11)',
      '    iteration iteration 2 [11, 15)',
      '      statement t = Math.sin(w * r) [11, 13)',
      '      statement s += t * t [13, 15)',
    ]);
    expect(panel.at(regions!.children[0]!.children[0]!.location)).toBe('norm(x, y)');
    expect(panel.at(regions!.children[1]!.location)).toMatch(/^for \(const w of \[1, 2\]\)/);
  });

  test('a callback is a part of the round that calls it', () => {
    const panel = new Panel(
      '// @differentiable at v = [1, 2, 3]\nfunction f(v: number[]) { return v.reduce((s, x) => s + x * x, 1); }',
    );
    const [loop] = panel.model().regions!.children;
    expect(loop).toMatchObject({ kind: 'loop', trips: 3 });
    expect(loop!.children.map(({ kind, rows }) => [kind, rows])).toEqual([
      ['iteration', 2],
      ['iteration', 2],
      ['iteration', 2],
    ]);
  });

  test('rows stand in one part each, and what is left out is counted', () => {
    const panel = new Panel(
      '// @differentiable at x = 1\nfunction f(x: number) { let s = 0; for (let i = 0; i < 3000; i++) s += Math.sin(x * i); return s; }',
    );
    const { regions, trace, leftOut, tape } = panel.model();
    const [loop] = regions!.children;
    expect(loop!.trips).toBe(3000);
    expect(loop!.rows).toBe(trace.length - 1 + leftOut.rows);
    expect(tape).not.toBeNull();
    let end = loop!.first;
    for (const child of loop!.children) {
      expect(child.first).toBeGreaterThanOrEqual(end);
      expect(child.end).toBeGreaterThan(child.first);
      end = child.end;
    }
    expect(end).toBeLessThanOrEqual(loop!.end);
    expect(loop!.children.at(-1)!.trips).toBe(3000);
  });

  test('an exception that is caught, a recursion, a generator: parts end with what is around them', () => {
    const panel = new Panel(`// @differentiable at x = 2
function f(x: number): number {
  let s = 0;
  try { s = risky(x); } catch { s = 2 * x; }
  for (const y of powers(x)) s += y;
  return s + fact(3, x);
}
function risky(x: number): number { const y = x * x; if (y > 1) throw new Error('no'); return y; }
function* powers(x: number) { let p = x; for (let i = 0; i < 3; i++) { yield p; p *= x; } }
function fact(n: number, x: number): number { return n === 0 ? x : n * fact(n - 1, x); }
`);
    const model = panel.model();
    // x² + … is thrown away: 2x + (x + x² + x³) + 6x.
    expect(model.outputs[0]!.value).toBe(4 + 14 + 12);
    const visit = (region: PanelRegion): void => {
      let last = region.first;
      for (const child of region.children) {
        expect(child.first).toBeGreaterThanOrEqual(last);
        expect(child.end).toBeLessThanOrEqual(region.end);
        last = child.end;
        visit(child);
      }
    };
    visit(model.regions!);
    expect(outline(model.regions!).join('\n')).toContain('call fact(3, x)');
  });
});

describe('why', () => {
  const why = (text: string) => {
    const panel = new Panel(text);
    const model = panel.model();
    return model.why.map(({ kind, culprit, path, problem, input }) => ({
      kind,
      culprit: culprit === null ? null : panel.at(model.trace[culprit]!.location),
      path: path.map((row) => panel.at(model.trace[row]!.location)),
      id: problem === null ? null : model.problems[problem]!.id,
      input: input === null ? null : model.inputs[input]!.label,
    }));
  };

  test('the operation that overflows, and all that is made of it', () => {
    expect(
      why(
        '// @differentiable at x = 800\nfunction f(x: number) { const y = x * 2; return Math.sin(x) + 3 * Math.exp(y); }',
      ),
    ).toEqual([
      {
        kind: 'infinite',
        culprit: 'Math.exp(y)',
        path: ['Math.exp(y)', '3 * Math.exp(y)', 'Math.sin(x) + 3 * Math.exp(y)'],
        id: 'GL107',
        input: null,
      },
    ]);
  });

  test('a singularity', () => {
    const [first] = why(
      '// @differentiable at x = 0, y = 1\nfunction f(x: number, y: number) { return 2 * Math.sqrt(x) + y; }',
    );
    expect(first).toMatchObject({ kind: 'singular', culprit: 'Math.sqrt(x)', id: 'GL106' });
    expect(first!.path).toEqual(['Math.sqrt(x)', '2 * Math.sqrt(x)', '2 * Math.sqrt(x) + y']);
  });

  test('a dependence that is lost', () => {
    const [first] = why(
      '// @differentiable at x = 1.5, y = 1\nfunction f(x: number, y: number) { return Math.floor(x) * y; }',
    );
    expect(first).toMatchObject({ kind: 'lost', culprit: 'Math.floor(x)', id: 'GL102' });
    expect(first!.path).toEqual(['Math.floor(x)', 'Math.floor(x) * y']);
  });

  test('a component that is 0: masked, cancelled, or not there', () => {
    const of = (body: string) =>
      why(`// @differentiable at x = -1, y = 2\nfunction f(x: number, y: number) { return ${body}; }`)
        .filter(({ input }) => input === 'x')
        .map(({ kind, culprit }) => [kind, culprit]);
    expect(of('Math.max(0, 3 * x) + y')).toEqual([['zero', 'Math.max(0, 3 * x)']]);
    expect(of('(2 * x - x - x) * y')).toEqual([['zero', '2 * x - x - x']]);
    expect(of('(x * 0) + y')).toEqual([['zero', 'x * 0']]);
    expect(of('y > 1 ? y : x')).toEqual([['zero', null]]);
    expect(of('x + y')).toEqual([]);
  });

  test('a component that is huge', () => {
    expect(
      why(
        '// @differentiable at x = 1\nfunction f(x: number) { const d = x - 0.999999999999; return 1e-12 / d + Math.sin(x); }',
      ),
    ).toMatchObject([{ kind: 'huge', culprit: '1e-12 / d', input: 'x' }]);
  });
});

describe('differences', () => {
  test('agree to as many digits as they can tell', () => {
    const [x1, x2] = new Panel(TUTORIAL).differences({ point: [['x1', 0.5]] });
    expect(x1).toMatchObject({ input: 'x1', derivative: 3 + Math.cos(0.5), side: 'both' });
    expect(Math.abs(x1!.difference! - (3 + Math.cos(0.5)))).toBeLessThanOrEqual(x1!.error!);
    expect(x1!.digits).toBeGreaterThanOrEqual(9);
    expect(x1!.digits).toBe(x1!.told);
    expect(x2!.derivative).toBe(0.5);
    expect(x2!.digits).toBeGreaterThanOrEqual(9);
  });

  test('a component that is 0 agrees too', () => {
    const [row] = new Panel(
      '// @differentiable at x = 2\nfunction f(x: number) { return 5 + 0 * x; }',
    ).differences();
    expect(row).toMatchObject({ derivative: 0, difference: 0 });
    expect(row!.digits).toBeGreaterThanOrEqual(9);
  });

  test('to one side where the function ends or turns', () => {
    const end = new Panel(
      '// @differentiable at x = 0\nfunction f(x: number) { return Math.sqrt(x) * Math.sqrt(x) * Math.sqrt(x); }',
    );
    expect(end.differences()[0]).toMatchObject({ side: 'above' });
    const kink = new Panel(
      '// @differentiable at x = 0\nfunction f(x: number) { return Math.abs(x) + Math.exp(x); }',
    );
    const [row] = kink.differences();
    expect(row).toMatchObject({ side: 'above', derivative: 2 });
    expect(row!.difference).toBeCloseTo(2, 9);
    expect(row!.digits).toBeGreaterThanOrEqual(7);
  });

  test('without a value beside the point they tell nothing', () => {
    const alone = new Panel(
      '// @differentiable at x = 0\nfunction f(x: number) { if (x !== 0) throw new Error("elsewhere"); return x + 1; }',
    );
    expect(alone.differences()[0]).toMatchObject({ difference: null, digits: null, side: 'none' });
  });

  test('of one output of several', () => {
    const panel = new Panel(
      '// @differentiable at x = 2\nfunction f(x: number) { return [x * x, x * x * x]; }',
    );
    expect(panel.differences({ output: 1 })[0]!.difference).toBeCloseTo(12, 8);
    expect(panel.ask(PANEL_DIFFERENCES, { output: 2 })).toBeNull();
  });
});

describe('plots', () => {
  const PIECES =
    '// @differentiable at x = 2, y = -1\nfunction f(x: number, y: number) { return Math.max(0, x * y + 1) + (x > 2.5 ? 7 : y); }';

  test('values and slopes, with kinks and jumps where they are', () => {
    const panel = new Panel(PIECES);
    const plot = panel.plot({ axes: [{ input: 'x', low: -3, high: 4, count: 29 }] })!;
    expect(plot.complete).toBe(true);
    plot.at[0]!.forEach((x, k) => {
      expect(plot.values[k]).toBe(Math.max(0, 1 - x) + (x > 2.5 ? 7 : -1));
      // At the kink and at the tie before the jump nothing is said, or a slope of one side.
      if (x !== 1 && x !== 2.5) expect(plot.partials[0]![k]).toBe(x < 1 ? -1 : 0);
    });
    expect(plot.marks.map(({ kind, at }) => [kind, at])).toEqual([
      ['kink', 1],
      ['jump', 2.5],
    ]);
    const [kink, jump] = plot.marks;
    expect([kink!.below!.slope, kink!.above!.slope].map((slope) => numberOf(slope!) + 0)).toEqual([-1, 0]);
    expect([jump!.below!.value, jump!.above!.value]).toEqual([-1, 7]);
    expect(panel.at(kink!.location)).toBe('Math.max(0, x * y + 1)');
    expect(panel.at(jump!.location)).toBe('x > 2.5');
  });

  test('the other inputs are where they have been moved to', () => {
    const plot = new Panel(PIECES).plot({
      axes: [{ input: 'y', low: -1, high: 1, count: 3 }],
      point: [['x', 4]],
    })!;
    expect(plot.values).toEqual([7, 8, 12]);
  });

  test('poles and ends', () => {
    const marks = (body: string) =>
      new Panel(`// @differentiable at x = 2\nfunction f(x: number) { return ${body}; }`)
        .plot({ axes: [{ input: 'x', low: -3, high: 4, count: 40 }] })!
        .marks.map(({ kind, at, below, above }) => [kind, at, below === null, above === null]);
    expect(marks('1 / (x - 0.3)')).toEqual([['pole', 0.3, false, false]]);
    expect(marks('Math.tan(x)').map(([kind, at]) => [kind, Number((at as number).toFixed(9))])).toEqual([
      ['pole', -1.570796327],
      ['pole', 1.570796327],
    ]);
    expect(marks('Math.sqrt(x)')).toEqual([['end', 0, true, false]]);
    // A value that stands by itself.
    expect(marks('x === 0 ? 5 : x * x').length).toBeLessThanOrEqual(1);
    expect(marks('x * Math.abs(x)')).toEqual([]);
  });

  test('slopes of an iteration are confirmed by differences, those of a search are not shown', () => {
    const newton = new Panel(`// @differentiable at a = 2
function f(a: number) { let x = 1; while (Math.abs(x * x - a) > 1e-12) x = (x + a / x) / 2; return x; }`);
    const plot = newton.plot({ axes: [{ input: 'a', low: 0.5, high: 4, count: 15 }] })!;
    plot.at[0]!.forEach((a, k) => {
      const slope = plot.partials[0]![k];
      if (slope !== null) expect(Math.abs(numberOf(slope!) * 2 * Math.sqrt(a) - 1)).toBeLessThan(2e-5);
    });
    expect(plot.partials[0]!.filter((slope) => slope !== null).length).toBeGreaterThan(10);
    const bisection = new Panel(`// @differentiable at c = 2
function f(c: number) {
  let low = 0, high = 4;
  for (let i = 0; i < 40; i++) { const m = (low + high) / 2; if (m * m > c) high = m; else low = m; }
  return low + 0 * c;
}`);
    const searched = bisection.plot({ axes: [{ input: 'c', low: 1, high: 3, count: 9 }] })!;
    expect(searched.partials[0]!.every((slope) => slope === null)).toBe(true);
    searched.at[0]!.forEach((c, k) => expect(numberOf(searched.values[k]!)).toBeCloseTo(Math.sqrt(c), 9));
  });

  test('over a grid of two, in the order of the axes', () => {
    const panel = new Panel(
      '// @differentiable at y = -1, x = 2\nfunction f(y: number, x: number) { return x * x * y + Math.abs(y); }',
    );
    const plot = panel.plot({
      axes: [
        { input: 'x', low: -3, high: 3, count: 4 },
        { input: 'y', low: -1, high: 2, count: 3 },
      ],
    })!;
    const [xs, ys] = plot.at as [number[], number[]];
    expect(xs).toEqual([-3, -1, 1, 3]);
    expect(ys).toEqual([-1, 0.5, 2]);
    ys.forEach((y, j) => {
      xs.forEach((x, i) => {
        const k = j * xs.length + i;
        expect(plot.values[k]).toBe(x * x * y + Math.abs(y));
        expect(plot.partials[0]![k]).toBe(2 * x * y);
        expect(plot.partials[1]![k]).toBe(x * x + Math.sign(y));
        // |y| has two pieces.
        expect(plot.paths[k] === plot.paths[0]).toBe(y < 0);
      });
    });
  });

  test('where there is no value, and what is no plot', () => {
    const panel = new Panel(
      '// @differentiable at x = 2\nfunction f(x: number) { if (x < 0) throw new Error("negative"); return x; }',
    );
    const plot = panel.plot({ axes: [{ input: 'x', low: -1, high: 1, count: 5 }] })!;
    expect(plot.values).toEqual([null, null, 0, 0.5, 1]);
    expect(plot.paths.slice(0, 2)).toEqual([-1, -1]);
    expect(plot.marks).toMatchObject([{ kind: 'end', at: 0, below: null }]);
    const axis = { input: 'x', low: 0, high: 1, count: 5 };
    for (const axes of [
      [],
      [axis, axis],
      [{ ...axis, input: 'z' }],
      [{ ...axis, low: 2 }],
      [{ ...axis, count: 1e9 }],
      [{ ...axis, count: 2.5 }],
    ])
      expect(panel.plot({ axes })).toBeNull();
    expect(panel.plot({ axes: [axis], output: 3 })).toBeNull();
  });
});
