import { rungeKuttaGradient } from '../generated/rungeKuttaGradient.ts';
import { rungeKutta } from '../objectives/ode.ts';
import type { Prepared } from '../protocol.ts';

interface Input {
  readonly x: number[];
  readonly s: number;
}

export function primal({ x, s }: Input): Prepared {
  const flat = Float64Array.from(x);
  return { run: () => rungeKutta(flat, s), answer: Array.from<number> };
}

/** Of the last component. */
export function gradient({ x, s }: Input): Prepared {
  const flat = Float64Array.from(x);
  return { run: () => rungeKuttaGradient(flat, s), answer: Array.from<number> };
}
