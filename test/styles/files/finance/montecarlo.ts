/** Seeded linear congruential generator; Box-Muller on top. */
class Random {
  private state: number;
  private spare: number | null = null;
  constructor(seed: number) { this.state = seed >>> 0; }
  next(): number {
    this.state = (Math.imul(1664525, this.state) + 1013904223) >>> 0;
    return (this.state + 0.5) / 4294967296;
  }
  normal(): number {
    if (this.spare !== null) { const z = this.spare; this.spare = null; return z; }
    const r = Math.sqrt(-2 * Math.log(this.next())), a = 2 * Math.PI * this.next();
    this.spare = r * Math.sin(a);
    return r * Math.cos(a);
  }
}

//= asianCall(100, 98, 0.02, 0.3, 1)
export function asianCall(s0: number, k: number, r: number, sigma: number, t: number, paths = 60, steps = 8): number {
  const rng = new Random(42);
  const dt = t / steps;
  let sum = 0;
  for (let p = 0; p < paths; p++) {
    let s = s0, mean = 0;
    for (let i = 0; i < steps; i++) {
      s *= Math.exp((r - 0.5 * sigma ** 2) * dt + sigma * Math.sqrt(dt) * rng.normal());
      mean += s / steps;
    }
    sum += Math.max(mean - k, 0);
  }
  return (Math.exp(-r * t) * sum) / paths;
}

//= heston(100, 0.04, 1.5, 0.05, 0.4, -0.6)
export function heston(s0: number, v0: number, kappa: number, theta: number, xi: number, rho: number): number {
  const rng = new Random(7);
  let total = 0;
  for (let p = 0; p < 20; p++) {
    let s = s0, v = v0;
    for (let i = 0; i < 6; i++) {
      const z1 = rng.normal(), z2 = rho * z1 + Math.sqrt(1 - rho * rho) * rng.normal();
      const vp = Math.max(v, 0);
      s *= Math.exp(-0.5 * vp * 0.1 + Math.sqrt(vp * 0.1) * z1);
      v += kappa * (theta - vp) * 0.1 + xi * Math.sqrt(vp * 0.1) * z2;
    }
    total += s;
  }
  return total / 20;
}
