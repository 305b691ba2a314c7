/** Images as flat Float64Array, row-major. */
export function conv2d(img: Float64Array, w: number, h: number, kernel: ArrayLike<number>, k: number): Float64Array {
  const ow = w - k + 1, oh = h - k + 1;
  const out = new Float64Array(ow * oh);
  for (let y = 0; y < oh; y++) {
    for (let x = 0; x < ow; x++) {
      let acc = 0;
      for (let dy = 0; dy < k; dy++) for (let dx = 0; dx < k; dx++) acc += img[(y + dy) * w + x + dx]! * kernel[dy * k + dx]!;
      out[y * ow + x] = acc;
    }
  }
  return out;
}
const maxPool = (img: Float64Array, w: number, h: number): number[] => {
  const res: number[] = [];
  for (let y = 0; y + 1 < h; y += 2)
    for (let x = 0; x + 1 < w; x += 2)
      res.push(Math.max(img[y * w + x]!, img[y * w + x + 1]!, img[(y + 1) * w + x]!, img[(y + 1) * w + x + 1]!));
  return res;
};

//= features({"$typed": "Float64Array", "data": [0.1, 0.5, -0.2, 0.7, 1, 0.3, 0.4, -0.1, 0.9, 0.25, 0.65, 0.15, -0.35, 0.45, 0.8, 0.55]}, [0.2, -0.5, 0.7, 0.1])
export function features(img: Float64Array, kernel: number[]): number {
  const c = conv2d(img, 4, 4, kernel, 2);
  const activated = c.map((v) => (v > 0 ? v : 0.01 * v));
  return maxPool(activated, 3, 3).reduce((s, v) => s + v * v, 0) + activated.reduce((a, b) => a + b);
}

//= batchNorm([[1, 2], [3, 1], [0.5, 4]], [1, 0.5], [0.1, 0.2])
export function batchNorm(batch: number[][], gamma: number[], beta: number[]): number {
  const n = batch.length;
  let loss = 0;
  for (let f = 0; f < gamma.length; f++) {
    let m = 0, v = 0;
    for (const row of batch) m += row[f]! / n;
    for (const row of batch) v += (row[f]! - m) ** 2 / n;
    batch.forEach((row, i) => { loss += (i + 1) * (gamma[f]! * (row[f]! - m) / Math.sqrt(v + 1e-3) + beta[f]!) ** 2; });
  }
  return loss;
}
