/** Falls in x and rises in y away from 0: its saddle point is 0. */
export function saddle(x1: number, x2: number, y1: number, y2: number): number {
  return x1 * x1 + x2 * x2 - (y1 * y1 + y2 * y2);
}
