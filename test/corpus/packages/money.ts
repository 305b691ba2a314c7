/** Further packages of statistics and finance. */
import { fromPackage, inFile, inWrapper, numbers, type PackageSpec } from '../row.ts';

const dealt = (calls: Parameters<typeof inWrapper>[1]) => inWrapper('money.js', calls);

const data = [2, 4.5, 4.75, 5, 7.25, 9];
const other = [1, 3.5, 2.25, 6, 5.5, 10];
const prices = [10, 12.5, 11, 14, 13.5, 16, 15.25];
const highs = prices.map((p, i) => p + 0.5 + 0.1 * i);
const lows = prices.map((p, i) => p - 0.75 + 0.05 * i);
const five = [3, 4.5, 4.25, 7, 8.5];
const pairs = data.map((x, i) => [x, other[i]!]);
const flows = [-1000, 300, 400.5, 250, 320];

export const money: readonly PackageSpec[] = [
  fromPackage('vega-statistics', '2.0.0', [
    dealt({
      'vLinear vLog vExp vPow vQuad vPoly': [[data, 4.5]],
      'vRSquared vLoess vQuantiles vQuartiles vBandwidth': [[data]],
      vKde: [[data, 4.2]],
      vMixture: [[0.7, 0.3]],
      vIcdf: [[0.3, 1, 2]],
    }),
    inFile('src/normal.js', {
      'densityNormal cumulativeNormal': [
        [0.7, 0.2, 1.5],
        [-3.1, 0.2, 1.5],
      ],
      quantileNormal: [
        [0.3, 0.2, 1.5],
        [0.99, 0.2, 1.5],
      ],
    }),
    inFile('src/lognormal.js', {
      'densityLogNormal cumulativeLogNormal': [[1.7, 0.2, 1.5]],
      quantileLogNormal: [[0.3, 0.2, 1.5]],
    }),
    inFile('src/uniform.js', {
      'densityUniform cumulativeUniform': [[0.7, 0.2, 1.5]],
      quantileUniform: [[0.7, 0.2, 1.5]],
    }),
  ]),
  fromPackage('statistics.js', '1.0.0', [
    dealt({
      'sMeans sSpread sMoments sRobust': [[data]],
      'sGamma sGammaExact': numbers(2.5, 4),
      sIncomplete: [[2.5, 1.75]],
      'sCorrelation sRegression': [[data, other]],
      sFisher: numbers(0.7),
    }),
  ]),
  fromPackage('probability-distributions', '0.9.1', [
    dealt({ pNorm: [[1.7, 4, 2]], pExp: [[1.5, 0.7]], pPois: numbers(2.5), pUnif: [[1, 4]] }),
  ]),
  fromPackage('chi-squared', '1.1.0', [
    inFile('index.js', {
      pdf: [
        [2.5, 3],
        [1.25, 4.5],
      ],
      cdf: [
        [2.5, 3],
        [7.25, 4],
      ],
    }),
  ]),
  fromPackage('inv-chisquare-cdf', '1.0.1', [
    inFile('src/index.js', {
      invChiSquareCDF: [
        [0.7, 3],
        [0.05, 5],
      ],
      invRegLowGamma: [[0.7, 2.5]],
      logGamma: numbers(2.5, 0.7),
      regLowGamma: [
        [2.5, 1.75],
        [2, 5.5],
      ],
    }),
  ]),
  fromPackage('echarts-stat', '1.2.0', [
    dealt({ 'eLinear eExponential ePolynomial eFit': [[pairs]], eStats: [[data]] }),
  ]),
  fromPackage('@formulajs/formulajs', '4.6.1', [
    inFile('lib/esm/index.mjs', {
      'BESSELI BESSELJ BESSELK BESSELY': [[2.5, 1]],
      'ERF ERFC GAMMA GAMMALN GAUSS PHI ACOTH': numbers(1.5, 2.25),
      'ATANH FISHER NORMSINV': numbers(0.3),
      'NORMSDIST NORMDIST': [
        [0.7, true],
        [0.7, 0.2, 1.5, true],
      ],
      NORMINV: [[0.3, 0.2, 1.5]],
      LOGINV: [[0.3, 0.2, 1.5]],
      'BETADIST BETAINV': [[0.3, 2.5, 1.75, true, 0, 1]],
      GAMMADIST: [[1.3, 2.5, 1.75, true]],
      GAMMAINV: [[0.3, 2.5, 1.75]],
      'CHIDIST CHIINV': [[0.7, 3]],
      'FDIST FINV': [[0.7, 3, 5]],
      TDIST: [[1.3, 4, 2]],
      TINV: [[0.3, 4]],
      WEIBULLDIST: [[1.3, 2.5, 1.75, true]],
      EXPONDIST: [[1.3, 2.5, false]],
      'AVEDEV DEVSQ GEOMEAN HARMEAN KURT SKEW SKEWP STDEVS VARP MEDIAN SUMSQ': [[data]],
      'CORREL COVARIANCEP INTERCEPT PEARSON RSQ SLOPE STEYX': [[data, other]],
      FORECAST: [[4.4, data, other]],
      'PERCENTILEINC PERCENTILEEXC': [[data, 0.37]],
      TRIMMEAN: [[data, 0.4]],
      STANDARDIZE: [[1.5, 0.7, 2]],
      'FV PV PMT': [[0.05, 10, -100, 1000, 0]],
      NPER: [[0.05, -150, 1000, 0, 0]],
      'IPMT PPMT': [[0.05, 3, 10, 1000]],
      'CUMIPMT CUMPRINC': [[0.01, 12, 1000, 1, 6, 0]],
      RATE: [[12, -100, 1000, 0, 0, 0.02]],
      'IRR MIRR': [[flows, 0.08, 0.1]],
      NPV: [[0.08, ...flows]],
      'DB DDB SYD': [[1000, 100, 5, 2]],
      'SLN RRI PDURATION': [[0.1, 100, 250]],
      'EFFECT NOMINAL': [[0.08, 4]],
      SERIESSUM: [[0.7, 0, 1, [1, 0.5, 0.25]]],
      MMULT: [
        [
          [
            [1, 2],
            [3, 4],
          ],
          [
            [5, 6],
            [7, 8.5],
          ],
        ],
      ],
      CONVERT: [[2.5, 'mi', 'km']],
      'SUMX2MY2 SUMXMY2 SUMPRODUCT': [[data, other]],
    }),
    dealt({ fXirr: [[-1000, 600, 550]], fComplex: [[1.5, 2]], 'fTrend fGrowth fLinest': [[five]] }),
  ]),
  fromPackage('option-pricing', '2.1.0', [
    dealt({ opPrice: [[100, 105, 0.75, 0.25, 0.03, 0.01]], opTree: [[100, 105, 0.75, 0.25, 0.03]] }),
  ]),
  fromPackage('@uqee/black-scholes', '1.0.7', [
    dealt({ 'bsGreeks bsSingle': [[0.03, 0.25, 105, 0.75, 100]], bsImplied: [[7.5, 0.03, 105, 0.75, 100]] }),
  ]),
  fromPackage('tvm-financejs', '0.3.0', [
    dealt({
      'tvmPv tvmFv': [[0.05, 10, -100, 1000]],
      'tvmPmt tvmIpmt tvmPpmt': [[0.05, 10, 1000]],
      tvmNper: [[0.05, -150, 1000]],
      tvmNpv: [[0.08, 300, 400, 500]],
      tvmIrr: [[flows]],
      tvmRate: [[12, -100, 1000]],
    }),
  ]),
  fromPackage('node-irr', '2.0.5', [
    dealt({ 'nIrr nIrrBisection': [[flows]], nXirr: [[-1000, 600, 550]], nConvert: numbers(0.0002) }),
  ]),
  fromPackage('loanjs', '1.1.2', [dealt({ loanRates: [[10000, 5.5]] })]),
  fromPackage('fundamental-js', '1.4.1', [
    inFile('dist/index.mjs', {
      'cagr lumpsumFutureValue requiredLumpsumForGoal inflationAdjustedValue': [[1000, 7.5, 5]],
      'realReturn absoluteReturn': [[9, 4.5]],
      annualizedReturn: [[1000, 1300, 500]],
      'pv fv pmt': [[0.05, 10, -100, 1000]],
      nper: [[0.05, -150, 1000]],
      rate: [[12, -100, 1000]],
      'volatility sharpe sortino': [[[0.01, -0.02, 0.03, 0.015]]],
      maxDrawdown: [[prices]],
      npv: [[0.08, flows]],
      irr: [[flows]],
      weightedReturn: [
        [
          [0.1, 0.05],
          [0.6, 0.4],
        ],
      ],
    }),
    dealt({
      'fjEmi fjSchedule': [[100000, 7.5]],
      fjSip: [[500, 9]],
      fjXirr: [[-1000, 600, 550]],
      fjXnpv: [[0.08, -1000, 1100]],
      fjSwp: [[100000, 900]],
    }),
  ]),
  fromPackage('indicatorts', '2.2.2', [
    dealt({
      'iSma iEma iDema iRsi iMacd iBands iRegression': [[prices]],
      'iAtr iCci iVortex': [[highs, lows, prices]],
      iObv: [[prices, lows]],
    }),
  ]),
  fromPackage('kalman-filter', '2.3.0', [
    dealt({
      'kfConstant kfSpeed': [[five]],
      kfPair: [
        [
          [
            [1, 2],
            [1.5, 2.25],
            [2.5, 3],
          ],
        ],
      ],
      kfCorrelation: [
        [
          [
            [2, 0.5],
            [0.5, 3],
          ],
        ],
      ],
    }),
  ]),
];
