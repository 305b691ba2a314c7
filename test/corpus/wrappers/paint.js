/** Colour, by packages that compute it in their own ways. */
import { Cam16, ViewingConditions } from '@material/material-color-utilities';
import * as T from '@texel/color';
import * as apca from 'apca-w3';
import ciebase from 'ciebase';
import ciecam from 'ciecam02';
import { colord, extend } from 'colord';
import labPlugin from 'colord/plugins/lab';
import lchPlugin from 'colord/plugins/lch';
import colorsea from 'colorsea';
import { rgb } from 'd3-color';
import { hsluv } from 'd3-hsluv';
import { hsv } from 'd3-hsv';
import onecolor from 'onecolor';

extend([labPlugin, lchPlugin]);
const VIEW = ViewingConditions.DEFAULT;

export const hctOf = (hue, chroma, tone) => {
  const cam = Cam16.fromJch(tone, chroma, hue);
  return [cam.q, cam.m, cam.s, cam.jstar, cam.astar, cam.bstar];
};
export const camXyz = (j, c, h) => Cam16.fromJch(j, c, h).xyzInViewingConditions(VIEW);
export const camUcs = (j, a, b) => Cam16.fromUcs(j, a, b).chroma;
export const camDistance = (j, c, h) => Cam16.fromJch(j, c, h).distance(Cam16.fromJch(50, 30, 200));

export const tConvert = (r, g, b) => T.convert([r, g, b], T.sRGB, T.OKLCH);
export const tBack = (l, c, h) => T.convert([l, c, h], T.OKLCH, T.DisplayP3);
export const tHsl = (h, s, l) => T.OKHSLToOKLab([h, s, l]);
export const tHsv = (l, a, b) => T.OKLabToOKHSV([l, a, b]);
export const tCusp = (a, b) => T.findCuspOKLCH(a, b, T.sRGBGamut);
export const tMapped = (l, c, h) => T.gamutMapOKLCH([l, c, h], T.sRGBGamut, T.sRGB);
export const tDelta = (p, q) => T.deltaEOK(p, q);
export const tText = (x) => {
  const [r, g, b] = T.parse('rgb(20% 40% 70%)', T.OKLab);
  return [x * r, g / x, b];
};

export const aContrast = (r, g, b) => apca.calcAPCA([255, 250, 240], [r, g, b]);
export const aLight = (r, g, b) => apca.APCAcontrast(apca.sRGBtoY([r, g, b]), 0.9);
export const aP3 = (c) => apca.displayP3toY(c);

const xyzConverter = ciebase.xyz(ciebase.workspace.sRGB, ciebase.illuminant.D65);
export const cbXyz = (r, g, b) => xyzConverter.fromRgb([r, g, b]);
export const cbRgb = (x, y, z) => xyzConverter.toRgb([x, y, z]);
const cam = ciecam.cam({ whitePoint: ciebase.illuminant.D65, adaptingLuminance: 40 }, ciecam.cfs('JCh'));
export const ccJch = (x, y, z) => cam.fromXyz([x, y, z]);
export const ccBack = (J, C, h) => cam.toXyz({ J, C, h });
const ucs = ciecam.ucs();
export const ccUcs = (J, M, h) => ucs.fromCam({ J, M, h });
export const ccUcsBack = (J, a, b) => ucs.toCam({ J_p: J, a_p: a, b_p: b });

export const cdLab = (r, g, b) => colord({ r, g, b }).toLab();
export const cdBrightness = (r, g, b) => colord({ r, g, b }).brightness();
export const cdHsl = (h, s, l) => colord({ h, s, l }).toHsl();

export const csLab = (r, g, b) => colorsea.convertor.rgb2lab(r, g, b);
export const csLch = (l, c, h) => colorsea.convertor.lch2lab(l, c, h);
export const csXyz = (x, y, z) => colorsea.convertor.xyz2lab(x, y, z);
export const csHsi = (h, s, i) => colorsea.convertor.hsi2rgb(h, s, i);
export const csHwb = (r, g, b) => colorsea.convertor.rgb2hwb(r, g, b);
export const csDelta = (r, g, b) => colorsea.rgb(r, g, b).deltaE(colorsea('#336699'));
export const csLuma = (r, g, b) => colorsea.rgb(r, g, b).luma();

export const dHsluv = (h, s, l) => {
  const c = hsluv(h, s, l).rgb();
  return [c.r, c.g, c.b];
};
export const dHsluvOf = (r, g, b) => {
  const c = hsluv(rgb(r, g, b));
  return [c.l, c.u, c.v];
};
export const dHsv = (h, s, v) => {
  const c = hsv(h, s, v).rgb();
  return [c.r, c.g, c.b];
};
export const dHsvOf = (r, g, b) => {
  const c = hsv(rgb(r, g, b));
  return [c.h, c.s, c.v];
};

export const ocHsv = (r, g, b) => {
  const c = new onecolor.RGB(r, g, b).hsv();
  return [c._hue, c._saturation, c._value];
};
export const ocRgb = (h, s, l) => {
  const c = new onecolor.HSL(h, s, l).rgb();
  return [c._red, c._green, c._blue];
};
export const ocLab = (r, g, b) => {
  const c = new onecolor.RGB(r, g, b).lab?.() ?? new onecolor.RGB(r, g, b).cmyk();
  return c.red();
};
