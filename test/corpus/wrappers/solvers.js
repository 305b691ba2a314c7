/** Numerical methods, special functions, splines and small matrices, as a project calls them. */

import { MonotoneCubicHermitInterpolation, NaturalSpline } from '@adaskothebeast/splines';
import j1 from '@stdlib/math-base-special-besselj1';
import betainc from '@stdlib/math-base-special-betainc';
import erfinv from '@stdlib/math-base-special-erfinv';
import stdGamma from '@stdlib/math-base-special-gamma';
import gammaCdf from '@stdlib/stats-base-dists-gamma-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import weibullLogpdf from '@stdlib/stats-base-dists-weibull-logpdf';
import bezier from 'bezier';
import { createAkimaSplineInterpolator, createCubicSplineInterpolator } from 'commons-math-interpolation';
import Complex from 'complex';
import erf from 'compute-erf';
import cubicBezier from 'cubic-bezier';
import hermite from 'cubic-hermite-spline';
import cubic2quad from 'cubic2quad';
import { CurveInterpolator } from 'curve-interpolator';
import fitCurve from 'fit-curve';
import mat3 from 'gl-mat3';
import vec2 from 'gl-vec2';
import simpson from 'integrate-adaptive-simpson';
import decompose from 'mat4-decompose';
import interpolate from 'mat4-interpolate';
import Matrix from 'matrix-js';
import newton from 'modified-newton-raphson';
import numbers from 'numbers';
import ode45 from 'ode45-cash-karp';
import optimjs from 'optimization-js';
import getStroke, { getStrokePoints } from 'perfect-freehand';
import { pointsOnBezierCurves, simplify } from 'points-on-curve';
import quatFromUnit from 'quat-from-unit-vec3';
import { incircle, orient2d, orient3d } from 'robust-predicates';
import science from 'science';
import SplineInterpolator from 'spline-interpolator';
import Spline from 'typescript-cubic-spline';
import UnitBezier from 'unitbezier';
import { ArrayVector, Vector } from 'vector2d';
import vectors from 'vectors';

export const ssGamma = (x) => stdGamma(x);
export const ssBetainc = (x, a, b) => betainc(x, a, b);
export const ssErfinv = (x) => erfinv(x);
export const ssJ1 = (x) => j1(x);
export const ssGammaCdf = (x, a, b) => gammaCdf(x, a, b);
export const ssNormalQuantile = (p, mu, sigma) => normalQuantile(p, mu, sigma);
export const ssWeibull = (x, k, lambda) => weibullLogpdf(x, k, lambda);
export const ssTCdf = (x, v) => tCdf(x, v);
export const ssTFactory = (x, v) => tCdf.factory(v)(x);

export const odeDecay = (y, rate) => {
  const integrator = ode45(
    [y, 0],
    (dydt, v) => {
      dydt[0] = v[1];
      dydt[1] = -rate * v[0];
    },
    0,
    0.1,
    { verbose: false },
  );
  integrator.steps(20, 1);
  return [integrator.t, ...integrator.y];
};
export const odeFixed = (y, rate) => {
  const integrator = ode45(
    [y],
    (dydt, v) => {
      dydt[0] = -rate * v[0] * v[0];
    },
    0,
    0.05,
    { tol: 1e-2, maxIncreaseFactor: 1 },
  );
  integrator.step();
  integrator.step();
  return integrator.y;
};
export const quadSimpson = (a, b, k) => simpson((x) => Math.exp(-k * x * x), a, b, 1e-10);
export const rootNewton = (c) =>
  newton(
    (x) => x ** 3 - x - c,
    (x) => 3 * x * x - 1,
    (x) => 6 * x,
    2,
  );
export const rootSecant = (c) => newton((x) => Math.cos(x) - c * x, 1);
export const erfOf = (x) => erf(x);
export const erfAll = (xs) => erf(xs);

