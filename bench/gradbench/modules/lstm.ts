import { lstmLossGradient } from '../generated/lstmLossGradient.ts';
import { lstmLoss } from '../objectives/lstm.ts';
import type { Prepared } from '../protocol.ts';
import { flat } from './flat.ts';

interface Input {
  readonly main_params: number[][];
  readonly extra_params: number[][];
  readonly state: number[][];
  readonly sequence: number[][];
}

const argumentsOf = (input: Input): Parameters<typeof lstmLoss> => [
  flat(input.main_params),
  flat(input.extra_params),
  flat(input.state),
  flat(input.sequence),
  input.main_params[0]!.length / 4,
];

export function objective(input: Input): Prepared {
  const args = argumentsOf(input);
  return { run: () => lstmLoss(...args) };
}

export function jacobian(input: Input): Prepared {
  const args = argumentsOf(input);
  return {
    run: () => lstmLossGradient(...args),
    answer: ([main, extra]: Float64Array[]) => [...main!, ...extra!],
  };
}
