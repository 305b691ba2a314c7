/** Colour spaces and differences. */
import { fromPackage, inFile, inWrapper, type PackageSpec } from '../row.ts';

const rgb = [[67, 122, 203]];
const lab = [[62.5, 12, -35]];

export const colour: readonly PackageSpec[] = [
  fromPackage('d3-color', '3.1.0', [
    inWrapper('colour.js', {
      'd3Hsl d3Lab d3Hcl d3Cubehelix': rgb.map(([r, g, b]) => [r!, g!, b!]),
      d3FromHsl: [[210.5, 0.6, 0.4]],
      'd3FromLab d3FromHcl': [[62.5, 12, -35]],
      d3Brighter: [[67, 122, 203, 0.7]],
    }),
  ]),
  fromPackage('d3-cam02', '0.1.5', [
    inWrapper('colour.js', { jab: [[67, 122, 203]], jch: [[67, 122, 203]] }),
  ]),
  fromPackage('color-convert', '3.1.0', [
    inFile('conversions.js', {
      'default.rgb.hsl default.rgb.hsv default.rgb.hwb default.rgb.cmyk default.rgb.xyz default.rgb.lab': [
        rgb,
      ],
      'default.rgb.hcg default.rgb.oklab': [rgb],
      'default.hsl.rgb default.hsl.hsv default.hsv.rgb default.hsv.hsl default.hwb.rgb': [[[210, 60, 40]]],
      'default.hsv.hcg default.hsl.hcg default.hcg.rgb default.hcg.hsv': [[[210, 60, 40]]],
      'default.cmyk.rgb': [[[10, 40, 60, 20]]],
      'default.xyz.rgb default.xyz.lab default.xyz.oklab': [[[20, 19.5, 58]]],
      'default.lab.xyz default.lab.lch': [lab],
      'default.lch.lab': [[[62.5, 37, 289]]],
      'default.oklab.rgb': [[[58, -3, -14]]],
    }),
  ]),
  fromPackage('chroma-js', '3.1.2', [
    inWrapper('colour.js', {
      'chromaLab chromaHcl chromaOklab chromaHsi chromaLuminance': [[67, 122, 203]],
      chromaContrast: [[67, 122, 203, 250, 240, 180]],
      chromaDeltaE: [[67, 122, 203, 70, 110, 190]],
      chromaMix: [[67, 122, 203, 0.3]],
    }),
  ]),
  fromPackage('culori', '4.0.1', [
    inFile('src/oklab/convertLrgbToOklab.js', { default: [[{ r: 0.2, g: 0.4, b: 0.7 }]] }),
    inFile('src/oklab/convertOklabToLrgb.js', { default: [[{ l: 0.6, a: 0.05, b: -0.1 }]] }),
    inFile('src/lab/convertLabToXyz50.js', { default: [[{ l: 60, a: 5, b: -10 }]] }),
    inFile('src/lab/convertXyz50ToLab.js', { default: [[{ x: 0.2, y: 0.3, z: 0.4 }]] }),
    inFile('src/luv/convertXyz50ToLuv.js', { default: [[{ x: 0.2, y: 0.3, z: 0.4 }]] }),
    inFile('src/jab/convertXyz65ToJab.js', { default: [[{ x: 0.2, y: 0.3, z: 0.4 }]] }),
    inFile('src/itp/convertXyz65ToItp.js', { default: [[{ x: 0.2, y: 0.3, z: 0.4 }]] }),
    inFile('src/okhsl/convertOklabToOkhsl.js', { default: [[{ l: 0.6, a: 0.05, b: -0.1 }]] }),
    inFile('src/hsl/convertRgbToHsl.js', { default: [[{ r: 0.2, g: 0.4, b: 0.7 }]] }),
    inFile('src/hsv/convertHsvToRgb.js', { default: [[{ h: 210, s: 0.6, v: 0.4 }]] }),
    inFile('src/cubehelix/convertRgbToCubehelix.js', { default: [[{ r: 0.2, g: 0.4, b: 0.7 }]] }),
    inFile('src/xyb/convertRgbToXyb.js', { default: [[{ r: 0.2, g: 0.4, b: 0.7 }]] }),
    inFile('src/dlch/convertLab65ToDlch.js', { default: [[{ l: 60, a: 5, b: -10 }]] }),
    inWrapper('colour.js', {
      culoriDifference: [[0.2, 0.4, 0.7, 0.25, 0.35, 0.8]],
      culoriOklch: [[0.2, 0.4, 0.7]],
    }),
  ]),
  fromPackage('colorjs.io', '0.5.2', [
    inWrapper('colour.js', {
      'colorToLch colorToOklch colorToJzazbz colorToIctcp colorToHsluv colorToCam16': [[0.2, 0.4, 0.7]],
      'deltaE2000 deltaEOk deltaECmc': [[0.2, 0.4, 0.7, 0.25, 0.35, 0.8]],
      contrastApca: [[0.2, 0.4, 0.7, 0.95, 0.9, 0.8]],
    }),
  ]),
  fromPackage('color-space', '2.0.1', [
    inWrapper('colour.js', {
      'spaceLab spaceLuv spaceHsl spaceYiq spaceYcbcr spaceHsluv spaceOsaucs spaceXyy spaceCmyk': [
        [67, 122, 203],
      ],
    }),
  ]),
  fromPackage('tinycolor2', '1.6.0', [
    inWrapper('colour.js', {
      'tinyLuminance tinyHsl tinyHsv': [[67.25, 122.25, 203.75]],
      tinyReadability: [[67.25, 122.25, 203.75, 250.25, 240.75, 180.25]],
    }),
  ]),
  fromPackage('hsluv', '1.0.1', [
    inWrapper('colour.js', {
      'hsluvToRgb hpluvToRgb': [[210, 60, 40]],
      'rgbToHsluv rgbToHpluv': [[0.2, 0.4, 0.7]],
    }),
  ]),
  fromPackage('color-diff', '1.4.0', [
    inWrapper('colour.js', { ciede: [[67, 122, 203, 70, 110, 190]], rgbLab: [[67, 122, 203]] }),
  ]),
  fromPackage('delta-e', '0.0.8', [
    inWrapper('colour.js', {
      'e76 e94 e00': [
        [
          { L: 36, A: 60, B: 41 },
          { L: 100, A: 40, B: 90 },
        ],
      ],
    }),
  ]),
];
