// Horner's rule, Legendre's recurrence and a recursive power: loops and recursion are followed as they run.

// @differentiable wrt x at coefficients = [1, -3, 0, 2], x = 1.5
export function horner(coefficients, x) {
  let value = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) {
    value = value * x + coefficients[k];
  }
  return value;
}

// @differentiable wrt x at n = 4, x = 0.3
export function legendre(n, x) {
  if (n === 0) return 1;
  let before = 1;
  let current = x;
  for (let k = 1; k < n; k++) {
    [before, current] = [current, ((2 * k + 1) * x * current - k * before) / (k + 1)];
  }
  return current;
}

// @differentiable wrt x at x = 1.1, n = 10
export function power(x, n) {
  if (n === 0) return 1;
  const half = power(x, Math.floor(n / 2));
  return n % 2 === 0 ? half * half : half * half * x;
}
