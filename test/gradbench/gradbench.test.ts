/** The twelve evaluations at small sizes, against closed forms, published values and differences of the definitions. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  column,
  determinant,
  gradient,
  type HandModel,
  logPosterior,
  lstm,
  reprojection,
  vertices,
} from './reference.ts';
import { Session } from './session.ts';

const session = new Session();
beforeAll(async () => {
  expect(await session.send({ kind: 'start', eval: 'hello' })).toEqual({ id: 0, tool: 'gradlens' });
});
afterAll(() => session.end());

const RUNS = { min_runs: 1, min_seconds: 0 };
const evaluate = <T = number[]>(module: string, name: string, input: object): Promise<T> =>
  session.evaluate(module, name, { ...input, ...RUNS });

const defined = new Set<string>();
async function define(module: string): Promise<void> {
  if (defined.has(module)) return;
  defined.add(module);
  const response = await session.send({ kind: 'define', module });
  expect(response.error).toBeUndefined();
  expect(response.success).toBe(true);
}

/** Relative to the larger of 1 and what is expected, a hundred thousand times finer than GradBench's. */
function agree(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((v, i) => {
    const off = Math.abs(v - expected[i]!) / Math.max(1, Math.abs(expected[i]!));
    expect(off, `${i}: ${v} instead of ${expected[i]}`).toBeLessThan(1e-9);
  });
}

/** Numbers between −1 and 1 that look like nothing. */
function numbers(count: number, seed: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const v = 43758.5453 * Math.sin(12.9898 * (i + 1) + 78.233 * seed);
    return 2 * (v - Math.floor(v)) - 1;
  });
}
const matrix = (rows: number, columns: number, seed: number): number[][] =>
  Array.from({ length: rows }, (_, i) => numbers(columns, seed + i / 7));

describe('the protocol', () => {
  test('what is unknown is no success, and the session goes on', async () => {
    expect((await session.send({ kind: 'define', module: 'nothing' })).success).toBe(false);
    const evaluation = { kind: 'evaluate', module: 'nothing', function: 'f', input: 1 };
    expect((await session.send(evaluation)).success).toBe(false);
    expect((await session.send({ kind: 'analysis', of: 1, valid: true })).success).toBeUndefined();
  });

  test('as many runs as are asked for, each with its time', async () => {
    await define('lse');
    const input = { x: [1, 2], min_runs: 7, min_seconds: 0 };
    const { timings } = await session.send({ kind: 'evaluate', module: 'lse', function: 'primal', input });
    expect(timings?.map(({ name }) => name)).toEqual(Array(7).fill('evaluate'));
  });
});

test('hello', async () => {
  await define('hello');
  expect(await session.evaluate('hello', 'square', 3)).toBe(9);
  expect(await session.evaluate('hello', 'double', 9)).toBe(18);
});

test('llsq: the normal equations', async () => {
  await define('llsq');
  const x = numbers(5, 1);
  const t = Array.from({ length: 9 }, (_, i) => -1 + i / 4);
  const residuals = t.map((v) => Math.sign(v) - x.reduce((sum, c, j) => sum + c * v ** j, 0));
  agree(
    [await evaluate<number>('llsq', 'primal', { x, n: 9 })],
    [residuals.reduce((sum, r) => sum + r * r, 0) / 2],
  );
  agree(
    await evaluate('llsq', 'gradient', { x, n: 9 }),
    x.map((_, j) => -residuals.reduce((sum, r, i) => sum + r * t[i]! ** j, 0)),
  );
});

test('lse: the softmax, also where exponentials overflow', async () => {
  await define('lse');
  const x = [999, 1000, 997.5, 1000.25];
  const powers = x.map((v) => Math.exp(v - 1000));
  const sum = powers.reduce((a, b) => a + b);
  agree([await evaluate<number>('lse', 'primal', { x })], [1000 + Math.log(sum)]);
  agree(
    await evaluate('lse', 'gradient', { x }),
    powers.map((p) => p / sum),
  );
});

test('ode: up to the fourth degree the method is exact', async () => {
  await define('ode');
  const x = [0.7, 1.3, 0.4, 1.9];
  const y = x.map((_, i) => (x.slice(0, i + 1).reduce((a, b) => a * b) * 2 ** (i + 1)) / [1, 2, 6, 24][i]!);
  for (const s of [1, 3]) {
    agree(await evaluate('ode', 'primal', { x, s }), y);
    agree(
      await evaluate('ode', 'gradient', { x, s }),
      x.map((v) => y[3]! / v),
    );
  }
});

