const clamp01 = v => v < 0 ? 0 : v > 1 ? 1 : v;
const toLinear = c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
const fromLinear = c => c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055;
const M = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]];
const WHITE = { X: 0.95047, Y: 1, Z: 1.08883 };
const f = t => t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 * t + 16) / 116;

//= lab({"r": 0.2, "g": 0.6, "b": 0.03})
export const lab = ({ r, g, b }) => {
  const [X, Y, Z] = M.map(row => row.reduce((s, m, i) => s + m * [r, g, b].map(toLinear)[i], 0));
  const [fx, fy, fz] = [X / WHITE.X, Y / WHITE.Y, Z / WHITE.Z].map(f);
  return { L: 116 * fy - 16, a: 500 * (fx - fy), b: 200 * (fy - fz) };
};
//= deltaE({"r": 0.2, "g": 0.6, "b": 0.03}, {"r": 0.3, "g": 0.5, "b": 0.1})
export const deltaE = (p, q) => { const a = lab(p), b = lab(q); return Math.sqrt(Object.keys(a).reduce((s, k) => s + (a[k] - b[k]) ** 2, 0)); };
//= rgbToHsl(0.2, 0.6, 0.03)
//= rgbToHsl(0.7, 0.6, 0.1)
export function rgbToHsl(r, g, b) {
  const max = Math.max(r, g, b), min = Math.min(r, g, b), l = (max + min) / 2;
  if (max === min) return [0, 0, l];
  const d = max - min, s = l > 0.5 ? d / (2 - max - min) : d / (max + min);
  let h;
  switch (max) {
    case r: h = (g - b) / d + (g < b ? 6 : 0); break;
    case g: h = (b - r) / d + 2; break;
    case b: h = (r - g) / d + 4; break;
  }
  return [h * 60, s, l];
}
//= hslToRgb(200, 0.5, 0.4)
export function hslToRgb(h, s, l) {
  const k = n => (n + h / 30) % 12, a = s * Math.min(l, 1 - l);
  return [0, 8, 4].map(n => l - a * Math.max(-1, Math.min(k(n) - 3, 9 - k(n), 1)));
}
//= mix("#336699", "#ffcc00", 0.3)
export function mix(a, b, t) {
  const parse = hex => /^#?([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(hex).slice(1).map(h => parseInt(h, 16) / 255);
  const [p, q] = [a, b].map(parse);
  return p.map((c, i) => fromLinear(toLinear(c) * (1 - t) + toLinear(q[i]) * t));
}
//= contrast([0.2, 0.4, 0.6], [0.9, 0.95, 0.8])
export function contrast(x, y) {
  const lum = ([r, g, b]) => 0.2126 * toLinear(r) + 0.7152 * toLinear(g) + 0.0722 * toLinear(b);
  const [hi, lo] = [lum(x), lum(y)].sort((p, q) => q - p);
  return (hi + 0.05) / (lo + 0.05);
}
//= tonemap([1.2, 0.4, 3.1], 0.8)
export const tonemap = (hdr, exposure) => hdr.map(c => { const x = c * exposure; return fromLinear(clamp01((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14))); });
