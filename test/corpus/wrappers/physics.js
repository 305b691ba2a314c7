import Flatten from '@flatten-js/core';
import * as CANNON from 'cannon-es';
import convert from 'convert-units';
import * as geometric from 'geometric';
import Matter from 'matter-js';
import noisejs from 'noisejs';
import odex from 'odex';
import p2 from 'p2';
import * as planck from 'planck';
import decomp from 'poly-decomp';
import psychrolib from 'psychrolib';
import { createNoise2D, createNoise3D, createNoise4D } from 'simplex-noise';

psychrolib.SetUnitSystem(psychrolib.SI);
export const wetBulb = (t, rh, p) => psychrolib.GetTWetBulbFromRelHum(t, rh, p);
export const humidityRatio = (t, rh, p) => psychrolib.GetHumRatioFromRelHum(t, rh, p);
export const enthalpy = (t, rh, p) =>
  psychrolib.GetMoistAirEnthalpy(t, psychrolib.GetHumRatioFromRelHum(t, rh, p));
export const dewPoint = (t, rh) => psychrolib.GetTDewPointFromRelHum(t, rh);
export const saturation = (t) => psychrolib.GetSatVapPres(t);
export const altitudePressure = (h) => psychrolib.GetStandardAtmPressure(h);
export const moistVolume = (t, w, p) => psychrolib.GetMoistAirVolume(t, w, p);
export const seaLevel = (p, h, t) => psychrolib.GetSeaLevelPressure(p, h, t);
export const vapourDeficit = (t, w, p) => psychrolib.GetVaporPressureDeficit(t, w, p);

export function cannonStep(x, y, vx, vy, mass) {
  const world = new CANNON.World({ gravity: new CANNON.Vec3(0, -9.82, 0) });
  const body = new CANNON.Body({ mass, shape: new CANNON.Sphere(1) });
  body.position.set(x, y, 0);
  body.velocity.set(vx, vy, 0);
  world.addBody(body);
  for (let i = 0; i < 10; i++) world.step(1 / 60);
  return [body.position.x, body.position.y, body.velocity.y];
}
export const cannonQuaternion = (x, y, z) => new CANNON.Quaternion().setFromEuler(x, y, z, 'YZX').toArray();
export const cannonRotate = (x, y, z, angle) => {
  const q = new CANNON.Quaternion();
  q.setFromAxisAngle(new CANNON.Vec3(0.6, 0, 0.8), angle);
  return q.vmult(new CANNON.Vec3(x, y, z)).toArray();
};
export const cannonSlerp = (x, y, z, w, t) =>
  new CANNON.Quaternion(x, y, z, w)
    .normalize()
    .slerp(new CANNON.Quaternion(0.5, -0.3, 0.2, 0.7).normalize(), t)
    .toArray();
export const cannonSolve = (...elements) =>
  new CANNON.Mat3(elements).solve(new CANNON.Vec3(1, 2, 3)).toArray();
export const cannonTangents = (x, y, z) => {
  const [t1, t2] = [new CANNON.Vec3(), new CANNON.Vec3()];
  new CANNON.Vec3(x, y, z).tangents(t1, t2);
  return [...t1.toArray(), ...t2.toArray()];
};
export const cannonSpring = (x, y, rest, stiffness) => {
  const a = new CANNON.Body({ mass: 1 });
  const b = new CANNON.Body({ mass: 1, position: new CANNON.Vec3(x, y, 0) });
  new CANNON.Spring(a, b, { restLength: rest, stiffness, damping: 1 }).applyForce();
  return a.force.toArray();
};

const { Bodies, Body, Engine, Composite } = Matter;
export function matterFall(x, y, vx, vy) {
  const engine = Engine.create();
  const ball = Bodies.circle(0, 0, 10);
  Body.setPosition(ball, { x, y });
  Body.setVelocity(ball, { x: vx, y: vy });
  Composite.add(engine.world, ball);
  for (let i = 0; i < 5; i++) Engine.update(engine, 16);
  return [ball.position.x, ball.position.y];
}
export const matterInertia = (w, h) => Bodies.rectangle(0, 0, w, h).inertia;

