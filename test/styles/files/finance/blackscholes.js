/**
 * @param {number} x
 * @returns {number} cumulative normal, Abramowitz & Stegun 26.2.17
 */
function cnd(x) {
  const a1 = 0.31938153, a2 = -0.356563782, a3 = 1.781477937, a4 = -1.821255978, a5 = 1.330274429;
  const L = Math.abs(x);
  const K = 1.0 / (1.0 + 0.2316419 * L);
  const w = 1.0 - 1.0 / Math.sqrt(2 * Math.PI) * Math.exp(-L * L / 2) * (a1 * K + a2 * K * K + a3 * Math.pow(K, 3) + a4 * Math.pow(K, 4) + a5 * Math.pow(K, 5));
  return x < 0 ? 1.0 - w : w;
}

/**
 * @param {'call' | 'put'} type
 * @param {{S: number, K: number, r: number, v: number, T: number, q?: number}} o
 */
//= blackScholes("call", {"S": 100, "K": 95, "r": 0.03, "v": 0.25, "T": 0.5})
//= blackScholes("put", {"S": 100, "K": 110, "r": 0.03, "v": 0.25, "T": 0.5, "q": 0.01})
function blackScholes(type, o) {
  const { S, K, r, v, T, q = 0 } = o;
  const d1 = (Math.log(S / K) + (r - q + v * v / 2) * T) / (v * Math.sqrt(T));
  const d2 = d1 - v * Math.sqrt(T);
  switch (type) {
    case 'call':
      return S * Math.exp(-q * T) * cnd(d1) - K * Math.exp(-r * T) * cnd(d2);
    case 'put':
      return K * Math.exp(-r * T) * cnd(-d2) - S * Math.exp(-q * T) * cnd(-d1);
    default:
      throw new TypeError('unknown option type: ' + type);
  }
}

//= impliedVol(9.5, 100, 95, 0.03, 0.5)
function impliedVol(price, S, K, r, T) {
  let v = 0.3;
  for (let i = 0; i < 100; i++) {
    const d1 = (Math.log(S / K) + (r + v * v / 2) * T) / (v * Math.sqrt(T));
    const vega = S * Math.sqrt(T) * Math.exp(-d1 * d1 / 2) / Math.sqrt(2 * Math.PI);
    const diff = blackScholes('call', { S, K, r, v, T }) - price;
    if (Math.abs(diff) < 1e-13) break;
    v -= diff / vega;
  }
  return v;
}

module.exports = { blackScholes, impliedVol, cnd };
