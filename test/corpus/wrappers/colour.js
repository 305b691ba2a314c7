import chroma from 'chroma-js';
import { diff, rgb_to_lab as rgbToLab } from 'color-diff';
import space from 'color-space';
import Color from 'colorjs.io';
import * as culori from 'culori';
import { jab as cam02, jch as cam02ch } from 'd3-cam02';
import * as d3 from 'd3-color';
import DeltaE from 'delta-e';
import { Hsluv } from 'hsluv';
import tinycolor from 'tinycolor2';

export const d3Hsl = (r, g, b) => {
  const { h, s, l } = d3.hsl(d3.rgb(r, g, b));
  return [h, s, l];
};
export const d3Lab = (r, g, b) => {
  const c = d3.lab(d3.rgb(r, g, b));
  return [c.l, c.a, c.b];
};
export const d3Hcl = (r, g, b) => {
  const { h, c, l } = d3.hcl(d3.rgb(r, g, b));
  return [h, c, l];
};
export const d3Cubehelix = (r, g, b) => {
  const { h, s, l } = d3.cubehelix(d3.rgb(r, g, b));
  return [h, s, l];
};
const channels = (c) => [c.r, c.g, c.b];
export const d3FromHsl = (h, s, l) => channels(d3.hsl(h, s, l).rgb());
export const d3FromLab = (l, a, b) => channels(d3.lab(l, a, b).rgb());
export const d3FromHcl = (h, c, l) => channels(d3.hcl(h, c, l).rgb());
export const d3Brighter = (r, g, b, k) => channels(d3.rgb(r, g, b).brighter(k));

export const jab = (r, g, b) => {
  const c = cam02(d3.rgb(r, g, b));
  return [c.J, c.a, c.b];
};
export const jch = (r, g, b) => {
  const c = cam02ch(d3.rgb(r, g, b));
  return [c.J, c.C, c.h];
};

export const chromaLab = (r, g, b) => chroma(r, g, b).lab();
export const chromaHcl = (r, g, b) => chroma(r, g, b).hcl();
export const chromaOklab = (r, g, b) => chroma(r, g, b).oklab();
export const chromaHsi = (r, g, b) => chroma(r, g, b).hsi();
export const chromaLuminance = (r, g, b) => chroma(r, g, b).luminance();
export const chromaContrast = (r, g, b, r2, g2, b2) => chroma.contrast(chroma(r, g, b), chroma(r2, g2, b2));
export const chromaDeltaE = (r, g, b, r2, g2, b2) => chroma.deltaE(chroma(r, g, b), chroma(r2, g2, b2));
export const chromaMix = (r, g, b, t) => chroma.mix(chroma(r, g, b), 'orange', t, 'oklab').gl();

export const culoriDifference = (r, g, b, r2, g2, b2) =>
  culori.differenceCiede2000()({ mode: 'rgb', r, g, b }, { mode: 'rgb', r: r2, g: g2, b: b2 });
export const culoriOklch = (r, g, b) => culori.converter('oklch')({ mode: 'rgb', r, g, b });

const srgb = (r, g, b) => new Color('srgb', [r, g, b]);
export const colorToLch = (r, g, b) => [...srgb(r, g, b).to('lch').coords];
export const colorToOklch = (r, g, b) => [...srgb(r, g, b).to('oklch').coords];
export const colorToJzazbz = (r, g, b) => [...srgb(r, g, b).to('jzazbz').coords];
export const colorToIctcp = (r, g, b) => [...srgb(r, g, b).to('ictcp').coords];
export const colorToHsluv = (r, g, b) => [...srgb(r, g, b).to('hsluv').coords];
export const colorToCam16 = (r, g, b) => [...srgb(r, g, b).to('cam16-jmh').coords];
export const deltaE2000 = (r, g, b, r2, g2, b2) => srgb(r, g, b).deltaE2000(srgb(r2, g2, b2));
export const deltaEOk = (r, g, b, r2, g2, b2) => srgb(r, g, b).deltaEOK(srgb(r2, g2, b2));
export const deltaECmc = (r, g, b, r2, g2, b2) => srgb(r, g, b).deltaE(srgb(r2, g2, b2), { method: 'CMC' });
export const contrastApca = (r, g, b, r2, g2, b2) => srgb(r, g, b).contrast(srgb(r2, g2, b2), 'APCA');

export const spaceLab = (r, g, b) => space.rgb.lab([r, g, b]);
export const spaceLuv = (r, g, b) => space.rgb.luv([r, g, b]);
export const spaceHsl = (r, g, b) => space.rgb.hsl([r, g, b]);
export const spaceYiq = (r, g, b) => space.rgb.yiq([r, g, b]);
export const spaceYcbcr = (r, g, b) => space.rgb.ycbcr([r, g, b]);
export const spaceHsluv = (r, g, b) => space.rgb.hsluv([r, g, b]);
export const spaceOsaucs = (r, g, b) => space.rgb.osaucs([r, g, b]);
export const spaceXyy = (r, g, b) => space.rgb.xyy([r, g, b]);
export const spaceCmyk = (r, g, b) => space.rgb.cmyk([r, g, b]);

export const tinyLuminance = (r, g, b) => tinycolor({ r, g, b }).getLuminance();
export const tinyHsl = (r, g, b) => tinycolor({ r, g, b }).toHsl();
export const tinyHsv = (r, g, b) => tinycolor({ r, g, b }).toHsv();
export const tinyReadability = (r, g, b, r2, g2, b2) =>
  tinycolor.readability(tinycolor({ r, g, b }), tinycolor({ r: r2, g: g2, b: b2 }));

export function hsluvToRgb(h, s, l) {
  const conversion = new Hsluv();
  conversion.hsluv_h = h;
  conversion.hsluv_s = s;
  conversion.hsluv_l = l;
  conversion.hsluvToRgb();
  return [conversion.rgb_r, conversion.rgb_g, conversion.rgb_b];
}
export function hpluvToRgb(h, s, l) {
  const conversion = new Hsluv();
  conversion.hpluv_h = h;
  conversion.hpluv_p = s;
  conversion.hpluv_l = l;
  conversion.hpluvToRgb();
  return [conversion.rgb_r, conversion.rgb_g, conversion.rgb_b];
}
export function rgbToHsluv(r, g, b) {
  const conversion = new Hsluv();
  conversion.rgb_r = r;
  conversion.rgb_g = g;
  conversion.rgb_b = b;
  conversion.rgbToHsluv();
  return [conversion.hsluv_h, conversion.hsluv_s, conversion.hsluv_l];
}
export function rgbToHpluv(r, g, b) {
  const conversion = new Hsluv();
  conversion.rgb_r = r;
  conversion.rgb_g = g;
  conversion.rgb_b = b;
  conversion.rgbToHpluv();
  return [conversion.hpluv_h, conversion.hpluv_p, conversion.hpluv_l];
}

export const ciede = (r, g, b, r2, g2, b2) =>
  diff(rgbToLab({ R: r, G: g, B: b }), rgbToLab({ R: r2, G: g2, B: b2 }));
export const rgbLab = (r, g, b) => rgbToLab({ R: r, G: g, B: b });

export const e76 = (a, b) => DeltaE.getDeltaE76(a, b);
export const e94 = (a, b) => DeltaE.getDeltaE94(a, b);
export const e00 = (a, b) => DeltaE.getDeltaE00(a, b);
