// negative log-likelihoods used by the fitting page
const DATA = [1.2, 0.7, 3.4, 2.2, 1.9, 0.3, 2.8];
const COUNTS = { 0: 5, 1: 9, 2: 6, 3: 2 };

//= gaussianNll([1.5, 0.2])
export function gaussianNll([mu, logSigma]) {
  const s = Math.exp(logSigma);
  return DATA.map(x => 0.5 * ((x - mu) / s) ** 2 + logSigma).reduce((a, b) => a + b);
}

//= poissonNll(1.3) H
export function poissonNll(lambda) {
  let nll = 0;
  for (const k in COUNTS) {
    let logFact = 0;
    for (let i = 2; i <= +k; i++) logFact += Math.log(i);
    nll -= COUNTS[k] * (k * Math.log(lambda) - lambda - logFact);
  }
  return nll;
}

//= weibullNll({"shape": 1.4, "scale": 2.1})
export const weibullNll = ({ shape: k, scale: l }) =>
  -DATA.reduce((ll, x) => ll + Math.log(k / l) + (k - 1) * Math.log(x / l) - Math.pow(x / l, k), 0);

//= studentNll(1.6, 0.9, 4.5)
export function studentNll(loc, scale, nu) {
  let total = 0
  DATA.forEach(function (x) {
    const z = (x - loc) / scale
    total += (nu + 1) / 2 * Math.log1p(z * z / nu) + Math.log(scale)
  })
  return total
}

//= logistic([[1, 0.2], [0.4, -1], [2, 1.5]], [1, 0, 1], [0.3, -0.2], 0.1)
export function logistic(X, y, w, lambda = 0) {
  const sigmoid = z => z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
  let loss = 0;
  X.forEach((row, i) => {
    const p = sigmoid(row.reduce((s, x, j) => s + x * w[j], 0));
    loss -= y[i] ? Math.log(p) : Math.log(1 - p);
  });
  return loss / X.length + lambda * w.reduce((s, v) => s + v ** 2, 0);
}
