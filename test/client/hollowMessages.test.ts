// What is not whole is ignored by the page: real messages with parts taken out or replaced.
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANSWERS } from '../../client/panel/answers.ts';
import { FIRST_CHOICE, keepChoice } from '../../client/panel/choice.ts';
import { isToPage, type PanelState, readState, type ToPage } from '../../client/panel/messages.ts';
import { LiveTapes, place } from '../../client/panel/motion.ts';
import { modelNumbers, pointOf } from '../../client/panel/numbers.ts';
import { followAxes } from '../../client/panel/plots/samples.ts';
import { stepEquations, stepsOf } from '../../client/panel/sweep.ts';
import { TABLE_FORMATS, tableText } from '../../client/panel/tableText.ts';
import { traceTable } from '../../client/panel/traceTable.ts';
import { formulaText, gradientRows, jacobianTable, rowAt } from '../../client/panel/view.ts';
import { foldGraph } from '../../core/graph/fold.ts';
import { layoutGraph } from '../../core/graph/layout.ts';
import { sceneOf } from '../../core/graph/scene.ts';
import {
  DIFFERENTIATE_SELECTION,
  type DifferentiateSelectionResult,
  PANEL_DIFFERENCES,
  PANEL_MODEL,
  PANEL_PLOT,
  type PanelDifferencesResult,
  type PanelModel,
  type PanelModelResult,
  type PanelPlotResult,
} from '../../server/protocol/messages.ts';
import { InProcess } from '../server/inProcess.ts';
import '../support/seed.ts';
import { TUTORIAL, URI } from './tutorialModel.ts';

/** All that the page makes of a model without a document. */
function useAll(model: PanelModel): void {
  for (const mode of ['forward', 'reverse'] as const) {
    const choice = { ...keepChoice(FIRST_CHOICE, true, model), mode };
    const live = new LiveTapes().of(model);
    const point = pointOf(model.inputs, {}).map((value) => value + 0.1);
    const numbers = place(model, live, point, choice, false).numbers ?? modelNumbers(model, choice);
    traceTable(model, numbers, choice, 4, { key: 'value', descending: true });
    for (const format of TABLE_FORMATS) tableText(model, numbers, choice, format);
    for (const step of stepsOf(model)) stepEquations(model, numbers, choice, step, 4);
    gradientRows(model, numbers, 4);
    jacobianTable(model, numbers, 4);
    const graph = foldGraph(model);
    const scene = sceneOf(model, graph, numbers, { mode, digits: 4 });
    layoutGraph(
      graph.nodes.map(({ key, ports }, index) => ({
        key,
        width: 80,
        height: 40,
        operands: ports.map((port) => port?.from ?? null),
        labels: scene.edges[index]!.map((edge) => edge?.label.length ?? 0),
      })),
      { frames: graph.frames },
    );
    if (live !== null && live.inputs > 0)
      followAxes(model, live, point, [{ input: 0, low: 0, high: 1, count: 3 }]);
  }
  formulaText(model, 'unicode');
  rowAt(model, URI, { line: 2, character: 12 });
}

const show = (model: PanelModel): Extract<ToPage, { kind: 'show' }> => ({
  kind: 'show',
  content: { source: { kind: 'function', function: { uri: URI, target: 'f' } }, version: 1, model },
  digits: 4,
  follow: true,
});

function modelsOf(uri: string, text: string, language = 'typescript'): PanelModel[] {
  const worker = new InProcess();
  worker.open(uri, text, language);
  const lines = text.split('\n');
  return lines.flatMap((line, at) => {
    if (!/@differentiable/.test(line)) return [];
    const found = worker.request<PanelModelResult | null>(PANEL_MODEL, {
      function: { uri, position: { line: at, character: 4 } },
    });
    return found === null ? [] : [found.model];
  });
}

