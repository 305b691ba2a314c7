import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchRows } from '../../core/graph/fold/search.ts';
import { edgeNumbers } from '../../core/graph/fold/totals.ts';
import {
  enclosingRegion,
  type FoldedGraph,
  foldGraph,
  NOTHING_FOLDED,
  unfoldedTo,
  withFolded,
} from '../../core/graph/fold.ts';
import type { PanelModel, PanelRegion } from '../../core/graph/panelModel.types.ts';
import { graphs, modelOf, partialIn, region, type Slope, waysBetween } from './rows.ts';

const on = (...rows: number[]): Slope[] => rows.map((from) => ({ from, slope: 1 }));

/** x; then s = x·x + x for each of `trips` rounds, two rows each; then a row. */
function loopModel(
  trips: number,
  extra: readonly PanelRegion[] = [],
  numberOf = (trip: number): number => trip,
): Pick<PanelModel, 'trace' | 'regions'> {
  const rows: Slope[][] = [[]];
  const iterations: PanelRegion[] = [];
  for (let trip = 1; trip <= trips; trip++) {
    const first = rows.length;
    rows.push(on(first - 1, 0), on(first));
    iterations.push(
      region({ kind: 'iteration', name: `iteration ${trip}`, first, end: first + 2, trips: numberOf(trip) }),
    );
  }
  const end = rows.length;
  rows.push(on(end - 1));
  return modelOf(
    rows,
    region({ kind: 'loop', name: 'for i', first: 1, end, trips }, ...iterations),
    ...extra,
  );
}

const labels = ({ nodes }: FoldedGraph): string[] =>
  nodes.map(({ region: box, row }) => box?.label ?? `w${row + 1}`);

