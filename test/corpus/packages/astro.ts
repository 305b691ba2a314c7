/** Astronomy and satellites. */
import { fromPackage, inFile, inWrapper, numbers, type PackageSpec } from '../row.ts';

const jd = numbers(2451545.25, 2460389.125);
const century = numbers(0.2421, -0.5);
const day = { $date: '2024-03-20T10:30:00Z' };

export const astro: readonly PackageSpec[] = [
  fromPackage('suncalc', '1.9.0', [
    inFile('suncalc.js', {
      getPosition: [
        [day, 50.5, 30.5],
        [day, -33, 151],
      ].map((args) => ({ args, outputs: ['azimuth', 'altitude'] })),
      getMoonPosition: [[day, 50.5, 30.5]],
    }),
    inWrapper('astro.js', {
      sunFrom: [{ args: [50.5, 30.5, 1710930000000], wrt: ['0', '1'] }],
      moonFrom: [[50.5, 30.5]],
    }),
  ]),
  fromPackage('satellite.js', '5.0.0', [
    inWrapper('astro.js', {
      nearEarth: [[30], [450.5]],
      deepSpace: [[120], [2880.5]],
      inclined: [[0.1, 25]],
      groundTrack: [{ args: [25, 2458640.009], wrt: ['0'] }],
      lookAngles: [[0.85, 0.04, 0.1, 4500, 1000, 5200]],
    }),
    inFile('lib/transforms.js', {
      'radiansToDegrees degreesToRadians': [[0.5]],
      geodeticToEcf: [[{ latitude: 0.85, longitude: 0.04, height: 0.1 }]],
      eciToGeodetic: [[{ x: 4500, y: 1000, z: 5200 }, 1.25]],
      'eciToEcf ecfToEci': [[{ x: 4500, y: 1000, z: 5200 }, 1.25]],
      topocentric: [
        [
          { latitude: 0.85, longitude: 0.04, height: 0.1 },
          { x: 4500, y: 1000, z: 5200 },
        ],
      ],
      ecfToLookAngles: [
        [
          { latitude: 0.85, longitude: 0.04, height: 0.1 },
          { x: 4500, y: 1000, z: 5200 },
        ],
      ],
    }),
    inFile('lib/propagation/gstime.js', { gstime: [[2458640.009]] }),
  ]),
  fromPackage('astronomia', '4.1.1', [
    inFile('src/kepler.js', {
      'kepler1 kepler2 kepler2a': [{ args: [0.1, 0.5, 8], wrt: ['0', '1'] }],
      kepler2b: [{ args: [0.9, 0.2, 10], wrt: ['0', '1'] }],
      'kepler3 kepler4': [
        [0.1, 0.5],
        [0.35, 2.2],
      ],
      trueAnomaly: [[0.8, 0.1]],
      radius: [[0.8, 0.1, 1.5]],
    }),
    inFile('src/base.js', {
      'JDEToJulianYear J2000Century JDEToBesselianYear': jd,
      'illuminated lightTime': numbers(0.4),
      horner: [
        [0.3, 1, 2, -0.5, 0.25],
        [0.3, [1, 2, -0.5]],
      ],
      pmod: [
        [7.5, 3],
        [-0.5, 6.25],
      ],
      modf: numbers(3.75),
    }),
    inFile('src/nutation.js', {
      'nutation meanObliquity meanObliquityLaskar nutationInRA approxNutation': jd,
    }),
    inFile('src/sidereal.js', { 'mean apparent': jd }),
    inFile('src/solar.js', {
      'eccentricity meanAnomaly aberration radius': century,
      'apparentLongitude trueLongitude': century,
    }),
    inFile('src/moonposition.js', { 'parallax node perigee trueNode': jd, position: jd.slice(0, 1) }),
    inFile('src/refraction.js', { 'gt15True gt15Apparent bennett bennett2 saemundsson': numbers(0.3, 0.8) }),
    inFile('src/eqtime.js', { eSmart: jd }),
    inFile('src/deltat.js', { deltaT: numbers(1990.5, 2010.25, 1750.5) }),
    inFile('src/julian.js', {
      CalendarGregorianToJD: [{ args: [2024, 3, 20.4375], wrt: ['2'] }],
      'JDToMJD MJDToJD': jd,
    }),
    inFile('src/binary.js', {
      meanAnomaly: [[1980, 1934.008, 0.0252]],
      position: [[23.907, 0.2763, 0.4, 1.04, 3.88, 0.6]],
      apparentEccentricity: [[0.2763, 1.04, 3.88]],
    }),
    inFile('src/illum.js', {
      fraction: [[0.72, 1.2, 0.9]],
      phaseAngle: [[0.72, 1.2, 0.9]],
      mercury: [[0.4, 1.1, 0.8]],
      saturn84: [[9.5, 10.1, 0.2, 0.1]],
    }),
    inFile('src/globe.js', { geocentricLatitudeDifference: numbers(0.7) }),
    inWrapper('astro.js', {
      eclipticOf: [[2.03, 0.489, 0.409]],
      galacticOf: [[2.03, 0.489]],
      horizontalOf: [[2.03, 0.489, 0.68, 1.34, 2.5]],
      parallaxConstants: [[0.58, 1706]],
      radiusAtLatitude: [[0.58]],
      between: [[0.884226, 0.877366, 0.870531, 1.4]],
      extremum: [[1.3814294, 1.3812213, 1.3812453]],
      zeroOf: [[-0.00137, 0.00172, 0.00453]],
      precessed: [[0.72, 0.85]],
      keplerOrbit: [[0.2, 1.1]],
      parallaxOf: [[0.37276]],
      limbOf: [[2.3, 0.3]],
    }),
  ]),
  fromPackage('astronomy-engine', '2.1.19', [
    inWrapper('astro.js', {
      'marsFrom earth moon moonPhase sunApparent jupiterLongitude': numbers(8845.5, 100.25),
      'siderealTime saturnMagnitude plutoDistance moonLibration jupiterMoon': numbers(8845.5),
      horizon: [[48.86, 2.35, 5.5, 20.25]],
      gravity: [[48.86, 250]],
    }),
  ]),
  fromPackage('solar-calculator', '0.3.0', [
    inFile('src/index.js', {
      'meanAnomaly meanLongitude apparentLongitude declination equationOfCenter equationOfTime': century,
      'obliquityOfEcliptic orbitEccentricity trueLongitude': century,
      riseHourAngle: [{ args: [day, 48], wrt: ['1'] }],
      hours: [{ args: [day, 48.5], wrt: ['1'] }],
    }),
  ]),
  fromPackage('moonbeams', '2.0.3', [
    inFile('moonbeams.js', {
      'meanSiderealTime apparentSiderealTime': jd,
      'hmsToDay hmsToRightAscention': [[10, 30, 15.5]],
      calendarToJd: [{ args: [2024, 3, 20.4375], wrt: ['2'] }],
      T: jd,
    }),
  ]),
  fromPackage('sunrise-sunset-js', '3.3.1', [inWrapper('astro.js', { solarPosition: [[48.86, 2.35]] })]),
];
