/** log Σ exp xᵢ, shifted by the largest so that nothing overflows. */
export function logSumExp(x: Float64Array): number {
  let largest = x[0]!;
  for (let i = 1; i < x.length; i++) largest = Math.max(largest, x[i]!);
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += Math.exp(x[i]! - largest);
  return largest + Math.log(sum);
}
