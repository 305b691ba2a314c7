export const price = (cashflows, y) => cashflows.reduce((pv, [t, c]) => pv + c / (1 + y) ** t, 0);
const dPrice = (cashflows, y) => cashflows.reduce((s, [t, c]) => s - (t * c) / (1 + y) ** (t + 1), 0);

//= yieldOf([[1, 5], [2, 5], [3, 105]], 98.5)
export function yieldOf(flows, target) {
  let y = 0.05;
  for (;;) {
    const next = y - (price(flows, y) - target) / dPrice(flows, y);
    if (Math.abs(next - y) < 1e-14) return next;
    y = next;
  }
}

//= duration([[1, 5], [2, 5], [3, 105]], 0.04)
export const duration = (flows, y) => -dPrice(flows, y) / price(flows, y) * (1 + y);

//= irrSecant([-1000, 300, 420, 480])
export function irrSecant(cf) {
  const npv = r => cf.reduce((acc, c, i) => acc + c / Math.pow(1 + r, i), 0);
  let [a, b] = [0.05, 0.15];
  let fa = npv(a), fb = npv(b), guard = 0;
  while (Math.abs(b - a) > 1e-13 && ++guard < 60) {
    const c = b - fb * (b - a) / (fb - fa);
    [a, fa] = [b, fb];
    b = c; fb = npv(b);
    if (fb === fa) break;
  }
  return b;
}

//= bootstrap([0.01, 0.015, 0.022])
export function bootstrap(par) {
  // annual par swap rates -> zero rates
  const df = [];
  for (const c of par) {
    const annuity = df.reduce((s, d) => s + d, 0);
    df.push((1 - c * annuity) / (1 + c));
  }
  return df.map((d, i) => d ** (-1 / (i + 1)) - 1);
}

//= nelsonSiegel(2.5, 0.03, -0.02, 0.01, 1.4) H
export function nelsonSiegel(t, b0, b1, b2, tau) {
  const x = t / tau, e = Math.exp(-x), f = (1 - e) / x;
  return b0 + b1 * f + b2 * (f - e);
}
