import type { HuntCase } from './huntCase.ts';

const MADE =
  'function f(x: number[], a: number, n: number) { let r = { p: a, q: 2 }; let q = { p: 1, q: a }; let k = [a, 1]; let l = [2, a];';

const AT = [
  [[1, 2, 3], 0.7, 1],
  [[0.4, 1.2], 0.3, 2],
];

/** A variable is given an object that the same region changes: later it holds what the object holds then. */
export const NAMES: readonly HuntCase[] = [
  {
    name: 'changedAndNamed',
    text: `${MADE} if (a > 0.5) { q.p *= 2 * a; r = q; } return r.p + 10 * r.q; }`,
    at: AT,
    staged: true,
  },
  {
    name: 'changedAndNamedInBothArms',
    text: `${MADE} if (a > 0.9) { q.p *= 2 * a; r = q; } else { r.p += a; q = r; } return r.p + 10 * r.q; }`,
    at: AT,
    staged: true,
  },
  {
    name: 'namedInSomeIterations',
    text: `${MADE} for (let i = 0; i < x.length; i++) { if (x[i] > 1.5) { q.p *= 2 * a; r = q; } } return r.p + 10 * r.q; }`,
    at: AT,
    staged: true,
  },
  {
    name: 'arrayNamedInALoop',
    text: `${MADE} for (let i = 0; i < x.length; i++) { l[0] += x[i]; k = l; } return k[0] + 10 * k[1]; }`,
    at: AT,
    staged: true,
  },
  {
    name: 'arrayNamedInAnArm',
    text: `${MADE} if (a > 0.5) { l[0] += x[1]; k = l; } return k[0] + 10 * k[1]; }`,
    at: AT,
    staged: true,
  },
  {
    name: 'swappedInALoop',
    text: `${MADE} for (let i = 0; i < x.length; i++) { q.p += x[i]; r.p *= 0.5; const t = r; r = q; q = t; } return r.p + 10 * q.p; }`,
    at: AT,
    staged: false,
  },
  {
    name: 'namedInside',
    text: `${MADE} let o = { r, q }; for (let i = 0; i < x.length; i++) { o.q.p += x[i]; o = { r: o.q, q: o.r }; } return o.r.p + 10 * o.q.p; }`,
    at: AT,
    staged: false,
  },
  {
    name: 'fieldNamed',
    text: `${MADE} let o = { r, q }; for (let i = 0; i < x.length; i++) { q.p += x[i]; o.r = q; } return o.r.p + 10 * o.q.p; }`,
    at: AT,
    staged: true,
  },
  {
    name: 'namedWhile',
    text: `${MADE} let v = a; while (v < 5) { q.p += v; r = q; v += 1; } return r.p + v; }`,
    at: AT,
    staged: true,
  },
  {
    name: 'namedAndReturned',
    text: `${MADE} for (let i = 0; i < x.length; i++) { q.p += x[i]; if (q.p > 3) { r = q; return r.p; } r = q; } return r.p * 2; }`,
    at: AT,
    staged: false,
  },
  {
    name: 'namedAndLeft',
    text: `${MADE} for (let i = 0; i < x.length; i++) { q.p += x[i]; if (q.p > 3) { r = q; break; } } return r.p * 2; }`,
    at: AT,
    staged: false,
  },
  {
    name: 'namedInADo',
    text: `${MADE} let i = 0; do { q.p += x[i]; r = q; i++; } while (i < n); return r.p * 2 + q.p; }`,
    at: AT,
    staged: true,
  },
  {
    name: 'namedByAClosure',
    text: `${MADE} const g = () => { q.p += a; return q; }; for (let i = 0; i < n; i++) r = g(); return r.p * 2 + q.p; }`,
    at: AT,
    staged: true,
  },
  {
    name: 'namedInASwitch',
    text: `${MADE} switch (n) { case 1: q.p += a; r = q; case 2: r.q += 3; break; default: r.q = 7; } return r.p + 10 * r.q; }`,
    at: AT,
    staged: true,
  },
  {
    name: 'namedInAChoice',
    text: `${MADE} r = a > 0.5 ? (q.p = 3 * a, q) : r; return r.p + 10 * r.q; }`,
    at: AT,
    staged: true,
  },
  {
    name: 'namedByAnd',
    text: `${MADE} a > 0.5 && (q.p = 3 * a, r = q); return r.p + 10 * r.q; }`,
    at: AT,
    staged: true,
  },
  {
    name: 'namedInATry',
    text: `${MADE} for (let i = 0; i < n; i++) { try { q.p += a; r = q; } finally { q.q += 1; } } return r.p + 10 * r.q; }`,
    at: AT,
    staged: true,
  },
  {
    name: 'namedForEachOf',
    text: `${MADE} for (const v of x) { q.p += v; r = q; q.q += 1; } return r.p + 10 * r.q; }`,
    at: AT,
    staged: true,
  },
  {
    name: 'namedInACallback',
    text: `${MADE} x.forEach((v) => { q.p += v; r = q; q.q += 1; }); return r.p + 10 * r.q; }`,
    at: AT,
    staged: true,
  },
];
