import { describe, expect, it } from 'vitest';
import type { Instruction, Program } from '../../core/program/program.ts';
import { instructionsIn } from '../../core/program/walk.ts';
import { agree, type Options } from './agree.ts';

type Kind = Instruction['kind'];

interface Kernel {
  readonly name: string;
  readonly text: string;
  readonly at: readonly (readonly unknown[])[];
  /** Instructions that have to be left in the Program, and how many at least. */
  readonly keeps: Partial<Record<Kind, number>>;
  readonly options?: Options;
  /** Differences do not converge: it is piecewise constant in the small. */
  readonly rough?: boolean;
}

function count(program: Program, kind: Kind): number {
  return program.functions.flatMap((f) => [...instructionsIn(f.body)]).filter((i) => i.kind === kind).length;
}

const KERNELS: readonly Kernel[] = [
  {
    name: 'Rosenbrock over an array of unknown length',
    text: `function f(x: number[]) {
      let sum = 0;
      for (let i = 0; i + 1 < x.length; i++) {
        const a = x[i + 1]! - x[i]! ** 2;
        const b = 1 - x[i]!;
        sum += 100 * a * a + b * b;
      }
      return sum;
    }`,
    at: [[[-1.2, 1, 0.7, 1.3]], [[0.3, 0.4]], [[2]]],
    keeps: { loop: 1, length: 1 },
  },
  {
    name: 'RK4 with a record for the state',
    text: `interface State { x: number; v: number }
    const step = (s: State, k: number, h: number): State => {
      const a = { x: s.v, v: -k * Math.sin(s.x) };
      const b = { x: s.v + (h / 2) * a.v, v: -k * Math.sin(s.x + (h / 2) * a.x) };
      const c = { x: s.v + (h / 2) * b.v, v: -k * Math.sin(s.x + (h / 2) * b.x) };
      const d = { x: s.v + h * c.v, v: -k * Math.sin(s.x + h * c.x) };
      return { x: s.x + (h / 6) * (a.x + 2 * b.x + 2 * c.x + d.x), v: s.v + (h / 6) * (a.v + 2 * b.v + 2 * c.v + d.v) };
    };
    function f(x0: number, k: number, h: number, n: number) {
      let s: State = { x: x0, v: 0 };
      for (let i = 0; i < n; i++) s = step(s, k, h);
      return s.x;
    }`,
    at: [[1.1, 2.5, 0.05, 7]],
    keeps: { loop: 1 },
    options: { fixed: [3] },
  },
  {
    name: 'RK4 with arrays for the state',
    text: `function rhs(y: number[], k: number) { return [y[1]!, -k * y[0]! - 0.1 * y[1]!]; }
    function f(y0: number, k: number, h: number, n: number) {
      let y = [y0, 0.5];
      for (let i = 0; i < n; i++) {
        const a = rhs(y, k);
        const b = rhs(y.map((v, j) => v + (h / 2) * a[j]!), k);
        const c = rhs(y.map((v, j) => v + (h / 2) * b[j]!), k);
        const d = rhs(y.map((v, j) => v + h * c[j]!), k);
        y = y.map((v, j) => v + (h / 6) * (a[j]! + 2 * b[j]! + 2 * c[j]! + d[j]!));
      }
      return y[0]! * y[1]!;
    }`,
    at: [[1.1, 2.5, 0.05, 7]],
    keeps: { loop: 1 },
    options: { fixed: [3] },
  },
  {
    name: 'Newton with break',
    text: `function f(a: number, x0: number) {
      let x = x0;
      for (let i = 0; i < 50; i++) {
        const next = x - (x * x * x - a) / (3 * x * x);
        if (Math.abs(next - x) < 1e-14) break;
        x = next;
      }
      return x;
    }`,
    at: [
      [7, 2],
      [0.3, 1],
    ],
    keeps: { loop: 1 },
  },
  {
    name: 'an early return in a loop',
    text: `function f(x: number[], limit: number) {
      let total = 0;
      for (let i = 0; i < x.length; i++) {
        total += x[i]! * x[i]!;
        if (total > limit) return total * limit;
      }
      return -total;
    }`,
    at: [
      [[0.5, 1.5, 2], 1],
      [[0.5, 1.5, 2], 100],
      [[], 1],
    ],
    keeps: { loop: 1, if: 1 },
  },
  {
    name: 'a matrix times a vector, in place',
    text: `function f(A: Float64Array, x: Float64Array) {
      const n = x.length;
      const y = new Float64Array(n);
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) y[i]! += A[i * n + j]! * x[j]!;
      for (let i = 0; i < n; i++) x[i] = y[i]!;
      let norm = 0;
      for (const v of x) norm += v * v;
      return Math.sqrt(norm);
    }`,
    at: [[Float64Array.of(1, 2, -0.5, 0.3), Float64Array.of(0.7, -1.1)]],
    keeps: { loop: 3, alloc: 1, store: 2 },
  },
  {
    name: 'a polynomial by recursion',
    text: `function horner(c: number[], x: number, i: number): number {
      return i >= c.length ? 0 : c[i]! + x * horner(c, x, i + 1);
    }
    function f(c: number[], x: number) { return horner(c, x, 0); }`,
    at: [[[1, -2, 0.5, 3], 0.7]],
    keeps: { call: 1, if: 1 },
  },
  {
    name: 'two recursive calls',
    text: `function sum(x: number[], lo: number, hi: number): number {
      if (hi - lo < 2) return hi > lo ? Math.sin(x[lo]!) : 0;
      const mid = (lo + hi) >> 1;
      return sum(x, lo, mid) * 0.5 + sum(x, mid, hi);
    }
    function f(x: number[]) { return sum(x, 0, x.length); }`,
    at: [[[0.3, 1, -2, 0.7, 0.1]], [[]]],
    keeps: { call: 2 },
  },
  {
    name: 'mutual recursion',
    text: `function even(n: number, x: number): number { return n <= 0 ? x : odd(n - 1, 0.5 * x * x); }
    function odd(n: number, x: number): number { return n <= 0 ? -x : even(n - 1, Math.sin(x) + 1); }
    function f(x: number, n: number) { return even(n, x) + 2 * odd(n, x); }`,
    at: [
      [0.8, 5],
      [0.8, 0],
    ],
    keeps: { call: 2 },
    options: { fixed: [1] },
  },
  {
    name: 'recursion that reads what has changed since',
    text: `let k = 1;
    function power(n: number, x: number): number { return n <= 0 ? x : k * power(n - 1, x); }
    function f(x: number, n: number) { const a = power(n, x); k = 3; return a + power(n, x); }`,
    at: [[2, 4]],
    keeps: { call: 2 },
    options: { fixed: [1] },
  },
  {
    name: 'while with a test that counts down',
    text: `function f(x: number[], n: number) { let i = n; let s = 0; while (i-- > 0) s += x[i]! ** 2; return s + i; }`,
    at: [
      [[1, 2, 3], 3],
      [[1, 2, 3], 0],
    ],
    keeps: { loop: 1 },
    options: { fixed: [1] },
  },
  {
    name: 'do while with a test that counts',
    text: `function f(x: number) { let i = 0; let s = 0; do { s += x * i; } while (i++ < x); return s * i; }`,
    at: [[3.5], [-1]],
    keeps: { loop: 1 },
  },
  {
    name: 'labelled break and continue',
    text: `function f(x: number[], cap: number) {
      let s = 0;
      outer: for (let i = 0; i < x.length; i++) {
        for (let j = 0; j < x.length; j++) {
          if (x[j]! < 0) continue outer;
          if (s > cap) break outer;
          s += x[i]! * x[j]!;
        }
        s += 1;
      }
      return s * cap;
    }`,
    at: [
      [[1, 2, 3], 4],
      [[1, -2, 3], 4],
      [[1, 2], 100],
    ],
    keeps: { loop: 2, if: 2 },
  },
  {
    name: 'switch with fallthrough',
    text: `function f(n: number, x: number) {
      let s = 0;
      switch (n) {
        case 1: s += x;
        case 2: s += x * x; break;
        case 3: return x ** 3;
        default: s = -x;
      }
      return 2 * s;
    }`,
    at: [
      [1, 2],
      [2, 2],
      [3, 2],
      [4, 2],
    ],
    keeps: { if: 2 },
    options: { fixed: [0] },
  },
  {
    name: 'throw guards',
    text: `function root(v: number) { if (v < 0) throw new Error('negative'); return Math.sqrt(v); }
    function f(x: number[]) { let s = 0; for (const v of x) s += root(v) * s + root(v + 1); return s; }`,
    at: [[[1, 2]], [[1, -2]]],
    keeps: { loop: 1, throw: 1 },
  },
  {
    name: 'Welford, a record changed in place',
    text: `function f(x: number[]) {
      const acc = { n: 0, mean: 0, m2: 0 };
      for (const v of x) { acc.n++; const d = v - acc.mean; acc.mean += d / acc.n; acc.m2 += d * (v - acc.mean); }
      return acc.m2 / (acc.n - 1);
    }`,
    at: [[[1, 2, 4.5]]],
    keeps: { loop: 1 },
  },
  {
    name: 'the best of several records',
    text: `function f(x: number[]) {
      let best = { at: 0, value: 1e9 };
      for (let i = 0; i < x.length; i++) {
        const value = (x[i]! - 1) ** 2;
        if (value < best.value) best = { at: x[i]!, value };
      }
      return best.at * 2 + best.value;
    }`,
    at: [[[3, 1.5, 2]]],
    keeps: { loop: 1, if: 1 },
  },
  {
    name: 'map, reduce and forEach',
    text: `function f(x: number[]) {
      const y = x.map((v, i) => Math.sin(v) * (i + 1));
      let s = 0;
      y.forEach((v, i) => { if (v > 0.2) s += v * x[i]!; });
      return s + y.reduce((a, b) => a + b * b, 0.5);
    }`,
    at: [[[0.1, 1, -2]], [[]]],
    keeps: { loop: 3, alloc: 1 },
  },
  {
    name: 'every, some, findIndex',
    text: `function f(x: number[], t: number) {
      const all = x.every((v) => v > 0);
      const one = x.some((v) => v > t);
      const i = x.findIndex((v) => v > t);
      return (all ? x[0]! : t) + (one ? x[i]! * 2 : 0);
    }`,
    at: [
      [[0.1, 1, 2], 0.5],
      [[0.1, -1], 5],
    ],
    keeps: { loop: 3 },
  },
  {
    name: 'a local array of unknown length',
    text: `function f(x: number[]) {
      const n = x.length;
      const c = new Array<number>(n).fill(0);
      for (let i = 0; i < n; i++) c[i] = i === 0 ? x[0]! : c[i - 1]! * 0.5 + x[i]!;
      return c[n - 1]! ** 2;
    }`,
    at: [[[1, 2, 3]], [[4]]],
    keeps: { loop: 1, alloc: 1, store: 1 },
  },
  {
    name: 'prefix sums in a Float64Array',
    text: `function f(x: number[], y: number) {
      const c = new Float64Array(x.length + 1);
      for (let i = 0; i < x.length; i++) c[i + 1] = c[i]! + x[i]! * y;
      return c[x.length]! * c[1]!;
    }`,
    at: [[[1, 2, 3], 0.5]],
    keeps: { loop: 1, alloc: 1 },
  },
  {
    name: 'a known array at an unknown index',
    text: `function f(x: number, n: number) {
      const w = [0.5, 1.5, 2.5];
      w[n % 3]! += x;
      let s = 0;
      for (const v of w) s += v * v;
      return s * w[(n + 1) % 3]!;
    }`,
    at: [
      [0.3, 1],
      [0.3, 5],
    ],
    keeps: { alloc: 1, store: 1 },
    options: { fixed: [1] },
  },
  {
    name: 'closures over variables that change',
    text: `function f(x: number, y: number) {
      let total = 0;
      const add = (v: number) => { total += v * y; return total; };
      const a = add(x);
      y = 3;
      return a + add(x * x) * total;
    }`,
    at: [[0.7, 2]],
    keeps: {},
  },
  {
    name: 'closures of a loop, called later',
    text: `function f(x: number) {
      const fs: ((y: number) => number)[] = [];
      for (let i = 0; i < 3; i++) fs.push((y) => y * (i + 1));
      return fs[1]!(x) * fs[2]!(x);
    }`,
    at: [[0.7]],
    keeps: {},
  },
  {
    name: 'a closure in the head of a loop',
    text: `function f(x: number) { let s = 0; for (let i = 1, g = () => i; i < 4; i++) s += g() * x; return s; }`,
    at: [[2]],
    keeps: { loop: 1 },
  },
  {
    name: 'a class with private state',
    text: `class Spring {
      #k: number;
      energy = 0;
      constructor(k: number) { this.#k = k; }
      get stiffness() { return this.#k; }
      pull(x: number) { if (x > 0) this.energy += 0.5 * this.#k * x * x; else this.energy -= x; return this; }
    }
    function f(k: number, x: number[]) {
      const s = new Spring(k);
      for (const v of x) s.pull(v);
      return s.energy * s.stiffness;
    }`,
    at: [[2, [1, -0.5, 2]]],
    keeps: { loop: 1, if: 1 },
  },
  {
    name: 'destructuring and default parameters',
    text: `function scale({ x, y = 2 }: { x: number; y?: number }, [a, b = a]: number[], k = x * a) { return k * x + y * b!; }
    function f(x: number, y: number) {
      let [u, v] = [x, y];
      [u, v] = [v * u, u];
      return scale({ x: u }, [v]) + scale({ x: v, y: u }, [1, v], 0.5);
    }`,
    at: [[0.7, 1.3]],
    keeps: {},
  },
  {
    name: 'short circuits with side effects',
    text: `function f(x: number, y: number) {
      let n = 0;
      const g = (v: number) => { n += v; return v > 0; };
      const r = (g(x) && g(y)) || g(x * y);
      return n * (r ? 2 : 3);
    }`,
    at: [
      [2, 3],
      [-2, 3],
      [2, -3],
    ],
    keeps: { if: 1 },
  },
  {
    name: 'an array of numbers returned',
    text: `function f(x: number[], k: number) { return x.map((v) => v * v * k); }`,
    at: [[[1, 2, 3], 0.5]],
    keeps: { loop: 1, alloc: 1 },
  },
  {
    name: 'a record returned from two arms',
    text: `function f(x: number, y: number) { if (x > y) return { a: x * y, b: [x, 1] }; return { a: y, b: [y * y, x] }; }`,
    at: [
      [2, 1],
      [1, 2],
    ],
    keeps: { if: 1 },
  },
  {
    name: 'bisection',
    rough: true,
    text: `function f(a: number, b: number) {
      const g = (t: number) => t * t * t - a * t - b;
      let lo = 0;
      let hi = 10;
      while (hi - lo > 1e-3) { const mid = 0.5 * (lo + hi); if (g(mid) > 0) hi = mid; else lo = mid; }
      return lo - g(lo) / (3 * lo * lo - a);
    }`,
    at: [[2, 1]],
    keeps: { loop: 1, if: 1 },
  },
  {
    name: 'the logistic map until it leaves',
    text: `function f(r: number, x: number) { let k = 0; for (;;) { x = r * x * (1 - x); if (x < 0.1 || ++k > 20) return x * k; } }`,
    at: [
      [3.2, 0.3],
      [0.5, 0.3],
    ],
    keeps: { loop: 1 },
  },
  {
    name: 'softmax cross entropy',
    text: `function f(z: number[], target: number) {
      let max = -Infinity;
      for (const v of z) max = Math.max(max, v);
      let sum = 0;
      for (const v of z) sum += Math.exp(v - max);
      return Math.log(sum) + max - z[target]!;
    }`,
    at: [[[0.3, 1.2, -0.5], 1]],
    keeps: { loop: 2 },
    options: { fixed: [1] },
  },
  {
    name: 'elements that may be missing',
    text: `function f(x: number[]) { let s = 0; for (let i = 0; i < x.length; i++) s += x[i]! * (x[i + 1] ?? 2); return s; }`,
    at: [[[1, 2, 3]], [[]]],
    keeps: { loop: 1, if: 1 },
  },
  {
    name: 'Float32 rounding',
    rough: true,
    text: `function f(x: number[]) {
      const a = new Float32Array(x.length);
      for (let i = 0; i < x.length; i++) a[i] = x[i]! * 1.1;
      let s = 0;
      for (const v of a) s += v * v;
      return s;
    }`,
    at: [[[1.1, 2.3]]],
    keeps: { loop: 2, alloc: 1 },
  },
  {
    name: 'for…in over a record',
    text: `function f(p: { a: number; b: number }) { let s = 1; for (const k in p) { if (p[k as 'a'] < 0) break; s = s * 2 + p[k as 'a']; } return s; }`,
    at: [[{ a: 2, b: 3 }], [{ a: 2, b: -3 }]],
    keeps: { if: 1 },
  },
  {
    name: 'try and finally',
    text: `function f(x: number) {
      let s = 0;
      const g = () => { try { if (x < 0) return 2 * x; s += x; } finally { s += 10 * x; } return 7 * x; };
      return g() * s;
    }`,
    at: [[2], [-2]],
    keeps: { if: 1 },
  },
  {
    name: 'the module as it was before each request',
    text: `const scratch = [1, 2, 3];
    let calls = 0;
    function f(x: number, n: number) {
      calls++;
      for (let i = 0; i < n; i++) scratch[i]! *= x;
      return scratch[0]! + scratch[1]! * calls + scratch[2]!;
    }`,
    at: [[2, 2]],
    keeps: { loop: 1, store: 1 },
    options: { fixed: [1] },
  },
];

