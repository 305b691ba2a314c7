/** Tests that come out the same all around (is it a number, is it not 0) are no search, however often they are repeated. */
import { expect, test } from 'vitest';
import { evaluateAt } from '../../core/analysis/evaluateAt.ts';
import { lowerSource } from '../support/source.ts';

const at = (code: string, ...args: number[]) =>
  evaluateAt({
    module: lowerSource(`const given = (x) => (isNaN(x) || !isFinite(x) ? 0 : x || 0);\nexport ${code}`, 'js')
      .slice,
    function: 'f',
    arguments: { kind: 'encoded', args },
    hessian: false,
    steps: 3e6,
  });

test('an input without a derivative leaves the others theirs', () => {
  const result = at(
    `function f(a, b, first) {
      const [x, y] = [a, b].map(given);
      if (first < 1) return NaN;
      let sum = 0;
      if (first === 1) { sum = -x; first++; }
      for (let i = first; i <= 6; i++) sum += Math.pow(given(x), i - 1);
      return sum * y;
    }`,
    ...[1.1, 2, 1],
  );
  const powers = [1, 2, 3, 4, 5];
  expect(result.kind).toBe('done');
  if (result.kind !== 'done') return;
  const [da, db, dn] = result.jacobian[0]!;
  expect(da).toBeCloseTo(2 * (powers.reduce((sum, k) => sum + k * 1.1 ** (k - 1), 0) - 1), 12);
  expect(db).toBeCloseTo(powers.reduce((sum, k) => sum + 1.1 ** k, 0) - 1.1, 12);
  expect(dn).toBeNaN();
});

test('nor does it take them from others whose order a loop asks for', () => {
  // A sum that asks which of two numbers is greater, and a power that is there for whole exponents alone.
  const result = at(
    `function f(a, b, c, n) {
      const x = [a, b, c];
      let sum = 0, lost = 0;
      for (const v of x) {
        const next = sum + v;
        lost += Math.abs(sum) >= Math.abs(v) ? sum - next + v : v - next + sum;
        sum = next;
      }
      const mean = (sum + lost) / 3;
      let powers = 0;
      for (const v of x) powers += Math.pow(v - mean, n);
      return powers;
    }`,
    ...[1.5, 4, 2.5, 3],
  );
  expect(result.kind).toBe('done');
  if (result.kind !== 'done') return;
  const deviations = [1.5, 4, 2.5].map((v) => v - 8 / 3);
  const mean = deviations.reduce((sum, d) => sum + d * d, 0) / 3;
  const [da, db, dc, dn] = result.jacobian[0]!;
  deviations.forEach((d, i) => {
    expect([da, db, dc][i]).toBeCloseTo(3 * (d * d - mean), 12);
  });
  expect(dn).toBeNaN();
});

test('a search among them is one all the same', () => {
  const result = at(
    `function f(c) {
      let l = 0, h = 10;
      for (let i = 0; i < 60; i++) { const m = (l + h) / 2; if (given(m * m) > given(c)) h = m; else l = m; }
      return l;
    }`,
    7.3,
  );
  expect(result.problems.map(({ id }) => id)).toEqual(['GL113']);
});

test('what is decided right before a loop is none of its tests', () => {
  // As a decomposition asks whether a pivot is 0 before it goes through the columns.
  const result = at(
    `function f(x, y) {
      let pivot = x - y, factor = pivot;
      for (const other of [x, 2 * x]) if (Math.abs(other) < y / 2) pivot = other;
      if (pivot === 0) factor = 1;
      for (let k = 0; k < 1; k++) pivot = pivot * factor;
      return pivot;
    }`,
    ...[2, 1],
  );
  expect(result.kind).toBe('done');
  if (result.kind !== 'done') return;
  const [dx, dy] = result.jacobian[0]!;
  // (x − y)²
  expect([dx, dy]).toEqual([2, -2]);
});

test('nor is a mean that asks whether there is a number an iteration that ends with the first one', () => {
  const code = `function strength(v) {
    const mean = (w) => {
      let m = 0, n = 0;
      for (const x of w) if (x !== undefined && !isNaN(x)) { m += x; if (++n === 3) break; }
      m /= n;
      for (let i = 4; i < w.length; i++) if (!isNaN(w[i])) m = w[i] / 3 + (2 / 3) * m;
      return m;
    };
    const up = [NaN], down = [NaN];
    for (let i = 1; i < v.length; i++) {
      const c = v[i] - v[i - 1];
      up.push(c > 0 ? c : 0);
      down.push(c < 0 ? -c : 0);
    }
    return 100 - 100 / (1 + mean(up) / mean(down));
  }`;
  const strength = new Function(`${code} return strength;`)() as (v: readonly number[]) => number;
  const closes = [10.2, 11.5, 12.1, 11.7, 13.3, 14.1, 13.9];
  const result = at(`${code}\nexport const f = (...v) => strength(v)`, ...closes);
  if (result.kind !== 'done') throw new Error(result.error.message);
  for (const [i, x] of closes.entries()) {
    const moved = (h: number) => strength(closes.with(i, x + h));
    const slope = (8 * (moved(1e-3) - moved(-1e-3)) - (moved(2e-3) - moved(-2e-3))) / 12e-3;
    expect(Math.abs(result.jacobian[0]![i]! - slope)).toBeLessThanOrEqual(
      1e-7 * Math.max(1, Math.abs(slope)),
    );
  }
});
