import { describe, expect, it } from 'vitest';
import { agree } from './agree.ts';

/** Functions that tempt a stage to be wrong: it agrees with Node, or refuses and says where. */
const CASES: readonly {
  readonly name: string;
  readonly text: string;
  readonly at: readonly (readonly unknown[])[];
  readonly staged: boolean;
}[] = [
  {
    name: 'alias1',
    text: `function f(x: number) { let p = {v: x}; const q = p; if (x > 0) p = {v: 2*x}; p.v += 1; return q.v; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'alias2',
    text: `function f(x: number) { let p = {v: x}; const q = p; if (x > 0) p = {v: 2*x}; q.v += 1; return p.v; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'alias3',
    text: `function f(x: number) { let p = [x, 1]; const q = p; if (x > 0) p = [2*x, 3]; p[0] = 7*x; q[0] = 5*x; return p[0]; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'aliasArm',
    text: `function f(x: number) { let p = {v: 0}, q = {v: 0}; if (x > 0) { p = {v: x}; q = p; } else { p = {v: 3*x}; q = {v: 4*x}; } p.v *= 2; return q.v; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'aliasNoWrite',
    text: `function f(x: number) { let p = {v: x}; const q = p; if (x > 0) p = {v: 2*x}; return p.v * q.v; }`,
    at: [[2], [-2]],
    staged: true,
  },
  {
    name: 'aliasWriteOk',
    text: `function f(x: number) { let p = [x, 1]; if (x > 0) p = [2*x, x*x]; p[0] *= 3; return p[0]! * p[1]!; }`,
    at: [[2], [-2]],
    staged: true,
  },
  {
    name: 'identity',
    text: `function f(x: number) { const a = {v: x}; let b = a; if (x > 0) b = {v: 2*x}; return b === a ? x*x : 3*x; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'loopAlias0',
    text: `function f(x: number[]) { let p = {v: 1}; const q = p; for (let i = 0; i < x.length; i++) p = {v: p.v + x[i]}; p.v += 1; return q.v; }`,
    at: [[[1, 2]], [[]]],
    staged: false,
  },
  {
    name: 'loopAliasIn',
    text: `function f(x: number[]) { let p = {v: 1}; let q = p; let s = 0; for (let i = 0; i < x.length; i++) { p = {v: p.v + x[i]}; s += q.v; q = p; q.v += 1; } return p.v + s; }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'loopAliasOrig',
    text: `function f(x: number[]) { let p = {v: 1}; const q = p; for (let i = 0; i < x.length; i++) { p.v += x[i]; p = {v: p.v * 2}; } return q.v; }`,
    at: [[[1, 2, 3]]],
    staged: false,
  },
  {
    name: 'loopRecord',
    text: `function f(x: number[]) { let p = {a: 1, b: 0}; for (let i = 0; i < x.length; i++) { p = {...p, a: p.a + x[i]}; p.b += p.a; } return p.a * p.b; }`,
    at: [[[1, 2, 3]], [[]]],
    staged: true,
  },
  {
    name: 'loopInitialCompare',
    text: `function f(x: number[]) { const y0 = [1, 2]; let y = y0; for (let i = 0; i < x.length; i++) y = [y[0] + x[i], y[1] * x[i]]; return y[0] - y0[0] + y[1] / y0[1]; }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'closureLoop',
    text: `function f(x: number) { const fs: ((y: number) => number)[] = []; for (let i = 0; i < 3; i++) fs.push((y) => y * i); return fs[1](x); }`,
    at: [[2]],
    staged: true,
  },
  {
    name: 'closureHead',
    text: `function f(x: number) { let s = 0; for (let i = 1, g = () => i; i < 4; i++) s += g() * x; return s; }`,
    at: [[2]],
    staged: true,
  },
  {
    name: 'closureIter',
    text: `function f(x: number[]) { let s = 0; let g = () => 0; for (let i = 0; i < x.length; i++) { const h = () => x[i] * i; s += h(); g = h; } return s; }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'closureLast',
    text: `function f(x: number[]) { let g = () => 0; for (let i = 0; i < x.length; i++) { g = () => x[i] * i; } return g(); }`,
    at: [[[1, 2, 3]]],
    staged: false,
  },
  {
    name: 'closureUpd',
    text: `function f(x: number) { let s = 0; for (let i = 0, g: any = null; i < 3; g && g(), i++) { g = () => { i += 10; }; s += x; } return s; }`,
    at: [[2]],
    staged: true,
  },
  {
    name: 'whileDec',
    text: `function f(x: number[], n: number) { let i = n; let s = 0; while (i-- > 0) s += x[i] * x[i]; return s + i; }`,
    at: [[[1, 2, 3], 3]],
    staged: true,
  },
  {
    name: 'whileDecBreak',
    text: `function f(x: number[], n: number) { let i = n; let s = 0; while (i-- > 0) { if (x[i] > 5) break; s += x[i] * x[i]; } return s * 2 + i; }`,
    at: [
      [[1, 2, 3], 3],
      [[1, 9, 3], 3],
    ],
    staged: true,
  },
  {
    name: 'doSide',
    text: `function f(x: number) { let i = 0; let s = 0; do { s += x; } while (i++ < x); return s * i; }`,
    at: [[3.5]],
    staged: true,
  },
  {
    name: 'testCall',
    text: `function f(x: number) { let k = 0; const step = () => { k += 1; return k < x; }; let s = 0; while (step()) s += x * k; return s + k; }`,
    at: [[3.5]],
    staged: true,
  },
  {
    name: 'testStore',
    text: `function f(x: number[]) { const a = new Float64Array(x.length); let j = 0; let s = 0; while ((a[j] += 1) < x[0]) s += a[j] * x[1]; return s + a[0] * x[0]; }`,
    at: [[[3.5, 1]]],
    staged: true,
  },
  {
    name: 'forIn',
    text: `function f(p: {a: number, b: number}) { let s = 0; for (const k in p) s = s * 2 + p[k]; return s; }`,
    at: [[{ a: 2, b: 3 }]],
    staged: true,
  },
  {
    name: 'forInBreak',
    text: `function f(p: {a: number, b: number}) { let s = 0; for (const k in p) { if (p[k] < 0) break; s = s * 2 + p[k]; } return s; }`,
    at: [[{ a: 2, b: 3 }], [{ a: -2, b: 3 }]],
    staged: true,
  },
  {
    name: 'blockSlot',
    text: `function f(x: number) { let s = 0; for (let i = 0; i < 2; i++) { let u; const g = () => u; if (x > 0) u = x; s += g() === undefined ? 100 * x : 1; } return s; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'maybe1',
    text: `function f(x: number) { let u; if (x > 0) u = x * x; return u ?? 3 * x; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'maybe2',
    text: `function f(x: number) { let u; if (x > 0) u = x * x; return typeof u === 'number' ? u : 3 * x; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'maybe3',
    text: `function f(x: number) { let u; if (x > 0) u = x * x; return Number.isNaN(u) ? 5 : x; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'maybe4',
    text: `function f(x: number) { let u; if (x > 0) u = x * x; return u; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'maybeLoop',
    text: `function f(x: number[]) { let u; for (const v of x) u = v * v; return u ?? 7; }`,
    at: [[[1, 2]], [[]]],
    staged: false,
  },
  {
    name: 'maybeLoop2',
    text: `function f(x: number[]) { let u: any = 1; for (const v of x) { if (v > 0) u = v * v; else u = undefined; } return u ?? 7; }`,
    at: [[[1, 2]], [[-1]]],
    staged: false,
  },
  {
    name: 'maybeLoop3',
    text: `function f(x: number[]) { let u: any; if (x[0] > 0) u = 3; for (const v of x) { u = u + v; } return u === undefined ? 1 : 2; }`,
    at: [[[1, 2]], [[-1]], [[1, -1]]],
    staged: false,
  },
  {
    name: 'maybeDefault',
    text: `function g(a: number, b = 10 * a) { return a * b; }
function f(x: number) { let u; if (x > 0) u = x * x; return g(x, u); }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'maybeIsFinite',
    text: `function f(x: number) { let u; if (x > 0) u = x * x; return Number.isFinite(u) ? u! : x; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'oob',
    text: `function f(x: number[]) { let s = 0; for (let i = 0; i < x.length; i++) s += x[i] * (x[i + 1] ?? 1); return s; }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'oob2',
    text: `function f(x: number[]) { let s = 0; for (let i = 0; i < x.length; i++) { const y = x[i+1]; if (y === undefined) s += 1; else s += y * x[i]; } return s; }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'oob3',
    text: `function f(x: number[]) { let s = 0; for (let i = 0; i < x.length; i++) { s += x[i] * (x[i + 1] || 1); } return s; }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'oobWhile',
    text: `function f(x: number[]) { let s = 0; let i = 0; while (x[i] !== undefined) { s += x[i] * x[i]; i++; } return s; }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'holes',
    text: `function f(x: number[]) { const a = new Array(x.length); for (let i = 1; i < x.length; i++) a[i] = x[i]; return a[0] + a[1]; }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'holes2',
    text: `function f(x: number[]) { const a = new Array(x.length); for (let i = 0; i < x.length; i++) a[i] = (a[i] || 0) + x[i]; return a[0] + a[1]; }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'holes3',
    text: `function f(x: number[]) { const a = new Array(x.length); let s = 0; for (let i = 0; i < x.length; i++) { if (a[i] === undefined) s += x[i]; } return s; }`,
    at: [[[1, 2, 3]]],
    staged: false,
  },
  {
    name: 'fill',
    text: `function f(x: number[]) { const a = new Array(x.length).fill(0); for (let i = 1; i < x.length; i++) a[i] += x[i] * x[i]; return a[0] + a[1]; }`,
    at: [[[1, 2, 3]]],
    staged: true,
  },
  {
    name: 'fallOff',
    text: `function f(x: number) { const g = (y: number) => { if (y > 0) return y * y; }; return g(x) ?? 5 * x; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'fallOff2',
    text: `function f(x: number) { for (let i = 0; i < 3; i++) { if (x > i) return x * i; } }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'finallyReturn',
    text: `function f(x: number) { try { if (x < 0) throw new Error('a'); return x; } finally { return 5 * x; } }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'finallySide',
    text: `function f(x: number) { let s = 0; const g = () => { try { if (x < 0) return 2 * x; s += x; } finally { s += 10 * x; } return 7 * x; }; const r = g(); return r * s; }`,
    at: [[2], [-2]],
    staged: true,
  },
  {
    name: 'tryCatch',
    text: `function f(x: number) { let s = 0; try { if (x < 0) throw new Error('a'); s += x; } catch { s -= 3 * x; } return s; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'tryLoop',
    text: `function f(x: number[]) { let s = 1; try { for (const v of x) { s += v; throw new Error('a'); } s *= 5; } catch { s *= 7; } return s; }`,
    at: [[[1, 2]], [[]]],
    staged: false,
  },
  {
    name: 'throwUpdate',
    text: `function fail(): number { throw new Error('x'); }
function f(x: number) { let s = 1; for (let i = 0; i < x - 3; fail()) { s += x; } return s; }`,
    at: [[2], [-2], [5]],
    staged: true,
  },
  {
    name: 'throwExpr',
    text: `function need(v: number) { if (v < 0) throw new Error('neg'); return Math.sqrt(v); }
function f(x: number) { const y = need(x) + need(x * x); return y * x; }`,
    at: [[2], [-2]],
    staged: true,
  },
  {
    name: 'throwLoop',
    text: `function need(v: number) { if (v < 0) throw new Error('neg'); return Math.sqrt(v); }
function f(x: number[]) { let s = 0; for (const v of x) s += need(v); return s; }`,
    at: [[[1, 2]], [[1, -2]]],
    staged: true,
  },
  {
    name: 'propArm',
    text: `function f(x: number) { const o: any = {a: x}; if (x > 0) o.b = 1; return Object.keys(o).length * x; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'propArm2',
    text: `function f(x: number) { const o: any = {a: x}; if (x > 0) o.b = 4; return (o.b ?? 1) * x; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'propArm3',
    text: `function f(x: number) { const o: any = {a: x, b: 2}; if (x > 0) delete o.b; return ('b' in o ? 3 : 1) * x; }`,
    at: [[2], [-2]],
    staged: false,
  },
  {
    name: 'float32',
    text: `function f(x: number[]) { const a = new Float32Array(x.length); for (let i = 0; i < x.length; i++) a[i] = x[i] * 1.1; let s = 0; for (const v of a) s += v * v; return s; }`,
    at: [[[1.1, 2.3]]],
    staged: true,
  },
  {
    name: 'float32b',
    text: `function f(x: number[]) { const a = new Float32Array(2); a[0] = x[0] * 1.1; a[1] = 0.1; let s = 0; for (let i = 0; i < x.length; i++) s += a[i] * a[i]; return s; }`,
    at: [[[1.1, 2.3]]],
    staged: true,
  },
  {
    name: 'module',
    text: `const scratch = [0, 0, 0];
let count = 0;
function f(x: number) { count++; scratch[0] += x; scratch[1] = scratch[0] * count; return scratch[1]! * x; }`,
    at: [[2]],
    staged: true,
  },
  {
    name: 'module2',
    text: `const scratch = [1, 2, 3];
function f(x: number, n: number) { for (let i = 0; i < n; i++) scratch[i] *= x; let s = 0; for (const v of scratch) s += v; return s; }`,
    at: [[2, 1]],
    staged: true,
  },
  {
    name: 'rec2',
    text: `function fib(n: number, x: number): number { return n < 2 ? x : fib(n - 1, x) + fib(n - 2, x * 1.1); }
function f(x: number, n: number) { return fib(n, x); }`,
    at: [[2, 5]],
    staged: true,
  },
  {
    name: 'mutual',
    text: `function even(n: number, x: number): number { return n <= 0 ? x : odd(n - 1, x * x * 0.3); }
function odd(n: number, x: number): number { return n <= 0 ? -x : even(n - 1, Math.sin(x)); }
function f(x: number, n: number) { return even(n, x) * odd(n, x); }`,
    at: [[2, 5]],
    staged: true,
  },
  {
    name: 'recOuter',
    text: `let k = 1;
function rec(n: number, x: number): number { return n <= 0 ? x : k * rec(n - 1, x); }
function f(x: number, n: number) { const a = rec(n, x); k = 3; return a + rec(n, x); }`,
    at: [[2, 4]],
    staged: true,
  },
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
    staged: false,
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
    staged: false,
  },
  {
    name: 'pushLoop',
    text: `function f(x: number[]) { const a: number[] = []; for (const v of x) a.push(v * v); let s = 0; for (const v of a) s += v; return s; }`,
    at: [[[1, 2, 3]]],
    staged: false,
  },
  {
    name: 'filterSum',
    text: `function f(x: number[]) { return x.filter((v) => v > 0).reduce((a, b) => a + b * b, 0); }`,
    at: [[[1, -2, 3]]],
    staged: false,
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
    staged: false,
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
    staged: false,
  },
];

describe('what tempts a stage to be wrong', () => {
  it.each(CASES)('$name', ({ name, text, at, staged }) => {
    const names = /function f\(([^)]*)\)/
      .exec(text)![1]!
      .replace(/\{[^}]*\}/g, '')
      .split(',')
      .map((p) => /[\w$]+/.exec(p)![0]);
    // The trace lists an object that is returned twice once.
    const trace = name === 'sameTwice' ? {} : { trace: names };
    const fixed = names.flatMap((n, i) => (n === 'n' ? [i] : []));
    for (const args of at) {
      const result = agree(text, 'f', args, { ...trace, fixed });
      expect(result.kind === 'refused').toBe(!staged);
      if (result.kind !== 'refused') continue;
      expect(result.id).toBe('GL111');
      expect(result.message).toMatch(/\.$/);
      expect(result.at).not.toBe('');
    }
  });
});
