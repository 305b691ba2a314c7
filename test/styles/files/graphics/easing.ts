type Ease = (t: number) => number;
const flip = (f: Ease): Ease => (t) => 1 - f(1 - t);
const inOut = (f: Ease): Ease => (t) => (t < 0.5 ? f(2 * t) / 2 : 1 - f(2 - 2 * t) / 2);
const power = (n: number): Ease => (t) => t ** n;
const table = {
  linear: (t) => t,
  quad: power(2),
  cubicOut: flip(power(3)),
  quartInOut: inOut(power(4)),
  sine: (t) => 1 - Math.cos((t * Math.PI) / 2),
  expo: (t) => (t === 0 ? 0 : 2 ** (10 * (t - 1))),
  circ: (t) => 1 - Math.sqrt(1 - t * t),
  back: (t, s = 1.70158) => t * t * ((s + 1) * t - s),
  elastic: (t) => (t === 0 || t === 1 ? t : -(2 ** (10 * t - 10)) * Math.sin(((t * 10 - 10.75) * 2 * Math.PI) / 3)),
  bounceOut: (t) => {
    const n = 7.5625, d = 2.75;
    if (t < 1 / d) return n * t * t;
    if (t < 2 / d) return n * (t -= 1.5 / d) * t + 0.75;
    if (t < 2.5 / d) return n * (t -= 2.25 / d) * t + 0.9375;
    return n * (t -= 2.625 / d) * t + 0.984375;
  },
} satisfies Record<string, (t: number, s?: number) => number>;
export type EaseName = keyof typeof table;
//= ease("quartInOut", 0.7)
//= ease("elastic", 0.3)
//= ease("bounceOut", 0.8)
//= ease("expo", 0.45)
export const ease = (name: EaseName, t: number) => table[name](t);
//= animate(10, 30, 0.35, ["quad", "back", "circ"])
export const animate = (from: number, to: number, t: number, names: EaseName[]) => from + (to - from) * names.map((n) => table[n]).reduce((v, f) => f(v), t);
//= cubicBezier(0.25, 0.1, 0.25, 1, 0.4)
export function cubicBezier(x1: number, y1: number, x2: number, y2: number, x: number) {
  const coord = (a: number, b: number, t: number) => ((1 - 3 * b + 3 * a) * t + 3 * b - 6 * a) * t * t + 3 * a * t;
  const slope = (a: number, b: number, t: number) => 3 * (1 - 3 * b + 3 * a) * t * t + 2 * (3 * b - 6 * a) * t + 3 * a;
  let t = x;
  for (let i = 0; i < 12; i++) t -= (coord(x1, x2, t) - x) / slope(x1, x2, t);
  return coord(y1, y2, t);
}
