interface Gains { kp: number; ki: number; kd: number }
class Controller {
  #integral = 0;
  #previous: number | undefined;
  declare readonly limit: number;
  constructor(private readonly gains: Gains, limit = 5) { this.limit = limit; }
  static #count = 0;
  static create(g: Gains) { Controller.#count++; return new Controller(g); }
  output(error: number, dt: number): number {
    const { kp, ki, kd } = this.gains;
    this.#integral += error * dt;
    const d = this.#previous === undefined ? 0 : (error - this.#previous) / dt;
    this.#previous = error;
    const u = kp * error + ki * this.#integral + kd * d;
    if (Math.abs(u) > this.limit) { this.#integral -= error * dt; return Math.sign(u) * this.limit; }
    return u;
  }
}
//= stepCost({"kp": 2, "ki": 0.7, "kd": 0.1})
//= stepCost({"kp": 9, "ki": 0.7, "kd": 0.1})
export function stepCost(g: Gains): number {
  const c = Controller.create(g);
  let y = 0, v = 0, cost = 0;
  for (let k = 0; k < 60; k++) {
    const e = 1 - y, u = c.output(e, 0.05);
    v += (u - 0.8 * v - 1.2 * y) * 0.05;
    y += v * 0.05;
    cost += e * e * 0.05 + 1e-3 * u * u;
  }
  return cost;
}
