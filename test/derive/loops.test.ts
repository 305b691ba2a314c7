import { describe, expect, it } from 'vitest';
import { derive } from '../../core/derive/derive.ts';
import { printProgram } from '../../core/program/print.ts';
import { agree } from '../stage/agree.ts';
import { staged } from '../support/stage.ts';

const ramp = (n: number, f: (i: number) => number = (i) => Math.sin(1 + 1.7 * i)) =>
  Array.from({ length: n }, (_, i) => f(i));
const flat = (n: number) => Float64Array.from(ramp(n));

/**
 * Functions whose loops tempt the sweeps: what is fused, taped, read again, written out, kept in small arrays and run
 * side by side, and what must not be. Each is compared with the real function, with differences and with forward mode.
 */
const CASES: readonly {
  readonly name: string;
  readonly text: string;
  readonly args: readonly unknown[];
  readonly fixed?: readonly number[];
}[] = [
  {
    name: 'two layers, rows side by side',
    text: `function f(p: Float64Array, x: Float64Array) {
      const h = new Float64Array(20);
      let s = 0;
      for (let n = 0; n < 2; n++) {
        for (let j = 0; j < 20; j++) { let z = p[j]!; for (let i = 0; i < 18; i++) z += p[20 + j * 18 + i]! * x[n * 18 + i]!; h[j] = Math.tanh(z); }
        let y = 0; for (let j = 0; j < 20; j++) y += p[j]! * h[j]!;
        s += y * y;
      }
      return s;
    }`,
    args: [flat(380), flat(36)],
  },
  {
    name: 'an array that keeps something from one iteration to the next',
    text: `function f(x: Float64Array, n: number) {
      const h = new Float64Array(4);
      let s = 0;
      for (let k = 0; k < n; k++) {
        for (let j = 1; j < 4; j++) h[j] = Math.sin(h[j - 1]! + x[j]!);
        h[0] = h[3]! * x[0]!;
        s += h[0]!;
      }
      return s;
    }`,
    args: [flat(4), 3],
    fixed: [1],
  },
  {
    name: 'an array that is only partly filled anew',
    text: `function f(x: Float64Array, n: number) {
      const h = new Float64Array(5);
      let s = 0;
      for (let k = 0; k < n; k++) {
        for (let j = 0; j < 4; j++) h[j] = Math.exp(0.1 * x[j]! * k);
        for (let j = 0; j < 5; j++) s += h[j]! * x[j]!;
        h[4] = s;
      }
      return s;
    }`,
    args: [flat(5), 3],
    fixed: [1],
  },
  ...[0, 1, 4, -3, 2.5].map((n) => ({
    name: `a loop of ${n} iterations, and a tape for it`,
    text: `function f(x: Float64Array, n: number) {
      let a = x[0]!, b = x[1]!;
      for (let i = 0; i < n; i++) { const c = Math.sin(a * b); b = a + 0.3 * c; a = c * x[2]!; }
      return a + b * b;
    }`,
    args: [flat(3), n],
    fixed: [1],
  })),
  {
    name: 'what is stored after the loop that reads it',
    text: `function f(x: Float64Array) {
      let s = 0;
      for (let i = 0; i < 20; i++) s += Math.sin(x[i]!) * x[i]!;
      x[3] = 2 * x[4]!;
      let t = 0;
      for (let i = 0; i < 20; i++) t += x[i]! * x[i]! * x[i]!;
      return s + t * x[3]!;
    }`,
    args: [flat(20)],
  },
  {
    name: 'a sum that is used where it is made',
    text: `function f(x: Float64Array) {
      let s = 0, t = 0;
      for (let i = 0; i < 20; i++) { s += x[i]!; t += s * x[i]!; }
      return t * s;
    }`,
    args: [flat(20)],
  },
  {
    name: 'sums whose adjoints are known early, and one that is not',
    text: `function f(x: Float64Array, a: number) {
      let s = 0, t = 1, u = 0;
      for (let i = 0; i < 20; i++) { s -= a * x[i]!; u += x[i]! * x[i]!; }
      for (let i = 0; i < 20; i++) t = t + x[i]! / (a * a + 1) - s * 0.01;
      return 3 * s - t / 7 + Math.log(1 + u);
    }`,
    args: [flat(20), 0.7],
  },
  {
    name: 'the largest of several, and log-sum-exp',
    text: `function f(x: Float64Array) {
      let m = x[0]!;
      for (let i = 1; i < 19; i++) if (x[i]! > m) m = x[i]!;
      let s = 0;
      for (let i = 0; i < 19; i++) s += Math.exp(x[i]! - m);
      return Math.log(s) + m;
    }`,
    args: [flat(19)],
  },
  {
    name: 'a way out of two loops',
    text: `function f(x: Float64Array, limit: number) {
      let s = 0;
      for (let i = 0; i < 20; i++) {
        for (let j = 0; j < 3; j++) { s += x[i]! * x[(i + j) % 20]!; if (s > limit) return s * x[i]!; }
      }
      return s;
    }`,
    args: [flat(20), 1.31],
    fixed: [1],
  },
  {
    name: 'a packed triangle',
    text: `function f(p: Float64Array, x: Float64Array) {
      const q = new Float64Array(6);
      let l = 0, s = 0;
      for (let k = 0; k < 20; k++) {
        l = k;
        for (let j = 0; j < 6; j++) q[j] = x[j]! - p[j + k]!;
        for (let c = 0; c < 6; c++) for (let r = c + 1; r < 6; r++) q[r]! += p[l++]! * q[c]!;
        for (let j = 0; j < 6; j++) s += q[j]! * q[j]!;
      }
      return s;
    }`,
    args: [Float64Array.from(ramp(40, (i) => 0.3 * Math.cos(i))), flat(6)],
  },
  {
    name: 'rows of which each needs the one before',
    text: `function f(x: Float64Array) {
      const a = new Float64Array(400);
      for (let i = 0; i < 20; i++) a[i] = x[i]!;
      for (let r = 1; r < 20; r++) {
        let c = 0;
        for (let i = 0; i < 20; i++) { c += a[(r - 1) * 20 + i]!; a[r * 20 + i] = Math.sin(a[(r - 1) * 20 + i]! + 0.1 * c); }
      }
      let s = 0;
      for (let i = 0; i < 20; i++) s += a[380 + i]!;
      return s;
    }`,
    args: [flat(20)],
  },
  {
    name: 'sums into elements that the rows share',
    text: `function f(x: Float64Array, y: Float64Array) {
      const c = new Float64Array(24);
      for (let j = 0; j < 20; j++) { for (let i = 0; i < 5; i++) c[j + i]! += x[j]! * y[i]!; c[j]! += x[j]!; }
      for (let j = 0; j < 20; j++) { const d = c[j]! * x[j]!; for (let i = 0; i < 5; i++) c[i]! -= d * y[i]!; }
      let s = 0;
      for (let i = 0; i < 24; i++) s += c[i]! * c[i]!;
      return s;
    }`,
    args: [flat(20), flat(5)],
  },
  {
    name: 'as long as it does not converge',
    text: `function f(a: number, b: number) {
      let x = b, k = 0;
      while (Math.abs(x * x - a) > 1e-13 && k < 50) { x = 0.5 * (x + a / x); k++; }
      return x * b;
    }`,
    args: [3.1, 0.7],
  },
  {
    name: 'three loops in one another, run backwards',
    text: `function f(x: Float64Array, n: number) {
      let a = x[0]!;
      for (let i = 0; i < n; i++) for (let j = 0; j < n + 1; j++) for (let k = 0; k < 2; k++) a = Math.sin(a + x[j]!) * (1 + 0.1 * k) + x[i]!;
      return a * a;
    }`,
    args: [flat(5), 4],
    fixed: [1],
  },
  {
    name: 'arms and what they share',
    text: `function f(x: number, y: number, z: number) {
      let a: number, b: number;
      if (x > y) { const r = Math.sqrt(x * x + y * y); const s = Math.sin(r); if (s > z) { const e = Math.exp(s * r); a = e / r; b = e * z; } else { a = s; b = r * s; } }
      else { a = x * y; b = x - y; }
      return a * b + a / (1 + b * b);
    }`,
    args: [1.3, 0.4, 0.2],
  },
  {
    name: 'a saturated tanh',
    text: `function f(x: Float64Array) { let s = 0; for (let i = 0; i < 18; i++) s += Math.tanh(x[i]! * 3) * x[i]!; return s * s; }`,
    args: [Float64Array.from(ramp(18, (i) => i - 8.3))],
  },
  {
    name: 'not a number, and infinity',
    text: `function f(x: Float64Array) { let s = 0; for (let i = 0; i < 18; i++) { if (x[i]! > 0) s += Math.log(x[i]!); } return s * s; }`,
    args: [Float64Array.of(...ramp(15), Number.NaN, Number.POSITIVE_INFINITY, 0)],
  },
];

