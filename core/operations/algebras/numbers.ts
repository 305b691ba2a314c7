/** The operations on numbers themselves; booleans are 0 and 1. */
import { OPERATIONS } from '../names.ts';
import type { Algebra } from '../row.ts';
import { TABLE } from '../table.ts';

export const NUMBERS: Algebra<number> = {
  ...(Object.fromEntries(OPERATIONS.map((name) => [name, TABLE[name].value])) as Omit<
    Algebra<number>,
    'constant'
  >),
  constant: Number,
};
