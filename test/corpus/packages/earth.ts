/** Further packages of the earth and the sky. */
import { fromPackage, inFile, inWrapper, numbers, type PackageSpec } from '../row.ts';

const earthly = (calls: Parameters<typeof inWrapper>[1]) => inWrapper('earth.js', calls);
const cesium = (calls: Parameters<typeof inWrapper>[1]) => inWrapper('cesium.js', calls);

const paris = [2.35, 48.86];
const rome = [12.5, 41.9];
const towns = [[48.86, 2.35, 41.9, 12.5]];
const days = numbers(2460389.63, 2451545.5);
const latLng = (lat: number, lng: number) => ({ lat, lng });
const path = [latLng(48.86, 2.35), latLng(46.95, 7.45), latLng(41.9, 12.5), latLng(40.5, 1)];
const points3 = [
  [0, 0, 0],
  [1, 2, 0.5],
  [3, 1, 1],
  [4, 4, 2],
];

export const earth: readonly PackageSpec[] = [
  fromPackage('aa-js', '4.2.4', [
    earthly({
      'aaSunLongitude aaSunEquatorial aaMars aaVenusDistance aaJupiterGeocentric aaMoon aaPluto': days,
      'aaObliquity aaDeltaT': days,
      'aaToEcliptic aaToGalactic': [
        [116.33, 28.03],
        [250.4, -20.5],
      ],
      aaAltitude: [[2460389.63, 116.33, 28.03, 48.86, 2.35]],
      'aaAge aaLuminosity': [[70, 0.3, 0.7, 1.5]],
      aaModulus: numbers(25.5),
      aaSidereal: [[2460389.63, 12.5]],
      julianNow: numbers(12.25),
    }),
  ]),
  fromPackage('astronomy-js', '1.1.0', [
    earthly({ ajMod: numbers(200.5, 400.25, -30.5), ajSpherical: [[0.3, -0.5, 0.8]] }),
  ]),
  fromPackage('astronomy-bundle', '7.7.7', [
    inFile('utils/interpolationCalc.js', {
      tabularInterpolation3: [[[0.884226, 0.877366, 0.870531], 0.18]],
      getInterpolateValue5: [[[36.1, 24.2, 15.6, 11.1, 7.2], 0.2778]],
    }),
    inFile('utils/observationCalc.js', {
      'getElongation getPhaseAngle getPositionAngleOfBrightLimb getAngularSeparation': [
        [
          { rightAscension: 134.7, declination: 13.8, radiusVector: 368410 },
          { rightAscension: 20.7, declination: 8.7, radiusVector: 149971520 },
        ],
      ],
      getIlluminatedFraction: numbers(69.1),
      getAngularDiameter: [[368410, 3474.2]],
    }),
    inFile('utils/distanceCalc.js', {
      getDistanceInKm: [
        [
          { lat: 48.86, lon: 2.35, elevation: 0 },
          { lat: 41.9, lon: 12.5, elevation: 0 },
        ],
      ],
    }),
    inFile('utils/angleCalc.js', { 'normalizeAngle deg2rad': numbers(400.5, -30.25) }),
    inFile('coordinates/calculations/coordinateCalc.js', {
      rectangular2spherical: [[{ x: 0.3, y: -0.5, z: 0.8 }]],
      spherical2rectangular: [[{ lon: 50.5, lat: -12, radiusVector: 1.3 }]],
      'equatorialSpherical2eclipticSpherical eclipticSpherical2equatorialSpherical': [
        [{ rightAscension: 134.7, declination: 13.8, lon: 50.5, lat: -12, radiusVector: 1.3 }, 0.2406],
      ],
      equatorialSpherical2topocentricHorizontal: [
        [
          { rightAscension: 134.7, declination: 13.8, radiusVector: 1 },
          { lat: 48.86, lon: 2.35, elevation: 120 },
          0.2406,
        ],
      ],
      equatorialSpherical2topocentricSpherical: [
        [
          { rightAscension: 134.7, declination: 13.8, radiusVector: 0.0024 },
          { lat: 48.86, lon: 2.35, elevation: 120 },
          0.2406,
        ],
      ],
    }),
    inFile('coordinates/calculations/precessionCalc.js', {
      correctPrecessionForEquatorialCoordinates: [
        [{ rightAscension: 41.05, declination: 49.2, radiusVector: 1 }, 2462088.69],
      ],
      correctPrecessionForEclipticCoordinates: [[{ lon: 149.5, lat: 1.76, radiusVector: 1 }, 1643074.5]],
    }),
    inFile('moon/calculations/moonCalc.js', {
      'getMeanElongation getLongitude getLatitude getRadiusVector': numbers(-0.0772210815, 0.24),
    }),
    inFile('sun/calculations/sunCalc.js', {
      'getMeanAnomaly getTrueAnomaly getEquationOfCenter getMeanLongitude getTrueLongitude getApparentLongitude':
        numbers(-0.0721833, 0.24),
    }),
  ]),
  fromPackage('ephemeris', '2.2.0', [earthly({ 'ephMoon ephMars': [[-71.1, 42.3, 30]] })]),
  fromPackage('suncalc3', '2.0.5', [
    earthly({
      'sc3Sun sc3Moon': [
        [48.86, 2.35],
        [-33.5, 151.25],
      ],
    }),
  ]),
  fromPackage('mt-latlon', '0.1.2', [
    earthly({
      'mtBearing mtFinal mtMidpoint mtRhumb mtDistance': towns,
      'mtDestination mtRhumbDestination': [[48.86, 2.35, 130.5, 300]],
      mtIntersection: [[51.885, 0.235, 108.63, 49.008, 2.549, 32.72]],
    }),
  ]),
  fromPackage('geodesy-fn', '1.2.2', [
    earthly({ 'gfDistance gfMidpoint gfFinal': [[paris, rome]], gfDestination: [[paris, 300000, 130.5]] }),
  ]),
  fromPackage('geographiclib-mgrs', '1.0.4', [
    earthly({ utmForward: [[41.9, 12.5]], utmReverse: [[450000, 4500000]] }),
  ]),
  fromPackage('usng.js', '0.4.5', [earthly({ usngUtm: [[41.9, 12.5]], usngBack: [[4500000, 450000]] })]),
  fromPackage('global-mercator', '3.1.0', [
    earthly({ 'gmFraction gmMeters': [paris], gmPixels: [[261600, 6250000]] }),
    inFile('index.js', {
      'initialResolution resolution': numbers(3),
      'latitude longitude': numbers(41.9, 48),
    }),
  ]),
  fromPackage('spherical-geometry-js', '3.0.2', [
    earthly({
      sgHeading: [[latLng(48.86, 2.35), latLng(41.9, 12.5)]],
      'sgOffset sgOrigin': [[latLng(48.86, 2.35), 300000, 130.5]],
      sgInterpolate: [[latLng(48.86, 2.35), latLng(41.9, 12.5), 0.3]],
      'sgArea sgLength': [[path]],
    }),
  ]),
  fromPackage('ol', '10.11.0', [
    earthly({
      olMercator: [paris, rome].map((p) => [p]),
      olBack: [[[261600, 6250000]]],
      olDistance: [[paris, rome]],
      olOffset: [[paris, 300000, 1.3]],
      olCircle: [[paris, 20000]],
      olCompose: [[10, 20, 1.5, 2, 0.3]],
      olInvert: [[[1.5, 0.3, -0.2, 2, 10, 20]]],
      olOverlap: [
        [
          [0, 0.5, 4, 5],
          [1.5, -1, 6, 3.5],
        ],
      ],
    }),
    inFile('extent.js', {
      'getArea getWidth getCenter': [[[1, 2, 4.5, 7]]],
      closestSquaredDistanceXY: [[[1, 2, 4.5, 7], 6, 9.5]],
    }),
    inFile('geom/flat/area.js', { linearRing: [[[0, 0, 4, 1, 5, 6, 1, 4, 0, 0], 0, 10, 2]] }),
    inFile('geom/flat/length.js', { lineStringLength: [[[0, 0, 4, 1, 5, 6, 1, 4], 0, 8, 2]] }),
    inFile('math.js', {
      squaredSegmentDistance: [[1, 5, 0, 0, 4, 3]],
      solveLinearSystem: [
        [
          [
            [2, 1, -1, 8],
            [-3, -1, 2, -11],
            [-2, 1, 2, -3],
          ],
        ],
      ],
      modulo: [[7.5, 2.25]],
      lerp: [[1, 5, 0.3]],
    }),
    inFile('easing.js', { 'easeIn easeOut inAndOut upAndDown': numbers(0.3, 0.8) }),
    inFile('coordinate.js', {
      'add squaredDistance distance': [
        [
          [1, 2],
          [4, 6.5],
        ],
      ],
      closestOnSegment: [
        [
          [1, 2],
          [
            [0, 0],
            [4, 3],
          ],
        ],
      ],
      rotate: [[[1, 2], 0.7]],
    }),
  ]),
  fromPackage('viewport-mercator-project', '7.0.4', [
    earthly({
      vmProject: [[-122.3, 37.8, 100]],
      vmUnproject: [[500.5, 220]],
      vmTurned: [[30, 15]],
      vmFit: [
        [
          [-122.6, 37.6],
          [-122.1, 37.9],
        ],
      ],
      vmWorld: [[[-122.3, 37.8]]],
      vmLonLat: [[[80.5, 310]]],
      vmScales: [[-122.3, 37.8]],
    }),
  ]),
  fromPackage('ootk-core', '1.3.1', [
    earthly({
      ootkState: [[7000, 0.01, 0.9, 1.2, 0.4, 0.9]],
      ootkElements: [[1538.2, 5102.26, -4522.34, -7.34, 1.13, 1.5]],
      ootkTemeEcf: [[1538.2, 5102.26, -4522.34, 1.7]],
      ootkLla: [[1538.2, 5102.26, -4522.34, 1.7]],
      ootkEcf: [[41.9, -71.2, 0.15]],
      ootkRae: [[41.9, -71.2, 0.15, 4000, -4500, 3000]],
      'ootkKepler ootkNu': [[0.1, 1.3]],
      ootkDistance: [[0.3, 0.7, 1.1, -0.2]],
      ootkDoppler: [
        [
          { x: 6400, y: 100, z: 200 },
          { x: 1538.2, y: 5102.26, z: -4522.34 },
          { x: -7.34, y: 1.13, z: 1.5 },
        ],
      ],
      ootkAz: [[30, 51.6]],
      ootkSgp4: numbers(120.5),
    }),
    inFile('src/utils/functions.ts', {
      'sech csch acsch': numbers(0.7),
      linearInterpolate: [[1.5, 1, 2, 3, 7]],
      'mean std': [[[2, 4.5, 4.75, 5]]],
      covariance: [
        [
          [1, 2, 3.5],
          [2, 4.5, 3],
        ],
      ],
      'wrapAngle log10': numbers(4.5, 12),
    }),
  ]),
  fromPackage('@cesium/engine', '24.0.0', [
    cesium({
      'geographic surface normal': [[4200000, 170000, 4780000]],
      position: [[2.35, 48.86, 100]],
      'geodesic rhumb': [[2.35, 48.86, 12.5, 41.9]],
      along: [[2.35, 48.86, 12.5, 41.9, 0.3]],
      'mercator eastNorthUp': [[2.35, 48.86]],
      turned: [[0.3, 0.4, 0.5]],
      angles: [[0.1, 0.2, 0.3, 0.9]],
      slerp: [[0.3, 1.4, 0.25]],
      eigenvalues: [[4, 1, 2, 3, 0.5, 5]],
      inverted: [[[2, 0.5, 1, 0, 0.3, 3, -1, 0, 1, 0.2, 4, 0, 5, 6, 7, 1]]],
      'catmullRom naturalCubic': [[2.2, points3]],
      hermite: [[1.3, [1, 2, 1.5, 3]]],
      cubicRoots: [
        [1, -6.5, 11, -5.25],
        [1, 0.5, 2, -5],
      ],
      quarticRoots: [[1, -10.5, 35, -49, 23]],
      rayEllipsoid: [[5, 0.2, 0.3, -1, 0.1, 0.05]],
      rayPlane: [[1, 2, 3, -0.5]],
      spherical: [[1, 2, 3]],
      wrapped: numbers(4.5, -1.2),
      eased: numbers(2.5),
      between: [[3, 4.5]],
      'sunAt toFixed': numbers(3600.5),
    }),
    inFile('Source/Core/EasingFunction.js', {
      'default.BACK_IN default.ELASTIC_OUT default.BOUNCE_IN_OUT default.EXPONENTIAL_IN_OUT default.CIRCULAR_OUT':
        numbers(0.3),
    }),
  ]),
];
