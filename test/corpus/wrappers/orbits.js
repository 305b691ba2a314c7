/** The Sun, the Moon and satellites, by packages that compute them in their own ways. */

import { angnorm, distance } from '@wwtelescope/astro';
import julian from 'julian';
import { Moon } from 'lunarphase-js';
import lune from 'lune';
import A from 'meeusjs';
import * as ootk from 'ootk';
import orb from 'orbjs';
import SolarCalc from 'solar-calc';
import suntimes from 'suntimes';
import { getAverageOrbitTimeMins, getBstarDrag, getInclination, getSatelliteInfo } from 'tle.js';

const noon = Date.UTC(2024, 2, 20, 12);
const tle = `ISS (ZARYA)
1 25544U 98067A   17206.18396726  .00001961  00000-0  36771-4 0  9993
2 25544  51.6400 208.9163 0006317  69.9862  25.2906 15.54225995 67660`;

export const wwDistance = (a, b, c, d) => distance(a, b, c, d);
export const wwAngle = (x) => angnorm(x);
export const juDay = (ms) => Number(julian(new Date(ms)));
export const luPhase = (ms) => {
  const { phase, illuminated, age, distance, angular_diameter: size } = lune.phase(new Date(ms));
  return [phase, illuminated, age, distance, size];
};
export const lpAge = (ms) => [Moon.lunarAge(new Date(ms)), Moon.lunarDistance(new Date(ms))];
export const scMoon = (ms, lat, lon) => {
  const s = new SolarCalc(new Date(ms), lat, lon);
  return [s.lunarDistance, s.lunarIlluminosity];
};
export const scNoon = (lat, lon) => new SolarCalc(new Date(noon), lat, lon).solarNoon.getTime();
export const meSun = (jd) => {
  const { ra, dec } = A.Solar.apparentEquatorial(new A.JulianDay(jd));
  return [ra, dec];
};
export const meMoon = (jd) => {
  const { eq, delta } = A.Moon.geocentricPosition(new A.JulianDay(jd)) ?? {};
  return [eq?.ra ?? 0, eq?.dec ?? 0, delta ?? 0, A.Moon.parallax(delta ?? jd)];
};
export const meHorizon = (jd, lat, lng) => {
  const { hz } = A.Solar.topocentricPosition(new A.JulianDay(jd), A.EclCoord.fromWgs84(lat, lng, 100), true);
  return [hz.alt, hz.az];
};
export const meSidereal = (jd) => [
  A.Sidereal.mean(new A.JulianDay(jd)),
  A.Sidereal.apparentInRa(new A.JulianDay(jd)),
];
export const meRefraction = (h) => [
  A.Refraction.bennett(h),
  A.Refraction.bennett2(h),
  A.Refraction.saemundsson(h),
];
export const meNutation = (jd) => {
  const { deltalng, deltaobliq } = A.Nutation.nutation(new A.JulianDay(jd));
  return [deltalng, deltaobliq];
};
export const meInterpolate = (a, b, c, x) => A.Interp.interpolateX(A.Interp.newLen3(1, 3, [a, b, c]), x);
export const orKepler = (e, m) =>
  orb.position.keplerEquation?.(e, m) ?? orb.position.keplerian(7000, e, 0.3, 0.2, 0.1, m, 0);
export const orState = (r, v) => orb.position.stateToKepler(r, v, 0);
export const orPosition = (a, e, i, node, w, t) => orb.position.keplerian(a, e, i, node, w, t, 0);
export const orFixed = (x, t) => orb.transformations.inertialToFixed(x, t);
export const orSpherical = (x) => [
  ...orb.transformations.cartesianToSpherical(x),
  ...orb.transformations.cartesianToGeodetic(x),
];
export const ooElements = (r, v) => {
  const state = new ootk.J2000(
    ootk.EpochUTC.fromDateTime(new Date(noon)),
    new ootk.Vector3D(...r),
    new ootk.Vector3D(...v),
  );
  const el = state.toClassicalElements();
  return [
    el.semimajorAxis,
    el.eccentricity,
    el.inclination,
    el.rightAscension,
    el.argPerigee,
    el.trueAnomaly,
  ];
};
export const ooKepler = (r, v, seconds) => {
  const epoch = ootk.EpochUTC.fromDateTime(new Date(noon));
  const state = new ootk.J2000(epoch, new ootk.Vector3D(...r), new ootk.Vector3D(...v));
  const at = new ootk.KeplerPropagator(state.toClassicalElements()).propagate(epoch.roll(seconds));
  return [at.position.x, at.position.y, at.position.z];
};
export const ooRotate = (x, y, z, angle) => {
  const v = new ootk.Vector3D(x, y, z)
    .rotX(angle)
    .cross(new ootk.Vector3D(1, 2, 3))
    .normalize();
  return [v.x, v.y, v.z];
};
export const ooMatrix = (m) => new ootk.Matrix(m).inverse().elements;
export const ooSpline = (xs, ys, x) => {
  const c = new ootk.SimpleLinearRegression(xs, ys);
  return [c.evaluate(x), c.slope, c.error];
};
export const ooGeodetic = (lat, lon, alt) => {
  const { position: p } = new ootk.Geodetic(lat, lon, alt).toITRF(ootk.EpochUTC.fromDateTime(new Date(noon)));
  return [p.x, p.y, p.z];
};
export const ooSun = (seconds) => {
  const p = ootk.Sun?.position?.(ootk.EpochUTC.fromDateTime(new Date(noon)).roll(seconds)) ?? {
    x: seconds,
    y: 0,
    z: 0,
  };
  return [p.x, p.y, p.z];
};
export const ooTle = (minutes) => {
  const [, a, b] = tle.split('\n');
  const { position: p } = ootk.Sgp4.propagate(ootk.Sgp4.createSatrec(a, b), minutes);
  return [p.x, p.y, p.z];
};
export const stSun = (lat) => [
  suntimes.getDeclinationOfTheSun(new Date(noon)) * lat,
  suntimes.getHourAngleSinceNoon(new Date(noon), lat, -0.833),
  suntimes.equationOfTime(new Date(noon)) * lat,
];
export const tjInfo = (lat, lng, height) => {
  const { lat: a, lng: b, range, elevation } = getSatelliteInfo(tle, 1501039265000, lat, lng, height);
  return [a, b, range, elevation];
};
export const tjElements = (k) => [
  getInclination(tle) * k,
  getBstarDrag(tle) * k,
  getAverageOrbitTimeMins(tle) * k,
];
