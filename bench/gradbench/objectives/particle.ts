import { potentialGradientForward } from '../generated/potentialGradientForward.ts';
import { potentialGradientReverse } from '../generated/potentialGradientReverse.ts';

type PotentialGradient = (x: number, y: number, w: number) => [number, number];

/** The square of where a particle meets the x-axis, by Euler's method with linear interpolation of the last step. */
function squareOfCrossing(w: number, potentialGradient: PotentialGradient): number {
  const h = 0.1;
  let x = 0;
  let y = 8;
  let vx = 0.75;
  let vy = 0;
  while (true) {
    const [px, py] = potentialGradient(x, y, w);
    x += h * vx;
    y += h * vy;
    if (y <= 0) break;
    vx -= h * px;
    vy -= h * py;
  }
  const meets = x - (y / vy) * vx;
  return meets * meets;
}

/** The potential's gradient by forward mode. */
export function crossingForward(w: number): number {
  return squareOfCrossing(w, potentialGradientForward);
}

/** The potential's gradient by reverse mode. */
export function crossingReverse(w: number): number {
  return squareOfCrossing(w, potentialGradientReverse);
}
