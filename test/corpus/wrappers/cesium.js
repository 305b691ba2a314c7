/** A package of a thousand files, by a few of them. */
import {
  Cartesian2,
  Cartesian3,
  Cartographic,
  CatmullRomSpline,
  Math as CesiumMath,
  CubicRealPolynomial,
  Ellipsoid,
  EllipsoidGeodesic,
  EllipsoidRhumbLine,
  HeadingPitchRoll,
  HermitePolynomialApproximation,
  HermiteSpline,
  IntersectionTests,
  JulianDate,
  Matrix3,
  Matrix4,
  Plane,
  QuarticRealPolynomial,
  Quaternion,
  Ray,
  Simon1994PlanetaryPositions,
  Spherical,
  Transforms,
  WebMercatorProjection,
} from '@cesium/engine';

const list = ({ x, y, z }) => [x, y, z];

export const geographic = (x, y, z) => {
  const { longitude, latitude, height } = Cartographic.fromCartesian(new Cartesian3(x, y, z));
  return [longitude, latitude, height];
};
export const position = (lon, lat, h) => list(Cartesian3.fromDegrees(lon, lat, h));
export const surface = (x, y, z) => list(Ellipsoid.WGS84.scaleToGeodeticSurface(new Cartesian3(x, y, z)));
export const normal = (x, y, z) => list(Ellipsoid.WGS84.geodeticSurfaceNormal(new Cartesian3(x, y, z)));
export const geodesic = (a, b, c, d) => {
  const g = new EllipsoidGeodesic(Cartographic.fromDegrees(a, b), Cartographic.fromDegrees(c, d));
  return [g.surfaceDistance, g.startHeading, g.endHeading];
};
export const along = (a, b, c, d, t) => {
  const g = new EllipsoidGeodesic(Cartographic.fromDegrees(a, b), Cartographic.fromDegrees(c, d));
  const { longitude, latitude } = g.interpolateUsingFraction(t);
  return [longitude, latitude];
};
export const rhumb = (a, b, c, d) => {
  const g = new EllipsoidRhumbLine(Cartographic.fromDegrees(a, b), Cartographic.fromDegrees(c, d));
  return [g.surfaceDistance, g.heading];
};
export const mercator = (lon, lat) => {
  const p = new WebMercatorProjection().project(Cartographic.fromDegrees(lon, lat, 10));
  return [p.x, p.y];
};
export const eastNorthUp = (lon, lat) =>
  Matrix4.toArray(Transforms.eastNorthUpToFixedFrame(Cartesian3.fromDegrees(lon, lat, 100)));
export const turned = (heading, pitch, roll) => {
  const q = Quaternion.fromHeadingPitchRoll(new HeadingPitchRoll(heading, pitch, roll));
  return [q.x, q.y, q.z, q.w];
};
export const angles = (x, y, z, w) => {
  const { heading, pitch, roll } = HeadingPitchRoll.fromQuaternion(
    Quaternion.normalize(new Quaternion(x, y, z, w), new Quaternion()),
  );
  return [heading, pitch, roll];
};
export const slerp = (a, b, t) => {
  const axis = Cartesian3.normalize(new Cartesian3(1, 2, 3), new Cartesian3());
  const [p, q] = [Quaternion.fromAxisAngle(axis, a), Quaternion.fromAxisAngle(Cartesian3.UNIT_Z, b)];
  const { x, y, z, w } = Quaternion.slerp(p, q, t, new Quaternion());
  return [x, y, z, w];
};
export const eigenvalues = (a, b, c, d, e, f) => {
  const { diagonal } = Matrix3.computeEigenDecomposition(new Matrix3(a, b, c, b, d, e, c, e, f), {
    unitary: new Matrix3(),
    diagonal: new Matrix3(),
  });
  return [diagonal[0], diagonal[4], diagonal[8]];
};
export const inverted = (m) => Matrix4.toArray(Matrix4.inverse(Matrix4.fromArray(m), new Matrix4()));
export const catmullRom = (t, points) =>
  list(
    new CatmullRomSpline({
      times: [0, 1.5, 3, 4.5],
      points: points.map((p) => Cartesian3.fromArray(p)),
    }).evaluate(t),
  );
export const naturalCubic = (t, points) =>
  list(
    HermiteSpline.createNaturalCubic({
      times: [0, 1.5, 3, 4.5],
      points: points.map((p) => Cartesian3.fromArray(p)),
    }).evaluate(t),
  );
export const hermite = (x, ys) =>
  HermitePolynomialApproximation.interpolateOrderZero(x, [0, 1, 2, 3], ys, 1)[0];
export const cubicRoots = (a, b, c, d) => CubicRealPolynomial.computeRealRoots(a, b, c, d);
export const quarticRoots = (a, b, c, d, e) => QuarticRealPolynomial.computeRealRoots(a, b, c, d, e);
export const rayEllipsoid = (x, y, z, u, v, w) =>
  IntersectionTests.rayEllipsoid(
    new Ray(new Cartesian3(x, y, z), new Cartesian3(u, v, w)),
    new Ellipsoid(1, 1.5, 2),
  ).start;
export const rayPlane = (x, y, z, d) =>
  list(
    IntersectionTests.rayPlane(
      new Ray(new Cartesian3(x, y, z), new Cartesian3(0.3, -1, 0.5)),
      new Plane(Cartesian3.UNIT_Y, d),
    ),
  );
export const spherical = (x, y, z) => {
  const { clock, cone, magnitude } = Spherical.fromCartesian3(new Cartesian3(x, y, z));
  return [clock, cone, magnitude];
};
export const wrapped = (angle) => CesiumMath.negativePiToPi(angle);
export const eased = (x) => [CesiumMath.cbrt(x), CesiumMath.acosClamped(x / 9), CesiumMath.fog(x, 0.1)];
export const between = (a, b) => Cartesian2.angleBetween(new Cartesian2(a, 1), new Cartesian2(2, b));
export const sunAt = (seconds) => {
  const date = JulianDate.addSeconds(
    JulianDate.fromIso8601('2024-03-20T03:06:00Z'),
    seconds,
    new JulianDate(),
  );
  return list(Simon1994PlanetaryPositions.computeSunPositionInEarthInertialFrame(date));
};
export const toFixed = (seconds) => {
  const date = JulianDate.addSeconds(
    JulianDate.fromIso8601('2024-03-20T03:06:00Z'),
    seconds,
    new JulianDate(),
  );
  return Matrix3.toArray(Transforms.computeTemeToPseudoFixedMatrix(date));
};
