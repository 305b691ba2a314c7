/** A classifier of small pictures: two layers and cross entropy over a batch. */
import { logSumExp } from './linear';

export interface Weights { readonly w1: Float64Array; readonly b1: Float64Array; readonly w2: Float64Array; readonly b2: Float64Array }

export function loss({ w1, b1, w2, b2 }: Weights, pictures: readonly (readonly number[])[], labels: readonly number[]): number {
  const hidden = b1.length, classes = b2.length;
  let total = 0;
  pictures.forEach((picture, n) => {
    const h = new Float64Array(hidden);
    for (let i = 0; i < hidden; i++) {
      let s = b1[i]!;
      for (let j = 0; j < picture.length; j++) s += w1[i * picture.length + j]! * picture[j]!;
      h[i] = Math.tanh(s);
    }
    const scores: number[] = [];
    for (let c = 0; c < classes; c++) {
      let s = b2[c]!;
      for (let i = 0; i < hidden; i++) s += w2[c * hidden + i]! * h[i]!;
      scores.push(s);
    }
    total += logSumExp(scores) - scores[labels[n]!]!;
  });
  return total / pictures.length;
}
