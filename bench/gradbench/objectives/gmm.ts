function logSumExp(v: Float64Array): number {
  let largest = v[0]!;
  for (let i = 1; i < v.length; i++) if (v[i]! > largest) largest = v[i]!;
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += Math.exp(v[i]! - largest);
  return largest + Math.log(sum);
}

/** log Γ(n/2), by the recurrence from Γ(1) = 1 and Γ(1/2) = √π. */
function logGammaOfHalf(n: number): number {
  let result = n % 2 === 0 ? 0 : Math.log(Math.PI) / 2;
  for (let i = n - 2; i > 0; i -= 2) result += Math.log(i / 2);
  return result;
}

/** The logarithm of what the Wishart density of d × d matrices with n degrees of freedom is divided by, V = I/γ². */
function logWishartConstant(d: number, n: number, gamma: number): number {
  let logGamma = (d * (d - 1) * Math.log(Math.PI)) / 4;
  for (let j = 0; j < d; j++) logGamma += logGammaOfHalf(n - j);
  return logGamma - n * d * Math.log(gamma / Math.SQRT2);
}

/**
 * The log-posterior of a mixture of k Gaussians in d dimensions at the points x, with a Wishart prior of n + d + 1
 * degrees of freedom on the precisions QᵀQ. Row after row: means μ; q, whose exponentials are the diagonals of the
 * lower triangular factors Q; l, what stands below the diagonals, column after column. α: weights before softmax.
 */
export function logPosterior(
  alpha: Float64Array,
  mu: Float64Array,
  q: Float64Array,
  l: Float64Array,
  x: Float64Array,
  d: number,
  m: number,
  gamma: number,
): number {
  const k = alpha.length;
  const n = x.length / d;
  const below = (d * (d - 1)) / 2;
  const diagonal = new Float64Array(k * d);
  const logDeterminant = new Float64Array(k);
  let prior = -k * logWishartConstant(d, d + m + 1, gamma);
  for (let c = 0; c < k; c++) {
    let sum = 0;
    let squares = 0;
    for (let j = 0; j < d; j++) {
      const e = Math.exp(q[c * d + j]!);
      diagonal[c * d + j] = e;
      sum += q[c * d + j]!;
      squares += e * e;
    }
    for (let j = 0; j < below; j++) squares += l[c * below + j]! * l[c * below + j]!;
    logDeterminant[c] = sum;
    prior += m * sum - (gamma * gamma * squares) / 2;
  }
  let likelihood = -n * ((d * Math.log(2 * Math.PI)) / 2 + logSumExp(alpha));
  for (let i = 0; i < n; i++) {
    const terms = new Float64Array(k);
    const whitened = new Float64Array(d);
    for (let c = 0; c < k; c++) {
      for (let j = 0; j < d; j++) whitened[j] = diagonal[c * d + j]! * (x[i * d + j]! - mu[c * d + j]!);
      for (let column = 0; column < d; column++) {
        const centred = x[i * d + column]! - mu[c * d + column]!;
        const start = c * below + column * d - (column * (column + 1)) / 2 - column - 1;
        for (let row = column + 1; row < d; row++) whitened[row]! += l[start + row]! * centred;
      }
      let square = 0;
      for (let j = 0; j < d; j++) square += whitened[j]! * whitened[j]!;
      terms[c] = alpha[c]! + logDeterminant[c]! - square / 2;
    }
    likelihood += logSumExp(terms);
  }
  return likelihood + prior;
}
