// What an input chooses, rather than what it is worth.

//= byBoolean(1.5) refusable
export function byBoolean(x) { const positive = x > 0; return positive * 3 + x; }
//= signByBooleans(2.5) refusable
export const signByBooleans = (x) => (x > 0) - (x < 0) + x * x;
//= tableIndex(2, 1.5) refusable
export function tableIndex(i, x) { return [1, 4, 9, 16][i] * x; }
//= truncatedIndex(2.6) refusable
export function truncatedIndex(x) { const t = [1, 4, 9, 16]; return t[x | 0] + (x - (x | 0)) * (t[(x | 0) + 1] - t[x | 0]); }
//= roundedKey(2.3) refusable
export function roundedKey(x) { const o = { 2: 5, 3: 7 }; return o[Math.round(x)] * x; }
//= textKey(2) refusable
export function textKey(x) { const o = { '2': (y) => y * y, '3': (y) => y }; return o[String(x)](x); }
//= parsed(2.5) refusable
export const parsed = (x) => parseFloat(x.toFixed(3)) * 2 + x;
//= viaTemplate(2.5) refusable
export const viaTemplate = (x) => Number(`${x}`) ** 2;
//= viaJson(2.5) refusable
export const viaJson = (x) => JSON.parse(JSON.stringify({ v: x })).v * 3;
//= viaText(2.5) refusable
export const viaText = (x) => +String(x) * x;
//= textLength(2.5) refusable
export const textLength = (x) => String(x).length * x;
//= precision(2.34567) refusable
export const precision = (x) => +x.toPrecision(3) * x;
//= viaSplit(1.5, 2.5) refusable
export const viaSplit = (a, b) => [a, b].join(';').split(';').map(Number).reduce((p, q) => p * q);
//= viaDate(86400000.5) refusable
export const viaDate = (t) => new Date(t).getTime() / 1e6 + t;
//= viaUtc(129600000.5, 3) refusable
export const viaUtc = (t, x) => new Date(t).getUTCDate() * x;
//= sortedOrder(3, 1.5, 2.25)
export const sortedOrder = (a, b, c) => [a, b, c].sort((p, q) => p - q).reduce((s, v, i) => s + (i + 1) * v, 0);
//= sortedText(3.5, 10.25, 2.5) refusable
export const sortedText = (a, b, c) => [a, b, c].sort().reduce((s, v, i) => s + (i + 1) * v, 0);
//= argmax([3, 7.5, 2]) refusable
export const argmax = (xs) => { const i = xs.indexOf(Math.max(...xs)); return xs[i] * (i + 1); };
//= rank([3, 7.5, 2]) refusable
export const rank = (xs) => xs.map((x) => xs.filter((y) => y < x).length * x).reduce((a, b) => a + b);
//= rankWeighted([3, 7.5, 2])
export const rankWeighted = (xs) => { const order = [...xs.keys()].sort((i, j) => xs[i] - xs[j]); return order.reduce((s, i, r) => s + xs[i] * (r + 1), 0); };
//= histogram([0.5, 1.5, 1.7]) refusable
export const histogram = (xs) => { const h = {}; for (const x of xs) h[Math.floor(x)] = (h[Math.floor(x)] || 0) + x; return h[1] * h[0]; };
//= grouped([1.5, 2.5, 1.5]) special
export function grouped(xs) { const m = new Map(); for (const x of xs) m.set(x, (m.get(x) ?? 0) + 1); let s = 0; for (const [x, n] of m) s += x * n * n; return s; }
//= unique([1.5, 2.5, 1.5]) special
export const unique = (xs) => [...new Set(xs)].reduce((a, b) => a + b, 0);
//= distinct([1.5, 2.5, 3.5]) refusable
export const distinct = (xs) => [...new Set(xs)].reduce((a, b) => a + b * b, 0);
//= includes(2, 3) special
export const includes = (x, y) => ([1, 2, 3].includes(x) ? x * y : y);
//= switched(2, 5) special
export function switched(x, y) { switch (x) { case 1: return y; case 2: return y * y + x; default: return x * y; } }
//= integer(3, 2) special
export const integer = (n, x) => (Number.isInteger(n) ? x * n : x);
//= factorialOrGamma(4) special
export function factorialOrGamma(n) {
  if (n === Math.floor(n)) { let f = 1; for (let i = 2; i <= n; i++) f *= i; return f; }
  return Math.sqrt((2 * Math.PI) / n) * (n / Math.E) ** n;
}
//= evenOdd(4, 2) special
export const evenOdd = (n, x) => (n % 2 === 0 ? x * n : -x);
//= bits(5.5, 2) refusable
export const bits = (x, y) => ((x << 1) ^ 3) * y;
//= shifted(5.5) refusable
export const shifted = (x) => (x >> 1) + x / 2;
//= clamped(2) special
export const clamped = (x) => Math.min(Math.max(x, 0), 2) + x;
//= orDefault(0) special
export const orDefault = (x) => x || 5;
//= andZero(0, 3)
export const andZero = (x, y) => (x && x * y) + y;
//= nanCheck(1.5) refusable
export const nanCheck = (x) => (isNaN(x) ? 0 : x * x);
//= ternaryEq(1) special
export const ternaryEq = (x) => (x == 1 ? 4 : x * x);
//= objectIs(1.5) refusable
export const objectIs = (x) => (Object.is(x, 1.5) ? 2 : x * x);
