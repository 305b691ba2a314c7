type Vec2 = [number, number];

class Particle {
  pos: Vec2;
  private prev: Vec2;
  acc: Vec2 = [0, 0];
  constructor(x: number, y: number, public readonly invMass = 1) {
    this.pos = [x, y];
    this.prev = [x, y];
  }
  push(fx: number, fy: number): this {
    this.acc[0] += fx * this.invMass;
    this.acc[1] += fy * this.invMass;
    return this;
  }
  step(dt: number) {
    for (let k = 0 as 0 | 1; k < 2; k++) {
      const next = 2 * this.pos[k] - this.prev[k] + this.acc[k] * dt * dt;
      this.prev[k] = this.pos[k];
      this.pos[k] = next;
      this.acc[k] = 0;
    }
  }
}

class Stick {
  readonly length: number;
  constructor(private a: Particle, private b: Particle, length?: number) {
    this.length = length ?? Math.hypot(a.pos[0] - b.pos[0], a.pos[1] - b.pos[1]);
  }
  relax() {
    const { a, b } = this;
    const dx = b.pos[0] - a.pos[0], dy = b.pos[1] - a.pos[1];
    const dist = Math.sqrt(dx * dx + dy * dy);
    const w = a.invMass + b.invMass;
    if (w === 0) return;
    const diff = (dist - this.length) / dist / w;
    a.pos[0] += dx * diff * a.invMass; a.pos[1] += dy * diff * a.invMass;
    b.pos[0] -= dx * diff * b.invMass; b.pos[1] -= dy * diff * b.invMass;
  }
}

export class Rope {
  particles: Particle[] = [];
  sticks: Stick[] = [];
  constructor(n: number, spacing: number, private gravity = -9.8) {
    for (let i = 0; i < n; i++) this.particles.push(new Particle(i * spacing, 0.1 * i * i * spacing, i === 0 ? 0 : 1));
    for (let i = 1; i < n; i++) this.sticks.push(new Stick(this.particles[i - 1], this.particles[i], spacing));
  }
  *[Symbol.iterator]() { yield* this.particles; }
  step(dt: number, iterations = 4) {
    for (const p of this) p.push(0, p.invMass ? this.gravity / p.invMass : 0).step(dt);
    for (let k = 0; k < iterations; k++) this.sticks.forEach((s) => s.relax());
  }
}

//= ropeEnd(0.25, 0.02, -9.8)
export function ropeEnd(spacing: number, dt: number, g: number): Vec2 {
  const rope = new Rope(5, spacing, g);
  for (let t = 0; t < 20; t++) rope.step(dt);
  const last = rope.particles[rope.particles.length - 1];
  return [last.pos[0], last.pos[1]];
}