test('det: the cofactors', async () => {
  await define('det');
  for (const ell of [1, 2, 5]) {
    const a = matrix(ell, ell, 3);
    const without = (r: number, c: number) =>
      a.filter((_, i) => i !== r).map((row) => row.filter((_, j) => j !== c));
    const input = { A: a.flat(), ell };
    agree([await evaluate<number>('det', 'primal', input)], [determinant(a)]);
    agree(
      await evaluate('det', 'gradient', input),
      a.flatMap((row, i) => row.map((_, j) => (-1) ** (i + j) * determinant(without(i, j)))),
    );
  }
});

test("kmeans: Newton's direction leads from the means of the clusters", async () => {
  await define('kmeans');
  const points = [
    [0, 0],
    [1, 0],
    [0, 2],
    [10, 10],
    [12, 11],
  ];
  const centroids = [
    [1, 1],
    [9, 9],
  ];
  const input = { points, centroids };
  expect(await evaluate<number>('kmeans', 'cost', input)).toBe(2 + 1 + 2 + 2 + 13);
  agree((await evaluate<number[][]>('kmeans', 'dir', input)).flat(), [
    1 - 1 / 3,
    1 - 2 / 3,
    9 - 11,
    9 - 10.5,
  ]);
});

describe.each(['ff', 'fr', 'rf', 'rr'])('nested differentiation, %s', (modes) => {
  test('particle: where others find it', async () => {
    await define('particle');
    expect(await evaluate<number>('particle', modes, { w: 0 })).toBeCloseTo(0.2071918746486116, 9);
  });
  test('saddle: where others find it', async () => {
    await define('saddle');
    const found = await evaluate('saddle', modes, { start: [1, 1] });
    expect(found.length).toBe(4);
    for (const v of found) expect(v).toBeCloseTo(8.246324826140356e-6, 15);
  });
});

test('gmm: the densities as they are defined', async () => {
  await define('gmm');
  const [d, k, n, m] = [3, 2, 4, 1];
  const x = matrix(n, d, 1);
  const at = { alpha: numbers(k, 2), mu: matrix(k, d, 3), q: matrix(k, d, 4), l: matrix(k, 3, 5) };
  const input = { ...at, d, k, n, x, m, gamma: 0.8 };
  const unpacked = (p: readonly number[]) => {
    const rows = (from: number) => [p.slice(from, from + 3), p.slice(from + 3, from + 6)];
    return { alpha: p.slice(0, 2), mu: rows(2), q: rows(8), l: rows(14) };
  };
  agree([await evaluate<number>('gmm', 'objective', input)], [logPosterior(at, x, m, 0.8)]);
  const answer = await evaluate<typeof at>('gmm', 'jacobian', input);
  expect(Object.keys(answer).sort()).toEqual(['alpha', 'l', 'mu', 'q']);
  const flat = ({ alpha, mu, q, l }: typeof at) => [alpha, mu.flat(), q.flat(), l.flat()].flat();
  agree(
    flat(answer),
    gradient((p) => logPosterior(unpacked(p), x, m, 0.8), flat(at)),
  );
});

test('ba: three measurements of two points by two cameras', async () => {
  await define('ba');
  const [n, m, p] = [2, 2, 3];
  const cam = [0.1, -0.2, 0.3, 0.5, -0.4, -3, 2, 0.1, 0.2, -0.1, 0.05];
  const point = [0.3, 0.6, 1.5];
  const [w, feat] = [0.8, [0.2, -0.1]];
  const input = { n, m, p, cam, x: point, w, feat };
  const all = [...cam, ...point, w];
  const value = reprojection(all, feat);
  const objective = await evaluate<Record<string, Record<string, unknown>>>('ba', 'objective', input);
  agree(objective['reproj_error']!['elements'] as number[], value);
  expect(objective['reproj_error']!['repeated']).toBe(3);
  expect(objective['w_err']).toEqual({ element: 1 - w * w, repeated: 3 });
  const { rows, cols, vals } = await evaluate<Record<'rows' | 'cols' | 'vals', number[]>>(
    'ba',
    'jacobian',
    input,
  );
  const columns = all.map((_, i) => column((y) => reprojection(y, feat), all, i));
  agree(vals, [...columns.map((c) => c[0]!), ...columns.map((c) => c[1]!), -2 * w]);
  const firstRow = [...Array(11).keys(), 22, 23, 24, 28];
  expect(cols).toEqual([...firstRow, ...firstRow, 11 * n + 3 * m + p - 1]);
  expect(rows).toEqual([0, 15, 30, 45, 60, 75, 90, 91, 92, 93, 93]);
});

