/** The potential at (x, y) of two unit charges at (10, 0) and (10, 10 − w). */
export function potential(x: number, y: number, w: number): number {
  return 1 / Math.hypot(x - 10, y - (10 - w)) + 1 / Math.hypot(x - 10, y);
}
