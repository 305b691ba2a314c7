/** Special functions, after the usual recipes. */
const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

//= gamma(3.7)
//= gamma(0.3)
//= gamma(-1.4)
export function gamma(z: number): number {
  if (z < 0.5) return Math.PI / (Math.sin(Math.PI * z) * gamma(1 - z));
  z -= 1;
  let x = 0.99999999999980993;
  LANCZOS.forEach((c, i) => { x += c / (z + i + 1); });
  const t = z + LANCZOS.length - 0.5;
  return Math.sqrt(2 * Math.PI) * t ** (z + 0.5) * Math.exp(-t) * x;
}

//= lgamma(12.25)
export const lgamma = (z: number): number => {
  const shift = 7;
  let f = 1;
  let y = z;
  while (y < shift) f *= y++;
  const w = 1 / (y * y);
  const series = (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w / 1680))) / y;
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series - Math.log(f);
};

//= erf(0.7)
//= erf(-2.3)
export function erf(x: number): number {
  if (Math.abs(x) > 2) {
    // continued fraction for erfc
    const a = Math.abs(x);
    let f = 0;
    for (let k = 60; k > 0; k--) f = k / 2 / (a + f);
    const r = 1 - Math.exp(-a * a) / (Math.sqrt(Math.PI) * (a + f));
    return x < 0 ? -r : r;
  }
  let sum = 0, term = x, n = 0;
  while (Math.abs(term) > 1e-17) {
    sum += term / (2 * n + 1);
    n += 1;
    term *= -x * x / n;
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

//= gammaP(2.5, 1.7)
//= gammaP(2.5, 6)
export function gammaP(a: number, x: number): number {
  const lead = Math.exp(-x + a * Math.log(x) - lgamma(a));
  if (x < a + 1) {
    let del = 1 / a, sum = del;
    for (let n = 1; n < 200; n++) {
      del *= x / (a + n);
      sum += del;
      if (Math.abs(del) < Math.abs(sum) * 1e-16) break;
    }
    return sum * lead;
  }
  let b = x + 1 - a, c = 1e300, d = 1 / b, h = d;
  for (let i = 1; i < 200; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const del = d * c;
    h *= del;
    if (Math.abs(del - 1) < 1e-15) break;
  }
  return 1 - lead * h;
}
