export default class Ellipsoid {
  static readonly WGS84 = new Ellipsoid(6378137, 1 / 298.257223563);
  static readonly SPHERE = new Ellipsoid(6371008.8, 0);
  readonly b: number;
  readonly e2: number;
  constructor(readonly a: number, readonly f: number) {
    this.b = a * (1 - f);
    this.e2 = f * (2 - f);
  }
  primeVertical(phi: number) { return this.a / Math.sqrt(1 - this.e2 * Math.sin(phi) ** 2); }
}
