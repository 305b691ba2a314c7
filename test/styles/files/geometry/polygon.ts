type P = [x: number, y: number];
//= area([[0, 0], [4, 1], [5, 3.5], [1, 4]])
export const area = (ps: P[]): number => Math.abs(ps.reduce((s, [x, y], i) => { const [u, v] = ps[(i + 1) % ps.length]!; return s + x * v - u * y; }, 0)) / 2;
//= centroid([[0, 0], [4, 1], [5, 3.5], [1, 4]])
export function centroid(ps: P[]): P {
  let a = 0, cx = 0, cy = 0;
  for (let i = 0, j = ps.length - 1; i < ps.length; j = i++) {
    const [[x0, y0], [x1, y1]] = [ps[j]!, ps[i]!];
    const k = x0 * y1 - x1 * y0;
    a += k; cx += (x0 + x1) * k; cy += (y0 + y1) * k;
  }
  return [cx / (3 * a), cy / (3 * a)];
}
//= clipArea([[0, 0], [4, 1], [5, 3.5], [1, 4]], 2.2)
export function clipArea(ps: P[], xMax: number): number {
  const out: P[] = [];
  ps.forEach((p, i) => {
    const q = ps[(i + 1) % ps.length]!;
    const inside = p[0] <= xMax, next = q[0] <= xMax;
    if (inside) out.push(p);
    if (inside !== next) { const t = (xMax - p[0]) / (q[0] - p[0]); out.push([xMax, p[1] + t * (q[1] - p[1])]); }
  });
  return area(out);
}
//= distanceToSegment([2, 3], [0, 0], [4, 1])
//= distanceToSegment([-1, 3], [0, 0], [4, 1])
export function distanceToSegment([px, py]: P, [ax, ay]: P, [bx, by]: P): number {
  const dx = bx - ax, dy = by - ay;
  let t = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy);
  t = Math.max(0, Math.min(1, t));
  return Math.hypot(px - (ax + t * dx), py - (ay + t * dy));
}
//= circumradius([0, 0], [4, 1], [1, 3])
export const circumradius = (a: P, b: P, c: P) => {
  const side = (p: P, q: P) => Math.hypot(...p.map((v, i) => v - q[i]!));
  const [x, y, z] = [side(b, c), side(a, c), side(a, b)];
  return (x * y * z) / (4 * area([a, b, c]));
};
