import {
  _SphericalCoordinates,
  Euler as GlEuler,
  Matrix4 as GlMatrix4,
  Vector3 as GlVector3,
} from '@math.gl/core';
import Complex from 'complex.js';
import { fft } from 'fft-js';
import { mat4, quat, vec3 } from 'gl-matrix';
import { erf, hypot, zeta } from 'mathjs/number';
import * as ml from 'ml-matrix';
import numeric from 'numeric';
import Quaternion from 'quaternion';
import sylvester from 'sylvester';
import * as THREE from 'three';
import * as tm from 'transformation-matrix';
import * as v from 'vectorious';

export function glChain(a, b) {
  const rotation = quat.rotationTo(quat.create(), vec3.normalize([], a), vec3.normalize([], b));
  const matrix = mat4.fromQuat(new Array(16).fill(0), rotation);
  return vec3.transformMat4([0, 0, 0], [1, 2, 3], matrix);
}
export function glSkew(a, angle) {
  const q = [0, 0, 0, 1];
  quat.rotateX(q, q, angle);
  quat.rotateZ(q, q, angle * 0.5);
  return vec3.transformQuat([0, 0, 0], a, q);
}

const vectors = (flat) => {
  const points = [];
  for (let i = 0; i < flat.length; i += 3) points.push(new THREE.Vector3(flat[i], flat[i + 1], flat[i + 2]));
  return points;
};
export const threeEuler = (x, y, z) => {
  const q = new THREE.Quaternion().setFromEuler(new THREE.Euler(x, y, z, 'YXZ'));
  return [q.x, q.y, q.z, q.w];
};
export const threeInverse = (elements) => new THREE.Matrix4().fromArray(elements).invert().elements;
export const threeCurve = (flat, t) => new THREE.CatmullRomCurve3(vectors(flat)).getPoint(t).toArray();
export const threeCurveLength = (flat) => new THREE.CubicBezierCurve3(...vectors(flat)).getLength();
export const threeRay = (ox, oy, oz, dx, dy, dz) => {
  const ray = new THREE.Ray(new THREE.Vector3(ox, oy, oz), new THREE.Vector3(dx, dy, dz).normalize());
  return ray.intersectSphere(new THREE.Sphere(new THREE.Vector3(0, 0, 0), 1), new THREE.Vector3()).toArray();
};
export const threeColor = (h, s, l) => {
  const { r, g, b } = new THREE.Color().setHSL(h, s, l);
  return [r, g, b];
};
export const threeTriangle = (...flat) => {
  const triangle = new THREE.Triangle(...vectors(flat));
  return [triangle.getArea(), ...triangle.getNormal(new THREE.Vector3()).toArray()];
};
export const threeDecompose = (x, y, z, sx, sy, sz) => {
  const matrix = new THREE.Matrix4().compose(
    new THREE.Vector3(1, 2, 3),
    new THREE.Quaternion().setFromEuler(new THREE.Euler(x, y, z)),
    new THREE.Vector3(sx, sy, sz),
  );
  const [p, q, s] = [new THREE.Vector3(), new THREE.Quaternion(), new THREE.Vector3()];
  matrix.decompose(p, q, s);
  return [...s.toArray(), q.x, q.y, q.z, q.w];
};
export const threeProject = (x, y, z) => {
  const camera = new THREE.PerspectiveCamera(50, 1.5, 0.1, 100);
  camera.updateMatrixWorld();
  return new THREE.Vector3(x, y, z).project(camera).toArray();
};

const { Matrix } = ml;
export const mlDeterminant = (m) => ml.determinant(new Matrix(m));
export const mlInverse = (m) => ml.inverse(new Matrix(m)).to2DArray();
export const mlCholesky = (m) =>
  new ml.CholeskyDecomposition(new Matrix(m)).lowerTriangularMatrix.to2DArray();
export const mlQr = (m) => new ml.QrDecomposition(new Matrix(m)).upperTriangularMatrix.to2DArray();
export const mlSingular = (m) => new ml.SingularValueDecomposition(new Matrix(m)).diagonal;
export const mlEigen = (m) => new ml.EigenvalueDecomposition(new Matrix(m)).realEigenvalues;
export const mlPseudo = (m) => ml.pseudoInverse(new Matrix(m)).to2DArray();
export const mlNorm = (m) => new Matrix(m).norm();
export const mlSolve = (m, b) => ml.solve(new Matrix(m), Matrix.columnVector(b)).to1DArray();
export const mlProduct = (a, b) => new Matrix(a).mmul(new Matrix(b)).to2DArray();

export const numericDet = (m) => numeric.det(m);
export const numericInv = (m) => numeric.inv(m);
export const numericSolve = (m, b) => numeric.solve(m, b);
export const numericDot = (m, b) => numeric.dot(m, b);
export const numericNorm = (b) => numeric.norm2(b);

export const vNorm = (a) => v.array(a).norm();
export const vDot = (a, b) => v.array(a).dot(v.array(b));
export const vDet = (m) => v.array(m).det();
export const vSolve = (m, b) => v.solve(v.array(m), v.array(b.map((x) => [x]))).toArray();
export const vAngle = (a, b) => v.array(a).angle(v.array(b));

