/** Further packages of games, charts, learning and signals. */
import { fromPackage, inWrapper, numbers, type PackageSpec } from '../row.ts';

const wide = (calls: Parameters<typeof inWrapper>[1]) => [inWrapper('wider.js', calls)];

const data = [2, 4.5, 4.75, 5, 7.25, 9, 3.5, 6];
const other = [1, 3.5, 2.25, 6, 5.5, 10, 4, 8.5];
const rising = [0, 1, 2.5, 4, 5, 7, 7.5, 9];
const path = [
  [0, 0],
  [1, 3],
  [4, 2.5],
  [5, -1],
];
const ring = [
  [10, 45],
  [12, 45.5],
  [12.5, 47],
  [10.5, 46.5],
  [10, 45],
];
const m33 = [
  [4, 1, 2],
  [1, 3, 0.5],
  [2, 0.5, 5],
];
const q = [0.1, 0.2, 0.3, 0.9];

export const wider: readonly PackageSpec[] = [
  fromPackage('@antv/matrix-util', '3.0.4', wide({ anMatrix: [[1.5, 2, 0.7]], anRotate: numbers(0.7) })),
  fromPackage('@antv/scale', '0.5.2', wide({ anScale: numbers(3.5) })),
  fromPackage(
    '@math.gl/geospatial',
    '4.1.0',
    wide({
      mgGeodetic: [[4_075_000, 1_197_000, 4_739_000]],
      mgNormal: [[4_075_000, 1_197_000, 4_739_000]],
      mgCartesian: [[16.37, 48.2, 300]],
    }),
  ),
  fromPackage('@math.gl/polygon', '4.1.0', wide({ 'mpArea mpClip': [[path]] })),
  fromPackage('@math.gl/sun', '4.1.0', wide({ msSun: [[48.2, 16.37]] })),
  fromPackage('bezier-intersect', '0.0.3', wide({ biLine: [[path]] })),
  fromPackage('convnetjs', '0.3.0', wide({ cvForward: [[0.3, -0.7]] })),
  fromPackage('d3-chord', '3.0.2', wide({ chArcs: [[1.5, 2, 3.25]] })),
  fromPackage('d3-contour', '4.0.3', wide({ coLevel: [[1.5, 2]] })),
  fromPackage('d3-delaunay', '6.0.6', wide({ 'deCells deCircum': [[[...path, [2, -1.5]]]] })),
  fromPackage('d3-sankey', '0.12.3', wide({ saNodes: [[3, 2.5]] })),
  fromPackage(
    'geojson-utils',
    '1.1.0',
    wide({ gjDistance: [[16.37, 48.2, -74.01, 40.71]], gjArea: [[ring]], gjDestination: [[16.37, 48.2]] }),
  ),
  fromPackage(
    'gl-vec4',
    '1.0.1',
    wide({
      g4Ops: [
        [
          [1, 2, 3, 4],
          [0.5, -1, 2, 1],
        ],
      ],
    }),
  ),
  fromPackage('lodash', '4.18.1', wide({ 'loSums loChain loReduce': [[data]], loFlow: numbers(0.7) })),
  fromPackage(
    'maath',
    '0.10.8',
    wide({
      maEasing: numbers(0.3),
      maDamp: [[1, 3]],
      maCircle: [[path.slice(0, 3)]],
      maMatrix: [[m33.flat()]],
    }),
    ['three@0.160.0'],
  ),
  fromPackage('ml-fft', '1.3.5', wide({ mfSpectrum: [[data]] })),
  fromPackage(
    'ml-spectra-processing',
    '14.35.1',
    wide({ mxStats: [[data]], mxIntegral: [[rising, data]], mxCorrelation: [[data, other]] }),
  ),
  fromPackage('ml-stat', '1.3.3', wide({ stArray: [[data]], stMatrix: [[m33]] })),
  fromPackage(
    'motion-dom',
    '14.14.0',
    wide({
      mdSpring: [
        [100, 10, 1.2, 250],
        [100, 40, 1, 250],
      ],
      mdInertia: [[300, 0.8]],
      mdMap: numbers(0.3),
    }),
  ),
  fromPackage(
    'motion-utils',
    '14.7.0',
    wide({ muEase: numbers(0.3, 0.8), muBezier: [[0.3, 0.1, 0.7, 0.9, 0.4]] }),
  ),
  fromPackage('mt-geo', '1.0.1', wide({ geAngle: numbers(1.5) })),
  fromPackage('path-intersection', '4.2.1', wide({ piPoints: numbers(1.5) })),
  fromPackage('quat-slerp', '1.0.1', wide({ qsSlerp: [[q, [0.5, 0.5, 0.5, 0.5], 0.3]] })),
  fromPackage('svgpath', '2.6.0', wide({ svLength: [[1.5, 2]] })),
  fromPackage('synaptic', '1.1.4', wide({ syActivate: [[0.3, -0.7]] })),
];
