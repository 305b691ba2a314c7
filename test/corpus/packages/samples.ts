/** Further packages of fits, distributions and summaries of samples. */
import { fromPackage, inFile, inWrapper, numbers, type PackageSpec } from '../row.ts';

const sampled = (calls: Parameters<typeof inWrapper>[1]) => inWrapper('samples.js', calls);

const xs = [1, 2.5, 4, 5.5, 7, 8.25];
const ys = [2, 3.5, 4.75, 8, 7.25, 12.5];
const both = [[xs, ys]];
const one = [[[2, 4.5, 4.75, 5, 7.25, 9]]];
const table = [
  [1, 2],
  [2.5, 1],
  [4, 3.5],
  [5.5, 0.5],
];

export const samples: readonly PackageSpec[] = [
  fromPackage('@mathigon/fermat', '1.1.24', [
    sampled({ 'feBinomial feFits fePower': both, feNormal: [[1.3, 0.5, 2]] }),
  ]),
  fromPackage('@sgratzl/science', '2.0.0', [
    sampled({
      scDistribution: [[1.3, 0.5, 2]],
      scErf: numbers(0.7),
      scKde: [[one[0]![0]!, 3.5]],
      scMoments: one,
      scInverse: [
        [
          [
            [4, 1, 2],
            [1, 3, 0.5],
            [2, 0.5, 5],
          ],
        ],
      ],
    }),
  ]),
  fromPackage('@stdlib/stats-base-dists-beta-quantile', '0.2.3', [sampled({ stBeta: [[0.37, 2.5, 3.5]] })]),
  fromPackage('@stdlib/stats-base-dists-binomial-cdf', '0.2.3', [sampled({ stBinomial: numbers(0.37) })]),
  fromPackage('@stdlib/stats-base-dists-chisquare-quantile', '0.2.3', [
    sampled({ stChisquare: [[0.37, 3.5]] }),
  ]),
  fromPackage('@stdlib/stats-base-dists-cosine-cdf', '0.3.1', [
    sampled({
      stCosine: [
        [1.3, 1, 2],
        [1, 1, 2],
      ],
    }),
  ]),
  fromPackage('@thi.ng/transducers-stats', '1.1.74', [sampled({ 'tsAverages tsBands': one })]),
  fromPackage('chi-squared-test', '1.1.0', [
    sampled({
      chTest: [
        [
          [12, 18.5, 29.5],
          [15, 20, 25],
        ],
      ],
    }),
  ]),
  fromPackage('compute-quantile', '1.0.1', [sampled({ cqQuantile: one })]),
  fromPackage('d3-regression', '2.2.0', [sampled({ 'd3Linear d3Poly d3Others d3Loess': both })]),
  fromPackage('exponential-regression', '1.0.2', [sampled({ exSolve: both })]),
  fromPackage('fast-stats', '0.0.7', [sampled({ fsStats: one })]),
  fromPackage('geostats', '2.1.0', [sampled({ gsStats: one })]),
  fromPackage('ml-logistic-regression', '2.0.0', [sampled({ lgTrain: [[table]] })], ['ml-matrix@6.12.0']),
  fromPackage('ml-regression-multivariate-linear', '2.0.4', [
    sampled({ mvFit: [[table, [[1], [2.5], [2], [4]]]] }),
  ]),
  fromPackage('ml-regression-polynomial-2d', '1.0.0', [sampled({ p2Fit: [[table, [1, 2.5, 2, 4]]] })]),
  fromPackage('ml-regression-simple-linear', '3.0.1', [sampled({ slFit: both })]),
  fromPackage('ml-regression-theil-sen', '3.0.0', [sampled({ theilSen: both })]),
  fromPackage('percentile', '1.6.0', [sampled({ peMany: one })]),
  fromPackage('pdfast', '0.2.0', [sampled({ pdDensity: one })]),
  fromPackage('polynomial-regression', '2.0.0', [sampled({ poEstimate: [[xs, ys, 3.3]] })]),
  fromPackage('summary', '2.1.0', [sampled({ suAll: one })]),
  fromPackage('trendline', '1.1.0', [sampled({ trTrend: both })]),
  fromPackage('covariance', '0.0.0', [inFile('src/covariance.js', { default: [[xs, ys]] })]),
  fromPackage('statistical-methods', '1.0.4', [
    inFile('src/statistical-methods.js', { 'mean median range variance stddev prod': one }),
  ]),
];
