/** Thresholds that are met so closely that another formula holds right beside the sample. */
import { OPCODE } from '../operations/names.ts';
import type { Tape } from '../trace/tape.ts';
import { withinWindow } from '../trace/trace.ts';

/** Relative distance of what is compared. */
const CLOSE = 1e-8;
/** What is compared is this close to 0. */
const TINY = 1e-5;

const ORDERED = new Set([OPCODE.lt, OPCODE.le, OPCODE.gt, OPCODE.ge]);

/** The comparison that a row is, or denies. */
function comparison(tape: Tape, row: number): readonly [number, number] | undefined {
  let at = row;
  while (tape.op[at] === OPCODE.not) at = tape.a[at]!;
  if (!ORDERED.has(tape.op[at]!)) return undefined;
  return [tape.read(tape.a[at]!), tape.read(tape.b[at]!)];
}

/** Index of the place of the first decision that compares numbers which are nearly equal, or both next to 0; −1 without. */
export function narrowDecision(tape: Tape): number {
  for (const { kind, row, site } of tape.guards) {
    const compared = kind === 'key' ? undefined : comparison(tape, row);
    if (compared === undefined) continue;
    const sizes = compared.map(Math.abs);
    const largest = Math.max(...sizes);
    const apart = Math.abs(compared[0] - compared[1]);
    if (largest <= TINY || apart <= CLOSE * largest) return site;
  }
  return -1;
}

/** Whether some decision sets exactly 0 apart from what is next to it. */
export function atCentre(tape: Tape): boolean {
  return tape.guards.some(({ kind, row }) => {
    const compared = kind === 'key' ? undefined : comparison(tape, row);
    return compared !== undefined && withinWindow(...compared);
  });
}
