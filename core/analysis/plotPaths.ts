/** Which path a run takes: how guards came out, and which pieces were taken of what reaches the result. */
import { OPCODE, ROWS } from '../operations/index.ts';
import type { Location } from '../source/span.ts';
import { chosenOperand, type Tape } from '../trace/tape.ts';
import { reaching } from './activity.ts';
import type { Run } from './run.ts';

const { abs: ABS, rem: REM, div: DIV, tan: TAN, atan2: ATAN2 } = OPCODE;

/** Operations in two pieces that part where this operand is 0. */
export const SINGULAR: ReadonlyMap<number, 'first' | 'second'> = new Map([
  [ABS, 'first'],
  [DIV, 'second'],
]);

/** What decides the path: how guards came out, and which pieces were taken of what reaches the result. */
export function pathOf({ trace: { tape } }: Run, row: number): string {
  let hash = 0x811c9dc5;
  const add = (x: number): void => {
    hash = Math.imul(hash ^ (Math.trunc(x) | 0), 0x01000193) ^ (x < 0 ? 0x9e37 : 0);
  };
  for (const guard of tape.guards) {
    add(guard.site);
    add(guard.value);
  }
  const reached = reaching(tape, [row], () => true);
  let pieces = 0;
  for (let r = tape.inputs; r < tape.length; r++) {
    const piece = reached[r] === 1 ? pieceOf(tape, r) : undefined;
    if (piece === undefined) continue;
    pieces++;
    add(piece);
  }
  return `${tape.length} ${tape.guards.length} ${pieces} ${hash >>> 0}`;
}

/** Which piece of a function in pieces a row takes; undefined for others. */
function pieceOf(tape: Tape, row: number): number | undefined {
  const code = tape.op[row]!;
  const chosen = chosenOperand(tape, row);
  if (chosen !== undefined) return chosen;
  const info = ROWS[code]!;
  if (info.flat) return tape.value[row]!;
  const x = tape.read(tape.a[row]!);
  if (code === ABS) return x < 0 ? -1 : 1;
  if (code === TAN) return Math.floor(x / Math.PI + 0.5);
  if (code !== REM && code !== DIV && code !== ATAN2) return Number.isNaN(tape.value[row]!) ? -1 : undefined;
  const y = tape.read(tape.b[row]!);
  if (code === REM) return Math.round((x - tape.value[row]!) / y);
  if (code === DIV) return y < 0 ? -1 : y > 0 ? 1 : 0;
  return y < 0 ? (x < 0 ? -1 : 1) : 0;
}

/** The place where two paths part. */
export function parting(a: Run, b: Run): Location | undefined {
  const [p, q] = [a.trace.tape, b.trace.tape];
  const turned = p.guards.findIndex((guard, i) => {
    const other = q.guards[i];
    return other === undefined || other.site !== guard.site || other.value !== guard.value;
  });
  if (turned >= 0) return p.sites[p.guards[turned]!.site];
  for (let row = p.inputs; row < Math.min(p.length, q.length); row++) {
    if (p.op[row] !== q.op[row]) return p.sites[p.at[row]!];
    if (pieceOf(p, row) !== pieceOf(q, row)) return p.sites[p.at[row]!];
  }
  return undefined;
}
