import { program } from './corpus.ts';

export const statistics = program(
  'statistics',
  String.raw`
const LANCZOS = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];
//= gamma(4.3)
//= gamma(0.3)
//= gamma(-1.5)
export function gamma(z: number): number {
  if (z < 0.5) return Math.PI / (Math.sin(Math.PI * z) * gamma(1 - z));
  z -= 1;
  let x = LANCZOS[0]!;
  for (let i = 1; i < 9; i++) x += LANCZOS[i]! / (z + i);
  const t = z + 7.5;
  return Math.sqrt(2 * Math.PI) * t ** (z + 0.5) * Math.exp(-t) * x;
}
//= lgamma(10.5) H
//= lgamma(1)
export function lgamma(x: number): number {
  const cof = [76.18009172947146, -86.50532032941677, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2, -0.5395239384953e-5];
  let ser = 1.000000000190015, y = x, tmp = x + 5.5;
  tmp -= (x + 0.5) * Math.log(tmp);
  for (const cj of cof) ser += cj / ++y;
  return -tmp + Math.log(2.5066282746310005 * ser / x);
}
//= digamma(3.2)
//= digamma(0.4)
export function digamma(x: number): number {
  let r = 0;
  while (x < 6) { r -= 1 / x; x++; }
  const f = 1 / (x * x);
  return r + Math.log(x) - 0.5 / x - f * (1 / 12 - f * (1 / 120 - f * (1 / 252 - f * (1 / 240 - f / 132))));
}
//= erf(0.5) H
//= erf(-1.2)
//= erf(0) special
export function erf(x: number): number {
  const sign = Math.sign(x);
  x = Math.abs(x);
  const t = 1 / (1 + 0.3275911 * x);
  return sign * (1 - ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * Math.exp(-x * x));
}
//= erfSeries(0.7) H
//= erfSeries(0)
export function erfSeries(x: number): number {
  let term = x, sum = x, n = 0;
  do {
    n++;
    term *= -x * x / n;
    sum += term / (2 * n + 1);
  } while (Math.abs(term) > 1e-17 && n < 200);
  return 2 / Math.sqrt(Math.PI) * sum;
}
//= normalCdf(0.3)
//= normalCdf(-8)
//= normalCdf(2, 1, 3)
export function normalCdf(x: number, mu = 0, sigma = 1): number {
  const z = (x - mu) / sigma;
  const a = Math.abs(z);
  let k = 0;
  if (a > 37) k = 0;
  else {
    const ex = Math.exp(-a * a / 2);
    if (a < 7.07106781186547) {
      let b = 3.52624965998911e-02 * a + 0.700383064443688;
      b = b * a + 6.37396220353165;
      b = b * a + 33.912866078383;
      b = b * a + 112.079291497871;
      b = b * a + 221.213596169931;
      b = b * a + 220.206867912376;
      k = ex * b;
      b = 8.83883476483184e-02 * a + 1.75566716318264;
      b = b * a + 16.064177579207;
      b = b * a + 86.7807322029461;
      b = b * a + 296.564248779674;
      b = b * a + 637.333633378831;
      b = b * a + 793.826512519948;
      b = b * a + 440.413735824752;
      k /= b;
    } else {
      let b = a + 0.65;
      b = a + 4 / b;
      b = a + 3 / b;
      b = a + 2 / b;
      b = a + 1 / b;
      k = ex / b / 2.506628274631;
    }
  }
  return z > 0 ? 1 - k : k;
}
//= probit(0.3)
//= probit(0.001)
//= probit(0.99)
export function probit(p: number): number {
  const a = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239];
  const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
  const c = [-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];
  const poly = (co: number[], x: number, init = 0) => co.reduce((acc, k) => acc * x + k, init);
  const plow = 0.02425;
  let q: number;
  if (p < plow) {
    q = Math.sqrt(-2 * Math.log(p));
    return poly(c, q) / (poly(d, q) * q + 1);
  }
  if (p <= 1 - plow) {
    q = p - 0.5;
    const r = q * q;
    return poly(a, r) * q / (poly(b, r) * r + 1);
  }
  q = Math.sqrt(-2 * Math.log1p(-p));
  return -poly(c, q) / (poly(d, q) * q + 1);
}
//= incBeta(2.5, 3.5, 0.4)
//= incBeta(2.5, 3.5, 0.9)
export function incBeta(a: number, b: number, x: number): number {
  if (x < 0 || x > 1) throw new Error('x out of range');
  const bt = x === 0 || x === 1 ? 0 : Math.exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  if (x < (a + 1) / (a + b + 2)) return bt * betacf(a, b, x) / a;
  return 1 - bt * betacf(b, a, 1 - x) / b;
}
function betacf(a: number, b: number, x: number): number {
  const FPMIN = 1e-300;
  const qab = a + b, qap = a + 1, qam = a - 1;
  let c = 1, d = 1 - qab * x / qap;
  if (Math.abs(d) < FPMIN) d = FPMIN;
  d = 1 / d;
  let h = d;
  for (let m = 1; m <= 300; m++) {
    const m2 = 2 * m;
    let aa = m * (b - m) * x / ((qam + m2) * (a + m2));
    d = 1 + aa * d; if (Math.abs(d) < FPMIN) d = FPMIN;
    c = 1 + aa / c; if (Math.abs(c) < FPMIN) c = FPMIN;
    d = 1 / d; h *= d * c;
    aa = -(a + m) * (qab + m) * x / ((a + m2) * (qap + m2));
    d = 1 + aa * d; if (Math.abs(d) < FPMIN) d = FPMIN;
    c = 1 + aa / c; if (Math.abs(c) < FPMIN) c = FPMIN;
    d = 1 / d;
    const del = d * c;
    h *= del;
    if (Math.abs(del - 1) < 3e-16) break;
  }
  return h;
}
//= gammaP(2.5, 1.2)
//= gammaP(2.5, 7)
export function gammaP(a: number, x: number): number {
  if (x < a + 1) {
    let ap = a, sum = 1 / a, del = sum;
    for (let n = 0; n < 500; n++) {
      ap++;
      del *= x / ap;
      sum += del;
      if (Math.abs(del) < Math.abs(sum) * 1e-16) break;
    }
    return sum * Math.exp(-x + a * Math.log(x) - lgamma(a));
  }
  let b = x + 1 - a, c = 1e300, d = 1 / b, h = d;
  for (let i = 1; ; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const del = d * c;
    h *= del;
    if (Math.abs(del - 1) < 1e-15 || i > 500) break;
  }
  return 1 - Math.exp(-x + a * Math.log(x) - lgamma(a)) * h;
}
//= studentT(1.3, 4.5)
export const studentT = (t: number, nu: number) => Math.exp(lgamma((nu + 1) / 2) - lgamma(nu / 2)) / Math.sqrt(nu * Math.PI) * (1 + t * t / nu) ** (-(nu + 1) / 2);
//= summary([2, 5.5, 1, 9, 4])
export function summary(xs: number[]) {
  const n = xs.length, mean = xs.reduce((a, b) => a + b, 0) / n;
  const m = (k: number) => xs.reduce((s, x) => s + (x - mean) ** k, 0) / n;
  const sd = Math.sqrt(m(2) * n / (n - 1));
  return { mean, sd, skew: m(3) / m(2) ** 1.5, kurtosis: m(4) / m(2) ** 2 - 3, range: Math.max(...xs) - Math.min(...xs) };
}
//= welford([1.5, 2.5, 9])
//= welford([1, 1, 1])
export function welford(xs: Iterable<number>): number {
  let n = 0, mean = 0, M2 = 0;
  for (const x of xs) {
    n += 1;
    const delta = x - mean;
    mean += delta / n;
    M2 += delta * (x - mean);
  }
  return M2 / (n - 1);
}
//= median([3, 9.5, 1, 4])
//= median([3, 9, 1])
//= median([3, 3, 1]) special
export function median(values: number[]): number {
  const s = [...values].sort((p, q) => p - q), m = s.length >> 1;
  return s.length % 2 ? s[m]! : (s[m - 1]! + s[m]!) / 2;
}
//= quantile([3, 9.5, 1, 4, 2], 0.3)
//= quantile([3, 9.5, 1, 4, 2], 0.75) special
export function quantile(values: number[], q: number): number {
  const s = values.slice().sort((p, q) => p - q);
  const pos = (s.length - 1) * q, base = Math.floor(pos), rest = pos - base;
  return s[base + 1] !== undefined ? s[base]! + rest * (s[base + 1]! - s[base]!) : s[base]!;
}
//= mad([3, 9.5, 1, 4, 2.2])
export const mad = (v: number[]) => { const m = median(v); return median(v.map((x) => Math.abs(x - m))); };
//= pearson([1,2,3,5],[2,1,4,6])
export function pearson(x: number[], y: number[]): number {
  const n = x.length;
  let sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
  for (let i = n; i--; ) {
    sx += x[i]!; sy += y[i]!; sxx += x[i]! * x[i]!; syy += y[i]! * y[i]!; sxy += x[i]! * y[i]!;
  }
  return (n * sxy - sx * sy) / Math.sqrt((n * sxx - sx ** 2) * (n * syy - sy ** 2));
}
//= linreg([[1,2.1],[2,3.9],[3,6.2],[4,7.8]])
export function linreg(data: [number, number][]) {
  const n = data.length;
  const { sx, sy, sxy, sxx } = data.reduce((s, [x, y]) => ({ sx: s.sx + x, sy: s.sy + y, sxy: s.sxy + x * y, sxx: s.sxx + x * x }), { sx: 0, sy: 0, sxy: 0, sxx: 0 });
  const slope = (n * sxy - sx * sy) / (n * sxx - sx * sx);
  return { slope, intercept: (sy - slope * sx) / n };
}
//= besselJ0(2.3)
//= besselJ0(9)
//= besselJ0(0)
export function besselJ0(x: number): number {
  const ax = Math.abs(x);
  if (ax < 8) {
    const y = x * x;
    const a1 = 57568490574.0 + y * (-13362590354.0 + y * (651619640.7 + y * (-11214424.18 + y * (77392.33017 + y * (-184.9052456)))));
    const a2 = 57568490411.0 + y * (1029532985.0 + y * (9494680.718 + y * (59272.64853 + y * (267.8532712 + y))));
    return a1 / a2;
  }
  const z = 8 / ax, y = z * z, xx = ax - 0.785398164;
  const a1 = 1 + y * (-0.1098628627e-2 + y * (0.2734510407e-4 + y * (-0.2073370639e-5 + y * 0.2093887211e-6)));
  const a2 = -0.1562499995e-1 + y * (0.1430488765e-3 + y * (-0.6911147651e-5 + y * (0.7621095161e-6 - y * 0.934935152e-7)));
  return Math.sqrt(0.636619772 / ax) * (Math.cos(xx) * a1 - z * Math.sin(xx) * a2);
}
//= lambertW(1.5)
//= lambertW(-0.2)
export function lambertW(x: number): number {
  let w = x < 1 ? x : Math.log(x);
  for (;;) {
    const ew = Math.exp(w), f = w * ew - x;
    const step = f / (ew * (w + 1) - (w + 2) * f / (2 * w + 2));
    w -= step;
    if (Math.abs(step) <= 1e-15 * (1 + Math.abs(w))) return w;
  }
}
//= zeta(2.5)
export const zeta = (s: number) => {
  let sum = 0;
  const N = 20;
  for (let n = 1; n < N; n++) sum += n ** -s;
  return sum + N ** (1 - s) / (s - 1) + N ** -s / 2 + s * N ** (-s - 1) / 12 - s * (s + 1) * (s + 2) * N ** (-s - 3) / 720;
};
//= agm(1, 2)
//= agm(3, 3)
export function agm(x: number, y: number): number {
  for (let i = 0; i < 10; i++) { const t = (x + y) / 2; y = Math.sqrt(x * y); x = t; }
  return x;
}
//= kde(0.4, [0, 1, 2.5], 0.5)
export const kde = (x: number, data: readonly number[], h: number) =>
  data.map((d) => (x - d) / h).map((u) => Math.exp(-0.5 * u ** 2) / Math.sqrt(2 * Math.PI)).reduce((s, k) => s + k) / (data.length * h);
//= logSumExp([1000, 1000.5, 999])
//= logSumExp([1, 1, 0])
export const logSumExp = (xs: number[]) => { const m = Math.max(...xs); return m + Math.log(xs.reduce((s, x) => s + Math.exp(x - m), 0)); };
//= klDivergence([0.2,0.3,0.5],[0.3,0.3,0.4])
//= klDivergence([0,0.5,0.5],[0.3,0.3,0.4]) special
export const klDivergence = (p: number[], q: number[]) => p.reduce((s, pi, i) => pi > 0 ? s + pi * Math.log(pi / q[i]!) : s, 0);
//= betaBinomialLog(3, 10, 2.2, 4.1)
export function betaBinomialLog(k: number, n: number, a: number, b: number): number {
  const lb = (p: number, q: number) => lgamma(p) + lgamma(q) - lgamma(p + q);
  return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + lb(k + a, n - k + b) - lb(a, b);
}
`,
);

