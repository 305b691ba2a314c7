import math3d from 'math3d';

export const m3Rotate = (x, y, z) => {
  const { Quaternion, Vector3 } = math3d;
  const v = Quaternion.Euler(x, y, z).mulVector3(new Vector3(1, 2, 3));
  return [v.x, v.y, v.z];
};
export const m3Angle = (x, y, z) =>
  math3d.Quaternion.Euler(x, y, z).angleTo(math3d.Quaternion.Euler(10, 20, 30));
export const m3Axis = (angle) =>
  math3d.Quaternion.AngleAxis(new math3d.Vector3(0, 1, 0), angle).eulerAngles.y;
