/** Physics engines, thermodynamics, geometry, solvers, noise. */
import { fromPackage, inFile, inWrapper, numbers, type PackageSpec, type Point } from '../row.ts';

const p = (x: number, y: number) => ({ x, y });
const square = [
  [0, 0],
  [4, 0.5],
  [5, 4],
  [-0.5, 3],
];
const pressure = 101325;
const v2 = (x: number, y: number): { $new: string; args: number[] } => ({ $new: 'Vec2', args: [x, y] });
const into2 = (...args: (number | readonly number[])[]): Point => ({
  args: [[0, 0], ...args],
  outputs: ['$0.0', '$0.1'],
  wrt: args.flatMap((arg, i) =>
    typeof arg === 'number' ? [String(i + 1)] : arg.map((_, k) => `${i + 1}.${k}`),
  ),
});

export const physics: readonly PackageSpec[] = [
  fromPackage('psychrolib', '1.1.0', [
    inWrapper('physics.js', {
      'wetBulb humidityRatio enthalpy': [[25, 0.6, pressure]],
      dewPoint: [[25, 0.6]],
      saturation: numbers(25, -5.5),
      altitudePressure: numbers(1500),
      moistVolume: [[25, 0.012, pressure]],
      seaLevel: [[95000, 300, 15]],
      vapourDeficit: [[25, 0.008, pressure]],
    }),
  ]),
  fromPackage('cannon-es', '0.20.0', [
    inWrapper('physics.js', {
      cannonStep: [[0, 5, 2, 1, 0.5]],
      cannonQuaternion: [[0.3, 0.4, 0.5]],
      cannonRotate: [[1, 2, 3, 0.7]],
      cannonSlerp: [[0.1, 0.2, 0.3, 0.9, 0.4]],
      cannonSolve: [[4, 1, 2, 1, 3, 0.5, 2, 0.5, 5]],
      cannonTangents: [[1, 2, 3]],
      cannonSpring: [[1, 2, 0.5, 30]],
    }),
  ]),
  fromPackage('matter-js', '0.20.0', [
    inFile('src/geometry/Vector.js', {
      'default.magnitude default.normalise default.neg': [[p(1, 2)]],
      'default.rotate': [[p(1, 2), 0.7]],
      'default.rotateAbout': [[p(1, 2), 0.7, p(0.5, -1)]],
      'default.dot default.cross default.add default.angle': [[p(1, 2), p(0.5, -1)]],
      'default.cross3': [[p(1, 2), p(0.5, -1), p(3, 1)]],
    }),
    inFile('src/geometry/Vertices.js', {
      'default.centre default.mean default.area': [[square.map(([x, y]) => p(x!, y!))]],
      'default.inertia': [[square.map(([x, y]) => p(x!, y!)), 2.5]],
    }),
    inWrapper('physics.js', { matterFall: [[1, 2, 3, -4]], matterInertia: [[4, 3.5]] }),
  ]),
  fromPackage('planck', '1.5.0', [
    inFile('src/common/Vec2.ts', {
      'Vec2.lengthOf Vec2.normalize': [[p(1, 2)]],
      'Vec2.distance Vec2.dot Vec2.crossVec2Vec2 Vec2.sub': [[p(1, 2), p(0.5, -1)]],
      'Vec2.combine': [[2, p(1, 2), 3, p(0.5, -1)]],
      'Vec2.length': [{ this: v2(1, 2), args: [], wrt: ['this.0', 'this.1'] }],
    }),
    inFile('src/common/Rot.ts', { 'Rot.mulVec2': [[{ $new: 'Rot', args: [0.7] }, p(1, 2)]] }),
    inWrapper('physics.js', { planckFall: [[1, 10, 2, -1]], planckTransform: [[1, 2, 0.7, 3, 4]] }),
  ]),
  fromPackage('p2', '0.7.1', [
    inFile('src/math/vec2.js', {
      'default.rotate': [into2([1, 2], 0.7)],
      'default.normalize': [into2([1, 2])],
      'default.toLocalFrame default.toGlobalFrame': [into2([1, 2], [3, 4], 0.7)],
      'default.centroid': [into2([0, 0], [2, 1], [1, 3])],
      'default.distance default.dot default.crossLength': [
        [
          [1, 2],
          [0.5, -1],
        ],
      ],
      'default.getLineSegmentsIntersectionFraction': [
        [
          [0, 0],
          [3, 1],
          [1, -1],
          [1.5, 4],
        ],
      ],
    }),
    inWrapper('physics.js', { p2Fall: [[1, 10, 2, -1]], p2Area: [[0, 0, 4, 0.5, 5, 4]] }),
  ]),
  fromPackage('poly-decomp', '0.3.0', [
    inWrapper('physics.js', { decomposedArea: [[0, 0, 4, 0, 4, 4, 2, 1, 0, 4]] }),
  ]),
  fromPackage('geometric', '2.5.5', [
    inWrapper('physics.js', {
      'geoArea geoCentroid geoPerimeter': [[square]],
      geoRotate: [[square, 30]],
      geoScale: [[square, 1.5]],
      geoLine: [
        [
          [
            [0, 0],
            [4, 0.5],
          ],
          0.3,
        ],
      ],
      geoReflect: [[30, 75]],
    }),
  ]),
  fromPackage('@flatten-js/core', '1.6.2', [
    inWrapper('physics.js', {
      flattenDistance: [[1, 5, 0, 0, 4, 0.5]],
      flattenCircle: [[0, 0, 3, 1, -4, 1.5, 6]],
      flattenArc: [[1, 2, 3, 0.4, 2.1]],
      flattenPolygon: [[0, 0, 4, 0.5, 5, 4]],
      flattenVector: [[1, 2, 0.7]],
    }),
  ]),
  fromPackage('odex', '2.0.4', [inWrapper('physics.js', { odexOscillator: [[1, 0.5, 2]] })]),
  fromPackage('simplex-noise', '4.0.1', [
    inWrapper('physics.js', {
      noise2: [
        [0.3, 0.7],
        [5.25, -3.5],
      ],
      noise3: [[0.3, 0.7, 1.1]],
      noise4: [[0.3, 0.7, 1.1, 0.25]],
    }),
  ]),
  fromPackage('noisejs', '2.1.0', [
    inWrapper('physics.js', { 'nSimplex2 nPerlin2': [[0.3, 0.7]], 'nSimplex3 nPerlin3': [[0.3, 0.7, 1.1]] }),
  ]),
  fromPackage('convert-units', '2.3.4', [inWrapper('physics.js', { 'miles fahrenheit': numbers(12.5) })]),
  fromPackage('ml-peak-shape-generator', '4.1.2', [
    inFile('lib/shapes/1d/gaussian/Gaussian.js', { gaussianFct: [[0.3, 1.2]] }),
    inFile('lib/shapes/1d/lorentzian/Lorentzian.js', { lorentzianFct: [[0.3, 1.2]] }),
    inFile('lib/shapes/1d/pseudoVoigt/PseudoVoigt.js', { pseudoVoigtFct: [[0.3, 1.2, 0.4]] }),
    inFile('lib/util/erfinv.js', { default: numbers(0.3, 0.7) }),
  ]),
];
