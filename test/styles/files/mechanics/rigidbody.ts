import { Quaternion } from './quaternion';
import * as V from './vec3';

const SCRATCH = { omega: V.create(), torque: V.create() };

export type Inertia = readonly [number, number, number];

//= tumble([0.3, 1.1, -0.4], [1, 2, 3], 0.01)
export function tumble(omega0: V.Vec3, I: Inertia, dt: number): number[] {
  let q = Quaternion.identity();
  const w = V.copy(SCRATCH.omega, omega0);
  for (let n = 0; n < 30; n++) {
    const t = V.set(SCRATCH.torque,
      ((I[1] - I[2]) * w[1] * w[2]) / I[0],
      ((I[2] - I[0]) * w[2] * w[0]) / I[1],
      ((I[0] - I[1]) * w[0] * w[1]) / I[2]);
    V.addScaled(w, w, t, dt);
    q = q.times(Quaternion.fromRotationVector(V.scaled(w, dt))).normalized();
  }
  return [...q.rotate([1, 0, 0]), V.norm(w)];
}

//= rotate(0.4, 1, 2, 3)
export const rotate = (angle: number, ...v: number[]) =>
  Quaternion.fromAxisAngle([0, 0.6, 0.8], angle).rotate(v as V.Vec3).reduce((s, x, i) => s + x * (i + 1), 0);

//= slerp([0.1, 0.2, 0.3], [0.5, -0.4, 0.2], 0.3)
export function slerp(a: V.Vec3, b: V.Vec3, t: number): number[] {
  const q = Quaternion.slerp(Quaternion.fromRotationVector(a), Quaternion.fromRotationVector(b), t);
  return [q.w, q.x, q.y, q.z];
}
