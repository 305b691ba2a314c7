import { logSumExpGradient } from '../generated/logSumExpGradient.ts';
import { logSumExp } from '../objectives/lse.ts';
import type { Prepared } from '../protocol.ts';

interface Input {
  readonly x: number[];
}

export function primal({ x }: Input): Prepared {
  const flat = Float64Array.from(x);
  return { run: () => logSumExp(flat) };
}

export function gradient({ x }: Input): Prepared {
  const flat = Float64Array.from(x);
  return { run: () => logSumExpGradient(flat), answer: Array.from<number> };
}
