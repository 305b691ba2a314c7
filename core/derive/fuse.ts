/**
 * Which loops can run their reverse within each iteration: those whose iterations the adjoints do not tie together.
 * Nothing is carried from one to the next but sums, whose adjoints are the same throughout, and the arrays from
 * outside are only read. No tape is needed then, and each element is read once.
 */
import type { Block, Instruction, ValueId } from '../program/program.ts';
import { blocksOf, definedBy, instructionsIn, isTerminated, usedBy } from '../program/walk.ts';
import type { Activity } from './activity.ts';
import type { Primal } from './primal.ts';

type Loop = Extract<Instruction, { kind: 'loop' }>;

/** The places of the carried sums of a loop that can be fused; undefined where it cannot. `after`: what follows in its block. */
export function fusible(
  loop: Loop,
  after: readonly Instruction[],
  primal: Primal,
  activity: Activity,
): readonly number[] | undefined {
  if (isTerminated(loop.body)) return undefined;
  const { types } = primal.f;
  const counts = useCounts(loop);
  const sums: number[] = [];
  for (const [i, parameter] of loop.parameters.entries()) {
    if (types[parameter] === 'buffer') return undefined;
    if (!primal.isActive(parameter)) continue;
    if (!isSum(loop, parameter, loop.body.results[i]!, counts)) return undefined;
    sums.push(i);
  }
  // Without an adjoint to go back from there is nothing to be gained.
  if (sums.length === 0) return undefined;
  const inside = new Set<ValueId>();
  const instructions = blocksOf(loop).flatMap((block) => [...instructionsIn(block)]);
  for (const i of instructions) for (const id of definedBy(i)) inside.add(id);
  const outer = (id: ValueId) => primal.shadows.has(id) && !inside.has(id);
  const read = new Set<ValueId>();
  for (const i of instructions) {
    if (i.kind === 'load' && outer(i.buffer)) read.add(i.buffer);
    else if (i.kind !== 'load' && i.kind !== 'length' && usedBy(i).some(outer)) return undefined;
    for (const block of blocksOf(i)) if (block.results.some(outer)) return undefined;
  }
  // What is stored later is taken back from the adjoints first.
  for (const buffer of read) {
    for (const i of instructionsOf(after)) {
      const touched = i.kind === 'store' ? [i.buffer] : i.kind === 'call' ? i.args : [];
      if (touched.some((id) => primal.shadows.has(id) && activity.mayAlias(id, buffer))) return undefined;
    }
  }
  return sums;
}

function* instructionsOf(all: readonly Instruction[]): Generator<Instruction> {
  yield* instructionsIn({ instructions: all, results: [] });
}

/** How often each value is used in a loop. */
function useCounts(loop: Loop): Map<ValueId, number> {
  const counts = new Map<ValueId, number>();
  const count = (ids: readonly ValueId[]) => {
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  };
  const visit = (block: Block) => {
    count(block.results);
    for (const i of block.instructions) {
      count(usedBy(i));
      for (const inner of blocksOf(i)) visit(inner);
    }
  };
  for (const block of blocksOf(loop)) visit(block);
  return counts;
}

/** Whether `next` is the carried value plus and minus something, in inner loops too, and nothing else depends on it. */
function isSum(loop: Loop, parameter: ValueId, next: ValueId, counts: ReadonlyMap<ValueId, number>): boolean {
  if (next === parameter) return counts.get(parameter) === 1;
  let at = next;
  const definitions = new Map(
    loop.body.instructions.flatMap((i) => (i.kind === 'op' ? [[i.id, i] as const] : [])),
  );
  const known = new Map<ValueId, boolean>([[parameter, true]]);
  const reaches = (id: ValueId): boolean => {
    const seen = known.get(id);
    if (seen !== undefined) return seen;
    const definition = definitions.get(id);
    const inner = innerOf(loop, id);
    const found =
      (definition?.op === 'add' && definition.args.some(reaches)) ||
      (definition?.op === 'sub' && reaches(definition.args[0]!)) ||
      (inner !== undefined && reaches(inner.loop.initial[inner.at]!));
    known.set(id, found);
    return found;
  };
  while (at !== parameter) {
    if (counts.get(at) !== 1) return false;
    const inner = innerOf(loop, at);
    if (inner) {
      const { parameters, body, initial } = inner.loop;
      const [own, last] = [parameters[inner.at]!, body.results[inner.at]];
      if (last === undefined || !isSum(inner.loop, own, last, useCounts(inner.loop))) return false;
      at = initial[inner.at]!;
      continue;
    }
    const definition = definitions.get(at);
    if (definition?.op !== 'add' && definition?.op !== 'sub') return false;
    const candidates = definition.op === 'add' ? definition.args : definition.args.slice(0, 1);
    const follow = candidates.filter(reaches);
    if (follow.length !== 1) return false;
    at = follow[0]!;
  }
  return counts.get(parameter) === 1;
}

/** The loop in the body that yields a value, and its place among what that carries. */
function innerOf(loop: Loop, id: ValueId): { readonly loop: Loop; readonly at: number } | undefined {
  for (const i of loop.body.instructions) {
    const at = i.kind === 'loop' ? i.ids.indexOf(id) : -1;
    if (i.kind === 'loop' && at >= 0) return { loop: i, at };
  }
  return undefined;
}
