/** Curves, vectors, matrices, solvers and physics, by packages that compute them in their own ways. */

import Point from '@mapbox/point-geometry';
import { Matrix, Rectangle } from '@pixi/math';
import BezierEasing from '@thednp/bezier-easing';
import * as splines from '@thi.ng/geom-splines';
import * as vectors from '@thi.ng/vectors';
import monotone from '@yr/monotone-cubic-spline';
import AHRS from 'ahrs';
import cardinal from 'cardinal-spline-js';
import { Complex } from 'complex-esm';
import * as d3 from 'd3-shape';
import DewPoint from 'dewpoint';
import wavelets from 'discrete-wavelets';
import FFT from 'fft.js';
import fftjs from 'fftjs';
import HI from 'heat-index';
import Qty from 'js-quantities';
import linearAlgebra from 'linear-algebra';
import { directConvolution, fftConvolution } from 'ml-convolution';
import { PowerRegression } from 'ml-regression-power';
import PID from 'node-pid-controller';
import { Curve, Euler, Mat4, Quat, Vec3 } from 'ogl';
import OIMO from 'oimo';
import PCA from 'pca-js';
import * as popmotion from 'popmotion';
import SAT from 'sat';
import { SVD } from 'svd-js';
import arcToBezier from 'svg-arc-to-cubic-bezier';
import * as THREE from 'threejs-math';
import { mat4, mat4d, quatd, vec3d } from 'wgpu-matrix';

// popmotion
export const pmSpring = (stiffness, damping, t) =>
  popmotion.spring({ from: 0, to: 100, stiffness, damping, mass: 1.2, velocity: 0 }).next(t).value;
export const pmDecay = (velocity, power, t) => popmotion.decay({ velocity, power, from: 3 }).next(t).value;
export const pmBezier = (a, b, c, d, t) => popmotion.cubicBezier(a, b, c, d)(t);
export const pmInterpolate = (t) =>
  popmotion.interpolate([0, 1, 3], [10, 40, 20], { ease: popmotion.easeInOut })(t);
export const pmColour = (t) =>
  popmotion.interpolate([0, 1], ['hsla(10, 20%, 30%, 0.5)', 'hsla(50, 80%, 60%, 1)'])(t);
export const pmBack = (t) => [
  popmotion.backInOut(t),
  popmotion.anticipate(t),
  popmotion.bounceOut(t),
  popmotion.circInOut(t),
];
export const pmAttract = (x) => popmotion.attractExpo(0.6, 10, x);

// beziers and splines
export const beEasing = (a, b, c, d, t) => new BezierEasing(a, b, c, d)(t);
export const moPoints = (ps) => monotone.points(ps);
export const caPoints = (ps) => Array.from(cardinal.getCurvePoints(ps, 0.5, 3, false)).slice(2, 8);
export const tgPoint = (t, ps) => splines.cubicPointAt([], ...ps, t);
export const tgTangent = (t, ps) => splines.cubicTangentAt([], ...ps, t);
export const tgBounds = (ps) => splines.cubicBounds(...ps);
export const tgClosest = (p, ps) => splines.closestPointCubic(p, ...ps, [], 30, 40, 1e-12);
export const tgArc = (start, end) => splines.cubicFromArc([1, 2], [3, 2], 0.3, start, end);
export const tgSplit = (t, ps) => splines.cubicSplitAt(...ps, t);
export const arc = (px, py, cx, cy, rx, ry) =>
  arcToBezier({ px, py, cx, cy, rx, ry, xAxisRotation: 20, largeArcFlag: 0, sweepFlag: 1 });

// @thi.ng/vectors
export const tvRotate = (a, axis, angle) => vectors.rotateAroundAxis3([], a, axis, angle);
export const tvSlerp = (a, b, t) => vectors.mixN([], a, b, t);
export const tvAngle = (a, b) => [vectors.angleBetween3(a, b), vectors.dist3(a, b), vectors.heading(a)];
export const tvReflect = (a, n) => vectors.reflect([], a, vectors.normalize([], n));
export const tvRefract = (a, n) =>
  vectors.refract([], vectors.normalize([], a), vectors.normalize([], n), 0.8);
export const tvCartesian = (p) => vectors.cartesian([], p);
export const tvPolar = (p) => vectors.polar([], p);
export const tvSwizzle = (x, y) => {
  const v = new vectors.Vec3([x, y, x * y]);
  v.zy = [y, x];
  return [v.x * v.length, v.y, v.z];
};

// d3-shape
export const dsPath = (ps) => {
  const seen = [];
  const sink = {
    moveTo: (x, y) => seen.push([x, y]),
    lineTo: (x, y) => seen.push([x, y]),
    bezierCurveTo: (...a) => seen.push(a),
    closePath: () => {},
    arc: (...a) => seen.push(a.slice(0, 5)),
  };
  d3.line().curve(d3.curveCatmullRom.alpha(0.5)).context(sink)(ps);
  d3.line().curve(d3.curveMonotoneX).context(sink)(ps);
  d3.line().curve(d3.curveNatural).context(sink)(ps);
  return seen;
};
export const dsPie = (values) =>
  d3
    .pie()
    .padAngle(0.02)(values)
    .map((d) => d.startAngle);
