import along from '@turf/along';
import area from '@turf/area';
import bearing from '@turf/bearing';
import centroid from '@turf/centroid';
import destination from '@turf/destination';
import distance from '@turf/distance';
import { lineString, point, polygon } from '@turf/helpers';
import length from '@turf/length';
import midpoint from '@turf/midpoint';
import rhumbDistance from '@turf/rhumb-distance';
import { GreatCircle } from 'arc';
import CheapRuler from 'cheap-ruler';
import * as d3 from 'd3-geo';
import { geoInterruptedMollweide, geoNaturalEarth2, geoRobinson } from 'd3-geo-projection';
import geographiclib from 'geographiclib-geodesic';
import proj4 from 'proj4';

const { Geodesic } = geographiclib;

export const mercator = (lon, lat) => d3.geoMercator().scale(100).translate([480, 250])([lon, lat]);
export const rotated = (lon, lat, turn) =>
  d3.geoOrthographic().rotate([turn, -20, 10]).clipAngle(null)([lon, lat]);
export const albers = (lon, lat) => d3.geoAlbers()([lon, lat]);
export const albersUsa = (lon, lat) => d3.geoAlbersUsa()([lon, lat]);
export const conformal = (lon, lat) => d3.geoConicConformal().parallels([33, 45]).center([0, 39])([lon, lat]);
export const equalEarth = (lon, lat) => d3.geoEqualEarth()([lon, lat]);
export const naturalEarth = (lon, lat) => d3.geoNaturalEarth1()([lon, lat]);
export const transverse = (lon, lat) => d3.geoTransverseMercator()([lon, lat]);
export const inverted = (x, y) => d3.geoConicEqualArea().invert([x, y]);
export const invertedEarth = (x, y) => d3.geoEqualEarth().invert([x, y]);
export const invertedNatural = (x, y) => d3.geoNaturalEarth1().invert([x, y]);
export const great = (a, b, t) => d3.geoInterpolate(a, b)(t);
export const turned = (angles, p) => d3.geoRotation(angles)(p);
export const sphericalDistance = (a, b) => d3.geoDistance(a, b);
export const sphericalArea = (ring) => d3.geoArea({ type: 'Polygon', coordinates: [[...ring, ring[0]]] });
export const sphericalLength = (line) => d3.geoLength({ type: 'LineString', coordinates: line });
export const sphericalCentre = (line) => d3.geoCentroid({ type: 'LineString', coordinates: line });
export const planarArea = (ring) =>
  d3.geoPath(d3.geoMercator()).area({ type: 'Polygon', coordinates: [[...ring, ring[0]]] });

export const robinson = (lon, lat) => geoRobinson()([lon, lat]);
export const naturalEarth2 = (lon, lat) => geoNaturalEarth2()([lon, lat]);
export const interrupted = (lon, lat) => geoInterruptedMollweide()([lon, lat]);

export const utm33 = (lon, lat) => proj4('+proj=utm +zone=33 +datum=WGS84 +units=m', [lon, lat]);
export const fromUtm33 = (x, y) => proj4('+proj=utm +zone=33 +datum=WGS84 +units=m').inverse([x, y]);
export const lambert = (lon, lat) =>
  proj4('+proj=lcc +lat_1=49 +lat_2=44 +lat_0=46.5 +lon_0=3 +x_0=700000 +y_0=6600000 +ellps=GRS80', [
    lon,
    lat,
  ]);
export const albersEqualArea = (lon, lat) =>
  proj4('+proj=aea +lat_1=29.5 +lat_2=45.5 +lat_0=23 +lon_0=-96 +datum=NAD83', [lon, lat]);
export const polarStereographic = (lon, lat) =>
  proj4('+proj=stere +lat_0=90 +lat_ts=70 +lon_0=-45 +k=1 +ellps=WGS84', [lon, lat]);
export const webMercator = (lon, lat) => proj4('EPSG:4326', 'EPSG:3857', [lon, lat]);
export const mollweide = (lon, lat) => proj4('+proj=moll +lon_0=0 +ellps=WGS84', [lon, lat]);
export const swiss = (lon, lat) =>
  proj4(
    '+proj=somerc +lat_0=46.9524 +lon_0=7.4396 +k_0=1 +x_0=2600000 +y_0=1200000 +ellps=bessel +towgs84=674.374,15.056,405.346,0,0,0,0',
    [lon, lat],
  );

export const geodesicInverse = (lat1, lon1, lat2, lon2) => {
  const { s12, azi1, azi2 } = Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2);
  return { s12, azi1, azi2 };
};
export const geodesicDirect = (lat, lon, azimuth, s) => {
  const { lat2, lon2 } = Geodesic.WGS84.Direct(lat, lon, azimuth, s);
  return [lat2, lon2];
};
export const geodesicLine = (lat, lon, azimuth, s) => {
  const { lat2, lon2, azi2 } = Geodesic.WGS84.Line(lat, lon, azimuth).Position(s);
  return [lat2, lon2, azi2];
};
export const geodesicArea = (ring) => {
  const polygonArea = Geodesic.WGS84.Polygon(false);
  for (const [lat, lon] of ring) polygonArea.AddPoint(lat, lon);
  const { perimeter, area: enclosed } = polygonArea.Compute(false, true);
  return [perimeter, enclosed];
};

export const turfDistance = (a, b) => distance(point(a), point(b), { units: 'kilometers' });
export const turfBearing = (a, b) => bearing(a, b);
export const turfFinalBearing = (a, b) => bearing(point(a), point(b), { final: true });
export const turfDestination = (a, d, angle) => destination(point(a), d, angle).geometry.coordinates;
export const turfArea = (ring) => area(polygon([[...ring, ring[0]]]));
export const turfLength = (line) => length(lineString(line), { units: 'miles' });
export const turfAlong = (line, d) => along(lineString(line), d).geometry.coordinates;
export const turfCentroid = (ring) => centroid(polygon([[...ring, ring[0]]])).geometry.coordinates;
export const turfRhumb = (a, b) => rhumbDistance(a, b);
export const turfMidpoint = (a, b) => midpoint(point(a), point(b)).geometry.coordinates;

export const rulerDistance = (lat, a, b) => new CheapRuler(lat, 'kilometers').distance(a, b);
export const rulerBearing = (lat, a, b) => new CheapRuler(lat).bearing(a, b);
export const rulerDestination = (lat, p, d, angle) => new CheapRuler(lat).destination(p, d, angle);
export const rulerAlong = (lat, line, d) => new CheapRuler(lat).along(line, d);
export const rulerArea = (lat, ring) => new CheapRuler(lat).area([[...ring, ring[0]]]);
export const rulerNearest = (lat, line, p) => {
  const { point: nearest, t } = new CheapRuler(lat).pointOnLine(line, p);
  return [...nearest, t];
};

export const arcPoint = (x1, y1, x2, y2, f) =>
  new GreatCircle({ x: x1, y: y1 }, { x: x2, y: y2 }).interpolate(f);
