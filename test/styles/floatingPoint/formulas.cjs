"use strict";
// Polynomials and formulas of physics, on ranges.
exports.doppler1 = function doppler1(u, v, T) {
  return (-(331.4 + 0.6 * T) * v) / ((331.4 + 0.6 * T + u) * (331.4 + 0.6 * T + u));
};
exports.doppler2 = function doppler2(u, v, T) {
  return (-(331.4 + 0.6 * T) * v) / Math.pow(331.4 + 0.6 * T + u, 2);
};
exports.rigidBody1 = function rigidBody1(x1, x2, x3) {
  return -(x1 * x2) - 2 * x2 * x3 - x1 - x3;
};
exports.rigidBody2 = function rigidBody2(x1, x2, x3) {
  return 2 * x1 * x2 * x3 + 3 * x3 * x3 - x2 * x1 * x2 * x3 + 3 * x3 * x3 - x2;
};
exports.turbine1 = function turbine1(v, w, r) {
  return 3 + 2 / (r * r) - 0.125 * (3 - 2 * v) * (w * w * r * r) / (1 - v) - 4.5;
};
exports.turbine2 = function turbine2(v, w, r) {
  return 6 * v - 0.5 * v * (w * w * r * r) / (1 - v) - 2.5;
};
exports.turbine3 = function turbine3(v, w, r) {
  return 3 - 2 / (r * r) - 0.125 * (1 + 2 * v) * (w * w * r * r) / (1 - v) - 0.5;
};
exports.verhulst = function verhulst(x) {
  return 4 * x / (1 + x / 1.11);
};
exports.predatorPrey = function predatorPrey(x) {
  return 4 * x * x / (1 + (x / 1.11) * (x / 1.11));
};
exports.carbonGas = function carbonGas(v) {
  return (35000000 + 0.401 * (1000 / v) * (1000 / v)) * (v - 1000 * 0.0000427) - 1.3806503e-23 * 1000 * 300;
};
exports.sine = function sine(x) {
  return x - x * x * x / 6 + x * x * x * x * x / 120 - x * x * x * x * x * x * x / 5040;
};
exports.sineOrder3 = function sineOrder3(x) {
  return 0.954929658551372 * x - 0.12900613773279798 * (x * x * x);
};
exports.sqroot = function sqroot(x) {
  return 1 + 0.5 * x - 0.125 * x * x + 0.0625 * x * x * x - 0.0390625 * x * x * x * x;
};
exports.himmilbeau = function himmilbeau(x1, x2) {
  return (x1 * x1 + x2 - 11) * (x1 * x1 + x2 - 11) + (x1 + x2 * x2 - 7) * (x1 + x2 * x2 - 7);
};
exports.kepler0 = function kepler0(x1, x2, x3, x4, x5, x6) {
  return x2 * x5 + x3 * x6 - x2 * x3 - x5 * x6 + x1 * (-x1 + x2 + x3 - x4 + x5 + x6);
};
exports.kepler1 = function kepler1(x1, x2, x3, x4) {
  return x1 * x4 * (-x1 + x2 + x3 - x4) + x2 * (x1 - x2 + x3 + x4) + x3 * (x1 + x2 - x3 + x4) - x2 * x3 * x4 - x1 * x3 - x1 * x2 - x4;
};
exports.kepler2 = function kepler2(x1, x2, x3, x4, x5, x6) {
  return x1 * x4 * (-x1 + x2 + x3 - x4 + x5 + x6) + x2 * x5 * (x1 - x2 + x3 + x4 - x5 + x6) + x3 * x6 * (x1 + x2 - x3 + x4 + x5 - x6) - x2 * x3 * x4 - x1 * x3 * x5 - x1 * x2 * x6 - x4 * x5 * x6;
};
exports.delta4 = function delta4(x1, x2, x3, x4, x5, x6) {
  return -x2 * x3 - x1 * x4 + x2 * x5 + x3 * x6 - x5 * x6 + x1 * (-x1 + x2 + x3 - x4 + x5 + x6);
};
exports.floudas1 = function floudas1(x1, x2, x3, x4, x5, x6) {
  return -25 * (x1 - 2) ** 2 - (x2 - 2) ** 2 - (x3 - 1) ** 2 - (x4 - 4) ** 2 - (x5 - 1) ** 2 - (x6 - 4) ** 2;
};
exports.jetEngineInner = function jetEngineInner(x1, x2) {
  return (3 * x1 * x1 + 2 * x2 - x1) / (x1 * x1 + 1);
};
exports.azimuth = function azimuth(lat1, lat2, lon1, lon2) {
  return Math.atan2(Math.cos(lat2) * Math.sin(lon2 - lon1), Math.cos(lat1) * Math.sin(lat2) - Math.sin(lat1) * Math.cos(lat2) * Math.cos(lon2 - lon1));
};
exports.greatCircle = function greatCircle(lat1, lon1, lat2, lon2) {
  return Math.acos(Math.sin(lat1) * Math.sin(lat2) + Math.cos(lat1) * Math.cos(lat2) * Math.cos(lon1 - lon2));
};
exports.cartesianToPolarAngle = function cartesianToPolarAngle(x, y) {
  return Math.atan(y / x) * 57.295779513;
};
exports.polarToCartesianX = function polarToCartesianX(radius, theta) {
  return radius * Math.cos(theta * 0.017453292519);
};
exports.instantaneousCurrent = function instantaneousCurrent(t, resistance, frequency, inductance, maxVoltage) {
  return (maxVoltage / Math.sqrt(resistance * resistance + (2 * 3.14159265359 * frequency * inductance) * (2 * 3.14159265359 * frequency * inductance))) * Math.cos(2 * 3.14159265359 * frequency * t + Math.atan(2 * 3.14159265359 * frequency * inductance / resistance));
};
exports.matrixDeterminant = function matrixDeterminant(a, b, c, d, e, f, g, h, i) {
  return (a * e * i + b * f * g + c * d * h) - (c * e * g + b * d * i + a * f * h);
};
exports.matrixDeterminant2 = function matrixDeterminant2(a, b, c, d, e, f, g, h, i) {
  return a * (e * i) + (g * (b * f) + c * (d * h)) - (e * (c * g) + i * (b * d) + a * (f * h));
};
exports.rump = function rump(a, b) {
  return 333.75 * b ** 6 + a * a * (11 * a * a * b * b - b ** 6 - 121 * b ** 4 - 2) + 5.5 * b ** 8 + a / (2 * b);
};
exports.rumpPolynomial = function rumpPolynomial(x, y) {
  return 9 * x * x * x * x - y * y * y * y + 2 * y * y;
};
exports.triangleHeron = function triangleHeron(a, b, c) {
  return Math.sqrt((a + b + c) / 2 * ((a + b + c) / 2 - a) * ((a + b + c) / 2 - b) * ((a + b + c) / 2 - c));
};
exports.triangleKahan = function triangleKahan(a, b, c) {
  return Math.sqrt((a + (b + c)) * (c - (a - b)) * (c + (a - b)) * (a + (b - c))) / 4;
};
exports.i4 = function i4(x, y) {
  return Math.sqrt(x + y * y);
};
exports.i6 = function i6(x, y) {
  return Math.sin(x * y);
};
exports.nonlin1 = function nonlin1(z) {
  return z / (z + 1);
};
exports.nonlin2 = function nonlin2(x, y) {
  return (x * y - 1) / (x * x * y * y - 1);
};
exports.xByXY = function xByXY(x, y) {
  return x / (x + y);
};
exports.sum8 = function sum8(a, b, c, d, e, f, g, h) {
  return a + b + c + d + e + f + g + h;
};
exports.sphere = function sphere(x, r, lat, lon) {
  return x + r * Math.sin(lat) * Math.cos(lon);
};
exports.hartman3 = function hartman3(x1, x2, x3) {
  return -(1.0 * Math.exp(-(3.0 * (x1 - 0.3689) ** 2 + 10 * (x2 - 0.117) ** 2 + 30 * (x3 - 0.2673) ** 2)) + 1.2 * Math.exp(-(0.1 * (x1 - 0.4699) ** 2 + 10 * (x2 - 0.4387) ** 2 + 35 * (x3 - 0.747) ** 2)) + 3.0 * Math.exp(-(3.0 * (x1 - 0.1091) ** 2 + 10 * (x2 - 0.8732) ** 2 + 30 * (x3 - 0.5547) ** 2)) + 3.2 * Math.exp(-(0.1 * (x1 - 0.03815) ** 2 + 10 * (x2 - 0.5743) ** 2 + 35 * (x3 - 0.8828) ** 2)));
};
exports.bspline0 = function bspline0(u) {
  return (1 - u) * (1 - u) * (1 - u) / 6;
};
exports.bspline1 = function bspline1(u) {
  return (3 * u * u * u - 6 * u * u + 4) / 6;
};
exports.bspline2 = function bspline2(u) {
  return (-3 * u * u * u + 3 * u * u + 3 * u + 1) / 6;
};
exports.bspline3 = function bspline3(u) {
  return -u * u * u / 6;
};
exports.exp1x = function exp1x(x) {
  return (Math.exp(x) - 1) / x;
};
exports.exp1xLog = function exp1xLog(x) {
  return (Math.exp(x) - 1) / Math.log(Math.exp(x));
};
exports.discriminant = function discriminant(a, b, c) {
  return b * b - 4 * a * c;
};
exports.sigmoid = function sigmoid(x) {
  return 1 / (1 + Math.exp(-x));
};
exports.logit = function logit(p) {
  return Math.log(p / (1 - p));
};
exports.normalDensity = function normalDensity(x, m, s) {
  return Math.exp(-(x - m) * (x - m) / (2 * s * s)) / (s * Math.sqrt(2 * Math.PI));
};
exports.logSumExp2 = function logSumExp2(a, b) {
  return Math.log(Math.exp(a) + Math.exp(b));
};
exports.ramanujanPerimeter = function ramanujanPerimeter(a, b) {
  return Math.PI * (3 * (a + b) - Math.sqrt((3 * a + b) * (a + 3 * b)));
};
exports.paretoTail = function paretoTail(x, k) {
  return 1 - Math.pow(1 + x, -k);
};
exports.harmonicMean = function harmonicMean(a, b) {
  return 2 / (1 / a + 1 / b);
};
exports.invCot = function invCot(x) {
  return 1 / Math.tan(x) - 1 / x;
};
exports.twoSqrt = function twoSqrt(x) {
  return Math.sqrt((Math.exp(2 * x) - 1) / (Math.exp(x) - 1));
};
exports.expSquareRoot = function expSquareRoot(x) {
  return (Math.exp(x) - 1 - x) / (x * x);
};
exports.tanSinOverCube = function tanSinOverCube(x) {
  return (Math.tan(x) - Math.sin(x)) / (x * x * x);
};
exports.cosSquared = function cosSquared(x) {
  return Math.cos(x) * Math.cos(x) - Math.sin(x) * Math.sin(x);
};
exports.gammaStirling = function gammaStirling(x) {
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x * x * x);
};
exports.vanDerWaals = function vanDerWaals(T, V) {
  return 8.314462618 * T / (V - 4.27e-5) - 0.3640 / (V * V);
};
exports.planck = function planck(nu, T) {
  return 1.4745e-50 * Math.pow(nu, 3) / (Math.exp(4.799243e-11 * nu / T) - 1);
};
exports.lorentz = function lorentz(v) {
  return 1 / Math.sqrt(1 - v * v / 8.987551787368176e16);
};
exports.relativeVelocity = function relativeVelocity(u, v) {
  return (u + v) / (1 + u * v);
};
exports.annuity = function annuity(rate, n) {
  return rate / (1 - Math.pow(1 + rate, -n));
};
exports.effectiveRate = function effectiveRate(i, n) {
  return 100 * (Math.pow(1 + i / n, n) - 1) / (i / n);
};
exports.lens = function lens(n, r1, r2, d) {
  return 1 / ((n - 1) * (1 / r1 - 1 / r2 + (n - 1) * d / (n * r1 * r2)));
};
exports.gravityPair = function gravityPair(x, y, z) {
  return -1 / Math.pow(x * x + y * y + z * z, 1.5);
};
exports.expSin = function expSin(x) {
  return Math.exp(-x * x / 2) * Math.sin(10 * x) * Math.pow(x, 3);
};
exports.hypotRatio = function hypotRatio(x, y) {
  return (Math.hypot(x, y) - x) / y;
};
exports.log1pOver = function log1pOver(x) {
  return Math.log1p(x) / x;
};
exports.entropyBinary = function entropyBinary(p) {
  return -p * Math.log(p) / Math.log(2) - (1 - p) * Math.log(1 - p) / Math.log(2);
};
exports.arcsecArea = function arcsecArea(r, h) {
  return r * r * Math.acos((r - h) / r) - (r - h) * Math.sqrt(2 * r * h - h * h);
};