export const cxPower = (re, im) => {
  const z = new Complex(re, im).pow(new Complex(1.5, 0.25));
  return [z.re ?? z.real, z.im];
};
export const cxTrig = (re, im) => {
  const z = new Complex(re, im);
  return [z.clone().sin(), z.clone().tanh(), z.clone().log(), z.clone().sqrt()].flatMap((w) => [
    w.real,
    w.im,
  ]);
};
export const cxDivide = (re, im) => {
  const z = Complex.from(re, im).divide(Complex.fromPolar(2, 0.3)).multiply([1, 2]);
  return [z.magnitude(), z.angle()];
};

export const nmStatistics = (xs) => [
  numbers.statistic.mean(xs),
  numbers.statistic.standardDev(xs),
  numbers.statistic.quantile(xs, 1, 4),
  numbers.statistic.median(xs),
];
export const nmDerivative = (x) => numbers.calculus.pointDiff((t) => Math.sin(t) * t, x);
export const nmRiemann = (a, b) => numbers.calculus.Riemann((t) => t * t, a, b, 20);
export const nmSimpson = (a, b) => numbers.calculus.adaptiveSimpson((t) => Math.sin(t), a, b, 1e-8);
export const nmLanczos = (x) => numbers.calculus.LanczosGamma(x);
export const nmDeterminant = (m) => numbers.matrix.determinant(m);
export const nmGauss = (m) => numbers.matrix.GaussJordanInverse?.(m) ?? numbers.matrix.transpose(m);
export const nmLu = (m) => numbers.matrix.lupDecomposition(m);
export const nmComplex = (re, im) => {
  const z = new numbers.complex(re, im).multiply(new numbers.complex(1, 2)).pow(2);
  return [z.re, z.im];
};
export const nmCorrelation = (a, b) => [
  numbers.statistic.correlation(a, b),
  numbers.statistic.covariance(a, b),
];

export const scStats = (xs) => [
  science.stats.mean(xs),
  science.stats.variance(xs),
  science.stats.iqr(xs),
  science.stats.median(xs),
  science.stats.bandwidth.nrd(xs),
];
export const scKde = (xs, x) => science.stats.kde().sample(xs)([x])[0];
export const scLoess = (xs, ys) => science.stats.loess().bandwidth(0.9)(xs, ys);
export const scErf = (x) => [science.stats.erf(x), science.stats.phi(x), science.expm1(x)];
export const scInverse = (m) => science.lin.inverse(m);
export const scDecompose = (m) => science.lin.decompose()(m);
export const scTridag = (a, b, c, d) => {
  const x = [];
  science.lin.tridag(a, b, c, d, x, b.length);
  return x;
};
export const scHypot = (x, y) => science.hypot(x, y);

export const rpOrient2 = (ax, ay, bx, by, cx, cy) => orient2d(ax, ay, bx, by, cx, cy);
export const rpOrient3 = (a, b, c, d) => orient3d(...a, ...b, ...c, ...d);
export const rpIncircle = (a, b, c, d) => incircle(...a, ...b, ...c, ...d);

export const cuAt = (ps, t) => new CurveInterpolator(ps, { tension: 0.2, alpha: 0.5 }).getPointAt(t);
export const cuTangent = (ps, t) => new CurveInterpolator(ps, { tension: 0 }).getTangentAt(t);
export const cuLength = (ps) => new CurveInterpolator(ps, { tension: 0.5 }).length;
export const cuNearest = (ps, p) =>
  new CurveInterpolator(ps, { tension: 0.5 }).getNearestPosition(p).distance;
export const cuCurvature = (ps, t) => new CurveInterpolator(ps).getCurvatureAt(t).curvature;
export const cuBounds = (ps) => new CurveInterpolator(ps).getBoundingBox();
export const fcCurve = (ps) => fitCurve(ps, 50);
export const pfPoints = (ps) =>
  getStrokePoints(ps, { size: 8, streamline: 0.3 }).map(({ point, distance }) => [...point, distance]);
export const pfStroke = (ps) =>
  getStroke(ps, { size: 8, thinning: 0.4, simulatePressure: false }).slice(0, 4);
