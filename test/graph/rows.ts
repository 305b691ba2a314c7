/** Traces for tests of the graph, from operands and partials alone. */
import fc from 'fast-check';
import type { PanelModel, PanelRegion, PanelRow } from '../../core/graph/panelModel.types.ts';

export interface Slope {
  readonly from: number;
  readonly slope: number | null;
}

/** A row for each list of operands; no operands: an input. The last row is the output. */
export function traceOf(rows: readonly (readonly Slope[])[], output = rows.length - 1): PanelRow[] {
  return rows.map((operands, row) => ({
    index: row + 1,
    name: null,
    kind: operands.length === 0 ? 'input' : 'operation',
    op: operands.length === 0 ? null : 'add',
    primal: { left: `w${row + 1}`, right: operands.length === 0 ? `x${row + 1}` : `r${row + 1}`, value: 0 },
    tangent: null,
    adjoint: null,
    operands: operands.map(({ from, slope }) => ({
      row: from < 0 ? null : from,
      text: `w${from + 1}`,
      value: 0,
      partial: slope === null ? null : String(slope),
      partialValue: slope,
    })),
    output: row === output,
    location: null,
  }));
}

export function partialIn(trace: readonly PanelRow[]): (row: number, port: number) => number | null {
  return (row, port) => trace[row]!.operands[port]!.partialValue as number | null;
}

type Region = Partial<PanelRegion> & Pick<PanelRegion, 'kind' | 'name' | 'first' | 'end'>;

export function region(given: Region, ...children: readonly PanelRegion[]): PanelRegion {
  return { location: null, rows: given.end - given.first, trips: null, children, ...given };
}

export function modelOf(
  rows: readonly (readonly Slope[])[],
  ...children: readonly PanelRegion[]
): Pick<PanelModel, 'trace' | 'regions'> {
  const inputs = rows.findIndex((operands) => operands.length > 0);
  const regions = region({ kind: 'function', name: 'f', first: inputs, end: rows.length }, ...children);
  return { trace: traceOf(rows), regions };
}

/** All ways from one row to another, as products of slopes; through the given rows alone. */
export function waysBetween(
  rows: readonly (readonly Slope[])[],
  from: number,
  to: number,
  through: (row: number) => boolean,
  passed: readonly string[] = [],
): { product: number; links: readonly string[] }[] {
  return rows[to]!.flatMap(({ from: operand, slope }, port) => {
    if (operand < 0 || slope === null) return [];
    const links = [`${to} ${port}`, ...passed];
    const here = operand === from ? [{ product: slope, links }] : [];
    if (operand <= from || !through(operand)) return here;
    const further = waysBetween(rows, from, operand, through, links);
    return [...here, ...further.map((way) => ({ product: way.product * slope, links: way.links }))];
  });
}

/** Small graphs of a few inputs, with slopes between −2 and 2. */
export const graphs = fc
  .tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.array(
      fc.array(fc.tuple(fc.nat(50), fc.integer({ min: -20, max: 20 })), { minLength: 1, maxLength: 2 }),
      { minLength: 3, maxLength: 12 },
    ),
  )
  .map(([inputs, operations]): Slope[][] => [
    ...Array.from({ length: inputs }, () => []),
    ...operations.map((operands, i) =>
      operands.map(([pick, slope]) => ({
        from: Math.max(0, inputs + i - 1 - (pick % (inputs + i))),
        slope: slope / 10,
      })),
    ),
  ]);
