/**
 * Carried integers that inner loops move on: how much they grow in each iteration, where that is known beforehand, so
 * that a reverse sweep has them without recording. (`p[l++]` in nested loops, packed triangles among them.)
 */
import type { FunctionBuilder } from '../program/builder.ts';
import type { Instruction, ValueId } from '../program/program.ts';
import { blocksOf, definedBy, instructionsIn, isTerminated } from '../program/walk.ts';

type Loop = Extract<Instruction, { kind: 'loop' }>;

/** What it grows by in iteration k, counted from 0: constant + slope·k + factor·(trips of a loop). */
export interface Growth {
  readonly constant: number;
  readonly slope: number;
  readonly trips?: Trips;
}

/** factor · (value + offset), or 0 where that is negative; rounded up where `value` may be no integer. */
export interface Trips {
  readonly factor: number;
  readonly value: ValueId;
  readonly offset: number;
  readonly integer: boolean;
  /** It is never negative. */
  readonly positive: boolean;
}

/** What counts up by 1, and where it ends: before `value + offset`. */
interface Range {
  readonly parameter: ValueId;
  readonly initial: ValueId;
  readonly value: ValueId;
  readonly offset: number;
}

export interface Facts {
  readonly definition: (id: ValueId) => Instruction | undefined;
  readonly integerConstant: (id: ValueId) => number | undefined;
  readonly isInteger: (id: ValueId) => boolean;
  /** The counter of a loop that goes up by 1 to a bound that the loop does not change. */
  readonly rangeOf: (loop: Loop) => Range | undefined;
}

const LARGEST = 2 ** 20;

export function growthOf(loop: Loop, at: number, facts: Facts): Growth | undefined {
  if (isTerminated(loop.body)) return undefined;
  let total: Growth = { constant: 0, slope: 0 };
  for (let id = loop.body.results[at]!; id !== loop.parameters[at]; ) {
    const made = facts.definition(id);
    if (made?.kind === 'op' && (made.op === 'add' || made.op === 'sub')) {
      const constants = made.args.map((arg) => facts.integerConstant(arg));
      const side = made.op === 'add' && constants[0] !== undefined ? 0 : 1;
      const constant = constants[side];
      if (constant === undefined) return undefined;
      total = { ...total, constant: total.constant + (made.op === 'sub' ? -constant : constant) };
      id = made.args[1 - side]!;
    } else if (made?.kind === 'loop') {
      const inner = made.ids.indexOf(id);
      const sum = plus(total, grownIn(made, inner, loop, facts));
      if (sum === undefined) return undefined;
      total = sum;
      id = made.initial[inner]!;
    } else return undefined;
  }
  const { constant, slope, trips } = total;
  const sizes = [constant, slope, trips?.factor ?? 0, trips?.offset ?? 0];
  return sizes.every((size) => Math.abs(size) <= LARGEST) ? total : undefined;
}

function plus(a: Growth, b: Growth | undefined): Growth | undefined {
  if (b === undefined || (a.trips && b.trips)) return undefined;
  const trips = a.trips ?? b.trips;
  return { constant: a.constant + b.constant, slope: a.slope + b.slope, ...(trips ? { trips } : {}) };
}

/** What all the iterations of an inner loop make of a carried value. */
function grownIn(inner: Loop, at: number, outer: Loop, facts: Facts): Growth | undefined {
  const each = growthOf(inner, at, facts);
  const count = each && countOf(inner, outer, facts);
  if (!each || !count) return undefined;
  if (count.slope === 0 && !count.trips) {
    const n = count.constant;
    const constant = each.constant * n + (each.slope * n * (n - 1)) / 2;
    if (each.trips === undefined) return { constant, slope: 0 };
    if (!isOutside(each.trips.value, outer)) return undefined;
    return { constant, slope: 0, trips: { ...each.trips, factor: each.trips.factor * n } };
  }
  if (each.slope !== 0 || each.trips) return undefined;
  const factor = each.constant;
  const trips = count.trips && { trips: { ...count.trips, factor: count.trips.factor * factor } };
  return { constant: count.constant * factor, slope: count.slope * factor, ...trips };
}

