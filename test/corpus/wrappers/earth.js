/** Earth and sky, by packages that compute it in their own ways. */
import * as AA from 'aa-js';
import { AngleCalculator } from 'astronomy-js/lib/angle-calculator.js';
import { CoordinatesConverter } from 'astronomy-js/lib/coordinates/coordinates-converter.js';
import ephemeris from 'ephemeris';
import * as geodesyFn from 'geodesy-fn';
import mgrsUtm from 'geographiclib-mgrs';
import * as tiles from 'global-mercator';
import LatLon from 'mt-latlon';
import { containsCoordinate, getIntersection } from 'ol/extent.js';
import { circular } from 'ol/geom/Polygon.js';
import { transform } from 'ol/proj.js';
import * as sphere from 'ol/sphere.js';
import { compose, create, invert } from 'ol/transform.js';
import * as Ootk from 'ootk-core';
import * as spherical from 'spherical-geometry-js';
import SunCalc from 'suncalc3';
import usng from 'usng.js';
import {
  getDistanceScales,
  lngLatToWorld,
  WebMercatorViewport,
  worldToLngLat,
} from 'viewport-mercator-project';

const MOMENT = Date.UTC(2024, 2, 20, 3, 6);
const JD = 2460389.63;

// aa-js
export const aaSunLongitude = (jd) => AA.Sun.getGeocentricEclipticLongitude(jd);
export const aaSunEquatorial = (jd) => AA.Sun.getApparentGeocentricEquatorialCoordinates(jd);
export const aaMars = (jd) => AA.Mars.getEclipticCoordinates(jd);
export const aaVenusDistance = (jd) => AA.Venus.getRadiusVector(jd);
export const aaJupiterGeocentric = (jd) => AA.Jupiter.getGeocentricEquatorialCoordinates(jd);
export const aaMoon = (jd) => AA.Earth.Moon.getGeocentricEclipticCoordinates(jd);
export const aaPluto = (jd) => AA.Pluto.getEclipticCoordinates(jd);
export const aaObliquity = (jd) => AA.Earth.getTrueObliquityOfEcliptic(jd);
export const aaToEcliptic = (rightAscension, declination) =>
  AA.coordinates.transformEquatorialToEcliptic({ rightAscension, declination }, 23.44);
export const aaToGalactic = (rightAscension, declination) =>
  AA.coordinates.transformEquatorialToGalactic({ rightAscension, declination });
export const aaAltitude = (jd, rightAscension, declination, latitude, longitude) =>
  AA.coordinates.getHorizontalAltitude(jd, { rightAscension, declination }, { latitude, longitude });
export const aaAge = (h, m, v, z) => AA.cosmology.getUniverseAgeAtRedshift(h, m, v, z);
export const aaLuminosity = (h, m, v, z) => AA.cosmology.getLuminosityDistance(h, m, v, z);
export const aaModulus = (pc) => AA.distances.getDistanceModulusFromParsecs(pc);
export const aaDeltaT = (jd) => AA.times.getDeltaT(jd);
export const aaSidereal = (jd, lng) => AA.juliandays.getLocalSiderealTime(jd, lng);

// astronomy-js
export const ajMod = (d) => AngleCalculator.mod180Degrees(d);
export const ajSpherical = (x, y, z) =>
  CoordinatesConverter.eclipticRectangularToEclipticSphericalCoordinates({ x, y, z });

// ephemeris
export const ephMoon = (longitude, latitude, height) => {
  const { raw } = ephemeris.getPlanet('moon', new Date(MOMENT), longitude, latitude, height).observed.moon;
  return [raw.position.altaz.topocentric.altitude, raw.position.altaz.topocentric.azimuth];
};
export const ephMars = (longitude, latitude, height) => {
  const { raw } = ephemeris.getPlanet('mars', new Date(MOMENT), longitude, latitude, height).observed.mars;
  return raw.position.altaz.topocentric.altitude;
};

