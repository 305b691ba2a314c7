/** A hand as a mesh over bones. Matrices are 4 × 4, row after row, one after another. */
export interface Hand {
  /** The index of each bone's parent, which comes before it; −1 for none. */
  readonly parents: Int32Array;
  readonly baseRelatives: Float64Array;
  readonly inverseBaseAbsolutes: Float64Array;
  /** Four homogeneous coordinates a vertex. */
  readonly basePositions: Float64Array;
  /** For each vertex the weights of all bones. */
  readonly weights: Float64Array;
  readonly mirrored: boolean;
}

/** out[at …] = a[ai …] b[bi …], 4 × 4 each. */
function multiply(
  a: Float64Array,
  ai: number,
  b: Float64Array,
  bi: number,
  out: Float64Array,
  at: number,
): void {
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 4; j++) {
      let sum = 0;
      for (let k = 0; k < 4; k++) sum += a[ai + 4 * i + k]! * b[bi + 4 * k + j]!;
      out[at + 4 * i + j] = sum;
    }
  }
}

/** Which turns each bone makes about x and z: five fingers of four bones after the first two, two of three turn. */
function boneAngles(theta: Float64Array, bones: number): Float64Array {
  const angles = new Float64Array(2 * bones);
  let next = 6;
  for (let finger = 0; finger < 5; finger++) {
    const bone = 2 + 4 * finger;
    angles[2 * bone] = theta[next]!;
    angles[2 * bone + 1] = theta[next + 1]!;
    angles[2 * bone + 2] = theta[next + 2]!;
    angles[2 * bone + 4] = theta[next + 3]!;
    next += 4;
  }
  return angles;
}

/** For each bone the matrix that takes a vertex from where it rests to where the pose has it. */
function boneTransforms(theta: Float64Array, hand: Hand): Float64Array {
  const bones = hand.parents.length;
  const angles = boneAngles(theta, bones);
  const absolutes = new Float64Array(16 * bones);
  const transforms = new Float64Array(16 * bones);
  for (let bone = 0; bone < bones; bone++) {
    const cx = Math.cos(angles[2 * bone]!);
    const sx = Math.sin(angles[2 * bone]!);
    const cz = Math.cos(angles[2 * bone + 1]!);
    const sz = Math.sin(angles[2 * bone + 1]!);
    const turn = new Float64Array(16);
    turn[0] = cz;
    turn[1] = -sz * cx;
    turn[2] = sz * sx;
    turn[4] = sz;
    turn[5] = cz * cx;
    turn[6] = -cz * sx;
    turn[9] = sx;
    turn[10] = cx;
    turn[15] = 1;
    const parent = hand.parents[bone]!;
    if (parent < 0) multiply(hand.baseRelatives, 16 * bone, turn, 0, absolutes, 16 * bone);
    else {
      const relative = new Float64Array(16);
      multiply(hand.baseRelatives, 16 * bone, turn, 0, relative, 0);
      multiply(absolutes, 16 * parent, relative, 0, absolutes, 16 * bone);
    }
    multiply(absolutes, 16 * bone, hand.inverseBaseAbsolutes, 16 * bone, transforms, 16 * bone);
  }
  return transforms;
}

/** The matrix of the rotation vector theta[0 … 2], 3 × 3. */
function globalRotation(theta: Float64Array): number[] {
  const norm = Math.sqrt(theta[0]! * theta[0]! + theta[1]! * theta[1]! + theta[2]! * theta[2]!);
  if (norm < 1e-4) return [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const x = theta[0]! / norm;
  const y = theta[1]! / norm;
  const z = theta[2]! / norm;
  const s = Math.sin(norm);
  const c = Math.cos(norm);
  const d = 1 - c;
  return [
    x * x + (1 - x * x) * c,
    x * y * d - z * s,
    x * z * d + y * s,
    x * y * d + z * s,
    y * y + (1 - y * y) * c,
    y * z * d - x * s,
    x * z * d - y * s,
    z * y * d + x * s,
    z * z + (1 - z * z) * c,
  ];
}

/** Where the pose has the vertices, three coordinates each. */
function vertexPositions(theta: Float64Array, hand: Hand): Float64Array {
  const bones = hand.parents.length;
  const transforms = boneTransforms(theta, hand);
  const r = globalRotation(theta);
  const vertices = hand.basePositions.length / 4;
  const positions = new Float64Array(3 * vertices);
  for (let v = 0; v < vertices; v++) {
    const px = hand.basePositions[4 * v]!;
    const py = hand.basePositions[4 * v + 1]!;
    const pz = hand.basePositions[4 * v + 2]!;
    const pw = hand.basePositions[4 * v + 3]!;
    let x = 0;
    let y = 0;
    let z = 0;
    for (let bone = 0; bone < bones; bone++) {
      const weight = hand.weights[v * bones + bone]!;
      if (weight === 0) continue;
      const at = 16 * bone;
      x +=
        weight *
        (transforms[at]! * px +
          transforms[at + 1]! * py +
          transforms[at + 2]! * pz +
          transforms[at + 3]! * pw);
      y +=
        weight *
        (transforms[at + 4]! * px +
          transforms[at + 5]! * py +
          transforms[at + 6]! * pz +
          transforms[at + 7]! * pw);
      z +=
        weight *
        (transforms[at + 8]! * px +
          transforms[at + 9]! * py +
          transforms[at + 10]! * pz +
          transforms[at + 11]! * pw);
    }
    if (hand.mirrored) x = -x;
    positions[3 * v] = r[0]! * x + r[1]! * y + r[2]! * z + theta[3]!;
    positions[3 * v + 1] = r[3]! * x + r[4]! * y + r[5]! * z + theta[4]!;
    positions[3 * v + 2] = r[6]! * x + r[7]! * y + r[8]! * z + theta[5]!;
  }
  return positions;
}

/** By how much the measured points miss the vertices that they correspond to. */
export function vertexErrors(
  theta: Float64Array,
  hand: Hand,
  correspondences: Int32Array,
  points: Float64Array,
): Float64Array {
  const positions = vertexPositions(theta, hand);
  const errors = new Float64Array(points.length);
  for (let i = 0; i < correspondences.length; i++) {
    for (let j = 0; j < 3; j++) {
      errors[3 * i + j] = points[3 * i + j]! - positions[3 * correspondences[i]! + j]!;
    }
  }
  return errors;
}

/** By how much they miss the points of triangles with barycentric coordinates u, two a point. */
export function surfaceErrors(
  theta: Float64Array,
  u: Float64Array,
  hand: Hand,
  triangles: Int32Array,
  correspondences: Int32Array,
  points: Float64Array,
): Float64Array {
  const positions = vertexPositions(theta, hand);
  const errors = new Float64Array(points.length);
  for (let i = 0; i < correspondences.length; i++) {
    const triangle = 3 * correspondences[i]!;
    const a = 3 * triangles[triangle]!;
    const b = 3 * triangles[triangle + 1]!;
    const c = 3 * triangles[triangle + 2]!;
    const ua = u[2 * i]!;
    const ub = u[2 * i + 1]!;
    for (let j = 0; j < 3; j++) {
      const on = ua * positions[a + j]! + ub * positions[b + j]! + (1 - ua - ub) * positions[c + j]!;
      errors[3 * i + j] = points[3 * i + j]! - on;
    }
  }
  return errors;
}
