/** The objectives once more, from their definitions, and differences of them. */

type Rows = readonly (readonly number[])[];

/** A step at which differences of eighth order are as exact as doubles let them, where all varies on the size of 1. */
const STEP = 1 / 64;

/** The Jacobian's column of one of the numbers that f takes. */
export function column(
  f: (x: readonly number[]) => readonly number[],
  x: readonly number[],
  i: number,
): number[] {
  const at = (steps: number) => f(x.map((v, j) => (j === i ? v + steps * STEP : v)));
  const across = [1, 2, 3, 4].map((steps) => {
    const below = at(-steps);
    return at(steps).map((v, o) => (v - below[o]!) / STEP);
  });
  return across[0]!.map(
    (v, o) => (4 / 5) * v - across[1]![o]! / 5 + (4 / 105) * across[2]![o]! - across[3]![o]! / 280,
  );
}

export function gradient(f: (x: readonly number[]) => number, x: readonly number[]): number[] {
  return x.map((_, i) => column((y) => [f(y)], x, i)[0]!);
}

export function product(a: Rows, b: Rows): number[][] {
  return a.map((row) => b[0]!.map((_, j) => row.reduce((sum, v, k) => sum + v * b[k]![j]!, 0)));
}

/** By Gaussian elimination, without pivots. */
export function determinant(a: Rows): number {
  const u = a.map((row) => [...row]);
  let result = 1;
  for (let i = 0; i < u.length; i++) {
    result *= u[i]![i]!;
    for (let r = i + 1; r < u.length; r++) {
      const factor = u[r]![i]! / u[i]![i]!;
      for (let c = i; c < u.length; c++) u[r]![c]! -= factor * u[i]![c]!;
    }
  }
  return result;
}

const transposed = (a: Rows): number[][] => a[0]!.map((_, j) => a.map((row) => row[j]!));

/** Γ of an integer or half of one. */
function gamma(x: number): number {
  return x === 1 ? 1 : x === 0.5 ? Math.sqrt(Math.PI) : (x - 1) * gamma(x - 1);
}

export interface Mixture {
  readonly alpha: number[];
  readonly mu: number[][];
  readonly q: number[][];
  readonly l: number[][];
}

/** log of the posterior: the densities as they are defined, multiplied. */
export function logPosterior({ alpha, mu, q, l }: Mixture, x: Rows, m: number, precision: number): number {
  const d = x[0]!.length;
  const n = d + m + 1;
  const weights = alpha.map(Math.exp);
  const whole = weights.reduce((a, b) => a + b);
  const precisions = q.map((diagonal, k) => {
    const factor = diagonal.map((v, i) => diagonal.map((_, j) => (i === j ? Math.exp(v) : 0)));
    let at = 0;
    for (let j = 0; j < d; j++) for (let i = j + 1; i < d; i++) factor[i]![j] = l[k]![at++]!;
    return product(transposed(factor), factor);
  });
  let posterior = 1;
  for (const point of x) {
    let sum = 0;
    precisions.forEach((sigma, k) => {
      const from = [point.map((v, j) => v - mu[k]![j]!)];
      const square = product(product(from, sigma), transposed(from))[0]![0]!;
      const norm = Math.sqrt((2 * Math.PI) ** d / determinant(sigma));
      sum += ((weights[k]! / whole) * Math.exp(-square / 2)) / norm;
    });
    posterior *= sum;
  }
  for (const sigma of precisions) {
    const trace = sigma.reduce((sum, row, i) => sum + row[i]!, 0);
    let multivariate = Math.PI ** ((d * (d - 1)) / 4);
    for (let j = 0; j < d; j++) multivariate *= gamma((n - j) / 2);
    const scale = precision ** (-2 * d);
    posterior *= determinant(sigma) ** ((n - d - 1) / 2) * Math.exp(-(precision * precision * trace) / 2);
    posterior /= 2 ** ((n * d) / 2) * scale ** (n / 2) * multivariate;
  }
  return Math.log(posterior);
}

/** e^[r]× by its series. */
export function rotation([a, b, c]: readonly number[]): number[][] {
  const cross = [
    [0, -c!, b!],
    [c!, 0, -a!],
    [-b!, a!, 0],
  ];
  let term = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  let sum = term;
  for (let i = 1; i < 40; i++) {
    term = product(term, cross).map((row) => row.map((v) => v / i));
    sum = sum.map((row, r) => row.map((v, j) => v + term[r]![j]!));
  }
  return sum;
}