export function planckFall(x, y, vx, vy) {
  const world = new planck.World({ gravity: { x: 0, y: -10 } });
  const body = world.createBody({ type: 'dynamic', position: { x, y }, linearVelocity: { x: vx, y: vy } });
  body.createFixture({ shape: new planck.Circle(0.5), density: 1 });
  for (let i = 0; i < 5; i++) world.step(1 / 60);
  const at = body.getPosition();
  return [at.x, at.y];
}
export const planckTransform = (x, y, angle, px, py) => {
  const moved = planck.Transform.mul(new planck.Transform({ x, y }, angle), { x: px, y: py });
  return [moved.x, moved.y];
};

export function p2Fall(x, y, vx, vy) {
  const world = new p2.World({ gravity: [0, -9.82] });
  const body = new p2.Body({ mass: 5, position: [x, y], velocity: [vx, vy] });
  world.addBody(body);
  for (let i = 0; i < 5; i++) world.step(1 / 60);
  return [body.position[0], body.position[1]];
}
export const p2Area = (x1, y1, x2, y2, x3, y3) =>
  new p2.Convex({
    vertices: [
      [x1, y1],
      [x2, y2],
      [x3, y3],
    ],
  }).area;

const area = (ring) =>
  ring.reduce(
    (sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length][1] - y * ring[(i + 1) % ring.length][0],
    0,
  ) / 2;
export const decomposedArea = (...flat) => {
  const ring = [];
  for (let i = 0; i < flat.length; i += 2) ring.push([flat[i], flat[i + 1]]);
  decomp.makeCCW(ring);
  return decomp.quickDecomp(ring).map(area);
};

export const geoArea = (polygon) => geometric.polygonArea(polygon);
export const geoCentroid = (polygon) => geometric.polygonCentroid(polygon);
export const geoPerimeter = (polygon) => geometric.polygonLength(polygon);
export const geoRotate = (polygon, angle) => geometric.polygonRotate(polygon, angle);
export const geoScale = (polygon, k) => geometric.polygonScale(polygon, k);
export const geoLine = (line, t) => geometric.lineInterpolate(line)(t);
export const geoReflect = (a, b) => geometric.angleReflect(a, b);

const { point, segment, circle, line, vector } = Flatten;
export const flattenDistance = (x, y, x1, y1, x2, y2) => point(x, y).distanceTo(segment(x1, y1, x2, y2))[0];
export const flattenCircle = (cx, cy, r, x1, y1, x2, y2) =>
  line(point(x1, y1), point(x2, y2))
    .intersect(circle(point(cx, cy), r))
    .map(({ x, y }) => [x, y]);
export const flattenArc = (x, y, r, start, end) => {
  const arc = new Flatten.Arc(point(x, y), r, start, end, true);
  return [arc.length, arc.middle().x, arc.middle().y];
};
export const flattenPolygon = (x1, y1, x2, y2, x3, y3) =>
  new Flatten.Polygon([point(x1, y1), point(x2, y2), point(x3, y3)]).area();
export const flattenVector = (x, y, angle) => {
  const turned = vector(x, y).rotate(angle);
  return [turned.x, turned.y, turned.slope];
};

export function odexOscillator(x, v, t) {
  const solver = new odex.Solver(2);
  const { y } = solver.solve((_, [position, velocity]) => [velocity, -position], 0, [x, v], t);
  return y;
}

let seed = 1;
const random = () => {
  seed = (seed * 16807) % 2147483647;
  return seed / 2147483647;
};
const flat = createNoise2D(random);
const deep = createNoise3D(random);
const time = createNoise4D(random);
export const noise2 = (x, y) => flat(x, y);
export const noise3 = (x, y, z) => deep(x, y, z);
export const noise4 = (x, y, z, w) => time(x, y, z, w);

const noise = new noisejs.Noise(0.42);
export const nSimplex2 = (x, y) => noise.simplex2(x, y);
export const nPerlin2 = (x, y) => noise.perlin2(x, y);
export const nSimplex3 = (x, y, z) => noise.simplex3(x, y, z);
export const nPerlin3 = (x, y, z) => noise.perlin3(x, y, z);

export const miles = (x) => convert(x).from('mi').to('km');
export const fahrenheit = (x) => convert(x).from('C').to('F');
