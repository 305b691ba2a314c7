/** Vectors, matrices, quaternions, complex numbers. */
import { fromPackage, inFile, inWrapper, numbers, type PackageSpec, type Point } from '../row.ts';

const a = [1, 2, 3];
const b = [0.5, -1, 2];
const spd = [
  [4, 1, 2],
  [1, 3, 0.5],
  [2, 0.5, 5],
];
const q1 = [0.1, 0.2, 0.3, 0.9];
const q2 = [0.5, -0.3, 0.2, 0.7];
const m4 = [2, 0, 1, 0, 0.5, 1, 0, 0, 0, 0.3, 1.5, 0, 1, 2, 3, 1];

/** A function that writes into its first argument, an array of this length. */
function into(length: number, ...args: Exclude<Point, readonly unknown[]>['args']): Point {
  const out = new Array<number>(length).fill(0);
  const leaves = args.flatMap((arg, i) =>
    Array.isArray(arg) ? arg.map((_, k) => `${i + 1}.${k}`) : typeof arg === 'number' ? [String(i + 1)] : [],
  );
  return { args: [out, ...args], wrt: leaves, outputs: out.map((_, i) => `$0.${i}`) };
}

const vec = (...args: number[]) => ({ $new: 'Vector3', args });
const on = (
  type: string,
  self: readonly number[],
  args: Exclude<Point, readonly unknown[]>['args'],
  outputs?: string[],
): Point => ({
  this: { $new: type, args: self },
  args,
  wrt: [
    ...self.map((_, i) => `this.${i}`),
    ...args.flatMap((arg, i) =>
      typeof arg === 'number'
        ? [String(i)]
        : ((arg as { args?: readonly number[] }).args ?? []).map((_, k) => `${i}.${k}`),
    ),
  ],
  ...(outputs === undefined ? {} : { outputs }),
});

