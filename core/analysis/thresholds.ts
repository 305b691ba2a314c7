/** Thresholds that are met so closely that another formula holds right beside the sample. */
import { ROWS } from '../operations/index.ts';
import type { Location } from '../source/span.ts';
import { deniedOf, type Tape } from '../trace/tape.ts';
import { withinWindow } from '../trace/trace.ts';

/** Relative distance of what is compared. */
const CLOSE = 1e-8;
/** What is compared is this close to 0. */
const TINY = 1e-5;

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
