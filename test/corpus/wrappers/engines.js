/** Engines of three dimensions, by their mathematics alone. */

import { Ray } from '@babylonjs/core/Culling/ray.core.js';
import { Color3 } from '@babylonjs/core/Maths/math.color.js';
import { Curve3 } from '@babylonjs/core/Maths/math.path.js';
import { Plane } from '@babylonjs/core/Maths/math.plane.js';
import { Matrix, Quaternion, Vector3 } from '@babylonjs/core/Maths/math.vector.js';

const list = ({ x, y, z }) => [x, y, z];

export const bjEuler = (x, y, z) => list(Quaternion.FromEulerAngles(x, y, z).toEulerAngles());
export const bjSlerp = (a, b, t) => {
  const q = Quaternion.Slerp(
    Quaternion.RotationAxis(Vector3.Up(), a),
    Quaternion.RotationYawPitchRoll(b, 0.2, 0.1),
    t,
  );
  return [q.x, q.y, q.z, q.w];
};
export const bjLook = (x, y, z) =>
  Array.from(Matrix.LookAtLH(new Vector3(x, y, z), Vector3.Zero(), Vector3.Up()).asArray());
export const bjInverse = (m) => Array.from(Matrix.FromArray(m).invert().asArray());
export const bjHermite = (a, b, t) =>
  list(Vector3.Hermite(new Vector3(...a), new Vector3(1, 0, 0), new Vector3(...b), new Vector3(0, 1, 0), t));
export const bjCatmull = (a, b, t) =>
  list(
    Vector3.CatmullRom(new Vector3(...a), new Vector3(1, 0, 0), new Vector3(...b), new Vector3(0, 1, 0), t),
  );
export const bjColour = (h, s, v) => {
  const c = new Color3();
  Color3.HSVtoRGBToRef(h, s, v, c);
  const { r, g, b } = c.toLinearSpace();
  return [r, g, b];
};
export const bjCurve = (x) =>
  Curve3.CreateCatmullRomSpline(
    [new Vector3(0, 0, 0), new Vector3(x, 1, 0), new Vector3(2, x, 1)],
    4,
  ).length();
export const bjPlane = (a, b, c) =>
  Plane.FromPoints(new Vector3(...a), new Vector3(...b), new Vector3(...c)).signedDistanceTo(
    new Vector3(3, 1, 2),
  );
export const bjRay = (x, y) =>
  new Ray(new Vector3(x, y, -5), new Vector3(0.1, 0.05, 1)).intersectsTriangle(
    new Vector3(-2, -1, 0),
    new Vector3(3, -1, 1),
    new Vector3(0, 4, 0),
  ).distance;
export const bjAngle = (a, b) =>
  Vector3.GetAngleBetweenVectors(new Vector3(...a), new Vector3(...b), new Vector3(0, 1, 0));
