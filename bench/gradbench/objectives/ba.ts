/** A point turned by the rotation vector (r1, r2, r3): its direction is the axis, its length the angle. */
function rotate(
  [r1, r2, r3]: readonly [number, number, number],
  [x, y, z]: readonly [number, number, number],
): [number, number, number] {
  const square = r1 * r1 + r2 * r2 + r3 * r3;
  if (square === 0) return [x + r2 * z - r3 * y, y + r3 * x - r1 * z, z + r1 * y - r2 * x];
  const angle = Math.sqrt(square);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const a = r1 / angle;
  const b = r2 / angle;
  const c = r3 / angle;
  const along = (a * x + b * y + c * z) * (1 - cos);
  return [
    x * cos + (b * z - c * y) * sin + a * along,
    y * cos + (c * x - a * z) * sin + b * along,
    z * cos + (a * y - b * x) * sin + c * along,
  ];
}

/**
 * By how much, times w, a camera sees a point beside (seenX, seenY). Of the camera: rotation vector, centre, focal
 * length, principal point, two coefficients of radial distortion.
 */
export function reprojectionError(
  camera: Float64Array,
  point: Float64Array,
  w: number,
  seenX: number,
  seenY: number,
): [number, number] {
  const [x, y, z] = rotate(
    [camera[0]!, camera[1]!, camera[2]!],
    [point[0]! - camera[3]!, point[1]! - camera[4]!, point[2]! - camera[5]!],
  );
  const u = x / z;
  const v = y / z;
  const square = u * u + v * v;
  const scale = camera[6]! * (1 + camera[9]! * square + camera[10]! * square * square);
  return [w * (scale * u + camera[7]! - seenX), w * (scale * v + camera[8]! - seenY)];
}

export function weightError(w: number): number {
  return 1 - w * w;
}
