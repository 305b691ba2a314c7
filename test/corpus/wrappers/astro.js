import { base, coord, globe, interpolation, kepler, parallax, precess, sidereal } from 'astronomia';
import * as Astronomy from 'astronomy-engine';
import * as satellite from 'satellite.js';
import { eciToGeodetic, gstime, sgp4, twoline2satrec } from 'satellite.js';
import SunCalc from 'suncalc';
import { getSolarPosition } from 'sunrise-sunset-js';

const ISS = [
  '1 25544U 98067A   19156.50900463  .00003075  00000-0  59442-4 0  9992',
  '2 25544  51.6433  59.2583 0008217  16.4489 347.6017 15.51174618173442',
];
const MOLNIYA = [
  '1 08195U 75081A   06176.33215444  .00000099  00000-0  11873-3 0   813',
  '2 08195  64.1586 279.0717 6877146 264.7651  20.2257  2.00491383225656',
];

const at = ({ position, velocity }) => [
  position.x,
  position.y,
  position.z,
  velocity.x,
  velocity.y,
  velocity.z,
];
export const nearEarth = (minutes) => at(sgp4(twoline2satrec(...ISS), minutes));
export const deepSpace = (minutes) => at(sgp4(twoline2satrec(...MOLNIYA), minutes));
export const inclined = (inclination, minutes) => {
  const record = twoline2satrec(...ISS);
  record.argpo += inclination;
  return at(sgp4(record, minutes));
};
export const groundTrack = (minutes, jd) => {
  const { position } = sgp4(twoline2satrec(...ISS), minutes);
  const { latitude, longitude, height } = eciToGeodetic(position, gstime(jd));
  return [latitude, longitude, height];
};
export const lookAngles = (lat, lon, height, x, y, z) => {
  const angles = satellite.ecfToLookAngles({ latitude: lat, longitude: lon, height }, { x, y, z });
  return [angles.azimuth, angles.elevation, angles.rangeSat];
};

export const sunFrom = (lat, lng, ms) => {
  const { azimuth, altitude } = SunCalc.getPosition(new Date(ms), lat, lng);
  return [azimuth, altitude];
};
export const moonFrom = (lat, lng) => {
  const { azimuth, altitude, distance } = SunCalc.getMoonPosition(new Date('2024-03-20T10:00:00Z'), lat, lng);
  return [azimuth, altitude, distance];
};
export const solarPosition = (lat, lng) => {
  const { elevation, azimuth } = getSolarPosition(lat, lng, new Date('2024-03-20T10:00:00Z'));
  return [elevation, azimuth];
};

const when = (days) => new Astronomy.AstroTime(days);
export const marsFrom = (days) => {
  const { x, y, z } = Astronomy.GeoVector(Astronomy.Body.Mars, when(days), true);
  return [x, y, z];
};
export const earth = (days) => {
  const { x, y, z } = Astronomy.HelioVector(Astronomy.Body.Earth, when(days));
  return [x, y, z];
};
export const moon = (days) => {
  const { x, y, z } = Astronomy.GeoMoon(when(days));
  return [x, y, z];
};
export const moonPhase = (days) => Astronomy.MoonPhase(when(days));
export const horizon = (lat, lon, ra, dec) => {
  const { azimuth, altitude } = Astronomy.Horizon(
    when(8000.25),
    new Astronomy.Observer(lat, lon, 10),
    ra,
    dec,
    'normal',
  );
  return [azimuth, altitude];
};
export const sunApparent = (days) => Astronomy.SunPosition(when(days)).elon;
export const jupiterLongitude = (days) => Astronomy.EclipticLongitude(Astronomy.Body.Jupiter, when(days));
export const siderealTime = (days) => Astronomy.SiderealTime(when(days));
export const saturnMagnitude = (days) => Astronomy.Illumination(Astronomy.Body.Saturn, when(days)).mag;
export const plutoDistance = (days) => Astronomy.HelioDistance(Astronomy.Body.Pluto, when(days));
export const gravity = (lat, height) => Astronomy.ObserverGravity(lat, height);
export const moonLibration = (days) => {
  const { elat, elon } = Astronomy.Libration(when(days));
  return [elat, elon];
};
export const jupiterMoon = (days) => {
  const { x, y, z, vx } = Astronomy.JupiterMoons(when(days)).io;
  return [x, y, z, vx];
};

export const eclipticOf = (ra, dec, obliquity) => {
  const { lon, lat } = new coord.Equatorial(ra, dec).toEcliptic(obliquity);
  return [lon, lat];
};
export const galacticOf = (ra, dec) => {
  const { lon, lat } = new coord.Equatorial(ra, dec).toGalactic();
  return [lon, lat];
};
export const horizontalOf = (ra, dec, lat, lon, st) => {
  const { az, alt } = new coord.Equatorial(ra, dec).toHorizontal(new globe.Coord(lat, lon), st);
  return [az, alt];
};
export const parallaxConstants = (lat, h) => globe.Earth76.parallaxConstants(lat, h);
export const radiusAtLatitude = (lat) => globe.Earth76.radiusAtLatitude(lat);
export const between = (y1, y2, y3, x) => new interpolation.Len3(1, 3, [y1, y2, y3]).interpolateX(x);
export const extremum = (y1, y2, y3) => new interpolation.Len3(12, 20, [y1, y2, y3]).extremum();
export const zeroOf = (y1, y2, y3) => new interpolation.Len3(26, 28, [y1, y2, y3]).zero(true);
export const precessed = (ra, dec) => {
  const { ra: ra2, dec: dec2 } = precess.position(
    new coord.Equatorial(ra, dec),
    2000,
    2050.5,
    0.0000003,
    -0.0000005,
  );
  return [ra2, dec2];
};
export const keplerOrbit = (e, m) => {
  const anomaly = kepler.kepler3(e, m);
  return [anomaly, kepler.trueAnomaly(anomaly, e), kepler.radius(anomaly, e, 1.2)];
};
export const meanSidereal = (jd) => sidereal.mean(jd);
export const parallaxOf = (delta) => parallax.horizontal(delta);
export const limbOf = (ra, dec) => base.limb(new coord.Equatorial(ra, dec), new coord.Equatorial(0.4, 0.1));
