/** Tracking of a hand: bones turned by Euler angles, vertices skinned with several bones, distances to measured points. */
type M = number[][];
const identity = (): M => [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (i === j ? 1 : 0)));
const times = (a: M, b: M): M => a.map((row) => b[0]!.map((_, j) => row.reduce((s, x, k) => s + x * b[k]![j]!, 0)));

function euler(x: number, y: number, z: number): M {
  const [sx, cx, sy, cy, sz, cz] = [Math.sin(x), Math.cos(x), Math.sin(y), Math.cos(y), Math.sin(z), Math.cos(z)];
  const m = identity();
  m[0] = [cy * cz, -cx * sz + sx * sy * cz, sx * sz + cx * sy * cz, 0];
  m[1] = [cy * sz, cx * cz + sx * sy * sz, -sx * cz + cx * sy * sz, 0];
  m[2] = [-sy, sx * cy, cx * cy, 0];
  return m;
}

export interface Model {
  /** -1: the root. */
  readonly parents: readonly number[];
  readonly offsets: readonly (readonly number[])[];
  readonly vertices: readonly (readonly number[])[];
  /** weights[bone][vertex] */
  readonly weights: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
}

/** 3 numbers of the whole hand's rotation, 3 of its place, then 3 a bone. */
export function hand(theta: readonly number[], model: Model): number[] {
  const absolutes: M[] = [];
  model.parents.forEach((parent, b) => {
    const [x, y, z] = theta.slice(6 + 3 * b, 9 + 3 * b) as [number, number, number];
    const own = euler(x, y, z);
    model.offsets[b]!.forEach((o, i) => { own[i]![3] = o; });
    absolutes.push(parent < 0 ? own : times(absolutes[parent]!, own));
  });
  const whole = euler(theta[0]!, theta[1]!, theta[2]!);
  for (let i = 0; i < 3; i++) whole[i]![3] = theta[3 + i]!;
  return model.vertices.flatMap((v, k) => {
    const skinned = [0, 0, 0, 0];
    model.weights.forEach((w, b) => {
      if (w[k] === 0) return;
      absolutes[b]!.forEach((row, i) => { skinned[i]! += w[k]! * (row[0]! * v[0]! + row[1]! * v[1]! + row[2]! * v[2]! + row[3]!); });
    });
    return [0, 1, 2].map((i) => model.targets[k]![i]! - whole[i]!.reduce((s, x, j) => s + x * skinned[j]!, 0));
  });
}
