/** Further packages of statistics, ratings and finance. */
import { fromPackage, inFile, inWrapper, numbers, type PackageSpec } from '../row.ts';

const rated = (calls: Parameters<typeof inWrapper>[1]) => inWrapper('ratings.js', calls);

const data = [2, 4.5, 4.75, 5, 7.25, 9];
const other = [1, 3.5, 2.25, 6, 5.5, 10];
const prices = [10, 12.5, 11, 14, 13.5, 16, 15.25, 17];
const highs = prices.map((p, i) => p + 0.5 + 0.1 * i);
const lows = prices.map((p, i) => p - 0.75 + 0.05 * i);

export const ratings: readonly PackageSpec[] = [
  fromPackage('stats-lite', '2.2.0', [
    rated({ liMoments: [[data]] }),
    inFile('stats.js', { 'mean stdev variance sum': [[data]], percentile: [[data, 0.6]] }),
  ]),
  fromPackage('ttest', '4.0.0', [rated({ ttOne: [[data, 4]], ttTwo: [[data, other]] })]),
  fromPackage('openskill', '5.0.1', [rated({ osRate: [[26, 6.5, 24]], osTeams: [[26, 6.5]] })]),
  fromPackage('ts-trueskill', '5.1.0', [rated({ 'tsRate tsQuality tsWin': [[26, 6.5]] })]),
  fromPackage('trueskill', '0.0.2', [rated({ 'trAdjust trChance': [[26, 6.5]] })]),
  fromPackage('glicko2', '1.2.2', [rated({ glUpdate: [[1520, 180, 0.06]] })]),
  fromPackage('elo-rating', '1.0.1', [rated({ elExpected: [[1500, 1620]] })]),
  fromPackage('ml-kernel', '4.0.0', [
    rated({
      'kePolynomial keGaussian keCauchy': [
        [
          [1, 2, 3],
          [0.5, -1, 2],
        ],
      ],
    }),
  ]),
  fromPackage('ml-regression-exponential', '3.0.2', [
    rated({ reExponential: [[[1, 2, 3.5, 5], [2, 4.5, 3, 7], 2.5]] }),
  ]),
  fromPackage('least-squares', '0.0.2', [rated({ lsFit: [[data, other]] })]),
  fromPackage('ml-spectra-fitting', '6.2.2', [rated({ spFit: [[2.1, 0.5]] })]),
  fromPackage('ml-gsd', '14.2.2', [rated({ gsFit: [[2.1, 0.5]] })]),
  fromPackage('trading-signals', '8.3.0', [
    rated({
      'txAverages txBands txMacd txRegression txMoments': [[prices]],
      txRange: [[highs, lows, prices]],
    }),
  ]),
  fromPackage('ta.js', '1.17.0', [
    rated({ 'taAverages taOscillators taBands taStatistics': [[prices]], taNormal: numbers(0.7) }),
    inFile('src/statistics/ncdf.js', { default: numbers(0.7) }),
  ]),
  fromPackage('@ixjb94/indicators', '1.2.4', [rated({ 'ixAverages ixSync': [[prices]] })]),
  fromPackage('mortgage-js', '0.1.2', [rated({ moPayment: [[400_000, 60_000, 0.045]] })]),
];