/** How often an inner loop runs, by the iteration of the outer one. */
function countOf(inner: Loop, outer: Loop, facts: Facts): Growth | undefined {
  const range = facts.rangeOf(inner);
  if (range === undefined) return undefined;
  const around = facts.rangeOf(outer);
  const start = placeOf(range.initial, around, facts);
  const end = placeOf(range.value, around, facts);
  if (start === undefined) return undefined;
  if (end === undefined) {
    if (!isOutside(range.value, outer)) return undefined;
    const integer = facts.isInteger(range.value);
    const offset = range.offset - start.constant;
    const same = around?.value === range.value && around.offset === 0;
    // From the outer counter c < value: value − c is 1 at least.
    const positive = start.slope === 1 && same && integer && range.offset - start.offset! >= -1;
    if (start.slope !== 0 && !positive) return undefined;
    const trips = { factor: 1, value: range.value, offset, integer, positive };
    return { constant: 0, slope: -start.slope, trips };
  }
  const constant = end.constant + range.offset - start.constant;
  const slope = end.slope - start.slope;
  if (slope === 0) return { constant: Math.max(0, constant), slope: 0 };
  if (slope > 0) return constant >= 0 ? { constant, slope } : undefined;
  const [first, last] = [around!.initial, around!.value].map((id) => facts.integerConstant(id));
  if (first === undefined || last === undefined) return undefined;
  const runs = Math.max(0, last + around!.offset - first);
  return constant + slope * (runs - 1) >= 0 ? { constant, slope } : undefined;
}

/** constant + slope·k in iteration k of the loop around; `offset`: from its counter. */
function placeOf(
  id: ValueId,
  around: Range | undefined,
  facts: Facts,
): { readonly constant: number; readonly slope: 0 | 1; readonly offset?: number } | undefined {
  const known = facts.integerConstant(id);
  if (known !== undefined) return { constant: known, slope: 0 };
  const first = around && facts.integerConstant(around.initial);
  if (around === undefined || first === undefined) return undefined;
  if (id === around.parameter) return { constant: first, slope: 1, offset: 0 };
  const made = facts.definition(id);
  if (made?.kind !== 'op' || (made.op !== 'add' && made.op !== 'sub')) return undefined;
  const [a, b] = made.args as [ValueId, ValueId];
  const other = a === around.parameter ? b : b === around.parameter && made.op === 'add' ? a : undefined;
  const constant = other === undefined ? undefined : facts.integerConstant(other);
  if (constant === undefined) return undefined;
  const offset = made.op === 'sub' ? -constant : constant;
  return { constant: first + offset, slope: 1, offset };
}

function isOutside(id: ValueId, loop: Loop): boolean {
  if (loop.parameters.includes(id)) return false;
  return blocksOf(loop).every((block) =>
    [...instructionsIn(block)].every(
      (i) => !definedBy(i).includes(id) && !(i.kind === 'loop' && i.parameters.includes(id)),
    ),
  );
}

/** What a carried integer has grown by before iteration k, as values of a sweep. */
export function grownBefore(
  f: FunctionBuilder,
  need: (id: ValueId) => ValueId,
  { constant, slope, trips }: Growth,
  k: ValueId,
): ValueId {
  if (slope === 0 && trips === undefined) return f.op('mul', [k, f.constant(constant)]);
  // k·(2·first + slope·(k − 1)) / 2
  let first = f.constant(2 * constant - slope);
  if (trips !== undefined) {
    const { factor, value, offset, integer, positive } = trips;
    const whole = integer ? need(value) : f.op('ceil', [need(value)]);
    const count = offset === 0 ? whole : f.op('add', [whole, f.constant(offset)]);
    const runs = positive ? count : f.op('max', [count, f.constant(0)]);
    if (slope === 0 && constant === 0) return f.op('mul', [k, f.op('mul', [f.constant(factor), runs])]);
    first = f.op('add', [f.op('mul', [f.constant(2 * factor), runs]), first]);
  }
  const change = f.op('mul', [f.constant(Math.abs(slope)), k]);
  const ends = slope === 0 ? first : f.op(slope < 0 ? 'sub' : 'add', [first, change]);
  return f.op('div', [f.op('mul', [k, ends]), f.constant(2)]);
}