const { Matrix: SylvesterMatrix, Vector: SylvesterVector } = sylvester;
export const sDet = (m) => SylvesterMatrix.create(m).determinant();
export const sInverse = (m) => SylvesterMatrix.create(m).inverse().elements;
export const sRotate = (a, angle) =>
  SylvesterMatrix.RotationZ(angle).multiply(SylvesterVector.create(a)).elements;
export const sAngle = (a, b) => SylvesterVector.create(a).angleFrom(SylvesterVector.create(b));

export const tmPoint = (degrees, sx, sy, tx, ty, x, y) => {
  const matrix = tm.compose(tm.rotateDEG(degrees), tm.scale(sx, sy), tm.translate(tx, ty));
  return tm.applyToPoint(matrix, [x, y]);
};
export const tmInverse = (matrix) => tm.inverse(matrix);
export const tmDecompose = (matrix) => {
  const { translate, scale, rotation } = tm.decomposeTSR(matrix);
  return [translate.tx, translate.ty, scale.sx, scale.sy, rotation.angle];
};
export const tmTriangles = (x1, y1, x2, y2, x3, y3) =>
  tm.fromTriangles(
    [
      { x: x1, y: y1 },
      { x: x2, y: y2 },
      { x: x3, y: y3 },
    ],
    [
      { x: 1, y: 1 },
      { x: 4, y: 1.5 },
      { x: 2, y: 5 },
    ],
  );

const parts = ({ w, x, y, z }) => [w, x, y, z];
export const quatMul = (a, b) => parts(new Quaternion(a).mul(new Quaternion(b)));
export const quatDiv = (a, b) => parts(new Quaternion(a).div(new Quaternion(b)));
export const quatSlerp = (a, b) => parts(new Quaternion(a).slerp(new Quaternion(b))(0.3));
export const quatLog = (a) => parts(new Quaternion(a).log());
export const quatExp = (a) => parts(new Quaternion(a).exp());
export const quatInverse = (a) => parts(new Quaternion(a).inverse());
export const quatMatrix = (a) => new Quaternion(a).normalize().toMatrix();
export const quatEuler = (a) => new Quaternion(a).normalize().toEuler('ZXY');
export const quatRotate = (a, vector) => new Quaternion(a).normalize().rotateVector(vector);
export const quatFromAxis = (axis, angle) => parts(Quaternion.fromAxisAngle(axis, angle));
export const quatFromEuler = (x, y, z) => parts(Quaternion.fromEuler(x, y, z, 'XYZ'));
export const quatBetween = (a, b) => parts(Quaternion.fromVectors(a, b));

const pair = ({ re, im }) => [re, im];
export const cExp = (re, im) => pair(new Complex(re, im).exp());
export const cLog = (re, im) => pair(new Complex(re, im).log());
export const cSqrt = (re, im) => pair(new Complex(re, im).sqrt());
export const cSin = (re, im) => pair(new Complex(re, im).sin());
export const cCos = (re, im) => pair(new Complex(re, im).cos());
export const cTan = (re, im) => pair(new Complex(re, im).tan());
export const cAsin = (re, im) => pair(new Complex(re, im).asin());
export const cAtan = (re, im) => pair(new Complex(re, im).atan());
export const cSinh = (re, im) => pair(new Complex(re, im).sinh());
export const cTanh = (re, im) => pair(new Complex(re, im).tanh());
export const cInverse = (re, im) => pair(new Complex(re, im).inverse());
export const cAbs = (re, im) => new Complex(re, im).abs();
export const cArg = (re, im) => new Complex(re, im).arg();
export const cMul = (a, b, c, d) => pair(new Complex(a, b).mul(c, d));
export const cDiv = (a, b, c, d) => pair(new Complex(a, b).div(new Complex({ re: c, im: d })));
export const cPow = (a, b, c, d) => pair(new Complex(a, b).pow(c, d));

export const mathglTransform = (a, angle) =>
  new GlMatrix4().rotateX(angle).translate([1, 2, 3]).transformAsPoint(new GlVector3(a));
export const mathglEuler = (x, y, z) => [...new GlEuler(x, y, z).toQuaternion()];
export const mathglSpherical = (radius, phi, theta) =>
  new _SphericalCoordinates({ radius, phi, theta }).toVector3();

export const spectrum = (signal) => fft(signal);

export const mathErf = (x) => erf(x);
export const mathZeta = (x) => zeta(x);
export const mathHypot = (x, y) => hypot(x, y);

/** Forward kinematics of an arm of three joints, by the scene graph. */
export const threeArm = (base, shoulder, elbow, reach) => {
  const joints = [base, shoulder, elbow].map(() => new THREE.Object3D());
  joints[0].rotation.y = base;
  joints[1].rotation.z = shoulder;
  joints[1].position.set(0, 1, 0);
  joints[2].rotation.z = elbow;
  joints[2].position.set(2, 0, 0);
  joints[0].add(joints[1]);
  joints[1].add(joints[2]);
  joints[0].updateMatrixWorld(true);
  return joints[2].localToWorld(new THREE.Vector3(reach, 0, 0)).toArray();
};
