/** Finds rows of a trace by what they are called, what they do, and what the source says. */
import type { PanelModel } from '../panelModel.types.ts';
import { type FoldRegion, regionTree } from './regions.ts';

/**
 * Rows that hold all words of the query, in the order of the trace: in their name, their equation, their operation, or
 * in the text of a region, whose last row is meant then. Small letters find capital ones too.
 */
export function searchRows(
  { trace, regions }: Pick<PanelModel, 'trace' | 'regions'>,
  query: string,
): number[] {
  const words = query
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const holds = (text: string): boolean => {
    const small = text.toLocaleLowerCase();
    return words.every((word) => small.includes(word));
  };
  const found = new Set<number>();
  trace.forEach(({ name, op, primal }, row) => {
    const exact = words.length === 1 && words[0] === primal.left;
    if (exact || holds(`${name ?? ''} ${op ?? ''} ${primal.left} = ${primal.right}`)) found.add(row);
  });
  const visit = (region: FoldRegion): void => {
    if (region.kind !== 'function' && holds(region.label)) found.add(region.end - 1);
    region.children.forEach(visit);
  };
  if (regions !== null) visit(regionTree(regions));
  // `w1` is meant before `w10` and w2 = sin(w1).
  const whole = trace.findIndex(({ primal, name }) => primal.left === query.trim() || name === query.trim());
  const rows = [...found].sort((a, b) => a - b);
  return whole < 0 ? rows : [whole, ...rows.filter((row) => row !== whole)];
}
