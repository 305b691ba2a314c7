// Rosenbrock's valley: the test function of optimisers. Its floor is a curved, nearly flat path to the minimum at
// (1, 1), where the gradient is zero.

// @differentiable at x = -1.2, y = 1
// @at x = 1, y = 1
export function rosenbrock(x: number, y: number): number {
  const a = 1 - x;
  const b = y - x * x;
  return a * a + 100 * b * b;
}

// The same in n dimensions, over an array: every element of `x` is an input, and has a partial derivative and a
// formula of its own.

// @differentiable at x = [-1.2, 1, 0.5, 2]
export function rosenbrockN(x: number[]): number {
  let sum = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const a = 1 - x[i];
    const b = x[i + 1] - x[i] * x[i];
    sum += a * a + 100 * b * b;
  }
  return sum;
}
