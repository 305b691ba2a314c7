/** Springs, game engines and robots, by packages that compute them in their own ways. */

import { Quantity } from '@neutrium/quantity';
import * as ik from 'inverse-kinematics';
import { Solve2D, V3O } from 'inverse-kinematics';
import Kinematics from 'kinematics';
import { Color, Mat4, Quat, Vec3 } from 'playcanvas';
import rebound from 'rebound';
import { Pose, Quaternion, Transform, Vector3 } from 'roslib';
import { interpolateNumber, parseEasingParameters, SpringFrame } from 'spring-easing';
import { URDFJoint } from 'urdf-loader/src/URDFClasses.js';
import { Spring } from 'wobble';

const KinematicsClass = Kinematics.default ?? Kinematics;
const arm = (geometry) => new KinematicsClass(geometry);

export const kiForward = (geometry, angles) => arm(geometry).forward(...angles);
export const kiInverse = (geometry, pose) => arm(geometry).inverse(...pose);
export const ikReach = (angles, target) => {
  const links = angles.map((rotation) => Solve2D.buildLink([1, 0], rotation));
  const base = { position: [0, 0], rotation: 0 };
  return [Solve2D.getErrorDistance(links, base, target), ...Solve2D.getEndEffectorPosition(links, base)];
};
export const ikStep = (angles, target) => {
  const links = angles.map((rotation) => Solve2D.buildLink([1, 0], rotation));
  const solved = Solve2D.solve(links, { position: [0, 0], rotation: 0 }, target, {
    method: 'CCD',
    learningRate: 0.5,
    acceptedError: 1e-4,
  });
  return solved.links.map((l) => l.rotation);
};
export const ikQuaternion = (a, b, t) => [
  ...(ik.QuaternionO.slerp?.(a, b, t) ?? ik.QuaternionO.multiply(a, b)),
  ...V3O.cross(a.slice(0, 3), b.slice(0, 3)),
];
export const roTransform = (x, y, z, angle) => {
  const rotation = new Quaternion({ x: 0, y: 0, z: Math.sin(angle / 2), w: Math.cos(angle / 2) });
  const pose = new Pose({
    position: new Vector3({ x, y, z }),
    orientation: new Quaternion({ x: 0, y: 0.6, z: 0, w: 0.8 }),
  });
  pose.applyTransform(new Transform({ translation: new Vector3({ x: 1, y: 2, z: 3 }), rotation }));
  return [pose.position.x, pose.position.y, pose.position.z, pose.orientation.z, pose.orientation.w];
};
export const roInverse = (x, y, z, w) => {
  const q = new Quaternion({ x, y, z, w });
  q.invert();
  q.multiply(new Quaternion({ x: 0.5, y: 0.5, z: 0.5, w: 0.5 }));
  q.normalize();
  return [q.x, q.y, q.z, q.w];
};
export const pcMatrix = (x, y, z, angle) => {
  const m = new Mat4().setTRS(
    new Vec3(x, y, z),
    new Quat().setFromEulerAngles(angle, 20, 30),
    new Vec3(1, 2, 1),
  );
  const p = m.transformPoint(new Vec3(1, 2, 3));
  const inverse = m.clone().invert();
  return [p.x, p.y, p.z, ...inverse.data.slice(0, 4)];
};
export const pcSlerp = (angle, t) => {
  const q = new Quat().slerp(new Quat().setFromAxisAngle(Vec3.UP, angle), new Quat(0.5, 0.5, 0.5, 0.5), t);
  const e = q.getEulerAngles();
  return [q.x, q.y, q.z, q.w, e.x, e.y, e.z];
};
export const pcVector = (x, y, z) => {
  const v = new Vec3(x, y, z)
    .cross(new Vec3(x, y, z), new Vec3(1, 2, 3))
    .normalize()
    .mulScalar(3);
  return [v.x, v.y, v.z, v.length(), v.distance(Vec3.ONE)];
};
export const pcColour = (r, g, b, t) => {
  const c = new Color().lerp(new Color(r, g, b), new Color(0.2, 0.4, 0.9), t);
  c.gamma?.(2.2);
  return [c.r, c.g, c.b];
};
export const reSpring = (tension, friction, target) => {
  const looper = new rebound.SimulationLooper(16);
  const spring = new rebound.SpringSystem(looper).createSpring(tension, friction);
  spring.setCurrentValue(0, true);
  spring.setEndValue(target);
  for (let i = 0; i < 5; i++) spring.advance(i * 0.016, 0.016);
  return [spring.getCurrentValue(), spring.getVelocity()];
};
export const reMap = (v) => [
  rebound.MathUtil.mapValueInRange(v, 0, 10, -1, 1),
  rebound.OrigamiValueConverter.tensionFromOrigamiValue(v),
  rebound.util?.hexToRGB?.('#ffffff').r ?? 0,
];
export const seFrame = (t, mass, stiffness, damping) => SpringFrame(t, [mass, stiffness, damping, 0]);
export const seInterpolate = (t) => interpolateNumber(t, [10, 40, 30]);
export const seParse = (k) => parseEasingParameters('spring(1, 100, 10, 0)')[1].length * k;
export const woStep = (stiffness, damping, mass) => {
  const spring = new Spring({ toValue: 3, stiffness, damping, mass });
  spring._isAnimating = true;
  spring._currentTime = 1000;
  spring._advanceSpringToTime(1032, false);
  return [spring.currentValue, spring.currentVelocity];
};
export const urJoint = (angle) => {
  const joint = new URDFJoint();
  joint.jointType = 'revolute';
  joint.limit.lower = -3;
  joint.limit.upper = 3;
  joint.setJointValue(angle);
  joint.updateMatrixWorld(true);
  return [...joint.matrixWorld.elements];
};
export const neQuantity = (x) =>
  new Quantity(x, 'degC').to('degF').value ?? new Quantity(x, 'm').to('ft').toString().length;
