/** Geodesy and map projections. */
import { fromPackage, inFile, inWrapper, type PackageSpec } from '../row.ts';

const paris = [2.35, 48.86];
const rome = [12.5, 41.9];
const line = [paris, [7.45, 46.95], rome];
const ring = [
  [2.35, 48.86],
  [7.45, 46.95],
  [12.5, 41.9],
  [1, 40.5],
];
const towns = [
  [2.35, 48.86],
  [-100.5, 35.25],
];
const radians = [
  [0.3, 0.7],
  [-1.2, -0.4],
  [2, 1],
];

const latLon = (lat: number, lon: number) => ({ $new: 'default', args: [lat, lon] });
const from = latLon(48.86, 2.35);
const to = latLon(41.9, 12.5);
/** The instance is an argument, so its numbers are inputs by name. */
const method = (...args: number[]) => ({
  this: from,
  args,
  wrt: ['this.0', 'this.1', ...args.map((_, i) => String(i))],
});
const toPoint = { this: from, args: [to], wrt: ['this.0', 'this.1', '0.0', '0.1'] };

export const geo: readonly PackageSpec[] = [
  fromPackage(
    'd3-geo',
    '3.1.1',
    [
      inWrapper('geo.js', {
        'mercator conformal equalEarth naturalEarth transverse albers': towns,
        rotated: [[10, 20, 30]],
        albersUsa: [[-100.5, 35.25]],
        'inverted invertedEarth invertedNatural': [
          [500, 200],
          [410.5, 300.25],
        ],
        great: [[paris, rome, 0.3]],
        turned: [
          [[10, 20, 30], paris],
          [[10, 0, 0], paris],
        ],
        sphericalDistance: [[paris, rome]],
        sphericalArea: [[ring]],
        'sphericalLength sphericalCentre': [[line]],
        planarArea: [[ring]],
      }),
      inFile('src/distance.js', { default: [[paris, rome]] }),
      ...[
        'mercator',
        'equalEarth',
        'naturalEarth1',
        'orthographic',
        'stereographic',
        'gnomonic',
        'transverseMercator',
      ].map((name) => inFile(`src/projection/${name}.js`, { [`${name}Raw`]: radians.slice(0, 2) })),
      inFile('src/projection/azimuthalEqualArea.js', { azimuthalEqualAreaRaw: radians }),
      inFile('src/projection/azimuthalEquidistant.js', { azimuthalEquidistantRaw: radians }),
      inFile('src/cartesian.js', {
        spherical: [[[0.3, 0.5, 0.8]]],
        cartesian: [[[0.3, 0.7]]],
        cartesianCross: [
          [
            [1, 2, 3],
            [0.5, -1, 2],
          ],
        ],
        cartesianNormalizeInPlace: [{ args: [[1, 2, 3]], outputs: ['$0.0', '$0.1', '$0.2'] }],
      }),
    ],
    ['d3-array@3.2.4'],
  ),
  fromPackage('d3-geo-projection', '4.0.0', [
    inWrapper('geo.js', { 'robinson naturalEarth2 interrupted': towns }),
    ...[
      ...['aitoff', 'august', 'boggs', 'craster', 'eckert4', 'eckert6', 'eisenlohr', 'fahey', 'foucaut'],
      ...[
        'ginzburg5',
        'gringorten',
        'guyou',
        'homolosine',
        'kavrayskiy7',
        'larrivee',
        'laskowski',
        'littrow',
      ],
      ...[
        'miller',
        'mollweide',
        'mtFlatPolarQuartic',
        'nellHammer',
        'nicolosi',
        'patterson',
        'polyconic',
        'robinson',
      ],
      ...[
        'sinusoidal',
        'sinuMollweide',
        'times',
        'vanDerGrinten',
        'vanDerGrinten4',
        'wagner4',
        'wagner6',
        'winkel3',
      ],
    ].map((name) => inFile(`src/${name}.js`, { [`${name}Raw`]: radians.slice(0, 2) })),
  ]),
  fromPackage('proj4', '2.11.0', [
    inWrapper('geo.js', {
      'utm33 mollweide polarStereographic': [
        [12.5, 41.9],
        [16, 60],
      ],
      'lambert swiss webMercator': [[7.45, 46.95]],
      fromUtm33: [[450000, 4500000]],
      albersEqualArea: [[-100.5, 35.25]],
    }),
    inFile('lib/common/msfnz.js', { default: [[0.08, 0.6, 0.7]] }),
    inFile('lib/common/phi2z.js', { default: [[0.08, 0.6]] }),
    inFile('lib/common/imlfn.js', { default: [[0.6, 0.9983, 0.0025, 0.0000026, 0.0000000034]] }),
    inFile('lib/common/qsfnz.js', { default: [[0.08, 0.6]] }),
    inFile('lib/common/tsfnz.js', { default: [[0.08, 0.6, 0.5]] }),
    inFile('lib/common/adjust_lon.js', { default: [[1.5], [4.5]] }),
  ]),
  fromPackage('geographiclib-geodesic', '2.2.0', [
    inWrapper('geo.js', {
      geodesicInverse: [
        [48.86, 2.35, 41.9, 12.5],
        [40, -75, -30.5, 150],
      ],
      'geodesicDirect geodesicLine': [[48.86, 2.35, 130, 1e6]],
      geodesicArea: [[ring.map(([lon, lat]) => [lat!, lon!])]],
    }),
  ]),
  fromPackage('geodesy', '2.4.0', [
    inFile('latlon-spherical.js', {
      'default.distanceTo default.initialBearingTo default.finalBearingTo default.rhumbDistanceTo': [toPoint],
      'default.rhumbBearingTo': [toPoint],
      'default.midpointTo default.rhumbMidpointTo': [{ ...toPoint, outputs: ['_lat', '_lon'] }],
      'default.destinationPoint default.rhumbDestinationPoint': [method(500000, 130)],
      'default.maxLatitude': [method(130)],
      'default.crossTrackDistanceTo default.alongTrackDistanceTo': [
        { this: latLon(45, 9), args: [from, to] },
      ],
      'default.areaOf': [[[from, to, latLon(40.5, 1)]]],
    }),
    inFile('latlon-ellipsoidal-vincenty.js', {
      'default.distanceTo default.initialBearingTo default.finalBearingTo': [toPoint],
      'default.destinationPoint': [method(500000, 130)],
      'default.finalBearingOn': [method(500000, 130)],
    }),
    inFile('latlon-nvector-spherical.js', {
      'default.distanceTo default.initialBearingTo': [toPoint],
      'default.destinationPoint': [method(500000, 130)],
    }),
    inFile('vector3d.js', {
      'default.dot default.cross default.plus default.angleTo': [
        {
          this: { $new: 'default', args: [1, 2, 3] },
          args: [{ $new: 'default', args: [0.5, -1, 2] }],
          wrt: ['this.0', 'this.1', '0.0', '0.2'],
        },
      ],
      'default.unit': [
        { this: { $new: 'default', args: [1, 2, 3] }, args: [], wrt: ['this.0', 'this.1', 'this.2'] },
      ],
      'default.rotateAround': [
        { this: { $new: 'default', args: [1, 2, 3] }, args: [{ $new: 'default', args: [0.5, -1, 2] }, 30] },
      ],
    }),
  ]),
  fromPackage('@turf/turf', '7.1.0', [
    inWrapper('geo.js', {
      'turfDistance turfBearing turfFinalBearing turfRhumb turfMidpoint': [[paris, rome]],
      turfDestination: [[paris, 300, 120]],
      'turfArea turfCentroid': [[ring]],
      turfLength: [[line]],
      turfAlong: [[line, 700]],
    }),
  ]),
  fromPackage('cheap-ruler', '4.0.0', [
    inWrapper('geo.js', {
      'rulerDistance rulerBearing': [[45, paris, rome]],
      rulerDestination: [[45, paris, 300, 120]],
      rulerAlong: [[45, line, 500]],
      rulerArea: [[45, ring]],
      rulerNearest: [[45, line, [9, 45]]],
    }),
  ]),
  fromPackage('arc', '1.0.0', [inWrapper('geo.js', { arcPoint: [[2.35, 48.86, 12.5, 41.9, 0.3]] })]),
  fromPackage('geolib', '3.3.4', [
    inFile('es/getPreciseDistance.js', {
      default: [[{ latitude: 48.86, longitude: 2.35 }, { latitude: 41.9, longitude: 12.5 }, 0.0001]].map(
        (args) => ({
          args,
          wrt: ['0.latitude', '1.longitude'],
        }),
      ),
    }),
    inFile('es/getGreatCircleBearing.js', {
      default: [
        [
          { latitude: 48.86, longitude: 2.35 },
          { latitude: 41.9, longitude: 12.5 },
        ],
      ],
    }),
    inFile('es/getRhumbLineBearing.js', {
      default: [
        [
          { latitude: 48.86, longitude: 2.35 },
          { latitude: 41.9, longitude: 12.5 },
        ],
      ],
    }),
    inFile('es/computeDestinationPoint.js', { default: [[{ latitude: 48.86, longitude: 2.35 }, 1000, 120]] }),
  ]),
  fromPackage('haversine', '1.1.1', [
    inFile('haversine.js', {
      default: [
        [
          { latitude: 48.86, longitude: 2.35 },
          { latitude: 41.9, longitude: 12.5 },
        ],
        [paris, rome, { format: '[lon,lat]', unit: 'mile' }],
      ],
    }),
  ]),
  fromPackage('haversine-distance', '1.2.4', [
    inFile('index.js', {
      default: [
        [
          { lat: 48.86, lng: 2.35 },
          { lat: 41.9, lng: 12.5 },
        ],
        [paris, rome],
      ],
    }),
  ]),
  fromPackage('utm', '1.1.1', [
    inFile('index.es.js', {
      fromLatLon: [{ args: [48.86, 2.35], outputs: ['easting', 'northing'] }],
      toLatLon: [{ args: [452283, 5412245, 31, 'U'], wrt: ['0', '1'] }],
    }),
  ]),
  fromPackage('@math.gl/web-mercator', '4.1.0', [
    inFile('dist/web-mercator-utils.js', {
      'lngLatToWorld worldToLngLat': [[[120.5, 37.25]]],
      zoomToScale: [[3.5]],
      scaleToZoom: [[11.5]],
      unitsPerMeter: [[48.86]],
      getMeterZoom: [[{ latitude: 48.86 }]],
      addMetersToLngLat: [
        [
          [2.35, 48.86, 10],
          [100, 200, 5],
        ],
      ],
      altitudeToFovy: [[1.5]],
      fovyToAltitude: [[50]],
    }),
  ]),
  fromPackage('gcoord', '1.0.6', [
    inWrapper('china.js', { 'gcjFromWgs bdFromWgs wgsFromGcj mercatorFromWgs': [[116.4, 39.9]] }),
  ]),
  fromPackage('coordtransform', '2.1.2', [
    inFile('index.js', {
      'bd09togcj02 gcj02tobd09 wgs84togcj02 gcj02towgs84': [
        [116.4, 39.9],
        [121.25, 31],
      ],
    }),
  ]),
  fromPackage('ecef-projector', '1.0.1', [
    inFile('index.js', { project: [[48.86, 2.35, 100]], unproject: [[4200000, 172000, 4780000]] }),
  ]),
  fromPackage('sphericalmercator', '1.0.5', [inWrapper('china.js', { 'forward inverse': [[2.35, 48.86]] })]),
];
