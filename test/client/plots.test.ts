import { describe, expect, it } from 'vitest';
import { chained, contourSegments } from '../../client/panel/plots/contour.ts';
import { levelsOf, niceTicks, placesOf } from '../../client/panel/plots/samples.ts';

/** A function over the square from −1 to 1. */
function grid(count: number, f: (x: number, y: number) => number): (number | null)[] {
  const places = placesOf({ input: 0, low: -1, high: 1, count });
  return places.flatMap((y) => places.map((x) => f(x, y)));
}
const place = (cell: number, count: number): number => -1 + (2 * cell) / (count - 1);

describe('contours', () => {
  it('lie on the circle that they are of, all around', () => {
    const count = 41;
    const segments = contourSegments(
      grid(count, (x, y) => x * x + y * y),
      count,
      count,
      0.5,
    );
    let length = 0;
    for (const [x1, y1, x2, y2] of segments) {
      for (const [x, y] of [
        [x1, y1],
        [x2, y2],
      ] as const)
        expect(Math.abs(Math.hypot(place(x, count), place(y, count)) - Math.SQRT1_2)).toBeLessThan(2e-3);
      length += Math.hypot(x2 - x1, y2 - y1) * (2 / (count - 1));
    }
    expect(length / (2 * Math.PI * Math.SQRT1_2)).toBeCloseTo(1, 2);
  });

  it('are exact for a plane, whichever way it slopes', () => {
    for (const [p, q] of [
      [1, 2],
      [-1, 2],
      [2, -1],
      [-2, -1],
    ] as const) {
      const segments = contourSegments(
        grid(5, (x, y) => p * x + q * y),
        5,
        5,
        0.3,
      );
      expect(segments.length).toBeGreaterThan(3);
      for (const [x1, y1, x2, y2] of segments) {
        expect(p * place(x1, 5) + q * place(y1, 5)).toBeCloseTo(0.3, 12);
        expect(p * place(x2, 5) + q * place(y2, 5)).toBeCloseTo(0.3, 12);
      }
    }
  });

  it('part a saddle by what its middle is', () => {
    // Corners a and c are above, b and d below; the middle is above: a and c are joined, b and d cut off.
    const joined = contourSegments([3, 0, 0, 3], 2, 2, 1);
    expect(joined.map(([x1, y1, x2, y2]) => [Math.min(x1, x2), Math.min(y1, y2)])).toEqual([
      [2 / 3, 0],
      [0, 2 / 3],
    ]);
    const apart = contourSegments([3, 0, 0, 3], 2, 2, 2);
    expect(apart.map(([x1, y1, x2, y2]) => [Math.max(x1, x2), Math.max(y1, y2)])).toEqual([
      [1 / 3, 1 / 3],
      [1, 1],
    ]);
  });

  it('leave out cells with an unknown corner', () => {
    expect(contourSegments([0, 1, null, 1], 2, 2, 0.5)).toEqual([]);
  });
});

describe('round numbers', () => {
  it('are 1, 2 or 5 times a power of ten', () => {
    expect(niceTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(niceTicks(-3, 4.4, 4)).toEqual([-2, 0, 2, 4]);
    expect(niceTicks(0.0011, 0.0019, 4)).toEqual([0.0012, 0.0014, 0.0016, 0.0018]);
    expect(niceTicks(2, 2, 4)).toEqual([2]);
  });

  it('spread over the bulk of the values, not over a pole', () => {
    const values = Array.from({ length: 100 }, (_, i) => (i === 7 ? 1e9 : i / 100));
    const levels = levelsOf(values, 8);
    expect(levels.length).toBeGreaterThan(3);
    expect(Math.max(...levels)).toBeLessThanOrEqual(1);
    expect(levelsOf([null, null], 8)).toEqual([]);
    expect(levelsOf([2, 2, 2], 8)).toEqual([]);
  });

  it('stand closer where most values are: a valley has a line', () => {
    const values = grid(41, (x, y) => (1 - 2 * x) ** 2 + 100 * (2 * y - 4 * x * x) ** 2);
    const levels = levelsOf(values, 8);
    expect(levels.length).toBeGreaterThanOrEqual(6);
    const below = (level: number): number => values.filter((value) => value! < level).length / values.length;
    levels.forEach((level, k) => {
      if (k > 0) expect(level).toBeGreaterThan(levels[k - 1]!);
      expect(String(level).replace(/[-.]|0+$/g, '').length).toBeLessThanOrEqual(4);
    });
    expect(below(levels[0]!)).toBeGreaterThan(0.05);
    expect(below(levels[0]!)).toBeLessThan(0.2);
    // The other way round alike.
    expect(
      levelsOf(
        values.map((value) => -value!),
        8,
      )[0],
    ).toBeLessThan(-levels.at(-2)!);
  });
});

it('pieces of a line that go on are drawn as one, whatever their order', () => {
  const piece = (from: number, to: number) =>
    ({ kind: 'kink', from: [from, 2 * from], to: [to, 2 * to] }) as const;
  const lines = chained([piece(2, 1), piece(3, 4), piece(2, 3), piece(10, 11)]);
  expect(lines.map(({ from, to }) => [from?.[0] ?? null, to[0]])).toEqual([
    [1, 2],
    [null, 3],
    [null, 4],
    [10, 11],
  ]);
  // A closed one begins anywhere and comes back.
  const ring = chained([piece(0, 1), piece(1, 2), piece(2, 0)]);
  expect(ring.map(({ from }) => from === null)).toEqual([false, true, true]);
  expect(ring.at(-1)!.to).toEqual(ring[0]!.from);
});
