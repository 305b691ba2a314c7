/** Log-likelihood of a Gaussian mixture; covariances by log-diagonals and lower triangles, a Wishart prior on them. */
import { logSumExp, type Mat, type Vec } from './linear';

function triangularTimes(logDiagonal: Vec, lower: Vec, x: Vec): number[] {
  const d = x.length;
  const out = x.map((xi, i) => Math.exp(logDiagonal[i]!) * xi);
  let at = 0;
  for (let j = 0; j < d; j++) for (let i = j + 1; i < d; i++) out[i]! += lower[at++]! * x[j]!;
  return out;
}

const sum = (xs: Vec) => xs.reduce((a, b) => a + b, 0);
const squares = (xs: Vec) => xs.reduce((a, b) => a + b * b, 0);

export function gmm(alphas: Vec, means: Mat, icf: Mat, xs: Mat, gamma = 1, m = 0): number {
  const d = xs[0]!.length;
  const n = xs.length;
  let total = -n * logSumExp(alphas) - n * d * 0.5 * Math.log(2 * Math.PI);
  const parts = icf.map((c) => ({ logs: c.slice(0, d), lower: c.slice(d) }));
  for (const x of xs) {
    total += logSumExp(
      alphas.map((a, k) => {
        const { logs, lower } = parts[k]!;
        const y = triangularTimes(logs, lower, x.map((xi, i) => xi - means[k]![i]!));
        return a + sum(logs) - 0.5 * squares(y);
      }),
    );
  }
  for (const { logs, lower } of parts)
    total += 0.5 * gamma * gamma * (squares(logs.map(Math.exp)) + squares(lower)) - m * sum(logs);
  return total;
}

