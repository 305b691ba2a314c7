import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldGraph, withFolded } from '../../core/graph/fold.ts';
import type { FrameRange } from '../../core/graph/layout/frames.ts';
import { type GraphLayout, type GraphNode, layoutGraph } from '../../core/graph/layout.ts';
import { modelOf, region } from './rows.ts';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function meet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function holds(outer: Box, inner: Box): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** Ranges within each other or apart, outer ones first. */
function rangesIn(first: number, end: number, depth: number): fc.Arbitrary<FrameRange[]> {
  if (depth === 0 || end - first < 2) return fc.constant([]);
  return fc
    .record({
      from: fc.nat(end - first - 1),
      length: fc.integer({ min: 1, max: end - first }),
      always: fc.boolean(),
    })
    .chain(({ from, length, always }) => {
      const start = first + from;
      const stop = Math.min(end, start + length);
      return fc
        .tuple(rangesIn(start, stop, depth - 1), rangesIn(stop, end, depth - 1))
        .map(([inner, after]) => [{ first: start, end: stop, always }, ...inner, ...after]);
    });
}

const graphs = fc.integer({ min: 2, max: 40 }).chain((count) =>
  fc.record({
    nodes: fc.tuple(
      ...Array.from({ length: count }, (_, index) =>
        fc.record({
          width: fc.integer({ min: 84, max: 250 }),
          height: fc.constant(70),
          operands: fc.array(fc.integer({ min: -1, max: Math.max(0, index - 1) }), { maxLength: 3 }),
        }),
      ),
    ),
    frames: rangesIn(0, count, 3),
  }),
);

function laidOut({
  nodes,
  frames,
}: {
  readonly nodes: readonly GraphNode[];
  readonly frames: FrameRange[];
}): GraphLayout {
  return layoutGraph(nodes, { frames });
}

describe('frames', () => {
  it('take in all of their nodes and none that are not theirs', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { nodes, frames } = laidOut(graph);
        for (const { index, boxes } of frames) {
          const { first, end } = graph.frames[index]!;
          nodes.forEach((node, at) => {
            if (first <= at && at < end) expect(boxes.some((box) => holds(box, node))).toBe(true);
            else expect(boxes.some((box) => meet(box, node))).toBe(false);
          });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are drawn where they are asked for, and else where they are rectangles', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const drawn = new Map(laidOut(graph).frames.map(({ index, boxes }) => [index, boxes]));
        graph.frames.forEach(({ always }, index) => {
          if (always) expect(drawn.has(index)).toBe(true);
          else if (drawn.has(index)) expect(drawn.get(index)).toHaveLength(1);
        });
      }),
    );
  });

  it('leave the nodes room for their labels', () => {
    const column: GraphNode[] = Array.from({ length: 4 }, (_, index) => ({
      width: 100,
      height: 70,
      operands: index === 0 ? [] : [index - 1],
    }));
    const plain = layoutGraph(column);
    const { nodes, frames } = layoutGraph(column, { frames: [{ first: 1, end: 3, always: false }] });
    const [box] = frames[0]!.boxes;
    // Between the node above and the frame's first there is more room than before, and the label is in it.
    expect(nodes[1]!.y - nodes[0]!.y).toBeGreaterThan(plain.nodes[1]!.y - plain.nodes[0]!.y);
    expect(box!.y).toBeGreaterThan(nodes[0]!.y + 70);
    expect(nodes[3]!.y).toBeGreaterThan(box!.y + box!.height);
  });
});

describe('what is framed', () => {
  const chain = Array.from({ length: 100 }, (_, row) => (row === 0 ? [] : [{ from: row - 1, slope: 2 }]));
  const iterations = Array.from({ length: 9 }, (_, n) =>
    region({
      kind: 'iteration',
      name: `iteration ${n + 1}`,
      first: 1 + n * 11,
      end: 12 + n * 11,
      trips: n + 1,
    }),
  );
  const loop = region({
    kind: 'loop',
    name: 'while (x)',
    first: 1,
    end: 100,
    trips: 9,
    children: iterations,
  });
  const model = modelOf(chain, loop);

  it('is what was unfolded, and not what is folded', () => {
    const graph = foldGraph(model);
    const box = graph.nodes.find(({ kind }) => kind === 'box')!;
    expect(graph.frames.every(({ region: { id } }) => id !== box.region!.id)).toBe(true);
    const state = withFolded({ unfolded: new Set(), folded: new Set() }, box.region!.id, false);
    const unfolded = foldGraph(model, { state });
    const frame = unfolded.frames.find(({ region: { id } }) => id === box.region!.id);
    expect(frame?.always).toBe(true);
    const rows = unfolded.nodes.slice(frame!.first, frame!.end).map(({ row }) => row);
    const { first, end } = box.region!;
    expect(rows.every((row) => first <= row && row < end)).toBe(true);
    expect(unfolded.nodes.filter(({ row }) => first <= row && row < end)).toHaveLength(rows.length);
  });
});
