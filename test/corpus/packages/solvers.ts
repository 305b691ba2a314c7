/** Further packages of numerical methods, special functions, splines and small matrices. */
import { fromPackage, inFile, inWrapper, numbers, type PackageSpec } from '../row.ts';

const solved = (calls: Parameters<typeof inWrapper>[1]) => inWrapper('solvers.js', calls);

const xs = [0, 1, 2.5, 4, 5, 7];
const ys = [1, 2.5, 2, 4.5, 3, 6];
const data = [2, 4.5, 4.75, 5, 7.25, 9];
const other = [1, 3.5, 2.25, 6, 5.5, 10];
const path = [
  [0, 0],
  [1, 3],
  [4, 2.5],
  [5, -1],
];
const stroke = [
  [0, 0, 0.3],
  [9, 4, 0.5],
  [20, 15, 0.7],
  [38, 16, 0.6],
  [50, 40, 0.4],
];
const m9 = [2, 0.5, 1, 0.3, 3, -1, 1, 0.2, 4];
const m33 = [
  [4, 1, 2],
  [1, 3, 0.5],
  [2, 0.5, 5],
];
const m16 = [2, 0.5, 1, 0, 0.3, 3, -1, 0, 1, 0.2, 4, 0, 5, 6, 7, 1];
const n16 = [1, 0.25, 0, 0, -0.2, 2, 0.5, 0, 0.1, 0.3, 3, 0, 1, -2, 4, 1];

