/** Decisions that a path makes again and again: what tells an iteration or a search from a formula in pieces. */
import { ROWS } from '../operations/index.ts';
import { FLAT } from '../trace/sweep.ts';
import type { Guard, Mark, Tape } from '../trace/tape.ts';
import { reaching } from './activity.ts';
import type { Run } from './run.ts';

/** A stretch of the tape that lies in a loop, or in a call that calls itself. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  /** Its guards. */
  readonly guards: readonly Guard[];
}

/** The outermost ones, in order. */
function repeated(tape: Tape): Stretch[] {
  const found: Stretch[] = [];
  const calls: number[] = [];
  const open = new Map<number, number>();
  let depth = 0;
  let start = 0;
  let first = 0;
  const add = (end: number, last: number) =>
    found.push({ start, end, guards: tape.guards.slice(first, last) });
  const deeper = (by: 1 | -1, { position, guards }: Mark) => {
    if (by === 1 && depth === 0) {
      start = position;
      first = guards;
    }
    depth += by;
    if (depth === 0 && position > start) add(position, guards);
  };
  for (const mark of tape.marks) {
    const { kind, site } = mark;
    if (kind === 'enterLoop') deeper(1, mark);
    else if (kind === 'exitLoop') deeper(-1, mark);
    else if (kind === 'enterCall') {
      const active = open.get(site) ?? 0;
      open.set(site, active + 1);
      calls.push(site);
      if (active > 0) deeper(1, mark);
    } else if (kind === 'exitCall') {
      const closed = calls.pop();
      if (closed === undefined) continue;
      const active = open.get(closed)! - 1;
      open.set(closed, active);
      if (active > 0) deeper(-1, mark);
    }
  }
  if (depth > 0) add(tape.length, tape.guards.length);
  return found;
}

/** Index of the place of the first comparison, rounding or sign that is repeated; −1 without one. */
export function repeatedDecision(tape: Tape): number {
  for (const { start, end, guards } of repeated(tape)) {
    for (let row = start; row < end; row++) {
      if (FLAT[tape.op[row]!] !== 1 || isIdle(tape, row)) continue;
      return tape.guards.find((g) => g.row === row)?.site ?? tape.at[row]!;
    }
    const guard = guards.find((g) => g.kind !== 'key' && !isIdle(tape, g.row));
    if (guard !== undefined) return guard.site;
  }
  return -1;
}

/** Whether an input goes into a comparison, rounding or sign that is repeated. */
export function decidesRepeatedly(tape: Tape, input: number): boolean {
  const reached = new Uint8Array(tape.length);
  reached[input] = 1;
  for (let row = tape.inputs; row < tape.length; row++)
    if (tape.operands(row).some((o) => o >= 0 && reached[o] === 1)) reached[row] = 1;
  return repeated(tape).some(
    ({ start, end, guards }) =>
      guards.some((g) => g.kind !== 'key' && reached[g.row] === 1) ||
      reached.subarray(start, end).some((r, i) => r === 1 && FLAT[tape.op[start + i]!] === 1),
  );
}

/**
 * Whether it is asked if something is a number, or finite, and it is, or if two are equal, and they are not: that is so
 * all around, and neither a search nor an iteration goes by it.
 */
function isIdle(tape: Tape, row: number): boolean {
  if (row < tape.inputs) return false;
  const { compares, logical } = ROWS[tape.op[row]!]!;
  const operands = tape.operands(row);
  if (logical) return operands.every((o) => isIdle(tape, o));
  const [a, b] = operands;
  if (compares === undefined || a === undefined) return false;
  if (b === undefined) return compares === 'equality' && Math.abs(tape.read(a)) > 0;
  if (a === b) return !Number.isNaN(tape.read(a));
  if (compares === 'equality') return Math.abs(tape.read(a) - tape.read(b)) > 0;
  const infinite = (o: number) => o < 0 && Math.abs(tape.read(o)) === Number.POSITIVE_INFINITY;
  return (infinite(a) && Number.isFinite(tape.read(b))) || (infinite(b) && Number.isFinite(tape.read(a)));
}

/**
 * Whether some loop decides by numbers that reach the results through nothing but what it decides: it looks for the best
 * of what it tries. Steps of a simulation reach them themselves.
 */
