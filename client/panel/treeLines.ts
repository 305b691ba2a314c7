/**
 * The picture of the graph as a tree, line by line: what is unfolded around its nodes, the nodes, and under each node
 * the edges into it. It says what the picture shows, nothing else.
 */
import type { Drawing } from '../../core/graph/drawing.ts';
import type { FoldedGraph, FoldRegion } from '../../core/graph/fold.ts';

export interface TreeLine {
  readonly key: string;
  /** From 1. */
  readonly level: number;
  readonly text: string;
  /** null: there is nothing below it. */
  readonly expanded: boolean | null;
  /** Row of the trace that it selects; of an edge the operand's. */
  readonly row: number | null;
  /** What expanding folds or unfolds; null: it shows the edges of its node. */
  readonly region: string | null;
}

type ShownDrawing = Pick<Drawing, 'nodes' | 'edges'>;
type ShownGraph = Pick<FoldedGraph, 'nodes' | 'open'>;

/** `withEdges`: the keys of the nodes whose edges are shown. */
export function treeLines(
  graph: ShownGraph,
  drawing: ShownDrawing,
  withEdges: ReadonlySet<string>,
): TreeLine[] {
  const lines: TreeLine[] = [];
  if (graph.nodes.length !== drawing.nodes.length) return lines;
  const edgesInto = new Map<number, ShownDrawing['edges'][number][]>();
  for (const edge of drawing.edges) edgesInto.set(edge.to, [...(edgesInto.get(edge.to) ?? []), edge]);
  let around: readonly FoldRegion[] = [];
  graph.nodes.forEach((node, index) => {
    const first = node.region?.first ?? node.row;
    const inside = graph.open.filter((region) => region.first <= first && first < region.end);
    inside.forEach((region, depth) => {
      if (
        around[depth]?.id === region.id &&
        around.slice(0, depth).every((one, i) => one.id === inside[i]!.id)
      )
        return;
      lines.push({
        key: `region ${region.id}`,
        level: depth + 1,
        text: region.label,
        expanded: true,
        row: null,
        region: region.id,
      });
    });
    around = inside;
    const level = inside.length + 1;
    const edges = edgesInto.get(index) ?? [];
    const shown = withEdges.has(node.key);
    lines.push({
      key: node.key,
      level,
      text: drawing.nodes[index]!.description,
      expanded: node.region !== null ? false : edges.length === 0 ? null : shown,
      row: node.row,
      region: node.region?.id ?? null,
    });
    if (node.region !== null || !shown) return;
    for (const edge of edges)
      lines.push({
        key: `${node.key} ${edge.port} ${edge.key}`,
        level: level + 1,
        text: `from ${drawing.nodes[edge.from]!.heading}: ${edge.description}`,
        expanded: null,
        row: graph.nodes[edge.from]!.row,
        region: null,
      });
  });
  return lines;
}
