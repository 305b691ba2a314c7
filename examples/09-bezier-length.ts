// The length of a cubic Bézier curve has no closed form. It is measured here by Gauss–Legendre quadrature, and the
// gradient says where to pull the control points to make it longer.

interface Point {
  x: number;
  y: number;
}

/** Nodes and weights of the five-point rule on [−1, 1]. */
const NODES = [-0.9061798459386640, -0.5384693101056831, 0, 0.5384693101056831, 0.9061798459386640];
const WEIGHTS = [0.2369268850561891, 0.4786286704993665, 0.5688888888888889, 0.4786286704993665, 0.2369268850561891];

/** How fast a coordinate of the curve changes at t. */
function speed(t: number, a: number, b: number, c: number, d: number): number {
  const s = 1 - t;
  return 3 * (s * s * (b - a) + 2 * s * t * (c - b) + t * t * (d - c));
}

// @differentiable wrt p1.*, p2.*
//   at p0 = {x: 0, y: 0}, p1 = {x: 1, y: 2}, p2 = {x: 3, y: 2}, p3 = {x: 4, y: 0}
export function bezierLength(p0: Point, p1: Point, p2: Point, p3: Point): number {
  let length = 0;
  for (let k = 0; k < NODES.length; k++) {
    const t = (1 + NODES[k]) / 2;
    const dx = speed(t, p0.x, p1.x, p2.x, p3.x);
    const dy = speed(t, p0.y, p1.y, p2.y, p3.y);
    length += (WEIGHTS[k] / 2) * Math.sqrt(dx * dx + dy * dy);
  }
  return length;
}
