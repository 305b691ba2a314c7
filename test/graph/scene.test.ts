import { describe, expect, it } from 'vitest';
import { foldGraph, NOTHING_FOLDED, withFolded } from '../../core/graph/fold.ts';
import { magnitudeOf, STEPS, stepText } from '../../core/graph/magnitude.ts';
import type { PanelModel } from '../../core/graph/panelModel.types.ts';
import { type Scene, sceneOf } from '../../core/graph/scene.ts';
import { modelOf, partialIn, region, type Slope } from './rows.ts';

const BAR = 'w\u0304';

/** w1 = x1, w2 = x2, w3 = w1·w2, w4 = sin(w1), w5 = w3 + w4 at (2, 3), as the textbook has it. */
const SLOPES: Slope[][] = [
  [],
  [],
  [
    { from: 0, slope: 3 },
    { from: 1, slope: 2 },
  ],
  [{ from: 0, slope: Math.cos(2) }],
  [
    { from: 2, slope: 1 },
    { from: 3, slope: 1 },
  ],
];
const EQUATIONS = ['x1', 'x2', 'w1·w2', 'sin(w1)', 'w3 + w4'];

function textbook(...children: Parameters<typeof region>[1][]): Pick<PanelModel, 'trace' | 'regions'> {
  const model = modelOf(SLOPES, ...children);
  const trace = model.trace.map((row, i) => ({
    ...row,
    name: i === 2 ? 'product' : i < 2 ? EQUATIONS[i]! : null,
    primal: { ...row.primal, right: EQUATIONS[i]! },
    tangent: { left: `ẇ${i + 1}`, right: '', values: [] },
    adjoint: { left: `${BAR}${i + 1}`, right: '', value: 0 },
    operands: row.operands.map((operand) => (i === 3 ? { ...operand, partial: 'cos(w1)' } : operand)),
  }));
  return { ...model, trace };
}

const NUMBERS = {
  values: [2, 3, 6, Math.sin(2), 6 + Math.sin(2)],
  tangents: [1, 0, 3, Math.cos(2), 3 + Math.cos(2)],
  adjoints: [3 + Math.cos(2), 2, 1, 1, 1],
};

function drawn(
  model: Pick<PanelModel, 'trace' | 'regions'>,
  mode: 'forward' | 'reverse',
  folded = '',
): Scene {
  const state = folded === '' ? NOTHING_FOLDED : withFolded(NOTHING_FOLDED, folded, true);
  const graph = foldGraph(model, { state });
  return sceneOf(model, graph, { ...NUMBERS, partial: partialIn(model.trace) }, { mode, digits: 4 });
}

describe('sceneOf', () => {
  it('names nodes by w and by the user, with value and tangent', () => {
    const { nodes } = drawn(textbook(), 'forward');
    expect(nodes.map(({ heading }) => heading)).toEqual([
      'w1 = x1',
      'w2 = x2',
      'product: w3 = w1·w2',
      'w4 = sin(w1)',
      'w5 = w3 + w4',
    ]);
    expect(nodes.map(({ value }) => value)).toEqual(['= 2', '= 3', '= 6', '≈ 0.9093', '≈ 6.909']);
    expect(nodes.map(({ derivative }) => derivative)).toEqual([
      'ẇ1 = 1',
      'ẇ2 = 0',
      'ẇ3 = 3',
      'ẇ4 ≈ −0.4161',
      'ẇ5 ≈ 2.584',
    ]);
    expect(nodes.map(({ magnitude }) => magnitude)).toEqual([3, 'zero', 3, 2, 3]);
    expect(nodes[2]!.description).toBe('product, w3 = w1·w2 = 6, tangent = 3');
  });

  it('has adjoints in reverse mode', () => {
    expect(drawn(textbook(), 'reverse').nodes.map(({ derivative }) => derivative)).toEqual([
      `${BAR}1 ≈ 2.584`,
      `${BAR}2 = 2`,
      `${BAR}3 = 1`,
      `${BAR}4 = 1`,
      `${BAR}5 = 1`,
    ]);
  });

  it('puts the local partial on each edge, as formula and number', () => {
    const { edges } = drawn(textbook(), 'forward');
    expect(edges.map((ports) => ports.map((edge) => edge?.label))).toEqual([
      [],
      [],
      ['3', '2'],
      ['cos(w1) ≈ −0.4161'],
      ['1', '1'],
    ]);
    expect(edges[3]![0]!.description).toBe('∂w4/∂w1 = cos(w1) ≈ −0.4161');
    expect(edges[3]![0]!.magnitude).toBe(2);
  });

  it('gives a box its results and what flows through it', () => {
    const model = textbook(region({ kind: 'statement', name: 'const t = …', first: 3, end: 5 }));
    const id = foldGraph(model, { limit: 1 }).nodes.at(-1)!.region!.id;
    const { nodes, edges } = drawn(model, 'reverse', id);
    expect(nodes[3]).toMatchObject({
      kind: 'box',
      heading: 'const t = …',
      value: 'w5 ≈ 6.909',
      derivative: `${BAR}5 = 1`,
      description: `const t = …, folded, 2 nodes, w5 ≈ 6.909, adjoint ${BAR}5 = 1`,
    });
    expect(edges[3]!.map((edge) => [edge!.label, edge!.description])).toEqual([
      ['−0.4161', '∂w5/∂w1 ≈ −0.4161, all paths inside'],
      ['1', '∂w5/∂w3 = 1, all paths inside'],
    ]);
  });

  it('names two results, and counts more', () => {
    const both = textbook(region({ kind: 'call', name: 'g(x)', first: 2, end: 4 }));
    const id = foldGraph(both, { limit: 1 }).nodes[2]!.region!.id;
    const { nodes, edges } = drawn(both, 'forward', id);
    expect(nodes[2]).toMatchObject({
      value: 'product = 6, w4 ≈ 0.9093',
      derivative: 'ẇ3 = 3, ẇ4 ≈ −0.4161',
    });
    expect(edges[2]!.map((edge) => edge!.label)).toEqual(['', '']);
    expect(edges[2]!.map((edge) => edge!.magnitude)).toEqual([3, 3]);
  });

  it('says nothing about slopes where there are none', () => {
    const model = textbook();
    const numbers = { ...NUMBERS, tangents: null, adjoints: null, partial: partialIn(model.trace) };
    const { nodes, edges } = sceneOf(model, foldGraph(model), numbers, { mode: 'forward', digits: 4 });
    expect(nodes.every(({ derivative, magnitude }) => derivative === null && magnitude === 'unknown')).toBe(
      true,
    );
    expect(edges.flat().every((edge) => edge!.label === '' && edge!.magnitude === 'unknown')).toBe(true);
  });
});

describe('magnitudeOf', () => {
  it('goes in tens, with zero and what is no number apart', () => {
    expect([1e-9, 0.0099, 0.05, 0.5, 1, 9.99, 10, 99, 100, 1e300].map(magnitudeOf)).toEqual([
      0, 0, 1, 2, 3, 3, 4, 4, 5, 5,
    ]);
    expect([0, null, Number.NaN, Number.POSITIVE_INFINITY].map(magnitudeOf)).toEqual([
      'zero',
      'unknown',
      'singular',
      'singular',
    ]);
  });

  it('agrees with what the legend says', () => {
    expect(STEPS.map(stepText)).toEqual(['< 0.01', '0.01 – 0.1', '0.1 – 1', '1 – 10', '10 – 100', '≥ 100']);
  });
});
