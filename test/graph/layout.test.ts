import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GraphLayout, type GraphNode, layoutGraph } from '../../core/graph/layout.ts';

const GAP = 28;

function node(...operands: (number | null)[]): GraphNode {
  return { width: 100, height: 40, operands };
}

/** w1 = x1, w2 = x2, w3 = w1·w2, w4 = sin(w1), w5 = w3 + w4. */
const TUTORIAL = [node(), node(), node(0, 1), node(0), node(2, 3)];

const graphs = fc
  .array(
    fc.record({
      width: fc.integer({ min: 20, max: 200 }),
      height: fc.integer({ min: 20, max: 60 }),
      picks: fc.array(fc.option(fc.nat(1000)), { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((rows) =>
    rows.map<GraphNode>((row, index) => ({
      width: row.width,
      height: row.height,
      operands: row.picks.map((pick) => (pick === null || index === 0 ? null : pick % index)),
    })),
  );

function sameLayerPairs(layout: GraphLayout): [number, number][] {
  return layout.nodes.flatMap((a, i) =>
    layout.nodes.flatMap<[number, number]>((b, j) => (i < j && a.layer === b.layer ? [[i, j]] : [])),
  );
}

describe('layoutGraph', () => {
  it('puts the tutorial into three layers, inputs first in source order, the result last', () => {
    const { nodes } = layoutGraph(TUTORIAL, { result: 4 });
    expect(nodes.map((n) => n.layer)).toEqual([0, 0, 1, 1, 2]);
    expect(nodes[0]!.x).toBeLessThan(nodes[1]!.x);
    expect(nodes[4]!.y).toBe(Math.max(...nodes.map((n) => n.y)));
  });

  it('is empty for an empty graph', () => {
    expect(layoutGraph([])).toMatchObject({ nodes: [], edges: [], width: 0, height: 0 });
  });

  it('draws a chain as one straight line', () => {
    const { nodes, edges } = layoutGraph([node(), node(0), node(1)]);
    expect(new Set(nodes.map((n) => n.x)).size).toBe(1);
    for (const edge of edges) expect(new Set(edge.points.map((p) => p.x)).size).toBe(1);
  });

  it('unties a crossing that source order alone would draw', () => {
    const { nodes } = layoutGraph([node(), node(), node(1), node(0)]);
    expect(nodes[3]!.x).toBeLessThan(nodes[2]!.x);
  });

  it('keeps two edges to one node apart', () => {
    const { edges } = layoutGraph([node(), node(0, 0)]);
    expect(edges).toHaveLength(2);
    expect(edges[0]!.points.at(-1)!.x).toBeLessThan(edges[1]!.points.at(-1)!.x);
    expect(edges.map((edge) => edge.label.anchor)).toEqual(['end', 'start']);
    expect(edges[0]!.label.x).toBeLessThan(edges[0]!.points.at(-1)!.x);
    expect(edges[1]!.label.x).toBeGreaterThan(edges[1]!.points.at(-1)!.x);
  });

  it('puts the result below rows that nothing uses', () => {
    const { nodes } = layoutGraph([node(), node(0), node(0), node(2), node(3)], { result: 1 });
    expect(nodes[1]!.layer).toBe(3);
  });

  it('puts an operation near its first use', () => {
    // w2 = −w1 is used by w5 alone, three operations further down.
    const { nodes } = layoutGraph([node(), node(0), node(0), node(2), node(3, 1)]);
    expect(nodes.map((n) => n.layer)).toEqual([0, 2, 1, 2, 3]);
  });

  it('leaves operands that are not earlier nodes without an edge', () => {
    expect(layoutGraph([node(null, 0, 5)]).edges).toEqual([]);
  });

  it('places every node below its operands, without overlap, inside the picture', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const layout = layoutGraph(graph, { gapX: GAP, result: graph.length - 1 });
        for (const edge of layout.edges) {
          const source = layout.nodes[edge.from]!;
          const target = layout.nodes[edge.to]!;
          expect(source.layer).toBeLessThan(target.layer);
          expect(source.y + source.height).toBeLessThanOrEqual(target.y);
        }
        for (const [i, j] of sameLayerPairs(layout)) {
          const [left, right] = [layout.nodes[i]!, layout.nodes[j]!].sort((a, b) => a.x - b.x);
          expect(right!.x - (left!.x + left!.width)).toBeGreaterThanOrEqual(GAP - 1e-6);
        }
        for (const placed of layout.nodes) {
          expect(placed.x).toBeGreaterThanOrEqual(-1e-6);
          expect(placed.x + placed.width).toBeLessThanOrEqual(layout.width + 1e-6);
          expect(placed.y + placed.height).toBeLessThanOrEqual(layout.height + 1e-6);
        }
      }),
    );
  });

  it('lets no edge run through a node', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const layout = layoutGraph(graph, { gapX: GAP });
        for (const edge of layout.edges) {
          const ends = [edge.points[0]!, edge.points.at(-1)!];
          expect(ends[0]!.y).toBe(layout.nodes[edge.from]!.y + layout.nodes[edge.from]!.height);
          expect(ends[1]!.y).toBe(layout.nodes[edge.to]!.y);
          for (const bend of edge.points.slice(1, -1)) {
            for (const other of layout.nodes) {
              const inside = bend.x > other.x && bend.x < other.x + other.width;
              const beside = bend.y >= other.y && bend.y <= other.y + other.height;
              expect(inside && beside).toBe(false);
            }
          }
        }
      }),
    );
  });

  it('keeps the labels of unary and binary nodes apart, and inside the picture', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 200 }), (graph, width) => {
        const small = graph.map((n) => ({ ...n, operands: n.operands.slice(0, 2) }));
        const labelled = small.map((n) => ({
          ...n,
          labels: n.operands.map((from) => (from === null ? 0 : width)),
        }));
        const layout = layoutGraph(labelled);
        const boxes = layout.edges.map(({ label }) => {
          const left = label.anchor === 'start' ? label.x : label.x - width;
          return { left, right: left + width, y: label.y };
        });
        boxes.forEach((a, i) => {
          expect(a.left).toBeGreaterThanOrEqual(-1e-6);
          expect(a.right).toBeLessThanOrEqual(layout.width + 1e-6);
          for (const b of boxes.slice(i + 1)) {
            expect(a.y === b.y && a.left < b.right && b.left < a.right).toBe(false);
          }
        });
      }),
    );
  });

  it('draws one edge for each operand', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const wanted = graph.flatMap((n, to) =>
          n.operands.flatMap((from, port) => (from === null ? [] : [`${from} ${to} ${port}`])),
        );
        expect(layoutGraph(graph).edges.map((e) => `${e.from} ${e.to} ${e.port}`)).toEqual(wanted);
      }),
    );
  });
});
