import { crossingFF } from '../generated/crossingFF.ts';
import { crossingFR } from '../generated/crossingFR.ts';
import { crossingRF } from '../generated/crossingRF.ts';
import { crossingRR } from '../generated/crossingRR.ts';
import { argmin } from '../objectives/descent.ts';
import { crossingForward, crossingReverse } from '../objectives/particle.ts';
import type { Prepared } from '../protocol.ts';

interface Input {
  readonly w: number;
}

type Scalar = (w: number) => number;

const least =
  (f: Scalar, derivative: Scalar) =>
  ({ w }: Input): Prepared => ({
    run: () =>
      argmin(
        ([v]) => f(v!),
        ([v]) => [derivative(v!)],
        [w],
      )[0],
  });

/** First the mode of the derivative by w, then that of the potential's gradient. */
export const ff = least(crossingForward, crossingFF);
export const fr = least(crossingReverse, crossingFR);
export const rf = least(crossingForward, crossingRF);
export const rr = least(crossingReverse, crossingRR);