export const algebra: readonly PackageSpec[] = [
  fromPackage('gl-matrix', '3.4.3', [
    inFile('esm/vec3.js', {
      'add sub mul div cross min': [into(3, a, b)],
      'normalize negate inverse': [into(3, a)],
      lerp: [into(3, a, b, 0.3)],
      hermite: [into(3, a, b, [2, 1, 0], [0, 1, -1], 0.3)],
      bezier: [into(3, a, b, [2, 1, 0], [0, 1, -1], 0.3)],
      rotateX: [into(3, a, b, 0.7)],
      transformQuat: [into(3, a, q1)],
      transformMat4: [into(3, a, m4)],
      'length squaredLength': [[a]],
      'dot distance squaredDistance angle': [[a, b]],
    }),
    inFile('esm/quat.js', {
      multiply: [into(4, q1, q2)],
      slerp: [into(4, q1, q2, 0.3)],
      'exp ln invert': [into(4, q1)],
      setAxisAngle: [into(4, [0.6, 0, 0.8], 0.7)],
      fromEuler: [into(4, 30, 40, 50)],
      getAngle: [[q1, q2]],
    }),
    inFile('esm/mat4.js', {
      invert: [into(16, m4)],
      multiply: [
        into(
          16,
          m4,
          m4.map((v, i) => v + i / 10),
        ),
      ],
      rotate: [into(16, m4, 0.7, a)],
      lookAt: [into(16, [1, 2, 5], [0, 0.5, 0], [0, 1, 0])],
      perspective: [into(16, 0.8, 1.5, 0.1, 100)],
      fromRotationTranslation: [into(16, q1, a)],
      determinant: [[m4]],
    }),
    inFile('esm/mat3.js', { invert: [into(9, spd.flat())], determinant: [[spd.flat()]] }),
    inWrapper('algebra.js', { glChain: [[a, b]], glSkew: [[a, 0.7]] }),
  ]),
  fromPackage('gl-vec3', '1.1.3', [
    inFile('cross.js', { default: [into(3, a, b)] }),
    inFile('normalize.js', { default: [into(3, a)] }),
    inFile('rotateY.js', { default: [into(3, a, b, 0.7)] }),
    inFile('angle.js', { default: [[a, b]] }),
    inFile('length.js', { default: [[a]] }),
  ]),
  fromPackage('gl-mat4', '1.2.0', [
    inFile('invert.js', { default: [into(16, m4)] }),
    inFile('lookAt.js', { default: [into(16, [1, 2, 5], [0, 0.5, 0], [0, 1, 0])] }),
    inFile('index.js', { determinant: [[m4]] }),
  ]),
  fromPackage('gl-quat', '1.0.0', [
    inFile('index.js', { slerp: [into(4, q1, q2, 0.3)], calculateW: [into(4, [0.1, 0.2, 0.3, 0])] }),
  ]),
  fromPackage('three', '0.160.0', [
    inFile('src/math/Vector3.js', {
      'Vector3.dot Vector3.distanceTo Vector3.angleTo': [on('Vector3', a, [vec(...b)])],
      'Vector3.length': [on('Vector3', a, [])],
      'Vector3.normalize': [on('Vector3', a, [], ['x', 'y', 'z'])],
      'Vector3.cross Vector3.projectOnVector Vector3.reflect Vector3.projectOnPlane': [
        on('Vector3', a, [vec(...b)], ['x', 'y', 'z']),
      ],
      'Vector3.applyAxisAngle': [on('Vector3', a, [vec(0.6, 0, 0.8), 0.7], ['x', 'y', 'z'])],
      'Vector3.setFromSphericalCoords': [on('Vector3', a, [2, 0.7, 0.4], ['x', 'y', 'z'])],
    }),
    inFile('src/math/Quaternion.js', {
      'Quaternion.slerp': [
        on('Quaternion', q1, [{ $new: 'Quaternion', args: q2 }, 0.3], ['_x', '_y', '_z', '_w']),
      ],
      'Quaternion.angleTo': [on('Quaternion', q1, [{ $new: 'Quaternion', args: q2 }])],
      'Quaternion.multiply': [
        on('Quaternion', q1, [{ $new: 'Quaternion', args: q2 }], ['_x', '_y', '_z', '_w']),
      ],
    }),
    inFile('src/math/MathUtils.js', {
      'degToRad radToDeg': numbers(0.7),
      lerp: [[1, 5, 0.3]],
      mapLinear: [[0.3, 0, 1, 5, 9]],
      'smoothstep smootherstep': [[0.3, 0, 1]],
      damp: [[1, 5, 2, 0.16]],
      pingpong: [[3.3, 2]],
      euclideanModulo: [[-3.3, 2]],
    }),
    inWrapper('algebra.js', {
      threeEuler: [[0.3, 0.4, 0.5]],
      threeInverse: [[m4]],
      threeCurve: [[[0, 0, 0, 1, 2, 0.5, 3, 1, 1, 4, 4, 2], 0.4]],
      threeCurveLength: [[[0, 0, 0, 1, 2, 0.5, 3, 1, 1, 4, 4, 2]]],
      threeRay: [[0.1, 0.2, 5, 0.05, 0.02, -1]],
      threeColor: [[0.6, 0.5, 0.4]],
      threeTriangle: [[0, 0, 0, 2, 0.5, 0, 1, 3, 0.7]],
      threeDecompose: [[0.3, 0.4, 0.5, 2, 1.5, 3]],
      threeProject: [[1, 2, -10]],
      threeArm: [[0.3, 0.7, -0.4, 1.5]],
    }),
  ]),
  fromPackage('ml-matrix', '6.12.0', [
    inWrapper('algebra.js', {
      'mlDeterminant mlInverse mlCholesky mlQr mlSingular mlEigen mlPseudo mlNorm': [[spd]],
      mlSolve: [[spd, a]],
      mlProduct: [[spd, spd]],
    }),
  ]),
  fromPackage('numeric', '1.2.6', [
    inWrapper('algebra.js', {
      'numericDet numericInv': [[spd]],
      numericSolve: [[spd, a]],
      numericDot: [[spd, a]],
      numericNorm: [[a]],
    }),
  ]),
  fromPackage('vec-la', '1.5.0', [
    inFile('dist/vec.module.js', {
      'add sub dot dist midpoint': [
        [
          [1, 2],
          [0.5, -1],
        ],
      ],
      'norm mag': [[[1, 2]]],
      rotate: [[[1, 2], 0.7]],
      rotatePointAround: [[[1, 2], [0.5, -1], 0.7]],
      towards: [[[1, 2], [0.5, -1], 0.3]],
      alongAngle: [[[1, 2], 0.7, 3]],
    }),
  ]),
  fromPackage('vectorious', '6.1.14', [
    inWrapper('algebra.js', {
      vNorm: [[a]],
      vDot: [[a, b]],
      vDet: [[spd]],
      vSolve: [[spd, a]],
      vAngle: [[a, b]],
    }),
  ]),
  fromPackage('sylvester', '0.0.21', [
    inWrapper('algebra.js', {
      sDet: [[spd]],
      sInverse: [[spd]],
      sRotate: [[[1, 2, 3], 0.7]],
      sAngle: [[a, b]],
    }),
  ]),
  fromPackage('victor', '1.1.0', [
    inFile('index.js', {
      'default.dot default.cross default.distance': [
        on('default', [1, 2], [{ $new: 'default', args: [0.5, -1] }]),
      ],
      'default.length default.horizontalAngle default.verticalAngleDeg': [on('default', [1, 2], [])],
      'default.rotate': [on('default', [1, 2], [0.7], ['x', 'y'])],
      'default.projectOnto': [on('default', [1, 2], [{ $new: 'default', args: [0.5, -1] }], ['x', 'y'])],
      'default.normalize': [on('default', [1, 2], [], ['x', 'y'])],
    }),
  ]),
  fromPackage('vec3', '0.1.10', [
    inWrapper('vec3.cjs', {
      unit: [[1, 2, 3]],
      between: [[1, 2, 3, 0.5, -1, 2]],
      turned: [[1, 2, 3, 0.5, -1, 2]],
    }),
  ]),
  fromPackage('transformation-matrix', '2.16.1', [
    inWrapper('algebra.js', {
      tmPoint: [[30, 2, 1.5, 10, 20, 3, 4]],
      tmInverse: [[{ a: 2, b: 0.5, c: 0.3, d: 1.5, e: 10, f: 20 }]],
      tmDecompose: [[{ a: 2, b: 0.5, c: 0.3, d: 1.5, e: 10, f: 20 }]],
      tmTriangles: [[0, 0, 1, 0.5, 0.2, 2]],
    }),
  ]),
  fromPackage('quaternion', '2.0.2', [
    inWrapper('algebra.js', {
      'quatMul quatDiv quatSlerp': [[q1, q2]],
      'quatLog quatExp quatInverse quatMatrix quatEuler': [[q1]],
      quatRotate: [[q1, a]],
      quatFromAxis: [[a, 0.7]],
      quatFromEuler: [[0.3, 0.4, 0.5]],
      quatBetween: [[a, b]],
    }),
  ]),
  fromPackage('complex.js', '2.4.2', [
    inWrapper('algebra.js', {
      'cExp cLog cSqrt cSin cCos cTan cAsin cAtan cSinh cTanh cInverse cAbs cArg': [
        [0.7, 0.4],
        [-1.2, 0.5],
      ],
      'cMul cDiv cPow': [[0.7, 0.4, 1.5, -0.3]],
    }),
  ]),
  fromPackage('@math.gl/core', '4.1.0', [
    inWrapper('algebra.js', {
      mathglTransform: [[a, 0.7]],
      mathglEuler: [[0.3, 0.4, 0.5]],
      mathglSpherical: [[2, 30, 40]],
    }),
  ]),
  fromPackage('fft-js', '0.0.12', [
    inWrapper('algebra.js', { spectrum: [[[1, 0.5, -0.3, 2, 0.1, -1, 0.7, 0.2]]] }),
  ]),
  fromPackage('mathjs', '13.0.0', [
    inFile('lib/esm/plain/number/trigonometry.js', {
      'acotNumber acscNumber asecNumber acothNumber acschNumber': numbers(1.5, 2.25),
      asechNumber: numbers(0.4),
      'cotNumber cothNumber cscNumber cschNumber secNumber sechNumber asinhNumber sinhNumber tanhNumber':
        numbers(0.7, 1.25),
    }),
    inFile('lib/esm/plain/number/arithmetic.js', {
      'cbrtNumber cubeNumber expm1Number logNumber log1pNumber squareNumber unaryMinusNumber absNumber':
        numbers(0.7, 2),
      'addNumber subtractNumber multiplyNumber divideNumber powNumber modNumber': [[2.5, 1.75]],
      nthRootNumber: [{ args: [2.5, 3], wrt: ['0'] }],
      normNumber: numbers(-3.5),
    }),
    inFile('lib/esm/plain/number/probability.js', {
      'gammaNumber lgammaNumber': numbers(2.5, 5, 0.3, 20.75),
    }),
    inWrapper('algebra.js', { mathErf: [[0.7]], mathZeta: [[2.5]], mathHypot: [[3, 4.5]] }),
  ]),
];