describe('foldGraph', () => {
  it('draws small graphs row by row', () => {
    const folded = foldGraph(loopModel(3));
    expect(labels(folded)).toEqual(['w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'w7', 'w8']);
    expect(folded.nodes.map(({ kind }) => kind)).toEqual([
      'input',
      ...Array.from({ length: 6 }, () => 'operation'),
      'output',
    ]);
  });

  it('makes a loop one box, which unfolds iteration by iteration', () => {
    const model = loopModel(12);
    const first = foldGraph(model, { limit: 10 });
    expect(labels(first)).toEqual(['w1', 'for i × 12', 'w26']);
    expect(first.nodes[1]!.ports).toEqual([{ from: 0, rows: [0], operand: -1 }]);
    expect(first.nodes[1]!.results).toEqual([24]);
    expect(first.nodes[2]!.ports).toEqual([{ from: 1, rows: [24], operand: 0 }]);

    const loop = withFolded(NOTHING_FOLDED, first.nodes[1]!.region!.id, false);
    const second = foldGraph(model, { limit: 10, state: loop });
    expect(labels(second)).toEqual([
      'w1',
      ...Array.from({ length: 12 }, (_, i) => `iteration ${i + 1}`),
      'w26',
    ]);

    const third = foldGraph(model, {
      limit: 10,
      state: withFolded(loop, second.nodes[3]!.region!.id, false),
    });
    expect(labels(third).slice(2, 6)).toEqual(['iteration 2', 'w6', 'w7', 'iteration 4']);
    expect(enclosingRegion(third, 5)!.label).toBe('iteration 3');
    const back = foldGraph(model, {
      limit: 10,
      state: withFolded(loop, enclosingRegion(third, 5)!.id, true),
    });
    expect(labels(back)).toEqual(labels(second));
  });

  it('groups the iterations of a long loop', () => {
    const model = loopModel(120);
    const loop = foldGraph(model, { limit: 10 }).nodes[1]!.region!.id;
    const folded = foldGraph(model, { limit: 10, state: withFolded(NOTHING_FOLDED, loop, false) });
    expect(labels(folded).slice(0, 3)).toEqual(['w1', 'iterations 1–10', 'iterations 11–20']);
    expect(folded.nodes).toHaveLength(14);
  });

  it('keeps the rounds before and after what was left out apart', () => {
    const model = loopModel(44, [], (trip) => (trip <= 25 ? trip : trip + 1000));
    const loop = foldGraph(model, { limit: 10 }).nodes[1]!.region!.id;
    const folded = foldGraph(model, { limit: 10, state: withFolded(NOTHING_FOLDED, loop, false) });
    expect(labels(folded)).toEqual([
      'w1',
      'iterations 1–10',
      'iterations 11–20',
      'iterations 21–25',
      'iterations 1026–1030',
      'iterations 1031–1040',
      'iterations 1041–1044',
      'w90',
    ]);
  });

  it('unfolds calls and statements as deep as the limit lets it, everywhere alike; loops stay boxes', () => {
    const rows: Slope[][] = [[]];
    for (let i = 0; i < 16; i++) rows.push(on(i));
    const call = (first: number): PanelRegion =>
      region(
        { kind: 'call', name: 'g(x)', first, end: first + 4 },
        region({ kind: 'statement', name: 'const a = x', first, end: first + 2 }),
      );
    const loop = region({ kind: 'loop', name: 'for i', first: 9, end: 16, trips: 1 }, call(9));
    const model = modelOf(rows, call(1), call(5), loop);
    const shown = (limit: number): string[] => labels(foldGraph(model, { limit }));
    expect(shown(9)).toEqual([
      'w1',
      'const a = x',
      'w4',
      'w5',
      'const a = x',
      'w8',
      'w9',
      'for i × 1',
      'w17',
    ]);
    expect(shown(8)).toEqual(['w1', 'g(x)', 'g(x)', 'for i × 1', 'w17']);
    expect(shown(11)).toHaveLength(11);
    expect(shown(17)).toHaveLength(17);
  });

  it('shows the rounds of a loop that is all of the function', () => {
    const rows: Slope[][] = [[], on(0), on(1), on(2), on(3)];
    const rounds = [1, 2].map((trips) =>
      region({
        kind: 'iteration',
        name: `iteration ${trips}`,
        first: 2 * trips - 1,
        end: 2 * trips + 1,
        trips,
      }),
    );
    const model = modelOf(
      rows,
      region({ kind: 'loop', name: 'for i', first: 1, end: 5, trips: 2 }, ...rounds),
    );
    expect(labels(foldGraph(model, { limit: 4 }))).toEqual(['w1', 'iteration 1', 'iteration 2']);
  });

  it('folds a small graph where it is asked to', () => {
    const model = loopModel(3);
    const id = foldGraph(model, { limit: 4 }).nodes[1]!.region!.id;
    expect(labels(foldGraph(model, { state: withFolded(NOTHING_FOLDED, id, true) }))).toEqual([
      'w1',
      'for i × 3',
      'w8',
    ]);
  });

  it('knows a region after rows were added before it', () => {
    const id = foldGraph(loopModel(12), { limit: 10 }).nodes[1]!.region!.id;
    const rows: Slope[][] = [[], on(0), on(1)];
    for (let i = 0; i < 24; i++) rows.push(on(rows.length - 1));
    const shifted = modelOf(
      rows,
      region({ kind: 'statement', name: 'const y = g(x)', first: 1, end: 3 }),
      region({ kind: 'loop', name: 'for i', first: 3, end: 27, trips: 12 }),
    );
    expect(foldGraph(shifted, { limit: 10 }).nodes.map(({ region: box }) => box?.id)).toContain(id);
  });

  it('knows a statement by what it assigns to', () => {
    const idOf = (name: string): string =>
      foldGraph(modelOf([[], on(0), on(1)], region({ kind: 'statement', name, first: 1, end: 3 })), {
        limit: 1,
        state: NOTHING_FOLDED,
      }).regions!.children[0]!.id;
    expect(idOf('const y = x * x')).toBe(idOf('const y = x * x + 1'));
    expect(idOf('const y = x')).not.toBe(idOf('const z = x'));
    expect(idOf('return a === b ? x : y')).not.toBe(idOf('return x'));
    expect(idOf('y += x')).toBe(idOf('y += x + 1'));
  });

  it('makes the elements of an input one box', () => {
    const rows: Slope[][] = Array.from({ length: 20 }, () => []);
    for (let i = 0; i < 20; i++) rows.push(on(i, Math.max(0, rows.length - 1)));
    const plain = modelOf(rows);
    const trace = plain.trace.map((row, i) =>
      i === 0 || i > 19 ? row : { ...row, primal: { ...row.primal, right: `x[${i - 1}]` } },
    );
    const folded = foldGraph({ ...plain, trace }, { limit: 30 });
    expect(labels(folded).slice(0, 3)).toEqual(['w1', 'x[0] … x[18]', 'w21']);
    expect(folded.nodes[1]!.results).toHaveLength(19);
    const whole = foldGraph({ ...plain, trace }, { state: unfoldedTo(NOTHING_FOLDED, folded, 4), limit: 30 });
    expect(labels(whole)).toHaveLength(40);
    expect(enclosingRegion(whole, 4)!.label).toBe('x[0] … x[18]');
    expect(labels(foldGraph({ ...plain, trace }))).toHaveLength(40);
  });

  it('opens the way to a row', () => {
    const model = loopModel(120);
    const state = unfoldedTo(NOTHING_FOLDED, foldGraph(model), 101);
    const folded = foldGraph(model, { state });
    expect(folded.nodes[folded.nodeOf[101]!]).toMatchObject({ row: 101, region: null });
    expect(folded.nodes.length).toBeLessThan(40);
  });

  it('puts every row into one node, and joins nodes as their rows are joined', () => {
    fc.assert(
      fc.property(graphs, fc.array(fc.nat(20), { minLength: 2, maxLength: 6 }), (rows, cuts) => {
        const inputs = rows.findIndex((operands) => operands.length > 0);
        const at = [...new Set(cuts.map((cut) => inputs + (cut % (rows.length - inputs))))].sort(
          (a, b) => a - b,
        );
        const boxes = at.flatMap((first, i) => {
          const end = at[i + 1];
          return i % 2 === 1 || end === undefined
            ? []
            : [region({ kind: 'statement', name: `s${i}`, first, end })];
        });
        const model = modelOf(rows, ...boxes);
        const folded = foldGraph(model, { limit: 1 });
        expect(folded.nodeOf.every((node) => node >= 0)).toBe(true);
        const wanted = new Set(
          rows.flatMap((operands, to) =>
            operands.map(({ from }) => `${folded.nodeOf[from]} ${folded.nodeOf[to]}`),
          ),
        );
        const joined = folded.nodes.flatMap(({ ports }, to) =>
          ports.flatMap((port) => (port === null ? [] : [`${port.from} ${to}`])),
        );
        const between = [...wanted].filter((link) => new Set(link.split(' ')).size === 2);
        expect(new Set(joined)).toEqual(new Set(between));
        for (const link of joined)
          expect(Number(link.split(' ')[0])).toBeLessThan(Number(link.split(' ')[1]));
        expect(new Set(folded.nodes.map(({ key }) => key)).size).toBe(folded.nodes.length);
      }),
    );
  });
});

describe('edgeNumbers', () => {
  it('is the sum over all ways through a box, where there is one entry and one result', () => {
    fc.assert(
      fc.property(graphs, fc.nat(20), fc.nat(20), (rows, a, b) => {
        const inputs = rows.findIndex((operands) => operands.length > 0);
        const first = inputs + (a % (rows.length - inputs));
        const end = first + 1 + (b % (rows.length - first));
        const model = modelOf(rows, region({ kind: 'statement', name: 's', first, end }));
        const folded = foldGraph(model, { limit: 1 });
        const numbers = edgeNumbers(folded, model.trace, partialIn(model.trace));
        const box = folded.nodes.findIndex(({ kind }) => kind === 'box');
        if (box < 0) return;
        const { ports, results } = folded.nodes[box]!;
        ports.forEach((port, i) => {
          const said = numbers[box]![i] ?? null;
          if (said === null || said.value === null) return;
          const ways = waysBetween(rows, port!.rows[0]!, results[0]!, (row) => row >= first && row < end);
          const sum = ways.reduce((total, { product }) => total + product, 0);
          expect(said.value).toBeCloseTo(sum, 9);
          expect([port!.rows.length, results.length]).toEqual([1, 1]);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('gives no number for several results, and none for a box with rows left out', () => {
    const rows: Slope[][] = [[], [{ from: 0, slope: 2 }], [{ from: 0, slope: 3 }], on(1, 2)];
    const two = modelOf(rows, region({ kind: 'statement', name: 's', first: 1, end: 3 }));
    const folded = foldGraph(two, { limit: 1 });
    expect(edgeNumbers(folded, two.trace, partialIn(two.trace))[1]).toEqual([
      { value: null, size: 3, from: 0, to: 1 },
    ]);
    const more = [...rows, on(3)];
    const partly = modelOf(more, region({ kind: 'statement', name: 's', first: 1, end: 4, rows: 9 }));
    const [, box] = edgeNumbers(foldGraph(partly, { limit: 1 }), partly.trace, partialIn(partly.trace));
    expect(box).toEqual([{ value: null, size: null, from: 0, to: 3 }]);
  });
});

describe('searchRows', () => {
  const model = loopModel(3);
  it('finds rows by name, operation and text', () => {
    expect(searchRows(model, 'W3')).toEqual([2]);
    expect(searchRows(model, 'r3')).toEqual([2]);
    expect(searchRows(model, 'add')).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(searchRows(model, 'for i')).toEqual([6]);
    expect(searchRows(model, 'iteration 2')).toEqual([4]);
    expect(searchRows(model, ' ')).toEqual([]);
    expect(searchRows(model, 'nothing')).toEqual([]);
  });

  it('puts the row that is named first', () => {
    const long = loopModel(12);
    expect(searchRows(long, 'w2').slice(0, 2)).toEqual([1, 19]);
  });
});
