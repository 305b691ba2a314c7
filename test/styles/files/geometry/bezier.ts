export type Point = Readonly<{ x: number; y: number }>;
const lerp = (a: Point, b: Point, t: number): Point => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t });

/** de Casteljau, recursively. */
//= evaluate([{"x": 0, "y": 0}, {"x": 1, "y": 2}, {"x": 3, "y": -1}, {"x": 4, "y": 1}], 0.3)
export function evaluate(points: readonly Point[], t: number): Point {
  return points.length === 1 ? points[0] : evaluate(points.slice(1).map((p, i) => lerp(points[i], p, t)), t);
}

const GAUSS: ReadonlyArray<[weight: number, node: number]> = [
  [0.5688888888888889, 0], [0.4786286704993665, -0.5384693101056831], [0.4786286704993665, 0.5384693101056831],
  [0.2369268850561891, -0.906179845938664], [0.2369268850561891, 0.906179845938664],
];

//= arcLength([{"x": 0, "y": 0}, {"x": 1, "y": 2}, {"x": 3, "y": -1}, {"x": 4, "y": 1}])
export function arcLength(p: readonly Point[], from = 0, to = 1): number {
  const d = p.slice(1).map((q, i): Point => ({ x: (p.length - 1) * (q.x - p[i].x), y: (p.length - 1) * (q.y - p[i].y) }));
  const h = (to - from) / 2, m = (to + from) / 2;
  return h * GAUSS.reduce((s, [w, u]) => { const v = evaluate(d, m + h * u); return s + w * Math.hypot(v.x, v.y); }, 0);
}

//= curvature([{"x": 0, "y": 0}, {"x": 1, "y": 2}, {"x": 3, "y": 0.5}], 0.4)
export const curvature = ([a, b, c]: [Point, Point, Point], t: number) => {
  const dx = 2 * (1 - t) * (b.x - a.x) + 2 * t * (c.x - b.x), dy = 2 * (1 - t) * (b.y - a.y) + 2 * t * (c.y - b.y);
  const ddx = 2 * (c.x - 2 * b.x + a.x), ddy = 2 * (c.y - 2 * b.y + a.y);
  return (dx * ddy - dy * ddx) / Math.pow(dx * dx + dy * dy, 3 / 2);
};
