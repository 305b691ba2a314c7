import { program } from './corpus.ts';

export const physics = program(
  'physics',
  String.raw`
const G = 6.6743e-11, c = 299792458, kB = 1.380649e-23, h = 6.62607015e-34;
const MU_EARTH = 3.986004418e14, R_EARTH = 6378137.0, J2 = 1.08263e-3;

//= projectileRange(30, 0.7, 9.81) H
//= projectileRange(30, 0.7853981633974483, 9.81)
export function projectileRange(v: number, angle: number, g = 9.81): number {
  return (v ** 2 * Math.sin(2 * angle)) / g;
}
//= pendulumPeriod(1.2, 0.5)
//= pendulumPeriod(1.2, 0)
export function pendulumPeriod(length: number, amplitude: number): number {
  // by the arithmetic-geometric mean
  let a = 1, b = Math.cos(amplitude / 2);
  while (Math.abs(a - b) > 1e-15) [a, b] = [(a + b) / 2, Math.sqrt(a * b)];
  return (2 * Math.PI * Math.sqrt(length / 9.80665)) / a;
}
//= gamma(1e8)
//= gamma(0)
const gammaOf = (v: number) => 1 / Math.sqrt(1 - (v * v) / (c * c));
export const gamma = (v: number) => gammaOf(v);
//= addVelocities(1e8, 2e8) H
export const addVelocities = (u: number, v: number) => (u + v) / (1 + (u * v) / c ** 2);
//= planck(5e-7, 5800)
export function planck(lambda: number, T: number): number {
  return (2 * h * c * c) / Math.pow(lambda, 5) / Math.expm1((h * c) / (lambda * kB * T));
}
//= vanDerWaals(1, 300, 0.0249, 0.5536, 0.03049) H
export const vanDerWaals = (n: number, T: number, V: number, a: number, b: number) =>
  (n * 8.314462618 * T) / (V - n * b) - (a * n ** 2) / V ** 2;
//= lennardJones(1.1, 1, 1) H
export const lennardJones = (r: number, eps: number, sigma: number) => {
  const s6 = (sigma / r) ** 6;
  return 4 * eps * (s6 * s6 - s6);
};
//= morse(1.5, 4.7, 1.9, 0.74) H
export const morse = (r: number, D: number, a: number, re: number) => D * (1 - Math.exp(-a * (r - re))) ** 2;
//= j2Acceleration([7000e3, 1200e3, 800e3])
export function j2Acceleration(r: [number, number, number]): number[] {
  const [x, y, z] = r;
  const r2 = x * x + y * y + z * z;
  const rn = Math.sqrt(r2);
  const k = 1.5 * J2 * MU_EARTH * R_EARTH ** 2 / rn ** 5;
  const f = 5 * z * z / r2;
  return [
    -MU_EARTH * x / rn ** 3 + k * x * (f - 1),
    -MU_EARTH * y / rn ** 3 + k * y * (f - 1),
    -MU_EARTH * z / rn ** 3 + k * z * (f - 3),
  ];
}
//= eccentricAnomaly(1.2, 0.3)
//= eccentricAnomaly(0, 0.3)
//= eccentricAnomaly(3.141592653589793, 0.8)
export function eccentricAnomaly(M: number, e: number): number {
  let E = e < 0.8 ? M : Math.PI;
  for (let i = 0; i < 50; i++) {
    const dE = (E - e * Math.sin(E) - M) / (1 - e * Math.cos(E));
    E -= dE;
    if (Math.abs(dE) < 1e-14) break;
  }
  return E;
}
//= trueAnomaly(1.2, 0.3)
export function trueAnomaly(M: number, e: number) {
  const E = eccentricAnomaly(M, e);
  return 2 * Math.atan2(Math.sqrt(1 + e) * Math.sin(E / 2), Math.sqrt(1 - e) * Math.cos(E / 2));
}
interface Elements { a: number; e: number; i: number; raan: number; argp: number; nu: number }
//= elementsToState({"a":7e6,"e":0.01,"i":0.9,"raan":1.1,"argp":0.4,"nu":2})
//= elementsToState({"a":7e6,"e":0,"i":0,"raan":0,"argp":0,"nu":0})
export function elementsToState({ a, e, i, raan, argp, nu }: Elements) {
  const p = a * (1 - e * e);
  const r = p / (1 + e * Math.cos(nu));
  const q = [r * Math.cos(nu), r * Math.sin(nu), 0];
  const k = Math.sqrt(MU_EARTH / p);
  const w = [-k * Math.sin(nu), k * (e + Math.cos(nu)), 0];
  const [cO, sO, ci, si, cw, sw] = [raan, i, argp].flatMap((t) => [Math.cos(t), Math.sin(t)]);
  const Q = [
    [cO * cw - sO * sw * ci, -cO * sw - sO * cw * ci, sO * si],
    [sO * cw + cO * sw * ci, -sO * sw + cO * cw * ci, -cO * si],
    [sw * si, cw * si, ci],
  ];
  const mul = (m: number[][], v: number[]) => m.map((row) => row.reduce((s, x, j) => s + x * v[j]!, 0));
  return { position: mul(Q, q), velocity: mul(Q, w) };
}
//= visViva(7e6, 8e6)
export const visViva = (r: number, a: number) => Math.sqrt(MU_EARTH * (2 / r - 1 / a));
//= hohmann(6.7e6, 4.2e7)
export function hohmann(r1: number, r2: number) {
  const at = (r1 + r2) / 2;
  const dv1 = Math.abs(Math.sqrt(MU_EARTH * (2 / r1 - 1 / at)) - Math.sqrt(MU_EARTH / r1));
  const dv2 = Math.abs(Math.sqrt(MU_EARTH / r2) - Math.sqrt(MU_EARTH * (2 / r2 - 1 / at)));
  return { dv1, dv2, total: dv1 + dv2, time: Math.PI * Math.sqrt(at ** 3 / MU_EARTH) };
}
//= stumpff(0.5)
//= stumpff(-0.5)
//= stumpff(0)
export function stumpff(z: number): { C: number; S: number } {
  if (z > 0) {
    const s = Math.sqrt(z);
    return { C: (1 - Math.cos(s)) / z, S: (s - Math.sin(s)) / s ** 3 };
  } else if (z < 0) {
    const s = Math.sqrt(-z);
    return { C: (Math.cosh(s) - 1) / -z, S: (Math.sinh(s) - s) / s ** 3 };
  }
  return { C: 1 / 2, S: 1 / 6 };
}
//= nBodyEnergy([{"m":1,"x":[0,0,0],"v":[0,0.1,0]},{"m":0.5,"x":[1,0.3,0],"v":[0,-0.2,0.1]},{"m":0.1,"x":[-1,1,2],"v":[0.3,0,0]}])
interface Body { m: number; x: number[]; v: number[] }
export function nBodyEnergy(bodies: Body[]): number {
  let energy = 0;
  bodies.forEach((b, i) => {
    energy += 0.5 * b.m * b.v.reduce((s, c) => s + c * c, 0);
    for (const other of bodies.slice(i + 1)) {
      energy -= (b.m * other.m) / Math.hypot(...b.x.map((c, k) => c - other.x[k]!));
    }
  });
  return energy;
}
//= snell(1, 1.5, 0.5)
//= snell(1.5, 1, 1.2)
export function snell(n1: number, n2: number, theta: number): number | null {
  const s = (n1 / n2) * Math.sin(theta);
  if (Math.abs(s) > 1) return Math.PI / 2 - theta * 0;
  return Math.asin(s);
}
//= fresnel(1, 1.5, 0.6)
//= fresnel(1, 1.5, 0)
export function fresnel(n1: number, n2: number, ti: number): [number, number] {
  const cosI = Math.cos(ti);
  const sinT = n1 / n2 * Math.sin(ti);
  const cosT = Math.sqrt(Math.max(0, 1 - sinT * sinT));
  const rs = (n1 * cosI - n2 * cosT) / (n1 * cosI + n2 * cosT);
  const rp = (n1 * cosT - n2 * cosI) / (n1 * cosT + n2 * cosI);
  return [rs * rs, rp * rp];
}
//= rlcImpedance(50, 0.1, 1e-5, 300)
export const rlcImpedance = (R: number, L: number, C: number, w: number) => {
  const X = w * L - 1 / (w * C);
  return { magnitude: Math.hypot(R, X), phase: Math.atan2(X, R) };
};
//= airDensity(5000)
//= airDensity(11000) special
//= airDensity(15000)
export function airDensity(alt: number): number {
  let T: number, p: number;
  if (alt < 11000) {
    T = 15.04 - 0.00649 * alt;
    p = 101.29 * Math.pow((T + 273.1) / 288.08, 5.256);
  } else if (alt < 25000) {
    T = -56.46;
    p = 22.65 * Math.exp(1.73 - 0.000157 * alt);
  } else {
    T = -131.21 + 0.00299 * alt;
    p = 2.488 * Math.pow((T + 273.1) / 216.6, -11.388);
  }
  return p / (0.2869 * (T + 273.1));
}
//= dragBall(20, 0.6)
export function dragBall(v0: number, angle: number): number {
  let x = 0, y = 1.5, vx = v0 * Math.cos(angle), vy = v0 * Math.sin(angle);
  const dt = 0.01;
  for (let t = 0; t < 0.5; t += dt) {
    const v = Math.sqrt(vx * vx + vy * vy);
    vx += -0.02 * v * vx * dt;
    vy += (-9.81 - 0.02 * v * vy) * dt;
    x += vx * dt;
    y += vy * dt;
  }
  return x + 0.1 * y;
}
//= carnot(300, 500)
export const carnot = (cold: number, hot: number): number => { if (hot <= cold) throw new RangeError('hot > cold'); return 1 - cold / hot; };
//= debye(0.8)
export function debye(x: number): number {
  const f = (t: number) => (t === 0 ? 0 : t ** 3 / (Math.exp(t) - 1));
  const n = 40, hh = x / n;
  let s = f(0) + f(x);
  for (let i = 1; i < n; i++) s += (i % 2 === 0 ? 2 : 4) * f(i * hh);
  return (3 / x ** 3) * (s * hh / 3);
}
//= reducedMass(1, 2) H
export const reducedMass = (...m: number[]) => 1 / m.map((x) => 1 / x).reduce((a, b) => a + b);
`,
);

