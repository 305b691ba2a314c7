/** Further packages of places, maps and the sky. */
import { fromPackage, inFile, inWrapper, numbers, type PackageSpec } from '../row.ts';

const surveyed = (calls: Parameters<typeof inWrapper>[1]) => inWrapper('survey.js', calls);

const cities = [[48.2, 16.37, 40.71, -74.01]];
const lonLat = [[16.37, 48.2]];
const latLon = [[48.2, 16.37]];
const line = [
  [16.37, 48.2],
  [17.1, 48.15],
  [19.04, 47.5],
];
const ring = [
  [10.1, 40.2],
  [13.3, 40.7],
  [12.9, 44.1],
  [10.4, 43.2],
  [10.1, 40.2],
];

export const survey: readonly PackageSpec[] = [
  fromPackage('mproj', '0.1.6', [
    surveyed({
      'mpUtm mpLaea mpRobin mpMoll': lonLat,
      mpLcc: [[2.35, 48.86]],
      mpAea: [[-100.5, 40.2]],
      mpUtmBack: [[601774.5, 5339000.25]],
      mpLccBack: [[652000.5, 6862000.25]],
    }),
  ]),
  fromPackage('utm-latlng', '1.0.8', [surveyed({ utForth: latLon, utBack: [[601774.5, 5339000.25]] })]),
  fromPackage('geo-distance', '0.2.0', [surveyed({ gdBetween: cities })]),
  fromPackage('great-circle-cursor', '1.0.0', [surveyed({ gcCursor: [[16.37, 48.2, 135, 150000]] })]),
  fromPackage('haversine-js', '1.0.0', [surveyed({ hjDistance: cities })]),
  fromPackage('fast-haversine', '1.0.0', [surveyed({ fhDistance: cities })]),
  fromPackage('gps-distance', '0.0.4', [surveyed({ gpDistance: cities })]),
  fromPackage('latitude-longitude', '1.1.1', [
    surveyed({
      llCentre: [
        [
          [
            [40.74, 73.98],
            [40.73, 74],
            [40.69, 73.91],
          ],
        ],
      ],
      llDistance: [
        [
          [40.74, 73.98],
          [41.9, 12.5],
        ],
      ],
    }),
  ]),
  fromPackage('mercator-projection', '0.0.2', [surveyed({ mcForth: latLon, mcBack: [[139.64, 88.8]] })]),
  fromPackage('circle-to-polygon', '2.2.0', [surveyed({ ciCircle: [[16.37, 48.2, 1500]] })]),
  fromPackage('geoaffine', '0.2.0', [surveyed({ gaForth: [[200, 100]], gaBack: [[337862.5, 7840475.1]] })]),
  fromPackage('@mapbox/sphericalmercator', '2.0.2', [
    surveyed({ 'smPx smForth': lonLat, smLl: [[12345.5, 23456.25]], smBack: [[1822300.5, 6141500.25]] }),
  ]),
  fromPackage('d3-geo-voronoi', '2.1.0', [
    surveyed({
      dvArea: [
        [
          [
            [0, 0],
            [10, 5.5],
            [20, -3],
            [7, 30],
          ],
        ],
      ],
    }),
  ]),
  fromPackage('a5-js', '1.0.0', [surveyed({ a5Centre: lonLat, a5Area: numbers(1.5) })]),
  fromPackage('turf', '3.0.14', [
    surveyed({
      'tuDistance tuBearing': [
        [
          [16.37, 48.2],
          [-74.01, 40.71],
        ],
      ],
      tuDestination: [[[16.37, 48.2], 300, 135]],
      tuAlong: [[line, 120.5]],
      'tuArea tuCentroid': [[ring]],
      tuFlip: [[line]],
      tuPlane: [[[1.2, 1.1], 2.5]],
      tuBuffer: [[line, 0.85]],
    }),
  ]),
  fromPackage('suncalc2', '1.8.1', [
    surveyed({ suPosition: latLon, suMoon: [[1710936000000.5, 48.2, 16.37]] }),
  ]),
  fromPackage('adhan', '4.4.6', [surveyed({ adQibla: latLon })]),
  fromPackage('@neaps/tide-predictor', '0.11.0', [surveyed({ tiLevel: [[2.687, 98.7, 28.984104]] })]),
  fromPackage('kosher-zmanim', '0.9.0', [
    inFile('dist/lib-cjs/util/NOAACalculator.js', {
      'NOAACalculator.getSunDeclination NOAACalculator.getEquationOfTime NOAACalculator.getSunTrueLongitude':
        numbers(0.24),
    }),
  ]),
];
