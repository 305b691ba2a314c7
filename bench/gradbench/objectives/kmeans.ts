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

/** The sum over all points of the squared distance to the nearest centroid; d numbers a point. */
export function cost(points: Float64Array, centroids: Float64Array, d: number): number {
  const n = points.length / d;
  const k = centroids.length / d;
  let total = 0;
  for (let i = 0; i < n; i++) {
    let nearest = 0;
    let closest = Infinity;
    for (let j = 0; j < k; j++) {
      const distance = squaredDistance(points, i, centroids, j, d);
      if (distance < closest) {
        closest = distance;
        nearest = j;
      }
    }
    total += squaredDistance(points, i, centroids, nearest, d);
  }
  return total;
}
