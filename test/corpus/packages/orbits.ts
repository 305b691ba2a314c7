/** Further packages of astronomy and satellites. */
import { fromPackage, inWrapper, numbers, type PackageSpec } from '../row.ts';

const orbited = (calls: Parameters<typeof inWrapper>[1]) => inWrapper('orbits.js', calls);

const jd = 2_460_390.25;
const ms = 1_710_936_000_000.5;
const r = [7000.5, -1200, 350];
const v = [0.9, 6.8, 2.5];

export const orbits: readonly PackageSpec[] = [
  fromPackage('@wwtelescope/astro', '0.3.3', [
    orbited({ wwDistance: [[0.3, 0.4, 1.2, -0.5]], wwAngle: numbers(7.5, -3) }),
  ]),
  fromPackage('julian', '0.2.0', [orbited({ juDay: numbers(ms) })]),
  fromPackage('lune', '0.4.0', [orbited({ luPhase: numbers(ms) })]),
  fromPackage('lunarphase-js', '2.0.3', [orbited({ lpAge: numbers(ms) })]),
  fromPackage('solar-calc', '1.1.0', [orbited({ scMoon: [[ms, 48.2, 16.37]], scNoon: [[48.2, 16.37]] })]),
  fromPackage('meeusjs', '1.0.4', [
    orbited({
      'meSun meMoon meSidereal meNutation': numbers(jd),
      meHorizon: [[jd, 48.2, 16.37]],
      meRefraction: numbers(0.3),
      meInterpolate: [[1, 2.5, 3.25, 1.8]],
    }),
  ]),
  fromPackage('ootk', '7.0.3', [
    orbited({
      ooElements: [[r, v]],
      ooKepler: [[r, v, 900]],
      ooRotate: [[1, 2.5, -1, 0.7]],
      ooMatrix: [
        [
          [
            [4, 1, 2],
            [1, 3, 0.5],
            [2, 0.5, 5],
          ],
        ],
      ],
      ooSpline: [[[0, 1, 2.5, 4], [1, 2.5, 2, 4.5], 2.2]],
      ooGeodetic: [[0.84, 0.29, 0.3]],
      ooSun: numbers(3600),
      ooTle: numbers(90.5),
    }),
  ]),
  fromPackage('orbjs', '0.2.2', [
    orbited({
      orKepler: [[0.3, 1.2]],
      orState: [[r.map((x) => 1000 * x), v.map((x) => 1000 * x)]],
      orPosition: [[7000, 0.01, 0.9, 0.3, 0.2, 1200]],
      orFixed: [[r, 600]],
      orSpherical: [[r]],
    }),
  ]),
  fromPackage('suntimes', '6.0.3', [orbited({ stSun: numbers(48.2) })]),
  fromPackage('tle.js', '5.0.3', [orbited({ tjInfo: [[48.2, 16.37, 0.3]], tjElements: numbers(1.5) })]),
];
