// The price of a European call option (Black and Scholes 1973). Its partial derivatives have names of their own, the
// Greeks, and traders look at nothing else:
//
//   delta = ∂price/∂spot      vega = ∂price/∂volatility      rho = ∂price/∂rate      theta = −∂price/∂time

/** Distribution function of the standard normal distribution, by Abramowitz and Stegun 26.2.17 (error below 8e−8). */
function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return x >= 0 ? 1 - tail : tail;
}

// @differentiable at spot = 100, strike = 105, rate = 0.03, volatility = 0.2, time = 0.5
export function callPrice(
  spot: number,
  strike: number,
  rate: number,
  volatility: number,
  time: number,
): number {
  const deviation = volatility * Math.sqrt(time);
  const d1 = (Math.log(spot / strike) + (rate + (volatility * volatility) / 2) * time) / deviation;
  const d2 = d1 - deviation;
  return spot * normalCdf(d1) - strike * Math.exp(-rate * time) * normalCdf(d2);
}
