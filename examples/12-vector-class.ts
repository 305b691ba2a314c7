// Methods and objects. The receiver's fields are inputs too: `this.x` in the annotation's `at` and in the hover.

export class Vector {
  x: number;
  y: number;
  z: number;

  constructor(x: number, y: number, z: number) {
    this.x = x;
    this.y = y;
    this.z = z;
  }

  minus(other: Vector): Vector {
    return new Vector(this.x - other.x, this.y - other.y, this.z - other.z);
  }

  dot(other: Vector): number {
    return this.x * other.x + this.y * other.y + this.z * other.z;
  }

  // @differentiable at this = {x: 1, y: 2, z: 2}
  length(): number {
    return Math.sqrt(this.x * this.x + this.y * this.y + this.z * this.z);
  }
}

// Objects come and go inside; only numbers go in and out.

// @differentiable at x = 1, y = 2, z = 3
export function angleToAxis(x: number, y: number, z: number): number {
  const point = new Vector(x, y, z).minus(new Vector(0.5, 0, 0));
  const axis = new Vector(0, 0, 1);
  return Math.acos(point.dot(axis) / point.length());
}
