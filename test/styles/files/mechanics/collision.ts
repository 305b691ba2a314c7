export namespace Physics {
  export enum Shape { Circle, Box }
  export interface Body { shape: Shape; x: number; y: number; vx: number; vy: number; r: number; mass: number; restitution?: number }
  const EPS = 1e-9;
  export function resolve(a: Body, b: Body): [Body, Body] {
    const dx = b.x - a.x, dy = b.y - a.y;
    const dist = Math.hypot(dx, dy) || EPS;
    if (dist > a.r + b.r) return [a, b];
    const nx = dx / dist, ny = dy / dist;
    const rel = (b.vx - a.vx) * nx + (b.vy - a.vy) * ny;
    if (rel > 0) return [a, b];
    const e = Math.min(a.restitution ?? 0.8, b.restitution ?? 0.8);
    const j = (-(1 + e) * rel) / (1 / a.mass + 1 / b.mass);
    const impulse = (o: Body, s: 1 | -1): Body => ({ ...o, vx: o.vx + (s * j * nx) / o.mass, vy: o.vy + (s * j * ny) / o.mass });
    return [impulse(a, -1), impulse(b, 1)];
  }
}

//= bounce({"shape": 0, "x": 0, "y": 0, "vx": 1, "vy": 0.2, "r": 1, "mass": 2}, {"shape": 0, "x": 1.5, "y": 0.5, "vx": -1, "vy": 0, "r": 1, "mass": 3, "restitution": 0.9})
export function bounce(a: Physics.Body, b: Physics.Body): number {
  const [p, q] = Physics.resolve(a, b);
  return p.vx * p.vx + p.vy + 2 * q.vx - q.vy * q.vy;
}

//= billiards(0.3, 0.4, 1.7, -0.6)
export function billiards(x: number, y: number, vx: number, vy: number): { x: number; y: number } {
  let time = 3;
  let bounces = 0;
  while (time > 0 && bounces < 50) {
    const tx = vx > 0 ? (1 - x) / vx : vx < 0 ? -x / vx : Infinity;
    const ty = vy > 0 ? (1 - y) / vy : vy < 0 ? -y / vy : Infinity;
    const t = Math.min(tx, ty, time);
    x += vx * t; y += vy * t; time -= t;
    if (t === tx) vx = -vx;
    else if (t === ty) vy = -vy;
    bounces++;
  }
  return { x, y };
}
