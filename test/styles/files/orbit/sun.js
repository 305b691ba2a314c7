/* Low-precision solar position (Astronomical Almanac). Dates in UTC. */
const rad = Math.PI / 180;
const norm360 = (x) => ((x % 360) + 360) % 360;
const toJulian = (date) => date.getTime() / 86400000 + 2440587.5;

//= declination(2459123.4)
export function declination(jd) {
  const n = jd - 2451545.0;
  const L = norm360(280.46 + 0.9856474 * n);
  const g = norm360(357.528 + 0.9856003 * n) * rad;
  const lambda = (L + 1.915 * Math.sin(g) + 0.02 * Math.sin(2 * g)) * rad;
  const eps = (23.439 - 0.0000004 * n) * rad;
  return Math.asin(Math.sin(eps) * Math.sin(lambda)) / rad;
}

const equinox = new Date(Date.UTC(2024, 2, 20, 3, 6));

//= altitude(48.2, 11.5)
export function altitude(lat, lon, when = equinox) {
  const jd = toJulian(when);
  const dec = declination(jd) * rad;
  const gmst = norm360(280.46061837 + 360.98564736629 * (jd - 2451545));
  const hour = (gmst + lon - 3) * rad;
  return Math.asin(Math.sin(lat * rad) * Math.sin(dec) + Math.cos(lat * rad) * Math.cos(dec) * Math.cos(hour)) / rad;
}
