/** Further packages of coordinates, statistics, colour, curves, linear algebra and units. */
import { fromPackage, inWrapper, numbers, type PackageSpec } from '../row.ts';

const mixed = (calls: Parameters<typeof inWrapper>[1]) => inWrapper('medley.js', calls);

const places = [[52.52, 13.405, 48.137, 11.575]];
const rgb = [[180.5, 90.25, 45.75]];
const data = [2, 4.5, 4.75, 5, 7.25, 9];
const other = [1, 3.5, 2.25, 6, 5.5, 10];
const square = [
  [4.5, 1.25, 0.5],
  [1.5, 3.75, -1.2],
  [0.3, 0.8, 2.6],
];
const within = numbers(0.23, 0.68);

export const medley: readonly PackageSpec[] = [
  fromPackage('gauss-krueger', '1.0.1', [mixed({ gkTo: [[8.5, 50.1]], gkFrom: [[3477733.5, 5553274.2]] })]),
  fromPackage('utm-converter', '0.1.1', [mixed({ utmTo: [[13.405, 52.52]] })]),
  fromPackage('@programmerare/sweden_crs_transformations', '1.0.0', [
    mixed({ swTo: [[59.330231, 18.059196]], swFrom: [[6580994.5, 1628293.2]] }),
  ]),
  fromPackage('turf-bearing', '3.0.12', [mixed({ tbBearing: places })]),
  fromPackage('intersect-great-circle', '1.1.0', [mixed({ igCross: [[5, 30.5, 35, 52.25]] })]),
  fromPackage('chncrs', '0.1.6', [mixed({ 'cnBaidu cnBack': [[114.688, 33.633]] })]),
  fromPackage('calculate-distance-between-coordinates', '1.0.5', [mixed({ cdTwo: places })]),
  fromPackage('distance-from', '2.0.52', [mixed({ dfMiles: places })]),
  fromPackage('tilebelt-wgs84', '1.1.4', [mixed({ tiFraction: [[13.405, 52.52]], tiBox: [[274.4, 167.3]] })]),
  fromPackage('@stdlib/math-base-special-erfcinv', '0.2.4', [
    mixed({ erfcInverse: numbers(0.03, 0.4, 1.6) }),
  ]),
  fromPackage('@stdlib/math-base-special-erfcx', '0.3.1', [mixed({ erfcScaled: numbers(-0.7, 0.4, 12.5) })]),
  fromPackage('@stdlib/stats-base-dists-lognormal-cdf', '0.2.3', [mixed({ lnCdf: [[2.3, 0.4, 0.9]] })]),
  fromPackage('@stdlib/stats-base-dists-normal-pdf', '0.3.1', [
    mixed({ noPdf: [[2.3, 0.4, 0.9]], noFactory: [[2.3, 0.4]] }),
  ]),
  fromPackage('distributions-normal-cdf', '0.0.2', [
    mixed({ diCdf: [[1.3, 0.4]], diMany: [[[0.4, -1.2, 2.5]]] }),
  ]),
  fromPackage('just-standard-deviation', '2.2.0', [mixed({ jsDeviation: [[data]] })]),
  fromPackage('@rainij/polynomial-regression-js', '1.3.0', [mixed({ rgFit: [[data, other, 5.5]] })]),
  fromPackage('moving-averages', '4.0.6', [mixed({ maAverages: [[data]] })]),
  fromPackage('rgb-lab', '1.0.0', [mixed({ labOf: rgb, 'labBack labDelta': [[60.5, 20, -30]] })]),
  fromPackage('color-luminance', '2.1.0', [mixed({ luOf: rgb })]),
  fromPackage('lumiance', '1.0.1', [mixed({ lumOf: rgb })]),
  fromPackage('@popmotion/easing', '1.0.2', [mixed({ poBezier: [[0.25, 0.6, 0.4]], poOthers: within })]),
  fromPackage('ts-easing', '0.2.0', [mixed({ tsAll: within })]),
  fromPackage('js-easing-functions', '1.0.3', [mixed({ jsAll: [[320, 5, 42, 1000]] })]),
  fromPackage('ease-component', '1.0.0', [mixed({ ecAll: within })]),
  fromPackage('@tldraw/vec', '1.9.2', [
    mixed({
      tlVectors: [
        [
          [1.2, 0.7],
          [3.4, 2.2],
        ],
      ],
      tlNearest: [
        [
          [1.2, 0.7],
          [3.4, 2.2],
          [2.1, 3],
        ],
      ],
    }),
  ]),
  fromPackage('vecti', '3.2.0', [mixed({ veOf: [[1.2, 0.7, 0.4]] })]),
  fromPackage('matrix-inverse', '2.0.0', [mixed({ miOf: [[square]] })]),
  fromPackage('robust-determinant', '1.1.0', [mixed({ rdOf: [[4.5, 3.75, 2.6]] })]),
  fromPackage('minimatrix-polyroots', '3.0.5', [
    mixed({ mpCubic: [[1.5, -4.2, -3.1, 2.2]], mpQuartic: [[1.5, -4.2, -3.1, 2.2, 0.4]] }),
  ]),
  fromPackage('simple-linalg', '1.5.0', [mixed({ slOf: [[square]], slCosine: [[data, other]] })]),
  fromPackage('newton-raphson', '0.0.3', [mixed({ nrOf: numbers(2.3) })]),
  fromPackage('compute-polynomial', '1.1.0', [mixed({ cpOf: [[[1.5, -2, 0.7, 3], 1.3]] })]),
  fromPackage('rematrix', '0.7.2', [mixed({ rmOf: [[30.5, 12, 7.5]], rmInverse: [[30.5, 1.2]] })]),
  fromPackage('@scena/matrix', '1.1.1', [mixed({ scWarp: [[3.5, 4.25]], scOf: [[0.4, 0.9]] })]),
  fromPackage('@josh-brown/vector', '4.2.0', [
    mixed({
      'jbLu jbQr': [[square]],
      jbLeast: [[data.map((x, i) => [x, other[i]!])]],
      jbStatistics: [[data, other]],
      jbDerivative: numbers(1.3),
    }),
  ]),
  fromPackage('convert', '8.0.2', [mixed({ unOf: numbers(12.5) })]),
];
