/** Further packages of springs, game engines and robots. */
import { fromPackage, inFile, inWrapper, numbers, type PackageSpec } from '../row.ts';

const moved = (calls: Parameters<typeof inWrapper>[1]) => inWrapper('motion.js', calls);

const geometry = [
  [1, 1, 0],
  [0, 10, 0],
  [5, 1, 0],
  [3, 0, 0],
  [0, -3, 0],
];

export const motion: readonly PackageSpec[] = [
  fromPackage('kinematics', '1.0.2', [
    moved({
      kiForward: [
        {
          args: [geometry, [0.1, 0.2, -0.3, 0.4, 0.5, -0.6]],
          wrt: ['1.0', '1.1', '1.2', '1.3', '1.4', '1.5'],
        },
      ],
      kiInverse: [
        { args: [geometry, [9, 6, 1.5, 0.1, 0.2, 0.3]], wrt: ['1.0', '1.1', '1.2', '1.3', '1.4', '1.5'] },
      ],
    }),
  ]),
  fromPackage('inverse-kinematics', '0.1.3', [
    moved({
      'ikReach ikStep': [
        [
          [0.3, 0.4, 0.5],
          [1.5, 1.75],
        ],
      ],
      ikQuaternion: [[[0.1, 0.2, 0.3, 0.9], [0.5, 0.5, 0.5, 0.5], 0.3]],
    }),
    inFile('dist/math/MathUtils.js', { lerp: [[1, 3, 0.3]] }),
  ]),
  fromPackage('roslib', '2.1.0', [
    moved({ roTransform: [[1, 2, 3, 0.7]], roInverse: [[0.1, 0.2, 0.3, 0.9]] }),
  ]),
  fromPackage('playcanvas', '2.23.3', [
    moved({
      pcMatrix: [[1, 2, 3, 35]],
      pcSlerp: [[50, 0.3]],
      pcVector: [[1.5, 2, -1]],
      pcColour: [[0.7, 0.35, 0.2, 0.3]],
    }),
  ]),
  fromPackage('phaser', '4.2.1', [
    inFile('src/math/distance/DistanceBetween.js', { default: [[1, 2, 4, 6.5]] }),
    inFile('src/math/angle/Wrap.js', { default: numbers(1.9) }),
    inFile('src/math/angle/RotateTo.js', { default: [[1.2, 0.7, 0.05]] }),
    inFile('src/math/interpolation/CatmullRomInterpolation.js', { default: [[[1, 3, 2.5, 5], 0.4]] }),
    inFile('src/math/interpolation/BezierInterpolation.js', { default: [[[1, 3, 2.5, 5], 0.4]] }),
    inFile('src/math/easing/elastic/InOut.js', { default: [[0.3, 0.1, 0.5]] }),
  ]),
  fromPackage('rebound', '0.1.0', [moved({ reSpring: [[40, 7, 1.5]], reMap: numbers(3.5) })]),
  fromPackage('spring-easing', '2.3.3', [
    moved({ seFrame: [[0.3, 1, 100, 10]], seInterpolate: numbers(0.3), seParse: numbers(1.5) }),
  ]),
  fromPackage('wobble', '1.5.1', [moved({ woStep: [[100, 10, 1.2]] })]),
  fromPackage('urdf-loader', '0.13.1', [moved({ urJoint: numbers(0.7) })], ['three@0.160.0']),
  fromPackage('@neutrium/quantity', '3.0.7', [moved({ neQuantity: numbers(21.5) })]),
];
