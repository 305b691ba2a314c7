import * as turf from '@turf/turf';
import TWEEN from '@tweenjs/tween.js';
import amortize from 'amortize';
import { bin, deviation, fcumsum, fsum, mean, quantile, variance } from 'd3-array';
import { forceCenter, forceLink, forceManyBody, forceSimulation } from 'd3-force';
import { hierarchy, pack, packEnclose } from 'd3-hierarchy';
import { polygonArea, polygonCentroid, polygonLength } from 'd3-polygon';
import { scaleLinear, scaleLog, scalePow, scaleRadial, scaleSqrt, scaleSymlog } from 'd3-scale';
import DSP from 'dsp.js';
import roots from 'durand-kerner';
import { makeNoise2D, makeNoise3D } from 'fast-simplex-noise';
import Fili from 'fili';
import * as kld from 'kld-intersections';
import * as R from 'lib-r-math.js';
import {
  complex,
  det,
  distance,
  eigs,
  erf,
  gamma,
  inv,
  lusolve,
  multiply,
  norm,
  polynomialRoot,
  quantileSeq,
  sqrt,
  std,
} from 'mathjs';
import golden from 'minimize-golden-section-1d';
import { PCA } from 'ml-pca';
import { PolynomialRegression } from 'ml-regression-polynomial';
import { makeNoise2D as openNoise2D } from 'open-simplex-noise';
import qp from 'quadprog';
import * as indicators from 'technicalindicators';
import verb from 'verb-nurbs-web';

export const tweenElastic = (t) => TWEEN.Easing.Elastic.InOut(t);
export const tweenPow = (t) => TWEEN.Easing.generatePow(3.5).In(t);
export const tweenBezier = (points, t) => TWEEN.Interpolation.Bezier(points, t);
export const tweenCatmull = (points, t) => TWEEN.Interpolation.CatmullRom(points, t);

const p = (xy) => turf.point(xy);
const loop = (ring) => turf.polygon([[...ring, ring[0]]]);
export const turfPointToLine = (xy, line) => turf.pointToLineDistance(p(xy), turf.lineString(line));
export const turfRhumbBearing = (a, b) => turf.rhumbBearing(a, b);
export const turfRhumbDestination = (a, d, angle) =>
  turf.rhumbDestination(p(a), d, angle).geometry.coordinates;
export const turfRotate = (ring, angle) => turf.transformRotate(loop(ring), angle).geometry.coordinates[0];
export const turfScale = (ring, k) => turf.transformScale(loop(ring), k).geometry.coordinates[0];
export const turfCentre = (ring) => turf.centerOfMass(loop(ring)).geometry.coordinates;
export const turfNearest = (line, xy) =>
  turf.nearestPointOnLine(turf.lineString(line), p(xy)).geometry.coordinates;
export const turfGreat = (a, b) => turf.greatCircle(p(a), p(b), { npoints: 5 }).geometry.coordinates;
export const turfCircle = (a, r) => turf.circle(p(a), r, { steps: 6 }).geometry.coordinates[0];
export const turfMercator = (a) => turf.toMercator(a);
export const turfPlane = (xy) =>
  turf.planepoint(p(xy), {
    type: 'Feature',
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [10, 1],
          [5, 9],
          [0, 0],
        ],
      ],
    },
    properties: { a: 11, b: 122, c: 44 },
  });
export const turfSpline = (line) =>
  turf.bezierSpline(turf.lineString(line), { resolution: 1000 }).geometry.coordinates.at(-2);

export const payment = (amount, rate) => amortize({ amount, rate, totalTerm: 180, amortizeTerm: 60 }).payment;

export const aMean = (a) => mean(a);
export const aVariance = (a) => variance(a);
export const aDeviation = (a) => deviation(a);
export const aQuantile = (a, q) => quantile(a, q);
export const aFsum = (a) => fsum(a);
export const aFcumsum = (a) => fcumsum(a);
export const aBins = (a) =>
  bin()
    .thresholds(3)(a)
    .map((b) => mean(b));

export function forces(x, y, vx) {
  const nodes = [
    { x, y, vx, vy: 0.1 },
    { x: 10, y: 3, vx: 0, vy: 0 },
    { x: -4, y: 8.5, vx: 0, vy: 0 },
  ];
  const simulation = forceSimulation(nodes)
    .force('charge', forceManyBody().strength(-30))
    .force('link', forceLink([{ source: 0, target: 1 }]).distance(12))
    .force('center', forceCenter())
    .stop();
  for (let i = 0; i < 5; i++) simulation.tick();
  return nodes.map((node) => [node.x, node.y]);
}
export const enclosing = (x, y, r) => {
  const c = packEnclose([
    { x, y, r },
    { x: 10, y: 3, r: 2 },
    { x: -4, y: 8.5, r: 1 },
  ]);
  return [c.x, c.y, c.r];
};
export const packed = (a, b, c) => {
  const root = pack().size([100, 100])(
    hierarchy({ children: [{ value: a }, { value: b }, { value: c }] }).sum((d) => d.value),
  );
  return root.leaves().map((leaf) => [leaf.x, leaf.y, leaf.r]);
};
export const polyArea = (ring) => polygonArea(ring);
export const polyCentre = (ring) => polygonCentroid(ring);
export const polyLength = (ring) => polygonLength(ring);

