import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Sensitivity, sensitivity } from '../../core/graph/sensitivity.ts';
import { graphs, partialIn, type Slope, traceOf, waysBetween } from './rows.ts';

function ofRows(rows: readonly (readonly Slope[])[], share?: number): Sensitivity {
  const trace = traceOf(rows);
  const query = { input: 0, output: rows.length - 1, ...(share === undefined ? {} : { share }) };
  return sensitivity(trace, partialIn(trace), query);
}

const link = (from: number, slope: number): Slope => ({ from, slope });

describe('sensitivity', () => {
  // f = 100·x + sin-like chain of slope 1 + 0.5·x
  const ROWS: Slope[][] = [
    [],
    [link(0, 100)],
    [link(0, 1)],
    [link(0, 0.5)],
    [link(1, 1), link(2, 1)],
    [link(4, 1), link(3, 1)],
  ];

  it('keeps the ways that carry the share and says what it left out', () => {
    const found = ofRows(ROWS);
    expect([...found.rows]).toEqual([1, 1, 0, 0, 1, 1]);
    expect(found.share).toBeCloseTo(100 / 101.5, 12);
    expect(found.component).toBe(101.5);
    expect(found.kept).toBe(100);
    expect(found.dropped).toBe(2);
    expect(found.note).toBe(
      'Shown are 4 of 6 nodes; their paths carry 98.5 % of the component, by absolute contribution. Left out: 2 on weaker paths.',
    );
    expect(found.edge(4, 0)).toBe(true);
    expect(found.edge(4, 1)).toBe(false);
  });

  it('keeps more when more is asked for', () => {
    expect([...ofRows(ROWS, 0.99).rows]).toEqual([1, 1, 1, 0, 1, 1]);
    expect([...ofRows(ROWS, 1).rows]).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('keeps large contributions that cancel', () => {
    const found = ofRows([
      [],
      [link(0, 1000)],
      [link(0, -1000)],
      [link(0, 1)],
      [link(1, 1), link(2, 1)],
      [link(4, 1), link(3, 1)],
    ]);
    expect([...found.rows]).toEqual([1, 1, 1, 0, 1, 1]);
    expect(found.component).toBe(1);
    expect(found.kept).toBe(0);
  });

  it('keeps all ways where numbers overflow, and where they vanish', () => {
    for (const slope of [1e200, 1e-200, Number.NaN, Number.POSITIVE_INFINITY]) {
      const found = ofRows(
        [[], [link(0, slope)], [link(1, slope)], [link(2, 1), link(0, 1e-9)]].map((row, i) =>
          i < 3 || slope !== 1e-200 ? row : [link(2, 1)],
        ),
      );
      expect(
        found.rows.every((on) => on === 1),
        String(slope),
      ).toBe(true);
      expect(found.share, String(slope)).toBeNaN();
      expect(found.note).toContain('overflow or vanish');
    }
  });

  it('says where nothing flows', () => {
    expect(ofRows([[], [], [link(1, 2)]]).note).toBe('Nothing flows from this input to the result.');
  });

  it('carries the share that it says, with as few edges as it takes', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 50, max: 99 }), (rows, percent) => {
        const output = rows.length - 1;
        const ways = waysBetween(rows, 0, output, () => true).filter(({ product }) => product !== 0);
        const found = ofRows(rows, percent / 100);
        const weight = (links: (link: string) => boolean): number =>
          ways
            .filter((way) => way.links.every(links))
            .reduce((sum, { product }) => sum + Math.abs(product), 0);
        const kept = (text: string): boolean => {
          const [row, port] = text.split(' ').map(Number);
          return found.edge(row!, port!);
        };
        const total = weight(() => true);
        if (total === 0) return;
        const carried = weight(kept);
        expect(found.share).toBeCloseTo(carried / total, 9);
        expect(carried).toBeGreaterThanOrEqual((percent / 100) * total * (1 - 1e-9));
        const signed = ways.reduce((sum, { product }) => sum + product, 0);
        expect(found.component).toBeCloseTo(signed, 9);
        // Without the weakest of the kept edges it would be too little.
        const through = (text: string): number =>
          ways
            .filter((way) => way.links.includes(text))
            .reduce((sum, { product }) => sum + Math.abs(product), 0);
        const edges = [...new Set(ways.flatMap(({ links }) => links))].filter(kept);
        const least = Math.min(...edges.map(through));
        const without = weight((text) => kept(text) && through(text) > least * (1 + 1e-9));
        expect(without).toBeLessThan((percent / 100) * total * (1 + 1e-9));
      }),
      { numRuns: 200 },
    );
  });
});
