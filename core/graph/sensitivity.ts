/**
 * Which part of a trace carries a component of the gradient: the ways from one input to the output, each of which
 * contributes the product of its local partials. Kept are the edges that the largest contributions go over, as few as
 * carry the share that is asked for; what the rest would have added is told.
 */
import type { PartialOf } from './fold/totals.ts';
import type { PanelRow } from './panelModel.types.ts';

export interface Sensitivity {
  /** By row: 1 where a way that is kept leads through it. */
  readonly rows: Uint8Array;
  edge(row: number, port: number): boolean;
  /** How much of all ways' absolute contributions the kept ones carry, 0 … 1; NaN where those are not finite. */
  readonly share: number;
  /** The component, and what of it the kept ways add up to. */
  readonly component: number;
  readonly kept: number;
  /** Rows on ways from the input to the output, and how many of them are left out. */
  readonly onPaths: number;
  readonly dropped: number;
  /** What was left out, in words. */
  readonly note: string;
}

/** A link of the trace that a derivative flows through. */
interface Flow {
  readonly from: number;
  readonly to: number;
  readonly port: number;
  readonly slope: number;
  readonly size: number;
}

export interface SensitivityQuery {
  /** Rows of the input and of the output. */
  readonly input: number;
  readonly output: number;
  /** 0 … 1; by default 0.95. */
  readonly share?: number;
}

export function sensitivity(
  trace: readonly PanelRow[],
  partial: PartialOf,
  { input, output, share = 0.95 }: SensitivityQuery,
): Sensitivity {
  const flows = flowsOf(trace, partial);
  const size = ({ size }: Flow): number => size;
  const before = forward(trace.length, flows, input, size);
  const after = backward(trace.length, flows, output, size);
  const total = before[output]!;
  const component = forward(trace.length, flows, input, ({ slope }) => slope)[output]!;
  const onWay = flows.filter(({ from, to }) => before[from]! > 0 && after[to]! > 0);
  const contribution = onWay.map(({ from, to, size }) => before[from]! * size * after[to]!);
  // Where numbers overflow, vanish or are NaN nothing can be weighed: all that leads from the input to the output is kept.
  const vanished = total === 0 && onWays(trace.length, flows, input, output).length > 0;
  const measured = !vanished && Number.isFinite(total) && contribution.every(Number.isFinite);
  const chosen = measured
    ? fewest(trace.length, onWay, contribution, { input, output, share, total })
    : reachable(trace, input, output);
  return told(trace.length, measured ? onWay : reachable(trace, input, output), chosen, {
    input,
    output,
    total,
    component,
    measured,
  });
}

function flowsOf(trace: readonly PanelRow[], partial: PartialOf): Flow[] {
  return trace.flatMap(({ operands }, to) =>
    operands.flatMap((operand, port): Flow[] => {
      const slope = operand.row === null ? null : partial(to, port);
      if (slope === null || slope === 0) return [];
      return [{ from: operand.row!, to, port, slope, size: Math.abs(slope) }];
    }),
  );
}

/** Sums over all ways from the input; `flows` stand in the order of their ends. */
function forward(
  length: number,
  flows: readonly Flow[],
  input: number,
  weight: (flow: Flow) => number,
): Float64Array {
  const sums = new Float64Array(length);
  sums[input] = 1;
  for (const flow of flows) if (sums[flow.from] !== 0) sums[flow.to]! += sums[flow.from]! * weight(flow);
  return sums;
}

function backward(
  length: number,
  flows: readonly Flow[],
  output: number,
  weight: (flow: Flow) => number,
): Float64Array {
  const sums = new Float64Array(length);
  sums[output] = 1;
  for (let i = flows.length - 1; i >= 0; i--) {
    const flow = flows[i]!;
    if (sums[flow.to] !== 0) sums[flow.from]! += sums[flow.to]! * weight(flow);
  }
  return sums;
}