export const dsArc = (inner, outer, start, end) => {
  const seen = [];
  const sink = {
    moveTo: (...a) => seen.push(a),
    lineTo: (...a) => seen.push(a),
    closePath: () => {},
    arc: (...a) => seen.push(a.slice(0, 5)),
  };
  d3.arc().cornerRadius(2).padAngle(0.03).context(sink)({
    innerRadius: inner,
    outerRadius: outer,
    startAngle: start,
    endAngle: end,
  });
  return seen;
};
export const dsCentroid = (inner, outer, start, end) =>
  d3.arc().centroid({ innerRadius: inner, outerRadius: outer, startAngle: start, endAngle: end });
export const dsStack = (a, b, c) =>
  d3
    .stack()
    .keys(['a', 'b', 'c'])
    .offset(d3.stackOffsetWiggle)([
      { a, b, c },
      { a: b, b: c, c: a },
    ])
    .map((s) => s.map(([l, h]) => [l, h]));

// fmin, fft, wavelets, convolution, regression
export const ftSpectrum = (signal) => {
  const f = new FFT(8);
  const out = f.createComplexArray();
  f.realTransform(out, signal);
  return out.slice(0, 8);
};
export const ftPair = (signal) => fftjs.fft(signal);
export const wvDwt = (signal) => wavelets.dwt(signal, 'db2');
export const wvDeep = (signal) => wavelets.wavedec(signal, 'haar', 'symmetric', 2);
export const mcDirect = (a, k) => directConvolution(a, k);
export const mcFft = (a, k) => fftConvolution(a, k);
export const mrPower = (xs, ys, at) => new PowerRegression(xs, ys).predict(at);
export const pcVariance = (m) => PCA.computeVarianceCovariance(PCA.computeDeviationMatrix(m), false);
export const pcEigen = (m) => PCA.getEigenVectors(m).map(({ eigenvalue }) => eigenvalue);
export const svValues = (m) => SVD(m).q;
export const laProduct = (a, b) => new (linearAlgebra().Matrix)(a).dot(new (linearAlgebra().Matrix)(b)).data;
export const laSigmoid = (a) =>
  new (linearAlgebra().Matrix)(a).sigmoid().mul(new (linearAlgebra().Matrix)(a)).data;

// complex-esm
export const cxPower = (a, b, c, d) => new Complex(a, b).pow(c, d).toVector();
export const cxTrig = (a, b) =>
  [new Complex(a, b).tan(), new Complex(a, b).asin(), new Complex(a, b).acosh()].map((z) => z.toVector());
export const cxText = (x) => new Complex('2 - 3i').mul(x, 1).log().toVector();

// vectors and matrices of engines
export const ogLook = (x, y, z) =>
  Array.from(new Mat4().lookAt(new Vec3(x, y, z), new Vec3(0, 0.5, 0), new Vec3(0, 1, 0)));
export const ogEuler = (x, y, z) =>
  new Euler().fromQuaternion(new Quat().fromEuler(new Euler(x, y, z, 'XYZ')), 'ZYX');
export const ogTransform = (m, x, y, z) => new Vec3(x, y, z).applyMatrix4(new Mat4(...m));
export const ogInverse = (m) => Array.from(new Mat4(...m).inverse());
export const ogCurve = (t, x) =>
  new Curve({ points: [new Vec3(0, 0, 0), new Vec3(x, 1, 0), new Vec3(2, 0, 1)], type: 'catmullrom' })
    .getPoints(2, t, 0.7)
    .map((v) => [v.x, v.y]);
export const wgPerspective = (fov, aspect) => Array.from(mat4d.perspective(fov, aspect, 0.1, 100));
export const wgInverse = (m) => Array.from(mat4d.inverse(m));
export const wgSlerp = (a, b, t) =>
  Array.from(quatd.slerp(quatd.fromEuler(a, 0.2, 0.3, 'xyz'), quatd.fromEuler(0.5, b, 0.1, 'zyx'), t));
export const wgLook = (x, y, z) => Array.from(mat4d.lookAt([x, y, z], [0, 0.5, 0], [0, 1, 0]));
export const wgSingle = (x, angle) => Array.from(mat4.rotateX(mat4.translation([x, 2, 3]), angle));
export const wgVector = (a, b) => [vec3d.angle(a, b), vec3d.distance(a, b), ...vec3d.cross(a, b)];
export const pxInvert = (a, b, c, d, e, f) => {
  const m = new Matrix(a, b, c, d, e, f).invert().rotate(0.3).scale(2, 1.5);
  return [m.a, m.b, m.c, m.d, m.tx, m.ty];
};
export const pxDecompose = (a, b, c, d) => {
  const t = {
    position: { set: () => {} },
    pivot: { x: 0, y: 0 },
    scale: { x: 1, y: 1 },
    skew: { x: 0, y: 0 },
  };
  Object.assign(t.position, { x: 0, y: 0 });
  new Matrix(a, b, c, d, 1, 2).decompose(t);
  return [t.rotation, t.scale.x, t.scale.y];
};
export const pxFit = (x, y) => new Rectangle(x, y, 10, 5).enlarge(new Rectangle(3, 2, 20, 1)).width;
export const mbTurn = (x, y, angle) =>
  new Point(x, y).rotateAround(angle, new Point(1, 1)).unit().angleTo(new Point(3, -1));
