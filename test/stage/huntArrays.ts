import type { HuntCase } from './huntCase.ts';

/** Arrays that become longer by what is stored in them. */
export const ARRAYS: readonly HuntCase[] = [
  {
    name: 'filledFromTheSecond',
    text: `function f(x: number[]) { const s = []; for (let i = 0; i < 3; i++) { if (i > 0) s[i - 1] = x[i]; } return s[0] * 10 + s[1]; }`,
    at: [[[4, 1, 2]]],
    staged: true,
  },
  {
    name: 'minors',
    text: `function det(a) { if (a.length === 2) return a[0][0] * a[1][1] - a[0][1] * a[1][0]; let d = 0;
      for (let i = 0; i < a.length; i++) { const s = [];
        for (let row = 1; row < a.length; row++) { s[row - 1] = [];
          for (let col = 0; col < a.length; col++) { if (col < i) s[row - 1][col] = a[row][col]; else if (col > i) s[row - 1][col - 1] = a[row][col]; } }
        d += det(s) * a[0][i] * (i % 2 ? -1 : 1); }
      return d; }
      function f(x: number, y: number) { return det([[x, 1, y], [1, x * y, 2], [y, 3, x]]); }`,
    at: [[1.5, -0.5]],
    staged: true,
  },
  {
    name: 'prefixSums',
    text: `function f(x: number[]) { const s = [0]; for (let i = 0; i < x.length; i++) s[i + 1] = s[i] + x[i] * x[i]; return s[2]; }`,
    at: [[[4, 1, 2]]],
    staged: false,
  },
  {
    name: 'readBehindWhatWasStored',
    text: `function f(x: number[]) { const s = [0, 0]; for (let i = 0; i < x.length; i++) s[i] = x[i]; return s[0] + 10 * s[2]; }`,
    at: [[[4, 1, 2]]],
    staged: false,
  },
  {
    name: 'storedBehindTheEnd',
    text: `function f(x: number[], n: number) { const s = [1, 2]; for (let i = 0; i < x.length; i++) s[i % 2] += x[i]; s[2] = s[0] * s[1]; return s[2]; }`,
    at: [[[4, 1, 2], 1]],
    staged: false,
  },
  {
    name: 'longEnough',
    text: `function f(x: number[]) { const s = [0, 0, 0]; for (let i = 0; i < x.length; i++) s[i] = x[i] * x[i]; return s[0] + 10 * s[2]; }`,
    at: [[[4, 1, 2]], [[4, 1]]],
    staged: true,
  },
  {
    name: 'proxyAsResult',
    text: `function f(x: number) { return new Proxy([x, x * x], {}); }`,
    at: [[2]],
    staged: false,
  },
  {
    name: 'mapAsResult',
    text: `function f(x: number) { return new Map([['a', x * x]]); }`,
    at: [[2]],
    staged: false,
  },
  {
    name: 'arrayWithNames',
    text: `function f(x: number) { const a = Object.assign([x, x * x], { norm: 0 }); a.norm = Math.hypot(a[0], a[1]); return a; }`,
    at: [[2]],
    staged: true,
  },
  {
    name: 'definedProperty',
    text: `function f(x: number) { const o = { a: x }; Object.defineProperty(o, 'b', { value: x * x, enumerable: true }); return o; }`,
    at: [[2]],
    staged: true,
  },
  {
    name: 'kindAskedInALoop',
    text: `const kind = Object.prototype.toString;
      function size(v) { const s = []; while (kind.call(v) === '[object Array]') { s.push(v.length); v = v[0]; } return s; }
      function f(x: number, y: number) { const m = [[x, y, 1], [y, x * x, 2]]; const [rows, columns] = size(m); return rows * m[1][1] + columns * m[0][1] + size(m).length * x; }`,
    at: [[1.5, -0.5]],
    staged: true,
  },
];