export const solvers: readonly PackageSpec[] = [
  fromPackage(
    '@stdlib/math-base-special-gamma',
    '0.3.1',
    [
      solved({
        ssGamma: numbers(2.5, 4, -1.5, 0.3),
        ssBetainc: [[0.3, 2.5, 1.75]],
        ssErfinv: numbers(0.3, 0.95),
        ssJ1: numbers(1.5, 12.25),
        ssGammaCdf: [[1.3, 2.5, 1.75]],
        ssNormalQuantile: [[0.3, 0.2, 1.5]],
        ssWeibull: [[1.3, 2.5, 1.75]],
        'ssTCdf ssTFactory': [[0.7, 3.5]],
      }),
      inFile('lib/main.js', { default: numbers(3.2) }),
      inFile('lib/stirling_approximation.js', { default: numbers(20.5) }),
    ],
    [
      '@stdlib/math-base-special-betainc@0.2.3',
      '@stdlib/math-base-special-besselj1@0.3.1',
      '@stdlib/math-base-special-erfinv@0.3.1',
      '@stdlib/stats-base-dists-gamma-cdf@0.3.1',
      '@stdlib/stats-base-dists-normal-quantile@0.3.1',
      '@stdlib/stats-base-dists-t-cdf@0.2.3',
      '@stdlib/stats-base-dists-weibull-logpdf@0.3.1',
    ],
  ),
  fromPackage('ode45-cash-karp', '1.1.0', [solved({ 'odeDecay odeFixed': [[1.5, 0.7]] })]),
  fromPackage('integrate-adaptive-simpson', '1.1.1', [solved({ quadSimpson: [[0.25, 1.5, 0.7]] })]),
  fromPackage('modified-newton-raphson', '1.0.2', [
    solved({ rootNewton: numbers(1.5, 3), rootSecant: numbers(1.5) }),
  ]),
  fromPackage('compute-erf', '3.0.3', [
    solved({ erfOf: numbers(0.3, 1.1, 2.5, 7.5), erfAll: [[[0.3, 1.1, -2.5]]] }),
    inFile('lib/number.js', { default: numbers(0.7) }),
  ]),
  fromPackage('complex', '3.0.1', [solved({ 'cxPower cxTrig cxDivide': [[1.5, 0.7]] })]),
  fromPackage('numbers', '0.7.0', [
    solved({
      nmStatistics: [[data]],
      nmDerivative: numbers(0.7),
      'nmRiemann nmSimpson': [[0.25, 1.5]],
      nmLanczos: numbers(2.5),
      'nmDeterminant nmGauss nmLu': [[m33]],
      nmComplex: [[1.5, 0.7]],
      nmCorrelation: [[data, other]],
    }),
    inFile('lib/numbers/statistic.js', { 'mean median standardDev': [[data]] }),
  ]),
  fromPackage('science', '1.9.3', [
    solved({
      scStats: [[data]],
      scKde: [[data, 4.2]],
      scLoess: [[xs, ys]],
      scErf: numbers(0.7, 1e-6),
      scInverse: [[m33]],
      scDecompose: [[m33]],
      scTridag: [
        [
          [0, 1, 2],
          [4, 5, 6],
          [1, 0.5, 0],
          [1, 2, 3],
        ],
      ],
      scHypot: [[3, -4.5]],
    }),
  ]),
  fromPackage('robust-predicates', '3.0.3', [
    solved({
      rpOrient2: [
        [0.3, 0.1, 4, 1.5, 2, 3],
        [0, 0, 1, 1, 2, 2],
      ],
      rpOrient3: [
        [
          [0, 0, 0.5],
          [1, 0.25, 0],
          [0.3, 2, 0.1],
          [0.2, 0.4, 3],
        ],
      ],
      rpIncircle: [
        [
          [0, 0.5],
          [1, 0],
          [0.3, 2],
          [0.2, 0.4],
        ],
      ],
    }),
    inFile('esm/orient2d.js', { orient2dfast: [[0.3, 0.1, 4, 1.5, 2, 3]] }),
  ]),
  fromPackage('curve-interpolator', '3.3.1', [
    solved({
      'cuAt cuTangent cuCurvature': [[path, 0.4]],
      'cuLength cuBounds': [[path]],
      cuNearest: [[path, [2, 2]]],
    }),
  ]),
  fromPackage('fit-curve', '0.2.0', [solved({ fcCurve: [[path]] })]),
  fromPackage('perfect-freehand', '1.2.3', [solved({ 'pfPoints pfStroke': [[stroke]] })]),
  fromPackage('points-on-curve', '1.0.1', [solved({ pcPoints: [[path]], pcSimplify: [[path, 0.4]] })]),
  fromPackage('spline-interpolator', '1.0.0', [solved({ siAt: [[xs, ys, 2.2]], siCurve: [[xs, ys]] })]),
  fromPackage('bezier', '0.1.0', [solved({ bzAt: [[path, 0.3]], bzPrepared: [[[1, 3, 2, 5, 4], 0.3]] })]),
  fromPackage('cubic2quad', '1.2.1', [solved({ cqQuads: [[path]] })]),
  fromPackage('@adaskothebeast/splines', '4.0.0', [solved({ 'asMonotone asNatural': [[xs, ys, 2.2]] })]),
  fromPackage('typescript-cubic-spline', '1.0.1', [solved({ tsAt: [[xs, ys, 2.2]] })]),
  fromPackage('unitbezier', '0.0.0', [solved({ ubSolve: [[0.3, 0.1, 0.7, 0.9, 0.4]] })]),
  fromPackage('cubic-bezier', '0.1.2', [solved({ cbEase: [[0.3, 0.1, 0.7, 0.9, 0.4]] })]),
  fromPackage('cubic-hermite-spline', '1.0.1', [
    solved({ chAt: [[0.4, path.slice(0, 2), path.slice(2)]] }),
    inFile('index.js', {
      default: [
        [0.4, path.slice(0, 2), path.slice(2)],
        [0.4, [1, 2], [3, 1]],
      ],
    }),
  ]),
  fromPackage('commons-math-interpolation', '2.2.4', [solved({ 'cmAkima cmCubic': [[xs, ys, 2.2]] })]),
  fromPackage('gl-vec2', '1.3.0', [
    solved({ g2Rotate: [[[1, 2], [3, -1], 0.7]], g2Transform: [[[1, 2], m9]] }),
    inFile('rotate.js', {
      default: [{ args: [[0, 0], [1, 2], 0.7], outputs: ['$0.0', '$0.1'], wrt: ['1.0', '1.1', '2'] }],
    }),
    inFile('index.js', {
      'length dot distance': [
        [
          [1, 2],
          [3, -1],
        ],
      ],
    }),
  ]),
  fromPackage('gl-mat3', '2.0.0', [
    solved({ g3Invert: [[m9]], g3Quat: [[[0.1, 0.2, 0.3, 0.9]]], g3Normal: [[m16]] }),
    inFile('determinant.js', { default: [[m9]] }),
  ]),
  fromPackage('mat4-decompose', '1.0.4', [solved({ m4Decompose: [[m16]] })]),
  fromPackage('mat4-interpolate', '1.0.4', [solved({ m4Interpolate: [[m16, n16, 0.3]] })]),
  fromPackage('matrix-js', '1.8.0', [
    solved({ 'mjInverse mjDeterminant': [[m33]], mjProduct: [[m33, m33]] }),
  ]),
  fromPackage('optimization-js', '1.5.0', [solved({ 'opGradient opLbfgs': [[1.5, 0.7]] })]),
  fromPackage('vector2d', '3.0.0', [solved({ v2Ops: [[1.5, 2, 0.7]], v2Array: [[1.5, 2]] })]),
  fromPackage('vectors', '0.1.0', [
    solved({
      veLerp: [[[1, 2, 3], [0.5, -1, 2], 0.3]],
      veLength: [
        [
          [1, 2, 3],
          [0.5, -1, 2],
        ],
      ],
      veNormal: [[[1, 2, 3]]],
    }),
  ]),
  fromPackage('quat-from-unit-vec3', '1.0.0', [
    solved({
      qfUnit: [
        [
          [0.6, 0, 0.8],
          [0, 0.6, 0.8],
        ],
      ],
    }),
  ]),
];