describe('kernels', () => {
  it.each(KERNELS)('$name', ({ text, at, keeps, options = {}, rough = false }) => {
    const names = /function f\(([^)]*)\)/
      .exec(text)![1]!
      .replace(/\{[^}]*\}/g, '')
      .split(',')
      .map((p) => /[\w$]+/.exec(p)![0]);
    let compared = 0;
    for (const args of at) {
      const result = agree(text, 'f', args, { trace: names, ...options });
      if (result.kind === 'thrown') continue;
      expect(result.kind === 'agrees' ? '' : `${result.kind}: ${result.message}`).toBe('');
      if (result.kind !== 'agrees') return;
      compared += result.compared;
      for (const [kind, n] of Object.entries(keeps)) {
        expect(count(result.program, kind as Kind), kind).toBeGreaterThanOrEqual(n);
      }
    }
    if (!rough) expect(compared).toBeGreaterThan(0);
  });

  it('the Program of a loop does not grow with its length', () => {
    const size = (x: number[]) => {
      const result = agree(KERNELS[0]!.text, 'f', [x]);
      return result.kind === 'agrees' ? [...instructionsIn(result.program.functions[0]!.body)].length : -1;
    };
    expect(size([1, 2])).toBe(size(Array.from({ length: 20 }, (_, i) => 0.1 * i)));
  });
});
