/** Distributions, special functions, descriptive statistics, regression. */
import { fromPackage, inFile, inWrapper, numbers, type PackageSpec, type Source } from '../row.ts';

const data = [2, 4.5, 4.75, 5, 7.25, 9];
const other = [1.5, 3, 5, 4, 8, 10.5];
const pairs = data.map((x, i) => [x, other[i]!]);

/** A package that exports one function, in the file that Node loads. */
function single(name: string, version: string, points: Parameters<typeof inFile>[1][string]): PackageSpec {
  return fromPackage(`@stdlib/${name}`, version, [inFile('lib/main.js', { default: points })]);
}

const simple = (file: string, name: string, points: Parameters<typeof inFile>[1][string]): Source =>
  inFile(`src/${file}.js`, { [name]: points });

export const statistics: readonly PackageSpec[] = [
  fromPackage('jstat', '1.9.6', [
    inWrapper('statistics.js', {
      'jGammaln jGammafn jErf jErfc jErfcinv': numbers(0.7, 1.25),
      jFactorialln: numbers(3.5),
      jGammap: [
        [2.5, 1.75],
        [2, 3],
      ],
      jBeta: [[2.5, 1.75]],
      jIbeta: [
        [0.3, 2.5, 1.75],
        [0.7, 2, 3],
      ],
      jIbetaInv: [[0.3, 2.5, 1.75]],
      jGammapInv: [[0.3, 2.5]],
      'normalPdf normalCdf normalInv lognormalPdf lognormalCdf cauchyPdf cauchyCdf': [[0.3, 0.5, 1.2]],
      'gammaPdf gammaCdf weibullPdf weibullCdf betaPdf betaCdf': [[0.3, 2.5, 1.75]],
      'studentPdf studentCdf chiPdf chiCdf exponentialPdf exponentialCdf': [[1.3, 4]],
      centralFCdf: [[1.3, 4, 7]],
      'jMean jVariance jStdev jGeomean jSkewness jKurtosis jMedian jMeansqerr': [[data]],
      'jCovariance jCorrelation': [[data, other]],
      jDet: [
        [
          [
            [4, 1, 2],
            [1, 3, 0.5],
            [2, 0.5, 5],
          ],
        ],
      ],
      'jInverse jCholesky': [
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
  fromPackage('simple-statistics', '7.8.3', [
    ...(
      [
        ['error_function', 'default', numbers(0.5, -1.25)],
        ['inverse_error_function', 'default', numbers(0.3)],
        ['gamma', 'default', numbers(2.5, 4.25)],
        ['gammaln', 'default', numbers(2.5)],
        ['cumulative_std_logistic_probability', 'default', numbers(0.7)],
        ['cumulative_std_normal_probability', 'default', numbers(0.7)],
        ['logit', 'default', numbers(0.3)],
        ['probit', 'default', numbers(0.3, 0.7)],
        ['z_score', 'default', [[3, 1.2, 0.7]]],
        ...(
          [
            ...[
              'mean',
              'mean_simple',
              'variance',
              'standard_deviation',
              'sample_variance',
              'sample_skewness',
              'sample_kurtosis',
            ],
            ...[
              'geometric_mean',
              'harmonic_mean',
              'root_mean_square',
              'sum',
              'product',
              'median',
              'log_average',
              'interquartile_range',
            ],
            ...['median_absolute_deviation', 'coefficient_of_variation'],
          ] as const
        ).map((name) => [name, 'default', [[data]]] as const),
        ['sample_covariance', 'default', [[data, other]]],
        ['sample_correlation', 'default', [[data, other]]],
        ['linear_regression', 'default', [[pairs]]],
        ['quantile', 'default', [{ args: [data, 0.4], wrt: data.map((_, i) => `0.${i}`) }]],
        ['add_to_mean', 'default', [[3.5, 4, 5.25]]],
        ['combine_variances', 'default', [[14, 5, 3, 8, 10, 4]]],
        ['t_test', 'default', [[data, 3.5]]],
        ['t_test_two_sample', 'default', [[data, other, 0]]],
        ['euclidean_distance', 'default', [[data, other]]],
      ] as const
    ).map(([file, name, points]) => simple(file, name, points)),
    inWrapper('statistics.js', { density: [[data, 4.6]], determination: [[pairs]] }),
  ]),
  fromPackage('distributions', '2.2.0', [
    inWrapper('statistics.js', {
      'dNormalPdf dNormalCdf dNormalInv': [[0.3, 0.5, 1.2]],
      'dStudentPdf dStudentCdf': [[1.3, 4]],
    }),
  ]),
  fromPackage('normal-distribution', '1.1.1', [
    inWrapper('statistics.js', { 'nPdf nCdf nZ': [[0.3, 0.5, 1.2]] }),
  ]),
  fromPackage('gaussian', '1.3.0', [
    inWrapper('statistics.js', { 'gPdf gCdf gPpf': [[0.3, 0.5, 1.2]], gMul: [[0.5, 1.2, 0.7, 2]] }),
  ]),
  fromPackage('bessel', '1.0.2', [
    inFile('bessel.js', {
      'besselj bessely besselk besseli': [
        [1.5, 0],
        [2.25, 1],
        [12.5, 2],
      ].map((args) => ({ args, wrt: ['0'] })),
    }),
  ]),
  fromPackage('gamma', '1.0.0', [inFile('index.js', { 'default log': numbers(2.5, 0.3, 5, 120.5) })]),
  single('math-base-special-gamma', '0.3.1', numbers(2.5, 4, -1.25, 30.5)),
  single('math-base-special-erf', '0.2.6', numbers(0.5, 1.5, -3)),
  single('math-base-special-beta', '0.3.1', [
    [2.5, 1.75],
    [3, 2],
  ]),
  single('math-base-special-digamma', '0.3.1', numbers(2.5, -1.25, 12)),
  single('math-base-special-besselj0', '0.3.1', numbers(2.5, 9)),
  single('math-base-special-gammainc', '0.3.1', [
    [1.5, 2.5],
    [6, 2],
  ]),
  single('math-base-special-gammaln', '0.3.1', numbers(2.5, 1.25, 9)),
  single('stats-base-dists-normal-cdf', '0.3.1', [[0.3, 0.5, 1.2]]),
  single('stats-base-dists-gamma-pdf', '0.3.1', [[1.3, 2.5, 1.75]]),
  single('stats-base-dists-weibull-pdf', '0.3.1', [[1.3, 2.5, 1.75]]),
  single('stats-base-dists-beta-pdf', '0.3.1', [[0.3, 2.5, 1.75]]),
  single('stats-base-dists-t-cdf', '0.2.3', [[0.3, 2.5]]),
  fromPackage('ml-distance', '4.0.1', [
    ...[
      'squared',
      'manhattan',
      'chebyshev',
      'canberra',
      'clark',
      'lorentzian',
      'divergence',
      'hellinger',
      'jensenShannon',
    ].map((name) => inFile(`lib/distances/${name}.js`, { default: [[data, other]] })),
  ]),
  fromPackage('regression', '2.0.1', [
    inWrapper('statistics.js', { 'linearFit exponentialFit powerFit quadraticFit': [[pairs]] }),
  ]),
  fromPackage('ml-levenberg-marquardt', '4.1.3', [
    inWrapper('statistics.js', { fittedRate: [[[1, 0.75, 0.45, 0.35, 0.2]]] }),
  ]),
  fromPackage('ml-savitzky-golay', '5.0.0', [
    inWrapper('statistics.js', { smoothed: [[[1, 2.5, 2, 4, 3.5, 6, 5, 8, 7.5]]] }),
  ]),
  fromPackage('kalmanjs', '1.1.0', [inWrapper('statistics.js', { filtered: [[[1, 2.5, 2, 4], 0.01, 3]] })]),
];
