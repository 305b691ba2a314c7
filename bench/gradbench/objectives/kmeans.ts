function squaredDistance(
  points: Float64Array,
  i: number,
  centroids: Float64Array,
  j: number,
  d: number,
): number {
  let sum = 0;
  for (let l = 0; l < d; l++) {
    const difference = points[i * d + l]! - centroids[j * d + l]!;
    sum += difference * difference;
  }
  return sum;
}

/** For each point the number of the centroid that is nearest; d numbers a point. */
export function nearest(points: Float64Array, centroids: Float64Array, d: number): Int32Array {
  const n = points.length / d;
  const k = centroids.length / d;
  const found = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    let closest = Infinity;
    for (let j = 0; j < k; j++) {
      const distance = squaredDistance(points, i, centroids, j, d);
      if (distance < closest) {
        closest = distance;
        found[i] = j;
      }
    }
  }
  return found;
}

/** The sum over all points of the squared distance to the centroid that each belongs to. */
export function spread(
  points: Float64Array,
  centroids: Float64Array,
  d: number,
  clusters: Int32Array,
): number {
  let total = 0;
  for (let i = 0; i < clusters.length; i++) total += squaredDistance(points, i, centroids, clusters[i]!, d);
  return total;
}

/** The sum over all points of the squared distance to the nearest centroid. */
export function cost(points: Float64Array, centroids: Float64Array, d: number): number {
  return spread(points, centroids, d, nearest(points, centroids, d));
}
