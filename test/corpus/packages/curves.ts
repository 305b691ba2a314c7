/** Easing, Bézier curves, splines and interpolation. */
import { fromPackage, inFile, inWrapper, numbers, type PackageSpec } from '../row.ts';

const unit = numbers(0.3, 0.7, 0.9);
const tween = [
  [0.4, 10, 30, 1.3],
  [3, 0, 100, 10],
];

const points = [
  { x: 0, y: 10 },
  { x: 25, y: 80 },
  { x: 70, y: -35.5 },
  { x: 110, y: 30 },
];
const xs = [0, 1, 2.5, 4];
const ys = [1.2, 3, 0.5, 2];

export const curves: readonly PackageSpec[] = [
  fromPackage('d3-ease', '3.0.1', [
    inFile('src/index.js', {
      'easeLinear easeQuadIn easeQuadOut easeQuadInOut easeCubicIn easeCubicOut easeCubicInOut': unit,
      'easePolyIn easePolyOut easePolyInOut easeSinIn easeSinOut easeSinInOut easeExpIn easeExpOut': unit,
      'easeExpInOut easeCircleIn easeCircleOut easeCircleInOut easeBounceIn easeBounceOut': unit,
      'easeBounceInOut easeBackIn easeBackOut easeBackInOut easeElasticIn easeElasticOut': unit,
      easeElasticInOut: unit,
    }),
  ]),
  fromPackage('eases', '1.0.8', [
    ...['back-in', 'back-in-out', 'bounce-in-out', 'circ-in', 'elastic-out', 'expo-in-out', 'sine-in'].map(
      (name) => inFile(`${name}.js`, { default: unit }),
    ),
  ]),
  fromPackage('tween-functions', '1.2.0', [
    inFile('index.js', {
      'linear easeInQuad easeInOutQuad easeInOutCubic easeInSine easeOutExpo easeInOutCirc': tween,
      'easeInElastic easeOutElastic easeInOutElastic easeInOutBack easeOutBounce easeInOutBounce': tween,
    }),
  ]),
  fromPackage('bezier-easing', '3.2.0', [
    inWrapper('curves.js', {
      ease: [
        [0.25, 0.1, 0.25, 1, 0.5],
        [0.68, -0.55, 0.265, 1.55, 0.3],
      ],
    }),
  ]),
  fromPackage('bezier-js', '6.1.4', [
    inWrapper('curves.js', {
      'bezierGet bezierDerivative bezierNormal bezierCurvature bezierHull': [
        [points, 0.35],
        [points, 0.5],
      ],
      bezierOffset: [[points, 0.35, 4]],
      'bezierLength bezierBox': [[points]],
      bezierProject: [[points, 40, 40]],
    }),
    inFile('src/utils.js', {
      'utils.angle': [[points[0]!, points[1]!, points[2]!]],
      'utils.dist': [[points[0]!, points[1]!]],
      'utils.lerp': [[0.3, points[0]!, points[1]!]],
      'utils.map': [[3, 0, 10, 5, 8]],
      'utils.droots': [[[2, -7, 1.5]], [[-1, 4, -0.5, 2]]],
      'utils.roots': [[points.map(({ x, y }) => ({ x, y: y - 20 }))]],
      'utils.lli8': [[0, 0, 10, 9, 1, 8, 9, 1.5]],
      'utils.getccenter': [
        [
          { x: 0, y: 1 },
          { x: 2, y: 2.5 },
          { x: 4, y: 0.2 },
        ],
      ],
    }),
  ]),
  fromPackage('cubic-hermite', '1.0.0', [
    inFile('hermite.js', {
      default: [
        [0.2, 1, 2, -0.5, 0.3],
        [[0.2, 1], [1, 2], [2, -1], [-0.5, 0.4], 0.3],
      ],
    }),
  ]),
  fromPackage('cubic-spline', '3.0.3', [
    inWrapper('curves.js', {
      splineAt: [
        [xs, ys, 1.7],
        [xs, ys, 3],
      ],
    }),
  ]),
  fromPackage('natural-spline-interpolator', '1.0.2', [
    inWrapper('naturalSpline.cjs', { at: [[xs, ys, 1.7]] }),
  ]),
  fromPackage('everpolate', '0.0.3', [
    inFile('lib/everpolate.js', {
      'linear polynomial': [[[1.7, 3], xs, ys]],
      linearRegression: [{ args: [xs, ys], outputs: ['slope', 'intercept', 'rSquared'] }],
    }),
  ]),
  fromPackage('b-spline', '2.0.2', [
    inFile('index.js', { default: [[0.4, 2, xs.map((x, i) => [x, ys[i]!])]] }, [
      '0',
      ...xs.flatMap((_, i) => [`2.${i}.0`, `2.${i}.1`]),
    ]),
  ]),
  fromPackage('nurbs', '1.1.1', [
    inWrapper('curves.js', { nurbsPoint: [[xs.map((x, i) => [x, ys[i]!]), 2.6]] }),
  ]),
  fromPackage('svg-path-properties', '2.1.0', [
    inWrapper('curves.js', { pathLength: [[30, 120, 70, -40]], pointOnPath: [[60]] }),
  ]),
  fromPackage('d3-interpolate', '3.0.1', [
    inWrapper('curves.js', {
      basis: [
        [ys, 0.4],
        [ys, 0.9],
      ],
      arrays: [[[1, 2], [3, 5], 0.3]],
      zoom: [[[10, 20, 30], [50, 45, 12], 0.4]],
    }),
  ]),
];
