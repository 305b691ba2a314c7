import { erf, gammaP, lgamma } from './special';

export interface Distribution {
  pdf(x: number): number;
  cdf(x: number): number;
  readonly mean: number;
  readonly variance: number;
}

abstract class Base implements Distribution {
  abstract pdf(x: number): number;
  abstract cdf(x: number): number;
  abstract get mean(): number;
  abstract get variance(): number;
  get std() { return Math.sqrt(this.variance); }
  /** Newton with a bisection safeguard would be better; this is what we have. */
  quantile(p: number, start = this.mean): number {
    let x = start;
    for (let i = 0; i < 60; i++) {
      const step = (this.cdf(x) - p) / this.pdf(x);
      x -= step;
      if (Math.abs(step) < 1e-14 * Math.abs(x)) break;
    }
    return x;
  }
}

//= Normal.pdf(0.7) on {"$class": "Normal", "fields": {"mu": 0.2, "sigma": 1.5}}
export class Normal extends Base {
  constructor(private readonly mu = 0, private readonly sigma = 1) { super(); }
  get mean() { return this.mu; }
  get variance() { return this.sigma ** 2; }
  pdf(x: number) {
    const z = (x - this.mu) / this.sigma;
    return Math.exp(-0.5 * z * z) / (this.sigma * Math.sqrt(2 * Math.PI));
  }
  cdf(x: number) { return 0.5 * (1 + erf((x - this.mu) / (this.sigma * Math.SQRT2))); }
}

export class Gamma extends Base {
  constructor(readonly shape: number, readonly rate: number) { super(); }
  get mean() { return this.shape / this.rate; }
  get variance() { return this.shape / this.rate ** 2; }
  pdf(x: number) {
    const { shape: k, rate: b } = this;
    return Math.exp(k * Math.log(b) + (k - 1) * Math.log(x) - b * x - lgamma(k));
  }
  cdf(x: number) { return gammaP(this.shape, this.rate * x); }
}

//= normalCdf(0.4, 0.1, 1.3) H
export const normalCdf = (x: number, mu: number, sigma: number) => new Normal(mu, sigma).cdf(x);
//= gammaPdf(1.4, 2.2, 1.7)
export const gammaPdf = (x: number, k: number, rate: number) => new Gamma(k, rate).pdf(x);
//= gammaStd(2.2, 1.7)
export const gammaStd = (k: number, rate: number) => new Gamma(k, rate).std;
//= normalQuantile(0.9, 1, 2)
export const normalQuantile = (p: number, mu: number, sigma: number) => new Normal(mu, sigma).quantile(p);