export const thDecompose = (x, y, z) => {
  const m = new THREE.Matrix4()
    .makeRotationFromEuler(new THREE.Euler(x, y, z))
    .scale(new THREE.Vector3(1, 2, 3));
  const [p, q, s] = [new THREE.Vector3(), new THREE.Quaternion(), new THREE.Vector3()];
  m.decompose(p, q, s);
  return [q.x, q.y, q.z, q.w, s.x, s.y, s.z];
};
export const thRay = (x, y, z) =>
  new THREE.Ray(new THREE.Vector3(x, y, z), new THREE.Vector3(0, 0, -1)).intersectSphere(
    new THREE.Sphere(new THREE.Vector3(0, 0, 0), 2),
    new THREE.Vector3(),
  );
export const thColour = (h, s, l) => new THREE.Color().setHSL(h, s, l).getHSL({});
export const thTriangle = (x, y) =>
  new THREE.Triangle(
    new THREE.Vector3(0, 0, 0),
    new THREE.Vector3(3, 0, 1),
    new THREE.Vector3(1, 4, 0),
  ).closestPointToPoint(new THREE.Vector3(x, y, 2), new THREE.Vector3());
export const thSpherical = (x, y, z) => {
  const { radius, phi, theta } = new THREE.Spherical().setFromVector3(new THREE.Vector3(x, y, z));
  return [radius, phi, theta];
};

// physics
export const oiQuat = (x, y, z) => {
  const q = new OIMO.Quat().setFromEuler(x, y, z);
  return [q.x, q.y, q.z, q.w];
};
export const oiWorld = (x, y) => {
  const world = new OIMO.World({
    timestep: 1 / 60,
    iterations: 8,
    worldscale: 1,
    random: false,
    info: false,
    gravity: [0, -9.8, 0],
  });
  const body = world.add({ type: 'sphere', size: [1], pos: [x, y, 0], move: true, density: 1 });
  for (let i = 0; i < 4; i++) world.step();
  const p = body.getPosition();
  return [p.x, p.y];
};
export const satOverlap = (x, y) => {
  const r = new SAT.Response();
  const a = new SAT.Polygon(new SAT.Vector(0, 0), [
    new SAT.Vector(0, 0),
    new SAT.Vector(4, 0.5),
    new SAT.Vector(3, 4),
  ]);
  const hit = SAT.testPolygonCircle(a, new SAT.Circle(new SAT.Vector(x, y), 1.5), r);
  return hit ? [r.overlap, r.overlapV.x, r.overlapV.y] : 0;
};
export const satPolygons = (x, y, angle) => {
  const r = new SAT.Response();
  const a = new SAT.Box(new SAT.Vector(0, 0), 4, 3).toPolygon();
  const b = new SAT.Box(new SAT.Vector(x, y), 2, 2.5).toPolygon().rotate(angle);
  return SAT.testPolygonPolygon(a, b, r) ? [r.overlap, r.overlapV.x, r.overlapV.y] : 0;
};
export const satCentroid = (x, y) => {
  const c = new SAT.Polygon(new SAT.Vector(), [
    new SAT.Vector(0, 0),
    new SAT.Vector(4, 0.5),
    new SAT.Vector(x, y),
  ]).getCentroid();
  return [c.x, c.y];
};
export const pidOutput = (p, i, d) => {
  const c = new PID({ k_p: p, k_i: i, k_d: d, dt: 0.5 });
  c.setTarget(10);
  return [3, 5, 8].map((x) => c.update(x));
};
export const ahrsUpdate = (gx, gy, gz) => {
  const m = new AHRS({ sampleInterval: 20, algorithm: 'Madgwick', beta: 0.4, doInitialisation: false });
  m.update(gx, gy, gz, 0.1, 0.2, 9.7);
  m.update(gx, gy, gz, 0.2, 0.1, 9.6, 0.3, 0.1, 0.5);
  return m.getEulerAngles();
};
export const ahrsMahony = (ax, ay, az) => {
  const m = new AHRS({ sampleInterval: 20, algorithm: 'Mahony', doInitialisation: false });
  m.update(0.1, 0.2, 0.3, ax, ay, az);
  const { x, y, z, w } = m.getQuaternion();
  return [x, y, z, w];
};
export const hiIndex = (temperature, humidity) => HI.heatIndex({ temperature, humidity, fahrenheit: true });
export const dwPoint = (h, t, rh) => {
  const { x, dp } = new DewPoint(h).Calc(t, rh);
  return [x, dp];
};
export const jqLength = (x) =>
  Qty(x, 'mi')
    .to('km')
    .add(Qty(x * x, 'm')).scalar;
export const jqTemperature = (x) => Qty(x, 'tempF').to('tempC').scalar;
export const jqForce = (m, a) => Qty(m, 'lb').mul(Qty(a, 'ft/s2')).to('N').scalar;
