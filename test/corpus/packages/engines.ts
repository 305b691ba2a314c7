/** Mathematics of engines, and the standard library's distributions. */
import { fromPackage, inFile, inWrapper, type PackageSpec } from '../row.ts';

const m16 = [2, 0.5, 1, 0, 0.3, 3, -1, 0, 1, 0.2, 4, 0, 5, 6, 7, 1];
const a3 = [1, 2, 3];
const b3 = [0.5, -1, 2];
const dist = (name: string, version: string, ...args: number[]) =>
  fromPackage(`@stdlib/${name}`, version, [inFile('lib/index.js', { default: [args] })]);

export const engines: readonly PackageSpec[] = [
  fromPackage('@babylonjs/core', '9.35.0', [
    inWrapper('engines.js', {
      bjEuler: [[0.3, 0.4, 0.5]],
      bjSlerp: [[0.3, 1.4, 0.25]],
      bjLook: [[1, 2, 5]],
      bjInverse: [[m16]],
      'bjHermite bjCatmull': [[a3, b3, 0.3]],
      bjColour: [[210.5, 0.6, 0.45]],
      bjCurve: [[1.25]],
      bjPlane: [[a3, b3, [2, 0, 1]]],
      bjRay: [[0.2, 0.5]],
      bjAngle: [[a3, b3]],
    }),
  ]),
  dist('stats-base-dists-normal-cdf', '0.3.1', 0.7, 0.2, 1.5),
  dist('stats-base-dists-gamma-cdf', '0.3.1', 1.3, 2.5, 1.75),
  dist('stats-base-dists-gamma-quantile', '0.2.3', 0.3, 2.5, 1.75),
  dist('stats-base-dists-beta-cdf', '0.2.3', 0.3, 2.5, 1.75),
  dist('stats-base-dists-beta-quantile', '0.2.3', 0.3, 2.5, 1.75),
  dist('stats-base-dists-t-cdf', '0.2.3', 1.3, 4.5),
  dist('stats-base-dists-t-quantile', '0.2.3', 0.3, 4.5),
  dist('stats-base-dists-f-cdf', '0.2.3', 1.3, 4.5, 3.25),
  dist('stats-base-dists-chisquare-quantile', '0.2.3', 0.3, 4.5),
  dist('stats-base-dists-weibull-entropy', '0.3.1', 2.5, 1.75),
  dist('math-base-special-besselj0', '0.3.1', 2.5),
  dist('math-base-special-digamma', '0.3.1', 2.5),
  dist('math-base-special-erfinv', '0.3.1', 0.3),
  dist('math-base-special-gammaincinv', '0.2.3', 0.3, 2.5),
  dist('math-base-special-riemann-zeta', '0.3.1', 2.5),
  dist('math-base-special-betainc', '0.2.3', 0.3, 2.5, 1.75),
  dist('math-base-special-betaincinv', '0.2.3', 0.3, 2.5, 1.75),
];
