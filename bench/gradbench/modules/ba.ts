import { reprojectionErrorJacobian } from '../generated/reprojectionErrorJacobian.ts';
import { weightErrorGradient } from '../generated/weightErrorGradient.ts';
import { reprojectionError, weightError } from '../objectives/ba.ts';
import type { Prepared } from '../protocol.ts';

/** One camera, point, weight and measurement, which stand for n, m, p and p of them. */
interface Input {
  readonly n: number;
  readonly m: number;
  readonly p: number;
  readonly cam: number[];
  readonly x: number[];
  readonly w: number;
  readonly feat: [number, number];
}

const CAMERA = 11;
const POINT = 3;
const ROW = CAMERA + POINT + 1;

/** The i-th measurement is of point i mod m by camera i mod n. */
function scene({ n, m, p, cam, x, w, feat }: Input) {
  return {
    cameras: Array.from({ length: n }, () => Float64Array.from(cam)),
    points: Array.from({ length: m }, () => Float64Array.from(x)),
    weights: new Float64Array(p).fill(w),
    seen: Float64Array.from({ length: 2 * p }, (_, i) => feat[i % 2]!),
  };
}

interface Errors {
  readonly reprojection: Float64Array;
  readonly weight: Float64Array;
}

export function objective(input: Input): Prepared {
  const { cameras, points, weights, seen } = scene(input);
  const { n, m, p } = input;
  return {
    run(): Errors {
      const reprojection = new Float64Array(2 * p);
      const weight = new Float64Array(p);
      for (let i = 0; i < p; i++) {
        const w = weights[i]!;
        const [x, y] = reprojectionError(cameras[i % n]!, points[i % m]!, w, seen[2 * i]!, seen[2 * i + 1]!);
        reprojection[2 * i] = x;
        reprojection[2 * i + 1] = y;
        weight[i] = weightError(w);
      }
      return { reprojection, weight };
    },
    answer: ({ reprojection, weight }: Errors) => ({
      reproj_error: { elements: [reprojection[0], reprojection[1]], repeated: p },
      w_err: { element: weight[0], repeated: p },
    }),
  };
}

/** Compressed rows: those of the reprojection errors, two a measurement, then those of the weights' errors. */
interface SparseMatrix {
  readonly rows: Int32Array;
  readonly cols: Int32Array;
  readonly vals: Float64Array;
}

export function jacobian(input: Input): Prepared {
  const { cameras, points, weights, seen } = scene(input);
  const { n, m, p } = input;
  const firstPoint = CAMERA * n;
  const firstWeight = firstPoint + POINT * m;
  const row = (): [Float64Array, Float64Array, number] => [
    new Float64Array(CAMERA),
    new Float64Array(POINT),
    0,
  ];
  return {
    run(): SparseMatrix {
      const rows = new Int32Array(3 * p + 1);
      const cols = new Int32Array((2 * ROW + 1) * p);
      const vals = new Float64Array((2 * ROW + 1) * p);
      const out: [ReturnType<typeof row>, ReturnType<typeof row>] = [row(), row()];
      let at = 0;
      for (let i = 0; i < p; i++) {
        const camera = i % n;
        const point = i % m;
        reprojectionErrorJacobian(
          cameras[camera]!,
          points[point]!,
          weights[i]!,
          seen[2 * i]!,
          seen[2 * i + 1]!,
          out,
        );
        for (let r = 0; r < 2; r++) {
          const [byCamera, byPoint, byWeight] = out[r]!;
          for (let j = 0; j < CAMERA; j++) {
            cols[at] = CAMERA * camera + j;
            vals[at++] = byCamera[j]!;
          }
          for (let j = 0; j < POINT; j++) {
            cols[at] = firstPoint + POINT * point + j;
            vals[at++] = byPoint[j]!;
          }
          cols[at] = firstWeight + i;
          vals[at++] = byWeight;
          rows[2 * i + r + 1] = at;
        }
      }
      for (let i = 0; i < p; i++) {
        cols[at] = firstWeight + i;
        vals[at++] = weightErrorGradient(weights[i]!);
        rows[2 * p + i + 1] = at;
      }
      return { rows, cols, vals };
    },
    answer: ({ rows, cols, vals }: SparseMatrix) => ({
      rows: excerpt(rows),
      cols: excerpt(cols),
      vals: excerpt(vals),
    }),
  };
}

/** As GradBench wants it: the first measurement's two rows, and the last element. */
function excerpt(all: ArrayLike<number>): number[] {
  return [...Array.from(all).slice(0, 2 * ROW), all[all.length - 1]!];
}