export function choosesOnly({ trace: { tape }, outputs }: Run): boolean {
  const results = reaching(
    tape,
    outputs.map((o) => o.row),
    (op) => FLAT[op] === 0,
  );
  return repeated(tape).some(({ start, end }) => {
    let compares = false;
    for (let row = start; row < end; row++) {
      if (results[row] === 1) return false;
      compares ||= ROWS[tape.op[row]!]!.compares === 'order';
    }
    return compares;
  });
}

/** More ends are not tried. */
const MOST_ENDS = 6;

/**
 * The decisions by which loops and recursions ended: those that came out as they had not before in the same loop. Of
 * a loop that ended in its first round, the last. One for each place, the last on the tape first.
 */
export function endingDecisions(tape: Tape): Guard[] {
  const { guards } = tape;
  const decides = (guard: Guard): boolean => guard.kind !== 'key' && !isIdle(tape, guard.row);
  const found = new Map<string, Guard>();
  const add = (guard: Guard) => found.set(keyOf(guard), guard);
  const loops: { readonly first: number; round: number; rounds: number }[] = [];
  for (const { kind, guards: now } of tape.marks) {
    if (kind === 'enterLoop') loops.push({ first: now, round: now, rounds: 0 });
    else if (kind === 'iteration') {
      const loop = loops.at(-1);
      if (loop === undefined) continue;
      loop.round = now;
      loop.rounds++;
    } else if (kind === 'exitLoop') {
      const loop = loops.pop();
      if (loop === undefined) continue;
      const last = guards.slice(loop.round, now).filter(decides);
      if (loop.rounds < 2) {
        if (last.length > 0) add(last.at(-1)!);
        continue;
      }
      const before = new Set<string>();
      for (let i = loop.first; i < loop.round; i++) before.add(keyOf(guards[i]!));
      for (const guard of last) {
        const turned = !before.has(keyOf(guard)) && before.has(opposite(guard));
        if (turned) add(guard);
      }
    }
  }
  for (const stretch of repeated(tape)) {
    const inside = stretch.guards.filter(decides);
    const seen = new Map<string, number>();
    for (const g of inside) seen.set(keyOf(g), (seen.get(keyOf(g)) ?? 0) + 1);
    // A recursion returns where its test comes out otherwise for the first time.
    for (const g of inside)
      if (seen.get(keyOf(g)) === 1 && (seen.get(opposite(g)) ?? 0) > 0 && inside.at(-1) === g) add(g);
  }
  return [...found.values()].sort((a, b) => b.position - a.position).slice(0, MOST_ENDS);
}

const keyOf = ({ site, value }: Guard): string => `${site} ${value}`;
const opposite = ({ site, value }: Guard): string => `${site} ${1 - value}`;

const SMALL = 1e-2;

/**
 * Whether a decision asks if something is small enough, or changes no more: neither `t < end` nor `y > 0` does. What
 * is small is so next to 1, or next to what was compared at the same place before.
 */
export function asksForSmall(tape: Tape, guard: Guard): boolean {
  // Of and, or and not what they join.
  const size = (row: number): number =>
    tape.operands(row).reduce((most, o) => {
      const joined = o >= tape.inputs && ROWS[tape.op[o]!]!.type === 'boolean';
      const one = joined ? size(o) : Math.abs(tape.read(o));
      return Number.isFinite(one) ? Math.max(most, one) : most;
    }, 0);
  const code = tape.op[guard.row]!;
  let before = 1;
  for (const g of tape.guards) {
    if (g.position >= guard.position) break;
    if (g.site === guard.site && tape.op[g.row] === code) before = Math.max(before, size(g.row));
  }
  const small = (row: number): boolean => {
    if (row < tape.inputs) return false;
    const { arity, compares, logical } = ROWS[tape.op[row]!]!;
    if (logical) return tape.operands(row).some(small);
    if (compares === undefined || arity === 1) return false;
    if (compares === 'equality') return true;
    const [a, b] = tape.operands(row).map((o) => tape.read(o));
    return a !== 0 && b !== 0 && size(row) <= SMALL * before;
  };
  return small(guard.row);
}
