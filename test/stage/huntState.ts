import type { HuntCase } from './huntCase.ts';

/** Aliases, joins, loops and what they leave behind. */
export const STATE: readonly HuntCase[] = [
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
    staged: true,
  },
  {
    name: 'maybe1',
    text: `function f(x: number) { let u; if (x > 0) u = x * x; return u ?? 3 * x; }`,
    at: [[2], [-2]],
    staged: true,
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
    staged: true,
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
    staged: true,
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
    name: 'interlocked',
    text: `function f(x: number, n: number) { let p = x, q = 2 * x, r = 3; for (let i = 0; i < n; i++) { const a = r + p, b = q - p; p = p * 0.5; q = a; r = b; } return p * q + r; }`,
    at: [
      [2, 3],
      [2, 4],
    ],
    staged: true,
  },
];
