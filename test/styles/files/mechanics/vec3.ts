export type Vec3 = [number, number, number];
export const create = (): Vec3 => [0, 0, 0];
export function set(out: Vec3, x: number, y: number, z: number): Vec3 {
  out[0] = x;
  out[1] = y;
  out[2] = z;
  return out;
}
export const copy = (out: Vec3, a: Vec3) => set(out, ...a);
export const dot = ([a, b, c]: Vec3, [d, e, f]: Vec3) => a * d + b * e + c * f;
export const norm = (a: Vec3) => Math.sqrt(dot(a, a));
export const scaled = (a: Vec3, s: number): Vec3 => [a[0] * s, a[1] * s, a[2] * s];
export const addScaled = (out: Vec3, a: Vec3, b: Vec3, s: number) => set(out, a[0] + b[0] * s, a[1] + b[1] * s, a[2] + b[2] * s);
export function cross(a: Vec3, b: Vec3): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