// suncalc3
export const sc3Sun = (lat, lng) => {
  const { azimuth, altitude, declination } = SunCalc.getPosition(MOMENT, lat, lng);
  return { azimuth, altitude, declination };
};
export const sc3Moon = (lat, lng) => {
  const { azimuth, altitude, distance, parallacticAngle } = SunCalc.getMoonPosition(MOMENT, lat, lng);
  return { azimuth, altitude, distance, parallacticAngle };
};

// mt-latlon: an old library of geodesy whose results are texts or numbers
export const mtBearing = (a, b, c, d) => new LatLon(a, b).bearingTo(new LatLon(c, d));
export const mtFinal = (a, b, c, d) => new LatLon(a, b).finalBearingTo(new LatLon(c, d));
export const mtMidpoint = (a, b, c, d) => {
  const m = new LatLon(a, b).midpointTo(new LatLon(c, d));
  return [m.lat(), m.lon()];
};
export const mtDestination = (a, b, bearing, distance) => {
  const m = new LatLon(a, b).destinationPoint(bearing, distance);
  return [m.lat(), m.lon()];
};
export const mtIntersection = (a, b, p, c, d, q) => {
  const m = LatLon.intersection(new LatLon(a, b), p, new LatLon(c, d), q);
  return [m.lat(), m.lon()];
};
export const mtRhumb = (a, b, c, d) => new LatLon(a, b).rhumbBearingTo(new LatLon(c, d));
export const mtRhumbDestination = (a, b, bearing, distance) => {
  const m = new LatLon(a, b).rhumbDestinationPoint(bearing, distance);
  return [m.lat(), m.lon()];
};
export const mtDistance = (a, b, c, d) => Number(new LatLon(a, b).distanceTo(new LatLon(c, d), 16));

// geodesy-fn
export const gfDistance = (a, b) => geodesyFn.distance(a, b);
export const gfDestination = (a, d, bearing) => geodesyFn.destinationPoint(a, d, bearing);
export const gfMidpoint = (a, b) => geodesyFn.midpoint(a, b);
export const gfFinal = (a, b) => geodesyFn.finalBearing(a, b);

// geographiclib-mgrs
export const utmForward = (lat, lon) => {
  const { x, y } = mgrsUtm.UTMUPS.forward(lat, lon, false, false);
  return [x, y];
};
export const utmReverse = (x, y) => {
  const { lat, lon } = mgrsUtm.UTMUPS.reverse(33, true, x, y, false);
  return [lat, lon];
};

// usng.js
const converter = new usng.Converter();
export const usngUtm = (lat, lon) => {
  const coordinates = [];
  converter.LLtoUTM(lat, lon, coordinates, 33);
  return [coordinates[0], coordinates[1]];
};
export const usngBack = (northing, easting) => {
  const { lat, lon } = converter.UTMtoLL(northing, easting, 33);
  return [lat, lon];
};

// global-mercator
export const gmFraction = (lon, lat) => tiles.pointToTileFraction([lon, lat], 4);
export const gmMeters = (lon, lat) => tiles.lngLatToMeters([lon, lat], true, { enable: false });
export const gmPixels = (x, y) => tiles.metersToPixels([x, y], 7);

// spherical-geometry-js
export const sgHeading = (a, b) => spherical.computeHeading(a, b);
export const sgOffset = (a, d, h) => {
  const p = spherical.computeOffset(a, d, h);
  return [p.latitude, p.longitude];
};
export const sgInterpolate = (a, b, t) => spherical.interpolate(a, b, t).toJSON();
export const sgArea = (path) => spherical.computeSignedArea(path);
export const sgLength = (path) => spherical.computeLength(path);
export const sgOrigin = (a, d, h) => spherical.computeOffsetOrigin(a, d, h).toJSON();

