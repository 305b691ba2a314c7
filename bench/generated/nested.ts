/** Functions of nested arrays and of small objects, and their gradients by hand over the same data. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Mutable {
  x: number;
  y: number;
}

/** The mean square of a layer's outputs over a batch: weights row by row. */
export function layer(weights: number[][], bias: number[], batch: number[][]): number {
  let sum = 0;
  for (let n = 0; n < batch.length; n++) {
    const input = batch[n]!;
    for (let j = 0; j < bias.length; j++) {
      const row = weights[j]!;
      let z = bias[j]!;
      for (let i = 0; i < input.length; i++) z += row[i]! * input[i]!;
      const h = Math.tanh(z);
      sum += h * h;
    }
  }
  return sum / batch.length;
}

/** Into `out`, of the weights' shape. */
export function layerGradient(
  weights: number[][],
  bias: number[],
  batch: number[][],
  out: number[][],
): number[][] {
  for (const row of out) row.fill(0);
  const scale = 2 / batch.length;
  bias.forEach((offset, j) => {
    const row = weights[j]!;
    const slope = out[j]!;
    for (const input of batch) {
      let h = offset;
      for (let i = 0; i < input.length; i++) h += row[i]! * input[i]!;
      h = Math.tanh(h);
      const bar = scale * h * (1 - h * h);
      for (let i = 0; i < input.length; i++) slope[i]! += bar * input[i]!;
    }
  });
  return out;
}

/** The energy of a chain of springs. */
export function chain(points: Point[], rest: number): number {
  let energy = 0;
  for (let i = 0; i + 1 < points.length; i++) {
    const dx = points[i + 1]!.x - points[i]!.x;
    const dy = points[i + 1]!.y - points[i]!.y;
    const stretch = Math.sqrt(dx * dx + dy * dy) - rest;
    energy += stretch * stretch;
  }
  return energy;
}

/** Into `out`; what two springs share is read and written once. */
export function chainGradient(points: Point[], rest: number, out: Mutable[]): Mutable[] {
  let from = points[0]!;
  let xBar = 0;
  let yBar = 0;
  for (let i = 1; i < points.length; i++) {
    const to = points[i]!;
    const dx = to.x - from.x;
    const dy = to.y - from.y;
    const length = Math.sqrt(dx * dx + dy * dy);
    const scale = (2 * (length - rest)) / length;
    const slope = out[i - 1]!;
    slope.x = xBar - scale * dx;
    slope.y = yBar - scale * dy;
    xBar = scale * dx;
    yBar = scale * dy;
    from = to;
  }
  const last = out[points.length - 1]!;
  last.x = xBar;
  last.y = yBar;
  return out;
}
