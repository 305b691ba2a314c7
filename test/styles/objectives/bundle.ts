/** Bundle adjustment: a camera of eleven parameters (rotation, centre, focal length, principal point, two distortions). */
import { cross, dot, type Vec } from './linear';

function rodrigues(rotation: Vec, p: Vec): number[] {
  const squared = dot(rotation, rotation);
  if (squared === 0) return cross(rotation, p).map((c, i) => c + p[i]!);
  const theta = Math.sqrt(squared);
  const c = Math.cos(theta), s = Math.sin(theta);
  const axis = rotation.map((r) => r / theta);
  const k = dot(axis, p) * (1 - c);
  const turned = cross(axis, p);
  return p.map((x, i) => x * c + turned[i]! * s + axis[i]! * k);
}

export function project(camera: Vec, point: Vec): [number, number] {
  const [x, y, z] = rodrigues(camera.slice(0, 3), point.map((p, i) => p - camera[3 + i]!)) as [number, number, number];
  const u = x / z, v = y / z;
  const r2 = u * u + v * v;
  const l = 1 + camera[9]! * r2 + camera[10]! * r2 * r2;
  return [camera[7]! + camera[6]! * u * l, camera[8]! + camera[6]! * v * l];
}

export function residual(camera: Vec, point: Vec, weight: number, seen: Vec): { error: number[]; w: number } {
  const [u, v] = project(camera, point);
  return { error: [weight * (u - seen[0]!), weight * (v - seen[1]!)], w: 1 - weight * weight };
}

export function bundle(cameras: readonly Vec[], points: readonly Vec[], weights: Vec, observations: readonly (readonly [number, number, number, number])[]): number {
  let cost = 0;
  observations.forEach(([c, p, u, v], i) => {
    const { error, w } = residual(cameras[c]!, points[p]!, weights[i]!, [u, v]);
    cost += error[0]! ** 2 + error[1]! ** 2 + w * w;
  });
  return cost;
}
