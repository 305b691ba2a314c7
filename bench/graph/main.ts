/**
 * Layout of computational graphs: of loops, of random programs, of sums of many terms; afresh, and again after an edit
 * with the memory of the one before. Milliseconds, the median and the worst of several runs, and how far an edit moves
 * what stays.
 */
import { type GraphLayout, type GraphNode, layoutGraph, layoutSteps } from '../../core/graph/layout.ts';

const SIZES = [100, 400, 1000, 5000];
const RUNS = 9;

const node = (index: number, ...operands: number[]): GraphNode => ({
  key: `w${index}`,
  width: 120,
  height: 64,
  operands,
  labels: operands.map(() => 80),
});

/** y = g(y, x[i]) over ten inputs. */
function loop(size: number): GraphNode[] {
  return Array.from({ length: size }, (_, i) => (i < 10 ? node(i) : node(i, i - 1, i % 10)));
}

/** Operands mostly a few statements back, some anywhere. */
function program(size: number): GraphNode[] {
  let state = 7;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: size }, (_, i) => {
    if (i < 10) return node(i);
    const pick = (): number =>
      random() < 0.1 ? Math.floor(random() * i) : Math.max(0, i - 1 - Math.floor(random() * 20));
    return random() < 0.5 ? node(i, pick()) : node(i, pick(), pick());
  });
}

/** Half are inputs, added up in pairs. */
function sum(size: number): GraphNode[] {
  const inputs = Math.ceil(size / 2);
  return Array.from({ length: size }, (_, i) =>
    i < inputs ? node(i) : node(i, 2 * (i - inputs), 2 * (i - inputs) + 1),
  );
}

/** With a statement more in the middle, which the next one uses. */
function edited(nodes: readonly GraphNode[]): GraphNode[] {
  const at = nodes.length >> 1;
  const moved = nodes.slice(at).map((one) => ({
    ...one,
    operands: one.operands.map((from) => (from !== null && from >= at ? from + 1 : from)),
  }));
  moved[0] = { ...moved[0]!, operands: [...moved[0]!.operands, at] };
  return [...nodes.slice(0, at), { ...node(0, at - 1), key: 'new' }, ...moved];
}

function timed<T>(run: () => T): { median: number; worst: number; result: T } {
  const times: number[] = [];
  let result: T | undefined;
  for (let i = 0; i < RUNS; i++) {
    const start = performance.now();
    result = run();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { median: times[RUNS >> 1]!, worst: times.at(-1)!, result: result! };
}

function longestSlice(nodes: readonly GraphNode[]): number {
  const steps = layoutSteps(nodes);
  let longest = 0;
  for (;;) {
    const start = performance.now();
    const { done } = steps.next();
    longest = Math.max(longest, performance.now() - start);
    if (done) return longest;
  }
}

function shiftOf(
  before: GraphLayout,
  nodes: readonly GraphNode[],
  after: GraphLayout,
  now: readonly GraphNode[],
): number {
  const places = new Map(now.map(({ key }, i) => [key, after.nodes[i]!.x]));
  const shifts = nodes.map(({ key }, i) => Math.abs((places.get(key) ?? 0) - before.nodes[i]!.x));
  return shifts.reduce((total, shift) => total + shift, 0) / shifts.length;
}

console.log('graph     nodes  median   worst  longest slice  after an edit  mean shift (px)');
for (const [name, make] of Object.entries({ loop, program, sum })) {
  for (const size of SIZES) {
    const nodes = make(size);
    const { median, worst, result } = timed(() => layoutGraph(nodes));
    const next = edited(nodes);
    const again = timed(() => layoutGraph(next, { memory: result.memory }));
    const shift = shiftOf(result, nodes, again.result, next);
    const cells = [median, worst, longestSlice(nodes), again.median, shift].map((n) => n.toFixed(1));
    console.log(
      `${name.padEnd(9)} ${String(size).padStart(5)} ${cells.map((cell, i) => cell.padStart([7, 7, 14, 14, 16][i]!)).join(' ')}`,
    );
  }
}