export const finance = program(
  'finance',
  String.raw`
enum OptionType { Call, Put }
const phi = (x: number): number => Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
function N(x: number): number {
  const k = 1 / (1 + 0.2316419 * Math.abs(x));
  const w = 1 - phi(x) * k * (0.31938153 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + 1.330274429 * k))));
  return x < 0 ? 1 - w : w;
}
//= blackScholesCall(100, 95, 0.05, 0.2, 0.75) H
//= blackScholesPut(100, 105, 0.05, 0.2, 0.75) H
function blackScholes(type: OptionType, S: number, K: number, r: number, v: number, T: number): number {
  const d1 = (Math.log(S / K) + (r + v * v / 2) * T) / (v * Math.sqrt(T));
  const d2 = d1 - v * Math.sqrt(T);
  switch (type) {
    case OptionType.Call: return S * N(d1) - K * Math.exp(-r * T) * N(d2);
    case OptionType.Put: return K * Math.exp(-r * T) * N(-d2) - S * N(-d1);
    default: throw new TypeError('unknown ' + OptionType[type]);
  }
}
export const blackScholesCall = blackScholes.bind(null, OptionType.Call);
export const blackScholesPut = (S: number, K: number, r: number, v: number, T: number) => blackScholes(OptionType.Put, S, K, r, v, T);
//= impliedVol(12, 100, 95, 0.05, 0.75)
export function impliedVol(price: number, S: number, K: number, r: number, T: number): number {
  let v = 0.3;
  for (let i = 0; i < 30; i++) {
    const d1 = (Math.log(S / K) + (r + v * v / 2) * T) / (v * Math.sqrt(T));
    const vega = S * phi(d1) * Math.sqrt(T);
    const diff = blackScholes(OptionType.Call, S, K, r, v, T) - price;
    v = v - diff / vega;
  }
  return v;
}
//= xnpv(0.08, [-1000, 300, 450, 500], [0, 200, 420, 800])
export function xnpv(rate: number, flows: number[], days: number[]): number {
  return flows.reduce((acc, cf, i) => acc + cf / Math.pow(1 + rate, (days[i]! - days[0]!) / 365), 0);
}
//= irr([-1000, 300, 450, 500])
export function irr(flows: number[], guess = 0.1): number {
  let r = guess;
  for (let i = 0; i < 100; i++) {
    let npv = 0, d = 0;
    flows.forEach((c, t) => { npv += c / (1 + r) ** t; d -= t * c / (1 + r) ** (t + 1); });
    const next = r - npv / d;
    if (Math.abs(next - r) < 1e-14) return next;
    r = next;
  }
  throw new Error('no convergence');
}
//= pmt(0.05, 12, 1000)
//= pmt(0, 12, 1000)
export function pmt(rate: number, nper: number, pv: number, fv = 0, type: 0 | 1 = 0): number {
  if (rate === 0) return -(pv + fv) / nper;
  const q = Math.pow(1 + rate, nper);
  return -(rate * (pv * q + fv)) / ((1 + rate * type) * (q - 1));
}
//= bondPrice(0.05, 0.04, 10)
//= bondPrice(0.05, 0.04, 10, 1000, 1)
export function bondPrice(coupon: number, y: number, years: number, face = 100, freq = 2): number {
  const n = years * freq, c = coupon * face / freq;
  let p = 0;
  for (let k = 1; k <= n; k++) p += c / (1 + y / freq) ** k;
  return p + face / (1 + y / freq) ** n;
}
//= duration({"coupon":5,"face":100,"n":6,"y":0.03})
export const duration = ({ coupon, face, n, y }: Record<string, number>) => {
  const flows = Array.from({ length: n! }, (_, i) => (i === n! - 1 ? coupon! + face! : coupon!));
  const pv = flows.map((c, i) => c / (1 + y!) ** (i + 1));
  const price = pv.reduce((a, b) => a + b);
  return pv.reduce((s, v, i) => s + v * (i + 1), 0) / price;
};
//= binomialAmerican(100, 105, 0.05, 0.2, 1)
export function binomialAmerican(S: number, K: number, r: number, sigma: number, T: number, steps = 12): number {
  const dt = T / steps, u = Math.exp(sigma * Math.sqrt(dt)), d = 1 / u;
  const p = (Math.exp(r * dt) - d) / (u - d), df = Math.exp(-r * dt);
  let values: number[] = [];
  for (let i = 0; i <= steps; i++) values[i] = Math.max(0, K - S * u ** (steps - i) * d ** i);
  for (let n = steps - 1; n >= 0; n--) {
    for (let i = 0; i <= n; i++) {
      const cont = df * (p * values[i]! + (1 - p) * values[i + 1]!);
      values[i] = Math.max(cont, K - S * u ** (n - i) * d ** i);
    }
  }
  return values[0]!;
}
//= nelsonSiegel(3, [0.04, -0.02, 0.01, 1.5])
export const nelsonSiegel = (t: number, [b0, b1, b2, tau]: [number, number, number, number]) => {
  const x = t / tau, g = (1 - Math.exp(-x)) / x;
  return b0 + b1 * g + b2 * (g - Math.exp(-x));
};
//= tax(60000)
//= tax(40000) special
//= tax(5000)
const BRACKETS = [{ upTo: 10000, rate: 0 }, { upTo: 40000, rate: 0.2 }, { upTo: Infinity, rate: 0.45 }];
export function tax(income: number): number {
  let owed = 0, lower = 0;
  for (const { upTo, rate } of BRACKETS) {
    if (income <= lower) break;
    owed += (Math.min(income, upTo) - lower) * rate;
    lower = upTo;
  }
  return owed;
}
//= amortize(1000, 0.01, 60)
export function amortize(principal: number, r: number, pay: number): { months: number; interest: number } {
  let balance = principal, interest = 0, months = 0;
  while (balance > pay && months < 1000) {
    const i = balance * r;
    interest += i;
    balance = balance + i - pay;
    months++;
  }
  return { months, interest };
}
//= sharpe([0.01, 0.03, -0.02, 0.015], 0.002)
export function sharpe(returns: number[], rf = 0): number {
  const ex = returns.map((r) => r - rf), mu = ex.reduce((a, b) => a + b) / ex.length;
  return mu / Math.sqrt(ex.map((r) => (r - mu) ** 2).reduce((a, b) => a + b) / (ex.length - 1)) * Math.sqrt(252);
}
//= maxDrawdown([100, 110, 90, 95, 120, 100])
export function maxDrawdown(prices: number[]): number {
  let peak = -Infinity, worst = 0;
  for (const p of prices) {
    if (p > peak) peak = p;
    const dd = (peak - p) / peak;
    if (dd > worst) worst = dd;
  }
  return worst;
}
//= ewma([1, 2, 4, 3], 0.3)
export function ewma(xs: number[], alpha: number): number[] {
  const out: number[] = [];
  for (let i = 0; i < xs.length; i++) out.push(i === 0 ? xs[0]! : alpha * xs[i]! + (1 - alpha) * out[out.length - 1]!);
  return out;
}
//= portfolio([0.2, 0.3, 0.5], [[0.04,0.01,0],[0.01,0.09,0.02],[0,0.02,0.16]])
export const portfolio = (w: number[], cov: number[][]) => Math.sqrt(w.reduce((s, wi, i) => s + wi * cov[i]!.reduce((t, c, j) => t + c * w[j]!, 0), 0));
//= heat(20, 0.3) refused toFixed makes text of it
export const heat = (T: number, rh: number) => Math.round(T) > 15 ? +(T * rh).toFixed(2) : T;
`,
);