export const geodesy = program(
  'geodesy',
  String.raw`
const toRad = (d: number) => d * Math.PI / 180, toDeg = (r: number) => r * 180 / Math.PI;
const a = 6378137, f = 1 / 298.257223563, b = (1 - f) * a;
const e2 = f * (2 - f);

//= haversine(52.52, 13.405, 48.8566, 2.3522)
//= haversine(0, 0, 0, 180) special
//= haversine(10, 20, 10, 20) special
export function haversine(lat1: number, lon1: number, lat2: number, lon2: number): number {
  const R = 6371e3;
  const p1 = toRad(lat1), p2 = toRad(lat2);
  const dp = toRad(lat2 - lat1), dl = toRad(lon2 - lon1);
  const s = Math.sin(dp / 2) ** 2 + Math.cos(p1) * Math.cos(p2) * Math.sin(dl / 2) ** 2;
  return R * 2 * Math.atan2(Math.sqrt(s), Math.sqrt(1 - s));
}
//= bearing(52.52, 13.405, 48.8566, 2.3522)
export function bearing(lat1: number, lon1: number, lat2: number, lon2: number): number {
  const y = Math.sin(toRad(lon2 - lon1)) * Math.cos(toRad(lat2));
  const x = Math.cos(toRad(lat1)) * Math.sin(toRad(lat2)) - Math.sin(toRad(lat1)) * Math.cos(toRad(lat2)) * Math.cos(toRad(lon2 - lon1));
  return (toDeg(Math.atan2(y, x)) + 360) % 360;
}
//= vincenty(52.52, 13.405, 48.8566, 2.3522)
//= vincenty(-33.9, 18.4, -34.6, -58.4)
export function vincenty(lat1: number, lon1: number, lat2: number, lon2: number): number {
  const L = toRad(lon2 - lon1);
  const U1 = Math.atan((1 - f) * Math.tan(toRad(lat1)));
  const U2 = Math.atan((1 - f) * Math.tan(toRad(lat2)));
  const [sinU1, cosU1, sinU2, cosU2] = [Math.sin(U1), Math.cos(U1), Math.sin(U2), Math.cos(U2)];
  let lambda = L, lambdaP: number, iter = 100;
  let sinSigma = 0, cosSigma = 0, sigma = 0, cosSqAlpha = 0, cos2SigmaM = 0;
  do {
    const sinLambda = Math.sin(lambda), cosLambda = Math.cos(lambda);
    sinSigma = Math.sqrt((cosU2 * sinLambda) ** 2 + (cosU1 * sinU2 - sinU1 * cosU2 * cosLambda) ** 2);
    if (sinSigma === 0) return 0;
    cosSigma = sinU1 * sinU2 + cosU1 * cosU2 * cosLambda;
    sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = cosU1 * cosU2 * sinLambda / sinSigma;
    cosSqAlpha = 1 - sinAlpha * sinAlpha;
    cos2SigmaM = cosSigma - 2 * sinU1 * sinU2 / cosSqAlpha;
    if (isNaN(cos2SigmaM)) cos2SigmaM = 0;
    const C = f / 16 * cosSqAlpha * (4 + f * (4 - 3 * cosSqAlpha));
    lambdaP = lambda;
    lambda = L + (1 - C) * f * sinAlpha * (sigma + C * sinSigma * (cos2SigmaM + C * cosSigma * (-1 + 2 * cos2SigmaM * cos2SigmaM)));
  } while (Math.abs(lambda - lambdaP) > 1e-12 && --iter > 0);
  if (iter === 0) return NaN;
  const uSq = cosSqAlpha * (a * a - b * b) / (b * b);
  const A = 1 + uSq / 16384 * (4096 + uSq * (-768 + uSq * (320 - 175 * uSq)));
  const B = uSq / 1024 * (256 + uSq * (-128 + uSq * (74 - 47 * uSq)));
  const dSigma = B * sinSigma * (cos2SigmaM + B / 4 * (cosSigma * (-1 + 2 * cos2SigmaM ** 2) - B / 6 * cos2SigmaM * (-3 + 4 * sinSigma ** 2) * (-3 + 4 * cos2SigmaM ** 2)));
  return b * A * (sigma - dSigma);
}
//= toUTM(48.2, 11.6)
//= toUTM(0, 3)
export function toUTM(lat: number, lon: number): { easting: number; northing: number; zone: number } {
  const zone = Math.floor((lon + 180) / 6) + 1;
  const lon0 = toRad((zone - 1) * 6 - 180 + 3);
  const phi = toRad(lat), lam = toRad(lon) - lon0;
  const n = f / (2 - f);
  const A = a / (1 + n) * (1 + n ** 2 / 4 + n ** 4 / 64);
  const alpha = [NaN, n / 2 - 2 * n ** 2 / 3 + 5 * n ** 3 / 16, 13 * n ** 2 / 48 - 3 * n ** 3 / 5, 61 * n ** 3 / 240];
  const t = Math.sinh(Math.atanh(Math.sin(phi)) - 2 * Math.sqrt(n) / (1 + n) * Math.atanh(2 * Math.sqrt(n) / (1 + n) * Math.sin(phi)));
  const xi = Math.atan2(t, Math.cos(lam)), eta = Math.atanh(Math.sin(lam) / Math.sqrt(1 + t * t));
  let E = eta, N = xi;
  for (let j = 1; j <= 3; j++) {
    E += alpha[j]! * Math.cos(2 * j * xi) * Math.sinh(2 * j * eta);
    N += alpha[j]! * Math.sin(2 * j * xi) * Math.cosh(2 * j * eta);
  }
  return { easting: 500e3 + 0.9996 * A * E, northing: 0.9996 * A * N, zone };
}
//= geodeticToEcef({"lat":0.8,"lon":0.2,"h":100})
export function geodeticToEcef(p: { lat: number; lon: number; h: number }) {
  const s = Math.sin(p.lat), N = a / Math.sqrt(1 - e2 * s * s);
  return {
    x: (N + p.h) * Math.cos(p.lat) * Math.cos(p.lon),
    y: (N + p.h) * Math.cos(p.lat) * Math.sin(p.lon),
    z: (N * (1 - e2) + p.h) * s,
  };
}
//= ecefToGeodetic(4177000, 855000, 4728000)
export function ecefToGeodetic(x: number, y: number, z: number): [number, number, number] {
  const p = Math.hypot(x, y);
  let lat = Math.atan2(z, p * (1 - e2)), h = 0;
  for (let i = 0; i < 20; ++i) {
    const N = a / Math.sqrt(1 - e2 * Math.sin(lat) ** 2);
    h = p / Math.cos(lat) - N;
    const next = Math.atan2(z, p * (1 - e2 * N / (N + h)));
    if (Math.abs(next - lat) < 1e-13) { lat = next; break; }
    lat = next;
  }
  return [lat, Math.atan2(y, x), h];
}
//= mercator(0.5, 0.8)
export const mercator = (lon: number, lat: number) => [a * lon, a * Math.log(Math.tan(Math.PI / 4 + lat / 2))] as const;
//= meridianArc(0.7)
export function meridianArc(phi: number): number {
  const e4 = e2 * e2, e6 = e4 * e2;
  const M0 = 1 - e2 / 4 - 3 * e4 / 64 - 5 * e6 / 256;
  const M2 = 3 / 8 * (e2 + e4 / 4 + 15 * e6 / 128);
  const M4 = 15 / 256 * (e4 + 3 * e6 / 4);
  const M6 = 35 / 3072 * e6;
  return a * (M0 * phi - M2 * Math.sin(2 * phi) + M4 * Math.sin(4 * phi) - M6 * Math.sin(6 * phi));
}
//= polygonArea([[0,0],[2,0.1],[2.2,1.9],[0.3,2.4]])
//= polygonArea([[0,0],[1,1],[2,2]]) special
export const polygonArea = (pts: number[][]): number =>
  Math.abs(pts.reduce((s, [x, y], i) => {
    const [xn, yn] = pts[(i + 1) % pts.length]!;
    return s + x! * yn! - xn! * y!;
  }, 0)) / 2;
//= sunDeclination(120.5)
export const sunDeclination = (day: number) => toDeg(Math.asin(0.39779 * Math.cos(toRad(0.98565 * (day + 10) + 1.914 * Math.sin(toRad(0.98565 * (day - 2)))))));
`,
);

