/** Options, annuities, rates of return. */
import { fromPackage, inFile, inWrapper, type PackageSpec } from '../row.ts';

const option = [
  [30, 34, 0.25, 0.2, 0.08, 'call'],
  [30, 34, 0.25, 0.2, 0.08, 'put'],
  [100, 95.5, 1, 0.3, 0.02, 'put'],
];

export const finance: readonly PackageSpec[] = [
  fromPackage('black-scholes', '1.1.0', [
    inFile('black-scholes.js', {
      blackScholes: option,
      stdNormCDF: [[0.5], [-1.25], [2]],
      getW: [[30, 34, 0.25, 0.2, 0.08]],
    }),
  ]),
  fromPackage('greeks', '1.0.0', [
    inFile('greeks.js', {
      'getDelta getRho getTheta': option,
      'getVega getGamma': [
        [30, 34, 0.25, 0.2, 0.08],
        [100, 95.5, 1, 0.3, 0.02],
      ],
    }),
  ]),
  fromPackage('implied-volatility', '1.0.0', [
    inFile('implied-volatility.js', { getImpliedVolatility: [[2, 101, 100, 0.1, 0.0015, 'call']] }),
  ]),
  fromPackage('financial', '0.2.4', [
    inFile('dist/financial.esm.js', {
      fv: [
        [0.05 / 12, 10 * 12, -100, -100],
        [0.01, 36.5, -50, 1000],
      ],
      pv: [[0.05 / 12, 10 * 12, -100, 15692.93]],
      pmt: [[0.075 / 12, 12 * 15, 200000]],
      nper: [[0.07 / 12, -150, 8000]],
      'ipmt ppmt': [{ args: [0.0824 / 12, 3, 12, 2500], wrt: ['0', '3'] }],
      rate: [{ args: [10, -120, 1000, 0, 'end'], wrt: ['1', '2'] }],
      irr: [[[-100, 39, 59, 55, 20]], [[-5, 10.5, 1, -8, 1]]],
      npv: [[0.08, [-40000, 5000, 8000, 12000, 30000]]],
      mirr: [[[-120000, 39000, 30000, 21000, 37000, 46000], 0.1, 0.12]],
    }),
  ]),
  fromPackage('financejs', '4.1.0', [
    inWrapper('finance.js', {
      pv: [[5, 100, 7]],
      fv: [[0.5, 1000, 12]],
      npv: [[10, -500000, 200000, 300000, 200000]],
      wacc: [[600000, 400000, 6, 5, 35]],
      irr: [[-500000, 200000, 300000, 200000]],
    }),
  ]),
  fromPackage('xirr', '1.1.0', [inWrapper('finance.js', { internalRate: [[-1000, 120.5, 1150]] })]),
  fromPackage('newton-raphson-method', '1.0.2', [
    inWrapper('finance.js', { cubeRoot: [[2], [27.5]], cubeRootByDifferences: [[2]] }),
  ]),
  fromPackage('loan-calc', '0.2.1', [
    inFile('index.js', { paymentCalc: [[{ amount: 200000, rate: 5.25, termMonths: 180 }]] }),
  ]),
];
