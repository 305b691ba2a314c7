/**
 * Where on its path a run may not be what it is right beside the sample: kinks, jumps and singularities of operations,
 * comparisons that tie, keys made of a moving number. Only what moves with an input counts, and only what reaches a
 * result or steers the path.
 */
import { ROWS } from '../operations/index.ts';
import type { Location } from '../source/span.ts';
import { deniedOf, INPUT, isVariadic, NONE, type Tape } from '../trace/tape.ts';
import { isFlat, reaching } from './activity.ts';
import { windows } from './thresholds.ts';
import type { Traced } from './traced.ts';

export interface Special {
  readonly row: number;
  readonly kind: 'kink' | 'jump' | 'singularity' | 'outside' | 'boundary' | 'equality' | 'window';
  readonly message: string;
}

const EQUALITY =
  'This equality holds exactly at the sample, and the path that it chooses is not the one beside it';
const TIE = 'The two sides of this comparison are equal at the sample';
const WINDOW = 'A tiny threshold sets this point apart from what is around it';
const KEY = 'A number that depends on an input is a key or a position here, and the one beside it is another';

/** In tape order. */
export function findSpecials(run: Traced): Special[] {
  const { tape } = run.trace;
  const found: Special[] = [];
  const all = () => true;
  const results = reaching(
    tape,
    run.outputs.map((o) => o.row),
    all,
  );
  const steers = reaching(
    tape,
    tape.guards.map((g) => g.row),
    all,
  );
  const moves = new Uint8Array(tape.length);
  for (let row = 0; row < tape.length; row++) {
    const op = tape.op[row]!;
    if (op === INPUT) {
      moves[row] = 1;
      continue;
    }
    if (!anyMoves(tape, row, op, moves)) continue;
    const info = ROWS[op]!;
    const reached = results[row] === 1;
    const flat = isFlat(op);
    if (info.compares !== undefined) {
      const a = tape.a[row]!;
      const b = tape.b[row] === NONE ? undefined : tape.b[row]!;
      if (a === b || tape.read(a) !== (b === undefined ? 0 : tape.read(b))) continue;
      moves[row] = 1;
      const equality = info.compares === 'equality';
      if (reached || steers[row] === 1)
        found.push({ row, kind: equality ? 'equality' : 'boundary', message: equality ? EQUALITY : TIE });
      continue;
    }
    if (!flat || info.type === 'boolean') moves[row] = 1;
    if (info.type === 'boolean' || (!reached && steers[row] === 0)) {
      // Of what goes nowhere only the rest matters that would follow it.
      moves[row] = 1;
      continue;
    }
    const kinks = isVariadic(op)
      ? info.kinks(...tape.operands(row).map((o) => tape.read(o)))
      : info.kinks(tape.read(tape.a[row]!), tape.b[row] === NONE ? 0 : tape.read(tape.b[row]!));
    for (const k of kinks) {
      const operand = tape.operands(row)[k.argument]!;
      if (operand < 0 || moves[operand] === 0) continue;
      moves[row] = 1;
      // A kink on the way to a comparison changes nothing unless that ties.
      if (reached || k.kind !== 'kink') found.push({ row, kind: k.kind, message: k.message });
    }
  }
  for (const { kind, row } of tape.guards)
    if (kind === 'key' && moves[row] === 1) found.push({ row, kind: 'equality', message: KEY });
  for (const row of windows(tape))
    if (steersByMoving(tape, row, moves)) found.push({ row, kind: 'window', message: WINDOW });
  return found.sort((a, b) => a.row - b.row);
}

/** Where the path was decided by equalities; undefined where something else is special, or none of them decided. */
export function placesOfEqualities(tape: Tape, specials: readonly Special[]): Set<Location> | undefined {
  const places = new Map<number, Location>();
  for (const { kind, row, site } of tape.guards) {
    if (kind === 'key') continue;
    places.set(deniedOf(tape, row), tape.sites[site]!);
  }
  const found = new Set<Location>();
  for (const { kind, row } of specials) {
    const place = places.get(row);
    if (kind !== 'equality' || place === undefined) return undefined;
    found.add(place);
  }
  return found;
}

/** Whether what a guard compares, or the comparison that it denies, moves. */
function steersByMoving(tape: Tape, row: number, moves: Uint8Array): boolean {
  const at = deniedOf(tape, row);
  return anyMoves(tape, at, tape.op[at]!, moves);
}

function anyMoves(tape: Tape, row: number, op: number, moves: Uint8Array): boolean {
  if (isVariadic(op)) return tape.operands(row).some((o) => o >= 0 && moves[o] === 1);
  const a = tape.a[row]!;
  const b = tape.b[row]!;
  return (a >= 0 && moves[a] === 1) || (b >= 0 && moves[b] === 1);
}
