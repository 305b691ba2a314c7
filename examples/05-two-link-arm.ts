// A robot's arm of two links in the plane. The result has two components, so the derivative is a 2 × 2 matrix, the
// Jacobian: how the hand moves when each joint turns a little.

interface Point {
  x: number;
  y: number;
}

/** Lengths of the links, metres. */
const UPPER = 0.4;
const LOWER = 0.3;

// @differentiable at shoulder = Math.PI / 6, elbow = Math.PI / 3
export function hand(shoulder: number, elbow: number): Point {
  const bent = shoulder + elbow;
  return {
    x: UPPER * Math.cos(shoulder) + LOWER * Math.cos(bent),
    y: UPPER * Math.sin(shoulder) + LOWER * Math.sin(bent),
  };
}

// How far the hand is from a target: what a controller makes smaller by stepping against the gradient.

// @differentiable wrt shoulder, elbow at shoulder = 0.5, elbow = 1, target = {x: 0.2, y: 0.5}
export function distance(shoulder: number, elbow: number, target: Point): number {
  const { x, y } = hand(shoulder, elbow);
  return Math.hypot(x - target.x, y - target.y);
}
