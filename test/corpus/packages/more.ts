/** Further packages of every kind. */
import { fromPackage, inFile, inWrapper, numbers, type PackageSpec } from '../row.ts';

const data = [2, 4.5, 4.75, 5, 7.25, 9];
const spd = [
  [4, 1, 2],
  [1, 3, 0.5],
  [2, 0.5, 5],
];
const paris = [2.35, 48.86];
const rome = [12.5, 41.9];
const line = [paris, [7.45, 46.95], rome];
const ring = [...line, [1, 40.5]];
const signal = [1, 0.5, -0.3, 2, 0.1, -1, 0.7, 0.2];
const points3 = [
  [0, 0, 0],
  [1, 2, 0.5],
  [3, 1, 1],
  [4, 4, 2],
];
const more = (calls: Parameters<typeof inWrapper>[1]) => inWrapper('more.js', calls);

export const further: readonly PackageSpec[] = [
  fromPackage('@tweenjs/tween.js', '25.0.0', [
    more({ 'tweenElastic tweenPow': numbers(0.3, 0.7), 'tweenBezier tweenCatmull': [[[1, 3, 2, 5], 0.3]] }),
  ]),
  fromPackage('@turf/turf', '7.1.0', [
    more({
      turfPointToLine: [[[9, 45], line]],
      turfRhumbBearing: [[paris, rome]],
      turfRhumbDestination: [[paris, 300, 120]],
      turfRotate: [[ring, 30]],
      turfScale: [[ring, 1.5]],
      turfCentre: [[ring]],
      turfNearest: [[line, [9, 45]]],
      turfGreat: [[paris, rome]],
      turfCircle: [[paris, 20]],
      turfMercator: [[paris]],
      turfPlane: [[[4, 3]]],
      turfSpline: [[line]],
    }),
  ]),
  fromPackage('amortize', '1.1.0', [more({ payment: [[200000, 5.25]] })]),
  fromPackage('d3-array', '3.2.4', [
    more({ 'aMean aVariance aDeviation aFsum aFcumsum aBins': [[data]], aQuantile: [[data, 0.43]] }),
  ]),
  fromPackage('d3-force', '3.0.0', [more({ forces: [[1, 2, 0.5]] })]),
  fromPackage('d3-hierarchy', '3.1.2', [more({ enclosing: [[1, 2, 3]], packed: [[3, 5, 4.5]] })]),
  fromPackage('d3-polygon', '3.0.1', [more({ 'polyArea polyCentre polyLength': [[ring]] })]),
  fromPackage('d3-scale', '4.0.2', [
    more({ 'linear inverseLinear log pow root symlog radial': numbers(2.5, 7), domain: [[0, 10, 3.5]] }),
  ]),
  fromPackage('durand-kerner', '1.0.0', [more({ polynomialRoots: [[-6.5, 11, -6.25]] })]),
  fromPackage('dsp.js', '1.0.1', [more({ spectrumOf: [[signal]] })]),
  fromPackage('fast-simplex-noise', '4.0.0', [
    more({ fastNoise2: [[0.3, 0.7]], fastNoise3: [[0.3, 0.75, 1.15]] }),
  ]),
  fromPackage('open-simplex-noise', '3.0.0', [more({ openNoise: [[0.3, 0.7]] })]),
  fromPackage('fili', '2.0.3', [more({ lowpass: [[120, signal]] })]),
  fromPackage('kld-intersections', '0.7.0', [more({ intersections: [[10, 12, 30, -5, 8]] })]),
  fromPackage('lib-r-math.js', '2.0.3', [
    more({
      'rNorm rQnorm rLogis': [[0.3, 0.5, 1.2]],
      'rGamma rBeta rWeibull': [[0.3, 2.5, 1.75]],
      rT: [[1.3, 4.5]],
      'rLgamma rBessel': numbers(2.25),
    }),
  ]),
  fromPackage('mathjs', '13.0.0', [
    more({
      'mDet mInv mEigs': [[spd]],
      mSolve: [[spd, [1, 2, 3]]],
      mProduct: [[spd, spd]],
      'mGamma mErf': numbers(2.5, 0.3),
      'mNorm mStd mQuantile': [[data]],
      mDistance: [
        [
          [1, 2],
          [4, 6.5],
        ],
      ],
      mComplexSqrt: [[0.7, 0.4]],
      mRoots: [[6, -5]],
    }),
  ]),
  fromPackage('minimize-golden-section-1d', '3.0.0', [more({ goldenMinimum: [[1.5]] })]),
  fromPackage('ml-pca', '4.1.1', [
    more({
      principal: [
        [
          [
            [1, 2],
            [2, 3.5],
            [3, 2.5],
            [4.5, 5],
          ],
        ],
      ],
    }),
  ]),
  fromPackage('ml-regression-polynomial', '3.0.1', [
    more({
      polynomialFit: [
        [
          [1, 2, 3.5, 5],
          [2, 4.5, 3, 7],
        ],
      ],
    }),
  ]),
  fromPackage('quadprog', '1.6.1', [more({ quadratic: [[1.5, 0.25]] })]),
  fromPackage('technicalindicators', '3.1.0', [
    more({ 'sma ema rsi bollinger macd': [[[1, 2.5, 2, 4, 3.5, 6, 5]]] }),
  ]),
  fromPackage('verb-nurbs-web', '2.1.3', [
    more({ nurbsCurve: [[points3, 0.4]], nurbsLength: [[2.5]], nurbsClosest: [[points3, [2, 2, 1]]] }),
  ]),
  fromPackage('math-erf', '1.0.0', [inFile('lib/index.js', { default: numbers(0.3, 1.1, 3.5) })]),
  fromPackage('node-vincenty', '0.0.6', [
    inFile('vincenty.js', { distVincenty: [[48.86, 2.35, 41.9, 12.5]] }),
  ]),
  fromPackage('lerp', '1.0.3', [inFile('index.js', { default: [[1, 5, 0.3]] })]),
  fromPackage('smoothstep', '1.0.1', [inFile('index.js', { default: [[0, 2, 0.7]] })]),
  fromPackage('easing-utils', '1.0.0', [
    inFile('lib/easing.js', {
      'easeInSine easeOutBack easeInElastic easeInOutElastic easeOutBounce': numbers(0.3),
    }),
  ]),
  fromPackage('adaptive-bezier-curve', '1.0.3', [
    inFile('index.js', { default: [[[0, 0], [10, 40], [60, -20], [100, 30], 1]] }),
  ]),
  fromPackage('@thi.ng/math', '5.15.17', [
    inFile('index.js', {
      'mix lens': [[1, 5, 0.3]],
      mixBilinear: [[1, 5, 2, 4, 0.3, 0.7]],
      'mixCubic mixQuadratic': [[1, 5, 2, 4, 0.3]],
      'mixHermite mixCubicHermite': [[1, 5, 2, 4, 0.3]],
      'smoothStep smootherStep': [[0, 2, 0.7]],
      'expStep cubicPulse': [[2, 1.5, 0.7]],
      'gain impulse parabola sinc lanczos': [[2.5, 0.3]],
      sigmoid: [[0.4, 2.5, 0.3]],
      'smin smax': [[1, 1.5, 4]],
      fit: [[0.3, 0, 1, 5, 9]],
      'foldback fmod': [[0.7, 3.25]],
      'easeInBack easeOutBounce easeInOutElastic easeOutExp2 easeInCirc': numbers(0.3),
      'fastSin fastCos': numbers(0.7),
      solveCubic: [[1, -6.5, 11, -5.25]],
      solveQuadratic: [[1, -3.5, 2]],
      angleDist: [[0.3, 1.9]],
      atan2Abs: [[0.3, -1.9]],
    }),
  ]),
  fromPackage('@thi.ng/matrices', '3.0.26', [
    inFile('index.js', {
      det33: [[spd.flat()]],
      invert33: [[null, spd.flat()]],
      quatFromEuler: [['xyz', 0.3, 0.4, 0.5]],
      quatFromAxisAngle: [[[0.6, 0, 0.8], 0.7]],
      mulQ: [[null, [0.1, 0.2, 0.3, 0.9], [0.5, -0.3, 0.2, 0.7]]],
      mixQ: [[null, [0.1, 0.2, 0.3, 0.9], [0.5, -0.3, 0.2, 0.7], 0.3]],
      rotationAroundAxis33: [[null, [0.6, 0, 0.8], 0.7]],
      lookAt: [[null, [1, 2, 5], [0, 0.5, 0], [0, 1, 0]]],
      perspective: [[null, 60, 1.5, 0.1, 100]],
      mulVQ: [[null, [0.1, 0.2, 0.3, 0.9], [1, 2, 3]]],
    }),
  ]),
  fromPackage('@thi.ng/color', '5.8.33', [
    inFile('index.js', {
      'rgbOklab rgbHsv rgbHsl rgbXyzD65': [[null, [0.2, 0.4, 0.7, 1]]],
    }),
  ]),
  fromPackage(
    'gl-matrix',
    '3.4.3',
    [
      inWrapper('typed.ts', {
        potential: [[0.5, 1, 2, 3, 4.5, 2]],
        turned: [[0.7], [0.7, 0.25]],
        screenDistance: [[paris, rome]],
        fit: [
          {
            args: [
              [1, 2, 3.5, 5],
              [2, 4.5, 3, 7],
            ],
          },
        ],
        'default.spread': [
          { this: { $new: 'default', args: [data] }, args: [3], wrt: ['this.0.0', 'this.0.3', '0'] },
        ],
        'default.torque': [
          [
            [1, 2, 3],
            [0.5, -1, 2],
          ],
        ],
      }),
    ],
    ['cannon-es@0.20.0', 'd3-geo@3.1.1', 'ml-matrix@6.12.0', 'regression@2.0.1', 'simple-statistics@7.8.3'],
  ),
];
