/** The tutorial's function as an analysis made by hand: f(x1, x2) = x1·x2 + sin(x1) at (2, 3). */
import type { FunctionAnalysis, Observation } from '../../core/analysis/model.ts';
import { op, variable } from '../../core/expression/build.ts';
import { OPCODE } from '../../core/operations/names.ts';
import { NUMBER } from '../../core/source/shape.ts';
import { type Span, span } from '../../core/source/span.ts';
import type { FunctionNode, Parameter, Statement } from '../../core/source/syntax.ts';
import { NONE, Tape } from '../../core/trace/tape.ts';
import type { View } from '../../server/features/view.ts';

export const URI = 'file:///tutorial.ts';
export const TEXT = `function f(x1: number, x2: number): number {
  const p = x1 * x2;
  const s = Math.sin(x1);
  return p + s;
}`;

export function spanOf(part: string, from = 0): Span {
  const start = TEXT.indexOf(part, from);
  return span(start, start + part.length);
}

const X1 = variable('x1');
const X2 = variable('x2');

function parameter(name: string): Parameter {
  const at = spanOf(name);
  return {
    span: at,
    target: { kind: 'name', name, span: at },
    name,
    rest: false,
    optional: false,
    shape: NUMBER,
  };
}

function statements(): Statement[] {
  const p = spanOf('p = x1', TEXT.indexOf('const p'));
  const s = spanOf('s = Math', TEXT.indexOf('const s'));
  const returned = spanOf('p + s');
  const name = (text: string, start: number) =>
    ({ kind: 'name', name: text, span: span(start, start + text.length) }) as const;
  const value = (part: string) => ({ ...name('x1', spanOf(part).start), span: spanOf(part) });
  return [
    {
      kind: 'declare',
      mode: 'const',
      target: name('p', p.start),
      value: value('x1 * x2'),
      shape: NUMBER,
      span: spanOf('const p = x1 * x2;'),
    },
    {
      kind: 'declare',
      mode: 'const',
      target: name('s', s.start),
      value: value('Math.sin(x1)'),
      shape: NUMBER,
      span: spanOf('const s = Math.sin(x1);'),
    },
    {
      kind: 'return',
      value: {
        kind: 'binary',
        operator: '+',
        left: name('p', returned.start),
        right: name('s', returned.end - 1),
        span: returned,
      },
      span: spanOf('return p + s;'),
    },
  ];
}

export function tutorialAnalysis(): FunctionAnalysis {
  const node: FunctionNode = {
    name: 'f',
    nameSpan: span(9, 10),
    parameters: [parameter('x1'), parameter('x2')],
    body: {
      kind: 'block',
      scope: [
        { name: 'p', mode: 'const' },
        { name: 's', mode: 'const' },
      ],
      functions: [],
      statements: statements(),
      span: span(TEXT.indexOf('{'), TEXT.length),
    },
    vars: [],
    arrow: false,
    strict: true,
    generator: false,
    async: false,
    usesArguments: false,
    usesThis: false,
    returns: NUMBER,
    span: span(0, TEXT.length),
  };
  const tape = new Tape();
  const site = (part: string): number => tape.sites.push({ file: URI, statement: 1, span: spanOf(part) }) - 1;
  tape.input(2, site('x1'));
  tape.input(3, site('x2'));
  tape.push(OPCODE.mul, 0, 1, 6, site('x1 * x2'));
  tape.push(OPCODE.sin, 0, NONE, Math.sin(2), site('Math.sin(x1)'));
  tape.push(OPCODE.add, 2, 3, 6 + Math.sin(2), site('p + s'));
  const seen = (part: Span, value: number, row: number): Observation => ({
    span: part,
    value,
    row,
    count: 1,
  });
  const [first, second, third] = statements() as [Statement, Statement, Statement];
  const target = (statement: Statement) =>
    statement.kind === 'declare' ? statement.target.span : statement.span;
  return {
    target: { file: URI, statement: 1, path: ['f'], name: 'f', nameSpan: span(9, 10), node },
    annotation: { span: span(0, 0), differentiable: true, samples: [], ranges: [], problems: [] },
    sampleIndex: 0,
    sampleCount: 1,
    sample: {
      inputs: [
        { label: 'x1', path: ['0'], value: 2, row: 0, parameter: 0 },
        { label: 'x2', path: ['1'], value: 3, row: 1, parameter: 1 },
      ],
      fixed: [],
      passive: [],
      kinks: [],
      outputs: [{ label: '', path: [], value: 6 + Math.sin(2), row: 4 }],
      // By hand: ∂f/∂x1 = x2 + cos(x1), ∂f/∂x2 = x1.
      jacobian: [[3 + Math.cos(2), 2]],
      tape,
      adjoints: Float64Array.of(3 + Math.cos(2), 2, 1, 1, 1),
      observations: [
        seen(target(first), 6, 2),
        seen(spanOf('x1 * x2'), 6, 2),
        seen(target(second), Math.sin(2), 3),
        seen(spanOf('Math.sin(x1)'), Math.sin(2), 3),
        seen((third as Extract<Statement, { kind: 'return' }>).value!.span, 6 + Math.sin(2), 4),
      ],
    },
    formulas: {
      scope: 'stage',
      value: op('add', op('mul', X1, X2), op('sin', X1)),
      partials: [op('add', X2, op('cos', X1)), X1],
      inputs: ['x1', 'x2'],
    },
    problems: [],
    steps: 10,
  };
}

/** dp/dx1 = x2, dp/dx2 = x1, ds/dx1 = cos(x1) …, by hand. */
export const TANGENTS: readonly (readonly number[])[] = [
  [1, 0],
  [0, 1],
  [3, 2],
  [Math.cos(2), 0],
  [3 + Math.cos(2), 2],
];

export function viewOf(analysis: FunctionAnalysis, changes: Partial<View> = {}): View {
  const lines = TEXT.split('\n');
  const position = (offset: number) => {
    const before = TEXT.slice(0, offset).split('\n');
    return { line: before.length - 1, character: before.at(-1)!.length };
  };
  return {
    uri: URI,
    analysis,
    outdated: false,
    reference: { uri: URI, target: 'f' },
    locate: (location) => ({
      uri: location.file,
      range: { start: position(location.span.start), end: position(location.span.end) },
    }),
    text: (part) => TEXT.slice(part.start, part.end),
    position,
    line: (line) => lines[line] ?? '',
    ...changes,
  };
}
