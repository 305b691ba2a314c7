import Ellipsoid from './ellipsoid';
import { rad } from './angles';
type LatLon = readonly [lat: number, lon: number];

export function haversine([lat1, lon1]: LatLon, [lat2, lon2]: LatLon, R = Ellipsoid.SPHERE.a): number {
  const dLat = rad(lat2 - lat1), dLon = rad(lon2 - lon1);
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(rad(lat1)) * Math.cos(rad(lat2)) * Math.sin(dLon / 2) ** 2;
  return 2 * R * Math.asin(Math.min(1, Math.sqrt(h)));
}

export function vincenty(p: LatLon, q: LatLon, { a, b, f }: Ellipsoid = Ellipsoid.WGS84): number {
  const L = rad(q[1] - p[1]);
  const U1 = Math.atan((1 - f) * Math.tan(rad(p[0]))), U2 = Math.atan((1 - f) * Math.tan(rad(q[0])));
  const [sU1, cU1, sU2, cU2] = [Math.sin(U1), Math.cos(U1), Math.sin(U2), Math.cos(U2)];
  let lambda = L, prev = Infinity, sigma = 0, sinS = 0, cosS = 0, cos2a = 0, cos2m = 0, n = 0;
  do {
    const sl = Math.sin(lambda), cl = Math.cos(lambda);
    sinS = Math.sqrt((cU2 * sl) ** 2 + (cU1 * sU2 - sU1 * cU2 * cl) ** 2);
    if (sinS === 0) return 0;
    cosS = sU1 * sU2 + cU1 * cU2 * cl;
    sigma = Math.atan2(sinS, cosS);
    const sinA = (cU1 * cU2 * sl) / sinS;
    cos2a = 1 - sinA * sinA;
    cos2m = cos2a !== 0 ? cosS - (2 * sU1 * sU2) / cos2a : 0;
    const C = (f / 16) * cos2a * (4 + f * (4 - 3 * cos2a));
    prev = lambda;
    lambda = L + (1 - C) * f * sinA * (sigma + C * sinS * (cos2m + C * cosS * (2 * cos2m ** 2 - 1)));
  } while (Math.abs(lambda - prev) > 1e-12 && ++n < 100);
  const u2 = (cos2a * (a * a - b * b)) / (b * b);
  const A = 1 + (u2 / 16384) * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)));
  const B = (u2 / 1024) * (256 + u2 * (-128 + u2 * (74 - 47 * u2)));
  const dS = B * sinS * (cos2m + (B / 4) * (cosS * (2 * cos2m ** 2 - 1) - (B / 6) * cos2m * (4 * sinS ** 2 - 3) * (4 * cos2m ** 2 - 3)));
  return b * A * (sigma - dS);
}
