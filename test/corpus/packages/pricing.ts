/** Further packages of prices, loans, spreadsheets and charts. */
import { fromPackage, inWrapper, numbers, type PackageSpec } from '../row.ts';

const priced = (calls: Parameters<typeof inWrapper>[1]) => inWrapper('pricing.js', calls);

const closes = [[[10.2, 11.5, 12.1, 11.7, 13.3, 14.1, 13.9, 15.2, 14.8, 16.1]]];
const xs = [1, 2.5, 4, 5.5, 7];
const ys = [2, 3.5, 4.75, 8, 7.25];

export const pricing: readonly PackageSpec[] = [
  fromPackage('@handsontable/formulajs', '2.0.2', [
    priced({
      hoSheet: [[0.05, 10, -120, 1000]],
      hoFlows: [[[-1000, 300, 400.5, 450], 0.08]],
      hoStatistics: [[1.3, 0.5, 0.8]],
      hoPercentile: [[[2, 4.5, 4.75, 5, 7.25, 9], 0.37]],
      hoSlope: [[xs, ys]],
    }),
  ]),
  fromPackage('formulajs', '1.0.8', [
    priced({ foSheet: [[0.0075, 360, -120, 125000]], foMath: [[0.7, 1.5]], foEngineering: numbers(1.3) }),
  ]),
  fromPackage('@webcarrot/xirr', '3.0.1', [priced({ xiRate: [[-1000, 600, 550]] })]),
  fromPackage('amortizejs', '1.0.3', [priced({ amMortgage: [[140000, 3.92]] })]),
  fromPackage('bond-calculator', '0.1.9', [priced({ boPrice: numbers(0.065), boYield: numbers(95.04287) })]),
  fromPackage('ta-math', '1.0.49', [priced({ 'taAverages taBands': closes })]),
  fromPackage('oakscriptjs', '0.3.0', [priced({ 'oaAverages oaSeries': closes })]),
];
