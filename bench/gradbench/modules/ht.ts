import { surfaceErrorsJvp } from '../generated/surfaceErrorsJvp.ts';
import { vertexErrorsJvp } from '../generated/vertexErrorsJvp.ts';
import { type Hand, surfaceErrors, vertexErrors } from '../objectives/ht.ts';
import type { Prepared } from '../protocol.ts';
import { flat } from './flat.ts';

interface Input {
  readonly theta: number[];
  readonly data: {
    readonly model: {
      readonly parents: number[];
      readonly base_relatives: number[][][];
      readonly inverse_base_absolutes: number[][][];
      readonly base_positions: number[][];
      readonly weights: number[][];
      readonly triangles: number[][];
      readonly is_mirrored: boolean;
    };
    readonly correspondences: number[];
    readonly points: number[][];
  };
  readonly us: number[][];
}

function prepared({ theta, data, us }: Input) {
  const { model, correspondences, points } = data;
  const hand: Hand = {
    parents: Int32Array.from(model.parents),
    baseRelatives: flat(model.base_relatives.flat()),
    inverseBaseAbsolutes: flat(model.inverse_base_absolutes.flat()),
    basePositions: flat(model.base_positions),
    weights: flat(model.weights),
    mirrored: model.is_mirrored,
  };
  return {
    hand,
    theta: Float64Array.from(theta),
    u: flat(us),
    triangles: Int32Array.from(model.triangles.flat()),
    correspondences: Int32Array.from(correspondences),
    points: flat(points),
    onSurface: us.length > 0,
  };
}

export function objective(input: Input): Prepared {
  const { hand, theta, u, triangles, correspondences, points, onSurface } = prepared(input);
  return {
    run: () =>
      onSurface
        ? surfaceErrors(theta, u, hand, triangles, correspondences, points)
        : vertexErrors(theta, hand, correspondences, points),
    answer: Array.from<number>,
  };
}

/**
 * By columns. Three rows depend on the same two of the numbers u and on no others: all columns of u are told by two
 * directions.
 */
export function jacobian(input: Input): Prepared {
  const { hand, theta, u, triangles, correspondences, points, onSurface } = prepared(input);
  const along = (thetaDot: Float64Array, uDot: Float64Array): Float64Array =>
    onSurface
      ? surfaceErrorsJvp(theta, u, hand, triangles, correspondences, points, thetaDot, uDot)
      : vertexErrorsJvp(theta, hand, correspondences, points, thetaDot);
  return {
    run(): Float64Array[] {
      const thetaDot = new Float64Array(theta.length);
      const uDot = new Float64Array(u.length);
      const columns: Float64Array[] = [];
      for (let parity = 0; parity < (onSurface ? 2 : 0); parity++) {
        for (let i = 0; i < u.length; i++) uDot[i] = i % 2 === parity ? 1 : 0;
        columns.push(along(thetaDot, uDot));
      }
      uDot.fill(0);
      for (let i = 0; i < theta.length; i++) {
        thetaDot[i] = 1;
        columns.push(along(thetaDot, uDot));
        thetaDot[i] = 0;
      }
      return columns;
    },
    answer: (columns: Float64Array[]) => Array.from(points, (_, i) => columns.map((column) => column[i])),
  };
}