describe('loops', () => {
  it.each(CASES)('$name', ({ text, args, fixed }) => {
    const answer = agree(text, 'f', args, fixed ? { fixed } : {});
    expect(answer.kind).toBe('agrees');
  });

  const program = (text: string, name: string) => {
    const derived = derive(staged(text, name), 'gradient', undefined, { style: 'fast' });
    if (derived.kind === 'refused') throw new Error(derived.reason);
    return printProgram(derived.program);
  };

  it('needs neither tape nor second loop where sums alone tie the iterations', () => {
    const text = program(
      `function f(x: Float64Array) { let s = 0; for (let i = 1; i < x.length; i++) { const t = x[i]! - x[i - 1]! ** 2; s += t * t; } return s; }`,
      'f',
    );
    expect(text.match(/ loop /g)).toHaveLength(1);
    expect(text).not.toMatch(/push|pop/);
  });

  it('keeps a tape of known length in one array', () => {
    const text = program(
      `function f(x: Float64Array) { let a = x[0]!; for (let i = 0; i < 100; i++) a = Math.sin(a) * Math.exp(-a * a); return a; }`,
      'f',
    );
    expect(text).not.toMatch(/push|pop/);
    expect(text.match(/alloc Float64Array/g)).toHaveLength(2);
  });
});
