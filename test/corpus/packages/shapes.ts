/** Further packages of curves, linear algebra, numerical methods and physics. */
import { fromPackage, inFile, inWrapper, numbers, type PackageSpec } from '../row.ts';

const shaped = (calls: Parameters<typeof inWrapper>[1]) => inWrapper('shapes.js', calls);

const angles = [[0.3, 0.4, 0.5]];
const a3 = [1, 2, 3];
const b3 = [0.5, -1, 2];
const bezier = [
  [0, 0],
  [1, 3],
  [4, 2.5],
  [5, -1],
];
const rising = [
  [0, 0],
  [1, 2],
  [3, 2.5],
  [4, 5],
];
const m16 = [2, 0.5, 1, 0, 0.3, 3, -1, 0, 1, 0.2, 4, 0, 5, 6, 7, 1];
const m33 = [
  [4, 1, 2],
  [1, 3, 0.5],
  [2, 0.5, 5],
];
const signal = [1, 0.5, -0.3, 2, 0.1, -1, 0.7, 0.2];
const flat = (ps: number[][]) => ps.flat();

export const shapes: readonly PackageSpec[] = [
  fromPackage('popmotion', '11.0.5', [
    shaped({
      pmSpring: [
        [100, 10, 250],
        [100, 40, 250],
      ],
      pmDecay: [[300, 0.8, 250]],
      pmBezier: [[0.3, 0.1, 0.7, 0.9, 0.4]],
      'pmInterpolate pmBack': numbers(0.3, 0.8),
      pmAttract: numbers(4.5),
    }),
  ]),
  fromPackage('@thednp/bezier-easing', '1.0.14', [shaped({ beEasing: [[0.3, 0.1, 0.7, 0.9, 0.4]] })]),
  fromPackage('@yr/monotone-cubic-spline', '1.0.3', [shaped({ moPoints: [[rising]] })]),
  fromPackage('cardinal-spline-js', '2.3.10', [shaped({ caPoints: [[flat(rising)]] })]),
  fromPackage('@thi.ng/geom-splines', '2.3.94', [
    shaped({
      'tgPoint tgTangent tgSplit': [[0.3, bezier]],
      tgBounds: [[bezier]],
      tgClosest: [[[2, 1.25], bezier]],
      tgArc: [[0.2, 1.4]],
    }),
  ]),
  fromPackage('svg-arc-to-cubic-bezier', '3.2.0', [shaped({ arc: [[0, 0, 3, 2, 4, 2.5]] })]),
  fromPackage('@thi.ng/vectors', '8.7.0', [
    shaped({
      tvRotate: [[a3, [0.6, 0, 0.8], 0.7]],
      tvSlerp: [[a3, b3, 0.3]],
      'tvAngle tvReflect tvRefract': [[a3, b3]],
      'tvCartesian tvPolar': [[[2, 0.7, 0.3]], [[2, 0.7]]],
      tvSwizzle: [[1.5, 2]],
    }),
  ]),
  fromPackage('d3-shape', '3.2.1', [
    shaped({
      dsPath: [[rising]],
      dsPie: [[[1, 2.5, 4]]],
      'dsArc dsCentroid': [[20, 50, 0.3, 1.7]],
      dsStack: [[1, 2.5, 4]],
    }),
  ]),
  fromPackage('fmin', '0.0.4', [inWrapper('minimise.js', { 'fmSimplex fmGradient': [[1.5, 0.7]] })]),
  fromPackage('fft.js', '4.0.4', [shaped({ ftSpectrum: [[signal]] })]),
  fromPackage('fftjs', '0.0.4', [shaped({ ftPair: [[signal]] })]),
  fromPackage('discrete-wavelets', '5.0.15', [shaped({ 'wvDwt wvDeep': [[signal]] })]),
  fromPackage('ml-convolution', '2.0.0', [shaped({ 'mcDirect mcFft': [[signal, [0.25, 0.5, 0.25]]] })]),
  fromPackage('ml-regression-power', '3.0.0', [shaped({ mrPower: [[[1, 2, 3.5, 5], [2, 4.5, 3, 7], 2.5]] })]),
  fromPackage('pca-js', '2.0.6', [shaped({ 'pcVariance pcEigen': [[m33]] })]),
  fromPackage('svd-js', '1.1.1', [shaped({ svValues: [[m33]] })]),
  fromPackage('linear-algebra', '3.1.4', [shaped({ laProduct: [[m33, m33]], laSigmoid: [[m33]] })]),
  fromPackage('complex-esm', '2.1.1-esm1', [
    shaped({ cxPower: [[1.5, 0.5, 0.7, -0.3]], cxTrig: [[0.4, 0.3]], cxText: numbers(1.5) }),
  ]),
  fromPackage('math3d', '0.2.2', [
    inWrapper('turns.js', { 'm3Rotate m3Angle': [[20, 30, 40]], m3Axis: numbers(30) }),
  ]),
  fromPackage('ogl', '1.0.11', [
    shaped({
      'ogLook ogEuler': [[0.9, 0.7, 1.5]],
      ogTransform: [[m16, 1, 2, 3]],
      ogInverse: [[m16]],
      ogCurve: [[0.3, 1]],
    }),
  ]),
  fromPackage('wgpu-matrix', '3.4.2', [
    shaped({
      wgPerspective: [[1.1, 1.5]],
      wgInverse: [[m16]],
      wgSlerp: [[0.3, 0.9, 0.4]],
      wgLook: [[1, 2, 5]],
      wgSingle: [[1.25, 0.7]],
      wgVector: [[a3, b3]],
    }),
  ]),
  fromPackage(
    '@pixi/math',
    '7.4.3',
    [
      shaped({
        pxInvert: [[2, 0.3, -0.4, 1.5, 10, 20]],
        pxDecompose: [[2, 0.3, -0.4, 1.5]],
        pxFit: [[1, 2.5]],
      }),
    ],
    ['@pixi/constants@7.4.3'],
  ),
  fromPackage('@mapbox/point-geometry', '1.1.0', [shaped({ mbTurn: [[3, 4, 0.7]] })]),
  fromPackage('threejs-math', '0.147.0', [
    shaped({
      thDecompose: angles,
      'thRay thSpherical': [[0.5, 0.7, 5]],
      thColour: [[0.6, 0.5, 0.4]],
      thTriangle: [
        [1.2, 1.3],
        [-1, 0.5],
      ],
    }),
  ]),
  fromPackage('cannon', '0.6.2', [
    inWrapper('bodies.js', {
      caEuler: angles,
      caSolve: [[flat(m33), a3]],
      caWorld: [[1.5, 2]],
      caBounce: [[0.9, -2.5]],
    }),
  ]),
  fromPackage('oimo', '1.0.9', [shaped({ oiQuat: angles, oiWorld: [[0.3, 5.5]] })]),
  fromPackage('sat', '0.9.0', [
    shaped({ satOverlap: [[3, 1]], satPolygons: [[3, 1.5, 0.4]], satCentroid: [[3, 4]] }),
  ]),
  fromPackage('node-pid-controller', '1.0.1', [shaped({ pidOutput: [[0.5, 0.1, 0.2]] })]),
  fromPackage('ahrs', '1.3.3', [shaped({ ahrsUpdate: [[0.1, 0.2, 0.3]], ahrsMahony: [[0.3, 0.5, 9.5]] })]),
  fromPackage('heat-index', '0.0.3', [shaped({ hiIndex: [[90.5, 65]] })]),
  fromPackage('dewpoint', '1.0.0', [shaped({ dwPoint: [[120, 21.5, 60]] })]),
  fromPackage('js-quantities', '1.8.0', [
    shaped({ 'jqLength jqTemperature': numbers(2.5), jqForce: [[150, 32.25]] }),
  ]),
  fromPackage('unitmath', '0.8.8', [inWrapper('units.js', { 'umLength umPower': numbers(2.5) })]),
  fromPackage('zrender', '6.1.0', [
    inFile('lib/core/curve.js', {
      'cubicAt cubicDerivativeAt': [[0, 1, 4, 5, 0.3]],
      cubicProjectPoint: [[0, 0, 1, 3, 4, 2.5, 5, -1, 2, 1]],
      cubicLength: [[0, 0, 1, 3, 4, 2.5, 5, -1, 10]],
      quadraticProjectPoint: [[0, 0, 1, 3, 4, 2.5, 2, 1]],
      quadraticLength: [[0, 0, 1, 3, 4, 2.5, 10]],
      quadraticExtremum: [[0, 3, 1]],
      cubicRootAt: [{ args: [-1, 1, 4, 5, 2.2, []], outputs: ['$5.0'] }],
      cubicExtrema: [{ args: [0, 3, -2, 1, []], outputs: ['$4.0', '$4.1'] }],
    }),
    inFile('lib/core/matrix.js', {
      invert: [
        {
          args: [
            [0, 0, 0, 0, 0, 0],
            [2, 0.3, -0.4, 1.5, 10, 20],
          ],
          wrt: ['1.0', '1.1', '1.4'],
          outputs: ['$0.0', '$0.3', '$0.5'],
        },
      ],
    }),
  ]),
  fromPackage('@antv/g-math', '3.1.0', [
    inFile('dist/index.esm.js', {
      distance: [[1, 2, 4, 6.5]],
    }),
  ]),
];
