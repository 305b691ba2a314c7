import { INPUT, NONE, type Tape } from './tape.ts';

/** Pairs of operands that are looked at before the answer is "not known to be". */
const MOST_PAIRS = 256;

/**
 * Whether two operands are the same function of the inputs because the same operations made them, as the two sides of
 * `Math.abs(a[i]) > Math.abs(a[best])` where i is best. Such sides are equal beside the sample too.
 */
export function sameTerm(tape: Tape, a: number, b: number): boolean {
  const open: [number, number][] = [[a, b]];
  for (let looked = 0; open.length > 0; looked++) {
    const [p, q] = open.pop()!;
    if (p === q) continue;
    if (looked === MOST_PAIRS || !Object.is(tape.read(p), tape.read(q))) return false;
    if (p < 0 && q < 0) continue;
    if (p < 0 || q < 0 || tape.op[p] !== tape.op[q] || tape.op[p] === INPUT) return false;
    if ((tape.b[p] === NONE) !== (tape.b[q] === NONE)) return false;
    const [mine, others] = [tape.operands(p), tape.operands(q)];
    if (mine.length !== others.length) return false;
    mine.forEach((operand, k) => {
      open.push([operand, others[k]!]);
    });
  }
  return true;
}
