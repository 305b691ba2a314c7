// The function that every text on automatic differentiation starts from.
//
// One comment is all that Gradlens needs: which function, and at which point. Hover over the name `f`, or click
// `show derivative` above it, to see how the derivative comes about, step by step:
//
//   w1 = x1          w̄5 = 1
//   w2 = x2          w̄4 = w̄5
//   w3 = w1·w2       w̄3 = w̄5
//   w4 = sin(w1)     w̄2 = w̄3·w1                  = ∂f/∂x2
//   w5 = w3 + w4     w̄1 = w̄3·w2 + w̄4·cos(w1)     = ∂f/∂x1
//
// x1 is used twice, so its adjoint w̄1 is a sum of two terms.

// @differentiable at x1 = 2, x2 = 3
export function f(x1: number, x2: number): number {
  return x1 * x2 + Math.sin(x1);
}

// The same function, written in steps. The hints at the line ends show the value of each variable and the
// derivative of the result with respect to it.

// @differentiable at x1 = 2, x2 = 3
export function inSteps(x1: number, x2: number): number {
  const product = x1 * x2;
  const wave = Math.sin(x1);
  return product + wave;
}

// Several sample points: click `sample 1 of 3` to go from one to the next.

// @differentiable at x = 0
// @at x = 1
// @at x = -2
export const bell = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