test('lstm', async () => {
  await define('lstm');
  const b = 3;
  const main = matrix(4, 4 * b, 1);
  const extra = matrix(3, b, 2);
  const state = matrix(4, b, 3);
  const sequence = matrix(5, b, 4).map((row) => row.map((v) => (v > 0 ? 1 : 0)));
  const input = { main_params: main, extra_params: extra, state, sequence };
  agree([await evaluate<number>('lstm', 'objective', input)], [lstm(main, extra, state, sequence)]);
  const rows = (p: readonly number[], columns: number) =>
    Array.from({ length: p.length / columns }, (_, i) => p.slice(i * columns, (i + 1) * columns));
  agree(
    await evaluate('lstm', 'jacobian', input),
    gradient(
      (p) => lstm(rows(p.slice(0, 48), 4 * b), rows(p.slice(48), b), state, sequence),
      [...main.flat(), ...extra.flat()],
    ),
  );
});

describe('ht', () => {
  const bones = 22;
  const affine = (seed: number) => [...matrix(3, 4, seed), [0, 0, 0, 1]];
  const each = <T>(make: (bone: number) => T): T[] => Array.from({ length: bones }, (_, i) => make(i));
  const model: HandModel = {
    bone_count: bones,
    bone_names: each(String),
    parents: each((i) => (i < 2 ? i - 1 : i % 4 === 2 ? 0 : i - 1)),
    base_relatives: each((i) => affine(i)),
    inverse_base_absolutes: each((i) => affine(i + 0.5)),
    base_positions: matrix(6, 3, 9).map((row) => [...row, 1]),
    weights: matrix(6, bones, 10),
    triangles: [
      [0, 1, 2],
      [3, 5, 4],
    ],
    is_mirrored: true,
  };
  const theta = numbers(26, 11);

  test('vertices', async () => {
    await define('ht');
    const correspondences = [5, 2];
    const points = matrix(2, 3, 12);
    const input = { theta, data: { model, correspondences, points }, us: [] };
    const errors = (p: readonly number[]) => {
      const at = vertices(p, model);
      return points.flatMap((point, i) => point.map((v, j) => v - at[correspondences[i]!]![j]!));
    };
    agree(await evaluate('ht', 'objective', input), errors(theta));
    const jacobian = await evaluate<number[][]>('ht', 'jacobian', input);
    const columns = theta.map((_, i) => column(errors, theta, i));
    jacobian.forEach((row, r) => {
      agree(
        row,
        columns.map((c) => c[r]!),
      );
    });
    expect(jacobian.length).toBe(6);
  });

  test('points of triangles: two columns for each its own barycentric coordinates', async () => {
    await define('ht');
    const correspondences = [1, 0];
    const points = matrix(2, 3, 12);
    const us = [
      [0.2, 0.3],
      [0.6, 0.1],
    ];
    const input = { theta, data: { model, correspondences, points }, us };
    // The same change of u at each of the points.
    const errors = ([du, dv, ...p]: readonly number[]) => {
      const at = vertices(p, model);
      return points.flatMap((point, i) =>
        point.map((v, j) => {
          const [a, b, c] = model.triangles[correspondences[i]!]!;
          const [ua, ub] = [us[i]![0]! + du!, us[i]![1]! + dv!];
          return v - ua * at[a!]![j]! - ub * at[b!]![j]! - (1 - ua - ub) * at[c!]![j]!;
        }),
      );
    };
    const all = [0, 0, ...theta];
    agree(await evaluate('ht', 'objective', input), errors(all));
    const jacobian = await evaluate<number[][]>('ht', 'jacobian', input);
    const columns = all.map((_, i) => column(errors, all, i));
    expect(jacobian.length).toBe(6);
    jacobian.forEach((row, r) => {
      agree(
        row,
        columns.map((c) => c[r]!),
      );
    });
  });
});