const OTHERS = `
// @differentiable at x = 0
function kinked(x: number) { return Math.abs(x) + x; }
// @differentiable at x = 0
function infinite(x: number) { return [1 / x, Math.log(x), Math.sqrt(x)]; }
// @differentiable
function without(x: number) { return x * x; }
// @differentiable at x = 2
function refused(x: number) { return x * Date.now(); }
// @differentiable at x = [1, 2, 3, 4, 5, 6, 7]
function loops(x: number[]) { let s = 0; for (const one of x) for (let i = 0; i < 30; i++) s += Math.max(one, s / 2, i); return s; }
// @differentiable at x = 1, n = 150
function deep(x: number, n: number): number { return n === 0 ? x : 1 + 0.5 * deep(Math.sin(x), n - 1); }
`;

const examples = fs
  .readdirSync('examples')
  .filter((file) => /\.[jt]s$/.test(file))
  .flatMap((file) => {
    const text = fs.readFileSync(path.join('examples', file), 'utf8');
    return modelsOf(`file:///${file}`, text, file.endsWith('.js') ? 'javascript' : 'typescript');
  });
const others = modelsOf('file:///others.ts', OTHERS);

test('whole models are taken, over JSON', () => {
  expect(examples.length).toBeGreaterThan(20);
  expect(others.length).toBe(6);
  for (const model of [...examples, ...others, TUTORIAL]) {
    expect(isToPage(JSON.parse(JSON.stringify(show(model)))), model.title).toBe(true);
    useAll(model);
  }
});

type Path = readonly (string | number)[];

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...at, key]))];
}

const GONE = Symbol('gone');

/** A copy with the part at a path gone or replaced. */
function without(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  const copy: Record<string | number, unknown> = Array.isArray(value)
    ? ([...value] as never)
    : { ...(value as object) };
  if (rest.length === 0 && by === GONE) {
    if (Array.isArray(copy)) copy.splice(Number(key), 1);
    else delete copy[key];
  } else copy[key] = without(copy[key], rest, by);
  return copy;
}

/** A ring: structured clones may have some. */
const RING: Record<string, unknown> = {
  ...TUTORIAL.regions,
  kind: 'function',
  name: 'f',
  location: null,
  first: 2,
  end: 5,
  rows: 3,
  trips: null,
};
RING['children'] = [RING];

const REPLACEMENTS = [
  GONE,
  null,
  undefined,
  '',
  'x',
  -1,
  1e9,
  0.5,
  Number.NaN,
  true,
  [],
  {},
  [null],
  [[]],
  RING,
];

describe('a message that is not whole', () => {
  const messages = [TUTORIAL, ...others.filter(({ title }) => /kinked|infinite|without/.test(title))].map(
    (model) => JSON.parse(JSON.stringify(show(model))),
  );

  test('is ignored, or does no harm', () => {
    let ignored = 0;
    for (const message of messages)
      for (const at of pathsOf(message).slice(1))
        for (const by of REPLACEMENTS) {
          const other = without(message, at, by);
          if (!isToPage(other)) ignored++;
          else if (other.kind === 'show') {
            try {
              useAll(other.content.model);
            } catch (error) {
              throw new Error(`${at.join('.')} is ${String(by)}`, { cause: error });
            }
          }
        }
    expect(ignored).toBeGreaterThan(10_000);
  });

  test('nor do large ones', () => {
    const models = [...examples, ...others];
    const paths = models.map((model) => pathsOf(model).slice(1));
    fc.assert(
      fc.property(
        fc.nat(models.length - 1),
        fc.nat(),
        fc.constantFrom(...REPLACEMENTS),
        (which, part, by) => {
          const model = models[which]!;
          const other = show(without(model, paths[which]![part % paths[which]!.length]!, by) as PanelModel);
          if (isToPage(other)) useAll(model);
        },
      ),
      { numRuns: 400 },
    );
  });

  test.each([
    'version',
    'title',
    'trace',
    'inputs',
    'outputs',
    'jacobian',
    'leftOut',
    'regions',
    'tape',
    'problems',
    'seeds',
  ])('is one without its %s', (field) => {
    expect(isToPage(messages[0])).toBe(true);
    expect(isToPage(without(messages[0], ['content', 'model', field], GONE))).toBe(false);
  });

  test('or one that points to where nothing is', () => {
    const model = others.find(({ title }) => title.startsWith('loops'))!;
    const wrong = (at: Path, by: unknown): boolean => isToPage(show(without(model, at, by) as PanelModel));
    expect(wrong(['title'], 'other')).toBe(true);
    const rows = model.trace.length;
    expect(wrong(['inputs', 0, 'row'], rows)).toBe(false);
    expect(wrong(['outputs', 0, 'row'], rows)).toBe(false);
    expect(wrong(['trace', 20, 'operands', 0, 'row'], 20)).toBe(false);
    expect(wrong(['regions', 'children', 0, 'end'], rows + 1)).toBe(false);
    expect(wrong(['regions', 'children', 0], RING)).toBe(false);
    expect(wrong(['tape', 'a', 5], model.tape!.inputs + 5)).toBe(false);
    expect(wrong(['tape', 'op', 5], 77)).toBe(false);
    expect(wrong(['tape', 'guards'], [{ kind: 'key', row: 1e6, value: 1, site: -1 }])).toBe(false);
    expect(wrong(['tape', 'start'], [])).toBe(false);
  });
});

