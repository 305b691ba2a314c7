/** Discrete LQR by Riccati iteration, scalar input, 2 states. */
type M2 = [[number, number], [number, number]];
//= gain([[1, 0.1], [0, 0.95]], [0.005, 0.1], 1.5, 0.3)
export function gain(A: M2, B: [number, number], q: number, r: number): [number, number] {
  let P: M2 = [[q, 0], [0, q]];
  let K: [number, number] = [0, 0];
  for (let it = 0; it < 40; it++) {
    const PB = [P[0][0] * B[0] + P[0][1] * B[1], P[1][0] * B[0] + P[1][1] * B[1]] as const;
    const s = r + B[0] * PB[0] + B[1] * PB[1];
    K = [0, 1].map((j) => (PB[0] * A[0][j]! + PB[1] * A[1][j]!) / s) as [number, number];
    const Acl = A.map((row, i) => row.map((a, j) => a - B[i]! * K[j]!));
    P = [0, 1].map((i) => [0, 1].map((j) => {
      let v = i === j ? q : 0;
      for (let k = 0; k < 2; k++) for (let l = 0; l < 2; l++) v += A[k]![i]! * P[k]![l]! * Acl[l]![j]!;
      return v;
    })) as unknown as M2;
  }
  return K;
}
//= mpcCost([0.5, -0.2, 0.1, 0], [1, 0.5])
export function mpcCost(us: number[], x0: [number, number]): number {
  return us.reduce(([x, v, J]: number[], u) => {
    const nx = x! + 0.1 * v!, nv = v! + 0.1 * (u - Math.sin(x!));
    return [nx, nv, J! + nx ** 2 + 0.1 * nv ** 2 + 0.01 * u ** 2 + 10 * Math.max(0, Math.abs(u) - 0.4) ** 2];
  }, [...x0, 0])[2]!;
}
