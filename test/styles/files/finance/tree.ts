export enum Exercise { European = 'european', American = 'american' }
type Payoff = (s: number) => number;
const payoffs = {
  call: (k: number): Payoff => (s) => Math.max(s - k, 0),
  put: (k: number): Payoff => (s) => Math.max(k - s, 0),
  straddle: (k: number): Payoff => (s) => Math.abs(s - k),
} satisfies Record<string, (k: number) => Payoff>;

//= crr(100, 101.3, 0.02, 0.3, 1, "call", "european")
//= crr(100, 101.3, 0.02, 0.3, 1, "put", "american")
//= crr(100, 98.7, 0.02, 0.3, 1, "straddle", "european")
export function crr(s: number, k: number, r: number, sigma: number, t: number, kind: keyof typeof payoffs, exercise: Exercise, n = 17): number {
  const dt = t / n;
  const u = Math.exp(sigma * Math.sqrt(dt)), d = 1 / u;
  const p = (Math.exp(r * dt) - d) / (u - d);
  const disc = Math.exp(-r * dt);
  const payoff = payoffs[kind](k);
  const v = new Float64Array(n + 1);
  for (let i = 0; i <= n; i++) v[i] = payoff(s * u ** (n - i) * d ** i);
  for (let step = n - 1; step >= 0; step--) {
    for (let i = 0; i <= step; i++) {
      v[i] = disc * (p * v[i]! + (1 - p) * v[i + 1]!);
      if (exercise === Exercise.American) v[i] = Math.max(v[i]!, payoff(s * u ** (step - i) * d ** i));
    }
  }
  return v[0]!;
}
