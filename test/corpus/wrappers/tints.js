/** Colours, by packages that compute them in their own ways. */

import { toFractionalRgb, toOklab, toRgb } from '@butterwell/oklab';
import {
  a98_RGB_to_XYZ_D50,
  HSL_to_XYZ_D65,
  OKLab_to_XYZ_D65,
  OKLCH_to_OKLab,
  sRGB_to_XYZ_D50,
  XYZ_D50_to_LCH,
  XYZ_D65_to_HSL,
  XYZ_D65_to_OKLCH,
} from '@csstools/color-helpers';
import * as tiny from '@ctrl/tinycolor';
import { hsl2rgbn, oklch2rgb, rgb2oklch, rgbString } from '@kurkle/color';
import better from 'better-color-tools';
import Color from 'color';
import temperature from 'color-temperature';
import * as color2k from 'color2k';
import colorspaces from 'colorspaces';
import husl from 'husl';
import * as polished from 'polished';
import pure from 'pure-color';
import contrast from 'wcag-contrast';

const css = (r, g, b) => `rgba(${r}, ${g}, ${b}, 1)`;

export const okTo = (r, g, b) => toOklab({ r, g, b });
export const okFrom = (L, a, b) => [toRgb({ L, a, b }), toFractionalRgb?.({ L, a, b })];
export const csOklch = (l, c, h) => OKLab_to_XYZ_D65(OKLCH_to_OKLab([l, c, h]));
export const csSrgb = (r, g, b) => XYZ_D50_to_LCH(sRGB_to_XYZ_D50([r, g, b]));
export const csHsl = (x, y, z) => [XYZ_D65_to_HSL([x, y, z]), XYZ_D65_to_OKLCH([x, y, z])];
export const csA98 = (r, g, b) => [
  a98_RGB_to_XYZ_D50([r, g, b]),
  HSL_to_XYZ_D65([r * 300, g * 100, b * 100]),
];
export const tcHsl = (r, g, b) => [tiny.rgbToHsl(r, g, b), tiny.rgbToHsv(r, g, b)];
export const tcBack = (h, s, l) => [tiny.hslToRgb(h, s, l), tiny.hsvToRgb(h, s, l)];
export const tcLuminance = (r, g, b) => new tiny.TinyColor({ r, g, b }).getLuminance();
export const tcOklch = (l, c, h) => tiny.oklchToRgb(l, c, h);
export const kuRgb = (h, s, l) => hsl2rgbn(h, s, l);
export const kuOklch = (r, g, b) => rgb2oklch({ r, g, b, a: 255 });
export const kuBack = (l, c, h) => oklch2rgb(l, c, h);
export const kuText = (k) => rgbString({ r: 1, g: 2, b: 3, a: 255 }).length * k;
export const coLab = (r, g, b) => [Color.rgb(r, g, b).lab().array(), Color.rgb(r, g, b).hsl().array()];
export const coLuminosity = (r, g, b) => Color.rgb(r, g, b).luminosity();
export const coMix = (r, g, b, t) => Color.rgb(r, g, b).mix(Color('#4080c0'), t).lighten(0.1).rgb().object();
export const coContrast = (r, g, b) => Color({ r, g, b }).contrast(Color('white'));
export const coRotate = (h, s, l) => Color.hsl(h, s, l).rotate(40).saturate(0.2).darken(0.1).hsl().array();
export const teRgb = (kelvin) => temperature.colorTemperature2rgb(kelvin);
export const teHelland = (kelvin) => temperature.colorTemperature2rgbUsingTH(kelvin);
export const c2Luminance = (r, g, b) => color2k.getLuminance(css(r, g, b));
export const c2Hsla = (h, s, l) => color2k.parseToRgba(color2k.hsla(h, s, l, 1));
export const spLab = (r, g, b) => colorspaces.converter('sRGB', 'CIELAB')([r, g, b]);
export const spLuv = (l, u, v) => colorspaces.converter('CIELUV', 'CIEXYZ')([l, u, v]);
export const spLch = (r, g, b) => colorspaces.make_color('sRGB', [r, g, b]).as('CIELCHuv');
export const huTo = (h, s, l) => [husl.toRGB(h, s, l), husl.p.toRGB(h, s, l)];
export const huFrom = (r, g, b) => [husl.fromRGB(r, g, b), husl.p.fromRGB(r, g, b)];
export const poLuminance = (k) => polished.getLuminance('#448') * k;
export const poScale = (k) => polished.getContrast('#448', '#fff') ** k;
export const puLab = (r, g, b) => pure.convert.rgb.lab([r, g, b]);
export const puHwb = (h, s, v) => [pure.convert.hsv.hsl([h, s, v]), pure.convert.hsv.rgb([h, s, v])];
export const wcContrast = (r, g, b) => contrast.rgb([r, g, b], [255, 250, 240]);
export const beLuminance = (r, g, b) => [
  better.luminance({ r, g, b, alpha: 1 }),
  better.lightness({ r, g, b, alpha: 1 }),
];
export const beContrast = (r, g, b) => better.contrastRatio({ r, g, b, alpha: 1 }, '#ffffff').ratio;
export const beMix = (r, g, b, t) =>
  better.mix({ r, g, b, alpha: 1 }, '#3060a0', t, 'oklab').rgb?.length ?? t;
