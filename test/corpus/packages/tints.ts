/** Further packages of colour. */
import { fromPackage, inFile, inWrapper, numbers, type PackageSpec } from '../row.ts';

const tinted = (calls: Parameters<typeof inWrapper>[1]) => inWrapper('tints.js', calls);

const rgb = [[180, 90.5, 45]];
const unit = [[0.7, 0.35, 0.2]];
const hsl = [[200, 0.6, 0.4]];

export const tints: readonly PackageSpec[] = [
  fromPackage('@butterwell/oklab', '1.2.0', [tinted({ okTo: rgb, okFrom: [[0.6, 0.1, -0.05]] })]),
  fromPackage('@csstools/color-helpers', '6.1.3', [
    tinted({ csOklch: [[0.6, 0.12, 200]], 'csSrgb csA98': unit, csHsl: [[0.4, 0.35, 0.3]] }),
  ]),
  fromPackage('@ctrl/tinycolor', '4.3.0', [
    tinted({ 'tcHsl tcLuminance': rgb, tcBack: hsl, tcOklch: [[0.6, 0.12, 200]] }),
    inFile('dist/conversion.js', { 'rgbToHsl rgbToCmyk': rgb, hsvToRgb: [[0.55, 0.6, 0.4]] }),
  ]),
  fromPackage('@kurkle/color', '0.6.5', [
    tinted({ kuRgb: hsl, kuOklch: rgb, kuBack: [[0.6, 0.12, 200]], kuText: numbers(1.5) }),
  ]),
  fromPackage('color', '5.0.3', [
    tinted({
      'coLab coLuminosity coContrast': rgb,
      coMix: [[180, 90.5, 45, 0.3]],
      coRotate: [[200, 60, 40]],
    }),
  ]),
  fromPackage('color-temperature', '0.2.7', [tinted({ 'teRgb teHelland': numbers(4500, 9000) })]),
  fromPackage('color2k', '2.0.4', [tinted({ c2Luminance: rgb, c2Hsla: hsl })]),
  fromPackage('colorspaces', '0.1.5', [tinted({ 'spLab spLch': unit, spLuv: [[60, 20, -30]] })]),
  fromPackage('husl', '6.0.6', [tinted({ huTo: [[200, 60, 40]], huFrom: unit })]),
  fromPackage('polished', '4.3.1', [tinted({ 'poLuminance poScale': numbers(1.5) })]),
  fromPackage('pure-color', '1.3.0', [
    tinted({ puLab: rgb, puHwb: [[200, 60, 40]] }),
    inFile('convert/lab2xyz.js', { default: [[[60, 20, -30]]] }),
  ]),
  fromPackage('wcag-contrast', '3.0.0', [tinted({ wcContrast: rgb })]),
  fromPackage('better-color-tools', '0.12.3', [
    tinted({ 'beLuminance beContrast': unit, beMix: [[0.7, 0.35, 0.2, 0.3]] }),
  ]),
];
