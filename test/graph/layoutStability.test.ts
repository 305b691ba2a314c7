import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GraphLayout, type GraphNode, layoutGraph, layoutSteps } from '../../core/graph/layout.ts';

/** Nodes that know each other by key, as statements of a program do. */
interface Statement {
  readonly key: string;
  readonly width: number;
  readonly uses: readonly string[];
}

function nodesOf(program: readonly Statement[]): GraphNode[] {
  const index = new Map(program.map(({ key }, i) => [key, i]));
  return program.map(({ key, width, uses }) => ({
    key,
    width,
    height: 50,
    operands: uses.map((use) => index.get(use) ?? null),
    labels: uses.map(() => 40),
  }));
}

const programs = fc
  .array(
    fc.record({ width: fc.integer({ min: 40, max: 160 }), picks: fc.array(fc.nat(40), { maxLength: 3 }) }),
    { minLength: 4, maxLength: 40 },
  )
  .map((rows) =>
    rows.map<Statement>(({ width, picks }, i) => ({
      key: `s${i}`,
      width,
      uses: i < 2 ? [] : picks.map((pick) => `s${Math.max(0, i - 1 - (pick % i))}`),
    })),
  );

/** The program with one statement more, which a later one uses. */
function inserted(program: readonly Statement[], where: number, pick: number): Statement[] {
  const at = 1 + (where % (program.length - 1));
  const added = { key: 'new', width: 120, uses: [`s${pick % at}`] };
  const after = program.slice(at);
  const user = pick % after.length;
  return [
    ...program.slice(0, at),
    added,
    ...after.map((one, i) => (i === user ? { ...one, uses: [...one.uses, 'new'] } : one)),
  ];
}

function removed(program: readonly Statement[], where: number): Statement[] {
  const at = where % program.length;
  return program.filter((_, i) => i !== at);
}

type Place = GraphLayout['nodes'][number];

function byKey(program: readonly Statement[], layout: GraphLayout): Map<string, Place> {
  return new Map(program.map(({ key }, i) => [key, layout.nodes[i]!]));
}

/** Pairs that share a layer in both and have changed sides. */
function swapped(before: Map<string, Place>, after: Map<string, Place>): string[] {
  const keys = [...before.keys()].filter((key) => after.has(key));
  return keys.flatMap((a) =>
    keys.filter((b) => {
      const [a0, b0, a1, b1] = [before.get(a)!, before.get(b)!, after.get(a)!, after.get(b)!];
      if (a0.layer !== b0.layer || a1.layer !== b1.layer) return false;
      return center(a0) < center(b0) && center(a1) > center(b1);
    }),
  );
}

const center = ({ x, width }: Place): number => x + width / 2;

function meanShift(before: Map<string, Place>, after: Map<string, Place>): number {
  const shifts = [...before].flatMap(([key, place]) => {
    const now = after.get(key);
    return now === undefined ? [] : [Math.abs(center(now) - center(place))];
  });
  return shifts.reduce((sum, shift) => sum + shift, 0) / shifts.length;
}

describe('a layout with the memory of the one before', () => {
  it('keeps the order of what stays when a statement comes or goes', () => {
    fc.assert(
      fc.property(programs, fc.nat(100), fc.nat(100), fc.boolean(), (program, where, pick, insert) => {
        const first = layoutGraph(nodesOf(program));
        const edited = insert ? inserted(program, where, pick) : removed(program, where);
        const second = layoutGraph(nodesOf(edited), { memory: first.memory });
        expect(swapped(byKey(program, first), byKey(edited, second))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('does not move at all when nothing changes', () => {
    fc.assert(
      fc.property(programs, (program) => {
        const first = layoutGraph(nodesOf(program));
        const second = layoutGraph(nodesOf(program), { memory: first.memory });
        expect(meanShift(byKey(program, first), byKey(program, second))).toBeLessThan(1e-6);
      }),
    );
  });

  it('moves what stays by less than a node, in the mean over many edits, and by less than a layout afresh does', () => {
    const sums = { kept: 0, afresh: 0 };
    const cases = fc.sample(fc.tuple(programs, fc.nat(100), fc.nat(100)), { numRuns: 200, seed: 7 });
    for (const [program, where, pick] of cases) {
      const first = layoutGraph(nodesOf(program));
      const edited = inserted(program, where, pick);
      const before = byKey(program, first);
      sums.kept += meanShift(before, byKey(edited, layoutGraph(nodesOf(edited), { memory: first.memory })));
      sums.afresh += meanShift(before, byKey(edited, layoutGraph(nodesOf(edited))));
    }
    expect(sums.kept / cases.length).toBeLessThan(40);
    expect(sums.kept).toBeLessThan(sums.afresh / 3);
  });

  it('places what is new under what it is made of, without overlap', () => {
    fc.assert(
      fc.property(programs, fc.nat(100), fc.nat(100), (program, where, pick) => {
        const first = layoutGraph(nodesOf(program));
        const { nodes, edges } = layoutGraph(nodesOf(inserted(program, where, pick)), {
          memory: first.memory,
        });
        for (const { from, to } of edges)
          expect(nodes[from]!.y + nodes[from]!.height).toBeLessThan(nodes[to]!.y);
        nodes.forEach((a, i) => {
          for (const b of nodes.slice(i + 1))
            expect(a.layer === b.layer && a.x < b.x + b.width && b.x < a.x + a.width).toBe(false);
        });
      }),
    );
  });

  it('begins afresh where most of the graph is new', () => {
    const old = layoutGraph([{ key: 'a', width: 50, height: 20, operands: [] }]);
    const nodes = ['a', 'b', 'c'].map((key, i) => ({
      key,
      width: 50,
      height: 20,
      operands: i < 2 ? [] : [1],
    }));
    const xs = (layout: GraphLayout): number[] => layout.nodes.map(({ x }) => x - layout.nodes[0]!.x);
    expect(xs(layoutGraph(nodes, { memory: old.memory }))).toEqual(xs(layoutGraph(nodes)));
  });
});

describe('layoutGraph', () => {
  it('says the same every time, in slices or in one go', () => {
    fc.assert(
      fc.property(programs, (program) => {
        const whole = layoutGraph(nodesOf(program));
        const steps = layoutSteps(nodesOf(program));
        let step = steps.next();
        while (!step.done) step = steps.next();
        expect(step.value).toEqual(whole);
        expect(layoutGraph(nodesOf(program))).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it('can be left between the slices of a large graph', () => {
    const nodes = Array.from({ length: 5000 }, (_, i) => ({
      width: 60,
      height: 40,
      operands: i === 0 ? [] : [i - 1, Math.max(0, i - 40)],
    }));
    let slices = 0;
    const steps = layoutSteps(nodes);
    while (!steps.next().done) slices++;
    expect(slices).toBeGreaterThan(10);
  });

  it('draws the longest edges of a deep graph without bends', () => {
    const nodes = Array.from({ length: 3000 }, (_, i) => ({
      width: 60,
      height: 40,
      operands: i < 20 ? [] : [i === 20 ? 0 : i - 1, i % 20],
    }));
    const { edges } = layoutGraph(nodes);
    expect(edges).toHaveLength(2 * 2980);
    expect(edges.filter(({ loose }) => loose).length).toBeGreaterThan(2000);
    const bends = edges.reduce((sum, { points }) => sum + points.length - 3, 0);
    expect(bends).toBeLessThan(100_000);
    for (const { points, loose } of edges) if (loose) expect(points).toHaveLength(3);
  });
});
