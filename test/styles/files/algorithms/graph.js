class PriorityQueue {
  #heap = [];
  push(item, priority) { this.#heap.push({ item, priority }); this.#up(this.#heap.length - 1); }
  pop() { const top = this.#heap[0], last = this.#heap.pop(); if (this.#heap.length) { this.#heap[0] = last; this.#down(0); } return top; }
  get size() { return this.#heap.length; }
  #up(i) { while (i > 0) { const p = (i - 1) >> 1; if (this.#heap[p].priority <= this.#heap[i].priority) break; [this.#heap[p], this.#heap[i]] = [this.#heap[i], this.#heap[p]]; i = p; } }
  #down(i) { for (;;) { let m = i; for (const c of [2 * i + 1, 2 * i + 2]) if (c < this.#heap.length && this.#heap[c].priority < this.#heap[m].priority) m = c; if (m === i) return; [this.#heap[m], this.#heap[i]] = [this.#heap[i], this.#heap[m]]; i = m; } }
}
const edges = [['a', 'b'], ['b', 'd'], ['a', 'c'], ['c', 'd'], ['b', 'c']];
//= shortest([2, 3.5, 2.5, 1.75, 0.2])
export function shortest(weights) {
  const graph = new Map();
  edges.forEach(([u, v], i) => { for (const [p, q] of [[u, v], [v, u]]) graph.set(p, [...(graph.get(p) ?? []), [q, weights[i]]]); });
  const dist = { a: 0 }, queue = new PriorityQueue(), done = new Set();
  queue.push('a', 0);
  while (queue.size) {
    const { item: u } = queue.pop();
    if (done.has(u)) continue;
    done.add(u);
    for (const [v, w] of graph.get(u)) if (!(v in dist) || dist[u] + w < dist[v]) { dist[v] = dist[u] + w; queue.push(v, dist[v]); }
  }
  return dist.d;
}
//= pageRank([[0, 1, 0.5], [0.3, 0, 0.5], [0.7, 0.2, 0]], 0.85)
export function pageRank(M, d) {
  const out = M[0].map((_, j) => M.reduce((s, row) => s + row[j], 0));
  let r = out.map(() => 1 / out.length);
  for (let k = 0; k < 30; k++) r = r.map((_, i) => (1 - d) / r.length + d * M[i].reduce((s, m, j) => s + (m / out[j]) * r[j], 0));
  return r;
}
//= floydWarshall([[0, 3.1, 8.2], [3, 0, 2.4], [1.5, 9, 0]])
export const floydWarshall = (w) => { const d = structuredCloneish(w); for (let k = 0; k < d.length; k++) for (let i = 0; i < d.length; i++) for (let j = 0; j < d.length; j++) d[i][j] = Math.min(d[i][j], d[i][k] + d[k][j]); return d[0][2] + 2 * d[2][1]; };
const structuredCloneish = (m) => m.map((r) => r.slice());
//= kmeans([[0.1, 0.2], [0.3, 0.1], [2, 2.2], [2.1, 1.8]], [[0, 0], [2, 1]])
export function kmeans(points, centres) {
  for (let it = 0; it < 3; it++) {
    const groups = centres.map(() => []);
    for (const p of points) { const d = centres.map((c) => c.reduce((s, v, i) => s + (v - p[i]) ** 2, 0)); groups[d.indexOf(Math.min(...d))].push(p); }
    centres = groups.map((g, k) => (g.length ? centres[k].map((_, i) => g.reduce((s, p) => s + p[i], 0) / g.length) : centres[k]));
  }
  return points.reduce((s, p) => s + Math.min(...centres.map((c) => c.reduce((t, v, i) => t + (v - p[i]) ** 2, 0))), 0);
}
