/** Prices, loans, spreadsheets and what charts show. */

import handsontable from '@handsontable/formulajs';
import { xirr } from '@webcarrot/xirr';
import { Calculator } from 'amortizejs';
import bond from 'bond-calculator';
import formulas from 'formulajs';
import * as oak from 'oakscriptjs';
import { ta } from 'oakscriptjs';
import TA from 'ta-math';

const bars = (closes) => closes.map((c, i) => [i, c - 0.3, c + 0.5 + 0.1 * i, c - 0.8, c, 100 + 7 * i]);
const chart = (closes) => new TA(bars(closes), TA.exchangeFormat);
const last = (list) => list.filter((x) => Number.isFinite(x)).slice(-2);

export const hoSheet = (rate, n, pmt, pv) => [
  handsontable.PV(rate, n, pmt, 0, 0),
  handsontable.FV(rate, n, pmt, pv, 0),
  handsontable.PMT(rate, n, pv),
  handsontable.NPER(rate, pmt, pv, 500),
];
export const hoFlows = (flows, rate) => [
  handsontable.NPV(rate, ...flows),
  handsontable.MIRR(flows, rate, 0.12),
];
export const hoStatistics = (x, m, s) => [
  handsontable.NORMDIST(x, m, s, true),
  handsontable.LOGNORMDIST(x, m, s, true),
  handsontable.WEIBULLDIST(x, m, s, true),
  handsontable.GAMMADIST(x, m, s, true),
];
export const hoPercentile = (xs, k) => [
  handsontable.PERCENTILE(xs, k),
  handsontable.SKEW(xs),
  handsontable.KURT(xs),
];
export const hoSlope = (xs, ys) => [
  handsontable.SLOPE(ys, xs),
  handsontable.INTERCEPT(ys, xs),
  handsontable.STEYX(ys, xs),
];
export const foSheet = (rate, n, pmt, pv) => [
  formulas.PV(rate, n, pmt, 0, 0),
  formulas.CUMIPMT(rate, 30 * 12, pv, 13, 24, 0),
  formulas.IPMT(rate, 1, n, pv),
  formulas.EFFECT(rate, 4),
  formulas.SLN(pv, pmt, n),
];
export const foMath = (x, y) => [
  formulas.ACOTH(x + 1),
  formulas.SERIESSUM(x, 1, 2, [1, 2, y]),
  formulas.SUMX2MY2([x, y], [1, 2]),
];
export const foEngineering = (x) => [
  formulas.ERF(x),
  formulas.BESSELJ(x, 1),
  formulas.BESSELI(x, 2),
  formulas.CONVERT(x, 'mi', 'km'),
];
export const xiRate = (a, b, c) =>
  xirr([
    { amount: a, date: new Date('2022-01-01T00:00:00Z') },
    { amount: b, date: new Date('2022-09-01T00:00:00Z') },
    { amount: c, date: new Date('2023-06-15T00:00:00Z') },
  ]);
export const amMortgage = (balance, apr) => {
  const { periodicPayment, totalPayment, totalInterest } = Calculator.calculate({
    method: 'mortgage',
    apr,
    balance,
    loanTerm: 12,
    startDate: new Date('2024-01-01T00:00:00Z'),
  });
  return [periodicPayment, totalPayment, totalInterest];
};
const held = {
  settlement: '2014-02-15',
  maturity: '2023-11-15',
  rate: 0.0575,
  redemption: 100,
  frequency: 2,
  convention: '30U/360',
};
export const boPrice = (y) => bond(held).price(y);
export const boYield = (price) => bond(held).yield(price);
export const taAverages = (xs) => {
  const t = chart(xs);
  return [last(t.sma(3)), last(t.ema(3)), last(t.dema(3)), last(t.stdev(4)), last(t.rsi(4))];
};
export const taBands = (xs) => {
  const t = chart(xs);
  return [
    last(t.bb(4, 2).upper),
    last(t.keltner(3, 2).lower),
    last(t.atr(3)),
    last(t.cci(4)),
    last(t.fi(3)),
    last(t.vwap ? t.vwap() : []),
  ];
};
export const oaAverages = (xs) => [
  last(oak.taCore.sma(xs, 3)),
  last(oak.taCore.ema(xs, 3)),
  last(oak.taCore.rsi(xs, 3)),
  last(oak.taCore.stdev(xs, 4)),
];
export const oaSeries = (xs) => {
  const made = bars(xs).map(([time, open, high, low, close, volume]) => ({
    time,
    open,
    high,
    low,
    close,
    volume,
  }));
  const close = oak.Series.fromBars(made, 'close');
  const high = oak.Series.fromBars(made, 'high');
  return last(ta.ema(close, 3).add(high).mul(close).toArray());
};