/** p: camera (11), point (3), weight. */
export function reprojection(p: readonly number[], seen: readonly number[]): number[] {
  const [, , , cx, cy, cz, focal, u0, v0, k1, k2, x, y, z, w] = p;
  const moved = product(rotation(p.slice(0, 3)), [[x! - cx!], [y! - cy!], [z! - cz!]]).map(([v]) => v!);
  const image = [moved[0]! / moved[2]!, moved[1]! / moved[2]!];
  const square = image[0]! ** 2 + image[1]! ** 2;
  const bent = 1 + k1! * square + k2! * square ** 2;
  return [u0!, v0!].map((centre, i) => w! * (focal! * bent * image[i]! + centre - seen[i]!));
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Two layers; rows as GradBench has them: weights and biases by turns; hidden and cell by turns. */
export function lstm(main: Rows, extra: Rows, state: Rows, sequence: Rows): number {
  const b = extra[0]!.length;
  const memory = state.map((row) => [...row]);
  let loss = 0;
  for (let t = 0; t + 1 < sequence.length; t++) {
    let signal = sequence[t]!.map((v, i) => v * extra[0]![i]!);
    for (let layer = 0; layer < main.length / 2; layer++) {
      const [weight, bias] = [main[2 * layer]!, main[2 * layer + 1]!];
      const [hidden, cell] = [memory[2 * layer]!, memory[2 * layer + 1]!];
      const gate = (of: readonly number[], which: number, i: number) =>
        of[i]! * weight[which * b + i]! + bias[which * b + i]!;
      const cells = cell.map(
        (v, i) =>
          v * sigmoid(gate(signal, 0, i)) + sigmoid(gate(hidden, 1, i)) * Math.tanh(gate(hidden, 3, i)),
      );
      const next = cells.map((v, i) => sigmoid(gate(signal, 2, i)) * Math.tanh(v));
      memory[2 * layer] = next;
      memory[2 * layer + 1] = cells;
      signal = next;
    }
    const predicted = signal.map((v, i) => v * extra[1]![i]! + extra[2]![i]!);
    const log = Math.log(2 + predicted.reduce((sum, v) => sum + Math.exp(v), 0));
    loss -= predicted.reduce((sum, v, i) => sum + sequence[t + 1]![i]! * (v - log), 0);
  }
  return loss / ((sequence.length - 1) * b);
}

export interface HandModel {
  readonly bone_count: number;
  readonly bone_names: string[];
  readonly parents: number[];
  readonly base_relatives: number[][][];
  readonly inverse_base_absolutes: number[][][];
  readonly base_positions: number[][];
  readonly weights: number[][];
  readonly triangles: number[][];
  readonly is_mirrored: boolean;
}

/** Where the pose has the vertices. */
export function vertices(theta: readonly number[], model: HandModel): number[][] {
  const turns = model.parents.map(() => [0, 0]);
  for (let finger = 0, next = 6; finger < 5; finger++) {
    turns[2 + 4 * finger] = [theta[next++]!, theta[next++]!];
    turns[3 + 4 * finger] = [theta[next++]!, 0];
    turns[4 + 4 * finger] = [theta[next++]!, 0];
  }
  const absolutes: number[][][] = [];
  model.parents.forEach((parent, bone) => {
    const [x, z] = turns[bone]!;
    const turn = product(rotation([0, 0, z!]), rotation([x!, 0, 0]));
    const whole = [...turn.map((row) => [...row, 0]), [0, 0, 0, 1]];
    const relative = product(model.base_relatives[bone]!, whole);
    absolutes.push(parent < 0 ? relative : product(absolutes[parent]!, relative));
  });
  const transforms = absolutes.map((a, bone) => product(a, model.inverse_base_absolutes[bone]!));
  const global = rotation(theta.slice(0, 3));
  return model.base_positions.map((position, v) => {
    const at = [0, 0, 0];
    transforms.forEach((transform, bone) => {
      const moved = product(
        transform,
        position.map((p) => [p]),
      );
      for (let j = 0; j < 3; j++) at[j]! += model.weights[v]![bone]! * moved[j]![0]!;
    });
    if (model.is_mirrored) at[0] = -at[0]!;
    return global.map((row, j) => row.reduce((sum, r, k) => sum + r * at[k]!, 0) + theta[3 + j]!);
  });
}
