/** Derivatives along the edges of a folded graph: a row's own partials, and the sums over all ways through a box. */
import type { FoldedGraph, FoldedNode, FoldedPort } from '../fold.ts';
import type { PanelRow } from '../panelModel.types.ts';

/** ∂(row)/∂(operand); null where nothing flows. */
export type PartialOf = (row: number, port: number) => number | null;

export interface EdgeNumber {
  /** ∂(to)/∂(from), where the edge stands for one such pair of rows; null where it stands for several. */
  readonly value: number | null;
  /** The largest of those it stands for, in absolute value; null where nothing is known of them. */
  readonly size: number | null;
  readonly from: number;
  readonly to: number;
}

/** Boxes with more results than this are not differentiated: their edges carry no number. */
const MOST_RESULTS = 6;

/** The number of each port of each node; null where nothing flows through it. */
export function edgeNumbers(
  graph: FoldedGraph,
  trace: readonly PanelRow[],
  partial: PartialOf,
): (EdgeNumber | null)[][] {
  return graph.nodes.map((node, index) =>
    node.region === null ? rowNumbers(node, partial) : boxNumbers(graph, node, index, trace, partial),
  );
}

function rowNumbers({ row, ports }: FoldedNode, partial: PartialOf): (EdgeNumber | null)[] {
  return ports.map((port) => {
    const value = port === null ? null : partial(row, port.operand);
    return value === null ? null : { value, size: Math.abs(value), from: port!.rows[0]!, to: row };
  });
}

function boxNumbers(
  { nodeOf }: FoldedGraph,
  { region, results, ports }: FoldedNode,
  index: number,
  trace: readonly PanelRow[],
  partial: PartialOf,
): (EdgeNumber | null)[] {
  const { first, end, complete } = region!;
  const plain = ports as readonly FoldedPort[];
  if (!complete || results.length === 0 || results.length > MOST_RESULTS)
    return plain.map(({ rows }) => ({
      value: null,
      size: null,
      from: rows[0]!,
      to: results.at(-1) ?? first,
    }));
  const totals = results.map((result) =>
    adjointsThrough(first, end, result, (row) => nodeOf[row] === index, trace, partial),
  );
  return plain.map(({ rows }) => {
    const values = rows.flatMap((row) => totals.flatMap((total) => total.get(row) ?? []));
    if (values.length === 0) return null;
    const single = rows.length === 1 && results.length === 1;
    const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return { value: single ? values[0]! : null, size, from: rows[0]!, to: results[0]! };
  });
}

/** The adjoints that a result's own adjoint 1 gives to rows outside, through the rows of a box alone. */
function adjointsThrough(
  first: number,
  end: number,
  result: number,
  inside: (row: number) => boolean,
  trace: readonly PanelRow[],
  partial: PartialOf,
): Map<number, number> {
  const adjoint = new Float64Array(end - first);
  const outside = new Map<number, number>();
  adjoint[result - first] = 1;
  for (let row = result; row >= first; row--) {
    const own = adjoint[row - first]!;
    if (own === 0 || !inside(row)) continue;
    trace[row]!.operands.forEach((operand, port) => {
      if (operand.row === null) return;
      const slope = partial(row, port);
      if (slope === null) return;
      const within = operand.row >= first && inside(operand.row);
      if (within) {
        if (slope !== 0) adjoint[operand.row - first]! += own * slope;
      } else outside.set(operand.row, (outside.get(operand.row) ?? 0) + own * slope);
    });
  }
  return outside;
}
