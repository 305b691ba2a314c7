import { conjugateGradient, nelderMead } from 'fmin/index.js';

export const fmSimplex = (a, b) =>
  nelderMead(([x, y]) => (x - a) ** 2 + (y - b * a) ** 2, [0.1, 0.2], {
    minErrorDelta: 1e-13,
    maxIterations: 2000,
  }).x;
export const fmGradient = (a, b) =>
  conjugateGradient(
    ([x, y], g) => {
      g[0] = 2 * (x - a);
      g[1] = 4 * (y - b);
      return (x - a) ** 2 + 2 * (y - b) ** 2;
    },
    [0.1, 0.2],
  ).x;
