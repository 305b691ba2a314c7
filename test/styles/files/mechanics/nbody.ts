/** N bodies with scratch vectors at module level, the way game engines do it. */
interface V3 { x: number; y: number; z: number }
const _d: V3 = { x: 0, y: 0, z: 0 };
const _f: V3 = { x: 0, y: 0, z: 0 };
const SOFTENING = 1e-3;

const sub = (out: V3, a: V3, b: V3): V3 => { out.x = a.x - b.x; out.y = a.y - b.y; out.z = a.z - b.z; return out; };
const scale = (out: V3, a: V3, s: number): V3 => { out.x = a.x * s; out.y = a.y * s; out.z = a.z * s; return out; };
const lenSq = (a: V3) => a.x * a.x + a.y * a.y + a.z * a.z;
function addTo(out: V3, a: V3) { out.x += a.x; out.y += a.y; out.z += a.z; }

export interface Body { m: number; p: V3; v: V3 }

function kick(bodies: Body[], dt: number) {
  for (let i = 0; i < bodies.length; i++) {
    for (let j = 0; j < bodies.length; j++) {
      if (i === j) continue;
      sub(_d, bodies[j].p, bodies[i].p);
      const r2 = lenSq(_d) + SOFTENING;
      scale(_f, _d, (dt * bodies[j].m) / (r2 * Math.sqrt(r2)));
      addTo(bodies[i].v, _f);
    }
  }
}

//= finalEnergy([{"m": 1, "p": {"x": 0, "y": 0, "z": 0}, "v": {"x": 0, "y": -0.01, "z": 0}}, {"m": 0.01, "p": {"x": 1, "y": 0.1, "z": 0.2}, "v": {"x": 0, "y": 1, "z": 0.1}}, {"m": 0.02, "p": {"x": -1.4, "y": 0.3, "z": 0}, "v": {"x": 0.1, "y": -0.8, "z": 0}}])
export function finalEnergy(bodies: Body[], dt = 0.02, n = 25): number {
  for (let s = 0; s < n; s++) {
    kick(bodies, dt / 2);
    for (const b of bodies) { scale(_f, b.v, dt); addTo(b.p, _f); }
    kick(bodies, dt / 2);
  }
  let e = 0;
  bodies.forEach((b, i) => {
    e += 0.5 * b.m * lenSq(b.v);
    for (const o of bodies.slice(i + 1)) e -= (b.m * o.m) / Math.sqrt(lenSq(sub(_d, b.p, o.p)) + SOFTENING);
  });
  return e;
}
