/** Statistics, ratings, technical indicators and loans, as a project calls them. */

import { ema, Indicators, IndicatorsSync, linreg, rsi, stddev, trix } from '@ixjb94/indicators';
import elo from 'elo-rating';
import { Glicko2 } from 'glicko2';
import lsq from 'least-squares';
import { optimizePeaks } from 'ml-gsd';
import { Kernel } from 'ml-kernel';
import { ExponentialRegression } from 'ml-regression-exponential';
import { optimize } from 'ml-spectra-fitting';
import { createMortgageCalculator } from 'mortgage-js';
import { ordinal, predictDraw, predictWin, rate, rating } from 'openskill';
import * as lite from 'stats-lite';
import ta from 'ta.js';
import {
  ATR,
  BollingerBands,
  EMA,
  getAverage,
  getStandardDeviation,
  LinearRegression,
  MACD,
  RSI,
  SMA,
} from 'trading-signals';
import trueskill from 'trueskill';
import { quality_1vs1 as quality, Rating, rate_1vs1 as rateOne, winProbability } from 'ts-trueskill';
import ttest from 'ttest';

export const liMoments = (xs) => [
  lite.mean(xs),
  lite.stdev(xs),
  lite.sampleVariance(xs),
  lite.median(xs),
  lite.percentile(xs, 0.6),
];
export const ttOne = (xs, mu) => {
  const t = ttest(xs, { mu });
  return [t.testValue(), t.pValue(), ...t.confidence()];
};
export const ttTwo = (a, b) => {
  const t = ttest(a, b, { varEqual: false });
  return [t.testValue(), t.pValue(), t.freedom()];
};
export const osRate = (mu, sigma, other) =>
  rate([[rating({ mu, sigma })], [rating({ mu: other, sigma: 7 })]])
    .flat()
    .flatMap((r) => [r.mu, r.sigma]);
export const osTeams = (mu, sigma) => {
  const teams = [
    [rating({ mu, sigma }), rating()],
    [rating({ mu: 28 }), rating({ sigma: 5 })],
  ];
  return [...predictWin(teams), predictDraw(teams), ordinal(teams[0][0])];
};
export const tsRate = (mu, sigma) => {
  const [a, b] = rateOne(new Rating(mu, sigma), new Rating(27, 7));
  return [a.mu, a.sigma, b.mu, b.sigma];
};
export const tsQuality = (mu, sigma) => quality(new Rating(mu, sigma), new Rating(27, 7));
export const tsWin = (mu, sigma) => winProbability([new Rating(mu, sigma)], [new Rating(27, 7)]);
export const trAdjust = (mu, sigma) => {
  const a = { skill: [mu, sigma], rank: 1 };
  const b = { skill: [27, 7], rank: 2 };
  trueskill.AdjustPlayers([a, b]);
  return [a.skill, b.skill];
};
export const trChance = (mu, sigma) => trueskill.ChanceOfWinning({ skill: [mu, sigma] }, { skill: [27, 7] });
export const glUpdate = (r, rd, vol) => {
  const g = new Glicko2({ tau: 0.5, rating: 1500, rd: 200, vol: 0.06 });
  const a = g.makePlayer(r, rd, vol);
  const b = g.makePlayer(1400, 30, 0.06);
  g.updateRatings([[a, b, 1]]);
  return [a.getRating(), a.getRd(), a.getVol()];
};
export const elExpected = (a, b) => [elo.expected(a, b), elo.ratingDifference(a, b)];
export const kePolynomial = (a, b) =>
  new Kernel('polynomial', { degree: 3, constant: 1, scale: 0.5 }).compute([a, b]).get(0, 1);
export const keGaussian = (a, b) => new Kernel('gaussian', { sigma: 2 }).compute([a], [b]).get(0, 0);
export const keCauchy = (a, b) => new Kernel('cauchy', { sigma: 2 }).compute([a], [b]).get(0, 0);
export const reExponential = (xs, ys, x) => new ExponentialRegression(xs, ys).predict(x);
export const lsFit = (xs, ys) => {
  const out = {};
  lsq(xs, ys, out);
  return [out.m, out.b, out.bErr ?? 0, out.mErr ?? 0];
};
const spectrum = (centre, width) => {
  const x = Array.from({ length: 41 }, (_, i) => i / 10);
  return { x, y: x.map((v) => Math.exp(-(((v - centre) / width) ** 2))) };
};
export const spFit = (centre, width) =>
  optimize(spectrum(centre, width), [{ x: 2, y: 0.9, shape: { kind: 'gaussian', fwhm: 1 } }]).peaks.flatMap(
    (p) => [p.x, p.y],
  );
export const gsFit = (centre, width) =>
  optimizePeaks(spectrum(centre, width), [
    { x: 2, y: 0.9, width: 1, shape: { kind: 'gaussian', fwhm: 1 } },
  ]).map(({ x, y }) => [x, y]);

export const txAverages = (ps) =>
  [SMA, EMA, RSI].map((Indicator) => {
    const indicator = new Indicator(4);
    for (const p of ps) indicator.add(p);
    return indicator.getResult();
  });
export const txBands = (ps) => {
  const bands = new BollingerBands(4, 2);
  for (const p of ps) bands.add(p);
  return bands.getResult();
};
export const txMacd = (ps) => {
  const macd = new MACD(new EMA(2), new EMA(4), new EMA(3));
  for (const p of ps) macd.update(p, false);
  return macd.getResult();
};
export const txRange = (highs, lows, closes) => {
  const atr = new ATR(3);
  highs.forEach((high, i) => atr.update({ high, low: lows[i], close: closes[i] }, false));
  return atr.getResult();
};
export const txRegression = (ps) => {
  const r = new LinearRegression(5);
  for (const p of ps) r.add(p);
  return r.getResult();
};
export const txMoments = (ps) => [getAverage(ps), getStandardDeviation(ps)];
export const taAverages = (ps) => [
  ta.sma(ps, 3),
  ta.ema(ps, 3),
  ta.wma(ps, 3),
  ta.hull(ps, 4),
  ta.kama(ps, 2, 3, 5),
];
export const taOscillators = (ps) => [ta.rsi(ps, 3), ta.macd(ps, 2, 4), ta.tsi(ps, 3, 2, 2), ta.roc(ps, 2)];
export const taBands = (ps) => [ta.bands(ps, 3, 2), ta.envelope(ps, 3, 0.1), ta.bandwidth(ps, 3, 2)];
export const taStatistics = (ps) => [
  ta.std(ps, 5),
  ta.variance(ps, 5),
  ta.median(ps, 5),
  ta.mad(ps, 5),
  ta.cor(
    ps,
    ps.map((p, i) => p * i),
  ),
];
export const taNormal = (x) => [ta.ncdf(x), ta.normsinv(0.5 + x / 10)];
export const ixAverages = (ps) => [ema(ps, 3), linreg(ps, 4), stddev(ps, 3), trix(ps, 2), rsi(ps, 3)];
export const ixSync = (ps) => {
  const all = new IndicatorsSync();
  return [all.hma(ps, 4), all.tema(ps, 2), all.bbands(ps, 3, 2), all.macd(ps, 2, 4, 3)];
};
export const ixAsync = (ps) => new Indicators().sma(ps, 3);
export const moPayment = (price, down, interest) => {
  const m = createMortgageCalculator();
  Object.assign(m, { totalPrice: price, downPayment: down, interestRate: interest });
  return m.calculatePayment().tax;
};
