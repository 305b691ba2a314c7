// Double pendulum, RK4. Units: SI.
export interface State { th1: number; th2: number; w1: number; w2: number }
export interface Params { m1: number; m2: number; l1: number; l2: number; g?: number }

function deriv(s: State, { m1, m2, l1, l2, g = 9.81 }: Params): State {
  const d = s.th1 - s.th2;
  const den = 2 * m1 + m2 - m2 * Math.cos(2 * d);
  const a1 = (-g * (2 * m1 + m2) * Math.sin(s.th1) - m2 * g * Math.sin(s.th1 - 2 * s.th2)
    - 2 * Math.sin(d) * m2 * (s.w2 ** 2 * l2 + s.w1 ** 2 * l1 * Math.cos(d))) / (l1 * den);
  const a2 = (2 * Math.sin(d) * (s.w1 ** 2 * l1 * (m1 + m2) + g * (m1 + m2) * Math.cos(s.th1)
    + s.w2 ** 2 * l2 * m2 * Math.cos(d))) / (l2 * den);
  return { th1: s.w1, th2: s.w2, w1: a1, w2: a2 };
}

const axpy = (s: State, k: State, h: number): State => {
  const out = { ...s };
  for (const key of Object.keys(s) as (keyof State)[]) out[key] += h * k[key];
  return out;
};

//= simulate({"th1": 1.2, "th2": 0.7, "w1": 0, "w2": 0.1}, {"m1": 1, "m2": 0.5, "l1": 1, "l2": 0.8})
export function simulate(s0: State, p: Params, h = 0.01, steps = 50): State {
  let s = s0;
  for (let i = 0; i < steps; i++) {
    const k1 = deriv(s, p);
    const k2 = deriv(axpy(s, k1, h / 2), p);
    const k3 = deriv(axpy(s, k2, h / 2), p);
    const k4 = deriv(axpy(s, k3, h), p);
    s = axpy(axpy(axpy(axpy(s, k1, h / 6), k2, h / 3), k3, h / 3), k4, h / 6);
  }
  return s;
}

//= energy({"th1": 1.2, "th2": 0.7, "w1": 0.3, "w2": 0.1}, {"m1": 1, "m2": 0.5, "l1": 1, "l2": 0.8, "g": 9.8}) H
export function energy({ th1, th2, w1, w2 }: State, { m1, m2, l1, l2, g = 9.81 }: Params): number {
  const T = 0.5 * m1 * (l1 * w1) ** 2
    + 0.5 * m2 * ((l1 * w1) ** 2 + (l2 * w2) ** 2 + 2 * l1 * l2 * w1 * w2 * Math.cos(th1 - th2));
  const V = -(m1 + m2) * g * l1 * Math.cos(th1) - m2 * g * l2 * Math.cos(th2);
  return T + V;
}
