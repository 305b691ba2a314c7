// The loss at the end of most classifiers: cross-entropy of a softmax. Its gradient is famous for its simplicity,
// probability − 1 for the true class and the probability for every other, and it sums to zero.

// @differentiable at scores = [2, 1, -0.5], label = 0
export function crossEntropy(scores: number[], label: number): number {
  let highest = -Infinity;
  for (const score of scores) {
    if (score > highest) highest = score;
  }
  let total = 0;
  for (const score of scores) total += Math.exp(score - highest);
  return Math.log(total) - (scores[label] - highest);
}
