import { spreadGradient } from '../generated/spreadGradient.ts';
import { spreadHvp } from '../generated/spreadHvp.ts';
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

/**
 * Newton's direction: the Hessian is diagonal, and so its product with a vector of ones. To which centroids the points
 * belong does not change nearby.
 */
export function dir({ points, centroids }: Input): Prepared {
  const p = flat(points);
  const c = flat(centroids);
  const d = centroids[0]!.length;
  const ones = new Float64Array(c.length).fill(1);
  return {
    run() {
      const clusters = kmeans.nearest(p, c, d);
      const gradient = spreadGradient(p, c, d, clusters);
      const diagonal = spreadHvp(p, c, d, clusters, ones);
      return gradient.map((g, i) => g / diagonal[i]!);
    },
    answer: (direction: Float64Array) => rows(direction, centroids.length),
  };
}
