// Typed arrays and their views, rounding, conversions, odd arithmetic.
//= float32(0.1) refusable
export const float32 = (x) => { const f = new Float32Array(1); f[0] = x; return f[0] * f[0]; };
//= uint8Clamped(100.4) refusable
export const uint8Clamped = (x) => { const c = new Uint8ClampedArray([x, x * 3]); return c[0] + c[1]; };
//= int32(3.7) refusable
export const int32 = (x) => new Int32Array([x])[0] * x;
//= viewOfBytes(1.5) refusable
export const viewOfBytes = (x) => { const f = new Float64Array([x]); const b = new Uint8Array(f.buffer); b[7] ^= 0x80; return f[0]; };
//= fastInvSqrt(2.5) refusable
export const fastInvSqrt = (x) => { const f = new Float32Array(1), i = new Int32Array(f.buffer); f[0] = x; i[0] = 0x5f3759df - (i[0] >> 1); let y = f[0]; y *= 1.5 - 0.5 * x * y * y; y *= 1.5 - 0.5 * x * y * y; return y; };
//= dataView(1.5) refusable
export const dataView = (x) => { const d = new DataView(new ArrayBuffer(8)); d.setFloat64(0, x); return d.getFloat64(0) * 2; };
//= exponentBits(6.5) refusable
export const exponentBits = (x) => { const d = new DataView(new ArrayBuffer(8)); d.setFloat64(0, x); const e = ((d.getUint32(0) >> 20) & 0x7ff) - 1023; return x / 2 ** e; };
//= subarrayShares(1.5, 2)
export const subarrayShares = (a, b) => { const f = Float64Array.of(a, b, a * b); const s = f.subarray(1); s[0] = a * a; return f[1] + s[1]; };
//= sliceCopies(1.5, 2)
export const sliceCopies = (a, b) => { const f = Float64Array.of(a, b); const s = f.slice(); s[0] = 100; return f[0] * s[1]; };
//= magicRounding(2.3) refusable
export const magicRounding = (x) => { const big = 6755399441055744; return x - ((x + big) - big); };
//= fractional(2.3)
export const fractional = (x) => x - Math.floor(x);
//= modulo(7.5, 2)
export const modulo = (x, y) => ((x % y) + y) % y;
//= negativeModulo(-7.5, 2)
export const negativeModulo = (x, y) => x % y;
//= doubleFloor(2.3) refusable
export const doubleFloor = (x) => ~~x * x;
//= frexp(6.5) refusable
export function frexp(x) { let e = Math.max(-1023, Math.floor(Math.log2(x)) + 1), m = x * 2 ** -e; while (m < 0.5) { m *= 2; e--; } while (m >= 1) { m *= 0.5; e++; } return m + e; }
//= kahan([0.1, 0.2, 0.3, 1e10])
export function kahan(xs) { let s = 0, c = 0; for (const x of xs) { const y = x - c, t = s + y; c = t - s - y; s = t; } return s; }
//= twoSum(0.1, 0.7)
export function twoSum(a, b) { const s = a + b, bb = s - a, e = a - (s - bb) + (b - bb); return s + 1000 * e; }
//= split(0.7)
export function split(a) { const c = 134217729 * a, hi = c - (c - a); return hi * hi + (a - hi); }
//= bigIndex(3, 2) refusable
export const bigIndex = (n, x) => { const k = BigInt(n); return Number(k * k) * x; };
//= expDifference(1.5)
export const expDifference = (x) => Math.exp(x) - Math.exp(-x) - 2 * Math.sinh(x) + x;
//= powZero(0, 2) refusable
export const powZero = (x, y) => x ** y + y;
//= zeroPowZero(0) special
export const zeroPowZero = (x) => x ** x;
//= absAtZero(0) special
export const absAtZero = (x) => Math.abs(x);
//= cancelledKink(0)
export const cancelledKink = (x) => Math.abs(x) - Math.abs(-x) + 3 * x;
//= reluSum(0)
export const reluSum = (x) => Math.max(x, 0) - Math.max(-x, 0);
//= sqrtSquare(0) special
export const sqrtSquare = (x) => Math.sqrt(x * x);
//= removable(0) refusable
export const removable = (x) => (x === 0 ? 1 : Math.sin(x) / x);
//= removableWrong(0) special
export const removableWrong = (x) => (x === 0 ? 0 : Math.sin(x) / x);
//= guarded(0, 0)
export const guarded = (x, y) => { const r = Math.hypot(x, y); return r > 0 ? (x * y) / r : 0; };
//= equalityTrap(2)
export const equalityTrap = (x) => (x === 2 ? 4 : x * x);
//= productAtZero(0, 3)
export const productAtZero = (x, y) => (x === 0 ? 0 : x * y);