export const pcPoints = (ps) => pointsOnBezierCurves(ps, 0.05);
export const pcSimplify = (ps, tolerance) => simplify(ps, tolerance);
export const siAt = (xs, ys, x) => new SplineInterpolator(xs, ys, 0.8).interpolate(x);
export const siCurve = (xs, ys) => new SplineInterpolator(xs, ys).curve(4);
export const bzAt = (ps, t) => [
  bezier(
    ps.map((p) => p[0]),
    t,
  ),
  bezier(
    ps.map((p) => p[1]),
    t,
  ),
];
export const bzPrepared = (ps, t) => bezier.prepare(5)(ps, t);
export const cqQuads = (ps) => cubic2quad(...ps.flat(), 0.05);
export const asMonotone = (xs, ys, x) =>
  new MonotoneCubicHermitInterpolation(xs.map((v, i) => [v, ys[i]])).interpolate(x);
export const asNatural = (xs, ys, x) => new NaturalSpline(xs.map((v, i) => [v, ys[i]])).interpolate(x);
export const tsAt = (xs, ys, x) => {
  const spline = new (Spline.default ?? Spline)(xs, ys);
  return [spline.at(x), spline.getIndexBefore(x)];
};
export const ubSolve = (a, b, c, d, x) => new UnitBezier(a, b, c, d).solve(x, 1e-9);
export const cbEase = (a, b, c, d, t) => cubicBezier(a, b, c, d, 10)(t);
export const chAt = (t, ps, ms) => hermite(t, ps, ms, [0, 1.5]);
export const cmAkima = (xs, ys, x) => createAkimaSplineInterpolator(xs, ys)(x);
export const cmCubic = (xs, ys, x) => createCubicSplineInterpolator(xs, ys)(x);

export const g2Rotate = (v, w, angle) => {
  const out = vec2.rotate(vec2.create(), v, angle);
  return vec2.limit(vec2.create(), vec2.lerp(out, out, w, 0.3), 1.5);
};
export const g2Transform = (v, m) => vec2.transformMat3([], v, m);
export const g3Invert = (m) => mat3.invert([], m);
export const g3Quat = (q) => mat3.fromQuat(mat3.create(), q);
export const g3Normal = (m) => mat3.normalFromMat4([], m);
export const m4Decompose = (m) => {
  const translation = [];
  const scale = [];
  const skew = [];
  const perspective = [];
  const quaternion = [];
  decompose(m, translation, scale, skew, perspective, quaternion);
  return [translation, scale, skew, perspective, quaternion];
};
export const m4Interpolate = (a, b, t) => {
  const out = [];
  interpolate(out, a, b, t);
  return out;
};
export const mjInverse = (m) => Matrix(Matrix(m).inv())();
export const mjDeterminant = (m) => Matrix(m).det();
export const mjProduct = (a, b) => Matrix(a).prod(Matrix(b));
export const opGradient = (a, b) =>
  optimjs.minimize_GradientDescent(
    (v) => (v[0] - a) ** 2 + 2 * (v[1] - b) ** 2,
    (v) => [2 * (v[0] - a), 4 * (v[1] - b)],
    [0, 0],
  ).argument;
export const opLbfgs = (a, b) =>
  optimjs.minimize_L_BFGS(
    (v) => (v[0] - a) ** 2 + 2 * (v[1] - b) ** 2,
    (v) => [2 * (v[0] - a), 4 * (v[1] - b)],
    [0, 0],
  ).argument;
export const v2Ops = (x, y, k) => {
  const v = new Vector(x, y).rotate(k).mulS(2).add(new Vector(1, -1));
  return [v.x, v.y, v.length(), v.distance(new Vector(3, 3))];
};
export const v2Array = (x, y) => {
  const v =
    new ArrayVector(x, y).unit().mulS(3).addV?.(new ArrayVector(1, 2)) ?? new ArrayVector(x, y).unit();
  return [v.x, v.y, v.dot(new ArrayVector(2, 3))];
};
export const veLerp = (a, b, t) => vectors.lerp(3)([...a], [...b], t);
export const veLength = (a, b) => [vectors.mag(3)(a), vectors.dot(3)(a, b), vectors.dist(3)(a, b)];
export const veNormal = (a) => vectors.normalize(3)(a);
export const qfUnit = (a, b) => quatFromUnit([], a, b);
