import { ROWS, valueOf } from '../operations/index.ts';
import { isVariadic, NONE, type Tape } from './tape.ts';

/** Works out the values of all rows but the inputs anew, along the path: to the bit what a run that takes it gives. */
export function follow(tape: Tape): void {
  const { length, inputs, op, a, b, value, constants, more } = tape;
  for (let row = inputs; row < length; row++) {
    const code = op[row]!;
    const i = a[row]!;
    const j = b[row]!;
    if (isVariadic(code)) {
      const args = argumentsOf(j);
      for (let k = 0; k < j; k++) args[k] = tape.read(more[i + k]!);
      value[row] = ROWS[code]!.value(...args);
      continue;
    }
    const x = i >= 0 ? value[i]! : constants[~i]!;
    value[row] = j === NONE ? ROWS[code]!.value(x) : valueOf(code, x, j >= 0 ? value[j]! : constants[~j]!);
  }
}

const SCRATCH: number[][] = [];

function argumentsOf(count: number): number[] {
  SCRATCH[count] ??= new Array<number>(count).fill(0);
  return SCRATCH[count];
}
