import CANNON from 'cannon';

export const caEuler = (x, y, z) => {
  const q = new CANNON.Quaternion();
  q.setFromEuler(x, y, z, 'YZX');
  const v = new CANNON.Vec3();
  q.vmult(new CANNON.Vec3(1, 2, 3), v);
  return [v.x, v.y, v.z];
};
export const caSolve = (m, b) => {
  const a = new CANNON.Mat3();
  a.elements = m;
  const v = a.solve(new CANNON.Vec3(...b), new CANNON.Vec3());
  return [v.x, v.y, v.z];
};
export const caWorld = (vx, vy) => {
  const world = new CANNON.World();
  world.gravity.set(0, -9.82, 0);
  const body = new CANNON.Body({
    mass: 2,
    position: new CANNON.Vec3(0, 5, 0),
    velocity: new CANNON.Vec3(vx, vy, 0),
  });
  body.addShape(new CANNON.Sphere(0.5));
  world.addBody(body);
  for (let i = 0; i < 5; i++) world.step(1 / 60);
  return [body.position.x, body.position.y, body.velocity.y];
};
export const caBounce = (height, v) => {
  const world = new CANNON.World();
  world.gravity.set(0, -9.82, 0);
  const ground = new CANNON.Body({ mass: 0 });
  ground.addShape(new CANNON.Plane());
  ground.quaternion.setFromAxisAngle(new CANNON.Vec3(1, 0, 0), -Math.PI / 2);
  const body = new CANNON.Body({
    mass: 2,
    position: new CANNON.Vec3(0, height, 0),
    velocity: new CANNON.Vec3(0.5, v, 0),
  });
  body.addShape(new CANNON.Sphere(0.5));
  world.addBody(ground);
  world.addBody(body);
  for (let i = 0; i < 12; i++) world.step(1 / 60);
  return [body.position.x, body.position.y, body.velocity.y];
};
