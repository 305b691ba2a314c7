/** Statistics and finance, by packages that compute them in their own ways. */
import * as F from '@formulajs/formulajs';
import * as Fish from '@uqee/black-scholes';
import ecStat from 'echarts-stat';
import * as FJ from 'fundamental-js';
import * as I from 'indicatorts';
import KF from 'kalman-filter';
import LoanJS from 'loanjs';
import * as irrs from 'node-irr';
import { Option } from 'option-pricing';
import PD from 'probability-distributions';
import Statistics from 'statistics.js';
import TVM from 'tvm-financejs';
import * as vega from 'vega-statistics';

const row = (ys) => ys.map((y, x) => ({ x: x + 1, y }));
const X = (d) => d.x;
const Y = (d) => d.y;

// vega-statistics
export const vLinear = (ys, at) => vega.regressionLinear(row(ys), X, Y).predict(at);
export const vLog = (ys, at) => vega.regressionLog(row(ys), X, Y).predict(at);
export const vExp = (ys, at) => vega.regressionExp(row(ys), X, Y).predict(at);
export const vPow = (ys, at) => vega.regressionPow(row(ys), X, Y).predict(at);
export const vQuad = (ys, at) => vega.regressionQuad(row(ys), X, Y).predict(at);
export const vPoly = (ys, at) => vega.regressionPoly(row(ys), X, Y, 3).predict(at);
export const vRSquared = (ys) => vega.regressionLinear(row(ys), X, Y).rSquared;
export const vLoess = (ys) => vega.regressionLoess(row(ys), X, Y, 0.8).map(([, y]) => y);
export const vQuantiles = (ys) => vega.quantiles(ys, [0.1, 0.37, 0.9]);
export const vQuartiles = (ys) => vega.quartiles(ys);
export const vBandwidth = (ys) => vega.bandwidthNRD(ys);
export const vKde = (ys, x) => vega.randomKDE(ys, 0.7).pdf(x);
export const vMixture = (x, w) =>
  vega.randomMixture([vega.randomNormal(0, 1), vega.randomNormal(2, 0.5)], [w, 1 - w]).cdf(x);
export const vIcdf = (p, mean, sd) => vega.randomNormal(mean, sd).icdf(p);

// statistics.js
const plain = () => new Statistics([], {}, { suppressWarnings: true });
const columns = (xs, ys) =>
  new Statistics(
    xs.map((x, i) => ({ x, y: ys[i] })),
    { x: 'metric', y: 'metric' },
    { suppressWarnings: true },
  );
export const sMeans = (xs) => {
  const s = plain();
  return [s.mean(xs), s.geometricMean(xs), s.harmonicMean(xs), s.rootMeanSquare(xs), s.cubicMean(xs)];
};
export const sSpread = (xs) => {
  const s = plain();
  return [
    s.variance(xs),
    s.standardDeviation(xs),
    s.coefficientOfVariation(xs),
    s.geometricStandardDeviation(xs),
  ];
};
export const sMoments = (xs) => [plain().skewness(xs), plain().kurtosis(xs)];
export const sRobust = (xs) => [
  plain().median(xs),
  plain().medianAbsoluteDeviation(xs),
  plain().winsorisedMean(xs),
];
export const sGamma = (n) => plain().gamma(n);
export const sGammaExact = (n) => plain().gamma(n, true);
export const sIncomplete = (s, x) => plain().regularisedGamma(s, x);
export const sCorrelation = (xs, ys) =>
  columns(xs, ys).correlationCoefficient('x', 'y').correlationCoefficient;
export const sRegression = (xs, ys) => {
  const { regressionFirst: first } = columns(xs, ys).linearRegression('x', 'y');
  return [first.beta1, first.beta2];
};
export const sFisher = (r) => plain().fisherTransformation(r);

// probability-distributions
export const pNorm = (xs, mean, sd) => PD.dnorm(xs, mean, sd);
export const pExp = (x, rate) => PD.dexp(x, rate);
export const pPois = (lambda) => PD.dpois(3, lambda);
export const pUnif = (a, b) => PD.dunif(1.5, a, b);

// echarts-stat
export const eLinear = (ps) => ecStat.regression('linear', ps).parameter;
export const eExponential = (ps) => ecStat.regression('exponential', ps).parameter;
export const ePolynomial = (ps) => ecStat.regression('polynomial', ps, 2).parameter.coefficients ?? 0;
export const eFit = (ps) => ecStat.regression('polynomial', ps, 2).points.map(([, y]) => y);
export const eStats = (xs) => [
  ecStat.statistics.deviation(xs),
  ecStat.statistics.sampleVariance(xs),
  ecStat.statistics.quantile(xs, 0.3),
  ecStat.statistics.median(xs),
];

// option-pricing
export const opPrice = (
  initialSpotPrice,
  strikePrice,
  timeToMaturity,
  volatility,
  riskFreeRate,
  dividendYield,
) =>
  new Option({
    style: 'european',
    type: 'call',
    initialSpotPrice,
    strikePrice,
    timeToMaturity,
    volatility,
    riskFreeRate,
    dividendYield,
  }).price('black-scholes');
export const opTree = (initialSpotPrice, strikePrice, timeToMaturity, volatility, riskFreeRate) =>
  new Option({
    style: 'american',
    type: 'put',
    initialSpotPrice,
    strikePrice,
    timeToMaturity,
    volatility,
    riskFreeRate,
    dividendYield: 0.01,
  }).price('binomial-tree', { timeSteps: 25 });

// @uqee/black-scholes
export const bsGreeks = (rate, sigma, strike, time, underlying) =>
  new Fish.BlackScholes({ sigmaToPricePrecision: 'double' }).option({
    rate,
    sigma,
    strike,
    time,
    type: 'put',
    underlying,
  });
