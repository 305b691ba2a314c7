import { describe, expect, it } from 'vitest';
import { treeLines } from '../../client/panel/treeLines.ts';
import type { Drawing } from '../../core/graph/drawing.ts';
import type { FoldedGraph, FoldRegion } from '../../core/graph/fold.ts';

const region = (id: string, first: number, end: number): FoldRegion => ({
  id,
  kind: 'loop',
  label: `loop ${id}`,
  location: null,
  first,
  end,
  complete: true,
  depth: 1,
  parent: null,
  children: [],
});
const node = (row: number, folded: FoldRegion | null = null): FoldedGraph['nodes'][number] => ({
  key: `n${row}`,
  kind: folded === null ? 'operation' : 'box',
  row,
  region: folded,
  results: [row],
  ports: [],
});
const edge = (from: number, to: number, port: number) => ({
  from,
  to,
  port,
  key: `${from}-${to}`,
  description: `∂w${to}`,
});

/** w0; a loop of w1 and w2 that is unfolded; a folded loop that uses w2. */
const graph = {
  nodes: [node(0), node(1), node(2), node(9, region('b', 3, 10))],
  open: [region('a', 1, 3)],
};
const drawing = {
  nodes: graph.nodes.map(({ row }) => ({ description: `node ${row}`, heading: `w${row}` })),
  edges: [edge(0, 1, 0), edge(0, 2, 0), edge(1, 2, 1), edge(2, 3, 0)],
} as unknown as Drawing;

const text = (withEdges: string[] = []): string[] =>
  treeLines(graph, drawing, new Set(withEdges)).map(
    ({ level, text: said, expanded }) =>
      `${'  '.repeat(level - 1)}${expanded === null ? '·' : expanded ? '▾' : '▸'} ${said}`,
  );

describe('the graph as a tree', () => {
  it('has every node once, within what is unfolded around it', () => {
    expect(text()).toEqual(['· node 0', '▾ loop a', '  ▸ node 1', '  ▸ node 2', '▸ node 9']);
  });

  it('has the edges into a node below it', () => {
    expect(text(['n2'])).toEqual([
      '· node 0',
      '▾ loop a',
      '  ▸ node 1',
      '  ▾ node 2',
      '    · from w0: ∂w2',
      '    · from w1: ∂w2',
      '▸ node 9',
    ]);
  });

  it('folds and unfolds by regions, and a box has no edges of its own to show', () => {
    const lines = treeLines(graph, drawing, new Set(['n9']));
    expect(lines.map(({ region: id }) => id)).toEqual([null, 'a', null, null, 'b']);
    expect(lines.at(-1)!.expanded).toBe(false);
  });

  it('is empty while the picture is of another graph', () => {
    expect(treeLines({ ...graph, nodes: graph.nodes.slice(1) }, drawing, new Set())).toEqual([]);
  });
});
