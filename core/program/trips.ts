/** Loops that count from a constant to a constant: how often they run. */
import { TABLE } from '../operations/table.ts';
import type { Block, Instruction, ValueId } from './program.ts';
import { blocksOf, definedBy, isTerminated } from './walk.ts';

export type Loop = Extract<Instruction, { kind: 'loop' }>;

type ConstantOf = (id: ValueId) => number | boolean | undefined;

const COMPARISONS: ReadonlySet<string> = new Set(['lt', 'le', 'gt', 'ge']);

/** A carried value that grows by a constant and is compared in the test. */
export interface Counter {
  /** Its place among the carried values. */
  readonly at: number;
  readonly step: number;
  /** What is added to it before it is compared. */
  readonly offset: number;
  readonly op: 'lt' | 'le' | 'gt' | 'ge';
  readonly bound: ValueId;
}

const LARGEST_STEP = 2 ** 20;

function definedInside(loop: Loop): Set<ValueId> {
  const inside = new Set(loop.parameters);
  for (const block of blocksOf(loop)) {
    for (const i of block.instructions)
      if (i.kind !== 'constant') for (const id of definedBy(i)) inside.add(id);
  }
  return inside;
}

/** What is known of values inside is of another iteration. */
function outside(loop: Loop, known: ConstantOf): ConstantOf {
  const inside = definedInside(loop);
  return (id) => (inside.has(id) ? undefined : known(id));
}

/** The counter of a loop whose test is a comparison of one with what does not change. */
export function counterOf(loop: Loop, known: ConstantOf): Counter | undefined {
  const test = definitionIn(loop.test, loop.test.results[0]!);
  if (test?.kind !== 'op' || !COMPARISONS.has(test.op) || isTerminated(loop.body)) return undefined;
  const [tested, bound] = test.args as [ValueId, ValueId];
  if (definedInside(loop).has(bound)) return undefined;
  const constantOf = outside(loop, known);
  for (const [at, parameter] of loop.parameters.entries()) {
    const offset = tested === parameter ? 0 : offsetOf(loop.test, tested, parameter, constantOf);
    const step = offsetOf(loop.body, loop.body.results[at]!, parameter, constantOf);
    if (offset === undefined || step === undefined || step === 0) continue;
    return { at, step, offset, op: test.op as Counter['op'], bound };
  }
  return undefined;
}

/** The carried values that grow by a constant integer in each iteration. */
export function countersOf(loop: Loop, known: ConstantOf): number[] {
  if (isTerminated(loop.body)) return [];
  const constantOf = outside(loop, known);
  return loop.parameters.flatMap((parameter, at) => {
    const step = offsetOf(loop.body, loop.body.results[at]!, parameter, constantOf);
    return step !== undefined && Number.isInteger(step) && Math.abs(step) <= LARGEST_STEP ? [at] : [];
  });
}

/** How often the body runs, if that is known and at most `limit`. */
export function tripCount(loop: Loop, constantOf: ConstantOf, limit: number): number | undefined {
  const counter = counterOf(loop, constantOf);
  if (!counter) return undefined;
  const bound = constantOf(counter.bound);
  let value = constantOf(loop.initial[counter.at]!);
  if (typeof value !== 'number' || typeof bound !== 'number') return undefined;
  const holds = TABLE[counter.op].value;
  for (let count = 0; count <= limit; count++) {
    if (holds(value + counter.offset, bound) === 0) return count;
    value += counter.step;
  }
  return undefined;
}

/** Whether the body runs at least once, for certain. */
export function surelyRuns(loop: Loop, constantOf: ConstantOf): boolean {
  const counter = counterOf(loop, constantOf);
  if (!counter) return false;
  const bound = constantOf(counter.bound);
  const value = constantOf(loop.initial[counter.at]!);
  if (typeof value !== 'number' || typeof bound !== 'number') return false;
  return TABLE[counter.op].value(value + counter.offset, bound) !== 0;
}

function definitionIn(block: Block, id: ValueId): Instruction | undefined {
  return block.instructions.find((i) => i.kind === 'op' && i.id === id);
}

/** c where `id` is base + c or base − (−c) in the block. */
function offsetOf(block: Block, id: ValueId, base: ValueId, constantOf: ConstantOf): number | undefined {
  const definition = definitionIn(block, id);
  if (definition?.kind !== 'op' || (definition.op !== 'add' && definition.op !== 'sub')) return undefined;
  const [a, b] = definition.args as [ValueId, ValueId];
  const other = a === base ? b : b === base && definition.op === 'add' ? a : undefined;
  const constant = other === undefined ? undefined : constantOf(other);
  if (typeof constant !== 'number') return undefined;
  return definition.op === 'sub' ? -constant : constant;
}

/** Of how many instructions about the block becomes once its small loops are unrolled. */
export function unrolledSize(block: Block, constantOf: ConstantOf, limit: number): number {
  let size = 0;
  for (const i of block.instructions) {
    if (i.kind === 'constant') continue;
    const inner = blocksOf(i).reduce((total, each) => total + unrolledSize(each, constantOf, limit), 0);
    const trips =
      i.kind === 'loop'
        ? (tripCount(i, constantOf, limit) ?? (isTriangular(i, constantOf) ? limit / 2 : 1))
        : 1;
    size += 1 + inner * trips;
  }
  return size;
}

/** Whether the blocks hold a loop that would stay one if they were written out. */
export function keepsLoops(blocks: readonly Block[], constantOf: ConstantOf, limit: number): boolean {
  return blocks.some((block) =>
    block.instructions.some((i) => {
      const stays =
        i.kind === 'loop' && tripCount(i, constantOf, limit) === undefined && !isTriangular(i, constantOf);
      return stays || keepsLoops(blocksOf(i), constantOf, limit);
    }),
  );
}

/** Whether the loop counts between bounds of which not all are known yet. */
function isTriangular(loop: Loop, constantOf: ConstantOf): boolean {
  const counter = counterOf(loop, constantOf);
  if (!counter) return false;
  const known = [counter.bound, loop.initial[counter.at]!].map((id) => constantOf(id) !== undefined);
  return known.includes(true) && known.includes(false);
}
