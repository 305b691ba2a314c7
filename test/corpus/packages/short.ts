/** The small packages, for every run of the tests: functions in the packages' own files, no wrapper over many. */
import type { PackageSpec } from '../row.ts';
import { everything } from './index.ts';

const SMALL = new Set([
  ...[
    'd3-ease',
    'eases',
    'tween-functions',
    'cubic-hermite',
    'b-spline',
    'natural-spline-interpolator',
    'everpolate',
  ],
  ...[
    'haversine',
    'haversine-distance',
    'utm',
    'coordtransform',
    'ecef-projector',
    'geodesy',
    'suncalc',
    'moonbeams',
  ],
  ...[
    'black-scholes',
    'greeks',
    'gamma',
    'bessel',
    'color-convert',
    'gl-vec3',
    'gl-quat',
    'victor',
    'vec-la',
    'vec3',
  ],
]);
const ALONE = new Set(['wrappers/naturalSpline.cjs', 'wrappers/vec3.cjs']);

export const short: readonly PackageSpec[] = everything
  .filter(({ name }) => SMALL.has(name))
  .map((spec) => ({
    ...spec,
    with: [],
    sources: spec.sources.filter(({ file }) => !file.startsWith('wrappers/') || ALONE.has(file)),
  }));
