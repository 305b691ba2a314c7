/** Further packages of colour. */
import { fromPackage, inFile, inWrapper, numbers, type PackageSpec } from '../row.ts';

const painted = (calls: Parameters<typeof inWrapper>[1]) => inWrapper('paint.js', calls);

const unit = [
  [0.2, 0.4, 0.7],
  [0.9, 0.35, 0.1],
];
const bytes = [
  [51, 102, 180],
  [230, 90, 25],
];
const hues = [[210.5, 0.6, 0.45]];

export const paint: readonly PackageSpec[] = [
  fromPackage('@material/material-color-utilities', '0.4.0', [
    painted({
      'hctOf camXyz camDistance': [[210.5, 30, 45]].map(([h, c, t]) => [h!, c!, t!]),
      camUcs: [[45, 12, -8]],
    }),
    inFile('utils/color_utils.js', {
      'yFromLstar lstarFromY linearized': numbers(45.5, 3),
    }),
    inFile('utils/math_utils.js', {
      differenceDegrees: [[20, 350.5]],
      sanitizeDegreesDouble: numbers(-20.5, 400),
      matrixMultiply: [
        [
          [1, 2, 3],
          [
            [1, 0.5, 0],
            [0, 1, 0.25],
            [2, 0, 1],
          ],
        ],
      ],
    }),
    inFile('contrast/contrast.js', {
      'Contrast.ratioOfTones': [[30.5, 80]],
      'Contrast.lighter Contrast.darker': [[50.5, 3]],
    }),
  ]),
  fromPackage('@texel/color', '1.1.11', [
    painted({
      'tConvert tBack tHsl': unit,
      tHsv: [[0.6, 0.1, -0.08]],
      tCusp: [[0.6, 0.8]],
      tMapped: [[0.7, 0.35, 150]],
      tDelta: [
        [
          [0.6, 0.1, -0.08],
          [0.5, 0.12, 0.02],
        ],
      ],
      tText: numbers(1.5),
    }),
  ]),
  fromPackage('apca-w3', '0.1.9', [painted({ 'aContrast aLight': bytes, aP3: unit.map((c) => [c]) })]),
  fromPackage('chromatism', '3.0.0', [
    inFile('dist/chromatism.umd.js', {
      difference: [[{ L: 45, a: 12, b: -8 }, { L: 50, a: 20, b: -30 }, 1, 1]],
    }),
  ]),
  fromPackage('ciebase', '0.1.1', [painted({ 'cbXyz cbRgb': unit })]),
  fromPackage('ciecam02', '0.4.6', [
    painted({ ccJch: unit, 'ccBack ccUcs': [[45, 30, 210.5]], ccUcsBack: [[45, 12, -8]] }),
  ]),
  fromPackage('colord', '2.14.0', [painted({ 'cdLab cdBrightness': bytes, cdHsl: [[210.5, 60, 45]] })]),
  fromPackage('colorsea', '1.2.2', [
    painted({
      'csLab csHwb csDelta csLuma': bytes,
      csLch: [[45, 30, 210.5]],
      csXyz: unit,
      csHsi: [[210.5, 60, 45]],
    }),
  ]),
  fromPackage('colz', '0.1.0', [
    inFile('src/colz.js', {
      hue2rgb: [[0.2, 0.7, 0.1]],
      'hsbToHsl hsvToHsl': hues,
    }),
  ]),
  fromPackage('d3-hsluv', '0.1.2', [
    painted({ dHsluv: [[210.5, 60, 45]], dHsluvOf: [[50.5, 100.25, 180.75]] }),
  ]),
  fromPackage('d3-hsv', '0.1.0', [painted({ dHsv: hues, dHsvOf: bytes })], ['d3-color@1.4.1']),
  fromPackage('onecolor', '4.1.0', [painted({ 'ocHsv ocRgb ocLab': unit })]),
];