export const bsSingle = (rate, sigma, strike, time, underlying) =>
  new Fish.BlackScholes().option({ rate, sigma, strike, time, type: 'call', underlying }).price;
export const bsImplied = (price, rate, strike, time, underlying) =>
  new Fish.BlackScholes({
    sigmaToPricePrecision: 'double',
    priceToSigmaMethod: 'newton-raphson',
    priceToSigmaAccuracy: 1e-10,
    priceToSigmaNRIteractions: 50,
  }).sigma({ price, rate, strike, time, type: 'call', underlying });

// tvm-financejs
const tvm = new TVM();
export const tvmPv = (rate, nper, pmt, fv) => tvm.PV(rate, nper, pmt, fv);
export const tvmFv = (rate, nper, pmt, pv) => tvm.FV(rate, nper, pmt, pv, 1);
export const tvmPmt = (rate, nper, pv) => tvm.PMT(rate, nper, pv);
export const tvmNper = (rate, pmt, pv) => tvm.NPER(rate, pmt, pv);
export const tvmIpmt = (rate, nper, pv) => tvm.IPMT(rate, 3, nper, pv);
export const tvmPpmt = (rate, nper, pv) => tvm.PPMT(rate, 3, nper, pv);
export const tvmNpv = (rate, a, b, c) => tvm.NPV(rate, a, b, c);
export const tvmIrr = (flows) => tvm.IRR(flows);
export const tvmRate = (nper, pmt, pv) => tvm.RATE(nper, pmt, pv);

// node-irr
export const nIrr = (flows) => irrs.irr(flows);
export const nIrrBisection = (flows) => irrs.irr(flows, { method: 'bisection', epsilon: 1e-12 });
export const nXirr = (a, b, c) => {
  const { days, rate } = irrs.xirr([
    { amount: a, date: '20230101' },
    { amount: b, date: '20231001' },
    { amount: c, date: '20240301' },
  ]);
  return days > 0 ? irrs.convertRate(rate, 'year') : 0;
};
export const nConvert = (rate) => irrs.convertRate(rate, 'month');
export const nPolynomial = (c) => irrs.zeros(c);

// loanjs
export const loanRates = (amount, rate) => {
  const loan = new LoanJS.Loan(amount, 6, rate);
  return loan.sum;
};

// fundamental-js
export const fjEmi = (p, r) => FJ.emi(p, r, 24);
export const fjSchedule = (p, r) =>
  FJ.amortizationSchedule({ principal: p, annualRate: r, months: 5 }).totalInterest;
export const fjSip = (m, r) =>
  FJ.sipFutureValue({ monthlyInvestment: m, annualRate: r, months: 30 }).futureValue;
export const fjXirr = (a, b, c) =>
  FJ.xirr([
    { amount: a, date: new Date('2023-01-01') },
    { amount: b, date: new Date('2023-10-01') },
    { amount: c, date: new Date('2024-03-01') },
  ]);
export const fjXnpv = (r, a, b) =>
  FJ.xnpv(r, [
    { amount: a, date: new Date('2023-01-01') },
    { amount: b, date: new Date('2023-10-01') },
  ]);
export const fjSwp = (p, w) =>
  FJ.swpPlan({ initialCorpus: p, monthlyWithdrawal: w, annualRate: 0.08, months: 10 }).endingCorpus;

// indicatorts
const later = (values) => values.slice(-2);
export const iSma = (xs) => later(I.sma(xs, { period: 3 }));
export const iEma = (xs) => later(I.ema(xs, { period: 3 }));
export const iDema = (xs) => later(I.dema(xs, { period: 3 }));
export const iRsi = (xs) => later(I.rsi(xs, { period: 3 }));
export const iMacd = (xs) => later(I.macd(xs, { fast: 2, slow: 4, signal: 2 }).signalLine);
export const iBands = (xs) => later(I.bb(xs, { period: 4 }).upper);
export const iAtr = (h, l, c) => later(I.atr(h, l, c, { period: 3 }).atrLine);
export const iCci = (h, l, c) => later(I.cci(h, l, c, { period: 3 }));
export const iRegression = (xs) =>
  later(I.movingLinearRegressionUsingLeastSquare(3, [1, 2, 3, 4, 5, 6, 7], xs));
export const iObv = (c, v) => later(I.vwap(c, v, { period: 3 }));
export const iVortex = (h, l, c) => later(I.vortex(h, l, c, { period: 3 }).plus);

// kalman-filter
export const kfConstant = (observations) =>
  new KF.KalmanFilter({ observation: 1, dynamic: 'constant-position' })
    .filterAll(observations)
    .flat()
    .slice(-2);
export const kfSpeed = (observations) =>
  new KF.KalmanFilter({ observation: 1, dynamic: 'constant-speed' }).filterAll(observations).flat().slice(-2);
export const kfPair = (xs) =>
  new KF.KalmanFilter({ observation: { sensorDimension: 2, name: 'sensor' }, dynamic: 'constant-speed' })
    .filterAll(xs)
    .at(-1);
export const kfCorrelation = (c) => KF.covarianceToCorrelation(c).correlation;

// @formulajs/formulajs
export const fXirr = (a, b, c) => F.XIRR([a, b, c], ['01/01/2023', '10/01/2023', '03/01/2024'], 0.1);
export const fComplex = (a, b) => [F.IMREAL(F.IMSQRT(F.COMPLEX(a, b)))];
export const fTrend = (ys) => F.TREND(ys, [1, 2, 3, 4, 5], [6, 7]);
export const fGrowth = (ys) => F.GROWTH(ys, [1, 2, 3, 4, 5], [6]);
export const fLinest = (ys) => F.LINEST(ys, [1, 2, 3, 4, 5]);
