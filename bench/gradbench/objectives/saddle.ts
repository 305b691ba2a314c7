import { saddleGradientForward } from '../generated/saddleGradientForward.ts';
import { saddleGradientReverse } from '../generated/saddleGradientReverse.ts';
import { argmax } from './descent.ts';
import { saddle } from './saddleFunction.ts';

type SaddleGradient = (x1: number, x2: number, y1: number, y2: number) => [number, number];

/** The greatest value of the function over y, found from the start by its gradient by y. */
function greatest(x1: number, x2: number, s1: number, s2: number, gradient: SaddleGradient): number {
  const y = argmax(
    ([y1, y2]) => saddle(x1, x2, y1!, y2!),
    ([y1, y2]) => gradient(x1, x2, y1!, y2!),
    [s1, s2],
  );
  return saddle(x1, x2, y[0]!, y[1]!);
}

/** The gradient within by forward mode. */
export function greatestForward(x1: number, x2: number, s1: number, s2: number): number {
  return greatest(x1, x2, s1, s2, saddleGradientForward);
}

/** The gradient within by reverse mode. */
export function greatestReverse(x1: number, x2: number, s1: number, s2: number): number {
  return greatest(x1, x2, s1, s2, saddleGradientReverse);
}