// ol
export const olMercator = (c) => transform(c, 'EPSG:4326', 'EPSG:3857');
export const olBack = (c) => transform(c, 'EPSG:3857', 'EPSG:4326');
export const olDistance = (a, b) => sphere.getDistance(a, b);
export const olOffset = (a, d, bearing) => sphere.offset(a, d, bearing);
export const olCircle = (centre, radius) => circular(centre, radius, 8).getArea();
export const olCompose = (dx, dy, sx, sy, angle) => compose(create(), dx, dy, sx, sy, angle, -dx, 0.5 * dy);
export const olInvert = (m) => invert(m);
export const olOverlap = (a, b) => (containsCoordinate(a, [1, 1]) ? getIntersection(a, b) : 0);

// viewport-mercator-project
const view = {
  width: 800,
  height: 600,
  longitude: -122.4,
  latitude: 37.75,
  zoom: 11,
  pitch: 30,
  bearing: 15,
};
export const vmProject = (lon, lat, z) => new WebMercatorViewport(view).project([lon, lat, z]);
export const vmUnproject = (x, y) => new WebMercatorViewport(view).unproject([x, y]);
export const vmTurned = (pitch, bearing) =>
  new WebMercatorViewport({ ...view, pitch, bearing }).project([-122.3, 37.8]);
export const vmFit = (a, b) => {
  const { longitude, latitude, zoom } = new WebMercatorViewport(view).fitBounds([a, b], { padding: 20 });
  return [longitude, latitude, zoom];
};
export const vmWorld = (lonLat) => lngLatToWorld(lonLat);
export const vmLonLat = (xy) => worldToLngLat(xy);
export const vmScales = (longitude, latitude) =>
  getDistanceScales({ longitude, latitude, highPrecision: true }).unitsPerMeter;

// ootk-core
const epoch = new Ootk.EpochUTC(1705109326.8);
export const ootkState = (
  semimajorAxis,
  eccentricity,
  inclination,
  rightAscension,
  argPerigee,
  trueAnomaly,
) => {
  const { position, velocity } = new Ootk.ClassicalElements({
    epoch,
    semimajorAxis,
    eccentricity,
    inclination,
    rightAscension,
    argPerigee,
    trueAnomaly,
  }).toPositionVelocity();
  return [position.x, position.y, position.z, velocity.x, velocity.y, velocity.z];
};
export const ootkElements = (x, y, z, u, v, w) => {
  const state = new Ootk.J2000(epoch, new Ootk.Vector3D(x, y, z), new Ootk.Vector3D(u, v, w));
  const e = Ootk.ClassicalElements.fromStateVector(state);
  return [e.semimajorAxis, e.eccentricity, e.inclination, e.rightAscension, e.argPerigee, e.trueAnomaly];
};
export const ootkTemeEcf = (x, y, z, gmst) => Ootk.eci2ecf({ x, y, z }, gmst);
export const ootkLla = (x, y, z, gmst) => Ootk.eci2lla({ x, y, z }, gmst);
export const ootkEcf = (lat, lon, alt) => Ootk.lla2ecf({ lat, lon, alt });
export const ootkRae = (lat, lon, alt, x, y, z) => Ootk.ecf2rae({ lat, lon, alt }, { x, y, z });
export const ootkKepler = (e, m) => Ootk.newtonM(e, m);
export const ootkNu = (e, nu) => Ootk.newtonNu(e, nu);
export const ootkDistance = (a, b, c, d) => Ootk.angularDistance(a, b, c, d);
export const ootkDoppler = (p, q, v) => Ootk.dopplerFactor(p, q, v);
export const ootkAz = (lat, inc) => Ootk.calcInertAz(lat, inc);
const TLE = Ootk.Sgp4.createSatrec(
  '1 25544U 98067A   24013.56389676  .00016717  00000+0  30074-3 0  9992',
  '2 25544  51.6400 335.4360 0004886 100.7770 342.2030 15.49815330434557',
);
export const ootkSgp4 = (minutes) => {
  const { position, velocity } = Ootk.Sgp4.propagate(TLE, minutes);
  return [position.x, position.y, position.z, velocity.x];
};

export const julianNow = (days) => AA.juliandays.getJulianCentury(JD + days);
