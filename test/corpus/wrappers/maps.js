/** Places on the Earth and on maps, by packages that compute them in their own ways. */

import geoViewport from '@mapbox/geo-viewport';
import geojsonArea from '@mapbox/geojson-area';
import { bboxToTile, pointToTileFraction, tileToBBOX } from '@mapbox/tilebelt';
import geographiclib from 'geographiclib';
import geomagnetism from 'geomagnetism';
import GeoPoint from 'geopoint';
import GreatCircle from 'great-circle';
import { magneticField, magvar } from 'magvar';
import { LngLat, MercatorCoordinate } from 'maplibre-gl';
import mgrs from 'mgrs';
import distances from 'node-geo-distance';
import * as swissgrid from 'swissgrid';
import turfBezier from 'turf-bezier';
import turfDistance from 'turf-distance';

const point = (lon, lat) => ({
  type: 'Feature',
  properties: {},
  geometry: { type: 'Point', coordinates: [lon, lat] },
});

export const glInverse = (lat1, lon1, lat2, lon2) => {
  const r = geographiclib.Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2);
  return [r.s12, r.azi1, r.azi2, r.a12];
};
export const glDirect = (lat, lon, azimuth, s) => {
  const r = geographiclib.Geodesic.WGS84.Direct(lat, lon, azimuth, s);
  return [r.lat2, r.lon2, r.azi2];
};
export const glPolygon = (ps) => {
  const p = geographiclib.Geodesic.WGS84.Polygon(false);
  for (const [lat, lon] of ps) p.AddPoint(lat, lon);
  const { area, perimeter } = p.Compute(false, true);
  return [area, perimeter];
};
export const glLine = (lat1, lon1, lat2, lon2, t) => {
  const line = geographiclib.Geodesic.WGS84.InverseLine(lat1, lon1, lat2, lon2);
  const { lat2: lat, lon2: lon } = line.Position(t * line.s13);
  return [lat, lon];
};
export const maArea = (ps) => geojsonArea.geometry({ type: 'Polygon', coordinates: [ps] });
export const gcDistance = (a, b, c, d) => GreatCircle.distance(a, b, c, d, 'NM');
export const gcBearing = (a, b, c, d) => GreatCircle.bearing(a, b, c, d);
export const gcDestination = (lat, lon, bearing, d) => GreatCircle.destination(lat, lon, bearing, d);
export const gmField = (lat, lon) => {
  const info = geomagnetism.model(new Date(Date.UTC(2025, 5, 1))).point([lat, lon, 0]);
  return [info.decl, info.incl, info.f, info.h];
};
export const mvDeclination = (lat, lon) => magvar(lat, lon, 1.5, new Date(Date.UTC(2025, 5, 1)));
export const mvField = (lat, lon) => magneticField(lat, lon, 0, new Date(Date.UTC(2026, 0, 1)));
export const sgProject = (lon, lat) => swissgrid.project([lon, lat]);
export const sgUnproject = (e, n) => swissgrid.unproject([e, n]);
export const sgFast = (lon, lat) => swissgrid.fast.project([lon, lat]);
export const ndVincenty = (a, b, c, d) =>
  Number(distances.vincentySync({ latitude: a, longitude: b }, { latitude: c, longitude: d }));
export const gpDistance = (a, b, c, d) => new GeoPoint(a, b).distanceTo(new GeoPoint(c, d), true);
export const gpBounds = (a, b, d) =>
  new GeoPoint(a, b).boundingCoordinates(d, null, true).flatMap((p) => [p.latitude(), p.longitude()]);
export const gvViewport = (w, s, e, n) => geoViewport.viewport([w, s, e, n], [640, 480], 1, 18, 256, true);
export const gvBounds = (lon, lat) => geoViewport.bounds({ lon, lat }, 9, [600, 400], 512);
export const tbFraction = (lon, lat) => pointToTileFraction(lon, lat, 8);
export const tbBox = (x, y) => tileToBBOX([x, y, 8]);
export const tbTile = (w, s, e, n) => bboxToTile([w, s, e, n]);
export const tuDistance = (a, b, c, d) => turfDistance(point(a, b), point(c, d), 'miles');
export const tuBezier = (ps) =>
  turfBezier(
    { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: ps } },
    200,
    0.85,
  ).geometry.coordinates.slice(0, 6);
export const mgPoint = (lon, lat) => mgrs.toPoint(mgrs.forward([lon, lat], 5)).length * lon * lat;
export const mlMercator = (lng, lat, altitude) => {
  const c = MercatorCoordinate.fromLngLat({ lng, lat }, altitude);
  return [c.x, c.y, c.z, c.meterInMercatorCoordinateUnits()];
};
export const mlDistance = (a, b, c, d) => new LngLat(a, b).distanceTo(new LngLat(c, d));
export const mlBack = (x, y, z) => {
  const { lng, lat } = new MercatorCoordinate(x, y, z).toLngLat();
  return [lng, lat];
};
