/** Marks against a plain list of them: words that hold one, marks that stand by themselves, pieces and cuts. */
import { expect, test } from 'vitest';
import { EXIT_CALL, type Mark, Tape } from '../../core/trace/tape.ts';

const KINDS = ['enterLoop', 'iteration', 'exitLoop', 'enterCall', 'exitCall'] as const;

/** A linear congruence: the same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const flat = ({ kind, position, site, guards }: Mark) => [KINDS.indexOf(kind), position, site, guards];

test.each([
  ['few', 30, 1],
  ['many, in several pieces', 700_000, 5],
  ['many that stand by themselves', 200_000, 2000],
])('%s', (_, count, stride) => {
  const next = numbers(count);
  const tape = new Tape();
  const said: number[][] = [];
  const ends: { readonly end: number; readonly count: number; readonly length: number }[] = [];
  let guards = 0;
  for (let i = 0; i < count; i++) {
    tape.length += next(3 * stride);
    const decided = next(9) === 0 ? next(12) : 0;
    guards += decided;
    tape.guards.length = guards;
    if (next(50) === 0) ends.push({ end: tape.marks.end, count: said.length, length: tape.length });
    const site = next(20) === 0 ? next(200_000) : next(40);
    const kind = next(EXIT_CALL + 1);
    tape.marks.push(kind, tape, site);
    said.push([kind, tape.length, site, guards]);
    // Back to one of the last ends, now and then over more than one piece.
    if (ends.length > 0 && next(97) === 0) {
      const from = next(400) === 0 ? 20_000 : 3;
      const to = ends[Math.max(0, ends.length - 1 - next(from))]!;
      ends.splice(ends.indexOf(to));
      tape.marks.cut(to.end);
      said.length = to.count;
    }
  }
  const kept = [...tape.marks].map(flat);
  expect(kept.length).toBe(said.length);
  expect(kept.findIndex((one, i) => one.some((x, k) => x !== said[i]![k]))).toBe(-1);
  expect(tape.marks.size).toBeGreaterThanOrEqual(2 * said.length);
});
