/**
 * Whether every element that a block reads of an array was written before in the same block: then what the array held
 * before does not matter, and each run of the block may have an array of its own.
 */
import type { Block, Instruction, ValueId } from './program.ts';
import { counterOf, type Loop } from './trips.ts';
import { blocksOf, usedBy } from './walk.ts';

type ConstantOf = (id: ValueId) => number | boolean | undefined;

/** The integers from `from` up to but not including `to`: numbers, or values that do not change. */
interface Interval {
  readonly from: Bound;
  readonly to: Bound;
}
type Bound = { readonly value: ValueId | undefined; readonly offset: number };

interface State {
  /** Indices written, as values. */
  readonly points: Set<ValueId>;
  readonly intervals: Interval[];
}

/** `offsetOf`: what a value is as another one and a constant. */
export function isCovered(
  block: Block,
  buffer: ValueId,
  constantOf: ConstantOf,
  definitionOf: DefinitionOf,
): boolean {
  const state: State = { points: new Set(), intervals: [] };
  return new Coverage(buffer, constantOf, definitionOf).block(block, state);
}

export type DefinitionOf = (id: ValueId) => Instruction | undefined;

class Coverage {
  private readonly buffer: ValueId;
  private readonly constantOf: ConstantOf;
  private readonly definitionOf: DefinitionOf;
  /** Where the counters of the loops around run. */
  private readonly counters = new Map<ValueId, Interval>();

  constructor(buffer: ValueId, constantOf: ConstantOf, definitionOf: DefinitionOf) {
    this.buffer = buffer;
    this.constantOf = constantOf;
    this.definitionOf = definitionOf;
  }

  block(block: Block, state: State): boolean {
    if (block.results.includes(this.buffer)) return false;
    return block.instructions.every((i) => this.instruction(i, state));
  }

  private instruction(i: Instruction, state: State): boolean {
    const { buffer } = this;
    switch (i.kind) {
      case 'load':
        return i.buffer !== buffer || this.isWritten(i.index, state);
      case 'store':
        if (i.buffer === buffer) {
          state.points.add(i.index);
          const at = this.constantOf(i.index);
          if (typeof at === 'number') this.add(state, { from: constant(at), to: constant(at + 1) });
        }
        return true;
      case 'length':
        return true;
      case 'loop':
        return this.loop(i, state);
      default:
        return !usedBy(i).includes(buffer) && blocksOf(i).every((inner) => this.block(inner, copyOf(state)));
    }
  }

  private loop(loop: Loop, state: State): boolean {
    if (loop.initial.includes(this.buffer)) return false;
    const counter = counterOf(loop, this.constantOf);
    const upwards = counter?.step === 1 && (counter.op === 'lt' || counter.op === 'le');
    const downwards = counter?.step === -1 && (counter.op === 'gt' || counter.op === 'ge');
    const parameter = counter && (upwards || downwards) ? loop.parameters[counter.at]! : undefined;
    if (counter && downwards) {
      const last = this.boundOf(counter.bound);
      const first = this.boundOf(loop.initial[counter.at]!);
      if (Number.isInteger(first.offset) && Number.isInteger(last.offset)) {
        this.counters.set(parameter!, {
          from: plus(last, (counter.op === 'gt' ? 1 : 0) - counter.offset),
          to: plus(first, 1),
        });
      }
    }
    if (counter && upwards) {
      const end = this.boundOf(counter.bound);
      const start = this.boundOf(loop.initial[counter.at]!);
      if (Number.isInteger(start.offset) || start.value !== undefined) {
        this.counters.set(parameter!, {
          from: start,
          to: { value: end.value, offset: end.offset - counter.offset + (counter.op === 'le' ? 1 : 0) },
        });
      }
    }
    const inside = copyOf(state);
    const fine = blocksOf(loop).every((inner) => this.block(inner, inside));
    const range = parameter === undefined ? undefined : this.counters.get(parameter);
    if (fine && range) {
      for (const i of loop.body.instructions) {
        if (i.kind !== 'store' || i.buffer !== this.buffer) continue;
        const { value, offset } = this.boundOf(i.index);
        if (value === parameter)
          this.add(state, { from: plus(range.from, offset), to: plus(range.to, offset) });
      }
    }
    if (parameter !== undefined) this.counters.delete(parameter);
    return fine;
  }

  private add(state: State, interval: Interval): void {
    // Neighbouring pieces grow together.
    const before = state.intervals.find((each) => isSame(each.to, interval.from));
    state.intervals.push(before ? { from: before.from, to: interval.to } : interval);
  }

  private isWritten(index: ValueId, state: State): boolean {
    if (state.points.has(index)) return true;
    const { value, offset } = this.boundOf(index);
    let wanted: Interval = { from: { value, offset }, to: { value, offset: offset + 1 } };
    for (;;) {
      const { from, to } = wanted;
      if (state.intervals.some((known) => isAtMost(known.from, from) && isAtMost(to, known.to))) return true;
      const wider = this.widened(wanted);
      if (wider === undefined) return false;
      wanted = wider;
    }
  }

  /** An interval that holds this one wherever the counters of loops stand that it begins or ends by. */
  private widened({ from, to }: Interval): Interval | undefined {
    const [first, last] = [from, to].map(({ value }) => value !== undefined && this.counters.get(value));
    if (!first && !last) return undefined;
    return {
      from: first ? plus(first.from, from.offset) : from,
      to: last ? plus(last.to, to.offset - 1) : to,
    };
  }

  private boundOf(id: ValueId): Bound {
    const known = this.constantOf(id);
    if (typeof known === 'number') return constant(known);
    const definition = this.definitionOf(id);
    if (definition?.kind === 'op' && (definition.op === 'add' || definition.op === 'sub')) {
      const [a, b] = definition.args as [ValueId, ValueId];
      const right = this.constantOf(b);
      if (typeof right === 'number' && Number.isInteger(right))
        return { value: a, offset: definition.op === 'sub' ? -right : right };
    }
    return { value: id, offset: 0 };
  }
}

function constant(value: number): Bound {
  return { value: undefined, offset: value };
}

function plus({ value, offset }: Bound, more: number): Bound {
  return { value, offset: offset + more };
}

function isSame(a: Bound, b: Bound): boolean {
  return a.value === b.value && a.offset === b.offset;
}

function isAtMost(a: Bound, b: Bound): boolean {
  return a.value === b.value && a.offset <= b.offset;
}

function copyOf({ points, intervals }: State): State {
  return { points: new Set(points), intervals: [...intervals] };
}
