// Functions made of pieces. Inside a piece the derivative is the piece's own; where two pieces meet there may be a
// kink, and then there is no derivative: Gradlens shows both slopes instead of picking one.

// @differentiable at x = 1.5
// @at x = -0.5
// @at x = -3
export function activation(x: number): number {
  if (x > 1) return 1 + Math.log(x);
  if (x > -2) return x;
  return -2 + Math.tanh(x + 2);
}

// @differentiable at x = 0.5
// @at x = 0
export function leakyRelu(x: number): number {
  return x >= 0 ? x : 0.01 * x;
}

// @differentiable at x = 0.3, low = 0, high = 1
export function smoothstep(x: number, low: number, high: number): number {
  const t = Math.min(Math.max((x - low) / (high - low), 0), 1);
  return t * t * (3 - 2 * t);
}
