/** Places on the earth, maps of it, and the sun above, by packages that compute them in their own ways. */

import { SphericalMercator } from '@mapbox/sphericalmercator';
import tide from '@neaps/tide-predictor';
import * as a5 from 'a5-js';
import * as adhan from 'adhan';
import circle from 'circle-to-polygon';
import { geoVoronoi } from 'd3-geo-voronoi';
import fast from 'fast-haversine';
import distance from 'geo-distance';
import { Geotransform } from 'geoaffine';
import gps from 'gps-distance';
import cursor from 'great-circle-cursor';
import haversine from 'haversine-js';
import places from 'latitude-longitude';
import mercator from 'mercator-projection';
import mproj from 'mproj';
import suncalc from 'suncalc2';
import turf from 'turf';
import UtmLatLng from 'utm-latlng';

const at = (text) => (lon, lat) => mproj(text, [lon, lat]);
const back = (text) => (x, y) => mproj(text, '+proj=longlat +datum=WGS84', [x, y]);

export const mpLcc = at('+proj=lcc +lat_1=49 +lat_2=44 +lat_0=46.5 +lon_0=3 +x_0=700000 +ellps=GRS80');
export const mpAea = at('+proj=aea +lat_1=29.5 +lat_2=45.5 +lat_0=37.5 +lon_0=-96 +datum=NAD83');
export const mpUtm = at('+proj=utm +zone=33 +datum=WGS84');
export const mpRobin = at('+proj=robin +lon_0=0');
export const mpLaea = at('+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80');
export const mpMoll = at('+proj=moll');
export const mpUtmBack = back('+proj=utm +zone=33 +datum=WGS84');
export const mpLccBack = back('+proj=lcc +lat_1=49 +lat_2=44 +lat_0=46.5 +lon_0=3 +x_0=700000 +ellps=GRS80');

const utm = new UtmLatLng();
export const utForth = (lat, lng) => {
  const { Easting, Northing } = utm.convertLatLngToUtm(lat, lng, 3);
  return [Easting, Northing];
};
export const utBack = (x, y) => utm.convertUtmToLatLng(x, y, 33, 'N');

export const gdBetween = (a, b, c, d) => Number(distance.between({ lat: a, lon: b }, { lat: c, lon: d }));
export const gcCursor = (lon, lat, course, metres) => cursor([], [lon, lat], course, metres);
export const hjDistance = (a, b, c, d) =>
  haversine({ latitude: a, longitude: b }, { latitude: c, longitude: d }, { radius: haversine.EARTH.KM });
export const fhDistance = (a, b, c, d) => fast({ lat: a, lon: b }, { lat: c, lon: d });
export const gpDistance = (a, b, c, d) => [
  gps(a, b, c, d),
  gps([
    [a, b],
    [c, d],
    [a, d],
  ]),
];
export const llCentre = (points) => {
  const { lat, lng } = places.getCenter(points);
  return [lat, lng];
};
export const llDistance = (a, b) => places.getDistance(a, b);
export const mcForth = (lat, lng) => mercator.fromLatLngToPoint({ lat, lng });
export const mcBack = (x, y) => mercator.fromPointToLatLng({ x, y });
export const ciCircle = (lon, lat, radius) => circle([lon, lat], radius, { numberOfEdges: 5 }).coordinates[0];
export const gaForth = (x, y) =>
  Geotransform([337934.48, -0.143, -0.5768, 7840518.46, -0.5768, 0.143]).forward([x, y]);
export const gaBack = (x, y) =>
  Geotransform([337934.48, -0.143, -0.5768, 7840518.46, -0.5768, 0.143]).inverse([x, y]);
const spherical = new SphericalMercator({ size: 256, antimeridian: true });
export const smPx = (lon, lat) => spherical.px([lon, lat], 9.5);
export const smLl = (x, y) => spherical.ll([x, y], 9.5);
export const smForth = (lon, lat) => spherical.forward([lon, lat]);
export const smBack = (x, y) => spherical.inverse([x, y]);
export const dvArea = (points) =>
  geoVoronoi(points)
    .links()
    .features.map((link) => link.properties.length);
export const a5Centre = (lon, lat) => a5.cellToLonLat(a5.lonLatToCell([lon, lat], 5)).map((x) => x * lon);
export const a5Area = (r) => a5.cellArea(4) / r;
const point = (p) => turf.point(p);
export const tuDistance = (a, b) => turf.distance(point(a), point(b), 'kilometers');
export const tuBearing = (a, b) => turf.bearing(point(a), point(b));
export const tuDestination = (a, d, bearing) =>
  turf.destination(point(a), d, bearing, 'miles').geometry.coordinates;
export const tuAlong = (line, d) => turf.along(turf.lineString(line), d, 'kilometers').geometry.coordinates;
export const tuArea = (ring) => turf.area(turf.polygon([ring]));
export const tuCentroid = (ring) => turf.centroid(turf.polygon([ring])).geometry.coordinates;
export const tuFlip = (line) => turf.flip(turf.lineString(line)).geometry.coordinates;
export const tuPlane = (p, z) => {
  const triangle = turf.polygon(
    [
      [
        [0, 0],
        [3, 0.5],
        [1, 4],
        [0, 0],
      ],
    ],
    { a: z, b: 3, c: 7 },
  );
  return turf.planepoint(point(p), triangle);
};
export const tuBuffer = (line, d) => turf.bezier(turf.lineString(line), 2000, d).geometry.coordinates[3];

const noon = new Date('2024-03-20T12:00:00Z');
export const suPosition = (lat, lng) => suncalc.getPosition(noon, lat, lng);
export const suMoon = (ms, lat, lng) => suncalc.getMoonPosition(new Date(ms), lat, lng);
export const adQibla = (lat, lon) => adhan.Qibla(new adhan.Coordinates(lat, lon));
export const tiLevel = (amplitude, phase, speed) =>
  tide([
    { name: 'M2', amplitude, phase, speed },
    { name: 'K1', amplitude: 0.4, phase: 190, speed: 15.041069 },
  ]).getWaterLevelAtTime({ time: new Date('2024-03-20T12:00:00Z') }).level;
