/** Iterative radix-2 on typed arrays, bit reversal and all. */
export function fft(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) { [re[i], re[j]] = [re[j]!, re[i]!]; [im[i], im[j]] = [im[j]!, im[i]!]; }
  }
  for (let len = 2; len <= n; len <<= 1) {
    const ang = (-2 * Math.PI) / len;
    for (let i = 0; i < n; i += len) {
      for (let k = 0; k < len / 2; k++) {
        const c = Math.cos(ang * k), s = Math.sin(ang * k), a = i + k, b = i + k + len / 2;
        const ur = re[b]! * c - im[b]! * s, ui = re[b]! * s + im[b]! * c;
        re[b] = re[a]! - ur; im[b] = im[a]! - ui;
        re[a]! += ur; im[a]! += ui;
      }
    }
  }
}
//= power([1, 0.5, -0.3, 0.2, 0.7, -1, 0.1, 0.4])
export function power(xs: number[]): number[] {
  const re = Float64Array.from(xs), im = new Float64Array(xs.length);
  fft(re, im);
  return Array.from(re, (r, i) => r * r + im[i]! ** 2).slice(0, xs.length / 2 + 1);
}
//= goertzel([1, 0.5, -0.3, 0.2, 0.7, -1, 0.1, 0.4], 1.7)
export function goertzel(xs: number[], k: number): number {
  const w = (2 * Math.PI * k) / xs.length, c = 2 * Math.cos(w);
  let [s1, s2] = [0, 0];
  for (const x of xs) [s1, s2] = [x + c * s1 - s2, s1];
  return s1 * s1 + s2 * s2 - c * s1 * s2;
}
//= windowed([1, 0.5, -0.3, 0.2, 0.7], 8.6)
export const windowed = (xs: number[], beta: number) => {
  const i0 = (x: number) => { let s = 1, t = 1; for (let k = 1; k < 30; k++) s += t *= (x / 2 / k) ** 2; return s; };
  const n = xs.length - 1;
  return xs.reduce((s, x, i) => s + x * (i0(beta * Math.sqrt(1 - ((2 * i) / n - 1) ** 2 + 1e-12)) / i0(beta)), 0);
};