export const colour = program(
  'colour',
  String.raw`
type RGB = [r: number, g: number, b: number];
//= linearize(0.5)
//= linearize(0.02)
//= linearize(0.04045) special
export const linearize = (c: number) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
//= delinearize(0.5)
//= delinearize(-0.3)
export function delinearize(c: number): number {
  const sign = c < 0 ? -1 : 1;
  const abs = Math.abs(c);
  return abs > 0.0031308 ? sign * (1.055 * Math.pow(abs, 1 / 2.4) - 0.055) : 12.92 * c;
}
const M = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
] as const;
const WHITE = [0.95047, 1, 1.08883];
//= rgbToLab([0.2, 0.5, 0.8])
//= rgbToLab([0, 0, 0])
//= rgbToLab([1, 1, 1])
export function rgbToLab(rgb: RGB): { L: number; a: number; b: number } {
  const lin = rgb.map(linearize);
  const [x, y, z] = M.map((row, i) => (row[0] * lin[0]! + row[1] * lin[1]! + row[2] * lin[2]!) / WHITE[i]!)
    .map((t) => t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29) as RGB;
  return { L: 116 * y - 16, a: 500 * (x - y), b: 200 * (y - z) };
}
//= rgbToOklch([0.9, 0.3, 0.1])
//= rgbToOklch([0.1, 0.2, 0.9])
export function rgbToOklch([r, g, b]: RGB) {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const A = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const B = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  let hue = Math.atan2(B, A) * 180 / Math.PI;
  if (hue < 0) hue += 360;
  return { L: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, C: Math.sqrt(A * A + B * B), h: hue };
}
//= hslToRgb(200, 0.6, 0.4)
//= hslToRgb(30, 0.6, 0.7)
export function hslToRgb(h: number, s: number, l: number): number[] {
  const k = (n: number) => (n + h / 30) % 12;
  const a = s * Math.min(l, 1 - l);
  const f = (n: number) => l - a * Math.max(-1, Math.min(k(n) - 3, Math.min(9 - k(n), 1)));
  return [f(0), f(8), f(4)];
}
//= rgbToHsv(0.2, 0.5, 0.8)
//= rgbToHsv(0.9, 0.5, 0.1)
//= rgbToHsv(0.5, 0.5, 0.1) special
export function rgbToHsv(r: number, g: number, b: number): { h: number; s: number; v: number } {
  const max = Math.max(r, g, b), min = Math.min(r, g, b), d = max - min;
  let h = 0;
  if (d !== 0) {
    switch (max) {
      case r: h = ((g - b) / d + (g < b ? 6 : 0)) * 60; break;
      case g: h = ((b - r) / d + 2) * 60; break;
      case b: h = ((r - g) / d + 4) * 60; break;
    }
  }
  return { h, s: max === 0 ? 0 : d / max, v: max };
}
//= deltaE76({"L":50,"a":2.6,"b":-79},{"L":51,"a":0,"b":-82})
export const deltaE76 = (p: any, q: any) => Math.hypot(p.L - q.L, p.a - q.a, p.b - q.b);
//= ciede2000([50, 2.6772, -79.7751], [50, 0, -82.7485])
//= ciede2000([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387])
export function ciede2000(lab1: number[], lab2: number[]): number {
  const [L1, a1, b1] = lab1 as RGB, [L2, a2, b2] = lab2 as RGB;
  const rad = Math.PI / 180;
  const C1 = Math.sqrt(a1 ** 2 + b1 ** 2), C2 = Math.sqrt(a2 ** 2 + b2 ** 2);
  const Cm = (C1 + C2) / 2;
  const G = 0.5 * (1 - Math.sqrt(Cm ** 7 / (Cm ** 7 + 25 ** 7)));
  const ap1 = (1 + G) * a1, ap2 = (1 + G) * a2;
  const Cp1 = Math.hypot(ap1, b1), Cp2 = Math.hypot(ap2, b2);
  const hp = (x: number, y: number) => { if (x === 0 && y === 0) return 0; const t = Math.atan2(y, x) / rad; return t >= 0 ? t : t + 360; };
  const h1 = hp(ap1, b1), h2 = hp(ap2, b2);
  const dL = L2 - L1, dC = Cp2 - Cp1;
  let dh = h2 - h1;
  if (Cp1 * Cp2 === 0) dh = 0;
  else if (dh > 180) dh -= 360;
  else if (dh < -180) dh += 360;
  const dH = 2 * Math.sqrt(Cp1 * Cp2) * Math.sin(dh / 2 * rad);
  const Lm = (L1 + L2) / 2, Cpm = (Cp1 + Cp2) / 2;
  let hm = h1 + h2;
  if (Cp1 * Cp2 !== 0) {
    if (Math.abs(h1 - h2) <= 180) hm /= 2;
    else hm = hm < 360 ? (hm + 360) / 2 : (hm - 360) / 2;
  }
  const T = 1 - 0.17 * Math.cos((hm - 30) * rad) + 0.24 * Math.cos(2 * hm * rad) + 0.32 * Math.cos((3 * hm + 6) * rad) - 0.2 * Math.cos((4 * hm - 63) * rad);
  const dTheta = 30 * Math.exp(-(((hm - 275) / 25) ** 2));
  const RC = 2 * Math.sqrt(Cpm ** 7 / (Cpm ** 7 + 25 ** 7));
  const SL = 1 + 0.015 * (Lm - 50) ** 2 / Math.sqrt(20 + (Lm - 50) ** 2);
  const SC = 1 + 0.045 * Cpm, SH = 1 + 0.015 * Cpm * T;
  const RT = -Math.sin(2 * dTheta * rad) * RC;
  return Math.sqrt((dL / SL) ** 2 + (dC / SC) ** 2 + (dH / SH) ** 2 + RT * (dC / SC) * (dH / SH));
}
//= contrastRatio([0.2,0.3,0.4],[0.9,0.8,0.7])
export const contrastRatio = (x: RGB, y: RGB) => {
  const lum = ([r, g, b]: RGB) => 0.2126 * linearize(r) + 0.7152 * linearize(g) + 0.0722 * linearize(b);
  const [hi, lo] = [lum(x), lum(y)].sort((p, q) => q - p);
  return (hi! + 0.05) / (lo! + 0.05);
};
//= acesFilm(0.7)
//= acesFilm(40)
export const acesFilm = (x: number) => Math.min(1, Math.max(0, (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14)));
//= blend({"r":0.1,"g":0.2,"b":0.3,"a":0.5},{"r":0.9,"g":0.8,"b":0.7,"a":0.25})
interface Rgba { r: number; g: number; b: number; a?: number }
export function blend(top: Rgba, bottom: Rgba): Rgba {
  const { a: ta = 1, ...tc } = top, { a: ba = 1, ...bc } = bottom;
  const a = ta + ba * (1 - ta);
  const out = {} as Record<string, number>;
  for (const k of Object.keys(tc) as (keyof typeof tc)[]) out[k] = (tc[k] * ta + bc[k] * ba * (1 - ta)) / a;
  return { ...out, a } as Rgba;
}
//= lumaGamma(0.3, 0.6, 0.1)
export const lumaGamma = (r: number, g: number, b: number) => Math.round((0.2126 * r ** 2.2 + 0.7152 * g ** 2.2 + 0.0722 * b ** 2.2) * 255) / 255 + r;
//= kelvinToRgb(4500)
//= kelvinToRgb(9000)
export function kelvinToRgb(kelvin: number): number[] {
  const t = kelvin / 100;
  const clamp = (x: number) => (x < 0 ? 0 : x > 255 ? 255 : x);
  return [
    t <= 66 ? 255 : 329.698727446 * Math.pow(t - 60, -0.1332047592),
    t <= 66 ? 99.4708025861 * Math.log(t) - 161.1195681661 : 288.1221695283 * Math.pow(t - 60, -0.0755148492),
    t >= 66 ? 255 : t <= 19 ? 0 : 138.5177312231 * Math.log(t - 10) - 305.0447927307,
  ].map(clamp);
}
`,
);
