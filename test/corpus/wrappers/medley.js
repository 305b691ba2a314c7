/** Coordinates, distributions, colours, easings, matrices and units, as a project calls them. */

import {
  calculateLinearLeastSquares,
  calculateLUDecomposition,
  calculateQRDecomposition,
  correlation,
  derivative,
  NumberMatrix,
  NumberVector,
  variance,
} from '@josh-brown/vector';
import { anticipate, bounceOut, createBackIn, cubicBezier } from '@popmotion/easing';
import { CrsCoordinate, CrsProjection } from '@programmerare/sweden_crs_transformations';
import { PolynomialRegressor } from '@rainij/polynomial-regression-js';
import { createWarpMatrix, invert, multiply, rotateX3d, rotateZ3d } from '@scena/matrix';
import erfcinv from '@stdlib/math-base-special-erfcinv';
import erfcx from '@stdlib/math-base-special-erfcx';
import lognormal from '@stdlib/stats-base-dists-lognormal-cdf';
import normal from '@stdlib/stats-base-dists-normal-pdf';
import tldraw from '@tldraw/vec';
import distances from 'calculate-distance-between-coordinates';
import chncrs from 'chncrs';
import luminance from 'color-luminance';
import polynomial from 'compute-polynomial';
import { convert } from 'convert';
import distanceFrom from 'distance-from';
import normalCdf from 'distributions-normal-cdf';
import ease from 'ease-component';
import gauss from 'gauss-krueger';
import intersect from 'intersect-great-circle';
import easings from 'js-easing-functions';
import deviation from 'just-standard-deviation';
import { lumiance } from 'lumiance';
import inverse from 'matrix-inverse';
import roots from 'minimatrix-polyroots';
import { dma, ema, sma, wma } from 'moving-averages';
import newton from 'newton-raphson';
import * as rematrix from 'rematrix';
import { deltaE, lab2rgb, rgb2lab } from 'rgb-lab';
import determinant from 'robust-determinant';
import linalg from 'simple-linalg';
import { pointToTileFraction, tileToBBox } from 'tilebelt-wgs84';
import { easing } from 'ts-easing';
import bearing from 'turf-bearing';
import UtmConverter from 'utm-converter';
import { Vector } from 'vecti';

const point = (lon, lat) => ({
  type: 'Feature',
  properties: {},
  geometry: { type: 'Point', coordinates: [lon, lat] },
});

export const gkTo = (longitude, latitude) => gauss.toGK({ longitude, latitude });
export const gkFrom = (x, y) => gauss.toWGS({ x, y });
export const utmTo = (longitude, latitude) => {
  const { coord } = new UtmConverter().toUtm({ coord: [longitude, latitude] });
  return [coord.x, coord.y];
};
export const swTo = (lat, lon) => {
  const c = CrsCoordinate.createCoordinate(CrsProjection.wgs84, lat, lon).transform(
    CrsProjection.sweref_99_tm,
  );
  return [c.xLongitude, c.yLatitude];
};
export const swFrom = (y, x) => {
  const c = CrsCoordinate.createCoordinate(CrsProjection.rt90_2_5_gon_v, y, x).transform(CrsProjection.wgs84);
  return [c.xLongitude, c.yLatitude];
};
export const tbBearing = (a, b, c, d) => bearing(point(a, b), point(c, d));
export const igCross = (a, b, c, d) => {
  const out = [0, 0];
  intersect(out, [a, b], [c, d], [10, 50], [25, 30]);
  return out;
};
export const cnBaidu = (lon, lat) => chncrs.transform([lon, lat], 'GCJ02', 'BD09LL');
export const cnBack = (lon, lat) => chncrs.transform([lon, lat], 'GCJ02', 'WGS84');
export const cdTwo = (a, b, c, d) =>
  distances.getDistanceBetweenTwoPoints({ lat: a, lon: b }, { lat: c, lon: d }, 'km');
export const dfMiles = (a, b, c, d) => distanceFrom([a, b]).to([c, d]).in('mi');
export const tiFraction = (lon, lat) => pointToTileFraction(lon, lat, 7);
export const tiBox = (x, y) => tileToBBox([x, y, 9]);

export const erfcInverse = (x) => erfcinv(x);
export const erfcScaled = (x) => erfcx(x);
export const lnCdf = (x, mu, sigma) => lognormal(x, mu, sigma);
export const noPdf = (x, mu, sigma) => normal(x, mu, sigma);
export const noFactory = (x, mu) => normal.factory(mu, 1.5)(x);
export const diCdf = (x, mu) => normalCdf(x, { mu, sigma: 1.3 });
export const diMany = (xs) => normalCdf(xs);
export const jsDeviation = (xs) => deviation(xs);
export const rgFit = (xs, ys, at) => {
  const model = new PolynomialRegressor(2);
  model.fit(
    xs.map((x) => [x]),
    ys.map((y) => [y]),
  );
  return model.predict([[at]]);
};
export const maAverages = (xs) => [
  sma(xs, 3).at(-1),
  wma(xs, 3).at(-1),
  ema(xs, 3).at(-1),
  dma(xs, 0.3).at(-1),
];

