// The loss of logistic regression for one example: label is 1 or 0. With respect to the weights alone: the features
// and the label are data and stay fixed.

/** log(1 + e^x) without overflow: e^x is never taken of a large number. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

// @differentiable wrt w1, w2, bias at w1 = 0.4, w2 = -0.7, bias = 0.1, x1 = 1.5, x2 = 2, label = 1
export function logisticLoss(
  w1: number,
  w2: number,
  bias: number,
  x1: number,
  x2: number,
  label: number,
): number {
  const score = w1 * x1 + w2 * x2 + bias;
  return softplus(score) - label * score;
}

// A trap: softplus as it is first written. At score = 800 the exponential overflows: the value is infinite and the
// derivative NaN, although they are 800 and 1. Gradlens names the operation to blame.

// @differentiable at score = 2
// @at score = 800
export function naiveSoftplus(score: number): number {
  return Math.log(1 + Math.exp(score));
}
