/** Further packages of geodesy and map projections. */
import { fromPackage, inFile, inWrapper, type PackageSpec } from '../row.ts';

const mapped = (calls: Parameters<typeof inWrapper>[1]) => inWrapper('maps.js', calls);

const pair = [48.2, 16.37, 40.71, -74.01];
const lonLat = [16.37, 48.2, -74.01, 40.71];
const ring = [
  [10, 45],
  [12, 45.5],
  [12.5, 47],
  [10.5, 46.5],
  [10, 45],
];

export const maps: readonly PackageSpec[] = [
  fromPackage('geographiclib', '1.52.2', [
    mapped({
      glInverse: [pair],
      glDirect: [[48.2, 16.37, 35, 500_000]],
      glPolygon: [[ring.slice(1)]],
      glLine: [[...pair, 0.3]],
    }),
  ]),
  fromPackage('@mapbox/geojson-area', '0.2.2', [
    mapped({ maArea: [[ring]] }),
    inFile('index.js', { ring: [[ring]] }),
  ]),
  fromPackage('great-circle', '0.2.8', [
    mapped({ 'gcDistance gcBearing': [pair], gcDestination: [[48.2, 16.37, 35, 500]] }),
  ]),
  fromPackage('egm96-universal', '1.1.1', [
    inWrapper('heights.js', { egHeight: [[48.2, 16.37]], egEllipsoid: [[48.2, 16.37, 300]] }),
  ]),
  fromPackage('geomagnetism', '0.2.0', [mapped({ gmField: [[48.2, 16.37]] })]),
  fromPackage('magvar', '2.2.0', [mapped({ 'mvDeclination mvField': [[48.2, 16.37]] })]),
  fromPackage('swissgrid', '1.0.5', [
    mapped({ 'sgProject sgFast': [[7.44, 46.95]], sgUnproject: [[2_600_500, 1_200_300]] }),
  ]),
  fromPackage('node-geo-distance', '1.2.0', [mapped({ ndVincenty: [pair] })]),
  fromPackage('geopoint', '1.0.1', [mapped({ gpDistance: [pair], gpBounds: [[48.2, 16.37, 120]] })]),
  fromPackage('@mapbox/geo-viewport', '0.5.0', [
    mapped({ gvViewport: [[10, 45, 12.5, 47]], gvBounds: [[16.37, 48.2]] }),
  ]),
  fromPackage('@mapbox/tilebelt', '2.0.3', [
    mapped({ tbFraction: [[16.37, 48.2]], tbBox: [[140.5, 88.25]], tbTile: [[10, 45, 12.5, 47]] }),
  ]),
  fromPackage('turf-distance', '3.0.12', [mapped({ tuDistance: [lonLat] })]),
  fromPackage('turf-bezier', '3.0.12', [mapped({ tuBezier: [[ring.slice(0, 4)]] })]),
  fromPackage('mgrs', '2.2.0', [mapped({ mgPoint: [[16.37, 48.2]] })]),
  fromPackage('maplibre-gl', '6.17.0', [
    mapped({ mlMercator: [[16.37, 48.2, 300]], mlDistance: [lonLat], mlBack: [[0.5454, 0.3468, 0.00001]] }),
  ]),
];