export const linear = (x) => scaleLinear([0, 10], [5, 25])(x);
export const inverseLinear = (x) => scaleLinear([0, 10], [5, 25]).invert(x);
export const log = (x) => scaleLog([1, 1000], [0, 300])(x);
export const pow = (x) => scalePow([0, 10], [0, 1]).exponent(1.7)(x);
export const root = (x) => scaleSqrt([0, 10], [0, 1])(x);
export const symlog = (x) => scaleSymlog([-10, 10], [0, 1])(x);
export const radial = (x) => scaleRadial([0, 10], [2, 8])(x);
export const domain = (a, b, x) => scaleLinear().domain([a, b]).range([0, 1]).clamp(true)(x);

export const polynomialRoots = (c0, c1, c2) =>
  roots([c0, c1, c2, 1]).map((part) => [...part].sort((x, y) => x - y));
export const spectrumOf = (signal) => {
  const fft = new DSP.FFT(8, 8);
  fft.forward(signal);
  return Array.from(fft.real);
};

let seed = 7;
const random = () => {
  seed = (seed * 16807) % 2147483647;
  return seed / 2147483647;
};
const fast2 = makeNoise2D(random);
const fast3 = makeNoise3D(random);
const open2 = openNoise2D(42);
export const fastNoise2 = (x, y) => fast2(x, y);
export const fastNoise3 = (x, y, z) => fast3(x, y, z);
export const openNoise = (x, y) => open2(x, y);

export const lowpass = (cutoff, signal) => {
  const coefficients = new Fili.CalcCascades().lowpass({
    order: 2,
    characteristic: 'butterworth',
    Fs: 1000,
    Fc: cutoff,
  });
  return new Fili.IirFilter(coefficients).multiStep(signal);
};

export const intersections = (cx, cy, r, x1, y1) =>
  kld.Intersection.intersect(
    kld.ShapeInfo.circle([cx, cy], r),
    kld.ShapeInfo.line([x1, y1], [50, 60]),
  ).points.map((q) => [q.x, q.y]);

export const rNorm = (x, m, s) => [R.dnorm(x, m, s), R.pnorm(x, m, s)];
export const rQnorm = (q, m, s) => R.qnorm(q, m, s);
export const rGamma = (x, shape, rate) => [R.dgamma(x, shape, rate), R.pgamma(x, shape, rate)];
export const rBeta = (x, a, b) => [R.dbeta(x, a, b), R.pbeta(x, a, b)];
export const rT = (x, dof) => [R.dt(x, dof), R.pt(x, dof)];
export const rWeibull = (x, a, b) => [R.dweibull(x, a, b), R.pweibull(x, a, b)];
export const rLgamma = (x) => [R.lgamma(x), R.digamma(x), R.gamma(x)];
export const rBessel = (x) => [R.BesselJ(x, 1), R.BesselK(x, 1)];
export const rLogis = (x, m, s) => [R.dlogis(x, m, s), R.plogis(x, m, s), R.qlogis(0.3, m, s)];

export const mDet = (m) => det(m);
export const mInv = (m) => inv(m);
export const mSolve = (m, b) => lusolve(m, b);
export const mProduct = (a, b) => multiply(a, b);
export const mEigs = (m) => eigs(m).values;
export const mGamma = (x) => gamma(x);
export const mErf = (x) => erf(x);
export const mNorm = (a) => norm(a);
export const mStd = (a) => std(a);
export const mDistance = (a, b) => distance(a, b);
export const mQuantile = (a) => quantileSeq(a, 0.4);
export const mComplexSqrt = (re, im) => {
  const root2 = sqrt(complex(re, im));
  return [root2.re, root2.im];
};
export const mRoots = (a, b) => polynomialRoot(a, b, 1);

export const goldenMinimum = (a) =>
  golden((x) => (x - a) ** 2 + Math.cosh(x), { lowerBound: -3, upperBound: 5 });
export const principal = (rows) => new PCA(rows).getEigenvalues();
export const polynomialFit = (x, y) => new PolynomialRegression(x, y, 2).predict(2.5);
export const quadratic = (a, b) => {
  const { solution } = qp.solveQP([[], [0, 1, 0], [0, 0, 1]], [0, a, b], [[], [0, 1], [0, 1]], [0, 1]);
  return solution.slice(1);
};

export const sma = (values) => indicators.SMA.calculate({ period: 3, values });
export const ema = (values) => indicators.EMA.calculate({ period: 3, values });
export const rsi = (values) => indicators.RSI.calculate({ period: 3, values });
export const bollinger = (values) => indicators.BollingerBands.calculate({ period: 3, values, stdDev: 2 });
export const macd = (values) =>
  indicators.MACD.calculate({
    values,
    fastPeriod: 2,
    slowPeriod: 3,
    signalPeriod: 2,
    SimpleMAOscillator: false,
    SimpleMASignal: false,
  });

export const nurbsCurve = (points, t) => verb.geom.NurbsCurve.byPoints(points, 2).point(t);
export const nurbsLength = (r) => new verb.geom.Circle([0, 0, 0], [1, 0, 0], [0, 1, 0], r).length();
export const nurbsClosest = (points, xy) => verb.geom.NurbsCurve.byPoints(points, 2).closestPoint(xy);
