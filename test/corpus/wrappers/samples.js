/** Fits, distributions and summaries of samples. */

import { binomial, correlation, Random, Regression } from '@mathigon/fermat';
import science from '@sgratzl/science';
import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import chisquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile';
import cosineCdf from '@stdlib/stats-base-dists-cosine-cdf';
import * as transducers from '@thi.ng/transducers-stats';
import chiSquaredTest from 'chi-squared-test';
import quantile from 'compute-quantile';
import * as d3 from 'd3-regression';
import { ExpReg } from 'exponential-regression';
import { Stats } from 'fast-stats';
import Geostats from 'geostats';
import Logistic from 'ml-logistic-regression';
import { Matrix } from 'ml-matrix';
import Multivariate from 'ml-regression-multivariate-linear';
import { PolynomialRegression2D } from 'ml-regression-polynomial-2d';
import { SimpleLinearRegression } from 'ml-regression-simple-linear';
import { TheilSenRegression } from 'ml-regression-theil-sen';
import pdfast from 'pdfast';
import percentile from 'percentile';
import { createModel } from 'polynomial-regression';
import summary from 'summary';
import { createTrend } from 'trendline';

const pairs = (xs, ys) => xs.map((x, i) => [x, ys[i]]);

export const feBinomial = (xs, ys) => correlation(xs, ys);
export const feFits = (xs, ys) => {
  const points = pairs(xs, ys);
  return [
    ...Regression.linear(points),
    ...Regression.polynomial(points, 2),
    ...Regression.exponential(points),
  ];
};
export const fePower = (xs, ys) => [
  ...Regression.power(pairs(xs, ys)),
  Regression.coefficient(pairs(xs, ys), (x) => 2 * x),
];
export const feNormal = (x, m, v) => [
  Random.normalPDF(x, m, v),
  Random.integrate((t) => t * x, 0, m, 0.1),
  binomial(5, 2),
];
export const scDistribution = (x, m, v) => {
  const gaussian = science.stats.distribution.gaussian().mean(m).variance(v);
  return [gaussian.pdf(x), gaussian.cdf(x)];
};
export const scErf = (x) => [science.stats.erf(x), science.expm1(x), science.hypot(x, 2)];
export const scKde = (xs, at) =>
  science.stats
    .kde()
    .sample(xs)([at, 4])
    .map((p) => p[1]);
export const scMoments = (xs) => [
  science.stats.mean(xs),
  science.stats.variance(xs),
  science.stats.iqr([...xs].sort((a, b) => a - b)),
];
export const scInverse = (m) => science.lin.inverse(m);
export const stBeta = (p, a, b) => betaQuantile(p, a, b);
export const stBinomial = (p) => binomialCdf(3, 8, p);
export const stChisquare = (p, k) => chisquareQuantile(p, k);
export const stCosine = (x, mu, s) => cosineCdf(x, mu, s);
export const tsAverages = (xs) => [
  [...transducers.ema(3, xs)],
  [...transducers.wma(3, xs)],
  [...transducers.rsi(3, xs)],
];
export const tsBands = (xs) => [...transducers.bollinger(4, 2, xs)].map(({ min, max, pb }) => [min, max, pb]);
export const chTest = (a, b) => chiSquaredTest(a, b, 1).chiSquared;
export const cqQuantile = (xs) => [quantile(xs, 0.37), quantile(xs, 0.8, { sorted: true })];
export const d3Linear = (xs, ys) => {
  const { a, b, rSquared } = d3
    .regressionLinear()
    .x((d) => d[0])
    .y((d) => d[1])(pairs(xs, ys));
  return [a, b, rSquared];
};
export const d3Poly = (xs, ys) => {
  const { coefficients, rSquared } = d3
    .regressionPoly()
    .x((d) => d[0])
    .y((d) => d[1])
    .order(3)(pairs(xs, ys));
  return [...coefficients, rSquared];
};
export const d3Others = (xs, ys) =>
  [d3.regressionExp(), d3.regressionLog(), d3.regressionPow(), d3.regressionQuad()].map((r) => {
    const found = r.x((d) => d[0]).y((d) => d[1])(pairs(xs, ys));
    return [found.a, found.b, found.predict(2.5)];
  });
export const d3Loess = (xs, ys) =>
  d3
    .regressionLoess()
    .x((d) => d[0])
    .y((d) => d[1])
    .bandwidth(0.6)(pairs(xs, ys))
    .map((p) => p[1]);
export const exSolve = (xs, ys) => {
  const { a, b, c } = ExpReg.solve(xs, ys);
  return [a, b, c];
};
export const fsStats = (xs) => {
  const s = new Stats().push(...xs);
  return [s.amean(), s.gmean(), s.stddev(), s.gstddev(), s.moe(), s.median(), s.percentile(80)];
};
export const gsStats = (xs) => {
  const s = new Geostats(xs);
  return [s.mean(), s.median(), s.variance(), s.stddev(), s.cov(), ...s.getClassEqInterval(3)];
};
export const lgTrain = (rows) => {
  const logistic = new Logistic({ numSteps: 20, learningRate: 5e-2 });
  logistic.train(new Matrix(rows), Matrix.columnVector([0, 1, 0, 1]));
  return logistic.classifiers[0].testScores(new Matrix(rows));
};
export const mvFit = (x, y) => {
  const fit = new Multivariate(x, y);
  return [fit.weights, fit.stdError, fit.predict([2, 3])];
};
export const p2Fit = (xy, z) =>
  new PolynomialRegression2D({ x: xy.map((p) => p[0]), y: xy.map((p) => p[1]) }, z, { order: 1 })
    .coefficients;
export const slFit = (xs, ys) => {
  const fit = new SimpleLinearRegression(xs, ys);
  const { r, r2, chi2, rmsd } = fit.score(xs, ys);
  return [fit.slope, fit.intercept, fit.computeX(3), r, r2, chi2, rmsd];
};
export const theilSen = (xs, ys) => {
  const fit = new TheilSenRegression(xs, ys);
  return [fit.slope, fit.intercept, fit.predict(3.5)];
};
export const peMany = (xs) => percentile([30, 80], xs);
export const pdDensity = (xs) =>
  pdfast.getExpectedValueFromPdf(
    pdfast.create(xs, { min: 0, max: 10, size: 6, width: 2 }).map(({ x, y }, k) => ({ x, y: y * xs[k] })),
  );
export const poEstimate = (xs, ys, x) => {
  const model = createModel();
  model.fit(pairs(xs, ys), [2]);
  return model.estimate(2, x);
};
export const suAll = (xs) => {
  const s = summary(xs);
  return [s.mean(), s.sd(), s.variance(), s.median(), s.quartile(0.25), s.max()];
};
export const trTrend = (xs, ys) => {
  const data = xs.map((x, i) => ({ x, y: ys[i] }));
  const { slope, yStart, calcY, rSquared } = createTrend(data, 'x', 'y');
  return [slope, yStart, calcY(3.3), rSquared];
};
