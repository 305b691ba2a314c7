// GLSL habits die hard
const { sin, cos, abs, floor, min, max, sqrt, exp, pow } = Math;
const fract = x => x - floor(x), mix = (a, b, t) => a * (1 - t) + b * t, clamp = (x, a = 0, b = 1) => min(max(x, a), b);
const smoothstep = (e0, e1, x) => { const t = clamp((x - e0) / (e1 - e0)); return t * t * (3 - 2 * t); };
const vec2 = (x, y = x) => [x, y], dot = (a, b) => a.reduce((s, v, i) => s + v * b[i], 0);
//= noise(1.3, 2.7)
export function noise(x, y) {
  const hash = (i, j) => fract(sin(i * 127.1 + j * 311.7) * 43758.5453);
  const i = floor(x), j = floor(y), f = vec2(fract(x), fract(y)).map(t => t * t * (3 - 2 * t));
  return mix(mix(hash(i, j), hash(i + 1, j), f[0]), mix(hash(i, j + 1), hash(i + 1, j + 1), f[0]), f[1]);
}
//= fbm(0.37, 1.21)
export const fbm = (x, y) => { let a = 0.5, s = 0; for (let o = 0; o < 4; o++, x *= 2.03, y *= 1.97, a /= 2) s += a * noise(x, y); return s; };
//= palette(0.3, [0.5, 0.4, 0.3], [0.5, 0.5, 0.5], [1, 0.8, 0.6], [0, 0.33, 0.67])
export const palette = (t, a, b, c, d) => a.map((ai, i) => ai + b[i] * cos(6.28318 * (c[i] * t + d[i])));
//= fresnel(0.4, 1.5)
export function fresnel(cosI, eta) {
  const g2 = eta * eta - 1 + cosI * cosI;
  if (g2 < 0) return 1;
  const g = sqrt(g2), a = (g - cosI) / (g + cosI), b = ((g + cosI) * cosI - 1) / ((g - cosI) * cosI + 1);
  return 0.5 * a * a * (1 + b * b);
}
//= vignette(0.2, 0.9, 0.3, 0.8)
export const vignette = (u, v, inner, outer) => 1 - smoothstep(inner, outer, sqrt(dot([u - 0.5, v - 0.5], [u - 0.5, v - 0.5])));
//= ggx(0.7, 0.3)
export const ggx = (nh, rough) => { const a2 = pow(rough, 4), d = nh * nh * (a2 - 1) + 1; return a2 / (Math.PI * d * d); };
//= mandelbrotDistance(-0.3, 0.85)
export function mandelbrotDistance(cx, cy) {
  let x = 0, y = 0, dx = 0, dy = 0, n = 0;
  while (x * x + y * y < 1e4 && n++ < 60) { [dx, dy] = [2 * (x * dx - y * dy) + 1, 2 * (x * dy + y * dx)]; [x, y] = [x * x - y * y + cx, 2 * x * y + cy]; }
  const r = sqrt(x * x + y * y);
  return n >= 60 ? 0 : 0.5 * r * Math.log(r) / sqrt(dx * dx + dy * dy) + 0 * exp(0) * abs(1);
}
