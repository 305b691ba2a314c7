export type Rhs = (t: number, y: readonly number[]) => number[];
type Stepper = (f: Rhs) => (t: number, y: readonly number[], h: number) => number[];

const add = (a: readonly number[], b: readonly number[], s = 1) => a.map((x, i) => x + s * b[i]);

export const euler: Stepper = (f) => (t, y, h) => add(y, f(t, y), h);
export const midpoint: Stepper = (f) => (t, y, h) => add(y, f(t + h / 2, add(y, f(t, y), h / 2)), h);
export const heun: Stepper = (f) => (t, y, h) => {
  const k1 = f(t, y), k2 = f(t + h, add(y, k1, h));
  return y.map((yi, i) => yi + (h / 2) * (k1[i] + k2[i]));
};

/** Any explicit scheme from its Butcher tableau. */
function explicitRk(a: number[][], b: number[], c: number[]): Stepper {
  return (f) => (t, y, h) => {
    const k: number[][] = [];
    for (let s = 0; s < b.length; s++) {
      let ys = [...y];
      for (let j = 0; j < s; j++) ys = add(ys, k[j], h * a[s][j]);
      k.push(f(t + c[s] * h, ys));
    }
    return y.map((yi, i) => yi + h * b.reduce((sum, bs, s) => sum + bs * k[s][i], 0));
  };
}
export const ralston = explicitRk([[], [2 / 3]], [1 / 4, 3 / 4], [0, 2 / 3]);
export const kutta38 = explicitRk(
  [[], [1 / 3], [-1 / 3, 1], [1, -1, 1]],
  [1 / 8, 3 / 8, 3 / 8, 1 / 8],
  [0, 1 / 3, 2 / 3, 1],
);

function integrate(step: ReturnType<Stepper>, y0: number[], t1: number, n: number) {
  let y: readonly number[] = y0;
  const h = t1 / n;
  for (let i = 0; i < n; i++) y = step(i * h, y, h);
  return y;
}

const vdp = (mu: number): Rhs => (_t, [x, v]) => [v, mu * (1 - x * x) * v - x];

//= vanDerPol(1.1, 0.5, 0.2)
export const vanDerPol = (mu: number, x0: number, v0: number) => {
  const schemes = { euler, midpoint, heun, ralston, kutta38 };
  let total = 0;
  for (const [, s] of Object.entries(schemes)) total += integrate(s(vdp(mu)), [x0, v0], 1.5, 20)[0];
  return total / Object.keys(schemes).length;
};

/** Dormand-Prince like step-size control, Heun-Euler pair. */
//= adaptive(0.8, 1.3)
export function adaptive(lambda: number, y0: number, tol = 1e-4): number {
  let t = 0, y = y0, h = 0.1;
  const f = (t: number, y: number) => -lambda * (y - Math.cos(t));
  while (t < 2) {
    if (t + h > 2) h = 2 - t;
    const k1 = f(t, y), k2 = f(t + h, y + h * k1);
    const err = Math.abs((h * (k2 - k1)) / 2);
    if (err <= tol) { t += h; y += (h * (k1 + k2)) / 2; }
    h *= Math.min(2, Math.max(0.3, 0.9 * Math.sqrt(tol / (err + 1e-30))));
  }
  return y;
}
