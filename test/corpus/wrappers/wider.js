/** Games, charts, learning and signals, by packages that compute them in their own ways. */

import { mat3 as antMat3, vec3 as antVec3, ext } from '@antv/matrix-util';
import { Linear, Log, Pow, Sqrt } from '@antv/scale';
import { Ellipsoid } from '@math.gl/geospatial';
import { clipPolyline, getPolygonSignedArea, Polygon } from '@math.gl/polygon';
import { getSunPosition } from '@math.gl/sun';
import beziers from 'bezier-intersect';
import convnet from 'convnetjs';
import { chord } from 'd3-chord';
import { contours } from 'd3-contour';
import { Delaunay } from 'd3-delaunay';
import { sankey } from 'd3-sankey';
import geojson from 'geojson-utils';
import vec4 from 'gl-vec4/index.js';
import lodash from 'lodash';
import * as maath from 'maath';
import { FFT } from 'ml-fft';
import {
  xCrossCorrelation,
  xMedian,
  xNoiseStandardDeviation,
  xNormed,
  xStandardDeviation,
  xyIntegration,
} from 'ml-spectra-processing';
import stat from 'ml-stat';
import { inertia, mix, spring } from 'motion-dom';
import { anticipate, backOut, circInOut, cubicBezier, wrap } from 'motion-utils';
import geo from 'mt-geo';
import intersect from 'path-intersection';
import slerp from 'quat-slerp';
import svgpath from 'svgpath';
import synaptic from 'synaptic';

export const anMatrix = (x, y, angle) =>
  antVec3.transformMat3(
    [],
    [x, y, 1],
    ext.transform(
      [1, 0, 0, 0, 1, 0, 0, 0, 1],
      [
        ['t', x, y],
        ['r', angle],
        ['s', 2, 3],
      ],
    ),
  );
export const anRotate = (angle) => ext.leftRotate([], antMat3.create(), angle);
export const anScale = (x) => [
  new Linear({ domain: [0, 10], range: [2, 7] }).map(x),
  new Pow({ domain: [0, 10], range: [2, 7], exponent: 3 }).map(x),
  new Log({ domain: [1, 100], range: [2, 7] }).map(x),
  new Sqrt({ domain: [0, 10], range: [2, 7] }).invert(x),
];
export const mgGeodetic = (x, y, z) => Ellipsoid.WGS84.cartesianToCartographic([x, y, z]);
export const mgCartesian = (lon, lat, h) => Ellipsoid.WGS84.cartographicToCartesian([lon, lat, h]);
export const mgNormal = (x, y, z) => [
  ...Ellipsoid.WGS84.geodeticSurfaceNormal([x, y, z]),
  ...Ellipsoid.WGS84.scaleToGeodeticSurface([x, y, z]),
];
export const mpArea = (ps) => [getPolygonSignedArea(ps.flat()), new Polygon(ps.flat()).getArea()];
export const mpClip = (ps) => clipPolyline(ps.flat(), [0.5, -2, 4.5, 2]);
export const msSun = (lat, lon) => {
  const { azimuth, altitude } = getSunPosition(Date.UTC(2024, 2, 20, 12), lat, lon);
  return [azimuth, altitude];
};
export const biLine = (ps) => {
  const found = [];
  beziers.cubicBezierLine(...ps.flat(), 0, 1, 5, 1.2, found);
  return found;
};
export const cvForward = (x, y) => {
  const layer = new convnet.TanhLayer({ in_sx: 1, in_sy: 1, in_depth: 2 });
  const out = layer.forward(new convnet.Vol([x, y]), false);
  const soft = new convnet.SoftmaxLayer({ in_sx: 1, in_sy: 1, in_depth: 2 }).forward(out, false);
  return [...out.w, ...soft.w];
};
export const chArcs = (a, b, c) =>
  chord()
    .padAngle(0.05)([
      [a, b, 1],
      [c, 2, a],
      [1, b, c],
    ])
    .groups.map((g) => [g.startAngle, g.endAngle, g.value]);
export const coLevel = (a, b) =>
  contours().size([3, 3]).contour([0, 0, 0, 0, a, b, 0, 0, 0], 0.5).coordinates.flat(2);
export const deCells = (ps) => [...Delaunay.from(ps).voronoi([-1, -3, 7, 5]).cellPolygon(1)].flat();
export const deCircum = (ps) => [...Delaunay.from(ps).voronoi([-1, -3, 7, 5]).circumcenters];
export const saNodes = (a, b) => {
  const graph = sankey().extent([
    [0, 0],
    [100, 60],
  ])({
    nodes: [{}, {}, {}],
    links: [
      { source: 0, target: 1, value: a },
      { source: 0, target: 2, value: b },
      { source: 1, target: 2, value: 1 },
    ],
  });
  return graph.nodes.map((n) => [n.x0, n.y0, n.y1]);
};
export const gjDistance = (a, b, c, d) =>
  geojson.pointDistance({ type: 'Point', coordinates: [a, b] }, { type: 'Point', coordinates: [c, d] });
