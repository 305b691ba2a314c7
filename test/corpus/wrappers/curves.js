import bezierEasing from 'bezier-easing';
import { Bezier } from 'bezier-js';
import Spline from 'cubic-spline';
import {
  interpolateBasis,
  interpolateCubehelix,
  interpolateNumberArray,
  interpolateZoom,
} from 'd3-interpolate';
import nurbs from 'nurbs';
import { svgPathProperties } from 'svg-path-properties';

export const ease = (x1, y1, x2, y2, t) => bezierEasing(x1, y1, x2, y2)(t);

export const basis = (values, t) => interpolateBasis(values)(t);
export const arrays = (a, b, t) => interpolateNumberArray(a, b)(t);
export const zoom = (a, b, t) => interpolateZoom(a, b)(t);
export const colour = (t) => interpolateCubehelix('steelblue', 'orange')(t);

export const splineAt = (xs, ys, x) => new Spline(xs, ys).at(x);

export function nurbsPoint(points, t) {
  return nurbs({ points, degree: 2 }).evaluate([], t);
}

const curveOf = (points) => new Bezier(points.flatMap(({ x, y }) => [x, y]));
export const bezierGet = (points, t) => {
  const { x, y } = curveOf(points).get(t);
  return { x, y };
};
export const bezierDerivative = (points, t) => {
  const { x, y } = curveOf(points).derivative(t);
  return [x, y];
};
export const bezierNormal = (points, t) => {
  const { x, y } = curveOf(points).normal(t);
  return [x, y];
};
export const bezierCurvature = (points, t) => curveOf(points).curvature(t).k;
export const bezierLength = (points) => curveOf(points).length();
export const bezierOffset = (points, t, d) => {
  const { x, y } = curveOf(points).offset(t, d);
  return [x, y];
};
export const bezierHull = (points, t) =>
  curveOf(points)
    .hull(t)
    .map(({ x, y }) => [x, y]);
export const bezierBox = (points) => {
  const { x, y } = curveOf(points).bbox();
  return [x.min, x.max, y.min, y.max];
};
export const bezierProject = (points, x, y) => curveOf(points).project({ x, y }).d;

export const pathLength = (x1, y1, x2, y2) =>
  new svgPathProperties(`M0,0 C${x1},${y1} ${x2},${y2} 100,100`).getTotalLength();
export const pointOnPath = (length) =>
  new svgPathProperties('M0,0 C30,120 70,-40 100,100').getPointAtLength(length);
