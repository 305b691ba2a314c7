interface Model { F: number; H: number; Q: number; R: number }
interface Belief { x: number; P: number }

function* filter(model: Model, prior: Belief, zs: Iterable<number>): Generator<Belief & { nll: number }> {
  let { x, P } = prior;
  for (const z of zs) {
    x = model.F * x;
    P = model.F * P * model.F + model.Q;
    const S = model.H * P * model.H + model.R;
    const innovation = z - model.H * x;
    const K = (P * model.H) / S;
    x += K * innovation;
    P *= 1 - K * model.H;
    yield { x, P, nll: 0.5 * (Math.log(2 * Math.PI * S) + innovation ** 2 / S) };
  }
}

//= likelihood({"F": 0.95, "H": 1.1, "Q": 0.2, "R": 0.5}, [1, 1.2, 0.8, 0.4])
export function likelihood(m: Model, zs: number[]): number {
  let total = 0;
  for (const { nll } of filter(m, { x: 0.5, P: 1 }, zs)) total += nll;
  return total;
}

//= constantVelocity([0.1, 1.1, 1.9, 3.2], 0.5, 0.3)
export function constantVelocity(zs: number[], q: number, r: number): number[] {
  let x = [0, 1];
  let P = [[1, 0], [0, 1]];
  const dt = 1;
  for (const z of zs) {
    x = [x[0] + dt * x[1], x[1]];
    P = [
      [P[0][0] + dt * (P[1][0] + P[0][1]) + dt * dt * P[1][1] + q / 3, P[0][1] + dt * P[1][1] + q / 2],
      [P[1][0] + dt * P[1][1] + q / 2, P[1][1] + q],
    ];
    const S = P[0][0] + r, K = [P[0][0] / S, P[1][0] / S], e = z - x[0];
    x = x.map((xi, i) => xi + K[i] * e);
    P = P.map((row, i) => row.map((p, j) => p - K[i] * P[0][j]));
  }
  return [...x, P[0][0], P[1][1]];
}