/** The edges of largest contribution, as few as leave whole ways that carry the share. */
function fewest(
  length: number,
  flows: readonly Flow[],
  contribution: readonly number[],
  { input, output, share, total }: Required<SensitivityQuery> & { total: number },
): Flow[] {
  const levels = [...new Set(contribution)].sort((a, b) => b - a);
  const above = (level: number): Flow[] => flows.filter((_, i) => contribution[i]! >= level);
  const carried = (level: number): number =>
    forward(length, above(level), input, ({ size }) => size)[output]!;
  let [low, high] = [0, levels.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    // Sums of the same terms in another order differ in their last digits.
    if (carried(levels[middle]!) >= share * total * (1 - 1e-12)) high = middle;
    else low = middle + 1;
  }
  return onWays(length, levels.length === 0 ? [] : above(levels[low]!), input, output);
}

function onWays(length: number, flows: readonly Flow[], input: number, output: number): Flow[] {
  const one = (): number => 1;
  const before = forward(length, flows, input, one);
  const after = backward(length, flows, output, one);
  return flows.filter(({ from, to }) => before[from]! > 0 && after[to]! > 0);
}

/** All that leads from the input to the output, whatever the numbers. */
function reachable(trace: readonly PanelRow[], input: number, output: number): Flow[] {
  const all = trace.flatMap(({ operands }, to) =>
    operands.flatMap(({ row, partial }, port): Flow[] =>
      row === null || partial === null ? [] : [{ from: row, to, port, slope: 1, size: 1 }],
    ),
  );
  return onWays(trace.length, all, input, output);
}

function told(
  length: number,
  onWay: readonly Flow[],
  chosen: readonly Flow[],
  {
    input,
    output,
    total,
    component,
    measured,
  }: { input: number; output: number; total: number; component: number; measured: boolean },
): Sensitivity {
  const rows = rowsOf(length, chosen, input, output);
  const onPaths = rowsOf(length, onWay, input, output).reduce((sum, on) => sum + on, 0);
  const shown = rows.reduce((sum, on) => sum + on, 0);
  const edges = new Set(chosen.map(({ to, port }) => `${to} ${port}`));
  const carried = forward(length, chosen, input, ({ size }) => size)[output]!;
  const kept = forward(length, chosen, input, ({ slope }) => slope)[output]!;
  const share = measured ? (total === 0 ? 1 : carried / total) : Number.NaN;
  return {
    rows,
    edge: (row, port) => edges.has(`${row} ${port}`),
    share,
    component,
    kept: measured ? kept : component,
    onPaths,
    dropped: onPaths - shown,
    note: noteOf({ total, share, measured, shown, onPaths, all: length }),
  };
}

function rowsOf(length: number, flows: readonly Flow[], input: number, output: number): Uint8Array {
  const rows = new Uint8Array(length);
  rows[input] = 1;
  rows[output] = 1;
  for (const { from, to } of flows) {
    rows[from] = 1;
    rows[to] = 1;
  }
  return rows;
}

function noteOf(said: {
  total: number;
  share: number;
  measured: boolean;
  shown: number;
  onPaths: number;
  all: number;
}): string {
  const { total, share, measured, shown, onPaths, all } = said;
  if (!measured)
    return `The contributions cannot be weighed, they overflow or vanish: shown are all ${shown} of ${all} nodes that lead from the input to the result.`;
  if (total === 0) return 'Nothing flows from this input to the result.';
  const percent = (100 * share).toFixed(share > 0.9995 ? 0 : 1);
  const dropped = onPaths - shown;
  const rest = all - onPaths;
  const left = [
    ...(dropped > 0 ? [`${dropped} on weaker paths`] : []),
    ...(rest > 0
      ? [`${rest} that ${rest === 1 ? 'is' : 'are'} on no path from this input to the result`]
      : []),
  ];
  const carried = `Shown are ${shown} of ${all} nodes; their paths carry ${percent} % of the component, by absolute contribution.`;
  return left.length === 0 ? carried : `${carried} Left out: ${left.join(', and ')}.`;
}
