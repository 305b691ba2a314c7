import { llsqGradient } from '../generated/llsqGradient.ts';
import { llsq } from '../objectives/llsq.ts';
import type { Prepared } from '../protocol.ts';

interface Input {
  readonly x: number[];
  readonly n: number;
}

export function primal({ x, n }: Input): Prepared {
  const flat = Float64Array.from(x);
  return { run: () => llsq(flat, n) };
}

export function gradient({ x, n }: Input): Prepared {
  const flat = Float64Array.from(x);
  return { run: () => llsqGradient(flat, n), answer: Array.from<number> };
}
