import { costGradient } from '../generated/costGradient.ts';
import { costHvp } from '../generated/costHvp.ts';
import * as kmeans from '../objectives/kmeans.ts';
import type { Prepared } from '../protocol.ts';
import { flat, rows } from './flat.ts';

interface Input {
  readonly points: number[][];
  readonly centroids: number[][];
}

export function cost({ points, centroids }: Input): Prepared {
  const p = flat(points);
  const c = flat(centroids);
  const d = centroids[0]!.length;
  return { run: () => kmeans.cost(p, c, d) };
}

/** Newton's direction: the Hessian is diagonal, and so its product with a vector of ones. */
export function dir({ points, centroids }: Input): Prepared {
  const p = flat(points);
  const c = flat(centroids);
  const d = centroids[0]!.length;
  const ones = new Float64Array(c.length).fill(1);
  return {
    run() {
      const gradient = costGradient(p, c, d);
      const diagonal = costHvp(p, c, d, ones);
      return gradient.map((g, i) => g / diagonal[i]!);
    },
    answer: (direction: Float64Array) => rows(direction, centroids.length),
  };
}
