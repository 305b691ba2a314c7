import { cross, dot, type Vec3 } from './vec3';

export class Quaternion {
  static readonly #IDENTITY = new Quaternion(1, 0, 0, 0);
  static identity() { return this.#IDENTITY; }

  constructor(readonly w: number, readonly x: number, readonly y: number, readonly z: number) {}

  static fromAxisAngle(axis: Vec3, angle: number): Quaternion {
    const s = Math.sin(angle / 2);
    return new Quaternion(Math.cos(angle / 2), axis[0] * s, axis[1] * s, axis[2] * s);
  }
  static fromRotationVector(r: Vec3): Quaternion {
    const theta = Math.sqrt(dot(r, r));
    if (theta < 1e-12) return new Quaternion(1, r[0] / 2, r[1] / 2, r[2] / 2);
    return Quaternion.fromAxisAngle([r[0] / theta, r[1] / theta, r[2] / theta], theta);
  }
  static slerp(a: Quaternion, b: Quaternion, t: number): Quaternion {
    let c = a.w * b.w + a.x * b.x + a.y * b.y + a.z * b.z;
    let sign = 1;
    if (c < 0) { c = -c; sign = -1; }
    let ka = 1 - t, kb = t;
    if (1 - c > 1e-6) {
      const om = Math.acos(c), so = Math.sin(om);
      ka = Math.sin((1 - t) * om) / so;
      kb = Math.sin(t * om) / so;
    }
    kb *= sign;
    return new Quaternion(ka * a.w + kb * b.w, ka * a.x + kb * b.x, ka * a.y + kb * b.y, ka * a.z + kb * b.z);
  }
  get norm() { return Math.hypot(this.w, this.x, this.y, this.z); }
  get conjugate() { return new Quaternion(this.w, -this.x, -this.y, -this.z); }
  normalized() { const n = this.norm; return new Quaternion(this.w / n, this.x / n, this.y / n, this.z / n); }
  times(o: Quaternion) {
    const { w, x, y, z } = this;
    return new Quaternion(
      w * o.w - x * o.x - y * o.y - z * o.z,
      w * o.x + x * o.w + y * o.z - z * o.y,
      w * o.y - x * o.z + y * o.w + z * o.x,
      w * o.z + x * o.y - y * o.x + z * o.w,
    );
  }
  rotate(v: Vec3): Vec3 {
    const u: Vec3 = [this.x, this.y, this.z];
    const t = cross(u, v).map((c) => 2 * c) as Vec3;
    const ut = cross(u, t);
    return v.map((vi, i) => vi + this.w * t[i] + ut[i]) as Vec3;
  }
}
