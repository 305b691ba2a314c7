import { greatestFF } from '../generated/greatestFF.ts';
import { greatestFR } from '../generated/greatestFR.ts';
import { greatestRF } from '../generated/greatestRF.ts';
import { greatestRR } from '../generated/greatestRR.ts';
import { saddleGradientForward } from '../generated/saddleGradientForward.ts';
import { saddleGradientReverse } from '../generated/saddleGradientReverse.ts';
import { argmax, argmin } from '../objectives/descent.ts';
import { greatestForward, greatestReverse } from '../objectives/saddle.ts';
import * as objective from '../objectives/saddleFunction.ts';
import type { Prepared } from '../protocol.ts';

interface Input {
  readonly start: [number, number];
}

type FourNumbers<R> = (a: number, b: number, c: number, d: number) => R;

const saddlePoint =
  (
    greatest: FourNumbers<number>,
    greatestGradient: FourNumbers<[number, number]>,
    gradientWithin: FourNumbers<[number, number]>,
  ) =>
  ({ start }: Input): Prepared => ({
    run() {
      const [s1, s2] = start;
      const x = argmin(
        ([x1, x2]) => greatest(x1!, x2!, s1, s2),
        ([x1, x2]) => greatestGradient(x1!, x2!, s1, s2),
        start,
      );
      const y = argmax(
        ([y1, y2]) => objective.saddle(x[0]!, x[1]!, y1!, y2!),
        ([y1, y2]) => gradientWithin(x[0]!, x[1]!, y1!, y2!),
        start,
      );
      return [...x, ...y];
    },
  });

/** First the mode of the gradient by x, then that of the gradient by y within. */
export const ff = saddlePoint(greatestForward, greatestFF, saddleGradientForward);
export const fr = saddlePoint(greatestReverse, greatestFR, saddleGradientReverse);
export const rf = saddlePoint(greatestForward, greatestRF, saddleGradientForward);
export const rr = saddlePoint(greatestReverse, greatestRR, saddleGradientReverse);
