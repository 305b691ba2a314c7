import type { HuntCase } from './huntCase.ts';

/** Recursion, classes, buffers and calls. */
export const CALLS: readonly HuntCase[] = [
  {
    name: 'recOuter2',
    text: `function f(x: number, n: number) { let k = 1; const rec = (n: number, x: number): number => n <= 0 ? x : k * rec(n - 1, x); const a = rec(n, x); k = 3; return a + rec(n, x); }`,
    at: [[2, 4]],
    staged: true,
  },
  {
    name: 'recArr',
    text: `function rec(n: number, x: number, w: number[]): number { return n <= 0 ? x : w[0]! * rec(n - 1, x, w); }
function f(x: number, n: number) { const w = [2, 3]; const a = rec(n, x, w); w[0] = 5; return a + rec(n, x, w); }`,
    at: [[2, 4]],
    staged: true,
  },
  {
    name: 'recBuf',
    text: `function sum(x: number[], lo: number, hi: number): number { if (hi - lo <= 1) return x[lo] * x[lo]; const m = (lo + hi) >> 1; return sum(x, lo, m) + sum(x, m, hi); }
function f(x: number[]) { return sum(x, 0, x.length); }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'recCap',
    text: `function f(x: number[]) { const a = x.map((v) => v * v); const rec = (i: number): number => i >= x.length ? 0 : a[i] + rec(i + 1); return rec(0); }`,
    at: [[[1, 2, 3]]],
    staged: false,
  },
  {
    name: 'recThrow',
    text: `function rec(n: number, x: number): number { if (n < 0) throw new Error('neg'); return n === 0 ? x : x * rec(n - 1, x); }
function f(x: number, n: number) { try { return rec(n, x); } catch { return 7 * x; } }`,
    at: [
      [2, 3],
      [2, -1],
    ],
    staged: false,
  },
  {
    name: 'recAlias',
    text: `function go(a: number[], b: number[], i: number): number { if (i >= a.length) return 0; a[i] = a[i] * 2; return b[i] * a[i] + go(a, b, i + 1); }
function f(x: number[]) { const y = x.slice(); const c = new Float64Array(x.length); for (let i = 0; i < x.length; i++) c[i] = x[i]; return go(c as any, c as any, 0); }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'recAlias2',
    text: `function go(a: number[], b: number[], i: number): number { if (i >= a.length) return 0; a[i] = a[i] * 2; return b[i] * a[i] + go(a, b, i + 1); }
function f(x: number[]) { const c = new Float64Array(x.length); for (let i = 0; i < x.length; i++) c[i] = x[i]; return go(c as any, c as any, 0); }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'recMethod',
    text: `class P { constructor(public k: number) {} pow(x: number, n: number): number { return n <= 0 ? 1 : this.k * x * this.pow(x, n - 1); } }
function f(x: number, n: number) { return new P(2).pow(x, n) + new P(3).pow(x, n); }`,
    at: [[2, 3]],
    staged: true,
  },
  {
    name: 'kindArm',
    text: `function f(x: number, n: number) { const a = [1, 2, 3]; if (x > 0) { a[0] = x; a[n] = 2 * x; } return a[0]! * a[1]! + a[2]!; }`,
    at: [
      [2, 1],
      [-2, 1],
    ],
    staged: true,
  },
  {
    name: 'kindLoop',
    text: `function f(x: number, n: number) { const y = [x, 2, 3]; for (let k = 0; k < n; k++) { y[0] = y[0] + 1; for (let j = 0; j < n; j++) y[j] *= x; } return y[0] + y[1] * y[2]; }`,
    at: [[2, 2]],
    staged: true,
  },
  {
    name: 'shortCircuit',
    text: `function f(x: number, y: number) { let n = 0; const g = (v: number) => { n += v; return v > 0; }; const r = (g(x) && g(y)) || g(x * y); return n * (r ? 2 : 3); }`,
    at: [
      [2, 3],
      [-2, 3],
      [2, -3],
    ],
    staged: true,
  },
  {
    name: 'nested',
    text: `function f(x: number[]) { let s = 0; for (let i = 0; i < x.length; i++) { if (x[i] > 1) { if (x[i] > 4) { s += 100; break; } s += x[i]; } s *= 2; } return s; }`,
    at: [[[1, 5, 2]], [[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'nullBest',
    text: `function f(x: number[]) { let best: number | null = null; for (const v of x) if (best === null || v > best) best = v; return best! * 2; }`,
    at: [[[1, 5, 2]]],
    staged: false,
  },
  {
    name: 'fnArm',
    text: `function f(x: number) { const g = x > 0 ? Math.sin : Math.cos; return g(x); }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'strArm',
    text: `function f(x: number) { const k = x > 0 ? 'a' : 'b'; return k === 'a' ? x : 2 * x; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'swap',
    text: `function f(x: number, n: number) { let a = [x, 1], b = [0, 0]; for (let i = 0; i < n; i++) { b[0] = a[0] + a[1]; b[1] = a[1] * x; [a, b] = [b, a]; } return a[0] + a[1]; }`,
    at: [[2, 3]],
    staged: false,
  },
  {
    name: 'derivedCtor',
    text: `class A { v = 0; constructor(v: number) { this.v = v; } } class B extends A { constructor(x: number) { if (x > 0) super(x); else super(3 * x); } }
function f(x: number) { return new B(x).v; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'sameTwice',
    text: `function f(x: number) { const p = {v: x}; return {a: p, b: p}; }`,
    at: [[2]],
    staged: true,
  },
  {
    name: 'pushArm',
    text: `function f(x: number) { const a = [1]; if (x > 0) a.push(x); return a.length * x; }`,
    at: [[2], [-2]],
    staged: true,
  },
  {
    name: 'pushLoop',
    text: `function f(x: number[]) { const a: number[] = []; for (const v of x) a.push(v * v); let s = 0; for (const v of a) s += v; return s; }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'filterSum',
    text: `function f(x: number[]) { return x.filter((v) => v > 0).reduce((a, b) => a + b * b, 0); }`,
    at: [[[1, -2, 3]]],
    staged: true,
  },
  {
    name: 'objLoop',
    text: `function f(x: number[]) { const acc = {n: 0, mean: 0, m2: 0}; for (const v of x) { acc.n++; const d = v - acc.mean; acc.mean += d / acc.n; acc.m2 += d * (v - acc.mean); } return acc.m2 / (acc.n - 1); }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'zeroTrip',
    text: `function f(x: number[]) { let last = -1, i = 0; for (i = 5; i < x.length + 4; i++) last = x[i - 5]; return last + i; }`,
    at: [[[1, 2]], [[]]],
    staged: true,
  },
  {
    name: 'negZero',
    text: `function f(x: number) { return 1 / (x + 0) + 1 / (0 - x) + 1 / (x * 0 + -0); }`,
    at: [[0], [-0]],
    staged: true,
  },
  {
    name: 'nan',
    text: `function f(x: number) { return x !== x ? 1 : x === x ? 2 * x : 3; }`,
    at: [[NaN], [2]],
    staged: true,
  },
  {
    name: 'knownBound',
    text: `function f(x: number) { let s = 0; for (let i = 0; i < 5; i++) s += x ** i; return s; }`,
    at: [[2]],
    staged: true,
  },
  {
    name: 'freeze',
    text: `function f(x: number) { let p: any = Object.freeze({v: x}); if (x > 0) p = Object.freeze({v: 2 * x}); try { p.v = 100; } catch {} return p.v; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'getter',
    text: `class Q { #a; constructor(a: number) { this.#a = a; } get a() { return this.#a; } set a(v: number) { this.#a = v; } }
function f(x: number) { let q = new Q(x); if (x > 0) q = new Q(x * x); q.a += 2; return q.a * x; }`,
    at: [[2], [-2]],
    staged: true,
  },
  {
    name: 'argsObj',
    text: `function g() { let s = 0; for (let i = 0; i < arguments.length; i++) s += arguments[i] * i; return s; }
function f(x: number, y: number) { return (g as any)(x, y, x * y); }`,
    at: [[2, 3]],
    staged: true,
  },
  {
    name: 'boolNum',
    text: `function f(x: number) { let b: any = false; if (x > 0) b = 1; return b ? x : 3; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'labelled',
    text: `function f(x: number[]) { let s = 0; outer: for (let i = 0; i < x.length; i++) { for (let j = 0; j < x.length; j++) { if (x[j] < 0) continue outer; if (s > 20) break outer; s += x[i] * x[j]; } s += 1; } return s; }`,
    at: [[[1, 2, 3]], [[1, -2, 3]]],
    staged: true,
  },
  {
    name: 'switchFall',
    text: `function f(n: number, x: number) { let s = 0; switch (n) { case 1: s += x; case 2: s += 10 * x; break; case 3: return x * x; default: s = -x; } return s * 2; }`,
    at: [
      [1, 2],
      [2, 2],
      [3, 2],
      [9, 2],
    ],
    staged: true,
  },
  {
    name: 'fill2',
    text: `function f(x: number[]) { const a = new Float64Array(x.length).fill(2); for (let i = 1; i < x.length; i++) a[i] += x[i] * x[i]; return a[0] + a[1]; }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'fill3',
    text: `function f(x: number[]) { const a = new Array(x.length).fill(2); let s = 0; for (let i = 0; i < x.length; i++) s += (a[i] ?? 7) * x[i]; return s; }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'mapRed',
    text: `function f(x: number[]) { const y = x.map((v, i) => v * v * i); return y.reduce((a, b) => a + Math.sin(b), 0); }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'sharedSub',
    text: `function f(x: number) { const inner = {v: x}; let p = {a: inner, b: inner}; if (x > 0) p = {a: {v: 1}, b: {v: 2}}; p.a.v += 3; return p.b.v * x; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'nestedAlias',
    text: `function f(x: number[]) { const inner = [1, 2]; let p = {a: inner}; for (const v of x) p = {a: [p.a[0]! + v, v]}; inner[0] = 9; return p.a[0]! + p.a[1]! * inner[0]!; }`,
    at: [[[1, 2, 3]]],
    staged: false,
  },
  {
    name: 'argTwice',
    text: `function g(a: number[], b: number[]) { a[0] = 5; b[1] = a[0]! * b[0]!; return a[1]!; }
function f(x: number) { const a = [x, 1]; return g(a, a) * x; }`,
    at: [[2]],
    staged: true,
  },
  {
    name: 'bufTwice',
    text: `function g(a: number[], b: number[]) { for (let i = 0; i < a.length; i++) { a[i]! *= 2; b[i]! += 1; } return a[0]! * b[1]!; }
function f(x: number[]) { return g(x, x); }`,
    at: [[[1, 2]]],
    staged: true,
  },
  {
    name: 'bufArm',
    text: `function f(x: number[], n: number) { const a = [0, 0, 0]; if (x[1]! > 0) { a[n] = x[0]!; } else { a[0] = x[1]!; } a[n]! += 1; return a[0]! * 3 + a[1]! * x[0]!; }`,
    at: [
      [[1, 2], 1],
      [[1, -2], 1],
    ],
    staged: true,
  },
  {
    name: 'mapIdentity',
    text: `function f(x: number) { const a = {v: x}, b = {v: 2}; const m = new Map([[a, 5], [b, 7]]); let k = a; if (x > 0) k = b; return m.get(k)! * x; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'includesIdentity',
    text: `function f(x: number) { const a = {v: x}, b = {v: 2}; let k = a; if (x > 0) k = b; return [a].includes(k) ? x : 2 * x; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'afterZero',
    text: `function f(x: number[]) { let a = 1, last = {v: 2}; for (let i = 0; i < x.length; i++) { a = x[i]!; last = {v: a * i}; } return a + last.v; }`,
    at: [[[1, 2]], [[]]],
    staged: true,
  },
  {
    name: 'armClosure',
    text: `function f(x: number) { let y = x; let g = () => y; if (x > 0) { const z = 3 * x; g = () => z; } y = 7; return g(); }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'letInLoop',
    text: `function f(x: number[]) { let s = 0; for (let i = 0; i < x.length; i++) { let t: number | undefined; if (x[i]! > 1.5) t = x[i]; s += t === undefined ? 1 : t * t; } return s; }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'recRecord',
    text: `function g(n: number, x: number): {v: number} { return n <= 0 ? {v: x} : {v: g(n - 1, x).v * x}; }
function f(x: number, n: number) { return g(n, x).v; }`,
    at: [[2, 3]],
    staged: false,
  },
  {
    name: 'recCount',
    text: `let count = 0;
function g(n: number, x: number): number { count++; return n <= 0 ? x : g(n - 1, x) * x; }
function f(x: number, n: number) { return g(n, x) * count; }`,
    at: [[2, 3]],
    staged: false,
  },
  {
    name: 'recBufStore',
    text: `function g(a: number[], i: number): number { if (i >= a.length) return 0; a[i]! *= 2; return a[i]! + g(a, i + 1); }
function f(x: number[]) { const s = g(x, 0); return s * x[0]!; }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'throwFinally',
    text: `function f(x: number) { let s = 0; const g = () => { for (let i = 0; i < 2; i++) { try { if (x < i) throw new Error('a'); s += x; } finally { if (x < 0) break; } } return s; }; return g() + x; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'nanCompare',
    text: `function f(x: number) { return !(x < 1) ? 2 * x + 3 : x >= 1 ? 5 : 7 * x; }`,
    at: [[NaN], [1]],
    staged: true,
  },
  {
    name: 'negZero2',
    text: `function f(x: number) { const a = [x]; let y = -a[0]!; if (y === 0) y = 1 / y; return y > 0 ? 3 : 4; }`,
    at: [[0], [-0]],
    staged: true,
  },
  {
    name: 'sealedArm',
    text: `function f(x: number) { const o = {v: x}; if (x > 0) Object.freeze(o); try { o.v = 5; } catch { return x * x; } return o.v * x; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'setterArm',
    text: `function f(x: number) { let n = 0; const o = { set v(y: number) { n += y; }, get v() { return n * x; } }; if (x > 0) o.v = 3; o.v += x; return o.v; }`,
    at: [[2], [-2]],
    staged: true,
  },
  {
    name: 'lengthArm',
    text: `function f(x: number) { const a = [x, 2, 3]; if (x > 0) a.length = 1; return a.length * x; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'whileTrue',
    text: `function f(x: number) { let i = 0; while (true) { i++; if (i * i > x) return i * x; } }`,
    at: [[3]],
    staged: true,
  },
  {
    name: 'forEver',
    text: `function f(x: number) { let i = 0; for (;;) { if (++i * 2 > x) break; if (i > 5) return x * x; } return i * x; }`,
    at: [[3], [30]],
    staged: true,
  },
  {
    name: 'commaLoop',
    text: `function f(x: number[]) { let s = 0; for (let i = 0, j = x.length - 1; i < j; i++, j--) { [x[i], x[j]] = [x[j]!, x[i]!]; s += x[i]! * (i + 1); } return s; }`,
    at: [[[1, 2, 3, 4]]],
    staged: true,
  },
  {
    name: 'knownLoopJump',
    text: `function f(x: number) { const out: number[] = []; for (let i = 0; i < 4; i++) { if (x < i - 1) break; out.push(x * i); } return out.length * x; }`,
    at: [[2], [0.5], [-1]],
    staged: true,
  },
];