export const gjArea = (ps) => [
  geojson.area({ coordinates: [ps] }),
  ...geojson.centroid({ coordinates: [ps] }).coordinates,
];
export const gjDestination = (lon, lat) =>
  geojson.destinationPoint({ coordinates: [lon, lat] }, 35, 120).coordinates;
export const g4Ops = (v, w) => [
  ...vec4.normalize([], vec4.lerp([], v, w, 0.3)),
  vec4.dot(v, w),
  vec4.distance(v, w),
];
export const loSums = (xs) => [
  lodash.sum(xs),
  lodash.mean(xs),
  lodash.sumBy(xs, (x) => x * x),
  lodash.clamp(xs[0], -1, 5),
  lodash.max(xs),
];
export const loChain = (xs) =>
  lodash(xs)
    .map((x) => x * x)
    .sortBy()
    .take(3)
    .sum();
export const loFlow = (x) => lodash.flow(Math.sin, (y) => y * 2, lodash.partial(lodash.multiply, 3))(x);
export const loReduce = (xs) =>
  lodash.reduce(lodash.zip(xs, lodash.tail(xs)).slice(0, -1), (s, [a, b]) => s + a * b, 0);
export const maEasing = (t) => [
  maath.easing.sine.inOut(t),
  maath.easing.elastic?.out?.(t) ?? t,
  maath.misc.lerp(1, 3, t),
  maath.misc.remap(t, [0, 1], [2, 5]),
  maath.misc.fade?.(t) ?? t,
];
export const maDamp = (current, target) => {
  const o = { x: current };
  maath.easing.damp(o, 'x', target, 0.25, 1 / 60);
  return [o.x, o.__damp.velocity_x];
};
export const maCircle = (ps) => {
  const { x, y, r } = maath.triangle.getCircumcircle(ps) ?? {};
  return [x, y, r];
};
export const maMatrix = (m) => [maath.matrix.determinant3(...m), maath.misc.degToRad(m[0])];
export const mfSpectrum = (xs) => {
  const re = [...xs];
  const im = xs.map(() => 0);
  FFT.init(xs.length);
  FFT.fft(re, im);
  return [re, im];
};
export const mxStats = (xs) => [xMedian(xs), xStandardDeviation(xs), xNoiseStandardDeviation(xs).sd];
export const mxIntegral = (xs, ys) => [xyIntegration({ x: xs, y: ys }), ...xNormed(ys)];
export const mxCorrelation = (xs, ys) => xCrossCorrelation(xs, ys);
export const stArray = (xs) => [
  stat.array.arithmeticMean(xs),
  stat.array.geometricMean(xs),
  stat.array.harmonicMean(xs),
  stat.array.variance(xs),
  stat.array.median(xs),
  stat.array.skewness(xs),
  stat.array.kurtosis(xs),
  stat.array.entropy(xs.map((x) => x / 50)),
];
export const stMatrix = (m) => [stat.matrix.mean(m), stat.matrix.variance(m), stat.matrix.covariance(m)];
export const mdSpring = (stiffness, damping, mass, t) =>
  spring({ keyframes: [0, 100], stiffness, damping, mass }).next(t).value;
export const mdInertia = (velocity, power) =>
  inertia({ keyframes: [0], velocity, power, timeConstant: 350 }).next(200).value;
export const mdMap = (t) => mix(10, 30)(t) * 2;
export const muEase = (t) => [
  anticipate(t),
  backOut(t),
  circInOut(t),
  cubicBezier(0.3, 0.1, 0.7, 0.9)(t),
  wrap(-1, 1, 3 * t),
];
export const muBezier = (a, b, c, d, t) => cubicBezier(a, b, c, d)(t);
export const geAngle = (k) => geo.parseDMS('51° 28′ 40.12″ N') * k;
export const piPoints = (k) =>
  (intersect.default ?? intersect)('M0,0L10,10', `M0,10L10,0`).map(({ x, y }) => [x * k, y * k]);
export const qsSlerp = (a, b, t) => slerp([], a, b, t);
export const svLength = (x, y) => {
  const found = [];
  svgpath('M1 2L3 4C5 6 7 8 9 1')
    .translate(x, y)
    .rotate(30)
    .iterate((s) => found.push(...s.slice(1)));
  return found;
};
export const syActivate = (x, y) => {
  const { input, output } = { input: new synaptic.Layer(2), output: new synaptic.Layer(1) };
  output.set({ bias: 0.25 });
  input.project(output).list.forEach((c, i) => {
    c.weight = 0.5 + i;
  });
  input.activate([x, y]);
  return output.activate();
};
