import { determinantGradient } from '../generated/determinantGradient.ts';
import { determinant } from '../objectives/det.ts';
import type { Prepared } from '../protocol.ts';

interface Input {
  /** Row after row. */
  readonly A: number[];
  readonly ell: number;
}

export function primal({ A, ell }: Input): Prepared {
  const a = Float64Array.from(A);
  return { run: () => determinant(a, ell) };
}

export function gradient({ A, ell }: Input): Prepared {
  const a = Float64Array.from(A);
  return { run: () => determinantGradient(a, ell), answer: Array.from<number> };
}
