import distributions from 'distributions';
import gaussian from 'gaussian';
import jStat from 'jstat';
import KalmanFilter from 'kalmanjs';
import { levenbergMarquardt } from 'ml-levenberg-marquardt';
import savitzkyGolay from 'ml-savitzky-golay';
import normalDistribution from 'normal-distribution';
import regression from 'regression';
import * as simple from 'simple-statistics';

export const jGammaln = (x) => jStat.gammaln(x);
export const jGammafn = (x) => jStat.gammafn(x);
export const jErf = (x) => jStat.erf(x);
export const jErfc = (x) => jStat.erfc(x);
export const jErfcinv = (x) => jStat.erfcinv(x);
export const jFactorialln = (x) => jStat.factorialln(x);
export const jGammap = (a, x) => jStat.lowRegGamma(a, x);
export const jGammapInv = (p, a) => jStat.gammapinv(p, a);
export const jBeta = (a, b) => jStat.betafn(a, b);
export const jIbeta = (x, a, b) => jStat.ibeta(x, a, b);
export const jIbetaInv = (x, a, b) => jStat.ibetainv(x, a, b);
export const normalPdf = (x, m, s) => jStat.normal.pdf(x, m, s);
export const normalCdf = (x, m, s) => jStat.normal.cdf(x, m, s);
export const normalInv = (p, m, s) => jStat.normal.inv(p, m, s);
export const lognormalPdf = (x, m, s) => jStat.lognormal.pdf(x, m, s);
export const lognormalCdf = (x, m, s) => jStat.lognormal.cdf(x, m, s);
export const cauchyPdf = (x, m, s) => jStat.cauchy.pdf(x, m, s);
export const cauchyCdf = (x, m, s) => jStat.cauchy.cdf(x, m, s);
export const gammaPdf = (x, a, b) => jStat.gamma.pdf(x, a, b);
export const gammaCdf = (x, a, b) => jStat.gamma.cdf(x, a, b);
export const weibullPdf = (x, a, b) => jStat.weibull.pdf(x, a, b);
export const weibullCdf = (x, a, b) => jStat.weibull.cdf(x, a, b);
export const betaPdf = (x, a, b) => jStat.beta.pdf(x, a, b);
export const betaCdf = (x, a, b) => jStat.beta.cdf(x, a, b);
export const studentPdf = (x, dof) => jStat.studentt.pdf(x, dof);
export const studentCdf = (x, dof) => jStat.studentt.cdf(x, dof);
export const chiPdf = (x, dof) => jStat.chisquare.pdf(x, dof);
export const chiCdf = (x, dof) => jStat.chisquare.cdf(x, dof);
export const exponentialPdf = (x, rate) => jStat.exponential.pdf(x, rate);
export const exponentialCdf = (x, rate) => jStat.exponential.cdf(x, rate);
export const centralFCdf = (x, d1, d2) => jStat.centralF.cdf(x, d1, d2);
export const jMean = (a) => jStat.mean(a);
export const jVariance = (a) => jStat.variance(a, true);
export const jStdev = (a) => jStat(a).stdev();
export const jGeomean = (a) => jStat.geomean(a);
export const jSkewness = (a) => jStat.skewness(a);
export const jKurtosis = (a) => jStat.kurtosis(a);
export const jMedian = (a) => jStat.median(a);
export const jMeansqerr = (a) => jStat.meansqerr(a);
export const jCovariance = (a, b) => jStat.covariance(a, b);
export const jCorrelation = (a, b) => jStat.corrcoeff(a, b);
export const jDet = (m) => jStat.det(m);
export const jInverse = (m) => jStat.inv(m);
export const jCholesky = (m) => jStat.cholesky(m);

export const density = (sample, x) => simple.kernelDensityEstimation(sample)(x);
export const determination = (points) =>
  simple.rSquared(points, simple.linearRegressionLine(simple.linearRegression(points)));

const { Normal, Studentt } = distributions;
export const dNormalPdf = (x, m, s) => Normal(m, s).pdf(x);
export const dNormalCdf = (x, m, s) => Normal(m, s).cdf(x);
export const dNormalInv = (p, m, s) => Normal(m, s).inv(p);
export const dStudentPdf = (x, dof) => Studentt(dof).pdf(x);
export const dStudentCdf = (x, dof) => Studentt(dof).cdf(x);

const NormalDistribution = normalDistribution.default ?? normalDistribution;
export const nPdf = (x, m, s) => new NormalDistribution(m, s).pdf(x);
export const nCdf = (x, m, s) => new NormalDistribution(m, s).cdf(x);
export const nZ = (x, m, s) => new NormalDistribution(m, s).zScore(x);

export const gPdf = (x, m, v) => gaussian(m, v).pdf(x);
export const gCdf = (x, m, v) => gaussian(m, v).cdf(x);
export const gPpf = (p, m, v) => gaussian(m, v).ppf(p);
export const gMul = (m, v, m2, v2) => {
  const { mean, variance } = gaussian(m, v).mul(gaussian(m2, v2));
  return [mean, variance];
};

const precise = { precision: 14 };
export const linearFit = (points) => regression.linear(points, precise).predict(3)[1];
export const exponentialFit = (points) => regression.exponential(points, precise).equation;
export const powerFit = (points) => regression.power(points, precise).equation;
export const quadraticFit = (points) => regression.polynomial(points, { ...precise, order: 2 }).equation;

export const fittedRate = (y) =>
  levenbergMarquardt(
    { x: y.map((_, i) => i), y },
    ([a, b]) =>
      (t) =>
        a * Math.exp(-b * t),
    { damping: 0.01, initialValues: [1, 0.5], maxIterations: 100 },
  ).parameterValues;

const smooth = savitzkyGolay.default ?? savitzkyGolay;
export const smoothed = (values) => smooth(values, 1, { windowSize: 5, derivative: 0, polynomial: 2 });

export const filtered = (values, r, q) => {
  const filter = new KalmanFilter({ R: r, Q: q });
  return values.map((v) => filter.filter(v));
};