test('answers are held against what was asked', () => {
  const worker = new InProcess();
  const text =
    '// @differentiable at x = 1, y = 2\nfunction f(x: number, y: number) { return Math.max(x, 0) * y; }';
  worker.open(URI, text);
  const about = { function: { uri: URI, target: 'f' } };
  const axes = ['x', 'y'].map((input) => ({ input, low: -1, high: 1, count: 5 }));
  const requests = {
    [PANEL_MODEL]: worker.request<PanelModelResult>(PANEL_MODEL, { ...about, point: [['x', -1]] }),
    [PANEL_DIFFERENCES]: worker.request<PanelDifferencesResult>(PANEL_DIFFERENCES, about),
    [PANEL_PLOT]: worker.request<PanelPlotResult>(PANEL_PLOT, { ...about, axes }),
  };
  for (const [method, answer] of Object.entries(requests)) {
    const isAnswer = ANSWERS[method as keyof typeof ANSWERS] as (answer: unknown) => boolean;
    expect(isAnswer(answer), method).toBe(true);
    for (const field of Object.keys(answer))
      expect(isAnswer(without(answer, [field], GONE)), field).toBe(false);
    for (const other of Object.values(requests)) if (other !== answer) expect(isAnswer(other)).toBe(false);
  }
  const line = worker.request<PanelPlotResult>(PANEL_PLOT, { ...about, axes: axes.slice(0, 1) });
  expect(ANSWERS[PANEL_PLOT](line)).toBe(true);
  expect(ANSWERS[PANEL_PLOT]({ ...line, values: line.values.slice(1) })).toBe(false);
});

test('a selection is shown as it is answered', () => {
  const worker = new InProcess();
  worker.open(URI, '// @differentiable at x = 1\nfunction f(x: number) { return x * x + 1; }');
  const character = 'function f(x: number) { return '.length;
  const result = worker.request<DifferentiateSelectionResult>(DIFFERENTIATE_SELECTION, {
    uri: URI,
    range: { start: { line: 1, character }, end: { line: 1, character: character + 5 } },
  });
  if (result.kind !== 'result') throw new Error(result.kind);
  const { expression, model, function: reference } = result;
  const source = { kind: 'selection', expression, function: reference } as const;
  expect(isToPage({ kind: 'show', content: { source, version: null, model }, digits: 4, follow: true })).toBe(
    true,
  );
  expect(
    isToPage({ kind: 'show', content: { source: {}, version: null, model }, digits: 4, follow: true }),
  ).toBe(false);
});

test('what was stored is taken whole or not at all', () => {
  const state: PanelState = {
    version: 2,
    content: show(TUTORIAL).content,
    follow: true,
    digits: 4,
    choice: FIRST_CHOICE,
    moved: { x1: 2.5 },
    plot: { x: 'x1', y: null },
    graph: null,
  };
  expect(readState(state)).toEqual(state);
  expect(readState({ ...state, content: null })).toEqual({ ...state, content: null });
  for (const other of [
    undefined,
    7,
    { ...state, version: 1 },
    { ...state, content: { source: {}, version: 1, model: { version: 2, trace: [], inputs: [] } } },
    { ...state, choice: {} },
    { ...state, moved: { x1: 'a' } },
    { ...state, plot: null },
  ])
    expect(readState(other)).toBeNull();
});