export const labOf = (r, g, b) => rgb2lab([r, g, b]);
export const labBack = (l, a, b) => lab2rgb([l, a, b]);
export const labDelta = (l, a, b) => deltaE([l, a, b], [50, 10, -20]);
export const luOf = (r, g, b) => luminance(r, g, b);
export const lumOf = (r, g, b) => lumiance(r, g, b);

export const poBezier = (a, b, x) => cubicBezier(a, 0.1, b, 1)(x);
export const poOthers = (x) => [anticipate(x), bounceOut(x), createBackIn(1.5)(x)];
export const tsAll = (x) => [easing.inOutCubic(x), easing.outQuint(x), easing.inExpo(x), easing.inSine(x)];
export const jsAll = (t, b, c, d) => [
  easings.easeInOutQuint(t, b, c, d),
  easings.easeOutElastic(t, b, c, d),
  easings.easeInOutBounce(t, b, c, d),
  easings.easeInBack(t, b, c, d, 1.7),
];
export const ecAll = (x) => [ease.inOutCirc(x), ease.outBack(x), ease.inBounce(x), ease.inOutSine(x)];

const { Vec = tldraw } = tldraw;
export const tlVectors = (a, b) => [
  Vec.angle(a, b),
  Vec.dist(a, b),
  ...Vec.lrp(a, b, 0.3),
  ...Vec.rot(a, 0.5),
];
export const tlNearest = (a, b, p) => [
  Vec.distanceToLineSegment(a, b, p),
  ...Vec.nearestPointOnLineThroughPoint(a, [0.6, 0.8], p),
];
export const veOf = (x, y, a) => {
  const v = new Vector(x, y).rotateByRadians(a).normalize();
  return [v.x, v.y, v.cross(new Vector(2, 3))];
};
export const miOf = (m) => inverse(m);
export const rdOf = (a, b, c) =>
  determinant([
    [a, 2, 1],
    [0.5, b, 3],
    [1, 4, c],
  ]);
export const mpCubic = (a, b, c, d) =>
  roots.getCubicRoots(a, b, c, d).flatMap(({ real, imag }) => [real, imag]);
export const mpQuartic = (a, b, c, d, e) =>
  roots.getQuarticRoots(a, b, c, d, e).flatMap(({ real, imag }) => [real, imag]);
export const slOf = (m) => [...linalg.invert(m).flat(), linalg.frobenius(m, m), linalg.trace(m)];
export const slCosine = (x, y) => linalg.cosSimilarity(x, y);
export const nrOf = (a) =>
  newton(
    (x) => x * x * x - a * x - 5,
    (x) => 3 * x * x - a,
    2.5,
  );
export const cpOf = (c, x) => polynomial(c, x);
export const rmOf = (a, b, c) =>
  [rematrix.rotateX(a), rematrix.skew(b, c), rematrix.translate(a, b)].reduce(rematrix.multiply);
export const rmInverse = (a, b) =>
  rematrix.inverse(rematrix.multiply(rematrix.rotateZ(a), rematrix.scale(b, 1.5)));
export const scWarp = (x, y) =>
  createWarpMatrix([0, 0], [100, 0], [0, 100], [100, 100], [x, y], [110, 5], [-5, 90], [120, 130]);
export const scOf = (a, b) =>
  invert(
    multiply(
      rotateX3d(rotateZ3d([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], a), b),
      [2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 4, 0, 1, 2, 3, 1],
      4,
    ),
    4,
  );

const matrix = (rows) => NumberMatrix.builder().fromArray(rows);
const vector = (xs) => NumberVector.builder().fromArray(xs);
export const jbLu = (m) => calculateLUDecomposition(matrix(m)).U.toArray();
export const jbQr = (m) => calculateQRDecomposition(matrix(m)).R.toArray();
export const jbLeast = (points) => calculateLinearLeastSquares(points.map(vector)).coefficients.toArray();
export const jbStatistics = (xs, ys) => [variance(vector(xs)), correlation(vector(xs), vector(ys))];
export const jbDerivative = (a) => derivative((x) => Math.sin(a * x), 0, 1, 11).toArray();

export const unOf = (x) => [
  convert(x, 'mi').to('km'),
  convert(x, 'fahrenheit').to('celsius'),
  convert(x, 'lb').to('kg'),
  convert(x, 'psi').to('bar'),
];
