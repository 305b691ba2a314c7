import Ellipsoid from './ellipsoid';
import { rad, wrap } from './angles';
export type Projection = (lat: number, lon: number) => { x: number; y: number };

export const mercator: Projection = (lat, lon) => {
  const { a, e2 } = Ellipsoid.WGS84, e = Math.sqrt(e2), phi = rad(lat), s = e * Math.sin(phi);
  return { x: a * rad(wrap(lon)), y: a * Math.log(Math.tan(Math.PI / 4 + phi / 2) * ((1 - s) / (1 + s)) ** (e / 2)) };
};

//= transverse(48.1, 11.6)
export const transverse = (lat: number, lon: number, lon0 = 9) => {
  const { a, e2 } = Ellipsoid.WGS84;
  const phi = rad(lat), N = Ellipsoid.WGS84.primeVertical(phi);
  const T = Math.tan(phi) ** 2, C = (e2 / (1 - e2)) * Math.cos(phi) ** 2, A = rad(lon - lon0) * Math.cos(phi);
  const M = a * ((1 - e2 / 4 - (3 * e2 ** 2) / 64) * phi - ((3 * e2) / 8 + (3 * e2 ** 2) / 32) * Math.sin(2 * phi) + ((15 * e2 ** 2) / 256) * Math.sin(4 * phi));
  return [0.9996 * N * (A + ((1 - T + C) * A ** 3) / 6), 0.9996 * (M + N * Math.tan(phi) * (A ** 2 / 2 + ((5 - T + 9 * C + 4 * C * C) * A ** 4) / 24))];
};

//= ecef(48.1, 11.6, 520)
export function ecef(lat: number, lon: number, h: number) {
  const phi = rad(lat), l = rad(lon), N = Ellipsoid.WGS84.primeVertical(phi);
  return { x: (N + h) * Math.cos(phi) * Math.cos(l), y: (N + h) * Math.cos(phi) * Math.sin(l), z: (N * (1 - Ellipsoid.WGS84.e2) + h) * Math.sin(phi) };
}

//= geodetic(4177000, 855000, 4727000)
export function geodetic(x: number, y: number, z: number) {
  const { a, b, e2 } = Ellipsoid.WGS84, p = Math.hypot(x, y);
  const th = Math.atan2(z * a, p * b);
  const phi = Math.atan2(z + ((a * a - b * b) / b) * Math.sin(th) ** 3, p - e2 * a * Math.cos(th) ** 3);
  return [phi, Math.atan2(y, x), p / Math.cos(phi) - Ellipsoid.WGS84.primeVertical(phi)];
}
