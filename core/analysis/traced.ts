import type { Tape } from '../trace/tape.ts';

/** What the checks of a path read of a run: in the page, where nothing is run, it is a tape with other values. */
export interface Traced {
  readonly trace: { readonly tape: Tape };
  readonly inputs: readonly Place[];
  readonly outputs: readonly Place[];
}

interface Place {
  /** −1 for an output that depends on no input. */
  readonly row: number;
  readonly value: number;
}
