import { logPosteriorGradient } from '../generated/logPosteriorGradient.ts';
import { logPosterior } from '../objectives/gmm.ts';
import type { Prepared } from '../protocol.ts';
import { flat, rows } from './flat.ts';

interface Input {
  readonly d: number;
  readonly k: number;
  readonly x: number[][];
  readonly m: number;
  readonly gamma: number;
  readonly alpha: number[];
  readonly mu: number[][];
  readonly q: number[][];
  readonly l: number[][];
}

type Arguments = Parameters<typeof logPosterior>;

const argumentsOf = ({ alpha, mu, q, l, x, d, m, gamma }: Input): Arguments => [
  Float64Array.from(alpha),
  flat(mu),
  flat(q),
  flat(l),
  flat(x),
  d,
  m,
  gamma,
];

export function objective(input: Input): Prepared {
  const args = argumentsOf(input);
  return { run: () => logPosterior(...args) };
}

export function jacobian(input: Input): Prepared {
  const args = argumentsOf(input);
  return {
    run: () => logPosteriorGradient(...args),
    answer: ([alpha, mu, q, l]: Float64Array[]) => ({
      alpha: Array.from(alpha!),
      mu: rows(mu!, input.k),
      q: rows(q!, input.k),
      l: rows(l!, input.k),
    }),
  };
}
