/**
 * Which of the values that a reverse sweep would record it had better compute again: where several of a block's
 * follow from few others, only these few are recorded (a checkpoint of the block; Griewank and Walther, §12.2).
 */
import type { ValueId } from '../program/program.ts';
import type { Primal, Region } from './primal.ts';
import { costOf } from './record.ts';
import type { StableElements } from './stable.ts';

/** What recording a value and taking it back costs, on a stack and on a tape of known length. */
const STACKED = 8;
const TAPED = 4;
/** And what it is to a reader, who has another array to think of. */
const READ = 12;
/** Costs of functions such as exponentials. */
const DEAR = 10;

/** Whether the values of a loop's iterations are kept on a tape of known length. */
function isTaped(primal: Primal, region: Region): boolean {
  for (const [loop, inductions] of primal.inductions) {
    if (primal.loopRegion(loop) === region) return inductions[0]?.bound !== undefined;
  }
  return false;
}

export function recomputable(
  primal: Primal,
  stable: StableElements,
  recorded: Iterable<ValueId>,
  fast: boolean,
): Set<ValueId> {
  const byRegion = new Map<Region, ValueId[]>();
  for (const id of recorded) {
    const region = primal.regionOf(id);
    byRegion.set(region, [...(byRegion.get(region) ?? []), id]);
  }
  const chosen = new Set<ValueId>();
  for (const [region, values] of byRegion) {
    const worth = fast ? (isTaped(primal, region) ? TAPED : STACKED) : READ;
    // Code to be read has one tape for what is dear rather than one for each of what follows from it.
    for (const keepsDear of fast ? [false] : [false, true]) {
      const block = new Recomputation(primal, stable, region, keepsDear);
      for (const id of values) block.reach(id);
      const saved = values.length - block.leaves.size;
      if (saved <= 0 || block.cost > worth * saved) continue;
      for (const id of block.computed) chosen.add(id);
      break;
    }
  }
  return chosen;
}

/** What must be computed in a region for some of its values, and from what that cannot be. */
class Recomputation {
  readonly computed = new Set<ValueId>();
  readonly leaves = new Set<ValueId>();
  cost = 0;
  private readonly primal: Primal;
  private readonly stable: StableElements;
  private readonly region: Region;

  /** Whether the results of expensive operations are recorded. */
  private readonly keepsDear: boolean;

  constructor(primal: Primal, stable: StableElements, region: Region, keepsDear: boolean) {
    this.keepsDear = keepsDear;
    this.primal = primal;
    this.stable = stable;
    this.region = region;
  }

  reach(id: ValueId): void {
    if (this.computed.has(id) || this.leaves.has(id) || this.primal.regionOf(id) !== this.region) return;
    if (this.primal.isCounted(id)) return;
    const definition = this.primal.definition(id);
    if (definition?.kind === 'constant') return;
    const isRead =
      definition?.kind === 'load' && this.stable.isStable(definition) && !this.isKept(definition.buffer);
    const isDear = this.keepsDear && definition?.kind === 'op' && costOf(definition.op) >= DEAR;
    if (isDear || (definition?.kind !== 'op' && definition?.kind !== 'length' && !isRead)) {
      this.leaves.add(id);
      return;
    }
    this.computed.add(id);
    this.cost += definition.kind === 'op' ? costOf(definition.op) : 2;
    if (definition.kind === 'op') for (const arg of definition.args) this.reach(arg);
    else this.reach(definition.buffer);
    if (definition.kind === 'load') this.reach(definition.index);
  }

  /** Whether reading an array again would mean to keep it, where its elements are read one by one. */
  private isKept(buffer: ValueId): boolean {
    const { primal } = this;
    if (primal.definition(buffer)?.kind !== 'alloc') return false;
    const own = primal.regionOf(buffer);
    if (loopsAround(own) === 0) return false;
    return loopsAround(this.region) <= loopsAround(own) + 1;
  }
}

function loopsAround(region: Region): number {
  let count = 0;
  for (let around: Region | undefined = region; around; around = around.parent) if (around.loop) count++;
  return count;
}
