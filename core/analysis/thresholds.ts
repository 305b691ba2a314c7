/** Thresholds that are met so closely that another formula holds right beside the sample. */
import { ADD, ROWS, SUB } from '../operations/index.ts';
import type { Location } from '../source/span.ts';
import { deniedOf, type Tape } from '../trace/tape.ts';
import { withinWindow } from '../trace/window.ts';
import { reaching } from './activity.ts';
import type { Traced } from './traced.ts';

/** Relative distance of what is compared. */
const CLOSE = 1e-8;
/** What is compared is this close to 0. */
const TINY = 1e-5;
/** What long sums of numbers such as 0.1 may be off. */
const ROUNDING = 1e-12;

/** The comparison that a row is, or denies. */
function comparison(tape: Tape, row: number): readonly [number, number] | undefined {
  const at = deniedOf(tape, row);
  if (ROWS[tape.op[at]!]?.compares !== 'order') return undefined;
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

/** Index of the place of the first choice between numbers that are equal but for rounding; −1 without. */
export function roundingDecides({ trace: { tape }, outputs }: Traced): number {
  for (const { kind, row, site } of tape.guards) {
    const at = kind === 'key' ? -1 : deniedOf(tape, row);
    if (at >= tape.inputs && ROWS[tape.op[at]!]!.compares === 'order' && tiedByRounding(tape, at))
      return site;
  }
  let reached: Uint8Array | undefined;
  for (let row = tape.inputs; row < tape.length; row++) {
    const code = tape.op[row]!;
    if (!ROWS[code]!.pieces || !tiedByRounding(tape, row)) continue;
    reached ??= reaching(
      tape,
      outputs.map((o) => o.row),
      () => true,
    );
    if (reached[row] === 1) return tape.at[row]!;
  }
  return -1;
}

/** Whether the two closest operands of a row, or one and 0, differ by no more than the rounding of what they are made of. */
function tiedByRounding(tape: Tape, row: number): boolean {
  const operands = tape.operands(row);
  const values = operands.map((o) => tape.read(o));
  if (values.length === 1) values.push(0);
  if (values.length > 2) {
    // Of many only those next to the one that is taken.
    const taken = tape.value[row]!;
    values.sort((a, b) => Math.abs(a - taken) - Math.abs(b - taken));
  }
  const apart = Math.abs(values[0]! - values[1]!);
  if (!(apart > 0)) return false;
  const size = Math.max(Math.abs(values[0]!), Math.abs(values[1]!));
  if (apart <= ROUNDING * size) return true;
  return operands.some((o) => o >= tape.inputs && size <= ROUNDING * cancelled(tape, o));
}

/** How large the terms of a sum are. */
function cancelled(tape: Tape, row: number): number {
  const code = tape.op[row]!;
  if (code !== ADD && code !== SUB) return 0;
  return Math.max(...tape.operands(row).map((o) => Math.abs(tape.read(o))));
}

/**
 * Rows of comparisons that set the sample apart from what is next to it, by a margin that only rounding could see: the
 * path inside is a patch. Not those that a search comes back to, each time closer.
 */
export function windows(tape: Tape): number[] {
  const met = new Map<number, number>();
  for (const { kind, site } of tape.guards) if (kind !== 'key') met.set(site, (met.get(site) ?? 0) + 1);
  const found: number[] = [];
  for (const { kind, row, site } of tape.guards) {
    const compared = kind === 'key' ? undefined : comparison(tape, row);
    if (compared === undefined || !withinWindow(...compared)) continue;
    if (compared.includes(0) || met.get(site) === 1) found.push(row);
  }
  return found;
}

/** Where they are. */
export function placesOfWindows(tape: Tape): Set<Location> {
  const rows = new Set(windows(tape));
  return new Set(tape.guards.filter((g) => rows.has(g.row)).map((g) => tape.sites[g.site]!));
}
